package planread_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"steerco/rules/plan"
	"steerco/sync/planread"
)

// told lists what a reader is told: guesses as "guess", faults with their cell.
func told(r *planread.Reading) []string {
	var all []string
	for _, g := range r.Guesses {
		all = append(all, fmt.Sprintf("guess %s: %s, because %s", g.Cell, g.What, g.Because))
	}
	for _, f := range r.Plan.Faults {
		_, cell := r.Cell(f.At)
		kind := "fault"
		if f.Doubt {
			kind = "doubt"
		}
		all = append(all, fmt.Sprintf("%s %s: %s: %s", kind, cell, f.Text, f.Fix))
	}
	return all
}

// TestHazards reads cells that can be misread: what is read of the task named
// X in the last column but one, and what is told.
func TestHazards(t *testing.T) {
	tests := []struct {
		name, book string
		want       func(plan.Task) string // what of task X is looked at
		got        string
		told       []string // parts of what is told; "" in the first place: nothing of faults
	}{
		{
			"texts show that the day stands first, and no true date lies after the 12th: perhaps swapped, never repaired", `
== Plan
Task | Start
A | '14/03/2026
X | 2026-02-07
C | 2026-05-03`, startOf, "2026-02-07",
			[]string{`doubt B2: possible day/month swap in column "Start"`},
		},
		{
			"true dates after the 12th beside such texts are right", `
== Plan
Task | Start
A | '14/03/2026
X | 2026-04-03
C | 2026-05-23`, startOf, "2026-04-03", []string{""},
		},
		{
			"a text that can be two dates is not guessed", `
== Plan
Task | Start
A | '05/02/2026
X | '03/04/2026`, startOf, "", []string{`fault B3: "03/04/2026" can be two dates: write it as 2026-04-03 or 2026-03-04`},
		},
		{
			"another text of the column decides the order", `
== Plan
Task | Start
A | '25/02/2026
X | '03/04/2026`, startOf, "2026-04-03", []string{`guess B1: texts such as 05/02 in "Start" have the day first`},
		},
		{
			"a weekday decides the order", `
== Plan
Task | Start
A | 'Fri 03/04/2026
X | '05/04/2026`, startOf, "2026-04-05", nil,
		},
		{
			"the format of true dates decides the order", `
== Plan
Task | Start
A | d:2026-03-25
X | '03/04/2026`, startOf, "2026-04-03", []string{"true dates are shown in this order"},
		},
		{
			"the other column of dates decides the order", `
== Plan
Task | Start | End
A | '01/02/2026 | '25/02/2026
X | '03/04/2026 | '04/04/2026`, startOf, "2026-04-03", []string{"the table's other dates have it so"},
		},
		{
			"dots always have the day first", `
== Plan
Task | Start
X | '03.04.2026`, startOf, "2026-04-03", []string{""},
		},
		{
			"orders that contradict each other decide nothing", `
== Plan
Task | Start
A | '25/02/2026
B | '02/25/2026
X | '03/04/2026`, startOf, "", []string{`fault B4: "03/04/2026" can be two dates`},
		},
		{
			"words for no date yet are listed, and no date", `
== Plan
Task | Start | End
A | 2026-03-02 | 2026-03-06
X | TBD | 2026-03-13`, startOf, "", []string{`guess B3: "TBD" in 1 cells of "Start" is no date`},
		},
		{
			"an unknown word is no date and a fault", `
== Plan
Task | Start | End
A | 2026-03-02 | 2026-03-06
X | after the fair | 2026-03-13`, unreadOf, "start", []string{`fault B3: "after the fair" is not a date`},
		},
		{
			"a blank date is not unreadable", `
== Plan
Task | Start | End
A | 2026-03-02 | 2026-03-06
X |  | 2026-03-13`, unreadOf, "", []string{""},
		},
		{
			"a far-off year is doubted", `
== Plan
Task | End
A | 2026-03-02
B | 2026-04-02
X | 3035-03-06`, finishOf, "3035-03-06", []string{`doubt B4: 3035-03-06 is far from the other dates`},
		},
		{
			"a sentinel date is none", `
== Plan
Task | End
A | 2026-03-02
X | 1900-12-30`, finishOf, "", []string{`fault B3: 1900-12-30 stands for no date`},
		},
		{
			"a serial number without a format is a date in a date column", `
== Plan
Task | End
A | 2026-03-02
X | 46084`, finishOf, "2026-03-03", nil,
		},
		{
			"week numbers are no dates", `
== Plan
Task | Plan start | Plan duration | % done
A | 3 | 5 | 50%
X | 4 | 6 | 0%`, unreadOf, "start", []string{`fault B2: "3" is not a date, nor are the other 1 numbers of column "Plan start": write dates instead of numbers of weeks or periods`},
		},
		{
			"a text without a year takes that of the column", `
== Plan
Task | End
A | 2026-03-20
X | '14/3`, finishOf, "2026-03-14", nil,
		},
		{
			"percents up to 100", `
== Plan
Task | End | % done
A | 2026-03-02 | 100
X | 2026-03-09 | 80`, percentOf, "0.8", nil,
		},
		{
			"percents up to 1", `
== Plan
Task | End | % done
A | 2026-03-02 | 1
X | 2026-03-09 | 0.8`, percentOf, "0.8", nil,
		},
		{
			"percents as text", `
== Plan
Task | End | % done
A | 2026-03-02 | '100 %
X | 2026-03-09 | '80 %`, percentOf, "0.8", nil,
		},
		{
			"check boxes", `
== Plan
Task | End | Done?
A | 2026-03-02 | FALSE
X | 2026-03-09 | TRUE`, percentOf, "1", nil,
		},
		{
			"both scales in one column are doubted", `
== Plan
Task | End | % done
A | 2026-03-02 | 100
B | 2026-03-02 | 60
X | 2026-03-09 | 0.5`, percentOf, "0.005", []string{`doubt C4: "0.5" is read as 0.5 %`},
		},
		{
			"more than 100 % is a fault", `
== Plan
Task | End | % done
A | 2026-03-02 | 50%
X | 2026-03-09 | 150%`, unreadOf, "percent", []string{`fault C3: "150%" is not between 0 and 100 %`},
		},
		{
			"a list of predecessors that became a number is read as shown", `
== Plan
ID | Task | End | Predecessors
107 | A | 2026-03-02 |
108 | B | 2026-03-02 |
109 | X | 2026-03-09 | n:107108`, linksOf, "0 1", nil,
		},
		{
			"an id of more than three digits is not parted at its comma", `
== Plan
ID | Task | End | Predecessors
1 | A | 2026-03-02 |
1107 | B | 2026-03-02 |
1108 | X | 2026-03-09 | n:1107`, linksOf, "1", nil,
		},
		{
			"3,4 that became 3.4 is named", `
== Plan
ID | Task | End | Predecessors
3 | A | 2026-03-02 |
4 | B | 2026-03-02 |
5 | X | 2026-03-09 | 3.4`, linksOf, "", []string{`fault D4: "3.4" is not in the plan`, "write 3;4 as text"},
		},
		{
			"a task that waits for itself", `
== Plan
ID | Task | End | Predecessors
1 | A | 2026-03-02 |
2 | X | 2026-03-09 | 2`, linksOf, "", []string{`fault D3: "2" is the task itself`},
		},
		{
			"rows that wait for each other don't hang anybody", `
== Plan
ID | Task | End | Predecessors
1 | A | 2026-03-02 | 2
2 | X | 2026-03-09 | 1`, linksOf, "0", nil,
		},
		{
			"predecessors in several columns", `
== Plan
ID | Task | End | Dependency 1 | Dependency 2
1 | A | 2026-03-02 |  |
2 | B | 2026-03-02 |  |
3 | X | 2026-03-09 | 1 | 2`, linksOf, "0 1", nil,
		},
		{
			"row positions are predecessors only where the column proves it", `
== Plan
WBS | Task | End | Predecessors
'1 | Design | 2026-03-06 |
'1.1 | Concept | 2026-03-02 |
'1.2 | Review | 2026-03-03 | 2
'1.3 | Code | 2026-03-04 | 3
'1.4 | X | 2026-03-09 | 4`, linksOf, "3", []string{"predecessors are the positions of rows"},
		},
		{
			"outline numbers are predecessors where they are known", `
== Plan
WBS | Task | End | Predecessors
'1 | Design | 2026-03-06 |
'1.1 | Concept | 2026-03-02 |
'1.2 | X | 2026-03-09 | 1.1`, linksOf, "1", nil,
		},
		{
			"a doubled id names both cells", `
== Plan
ID | Task | End
1 | A | 2026-03-02
2 | B | 2026-03-03
2 | X | 2026-03-09`, keyOf, "x", []string{`doubt A4: "2" stands in A3 and in A4`},
		},
		{
			"1.10 that became 1.1 is named", `
== Plan
WBS | Task | End
1 | A | 2026-03-02
1.1 | B | 2026-03-03
1.2 | C | 2026-03-04
1.1 | X | 2026-03-09`, keyOf, "a/x", []string{`doubt A5: "1.1" stands in A3 and in A5`, "if it was 1.10, write it as text"},
		},
		{
			"an unknown status is named once with its count, and neither open nor done", `
== Plan
Task | End | Status
A | 2026-03-02 | Done
B | 2026-03-03 | Frobnicated
X | 2026-03-09 | Frobnicated`, stateOf, "unknown", []string{`fault C3: "Frobnicated" is not a known status (2 rows)`},
		},
		{
			"the status word beats the percent", `
== Plan
Task | End | Status | % done
A | 2026-03-02 | Done | 100%
X | 2026-03-09 | In progress | 100%`, stateOf, "running", nil,
		},
		{
			"a status only on section rows tells nothing of the tasks", `
== Plan
WBS | Task | End | Status
1 | Design | 2026-03-06 | COMPLETED
'1.1 | A | 2026-03-02 |
'1.2 | X | 2026-03-09 |`, stateOf, "unknown", []string{"the state of the single tasks is not known, because only section rows have a status"},
		},
		{
			"a formula without a value asks for the workbook to be opened", `
== Plan
Task | Start | End
A | 2026-03-02 | 2026-03-06
X | 2026-03-02 | =`, unreadOf, "finish", []string{`fault C3: the formula has no computed value: open and save it once`},
		},
		{
			"an error of a formula is no date", `
== Plan
Task | Start | End
A | 2026-03-02 | 2026-03-06
X | 2026-03-02 | =#REF!`, unreadOf, "finish", []string{`fault C3: the formula gives #REF!`},
		},
		{
			"durations with their header's unit", `
== Plan
Task | Start | Duration (hours)
A | 2026-03-02 | 8
X | 2026-03-02 | 16`, durationOf, "{16 2 false}", nil,
		},
		{
			"a time of day is a duration in hours", `
== Plan
Task | Start | Duration
A | 2026-03-02 | t:0.25
X | 2026-03-02 | t:0.5`, durationOf, "{12 2 false}", nil,
		},
		{
			"planned, estimated and actual finish side by side", `
== Plan
Task | Estimated finish date | Planned finish date | Actual finish date
A | 2026-03-02 | 2026-03-03 | 2026-03-04
X | 2026-03-09 | 2026-03-10 | 2026-03-11`, finishOf, "2026-03-10", nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := read(t, tt.book)
			i := slices.IndexFunc(r.Plan.Tasks, func(task plan.Task) bool { return task.Name == "X" })
			if got := tt.want(r.Plan.Tasks[i]); got != tt.got {
				t.Errorf("got %q, want %q", got, tt.got)
			}
			all := strings.Join(told(r), "\n")
			for _, want := range tt.told {
				if want == "" && len(r.Plan.Faults) > 0 || !strings.Contains(all, want) {
					t.Errorf("got told\n%s\nwant %q", all, want)
				}
			}
		})
	}
}

