package starter

import (
	"fmt"
	"strings"
	"time"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// DemoOptions describe the sample project.
type DemoOptions struct {
	// Today is the day on which the project stands in its middle. It must not
	// be zero.
	Today    calendar.Date
	Language Language
	// Shuffle is a seed: the rows of tasks and gaps stand in an order of their
	// own for each value. 0 leaves them in their order.
	Shuffle uint64
}

// Demo returns the roll-out of an order management system in its middle, with
// the troubles that real projects have: work that is late, gaps without a
// decision, cells that nobody can read.
func Demo(o DemoOptions) Book {
	d := newDemo(o.Today)
	rows := map[plan.Table][]Row{
		plan.Tasks:         shuffled(d.taskRows(), o.Shuffle),
		plan.Gaps:          shuffled(d.gapRows(), o.Shuffle),
		plan.Risks:         d.riskRows(),
		plan.Decisions:     d.decisionRows(),
		plan.Payments:      d.paymentRows(),
		plan.Readiness:     d.readinessRows(),
		plan.Criteria:      d.criteriaRows(),
		plan.Volumes:       d.volumeRows(),
		plan.Meetings:      d.meetingRows(),
		plan.CalendarTable: d.calendarRows(),
		plan.SettingsTable: d.settingRows(),
	}
	b := Book{Title: "OMS roll-out", Saved: o.Today}
	for _, t := range schema() {
		sheet := t.sheet(o.Language)
		sheet.Rows = rows[t.table]
		if t.table != plan.SettingsTable {
			sheet.Spare = demoSpareRows
		}
		b.Sheets = append(b.Sheets, sheet)
	}
	return b
}

const demoSpareRows = 40

// demo knows the days of the sample.
type demo struct {
	today    calendar.Date
	calendar *calendar.Calendar
	holidays []calendar.Span
}

// daysIn is how many working days the project has behind it.
const daysIn = 84

func newDemo(today calendar.Date) demo {
	d := demo{holidays: holidays(today)}
	d.calendar = calendar.NewCalendar(calendar.Options{Off: d.holidays})
	d.today = d.calendar.OnOrAfter(today)
	return d
}

// holidays returns fixed holidays of the years around a day.
func holidays(today calendar.Date) []calendar.Span {
	var all []calendar.Span
	year := today.Time().Year()
	for y := year - 1; y <= year+1; y++ {
		for _, h := range []struct {
			month time.Month
			day   int
			name  string
		}{{1, 1, "New Year's Day"}, {5, 1, "Labour Day"}, {12, 25, "Christmas Day"}, {12, 26, "Day after Christmas"}} {
			date := calendar.New(y, h.month, h.day)
			all = append(all, calendar.Span{First: date, Last: date, Name: h.name})
		}
	}
	return all
}

// in is a day that lies so many working days from today.
type in int

// row returns the row of such values: text, numbers, days from today, cells;
// nil is blank.
func (d demo) row(values ...any) Row {
	r := Row{}
	for _, v := range values {
		c := Cell{}
		switch v := v.(type) {
		case string:
			c = text(v)
		case int:
			c = number(float64(v))
		case float64:
			c = number(v)
		case in:
			c = d.on(int(v))
		case Cell:
			c = v
		}
		r.Cells = append(r.Cells, c)
	}
	return r
}

// on returns the cell with the day n working days from today; blank for never.
func (d demo) on(n int) Cell {
	if n == never {
		return Cell{}
	}
	return day(d.at(daysIn + n))
}

// at returns the working day of the project with an index from 0.
func (d demo) at(index int) calendar.Date { return workday(d.calendar, d.today, index-daysIn) }

// taskRows returns the plan as the team keeps it.
func (d demo) taskRows() []Row {
	tasks := demoTasks()
	times := schedule(tasks)
	rows := make([]*taskRow, 0, len(tasks)+1)
	byID := map[string]*taskRow{}
	for _, t := range tasks {
		r := d.planned(t, times[t.id])
		rows, byID[t.id] = append(rows, r), r
	}
	for _, trouble := range d.troubles() {
		trouble.do(byID[trouble.id])
	}
	out := make([]Row, 0, len(rows)+1)
	for _, r := range rows {
		out = append(out, r.row())
		if r.copied != nil {
			out = append(out, r.copied.row())
		}
	}
	return out
}

// taskRow is a row of the plan before it is laid into columns.
type taskRow struct {
	task
	start, finish, percent, baseline Cell
	status, notes                    string
	// copied is a row that somebody copied below this one.
	copied *taskRow
}

// planned returns the row of a task that goes as agreed.
func (d demo) planned(t task, at span) *taskRow {
	r := &taskRow{task: t}
	if t.days == summary {
		return r
	}
	last := max(at.end-1, 0)
	r.start, r.finish = day(d.at(at.begin)), day(d.at(last))
	if t.days == 0 {
		r.start = r.finish
	}
	r.baseline = r.finish
	switch {
	case last < daysIn:
		r.status, r.percent = "Done", number(1)
	case at.begin < daysIn:
		r.status, r.percent = "In progress", number(tenth(float64(daysIn-at.begin)/float64(t.days)))
	default:
		r.status, r.percent = "Not started", number(0)
	}
	return r
}

// tenth rounds down to a tenth, as people do.
func tenth(f float64) float64 { return float64(int(f*10)) / 10 }

func (r *taskRow) row() Row {
	duration := Cell{}
	if r.days != summary {
		duration = number(float64(r.days))
	}
	return Row{
		Summary: r.days == summary,
		Outline: outline(r.wbs),
		Cells: []Cell{
			text(r.id), text(r.wbs), text(r.name), text(r.area), text(r.owner), r.start, r.finish, duration,
			r.percent, text(r.status), text(r.after), r.baseline, text(r.notes),
		},
	}
}

// outline returns the depth of a WBS number: 0 for "4".
func outline(wbs string) uint8 { return uint8(strings.Count(wbs, ".")) }

// impossibleDate is a text that looks like a date of the sample's year.
func (d demo) impossibleDate() string { return fmt.Sprintf("31.02.%d", d.at(daysIn+20).Time().Year()) }

// shuffled returns the rows in an order of their own for each seed; 0 leaves
// them as they are.
func shuffled(rows []Row, seed uint64) []Row {
	if seed == 0 {
		return rows
	}
	out := append([]Row(nil), rows...)
	for i := len(out) - 1; i > 0; i-- {
		seed = seed*6364136223846793005 + 1442695040888963407
		j := int(seed>>33) % (i + 1)
		out[i], out[j] = out[j], out[i]
	}
	for i := range out {
		out[i].Outline = 0
	}
	return out
}
