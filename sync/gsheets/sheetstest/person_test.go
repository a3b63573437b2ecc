package sheetstest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/gsheets/sheetstest"
)

// edit does in a spreadsheet what a person does there.
func edit(t *testing.T, s *sheetstest.Server, id string, do func(*sheetstest.Person)) {
	t.Helper()
	if err := s.Edit(id, do); err != nil {
		t.Fatal(err)
	}
}

// typed returns a server with a spreadsheet whose first sheet has some rows.
func typed(t *testing.T, rows ...[]any) (s *sheetstest.Server, id string) {
	t.Helper()
	s = sheetstest.New(sheetstest.Options{})
	id = s.Create("Plan")
	edit(t, s, id, func(p *sheetstest.Person) {
		for i, row := range rows {
			for j, value := range row {
				p.Set("Sheet1", i, j, value)
			}
		}
	})
	return s, id
}

// rows returns what a sheet shows.
func rows(t *testing.T, s *sheetstest.Server, id string) [][]string {
	t.Helper()
	var shown [][]string
	edit(t, s, id, func(p *sheetstest.Person) { shown = p.Rows("Sheet1") })
	return shown
}

func TestPersonEdits(t *testing.T) {
	start := [][]any{
		{"id", "due", "done"},
		{"T1", sheetstest.Date{Year: 2026, Month: 5, Day: 4}, true},
		{"T2", 3.5, false},
		{"T3", sheetstest.Formula("=B3"), nil},
	}
	for _, c := range []struct {
		name string
		do   func(*sheetstest.Person)
		want [][]string
	}{
		{"nothing", func(*sheetstest.Person) {}, [][]string{
			{"id", "due", "done"}, {"T1", "2026-05-04", "TRUE"}, {"T2", "3.5", "FALSE"}, {"T3", "3.5"},
		}},
		{"types", func(p *sheetstest.Person) { p.Set("Sheet1", 1, 1, "=1"); p.Set("Sheet1", 2, 2, nil) }, [][]string{
			{"id", "due", "done"}, {"T1", "=1", "TRUE"}, {"T2", "3.5", ""}, {"T3", "3.5"},
		}},
		{"inserts and deletes", func(p *sheetstest.Person) {
			p.InsertRows("Sheet1", 1, 2)
			p.Set("Sheet1", 2, 0, "T0")
			p.DeleteRows("Sheet1", 5, 1)
			p.DeleteRows("Sheet1", 1, 1)
			p.DeleteColumns("Sheet1", 1, 1)
			p.InsertColumns("Sheet1", 0, 1)
		}, [][]string{{"", "id", "done"}, {"", "T0", ""}, {"", "T1", "TRUE"}, {"", "T2", "FALSE"}}},
		{"moves", func(p *sheetstest.Person) {
			p.MoveRow("Sheet1", 1, 3)
			p.MoveRow("Sheet1", 2, 1)
			p.Set("Sheet1", 1, 1, 1.0)
			p.MoveColumn("Sheet1", 0, 1)
		}, [][]string{{"due", "id", "done"}, {"1", "T3", ""}, {"3.5", "T2", "FALSE"}, {"2026-05-04", "T1", "TRUE"}}},
		{"swaps and sorts", func(p *sheetstest.Person) {
			p.Set("Sheet1", 3, 1, nil)
			p.SwapRows("Sheet1", 3, 1)
			p.Sort("Sheet1", 1, 3, 1)
		}, [][]string{{"id", "due", "done"}, {"T2", "3.5", "FALSE"}, {"T1", "2026-05-04", "TRUE"}, {"T3", "", ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, id := typed(t, start...)
			edit(t, s, id, c.do)
			if diff := cmp.Diff(c.want, trimmed(rows(t, s, id))); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

// trimmed returns rows without the empty cells that were touched beyond the
// third one.
func trimmed(rows [][]string) [][]string {
	for i := range rows {
		rows[i] = rows[i][:min(len(rows[i]), 3)]
	}
	return rows
}

func TestPersonArrangesSheets(t *testing.T) {
	s, id := typed(t)
	edit(t, s, id, func(p *sheetstest.Person) {
		p.AddSheet("Gaps")
		p.AddSheet("Risks")
		p.RenameSheet("Sheet1", "Plan")
		p.MoveSheet("Plan", 2)
		p.Hide("Gaps")
		p.DeleteSheet("Risks")
	})
	edit(t, s, id, func(p *sheetstest.Person) {
		if diff := cmp.Diff([]string{"Gaps", "Plan"}, p.Sheets()); diff != "" {
			t.Errorf("sheets (-want +got):\n%s", diff)
		}
		if !p.Hidden("Gaps") || p.Hidden("Plan") {
			t.Error("hidden: got another sheet than Gaps")
		}
	})
}

func TestEditThatFailsChangesNothing(t *testing.T) {
	s, id := typed(t, []any{"id"})
	for name, do := range map[string]func(*sheetstest.Person){
		"no such sheet":   func(p *sheetstest.Person) { p.Set("Sheet2", 0, 0, "x") },
		"beyond the grid": func(p *sheetstest.Person) { p.Set("Sheet1", 0, 26, "x") },
		"no such type":    func(p *sheetstest.Person) { p.Set("Sheet1", 0, 0, 1) },
		"no such request": func(p *sheetstest.Person) { p.Do("dance", nil) },
		"last sheet":      func(p *sheetstest.Person) { p.DeleteSheet("Sheet1") },
	} {
		err := s.Edit(id, func(p *sheetstest.Person) {
			p.Set("Sheet1", 0, 0, "changed")
			do(p)
			p.Set("Sheet1", 0, 0, "changed again")
		})
		if err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	if diff := cmp.Diff([][]string{{"id"}}, rows(t, s, id)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}
