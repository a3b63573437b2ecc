package formula

import (
	"math"
	"strings"
)

// Place is where a formula is computed.
type Place struct {
	// Cell is the cell to which the result belongs.
	Cell Cell
	// Down and Right are how far that is from the cell for which the formula
	// was written. A formula in a cell of its own has none.
	Down, Right int
}

// Evaluator computes formulas over a book that doesn't change meanwhile. It
// remembers what it has looked up, so that many formulas can search the same
// cells. It is for one goroutine.
type Evaluator struct {
	book Book
	// now is the serial number of the present moment.
	now     float64
	indexes map[Range]*index
}

// NewEvaluator returns an evaluator; now is the serial number of the present
// moment in the book's time zone.
func NewEvaluator(book Book, now float64) *Evaluator {
	return &Evaluator{book: book, now: now, indexes: map[Range]*index{}}
}

// Value returns what a formula gives at a place. An error, which wraps
// ErrUnknown or comes from the book, means that it isn't known what Google
// would show.
func (e *Evaluator) Value(f *Formula, at Place) (Value, error) {
	r := &run{Evaluator: e, at: at}
	v := r.value(f.root)
	return v, r.err
}

// run is one computation. After an error it goes on with empty values.
type run struct {
	*Evaluator
	at  Place
	err error
}

func (r *run) stop(err error) Value {
	if r.err == nil {
		r.err = err
	}
	return Value{}
}

// operand is what a part of a formula gives: a value, or cells.
type operand struct {
	value Value
	// cells is a range; nil: a value.
	cells *Range
}

type node interface{ eval(r *run) operand }

// value computes a part of which a single value is wanted.
func (r *run) value(n node) Value {
	if r.err != nil {
		return Value{}
	}
	o := n.eval(r)
	if o.cells == nil {
		return o.value
	}
	if o.cells.Cells() != 1 {
		return r.stop(unknown("with a range of cells where one value is wanted"))
	}
	return r.cell(Cell{o.cells.Sheet, o.cells.Row, o.cells.Column})
}

func (r *run) cell(c Cell) Value {
	if r.err != nil {
		return Value{}
	}
	v, err := r.book.Value(c)
	if err != nil {
		return r.stop(err)
	}
	return v
}

type constant struct{ value Value }

func (c constant) eval(*run) operand { return operand{value: c.value} }

type reference struct{ Reference }

func (n reference) eval(r *run) operand {
	return r.refer(Reference{n.Sheet, n.First.shift(r.at.Down, r.at.Right), n.Last.shift(r.at.Down, r.at.Right)})
}

// refer resolves a reference that is at its place.
func (r *run) refer(ref Reference) operand {
	sheet, ok := r.at.Cell.Sheet, true
	if ref.Sheet != "" {
		sheet, ok = r.book.Sheet(ref.Sheet)
	}
	if !ok || ref.First.isOutside() || ref.Last.isOutside() {
		return operand{value: ErrorValue(badReference)}
	}
	cells, ok := ref.Within(r.book.Size(sheet))
	if !ok {
		return operand{value: ErrorValue(badReference)}
	}
	cells.Sheet = sheet
	return operand{cells: &cells}
}

type name struct{ text string }

func (n name) eval(r *run) operand {
	cells, ok := r.book.Named(n.text)
	if !ok {
		return operand{value: ErrorValue(badName)}
	}
	return operand{cells: &cells}
}

type negative struct{ of node }

func (n negative) eval(r *run) operand {
	v := r.value(n.of)
	x, fault := r.number(v)
	if fault != nil {
		return operand{value: *fault}
	}
	return operand{value: Value{Kind: Number, Number: -x, Format: v.Format}}
}

type percent struct{ of node }

func (n percent) eval(r *run) operand {
	x, fault := r.number(r.value(n.of))
	if fault != nil {
		return operand{value: *fault}
	}
	return operand{value: NumberValue(x / 100)}
}

type binary struct {
	sign        string
	left, right node
}

func (n binary) eval(r *run) operand {
	left, right := r.value(n.left), r.value(n.right)
	switch {
	case left.Kind == Error:
		return operand{value: left}
	case right.Kind == Error:
		return operand{value: right}
	case n.sign == "&":
		return operand{value: TextValue(r.text(left) + r.text(right))}
	case strings.ContainsAny(n.sign, "=<>"):
		return operand{value: BoolValue(holds(n.sign, r.compare(left, right)))}
	}
	return operand{value: r.arithmetic(n.sign, left, right)}
}

func (r *run) arithmetic(sign string, left, right Value) Value {
	a, fault := r.number(left)
	if fault != nil {
		return *fault
	}
	b, fault := r.number(right)
	if fault != nil {
		return *fault
	}
	format := Format{}
	result := 0.0
	switch sign {
	case "+":
		result, format = a+b, sumFormat(left.Format, right.Format)
	case "-":
		result, format = a-b, differenceFormat(left.Format, right.Format)
	case "*":
		result = a * b
	case "/":
		if b == 0 {
			return ErrorValue(divideByZero)
		}
		result = a / b
	case "^":
		result = math.Pow(a, b)
	}
	if math.IsNaN(result) || math.IsInf(result, 0) {
		return ErrorValue(badNumber)
	}
	return Value{Kind: Number, Number: result, Format: format}
}

// sumFormat returns how a sum shows by itself: as the first part that shows by
// itself.
func sumFormat(left, right Format) Format {
	if left != (Format{}) {
		return left
	}
	return right
}

// differenceFormat is sumFormat for a difference: that of two dates is a
// number of days.
func differenceFormat(left, right Format) Format {
	if left.isMoment() && right.isMoment() {
		return Format{}
	}
	return sumFormat(left, right)
}

// isMoment reports whether a format shows a date or a time.
func (f Format) isMoment() bool { return f.Type == "DATE" || f.Type == "TIME" || f.Type == "DATE_TIME" }

func holds(sign string, order int) bool {
	switch sign {
	case "=":
		return order == 0
	case "<>":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}

// compare returns how two values stand in order: numbers before texts before
// truth values, texts without regard to case, an empty cell as the empty value
// of the other's kind.
func (r *run) compare(a, b Value) int {
	a, b = likeEmpty(a, b), likeEmpty(b, a)
	switch {
	case a.Kind != b.Kind:
		return int(a.Kind) - int(b.Kind)
	case a.Kind == Text:
		return strings.Compare(fold(a.Text), fold(b.Text))
	case a.Number < b.Number:
		return -1
	case a.Number > b.Number:
		return 1
	}
	return 0
}

func likeEmpty(v, other Value) Value {
	if v.Kind == Empty {
		return Value{Kind: other.Kind}
	}
	return v
}

// fold returns a text as it is compared.
func fold(s string) string { return strings.ToLower(s) }
