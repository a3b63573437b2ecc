package rules

import (
	"fmt"
	"strings"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// DoneWithOpenPredecessor returns the rule which reports tasks that are done
// though something they wait for is not.
func DoneWithOpenPredecessor() Rule {
	return Rule{
		Name: "done-with-open-predecessor",
		Doc: `Done with an open predecessor

A task is done, but a predecessor that has to be done first is open, or, for a
link from the predecessor's start (SS, SF), has not begun. Either a status or
the link is not true any more, and the forecast follows both. A predecessor
with a lead (a negative lag) may overlap and isn't told. In the place of a
cancelled predecessor stand its own ones.`,
		Check: func(in Input) []Finding { return doneTooSoon(in.look()) },
	}
}

func doneTooSoon(f *facts) []Finding {
	if missing, ok := f.lacksLinks(); ok {
		return missing
	}
	if f.tellsNothing() {
		return []Finding{nothingTells()}
	}
	var found []Finding
	f.judged(func(i int, t *plan.Task) {
		if t.State != plan.Done {
			return
		}
		var open, unknown []string
		for _, r := range f.waits[i] {
			switch state := f.rolled[r.Task].State; {
			case r.Lag.Amount < 0:
			case state == plan.Unknown:
				unknown = append(unknown, named(&f.plan.Tasks[r.Task]))
			case state.IsOpen() && (!r.Type.FromStart() || state == plan.NotStarted):
				open = append(open, f.standing(r.Task))
			}
		}
		switch {
		case len(open) > 0:
			found = append(found, f.doneBefore(t, open))
		case len(unknown) > 0:
			found = append(found, f.doneMaybeBefore(t, unknown))
		}
	})
	return found
}

// lacksLinks returns the findings of a rule about links for a plan that has none.
func (f *facts) lacksLinks() (missing []Finding, ok bool) {
	switch {
	case f.leaves == 0:
		return nil, true
	case !f.plan.Has(plan.Tasks, plan.Predecessors):
		return []Finding{noColumn(plan.Tasks, "predecessors", "add a column with the ids of the tasks that each task waits for")}, true
	}
	return nil, false
}

// standing returns a task's name with where it stands: `T3 "Build" (running, due 2026-03-02)`.
func (f *facts) standing(i int) string {
	r := f.rolled[i]
	text := named(&f.plan.Tasks[i]) + " (" + r.State.String()
	if !r.Finish.IsZero() {
		text += ", due " + r.Finish.String()
	}
	return text + ")"
}

func (f *facts) doneBefore(t *plan.Task, open []string) Finding {
	found := f.aboutTask(t, f.stateField())
	found.Severity = Warning
	found.Text = "done, but a predecessor is open: " + listed(open)
	if len(open) > 1 {
		found.Text = fmt.Sprintf("done, but %d predecessors are open: %s", len(open), listed(open))
	}
	found.Advice = ask(found.Owner, "which is true: correct the status, or take out the link")
	return found
}

func (f *facts) doneMaybeBefore(t *plan.Task, unknown []string) Finding {
	found := f.aboutTask(t, f.stateField())
	found.Severity = CannotJudge
	found.Text = "done, but nothing that can be read tells whether its predecessor is: " + listed(unknown)
	found.Advice = "enter where the predecessor stands"
	return found
}

// StartsBeforePredecessorEndsOptions tune the rule that
// StartsBeforePredecessorEnds returns.
type StartsBeforePredecessorEndsOptions struct {
	// Overlap is how many working days two tasks may overlap without a
	// finding, besides the day of handing over. Zero allows none.
	Overlap calendar.Workdays
}

// StartsBeforePredecessorEnds returns the rule which reports tasks whose dates
// contradict their links.
func StartsBeforePredecessorEnds(o StartsBeforePredecessorEndsOptions) Rule {
	return Rule{
		Name: "starts-before-predecessor-ends",
		Doc: `Starts before its predecessor ends

The dates of an open task contradict its links: it starts before an open
predecessor ends (FS) or starts (SS), or finishes before the predecessor does
(FF) or starts (SF), lag or lead included, counted in working days. Starting on
the very day on which the predecessor ends is taken as handing over and not
told. A task with nothing but a finish is a point at that date. For a summary
task as predecessor the dates of its children count; in the place of a cancelled
predecessor stand its own ones. Where nothing tells what is done, tasks whose
finish lies ahead are taken as open; dates that have passed don't matter here.`,
		Check: func(in Input) []Finding { return contradictions(in.look(), o) },
	}
}

func contradictions(f *facts, o StartsBeforePredecessorEndsOptions) []Finding {
	if missing, ok := f.lacksLinks(); ok {
		return missing
	}
	var found []Finding
	f.judged(func(i int, t *plan.Task) {
		if !f.isOpen(i) || t.State == plan.OnHold {
			return
		}
		for _, end := range []linkEnd{{field: plan.Start, date: f.rolled[i].Start}, {field: plan.Finish, date: f.rolled[i].Finish}} {
			if worst, ok := f.worst(i, end, o.Overlap); ok {
				found = append(found, f.contradiction(t, end, worst))
			}
		}
	})
	return found
}

// linkEnd is the end of a task to which links lead: its start or its finish.
type linkEnd struct {
	field plan.Field
	date  calendar.Date
}

// conflict is a link that dates contradict.
type conflict struct {
	relation plan.Relation
	// earliest is the first day that the link allows, days by how much it is missed.
	earliest calendar.Date
	days     calendar.Workdays
	// others counts further links of the same end that are contradicted.
	others int
}

// worst returns the link to one end of task i that is missed by most.
func (f *facts) worst(i int, end linkEnd, overlap calendar.Workdays) (worst conflict, ok bool) {
	if end.date.IsZero() {
		return conflict{}, false
	}
	n := 0
	for _, r := range f.waits[i] {
		if !f.isOpen(r.Task) || r.Type.ToFinish() != (end.field == plan.Finish) {
			continue
		}
		earliest := f.earliest(r)
		days := f.cal.Between(end.date, earliest)
		if earliest.IsZero() || days <= overlap {
			continue
		}
		if n++; days > worst.days {
			worst = conflict{relation: r, earliest: earliest, days: days}
		}
	}
	worst.others = n - 1
	return worst, n > 0
}

// earliest returns the first day that a relation allows for the successor's
// end; zero where the predecessor has no date.
func (f *facts) earliest(r plan.Relation) calendar.Date {
	from := f.rolled[r.Task].Finish
	if r.Type.FromStart() {
		from = f.rolled[r.Task].Start
	}
	if from.IsZero() {
		return from
	}
	lag := r.Lag
	if lag.Unit == plan.PercentOf {
		length := f.plan.Tasks[r.Task].Duration.Value
		lag = plan.Duration{Amount: length.Amount * r.Lag.Amount / 100, Unit: length.Unit}
	}
	earliest := lag.After(f.cal, from)
	if r.Type == plan.StartFinish {
		// From the morning of one day to the evening of another: the evening
		// before is as late as that morning.
		return f.cal.Add(earliest, -1)
	}
	return earliest
}

func (f *facts) contradiction(t *plan.Task, end linkEnd, c conflict) Finding {
	before := &f.plan.Tasks[c.relation.Task]
	found := f.aboutTask(t, end.field)
	if end.field == plan.Start && t.Start.IsZero() {
		found.At = t.Ref(finishField(t))
	}
	found.Severity, found.Due = Warning, end.date
	verb, other, date := "starts", "ends", f.rolled[c.relation.Task].Finish
	if end.field == plan.Finish {
		verb = "finishes"
	}
	if c.relation.Type.FromStart() {
		other, date = "starts", f.rolled[c.relation.Task].Start
	}
	found.Text = fmt.Sprintf("%s %s, but its predecessor %s %s %s%s", verb, end.date, named(before), other, date, lagText(c.relation))
	found.Text += fmt.Sprintf(": %s too early", workdays(c.days))
	if c.others > 0 {
		found.Text += fmt.Sprintf(", and before %s", count(c.others, "other"))
	}
	found.Advice = fmt.Sprintf("move it to %s or later, shorten %s, or change the link", f.cal.OnOrAfter(c.earliest), named(before))
	return found
}

// lagText returns the lag of a relation as an addition to a text.
func lagText(r plan.Relation) string {
	if r.Lag.Amount == 0 {
		return ""
	}
	word := "lag"
	if r.Lag.Amount < 0 {
		word = "lead"
	}
	amount := max(r.Lag.Amount, -r.Lag.Amount)
	return fmt.Sprintf(" (%s %s %g%s)", r.Type, word, amount, unitText(r.Lag.Unit))
}

func unitText(u plan.Unit) string {
	return map[plan.Unit]string{
		plan.Days: "d", plan.Minutes: "m", plan.Hours: "h", plan.Weeks: "w", plan.Months: "mo",
		plan.ElapsedMinutes: "em", plan.ElapsedHours: "eh", plan.ElapsedDays: "ed", plan.ElapsedWeeks: "ew",
		plan.PercentOf: " %",
	}[u]
}

// Cycle returns the rule which reports tasks that wait for each other.
func Cycle() Rule {
	return Rule{
		Name: "cycle",
		Doc: `Tasks that wait for each other

A loop of predecessors: each task waits for the next one and the last one for
the first, so that none of them can begin. A summary task waits for its
children, so a child that names its own summary task is a loop too. Loops with
tasks in common are told by one of them, a shortest; taking it apart shows the
next. A loop in which all tasks are done or cancelled isn't told.`,
		Check: func(in Input) []Finding { return cycles(in.look()) },
	}
}

func cycles(f *facts) []Finding {
	var found []Finding
	for _, loop := range f.plan.Loops() {
		if f.isOver(loop) {
			continue
		}
		first := &f.plan.Tasks[loop[0]]
		one := f.aboutTask(first, plan.Predecessors)
		one.Severity = Warning
		one.Text = "waits for itself"
		one.Advice = "take out the link to itself"
		if len(loop) > 1 {
			one.Text = fmt.Sprintf("%d tasks wait for each other, so none of them can begin: %s", len(loop), f.around(loop))
			one.Advice = "take out the link of these that isn't true"
		}
		found = append(found, one)
	}
	return found
}

func (f *facts) isOver(loop []int) bool {
	for _, i := range loop {
		if s := f.rolled[i].State; s != plan.Done && s != plan.Cancelled {
			return false
		}
	}
	return true
}

// around returns the tasks of a loop in their order, the first one again at the
// end: "T1 waits for T2, T2 for T3, T3 for T1".
func (f *facts) around(loop []int) string {
	const most = 8
	name := func(at int) string {
		t := &f.plan.Tasks[loop[at%len(loop)]]
		switch {
		case t.ID != "":
			return t.ID
		case t.WBS != "":
			return t.WBS
		}
		return fmt.Sprintf("%q", t.Name)
	}
	parts := []string{name(0) + " waits for " + name(1)}
	for at := 1; at < min(len(loop), most); at++ {
		parts = append(parts, name(at)+" for "+name(at+1))
	}
	text := strings.Join(parts, ", ")
	if left := len(loop) - most; left > 0 {
		text += fmt.Sprintf(", then %d more, the last for %s", left, name(0))
	}
	return text
}
