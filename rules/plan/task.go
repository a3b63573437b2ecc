package plan

import "steerco/rules/calendar"

// Task is one row of the plan.
type Task struct {
	Row Row
	// Key is the row's identity over runs: the id where the id column is there
	// and unique, else section path and name, folded; rows of the same key are
	// numbered in the order of the sheet ("#2").
	Key string
	// ID and WBS are as displayed, trimmed.
	ID, WBS string
	Name    string
	// Section is the path of section rows and summary tasks above, outermost
	// first, joined by " / ".
	Section string
	Area    string
	Owner   string
	// Parent is the index in Plan.Tasks of the summary task above, or -1.
	Parent int
	// Level is the depth in the hierarchy, 0 at the top.
	Level int
	// Summary means that other tasks belong to this one. It is never judged by
	// itself.
	Summary bool
	// Milestone means that the row says so, or that it has a duration of zero.
	Milestone bool

	// Dates are zero where the cell is empty or could not be read; Unread
	// tells the difference.
	Start, Finish                 calendar.Date
	BaselineStart, BaselineFinish calendar.Date
	ActualStart, ActualFinish     calendar.Date
	Deadline                      calendar.Date
	ConstraintDate                calendar.Date
	Constraint                    string

	Duration  Maybe[Duration]
	Remaining Maybe[Duration]
	// Percent is how much is done, from 0 to 1.
	Percent Maybe[float64]
	// State is what status, actual dates and percent together say: StateOf.
	State State
	// StatusText is the status as typed.
	StatusText string
	// Relations are the predecessors, in the order typed.
	Relations []Relation
	// Unread lists the fields whose cells hold something that could not be read.
	Unread []Field
}

// Ref returns the reference to a field of the task.
func (t *Task) Ref(f Field) Ref { return t.Row.Ref(f) }

// IsUnread reports whether the cell of f holds something that could not be read.
func (t *Task) IsUnread(f Field) bool { return contains(t.Unread, f) }

func contains(fields []Field, f Field) bool {
	for _, u := range fields {
		if u == f {
			return true
		}
	}
	return false
}

// State is where a task stands.
type State uint8

// The states of a task. Unknown means that nothing that can be read tells.
const (
	Unknown State = iota
	NotStarted
	Running
	Done
	OnHold
	Cancelled
	AfterGoLive
)

var stateNames = [...]string{"unknown", "not started", "running", "done", "on hold", "cancelled", "after go-live"}

// String returns the state's name: "not started".
func (s State) String() string { return stateNames[s] }

// IsOpen reports whether work is left to do: not started, running or on hold.
func (s State) IsOpen() bool { return s == NotStarted || s == Running || s == OnHold }

// Evidence is what a row holds about its state.
type Evidence struct {
	// Word is the state that the status word stands for; Unknown where there
	// is no word, or none that is known.
	Word State
	// StrangeWord means that there is a status word that is not known.
	StrangeWord bool
	// Told means that the table has a column which tells what is done: a
	// status, a percent or an actual finish with a value in any leaf row.
	Told         bool
	Percent      Maybe[float64]
	ActualStart  calendar.Date
	ActualFinish calendar.Date
}

// StateOf returns where a row stands: the status word beats the actual finish,
// which beats the percent. A strange word is never taken as open or done.
func StateOf(e Evidence) State {
	switch {
	case e.Word != Unknown:
		return e.Word
	case !e.ActualFinish.IsZero(), e.Percent.Known && e.Percent.Value >= 1:
		return Done
	case e.StrangeWord, !e.Told:
		return Unknown
	case e.Percent.Known && e.Percent.Value > 0, !e.ActualStart.IsZero():
		return Running
	}
	return NotStarted
}

// Relation says that a task waits for another one.
type Relation struct {
	// Typed is the predecessor as it stands in the cell: "T12", "3.1".
	Typed string
	// Plan is the name of another plan, of "other-plan!T12"; empty: this one.
	Plan string
	// Task is the predecessor's index in Plan.Tasks, or -1 where it stands in
	// another plan.
	Task int
	Type RelationType
	// Lag is the planned wait; negative for a lead.
	Lag Duration
}

// RelationType tells which ends of two tasks a relation links.
type RelationType uint8

// The types of relations. The first word is the predecessor's end.
const (
	FinishStart RelationType = iota
	StartStart
	FinishFinish
	StartFinish
)

var relationTypeNames = [...]string{"FS", "SS", "FF", "SF"}

// String returns the usual abbreviation: "FS".
func (t RelationType) String() string { return relationTypeNames[t] }

// Duration is an amount of time with the unit in which people typed it. Only a
// calendar can compare two units.
type Duration struct {
	Amount float64
	Unit   Unit
	// Estimated means that it was typed with a question mark.
	Estimated bool
}

// Unit is a unit of durations.
type Unit uint8

// The units of durations. Elapsed units count all hours, not only worked ones.
// PercentOf is a share of the predecessor's duration, in lags only.
const (
	Days Unit = iota
	Minutes
	Hours
	Weeks
	Months
	ElapsedMinutes
	ElapsedHours
	ElapsedDays
	ElapsedWeeks
	PercentOf
)
