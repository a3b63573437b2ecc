package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"steerco/sync/excel"
	"steerco/sync/memory"
	"steerco/sync/run"
	"steerco/sync/workbook"
)

// touchedSince reads the file again after a run and counts the cells of the
// team's that differ from what was read before it. It returns -1 where nothing
// was written or somebody else has saved since, and for a spreadsheet: there it
// would take a further call, and count what people type.
func (t target) touchedSince(ctx context.Context, b workbook.Backend, r *run.Result) (int, error) {
	if !r.Written || t.File == "" {
		return -1, nil
	}
	after, err := b.Read(ctx)
	if err != nil || after.Version != r.Version {
		return -1, err
	}
	n := differing(r.Book, after)
	if n > 0 {
		return n, &workbook.Error{
			Workbook: r.Book.Name, Err: fmt.Errorf("%s of the team's differ after writing", counted(n, "cell")),
			Fix: "take steerco's part out with steerco clean, and report this",
		}
	}
	return n, nil
}

// rehearse makes the run o over a copy of the workbook, and counts the cells of
// the team's that differ afterwards. The copy is thrown away. That of a
// spreadsheet is what was read of it: it takes no further call.
func rehearse(ctx context.Context, t target, o run.Options, before *workbook.Book) (int, error) {
	o.DryRun, o.Backend = false, memory.From(before)
	if t.File != "" {
		folder, err := os.MkdirTemp("", "steerco-*")
		if err != nil {
			return -1, fmt.Errorf("copy the workbook for the dry run: %w", err)
		}
		defer os.RemoveAll(folder)
		if o.Backend, err = copied(t.File, folder); err != nil {
			return -1, err
		}
	}
	if _, err := run.Run(ctx, o); err != nil {
		return -1, err
	}
	after, err := o.Backend.Read(ctx)
	if err != nil {
		return -1, err
	}
	return differing(before, after), nil
}

// copied returns a copy of a file in a folder.
func copied(file, folder string) (workbook.Backend, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("copy the workbook for the dry run: %w", err)
	}
	path := filepath.Join(folder, filepath.Base(file))
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return nil, fmt.Errorf("copy the workbook for the dry run: %w", err)
	}
	return excel.Open(path, excel.Options{})
}

// differing counts the cells of the team's that differ between two states of a
// workbook. A sheet that is missing or new counts all its cells.
func differing(before, after *workbook.Book) int {
	n := 0
	for i := range before.Sheets {
		s := &before.Sheets[i]
		n += differingCells(before, s, after, after.Sheet(s.Name))
	}
	for i := range after.Sheets {
		if s := &after.Sheets[i]; before.Sheet(s.Name) == nil {
			n += differingCells(after, s, before, nil)
		}
	}
	return n
}

// differingCells counts the cells of a sheet that stand otherwise in its other
// state, and those that only the other state has. The other state may be nil.
func differingCells(book *workbook.Book, s *workbook.Sheet, otherBook *workbook.Book, other *workbook.Sheet) int {
	if other == nil {
		other = &workbook.Sheet{}
	}
	n := 0
	for i := range s.Rows {
		for _, c := range s.Rows[i].Cells {
			o := other.Cell(s.Rows[i].Index, int(c.Column))
			if !hasCell(other, s.Rows[i].Index, c.Column) || !sameCell(c, o) || book.Format(c) != otherBook.Format(o) {
				n++
			}
		}
	}
	for i := range other.Rows {
		for _, o := range other.Rows[i].Cells {
			if !hasCell(s, other.Rows[i].Index, o.Column) {
				n++
			}
		}
	}
	return n
}

func hasCell(s *workbook.Sheet, row int, column int32) bool {
	r := s.Row(row)
	if r == nil {
		return false
	}
	_, found := slices.BinarySearchFunc(r.Cells, column, func(c workbook.Cell, column int32) int { return int(c.Column - column) })
	return found
}

func sameCell(a, b workbook.Cell) bool {
	return a.Kind == b.Kind && a.Formula == b.Formula && a.Number == b.Number && a.Text == b.Text
}
