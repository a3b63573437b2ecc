package planread

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"steerco/rules/calendar"
)

// dateText is a date as typed, before it is known in which order its numbers
// stand.
type dateText struct {
	// first and second are day and month in an order that the column decides;
	// year is 0 where none is typed.
	first, second, year int
	// fixed means that first is the month and second the day for sure.
	fixed bool
	// dotted means that dots part the numbers, as only languages do which
	// write the day first.
	dotted  bool
	weekday int // from Sunday; -1: none typed
}

// dateOrder is the order of day and month in a column of dates in text.
type dateOrder uint8

const (
	orderUnknown dateOrder = iota
	dayFirst
	monthFirst
)

// on returns the date in an order; ok is false where that isn't a date.
func (t dateText) on(order dateOrder, year int) (calendar.Date, bool) {
	month, day := t.first, t.second
	if !t.fixed && order == dayFirst {
		month, day = day, month
	}
	if t.year != 0 {
		year = t.year
	}
	if month < 1 || month > 12 || day < 1 || day > 31 || year < 1 {
		return 0, false
	}
	d := calendar.New(year, time.Month(month), day)
	if d.Time().Day() != day {
		return 0, false
	}
	return d, true
}

// orders returns the orders in which the text is a date, with the weekday that
// is typed beside it. A date without a year is tried in a leap year.
func (t dateText) orders() (day, month bool) {
	const leapYear = 2024
	_, day = t.on(dayFirst, leapYear)
	_, month = t.on(monthFirst, leapYear)
	if t.weekday < 0 || t.year == 0 || !day || !month {
		return day, month
	}
	d, _ := t.on(dayFirst, 0)
	m, _ := t.on(monthFirst, 0)
	if onDay, onMonth := int(d.Weekday()) == t.weekday, int(m.Weekday()) == t.weekday; onDay != onMonth {
		return onDay, onMonth
	}
	return day, month
}

// dateToken is a number, a word or a sign of a date's text.
type dateToken struct {
	number int
	digits int // 0: not a number
	word   string
	sign   rune // what stands before it, if not a letter or digit
}

const longestDate = 48

// dateText understands a text as a date; ok is false where it isn't one.
func (v *vocabulary) dateText(text string) (dateText, bool) {
	if len(text) > longestDate || !strings.ContainsFunc(text, unicode.IsDigit) {
		return dateText{}, false
	}
	tokens, ok := dateTokens(text)
	if !ok {
		return dateText{}, false
	}
	d := dateDraft{v: v, t: dateText{weekday: -1}}
	for i, tok := range tokens {
		if !d.take(tokens, i, tok) {
			return dateText{}, false
		}
	}
	return d.done()
}

