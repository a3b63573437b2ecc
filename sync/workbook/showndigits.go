package workbook

import (
	"math"
	"strconv"
	"strings"
)

// layout is what a section for numbers says about digits.
type layout struct {
	// whole and decimals count the places before and after the point.
	whole, decimals int
	// scale is the power of ten by which percent signs and trailing commas
	// shift the number.
	scale    int
	grouped  bool
	exponent bool
	// fraction is the position of the token "/" between two digits, or -1.
	fraction int
}

func (s *codeSection) layout() layout {
	l := layout{fraction: -1}
	point := false
	commas := 0
	for i, t := range s.tokens {
		if l.exponent && t.kind != percentToken {
			continue
		}
		switch t.kind {
		case digitToken:
			if point {
				l.decimals++
			} else {
				l.whole++
				l.grouped = l.grouped || commas > 0 && l.whole > 1
			}
			commas = 0
		case pointToken:
			point = true
			l.scale -= 3 * commas
			commas = 0
		case commaToken:
			commas++
		case percentToken:
			l.scale += 2
		case exponentToken:
			l.exponent = true
		case slashToken:
			l.fraction = i
		}
	}
	l.scale -= 3 * commas
	return l
}

// mostDecimals bounds what a format can ask for.
const mostDecimals = 30

// showDigits shows a number by a section with places for digits.
func (s *codeSection) showDigits(v float64) string {
	l := s.layout()
	if l.fraction >= 0 {
		return s.showFraction(v, l)
	}
	v *= math.Pow10(l.scale)
	exponent := 0
	if l.exponent {
		v, exponent = normalized(v, l)
	}
	text := strconv.FormatFloat(math.Abs(roundHalfUp(v, l.decimals)), 'f', min(l.decimals, mostDecimals), 64)
	whole, decimals, _ := strings.Cut(text, ".")
	if whole == "0" {
		whole = ""
	}
	sign := ""
	if v < 0 && strings.Trim(text, "0.") != "" {
		sign = "-"
	}
	w := digitWriter{section: s, layout: l, whole: whole, decimals: decimals, exponent: exponent}
	return sign + w.write()
}

// roundHalfUp rounds as people do: 0.285 to 0.29, although the number that is
// stored is a hair less. Programs show at most fifteen digits.
func roundHalfUp(v float64, decimals int) float64 {
	const digits = 15
	unit := math.Pow10(min(decimals, mostDecimals))
	shifted, err := strconv.ParseFloat(strconv.FormatFloat(v*unit, 'e', digits-1, 64), 64)
	if err != nil || math.Abs(shifted) >= 1e15 {
		return v
	}
	return math.Round(shifted) / unit
}

// normalized returns the mantissa and the exponent of a number, such that the
// mantissa fills the places before the point.
func normalized(v float64, l layout) (mantissa float64, exponent int) {
	if v == 0 {
		return 0, 0
	}
	step := max(l.whole, 1)
	exponent = int(math.Floor(math.Log10(math.Abs(v))))
	exponent -= ((exponent % step) + step) % step
	mantissa = v * math.Pow10(-exponent)
	if limit := math.Pow10(step); math.Abs(roundHalfUp(mantissa, l.decimals)) >= limit {
		exponent += step
		mantissa = v * math.Pow10(-exponent)
	}
	if math.IsInf(mantissa, 0) || math.IsNaN(mantissa) {
		return v, 0
	}
	return mantissa, exponent
}

// digitWriter puts digits into their places.
type digitWriter struct {
	section         *codeSection
	layout          layout
	whole, decimals string
	exponent        int
	out             []byte
	// place is how many places before the point are left, used how many
	// decimals were written.
	place, used int
	after       bool
}

func (w *digitWriter) write() string {
	w.place = w.layout.whole
	tokens := w.section.tokens
	for i := 0; i < len(tokens); i++ {
		switch t := tokens[i]; t.kind {
		case digitToken:
			w.digit(t.text[0])
		case pointToken:
			w.point()
		case percentToken, literalToken:
			w.out = append(w.out, t.text...)
		case exponentToken:
			i += w.writeExponent(t.text, tokens[i+1:])
		case atToken, generalToken, dateToken:
			w.out = append(w.out, t.text...)
		}
	}
	return string(w.out)
}

