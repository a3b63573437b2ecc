package report

import (
	"cmp"
	"fmt"
	"slices"

	"steerco/rules/plan"
)

// Read is a table or sheet of the workbook, and what was made of it.
type Read struct {
	What  string `col:"what"`
	Sheet string `col:"sheet"`
	// Rows is how many rows were read; empty where nothing was.
	Rows string `col:"rows"`
	Note string `col:"note"`
}

// Help is a cell that would help to judge.
type Help struct {
	// Field is what is missing, Text of how many; ID, Subject and Ref are the
	// first row where it is.
	Field   string   `col:"field"`
	ID      string   `col:"id"`
	Ref     plan.Ref `col:"ref"`
	Subject string   `col:"subject"`
	Text    string   `col:"text"`
	Why     string   `col:"why"`
}

// mostHelps is how many cells are asked for at a time.
const mostHelps = 3

// expected are the tables that every plan may have, and what lacks without.
func expected() []Read {
	return []Read{
		{What: string(plan.Tasks), Note: "Without it nothing can be judged"},
		{What: string(plan.Gaps), Note: "Without it no decision can be followed"},
		{What: string(plan.CalendarTable), Note: "Monday to Friday count as worked, without holidays"},
		{What: string(plan.SettingsTable), Note: "Target, backup, PM and sponsor are not known"},
	}
}

// read returns the tables that were read, those that weren't found, and what
// was left out, each reason once.
func (b *builder) read() []Read {
	var all []Read
	for _, t := range b.Input.Read {
		all = append(all, Read{What: capital(string(t.Kind)), Sheet: t.Sheet, Rows: fmt.Sprint(t.Rows), Note: b.faultNote(t.Kind)})
	}
	for _, e := range expected() {
		if !b.wasRead(plan.Table(e.What)) {
			all = append(all, Read{What: capital(e.What), Sheet: "not found", Note: e.Note})
		}
	}
	return append(all, b.leftOut()...)
}

// leftOut returns what was skipped, the same reason on the same sheet counted.
func (b *builder) leftOut() []Read {
	count := map[Skipped]int{}
	for _, s := range b.Skipped {
		count[s]++
	}
	var all []Read
	for _, s := range b.Skipped {
		if count[s] == 0 {
			continue
		}
		note := capital(s.Because)
		if count[s] > 1 {
			note = fmt.Sprintf("%s (%d times)", note, count[s])
		}
		count[s] = 0
		all = append(all, Read{What: "Left out", Sheet: s.Sheet, Note: note})
	}
	return all
}

func (b *builder) wasRead(kind plan.Table) bool {
	return b.Plan.HasTable(kind) ||
		slices.ContainsFunc(b.Input.Read, func(t TableRead) bool { return t.Kind == kind })
}

func (b *builder) faultNote(kind plan.Table) string {
	unread, doubt := 0, 0
	for _, f := range b.Plan.Faults {
		switch {
		case f.Table != kind:
		case f.Doubt:
			doubt++
		default:
			unread++
		}
	}
	var parts [2]string
	if unread > 0 {
		parts[0] = plural(unread, "cell", "cells") + " could not be read"
	}
	if doubt > 0 {
		parts[1] = plural(doubt, "cell", "cells") + " may mean something else"
	}
	return joined(", ", parts[:]...)
}

// paragraph says in a few sentences what was read and what not.
func (b *builder) paragraph() string {
	rows := map[plan.Table]int{}
	var kinds []plan.Table
	for _, t := range b.Input.Read {
		if !slices.Contains(kinds, t.Kind) {
			kinds = append(kinds, t.Kind)
		}
		rows[t.Kind] += t.Rows
	}
	var found, missing []string
	for _, k := range kinds {
		if k == plan.SettingsTable {
			found = append(found, "settings")
			continue
		}
		found = append(found, rowsOf(rows[k], k))
	}
	for _, e := range expected() {
		if !b.wasRead(plan.Table(e.What)) {
			missing = append(missing, e.What)
		}
	}
	text := "Read: " + cmp.Or(andMore(found, len(found)), "nothing") + "."
	if len(missing) > 0 {
		text += " Not found: " + andMore(missing, len(missing)) + "."
	}
	if n := len(b.Plan.Faults); n > 0 {
		text += " " + plural(n, "cell is", "cells are") + " in doubt or could not be read."
	}
	return text
}

