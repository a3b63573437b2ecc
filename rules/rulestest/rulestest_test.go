package rulestest_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/rules/rulestest"
)

// unfinished reports every task that isn't done, and how many there are.
var unfinished = rules.Rule{Name: "unfinished", Check: func(in rules.Input) []rules.Finding {
	var found []rules.Finding
	for i := range in.Plan.Tasks {
		if t := &in.Plan.Tasks[i]; t.State != plan.Done {
			found = append(found, rules.Finding{
				Severity: rules.Note, At: t.Ref(plan.Status), Table: plan.Tasks, Key: t.Key, Text: t.State.String(), Advice: "finish it",
			})
		}
	}
	return append(found, rules.Finding{Severity: rules.Note, Key: "count", Text: fmt.Sprint(len(found), " unfinished")})
}}

func mismatches(t *testing.T, text string) []string {
	t.Helper()
	f, err := rulestest.Parse("x.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range f.Check([]rules.Rule{unfinished}) {
		all = append(all, m.String())
	}
	return all
}

func TestCheck(t *testing.T) {
	got := mismatches(t, `today 2026-03-12
tasks
id | status      | want
T1 | running     | status: running
T2 | not started | [note] status: not started => finish it
T3 | done        |
want count: 2 unfinished
`)
	if len(got) != 0 {
		t.Errorf("got %q, want all as wanted", got)
	}
}

