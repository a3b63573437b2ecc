package excel

import (
	"bytes"
	"fmt"

	"steerco/sync/excel/ooxml"
)

// stripStrings empties the shared texts to which only tabs refer: programs
// move the texts of all sheets there when they save. The others keep their
// numbers.
func (s *stripped) stripStrings() error {
	name := s.doc.sharedStrings
	if s.whole || name == "" || len(s.places) == 0 {
		return nil
	}
	ours := map[int]bool{}
	for _, p := range s.places {
		if err := s.sharedIn(p.entry, func(n int) { ours[n] = true }); err != nil {
			return err
		}
	}
	for at, e := range s.doc.sheets {
		if len(ours) == 0 {
			return nil
		}
		if s.own.isOwn(at) || !e.isCells() {
			continue
		}
		if err := s.sharedIn(e, func(n int) { delete(ours, n) }); err != nil {
			return err
		}
	}
	return s.emptyStrings(name, ours)
}

// sharedIn calls use with the number of each shared text to which a cell of a
// sheet refers.
func (s *stripped) sharedIn(e sheetEntry, use func(int)) error {
	b, err := s.source.part(e.part)
	if err != nil {
		return err
	}
	scan := ooxml.NewScanner(b, 0)
	isShared := false
	for scan.Next() {
		if scan.Kind() != ooxml.OpenTag {
			continue
		}
		switch string(scan.Local()) {
		case "c":
			kind, _ := scan.Attr("t")
			isShared = string(kind.Value) == "s"
		case "v":
			if !isShared || !scan.Next() {
				continue
			}
			if n, ok := number(bytes.TrimSpace(scan.Between())); ok {
				use(n)
			}
		}
	}
	if err := scan.Err(); err != nil {
		return fmt.Errorf("part %q: %w", e.part, err)
	}
	return nil
}

// emptyStrings empties the shared texts of these numbers.
func (s *stripped) emptyStrings(name string, numbers map[int]bool) error {
	b, err := s.part(name)
	if err != nil {
		return err
	}
	p := &patch{name: name, base: b}
	scan := ooxml.NewScanner(b, 0)
	for n := 0; scan.Next(); {
		if scan.Kind() == ooxml.CloseTag || string(scan.Local()) != "si" {
			continue
		}
		if scan.Kind() == ooxml.OpenTag {
			open, prefix := scan.End(), string(scan.Prefix())
			if prefix != "" {
				prefix += ":"
			}
			scan.Skip()
			if numbers[n] {
				p.edits = append(p.edits, edit{at: open, cut: scan.Start() - open, put: []byte("<" + prefix + "t/>")})
			}
		}
		n++
	}
	if err := scan.Err(); err != nil {
		return fmt.Errorf("part %q: %w", name, err)
	}
	s.change(name, p)
	return nil
}
