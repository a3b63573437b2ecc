// Package plan holds what a plan workbook says, as the people who run the
// project mean it: tasks with their relations, gaps, the calendar and the
// settings, and what of it could not be read. It knows no sheet and no cell;
// a Ref stands for both.
package plan

import "steerco/rules/calendar"

// Plan is what was read from a workbook and the workbooks beside it. It is not
// changed after it was made.
type Plan struct {
	// Name is the project's name, from the settings or the workbook.
	Name string
	// Tasks stand in the order of the sheet, summary tasks included.
	Tasks []Task
	// Gaps stand in the order of the sheet.
	Gaps []Gap
	// Calendar holds the rows of the calendar table, in the order of the sheet.
	Calendar []CalendarEntry
	// Settings are the project's own facts.
	Settings Settings
	// Faults are the cells that could not be read, in the order of the sheet.
	Faults []Fault
	// Tables tells which tables were found, and with which columns.
	Tables []TableColumns
	// GoLive is the index in Tasks of the row recognised as go-live, or -1.
	GoLive int
}

// Table is the kind of a table: a canonical name.
type Table string

// The kinds of tables that a workbook may hold.
const (
	Tasks         Table = "tasks"
	Gaps          Table = "gaps"
	Risks         Table = "risks"
	Decisions     Table = "decisions"
	Payments      Table = "payments"
	Readiness     Table = "readiness"
	Criteria      Table = "criteria"
	Volumes       Table = "volumes"
	Meetings      Table = "meetings"
	CalendarTable Table = "calendar"
	SettingsTable Table = "settings"
)

// Field is the canonical name of a column: "finish".
type Field string

// The fields of tasks and gaps.
const (
	ID             Field = "id"
	WBS            Field = "wbs"
	Parent         Field = "parent"
	Section        Field = "section"
	Name           Field = "name"
	Area           Field = "area"
	Owner          Field = "owner"
	Start          Field = "start"
	Finish         Field = "finish"
	DurationField  Field = "duration"
	Remaining      Field = "remaining"
	Percent        Field = "percent"
	Status         Field = "status"
	Predecessors   Field = "predecessors"
	Constraint     Field = "constraint"
	ConstraintDate Field = "constraint_date"
	Deadline       Field = "deadline"
	TaskCalendar   Field = "calendar"
	BaselineStart  Field = "baseline_start"
	BaselineFinish Field = "baseline_finish"
	ActualStart    Field = "actual_start"
	ActualFinish   Field = "actual_finish"
	Optimistic     Field = "optimistic"
	Likely         Field = "likely"
	Pessimistic    Field = "pessimistic"
	Milestone      Field = "milestone"
	Flag           Field = "flag"

	Process        Field = "process"
	Requirement    Field = "requirement"
	Fit            Field = "fit"
	Priority       Field = "priority"
	GoLiveBlocker  Field = "go_live_blocker"
	Options        Field = "options"
	Recommendation Field = "recommendation"
	Decision       Field = "decision"
	Reason         Field = "reason"
	Effort         Field = "effort"
	Cost           Field = "cost"
	DecideBy       Field = "decide_by"
	DecidedBy      Field = "decided_by"
	DecidedOn      Field = "decided_on"
	GapTasks       Field = "tasks"
)

// The fields of the calendar and of the settings.
const (
	CalendarDate  Field = "date"
	CalendarUntil Field = "until"
	Kind          Field = "kind"
	Who           Field = "who"
	Value         Field = "value"
)

// TableColumns tells of a table which fields it has.
type TableColumns struct {
	Table  Table
	Fields []Field
}

// Has reports whether the plan has a table of this kind with this column.
func (p *Plan) Has(t Table, f Field) bool {
	for _, tc := range p.Tables {
		if tc.Table != t {
			continue
		}
		for _, have := range tc.Fields {
			if have == f {
				return true
			}
		}
	}
	return false
}

// HasTable reports whether the plan has a table of this kind.
func (p *Plan) HasTable(t Table) bool {
	for _, tc := range p.Tables {
		if tc.Table == t {
			return true
		}
	}
	return false
}

// Row stands for one row of one table of one workbook. Only the reader that
// assigned it knows where it is. The zero value is no row.
type Row uint32