func startOf(t plan.Task) string  { return t.Start.String() }
func finishOf(t plan.Task) string { return t.Finish.String() }
func keyOf(t plan.Task) string    { return t.Key }
func stateOf(t plan.Task) string  { return t.State.String() }

func percentOf(t plan.Task) string {
	if !t.Percent.Known {
		return ""
	}
	return fmt.Sprintf("%g", t.Percent.Value)
}

func durationOf(t plan.Task) string { return fmt.Sprint(t.Duration.Value) }

func unreadOf(t plan.Task) string {
	var all []string
	for _, f := range t.Unread {
		all = append(all, string(f))
	}
	return strings.Join(all, " ")
}

func linksOf(t plan.Task) string {
	var all []string
	for _, r := range t.Relations {
		all = append(all, fmt.Sprint(r.Task))
	}
	return strings.Join(all, " ")
}

// TestIdentityDoesNotHangOnTheRow: rows may be moved and filled between.
func TestIdentityDoesNotHangOnTheRow(t *testing.T) {
	keys := func(text string) []string {
		var all []string
		for _, task := range read(t, text).Plan.Tasks {
			all = append(all, task.Key)
		}
		return all
	}
	byID := keys("== P\nID | Task | End\nT1 | A | 2026-03-02\nT2 | B | 2026-03-03")
	if want := []string{"T1", "T2"}; !slices.Equal(byID, want) {
		t.Errorf("with ids: got %q, want %q", byID, want)
	}
	byName := keys("== P\nPhase | Task | End\nBuild | Code | 2026-03-02\nBuild | Test | 2026-03-03\nMove | Test | 2026-03-04\nMove | Test | 2026-03-05")
	if want := []string{"build/code", "build/test", "move/test", "move/test#2"}; !slices.Equal(byName, want) {
		t.Errorf("with names: got %q, want %q", byName, want)
	}
	computed := keys("== P\nNo | Task | End\n=1 | A | 2026-03-02\n=2 | B | 2026-03-03")
	if want := []string{"a", "b"}; !slices.Equal(computed, want) {
		t.Errorf("with computed row numbers: got %q, want %q", computed, want)
	}
}

