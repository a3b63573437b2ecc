package gsheets

import (
	"slices"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// reader makes sheets of cells of what the API answers.
type reader struct {
	book *workbook.Book
	formatReader
	// chunk is the memory from which cells are taken.
	chunk []workbook.Cell
	// loading counts formulas that wait for their result.
	loading int
}

func newReader() *reader {
	return &reader{book: &workbook.Book{}, formatReader: newFormatReader()}
}

// sheet reads a sheet; of one that is too large all but the cells.
func (r *reader) sheet(s *sheets.Sheet) workbook.Sheet {
	made := workbook.Sheet{
		Name: s.Properties.Title, Hidden: s.Properties.Hidden,
		SummaryAbove: isSummaryAbove(s),
	}
	size := gridSize(s.Properties)
	for _, m := range s.Merges {
		made.Merged = append(made.Merged, rangeOf(m, size))
	}
	for _, t := range s.Tables {
		made.Tables = append(made.Tables, workbook.NamedRange{Name: t.Name, Range: rangeOf(t.Range, size)})
	}
	for _, rule := range s.ConditionalFormats {
		if !isOwnRule(rule) && hasFill(rule) {
			for _, at := range rule.Ranges {
				made.Colored = append(made.Colored, rangeOf(at, size))
			}
		}
	}
	if !isTooLarge(s.Properties) {
		r.cells(s, &made)
	}
	return made
}

// isSummaryAbove reports whether a group's control, and so its summary row,
// stands above it.
func isSummaryAbove(s *sheets.Sheet) bool {
	g := s.Properties.GridProperties
	return len(s.RowGroups) > 0 && (g == nil || !g.RowGroupControlAfter)
}

// cells reads the cells of a sheet, and which of its rows and columns are
// hidden or grouped.
func (r *reader) cells(s *sheets.Sheet, made *workbook.Sheet) {
	widest := -1
	for _, d := range s.Data {
		for i, values := range d.RowData {
			row := workbook.Row{Index: int(d.StartRow) + i, Cells: r.row(values, int(d.StartColumn))}
			if len(row.Cells) == 0 {
				continue
			}
			row.Hidden = i < len(d.RowMetadata) && isHidden(d.RowMetadata[i])
			made.Rows = append(made.Rows, row)
			widest = max(widest, int(row.Cells[len(row.Cells)-1].Column))
		}
		for i, c := range d.ColumnMetadata {
			if isHidden(c) {
				made.HiddenColumns = append(made.HiddenColumns, int(d.StartColumn)+i)
			}
		}
	}
	made.HiddenColumns = slices.DeleteFunc(made.HiddenColumns, func(column int) bool { return column > widest })
	for _, g := range s.RowGroups {
		outline(made.Rows, g)
	}
}

func isHidden(p *sheets.DimensionProperties) bool {
	return p != nil && (p.HiddenByUser || p.HiddenByFilter)
}

// outline gives the rows of a group its depth.
func outline(rows []workbook.Row, g *sheets.DimensionGroup) {
	if g.Range == nil {
		return
	}
	first, _ := slices.BinarySearchFunc(rows, int(g.Range.StartIndex), func(r workbook.Row, index int) int { return r.Index - index })
	for i := first; i < len(rows) && rows[i].Index < int(g.Range.EndIndex); i++ {
		rows[i].Outline = max(rows[i].Outline, uint8(min(g.Depth, deepest)))
	}
}

// deepest is how deep groups of rows can be, by far.
const deepest = 255

// chunkSize is for how many cells memory is taken at once.
const chunkSize = 4096

// row reads the cells of a row whose first one stands in a column. Cells that
// hold nothing aren't there.
func (r *reader) row(values *sheets.RowData, column int) []workbook.Cell {
	if values == nil {
		return nil
	}
	if cap(r.chunk)-len(r.chunk) < len(values.Values) {
		r.chunk = make([]workbook.Cell, 0, max(chunkSize, len(values.Values)))
	}
	first := len(r.chunk)
	for i, c := range values.Values {
		if c == nil || c.EffectiveValue == nil && formulaOf(c) == "" {
			continue
		}
		r.chunk = append(r.chunk, r.cell(c, int32(column+i)))
	}
	return r.chunk[first:len(r.chunk):len(r.chunk)]
}

// cell reads one cell.
func (r *reader) cell(c *sheets.CellData, column int32) workbook.Cell {
	made := workbook.Cell{Column: column, Formula: isComputed(c), Format: r.format(c)}
	switch v := c.EffectiveValue; {
	case v == nil:
	case v.StringValue != nil:
		made.Kind, made.Text = workbook.Text, *v.StringValue
	case v.NumberValue != nil:
		made.Kind, made.Number, made.Text = workbook.Number, *v.NumberValue, c.FormattedValue
	case v.BoolValue != nil:
		made.Kind = workbook.Bool
		if *v.BoolValue {
			made.Number = 1
		}
	case v.ErrorValue != nil && v.ErrorValue.Type == "LOADING":
		r.loading++
	case v.ErrorValue != nil:
		made.Kind, made.Text = workbook.ErrorValue, errorName(v.ErrorValue.Type)
	}
	return made
}

// errorName returns how an error shows in a cell, in every language.
func errorName(errorType string) string {
	switch errorType {
	case "NULL_VALUE":
		return "#NULL!"
	case "DIVIDE_BY_ZERO":
		return "#DIV/0!"
	case "VALUE", "REF", "NUM":
		return "#" + errorType + "!"
	case "NAME":
		return "#NAME?"
	case "N_A":
		return "#N/A"
	}
	return "#ERROR!"
}

// isComputed reports whether a formula says what a cell shows: its own one, or
// one whose result goes over several cells.
func isComputed(c *sheets.CellData) bool {
	return formulaOf(c) != "" || c.UserEnteredValue == nil && c.EffectiveValue != nil
}

// formulaOf returns the formula of a cell; empty where it has none.
func formulaOf(c *sheets.CellData) string {
	if v := c.UserEnteredValue; v != nil && v.FormulaValue != nil {
		return *v.FormulaValue
	}
	return ""
}

// eachCell calls do for each cell of a sheet that was read, with its row and
// column from 0.
func eachCell(s *sheets.Sheet, do func(row, column int, c *sheets.CellData)) {
	for _, d := range s.Data {
		for i, row := range d.RowData {
			if row == nil {
				continue
			}
			for j, c := range row.Values {
				if c != nil {
					do(int(d.StartRow)+i, int(d.StartColumn)+j, c)
				}
			}
		}
	}
}

// rangeOf returns a range in a sheet of a size. What it doesn't limit goes to
// the end of the grid.
func rangeOf(g *sheets.GridRange, size struct{ Rows, Columns int64 }) workbook.Range {
	end := func(index, all int64) int {
		if index == 0 {
			index = all
		}
		return int(index) - 1
	}
	return workbook.Range{
		FirstRow: int(g.StartRowIndex), LastRow: end(g.EndRowIndex, size.Rows),
		FirstColumn: int(g.StartColumnIndex), LastColumn: end(g.EndColumnIndex, size.Columns),
	}
}

// hasFill reports whether a conditional format colours cells: a gradient, or
// one with a fill.
func hasFill(r *sheets.ConditionalFormatRule) bool {
	if r.GradientRule != nil {
		return true
	}
	if r.BooleanRule == nil || r.BooleanRule.Format == nil {
		return false
	}
	return r.BooleanRule.Format.BackgroundColor != nil || r.BooleanRule.Format.BackgroundColorStyle != nil
}
