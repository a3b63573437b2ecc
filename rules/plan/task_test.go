package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

func TestStateOf(t *testing.T) {
	day := calendar.New(2026, 3, 2)
	for _, c := range []struct {
		name string
		e    plan.Evidence
		want plan.State
	}{
		{"nothing, and no column tells", plan.Evidence{}, plan.Unknown},
		{"nothing in a column that tells", plan.Evidence{Told: true}, plan.NotStarted},
		{"the word beats the percent", plan.Evidence{Told: true, Word: plan.Running, Percent: plan.Known(1.0)}, plan.Running},
		{"the word beats the actual finish", plan.Evidence{Told: true, Word: plan.Running, ActualFinish: day}, plan.Running},
		{"the actual finish beats the percent", plan.Evidence{Told: true, Percent: plan.Known(0.4), ActualFinish: day}, plan.Done},
		{"all of it", plan.Evidence{Told: true, Percent: plan.Known(1.0)}, plan.Done},
		{"some of it", plan.Evidence{Told: true, Percent: plan.Known(0.01)}, plan.Running},
		{"none of it", plan.Evidence{Told: true, Percent: plan.Known(0.0)}, plan.NotStarted},
		{"begun", plan.Evidence{Told: true, ActualStart: day}, plan.Running},
		{"a strange word is neither open nor done", plan.Evidence{Told: true, StrangeWord: true}, plan.Unknown},
		{"a strange word beside some percent", plan.Evidence{Told: true, StrangeWord: true, Percent: plan.Known(0.5)}, plan.Unknown},
		{"a strange word beside all percent", plan.Evidence{Told: true, StrangeWord: true, Percent: plan.Known(1.0)}, plan.Done},
		{"cancelled", plan.Evidence{Told: true, Word: plan.Cancelled, ActualFinish: day}, plan.Cancelled},
	} {
		if got := plan.StateOf(c.e); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestIsOpen(t *testing.T) {
	open := map[plan.State]bool{plan.NotStarted: true, plan.Running: true, plan.OnHold: true}
	for s := plan.Unknown; s <= plan.AfterGoLive; s++ {
		if got := s.IsOpen(); got != open[s] {
			t.Errorf("%s: IsOpen = %t, want %t", s, got, open[s])
		}
	}
}

func TestDurationAfter(t *testing.T) {
	friday := calendar.New(2026, 3, 13)
	for _, c := range []struct {
		d    plan.Duration
		want string
	}{
		{plan.Duration{}, "2026-03-13"},
		{plan.Duration{Amount: 1}, "2026-03-16"},
		{plan.Duration{Amount: -1}, "2026-03-12"},
		{plan.Duration{Amount: 0.9}, "2026-03-13"},
		{plan.Duration{Amount: 4, Unit: plan.Hours}, "2026-03-13"},
		{plan.Duration{Amount: 16, Unit: plan.Hours}, "2026-03-17"},
		{plan.Duration{Amount: 480, Unit: plan.Minutes}, "2026-03-16"},
		{plan.Duration{Amount: 1, Unit: plan.Weeks}, "2026-03-20"},
		{plan.Duration{Amount: 1, Unit: plan.Months}, "2026-04-10"},
		{plan.Duration{Amount: 2, Unit: plan.ElapsedDays}, "2026-03-15"},
		{plan.Duration{Amount: 36, Unit: plan.ElapsedHours}, "2026-03-14"},
		{plan.Duration{Amount: 2880, Unit: plan.ElapsedMinutes}, "2026-03-15"},
		{plan.Duration{Amount: -1, Unit: plan.ElapsedWeeks}, "2026-03-06"},
		{plan.Duration{Amount: 50, Unit: plan.PercentOf}, "2026-03-13"},
		{plan.Duration{Amount: 1e300, Unit: plan.ElapsedDays}, "2126-02-17"}, // bounded
	} {
		if got := c.d.After(nil, friday).String(); got != c.want {
			t.Errorf("%v after %s = %s, want %s", c.d, friday, got, c.want)
		}
	}
}

func TestPlannedDates(t *testing.T) {
	monday := calendar.New(2026, 3, 2)
	days := func(n float64, u plan.Unit) plan.Maybe[plan.Duration] {
		return plan.Known(plan.Duration{Amount: n, Unit: u})
	}
	for _, c := range []struct {
		name          string
		task          plan.Task
		start, finish string
	}{
		{"both typed", plan.Task{Start: monday, Finish: monday + 4, Duration: days(99, plan.Days)}, "2026-03-02", "2026-03-06"},
		{"nothing", plan.Task{}, "", ""},
		{"a point", plan.Task{Finish: monday}, "2026-03-02", "2026-03-02"},
		{"only a start", plan.Task{Start: monday}, "2026-03-02", ""},
		{"only an actual start", plan.Task{ActualStart: monday, Finish: monday + 4}, "2026-03-02", "2026-03-06"},
		{"start and duration", plan.Task{Start: monday, Duration: days(6, plan.Days)}, "2026-03-02", "2026-03-09"},
		{"part of a day", plan.Task{Start: monday, Duration: days(1.5, plan.Days)}, "2026-03-02", "2026-03-03"},
		{"a milestone", plan.Task{Start: monday, Duration: days(0, plan.Days)}, "2026-03-02", "2026-03-02"},
		{"elapsed", plan.Task{Start: monday, Duration: days(6, plan.ElapsedDays)}, "2026-03-02", "2026-03-07"},
		{"finish and duration", plan.Task{Finish: monday, Duration: days(6, plan.Days)}, "2026-02-23", "2026-03-02"},
		{"finish on a Sunday and duration", plan.Task{Finish: monday - 1, Duration: days(5, plan.Days)}, "2026-02-23", "2026-03-01"},
		{"finish and elapsed", plan.Task{Finish: monday, Duration: days(6, plan.ElapsedDays)}, "2026-02-25", "2026-03-02"},
	} {
		got := []string{c.task.PlannedStart(nil).String(), c.task.PlannedFinish(nil).String()}
		if diff := cmp.Diff([]string{c.start, c.finish}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestRollUp(t *testing.T) {
	monday := calendar.New(2026, 3, 2)
	leaf := func(parent int, s plan.State, start, finish calendar.Date) plan.Task {
		return plan.Task{Parent: parent, State: s, Start: start, Finish: finish}
	}
	p := &plan.Plan{Tasks: []plan.Task{
		{Parent: -1, Summary: true, State: plan.Done, Start: monday - 100, Finish: monday + 100}, // 0
		{Parent: 0, Summary: true}, // 1
		leaf(1, plan.Done, monday, monday+4),
		leaf(1, plan.NotStarted, monday+7, monday+11),
		leaf(1, plan.Cancelled, monday-30, monday+30),
		leaf(0, plan.Done, monday-7, monday-3),
		{Parent: -1, Summary: true, State: plan.Running}, // 6: no children
		{Parent: -1, Summary: true, State: plan.Running}, // 7: nothing but cancelled ones
		leaf(7, plan.Cancelled, monday, monday),
		{Parent: 10, Summary: true}, // 9 and 10: a hierarchy that bites its tail
		{Parent: 9, Summary: true},
		leaf(9, plan.OnHold, 0, monday),
	}}
	want := map[int]plan.Rolled{
		0:  {State: plan.Running, Start: monday - 7, Finish: monday + 11},
		1:  {State: plan.Running, Start: monday, Finish: monday + 11},
		6:  {State: plan.Running},
		7:  {State: plan.Cancelled},
		10: {State: plan.OnHold, Start: monday, Finish: monday},
	}
	got := p.RollUp(nil)
	for i, w := range want {
		if diff := cmp.Diff(w, got[i]); diff != "" {
			t.Errorf("task %d (-want +got):\n%s", i, diff)
		}
	}
}

func TestRollUpStates(t *testing.T) {
	for _, c := range []struct {
		children []plan.State
		want     plan.State
	}{
		{[]plan.State{plan.Done, plan.Done}, plan.Done},
		{[]plan.State{plan.Done, plan.Cancelled}, plan.Done},
		{[]plan.State{plan.NotStarted, plan.NotStarted}, plan.NotStarted},
		{[]plan.State{plan.NotStarted, plan.Done}, plan.Running},
		{[]plan.State{plan.NotStarted, plan.Running}, plan.Running},
		{[]plan.State{plan.NotStarted, plan.OnHold}, plan.NotStarted},
		{[]plan.State{plan.OnHold, plan.Cancelled}, plan.OnHold},
		{[]plan.State{plan.OnHold, plan.Done}, plan.Running},
		{[]plan.State{plan.Unknown, plan.Done}, plan.Unknown},
		{[]plan.State{plan.Unknown, plan.NotStarted}, plan.NotStarted},
		{[]plan.State{plan.AfterGoLive, plan.Done}, plan.Done},
		{[]plan.State{plan.AfterGoLive, plan.Cancelled}, plan.AfterGoLive},
	} {
		p := &plan.Plan{Tasks: []plan.Task{{Parent: -1, Summary: true}}}
		for _, s := range c.children {
			p.Tasks = append(p.Tasks, plan.Task{State: s})
		}
		if got := p.RollUp(nil)[0].State; got != c.want {
			t.Errorf("%v together: got %s, want %s", c.children, got, c.want)
		}
	}
}