func TestAProgressColumnOfWordsIsAStatusAndAStatusColumnOfSharesAPercent(t *testing.T) {
	r := read(t, "== P\nTask | End | Progress\nA | 2026-03-02 | Done\nB | 2026-03-03 | In progress")
	if got := r.Plan.Tasks[1].State; got != plan.Running {
		t.Errorf("words: got %v, want running", got)
	}
	r = read(t, "== P\nTask | End | Done?\nA | 2026-03-02 | Y\nB | 2026-03-03 | N")
	if got, want := r.Plan.Tasks[0].State, r.Plan.Tasks[1].State; got != plan.Done || want != plan.NotStarted {
		t.Errorf("ticks: got %v and %v, want done and not started", got, want)
	}
	r = read(t, "== P\nTask | End | Status (R/Y/G)\nA | 2026-03-02 | G\nB | 2026-03-03 | Y")
	if got := r.Plan.Tasks[1].State; got == plan.Done {
		t.Errorf("yellow: got %v, want not done", got)
	}
	r = read(t, "== P\nTask | End | Status\nA | 2026-03-02 | 100%\nB | 2026-03-03 | 40%")
	if got := percentOf(r.Plan.Tasks[1]); got != "0.4" {
		t.Errorf("shares: got %q, want 0.4", got)
	}
}
