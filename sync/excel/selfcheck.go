package excel

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"steerco/sync/excel/ooxml"
)

// selfCheck holds a written workbook against its source before it takes its
// place: whatever went wrong on the way, the team's file stays.
type selfCheck struct {
	base  *stripped
	out   *spliced
	patch ooxml.Patch
}

func (c selfCheck) run(written []byte) error {
	pkg, err := ooxml.Open(written, ooxml.Limits{})
	if err != nil {
		return err
	}
	for _, check := range []func(*ooxml.Package) error{c.untouched, c.touched, c.targets, c.overrides} {
		if err := check(pkg); err != nil {
			return err
		}
	}
	return nil
}

// untouched checks that all parts but the patched ones are there as they were,
// and no others.
func (c selfCheck) untouched(pkg *ooxml.Package) error {
	src := c.base.doc.pkg
	expected := len(c.patch.Add)
	for _, name := range src.Names() {
		if c.patch.Drop[name] {
			continue
		}
		expected++
		if _, ok := c.patch.Replace[name]; ok {
			continue
		}
		before, _ := src.CRC(name)
		after, ok := pkg.CRC(name)
		if !ok || before != after || src.Size(name) != pkg.Size(name) {
			return fmt.Errorf("part %q isn't as it was", name)
		}
	}
	if n := len(pkg.Names()); n != expected {
		return fmt.Errorf("there are %d parts instead of %d", n, expected)
	}
	return nil
}

// touched checks all parts that were written, one after the other.
func (c selfCheck) touched(pkg *ooxml.Package) error {
	written := maps.Clone(c.patch.Replace)
	for _, e := range c.patch.Add {
		written[e.Name] = e.Data
	}
	for _, name := range slices.Sorted(maps.Keys(written)) {
		b, err := pkg.Part(name)
		if err != nil {
			return err
		}
		if !bytes.Equal(b, written[name]) {
			return fmt.Errorf("part %q isn't what was written", name)
		}
		if err := c.undone(name, b); err != nil {
			return err
		}
		if err := checkPrefixes(b); err != nil {
			return fmt.Errorf("part %q: %w", name, err)
		}
	}
	return nil
}

// undone checks that a patched part, undone, is the part that was patched.
func (c selfCheck) undone(name string, after []byte) error {
	p := c.out.journal.find(name)
	if p == nil {
		return nil
	}
	before, err := c.base.part(name)
	if err != nil {
		return err
	}
	if !undoesTo(after, p.Edits, before) {
		return fmt.Errorf("part %q isn't its source and what was inserted", name)
	}
	return nil
}

// undoesTo reports whether changes taken back make want of data.
func undoesTo(data []byte, changes []change, want []byte) bool {
	at := 0
	for _, c := range changes {
		var kept bool
		if want, kept = bytes.CutPrefix(want, data[at:c.At]); !kept {
			return false
		}
		if want, kept = bytes.CutPrefix(want, c.Replaced); !kept {
			return false
		}
		at = c.At + c.Inserted
	}
	return bytes.Equal(want, data[at:])
}

// targets checks that the relationships of the workbook lead to parts. Those
// of the team's that led nowhere still do.
func (c selfCheck) targets(pkg *ooxml.Package) error {
	dangling := map[string]bool{}
	for _, r := range c.base.doc.relationships {
		if !r.External && !c.base.doc.pkg.Has(r.Target) {
			dangling[r.ID] = true
		}
	}
	all, err := pkg.Relationships(c.base.doc.main)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, r := range all {
		if !r.External && !pkg.Has(r.Target) && !dangling[r.ID] {
			return fmt.Errorf("relationship %q leads to %q, which isn't there", r.ID, r.Target)
		}
		if seen[r.ID] {
			return fmt.Errorf("two relationships are called %q", r.ID)
		}
		seen[r.ID] = true
	}
	return nil
}

// overrides checks that the content types are those of parts, and that no part
// is without one that had one.
func (c selfCheck) overrides(pkg *ooxml.Package) error {
	b, err := pkg.Part(contentTypesPart)
	if err != nil {
		return err
	}
	root, err := parsePart(contentTypesPart, b, nil)
	if err != nil {
		return err
	}
	for _, e := range root.all("Override") {
		name := partOf(e.value("PartName"))
		if !pkg.Has(name) && c.base.doc.pkg.Has(name) {
			return fmt.Errorf("the content type of %q is told, and the part isn't there", name)
		}
	}
	for _, t := range c.out.tabs {
		if got := pkg.ContentType(t.part); got != typeOfSheet {
			return fmt.Errorf("the content type of %q is %q", t.part, got)
		}
	}
	return nil
}

// checkPrefixes checks that every prefix in a part is declared. Cells of the
// team's, which nothing is inserted into, are left out.
func checkPrefixes(part []byte) error {
	root, err := parse(part, skipCells)
	if err != nil {
		return err
	}
	var fault error
	root.walk(func(e *element) {
		if fault == nil {
			fault = declared(e)
		}
	})
	return fault
}

// declared checks the prefixes of an element and its attributes.
func declared(e *element) error {
	prefixes := []string{strings.TrimSuffix(e.prefix(), ":")}
	for _, a := range e.attrs {
		prefixes = append(prefixes, string(a.Prefix))
	}
	for _, p := range prefixes {
		if p != "" && p != "xml" && p != "xmlns" && !e.declares(p) {
			return fmt.Errorf("the prefix %q of <%s> is not declared", p, e.name)
		}
	}
	return nil
}
