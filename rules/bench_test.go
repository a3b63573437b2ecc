package rules_test

import (
	"fmt"
	"testing"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// large returns a plan of n tasks in sections of twenty, each linked with two
// before it; every one of so many (0: none) is late, without an owner and
// against its links.
func large(n, oneOf int) rules.Input {
	day := calendar.New(2026, 3, 12)
	p := &plan.Plan{GoLive: n - 1, Settings: plan.Settings{Target: day + 400}}
	p.Calendar = []plan.CalendarEntry{{First: day + 290, Last: day + 300, Kind: plan.Holiday}}
	p.Tables = []plan.TableColumns{{Table: plan.Tasks, Fields: []plan.Field{
		plan.ID, plan.Name, plan.Owner, plan.Start, plan.Finish, plan.Percent, plan.Status, plan.Predecessors,
	}}}
	for i := range n {
		start := day + calendar.Date(i*300/n-100)
		t := plan.Task{
			Row: plan.Row(i + 1), Key: fmt.Sprint("t", i), ID: fmt.Sprint("T", i), Name: fmt.Sprint("Task ", i), Parent: i - i%20,
			Owner: "Ana Reyes", Start: start, Finish: start + 10, State: plan.NotStarted,
		}
		switch {
		case start+10 < day:
			t.State = plan.Done
		case start < day:
			t.State = plan.Running
		}
		if i%20 == 0 {
			t.Summary, t.Parent = true, -1
		}
		for _, back := range []int{3, 40} {
			if i >= back {
				t.Relations = append(t.Relations, plan.Relation{Task: i - back, Lag: plan.Duration{Amount: -14}})
			}
		}
		if oneOf > 0 && i%oneOf == 1 {
			t.State, t.Owner, t.Relations = plan.Running, "", append(t.Relations, plan.Relation{Task: i - 1})
		}
		p.Tasks = append(p.Tasks, t)
	}
	return rules.Input{Plan: p, Today: day, Calendar: p.WorkCalendar()}
}

func BenchmarkEvaluate(b *testing.B) {
	const tasks = 10_000
	all := rules.All(rules.Options{})
	for _, oneOf := range []int{0, 50, 3} {
		in := large(tasks, oneOf)
		found := len(rules.Evaluate(in, all))
		b.Run(fmt.Sprintf("%d findings", found), func(b *testing.B) {
			for b.Loop() {
				rules.Evaluate(in, all)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/tasks, "ns/task")
		})
	}
}
