package formula_test

import (
	"testing"

	"steerco/sync/gsheets/sheetstest/formula"
)

func TestParseReference(t *testing.T) {
	const rows, columns = 1000, 26
	for _, c := range []struct {
		text string
		want formula.Range
	}{
		{"A1", formula.Range{Row: 0, RowEnd: 1, Column: 0, ColumnEnd: 1}},
		{"b2:C4", formula.Range{Row: 1, RowEnd: 4, Column: 1, ColumnEnd: 3}},
		{"D4:A1", formula.Range{Row: 0, RowEnd: 4, Column: 0, ColumnEnd: 4}},
		{"$A$1:B2", formula.Range{Row: 0, RowEnd: 2, Column: 0, ColumnEnd: 2}},
		{"A:A", formula.Range{Row: 0, RowEnd: 1000, Column: 0, ColumnEnd: 1}},
		{"$B:A", formula.Range{Row: 0, RowEnd: 1000, Column: 0, ColumnEnd: 2}},
		{"2:2", formula.Range{Row: 1, RowEnd: 2, Column: 0, ColumnEnd: 26}},
		{"$1:$3", formula.Range{Row: 0, RowEnd: 3, Column: 0, ColumnEnd: 26}},
		{"A2:2", formula.Range{Row: 1, RowEnd: 2, Column: 0, ColumnEnd: 26}},
		{"B5:C", formula.Range{Row: 4, RowEnd: 1000, Column: 1, ColumnEnd: 3}},
		{"Y999:ZZ2000", formula.Range{Row: 998, RowEnd: 1000, Column: 24, ColumnEnd: 26}},
	} {
		r, ok := formula.ParseReference(c.text)
		got, inside := r.Within(rows, columns)
		if !ok || !inside || got != c.want {
			t.Errorf("%s: got %+v, %v, %v; want %+v", c.text, got, ok, inside, c.want)
		}
	}
	for _, text := range []string{"", "A", "1", "A0", "AAAA1", "A1:", ":A1", "A1B", "A1:B2:C3", "ZZZZ:A", "A1 ", "Sheet1", "A$", "$$1:1", "2:A2", "A:A2", "XFD10000001"} {
		if r, ok := formula.ParseReference(text); ok {
			t.Errorf("%q: got %+v, want none", text, r)
		}
	}
	for _, text := range []string{"A1001", "AA1", "A2000:A", "AB:AC", "1001:1002"} {
		r, ok := formula.ParseReference(text)
		if got, inside := r.Within(rows, columns); !ok || inside {
			t.Errorf("%s: got %+v, want a reference outside of the grid", text, got)
		}
	}
}

func TestRename(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"=Plan!A1+plan!B2+'Plan'!A:A", "='New ''1'!A1+'New ''1'!B2+'New ''1'!A:A"},
		{`=HYPERLINK("#Plan!A1",MATCH(B5;'Plan'!A:A;0))`, `=HYPERLINK("#Plan!A1",MATCH(B5;'New ''1'!A:A;0))`},
		{"=Other!A1", "=Other!A1"},
		{"Plan!A1", "Plan!A1"},
		{"=A1", "=A1"},
		{`="Plan!A1`, `="Plan!A1`},
	} {
		if got := formula.Rename(c.text, "Plan", "New '1"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.text, got, c.want)
		}
	}
}

// FuzzParse holds that reading never panics and that what was renamed isn't
// renamed again.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"=1+2", `=IF(A1;"x";'a''b'!$A:B)`, "={1,2}", "=-(A1%)^2", `=HYPERLINK("#"&A1,"x")`, "=#N/A", "=A1:2", "=((((", "=1,5;", "=\xff!A1", "=é.b_1(,)",
	} {
		f.Add(text, false)
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, semicolons bool) {
		renamed := formula.Rename(text, "a'b", "new")
		if again := formula.Rename(renamed, "a'b", "other"); again != renamed {
			t.Errorf("%q: got %q after %q", text, again, renamed)
		}
		read, err := formula.Parse(text, formula.Options{Semicolons: semicolons})
		if err != nil {
			return
		}
		b := sampleBook()
		v, err := formula.NewEvaluator(b, 1).Value(read, formula.Place{})
		if err == nil && v.Kind == formula.Error && v.Text == "" {
			t.Errorf("%q: got an error without a name", text)
		}
	})
}
