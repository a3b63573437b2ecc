package report

import (
	"cmp"
	"fmt"
	"slices"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// Milestone is a milestone that is late or due within the next 90 days.
type Milestone struct {
	Level    Level         `col:"level"`
	ID       string        `col:"id"`
	Ref      plan.Ref      `col:"ref"`
	Name     string        `col:"name"`
	Area     string        `col:"area"`
	Owner    string        `col:"owner"`
	Planned  calendar.Date `col:"planned"`
	Baseline calendar.Date `col:"baseline"`
	// Slip is the planned date against the baseline in working days, in few
	// characters: "+5", "0"; "–" without a baseline.
	Slip string `col:"slip"`
	// DaysLate is by how many working days it is overdue.
	DaysLate int `col:"days_late"`
	// LateBefore counts the late tasks for which it waits, directly or not.
	LateBefore int `col:"late_before"`
	// Because says in a few words what the level rests on.
	Because string `col:"because"`
}

// horizon is how far ahead milestones are shown.
const horizon = 90

// milestones returns the late milestones, then those of the next 90 days, by
// date.
func (b *builder) milestones() []Milestone {
	late := b.lateBefore()
	var all []Milestone
	for i := range b.Plan.Tasks {
		t := &b.Plan.Tasks[i]
		planned := cmp.Or(b.rolled[i].Finish, t.Start)
		soon := !planned.IsZero() && planned <= b.Input.Today.AddDays(horizon)
		if b.isMilestone(i) && soon && t.State != plan.Done && counts(t) {
			all = append(all, b.milestone(i, planned, late))
		}
	}
	slices.SortStableFunc(all, func(x, y Milestone) int {
		return cmp.Or(cmp.Compare(y.DaysLate, x.DaysLate), cmp.Compare(x.Planned, y.Planned))
	})
	return all
}

func (b *builder) isMilestone(i int) bool {
	return b.Plan.Tasks[i].Milestone || i == b.Plan.GoLive
}

func (b *builder) milestone(i int, planned calendar.Date, late func(int) waits) Milestone {
	t := &b.Plan.Tasks[i]
	m := Milestone{
		ID: cmp.Or(t.ID, t.WBS), Ref: t.Ref(plan.Name), Name: oneLine(t.Name), Area: t.Area, Owner: t.Owner,
		Planned: planned, Baseline: t.BaselineFinish, Slip: "–",
	}
	m.DaysLate = int(b.Calendar.Late(planned, b.Input.Today))
	slip := calendar.Workdays(0)
	if !t.BaselineFinish.IsZero() {
		slip = b.Calendar.Between(t.BaselineFinish, planned)
		m.Slip = "0"
		if slip != 0 {
			m.Slip = fmt.Sprintf("%+d", slip)
		}
	}
	w := late(i)
	m.LateBefore = w.late
	m.Level, m.Because = b.milestoneLevel(t, m.DaysLate, slip, w)
	return m
}

// milestoneLevel judges a milestone by what is known without a forecast.
func (b *builder) milestoneLevel(t *plan.Task, daysLate int, slip calendar.Workdays, w waits) (level Level, because string) {
	f, found := b.worst(t.Row)
	switch {
	case found && f.Severity == rules.Critical:
		return Red, capital(f.Text)
	case t.State == plan.Unknown:
		return Unknown, "The plan doesn't tell whether it is done"
	case daysLate > 0:
		return Amber, plural(daysLate, "working day", "working days") + " late"
	case w.late > 0:
		return Amber, "Waits for " + plural(w.late, "late task", "late tasks")
	case slip > 0:
		return Amber, workdays(slip) + " after its baseline"
	case w.unclear > 0:
		return Unknown, fmt.Sprintf("%s before it can't be judged", plural(w.unclear, "task", "tasks"))
	case w.all > 0:
		return Green, "Nothing before it is late"
	}
	return Unknown, "No predecessor: what leads to it isn't known"
}

// waits counts the tasks for which a task waits, directly or not.
type waits struct{ all, late, unclear int }

// lateBefore returns a function that counts the tasks before a task, by index
// in Plan.Tasks; the tasks below a summary task count for it.
func (b *builder) lateBefore() func(int) waits {
	seenFor := make([]int, len(b.Plan.Tasks)) // the task, from 1, for which each was last seen
	return func(task int) waits {
		var w waits
		seenFor[task] = task + 1
		for queue := []int{task}; len(queue) > 0; {
			i := queue[0]
			queue = queue[1:]
			for _, before := range b.before(i) {
				if seenFor[before] == task+1 {
					continue
				}
				seenFor[before] = task + 1
				b.count(&w, before)
				if b.rolled[before].State != plan.Done { // what is done waits for nothing
					queue = append(queue, before)
				}
			}
		}
		return w
	}
}

// before returns the tasks for which a task waits, and those below it.
func (b *builder) before(i int) []int {
	var found []int
	for _, r := range b.Plan.Tasks[i].Relations {
		if r.Task >= 0 {
			found = append(found, r.Task)
		}
	}
	return append(found, b.children[i]...)
}

func (b *builder) count(w *waits, i int) {
	if !counts(&b.Plan.Tasks[i]) {
		return
	}
	w.all++
	switch {
	case b.daysLate(i) > 0:
		w.late++
	case !b.canJudge(i):
		w.unclear++
	}
}
