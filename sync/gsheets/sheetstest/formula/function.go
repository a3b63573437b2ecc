package formula

import (
	"math"
	"strconv"
	"strings"
)

// function computes one function over its arguments, which it evaluates as far
// as it needs them.
type function struct {
	least, most int
	do          func(r *run, args []node) operand
}

type call struct {
	function string
	args     []node
}

func (c call) eval(r *run) operand {
	f, ok := lookUp(c.function)
	if !ok {
		return operand{value: r.stop(unknown("the function %s", c.function))}
	}
	if len(c.args) < f.least || len(c.args) > f.most {
		return operand{value: ErrorValue(notAvailable)}
	}
	return f.do(r, c.args)
}

// many is the most arguments of a function without a limit.
const many = 255

// lookUp returns a function by its name in capital letters.
func lookUp(name string) (function, bool) {
	for _, table := range [...]func(string) (function, bool){logical, numeric, textual, lookups} {
		if f, ok := table(name); ok {
			return f, true
		}
	}
	return function{}, false
}

// of makes a function of one that takes values of which none may be an error.
func of(least, most int, do func(r *run, v []Value) Value) (function, bool) {
	return function{least, most, func(r *run, args []node) operand {
		values := make([]Value, len(args))
		for i, a := range args {
			if values[i] = r.value(a); values[i].Kind == Error {
				return operand{value: values[i]}
			}
		}
		return operand{value: do(r, values)}
	}}, true
}

// ofAny makes a function of one that takes one value, which may be an error.
func ofAny(do func(v Value) bool) (function, bool) {
	return function{1, 1, func(r *run, args []node) operand {
		return operand{value: BoolValue(do(r.value(args[0])))}
	}}, true
}

func logical(name string) (function, bool) {
	switch name {
	case "IF":
		return function{2, 3, choose}, true
	case "IFERROR":
		return function{1, 2, ifError}, true
	case "AND", "OR":
		return function{1, many, func(r *run, args []node) operand { return operand{value: r.all(args, name == "AND")} }}, true
	case "NOT":
		return of(1, 1, func(r *run, v []Value) Value {
			truth, fault := r.truth(v[0])
			if fault != nil {
				return *fault
			}
			return BoolValue(!truth)
		})
	case "ISERROR":
		return ofAny(func(v Value) bool { return v.Kind == Error })
	case "ISNA":
		return ofAny(func(v Value) bool { return v.Kind == Error && v.Text == notAvailable })
	case "ISLOGICAL":
		return ofAny(func(v Value) bool { return v.Kind == Bool })
	case "ISNUMBER":
		return ofAny(func(v Value) bool { return v.Kind == Number })
	case "ISTEXT":
		return ofAny(func(v Value) bool { return v.Kind == Text })
	case "ISBLANK":
		return ofAny(func(v Value) bool { return v.Kind == Empty })
	}
	return function{}, false
}

// choose is IF. What isn't chosen isn't computed.
func choose(r *run, args []node) operand {
	condition, fault := r.truth(r.value(args[0]))
	switch {
	case fault != nil:
		return operand{value: *fault}
	case condition:
		return args[1].eval(r)
	case len(args) == 3:
		return args[2].eval(r)
	}
	return operand{value: BoolValue(false)}
}

func ifError(r *run, args []node) operand {
	if v := r.value(args[0]); v.Kind != Error {
		return operand{value: v}
	}
	if len(args) == 1 {
		return operand{}
	}
	return args[1].eval(r)
}

// all is AND, or OR where wanted is false: texts within ranges don't count.
func (r *run) all(args []node, wanted bool) Value {
	result := wanted
	for _, a := range args {
		fault := r.each(a, func(v Value, inRange bool) *Value {
			if inRange && (v.Kind == Text || v.Kind == Empty) {
				return nil
			}
			truth, fault := r.truth(v)
			if truth != wanted {
				result = !wanted
			}
			return fault
		})
		if fault != nil {
			return *fault
		}
	}
	return BoolValue(result)
}

// each hands over every value of an argument, until one is an error.
func (r *run) each(n node, do func(v Value, inRange bool) *Value) *Value {
	if r.err != nil {
		return nil
	}
	o := n.eval(r)
	if o.cells == nil {
		if o.value.Kind == Error {
			return &o.value
		}
		return do(o.value, false)
	}
	for row := o.cells.Row; row < o.cells.RowEnd; row++ {
		for column := o.cells.Column; column < o.cells.ColumnEnd; column++ {
			v := r.cell(Cell{o.cells.Sheet, row, column})
			if v.Kind == Error {
				return &v
			}
			if fault := do(v, true); fault != nil || r.err != nil {
				return fault
			}
		}
	}
	return nil
}

