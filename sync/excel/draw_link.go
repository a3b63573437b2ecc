package excel

import (
	"strconv"
	"strings"

	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// Limits of formulas: characters of a text in one, and of a formula. The
// latter leaves room for what a program adds.
const (
	mostInLiteral = 250
	mostInFormula = 8_000
)

// linkFormula returns the formula of a cell that leads to the row of the id
// which stands in the cell at its left, wherever that row has moved, and to
// the row where it stood if it is gone. It is empty for a link to a fixed
// place: one without id, or with an id that a lookup can't find.
func linkFormula(row int, r tab.Row, c tab.Cell, link workbook.Link) string {
	id, ok := leftOf(r, c)
	if !link.ByID || !ok || c.Text == "" || strings.ContainsAny(id.Text, "*?~") {
		return ""
	}
	lookup := workbook.CellName(row, id.Column)
	switch {
	case link.NumericID && id.Number == nil:
		lookup = "VALUE(" + lookup + ")"
	case !link.NumericID && id.Number != nil:
		lookup += `&""`
	}
	column := "$" + workbook.ColumnName(link.Column)
	formula := "HYPERLINK(" + quoteFormula("#"+quoteSheet(link.Sheet)+"!"+column) + "&IFERROR(MATCH(" + lookup + "," +
		quoteSheet(link.Sheet) + "!" + column + ":" + column + ",0)," + strconv.Itoa(link.Row+1) + ")," + literal(cellText(c.Text)) + ")"
	if len(formula) > mostInFormula {
		return ""
	}
	return formula
}

// leftOf returns the cell right before another one, if it holds something.
func leftOf(r tab.Row, c tab.Cell) (tab.Cell, bool) {
	for _, l := range r.Cells {
		if l.Column+max(1, l.Span) == c.Column {
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
