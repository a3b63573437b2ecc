package plan_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"steerco/rules/plan"
)

// chain returns a plan of n tasks of which each waits for the one before.
func chain(n int) *plan.Plan {
	p := &plan.Plan{GoLive: -1, Tasks: make([]plan.Task, n)}
	for i := range p.Tasks {
		p.Tasks[i].Parent = -1
		if i > 0 {
			p.Tasks[i].Relations = []plan.Relation{{Task: i - 1}}
		}
	}
	return p
}

func waits(tasks ...int) []plan.Relation {
	var rs []plan.Relation
	for _, t := range tasks {
		rs = append(rs, plan.Relation{Task: t})
	}
	return rs
}

func TestLoopsInAChainOfTenThousand(t *testing.T) {
	p := chain(10_000)
	if got := p.Loops(); got != nil {
		t.Errorf("a chain: got %d loops, want none", len(got))
	}
	p.Tasks[0].Relations = waits(9_999)
	got := p.Loops()
	if len(got) != 1 || len(got[0]) != 10_000 || got[0][0] != 0 || got[0][1] != 9_999 {
		t.Errorf("a chain closed: got %d loops, want one through all tasks from the first", len(got))
	}
}

func TestLoopsIgnoreOtherPlans(t *testing.T) {
	p := chain(2)
	p.Tasks[0].Relations = []plan.Relation{{Task: -1, Plan: "erp", Typed: "erp!T1"}}
	if got := p.Loops(); got != nil {
		t.Errorf("got %v, want none", got)
	}
}

// Whatever waits for whatever: what is told is a loop, tasks in a told loop
// differ, and taking out one link of each loop told, again and again, ends with
// a plan without loops.
func TestLoopsAreLoops(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := chain(rapid.IntRange(1, 12).Draw(t, "tasks"))
		for i := range p.Tasks {
			p.Tasks[i].Relations = waits(rapid.SliceOfN(rapid.IntRange(0, len(p.Tasks)-1), 0, 3).Draw(t, "waits for")...)
		}
		for len(p.Loops()) > 0 {
			for _, loop := range p.Loops() {
				checkLoop(t, p, loop)
			}
			first := p.Loops()[0]
			next := first[1%len(first)]
			p.Tasks[first[0]].Relations = slices.DeleteFunc(p.Tasks[first[0]].Relations, func(r plan.Relation) bool { return r.Task == next })
		}
	})
}

func checkLoop(t *rapid.T, p *plan.Plan, loop []int) {
	for at, i := range loop {
		next := loop[(at+1)%len(loop)]
		if !slices.ContainsFunc(p.Tasks[i].Relations, func(r plan.Relation) bool { return r.Task == next }) {
			t.Fatalf("loop %v: %d doesn't wait for %d", loop, i, next)
		}
	}
	sorted := slices.Sorted(slices.Values(loop))
	if len(slices.Compact(sorted)) != len(loop) || slices.Min(loop) != loop[0] {
		t.Fatalf("loop %v: want each task once, the first one first", loop)
	}
}

func TestWaits(t *testing.T) {
	lag := func(n float64) plan.Duration { return plan.Duration{Amount: n} }
	p := &plan.Plan{Tasks: []plan.Task{
		0: {State: plan.Running},
		1: {State: plan.Cancelled, Relations: []plan.Relation{{Task: 0, Type: plan.StartStart, Lag: lag(2)}}},
		2: {State: plan.Cancelled, Relations: []plan.Relation{{Task: 1, Lag: lag(3)}, {Task: 2}, {Task: -1, Plan: "erp"}}},
		3: {State: plan.NotStarted, Relations: []plan.Relation{{Task: 2, Type: plan.FinishFinish, Lag: lag(4)}, {Task: 0}}},
		4: {State: plan.NotStarted, Relations: []plan.Relation{{Task: -1, Plan: "erp"}, {Task: 3}}},
		5: {State: plan.NotStarted, Relations: []plan.Relation{{Task: 3}}},
	}}
	for i, want := range map[int][]plan.Relation{
		0: nil,
		3: {{Task: 0}, {Task: 0, Type: plan.StartFinish, Lag: lag(2)}},
		4: {{Task: 3}},
		5: {{Task: 3}},
	} {
		if diff := cmp.Diff(want, p.Waits(i)); diff != "" {
			t.Errorf("task %d (-want +got):\n%s", i, diff)
		}
	}
}

// Any number of cancelled tasks in a row, or in a loop, is passed over.
func TestWaitsOverManyCancelled(t *testing.T) {
	p := chain(10_000)
	for i := 1; i < 9_999; i++ {
		p.Tasks[i].State = plan.Cancelled
	}
	if diff := cmp.Diff(waits(0), p.Waits(9_999)); diff != "" {
		t.Errorf("a chain (-want +got):\n%s", diff)
	}
	p.Tasks[0].State = plan.Cancelled
	p.Tasks[0].Relations = waits(9_998)
	if got := p.Waits(9_999); got != nil {
		t.Errorf("a loop of cancelled tasks: got %v, want none", got)
	}
}

func TestNeededForGoLive(t *testing.T) {
	p := chain(8)
	p.GoLive = 4
	p.Tasks[4].State = plan.NotStarted
	p.Tasks[0].State = plan.Done
	p.Tasks[1].State = plan.Cancelled
	p.Tasks[2].State = plan.AfterGoLive // but go-live waits for it
	p.Tasks[3].State = plan.Unknown
	p.Tasks[5].State = plan.AfterGoLive
	p.Tasks[6].Section = "Cut-over / Hypercare"
	p.Tasks[7].Section = "Decommissioning"
	want := []bool{false, false, true, true, true, false, false, true}
	if diff := cmp.Diff(want, p.NeededForGoLive()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	p.Tasks[4].State = plan.Done
	if slices.Contains(p.NeededForGoLive(), true) {
		t.Errorf("go-live done: got %v, want nothing needed", p.NeededForGoLive())
	}
}

// A section that is called "Phase 2" is one of those that lead to go-live when
// it stands above it, or when there is no row of go-live.
func TestSectionsBeforeGoLiveAreNeeded(t *testing.T) {
	p := chain(2)
	p.Tasks[0].Section = "Phase 2: Build"
	for _, goLive := range []int{-1, 1} {
		p.GoLive = goLive
		if got := p.NeededForGoLive()[0]; !got {
			t.Errorf("go-live row %d: got %t, want it needed", goLive, got)
		}
	}
}
