package gsheets

import (
	"math"
	"slices"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// Sizes in dots. A character of the default font is about seven wide, and a
// cell has a margin; a point is a 72nd of an inch, a dot a 96th.
const (
	widthOfCharacter = 7
	widthOfMargin    = 5
	dotsPerPoint     = 96.0 / 72
	defaultHeight    = 21
	defaultWidth     = 100
)

// contentFields is all that can be in a cell: what is written there leaves
// nothing of what stood there.
const contentFields = "userEnteredValue,userEnteredFormat,note,dataValidation,textFormatRuns,pivotTable"

// drawer draws one tab.
type drawer struct {
	*batch
	drawing workbook.Drawing
	sheet   int64
	// stands is the sheet as it is; nil: it is to be made.
	stands        *sheets.Sheet
	rows, columns int
}

// draw draws a tab into its sheet, which is made if it doesn't stand yet: its
// place and title stay otherwise, and whether somebody has hidden it.
func (b *batch) draw(d workbook.Drawing, sheet int64, stands *sheets.Sheet) {
	w := drawer{batch: b, drawing: d, sheet: sheet, stands: stands}
	w.rows, w.columns = sizeOf(d.Tab)
	if stands == nil {
		w.make()
	} else {
		w.clear()
	}
	w.values()
	w.looks()
	w.merges()
	w.widths()
	w.heights()
	w.groups()
}

// sizeOf returns how many rows and columns a tab needs, one at least. One row
// must be free to scroll, and not folded.
func sizeOf(t tab.Tab) (rows, columns int) {
	rows, columns = max(1, len(t.Rows), t.FreezeRows+1), max(1, len(t.Columns))
	if t.FreezeRows == 0 {
		rows = max(1, len(t.Rows))
	}
	if rows == len(t.Rows) && !slices.ContainsFunc(t.Rows[t.FreezeRows:], func(r tab.Row) bool { return !r.Folded }) {
		rows++
	}
	for i, r := range t.Rows {
		for _, c := range r.Cells {
			rows, columns = max(rows, i+max(1, c.RowSpan)), max(columns, c.Column+max(1, c.Span))
		}
	}
	return rows, columns
}

func (w *drawer) grid() *sheets.GridProperties {
	return &sheets.GridProperties{
		RowCount: int64(w.rows), ColumnCount: int64(w.columns), FrozenRowCount: int64(w.drawing.Tab.FreezeRows), HideGridlines: true,
	}
}

// make adds the sheet, behind all others.
func (w *drawer) make() {
	w.addSheet(&sheets.SheetProperties{SheetId: w.sheet, Title: w.drawing.Tab.Title, GridProperties: w.grid()})
}

// clear takes out what the sheet is made of besides cells, and gives it its
// size.
func (w *drawer) clear() {
	for _, g := range w.stands.RowGroups {
		w.add(&sheets.Request{DeleteDimensionGroup: &sheets.DeleteDimensionGroupRequest{Range: g.Range}})
	}
	w.loosen(w.stands)
	w.add(&sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
		Fields:     "gridProperties(rowCount,columnCount,frozenRowCount,frozenColumnCount,hideGridlines,rowGroupControlAfter)",
		Properties: &sheets.SheetProperties{SheetId: w.sheet, GridProperties: w.grid(), ForceSendFields: []string{"SheetId"}},
	}})
}

// loosen takes off a sheet what may keep it from being resized: Google refuses
// to leave no row or column that is neither frozen nor hidden, and it isn't
// documented whether it helps that the same request lets go of the frozen ones.
// Merged cells are parted each by itself: a range across the frozen rows may be
// refused.
func (b *batch) loosen(s *sheets.Sheet) {
	id, size := s.Properties.SheetId, gridSize(s.Properties)
	b.add(
		unfrozen(id),
		showLines(dimensionRange(id, "ROWS", 0, int(size.Rows))),
		showLines(dimensionRange(id, "COLUMNS", 0, int(size.Columns))),
	)
	for _, m := range s.Merges {
		b.add(&sheets.Request{UnmergeCells: &sheets.UnmergeCellsRequest{Range: m}})
	}
}

// unfrozen lets go of the frozen rows and columns of a sheet.
func unfrozen(sheet int64) *sheets.Request {
	return &sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
		Fields: "gridProperties(frozenRowCount,frozenColumnCount)",
		Properties: &sheets.SheetProperties{
			SheetId: sheet, GridProperties: &sheets.GridProperties{}, ForceSendFields: []string{"SheetId"},
		},
	}}
}

// showLines shows rows or columns that somebody has hidden.
func showLines(at *sheets.DimensionRange) *sheets.Request {
	return &sheets.Request{UpdateDimensionProperties: &sheets.UpdateDimensionPropertiesRequest{
		Range: at, Properties: &sheets.DimensionProperties{}, Fields: "hiddenByUser",
	}}
}

// values writes what the cells say, and clears all else in them.
func (w *drawer) values() {
	rows := make([]*sheets.RowData, w.rows)
	for i := range rows {
		rows[i] = &sheets.RowData{}
	}
	for i, r := range w.drawing.Tab.Rows {
		for _, c := range r.Cells {
			if v := w.value(i, r, c); v != nil {
				rows[i].Values = put(rows[i].Values, c.Column, &sheets.CellData{UserEnteredValue: v})
			}
		}
	}
	w.add(&sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
		Fields: contentFields, Rows: rows, Range: gridRange(w.sheet, workbook.Range{LastRow: w.rows - 1, LastColumn: w.columns - 1}),
	}})
}

// put puts a cell at an index, with empty ones before it.
func put(cells []*sheets.CellData, at int, c *sheets.CellData) []*sheets.CellData {
	for len(cells) <= at {
		cells = append(cells, &sheets.CellData{})
	}
	cells[at] = c
	return cells
}

