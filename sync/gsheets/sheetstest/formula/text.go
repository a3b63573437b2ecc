package formula

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

func textual(name string) (function, bool) {
	switch name {
	case "TEXT":
		return of(2, 2, formatted)
	case "LEFT", "RIGHT":
		return of(1, 2, func(r *run, v []Value) Value { return r.end(v, name == "LEFT") })
	case "LEN":
		return of(1, 1, func(r *run, v []Value) Value { return NumberValue(float64(length(r.text(v[0])))) })
	case "TRIM":
		return ofText(trim)
	case "UPPER":
		return ofText(strings.ToUpper)
	case "LOWER":
		return ofText(strings.ToLower)
	case "SUBSTITUTE":
		return of(3, 4, substitute)
	case "CHAR":
		return of(1, 1, character)
	case "VALUE":
		return of(1, 1, func(r *run, v []Value) Value {
			x, fault := r.number(v[0])
			if fault != nil {
				return *fault
			}
			return NumberValue(x)
		})
	case "CONCATENATE":
		return function{1, many, concatenate}, true
	case "HYPERLINK":
		return of(1, 2, hyperlink)
	}
	return function{}, false
}

// ofText makes a function of one that takes one text.
func ofText(do func(string) string) (function, bool) {
	return of(1, 1, func(r *run, v []Value) Value { return TextValue(do(r.text(v[0]))) })
}

// formatted is TEXT for patterns of zeros: "0", "0.00".
func formatted(r *run, v []Value) Value {
	places, ok := onlyDigits(v[1].Text)
	if !ok || v[1].Kind != Text {
		return r.stop(unknown("TEXT with the pattern %q", r.text(v[1])))
	}
	if _, isNumber := decimal(v[0].Text); v[0].Kind == Text && !isNumber {
		return r.stop(unknown("TEXT of a text"))
	}
	if v[0].Kind == Bool {
		return TextValue(r.text(v[0]))
	}
	x, _ := r.number(v[0])
	if math.Abs(x) >= plainBelow {
		return r.stop(unknown("TEXT of the number %g", x))
	}
	text := strconv.FormatFloat(round([]float64{x, float64(places)})+0, 'f', places, 64)
	return TextValue(text)
}

// end is LEFT or RIGHT.
func (r *run) end(v []Value, left bool) Value {
	n := 1.0
	if len(v) == 2 {
		x, fault := r.number(v[1])
		if fault != nil {
			return *fault
		}
		n = math.Floor(x)
	}
	text := r.text(v[0])
	switch {
	case n < 0:
		return ErrorValue(badValue)
	case n >= float64(length(text)):
		return TextValue(text)
	case left:
		return TextValue(prefix(text, int(n)))
	}
	return TextValue(suffix(text, int(n)))
}

// trim takes out blanks at the ends and all but one between words.
func trim(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' })
	return strings.Join(words, " ")
}

func substitute(r *run, v []Value) Value {
	text, from, to := r.text(v[0]), r.text(v[1]), r.text(v[2])
	switch {
	case len(v) == 4:
		return r.stop(unknown("SUBSTITUTE of one occurrence"))
	case from == "":
		return TextValue(text)
	}
	return TextValue(strings.ReplaceAll(text, from, to))
}

func character(r *run, v []Value) Value {
	x, fault := r.number(v[0])
	if fault != nil {
		return *fault
	}
	if x < 1 || x > utf8.MaxRune {
		return ErrorValue(badNumber)
	}
	return TextValue(string(rune(x)))
}

func concatenate(r *run, args []node) operand {
	var b strings.Builder
	for _, a := range args {
		fault := r.each(a, func(v Value, _ bool) *Value {
			b.WriteString(r.text(v))
			return nil
		})
		if fault != nil {
			return operand{value: *fault}
		}
	}
	return operand{value: TextValue(b.String())}
}

// hyperlink shows its label, or where it leads.
func hyperlink(r *run, v []Value) Value {
	link := r.text(v[0])
	shown := v[len(v)-1]
	if shown.Kind == Empty {
		shown = TextValue("")
	}
	shown.Link = link
	return shown
}
