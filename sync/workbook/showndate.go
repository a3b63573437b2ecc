package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"steerco/rules/calendar"
)

// moment is a serial number taken apart.
type moment struct {
	date calendar.Date
	// total is the whole of it in seconds, fraction what is left below one.
	total    int64
	fraction float64
}

// showDate shows a number by a section for dates, times or spans. A negative
// number is no date; the programs show a row of number signs.
func (s *codeSection) showDate(v float64, epoch1904 bool) string {
	sign := ""
	if v < 0 && s.elapsed {
		sign, v = "-", -v
	}
	if v < 0 || v >= lastSerial+1 && !s.elapsed || v > math.MaxInt32 {
		return "#######"
	}
	m := s.moment(v, epoch1904)
	var b strings.Builder
	b.WriteString(sign)
	for _, t := range s.tokens {
		switch t.kind {
		case dateToken:
			b.WriteString(m.piece(t.text, s.halfDay))
		case minuteToken:
			b.WriteString(padded(int(m.total/60%60), len(t.text)))
		case elapsedToken:
			b.WriteString(m.span(t.text))
		case halfToken:
			b.WriteString(m.half(t.text))
		case fractionToken:
			b.WriteString(m.decimals(len(t.text) - 1))
		case digitToken:
			b.WriteString(general(v))
		default:
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// moment takes a number apart, rounded to what the section shows.
func (s *codeSection) moment(v float64, epoch1904 bool) moment {
	unit := 1.0
	for _, t := range s.tokens {
		if t.kind == fractionToken {
			unit = math.Pow10(min(len(t.text)-1, 9))
		}
	}
	rounded := math.Round(v*daySeconds*unit) / unit
	whole := math.Floor(rounded)
	m := moment{total: int64(whole), fraction: rounded - whole}
	m.date, _ = serialDay(m.total/daySeconds, epoch1904)
	return m
}

// piece shows the part of the date or time that letters stand for.
func (m moment) piece(letters string, halfDay bool) string {
	n := len(letters)
	switch letters[0] {
	case 'h':
		hour := int(m.total / 3600 % 24)
		if halfDay {
			hour = (hour+11)%12 + 1
		}
		return padded(hour, n)
	case 's':
		return padded(int(m.total%60), n)
	}
	if m.date.IsZero() {
		return m.noDate(letters[0], n)
	}
	t := m.date.Time()
	switch letters[0] {
	case 'd':
		return day(t, n)
	case 'm':
		return month(t.Month(), n)
	case 'b':
		return padded(t.Year()+543, 4)
	case 'g':
		return ""
	case 'y':
		if n <= 2 {
			return padded(t.Year()%100, 2)
		}
	}
	return strconv.Itoa(t.Year())
}

// noDate shows the date of a time of day alone as the programs do: the 0th of
// January 1900.
func (m moment) noDate(letter byte, n int) string {
	switch letter {
	case 'd':
		if n > 2 {
			return "Saturday"[:min(n, 3)]
		}
		return padded(0, n)
	case 'm':
		return month(time.January, n)
	case 'y':
		if n <= 2 {
			return "00"
		}
	}
	return "1900"
}

func day(t time.Time, n int) string {
	switch {
	case n <= 2:
		return padded(t.Day(), n)
	case n == 3:
		return t.Weekday().String()[:3]
	}
	return t.Weekday().String()
}

func month(m time.Month, n int) string {
	switch {
	case n <= 2:
		return padded(int(m), n)
	case n == 3:
		return m.String()[:3]
	case n == 5:
		return m.String()[:1]
	}
	return m.String()
}

// span shows all hours, minutes or seconds.
func (m moment) span(letters string) string {
	v := m.total
	switch letters[0] {
	case 'h':
		v /= 3600
	case 'm':
		v /= 60
	}
	return padded(int(v), len(letters))
}

func (m moment) half(letters string) string {
	am, pm, _ := strings.Cut(letters, "/")
	if m.total/3600%24 < 12 {
		return am
	}
	return pm
}

func (m moment) decimals(n int) string {
	s := strconv.FormatFloat(m.fraction, 'f', min(n, 9), 64)
	return s[1:]
}

func padded(v, width int) string { return fmt.Sprintf("%0*d", min(width, 9), v) }