// value returns what a cell says; nil for nothing. Text is always text.
func (w *drawer) value(row int, r tab.Row, c tab.Cell) *sheets.ExtendedValue {
	if link, ok := w.link(row, c); ok {
		if formula := w.linkFormula(place{row, r, c}, link); formula != "" {
			w.links++
			return &sheets.ExtendedValue{FormulaValue: &formula}
		}
	}
	switch v := drawnCell(c); v.Kind {
	case workbook.Number:
		return &sheets.ExtendedValue{NumberValue: &v.Number}
	case workbook.Text:
		return &sheets.ExtendedValue{StringValue: &v.Text}
	}
	return nil
}

// merges merges the cells that go over several.
func (w *drawer) merges() {
	for _, m := range drawnMerges(w.drawing.Tab) {
		w.add(&sheets.Request{MergeCells: &sheets.MergeCellsRequest{MergeType: "MERGE_ALL", Range: gridRange(w.sheet, m)}})
	}
}

// widths sets the widths of the columns, equal ones at once.
func (w *drawer) widths() {
	widths := make([]int64, w.columns)
	for i := range widths {
		widths[i] = defaultWidth
		if i < len(w.drawing.Tab.Columns) {
			widths[i] = pixelWidth(w.drawing.Tab.Columns[i].Width)
		}
	}
	for first, end := range runs(widths) {
		w.add(w.resize("COLUMNS", first, end, &sheets.DimensionProperties{PixelSize: widths[first]}))
	}
}

// heights sets the heights of the rows, and which of them are folded.
func (w *drawer) heights() {
	type height struct {
		dots   int64
		hidden bool
	}
	heights := make([]height, w.rows)
	for i := range heights {
		heights[i].dots = defaultHeight
		if i < len(w.drawing.Tab.Rows) {
			r := w.drawing.Tab.Rows[i]
			heights[i].hidden = r.Folded
			if r.Height > 0 {
				heights[i].dots = max(1, int64(math.Round(r.Height*dotsPerPoint)))
			}
		}
	}
	for first, end := range runs(heights) {
		h := heights[first]
		if w.stands == nil && h == (height{dots: defaultHeight}) {
			continue
		}
		w.add(w.resize("ROWS", first, end, &sheets.DimensionProperties{PixelSize: h.dots, HiddenByUser: h.hidden}))
	}
}

func pixelWidth(characters float64) int64 {
	return max(1, int64(math.Round(characters*widthOfCharacter+widthOfMargin)))
}

func (w *drawer) resize(dimension string, first, end int, p *sheets.DimensionProperties) *sheets.Request {
	return &sheets.Request{UpdateDimensionProperties: &sheets.UpdateDimensionPropertiesRequest{
		Range: dimensionRange(w.sheet, dimension, first, end), Properties: p, Fields: "pixelSize,hiddenByUser",
	}}
}

func dimensionRange(sheet int64, dimension string, first, end int) *sheets.DimensionRange {
	return &sheets.DimensionRange{
		SheetId: sheet, Dimension: dimension, StartIndex: int64(first), EndIndex: int64(end),
		ForceSendFields: []string{"SheetId", "StartIndex"},
	}
}

// groups groups the rows by their outline, and folds those that are folded.
func (w *drawer) groups() {
	rows := w.drawing.Tab.Rows
	depths := make([]int, len(rows))
	for i, r := range rows {
		depths[i] = r.Outline
	}
	groups := outlineGroups(depths)
	var folded []*sheets.Request
	for _, g := range groups {
		at := dimensionRange(w.sheet, "ROWS", g.first, g.end)
		w.add(&sheets.Request{AddDimensionGroup: &sheets.AddDimensionGroupRequest{Range: at}})
		if !slices.ContainsFunc(rows[g.first:g.end], func(r tab.Row) bool { return !r.Folded }) {
			folded = append(folded, &sheets.Request{UpdateDimensionGroup: &sheets.UpdateDimensionGroupRequest{
				DimensionGroup: &sheets.DimensionGroup{Range: at, Depth: int64(g.depth), Collapsed: true}, Fields: "collapsed",
			}})
		}
	}
	w.add(folded...)
	if len(groups) > 0 {
		w.add(headsAbove(w.sheet))
	}
}

// headsAbove tells that the rows which head groups stand above them. It goes
// behind the groups: adding one turns that round.
func headsAbove(sheet int64) *sheets.Request {
	return &sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
		Fields: "gridProperties.rowGroupControlAfter",
		Properties: &sheets.SheetProperties{
			SheetId: sheet, ForceSendFields: []string{"SheetId"},
			GridProperties: &sheets.GridProperties{ForceSendFields: []string{"RowGroupControlAfter"}},
		},
	}}
}

// group are rows from first up to end that are grouped at a depth from 1.
type group struct{ depth, first, end int }

// outlineGroups returns the groups that give rows their depths, outer ones
// first.
func outlineGroups(depths []int) []group {
	var all []group
	for depth := 1; depth <= slices.Max(append(depths, 0)); depth++ {
		grouped := make([]bool, len(depths))
		for i, d := range depths {
			grouped[i] = d >= depth
		}
		for first, end := range runs(grouped) {
			if grouped[first] {
				all = append(all, group{depth, first, end})
			}
		}
	}
	return all
}

// runs yields the first index and the end of each run of equal values.
func runs[T comparable](values []T) func(yield func(first, end int) bool) {
	return func(yield func(first, end int) bool) {
		for first := 0; first < len(values); {
			end := first + 1
			for end < len(values) && values[end] == values[first] {
				end++
			}
			if !yield(first, end) {
				return
			}
			first = end
		}
	}
}
