package plan

import "steerco/rules/calendar"

// Gap is a requirement that the base system does not meet, and its row in the
// register.
type Gap struct {
	Row Row
	// Key is the row's identity over runs, as Task.Key.
	Key            string
	ID             string
	Area           string
	Process        string
	Requirement    string
	Fit            string
	Priority       string
	GoLiveBlocker  Maybe[bool]
	Options        string
	Recommendation string
	// RecommendedDecision is the decision that the recommendation's words
	// stand for; Undecided where they stand for none.
	RecommendedDecision GapDecision
	Decision            GapDecision
	// DecisionText is the decision as typed.
	DecisionText string
	Reason       string
	// Effort and Cost are as displayed; empty where the cell is blank.
	Effort, Cost string
	DecideBy     calendar.Date
	DecidedBy    string
	DecidedOn    calendar.Date
	Owner        string
	// TaskRefs are the tasks that the gap names, as typed; TaskIndexes are
	// those of them that exist, as indexes in Plan.Tasks.
	TaskRefs    []string
	TaskIndexes []int
	Status      GapStatus
	StatusText  string
	Unread      []Field
}

// Ref returns the reference to a field of the gap.
func (g *Gap) Ref(f Field) Ref { return g.Row.Ref(f) }

// IsUnread reports whether the cell of f holds something that could not be read.
func (g *Gap) IsUnread(f Field) bool { return contains(g.Unread, f) }

// Name returns what people call the gap: the requirement, else the process,
// else the id.
func (g *Gap) Name() string {
	switch {
	case g.Requirement != "":
		return g.Requirement
	case g.Process != "":
		return g.Process
	}
	return g.ID
}

// GapDecision is what was decided about a gap.
type GapDecision string

// The decisions about a gap. Undecided is the zero value; UnknownDecision is a
// text that nothing recognises, neither decided nor undecided.
const (
	Undecided       GapDecision = ""
	ModifySystem    GapDecision = "modify system"
	ChangeProcedure GapDecision = "change procedure"
	Configure       GapDecision = "configure"
	Workaround      GapDecision = "workaround"
	Defer           GapDecision = "defer"
	Accept          GapDecision = "accept"
	Reject          GapDecision = "reject"
	UnknownDecision GapDecision = "unknown"
)

// GapStatus is how far a gap has come.
type GapStatus string

// The statuses of a gap, in their order. The zero value is not told.
const (
	GapNew      GapStatus = "new"
	GapAnalysed GapStatus = "analysed"
	GapProposed GapStatus = "proposed"
	GapDecided  GapStatus = "decided"
	GapBuilding GapStatus = "building"
	GapTested   GapStatus = "tested"
	GapClosed   GapStatus = "closed"
	// GapOther is a word that nothing recognises.
	GapOther GapStatus = "other"
)
