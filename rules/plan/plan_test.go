package plan_test

import (
	"testing"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

func TestHas(t *testing.T) {
	p := &plan.Plan{Tables: []plan.TableColumns{
		{Table: plan.Tasks, Fields: []plan.Field{plan.Name}},
		{Table: plan.Tasks, Fields: []plan.Field{plan.Finish}}, // a second table of the kind
	}}
	for _, f := range []plan.Field{plan.Name, plan.Finish} {
		if !p.Has(plan.Tasks, f) {
			t.Errorf("Has(tasks, %s) = false, want true", f)
		}
	}
	if p.Has(plan.Tasks, plan.Owner) || p.Has(plan.Gaps, plan.Name) || p.HasTable(plan.Gaps) || !p.HasTable(plan.Tasks) {
		t.Errorf("got a table or column that isn't there, or missed one that is")
	}
}

func TestGapName(t *testing.T) {
	g := plan.Gap{ID: "G1", Process: "Returns", Requirement: "Refund to a gift card"}
	for _, want := range []string{"Refund to a gift card", "Returns", "G1"} {
		if got := g.Name(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if g.Requirement == "" {
			g.Process = ""
		}
		g.Requirement = ""
	}
}

// Holidays of one person and freezes don't stop the project's calendar.
func TestWorkCalendar(t *testing.T) {
	day := calendar.New(2026, 12, 21) // a Monday
	p := &plan.Plan{Calendar: []plan.CalendarEntry{
		{First: day, Last: day + 1, Kind: plan.Holiday, Who: "Ana Reyes"},
		{First: day + 2, Last: day + 2, Kind: plan.Freeze},
		{First: day + 3, Last: day + 4, Kind: plan.Holiday},
		{First: day + 5, Last: day + 5, Kind: plan.WorkingDay},
	}}
	c := p.WorkCalendar()
	for i, want := range []bool{true, true, true, false, false, true, false} {
		if got := c.IsWorkday(day + calendar.Date(i)); got != want {
			t.Errorf("%s: got %t, want %t", day+calendar.Date(i), got, want)
		}
	}
	p.Settings.WorkingDays = [7]bool{6: true}
	if got := p.WorkCalendar().IsWorkday(day); got {
		t.Error("a Monday in a week of Saturdays: got true, want false")
	}
}
