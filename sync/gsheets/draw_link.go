package gsheets

import (
	"strconv"
	"strings"

	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// place is a cell of a tab, with its row.
type place struct {
	at  int
	row tab.Row
	tab.Cell
}

// link returns where a cell leads. A sheet that isn't there any more can't be
// led to.
func (w *drawer) link(row int, c tab.Cell) (workbook.Link, bool) {
	link, ok := w.drawing.Links[tab.Position{Row: row, Column: c.Column}]
	return link, ok && w.sheetOf(link.Sheet) != nil
}

// fixedLink returns the address to which a cell leads that has no formula for
// it; empty: it leads nowhere. Only text does: it isn't documented whether a
// number can.
func (w *drawer) fixedLink(p place) string {
	link, ok := w.link(p.at, p.Cell)
	if !ok || w.linkFormula(p, link) != "" || drawnCell(p.Cell).Kind != workbook.Text {
		return ""
	}
	return w.address(link) + workbook.CellName(link.Row, link.Column)
}

// address returns the address of a sheet, up to the range in it. By its id it
// leads there whatever the sheet is called.
func (w *drawer) address(link workbook.Link) string {
	return "#gid=" + strconv.FormatInt(w.sheetOf(link.Sheet).Properties.SheetId, 10) + "&range="
}

// linkFormula returns the formula of a cell by workbook.LinkFormula; empty for a
// link to a fixed place.
func (w *drawer) linkFormula(p place, link workbook.Link) string {
	column := workbook.ColumnName(link.Column)
	formula := workbook.LinkFormula(workbook.LinkCell{
		At: p.at, Row: p.row, Cell: p.Cell, Link: link, Address: w.address(link) + column, Column: column, Shown: drawnCell(p.Cell).Text,
	})
	if formula == "" {
		return ""
	}
	return withSeparator("="+formula, w.separator)
}

// withSeparator returns a formula that has commas between its arguments with
// another separator. Texts and names of sheets stay as they are.
func withSeparator(formula, separator string) string {
	if separator == "," {
		return formula
	}
	var b strings.Builder
	quote := byte(0)
	for i := range len(formula) {
		switch c := formula[i]; {
		case quote != 0:
			// A doubled quote closes and opens again: nothing stands between.
			if c == quote {
				quote = 0
			}
			b.WriteByte(c)
		case c == '"' || c == '\'':
			quote = c
			b.WriteByte(c)
		case c == ',':
			b.WriteString(separator)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// separatorOf returns what stands between the arguments of formulas in a locale
// such as "de_DE": a semicolon where numbers have a decimal comma.
func separatorOf(locale string) string {
	language, country, _ := strings.Cut(strings.ReplaceAll(locale, "-", "_"), "_")
	pointCountries := map[string]string{
		"de": "CH LI", "it": "CH", "fr": "CH",
		"es": "MX US PR GT HN NI PA PE SV DO 419",
	}
	if strings.Contains(" "+pointCountries[language]+" ", " "+country+" ") && country != "" {
		return ","
	}
	const comma = " af az be bg bs ca cs da de el es et eu fi fo fr gl hr hu hy id in is it ka kk ky lt lv mk mn nb nl nn no pl pt ro ru sk sl sq sr sv tr uk uz vi "
	if strings.Contains(comma, " "+language+" ") && language != "" || locale == "en_ZA" {
		return ";"
	}
	return ","
}
