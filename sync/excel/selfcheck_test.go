package excel

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// TestSelfCheck spoils written workbooks in all the ways that must be noticed
// before they take the place of the team's.
func TestSelfCheck(t *testing.T) {
	replaced := func(name, old, put string) func(*ooxml.Patch, *spliced) {
		return func(p *ooxml.Patch, _ *spliced) {
			p.Replace[name] = bytes.Replace(p.Replace[name], []byte(old), []byte(put), 1)
		}
	}
	for name, tt := range map[string]struct {
		spoil func(*ooxml.Patch, *spliced)
		want  string
	}{
		"nothing": {func(*ooxml.Patch, *spliced) {}, ""},
		"a cell of the team's": {
			replaced("xl/worksheets/sheet1.xml", ">T1<", ">T2<"), "isn't what was written",
		},
		"a part of the team's": {func(p *ooxml.Patch, _ *spliced) {
			p.Replace["xl/worksheets/sheet2.xml"] = []byte(sheetOf(""))
		}, "isn't as it was"},
		"a part left out": {func(p *ooxml.Patch, _ *spliced) { p.Drop["xl/worksheets/sheet2.xml"] = true }, "isn't as it was"},
		"a part too many": {func(p *ooxml.Patch, _ *spliced) {
			p.Add = append(p.Add, ooxml.Entry{Name: "xl/more.xml", Data: []byte("<a/>")})
		}, "parts instead of"},
		"a tab left out": {func(p *ooxml.Patch, _ *spliced) { p.Add = p.Add[1:] }, "parts instead of"},
		"another tab": {func(p *ooxml.Patch, _ *spliced) {
			p.Add[0].Data = []byte(sheetOf(""))
		}, "isn't what was written"},
	} {
		t.Run(name, func(t *testing.T) {
			base, out, patch := writtenPatch(t, team(t))
			meant := ooxml.Patch{Replace: map[string][]byte{}, Drop: map[string]bool{}, Add: bytesOf(patch.Add)}
			for n, b := range patch.Replace {
				meant.Replace[n] = bytes.Clone(b)
			}
			tt.spoil(&patch, out)
			var file bytes.Buffer
			if err := base.doc.pkg.Rewrite(&file, patch); err != nil {
				t.Fatal(err)
			}
			checkFault(t, selfCheck{base: base, out: out, patch: meant}.run(file.Bytes()), tt.want)
		})
	}
}

// TestSelfCheckOfPlan spoils what is to be written itself.
func TestSelfCheckOfPlan(t *testing.T) {
	for name, tt := range map[string]struct {
		part, old, put string
		want           string
	}{
		"a relationship to nowhere": {"xl/_rels/workbook.xml.rels", `worksheets/sheet3.xml`, `worksheets/sheet9.xml`, "isn't there"},
		"two of one id":             {"xl/_rels/workbook.xml.rels", `Id="rId4"`, `Id="rId1"`, "two relationships"},
		"a wrong content type":      {contentTypesPart, "/xl/worksheets/sheet3.xml", "/xl/worksheets/sheet9.xml", "content type"},
		"a cell of the team's":      {"xl/worksheets/sheet1.xml", ">T1<", ">T2<", "isn't its source and what was inserted"},
		"a prefix of nothing":       {"xl/workbook.xml", `<sheet name="Summary"`, `<y:sheet name="Summary"`, "prefix"},
	} {
		t.Run(name, func(t *testing.T) {
			base, out, patch := writtenPatch(t, team(t))
			spoiled := bytes.Replace(patch.Replace[tt.part], []byte(tt.old), []byte(tt.put), 1)
			if bytes.Equal(spoiled, patch.Replace[tt.part]) {
				t.Fatalf("no %s in %s", tt.old, patch.Replace[tt.part])
			}
			// What is inserted is as long as the journal says.
			grown := len(spoiled) - len(patch.Replace[tt.part])
			p := out.journal.find(tt.part)
			at := bytes.Index(spoiled, []byte(tt.put))
			for i := range p.Edits {
				if p.Edits[i].At > at {
					p.Edits[i].At += grown
				} else if at < p.Edits[i].At+p.Edits[i].Inserted {
					p.Edits[i].Inserted += grown
				}
			}
			patch.Replace[tt.part] = spoiled
			var file bytes.Buffer
			if err := base.doc.pkg.Rewrite(&file, patch); err != nil {
				t.Fatal(err)
			}
			checkFault(t, selfCheck{base: base, out: out, patch: patch}.run(file.Bytes()), tt.want)
		})
	}
}

func checkFault(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("got %v, want no fault", err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("got %v, want %q", err, want)
	}
}

func bytesOf(entries []ooxml.Entry) []ooxml.Entry {
	var all []ooxml.Entry
	for _, e := range entries {
		all = append(all, ooxml.Entry{Name: e.Name, Data: bytes.Clone(e.Data)})
	}
	return all
}

// writtenPatch returns what would be written into a workbook.
func writtenPatch(t *testing.T, source []byte) (*stripped, *spliced, ooxml.Patch) {
	t.Helper()
	w := writer{doc: documentWith(t, source), changes: workbook.Changes{Output: small("first")}}
	var err error
	if w.own, err = w.doc.findOwn(); err != nil {
		t.Fatal(err)
	}
	base, out, err := w.build()
	if err != nil {
		t.Fatal(err)
	}
	patch, err := newPackagePatch(base, out)
	if err != nil {
		t.Fatal(err)
	}
	return base, out, patch.Patch
}

// TestParseAroundCells compares parsing with and without reading the cells.
func TestParseAroundCells(t *testing.T) {
	for name, part := range map[string]string{
		"plain":    sheetOf(twoRows) + "\n",
		"empty":    `<worksheet><sheetData></sheetData><pageMargins left="1"/></worksheet>`,
		"single":   `<worksheet><sheetPr a="b"/><sheetData/><pageMargins left="1"/></worksheet>`,
		"a trap":   `<worksheet><sheetData><row><c><is><t><![CDATA[</sheetData><x/></worksheet>]]></t></is></c></row></sheetData><pageMargins left="1"/></worksheet>`,
		"a remark": `<worksheet><sheetData><!-- </sheetData> --><row r="1"/></sheetData><pageMargins left="1"/></worksheet>`,
		"prefixes": `<x:worksheet xmlns:x="y"><x:sheetData><x:row/></x:sheetData><x:mergeCells count="1"><x:mergeCell ref="A1"/></x:mergeCells></x:worksheet>`,
	} {
		got, err := parse([]byte(part), skipCells)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want, err := parseAll([]byte(part), skipCells)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := places(got), places(want); a != b {
			t.Errorf("%s: got\n%s\nwant\n%s", name, a, b)
		}
	}
}

// places returns names and places of all elements.
func places(root *element) string {
	var b strings.Builder
	root.walk(func(e *element) {
		fmt.Fprintln(&b, e.name, e.start, e.open, e.close, e.end)
		for _, a := range e.attrs {
			fmt.Fprintln(&b, "  ", string(a.Local), a.Start, a.End)
		}
	})
	return b.String()
}
