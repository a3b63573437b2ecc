package rules

import (
	"fmt"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// OverdueOptions tune the rule that Overdue returns.
type OverdueOptions struct {
	// Grace is how many working days after the finish pass without a finding.
	// Zero allows none.
	Grace calendar.Workdays
}

// Overdue returns the rule which reports tasks that are not done though their
// finish has passed.
func Overdue(o OverdueOptions) Rule {
	return Rule{
		Name: "overdue",
		Doc: `Task overdue

A task is overdue from the first working day after its finish, as long as it is
neither done nor cancelled nor marked as coming after go-live. Where no finish
is typed, start and duration make it. Days late are working days: weekends and
holidays don't count. A warning, and critical once the start of cut-over has
passed (the target less the cut-over lead) and go-live needs the task.

A task that recurs for weeks and for which nothing waits ("Weekly meeting") is
never overdue. A task on hold is not overdue. If go-live needs it, nobody can judge when it
will be done, and the rule says so. Tasks without any finish are told together.
A date that can't be read is told by the rule unreadable alone.`,
		Check: func(in Input) []Finding { return overdue(in.look(), o) },
	}
}

func overdue(f *facts, o OverdueOptions) []Finding {
	if missing, ok := f.lacksFinish(); ok {
		return missing
	}
	var found []Finding
	var undated []string
	f.judged(func(i int, t *plan.Task) {
		finish := f.rolled[i].Finish
		late := f.cal.Late(finish, f.date)
		switch {
		case f.recurs[i]:
		case t.State == plan.OnHold && f.needed[i]:
			found = append(found, f.onHold(t, finish))
		case t.State != plan.NotStarted && t.State != plan.Running && t.State != plan.Unknown:
		case finish.IsZero():
			if !t.IsUnread(plan.Finish) && t.State != plan.Unknown {
				undated = append(undated, named(t))
			}
		case late <= o.Grace:
		case t.State == plan.Unknown:
			found = append(found, f.unknownPast(t, finish))
		default:
			found = append(found, f.overdueTask(i, t, late))
		}
	})
	if len(undated) > 0 {
		found = append(found, cannotJudge("tasks without finish",
			fmt.Sprintf("%s no finish: %s", has(len(undated), "open task"), listed(undated)), "enter a finish, or start and duration"))
	}
	return found
}

// lacksFinish returns the findings for a plan in which nothing can be late.
func (f *facts) lacksFinish() (missing []Finding, ok bool) {
	switch {
	case f.leaves == 0:
		return nil, true
	case f.tellsNothing():
		return []Finding{nothingTells()}, true
	case !f.hasFinish():
		return []Finding{noColumn(plan.Tasks, "finish", "add a finish column, or map yours to it in the configuration")}, true
	}
	return nil, false
}

// hasFinish reports whether the plan can tell when a task is to be done.
func (f *facts) hasFinish() bool {
	p := f.plan
	return p.Has(plan.Tasks, plan.Finish) || p.Has(plan.Tasks, plan.Start) && p.Has(plan.Tasks, plan.DurationField)
}

func (f *facts) overdueTask(i int, t *plan.Task, late calendar.Workdays) Finding {
	found := f.aboutTask(t, finishField(t))
	found.Due, found.DaysLate = f.rolled[i].Finish, late
	found.Text = fmt.Sprintf("%s late (due %s)%s", workdays(late), found.Due, progress(t))
	found.Advice = ask(found.Owner, "what is left and when it ends")
	found.Severity = f.severity(i, f.today)
	f.escalate(&found)
	return found
}

// finishField returns the field that a finding about the finish points to: what
// people typed.
func finishField(t *plan.Task) plan.Field {
	if t.Finish.IsZero() {
		return plan.DurationField
	}
	return plan.Finish
}

func (f *facts) onHold(t *plan.Task, finish calendar.Date) Finding {
	found := f.aboutTask(t, f.stateField())
	found.Severity, found.Due = CannotJudge, finish
	who := named(t)
	if found.Owner != "" {
		who += " (" + found.Owner + ")"
	}
	found.Text = who + " is on hold and needed for go-live: its finish can't be told"
	found.Advice = ask(found.Owner, "when it goes on") + ", or mark it as coming after go-live"
	return found
}

func (f *facts) unknownPast(t *plan.Task, finish calendar.Date) Finding {
	found := f.aboutTask(t, f.stateField())
	found.Severity, found.Due = CannotJudge, finish
	found.Text = fmt.Sprintf("due %s, but %s", finish, whyUnknown(t))
	found.Advice = ask(found.Owner, "where it stands, and enter it")
	return found
}

// LateStartOptions tune the rule that LateStart returns.
type LateStartOptions struct {
	// Grace is how many working days after the start pass without a finding.
	// Zero allows none.
	Grace calendar.Workdays
}

// LateStart returns the rule which reports tasks that have not begun though
// their start has passed.
func LateStart(o LateStartOptions) Rule {
	return Rule{
		Name: "late-start",
		Doc: `Task not started in time

A task starts late from the first working day after its start, as long as
nothing says that it has begun: no status, no percent, no actual start. A
warning, and critical if the same delay moves its finish past the start of
cut-over and go-live needs the task.

Told once: a task that is overdue as well is left to the rule overdue, and one
that waits for a predecessor with a date of its own to that predecessor. Tasks
that recur ("Weekly meeting") have no start that could be late. Whole plans in which nothing tells what has begun can't be judged.`,
		Check: func(in Input) []Finding { return lateStarts(in.look(), o) },
	}
}

func lateStarts(f *facts, o LateStartOptions) []Finding {
	p := f.plan
	switch {
	case f.leaves == 0:
		return nil
	case f.tellsNothing():
		return []Finding{nothingTells()}
	case !p.Has(plan.Tasks, plan.Start):
		return []Finding{noColumn(plan.Tasks, "start", "add a start column, or map yours to it in the configuration")}
	case !p.Has(plan.Tasks, plan.Status) && !p.Has(plan.Tasks, plan.Percent) && !p.Has(plan.Tasks, plan.ActualStart):
		return []Finding{cannotJudge("status column of tasks", "no column tells what has begun: status, percent or actual start",
			"add a status column, or map yours to it in the configuration")}
	}
	var found []Finding
	f.judged(func(i int, t *plan.Task) {
		late := f.cal.Late(t.Start, f.date)
		switch {
		case t.Start.IsZero() || late <= o.Grace || f.cal.Late(f.rolled[i].Finish, f.date) > 0, f.recurs[i]:
		case t.State == plan.Unknown:
			found = append(found, f.unknownStart(t))
		case t.State == plan.NotStarted && !f.waitsForDated(i):
			found = append(found, f.lateStart(i, t, late))
		}
	})
	return found
}

// waitsForDated reports whether task i can't begin because of an open
// predecessor that has a date by which it can be judged itself.
func (f *facts) waitsForDated(i int) bool {
	for _, r := range f.waits[i] {
		before := f.rolled[r.Task]
		switch {
		case r.Type.ToFinish() || !before.State.IsOpen():
		case r.Type.FromStart() && before.State == plan.NotStarted && !before.Start.IsZero(),
			!r.Type.FromStart() && !before.Finish.IsZero():
			return true
		}
	}
	return false
}

func (f *facts) lateStart(i int, t *plan.Task, late calendar.Workdays) Finding {
	found := f.aboutTask(t, plan.Start)
	found.Due, found.DaysLate = t.Start, late
	found.Text = fmt.Sprintf("not started, %s late (start %s)", workdays(late), t.Start)
	finish := f.today
	if planned := f.rolled[i].Finish; !planned.IsZero() {
		finish = f.cal.Add(planned, late)
		found.Text += fmt.Sprintf("; with the same delay it ends on %s", finish)
	}
	found.Advice = ask(found.Owner, "what it waits for, and start it or move it")
	found.Severity = f.severity(i, finish)
	f.escalate(&found)
	return found
}

func (f *facts) unknownStart(t *plan.Task) Finding {
	found := f.aboutTask(t, f.stateField())
	found.Severity, found.Due = CannotJudge, t.Start
	found.Text = fmt.Sprintf("start %s, but %s", t.Start, whyUnknown(t))
	found.Advice = ask(found.Owner, "where it stands, and enter it")
	return found
}

// NoOwnerOptions tune the rule that NoOwner returns.
type NoOwnerOptions struct {
	// Ahead is how many working days before its start a task without an owner
	// turns from a note into a warning. Zero means 20.
	Ahead calendar.Workdays
}

// NoOwner returns the rule which reports open tasks that nobody owns.
func NoOwner(o NoOwnerOptions) Rule {
	return Rule{
		Name: "no-owner",
		Doc: `Task without an owner

An open task without an owner, or with one that names nobody ("TBD"). An owner
of the summary task above counts for all below it. A note as long as its start
is more than 20 working days away and for milestones, a warning from then on
and where no date tells. Where nothing tells what is done, tasks whose finish
lies ahead are taken as open.`,
		Check: func(in Input) []Finding { return withoutOwner(in.look(), o) },
	}
}

func withoutOwner(f *facts, o NoOwnerOptions) []Finding {
	switch {
	case f.leaves == 0:
		return nil
	case !f.plan.Has(plan.Tasks, plan.Owner):
		return []Finding{noColumn(plan.Tasks, "owner", "add an owner column, or map yours to it in the configuration")}
	}
	ahead := o.Ahead
	if ahead == 0 {
		ahead = 20
	}
	var found []Finding
	mute := false
	f.judged(func(i int, t *plan.Task) {
		switch {
		case f.owner(t) != "":
		case f.isOpen(i):
			found = append(found, f.noOwner(i, t, ahead))
		case t.State == plan.Unknown && f.tellsNothing():
			mute = true
		case t.State == plan.Unknown:
			found = append(found, f.maybeOwnerless(t))
		}
	})
	if mute {
		found = append(found, nothingTells())
	}
	return found
}

// owner returns the owner of a task, else that of the nearest summary task
// above that has one, else nothing.
func (f *facts) owner(t *plan.Task) string {
	for range len(f.plan.Tasks) {
		switch {
		case !namesNobody(t.Owner):
			return t.Owner
		case t.Parent < 0:
			return ""
		}
		t = &f.plan.Tasks[t.Parent]
	}
	return "" // a hierarchy that bites its own tail
}

func (f *facts) noOwner(i int, t *plan.Task, ahead calendar.Workdays) Finding {
	found := f.aboutTask(t, plan.Owner)
	found.Due = f.rolled[i].Start
	found.Severity = Warning
	if t.Milestone || found.Due > f.cal.Add(f.today, ahead) {
		found.Severity = Note
	}
	found.Text = "no owner"
	if t.Owner != "" {
		found.Text = fmt.Sprintf("no owner: %q names nobody", t.Owner)
	}
	found.Advice = "name an owner"
	if !found.Due.IsZero() {
		found.Text += fmt.Sprintf(" (start %s)", found.Due)
	}
	if found.Due > f.today {
		found.Advice += fmt.Sprintf(" before %s", found.Due)
	}
	return found
}

func (f *facts) maybeOwnerless(t *plan.Task) Finding {
	found := f.aboutTask(t, plan.Owner)
	found.Severity = CannotJudge
	found.Text = "no owner, and " + whyUnknown(t)
	found.Advice = "enter where it stands, and name an owner if it is open"
	return found
}
