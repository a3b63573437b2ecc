package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"steerco/sync/excel"
	"steerco/sync/run"
	"steerco/sync/workbook"
)

// touchedSince reads the workbook again after a run and counts the cells of
// the team's that differ from what was read before it. It returns -1 where
// nothing was written or somebody else has saved since.
func touchedSince(ctx context.Context, b workbook.Backend, r *run.Result) (int, error) {
	if !r.Written {
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

// rehearse makes the run over a copy of the workbook, and counts the cells of
// the team's that differ afterwards. The copy is thrown away.
func (a *app) rehearse(ctx context.Context, t target, before *workbook.Book) (int, error) {
	folder, err := os.MkdirTemp("", "steerco-*")
	if err != nil {
		return -1, fmt.Errorf("copy the workbook for the dry run: %w", err)
	}
	defer os.RemoveAll(folder)
	content, err := os.ReadFile(t.File)
	if err != nil {
		return -1, fmt.Errorf("copy the workbook for the dry run: %w", err)
	}
	path := filepath.Join(folder, filepath.Base(t.File))
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return -1, fmt.Errorf("copy the workbook for the dry run: %w", err)
	}
	o, err := a.options(t, "")
	if err != nil {
		return -1, err
	}
	copied, err := excel.Open(path, excel.Options{})
	if err != nil {
		return -1, err
	}
	o.Backend = copied
	if _, err := run.Run(ctx, o); err != nil {
		return -1, err
	}
	after, err := copied.Read(ctx)
	if err != nil {
		return -1, err
	}
	return differing(before, after), nil
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
