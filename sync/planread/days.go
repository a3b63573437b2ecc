package planread

import (
	"fmt"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// readDays reads a calendar table: holidays, working days, freezes, peaks, and
// who is away.
func (r *reader) readDays(f *found) {
	s := f.view.newScan(&f.header, f.others)
	s.run()
	dates := map[plan.Field]*dateColumn{}
	for _, c := range s.header.columns {
		if c.Field == plan.CalendarDate || c.Field == plan.CalendarUntil {
			dates[c.Field] = s.readDateColumn(c)
		}
	}
	s.settleOrders(s.header.columns, dates)
	if len(s.records) == 0 {
		return
	}
	table := r.newTable(s)
	for i := range s.records {
		r.readDay(s, table, &s.records[i], dates)
	}
	t := &r.out.Tables[table]
	t.Rows = len(s.records)
	t.First, t.Last = s.dayName(0), s.dayName(t.Rows-1)
}

// dayName is what people call a row of a calendar: its name, else its date.
func (s *scan) dayName(i int) string {
	if name := oneLine(s.text(s.cell(s.records[i].row, plan.Name))); name != "" {
		return name
	}
	return s.records[i].name
}

func (r *reader) readDay(s *scan, table int, rec *record, dates map[plan.Field]*dateColumn) {
	e := plan.CalendarEntry{
		Row: r.newRow(table, rec), Name: oneLine(s.text(s.cell(rec.row, plan.Name))), Who: oneLine(s.text(s.cell(rec.row, plan.Who))),
		Kind: r.dayKind(s, rec),
	}
	if everybody[fold(e.Who)] {
		e.Who = ""
	}
	at := func(f plan.Field) (calendar.Date, bool) {
		col := dates[f]
		if col == nil {
			return 0, true
		}
		c := rec.row.Cell(col.index)
		got := col.read(r, rec.row.Index, c)
		if got.text != "" {
			r.fault(plan.Fault{At: e.Row.Ref(f), Table: plan.CalendarTable, Name: e.Name, Typed: s.text(c), Text: got.text, Fix: got.fix, Doubt: got.doubt})
		}
		return got.date, got.text == "" || got.doubt
	}
	first, ok := at(plan.CalendarDate)
	last, _ := at(plan.CalendarUntil)
	if !ok || first.IsZero() {
		return
	}
	e.First, e.Last = first, max(first, last)
	if !last.IsZero() && last < first {
		r.fault(plan.Fault{
			At: e.Row.Ref(plan.CalendarUntil), Table: plan.CalendarTable, Name: e.Name, Typed: last.String(), Doubt: true,
			Text: fmt.Sprintf("the last day, %s, lies before the first, %s", last, first), Fix: "correct one of them",
		})
	}
	r.out.Plan.Calendar = append(r.out.Plan.Calendar, e)
}

// everybody are the words in a column of people which mean no one in
// particular.
var everybody = map[string]bool{"all": true, "alle": true, "tous": true, "todos": true, "tutti": true, "everyone": true, "everybody": true, "全員": true}

// dayKind finds out what a row of the calendar means: by its kind, else by its
// name, else by the sheet's name and the header.
func (r *reader) dayKind(s *scan, rec *record) plan.CalendarKind {
	kindText := s.text(s.cell(rec.row, plan.Kind))
	name := s.text(s.cell(rec.row, plan.Name))
	for _, text := range []string{kindText, name} {
		if m, ok := meaning(r.v.dayKinds, text); ok {
			return plan.CalendarKind(m)
		}
	}
	for _, text := range []string{kindText, name, s.sheet.Name} {
		if m, ok := r.v.dayKindIn(text); ok {
			return m
		}
	}
	if kindText != "" {
		r.fault(plan.Fault{
			At: plan.Row(len(r.out.origins)).Ref(plan.Kind), Table: plan.CalendarTable, Name: name, Typed: kindText,
			Text: fmt.Sprintf("%q is not a known kind of day", shorten(kindText)), Fix: "write holiday, working day, freeze, peak or away",
		})
		return plan.CalendarKind(kindText)
	}
	return plan.Holiday
}

// dayKindIn finds a kind of day among the words of a text; names of holidays
// are left to the sheet's name.
func (v *vocabulary) dayKindIn(text string) (plan.CalendarKind, bool) {
	folded := fold(text)
	best, length := plan.CalendarKind(""), 0
	for w, m := range v.dayKinds {
		if len(w) > length && len(w) > 3 && holdsWord(folded, w) {
			best, length = plan.CalendarKind(m), len(w)
		}
	}
	return best, length > 0
}

// isDayList reports whether a table of dates and names is a calendar and not
// any list with dates: its sheet or its header says so, or its kinds do.
func (f *found) isDayList() bool {
	for _, k := range f.view.kinds {
		if k == string(plan.CalendarTable) {
			return true
		}
	}
	for _, c := range f.header.columns {
		if _, ok := f.view.v.dayKindIn(c.Header); ok {
			return true
		}
	}
	return f.kindsKnown()
}

// kindsKnown reports whether most rows name a known kind of day.
func (f *found) kindsKnown() bool {
	s := f.view.newScan(&f.header, f.others)
	s.run()
	known := 0
	for i := range s.records {
		if _, ok := meaning(f.view.v.dayKinds, s.text(s.cell(s.records[i].row, plan.Kind))); ok {
			known++
		}
	}
	return known > 0 && known*2 >= len(s.records)
}
