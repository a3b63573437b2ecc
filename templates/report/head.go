package report

import (
	"fmt"
	"strings"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// head returns what concerns the whole, once the rest of the report is there.
func (b *builder) head(r Report) Head {
	h := Head{
		Project: b.Plan.Name, Workbook: b.Workbook, Version: b.Version,
		Today: b.Input.Today, AsOf: b.AsOf, Findings: len(b.ranked),
		PM: b.Plan.Settings.PM, Sponsor: b.Plan.Settings.Sponsor, NextMeeting: b.Plan.Settings.NextMeeting,
		Gaps: len(b.Plan.Gaps), Undecided: len(r.Decisions), Reading: b.paragraph(),
	}
	if h.Project == "" {
		h.Project = withoutEnding(b.Workbook)
	}
	b.countFindings(&h)
	b.countTasks(&h)
	for _, d := range r.Decisions {
		if d.Late > 0 {
			h.Overdue++
		}
	}
	b.goLive(&h)
	b.status(&h)
	b.empty(&h)
	return h
}

// withoutEnding returns the name of a workbook without the ending of its file.
func withoutEnding(name string) string {
	for _, ending := range []string{".xlsx", ".xlsm", ".xltx", ".xltm"} {
		if i := len(name) - len(ending); i > 0 && strings.EqualFold(name[i:], ending) {
			return name[:i]
		}
	}
	return name
}

func (b *builder) countFindings(h *Head) {
	for _, f := range b.ranked {
		switch f.Severity {
		case rules.Critical:
			h.Critical++
			h.CriticalLevel = Critical
		case rules.Warning:
			h.Warnings++
			h.WarningLevel = Warning
		case rules.Note:
			h.Notes++
		default:
			h.Unclear++
		}
	}
}

func (b *builder) countTasks(h *Head) {
	for i := range b.Plan.Tasks {
		t := &b.Plan.Tasks[i]
		if !counts(t) {
			continue
		}
		h.Tasks++
		if t.State == plan.Done {
			h.Done++
		}
		if t.State.IsOpen() {
			h.Open++
		}
		if b.daysLate(i) > 0 {
			h.Late++
		}
		if !b.canJudge(i) {
			h.NotJudged++
		}
	}
}

// goLive fills the go-live line as far as it is known.
func (b *builder) goLive(h *Head) {
	s := b.Plan.Settings
	h.Target, h.Backup = s.Target, s.Backup
	h.ToGo, h.Forecast = "–", "not computed"
	h.ForecastNote = "as planned; links give no forecast yet"
	switch {
	case s.Target.IsZero():
		h.TargetNote = "not set"
	case s.TargetGuessed:
		h.TargetNote = "guessed from the go-live row"
	default:
		h.TargetNote = "as set"
	}
	if s.Backup.IsZero() {
		h.BackupNote = "not set"
	} else if !s.Target.IsZero() {
		h.BackupNote = after(b.Calendar.Between(s.Target, s.Backup))
	}
	if s.Target.IsZero() {
		return
	}
	if n := b.Calendar.Between(b.Input.Today, s.Target); n >= 0 {
		h.ToGo, h.ToGoNote = fmt.Sprint(int(n)), unit(n)+" to the target"
	} else {
		h.ToGo, h.ToGoNote = fmt.Sprint(int(-n)), unit(-n)+" past the target"
	}
}

// unit is what stands below a number of working days.
func unit(n calendar.Workdays) string {
	if n == 1 {
		return "working day"
	}
	return "working days"
}

// after says how far the backup lies from the target.
func after(n calendar.Workdays) string {
	if n < 0 {
		return workdays(-n) + " before the target"
	}
	return workdays(n) + " later"
}

// status fills the overall status, its sentence and what is asked for.
func (b *builder) status(h *Head) {
	critical, warnings := b.publicCounts()
	h.Rest = b.rest(h, critical, warnings)
	switch reason := b.notJudged(h); {
	case critical > 0:
		first := b.public[0]
		h.Status, h.Sentence = Red, stop(headline(first))
		h.Ask = "Asked for: " + stop(first.Advice)
		if b.asked[first.At.Row] {
			h.Sentence, h.Ask = stop(decide(first)+": "+clause(first.Text)), stop(subject(first))
		}
	case mostly(h):
		h.Status, h.Sentence = Unknown, "Cannot be judged: "+stop(reason)
		h.Ask = "What would help most stands in Summary."
	case warnings > 0:
		h.Status, h.Sentence = Amber, b.amber(h)
		h.Ask = "The team has a recovery to make; no finding is critical."
	case reason != "":
		h.Status, h.Sentence = Unknown, "Cannot be judged: "+stop(reason)
		h.Ask = "What would help most stands in Summary."
	default:
		h.Status, h.Sentence = Green, "No task is late and no decision is overdue."
		h.Ask = fmt.Sprintf("Judged on all %s.", plural(h.Tasks, "task", "tasks"))
	}
}

// mostly reports whether most of the plan can't be judged, so that what is
// known of the rest is no status of the whole.
func mostly(h *Head) bool { return 2*h.NotJudged >= h.Tasks }

func (b *builder) publicCounts() (critical, warnings int) {
	for _, f := range b.public {
		switch f.Severity {
		case rules.Critical:
			critical++
		case rules.Warning:
			warnings++
		}
	}
	return critical, warnings
}

// inHeadline is how much of a name a headline holds, in letters.
const inHeadline = 48

// headline says a finding in a sentence with its subject.
func headline(f rules.Finding) string {
	if f.At.Row == 0 {
		return capital(f.Text)
	}
	name := []rune(named(f))
	if len(name) > inHeadline {
		name = append(name[:inHeadline-1:inHeadline-1], '…')
	}
	return string(name) + ": " + clause(f.Text)
}

// shortestClause is from which length on the beginning of a text says enough,
// in bytes.
const shortestClause = 20

// clause returns a text up to its first bracket or comma, for a headline; the
// whole text stands among the findings.
func clause(text string) string {
	for _, end := range []string{" (", ", "} {
		if i := strings.Index(text, end); i >= shortestClause {
			text = text[:i]
		}
	}
	return text
}

// amber says why the project is off plan.
func (b *builder) amber(h *Head) string {
	var late, undecided string
	if h.Late > 0 {
		late = fmt.Sprintf("%d of %s", h.Late, plural(h.Open, "open task is late", "open tasks are late"))
	}
	if h.Overdue > 0 {
		undecided = plural(h.Overdue, "gap", "gaps") + " undecided past the date"
	}
	if text := joined(", ", late, undecided); text != "" {
		return stop(text)
	}
	first := b.public[0]
	return stop(headline(first))
}

// rest says what there is besides the sentence.
func (b *builder) rest(h *Head, critical, warnings int) string {
	var parts []string
	if critical > 1 {
		parts = append(parts, fmt.Sprintf("%d more critical", critical-1))
	}
	if warnings > 0 {
		parts = append(parts, plural(warnings, "warning", "warnings"))
	}
	if h.NotJudged > 0 {
		parts = append(parts, fmt.Sprintf("%d of %s can't be judged", h.NotJudged, plural(h.Tasks, "task", "tasks")))
	}
	return capital(joined(", ", parts...))
}

// notJudged returns why the plan as a whole can't be called green; empty: it
// can.
func (b *builder) notJudged(h *Head) string {
	switch {
	case h.Tasks == 0:
		return "no tasks were read"
	case h.NotJudged > 0:
		return fmt.Sprintf("%d of %s lack a status or a date", h.NotJudged, plural(h.Tasks, "task", "tasks"))
	case h.Target.IsZero():
		return "there is no target date for go-live"
	}
	for _, f := range b.public {
		if f.Severity == rules.CannotJudge {
			return f.Text
		}
	}
	return ""
}

// empty says why sets are empty.
func (b *builder) empty(h *Head) {
	h.NoToday = "Nothing is critical and nothing needs a recovery."
	if h.Tasks == 0 || h.NotJudged == h.Tasks {
		h.NoToday = "Nothing can be told yet: the plan lacks dates or statuses."
	}
	h.NoDecisions = "No gap waits for a decision."
	if !b.Plan.HasTable(plan.Gaps) {
		h.NoDecisions = "? Cannot judge: the workbook has no table of gaps."
	}
	h.NoMilestones = "No milestone is late or due within 90 days."
	if !b.hasMilestones() {
		h.NoMilestones = "? Cannot judge: the plan marks no milestones."
	}
	h.NoAreas = "? Cannot judge: the plan names no areas."
}

func (b *builder) hasMilestones() bool {
	for i := range b.Plan.Tasks {
		if b.isMilestone(i) {
			return true
		}
	}
	return false
}
