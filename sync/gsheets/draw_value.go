package gsheets

import (
	"math"
	"strings"

	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// drawnContent returns the contentDigest that a drawing will have when it is
// read.
func drawnContent(d workbook.Drawing) string {
	s := workbook.Sheet{Merged: drawnMerges(d.Tab)}
	for i, r := range d.Tab.Rows {
		row := workbook.Row{Index: i}
		for _, c := range r.Cells {
			row.Cells = append(row.Cells, drawnCell(c))
		}
		s.Rows = append(s.Rows, row)
	}
	return contentDigest(&s)
}

// drawnCell returns a cell as it is read after it was drawn.
func drawnCell(c tab.Cell) workbook.Cell {
	made := workbook.Cell{Column: int32(c.Column)}
	switch {
	case c.Number != nil && !math.IsNaN(*c.Number) && !math.IsInf(*c.Number, 0):
		made.Kind, made.Number = workbook.Number, *c.Number
	case !c.Date.IsZero():
		made.Kind, made.Number = workbook.Number, workbook.Serial(c.Date)
	case c.Text != "":
		made.Kind, made.Text = workbook.Text, cellText(c.Text)
	}
	return made
}

// drawnMerges returns the ranges of cells that go over several.
func drawnMerges(t tab.Tab) []workbook.Range {
	var all []workbook.Range
	for i, r := range t.Rows {
		for _, c := range r.Cells {
			if at := spanOf(i, c); at.FirstRow != at.LastRow || at.FirstColumn != at.LastColumn {
				all = append(all, at)
			}
		}
	}
	return all
}

// spanOf returns the range over which a cell goes.
func spanOf(row int, c tab.Cell) workbook.Range {
	return workbook.Range{
		FirstRow: row, LastRow: row + max(1, c.RowSpan) - 1,
		FirstColumn: c.Column, LastColumn: c.Column + max(1, c.Span) - 1,
	}
}

// mostText is how many characters a cell holds.
const mostText = 50_000

// cellText returns text as a cell can hold it: workbook.CellText without control
// characters.
func cellText(s string) string {
	return workbook.CellText(strings.Map(func(r rune) rune {
		switch {
		case r < ' ' && r != '\n' && r != '\r' && r != '\t', r == 0x7F, r == 0xFFFE, r == 0xFFFF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")), mostText)
}
