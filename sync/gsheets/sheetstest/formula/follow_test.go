package formula_test

import (
	"testing"

	"steerco/sync/gsheets/sheetstest/formula"
)

// insertedAt is the insertion of two lines before one, deletedAt the deletion
// of two from one on.
func insertedAt(at int) func(from, to int) (int, int, bool) {
	return func(from, to int) (int, int, bool) {
		if from >= at {
			from += 2
		}
		if to > at {
			to += 2
		}
		return from, to, true
	}
}

func deletedAt(at int) func(from, to int) (int, int, bool) {
	after := func(i int) int {
		switch {
		case i <= at:
			return i
		case i >= at+2:
			return i - 2
		}
		return at
	}
	return func(from, to int) (int, int, bool) { return after(from), after(to), after(from) < after(to) }
}

func TestFollow(t *testing.T) {
	rows := func(to func(from, to int) (int, int, bool)) formula.Move {
		return formula.Move{Sheet: "Plan", Rows: true, To: to}
	}
	columns := formula.Move{Sheet: "Plan", To: insertedAt(1)}
	for _, c := range []struct {
		what       string
		move       formula.Move
		home       string
		text, want string
	}{
		{"above", rows(insertedAt(1)), "Plan", `=A1+A2+$A$3+"A2"`, `=A1+A4+$A$5+"A2"`},
		{"within", rows(insertedAt(2)), "Plan", "=SUM(A2:B4)", "=SUM(A2:B6)"},
		{"reversed", rows(insertedAt(2)), "Plan", "=SUM(B4:A2)", "=SUM(B6:A2)"},
		{"open", rows(insertedAt(1)), "Plan", "=SUM(A:A;2:3;A2:B;B2:2)", "=SUM(A:A;4:5;A4:B;B4:4)"},
		{"other sheet", rows(insertedAt(1)), "Other", "=A2+Plan!A2+'plan'!$B2+Other!A2", "=A2+Plan!A4+'plan'!$B4+Other!A2"},
		{"gone", rows(deletedAt(1)), "Plan", "=A1+A2+A4+SUM(A2:A9)+SUM(Plan!A2:A3)", "=A1+#REF!+A2+SUM(A2:A7)+SUM(#REF!)"},
		{"columns", columns, "Plan", "=A1+B1+$AA$1+SUM(A:B)+2:2", "=A1+D1+$AC$1+SUM(A:D)+2:2"},
		{"no formula", columns, "Plan", "B1", "B1"},
	} {
		if got := c.move.Follow(c.text, c.home); got != c.want {
			t.Errorf("%s: %s: got %s, want %s", c.what, c.text, got, c.want)
		}
	}
}

func TestFollowCondition(t *testing.T) {
	for _, c := range []struct {
		what string
		move formula.Move
		by   int
		text string
		want string
	}{
		{"rows above", formula.Move{Sheet: "Plan", Rows: true, To: insertedAt(1)}, 2, "=$A2&A$2&$B$9", "=$A4&A$4&$B$11"},
		{"rows within", formula.Move{Sheet: "Plan", Rows: true, To: insertedAt(3)}, 0, "=$A2&$B$9", "=$A2&$B$11"},
		{"first row gone", formula.Move{Sheet: "Plan", Rows: true, To: deletedAt(1)}, 0, "=$A2&$B$2", "=$A2&#REF!"},
		{"columns before", formula.Move{Sheet: "Plan", To: insertedAt(0)}, 2, "=$A2&B2", "=$C2&D2"},
		{"first of all", formula.Move{Sheet: "Plan", Rows: true, To: deletedAt(0)}, -2, "=A1", "=#REF!"},
	} {
		if got := c.move.FollowCondition(c.text, "Plan", c.by); got != c.want {
			t.Errorf("%s: %s: got %s, want %s", c.what, c.text, got, c.want)
		}
	}
}
