package templates_test

import (
	"fmt"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/templates/report"
)

// today is a Tuesday.
var today = calendar.New(2026, 12, 1)

// sample is a small project with something in every data set.
func sample() report.Input {
	p := &plan.Plan{
		Name: "OMS roll-out", GoLive: 5,
		Tables: []plan.TableColumns{
			{Table: plan.Tasks, Fields: []plan.Field{plan.ID, plan.Name, plan.Finish, plan.Status, plan.Owner, plan.Area}},
			{Table: plan.Gaps, Fields: []plan.Field{plan.ID, plan.Requirement, plan.Decision, plan.DecideBy}},
		},
		Tasks: []plan.Task{
			sampleTask(1, "Price interface", "Pricing", plan.Running, today-8),
			sampleTask(2, "Refund screens", "Returns", plan.NotStarted, today+10, 0),
			sampleTask(3, "Returns accepted", "Returns", plan.NotStarted, today+20, 1),
			sampleTask(4, "Carrier labels", "Fulfilment", plan.Done, today-20),
			sampleTask(5, "Load customers", "Data", plan.Unknown, 0),
			sampleTask(6, "Go-live", "Project management", plan.NotStarted, today+76, 1, 2),
		},
		Gaps: []plan.Gap{
			{
				Row: 11, Key: "G-01", ID: "G-01", Area: "Returns", Requirement: "Refund to a gift card", Fit: "gap",
				Options: "modify (12 d, 18 k) or refund by voucher", Recommendation: "Refund by voucher",
				GoLiveBlocker: plan.Known(true), DecideBy: today - 7, Owner: "Returns lead", TaskIndexes: []int{1},
			},
			{Row: 12, Key: "G-02", ID: "G-02", Area: "Pricing", Requirement: "Two promotions on one line", DecideBy: today + 7},
			{Row: 13, Key: "G-03", ID: "G-03", Area: "Tax", Requirement: "Exemption by address", Decision: plan.Configure},
		},
		Settings: plan.Settings{Target: calendar.New(2027, 2, 15), Backup: calendar.New(2027, 4, 12), NextMeeting: today + 14},
	}
	p.Tasks[2].Milestone, p.Tasks[2].BaselineFinish = true, today+13
	return report.Input{
		Plan: p, Findings: sampleFindings(), Today: today, AsOf: today - 1, Workbook: "oms.xlsx", Version: "1.0",
		Rules:   []rules.Rule{{Name: "no-owner", Doc: "Task without an owner"}, {Name: "slip", Doc: "Planned finish after the target"}},
		Read:    []report.TableRead{{Kind: plan.Tasks, Sheet: "Plan", Rows: 6}, {Kind: plan.Gaps, Sheet: "Gaps", Rows: 3}},
		Skipped: []report.Skipped{{Sheet: "Old plan", Because: "the sheet is hidden"}},
	}
}

func sampleTask(row int, name, area string, state plan.State, finish calendar.Date, after ...int) plan.Task {
	t := plan.Task{
		Row: plan.Row(row), Key: name, ID: fmt.Sprintf("T-%d", row), Name: name, Area: area, Parent: -1,
		State: state, Finish: finish, Owner: area + " lead",
	}
	for _, i := range after {
		t.Relations = append(t.Relations, plan.Relation{Task: i})
	}
	return t
}

func sampleFindings() []rules.Finding {
	all := []rules.Finding{
		{
			ID: "a1", Rule: "gap-undecided", Severity: rules.Critical, At: plan.Row(11).Ref(plan.Decision), Table: plan.Gaps, Key: "G-01",
			RowID: "G-01", Subject: "Refund to a gift card", Area: "Returns", Owner: "Returns lead", Due: today - 7, DaysLate: 5,
			Text: "undecided for 5 working days (due 2026-11-24)", Advice: "decide, or bring it to the committee of 2026-12-15",
		},
		{
			ID: "a2", Rule: "slip", Severity: rules.Critical, At: plan.Row(6).Ref(plan.Finish), Table: plan.Tasks, Key: "T-6",
			RowID: "T-6", Subject: "Go-live", Area: "Project management", Due: today + 76, Effect: rules.Effect{Days: 1, Known: true},
			Text: "planned finish 2027-02-15 is too late", Advice: "move it, or move the target",
		},
		{
			ID: "a3", Rule: "overdue", Severity: rules.Warning, At: plan.Row(1).Ref(plan.Finish), Table: plan.Tasks, Key: "T-1",
			RowID: "T-1", Subject: "Price interface", Area: "Pricing", Owner: "Pricing lead", Due: today - 8, DaysLate: 6,
			Text: "6 working days late (due 2026-11-23)", Advice: "ask Pricing lead what is left",
		},
		{ID: "a4", Rule: "no-baseline", Key: "baseline", Subject: "baseline", Text: "the plan has no baseline", Advice: "add a baseline column"},
		{ID: "a5", Rule: "slipped", Key: "baseline", Subject: "baseline", Text: "the plan has no baseline", Advice: "add a baseline column"},
	}
	for i := range 11 {
		all = append(all, rules.Finding{
			ID: fmt.Sprintf("b%d", i), Rule: "no-owner", Severity: rules.Note, At: plan.Row(20 + i).Ref(plan.Owner), Table: plan.Tasks,
			Key: fmt.Sprint(20 + i), RowID: fmt.Sprintf("T-%d", 20+i), Subject: fmt.Sprintf("Task %d", 20+i),
			Text: "no owner", Advice: "name one",
		})
	}
	return all
}