func numeric(name string) (function, bool) {
	switch name {
	case "ABS":
		return ofNumbers(1, 1, func(v []float64) Value { return NumberValue(math.Abs(v[0])) })
	case "INT":
		return ofNumbers(1, 1, func(v []float64) Value { return NumberValue(math.Floor(v[0])) })
	case "MOD":
		return ofNumbers(2, 2, modulo)
	case "ROUND":
		return ofNumbers(1, 2, func(v []float64) Value { return NumberValue(round(v)) })
	case "SUM", "MIN", "MAX", "AVERAGE", "COUNT":
		return function{1, many, func(r *run, args []node) operand { return operand{value: r.total(name, args)} }}, true
	case "NOW":
		return of(0, 0, func(r *run, _ []Value) Value {
			return Value{Kind: Number, Number: r.now, Format: Format{Type: "DATE_TIME"}}
		})
	case "TODAY":
		return of(0, 0, func(r *run, _ []Value) Value {
			return Value{Kind: Number, Number: math.Floor(r.now), Format: Format{Type: "DATE"}}
		})
	case "TIME":
		return ofNumbers(3, 3, timeOfDay)
	}
	return function{}, false
}

// ofNumbers makes a function of one that takes numbers.
func ofNumbers(least, most int, do func(v []float64) Value) (function, bool) {
	return of(least, most, func(r *run, values []Value) Value {
		numbers := make([]float64, len(values))
		for i, v := range values {
			x, fault := r.number(v)
			if fault != nil {
				return *fault
			}
			numbers[i] = x
		}
		return do(numbers)
	})
}

func modulo(v []float64) Value {
	if v[1] == 0 {
		return ErrorValue(divideByZero)
	}
	return NumberValue(v[0] - v[1]*math.Floor(v[0]/v[1]))
}

// round rounds halves away from zero. The value is brought to the digits that
// are shown first, so that 2.675 is a half.
func round(v []float64) float64 {
	places := 0.0
	if len(v) == 2 {
		places = math.Trunc(v[1])
	}
	scale := math.Pow(10, places)
	scaled, err := strconv.ParseFloat(strconv.FormatFloat(v[0]*scale, 'e', textDigits-1, 64), 64)
	if err != nil || math.IsInf(scaled, 0) || scale == 0 {
		return v[0]
	}
	return math.Round(scaled) / scale
}

func timeOfDay(v []float64) Value {
	seconds := math.Trunc(v[0])*3600 + math.Trunc(v[1])*60 + math.Trunc(v[2])
	if seconds < 0 {
		return ErrorValue(badNumber)
	}
	const day = 24 * 60 * 60
	return Value{Kind: Number, Number: math.Mod(seconds, day) / day, Format: Format{Type: "TIME"}}
}

// total is SUM, MIN, MAX, AVERAGE or COUNT: of ranges only the numbers count.
func (r *run) total(name string, args []node) Value {
	t := totals{least: math.Inf(1), most: math.Inf(-1)}
	for _, a := range args {
		fault := r.each(a, func(v Value, inRange bool) *Value {
			if inRange && v.Kind != Number || v.Kind == Empty {
				return nil
			}
			x, fault := r.number(v)
			if fault == nil {
				t.add(x, v.Format)
			}
			return fault
		})
		if fault != nil {
			return *fault
		}
	}
	return t.result(name)
}

type totals struct {
	count, sum, least, most float64
	format                  Format
}

func (t *totals) add(x float64, f Format) {
	t.format = sumFormat(t.format, f)
	t.count++
	t.sum += x
	t.least, t.most = min(t.least, x), max(t.most, x)
}

func (t *totals) result(name string) Value {
	v := Value{Kind: Number, Format: t.format}
	switch {
	case name == "COUNT":
		return NumberValue(t.count)
	case name == "SUM":
		v.Number = t.sum
	case name == "AVERAGE" && t.count == 0:
		return ErrorValue(divideByZero)
	case t.count == 0:
	case name == "AVERAGE":
		v.Number = t.sum / t.count
	case name == "MIN":
		v.Number = t.least
	case name == "MAX":
		v.Number = t.most
	}
	return v
}

// onlyDigits reports whether a text is a number pattern of the simplest kind:
// zeros before the point and behind it.
func onlyDigits(pattern string) (places int, ok bool) {
	whole, decimals, _ := strings.Cut(pattern, ".")
	return len(decimals), whole == "0" && strings.Trim(decimals, "0") == "" && !strings.HasSuffix(pattern, ".")
}
