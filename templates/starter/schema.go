package starter

import (
	"slices"

	"steerco/rules/plan"
)

// word is a text in each language.
type word struct{ en, de string }

func (w word) in(l Language) string {
	if l == German {
		return w.de
	}
	return w.en
}

type table struct {
	table   plan.Table
	name    word
	title   string
	help    string
	columns []column
}

type column struct {
	field   plan.Field
	header  word
	width   float64
	format  Format
	choices []string
	open    bool
	help    string
}

// sheet returns the table's sheet without rows.
func (t table) sheet(l Language) Sheet {
	s := Sheet{Table: t.table, Name: t.name.in(l), Title: t.title, Help: t.help}
	for _, c := range t.columns {
		s.Columns = append(s.Columns, Column{
			Field: c.field, Header: c.header.in(l), Help: c.help, Width: c.width,
			Format: c.format, Choices: slices.Clone(c.choices), Open: c.open,
		})
	}
	return s
}

// The functional areas of an order management system.
const (
	orders     = "Order entry and channels"
	pricing    = "Pricing and promotions"
	customers  = "Customers and credit"
	products   = "Products"
	inventory  = "Inventory and availability"
	sourcing   = "Orchestration and sourcing"
	fulfilment = "Fulfilment, warehouse and carriers"
	dropship   = "Drop-ship and marketplaces"
	purchasing = "Purchasing"
	returns    = "Returns and refunds"
	service    = "Customer service"
	payments   = "Payments and fraud"
	tax        = "Tax"
	finance    = "Finance and invoicing"
	reporting  = "Reporting"
	interfaces = "Integrations"
	migration  = "Data migration"
	security   = "Security and roles"
	platform   = "Infrastructure and performance"
	qa         = "Testing"
	training   = "Training and change"
	cutover    = "Cut-over and support"
	management = "Project management"
)

func areas() []string {
	return []string{
		orders, pricing, customers, products, inventory, sourcing, fulfilment, dropship, purchasing, returns, service,
		payments, tax, finance, reporting, interfaces, migration, security, platform, qa, training, cutover, management,
	}
}

func taskStatuses() []string {
	return []string{"Not started", "In progress", "Done", "On hold", "Cancelled", "After go-live"}
}

func decisions() []string {
	return []string{
		"Undecided", "Modify system", "Change procedure", "Configure", "Workaround", "Defer", "Accept", "Reject",
	}
}

func yesNo() []string { return []string{"Yes", "No"} }

// schema returns all tables of a workbook, in the order of their sheets.
func schema() []table {
	return []table{
		taskTable(), gapTable(), riskTable(), decisionTable(), paymentTable(), readinessTable(), criteriaTable(),
		volumeTable(), meetingTable(), calendarTable(), settingsTable(),
	}
}

func taskTable() table {
	return table{
		plan.Tasks,
		word{"Tasks", "Vorgänge"},
		"Tasks",
		"One row for each task, from the contract to the end of hypercare. Every column may be left empty; the more there is, the more can be judged.",
		[]column{
			{plan.ID, word{"ID", "Nr."}, 7, Exact, nil, false, "A short name that never changes and stands once: T101."},
			{plan.WBS, word{"WBS", "PSP-Code"}, 7, Exact, nil, false, "Where the task belongs: 4.2.1 stands below 4.2, which stands below 4."},
			{plan.Name, word{"Task", "Vorgangsname"}, 48, Wrapped, nil, false, "What is to be done, so that everybody sees when it is done."},
			{plan.Area, word{"Area", "Bereich"}, 28, Wrapped, areas(), true, "The functional area. The list is a proposal; the areas are your own."},
			{plan.Owner, word{"Owner", "Verantwortlich"}, 19, General, nil, false, "The one person or role that brings it: Pricing lead."},
			{plan.Start, word{"Start", "Anfang"}, 12, Day, nil, false, "The planned first day."},
			{plan.Finish, word{"Finish", "Ende"}, 12, Day, nil, false, "The planned last day; the task is late from the next working day on."},
			{plan.DurationField, word{"Duration", "Dauer"}, 9, General, nil, false, "Working days: 5, 5d, 2w. 0 is a milestone."},
			{plan.Percent, word{"% complete", "% abgeschlossen"}, 10, Percent, nil, false, "How much is done, from 0 % to 100 %."},
			{plan.Status, word{"Status", "Status"}, 13, General, taskStatuses(), false, "Where the task stands. It counts more than the percentage."},
			{plan.Predecessors, word{"Predecessors", "Vorgänger"}, 15, Exact, nil, false, "The IDs for which the task waits: T101, T102FS+2d, T103SS."},
			{plan.BaselineFinish, word{"Baseline finish", "Basisplan Ende"}, 12, Day, nil, false, "The last day in the plan that was agreed. It is not changed any more."},
			{"notes", word{"Notes", "Bemerkungen"}, 40, Wrapped, nil, false, "Anything that others are to know. It isn't judged."},
		},
	}
}

