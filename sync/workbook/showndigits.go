package workbook

import (
	"math"
	"strconv"
	"strings"
)

// layout is what a section for numbers says about digits.
type layout struct {
	// whole and decimals count the places before and after the point,
	// exponents those of the exponent.
	whole, decimals, exponents int
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
		switch t.kind {
		case digitToken:
			l.count(point, commas)
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

// count counts a place, after so many commas.
func (l *layout) count(point bool, commas int) {
	switch {
	case l.exponent:
		l.exponents++
	case point:
		l.decimals++
	default:
		l.whole++
		l.grouped = l.grouped || commas > 0 && l.whole > 1
	}
}

// mostDecimals bounds what a format can ask for.
const mostDecimals = 30

// showDigits shows a number by a section with places for digits.
func (s *codeSection) showDigits(v float64) string {
	l := s.layout()
	if l.fraction >= 0 {
		return s.showFraction(v, l)
	}
	exponent := 0
	if l.exponent {
		v, exponent = normalized(v, l)
	} else {
		v *= math.Pow10(l.scale)
	}
	text := strconv.FormatFloat(math.Abs(roundHalfUp(v, l.decimals)), 'f', min(l.decimals, mostDecimals), 64)
	whole, decimals, _ := strings.Cut(text, ".")
	switch {
	case v == 0 && l.exponent:
		whole = strings.Repeat("0", l.whole)
	case whole == "0":
		whole = ""
	}
	sign := ""
	if v < 0 && strings.Trim(text, "0.") != "" {
		sign = "-"
	}
	w := digitWriter{
		section:  s,
		whole:    places{digits: whole, total: l.whole, left: l.whole, grouped: l.grouped},
		decimals: decimals,
	}
	if l.exponent {
		w.exponent = places{digits: strconv.Itoa(max(exponent, -exponent)), total: l.exponents, left: l.exponents}
		w.negative = exponent < 0
	}
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

// places are those for the digits of a whole number, from the left.
type places struct {
	digits string
	// total is how many there are, left how many of them are still to come.
	total, left int
	grouped     bool
}

// append appends what the next place shows; the first takes all digits that
// have none of their own.
func (p *places) append(out []byte, place byte) []byte {
	n := 1
	if p.left == p.total {
		n = max(1, len(p.digits)-p.left+1)
	}
	for ; n > 0; n-- {
		right := p.left + n - 1
		if right > len(p.digits) {
			out = append(out, blankPlace(place)...)
		} else {
			out = append(out, p.digits[len(p.digits)-right])
		}
		if !p.grouped || right == 1 || right%3 != 1 {
			continue
		}
		if right <= len(p.digits) || place == '0' {
			out = append(out, ',')
		} else {
			out = append(out, blankPlace(place)...)
		}
	}
	p.left--
	return out
}

// digitWriter puts digits into their places.
type digitWriter struct {
	section         *codeSection
	whole, exponent places
	decimals        string
	// negative means that the exponent is.
	negative bool
	// sign is the exponent's, until it is written.
	sign string
	out  []byte
	// used is how many decimals were written.
	used int
	// part is where the next digit belongs.
	part digitPart
}

// digitPart is a part of a number.
type digitPart uint8

const (
	wholePart digitPart = iota
	decimalPart
	exponentPart
)

func (w *digitWriter) write() string {
	for _, t := range w.section.tokens {
		switch t.kind {
		case digitToken:
			w.digit(t.text[0])
		case pointToken:
			w.point()
		case exponentToken:
			w.writeExponent(t.text)
		case percentToken, literalToken, atToken, generalToken:
			w.out = append(w.out, t.text...)
		}
	}
	return string(w.out)
}

func (w *digitWriter) digit(place byte) {
	switch w.part {
	case wholePart:
		w.out = w.whole.append(w.out, place)
	case decimalPart:
		w.decimal(place)
	case exponentPart:
		w.out = w.exponent.append(append(w.out, w.sign...), place)
		w.sign = ""
	}
}

// point writes the point, and before it what has no place of its own.
func (w *digitWriter) point() {
	if w.part != wholePart {
		return
	}
	if w.whole.total == 0 {
		w.out = append(w.out, w.whole.digits...)
	}
	w.part = decimalPart
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

// writeExponent writes the letter of the exponent; its sign stands before its
// first digit.
func (w *digitWriter) writeExponent(letter string) {
	if w.part == exponentPart {
		return
	}
	w.part = exponentPart
	w.out = append(w.out, letter[0])
	switch {
	case w.negative:
		w.sign = "-"
	case letter[1] == '+':
		w.sign = "+"
	}
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
