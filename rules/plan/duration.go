package plan

import (
	"math"

	"steerco/rules/calendar"
)

// PlannedFinish returns the typed finish, else what start and duration make;
// zero where nothing tells, and where a finish is typed that can't be read.
func (t *Task) PlannedFinish(c *calendar.Calendar) calendar.Date {
	switch {
	case !t.Finish.IsZero() || t.Start.IsZero() || !t.Duration.Known || t.IsUnread(Finish):
		return t.Finish
	case t.Duration.Value.isElapsed():
		return max(t.Start, t.Duration.Value.After(c, t.Start)-1)
	}
	days := t.Duration.Value.workdays(c)
	if days <= 1 {
		return t.Start
	}
	return c.Add(c.OnOrAfter(t.Start), calendar.Workdays(bounded(math.Ceil(days)))-1)
}

// PlannedStart returns the typed start, else the actual one, else what finish
// and duration make. A task with nothing but a finish is a point at that date;
// a start that is typed and can't be read is zero.
func (t *Task) PlannedStart(c *calendar.Calendar) calendar.Date {
	switch {
	case !t.Start.IsZero() || t.IsUnread(Start):
		return t.Start
	case !t.ActualStart.IsZero():
		return t.ActualStart
	case t.Finish.IsZero() || !t.Duration.Known:
		return t.Finish
	case t.Duration.Value.isElapsed():
		return min(t.Finish, Duration{Amount: -t.Duration.Value.Amount, Unit: t.Duration.Value.Unit}.After(c, t.Finish)+1)
	}
	days := t.Duration.Value.workdays(c)
	if days <= 1 {
		return t.Finish
	}
	return c.Add(t.Finish+1, -calendar.Workdays(bounded(math.Ceil(days))))
}

// Working hours of a day and working days of a month: what Microsoft Project
// takes where nobody says otherwise.
const (
	hoursPerDay  = 8
	daysPerMonth = 20
)

// After returns the day on which d has passed since from, before from if d is
// negative. Parts of a day don't count, so that four hours after a day is the
// same day. A share of another duration (PercentOf) is none.
func (d Duration) After(c *calendar.Calendar, from calendar.Date) calendar.Date {
	if d.isElapsed() {
		return from + calendar.Date(bounded(d.elapsedDays()))
	}
	return c.Add(from, calendar.Workdays(bounded(d.workdays(c))))
}

// bounded returns whole days of at most a century, whatever somebody typed.
func bounded(days float64) float64 {
	const most = 36500
	return math.Trunc(max(-most, min(most, days)))
}

func (d Duration) isElapsed() bool { return d.Unit >= ElapsedMinutes && d.Unit <= ElapsedWeeks }

func (d Duration) elapsedDays() float64 {
	switch d.Unit {
	case ElapsedMinutes:
		return d.Amount / (24 * 60)
	case ElapsedHours:
		return d.Amount / 24
	case ElapsedWeeks:
		return d.Amount * 7
	}
	return d.Amount
}

func (d Duration) workdays(c *calendar.Calendar) float64 {
	switch d.Unit {
	case Days:
		return d.Amount
	case Minutes:
		return d.Amount / (hoursPerDay * 60)
	case Hours:
		return d.Amount / hoursPerDay
	case Weeks:
		return d.Amount * float64(c.PerWeek())
	case Months:
		return d.Amount * daysPerMonth
	}
	return 0
}