func (w *digitWriter) digit(place byte) {
	if w.after {
		w.decimal(place)
		return
	}
	n := 1
	if w.place == w.layout.whole {
		// The first place takes all digits that have none of their own.
		n = max(1, len(w.whole)-w.place+1)
	}
	for ; n > 0; n-- {
		left := w.place + n - 1
		if left > len(w.whole) {
			w.out = append(w.out, blankPlace(place)...)
		} else {
			w.out = append(w.out, w.whole[len(w.whole)-left])
		}
		shown := left <= len(w.whole) || place == '0'
		if w.layout.grouped && shown && left > 1 && left%3 == 1 {
			w.out = append(w.out, ',')
		}
	}
	w.place--
}

// point writes the point. A number below one without places before the point
// shows none.
func (w *digitWriter) point() {
	if w.after {
		return
	}
	if w.layout.whole == 0 {
		w.out = append(w.out, w.whole...)
	}
	w.after = true
	w.out = append(w.out, '.')
}

func (w *digitWriter) decimal(place byte) {
	c := byte('0')
	if w.used < len(w.decimals) {
		c = w.decimals[w.used]
	}
	if c == '0' && place != '0' && strings.Trim(w.decimals[min(w.used, len(w.decimals)):], "0") == "" {
		w.out = append(w.out, blankPlace(place)...)
	} else {
		w.out = append(w.out, c)
	}
	w.used++
}

// blankPlace returns what a place without a digit shows.
func blankPlace(place byte) string {
	switch place {
	case '0':
		return "0"
	case '?':
		return " "
	}
	return ""
}

// writeExponent writes the exponent into the places that follow it, and
// returns how many they are.
func (w *digitWriter) writeExponent(sign string, after []codeToken) int {
	places := 0
	for places < len(after) && after[places].kind == digitToken {
		places++
	}
	w.out = append(w.out, 'E')
	e := w.exponent
	switch {
	case e < 0:
		w.out = append(w.out, '-')
		e = -e
	case sign[1] == '+':
		w.out = append(w.out, '+')
	}
	w.out = append(w.out, padded(e, max(places, 1))...)
	return places
}

// showFraction shows a number as a whole and a fraction: "2 1/4". Literals
// between are kept, places aren't filled up.
func (s *codeSection) showFraction(v float64, l layout) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	most, fixed := s.denominator(l.fraction)
	whole := math.Floor(v)
	if l.whole < 2 || !s.hasWhole(l.fraction) {
		whole = 0
	}
	if v > 1e12 {
		return sign + general(v)
	}
	n, d := nearestFraction(v-whole, most, fixed)
	if n == d && s.hasWhole(l.fraction) {
		whole, n = whole+1, 0
	}
	switch {
	case n == 0:
		return sign + general(whole)
	case whole == 0:
		return sign + general(n) + "/" + general(d)
	}
	return sign + general(whole) + " " + general(n) + "/" + general(d)
}

// hasWhole reports whether there are places for a whole number before those of
// the numerator.
func (s *codeSection) hasWhole(slash int) bool {
	i := slash - 1
	for i >= 0 && s.tokens[i].kind != digitToken {
		i--
	}
	for i >= 0 && s.tokens[i].kind == digitToken {
		i--
	}
	for ; i >= 0; i-- {
		if s.tokens[i].kind == digitToken {
			return true
		}
	}
	return false
}

// denominator returns the largest denominator that fits the places after the
// slash, or the fixed one that stands there.
func (s *codeSection) denominator(slash int) (most float64, fixed bool) {
	digits := ""
	places := 0
	for _, t := range s.tokens[slash+1:] {
		if t.kind == digitToken {
			places++
		}
		if t.kind == digitToken || t.kind == literalToken {
			digits += t.text
		}
	}
	if n, err := strconv.Atoi(strings.TrimSpace(digits)); err == nil && n > 0 && n < 1e6 {
		return float64(n), true
	}
	return math.Pow10(min(max(places, 1), 4)) - 1, false
}

// nearestFraction returns the fraction nearest to v, which is not negative.
func nearestFraction(v, most float64, fixed bool) (n, d float64) {
	if fixed {
		return math.Round(v * most), most
	}
	best := math.Inf(1)
	for c := 1.0; c <= most; c++ {
		m := math.Round(v * c)
		if diff := math.Abs(v - m/c); diff < best-1e-12 {
			best, n, d = diff, m, c
		}
	}
	return n, d
}