func TestCheckTellsDifferences(t *testing.T) {
	got := mismatches(t, `# a comment
case first
today 2026-03-12

tasks
id | status      | want
T1 | running     |
T2 | done        | status: running
T3 | running     | status: done
T4 | running     | [warning] status: running
T5 | running     | status: running => hurry
T6 | running     | status: running ; finish: late
want count: 4 unfinished
case second
tasks
id | status | want
T1 | done   |
`)
	want := []string{
		`x.txt:0 (second): got "[note] count: 0 unfinished", want nothing`,
		`x.txt:7 (first): got "[note] status: running => finish it", want nothing`,
		`x.txt:8 (first): got nothing, want "status: running"`,
		`x.txt:9 (first): got "[note] status: running => finish it", want "status: done"`,
		`x.txt:10 (first): got "[note] status: running => finish it", want "[warning] status: running"`,
		`x.txt:11 (first): got "[note] status: running => finish it", want "status: running => hurry"`,
		`x.txt:12 (first): got nothing, want "finish: late"`,
		`x.txt:13 (first): got "[note] count: 5 unfinished", want "count: 4 unfinished"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestParseFaults(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "x.txt:1: no case in it"},
		{"no day", "tasks\nid\nT1", "the case has no day"},
		{"bad day", "today 12.3.2026", `x.txt:1: "12.3.2026" is not a date`},
		{"no table", "today 2026-03-12\nT1 | x", `x.txt:2: "T1 | x" is neither a table nor a row`},
		{"strange column", "today 2026-03-12\ntasks\nid | colour", `x.txt:3: no field of tasks is called "colour": write one of id, wbs`},
		{"too many cells", "today 2026-03-12\ntasks\nid\nT1 | x", "x.txt:4: 2 cells, but only 1 columns"},
		{"strange parent", "today 2026-03-12\ntasks\nid | parent\nT1 | T9", `x.txt:4: no task has the id "T9"`},
		{"strange predecessor", "today 2026-03-12\ntasks\nid | predecessors\nT1 | T9", `x.txt:4: "T9" is not a predecessor`},
		{"strange lag", "today 2026-03-12\ntasks\nid | predecessors\nT1 | T1 FS+2x", `"T1 FS+2x" is not a predecessor`},
		{"strange setting", "today 2026-03-12\nsettings\nname | value\ncolour | red", `x.txt:4: no setting is called "colour"`},
		{"strange number", "today 2026-03-12\nsettings\nname | value\nnotice | soon", `x.txt:4: "soon" is not a number`},
		{"strange day", "today 2026-03-12\nsettings\nname | value\nworking_days | Moonday", `"Moonday" is not a day`},
		{"want without a text", "today 2026-03-12\nwant target", `x.txt:2: "target" is no finding`},
		{"bracket", "today 2026-03-12\nwant [note target: x", "the bracket isn't closed"},
	} {
		_, err := rulestest.Parse("x.txt", c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v, want %q", c.name, err, c.want)
		}
	}
}

// TestParse holds what cells become.
func TestParse(t *testing.T) {
	f, err := rulestest.Parse("x.txt", `today 2026-03-14
settings
name          | value
target        | 2026-06-01?
cut_over_lead | 5
pm            | Ana Reyes
calendar
date       | until | kind
2026-03-16 |       | holiday
tasks
id | wbs | name    | percent | duration | status | predecessors       | flag    | parent
T1 | 1.1 | Build   | 50 %    | 2w       |        |                    |         | T3
T2 |     | Go-live | 1       | 0d       |        | T1 SS+50%, erp!X9  | go-live |
T3 |     | Phase   |         |          |        | 1.1FF-2ed          |         |
gaps
requirement | go_live_blocker | decision      | tasks
Tax         | yes             | modify system | T1, T9
Tax         |                 | perhaps       |
`)
	if err != nil {
		t.Fatal(err)
	}
	in := f.Cases[0].Input
	p := in.Plan
	if got, want := in.Today, calendar.New(2026, 3, 14); got != want {
		t.Errorf("today = %s, want %s", got, want)
	}
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"target", p.Settings.Target, calendar.New(2026, 6, 1)},
		{"target guessed", p.Settings.TargetGuessed, true},
		{"lead", p.Settings.CutOverLead, plan.Known(calendar.Workdays(5))},
		{"PM", p.Settings.PM, "Ana Reyes"},
		{"faults", len(p.Faults), 0},
		{"go-live", p.GoLive, 1},
		{"percent", p.Tasks[0].Percent, plan.Known(0.5)},
		{"duration", p.Tasks[0].Duration, plan.Known(plan.Duration{Amount: 2, Unit: plan.Weeks})},
		{"parent", p.Tasks[0].Parent, 2},
		{"summary", p.Tasks[2].Summary, true},
		{"running", p.Tasks[0].State, plan.Running},
		{"done", p.Tasks[1].State, plan.Done},
		{"milestone", p.Tasks[1].Milestone, true},
		{"relations", p.Tasks[1].Relations, []plan.Relation{
			{Typed: "T1 SS+50%", Type: plan.StartStart, Lag: plan.Duration{Amount: 50, Unit: plan.PercentOf}},
			{Typed: "erp!X9", Plan: "erp", Task: -1},
		}},
		{"relations by WBS", p.Tasks[2].Relations, []plan.Relation{
			{Typed: "1.1FF-2ed", Type: plan.FinishFinish, Lag: plan.Duration{Amount: -2, Unit: plan.ElapsedDays}},
		}},
		{"keys", []string{p.Gaps[0].Key, p.Gaps[1].Key}, []string{"/tax", "/tax#2"}},
		{"blocker", p.Gaps[0].GoLiveBlocker, plan.Known(true)},
		{"gap's tasks", p.Gaps[0].TaskIndexes, []int{0}},
		{"decisions", []plan.GapDecision{p.Gaps[0].Decision, p.Gaps[1].Decision}, []plan.GapDecision{plan.ModifySystem, plan.UnknownDecision}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

// recorder is a test that fails without ending.
type recorder struct{ lines []string }

func (*recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.lines = append(r.lines, fmt.Sprintf(format, args...))
}

func TestRun(t *testing.T) {
	files := fstest.MapFS{
		"good.txt":  {Data: []byte("today 2026-03-12\ntasks\nid | status\nT1 | done\nwant count: 0 unfinished\n")},
		"wrong.txt": {Data: []byte("today 2026-03-12\ntasks\nid | status | want\nT1 | done | status: done\nwant count: 0 unfinished\n")},
		"bad.txt":   {Data: []byte("nonsense")},
	}
	for name, want := range map[string]int{"good.txt": 0, "wrong.txt": 1, "bad.txt": 1, "missing.txt": 1} {
		var r recorder
		rulestest.Run(&r, unfinished, files, name)
		if len(r.lines) != want {
			t.Errorf("%s: got %q, want %d lines", name, r.lines, want)
		}
	}
}

// Whatever stands in a file, it is read or refused, and what is read can be judged.
func FuzzParse(f *testing.F) {
	f.Add("today 2026-03-12\ntasks\nid | status | want\nT1 | done | status: done\n")
	f.Add("case x\ntoday 2026-03-12\nsettings\nname | value\ntarget | 2026-06-01?\nworking_days | Mon\n")
	f.Add("today 2026-03-12\ntasks\nid | parent | predecessors | duration\nT1 | T2 | T2 SS+50% | 5ed\nT2 | T1 | T1 | 1e99w\n")
	f.Add("today 2026-03-12\ngaps\nid | decision | decide_by\nG1 |  | 2026-03-02?\nwant [x] a: b => c\n")
	all := rules.All(rules.Options{})
	f.Fuzz(func(t *testing.T, text string) {
		file, err := rulestest.Parse("x.txt", text)
		if err == nil {
			file.Check(all)
		}
	})
}
