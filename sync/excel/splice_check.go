package excel

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"steerco/sync/workbook"
)

// ordered returns an output in the order in which it is written, so that the
// order in which it came makes no difference: tabs where they stand, marks by
// sheet with the graver ones first, which win where two meet.
func (s *stripped) ordered(out workbook.Output) workbook.Output {
	out.Tabs = slices.Clone(out.Tabs)
	slices.SortStableFunc(out.Tabs, func(a, b workbook.Drawing) int {
		return cmp.Compare(s.rank(a.Tab.Key), s.rank(b.Tab.Key))
	})
	out.Marks = slices.Clone(out.Marks)
	slices.SortStableFunc(out.Marks, func(a, b workbook.Mark) int {
		return cmp.Or(
			cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(gravity(a.Severity), gravity(b.Severity)), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.FirstRow, b.FirstRow), cmp.Compare(a.LastRow, b.LastRow), cmp.Compare(a.Field, b.Field),
			slices.Compare(a.Parts, b.Parts),
		)
	})
	out.Keys = slices.Clone(out.Keys)
	slices.Sort(out.Keys)
	out.Keys = slices.Compact(out.Keys)
	return out
}

// rank is where a tab stands; new ones come last.
func (s *stripped) rank(key string) int {
	if p, ok := s.places[key]; ok {
		return p.at
	}
	return len(s.doc.sheets)
}

func gravity(severity string) int {
	return slices.Index([]string{"critical", "warning", "note"}, severity)
}

// checkOutput refuses an output that can't stand in the workbook.
func (s *spliced) checkOutput() error {
	keys := map[string]bool{keyOfData: true}
	for _, d := range s.out.Tabs {
		if keys[d.Tab.Key] {
			return s.fault(d.Tab.Title, fmt.Errorf("two tabs have the key %q", d.Tab.Key))
		}
		keys[d.Tab.Key] = true
	}
	for _, m := range s.out.Marks {
		switch {
		case gravity(m.Severity) < 0:
			return s.fault(m.Sheet, fmt.Errorf("%q is no severity of a highlight", m.Severity))
		case m.FirstRow < 0 || m.FirstRow > m.LastRow || m.LastRow >= maxRows || m.Column < 0 || m.Column >= maxColumns:
			return s.fault(m.Sheet, errors.New("a highlight has no cells"))
		case !s.base.isMarkable(m.Sheet):
			return s.fault(m.Sheet, fmt.Errorf("%w: no such sheet of cells to highlight", workbook.ErrNotFound))
		}
	}
	return nil
}

// isMarkable reports whether there is a sheet of the team's with cells.
func (s *stripped) isMarkable(name string) bool {
	for at, e := range s.doc.sheets {
		if e.name == name && e.isCells() && !s.own.isOwn(at) {
			return true
		}
	}
	return false
}

// fault returns an error about a sheet.
func (s *spliced) fault(sheet string, err error) error {
	return &workbook.Error{Workbook: s.base.doc.name, Sheet: sheet, Err: err}
}