// Ref stands for one cell of the team's: a row and a field of it. The zero
// value refers to nothing. A Ref without a field refers to the whole row.
type Ref struct {
	Row   Row
	Field Field
}

// IsZero reports whether r refers to nothing.
func (r Ref) IsZero() bool { return r.Row == 0 }

// Ref returns the reference to another field of the same row.
func (r Row) Ref(f Field) Ref { return Ref{Row: r, Field: f} }

// Maybe is a value that the plan may not hold. The zero value is unknown.
type Maybe[T any] struct {
	Value T
	Known bool
}

// Known returns a value that the plan holds.
func Known[T any](v T) Maybe[T] { return Maybe[T]{Value: v, Known: true} }

// Fault is a cell whose content can't be used.
type Fault struct {
	// At is the cell. Without a field it is the row, and without a row the
	// whole table.
	At Ref
	// Table is the table in which the cell stands.
	Table Table
	// Key is the identity of the row, as in Task.Key.
	Key string
	// Name is what people call the row: the task's name.
	Name string
	// Typed is what stands in the cell.
	Typed string
	// Text says what is wrong, without the place: `"31.02." is not a date`.
	Text string
	// Fix says what to do: "write it as 2026-02-28".
	Fix string
	// Doubt means that the cell was read, but perhaps not as it was meant; a
	// fault without doubt was not read at all.
	Doubt bool
	// Owner is the row's owner, if it has one.
	Owner string
}

// Settings are the facts of the project that the settings table holds.
type Settings struct {
	// Target is the date planned for go-live, Backup the date it can be moved
	// to. Zero where nothing tells.
	Target, Backup calendar.Date
	// TargetGuessed means that no setting tells the target and that it was
	// taken from the row recognised as go-live.
	TargetGuessed       bool
	ProjectStart        calendar.Date
	StatusDate          calendar.Date
	PM, Sponsor         string
	Deputies            []string
	ContractTotal       string
	WorkingDays         [7]bool // from Sunday; all false: not set
	CutOverLead, Notice Maybe[calendar.Workdays]
	Stabilisation       Maybe[calendar.Workdays]
	NextMeeting         calendar.Date
	// At tells where a setting stands, by its canonical name ("target").
	At map[Field]Ref
	// Other holds settings with names that nothing recognises, as typed.
	Other map[string]string
}

// The canonical names of settings.
const (
	SettingProject       Field = "project"
	SettingTarget        Field = "target"
	SettingBackup        Field = "backup"
	SettingPM            Field = "pm"
	SettingDeputies      Field = "deputies"
	SettingSponsor       Field = "sponsor"
	SettingContractTotal Field = "contract_total"
	SettingProjectStart  Field = "project_start"
	SettingStatusDate    Field = "status_date"
	SettingWorkingDays   Field = "working_days"
	SettingCutOverLead   Field = "cut_over_lead"
	SettingNotice        Field = "notice"
	SettingStabilisation Field = "stabilisation"
	SettingNextMeeting   Field = "next_meeting"
)

// CalendarEntry is a row of the calendar table.
type CalendarEntry struct {
	Row         Row
	First, Last calendar.Date
	Kind        CalendarKind
	Name        string
	// Who is the owner or area that the entry concerns; empty: all.
	Who string
}

// CalendarKind tells what a calendar entry means.
type CalendarKind string

// The kinds of calendar entries.
const (
	Holiday    CalendarKind = "holiday"
	WorkingDay CalendarKind = "working day"
	Freeze     CalendarKind = "freeze"
	Peak       CalendarKind = "peak"
	Away       CalendarKind = "away"
)

// WorkCalendar returns the calendar that settings and calendar table make:
// the working week, less the holidays that concern all, plus the working days.
func (p *Plan) WorkCalendar() *calendar.Calendar {
	o := calendar.Options{Week: p.Settings.WorkingDays}
	for _, e := range p.Calendar {
		span := calendar.Span{First: e.First, Last: e.Last, Name: e.Name}
		switch {
		case e.Who != "":
		case e.Kind == Holiday:
			o.Off = append(o.Off, span)
		case e.Kind == WorkingDay:
			o.On = append(o.On, span)
		}
	}
	return calendar.NewCalendar(o)
}
