package formula

import (
	"math"
	"strconv"
	"strings"
)

// Move is what happens to the rows or columns of a sheet: some are inserted,
// deleted or moved.
type Move struct {
	// Sheet is the title of the sheet.
	Sheet string
	// Rows means that it is about rows; columns otherwise.
	Rows bool
	// To tells where the lines from one up to, and without, another one come
	// to lie, and whether anything is left of them.
	To func(from, to int) (newFrom, newTo int, left bool)
}

// Follow returns a formula that stands in the sheet home with its references as
// they are after the move. What refers to cells that are gone becomes #REF!.
// What is no formula stays as it is.
func (m Move) Follow(text, home string) string {
	return m.follow(text, home, func(c Corner) (int, bool) { return 0, false })
}

// FollowCondition is Follow for the condition of a rule, of which the first
// cell was moved by so many lines: relative references go with that cell.
func (m Move) FollowCondition(text, home string, by int) string {
	return m.follow(text, home, func(c Corner) (int, bool) {
		if m.Rows {
			return by, !c.AbsoluteRow
		}
		return by, !c.AbsoluteColumn
	})
}

// follow moves the references of a formula; with tells which corners go with
// something else, and how far.
func (m Move) follow(text, home string, with func(Corner) (by int, goes bool)) string {
	for _, semicolons := range []bool{false, true} {
		tokens, ok := tokens(text, semicolons)
		if !ok {
			continue
		}
		return rewrite(text, tokens, func(t token) string {
			sheet := t.sheet
			if sheet == "" {
				sheet = home
			}
			if t.kind != referenceToken || !strings.EqualFold(sheet, m.Sheet) {
				return text[t.start:t.end]
			}
			moved, left := m.reference(t.ref, with)
			switch {
			case !left:
				return badReference
			case moved.First == t.ref.First && moved.Last == t.ref.Last:
				return text[t.start:t.end]
			}
			return text[t.start:t.sheetEnd] + moved.print()
		})
	}
	return text
}

// reference moves one reference; left is false if its cells are gone.
func (m Move) reference(r Reference, with func(Corner) (by int, goes bool)) (moved Reference, left bool) {
	first, last := m.index(r.First), m.index(r.Last)
	if first == Open {
		return r, true
	}
	by, goes := with(r.First)
	_, lastGoes := with(r.Last)
	if goes && (lastGoes || last == Open) {
		r.First = m.placed(r.First, first+by)
		if last != Open {
			r.Last = m.placed(r.Last, last+by)
		}
		return r, first+by >= 0 && (last == Open || last+by >= 0)
	}
	if last == Open {
		start, _, left := m.To(first, math.MaxInt32)
		r.First = m.placed(r.First, start)
		return r, left
	}
	from, to, left := m.To(min(first, last), max(first, last)+1)
	if first > last {
		from, to = to-1, from+1
	}
	r.First, r.Last = m.placed(r.First, from), m.placed(r.Last, to-1)
	return r, left
}

func (m Move) index(c Corner) int {
	if m.Rows {
		return c.Row
	}
	return c.Column
}

func (m Move) placed(c Corner, index int) Corner {
	if m.Rows {
		c.Row = index
	} else {
		c.Column = index
	}
	return c
}

// print writes a reference without its sheet.
func (r Reference) print() string {
	if r.First == r.Last && r.First.Row != Open && r.First.Column != Open {
		return r.First.print()
	}
	return r.First.print() + ":" + r.Last.print()
}

func (c Corner) print() string {
	var b strings.Builder
	if c.Column != Open {
		if c.AbsoluteColumn {
			b.WriteByte('$')
		}
		b.WriteString(columnLetters(c.Column))
	}
	if c.Row != Open {
		if c.AbsoluteRow {
			b.WriteByte('$')
		}
		b.WriteString(strconv.Itoa(c.Row + 1))
	}
	return b.String()
}

// columnLetters returns the letters of a column from 0.
func columnLetters(column int) string {
	letters := ""
	for column++; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters
}
