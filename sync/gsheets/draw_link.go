package gsheets

import (
	"strconv"
	"strings"

	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// Limits of formulas: bytes of a text in one, and of a formula.
const (
	mostInLiteral = 250
	mostInFormula = 8_000
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
// it; empty: it leads nowhere.
func (w *drawer) fixedLink(p place) string {
	link, ok := w.link(p.at, p.Cell)
	if !ok || w.linkFormula(p, link) != "" || drawnCell(p.Cell).Kind == workbook.Blank {
		return ""
	}
	return w.address(link) + workbook.CellName(link.Row, link.Column)
}

// address returns the address of a sheet, up to the range in it. By its id it
// leads there whatever the sheet is called.
func (w *drawer) address(link workbook.Link) string {
	return "#gid=" + strconv.FormatInt(w.sheetOf(link.Sheet).Properties.SheetId, 10) + "&range="
}

// linkFormula returns the formula of a cell that leads to the row of the id
// which stands in the cell at its left, wherever that row has moved, and to
// the row where it stood if it is gone. It is empty for a link to a fixed
// place: one without id, or with an id that a lookup can't find.
func (w *drawer) linkFormula(p place, link workbook.Link) string {
	id, ok := leftOf(p)
	text := drawnCell(p.Cell).Text
	if !link.ByID || !ok || text == "" || strings.ContainsAny(id.Text, "*?~") {
		return ""
	}
	lookup := workbook.CellName(p.at, id.Column)
	switch {
	case link.NumericID && id.Number == nil:
		lookup = "VALUE(" + lookup + ")"
	case !link.NumericID && id.Number != nil:
		lookup += `&""`
	}
	column := workbook.ColumnName(link.Column)
	formula := `=HYPERLINK("` + w.address(link) + column + `"&IFERROR(MATCH(` + lookup + "," + quoteTitle(link.Sheet) + "!" +
		column + ":" + column + ",0)," + strconv.Itoa(link.Row+1) + ")," + literal(text) + ")"
	if len(formula) > mostInFormula {
		return ""
	}
	return withSeparator(formula, w.separator)
}

// leftOf returns the cell right before another one, if it holds something.
func leftOf(p place) (tab.Cell, bool) {
	for _, l := range p.row.Cells {
		if l.Column+max(1, l.Span) == p.Column {
			return l, l.Text != "" || l.Number != nil
		}
	}
	return tab.Cell{}, false
}

// literal returns text as a constant in a formula: in pieces, since programs
// take only so much at once.
func literal(text string) string {
	var all []string
	for len(text) > mostInLiteral {
		cut := mostInLiteral
		for text[cut]&0xC0 == 0x80 {
			cut--
		}
		all = append(all, quoteFormula(text[:cut]))
		text = text[cut:]
	}
	return strings.Join(append(all, quoteFormula(text)), "&")
}

// quoteFormula returns text as a formula that is that text.
func quoteFormula(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

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
