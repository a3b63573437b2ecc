package calendar

import (
	"fmt"
	"time"
)

// Date is a day without a clock and without a time zone: the number of days
// since the 31st of December of the year 0, so that 1 is 0001-01-01. The zero
// value is no date. Dates compare with ==, < and >.
type Date int32

// epoch is the day before the first Date.
var epoch = time.Date(0, time.December, 31, 0, 0, 0, 0, time.UTC)

// New returns the date of a year, a month from 1 and a day from 1. Values
// outside their range carry over, as in time.Date.
func New(year int, month time.Month, day int) Date {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return Date(t.Unix()/secondsPerDay - epoch.Unix()/secondsPerDay)
}

const secondsPerDay = 24 * 60 * 60

// Of returns the day on which t lies in its own location.
func Of(t time.Time) Date {
	y, m, d := t.Date()
	return New(y, m, d)
}

// Parse reads a date as it is written in ISO 8601: "2026-12-01".
func Parse(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date: write it as 2026-12-01", s)
	}
	return Of(t), nil
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == 0 }

// Time returns the start of the day in UTC. It must not be called on no date.
func (d Date) Time() time.Time { return epoch.AddDate(0, 0, int(d)) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	// 0001-01-01 was a Monday.
	return time.Weekday((d%7 + 7) % 7)
}

// AddDays returns the date n calendar days later; earlier if n is negative.
func (d Date) AddDays(n int) Date { return d + Date(n) }

// String returns the date in ISO 8601, or the empty string for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Short returns the date as "1 Dec", for texts in which the year is plain, and
// the empty string for no date.
func (d Date) Short() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2 Jan")
}

// Long returns the date as "1 Dec 2026", or the empty string for no date.
func (d Date) Long() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2 Jan 2006")
}

// MarshalText writes the date in ISO 8601; no date is empty.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	v, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
