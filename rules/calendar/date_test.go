package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"steerco/rules/calendar"
)

func TestDateTexts(t *testing.T) {
	d := calendar.New(2026, time.December, 1)
	for _, c := range []struct{ name, got, want string }{
		{"String", d.String(), "2026-12-01"},
		{"Short", d.Short(), "1 Dec"},
		{"Long", d.Long(), "1 Dec 2026"},
		{"String of no date", calendar.Date(0).String(), ""},
		{"Short of no date", calendar.Date(0).Short(), ""},
		{"Long of no date", calendar.Date(0).Long(), ""},
		{"carried over", calendar.New(2026, time.February, 30).String(), "2026-03-02"},
		{"AddDays", d.AddDays(-1).String(), "2026-11-30"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestOfKeepsTheDayOfItsPlace(t *testing.T) {
	tokyo := time.FixedZone("UTC+9", 9*60*60)
	got := calendar.Of(time.Date(2026, time.December, 1, 1, 0, 0, 0, tokyo))
	if want := calendar.New(2026, time.December, 1); got != want {
		t.Errorf("Of = %s, want %s", got, want)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{"", "1.12.2026", "2026-13-01", "2026-02-30", "2026-12-01 "} {
		if d, err := calendar.Parse(s); err == nil {
			t.Errorf("Parse(%q) = %s, want an error", s, d)
		}
	}
}

// Weekday and Time agree on every day.
func TestWeekday(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.Date(rapid.Int32Range(1, 4_000_000).Draw(t, "day"))
		if got, want := d.Weekday(), d.Time().Weekday(); got != want {
			t.Errorf("%s: Weekday = %s, want %s", d, got, want)
		}
	})
}

// What Parse reads it reads again from what String writes.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"2026-12-01", "0001-01-01", "9999-12-31", "2024-02-29", "x", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.Parse(s)
		if err != nil || d.IsZero() {
			return
		}
		again, err := calendar.Parse(d.String())
		if err != nil || again != d {
			t.Errorf("Parse(%q) = %s; read again: %s, %v", s, d, again, err)
		}
		var back calendar.Date
		text, err := d.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		if err := back.UnmarshalText(text); err != nil || back != d {
			t.Errorf("UnmarshalText(%s) = %s, %v, want %s", text, back, err, d)
		}
	})
}