func gapTable() table {
	return table{
		plan.Gaps,
		word{"Gaps", "Lücken"},
		"Gap register",
		"One row for each requirement that the system doesn't meet as it comes. Each gap needs a decision; changing the procedure is cheaper and safer than modifying the system.",
		[]column{
			{plan.ID, word{"Gap ID", "Lücken-Nr."}, 8, Exact, nil, false, "A short name that stands once: G-01."},
			{plan.Area, word{"Area", "Bereich"}, 28, Wrapped, areas(), true, "The functional area in which the gap was found."},
			{plan.Process, word{"Process", "Prozess"}, 20, Wrapped, nil, false, "The step of the work in which it matters: refund."},
			{plan.Requirement, word{"Requirement", "Anforderung"}, 40, Wrapped, nil, false, "What the work needs and the system doesn't do."},
			{plan.Fit, word{"Fit", "Abdeckung"}, 13, Wrapped, []string{"Fit", "Fit with configuration", "Partial", "Gap", "Not applicable"}, false, "How well the system meets it as it comes."},
			{plan.Priority, word{"Priority", "Priorität"}, 9, General, []string{"High", "Medium", "Low"}, false, "How much the work depends on it."},
			{plan.GoLiveBlocker, word{"Go-live blocker", "Go-live-Blocker"}, 9, General, yesNo(), false, "Yes: without it there is no go-live."},
			{plan.Options, word{"Options", "Optionen"}, 32, Wrapped, nil, false, "What could be done, with what it would take."},
			{plan.Recommendation, word{"Recommendation", "Empfehlung"}, 26, Wrapped, nil, false, "What the area proposes."},
			{plan.Decision, word{"Decision", "Entscheidung"}, 16, General, decisions(), false, "What was decided. Empty means undecided."},
			{plan.Reason, word{"Reason", "Begründung"}, 30, Wrapped, nil, false, "Why; a modification needs a reason."},
			{plan.Effort, word{"Effort", "Aufwand"}, 9, General, nil, false, "The work it takes, in person-days."},
			{plan.Cost, word{"Cost", "Kosten"}, 10, Amount, nil, false, "What it costs."},
			{plan.DecideBy, word{"Decide by", "Entscheiden bis"}, 12, Day, nil, false, "The last day for the decision without harm to the plan."},
			{plan.DecidedBy, word{"Decided by", "Entschieden von"}, 16, General, nil, false, "Who decided."},
			{plan.DecidedOn, word{"Decided on", "Entschieden am"}, 12, Day, nil, false, "When it was decided."},
			{plan.Owner, word{"Owner", "Verantwortlich"}, 19, General, nil, false, "Who brings the decision about."},
			{plan.GapTasks, word{"Tasks", "Vorgänge"}, 13, Exact, nil, false, "The IDs of the tasks that wait for the decision or carry it out."},
			{plan.Status, word{"Status", "Status"}, 11, General, []string{"New", "Analysed", "Proposed", "Decided", "Building", "Tested", "Closed"}, false, "How far the gap has come."},
		},
	}
}

func calendarTable() table {
	return table{
		plan.CalendarTable,
		word{"Calendar", "Kalender"},
		"Calendar",
		"Days that aren't as the week says: holidays, days worked besides, freezes, peaks, and who is away.",
		[]column{
			{plan.CalendarDate, word{"Date", "Datum"}, 12, Day, nil, false, "The day, or the first of several."},
			{plan.CalendarUntil, word{"Until", "Bis"}, 12, Day, nil, false, "The last day, if there are several."},
			{plan.Kind, word{"Kind", "Art"}, 14, General, []string{"Holiday", "Working day", "Freeze", "Peak", "Away"}, false, "What kind of day it is. Only holidays and working days change the count of working days."},
			{plan.Name, word{"Name", "Bezeichnung"}, 40, Wrapped, nil, false, "What people call it."},
			{plan.Who, word{"Who", "Wer"}, 22, General, nil, false, "The owner or area whom it concerns. Empty: all."},
		},
	}
}

func settingsTable() table {
	return table{
		plan.SettingsTable,
		word{"Settings", "Einstellungen"},
		"Settings",
		"The facts of the project. The sheet counts more than any configuration.",
		[]column{
			{plan.Name, word{"Setting", "Einstellung"}, 24, General, nil, false, "The name of the setting; leave it as it is."},
			{plan.Value, word{"Value", "Wert"}, 26, General, nil, false, "Its value. Leave empty what isn't known yet."},
			{"notes", word{"Meaning", "Bedeutung"}, 70, Wrapped, nil, false, "What the setting means."},
		},
	}
}
