package templates_test

import (
	"fmt"
	"testing"

	"steerco/rules"
	"steerco/rules/plan"
	"steerco/templates"
	"steerco/templates/report"
)

// large is a plan of 10,000 linked tasks in 30 areas, 300 gaps and 500
// findings.
func large() report.Input {
	in := sample()
	for i := range 10000 {
		state := []plan.State{plan.Done, plan.Running, plan.NotStarted}[i%3]
		t := sampleTask(1000+i, fmt.Sprintf("Step %d of the plan", i), fmt.Sprintf("Area %d", i%30), state, today+20)
		if t.Milestone = i%50 == 0; i > 0 {
			t.Relations = []plan.Relation{{Task: len(in.Plan.Tasks) - 1}}
		}
		in.Plan.Tasks = append(in.Plan.Tasks, t)
		if i%20 == 0 {
			in.Findings = append(in.Findings, rules.Finding{
				ID: fmt.Sprint(i), Rule: fmt.Sprintf("rule-%d", i%700), Severity: rules.Warning, At: t.Ref(plan.Finish), Table: plan.Tasks,
				Key: t.Key, RowID: t.ID, Subject: t.Name, Text: "late since 2026-11-20", Advice: "ask the owner what is left",
			})
		}
	}
	for i := range 300 {
		in.Plan.Gaps = append(in.Plan.Gaps, plan.Gap{Row: plan.Row(20000 + i), ID: fmt.Sprint("G", i), Requirement: "Something that is missing", DecideBy: today - 3})
	}
	return in
}

func BenchmarkReport(b *testing.B) {
	in := large()
	for b.Loop() {
		report.New(in)
	}
}

func BenchmarkRender(b *testing.B) {
	r := report.New(large())
	for _, key := range []string{"summary", "committee"} {
		b.Run(key, func(b *testing.B) {
			t := byKey(b, key)
			for b.Loop() {
				if _, err := templates.Render(t, r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkDefault(b *testing.B) {
	for b.Loop() {
		if _, err := templates.Default(); err != nil {
			b.Fatal(err)
		}
	}
}
