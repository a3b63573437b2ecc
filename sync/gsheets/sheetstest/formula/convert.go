package formula

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

var decimalPattern = regexp.MustCompile(`^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$`)

// decimal reads a plain number.
func decimal(s string) (float64, bool) {
	if !decimalPattern.MatchString(s) {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

// number returns a value as a number. A text that may be read as one in some
// way that isn't known ends the computation.
func (r *run) number(v Value) (float64, *Value) {
	switch v.Kind {
	case Number, Bool:
		return v.Number, nil
	case Error:
		return 0, &v
	case Empty:
		return 0, nil
	}
	text := strings.TrimSpace(v.Text)
	if x, ok := decimal(text); ok {
		return x, nil
	}
	if strings.ContainsAny(text, "0123456789") {
		r.stop(unknown("with the text %q as a number", v.Text))
	}
	fault := ErrorValue(badValue)
	return 0, &fault
}

// The bounds between which a number becomes a text without an exponent.
const (
	plainBelow = 1e15
	plainFrom  = 1e-5
	textDigits = 15
)

// text returns a value as a text; of an error its name.
func (r *run) text(v Value) string {
	switch v.Kind {
	case Text, Error:
		return v.Text
	case Bool:
		if v.Number != 0 {
			return "TRUE"
		}
		return "FALSE"
	case Number:
		return r.numberText(v)
	}
	return ""
}

func (r *run) numberText(v Value) string {
	size := math.Abs(v.Number)
	switch {
	case v.Format != Format{}:
		r.stop(unknown("with the text of a number that is formatted as %s", v.Format.Type))
		return ""
	case v.Number == math.Trunc(v.Number) && size < plainBelow:
		return strconv.FormatFloat(v.Number+0, 'f', 0, 64)
	case size < plainFrom, size >= plainBelow:
		r.stop(unknown("with the text of the number %g", v.Number))
		return ""
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v.Number, 'e', textDigits-1, 64), 64)
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// truth returns a value as a condition.
func (r *run) truth(v Value) (bool, *Value) {
	switch v.Kind {
	case Number, Bool:
		return v.Number != 0, nil
	case Empty:
		return false, nil
	case Error:
		return false, &v
	}
	if upper := strings.ToUpper(v.Text); upper == "TRUE" || upper == "FALSE" {
		return upper == "TRUE", nil
	}
	fault := ErrorValue(badValue)
	return false, &fault
}

// length returns how long a text is, in the units in which Google counts.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// prefix returns the first n units of a text, without half a character.
func prefix(s string, n int) string {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return s[:i]
		}
	}
	return s
}

// suffix returns the last n units of a text, without half a character.
func suffix(s string, n int) string {
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if n -= utf16.RuneLen(r); n < 0 {
			return s[i:]
		}
		i -= size
	}
	return s
}
