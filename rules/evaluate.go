package rules

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// Evaluate runs rs over in and returns their findings, with Rule and ID set: by
// severity, the most urgent first, then by days late, then in the order of the
// sheet. No two findings have the same ID.
func Evaluate(in Input, rs []Rule) []Finding {
	in.facts = newFacts(in)
	var all []Finding
	seen := map[string]bool{}
	for _, r := range rs {
		for _, f := range r.Check(in) {
			f.Rule = r.Name
			f.ID = freeID(f, seen)
			seen[f.ID] = true
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, byUrgency)
	return all
}

func byUrgency(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(b.DaysLate, a.DaysLate),
		cmp.Compare(a.At.Row, b.At.Row),
	)
}

// freeID returns the finding's identity; for a second finding of one rule about
// one cell, that of its number.
func freeID(f Finding, seen map[string]bool) string {
	id := identity(f, 1)
	for n := 2; seen[id]; n++ {
		id = identity(f, n)
	}
	return id
}

// idBytes is how much of the hash is kept: with a thousand findings the chance
// that any two of them meet is one in 500 million.
const idBytes = 6

func identity(f Finding, number int) string {
	text := f.Rule + "\x00" + string(f.Table) + "\x00" + f.Key + "\x00" + string(f.At.Field)
	if number > 1 {
		text += "\x00" + strconv.Itoa(number)
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:idBytes])
}

// facts is what several rules need to know, made once for all of them.
type facts struct {
	plan *plan.Plan
	cal  *calendar.Calendar
	// date is Input.Today, and today the status date D: date itself, or the
	// next working day after it.
	date, today calendar.Date
	// needed, rolled and waits (the relations, with cancelled predecessors
	// passed over) are by task.
	needed []bool
	rolled []plan.Rolled
	waits  [][]plan.Relation
	// recurs tells which tasks have no end that could be late: "Weekly meeting".
	recurs []bool
	// cutOver is the day on which cut-over starts: the target less its lead.
	// Zero where there is no target.
	cutOver calendar.Date
	// leaves counts the tasks that aren't summary tasks, mute those of them of
	// which nothing tells what is done.
	leaves, mute int
}

// look returns the facts of in; those that Evaluate made, if it did.
func (in Input) look() *facts {
	if in.facts != nil {
		return in.facts
	}
	return newFacts(in)
}

func newFacts(in Input) *facts {
	p := in.Plan
	f := &facts{
		plan: p, cal: in.Calendar, date: in.Today, today: in.Calendar.OnOrAfter(in.Today),
		needed: p.NeededForGoLive(), rolled: p.RollUp(in.Calendar),
		waits: make([][]plan.Relation, len(p.Tasks)), recurs: p.Ongoing(),
	}
	for i := range p.Tasks {
		t := &p.Tasks[i]
		f.waits[i] = p.Waits(i)
		f.recurs[i] = f.recurs[i] && t.Recurs()
		if t.Summary {
			continue
		}
		f.leaves++
		if t.State == plan.Unknown && whyUnknown(t) == nothingSaid {
			f.mute++
		}
	}
	if s := p.Settings; !s.Target.IsZero() {
		f.cutOver = f.cal.Add(s.Target, -s.CutOverLead.Value)
	}
	return f
}

// tellsNothing reports whether no column tells of any task what is done.
func (f *facts) tellsNothing() bool { return f.leaves > 0 && f.mute == f.leaves }

// isOpen reports whether work is left to do at task i: its state says so, or
// nothing says anything about it and its finish lies ahead.
func (f *facts) isOpen(i int) bool {
	r := f.rolled[i]
	if r.State != plan.Unknown || r.Finish <= f.today {
		return r.State.IsOpen()
	}
	t := &f.plan.Tasks[i]
	return f.tellsNothing() || !t.Summary && whyUnknown(t) == nothingSaid
}

// severity returns that of a finding about task i which is expected to be done
// on finish at the earliest. Its effect on go-live is unknown: a warning, and
// critical once the task is later than the start of cut-over.
func (f *facts) severity(i int, finish calendar.Date) Severity {
	if f.needed[i] && !f.cutOver.IsZero() && finish > f.cutOver {
		return Critical
	}
	return Warning
}

// judged calls check with each task that isn't a summary task.
func (f *facts) judged(check func(i int, t *plan.Task)) {
	for i := range f.plan.Tasks {
		if t := &f.plan.Tasks[i]; !t.Summary {
			check(i, t)
		}
	}
}

// stateField returns the field that tells where tasks of this plan stand.
func (f *facts) stateField() plan.Field {
	for _, field := range []plan.Field{plan.Status, plan.Percent, plan.ActualFinish} {
		if f.plan.Has(plan.Tasks, field) {
			return field
		}
	}
	return plan.Status
}
