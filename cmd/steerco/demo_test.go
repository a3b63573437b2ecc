package main

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/excel"
	"steerco/sync/run"
	"steerco/templates/starter"
)

// demoFindings makes the sample and returns its findings, without where they stand.
func demoFindings(t *testing.T, o starter.DemoOptions) []rules.Finding {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	if err := excel.Create(path, starter.Demo(o)); err != nil {
		t.Fatal(err)
	}
	backend, err := excel.Open(path, excel.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := run.Check(t.Context(), run.Options{Backend: backend, Today: o.Today, Rules: rules.All(rules.Options{})})
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		f.At.Row = 0
		if strings.Contains(f.Text, " stands in ") {
			// Which of two rows with one ID is the second is a matter of order.
			*f = rules.Finding{Rule: f.Rule, RowID: f.RowID, Severity: f.Severity}
		}
	}
	slices.SortFunc(r.Findings, func(a, b rules.Finding) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Text, b.Text))
	})
	return r.Findings
}

// TestDemoInAnotherOrderAndLanguage wants the same findings however the rows
// stand and whatever the headers are called.
func TestDemoInAnotherOrderAndLanguage(t *testing.T) {
	today := calendar.New(2026, time.December, 1)
	want := demoFindings(t, starter.DemoOptions{Today: today})
	for _, seed := range []uint64{0, 1, 2, 3} {
		got := demoFindings(t, starter.DemoOptions{Today: today, Language: starter.German, Shuffle: seed})
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d (-English, in order +German, shuffled):\n%s", seed, diff)
		}
	}
}

// TestDemoShowsTroubles wants of the sample that every rule for which a
// project in its middle can give a reason finds something.
func TestDemoShowsTroubles(t *testing.T) {
	found := map[string]bool{}
	tables := map[plan.Table]bool{}
	for _, f := range demoFindings(t, starter.DemoOptions{Today: calendar.New(2026, time.December, 1)}) {
		if f.Severity != rules.CannotJudge || f.Rule == "unreadable" {
			found[f.Rule] = true
		}
		tables[f.Table] = true
	}
	for _, r := range rules.All(rules.Options{}) {
		// The sample has target and backup, and no cycle.
		if want := !slices.Contains([]string{"no-target", "no-backup", "cycle"}, r.Name); found[r.Name] != want {
			t.Errorf("rule %s: found something %v, want %v", r.Name, found[r.Name], want)
		}
	}
	if !tables[plan.Tasks] || !tables[plan.Gaps] {
		t.Errorf("got findings in %v, want some in tasks and in gaps", tables)
	}
}
