package plan_test

import (
	"testing"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

func TestRecurs(t *testing.T) {
	monday := calendar.New(2026, 3, 2)
	for _, c := range []struct {
		name string
		days calendar.Date
		want bool
	}{
		{"Weekly project meeting", 26, true},
		{"Weekly project meeting", 25, false},
		{"Bi-weekly call", 100, true},
		{"Laufende Abstimmung", 100, true},
		{"Wöchentliches Treffen", 100, true},
		{"Reunión semanal", 100, true},
		{"定例会議", 100, true},
		{"Build the order screen", 100, false},
		{"", 100, false},
	} {
		task := plan.Task{Name: c.name, Start: monday, Finish: monday + c.days}
		if got := task.Recurs(); got != c.want {
			t.Errorf("%q over %d days: got %t, want %t", c.name, c.days, got, c.want)
		}
	}
	point := plan.Task{Name: "Weekly meeting", Finish: monday}
	if point.Recurs() {
		t.Error("a finish alone: got true, want false")
	}
}

func TestOngoing(t *testing.T) {
	first := calendar.New(2026, 1, 5)
	task := func(name string, from, to calendar.Date, waitsFor ...int) plan.Task {
		return plan.Task{Name: name, Parent: -1, Start: first + from, Finish: first + to, Relations: waits(waitsFor...)}
	}
	p := &plan.Plan{GoLive: -1, Tasks: []plan.Task{
		0: task("Design", 0, 30),
		1: task("Build", 31, 200, 0), // long, but linked
		2: task("Project management", 0, 200),
		3: task("Testing", 60, 151), // longer than a third
		4: task("Phase", 0, 200),
		5: task("Child of a linked phase", 0, 200),
		6: task("Weekly meeting", 0, 60),
		7: task("Monthly load", 0, 60),
		8: task("Use the load", 61, 70, 7),
		9: task("Weekly go-live watch", 0, 200),
	}}
	p.Tasks[4].Summary, p.Tasks[4].Relations = true, waits(0)
	p.Tasks[5].Parent = 4
	p.Tasks[9].Milestone = true
	want := map[int]bool{2: true, 6: true}
	for i, got := range p.Ongoing() {
		if got != want[i] {
			t.Errorf("%q: got %t, want %t", p.Tasks[i].Name, got, want[i])
		}
	}
}
