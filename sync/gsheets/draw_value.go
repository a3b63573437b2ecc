package gsheets

import (
	"math"
	"strings"
	"unicode/utf16"

	"steerco/rules/calendar"
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
		made.Kind, made.Number = workbook.Number, serial(c.Date)
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

// cellText returns text as a cell can hold it: line ends as "\n", no other
// control characters, and what is too long cut, which shows.
func cellText(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r < ' ' && r != '\n' && r != '\t', r == 0x7F, r == 0xFFFE, r == 0xFFFF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if len(s) <= mostText {
		return s
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= mostText {
		return s
	}
	end := mostText - 1
	if utf16.IsSurrogate(rune(units[end-1])) && units[end-1] < 0xDC00 {
		end--
	}
	return string(utf16.Decode(units[:end])) + "…"
}

// serial returns the number by which a spreadsheet knows a date.
func serial(d calendar.Date) float64 { return float64(d - calendar.New(1899, 12, 30)) }
