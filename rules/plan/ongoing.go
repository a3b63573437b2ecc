package plan

import (
	"slices"
	"strings"
	"unicode"

	"steerco/rules/calendar"
)

// Recurs reports whether a task's name says that it comes again and again
// ("Weekly meeting") and it goes on for four weeks at least. A short one of
// that name is work: "Build daily reports".
func (t *Task) Recurs() bool {
	const fourWeeks = 26 // from a Monday to the Friday of the fourth week, less a holiday
	start, finish := t.span()
	return !start.IsZero() && finish-start >= fourWeeks && recurring(t.Name)
}

// span returns from when to when a task goes; zero where it has no length.
func (t *Task) span() (start, finish calendar.Date) {
	start, finish = t.Start, t.PlannedFinish(nil)
	if start.IsZero() || finish < start {
		return 0, 0
	}
	return start, finish
}

// firstLength returns how many days the task was planned to take at first.
func (t *Task) firstLength() calendar.Date {
	if !t.BaselineStart.IsZero() && !t.BaselineFinish.IsZero() {
		return t.BaselineFinish - t.BaselineStart
	}
	start, finish := t.span()
	return finish - start
}

// recurring reports whether a name holds a word that says so. Words are taken
// by their beginning, so that endings don't matter; those of languages without
// spaces anywhere.
func recurring(name string) bool {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(words, func(word string) bool {
		return slices.ContainsFunc([]string{
			"weekly", "biweekly", "fortnightly", "daily", "monthly", "quarterly", "recurring", "ongoing",
			"wöchentlich", "täglich", "monatlich", "laufend", "regelmäßig", "hebdomadaire", "quotidien", "mensuel",
			"semanal", "diari", "mensual", "mensal", "settimanal", "mensil", "wekelijks", "dagelijks", "maandelijks",
		}, func(begin string) bool { return strings.HasPrefix(word, begin) })
	}) || strings.Contains(name, "毎週") || strings.Contains(name, "毎月") || strings.Contains(name, "定例")
}

// Ongoing tells of each task whether it goes on beside the project rather than
// leading anywhere: its name says that it recurs and nothing waits for it, or,
// in a plan with links, it has none and is longer than half the project, and
// than three months. Where there is a baseline it tells the length, so that no
// task gets out by a later finish. A milestone, a summary task and the row of
// go-live are never ongoing.
func (p *Plan) Ongoing() []bool {
	ongoing := make([]bool, len(p.Tasks))
	waited, linked := p.links()
	const threeMonths = 91
	long := max(p.length()/2, threeMonths)
	hasLinks := slices.Contains(linked, true)
	for i := range p.Tasks {
		t := &p.Tasks[i]
		if t.Summary || t.Milestone || i == p.GoLive {
			continue
		}
		ongoing[i] = !waited[i] && t.Recurs() || hasLinks && !linked[i] && t.firstLength() > long
	}
	return ongoing
}

// links tells which tasks others wait for, and which have any link at all, of
// their own or of a summary task above.
func (p *Plan) links() (waited, linked []bool) {
	waited, linked = make([]bool, len(p.Tasks)), make([]bool, len(p.Tasks))
	for i := range p.Tasks {
		for _, r := range p.Tasks[i].Relations {
			linked[i] = true
			if r.Task >= 0 {
				waited[r.Task], linked[r.Task] = true, true
			}
		}
	}
	own := slices.Clone(linked)
	for i := range p.Tasks {
		for up, depth := p.Tasks[i].Parent, 0; up >= 0 && depth < deepest; up, depth = p.Tasks[up].Parent, depth+1 {
			linked[i] = linked[i] || own[up]
		}
	}
	return waited, linked
}

// length returns the days of the project: from its start, or the earliest of a
// task, to the target, or the latest finish of a task.
func (p *Plan) length() calendar.Date {
	first, last := calendar.Date(0), calendar.Date(0)
	for i := range p.Tasks {
		start, finish := p.Tasks[i].span()
		if !start.IsZero() && (first.IsZero() || start < first) {
			first = start
		}
		last = max(last, finish)
	}
	if s := p.Settings.ProjectStart; !s.IsZero() {
		first = s
	}
	if target := p.Settings.Target; !target.IsZero() {
		last = target
	}
	return max(0, last-first)
}
