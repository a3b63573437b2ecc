package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/templates/report"
)

// today is a Tuesday.
var today = calendar.New(2026, 12, 1)

// task returns an open leaf task with that row.
func task(row int, name string, change func(*plan.Task)) plan.Task {
	t := plan.Task{
		Row: plan.Row(row), Key: name, ID: fmt.Sprintf("T%d", row), Name: name, Parent: -1,
		State: plan.Running, Start: today - 7, Finish: today + 7,
	}
	if change != nil {
		change(&t)
	}
	return t
}

func gap(row int, change func(*plan.Gap)) plan.Gap {
	id := fmt.Sprintf("G%d", row)
	g := plan.Gap{Row: plan.Row(row), Key: id, ID: id, Requirement: "Need " + id, Fit: "gap"}
	if change != nil {
		change(&g)
	}
	return g
}

func planOf(tasks []plan.Task, gaps []plan.Gap) *plan.Plan {
	p := &plan.Plan{
		Name: "Roll-out", Tasks: tasks, Gaps: gaps, GoLive: -1,
		Tables: []plan.TableColumns{
			{Table: plan.Tasks, Fields: []plan.Field{plan.ID, plan.Name, plan.Finish, plan.Status, plan.Owner}},
			{Table: plan.Gaps, Fields: []plan.Field{plan.ID, plan.Decision, plan.DecideBy}},
		},
		Settings: plan.Settings{Target: calendar.New(2027, 2, 15), Backup: calendar.New(2027, 4, 12), PM: "PM"},
	}
	return p
}

// finding returns a finding about a task or gap.
func finding(severity rules.Severity, rule string, row int) rules.Finding {
	return rules.Finding{
		ID: fmt.Sprintf("%s-%d", rule, row), Rule: rule, Severity: severity, At: plan.Row(row).Ref(plan.Finish),
		Table: plan.Tasks, Key: fmt.Sprint(row), RowID: fmt.Sprintf("T%d", row), Subject: fmt.Sprintf("task %d", row),
		Text: fmt.Sprintf("text %d", row), Advice: fmt.Sprintf("advice %d", row),
	}
}

// unjudged returns a finding of a rule that lacks its input.
func unjudged(rule, text string) rules.Finding {
	return rules.Finding{ID: rule + text, Rule: rule, Key: text, Subject: text, Text: text, Advice: "add it"}
}

func TestStatus(t *testing.T) {
	unknown := func(t *plan.Task) { t.State = plan.Unknown }
	noTarget := planOf([]plan.Task{task(1, "Build", nil)}, nil)
	noTarget.Settings.Target = 0
	for _, tt := range []struct {
		name     string
		plan     *plan.Plan
		findings []rules.Finding
		want     report.Level
		sentence string
		ask      string
	}{
		{
			"critical", planOf([]plan.Task{task(1, "Build", nil)}, nil),
			[]rules.Finding{finding(rules.Warning, "late", 1), finding(rules.Critical, "slip", 1)},
			report.Red, "T1 task 1: text 1.", "Asked for: advice 1.",
		},
		{
			"warning", planOf([]plan.Task{task(1, "Build", func(t *plan.Task) { t.Finish = today - 5 })}, nil),
			[]rules.Finding{finding(rules.Warning, "late", 1)},
			report.Amber, "1 of 1 open task is late.", "The team has a recovery to make; no finding is critical.",
		},
		{
			"clean", planOf([]plan.Task{task(1, "Build", nil)}, nil), nil,
			report.Green, "No task is late and no decision is overdue.", "Judged on all 1 task.",
		},
		{
			"a note is no reason", planOf([]plan.Task{task(1, "Build", nil)}, nil),
			[]rules.Finding{finding(rules.Note, "hint", 1)},
			report.Green, "No task is late and no decision is overdue.", "Judged on all 1 task.",
		},
		{
			"no tasks", planOf(nil, nil), nil,
			report.Unknown, "Cannot be judged: no tasks were read.", "What would help most stands in Summary.",
		},
		{
			"no statuses", planOf([]plan.Task{task(1, "Build", unknown), task(2, "Test", unknown)}, nil),
			[]rules.Finding{finding(rules.Warning, "no-owner", 1)},
			report.Unknown, "Cannot be judged: 2 of 2 tasks lack a status or a date.", "What would help most stands in Summary.",
		},
		{
			"no target", noTarget, nil,
			report.Unknown, "Cannot be judged: there is no target date for go-live.", "What would help most stands in Summary.",
		},
		{
			"a rule can't judge", planOf([]plan.Task{task(1, "Build", nil)}, nil),
			[]rules.Finding{unjudged("gaps", "the workbook has no gap table")},
			report.Unknown, "Cannot be judged: the workbook has no gap table.", "What would help most stands in Summary.",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := report.New(report.Input{Plan: tt.plan, Findings: tt.findings, Today: today}).Head
			if h.Status != tt.want || h.Sentence != tt.sentence || h.Ask != tt.ask {
				t.Errorf("got %s, %q, %q; want %s, %q, %q", h.Status, h.Sentence, h.Ask, tt.want, tt.sentence, tt.ask)
			}
		})
	}
}

