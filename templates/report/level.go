package report

import "steerco/rules"

// Level is what a coloured cell says. The zero value colours nothing.
type Level string

// The levels of a status, and those of a finding. Unknown is both: what can't
// be judged is never green.
const (
	Plain    Level = ""
	Red      Level = "red"
	Amber    Level = "amber"
	Green    Level = "green"
	Done     Level = "done"
	Unknown  Level = "unknown"
	Critical Level = "critical"
	Warning  Level = "warning"
	Note     Level = "note"
)

// Levels returns all levels that colour a cell, the most urgent first.
func Levels() []Level {
	return []Level{Critical, Red, Warning, Amber, Note, Unknown, Green, Done}
}

// Sign returns the sign that stands beside the colour, so that nobody needs to
// see the colour. It is empty for Plain.
func (l Level) Sign() string {
	switch l {
	case Red, Critical:
		return "✖"
	case Amber, Warning:
		return "▲"
	case Green, Note:
		return "●"
	case Done:
		return "✔"
	case Unknown:
		return "?"
	}
	return ""
}

// Word returns the word that stands beside the colour. It is empty for Plain.
func (l Level) Word() string {
	switch l {
	case Red:
		return "Red"
	case Amber:
		return "Amber"
	case Green:
		return "Green"
	case Done:
		return "Done"
	case Unknown:
		return "Cannot judge"
	case Critical:
		return "Critical"
	case Warning:
		return "Warning"
	case Note:
		return "Note"
	}
	return ""
}

// Urgency orders levels: the more urgent, the higher. Plain is 0.
func (l Level) Urgency() int {
	all := Levels()
	for i, other := range all {
		if l == other {
			return len(all) - i
		}
	}
	return 0
}

// levelOf returns the level of a finding.
func levelOf(s rules.Severity) Level {
	switch s {
	case rules.Critical:
		return Critical
	case rules.Warning:
		return Warning
	case rules.Note:
		return Note
	}
	return Unknown
}

// statusOf returns the status to which a finding brings its subject; Plain
// where it brings it to none.
func statusOf(s rules.Severity) Level {
	switch s {
	case rules.Critical:
		return Red
	case rules.Warning:
		return Amber
	case rules.CannotJudge:
		return Unknown
	}
	return Plain
}

func worse(a, b Level) Level {
	if b.Urgency() > a.Urgency() {
		return b
	}
	return a
}
