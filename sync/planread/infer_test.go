package planread_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"steerco/rules/plan"
	"steerco/sync/planread"
)

// TestHeadersOfOtherTrades reads one row under headers as other trades, tools
// and languages write them.
func TestHeadersOfOtherTrades(t *testing.T) {
	tests := []struct {
		name, book string
		// want are fields and headers.
		want map[plan.Field]string
	}{
		{"planned and actual, and nothing else", `
== Timeline
Milestone | Planned | Actual | Responsible
Protocol final | 2026-01-16 | 2026-01-20 | Medical
First patient in | 2026-03-16 | | Clinical`, map[plan.Field]string{plan.Finish: "Planned", plan.ActualFinish: "Actual"}},
		{"roll-out of shops", `
== Rollout
Wave | Store | Region | Engineer | Install date | Go-live date | Status
1 | 1001 Leeds | North | Ann | 2026-03-02 | 2026-03-06 | Live
1 | 1002 York | North | Bob | 2026-03-09 | 2026-03-13 | Live
2 | 1003 Bath | South | Ann | 2026-03-16 | 2026-03-20 | Scheduled
2 | 1004 Kent | South | Bob | 2026-03-23 | 2026-03-27 | Scheduled`, map[plan.Field]string{plan.Name: "Store", plan.Finish: "Go-live date", plan.Owner: "Engineer"}},
		{"who is responsible by letters", `
== Plan
# | Task | RACI | | | | Start | End
 | | R | A | C | I
1 | Notify | HR | CHRO | Legal | Staff | 2026-03-02 | 2026-03-06
2 | Consult | HR | CHRO | Legal | Staff | 2026-03-09 | 2026-05-01`, map[plan.Field]string{plan.Owner: "R", plan.Name: "Task"}},
		{"numbers behind the words, as lists of a team's site export them", `
== query
Title | Status | Assigned0 | StartDate | DueDate
Define retention | Completed | Ann | 2026-01-05 | 2026-01-30
Tag libraries | In Progress | Bob | 2026-02-02 | 2026-02-27`, map[plan.Field]string{plan.Owner: "Assigned0"}},
		{"export of a tracker of issues", `
== Issues
Issue Type | Issue key | Summary | Assignee | Reporter | Status | Resolution | Created | Due date
Task | OMS-1 | Set up sandbox | Ann | Sam | Done | Done | 2026-01-05 | 2026-01-16
Story | OMS-2 | Order import | Ann | Sam | To Do | | 2026-01-05 | 2026-02-13`, map[plan.Field]string{plan.ID: "Issue key", plan.Name: "Summary", plan.Finish: "Due date"}},
		{"the column to which predecessors refer", `
== Programme
Element no | Description | Start | Finish | Pred.
A10 | Set up | 2026-03-02 | 2026-03-06 |
A20 | Piling | 2026-03-09 | 2026-03-27 | A10
A30 | Caps | 2026-03-30 | 2026-04-10 | A20`, map[plan.Field]string{plan.ID: "Element no", plan.Predecessors: "Pred."}},
		{"Japanese questions", `
== 一覧
やること | 誰が | いつまで | 状態
会場予約 | 山本 | 2026-04-03 | 済
機材手配 | 中村 | 2026-04-10 | 進行中`, map[plan.Field]string{plan.Owner: "誰が", plan.Finish: "いつまで"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := tasksOf(t, read(t, tt.book))
			for field, want := range tt.want {
				if got := headerOf(table, string(field)); got != want {
					t.Errorf("%s: got %q, want %q", field, got, want)
				}
			}
		})
	}
}

