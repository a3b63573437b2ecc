package excel

import (
	"strings"

	"steerco/sync/workbook"
)

// mostDigits keeps numbers within what an int holds everywhere.
const mostDigits = 9

// number reads a number of decimal digits.
func number(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > mostDigits {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// column reads the column of a cell's name: that of "D14" is 3.
func column(ref []byte) (int, bool) {
	n, i := 0, 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1, n > 0
}

// parseCell reads a cell's name, with or without signs of an absolute one:
// "$D$14" is row 13, column 3.
func parseCell(ref string) (row, col int, ok bool) {
	ref = strings.ReplaceAll(ref, "$", "")
	letters := strings.TrimRight(ref, "0123456789")
	col, ok = column([]byte(letters))
	if !ok || len(letters) > 3 || workbook.ColumnName(col) != strings.ToUpper(letters) || col >= maxColumns {
		return 0, 0, false
	}
	row, ok = number([]byte(ref[len(letters):]))
	if !ok || row < 1 || row > maxRows {
		return 0, 0, false
	}
	return row - 1, col, true
}

// parseRange reads a range of cells: "A1:D14", or "A1" alone.
func parseRange(ref string) (workbook.Range, bool) {
	first, last, two := strings.Cut(ref, ":")
	if !two {
		last = first
	}
	row, col, ok := parseCell(first)
	row2, col2, ok2 := parseCell(last)
	if !ok || !ok2 {
		return workbook.Range{}, false
	}
	return workbook.Range{
		FirstRow: min(row, row2), FirstColumn: min(col, col2),
		LastRow: max(row, row2), LastColumn: max(col, col2),
	}, true
}
