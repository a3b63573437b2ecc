// Package report makes of findings what people read: ranked, grouped and
// counted, with a status, the decisions that are needed, the milestones and the
// areas, as data sets with named columns. It leaves to templates how they look
// and where they stand, and to rules what is right or wrong.
package report

import (
	"slices"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// Input is what a report is made of. It is not written to.
type Input struct {
	Plan     *plan.Plan
	Findings []rules.Finding
	// Rules are those which judged; their titles name groups of findings.
	Rules []rules.Rule
	// Personal names the rules whose findings are about persons: they never
	// reach the committee.
	Personal []string
	// Today is the status date, AsOf the date of the data; zero: Today.
	Today, AsOf calendar.Date
	Calendar    *calendar.Calendar
	// Workbook is what people call the workbook, Version steerco's own.
	Workbook, Version string
	// Read are the tables that were found, Skipped what was left out.
	Read    []TableRead
	Skipped []Skipped
}

// TableRead is a table that was found.
type TableRead struct {
	Kind  plan.Table
	Sheet string
	// Rows counts the rows that were read, without summary and section rows.
	Rows int
}

// Skipped is something that was left out.
type Skipped struct {
	Sheet   string
	Because string
}

// Report is what the tabs show: a data set in each field, under the name of
// its tag. Nothing in it is about persons but what is in Today and Findings.
type Report struct {
	Head       Head        `set:"report"`
	Today      []Finding   `set:"today"`
	Findings   []Finding   `set:"findings"`
	Attention  []Finding   `set:"attention"`
	Decisions  []Decision  `set:"decisions"`
	Milestones []Milestone `set:"milestones"`
	Areas      []Area      `set:"areas"`
	Read       []Read      `set:"read"`
	Helps      []Help      `set:"helps"`
}

// Head is what concerns the whole report.
type Head struct {
	Project  string        `col:"project"`
	Workbook string        `col:"workbook"`
	Version  string        `col:"version"`
	Today    calendar.Date `col:"today"`
	AsOf     calendar.Date `col:"as_of"`

	// Status is the overall status, Sentence says why, Ask what is asked for,
	// Rest what else there is.
	Status   Level  `col:"status"`
	Sentence string `col:"sentence"`
	Ask      string `col:"ask"`
	Rest     string `col:"rest"`

	// The go-live line: each with a few words about it.
	Target       calendar.Date `col:"target"`
	TargetNote   string        `col:"target_note"`
	Backup       calendar.Date `col:"backup"`
	BackupNote   string        `col:"backup_note"`
	ToGo         string        `col:"to_go"`
	ToGoNote     string        `col:"to_go_note"`
	Forecast     string        `col:"forecast"`
	ForecastNote string        `col:"forecast_note"`

	// How many findings there are, by severity. The levels are Plain where
	// there are none.
	Findings      int   `col:"findings"`
	Critical      int   `col:"critical"`
	Warnings      int   `col:"warnings"`
	Notes         int   `col:"notes"`
	Unclear       int   `col:"unclear"`
	CriticalLevel Level `col:"critical_level"`
	WarningLevel  Level `col:"warning_level"`

	// What the plan holds: leaf tasks that count, and gaps.
	Tasks     int `col:"tasks"`
	Open      int `col:"open"`
	Late      int `col:"late"`
	Done      int `col:"done"`
	NotJudged int `col:"not_judged"`
	Gaps      int `col:"gaps"`
	Undecided int `col:"undecided"`
	Overdue   int `col:"undecided_late"`

	PM          string        `col:"pm"`
	Sponsor     string        `col:"sponsor"`
	NextMeeting calendar.Date `col:"next_meeting"`

	// Reading says in a paragraph what was read and what not.
	Reading string `col:"reading"`
	// Why a set is empty, where it is.
	NoToday      string `col:"no_today"`
	NoDecisions  string `col:"no_decisions"`
	NoMilestones string `col:"no_milestones"`
	NoAreas      string `col:"no_areas"`
}

// New makes the report. Equal input gives an equal report.
func New(in Input) Report {
	b := newBuilder(in)
	r := Report{
		Findings:   b.findings(),
		Today:      b.today(),
		Attention:  b.attention(),
		Decisions:  b.decisions(),
		Milestones: b.milestones(),
		Areas:      b.areas(),
		Read:       b.read(),
		Helps:      b.helps(),
	}
	r.Head = b.head(r)
	return r
}

// builder holds what several parts of a report are made of.
type builder struct {
	Input
	// ranked are all findings, the most urgent first; public are those of them
	// which may reach the committee.
	ranked, public []rules.Finding
	// severe has the most urgent finding of each row that may reach the
	// committee, as an index in public.
	severe map[plan.Row]int
	// children has the tasks below each summary task, by index in Plan.Tasks.
	children map[int][]int
	// rolled has where each task stands and when it is planned.
	rolled []plan.Rolled
	titles map[string]string
	// asked has the rows of the gaps that wait for a decision.
	asked map[plan.Row]bool
}

func newBuilder(in Input) *builder {
	if in.AsOf.IsZero() {
		in.AsOf = in.Today
	}
	if in.Plan == nil {
		in.Plan = &plan.Plan{GoLive: -1}
	}
	b := &builder{
		Input: in, ranked: rank(readableAll(in.Findings)), titles: titles(in.Rules),
		severe: map[plan.Row]int{}, children: map[int][]int{}, rolled: in.Plan.RollUp(in.Calendar),
	}
	for _, f := range b.ranked {
		if slices.Contains(in.Personal, f.Rule) {
			continue
		}
		b.public = append(b.public, f)
		if _, known := b.severe[f.At.Row]; !known && f.At.Row != 0 {
			b.severe[f.At.Row] = len(b.public) - 1
		}
	}
	b.asked = b.askedRows()
	for i := range in.Plan.Tasks {
		if p := in.Plan.Tasks[i].Parent; p >= 0 {
			b.children[p] = append(b.children[p], i)
		}
	}
	return b
}

// worst returns the most urgent finding about a row that may reach the
// committee.
func (b *builder) worst(row plan.Row) (rules.Finding, bool) {
	i, known := b.severe[row]
	if !known || row == 0 {
		return rules.Finding{}, false
	}
	return b.public[i], true
}

// counts reports whether a task is one of those whose state is counted: work
// that is still meant to be done before go-live, or was.
func counts(t *plan.Task) bool {
	return !t.Summary && t.State != plan.Cancelled && t.State != plan.AfterGoLive
}

// daysLate returns by how many working days an open task is late; 0: not late,
// or not known to be.
func (b *builder) daysLate(i int) calendar.Workdays {
	if !b.Plan.Tasks[i].State.IsOpen() {
		return 0
	}
	return b.Calendar.Late(b.rolled[i].Finish, b.Input.Today)
}

// canJudge reports whether it is known where a task stands: done, or open with
// a finish.
func (b *builder) canJudge(i int) bool {
	state := b.Plan.Tasks[i].State
	return state == plan.Done || state.IsOpen() && !b.rolled[i].Finish.IsZero()
}
