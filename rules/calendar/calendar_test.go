package calendar_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"steerco/rules/calendar"
)

func date(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func span(t *testing.T, first, last string) calendar.Span {
	t.Helper()
	return calendar.Span{First: date(t, first), Last: date(t, last)}
}

// christmas is Monday to Friday without 24 Dec to 1 Jan, but with the Saturday
// of 19 Dec.
func christmas(t *testing.T) *calendar.Calendar {
	t.Helper()
	return calendar.NewCalendar(calendar.Options{
		Off: []calendar.Span{span(t, "2026-12-24", "2027-01-01")},
		On:  []calendar.Span{span(t, "2026-12-19", "2026-12-19")},
	})
}

func TestBetween(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     calendar.Workdays
	}{
		{"2026-12-07", "2026-12-07", 0},
		{"2026-12-07", "2026-12-08", 1},
		{"2026-12-11", "2026-12-13", 0}, // Friday to Sunday
		{"2026-12-11", "2026-12-14", 1},
		{"2026-12-13", "2026-12-14", 1},
		{"2026-12-18", "2026-12-21", 2}, // over the Saturday that is worked
		{"2026-12-23", "2027-01-03", 0}, // over Christmas
		{"2026-12-23", "2027-01-04", 1},
		{"2027-01-04", "2026-12-23", -1},
	} {
		got := christmas(t).Between(date(t, c.from), date(t, c.to))
		if got != c.want {
			t.Errorf("Between(%s, %s) = %d, want %d", c.from, c.to, got, c.want)
		}
	}
}

func TestAdd(t *testing.T) {
	for _, c := range []struct {
		from string
		n    calendar.Workdays
		want string
	}{
		{"2026-12-07", 0, "2026-12-07"},
		{"2026-12-13", 0, "2026-12-13"}, // a Sunday stays
		{"2026-12-07", 5, "2026-12-14"},
		{"2026-12-11", 1, "2026-12-14"},
		{"2026-12-18", 1, "2026-12-19"},
		{"2026-12-23", 1, "2027-01-04"},
		{"2027-01-04", -1, "2026-12-23"},
		{"2026-12-13", -1, "2026-12-11"}, // before a Sunday: Friday
		{"2026-12-13", -5, "2026-12-07"}, // Monday to Friday before a Sunday
	} {
		got := christmas(t).Add(date(t, c.from), c.n)
		if got != date(t, c.want) {
			t.Errorf("Add(%s, %d) = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestOnOrAfter(t *testing.T) {
	for _, c := range []struct{ d, want string }{
		{"2026-12-11", "2026-12-11"},
		{"2026-12-12", "2026-12-14"},
		{"2026-12-19", "2026-12-19"},
		{"2026-12-25", "2027-01-04"},
	} {
		if got := christmas(t).OnOrAfter(date(t, c.d)); got != date(t, c.want) {
			t.Errorf("OnOrAfter(%s) = %s, want %s", c.d, got, c.want)
		}
	}
}

// The nil Calendar works from Monday to Friday.
func TestNilCalendar(t *testing.T) {
	var none *calendar.Calendar
	friday, monday := date(t, "2026-12-11"), date(t, "2026-12-14")
	if got := none.Add(friday, 1); got != monday {
		t.Errorf("Add = %s, want %s", got, monday)
	}
	if got, want := none.Between(friday, monday), calendar.Workdays(1); got != want {
		t.Errorf("Between = %d, want %d", got, want)
	}
	if got := none.OnOrAfter(friday + 1); got != monday {
		t.Errorf("OnOrAfter = %s, want %s", got, monday)
	}
	if got, want := none.PerWeek(), calendar.Workdays(5); got != want {
		t.Errorf("PerWeek = %d, want %d", got, want)
	}
}

// A mistyped year doesn't make a span of centuries.
func TestLongSpanIsBounded(t *testing.T) {
	c := calendar.NewCalendar(calendar.Options{Off: []calendar.Span{span(t, "2026-01-01", "9999-01-01")}})
	if d := date(t, "2036-01-02"); !c.IsWorkday(d) {
		t.Errorf("%s is not worked", d)
	}
}

var dates = rapid.Custom(func(t *rapid.T) calendar.Date {
	return calendar.New(2026, time.January, 1) + calendar.Date(rapid.Int32Range(-800, 800).Draw(t, "day"))
})

var spans = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) calendar.Span {
	first := dates.Draw(t, "first")
	return calendar.Span{First: first, Last: first + calendar.Date(rapid.Int32Range(0, 40).Draw(t, "long"))}
}), 0, 6)

var calendars = rapid.Custom(func(t *rapid.T) *calendar.Calendar {
	o := calendar.Options{Off: spans.Draw(t, "off"), On: spans.Draw(t, "on")}
	for i := range o.Week {
		o.Week[i] = rapid.Bool().Draw(t, "worked")
	}
	return calendar.NewCalendar(o)
})

// Between is what counting day by day gives.
func TestBetweenCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, from, to := calendars.Draw(t, "calendar"), dates.Draw(t, "from"), dates.Draw(t, "to")
		from, to = min(from, to), max(from, to)
		want := calendar.Workdays(0)
		for d := from + 1; d <= to; d++ {
			if c.IsWorkday(d) {
				want++
			}
		}
		if got := c.Between(from, to); got != want {
			t.Errorf("Between(%s, %s) = %d, want %d", from, to, got, want)
		}
		if got := c.Between(to, from); got != -want {
			t.Errorf("Between(%s, %s) = %d, want %d", to, from, got, -want)
		}
	})
}

// From a working day, Add and Between are each other's inverse.
func TestAddIsInverseOfBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, n := calendars.Draw(t, "calendar"), calendar.Workdays(rapid.IntRange(-600, 600).Draw(t, "n"))
		d := c.OnOrAfter(dates.Draw(t, "day"))
		to := c.Add(d, n)
		if got := c.Between(d, to); got != n {
			t.Errorf("Between(%s, %s) = %d, want %d", d, to, got, n)
		}
		if !c.IsWorkday(to) {
			t.Errorf("Add(%s, %d) = %s, which is not worked", d, n, to)
		}
		if got := c.Add(to, -n); got != d {
			t.Errorf("Add(%s, %d) = %s, want %s", to, -n, got, d)
		}
	})
}

// Later days never give earlier results.
func TestAddIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, d := calendars.Draw(t, "calendar"), dates.Draw(t, "day")
		n := calendar.Workdays(rapid.IntRange(-300, 300).Draw(t, "n"))
		if a, b := c.Add(d, n), c.Add(d+1, n); a > b {
			t.Errorf("Add(%s, %d) = %s after Add(%s, %d) = %s", d, n, a, d+1, n, b)
		}
		if n != 0 && n != -1 {
			if a, b := c.Add(d, n), c.Add(d, n+1); a >= b {
				t.Errorf("Add(%s, %d) = %s is not before Add(%s, %d) = %s", d, n, a, d, n+1, b)
			}
		}
	})
}

func BenchmarkBetween(b *testing.B) {
	c := calendar.NewCalendar(calendar.Options{Off: []calendar.Span{
		{First: calendar.New(2026, 12, 24), Last: calendar.New(2027, 1, 1)},
	}})
	from, to := calendar.New(2016, 1, 1), calendar.New(2036, 1, 1)
	for b.Loop() {
		c.Between(from, to)
	}
}

func ExampleCalendar_Add() {
	c := calendar.NewCalendar(calendar.Options{Off: []calendar.Span{{First: calendar.New(2026, 12, 25)}}})
	fmt.Println(c.Add(calendar.New(2026, 12, 24), 1))
	// Output: 2026-12-28
}
