package formula

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of a grid. A row or column beyond isn't the name of a cell.
const (
	mostRows    = 10_000_000
	mostColumns = 18_278
)

// Open is the row or column of a corner that a reference leaves open: that of
// "A:A" has no row.
const Open = -1

// Reference is a reference to cells as it is written: "A1", "Sheet1!$A:B",
// "A2:2".
type Reference struct {
	// Sheet is the title before "!"; empty: none.
	Sheet string
	// First and Last are the corners as written, equal for a single cell.
	First, Last Corner
}

// Corner is one corner of a reference, from 0 or Open.
type Corner struct {
	Row, Column                 int
	AbsoluteRow, AbsoluteColumn bool
}

// ParseReference reads a reference without a sheet; ok is false if the text is
// something else.
func ParseReference(text string) (r Reference, ok bool) {
	r, n := cutReference(text)
	return r, n > 0 && n == len(text)
}

const corner = `(\$?)([A-Za-z]{1,3})?(\$?)([0-9]{1,8})?`

var (
	pairPattern   = regexp.MustCompile(`^` + corner + `:` + corner)
	singlePattern = regexp.MustCompile(`^(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,8})`)
)

// cutReference returns the reference with which a text begins and its length,
// zero if there is none.
func cutReference(text string) (Reference, int) {
	if m := pairPattern.FindStringSubmatch(text); m != nil && endsReference(text[len(m[0]):]) {
		first, okFirst := parseCorner(m[1:5])
		last, okLast := parseCorner(m[5:9])
		if r := (Reference{First: first, Last: last}); okFirst && okLast && r.isPair() {
			return r, len(m[0])
		}
	}
	m := singlePattern.FindStringSubmatch(text)
	if m == nil || !endsReference(text[len(m[0]):]) || strings.HasPrefix(text[len(m[0]):], ":") {
		return Reference{}, 0
	}
	c, ok := parseCorner(m[1:5])
	if !ok {
		return Reference{}, 0
	}
	return Reference{First: c, Last: c}, len(m[0])
}

// isPair reports whether two corners make a range: what the first one leaves
// open the last one leaves open too, but for "A2:2" and "A2:B".
func (r Reference) isPair() bool {
	f, l := r.First, r.Last
	switch {
	case f.Row == Open && f.Column == Open, l.Row == Open && l.Column == Open:
		return false
	case f.Row == Open:
		return l.Row == Open
	case f.Column == Open:
		return l.Column == Open
	}
	return true
}

func parseCorner(m []string) (Corner, bool) {
	c := Corner{Row: Open, Column: Open, AbsoluteColumn: m[0] != "", AbsoluteRow: m[2] != ""}
	if m[1] == "" {
		// The only sign is that of the row.
		if m[0] != "" && m[2] != "" {
			return c, false
		}
		c.AbsoluteColumn, c.AbsoluteRow = false, m[0]+m[2] != ""
	} else if c.Column = columnIndex(m[1]); c.Column >= mostColumns {
		return c, false
	}
	if m[3] == "" {
		return c, m[2] == "" || m[1] == ""
	}
	n, err := strconv.Atoi(m[3])
	c.Row = n - 1
	return c, err == nil && n > 0 && n <= mostRows
}

// columnIndex returns the column from 0 of its letters.
func columnIndex(letters string) int {
	n := 0
	for _, r := range strings.ToUpper(letters) {
		n = n*26 + int(r-'A') + 1
	}
	return n - 1
}

// endsReference reports whether a reference may end before a text: not within
// a word, nor before a parenthesis or the sign after a sheet's title.
func endsReference(rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	return size == 0 || r != '(' && r != '!' && r != '$' && !isWordRune(r)
}

// outside is the row or column of a corner that was moved out of the grid.
const outside = Open - 1

// shift moves what is relative.
func (c Corner) shift(down, right int) Corner {
	if !c.AbsoluteRow {
		c.Row = moved(c.Row, down)
	}
	if !c.AbsoluteColumn {
		c.Column = moved(c.Column, right)
	}
	return c
}

func moved(index, by int) int {
	switch {
	case index == Open:
		return Open
	case index+by < 0:
		return outside
	}
	return index + by
}

// isOutside reports whether the corner was moved out of the grid.
func (c Corner) isOutside() bool { return c.Row == outside || c.Column == outside }

// Within returns the cells of the reference in a grid of so many rows and
// columns, cut off at its end; ok is false if it lies outside.
func (r Reference) Within(rows, columns int) (Range, bool) {
	row, rowEnd := span(r.First.Row, r.Last.Row, rows)
	column, columnEnd := span(r.First.Column, r.Last.Column, columns)
	return Range{Row: row, RowEnd: rowEnd, Column: column, ColumnEnd: columnEnd}, row < rowEnd && column < columnEnd
}

// span returns what two indexes of corners, in any order, span.
func span(first, last, size int) (from, end int) {
	if last == Open {
		return max(0, first), size
	}
	return min(first, last), min(max(first, last)+1, size)
}
