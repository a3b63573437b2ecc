package formula

import (
	"strings"
	"unicode/utf8"
)

func lookups(name string) (function, bool) {
	switch name {
	case "MATCH":
		return function{2, 3, match}, true
	case "INDIRECT":
		return function{1, 2, indirect}, true
	case "ROW", "COLUMN":
		return function{0, 1, func(r *run, args []node) operand { return operand{value: r.position(name, args)} }}, true
	}
	return function{}, false
}

// position is ROW or COLUMN.
func (r *run) position(name string, args []node) Value {
	row, column := r.at.Cell.Row, r.at.Cell.Column
	if len(args) == 1 {
		o := args[0].eval(r)
		if o.cells == nil {
			return r.stop(unknown("%s of something else than a cell", name))
		}
		row, column = o.cells.Row, o.cells.Column
	}
	if name == "ROW" {
		return NumberValue(float64(row + 1))
	}
	return NumberValue(float64(column + 1))
}

// match is MATCH for equal values.
func match(r *run, args []node) operand {
	sought := r.value(args[0])
	if sought.Kind == Error {
		return operand{value: sought}
	}
	if r.err != nil {
		return operand{}
	}
	in := args[1].eval(r)
	kind := NumberValue(1)
	if len(args) == 3 {
		kind = r.value(args[2])
	}
	switch {
	case in.cells == nil && in.value.Kind == Error:
		return in
	case kind.Kind != Number && kind.Kind != Empty && kind.Kind != Bool || kind.Number != 0:
		return operand{value: r.stop(unknown("MATCH of other than equal values"))}
	case in.cells == nil:
		return operand{value: r.stop(unknown("MATCH in something else than cells"))}
	case in.cells.RowEnd-in.cells.Row > 1 && in.cells.ColumnEnd-in.cells.Column > 1:
		return operand{value: ErrorValue(notAvailable)}
	}
	if i := r.find(*in.cells, sought); i >= 0 {
		return operand{value: NumberValue(float64(i + 1))}
	}
	return operand{value: ErrorValue(notAvailable)}
}

// index tells where values stand first in a range of one row or column.
type index struct {
	texts   map[string]int
	numbers map[float64]int
	bools   map[bool]int
	// order are the texts as they are compared, in the order of the cells;
	// cells that hold none are nil.
	order []*string
}

// find returns the position of the first cell that holds a value, or -1.
func (r *run) find(in Range, sought Value) int {
	x := r.index(in)
	at, ok := -1, false
	switch sought.Kind {
	case Text:
		if strings.ContainsAny(sought.Text, "*?~") {
			return x.search(fold(sought.Text))
		}
		at, ok = lookIn(x.texts, fold(sought.Text))
	case Number:
		at, ok = lookIn(x.numbers, sought.Number)
	case Bool:
		at, ok = lookIn(x.bools, sought.Number != 0)
	}
	if !ok || r.err != nil {
		return -1
	}
	return at
}

func lookIn[K comparable](m map[K]int, key K) (int, bool) {
	at, ok := m[key]
	return at, ok
}

func (r *run) index(in Range) *index {
	if x := r.indexes[in]; x != nil {
		return x
	}
	x := &index{texts: map[string]int{}, numbers: map[float64]int{}, bools: map[bool]int{}}
	for row := in.Row; row < in.RowEnd; row++ {
		for column := in.Column; column < in.ColumnEnd && r.err == nil; column++ {
			x.add(r.cell(Cell{in.Sheet, row, column}))
		}
	}
	if r.err == nil {
		r.indexes[in] = x
	}
	return x
}

func (x *index) add(v Value) {
	at := len(x.order)
	x.order = append(x.order, nil)
	switch v.Kind {
	case Text:
		text := fold(v.Text)
		x.order[at] = &text
		keepFirst(x.texts, text, at)
	case Number:
		keepFirst(x.numbers, v.Number, at)
	case Bool:
		keepFirst(x.bools, v.Number != 0, at)
	}
}

func keepFirst[K comparable](m map[K]int, key K, at int) {
	if _, known := m[key]; !known {
		m[key] = at
	}
}

// search returns the position of the first text that a pattern matches.
func (x *index) search(pattern string) int {
	for i, text := range x.order {
		if text != nil && matches(pattern, *text) {
			return i
		}
	}
	return -1
}

// matches reports whether a pattern stands for a text: "*" for any characters,
// "?" for one, and "~" before one of the three for itself.
func matches(pattern, text string) bool {
	star, again := -1, 0
	p, t := 0, 0
	for t < len(text) {
		step, size, isStar := patternStep(pattern[p:], text[t:])
		switch {
		case isStar:
			star, again = p+1, t
			p++
		case step > 0:
			p += step
			t += size
		case star >= 0:
			_, size := utf8.DecodeRuneInString(text[again:])
			again += size
			p, t = star, again
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// patternStep returns how far one character of a pattern reaches in the
// pattern and in a text; zero if it doesn't match there.
func patternStep(pattern, text string) (step, size int, isStar bool) {
	if pattern == "" {
		return 0, 0, false
	}
	if pattern[0] == '*' {
		return 0, 0, true
	}
	_, size = utf8.DecodeRuneInString(text)
	if pattern[0] == '?' {
		return 1, size, false
	}
	escape := 0
	if len(pattern) > 1 && pattern[0] == '~' && strings.IndexByte("*?~", pattern[1]) >= 0 {
		escape = 1
	}
	if len(pattern) < escape+size || pattern[escape:escape+size] != text[:size] {
		return 0, 0, false
	}
	return escape + size, size, false
}

// indirect is INDIRECT of a reference or a named range.
func indirect(r *run, args []node) operand {
	v := r.value(args[0])
	if v.Kind == Error {
		return operand{value: v}
	}
	if len(args) == 2 {
		if a1 := r.value(args[1]); a1.Kind != Bool || a1.Number == 0 {
			return operand{value: r.stop(unknown("INDIRECT of another notation than A1"))}
		}
	}
	l := lexer{text: strings.TrimSpace(r.text(v))}
	t, err := l.scan()
	if err != nil || l.next != len(l.text) {
		return operand{value: ErrorValue(badReference)}
	}
	switch t.kind {
	case referenceToken:
		return r.refer(t.ref)
	case nameToken:
		if cells, ok := r.book.Named(t.text); ok {
			return operand{cells: &cells}
		}
	}
	return operand{value: ErrorValue(badReference)}
}
