package workbook

import "strconv"

// CellName returns the name of a cell as people write it: CellName(13, 3) is
// "D14". Row and column count from 0.
func CellName(row, column int) string {
	return ColumnName(column) + strconv.Itoa(row+1)
}

// ColumnName returns the letters of a column from 0: ColumnName(27) is "AB".
func ColumnName(column int) string {
	var b [8]byte
	i := len(b)
	for column >= 0 {
		i--
		b[i] = byte('A' + column%26)
		column = column/26 - 1
	}
	return string(b[i:])
}
