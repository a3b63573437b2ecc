package planread

import (
	"cmp"
	"fmt"
	"slices"

	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// Read understands a workbook. It returns an *workbook.Error only where there
// is no plan that can be read: no table of tasks, or several that can't be
// told apart. Cells that can't be read are faults of the plan.
func Read(b *workbook.Book, o Options) (*Reading, error) {
	r := &reader{book: b, o: o, v: words(), out: &Reading{Plan: &plan.Plan{GoLive: -1, Name: o.Name}}}
	all := r.find()
	tasks, err := r.choose(all)
	if err != nil {
		return nil, err
	}
	t := r.readTasks(tasks)
	r.readSettings(all, tasks)
	t.findGoLive()
	for _, f := range r.others(all, tasks) {
		switch f.header.table {
		case plan.Gaps:
			r.readGaps(f)
		case plan.CalendarTable:
			r.readDays(f)
		}
	}
	r.sortNotes()
	return r.out, nil
}

// others are the tables besides the plan that are read: one gap register, and
// each list of days. What else was recognised is told.
func (r *reader) others(all []*found, tasks *found) []*found {
	var read []*found
	var gaps *found
	for _, f := range all {
		if f == tasks || f.names == 0 || r.isElsewhere(f) {
			continue
		}
		switch kind := f.header.table; kind {
		case plan.Gaps:
			gaps = r.betterGaps(gaps, f)
		case plan.CalendarTable:
			if f.isDayList() {
				read = append(read, f)
			}
		case plan.Tasks, plan.SettingsTable:
		default:
			if f.view.sheet != tasks.view.sheet {
				r.leave(f, fmt.Sprintf("looks like a table of %s, which is not read", kind))
			}
		}
	}
	if gaps != nil {
		read = append(read, gaps)
	}
	return read
}

// betterGaps picks the better of two gap registers, and tells of the other.
func (r *reader) betterGaps(a, b *found) *found {
	if a == nil {
		return b
	}
	if b.score > a.score {
		a, b = b, a
	}
	if a.view.sheet != b.view.sheet {
		r.leave(b, fmt.Sprintf("could be the gap register too, but %q says more", a.view.sheet.Name))
	}
	return a
}

// isElsewhere reports whether the configuration says that a table of the kind
// stands on another sheet.
func (r *reader) isElsewhere(f *found) bool {
	pin := r.o.Tables[f.header.table]
	return pin.Off || pin.Sheet != "" && pin.Sheet != f.view.sheet.Name
}

// reader reads one workbook.
type reader struct {
	book *workbook.Book
	o    Options
	v    *vocabulary
	out  *Reading
}

// guess notes something that is taken for granted.
func (r *reader) guess(g Guess) { r.out.Guesses = append(r.out.Guesses, g) }

// fault notes a cell that can't be used as it is.
func (r *reader) fault(f plan.Fault) { r.out.Plan.Faults = append(r.out.Plan.Faults, f) }

// newRow gives a row of the table that is being read its reference.
func (r *reader) newRow(table int, rec *record) plan.Row {
	r.out.origins = append(r.out.origins, origin{table: int32(table), row: int32(rec.row.Index), name: int32(rec.nameColumn)})
	return plan.Row(len(r.out.origins))
}

// sortNotes puts what was noted into the order of the workbook.
func (r *reader) sortNotes() {
	order := map[string]int{}
	for i, s := range r.book.Sheets {
		order[s.Name] = i
	}
	slices.SortStableFunc(r.out.Skipped, func(a, b Skip) int {
		return cmp.Or(order[a.Sheet]-order[b.Sheet], a.Row-b.Row)
	})
	slices.SortStableFunc(r.out.Guesses, func(a, b Guess) int { return order[a.Sheet] - order[b.Sheet] })
	slices.SortStableFunc(r.out.Plan.Faults, func(a, b plan.Fault) int { return int(a.At.Row) - int(b.At.Row) })
}

// newTable notes a table that was read.
func (r *reader) newTable(s *scan) int {
	t := Table{Kind: s.header.table, Sheet: s.sheet.Name, HeaderRows: s.heads}
	t.FirstRow = s.header.lastRow() + 1
	t.LastRow = t.FirstRow
	if n := len(s.records); n > 0 {
		t.FirstRow, t.LastRow = s.records[0].row.Index, s.records[n-1].row.Index
	}
	fields := plan.TableColumns{Table: t.Kind}
	for _, c := range s.header.columns {
		if isInternal(c.Field) {
			continue
		}
		t.Columns = append(t.Columns, c.Column)
		if !slices.Contains(fields.Fields, c.Field) {
			fields.Fields = append(fields.Fields, c.Field)
		}
	}
	slices.Sort(t.HeaderRows)
	t.HeaderRows = slices.Compact(t.HeaderRows)
	r.out.Tables = append(r.out.Tables, t)
	r.out.Plan.Tables = append(r.out.Plan.Tables, fields)
	r.out.Skipped = append(r.out.Skipped, s.skips...)
	return len(r.out.Tables) - 1
}

func isInternal(f plan.Field) bool {
	return f == ignored || f == notes || f == taskLevel || f == taskType
}
