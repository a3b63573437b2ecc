package planread

import (
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// The parsers of single texts, for tests of their own.

// DayOrder tells how a text's day and month are read.
type DayOrder = dateOrder

// The orders of day and month.
const (
	DayFirst   = dayFirst
	MonthFirst = monthFirst
)

// ParseDate reads a date from text in an order; year stands for a missing one.
func ParseDate(text string, order DayOrder, year int) (calendar.Date, bool) {
	t, ok := words().dateText(text)
	if !ok {
		return 0, false
	}
	if t.dotted && !t.fixed {
		order = dayFirst
	}
	return t.on(order, year)
}

// ParseDuration reads a duration from text, with days for bare numbers.
func ParseDuration(text string) (d plan.Duration, mixed, ok bool) {
	return words().duration(text, plan.Days)
}

// ParsePercent reads a share or a number from text.
func ParsePercent(text string) (n float64, isShare, ok bool) { return percentText(text) }

// ParseLinks reads the predecessors of a cell in a plan of these tasks: the
// tasks meant by each, and the texts that mean none.
func ParseLinks(text string, tasks []plan.Task) (relations []plan.Relation, problems []string) {
	for _, l := range newLinkNames(words(), tasks).parse(text) {
		if l.problem != "" {
			problems = append(problems, l.problem)
			continue
		}
		if l.relation.Plan != "" {
			relations = append(relations, l.relation)
		}
		for _, to := range l.to {
			l.relation.Task = to
			relations = append(relations, l.relation)
		}
	}
	return relations, problems
}

// StatusOf returns the state for which a word stands; known is false for a
// strange one.
func StatusOf(word string) (state plan.State, known bool) {
	m, ok := meaning(words().status, word)
	return stateNames[m], ok
}

// Fold is how texts are compared.
func Fold(s string) string { return fold(s) }
