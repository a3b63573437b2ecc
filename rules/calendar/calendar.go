// Package calendar counts days: dates without a clock, working days, and the
// calendar that tells which days are worked. It leaves to others where the
// holidays come from.
package calendar

import (
	"slices"
	"time"
)

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
	perWeek int
	// odd are the days which differ from the week, ascending; before[i] is by
	// how many working days odd[:i] makes the count larger.
	odd    []Date
	before []int
}

// longestSpan bounds how many days of one Span count, so that a mistyped year
// can't make a span of centuries.
const longestSpan = 3 * 366

// NewCalendar returns the calendar that o describes.
func NewCalendar(o Options) *Calendar {
	c := &Calendar{week: o.Week}
	if c.week == ([7]bool{}) {
		c.week = mondayToFriday().week
	}
	for _, worked := range c.week {
		if worked {
			c.perWeek++
		}
	}
	c.setOdd(o)
	return c
}

func mondayToFriday() *Calendar {
	return &Calendar{week: [7]bool{
		time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true,
	}, perWeek: 5, before: []int{0}}
}

func (c *Calendar) setOdd(o Options) {
	worked := map[Date]bool{}
	mark(worked, o.Off, false)
	mark(worked, o.On, true)
	for d, w := range worked {
		if w != c.week[d.Weekday()] {
			c.odd = append(c.odd, d)
		}
	}
	slices.Sort(c.odd)
	c.before = make([]int, len(c.odd)+1)
	for i, d := range c.odd {
		c.before[i+1] = c.before[i] + 1
		if c.week[d.Weekday()] {
			c.before[i+1] = c.before[i] - 1
		}
	}
}

func mark(days map[Date]bool, spans []Span, worked bool) {
	for _, s := range spans {
		for d, n := s.First, 0; d <= max(s.First, s.Last) && n < longestSpan; d, n = d+1, n+1 {
			days[d] = worked
		}
	}
}

// IsWorkday reports whether d is worked.
func (c *Calendar) IsWorkday(d Date) bool {
	if c == nil {
		c = mondayToFriday()
	}
	_, odd := slices.BinarySearch(c.odd, d)
	return c.week[d.Weekday()] != odd
}

// PerWeek returns how many days of an ordinary week are worked: 1 to 7.
func (c *Calendar) PerWeek() Workdays {
	if c == nil {
		c = mondayToFriday()
	}
	return Workdays(c.perWeek)
}

// OnOrAfter returns the first working day on or after d.
func (c *Calendar) OnOrAfter(d Date) Date {
	if c.IsWorkday(d) {
		return d
	}
	return c.Add(d, 1)
}

// Between counts the working days after from, up to and including to. It is
// negative when to lies before from, and 0 when they are the same day.
func (c *Calendar) Between(from, to Date) Workdays {
	if c == nil {
		c = mondayToFriday()
	}
	return Workdays(c.count(to) - c.count(from))
}

// Add returns the n-th working day after d; the -n-th before d if n is
// negative, and d itself for 0. From a working day it is the inverse of
// Between; before a Sunday, one working day is the Friday.
func (c *Calendar) Add(d Date, n Workdays) Date {
	if c == nil {
		c = mondayToFriday()
	}
	switch {
	case n > 0:
		return c.nth(c.count(d) + int(n))
	case n < 0:
		return c.nth(c.count(d-1) + int(n) + 1)
	}
	return d
}

// count returns how many days up to and including d are worked, counted from
// an arbitrary day on.
func (c *Calendar) count(d Date) int {
	weeks, rest := int(d)/7, int(d)%7
	if rest < 0 {
		weeks, rest = weeks-1, rest+7
	}
	n := weeks * c.perWeek
	for day := 1; day <= rest; day++ {
		if c.week[day] {
			n++
		}
	}
	i, found := slices.BinarySearch(c.odd, d)
	if found {
		i++
	}
	return n + c.before[i]
}

// nth returns the first day on which count is n.
func (c *Calendar) nth(n int) Date {
	// Without odd days it lies within a week of the guess; each odd day can
	// move it by no more than a week.
	guess, spread := Date(n/c.perWeek*7), Date(7*(len(c.odd)+2))
	low, high := guess-spread, guess+spread
	for low < high {
		mid := low + (high-low)>>1
		if c.count(mid) < n {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// Late returns by how many working days what was due on a day is late on the
// date today. It is 0 before the first working day after due, so that nothing
// becomes late on a weekend or a holiday. From then on it counts the working
// days after due up to the status date: today, or the next working day after
// it. No date is never late.
func (c *Calendar) Late(due, today Date) Workdays {
	if due.IsZero() || c.Between(due, today) <= 0 {
		return 0
	}
	return c.Between(due, c.OnOrAfter(today))
}
