package rulestest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// build makes a case of the tables that were read.
func (p *parser) build(d *draft) Case {
	b := builder{parser: p, plan: &plan.Plan{GoLive: -1}, lines: map[subject]int{}, wants: d.wants, keys: map[subject]int{}}
	for _, t := range d.tables {
		b.table(t)
	}
	b.link()
	for _, w := range d.wants {
		b.lines[w.about] = w.line
	}
	cal := b.plan.WorkCalendar()
	return Case{
		Name:  d.name,
		Input: rules.Input{Plan: b.plan, Today: d.today, Calendar: cal},
		wants: b.wants, lines: b.lines,
	}
}

type builder struct {
	*parser
	plan  *plan.Plan
	rows  plan.Row
	lines map[subject]int
	keys  map[subject]int
	wants []want
	// evidence and links are what tasks are made of once all rows are known.
	evidence []plan.Evidence
	links    []row
	// The row that is being read.
	kind   plan.Table
	row    row
	about  subject
	unread []plan.Field
}

func (b *builder) table(t table) {
	fields := slices.DeleteFunc(slices.Clone(t.fields), func(f plan.Field) bool { return f == wantColumn })
	b.plan.Tables = append(b.plan.Tables, plan.TableColumns{Table: t.kind, Fields: fields})
	for _, r := range t.rows {
		b.rows++
		b.kind, b.row, b.unread, b.line = t.kind, r, nil, r.line
		b.about = subject{table: t.kind, key: b.key()}
		b.lines[b.about] = r.line
		b.wants = append(b.wants, b.rowWants(r, b.about)...)
		switch t.kind {
		case plan.Tasks:
			b.task()
		case plan.Gaps:
			b.gap()
		case plan.SettingsTable:
			b.setting()
		case plan.CalendarTable:
			b.calendarEntry()
		}
	}
}

// key returns the identity of the row that is being read.
func (b *builder) key() string {
	key := b.row.cells[plan.ID]
	if key == "" {
		key = strings.ToLower(b.row.cells[plan.Section] + "/" + b.text(plan.Name, plan.WBS, plan.Requirement))
	}
	s := subject{table: b.kind, key: key}
	if b.keys[s]++; b.keys[s] > 1 {
		key += fmt.Sprintf("#%d", b.keys[s])
	}
	return key
}

// text returns the first of the row's fields that isn't empty.
func (b *builder) text(fields ...plan.Field) string {
	for _, f := range fields {
		if text := b.row.cells[f]; text != "" {
			return text
		}
	}
	return ""
}

// unreadable records that a cell can't be used, or is in doubt.
func (b *builder) unreadable(f plan.Field, fault plan.Fault) {
	fault.At, fault.Table, fault.Typed = plan.Ref{Row: b.rows, Field: f}, b.kind, b.row.cells[f]
	fault.Name, fault.Owner = b.text(plan.Name, plan.Requirement), b.row.cells[plan.Owner]
	fault.Key = b.about.key
	b.plan.Faults = append(b.plan.Faults, fault)
	if !fault.Doubt {
		b.unread = append(b.unread, f)
	}
}

func (b *builder) task() {
	cells := b.row.cells
	t := plan.Task{
		Row: b.rows, Key: b.about.key, ID: cells[plan.ID], WBS: cells[plan.WBS], Name: cells[plan.Name], Section: cells[plan.Section],
		Area: cells[plan.Area], Owner: cells[plan.Owner], Parent: -1, StatusText: cells[plan.Status],
		Start: b.date(plan.Start), Finish: b.date(plan.Finish), Deadline: b.date(plan.Deadline),
		BaselineStart: b.date(plan.BaselineStart), BaselineFinish: b.date(plan.BaselineFinish),
		ActualStart: b.date(plan.ActualStart), ActualFinish: b.date(plan.ActualFinish),
		Duration: b.duration(plan.DurationField), Percent: b.percent(plan.Percent),
	}
	t.Milestone = cells[plan.Milestone] != "" || cells[plan.Flag] == "milestone" || t.Duration.Known && t.Duration.Value.Amount == 0
	if cells[plan.Flag] == "go-live" {
		b.plan.GoLive, t.Milestone = len(b.plan.Tasks), true
	}
	t.Unread = b.unread
	word, known := states()[t.StatusText]
	b.evidence = append(b.evidence, plan.Evidence{
		Word: word, StrangeWord: t.StatusText != "" && !known,
		Percent: t.Percent, ActualStart: t.ActualStart, ActualFinish: t.ActualFinish,
	})
	b.links = append(b.links, b.row)
	b.plan.Tasks = append(b.plan.Tasks, t)
}

// states are the words that a status column may hold.
func states() map[string]plan.State {
	words := map[string]plan.State{}
	for s := plan.NotStarted; s <= plan.AfterGoLive; s++ {
		words[s.String()] = s
	}
	return words
}

// link resolves what tasks and gaps say of other tasks, and where tasks stand.
func (b *builder) link() {
	index := map[string]int{}
	for i := range b.plan.Tasks {
		for _, name := range []string{b.plan.Tasks[i].ID, b.plan.Tasks[i].WBS} {
			if _, taken := index[name]; !taken && name != "" {
				index[name] = i
			}
		}
	}
	for i := range b.plan.Tasks {
		t, r := &b.plan.Tasks[i], b.links[i]
		b.line = r.line
		t.Relations = b.relations(r.cells[plan.Predecessors], index)
		parent := r.cells[plan.Parent]
		if at, ok := index[parent]; ok {
			t.Parent, b.plan.Tasks[at].Summary = at, true
		} else if parent != "" {
			b.fault("no task has the id %q", parent)
		}
	}
	b.judgeStates()
	for i := range b.plan.Gaps {
		g := &b.plan.Gaps[i]
		for _, ref := range g.TaskRefs {
			if at, ok := index[ref]; ok {
				g.TaskIndexes = append(g.TaskIndexes, at)
			}
		}
	}
}