// dateTokens parts a text into numbers and words, without the time of day.
func dateTokens(text string) ([]dateToken, bool) {
	var tokens []dateToken
	sign := rune(0)
	rs := []rune(strings.Map(plainDigit, strings.ToLower(text)))
	for i := 0; i < len(rs); {
		n := tokenLength(rs[i:])
		switch {
		case isDigit(rs[i]) && i+n < len(rs) && rs[i+n] == ':':
			return withoutTime(tokens), true
		case isDigit(rs[i]):
			number, err := strconv.Atoi(string(rs[i : i+n]))
			if err != nil || n > 8 {
				return nil, false
			}
			tokens = append(tokens, dateToken{number: number, digits: n, sign: sign})
			sign = 0
		case unicode.IsLetter(rs[i]):
			tokens = append(tokens, dateToken{word: fold(string(rs[i : i+n])), sign: sign})
			sign = 0
		case !strings.ContainsRune(" \u00a0),", rs[i]):
			sign = rs[i]
		}
		i += n
	}
	return tokens, true
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// tokenLength counts the runes of the number or word with which a text begins;
// a sign is one.
func tokenLength(rs []rune) int {
	same := func(r rune) bool { return false }
	switch first := rs[0]; {
	case isDigit(first):
		same = isDigit
	case unicode.IsLetter(first):
		same = func(r rune) bool { return unicode.IsLetter(r) && isWide(r) == isWide(first) }
	}
	n := 1
	for n < len(rs) && same(rs[n]) {
		n++
	}
	return n
}

// plainDigit returns the digit for which a wide one stands.
func plainDigit(r rune) rune {
	if r >= '０' && r <= '９' {
		return r - '０' + '0'
	}
	return r
}

// withoutTime takes away the "t" of "2025-06-01T18:35".
func withoutTime(tokens []dateToken) []dateToken {
	if n := len(tokens); n > 0 && (tokens[n-1].word == "t" || tokens[n-1].word == "um" || tokens[n-1].word == "at") {
		return tokens[:n-1]
	}
	return tokens
}

// dateDraft collects the parts of a date.
type dateDraft struct {
	v       *vocabulary
	t       dateText
	numbers []dateToken
	month   int
	marked  [3]int // year, month, day by 年月日
}

// fillers are words within dates that say nothing.
var fillers = map[string]bool{
	"de": true, "of": true, "del": true, "the": true, "st": true, "nd": true, "rd": true, "th": true, "den": true, "am": true,
	"г": true, "года": true, "le": true, "el": true, "do": true, "a": true, "er": true, "º": true, "pm": true, "z": true, "t": true,
}

// take reads one token.
func (d *dateDraft) take(all []dateToken, i int, tok dateToken) bool {
	if tok.digits > 0 {
		d.numbers = append(d.numbers, tok)
		return len(d.numbers) <= 3
	}
	if i > 0 && all[i-1].digits > 0 && len(d.numbers) > 0 && tok.sign == 0 {
		if at := markOf(tok.word); at >= 0 {
			d.marked[at] = all[i-1].number
			d.numbers = d.numbers[:len(d.numbers)-1]
			return true
		}
	}
	_, isDay := d.v.weekdays[tok.word]
	if m, ok := d.v.months[tok.word]; ok && d.month == 0 && !isWide([]rune(tok.word)[0]) && !(isDay && countNumbers(all) > 2) {
		d.month, _ = strconv.Atoi(m)
		return true
	}
	if w, ok := d.v.weekdays[tok.word]; ok && d.t.weekday < 0 {
		d.t.weekday, _ = strconv.Atoi(w)
		return true
	}
	return fillers[tok.word]
}

// countNumbers counts the numbers of a date: with three of them, "mar" is the
// Tuesday of French and Spanish, not March.
func countNumbers(all []dateToken) int {
	n := 0
	for _, tok := range all {
		if tok.digits > 0 {
			n++
		}
	}
	return n
}

func markOf(word string) int {
	switch word {
	case "年", "년":
		return 0
	case "月", "월":
		return 1
	case "日", "일", "号":
		return 2
	}
	return -1
}

// done makes a date of what was collected.
func (d *dateDraft) done() (dateText, bool) {
	switch t := d.t; {
	case d.marked != [3]int{}:
		t.year, t.first, t.second, t.fixed = d.marked[0], d.marked[1], d.marked[2], true
		return t, t.first != 0 && t.second != 0 && len(d.numbers) == 0 && d.month == 0
	case d.month != 0:
		return d.named()
	}
	return d.numeric()
}

// numeric makes a date of numbers alone.
func (d *dateDraft) numeric() (dateText, bool) {
	t, n := d.t, d.numbers
	switch {
	case len(n) == 1 && n[0].digits == 8:
		t.year, t.first, t.second, t.fixed = n[0].number/tenThousandDays, n[0].number/hundred%hundred, n[0].number%hundred, true
	case len(n) == 3 && n[0].digits == 4:
		t.year, t.first, t.second, t.fixed = n[0].number, n[1].number, n[2].number, true
	case len(n) == 3 && areParts(n[:2]) && isYear(n[2]) && n[1].sign == n[2].sign && n[1].sign != 0:
		t.year, t.first, t.second, t.dotted = fullYear(n[2]), n[0].number, n[1].number, n[1].sign == '.'
	case len(n) == 2 && areParts(n) && strings.ContainsRune("/.-", n[1].sign):
		t.first, t.second, t.dotted = n[0].number, n[1].number, n[1].sign == '.'
	default:
		return t, false
	}
	day, month := t.orders()
	return t, day || month
}

// areParts reports whether tokens may be day and month.
func areParts(tokens []dateToken) bool { return tokens[0].digits <= 2 && tokens[1].digits <= 2 }

func isYear(tok dateToken) bool { return tok.digits == 4 || tok.digits == 2 }

// named makes a date of a named month, a day and perhaps a year.
func (d *dateDraft) named() (dateText, bool) {
	t, n := d.t, d.numbers
	t.first, t.fixed = d.month, true
	switch {
	case len(n) == 1 && n[0].digits <= 2:
		t.second = n[0].number
	case len(n) == 2 && n[0].digits == 4:
		t.year, t.second = n[0].number, n[1].number
	case len(n) == 2 && (n[1].digits == 4 || n[1].digits == 2):
		t.second, t.year = n[0].number, fullYear(n[1])
	default:
		return t, false
	}
	_, ok := t.orders()
	return t, ok
}

// fullYear completes a year of two digits: up to 69 it is in this century.
func fullYear(tok dateToken) int {
	switch {
	case tok.digits > 2:
		return tok.number
	case tok.number < 70:
		return 2000 + tok.number
	}
	return 1900 + tok.number
}