// helps returns the cells that would help most, at most three.
func (b *builder) helps() []Help {
	var all []Help
	for _, ask := range []func() (Help, bool){
		b.askFinish, b.askState, b.askTarget, b.askBackup, b.askLinks, b.askOwner, b.askGapDates, b.askPM,
	} {
		if h, helps := ask(); helps {
			all = append(all, h)
		}
	}
	return all[:min(len(all), mostHelps)]
}

// share counts the leaf tasks that count and those of them for which lacks
// holds, and returns the first of those.
func (b *builder) share(lacks func(int, *plan.Task) bool) (first *plan.Task, n, all int) {
	for i := range b.Plan.Tasks {
		t := &b.Plan.Tasks[i]
		if !counts(t) {
			continue
		}
		all++
		if lacks(i, t) {
			n++
			if first == nil {
				first = t
			}
		}
	}
	return first, n, all
}

// askAbove is the share of tasks without something from which on the cells are
// asked for.
const askAbove = 0.1

func (b *builder) ask(f plan.Field, why string, lacks func(int, *plan.Task) bool) (Help, bool) {
	first, n, all := b.share(lacks)
	if n == 0 || float64(n) < askAbove*float64(all) {
		return Help{}, false
	}
	h := Help{
		Field: capital(string(f)), ID: cmp.Or(first.ID, first.WBS), Subject: oneLine(first.Name),
		Text: fmt.Sprintf("Missing in %d of %s", n, plural(all, "task", "tasks")), Why: why,
	}
	if b.Plan.Has(plan.Tasks, f) {
		h.Ref = first.Ref(f)
	}
	return h, true
}

func (b *builder) askFinish() (Help, bool) {
	return b.ask(plan.Finish, "What has no finish is never seen to be late", func(i int, t *plan.Task) bool {
		return b.rolled[i].Finish.IsZero() && t.State != plan.Done
	})
}

func (b *builder) askState() (Help, bool) {
	return b.ask(plan.Status, "A date that has passed says nothing while nobody says what is done", func(_ int, t *plan.Task) bool {
		return t.State == plan.Unknown
	})
}

func (b *builder) askLinks() (Help, bool) {
	return b.ask(plan.Predecessors, "Only links tell what a late task does to go-live", func(_ int, t *plan.Task) bool {
		return len(t.Relations) == 0 && t.State != plan.Done
	})
}

func (b *builder) askOwner() (Help, bool) {
	return b.ask(plan.Owner, "Nobody can be asked about a task without an owner", func(_ int, t *plan.Task) bool {
		return t.Owner == "" && t.State.IsOpen()
	})
}

func (b *builder) askTarget() (Help, bool) {
	s := b.Plan.Settings
	if !s.Target.IsZero() && !s.TargetGuessed {
		return Help{}, false
	}
	why := "Everything is held against it"
	if s.TargetGuessed {
		return setting("Target go-live", "Guessed from the go-live row", why, s.At[plan.SettingTarget]), true
	}
	return setting("Target go-live", "Not set", why, s.At[plan.SettingTarget]), true
}

func setting(name, text, why string, at plan.Ref) Help {
	return Help{Field: name, Ref: at, Subject: "Settings", Text: text, Why: why}
}

func (b *builder) askBackup() (Help, bool) {
	s := b.Plan.Settings
	if !s.Backup.IsZero() {
		return Help{}, false
	}
	return setting("Backup go-live", "Not set", "Without a date to move to, the target can't be moved in comfort", s.At[plan.SettingBackup]), true
}

func (b *builder) askGapDates() (Help, bool) {
	n := 0
	var first *plan.Gap
	for i := range b.Plan.Gaps {
		if g := &b.Plan.Gaps[i]; needsDecision(g) && g.DecideBy.IsZero() {
			n++
			if first == nil {
				first = g
			}
		}
	}
	if n == 0 {
		return Help{}, false
	}
	h := Help{
		Field: "Decide by", ID: first.ID, Subject: oneLine(first.Name()),
		Text: fmt.Sprintf("Missing in %s without a decision", plural(n, "gap", "gaps")), Why: "Without a date no decision is ever overdue",
	}
	if b.Plan.Has(plan.Gaps, plan.DecideBy) {
		h.Ref = first.Ref(plan.DecideBy)
	}
	return h, true
}

func (b *builder) askPM() (Help, bool) {
	s := b.Plan.Settings
	if s.PM != "" {
		return Help{}, false
	}
	return setting("Project manager", "Not set", "Somebody releases the committee's report", s.At[plan.SettingPM]), true
}
