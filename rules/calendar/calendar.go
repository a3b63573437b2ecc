// Package calendar counts days: dates without a clock, working days, and the
// calendar that tells which days are worked. It leaves to others where the
// holidays come from.
package calendar

import "time"

// Workdays is a number of working days. It is a type of its own so that it
// can't be mixed with calendar days.
type Workdays int

// Span is a run of days from First up to and including Last.
type Span struct {
	First, Last Date
	Name        string // as the team wrote it: "Christmas"
}

// Options describe a Calendar.
type Options struct {
	// Week tells which days are worked, from Sunday (0) to Saturday (6). All
	// false means Monday to Friday.
	Week [7]bool
	// Off lists days which are not worked although the week says so: holidays.
	Off []Span
	// On lists days which are worked although the week or Off says otherwise.
	On []Span
}

// Calendar tells which days are worked. The nil Calendar works from Monday to
// Friday. It is not changed after New and may be used from several goroutines.
type Calendar struct {
	week    [7]bool
	off, on map[Date]bool
}

// longestSpan bounds how many days of one Span count, so that a mistyped year
// can't make a span of centuries.
const longestSpan = 3 * 366

// NewCalendar returns the calendar that o describes.
func NewCalendar(o Options) *Calendar {
	c := &Calendar{week: o.Week, off: days(o.Off), on: days(o.On)}
	if c.week == ([7]bool{}) {
		c.week = mondayToFriday
	}
	return c
}

var mondayToFriday = [7]bool{
	time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true,
}

func days(spans []Span) map[Date]bool {
	m := map[Date]bool{}
	for _, s := range spans {
		for d, n := s.First, 0; d <= max(s.First, s.Last) && n < longestSpan; d, n = d+1, n+1 {
			m[d] = true
		}
	}
	return m
}

// IsWorkday reports whether d is worked.
func (c *Calendar) IsWorkday(d Date) bool {
	switch {
	case c == nil:
		return mondayToFriday[d.Weekday()]
	case c.on[d]:
		return true
	case c.off[d]:
		return false
	}
	return c.week[d.Weekday()]
}

// longestSearch bounds the search for a working day.
const longestSearch = 2 * 366

// OnOrAfter returns the first working day on or after d, or d itself when
// there is none within two years.
func (c *Calendar) OnOrAfter(d Date) Date {
	for n := Date(0); n < longestSearch; n++ {
		if c.IsWorkday(d + n) {
			return d + n
		}
	}
	return d
}

// Between counts the working days after from, up to and including to. It is
// negative when to lies before from, and 0 when they are the same day.
func (c *Calendar) Between(from, to Date) Workdays {
	if to < from {
		return -c.Between(to, from)
	}
	n := Workdays(0)
	for d := from + 1; d <= to; d++ {
		if c.IsWorkday(d) {
			n++
		}
	}
	return n
}
