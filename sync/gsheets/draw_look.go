package gsheets

import (
	"math"
	"strconv"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// cellLook is how a cell looks, and where it leads.
type cellLook struct {
	tab.Look
	// link is where the cell leads by itself; empty: nowhere, or by a formula.
	link string
}

// looks gives the cells their looks.
func (w *drawer) looks() {
	for at, look := range rectangles(w.lookGrid()) {
		w.add(formatCells(gridRange(w.sheet, at), look.format()))
	}
}

func formatCells(at *sheets.GridRange, f *sheets.CellFormat) *sheets.Request {
	return &sheets.Request{RepeatCell: &sheets.RepeatCellRequest{
		Range: at, Fields: "userEnteredFormat", Cell: &sheets.CellData{UserEnteredFormat: f},
	}}
}

// lookGrid returns the look of each cell; nil for cells without any.
func (w *drawer) lookGrid() [][]*cellLook {
	grid := make([][]*cellLook, w.rows)
	for i := range grid {
		grid[i] = make([]*cellLook, w.columns)
	}
	known := tab.Looks()
	for i, r := range w.drawing.Tab.Rows {
		for _, c := range r.Cells {
			look := cellLook{Look: tab.LookOf(known, c), link: w.fixedLink(place{i, r, c})}
			at := spanOf(i, c)
			for row := at.FirstRow; row <= at.LastRow; row++ {
				for column := at.FirstColumn; column <= at.LastColumn; column++ {
					grid[row][column] = &look
				}
			}
		}
	}
	return grid
}

// rectangles yields rectangles of equal values that together are the whole of a
// grid without its nils, which it empties. A format takes much more room in a
// request than what a cell says: it is sent once for a rectangle.
func rectangles[T comparable](grid [][]*T) func(yield func(workbook.Range, T) bool) {
	return func(yield func(workbook.Range, T) bool) {
		for row := range grid {
			for column, value := range grid[row] {
				if value != nil && !yield(cutRectangle(grid, row, column), *value) {
					return
				}
			}
		}
	}
}

// cutRectangle returns the rectangle of equal values that begins at a cell, as
// wide as it goes and then as high, and takes it out of the grid.
func cutRectangle[T comparable](grid [][]*T, row, column int) workbook.Range {
	value := *grid[row][column]
	has := func(row, column int) bool { return grid[row][column] != nil && *grid[row][column] == value }
	at := workbook.Range{FirstRow: row, LastRow: row, FirstColumn: column, LastColumn: column}
	for at.LastColumn+1 < len(grid[row]) && has(row, at.LastColumn+1) {
		at.LastColumn++
	}
	rowHas := func(row int) bool {
		for c := at.FirstColumn; c <= at.LastColumn; c++ {
			if !has(row, c) {
				return false
			}
		}
		return true
	}
	for at.LastRow+1 < len(grid) && rowHas(at.LastRow+1) {
		at.LastRow++
	}
	for r := at.FirstRow; r <= at.LastRow; r++ {
		clear(grid[r][at.FirstColumn : at.LastColumn+1])
	}
	return at
}

// Room within a cell in dots: what every cell has, and a step of indentation.
const (
	paddingTop    = 2
	paddingSide   = 3
	paddingIndent = 9
)

// format returns the look in words of the API.
func (l cellLook) format() *sheets.CellFormat {
	f := &sheets.CellFormat{
		HorizontalAlignment: map[string]string{"left": "LEFT", "center": "CENTER", "right": "RIGHT"}[l.Align],
		VerticalAlignment:   "TOP",
		WrapStrategy:        "OVERFLOW_CELL",
		TextFormat: &sheets.TextFormat{
			FontFamily: tab.Font, FontSize: int64(math.Round(l.Size)), Bold: l.Bold, Italic: l.Italic, Underline: l.Underline,
			ForegroundColorStyle: color(l.Text), Link: linkTo(l.link),
		},
		BackgroundColorStyle: color(l.Fill),
	}
	if l.Middle {
		f.VerticalAlignment = "MIDDLE"
	}
	if l.Wrap {
		f.WrapStrategy = "WRAP"
	}
	if l.Indent > 0 {
		f.Padding = &sheets.Padding{
			Top: paddingTop, Bottom: paddingTop, Right: paddingSide, Left: int64(paddingSide + paddingIndent*l.Indent),
		}
	}
	if l.LineBelow != "" {
		f.Borders = &sheets.Borders{Bottom: &sheets.Border{Style: "SOLID", ColorStyle: color(l.LineBelow)}}
		if l.ThickBelow {
			f.Borders.Bottom.Style = "SOLID_MEDIUM"
		}
	}
	f.NumberFormat = numberFormat(l.Format)
	return f
}

// numberFormat returns a number format with its type; nil for none.
func numberFormat(code string) *sheets.NumberFormat {
	switch code {
	case "":
		return nil
	case tab.FormatDate:
		return &sheets.NumberFormat{Type: "DATE", Pattern: code}
	case "@":
		return &sheets.NumberFormat{Type: "TEXT", Pattern: code}
	case "0%":
		return &sheets.NumberFormat{Type: "PERCENT", Pattern: code}
	}
	return &sheets.NumberFormat{Type: "NUMBER", Pattern: code}
}

func linkTo(uri string) *sheets.Link {
	if uri == "" {
		return nil
	}
	return &sheets.Link{Uri: uri}
}

// color returns a colour written as RRGGBB; nil for none.
func color(hex string) *sheets.ColorStyle {
	n, err := strconv.ParseUint(hex, 16, 24)
	if err != nil {
		return nil
	}
	// Four decimals are enough to tell the 256 steps, and keep requests short.
	// The service cuts to a step: they are rounded up.
	part := func(shift uint) float64 { return math.Ceil(float64(n>>shift&0xFF)/0xFF*1e4) / 1e4 }
	return &sheets.ColorStyle{RgbColor: &sheets.Color{Red: part(16), Green: part(8), Blue: part(0)}}
}
