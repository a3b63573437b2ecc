// Package memorytest makes a workbook in memory the subject of
// workbooktest.Suite: on its own, or inside a backend around it.
package memorytest

import (
	"slices"
	"testing"

	"steerco/sync/memory"
	"steerco/sync/workbook"
	"steerco/sync/workbook/workbooktest"
)

// New returns a workbook in memory that holds the sheets, as
// workbooktest.Suite asks for.
func New(t *testing.T, sheets []workbooktest.Sheet) workbooktest.Subject {
	t.Helper()
	w := memory.From(workbooktest.Book(sheets...))
	return workbooktest.Subject{
		Backend: w,
		Reopen:  func(*testing.T) workbook.Backend { return w },
		Titles:  func(*testing.T) []string { return titles(w) },
		Edit: func(t *testing.T, do func(workbooktest.Editor)) {
			w.Edit(func(sheets []memory.Sheet) []memory.Sheet {
				p := &person{t: t, sheets: sheets}
				do(p)
				return p.sheets
			})
		},
	}
}

func titles(w *memory.Workbook) []string {
	var all []string
	for _, s := range w.Sheets() {
		if !s.Hidden {
			all = append(all, s.Name)
		}
	}
	return all
}

// person is somebody who edits the workbook in memory.
type person struct {
	t      *testing.T
	sheets []memory.Sheet
}

func (p *person) sheet(name string) *memory.Sheet {
	p.t.Helper()
	for i := range p.sheets {
		if p.sheets[i].Name == name {
			return &p.sheets[i]
		}
	}
	p.t.Fatalf("there is no sheet %q", name)
	return nil
}

func (p *person) Set(name string, row, column int, value any) {
	p.t.Helper()
	s := p.sheet(name)
	r := s.Row(row)
	if r == nil {
		p.t.Fatalf("sheet %q has no row %d", name, row)
	}
	i, found := slices.BinarySearchFunc(r.Cells, int32(column), func(c workbook.Cell, at int32) int { return int(c.Column - at) })
	if !found {
		r.Cells = slices.Insert(r.Cells, i, workbook.Cell{})
	}
	r.Cells[i] = workbooktest.Cell(column, value)
}

func (p *person) Swap(name string, row, other int) {
	p.t.Helper()
	s := p.sheet(name)
	a, b := s.Row(row), s.Row(other)
	a.Cells, b.Cells = b.Cells, a.Cells
}

func (p *person) Insert(name string, row int) {
	p.t.Helper()
	s := p.sheet(name)
	for i := range s.Rows {
		if s.Rows[i].Index >= row {
			s.Rows[i].Index++
		}
	}
}

func (p *person) Color(name string, at workbook.Range) {
	p.t.Helper()
	s := p.sheet(name)
	s.Colored = slices.Insert(s.Colored, 0, at)
}

func (p *person) Copy(name, title string) {
	p.t.Helper()
	s := p.sheet(name).Sheet
	s.Name, s.Rows = title, slices.Clone(s.Rows)
	for i := range s.Rows {
		s.Rows[i].Cells = slices.Clone(s.Rows[i].Cells)
	}
	p.sheets = append(p.sheets, memory.Sheet{Sheet: s})
}

func (p *person) Add(name string) {
	p.sheets = append(p.sheets, memory.Sheet{Sheet: workbook.Sheet{Name: name}})
}

func (p *person) Rename(name, title string) {
	p.t.Helper()
	p.sheet(name).Name = title
}

func (p *person) Remove(name string) {
	p.t.Helper()
	s := p.sheet(name)
	p.sheets = slices.DeleteFunc(p.sheets, func(other memory.Sheet) bool { return other.Name == s.Name })
}