func (b *builder) judgeStates() {
	told := false
	for i, e := range b.evidence {
		if !b.plan.Tasks[i].Summary {
			told = told || b.plan.Tasks[i].StatusText != "" || e.Percent.Known || !e.ActualFinish.IsZero()
		}
	}
	for i, e := range b.evidence {
		e.Told = told
		b.plan.Tasks[i].State = plan.StateOf(e)
	}
}

func (b *builder) gap() {
	cells := b.row.cells
	g := plan.Gap{
		Row: b.rows, Key: b.about.key, ID: cells[plan.ID], Area: cells[plan.Area], Process: cells[plan.Process],
		Requirement: cells[plan.Requirement], Fit: cells[plan.Fit], Priority: cells[plan.Priority],
		Options: cells[plan.Options], Recommendation: cells[plan.Recommendation], DecisionText: cells[plan.Decision],
		Reason: cells[plan.Reason], Effort: cells[plan.Effort], Cost: cells[plan.Cost], DecideBy: b.date(plan.DecideBy),
		DecidedBy: cells[plan.DecidedBy], DecidedOn: b.date(plan.DecidedOn), Owner: cells[plan.Owner],
		TaskRefs: list(cells[plan.GapTasks]), StatusText: cells[plan.Status],
	}
	g.GoLiveBlocker = plan.Maybe[bool]{Value: cells[plan.GoLiveBlocker] == "yes", Known: cells[plan.GoLiveBlocker] != ""}
	g.Decision, g.RecommendedDecision = decision(g.DecisionText), decision(g.Recommendation)
	g.Status = gapStatus(g.StatusText)
	g.Unread = b.unread
	b.plan.Gaps = append(b.plan.Gaps, g)
}

func decision(text string) plan.GapDecision {
	d := plan.GapDecision(strings.ToLower(text))
	switch d {
	case plan.Undecided, plan.ModifySystem, plan.ChangeProcedure, plan.Configure, plan.Workaround, plan.Defer, plan.Accept, plan.Reject:
		return d
	case "undecided", "tbd":
		return plan.Undecided
	}
	return plan.UnknownDecision
}

func gapStatus(text string) plan.GapStatus {
	s := plan.GapStatus(text)
	switch s {
	case "", plan.GapNew, plan.GapAnalysed, plan.GapProposed, plan.GapDecided, plan.GapBuilding, plan.GapTested, plan.GapClosed:
		return s
	}
	return plan.GapOther
}

func (b *builder) calendarEntry() {
	cells := b.row.cells
	e := plan.CalendarEntry{
		Row: b.rows, First: b.date(plan.CalendarDate), Last: b.date(plan.CalendarUntil),
		Kind: plan.CalendarKind(cells[plan.Kind]), Name: cells[plan.Name], Who: cells[plan.Who],
	}
	if e.Last.IsZero() {
		e.Last = e.First
	}
	b.plan.Calendar = append(b.plan.Calendar, e)
}

func (b *builder) setting() {
	s := &b.plan.Settings
	name := plan.Field(b.row.cells[plan.Name])
	text := b.row.cells[plan.Value]
	dates := map[plan.Field]*calendar.Date{
		plan.SettingTarget: &s.Target, plan.SettingBackup: &s.Backup, plan.SettingNextMeeting: &s.NextMeeting,
		plan.SettingProjectStart: &s.ProjectStart, plan.SettingStatusDate: &s.StatusDate,
	}
	numbers := map[plan.Field]*plan.Maybe[calendar.Workdays]{
		plan.SettingCutOverLead: &s.CutOverLead, plan.SettingNotice: &s.Notice, plan.SettingStabilisation: &s.Stabilisation,
	}
	if s.At == nil {
		s.At = map[plan.Field]plan.Ref{}
	}
	s.At[name] = b.rows.Ref(plan.Value)
	switch {
	case dates[name] != nil:
		faults := len(b.plan.Faults)
		*dates[name] = b.date(plan.Value)
		if name == plan.SettingTarget && strings.HasSuffix(text, "?") {
			s.TargetGuessed = true
			b.plan.Faults = b.plan.Faults[:faults]
		}
	case numbers[name] != nil:
		*numbers[name] = plan.Known(calendar.Workdays(b.number(text)))
	case name == plan.SettingWorkingDays:
		s.WorkingDays = b.week(text)
	case name == plan.SettingPM:
		s.PM = text
	case name == plan.SettingSponsor:
		s.Sponsor = text
	case name == plan.SettingProject:
		b.plan.Name = text
	default:
		b.fault("no setting is called %q", name)
	}
}

// week reads working days, as "Mon Tue Sat".
func (b *builder) week(text string) (week [7]bool) {
	for word := range strings.FieldsSeq(text) {
		found := false
		for day := time.Sunday; day <= time.Saturday; day++ {
			if day.String()[:3] == word {
				week[day], found = true, true
			}
		}
		if !found {
			b.fault("%q is not a day: write it as Mon", word)
		}
	}
	return week
}