// TestTicksTellWhatIsDone has ticks under a tick: what has none isn't done, and
// that is told.
func TestTicksTellWhatIsDone(t *testing.T) {
	r := read(t, `
== Checklist
✓ | To do | Responsible person | Deadline
✓ | Book venue | Lia | 2026-01-16
 | Ask speakers | Mo | 2026-02-27
✓ | Fix date | Lia | 2026-01-09`)
	var got []string
	for _, task := range r.Plan.Tasks {
		got = append(got, task.State.String())
	}
	if want := []string{"done", "not started", "done"}; !slices.Equal(got, want) {
		t.Errorf("states: got %q, want %q", got, want)
	}
	if !isTold(r, "without a tick") {
		t.Errorf("guesses: got %v, want one about rows without a tick", r.Guesses)
	}
}

// TestOutlineColumnOfAnExport has an outline number under a header that some
// plans use for what a task waits for.
func TestOutlineColumnOfAnExport(t *testing.T) {
	table := tasksOf(t, read(t, `
== Projects
WBS # | Name/Title | Start Date | End Date | Dependency
1 | Brand | 2026-02-02 | 2026-02-27 |
1.1 | Logo | 2026-02-02 | 2026-02-13 |
1.2 | Sign | 2026-02-16 | 2026-02-27 | 1.1`))
	if got, want := fmt.Sprintf("%d, %d, %s", table.Rows, table.Parents, headerOf(table, "wbs")), "2, 1, WBS #"; got != want {
		t.Errorf("rows, parents, outline: got %s, want %s", got, want)
	}
}

// TestYesAndNoInPeoplesLanguages has marks on letters that the lists don't.
func TestYesAndNoInPeoplesLanguages(t *testing.T) {
	r := read(t, `
== Folha1
O que fazer | Quem faz | Até quando | Feito?
Comprar piso | Rui | 2026-02-13 | sim
Pintura | Bia | 2026-03-27 | não`)
	if got, want := fmt.Sprint(r.Plan.Tasks[0].State, ", ", r.Plan.Tasks[1].State), "done, not started"; got != want {
		t.Errorf("states: got %s, want %s", got, want)
	}
}

func isTold(r *planread.Reading, text string) bool {
	return slices.ContainsFunc(r.Guesses, func(g planread.Guess) bool { return strings.Contains(fmt.Sprint(g), text) })
}

// TestDatesThatNothingReadsAreTold has a column of dates under a strange header.
func TestDatesThatNothingReadsAreTold(t *testing.T) {
	r := read(t, `
== Plan
Task | Owner | Start | End | Vendor visit
Analyse | Kim | 2026-01-05 | 2026-01-23 | 2026-01-12
Build | Lou | 2026-01-26 | 2026-03-27 | 2026-02-12`)
	if !isTold(r, `"Vendor visit" is not read`) {
		t.Errorf("guesses: got %v, want one about the column \"Vendor visit\"", r.Guesses)
	}
	r = read(t, `
== Plan
Task | Owner | Start | End | Estimated finish date
Analyse | Kim | 2026-01-05 | 2026-01-23 | 2026-01-30
Build | Lou | 2026-01-26 | 2026-03-27 | 2026-04-12`)
	if !isTold(r, "another column is the finish") {
		t.Errorf("guesses: got %v, want one about the second finish", r.Guesses)
	}
}

// TestSumsAndSignaturesAreNoTasks has what people write under a table.
func TestSumsAndSignaturesAreNoTasks(t *testing.T) {
	r := read(t, `
== Tracker
Task | Lead | Start | End | Days
Choose sites | Ann | 2026-01-12 | 2026-01-16 | 5
Order kit | Bob | 2026-01-19 | 2026-02-06 | 15
Total for all sites | | | | 20
Average per task | | | | 10
Prepared by: Ann`)
	if got, want := tasksOf(t, r).Rows, 2; got != want {
		t.Errorf("rows: got %d, want %d", got, want)
	}
}

