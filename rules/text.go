package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// aboutTask returns a finding about a field of a task, without text and
// severity. Its owner is the task's, else that of a summary task above.
func (f *facts) aboutTask(t *plan.Task, field plan.Field) Finding {
	id := t.ID
	if id == "" {
		id = t.WBS
	}
	return Finding{
		At: t.Ref(field), Table: plan.Tasks, Key: t.Key, RowID: id, Subject: t.Name, Area: t.Area, Owner: f.owner(t),
	}
}

// aboutGap returns a finding about a field of a gap, without text and severity.
func aboutGap(g *plan.Gap, field plan.Field) Finding {
	found := Finding{
		At: g.Ref(field), Table: plan.Gaps, Key: g.Key, RowID: g.ID, Subject: g.Name(), Area: g.Area, Owner: g.Owner,
	}
	if namesNobody(g.Owner) {
		found.Owner = ""
	}
	return found
}

// cannotJudge returns a finding that says why a rule lacks its input. Subject
// is its identity, in words that people understand.
func cannotJudge(subject, because, advice string) Finding {
	return Finding{Severity: CannotJudge, Key: subject, Subject: subject, Text: because, Advice: advice}
}

// noColumn returns a finding that says which column a rule misses.
func noColumn(t plan.Table, field, advice string) Finding {
	whole := map[plan.Table]string{plan.Tasks: "the plan", plan.Gaps: "the gap table"}[t]
	return cannotJudge(field+" column of "+string(t), whole+" has no "+field+" column", advice)
}

// nothingTells returns the finding for a plan in which no task has a state.
func nothingTells() Finding {
	return cannotJudge("status column of tasks", "no column tells what is done: status, percent or actual finish",
		"add a status column, or map yours to it in the configuration")
}

// nothingSaid is why the state of a row without any sign of it is unknown.
const nothingSaid = "nothing tells whether it is done"

// whyUnknown returns why the state of a task is unknown.
func whyUnknown(t *plan.Task) string {
	for _, f := range []plan.Field{plan.Status, plan.Percent, plan.ActualFinish} {
		if t.IsUnread(f) {
			return fmt.Sprintf("its %s can't be read", strings.ReplaceAll(string(f), "_", " "))
		}
	}
	if t.StatusText != "" {
		return fmt.Sprintf("the status %q is not known", t.StatusText)
	}
	return nothingSaid
}

// workdays returns a number of working days in words.
func workdays(n calendar.Workdays) string {
	if n == 1 {
		return "1 working day"
	}
	return strconv.Itoa(int(n)) + " working days"
}

// count returns a number of things in words; the plural is one with an s.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// has returns a number of things as the beginning of a sentence: "2 gaps have".
func has(n int, thing string) string {
	if n == 1 {
		return count(n, thing) + " has"
	}
	return count(n, thing) + " have"
}

// named returns how texts call a task: its id and its name.
func named(t *plan.Task) string {
	id := t.ID
	if id == "" {
		id = t.WBS
	}
	switch {
	case id == "":
		return fmt.Sprintf("%q", t.Name)
	case t.Name == "" || t.Name == id:
		return id
	}
	return fmt.Sprintf("%s %q", id, t.Name)
}

// listed returns names joined by commas: at most three, then how many more.
func listed(names []string) string {
	const most = 3
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// and joins words as a sentence does: "reason, effort and cost".
func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// progress returns how far a task is, as an addition to a text: ", 40 % done".
func progress(t *plan.Task) string {
	switch {
	case t.Percent.Known && t.Percent.Value > 0 && t.Percent.Value < 1:
		return fmt.Sprintf(", %.0f %% done", t.Percent.Value*100)
	case t.State == plan.NotStarted && !t.Milestone:
		return ", not started"
	}
	return ""
}

// ask returns an advice that goes to the owner, or begins with finding one.
func ask(owner, what string) string {
	if owner == "" {
		return "name an owner who can tell " + what
	}
	return "ask " + owner + " " + what
}

// committee returns the next meeting, as far as it is known.
func (f *facts) committee() string {
	if next := f.plan.Settings.NextMeeting; next >= f.today {
		return "the committee of " + next.String()
	}
	return "the committee"
}

// escalate adds to the advice of a critical finding where it goes.
func (f *facts) escalate(found *Finding) {
	if found.Severity == Critical {
		found.Advice += ", and bring it to " + f.committee()
	}
}

// isBlank reports whether a cell says nothing, though something may stand in it.
func isBlank(text string) bool {
	return slices.Contains([]string{
		"", "-", "--", "–", "?", "??", "tbd", "tba", "tbc", "t.b.d.", "t.b.a.", "to be defined", "to be determined",
		"to be confirmed", "to be decided", "n/a", "na", "open", "offen", "pending",
	}, strings.ToLower(strings.TrimSpace(text)))
}

// namesNobody reports whether a text in the place of an owner is no name.
func namesNobody(owner string) bool {
	return isBlank(owner) || slices.Contains([]string{
		"n.n.", "nn", "n. n.", "unassigned", "not assigned", "vacant", "nobody", "none", "no owner", "unbesetzt", "niemand",
		"à définir", "por definir", "da definire",
	}, strings.ToLower(strings.TrimSpace(owner)))
}
