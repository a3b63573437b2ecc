package xlsx

import (
	"strings"

	"github.com/xuri/excelize/v2"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// area is a rectangle of cells, all ends included, from 0.
type area struct{ row, column, lastRow, lastColumn int }

// parseRange reads "A1" and "$A$1:B2".
func parseRange(ref string) (area, bool) {
	first, last, isRange := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !isRange {
		last = first
	}
	column, row, err := excelize.CellNameToCoordinates(first)
	if err != nil {
		return area{}, false
	}
	lastColumn, lastRow, err := excelize.CellNameToCoordinates(last)
	if err != nil {
		return area{}, false
	}
	return area{row - 1, column - 1, lastRow - 1, lastColumn - 1}, true
}

// parseRanges reads ranges with blanks or commas between them, and leaves out
// what is none.
func parseRanges(refs string) []area {
	var all []area
	for _, ref := range strings.FieldsFunc(refs, func(r rune) bool { return r == ' ' || r == ',' }) {
		if at, ok := parseRange(ref); ok {
			all = append(all, at)
		}
	}
	return all
}

// within returns the part of the area that lies on a sheet; false if none does.
func (a area) within(p *sheets.GridProperties) (area, bool) {
	a.lastRow, a.lastColumn = min(a.lastRow, int(p.RowCount)-1), min(a.lastColumn, int(p.ColumnCount)-1)
	return a, a.row <= a.lastRow && a.column <= a.lastColumn
}

// has reports whether a cell lies in the area.
func (a area) has(row, column int) bool {
	return a.row <= row && row <= a.lastRow && a.column <= column && column <= a.lastColumn
}

// grid returns the area as the API writes it.
func (a area) grid(sheet int64) *sheets.GridRange {
	return &sheets.GridRange{
		SheetId: sheet, StartRowIndex: int64(a.row), EndRowIndex: int64(a.lastRow) + 1,
		StartColumnIndex: int64(a.column), EndColumnIndex: int64(a.lastColumn) + 1,
	}
}

// fromGrid returns an area as the API writes it, open ends filled up to the
// size of the sheet.
func fromGrid(g *sheets.GridRange, p *sheets.GridProperties) area {
	end := func(end, size int64) int {
		if end == 0 || end > size {
			end = size
		}
		return int(end) - 1
	}
	return area{
		int(g.StartRowIndex), int(g.StartColumnIndex),
		end(g.EndRowIndex, p.RowCount), end(g.EndColumnIndex, p.ColumnCount),
	}
}

// String returns the area as people write it.
func (a area) String() string {
	return workbook.Range{FirstRow: a.row, FirstColumn: a.column, LastRow: a.lastRow, LastColumn: a.lastColumn}.String()
}

// splitReference splits 'My plan'!$A$1:$A$9 into sheet and range.
func splitReference(ref string) (sheet string, at area, ok bool) {
	i := strings.LastIndexByte(ref, '!')
	if i < 0 {
		return "", area{}, false
	}
	sheet = strings.TrimPrefix(ref[:i], "=")
	if len(sheet) > 1 && sheet[0] == '\'' {
		sheet = strings.ReplaceAll(sheet[1:len(sheet)-1], "''", "'")
	}
	at, ok = parseRange(ref[i+1:])
	return sheet, at, ok
}

// absolute returns a reference to an area of a sheet: 'My plan'!$A$1:$A$9.
func absolute(sheet string, a area) string {
	return "'" + strings.ReplaceAll(sheet, "'", "''") + "'!" + dollars(a.row, a.column) + ":" + dollars(a.lastRow, a.lastColumn)
}

func dollars(row, column int) string {
	name := workbook.ColumnName(column)
	return "$" + name + "$" + strings.TrimPrefix(workbook.CellName(row, column), name)
}
