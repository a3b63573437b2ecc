package planread_test

import (
	"strings"
	"testing"

	"steerco/sync/planread"
)

// TestListsThatAreNoPlansAreRefused has the lists that stand beside plans, each
// alone in its workbook: names, people, days and states make no plan of them.
func TestListsThatAreNoPlansAreRefused(t *testing.T) {
	tests := []struct{ name, book string }{
		{"budget under its title", `
== Budget
Project budget 2026
Item | Category | Budget | Actual | Variance | Owner | Status
Licences | Software | 120000 | 118000 | 2000 | CFO | Approved
Consultants | Services | 300000 | 120000 | 180000 | PM | Open
Travel | Travel | 12000 | 3000 | 9000 | PM | Open`},
		{"contacts", `
== Contacts
Name | Company | Role | Phone | Email | Status
Ann Able | Acme | Buyer | 555-0100 | ann@example.com | Active
Bob Baker | Beta | IT | 555-0101 | bob@example.com | Active
Cy Carter | Gamma | CFO | 555-0102 | cy@example.com | Left`},
		{"staff with the days on which they came and left", `
== Staff
Name | Position | Start Date | End Date | Manager | Status
Ann Able | Buyer | 2020-01-05 | | Zed | Active
Bob Baker | IT | 2019-03-01 | 2025-12-31 | Zed | Left
Ed Eng | Clerk | 2023-09-01 | 2026-06-30 | Ann | Leaving`},
		{"leave", `
== Leave tracker
Employee | Leave type | Start date | End date | Days | Approved by | Status
Ann Able | Annual | 2026-07-01 | 2026-07-14 | 10 | Zed | Approved
Bob Baker | Sick | 2026-02-02 | 2026-02-03 | 2 | Zed | Approved`},
		{"time sheet", `
== Timesheet
Date | Employee | Project | Task | Start | End | Hours
2026-02-02 | Ann | OMS | Meeting | t:0.375 | t:0.5 | 3
2026-02-02 | Ann | OMS | Testing | t:0.54 | t:0.71 | 4
2026-02-03 | Bob | OMS | Coding | t:0.375 | t:0.71 | 8`},
		{"contracts", `
== Contracts
Contract No | Supplier | Subject | Start date | End date | Value | Currency | Notice period | Status
C-1 | Acme | Licences | 2024-01-01 | 2026-12-31 | 360000 | EUR | 3 months | Active
C-2 | Beta | Services | 2025-06-01 | 2026-05-31 | 240000 | EUR | 1 month | Active`},
		{"test cases", `
== Test cases
Test ID | Test Case | Precondition | Steps | Expected Result | Status | Tester | Executed on
TC-01 | Create order | Logged in | Click new | Order saved | Pass | Ann | 2026-02-02
TC-02 | Cancel order | Order exists | Click cancel | Cancelled | Fail | Ann | 2026-02-02`},
		{"books that were lent", `
== Library
Title | Author | ISBN | Borrowed by | Borrowed on | Due date | Status
Peopleware | DeMarco | 111 | Ann | 2026-01-05 | 2026-02-05 | Out
The Goal | Goldratt | 222 | Bob | 2026-01-12 | 2026-02-12 | Out`},
		{"prices", `
== Prices
Item | Description | Unit | Price | Valid from | Valid until
1001 | Scanner | pc | 350 | 2026-01-01 | 2026-12-31
1002 | Charger | pc | 35 | 2026-01-01 | 2026-12-31`},
		{"rooms that were booked", `
== Rooms
Room | Booked by | From | To | Purpose | Persons
101 | Ann | 2026-02-02 | 2026-02-02 | Interview | 3
102 | Bob | 2026-02-02 | 2026-02-02 | Workshop | 12`},
		{"tickets", `
== Tickets
Ticket | Opened | Opened by | Short description | Category | Impact | Assignment group | State | Resolved
INC1 | 2026-01-05 | Ann | Printer jam | Hardware | Low | Desk | Closed | 2026-01-06
INC2 | 2026-01-06 | Bob | No mail | Software | High | Desk | Closed | 2026-01-06`},
		{"students", `
== Class
Student ID | Student name | Course | Enrolment date | Completion date | Grade | Status
1 | Ann | Excel | 2026-01-05 | 2026-02-05 | A | Completed
2 | Bob | Excel | 2026-01-05 | | | In progress`},
		{"bars without dates", `
== Gantt
Task | Owner | Jan | Feb | Mar | Apr | May | Jun | Jul
Dig | A | x | x
Pour | A | | x | x
Roof | C | | | | | x | x`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := planread.Read(book(t, tt.book), planread.Options{})
			if err == nil {
				t.Fatalf("read %d tasks, want a refusal; first %q", len(r.Plan.Tasks), r.Plan.Tasks[0].Name)
			}
			if got, want := err.Error(), "no table of tasks"; !strings.Contains(got, want) {
				t.Errorf("got %q, want it to say %q", got, want)
			}
		})
	}
}

