package sheetstest

import (
	"regexp"
	"strconv"
	"strings"

	"steerco/sync/gsheets/sheetstest/formula"
	"steerco/sync/workbook"
)

// spot is an area as A1 notation names it.
type spot struct {
	// area has closed indexes within the grid.
	area
	// single means that the text names one cell, and no range.
	single bool
}

// parseA1 returns the area that a text in A1 notation names: "Sheet1!A1:B2",
// "'x'!A:A", "A1", the title of a sheet, a named range. What reaches beyond the
// grid is cut off; what lies outside is refused.
func (d *document) parseA1(text string) (area, error) {
	p, err := d.spot(text)
	return p.area, err
}

func (d *document) spot(text string) (spot, error) {
	sheet, rest, ok := d.splitA1(text)
	if !ok {
		return spot{}, refuse("Unable to parse range: %s", text)
	}
	if !isGrid(sheet) {
		return spot{}, unknown("the range %q, of a sheet without cells", text)
	}
	if rest == "" {
		return spot{area: wholeSheet(sheet).within(sheet)}, nil
	}
	if ref, ok := formula.ParseReference(rest); ok {
		return d.onGrid(sheet, ref)
	}
	if a, ok := d.namedRange(rest); ok {
		return spot{area: a}, nil
	}
	return spot{}, refuse("Unable to parse range: %s", text)
}

// splitA1 returns the sheet that a text names and what stands behind it. A text
// without "!" is a reference, a named range or a title; in quotes it is a title.
func (d *document) splitA1(text string) (s *sheet, rest string, ok bool) {
	if title, quoted := unquoted(text); quoted {
		s = d.titled(title)
		return s, "", s != nil
	}
	if i := strings.LastIndexByte(text, '!'); i >= 0 {
		title, quoted := unquoted(text[:i])
		if !quoted {
			title = text[:i]
		}
		s = d.titled(title)
		return s, text[i+1:], s != nil && text[i+1:] != ""
	}
	first := d.firstVisible()
	if _, isReference := formula.ParseReference(text); isReference {
		return first, text, first != nil
	}
	if _, isName := d.namedRange(text); isName {
		return first, text, first != nil
	}
	s = d.titled(text)
	return s, "", s != nil
}

func (d *document) firstVisible() *sheet {
	for _, s := range d.sheets {
		if !trueIn(s.properties, "hidden") {
			return s
		}
	}
	return nil
}

// unquoted takes a title out of its quotes.
func unquoted(text string) (title string, ok bool) {
	if len(text) < 3 || text[0] != '\'' || text[len(text)-1] != '\'' {
		return "", false
	}
	inside := text[1 : len(text)-1]
	title = strings.ReplaceAll(inside, "''", "'")
	return title, !strings.Contains(strings.ReplaceAll(inside, "''", ""), "'")
}

// onGrid returns where a reference stands on a sheet.
func (d *document) onGrid(s *sheet, ref formula.Reference) (spot, error) {
	cells, ok := ref.Within(len(s.rows), len(s.columns))
	if !ok {
		return spot{}, beyondGrid(s, printReference(s.title, ref))
	}
	a := area{sheet: s.id, row: cells.Row, rowEnd: cells.RowEnd, column: cells.Column, columnEnd: cells.ColumnEnd}
	return spot{area: a, single: ref.First == ref.Last}, nil
}

// beyondGrid returns the error for a range outside of the grid.
func beyondGrid(s *sheet, printed string) error {
	return refuse("Range (%s) exceeds grid limits. Max rows: %d, max columns: %d", printed, len(s.rows), len(s.columns))
}

// namedRange returns the area of a named range, closed and within the grid.
func (d *document) namedRange(name string) (area, bool) {
	for _, n := range d.named {
		if !strings.EqualFold(textIn(n.fields, "name"), name) || len(n.areas) == 0 {
			continue
		}
		s := d.sheet(n.areas[0].sheet)
		if s == nil {
			return area{}, false
		}
		a := n.areas[0].within(s)
		return a, !a.empty()
	}
	return area{}, false
}

// isGrid reports whether a sheet has cells.
func isGrid(s *sheet) bool {
	kind := textIn(s.properties, "sheetType")
	return kind == "" || kind == "GRID"
}

// printA1 returns an area with closed indexes in A1 notation: "Sheet1!A1:Z1000".
func (d *document) printA1(a area) string {
	title := ""
	if s := d.sheet(a.sheet); s != nil {
		title = s.title
	}
	first := workbook.CellName(a.row, a.column)
	last := workbook.CellName(a.rowEnd-1, a.columnEnd-1)
	if first == last {
		return quotedTitle(title) + "!" + first
	}
	return quotedTitle(title) + "!" + first + ":" + last
}

// printReference returns a reference as it was written, in the order of its
// corners.
func printReference(title string, ref formula.Reference) string {
	printed := quotedTitle(title) + "!" + printCorner(ref.First)
	if ref.First != ref.Last {
		printed += ":" + printCorner(ref.Last)
	}
	return printed
}

func printCorner(c formula.Corner) string {
	printed := ""
	if c.Column != formula.Open {
		printed = workbook.ColumnName(c.Column)
	}
	if c.Row != formula.Open {
		printed += strconv.Itoa(c.Row + 1)
	}
	return printed
}

// plainTitle is a title that needs no quotes, unless it looks like a reference.
var plainTitle = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// rowColumn is the other notation of references: "R1C1".
var rowColumn = regexp.MustCompile(`^[Rr][0-9]*([Cc][0-9]*)?$`)

func quotedTitle(title string) string {
	_, isReference := formula.ParseReference(title)
	if plainTitle.MatchString(title) && !isReference && !rowColumn.MatchString(title) {
		return title
	}
	return "'" + strings.ReplaceAll(title, "'", "''") + "'"
}
