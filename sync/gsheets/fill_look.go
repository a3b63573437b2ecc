package gsheets

import (
	"google.golang.org/api/sheets/v4"

	"steerco/templates/starter"
	"steerco/templates/tab"
)

// Heights in dots, where they aren't as the program finds them.
const (
	titleHeight  = 32
	headerHeight = 40
)

// fillKind is what a cell of a new workbook is.
type fillKind uint8

const (
	spareCell fillKind = iota
	bodyCell
	summaryCell
	headerCell
	titleCell
	helpCell
)

// fillStyle is one look of a cell.
type fillStyle struct {
	kind  fillKind
	shown starter.Format
}

// styles returns the look of each cell of a sheet.
func (w *filling) styles() [][]*fillStyle {
	grid := make([][]*fillStyle, w.rows)
	for row := range grid {
		grid[row] = make([]*fillStyle, len(w.Columns))
		for i := range w.Columns {
			grid[row][i] = w.style(row, i)
		}
	}
	return grid
}

// style returns the look of a cell; nil: none.
func (w *filling) style(row, column int) *fillStyle {
	switch {
	case row == titleRow && column == 0:
		return &fillStyle{kind: titleCell}
	case row == helpRow && column == 0:
		return &fillStyle{kind: helpCell}
	case row == headerRow:
		return &fillStyle{kind: headerCell}
	case row < firstDataRow:
		return nil
	}
	s := &fillStyle{shown: w.Columns[column].Format}
	if row >= firstDataRow+len(w.Rows) {
		return s
	}
	r := w.Rows[row-firstDataRow]
	s.kind = bodyCell
	if r.Summary {
		s.kind = summaryCell
	}
	if column < len(r.Cells) {
		c := r.Cells[column]
		if c.Format != starter.General {
			s.shown = c.Format
		}
		if !c.Date.IsZero() {
			s.shown = starter.Day
		}
	}
	return s
}

const (
	ink    = "1F3050"
	quiet  = "5F6B7A"
	shade  = "EDF1F5"
	hair   = "D5DAE0"
	paper  = "FFFFFF"
	strong = "C4CAD2"
)

// format returns the look in words of the API.
func (s fillStyle) format() *sheets.CellFormat {
	text := &sheets.TextFormat{FontFamily: tab.Font, FontSize: 9}
	f := &sheets.CellFormat{TextFormat: text, VerticalAlignment: "TOP", WrapStrategy: "OVERFLOW_CELL"}
	switch s.kind {
	case titleCell:
		text.FontSize, text.Bold, text.ForegroundColorStyle = 15, true, color(ink)
		return f
	case helpCell:
		text.ForegroundColorStyle = color(quiet)
		return f
	case headerCell:
		text.Bold, text.ForegroundColorStyle = true, color(paper)
		f.BackgroundColorStyle, f.VerticalAlignment, f.WrapStrategy = color(ink), "MIDDLE", "WRAP"
		return f
	case summaryCell:
		text.Bold, text.ForegroundColorStyle, f.BackgroundColorStyle = true, color(ink), color(shade)
		f.Borders = lineBelow(strong)
	case bodyCell:
		f.Borders = lineBelow(hair)
	}
	s.shape(f)
	return f
}

func lineBelow(hex string) *sheets.Borders {
	return &sheets.Borders{Bottom: &sheets.Border{Style: "SOLID", ColorStyle: color(hex)}}
}

// shape sets number format and alignment of a cell in the table.
func (s fillStyle) shape(f *sheets.CellFormat) {
	switch s.shown {
	case starter.Wrapped:
		f.WrapStrategy = "WRAP"
	case starter.Exact:
		f.WrapStrategy, f.NumberFormat = "WRAP", &sheets.NumberFormat{Type: "TEXT", Pattern: "@"}
	case starter.Day:
		f.HorizontalAlignment, f.NumberFormat = "CENTER", numberFormat(formatDate)
	case starter.Percent:
		f.HorizontalAlignment, f.NumberFormat = "CENTER", &sheets.NumberFormat{Type: "PERCENT", Pattern: "0%"}
	case starter.Amount:
		f.NumberFormat = numberFormat(formatInteger)
	case starter.Whole:
		f.HorizontalAlignment, f.NumberFormat = "CENTER", numberFormat("0")
	}
}
