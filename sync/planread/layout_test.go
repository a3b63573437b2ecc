package planread_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules/plan"
	"steerco/sync/planread"
	"steerco/sync/workbook"
)

// outline writes the rows of a plan, a summary with a "+" before it and each
// row below its section.
func outline(r *planread.Reading) string {
	var b strings.Builder
	for i := range r.Plan.Tasks {
		task := &r.Plan.Tasks[i]
		sign := "-"
		if task.Summary {
			sign = "+"
		}
		fmt.Fprintf(&b, "%s %s", sign, task.Name)
		if task.Section != "" {
			fmt.Fprintf(&b, " (%s)", task.Section)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestLayouts reads plans as teams lay them out: which rows are tasks, which
// are summaries, and to what they belong.
func TestLayouts(t *testing.T) {
	tests := []struct{ name, book, want string }{
		{"title and form rows above the header", `
== Plan
Roll-out of the order system

Project manager: | Ann
Start Date | 2026-01-05

Task | Owner | Start | End
Design | Ann | 2026-03-02 | 2026-03-06
Build | Ben | 2026-03-09 | 2026-03-13`, `
- Design
- Build`},
		{"section rows hold a name and nothing else", `
== Plan
Task | Owner | Start | End
Design
Concept | Ann | 2026-03-02 | 2026-03-06
Review | Ben | 2026-03-09 | 2026-03-13
Build
Code | Ben | 2026-03-16 | 2026-03-20
Test | Ann | 2026-03-23 | 2026-03-27`, `
+ Design
- Concept (Design)
- Review (Design)
+ Build
- Code (Build)
- Test (Build)`},
		{"bold rows with rolled-up dates are sections", `
== Plan
Task | Owner | Start | End
*Design |  | 2026-03-02 | 2026-03-13
Concept | Ann | 2026-03-02 | 2026-03-06
Review | Ben | 2026-03-09 | 2026-03-13
*Build |  | 2026-03-16 | 2026-03-27
Code | Ben | 2026-03-16 | 2026-03-20
Test | Ann | 2026-03-23 | 2026-03-27`, `
+ Design
- Concept (Design)
- Review (Design)
+ Build
- Code (Build)
- Test (Build)`},
		{"bold milestones are no sections", `
== Plan
Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06
*Concept accepted | Ben | 2026-03-09 | 2026-03-09
Code | Ben | 2026-03-16 | 2026-03-20
Test | Ann | 2026-03-23 | 2026-03-27`, `
- Concept
- Concept accepted
- Code
- Test`},
		{"tasks without any data are no sections where many have none", `
== Plan
Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06
Review
Code
Test
Train
Move
Support | Ben |  |`, `
- Concept
- Review
- Code
- Test
- Train
- Move
- Support`},
		{"outline numbers make the hierarchy", `
== Plan
WBS | Task | Start | End
1 | Design | 2026-03-02 | 2026-03-13
1.1 | Concept | 2026-03-02 | 2026-03-06
1.2 | Review | 2026-03-09 | 2026-03-13
2 | Build | 2026-03-16 | 2026-03-27
'2.1 | Code | 2026-03-16 | 2026-03-20`, `
+ Design
- Concept (Design)
- Review (Design)
+ Build
- Code (Build)`},
		{"outline numbers make the hierarchy in any order of the rows", `
== Plan
WBS | Task | Start | End
'2.1 | Code | 2026-03-16 | 2026-03-20
'1.1 | Concept | 2026-03-02 | 2026-03-06
1 | Design | 2026-03-02 | 2026-03-13
2 | Build | 2026-03-16 | 2026-03-27
'1.2 | Review | 2026-03-09 | 2026-03-13`, `
- Code (Build)
- Concept (Design)
+ Design
+ Build
- Review (Design)`},
		{"1.0 is the section of 1.1", `
== Plan
ID | Task | Start | End
'1.0 | Design | 2026-03-02 | 2026-03-13
'1.1 | Concept | 2026-03-02 | 2026-03-06
'2.0 | Build | 2026-03-16 | 2026-03-27
'2.1 | Code | 2026-03-16 | 2026-03-20`, `
+ Design
- Concept (Design)
+ Build
- Code (Build)`},
		{"blanks before the name indent it", `
== Plan
Task | Start | End
Design | 2026-03-02 | 2026-03-13
_Concept | 2026-03-02 | 2026-03-06
_Review | 2026-03-09 | 2026-03-13
Build | 2026-03-16 | 2026-03-27
_Code | 2026-03-16 | 2026-03-20`, `
+ Design
- Concept (Design)
- Review (Design)
+ Build
- Code (Build)`},
		{"the cell's format indents the name", `
== Plan
Task | Start | End
Design | 2026-03-02 | 2026-03-13
>Concept | 2026-03-02 | 2026-03-06
Build | 2026-03-16 | 2026-03-27
>Code | 2026-03-16 | 2026-03-20`, `
+ Design
- Concept (Design)
+ Build
- Code (Build)`},
		{"a level column makes the hierarchy", `
== Plan
Level | Task | Start | End
1 | Design | 2026-03-02 | 2026-03-13
2 | Concept | 2026-03-02 | 2026-03-06
1 | Build | 2026-03-16 | 2026-03-27
2 | Code | 2026-03-16 | 2026-03-20
3 | Unit tests | 2026-03-16 | 2026-03-20`, `
+ Design
- Concept (Design)
+ Build
+ Code (Build)
- Unit tests (Build / Code)`},
		{"a parent column makes the hierarchy, wherever the parent stands", `
== Plan
ID | Task | Parent | Start | End
2 | Concept | 1 | 2026-03-02 | 2026-03-06
3 | Review | 1 | 2026-03-09 | 2026-03-13
1 | Design |  | 2026-03-02 | 2026-03-13`, `
- Concept (Design)
- Review (Design)
+ Design`},
		{"parents in a circle make no hierarchy that never ends", `
== Plan
ID | Task | Parent | Start | End
1 | Concept | 2 | 2026-03-02 | 2026-03-06
2 | Review | 1 | 2026-03-09 | 2026-03-13`, `
- Concept (Review)
+ Review`},
		{"names over several columns: the column is the level", `
== Plan
No | Task |  |  | Start | End
1 | Design |  |  | 2026-03-02 | 2026-03-13
2 |  | Concept |  | 2026-03-02 | 2026-03-06
3 | Build |  |  | 2026-03-16 | 2026-03-27
4 |  | Code |  | 2026-03-16 | 2026-03-20`, `
+ Design
- Concept (Design)
+ Build
- Code (Build)`},
		{"a phase column is carried down", `
== Plan
Phase | Task | Start | End
Design | Concept | 2026-03-02 | 2026-03-06
 | Review | 2026-03-09 | 2026-03-13
Build | Code | 2026-03-16 | 2026-03-20
 | Test | 2026-03-23 | 2026-03-27`, `
- Concept (Design)
- Review (Design)
- Code (Build)
- Test (Build)`},
		{"titles in the column left of the name are carried down, not counted", `
== Plan
Stage | Task | Start | End
Design
 | Concept | 2026-03-02 | 2026-03-06
 | Review | 2026-03-09 | 2026-03-13
Build
 | Code | 2026-03-16 | 2026-03-20`, `
- Concept (Design)
- Review (Design)
- Code (Build)`},
		{"titles in the id column are carried down too", `
== Plan
ID | Task | Start | End
Phase 1: Design
T1 | Concept | 2026-03-02 | 2026-03-06
T2 | Review | 2026-03-09 | 2026-03-13
Phase 2: Build
T3 | Code | 2026-03-16 | 2026-03-20`, `
- Concept (Phase 1: Design)
- Review (Phase 1: Design)
- Code (Phase 2: Build)`},
		{"rows with only a number are skipped", `
== Plan
No | Task | Start | End
1 | Concept | 2026-03-02 | 2026-03-06
2 | Review | 2026-03-09 | 2026-03-13
3 |  |  | -
4`, `
- Concept
- Review`},
		{"footers and totals are skipped", `
== Plan
Task | Start | End | Days
Concept | 2026-03-02 | 2026-03-06 | 5
Review | 2026-03-09 | 2026-03-13 | 5
Total |  |  | 10
To add more data, Insert new rows ABOVE this one`, `
- Concept
- Review`},
		{"a legend below the table is skipped", `
== Plan
Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06
Review | Ben | 2026-03-09 | 2026-03-13

Green: on time
Red: late`, `
- Concept
- Review`},
		{"rows below a template title are skipped", `
== Plan
Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06
Review | Ben | 2026-03-09 | 2026-03-13
TEMPLATE ROWS
Your task | Owner | 2026-03-09 | 2026-03-13`, `
- Concept
- Review`},
		{"a help row under the header is skipped", `
== Plan
Task | Owner | Start | End | Status
What is to be done | Who does it | dd/mm/yyyy | dd/mm/yyyy | Open/Closed
Concept | Ann | 2026-03-02 | 2026-03-06 | Open
Review | Ben | 2026-03-09 | 2026-03-13 | Open`, `
- Concept
- Review`},
		{"blank rows between tasks end nothing", `
== Plan
Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06


Review | Ben | 2026-03-09 | 2026-03-13`, `
- Concept
- Review`},
		{"tables of one kind under each other are one", `
== To-do
Project 1
Task | Owner | Due
Concept | Ann | 2026-03-02
Review | Ben | 2026-03-09

Project 2
Task | Owner | Due
Code | Ann | 2026-03-16`, `
- Concept (Project 1)
- Review (Project 1)
- Code (Project 2)`},
		{"a grid of days beside the table is no data", `
== Gantt
Task | Start | End | 1 | 2 | 3 | 4 | 5 | 6
 |  |  | Mo | Tu | We | Th | Fr | Sa
Concept | 2026-03-02 | 2026-03-06 | x | x | x
Review | 2026-03-09 | 2026-03-13 |  |  | x`, `
- Concept
- Review`},
		{"a column of texts without a header is the name", `
== Plan
 | Owner | Start | End
Write the concept | Ann | 2026-03-02 | 2026-03-06
Review the concept | Ben | 2026-03-09 | 2026-03-13
Write the code | Ben | 2026-03-16 | 2026-03-20`, `
- Write the concept
- Review the concept
- Write the code`},
		{"instructions in the first column are no titles", `
== Plan
Headings are in cells B1 to D1 | Task | Start | End
Enter the first task in cell B2 | Concept | 2026-03-02 | 2026-03-06
This is an empty row
Enter the next task | Review | 2026-03-09 | 2026-03-13`, `
- Concept
- Review`},
		{"outline numbers under the header of the name", `
== Plan
Task |  | Start | End
1 | Design | 2026-03-02 | 2026-03-13
'1.1 | Concept | 2026-03-02 | 2026-03-06
'1.2 | Review | 2026-03-09 | 2026-03-13`, `
+ Design
- Concept (Design)
- Review (Design)`},
		{"tasks over sub-tasks in a column of their own", `
== Plan
Task | Sub-task | Start | End
Design | Concept | 2026-03-02 | 2026-03-06
 | Review | 2026-03-09 | 2026-03-13
 | Approve | 2026-03-14 | 2026-03-15
Build | Code | 2026-03-16 | 2026-03-20
 | Test | 2026-03-23 | 2026-03-27
 | Fix | 2026-03-23 | 2026-03-27`, `
- Concept (Design)
- Review (Design)
- Approve (Design)
- Code (Build)
- Test (Build)
- Fix (Build)`},
		{"levels in columns, each with its dates", `
== WBS
大項目 | 中項目 | 小項目 | 担当 | 開始日 | 終了日
設計 |  |  | 田中 | 2026-03-02 | 2026-03-13
 | 画面 |  | 田中 | 2026-03-02 | 2026-03-06
 |  | 一覧画面 | 佐藤 | 2026-03-02 | 2026-03-03
 |  | 詳細画面 | 佐藤 | 2026-03-04 | 2026-03-06
 | 帳票 |  | 鈴木 | 2026-03-09 | 2026-03-13`, `
+ 設計
+ 画面 (設計)
- 一覧画面 (設計 / 画面)
- 詳細画面 (設計 / 画面)
- 帳票 (設計)`},
		{"a plan with the people's addresses is a plan", `
== Plan
Task | Owner | Email | Phone | Start | End
Concept | Ann | a@example.com | 1 | 2026-03-02 | 2026-03-06
Review | Ben | b@example.com | 2 | 2026-03-09 | 2026-03-13`, `
- Concept
- Review`},
		{"another table below is not part of the plan", `
== Plan
Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06
Review | Ben | 2026-03-09 | 2026-03-13

Risk | Probability | Impact | Mitigation
Vendor is late | High | High | Ask weekly`, `
- Concept
- Review`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := outline(read(t, tt.book))
			if diff := cmp.Diff(strings.TrimLeft(tt.want, "\n")+"\n", got); diff != "" {
				t.Errorf("tasks (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWorkbooksWithoutAPlan are refused with the place, the reason and the mend.
func TestWorkbooksWithoutAPlan(t *testing.T) {
	plain := `
Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06
Review | Ben | 2026-03-09 | 2026-03-13`
	tests := []struct{ name, book, want string }{
		{"a header without tasks", "== Plan\nTask | Owner | Start | End\n== Holidays\nDate | Holiday\n2026-04-03 | Good Friday", "there is a header of tasks, but no task below it: enter the first tasks"},
		{"a risk log that is called a plan", `
== Project Plan
ID | Risk | Probability | Impact | Owner | Status | Mitigation | Due Date
1 | Vendor is late | High | High | Ann | Open | Ask weekly | 2026-03-02`, "looks like a table of risks"},
		{"an issue log", `
== Log
ID | Issue | Raised by | Date raised | Severity | Status | Resolution
1 | No stock shown | Ann | 2026-03-02 | High | Open |`, "looks like a table of risks"},
		{"a template that nobody filled in", `
== Plan
Task | Owner | Start | End
Task 1 | Name | 2026-03-02 | 2026-03-06
Task 2 | Name | 2026-03-09 | 2026-03-13
Task 3 | Name | 2026-03-09 | 2026-03-13`, "only the names of a template"},
		{"two plans that can't be told apart", "== North" + plain + "\n== South" + plain, `sheets "North" and "South" could each be the plan: say which one it is in the configuration: tables: {tasks: {sheet: "North"}}`},
		{"a list of people", `
== Team
Employee Name | Position | Email | Start Date | Status
Ann | Lead | a@example.com | 2026-03-02 | Active`, "no table of tasks was found"},
		{"test cases", `
== Tests
Test Case ID | Test Case | Steps | Expected Result | Tester | Status
1 | Log in | Open, type | Page | Ann | Done`, "no table of tasks was found"},
		{"names and owners alone", `
== Bars
Task | Owner | Jan | Feb | Mar | Apr | May
Concept | Ann | x | x
Review | Ben |  | x`, "no table of tasks was found"},
		{"a list of choices", `
== Lists
Status | Owner
Open | Ann
Done | Ben`, "no table of tasks was found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := planread.Read(book(t, tt.book), planread.Options{})
			var place *workbook.Error
			switch {
			case err == nil:
				t.Fatalf("got a plan:\n%s", outline(r))
			case !errors.As(err, &place) || place.Workbook != "plan.xlsx":
				t.Errorf("got %v, want an error with the workbook", err)
			case !strings.Contains(err.Error(), tt.want):
				t.Errorf("got %v, want %q in it", err, tt.want)
			case !strings.Contains(place.Fix, "tables: {tasks: {sheet:"):
				t.Errorf("got the mend %q, want what to put into the configuration", place.Fix)
			}
		})
	}
}

// TestEmptyWorkbook: there is nothing that a configuration could name.
func TestEmptyWorkbook(t *testing.T) {
	const want = `plan.xlsx: nothing is in it: type or paste the plan, or begin with the tables of "steerco init"`
	if _, err := planread.Read(book(t, "== Sheet1\n== Sheet2"), planread.Options{}); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestSheetsBesideThePlan are told apart from it.
func TestSheetsBesideThePlan(t *testing.T) {
	tests := []struct{ name, book, sheet string }{
		{"an untouched template", `
== Template
Task | Owner | Start | End | Status | % done | Predecessors
Task 1 | Name | 2026-03-02 | 2026-03-06 | Open | 0% |
Task 2 | Name | 2026-03-09 | 2026-03-13 | Open | 0% | 1
== Ours
Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06
Review | Ben | 2026-03-09 | 2026-03-13`, "Ours"},
		{"a report by formulas on the plan", `
== Report
Task | Owner | Start | End | Status | % done
=Concept | =Ann | =2026-03-02 | =2026-03-06 | =Open | =0%
=Review | =Ben | =2026-03-09 | =2026-03-13 | =Open | =0%
== Data
Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06
Review | Ben | 2026-03-09 | 2026-03-13`, "Data"},
		{"a hidden sheet", `
== Old (hidden)
Task | Owner | Start | End | Status | % done
Concept | Ann | 2026-03-02 | 2026-03-06 | Open | 0%
== Current
Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06`, "Current"},
		{"a shorter list of tasks", `
== Actions
Action | Owner | Due
Call the vendor | Ann | 2026-03-02
== Schedule
ID | Task | Owner | Start | End | % done | Predecessors
1 | Concept | Ann | 2026-03-02 | 2026-03-06 | 50% |
2 | Review | Ben | 2026-03-09 | 2026-03-13 | 0% | 1
3 | Code | Ben | 2026-03-16 | 2026-03-20 | 0% | 2`, "Schedule"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := read(t, tt.book)
			if got := tasksOf(t, r).Sheet; got != tt.sheet {
				t.Errorf("got sheet %q, want %q", got, tt.sheet)
			}
		})
	}
}

// TestConfigurationPinsSheetAndColumns reads what nothing else would find.
func TestConfigurationPinsSheetAndColumns(t *testing.T) {
	text := `
== A
Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06
== B
Was das ist | Bis dann | Xyz
Entwurf | 2026-03-02 | Ann
Bau | 2026-03-09 | Ben`
	pin := planread.Pin{Sheet: "B", Columns: map[plan.Field]string{plan.Name: "Was das ist", plan.Finish: "Bis dann", plan.Owner: "Xyz"}}
	r := readWith(t, text, planread.Options{Tables: map[plan.Table]planread.Pin{plan.Tasks: pin}})
	got := r.Plan.Tasks[1]
	if got.Name != "Bau" || got.Finish.String() != "2026-03-09" || got.Owner != "Ben" {
		t.Errorf("got %+v, want Bau, 2026-03-09, Ben", got)
	}
	pin.Columns[plan.Finish] = "Ende"
	_, err := planread.Read(book(t, text), planread.Options{Tables: map[plan.Table]planread.Pin{plan.Tasks: pin}})
	if err == nil || !strings.Contains(err.Error(), `no row holds the headers "Ende"`) {
		t.Errorf("got %v, want that no row holds the header", err)
	}
	_, err = planread.Read(book(t, text), planread.Options{Tables: map[plan.Table]planread.Pin{plan.Tasks: {Sheet: "C"}}})
	if err == nil || !strings.Contains(err.Error(), `there is no sheet "C"`) {
		t.Errorf("got %v, want that there is no such sheet", err)
	}
}