// TestPersonal: what is about persons stays in the PM's tab.
func TestPersonal(t *testing.T) {
	in := report.Input{
		Plan:     planOf([]plan.Task{task(1, "Build", func(t *plan.Task) { t.Area = "Returns" })}, nil),
		Findings: []rules.Finding{finding(rules.Critical, "silent-owner", 1)},
		Personal: []string{"silent-owner"}, Today: today,
	}
	r := report.New(in)
	if r.Head.Status != report.Green || len(r.Attention) > 0 || r.Areas[0].Level != report.Green {
		t.Errorf("got status %s, attention %v, area %s; want nothing of it", r.Head.Status, r.Attention, r.Areas[0].Level)
	}
	if len(r.Findings) != 1 || len(r.Today) != 1 {
		t.Errorf("got %d findings and %d for today; want 1 and 1", len(r.Findings), len(r.Today))
	}
}

func TestGoLive(t *testing.T) {
	p := planOf([]plan.Task{task(1, "Build", nil)}, nil)
	for _, tt := range []struct {
		name           string
		target, backup calendar.Date
		guessed        bool
		want           string
	}{
		{"both", calendar.New(2026, 12, 8), calendar.New(2026, 12, 15), false, "as set | 5 working days later | 5 working days to the target"},
		{"guessed", calendar.New(2026, 12, 2), 0, true, "guessed from the go-live row | not set | 1 working day to the target"},
		{"passed", calendar.New(2026, 11, 27), calendar.New(2026, 11, 20), false, "as set | 5 working days before the target | 2 working days past the target"},
		{"none", 0, 0, false, "not set | not set | – "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p.Settings.Target, p.Settings.Backup, p.Settings.TargetGuessed = tt.target, tt.backup, tt.guessed
			h := report.New(report.Input{Plan: p, Today: today}).Head
			got := strings.Join([]string{h.TargetNote, h.BackupNote, h.ToGo + " " + h.ToGoNote}, " | ")
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if h.Forecast != "not computed" {
				t.Errorf("got forecast %q, want none", h.Forecast)
			}
		})
	}
}

func TestDecisions(t *testing.T) {
	late := func(days int) func(*plan.Gap) {
		return func(g *plan.Gap) { g.DecideBy = today.AddDays(-days) }
	}
	gaps := []plan.Gap{
		gap(11, func(g *plan.Gap) { g.DecideBy = today + 30 }),
		gap(12, nil),
		gap(13, late(7)),
		gap(14, func(g *plan.Gap) {
			late(1)(g)
			g.GoLiveBlocker = plan.Known(true)
			g.TaskIndexes = []int{0, 1, 2}
			g.RecommendedDecision = plan.ChangeProcedure
		}),
		gap(15, func(g *plan.Gap) { g.Decision = plan.Configure }),
		gap(16, func(g *plan.Gap) { g.Status = plan.GapTested }),
		gap(17, func(g *plan.Gap) { g.Fit = "Fit with configuration" }),
		gap(18, func(g *plan.Gap) { g.Decision = plan.UnknownDecision }),
		gap(19, func(g *plan.Gap) { g.GoLiveBlocker = plan.Known(true) }),
	}
	tasks := []plan.Task{
		task(1, "Build", nil), task(2, "Test", nil), task(3, "Signed", func(t *plan.Task) { t.State = plan.Done }),
	}
	critical := finding(rules.Critical, "gap-undecided", 14)
	critical.Table, critical.Effect = plan.Gaps, rules.Effect{Days: 3, Known: true, AtLeast: true}
	r := report.New(report.Input{Plan: planOf(tasks, gaps), Findings: []rules.Finding{critical}, Today: today})
	var got []string
	for _, d := range r.Decisions {
		got = append(got, fmt.Sprintf("%s %d %s %s", d.ID, d.Late, d.Level, d.Effect))
	}
	want := []string{
		"G14 1 red Go-live ≥ +3 d; go-live needs it; blocks 2 tasks: T1 Build, T2 Test",
		"G13 5 amber Not known: no open task names it",
		"G19 0  Go-live needs it",
		"G11 0  Not known: no open task names it",
		"G12 0  Not known: no open task names it",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("decisions (-want +got):\n%s", diff)
	}
	if r.Decisions[0].Recommendation != "Change procedure" {
		t.Errorf("got recommendation %q, want %q", r.Decisions[0].Recommendation, "Change procedure")
	}
	if len(r.Attention) != 0 {
		t.Errorf("got %v besides, want nothing: it is asked as a decision", r.Attention)
	}
	if want := "Decide T14: text 14."; r.Head.Sentence != want {
		t.Errorf("got sentence %q, want %q", r.Head.Sentence, want)
	}
}

