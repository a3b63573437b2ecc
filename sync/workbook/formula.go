package workbook

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"steerco/rules/calendar"
	"steerco/templates/tab"
)

// Limits of formulas: bytes of a text in one, and of a formula. The latter
// leaves room for what a program adds.
const (
	mostInLiteral = 250
	mostInFormula = 8_000
)

// LinkCell is a cell of a tab that leads somewhere, as LinkFormula needs it.
type LinkCell struct {
	// At is the index of the cell's row in its tab, Row the row itself.
	At  int
	Row tab.Row
	tab.Cell
	// Link is where it leads.
	Link Link
	// Address is how the program writes where the link's column is, up to the
	// number of the row; Column how it writes the column itself.
	Address, Column string
	// Shown is the cell's text as the program can hold it.
	Shown string
}

// LinkFormula returns the formula, without "=", of a cell that leads to the row
// of the id which stands in the cell at its left, wherever that row has moved,
// and to the row where it stood if it is gone. It is empty for a link to a
// fixed place: one without id, or with an id that a lookup can't find.
func LinkFormula(c LinkCell) string {
	id, ok := c.Row.LeftOf(c.Cell)
	if !c.Link.ByID || !ok || c.Shown == "" || strings.ContainsAny(id.Text, "*?~") {
		return ""
	}
	lookup := CellName(c.At, id.Column)
	switch {
	case c.Link.NumericID && id.Number == nil:
		lookup = "VALUE(" + lookup + ")"
	case !c.Link.NumericID && id.Number != nil:
		lookup += `&""`
	}
	formula := "HYPERLINK(" + QuoteText(c.Address) + "&IFERROR(MATCH(" + lookup + "," + QuoteSheet(c.Link.Sheet) + "!" +
		c.Column + ":" + c.Column + ",0)," + strconv.Itoa(c.Link.Row+1) + ")," + literal(c.Shown) + ")"
	if len(formula) > mostInFormula {
		return ""
	}
	return formula
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
		all = append(all, QuoteText(text[:cut]))
		text = text[cut:]
	}
	return strings.Join(append(all, QuoteText(text)), "&")
}

// QuoteText returns text as a formula that is that text.
func QuoteText(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// QuoteSheet returns a sheet's title as it stands in a formula, always quoted.
func QuoteSheet(title string) string { return "'" + strings.ReplaceAll(title, "'", "''") + "'" }

// CellText returns text as a cell can hold it: line ends as "\n", nothing that
// isn't a character, and what has more than so many units of UTF-16 cut, which
// shows.
func CellText(text string, most int) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = strings.ToValidUTF8(text, "\uFFFD")
	if len(text) <= most {
		return text
	}
	units := utf16.Encode([]rune(text))
	if len(units) <= most {
		return text
	}
	end := most - 1
	if last := units[end-1]; last >= 0xD800 && last < 0xDC00 {
		end--
	}
	return string(utf16.Decode(units[:end])) + "…"
}

// Serial returns the number by which spreadsheets know a date: the days since
// 1899-12-30.
func Serial(d calendar.Date) float64 { return float64(d - calendar.New(1899, 12, 30)) }
