package plan

import "steerco/rules/calendar"

// Rolled is where a task stands and when it is planned: for a summary task
// what its children make of it, for any other its own.
type Rolled struct {
	State State
	// Start and Finish are zero where nothing tells.
	Start, Finish calendar.Date
}

// RollUp returns the Rolled of every task. Cancelled children don't count.
func (p *Plan) RollUp(c *calendar.Calendar) []Rolled {
	rolled := make([]Rolled, len(p.Tasks))
	seen := make([]states, len(p.Tasks))
	for i := range p.Tasks {
		t := &p.Tasks[i]
		if t.Summary {
			continue
		}
		rolled[i] = Rolled{State: t.State, Start: t.PlannedStart(c), Finish: t.PlannedFinish(c)}
		// The depth is bounded in case that the hierarchy bites its own tail.
		for up, depth := t.Parent, 0; up >= 0 && depth < deepest; up, depth = p.Tasks[up].Parent, depth+1 {
			seen[up] |= 1 << t.State
			if t.State != Cancelled {
				rolled[up].cover(rolled[i])
			}
		}
	}
	for i := range p.Tasks {
		if p.Tasks[i].Summary {
			rolled[i].State = seen[i].together(p.Tasks[i].State)
		}
	}
	return rolled
}

// deepest is how many levels of a hierarchy count.
const deepest = 64

func (r *Rolled) cover(child Rolled) {
	if r.Start.IsZero() || !child.Start.IsZero() && child.Start < r.Start {
		r.Start = child.Start
	}
	r.Finish = max(r.Finish, child.Finish)
}

// states is a set of states.
type states uint8

func (s states) has(one State) bool { return s&(1<<one) != 0 }

// together returns the state of a summary task whose children are in the
// states s; its own where it has no children.
func (s states) together(own State) State {
	open := s.has(NotStarted) || s.has(Running) || s.has(OnHold)
	switch {
	case s == 0:
		return own
	case s.has(Running), open && s.has(Done):
		return Running
	case s.has(NotStarted):
		return NotStarted
	case s.has(OnHold):
		return OnHold
	case s.has(Unknown):
		return Unknown
	case s.has(Done):
		return Done
	case s.has(AfterGoLive):
		return AfterGoLive
	}
	return Cancelled
}
