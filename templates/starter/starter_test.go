package starter_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/templates/starter"
)

func today() calendar.Date { return calendar.New(2026, time.December, 1) }

func TestBlankExplainsEveryColumn(t *testing.T) {
	for _, lang := range []starter.Language{starter.English, starter.German} {
		for _, s := range starter.Blank(starter.BlankOptions{Language: lang}).Sheets {
			if s.Name == "" || s.Title == "" || s.Help == "" {
				t.Errorf("table %s has no name, title or help", s.Table)
			}
			for _, c := range s.Columns {
				if c.Header == "" || c.Help == "" || c.Width <= 0 {
					t.Errorf("%s, column %q (%s): header, help or width is missing", s.Name, c.Header, c.Field)
				}
			}
		}
	}
}

func TestBlankHasAllTables(t *testing.T) {
	var got []plan.Table
	for _, s := range starter.Blank(starter.BlankOptions{}).Sheets {
		got = append(got, s.Table)
	}
	want := []plan.Table{
		plan.Tasks, plan.Gaps, plan.Risks, plan.Decisions, plan.Payments, plan.Readiness, plan.Criteria, plan.Volumes,
		plan.Meetings, plan.CalendarTable, plan.SettingsTable,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDemoSize(t *testing.T) {
	b := starter.Demo(starter.DemoOptions{Today: today()})
	tasks, linked := 0, 0
	for _, r := range sheet(t, b, plan.Tasks).Rows {
		if r.Summary {
			continue
		}
		tasks++
		if value(t, b, r, plan.Predecessors).Text != "" {
			linked++
		}
	}
	if tasks < 120 || linked < 120 {
		t.Errorf("got %d tasks, %d of them linked, want at least 120 linked", tasks, linked)
	}
	if got, want := len(sheet(t, b, plan.Gaps).Rows), 30; got != want {
		t.Errorf("got %d gaps, want %d", got, want)
	}
	for _, s := range b.Sheets {
		if len(s.Rows) == 0 {
			t.Errorf("table %s is empty", s.Table)
		}
	}
}

func TestDemoHasGapsInAllStates(t *testing.T) {
	b := starter.Demo(starter.DemoOptions{Today: today()})
	gaps := sheet(t, b, plan.Gaps)
	for i, c := range gaps.Columns {
		if c.Field != plan.Status && c.Field != plan.Decision && c.Field != plan.Fit {
			continue
		}
		seen := map[string]bool{}
		for _, r := range gaps.Rows {
			seen[r.Cells[i].Text] = true
		}
		for _, choice := range c.Choices {
			if !seen[choice] && choice != "Fit" && choice != "Not applicable" { // these are no gaps
				t.Errorf("no gap has the %s %q", c.Header, choice)
			}
		}
	}
}

// TestDemoOnAnyDay makes the sample for each day of a year: its plan lies on
// working days, and its middle is today.
func TestDemoOnAnyDay(t *testing.T) {
	for d := today(); d < today()+366; d++ {
		b := starter.Demo(starter.DemoOptions{Today: d})
		past, coming := 0, 0
		for _, r := range sheet(t, b, plan.Tasks).Rows {
			finish := value(t, b, r, plan.Finish).Date
			if finish.IsZero() {
				continue
			}
			if w := finish.Weekday(); w == time.Saturday || w == time.Sunday {
				t.Fatalf("today %s: %s ends on a %s", d, r.Cells[2].Text, w)
			}
			if finish < d {
				past++
			} else {
				coming++
			}
		}
		if past < 40 || coming < 40 {
			t.Errorf("today %s: %d tasks lie before and %d after", d, past, coming)
		}
	}
}

func TestDemoPredecessorsExist(t *testing.T) {
	b := starter.Demo(starter.DemoOptions{Today: today()})
	ids := map[string]bool{}
	for _, r := range sheet(t, b, plan.Tasks).Rows {
		ids[value(t, b, r, plan.ID).Text] = true
	}
	var missing []string
	for _, r := range sheet(t, b, plan.Tasks).Rows {
		for word := range strings.SplitSeq(value(t, b, r, plan.Predecessors).Text, ",") {
			word = strings.TrimSpace(word)
			if word != "" && !ids[word[:min(4, len(word))]] {
				missing = append(missing, word)
			}
		}
	}
	if diff := cmp.Diff([]string{"wms-upgrade!W14", "T499"}, missing); diff != "" {
		t.Errorf("predecessors that aren't in the plan (-want +got):\n%s", diff)
	}
}

func TestDemoShuffledAndGermanIsTheSame(t *testing.T) {
	plain := starter.Demo(starter.DemoOptions{Today: today()})
	other := starter.Demo(starter.DemoOptions{Today: today(), Language: starter.German, Shuffle: 7})
	for i, s := range plain.Sheets {
		got, want := content(other.Sheets[i]), content(s)
		if s.Table == plan.Tasks && slices.Equal(got, want) {
			t.Error("the tasks stand in the same order, want another one")
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("table %s (-plain +other):\n%s", s.Table, diff)
		}
		if s.Table == plan.Tasks && s.Columns[2].Header == other.Sheets[i].Columns[2].Header {
			t.Errorf("got the header %q in both languages", s.Columns[2].Header)
		}
	}
}

func TestDemoIsRepeatable(t *testing.T) {
	o := starter.DemoOptions{Today: today(), Shuffle: 3}
	if diff := cmp.Diff(starter.Demo(o), starter.Demo(o)); diff != "" {
		t.Errorf("two calls differ:\n%s", diff)
	}
}

func content(s starter.Sheet) []string {
	var rows []string
	for _, r := range s.Rows {
		var b strings.Builder
		for _, c := range r.Cells {
			b.WriteString(c.Text + c.Date.String() + "|")
		}
		rows = append(rows, b.String())
	}
	return rows
}

func sheet(t *testing.T, b starter.Book, table plan.Table) starter.Sheet {
	t.Helper()
	for _, s := range b.Sheets {
		if s.Table == table {
			return s
		}
	}
	t.Fatalf("there is no table %s", table)
	return starter.Sheet{}
}

// value returns the cell of a field in a row of the tasks.
func value(t *testing.T, b starter.Book, r starter.Row, f plan.Field) starter.Cell {
	t.Helper()
	for i, c := range sheet(t, b, plan.Tasks).Columns {
		if c.Field == f {
			return r.Cells[i]
		}
	}
	t.Fatalf("tasks have no column %s", f)
	return starter.Cell{}
}
