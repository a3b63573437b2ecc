package report

import "testing"

func TestReadable(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"due 2026-03-10, target 2027-02-15", "due 10 Mar 2026, target 15 Feb 2027"},
		{"2026-03-10", "10 Mar 2026"},
		{`"Freeze 2026-03-10" ends 2026-03-11`, `"Freeze 2026-03-10" ends 11 Mar 2026`},
		{`"a \" 2026-03-10" then 2026-03-10`, `"a \" 2026-03-10" then 10 Mar 2026`},
		{`a 19" rack of 2026-03-10`, `a 19" rack of 2026-03-10`},
		{"write it as 2026-02-28", "write it as 2026-02-28"},
		{"2026-13-45 is no date, T-2026-03-1 neither", "2026-13-45 is no date, T-2026-03-1 neither"},
		{"no date - at all", "no date - at all"},
		{"", ""},
	} {
		if got := readable(tt.in); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestClause(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"undecided for 5 working days (due 24 Nov 2026), go-live blocker, holds up 1 open task", "undecided for 5 working days"},
		{"done, but a predecessor is open: T12", "done, but a predecessor is open: T12"},
		{"planned finish 2 Feb 2027 is 3 working days after the target", "planned finish 2 Feb 2027 is 3 working days after the target"},
		{"", ""},
	} {
		if got := clause(tt.in); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}