func TestMilestones(t *testing.T) {
	milestone := func(finish calendar.Date, change func(*plan.Task)) func(*plan.Task) {
		return func(t *plan.Task) {
			t.Milestone, t.State, t.Start, t.Finish = true, plan.NotStarted, finish, finish
			if change != nil {
				change(t)
			}
		}
	}
	after := func(tasks ...int) func(*plan.Task) {
		return func(t *plan.Task) {
			for _, i := range tasks {
				t.Relations = append(t.Relations, plan.Relation{Task: i})
			}
		}
	}
	tasks := []plan.Task{
		task(1, "Late work", func(t *plan.Task) { t.Finish = today - 4 }),
		task(2, "Work", func(t *plan.Task) { after(0)(t) }),
		task(3, "Good work", nil),
		task(4, "Unclear work", func(t *plan.Task) { t.State = plan.Unknown }),
		task(5, "Waits", milestone(today+20, after(1))),
		task(6, "Fine", milestone(today+10, after(2))),
		task(7, "Unclear", milestone(today+11, after(3))),
		task(8, "Alone", milestone(today+12, nil)),
		task(9, "Overdue", milestone(today-1, after(2))),
		task(10, "Slipped", milestone(today+13, func(t *plan.Task) {
			after(2)(t)
			t.BaselineFinish = today + 6
		})),
		task(11, "Done", milestone(today-20, func(t *plan.Task) { t.State = plan.Done })),
		task(12, "Far", milestone(today+91, nil)),
		task(13, "Red", milestone(today+14, after(2))),
	}
	r := report.New(report.Input{
		Plan: planOf(tasks, nil), Today: today, Findings: []rules.Finding{finding(rules.Critical, "slip", 13)},
	})
	var got []string
	for _, m := range r.Milestones {
		got = append(got, fmt.Sprintf("%s %s %s: %s", m.Name, m.Level, m.Slip, m.Because))
	}
	want := []string{
		"Overdue amber –: 1 working day late",
		"Fine green –: Nothing before it is late",
		"Unclear unknown –: 1 task before it can't be judged",
		"Alone unknown –: No predecessor: what leads to it isn't known",
		"Slipped amber +5: 5 working days after its baseline",
		"Red red –: Text 13",
		"Waits amber –: Waits for 1 late task",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("milestones (-want +got):\n%s", diff)
	}
}

// TestMilestoneCycle: tasks that wait for each other end the search.
func TestMilestoneCycle(t *testing.T) {
	wait := func(on int) func(*plan.Task) {
		return func(t *plan.Task) { t.Milestone, t.Relations = true, []plan.Relation{{Task: on}} }
	}
	tasks := []plan.Task{task(1, "A", wait(1)), task(2, "B", wait(0))}
	r := report.New(report.Input{Plan: planOf(tasks, nil), Today: today})
	if len(r.Milestones) != 2 {
		t.Errorf("got %d milestones, want 2", len(r.Milestones))
	}
}

