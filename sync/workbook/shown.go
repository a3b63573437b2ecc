package workbook

import (
	"math"
	"strconv"
	"strings"

	"steerco/rules/calendar"
)

// Shown returns the text that the program shows in a cell: of a number, what
// its format makes of it, with a point before decimals and a comma between
// thousands. Names of months and days are English. A number that the cell's
// width could not show is shown all the same.
func (b *Book) Shown(c Cell) string {
	switch c.Kind {
	case Bool:
		text := "FALSE"
		if c.Number != 0 {
			text = "TRUE"
		}
		return shownText(b.Format(c).Code, text)
	case Text:
		return shownText(b.Format(c).Code, c.Text)
	case Number:
		if c.Text != "" {
			return c.Text
		}
		return shownNumber(b.Format(c).Code, c.Number, b.Epoch1904)
	}
	return c.Text
}

// Date returns the day that a cell holds: of a number that is formatted as a
// date. A time of day alone is no date.
func (b *Book) Date(c Cell) (d calendar.Date, ok bool) {
	if c.Kind != Number || !b.Format(c).Date {
		return 0, false
	}
	return b.SerialDate(c.Number)
}

// Minute returns the minute of the day that a cell holds, 0 to 1439: of a
// number that is formatted as a date or a time.
func (b *Book) Minute(c Cell) (minute int, ok bool) {
	if c.Kind != Number || !b.Format(c).Date || !isSerial(c.Number) {
		return 0, false
	}
	return int(serialSeconds(c.Number) % daySeconds / 60), true
}

// SerialDate returns the day of a serial number in the workbook's system,
// whatever its format; ok is false for a time of day alone and for what lies
// beyond the year 9999.
func (b *Book) SerialDate(serial float64) (d calendar.Date, ok bool) {
	if !isSerial(serial) {
		return 0, false
	}
	return serialDay(serialSeconds(serial)/daySeconds, b.Epoch1904)
}

const (
	daySeconds = 24 * 60 * 60
	// lastSerial is that of the last day of the year 9999.
	lastSerial = 2958465
	// leapSerial is that of 1900-02-29, a day that never was: the serial
	// numbers before it are one less than those after it would have them.
	leapSerial = 60
)

func isSerial(v float64) bool { return v >= 0 && v < lastSerial+1 }

// serialSeconds rounds to seconds, so that a day isn't lost to a serial number
// that lies a hair below it.
func serialSeconds(v float64) int64 { return int64(math.Round(v * daySeconds)) }

func serialDay(day int64, epoch1904 bool) (calendar.Date, bool) {
	switch {
	case epoch1904:
		return calendar.New(1904, 1, 1).AddDays(int(day)), true
	case day < 1 || day > lastSerial:
		return 0, false
	case day < leapSerial:
		day++
	}
	return calendar.New(1899, 12, 30).AddDays(int(day)), true
}

// isGeneral reports whether a code shows numbers as they are.
func isGeneral(code string) bool { return code == "" || strings.EqualFold(code, "general") }

func shownText(code, text string) string {
	if isGeneral(code) || code == "@" {
		return text
	}
	sections := parseCode(code)
	s := &sections[len(sections)-1]
	if !s.text && len(sections) < 4 && !(len(sections) == 1 && s.isLiteral()) {
		return text
	}
	var b strings.Builder
	for _, t := range s.tokens {
		switch t.kind {
		case atToken, generalToken:
			b.WriteString(text)
		case literalToken:
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// isLiteral reports whether the section shows the same whatever the cell holds.
func (s *codeSection) isLiteral() bool {
	for _, t := range s.tokens {
		if t.kind != literalToken {
			return false
		}
	}
	return len(s.tokens) > 0
}

// shownNumber returns what a format makes of a number.
func shownNumber(code string, v float64, epoch1904 bool) string {
	if isGeneral(code) || code == "@" || math.IsNaN(v) || math.IsInf(v, 0) {
		return general(v)
	}
	s, v := chooseSection(parseCode(code), v)
	switch {
	case s == nil:
		return general(v)
	case s.date || s.elapsed:
		return s.showDate(v, epoch1904)
	case s.digits:
		return s.showDigits(v)
	}
	return s.showRest(v)
}

// chooseSection returns the section that shows a number, and the number
// without its sign where the section stands for negative ones.
func chooseSection(sections []codeSection, v float64) (*codeSection, float64) {
	numeric := sections
	if n := len(numeric); n > 1 && (n > 3 || numeric[n-1].text) {
		numeric = numeric[:min(n-1, 3)]
	}
	if len(numeric) == 1 && numeric[0].compare == "" {
		return &numeric[0], v
	}
	for i := range numeric {
		if numeric[i].holds(i, len(numeric), v) {
			s := &numeric[i]
			if v < 0 && (i == 1 && s.compare == "" || s.compare != "" && s.bound <= 0 && s.compare[0] == '<') {
				v = -v
			}
			return s, v
		}
	}
	return nil, v
}

// holds reports whether the section at position i of n shows v.
func (s *codeSection) holds(i, n int, v float64) bool {
	switch s.compare {
	case "<":
		return v < s.bound
	case "<=":
		return v <= s.bound
	case ">":
		return v > s.bound
	case ">=":
		return v >= s.bound
	case "=":
		return v == s.bound
	case "<>":
		return v != s.bound
	}
	switch {
	case i == 0:
		return v > 0 || v == 0 && n < 3
	case i == 1:
		return v < 0 || n == 2
	}
	return true
}

// showRest shows a section without digits: literals, and the number where it
// says "General" or "@".
func (s *codeSection) showRest(v float64) string {
	var b strings.Builder
	for _, t := range s.tokens {
		switch t.kind {
		case generalToken, atToken:
			b.WriteString(general(v))
		case literalToken:
			b.WriteString(t.text)
		case percentToken, pointToken, commaToken, slashToken:
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// The bounds between which General writes a number without exponent, and how
// many digits it gives to one that isn't whole.
const (
	generalDigits = 10
	generalBelow  = 1e15
	plainBelow    = 1e10
	plainFrom     = 1e-5
)

// general shows a number as it is: whole ones in full, so that long ids keep
// apart, others to ten digits.
func general(v float64) string {
	a := math.Abs(v)
	switch {
	case v == 0:
		return "0"
	case v == math.Trunc(v) && a < generalBelow:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case math.IsNaN(v), math.IsInf(v, 0):
		return "#NUM!"
	case a >= plainFrom && a < plainBelow:
		whole := len(strconv.FormatFloat(math.Trunc(a), 'f', 0, 64))
		return trimZeros(strconv.FormatFloat(v, 'f', generalDigits-whole, 64))
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'E', 5, 64), "E")
	return trimZeros(mantissa) + "E" + exponent
}

func trimZeros(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}
