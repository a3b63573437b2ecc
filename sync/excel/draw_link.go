package excel

import (
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// linkFormula returns the formula of a cell by workbook.LinkFormula; empty for a
// link to a fixed place.
func linkFormula(row int, r tab.Row, c tab.Cell, link workbook.Link) string {
	column := "$" + workbook.ColumnName(link.Column)
	return workbook.LinkFormula(workbook.LinkCell{
		At: row, Row: r, Cell: c, Link: link, Address: "#" + workbook.QuoteSheet(link.Sheet) + "!" + column, Column: column, Shown: cellText(c.Text),
	})
}