// TestWeekdaysThatAreMonthsToo has "mar", Tuesday in French and Spanish and
// March in both.
func TestWeekdaysThatAreMonthsToo(t *testing.T) {
	r := read(t, `
== Plan
Tâche | Début | Fin
Installer | Mer 04/02/26 08:00 | Mar 17/02/26 17:00
Régler | Lun 23/02/26 08:00 | 17 mar 2026`)
	got := fmt.Sprint(r.Plan.Tasks[0].Finish, r.Plan.Tasks[1].Finish)
	if want := "2026-02-17 2026-03-17"; got != want {
		t.Errorf("finishes: got %s, want %s", got, want)
	}
}

// TestOwnersInBrackets tells people from placeholders.
func TestOwnersInBrackets(t *testing.T) {
	r := read(t, `
== Plan
Task Name | Assignee | Due date
Write copy | [Ann] | 2026-01-16
Review copy | [Name] | 2026-01-23`)
	if got, want := r.Plan.Tasks[0].Owner+","+r.Plan.Tasks[1].Owner, "Ann,"; got != want {
		t.Errorf("owners: got %q, want %q", got, want)
	}
}

// TestLevelsInColumns carries all columns of levels down.
func TestLevelsInColumns(t *testing.T) {
	r := read(t, `
== WBS
Level 1 | Level 2 | Level 3 | Owner | Start | Finish
OMS | | | | |
 | Analysis | | | |
 | | Interview users | Ann | 2026-01-05 | 2026-01-30
 | | Write spec | Ann | 2026-02-02 | 2026-02-20
 | Build | | | |
 | | Code | Bob | 2026-02-23 | 2026-04-17`)
	last := r.Plan.Tasks[len(r.Plan.Tasks)-1]
	if got, want := last.Name+" in "+last.Section, "Code in OMS / Build"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestDatesUnderStrangeHeaders takes columns of dates for finish and start
// where the table has none, and tells it.
func TestDatesUnderStrangeHeaders(t *testing.T) {
	tests := []struct{ name, book, start, finish string }{
		{"two columns", `
== Plan
Task | Owner | Powerup | Powerdown
Analyse | Kim | 2026-01-05 | 2026-01-23
Build | Lou | 2026-01-26 | 2026-03-27`, "Powerup", "Powerdown"},
		{"a start that is known", `
== Plan
Task | Owner | Start | Powerdown
Analyse | Kim | 2026-01-05 | 2026-01-23
Build | Lou | 2026-01-26 | 2026-03-27`, "Start", "Powerdown"},
		{"dates before the start are no finish", `
== Plan
Task | Owner | Start | Requestday
Analyse | Kim | 2026-01-05 | 2026-01-02
Build | Lou | 2026-01-26 | 2026-01-12`, "Start", ""},
		{"later dates left of the finish are no start", `
== Plan
Task | Owner | Reviewday | Finish
Analyse | Kim | 2026-02-05 | 2026-01-23
Build | Lou | 2026-04-26 | 2026-03-27`, "", "Finish"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := read(t, tt.book)
			table := tasksOf(t, r)
			if got := headerOf(table, "start"); got != tt.start {
				t.Errorf("start: got %q, want %q", got, tt.start)
			}
			if got := headerOf(table, "finish"); got != tt.finish {
				t.Errorf("finish: got %q, want %q", got, tt.finish)
			}
			for _, taken := range []string{tt.start, tt.finish} {
				if strings.HasPrefix(taken, "Power") && !isTold(r, taken) {
					t.Errorf("guesses: got %v, want one about %q", r.Guesses, taken)
				}
			}
		})
	}
}

// TestItemsWithNamesAreNoIDs has names under a header that may stand over ids.
func TestItemsWithNamesAreNoIDs(t *testing.T) {
	table := tasksOf(t, read(t, `
== Schedule
Item | Department head | Begins | Ends
Lock script | Writer | 2026-02-02 | 2026-02-27
Shoot block | Director | 2026-03-02 | 2026-04-10
Deliver master | Producer | 2026-09-30 | 2026-09-30`))
	if got, want := headerOf(table, "name")+", "+headerOf(table, "owner"), "Item, Department head"; got != want {
		t.Errorf("name and owner: got %q, want %q", got, want)
	}
}
