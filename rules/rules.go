// Package rules judges a plan. A Rule is a value; Evaluate runs rules over one
// Input and returns findings. The package is pure: it knows no file, clock or
// network, and equal input gives equal findings.
package rules

import (
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// Rule is a check with a name under which users can find, tune and mute it.
type Rule struct {
	// Name is as written in the configuration: "gap-undecided".
	Name string
	// Doc explains the rule. The first line is its title, the rest goes into
	// the documentation.
	Doc string
	// Check returns what the rule has to say of the plan. Where its input is
	// missing it returns a finding of severity CannotJudge that says why.
	Check func(Input) []Finding
}

// Input is what rules judge. It is not written to.
type Input struct {
	Plan *plan.Plan
	// Today is the day for which is judged. It may be a weekend or a holiday:
	// then the status date is the working day after it.
	Today    calendar.Date
	Calendar *calendar.Calendar

	// facts is what Evaluate works out once for all rules.
	facts *facts
}

// Severity is how urgent a finding is.
type Severity uint8

// The severities, from the least urgent to the most. CannotJudge says that
// something needed for a judgement is missing.
const (
	CannotJudge Severity = iota
	Note
	Warning
	Critical
)

var severityNames = [...]string{"cannot judge", "note", "warning", "critical"}

// String returns the severity's name as written in a configuration.
func (s Severity) String() string { return severityNames[s] }

// Finding is what a rule says about one subject.
type Finding struct {
	// ID is the identity over runs: a short hash of rule, table, row key and
	// field. Text, numbers and severity aren't in it. Evaluate sets it.
	ID string
	// Rule is the rule's name. Evaluate sets it.
	Rule     string
	Severity Severity
	// At is the judged cell; zero for a finding about the whole plan.
	At plan.Ref
	// Table and Key are the subject's table and row key. For the whole plan
	// Table is empty and Key names the subject ("target").
	Table plan.Table
	Key   string
	// RowID is the id that people see, Subject what they call the row.
	RowID, Subject string
	// Area is the functional area, where the row tells it.
	Area string
	// Text says what is so, with its numbers and dates; Advice what to do.
	Text, Advice string
	// Effect is what it does to go-live.
	Effect Effect
	Owner  string
	// Due is the day by which it was or is due; zero: none.
	Due calendar.Date
	// DaysLate is by how many working days it is late; 0: not late.
	DaysLate calendar.Workdays
}

// Effect is what a finding does to go-live. The zero value is unknown, which
// is not the same as none.
type Effect struct {
	Days  calendar.Workdays
	Known bool
	// AtLeast means that it may be more.
	AtLeast bool
}