// TestListsBesideThePlanDontCompete holds that longer lists beside the plan
// neither win nor tie with it.
func TestListsBesideThePlanDontCompete(t *testing.T) {
	r := read(t, `
== Plan
Task | Owner | Due | Status
Analyse | Kim | 2026-01-23 | Done
Build | Lou | 2026-03-27 | Not started
Go live | Kim | 2026-04-20 | Not started
== Team availability
Name | Role | Start date | End date | Days per week | Status
Kim | PM | 2026-01-01 | 2026-12-31 | 5 | Confirmed
Lou | Dev | 2026-01-01 | 2026-06-30 | 4 | Confirmed
Mo | Dev | 2026-02-01 | 2026-06-30 | 5 | Confirmed
Ned | Test | 2026-03-01 | 2026-05-31 | 3 | Planned
Ola | Train | 2026-03-01 | 2026-05-31 | 2 | Planned`)
	if got, want := tasksOf(t, r).Sheet, "Plan"; got != want {
		t.Errorf("sheet: got %q, want %q", got, want)
	}
}

// TestNamesAreTakenFromTheColumnThatTellsRowsApart has grouping columns whose
// headers are as good as that of the name.
func TestNamesAreTakenFromTheColumnThatTellsRowsApart(t *testing.T) {
	tests := []struct{ name, book, header, first string }{
		{"workstreams before deliverables", `
== Roadmap
Workstream | WBS | Deliverable / Task | Role responsible | Planned start | Planned finish
PMO | 1.1 | Kick-off | PM | 2026-01-12 | 2026-01-12
Basis | 1.2 | Provision systems | Lead | 2026-01-19 | 2026-02-27
PMO | 1.3 | Charter | PM | 2026-02-02 | 2026-02-06
Basis | 1.4 | Connect | Lead | 2026-03-02 | 2026-03-06
PMO | 1.5 | Close | PM | 2026-03-09 | 2026-03-13`, "Deliverable / Task", "Kick-off"},
		{"objectives before key actions", `
== Delivery plan
Objective | Key action | Lead officer | Completion by | BRAG
1. Greener town | Consult residents | J. Moss | 2026-03-31 | Complete
1. Greener town | Appoint contractor | J. Moss | 2026-05-29 | In progress
2. Safer streets | Fit lights | P. Khan | 2026-07-31 | Not started
2. Safer streets | Open park | P. Khan | 2026-09-30 | Not started`, "Key action", "Consult residents"},
		{"categories before what is checked", `
== 체크리스트
순번 | 구분 | 점검 항목 | 담당 | 완료 예정일
1 | 인프라 | DB 백업 | 최수빈 | 2026-05-01
2 | 인프라 | 방화벽 정책 | 최수빈 | 2026-05-01
3 | 업무 | 사용자 교육 | 정하늘 | 2026-05-02
4 | 인프라 | 모니터링 설정 | 최수빈 | 2026-05-03`, "점검 항목", "DB 백업"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := tasksOf(t, read(t, tt.book))
			if got := headerOf(table, "name"); got != tt.header {
				t.Errorf("name column: got %q, want %q", got, tt.header)
			}
			if got := table.First; got != tt.first {
				t.Errorf("first: got %q, want %q", got, tt.first)
			}
		})
	}
}

// headerOf returns the header of a field's first column.
func headerOf(table planread.Table, field string) string {
	for _, c := range table.Columns {
		if string(c.Field) == field {
			return c.Header
		}
	}
	return ""
}

// TestHeaderUnderAYearIsRead has a year over the months of a grid, in the first
// of two header rows.
func TestHeaderUnderAYearIsRead(t *testing.T) {
	table := tasksOf(t, read(t, `
== Plan
Operational plan
No | Activities | Responsible | Timeline | | 2026
 | | | From | To | Jan | Feb | Mar | Apr | May | Jun | Jul
1 | Recruit | HR | 2026-01-15 | 2026-02-28 | x | x
2 | Rent office | Admin | 2026-02-01 | 2026-03-15 | | x | x
3 | Buy cars | Admin | 2026-03-01 | 2026-04-30 | | | x | x`))
	if got, want := headerOf(table, "name")+", "+headerOf(table, "owner"), "Activities, Responsible"; got != want {
		t.Errorf("columns: got %q, want %q", got, want)
	}
}
