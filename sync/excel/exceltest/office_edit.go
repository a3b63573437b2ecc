package exceltest

import (
	"testing"

	"steerco/sync/workbook"
)

// SetText types a text into a cell; it stays one, whatever it looks like.
func (o *Office) SetText(t *testing.T, sheet string, row, column int, text string) {
	t.Helper()
	o.do(t, "set", args{"sheet": sheet, "row": row, "column": column, "text": text}, nil)
}

// SetNumber puts a number into a cell.
func (o *Office) SetNumber(t *testing.T, sheet string, row, column int, v float64) {
	t.Helper()
	o.do(t, "set", args{"sheet": sheet, "row": row, "column": column, "number": v}, nil)
}

// SetFormula types a formula into a cell, in the office's own language: with
// semicolons between arguments.
func (o *Office) SetFormula(t *testing.T, sheet string, row, column int, formula string) {
	t.Helper()
	o.do(t, "set", args{"sheet": sheet, "row": row, "column": column, "formula": formula}, nil)
}

// Sort sorts the rows of a range by one of its columns, counted within it.
func (o *Office) Sort(t *testing.T, sheet string, r workbook.Range, column int, descending bool) {
	t.Helper()
	o.do(t, "sort", args{"sheet": sheet, "range": r, "column": column, "descending": descending}, nil)
}

// InsertRows puts empty rows above a row.
func (o *Office) InsertRows(t *testing.T, sheet string, row, n int) {
	t.Helper()
	o.do(t, "insert_rows", args{"sheet": sheet, "row": row, "count": n}, nil)
}

// DeleteRows takes rows out.
func (o *Office) DeleteRows(t *testing.T, sheet string, row, n int) {
	t.Helper()
	o.do(t, "delete_rows", args{"sheet": sheet, "row": row, "count": n}, nil)
}

// Move cuts a range and pastes it with its first cell at row and column.
func (o *Office) Move(t *testing.T, sheet string, r workbook.Range, row, column int) {
	t.Helper()
	o.do(t, "move", args{"sheet": sheet, "range": r, "row": row, "column": column}, nil)
}

// Copy copies a range to a sheet, with its first cell at row and column.
func (o *Office) Copy(t *testing.T, sheet string, r workbook.Range, to string, row, column int) {
	t.Helper()
	o.do(t, "copy", args{"sheet": sheet, "range": r, "to": to, "row": row, "column": column}, nil)
}

// InsertColumns puts empty columns before a column.
func (o *Office) InsertColumns(t *testing.T, sheet string, column, n int) {
	t.Helper()
	o.do(t, "insert_columns", args{"sheet": sheet, "column": column, "count": n}, nil)
}

// RenameSheet gives a sheet another title.
func (o *Office) RenameSheet(t *testing.T, sheet, to string) {
	t.Helper()
	o.do(t, "rename_sheet", args{"sheet": sheet, "to": to}, nil)
}

// DeleteSheet takes a sheet out.
func (o *Office) DeleteSheet(t *testing.T, sheet string) {
	t.Helper()
	o.do(t, "delete_sheet", args{"sheet": sheet}, nil)
}

// CopySheet copies a sheet to the end of the workbook.
func (o *Office) CopySheet(t *testing.T, sheet, to string) {
	t.Helper()
	o.do(t, "copy_sheet", args{"sheet": sheet, "to": to}, nil)
}

// MoveSheet moves a sheet to a position from 0.
func (o *Office) MoveSheet(t *testing.T, sheet string, position int) {
	t.Helper()
	o.do(t, "move_sheet", args{"sheet": sheet, "position": position}, nil)
}

// ShowSheet shows or hides a sheet.
func (o *Office) ShowSheet(t *testing.T, s ShownSheet) {
	t.Helper()
	o.do(t, "show_sheet", args{"sheet": s.Name, "visible": !s.Hidden}, nil)
}