func TestAreas(t *testing.T) {
	in := func(area string, change func(*plan.Task)) func(*plan.Task) {
		return func(t *plan.Task) {
			t.Area = area
			if change != nil {
				change(t)
			}
		}
	}
	done := func(t *plan.Task) { t.State = plan.Done }
	tasks := []plan.Task{
		task(1, "a", in("Tax", nil)),
		task(2, "b", in("Returns", func(t *plan.Task) { t.Finish = today - 4 })),
		task(3, "c", in("returns ", done)),
		task(4, "d", in("Pricing", nil)),
		task(5, "e", in("Products", done)),
		task(6, "f", in("Data", func(t *plan.Task) { t.Finish, t.Start = 0, 0 })),
		task(7, "g", in("Cut-over", func(t *plan.Task) { t.State = plan.Cancelled })),
		task(8, "h", in("", nil)),
	}
	gaps := []plan.Gap{
		gap(11, func(g *plan.Gap) { g.Area = "Pricing" }),
		gap(12, func(g *plan.Gap) { g.Area = "Pricing"; g.Decision = plan.Reject }),
		gap(13, func(g *plan.Gap) { g.Area = "Security" }),
	}
	undecided := finding(rules.Critical, "gap-undecided", 11)
	undecided.Table, undecided.RowID = plan.Gaps, "G11"
	r := report.New(report.Input{Plan: planOf(tasks, gaps), Today: today, Findings: []rules.Finding{undecided}})
	var got []string
	for _, a := range r.Areas {
		got = append(got, fmt.Sprintf("%s %s %d/%d/%d %d/%d %s", a.Name, a.Level, a.Late, a.Open, a.Done, a.Undecided, a.Decided, a.Because))
	}
	want := []string{
		"Pricing red 0/1/0 1/1 Decide G11",
		"Returns amber 1/1/1 0/0 1 task late",
		"Security unknown 0/0/0 1/0 No task has this area",
		"Data unknown 0/1/0 0/0 1 of 1 task without status or date",
		"Tax green 0/1/0 0/0 Nothing late",
		"(no area) green 0/1/0 0/0 Nothing late",
		"Products done 0/0/1 0/0 All tasks done",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("areas (-want +got):\n%s", diff)
	}
}

// TestAreasFromSections: where no task has an area, the outermost section
// stands for it; a plan without either has none.
func TestAreasFromSections(t *testing.T) {
	tasks := []plan.Task{task(1, "a", func(t *plan.Task) { t.Section = "Build / Screens" }), task(2, "b", nil)}
	r := report.New(report.Input{Plan: planOf(tasks, nil), Today: today})
	if len(r.Areas) != 2 || r.Areas[0].Name != "Build" {
		t.Errorf("got areas %v, want Build and the rest", r.Areas)
	}
	r = report.New(report.Input{Plan: planOf(tasks[1:], nil), Today: today})
	if len(r.Areas) != 0 {
		t.Errorf("got areas %v, want none", r.Areas)
	}
}

func TestReading(t *testing.T) {
	p := planOf([]plan.Task{task(1, "Build", func(t *plan.Task) { t.State = plan.Unknown })}, nil)
	p.Tables = p.Tables[:1]
	p.Settings = plan.Settings{}
	p.Faults = []plan.Fault{{Table: plan.Tasks}, {Table: plan.Tasks, Doubt: true}}
	r := report.New(report.Input{
		Plan: p, Today: today, Read: []report.TableRead{{Kind: plan.Tasks, Sheet: "Plan", Rows: 1}},
		Skipped: []report.Skipped{{"Old", "hidden"}, {"Plan", "no name"}, {"Plan", "no name"}},
	})
	want := "Read: 1 task. Not found: gaps, calendar, settings. 2 cells are in doubt or could not be read."
	if r.Head.Reading != want {
		t.Errorf("got %q, want %q", r.Head.Reading, want)
	}
	var got []string
	for _, x := range r.Read {
		got = append(got, strings.Join([]string{x.What, x.Sheet, x.Rows, x.Note}, "|"))
	}
	wantRead := []string{
		"Tasks|Plan|1|1 cell could not be read, 1 cell may mean something else",
		"Gaps|not found||Without it no decision can be followed",
		"Calendar|not found||Monday to Friday count as worked, without holidays",
		"Settings|not found||Target, backup, PM and sponsor are not known",
		"Left out|Old||Hidden",
		"Left out|Plan||No name (2 times)",
	}
	if diff := cmp.Diff(wantRead, got); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	var helps []string
	for _, h := range r.Helps {
		helps = append(helps, h.Field)
	}
	if diff := cmp.Diff([]string{"Status", "Target go-live", "Backup go-live"}, helps); diff != "" {
		t.Errorf("helps (-want +got):\n%s", diff)
	}
}
