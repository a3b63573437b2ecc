package report_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/templates/report"
)

// TestFindingGroups: more than ten findings of one rule are one line with
// theirs below it; what can't be judged for one reason is one line.
func TestFindingGroups(t *testing.T) {
	var all []rules.Finding
	for i := range 11 {
		all = append(all, finding(rules.Warning, "overdue", i+1))
	}
	all[3].Severity = rules.Critical
	all = append(
		all, unjudged("gap-undecided", "no gap table"), finding(rules.Note, "hint", 20),
		unjudged("modification", "no gap table"), unjudged("late-start", "no start column"),
	)
	r := report.New(report.Input{
		Plan: planOf(nil, nil), Findings: all, Today: today,
		Rules: []rules.Rule{{Name: "overdue", Doc: "Task overdue\n\nMore."}},
	})
	var got []string
	for _, f := range r.Findings {
		got = append(got, fmt.Sprintf("%d %s %d: %s", f.Depth, f.Level, f.Count, f.Text))
	}
	want := []string{
		"0 critical 11: Task overdue: 1 critical, 10 warnings",
		"1 critical 1: Text 4", "1 warning 1: Text 1", "1 warning 1: Text 2", "1 warning 1: Text 3",
		"1 warning 1: Text 5", "1 warning 1: Text 6", "1 warning 1: Text 7", "1 warning 1: Text 8",
		"1 warning 1: Text 9", "1 warning 1: Text 10", "1 warning 1: Text 11",
		"0 note 1: Text 20",
		"0 unknown 2: No gap table. Not judged: gap-undecided, modification",
		"0 unknown 1: No start column",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestToday(t *testing.T) {
	var all []rules.Finding
	for i := range 9 {
		f := finding(rules.Warning, "overdue", i+1)
		f.DaysLate = calendar.Workdays(9 - i)
		all = append(all, f)
	}
	all = append(
		all, finding(rules.Warning, "no-owner", 1), finding(rules.Warning, "no-owner", 30),
		finding(rules.Note, "hint", 40), finding(rules.Critical, "slip", 50),
	)
	r := report.New(report.Input{Plan: planOf(nil, nil), Findings: all, Today: today})
	var got []string
	for _, f := range r.Today {
		got = append(got, f.IDs[0])
	}
	want := []string{"slip-50", "overdue-1", "overdue-2", "overdue-3", "overdue-4", "overdue-5", "no-owner-30"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("today (-want +got):\n%s", diff)
	}
}

// someFindings draws findings of a few rules, most of them about rows.
func someFindings(t *rapid.T) []rules.Finding {
	var all []rules.Finding
	for i := range rapid.IntRange(0, 60).Draw(t, "findings") {
		rule := rapid.SampledFrom([]string{"overdue", "late-start", "no-owner"}).Draw(t, "rule")
		severity := rapid.SampledFrom([]rules.Severity{rules.CannotJudge, rules.Note, rules.Warning, rules.Critical}).Draw(t, "severity")
		f := finding(severity, rule, i+1)
		if severity == rules.CannotJudge && rapid.Bool().Draw(t, "whole plan") {
			f.At, f.Table, f.Text, f.Advice = plan.Ref{}, "", rapid.SampledFrom([]string{"a", "b"}).Draw(t, "because"), "add it"
		}
		all = append(all, f)
	}
	return all
}

// TestEveryFindingOnce: whatever is grouped, each finding is on one line.
func TestEveryFindingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := someFindings(t)
		r := report.New(report.Input{Plan: planOf(nil, nil), Findings: all, Today: today})
		var got, want []string
		for _, f := range r.Findings {
			got = append(got, f.IDs...)
		}
		for _, f := range all {
			want = append(want, f.ID)
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("ids (-want +got):\n%s", diff)
		}
		if len(r.Today) > 7 {
			t.Fatalf("got %d things to do today, want at most 7", len(r.Today))
		}
	})
}

// TestNeverGreenWithoutData: what is green was judged.
func TestNeverGreenWithoutData(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks := make([]plan.Task, rapid.IntRange(0, 8).Draw(t, "tasks"))
		for i := range tasks {
			tasks[i] = task(i+1, "task", func(x *plan.Task) {
				x.State = plan.State(rapid.IntRange(0, int(plan.AfterGoLive)).Draw(t, "state"))
				x.Area = rapid.SampledFrom([]string{"", "Tax", "Data"}).Draw(t, "area")
				x.Milestone = rapid.Bool().Draw(t, "milestone")
				if rapid.Bool().Draw(t, "no finish") {
					x.Finish = 0
				}
			})
		}
		r := report.New(report.Input{Plan: planOf(tasks, nil), Findings: someFindings(t), Today: today})
		if r.Head.Status == report.Green && (r.Head.NotJudged > 0 || r.Head.Tasks == 0 || r.Head.Unclear > 0) {
			t.Fatalf("green with %d of %d tasks and %d findings not judged", r.Head.NotJudged, r.Head.Tasks, r.Head.Unclear)
		}
		for _, a := range r.Areas {
			if (a.Level == report.Green || a.Level == report.Done) && (a.NotJudged > 0 || a.Tasks == 0) {
				t.Fatalf("area %q is %s with %d of %d tasks not judged", a.Name, a.Level, a.NotJudged, a.Tasks)
			}
		}
	})
}

// TestSets: every record has the columns of its schema, and no others.
func TestSets(t *testing.T) {
	r := report.New(report.Input{
		Plan:     planOf([]plan.Task{task(1, "Build", func(t *plan.Task) { t.Area, t.Milestone = "Tax", true })}, []plan.Gap{gap(2, nil)}),
		Findings: []rules.Finding{finding(rules.Critical, "slip", 1)}, Today: today,
		Read: []report.TableRead{{Kind: plan.Tasks, Sheet: "Plan", Rows: 1}},
	})
	for name, schema := range report.Schemas() {
		records := r.Set(name)
		if len(records) == 0 {
			t.Errorf("set %q is empty, want a record to look at", name)
		}
		for _, record := range records {
			if len(record) != len(schema) {
				t.Errorf("set %q: got %d columns, want %d", name, len(record), len(schema))
			}
		}
	}
	if got := r.Set("unheard-of"); got != nil {
		t.Errorf("got %v for an unknown set, want nil", got)
	}
}
