package planread

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// found is a table that may be read.
type found struct {
	view   *view
	header header
	others map[int]bool
	// names counts the rows with a name, marked those among them that have
	// dates or the like; placeholders and formulas tell what the names are.
	names, marked, placeholders, formulas int
	set                                   map[string]bool
	score                                 float64
}

// find looks for tables on all sheets.
func (r *reader) find() []*found {
	var all []*found
	for i := range r.book.Sheets {
		sheet := &r.book.Sheets[i]
		if sheet.Hidden && !r.o.HiddenSheets && !r.isPinned(sheet.Name) {
			r.out.Skipped = append(r.out.Skipped, Skip{Sheet: sheet.Name, Row: -1, Because: "it is hidden"})
			continue
		}
		v := &view{reader: r, sheet: sheet, index: i, labels: map[string]label{}}
		v.kinds = v.sheetKinds()
		all = append(all, r.onSheet(v)...)
	}
	return all
}

func (r *reader) isPinned(sheet string) bool {
	for _, p := range r.o.Tables {
		if p.Sheet == sheet {
			return true
		}
	}
	return false
}

// onSheet makes the tables of a sheet: headers with the same texts are one.
func (r *reader) onSheet(v *view) []*found {
	headers := v.headers()
	var all []*found
	for i := range headers {
		if slices.ContainsFunc(all, func(f *found) bool { return f.header.sameAs(&headers[i]) }) {
			continue
		}
		all = append(all, &found{view: v, header: headers[i]})
	}
	for _, f := range all {
		f.others = map[int]bool{}
		for _, o := range all {
			if o != f && !o.header.sameAs(&f.header) && o.header.score >= 6 && o.header.rows[0] > f.header.lastRow() {
				f.others[o.header.rows[0]] = true
			}
		}
		f.measure()
	}
	return all
}

// sameAs reports whether two headers have the same texts in the same columns.
func (h *header) sameAs(o *header) bool {
	if h.table != o.table || len(h.texts) != len(o.texts) {
		return false
	}
	for c, t := range h.texts {
		if o.texts[c] != t {
			return false
		}
	}
	return true
}

// sample is how many rows of a table are looked at to tell what it is.
const sample = 300

const (
	plainName  = 1.25 // for a sheet whose name says that it is the plan
	lesserName = 0.6  // for a copy, an example, a list of choices
)

// measure scores a table by its fields and by what stands in its rows.
func (f *found) measure() {
	s := f.view.newScan(&f.header, f.others)
	s.limit = sample
	s.run()
	f.set = map[string]bool{}
	for i := range s.records {
		rec := &s.records[i]
		f.names++
		f.set[fold(rec.name)] = true
		if rec.evidence > 0 {
			f.marked++
		}
		if rec.row.Cell(rec.nameColumn).Formula {
			f.formulas++
		}
		if f.view.isPlaceholder(rec.name) {
			f.placeholders++
		}
	}
	filled := 0.0
	if f.names > 0 {
		filled = float64(f.marked) / float64(f.names)
	}
	f.score = f.header.score * (0.5 + min(1.5, math.Log10(1+float64(f.names))/2)) * (0.6 + 0.4*filled)
	for _, k := range f.view.kinds {
		switch k {
		case "plan":
			f.score *= plainName
		case "lesser":
			f.score *= lesserName
		}
	}
}

// isPlaceholder reports whether a name is one that a template is delivered
// with: "Task 1", "TITLE 2", "[Task name]".
func (r *reader) isPlaceholder(name string) bool {
	if isPlaceholderText(name) {
		return true
	}
	folded := fold(name)
	rest := strings.TrimRight(folded, "0123456789 ")
	if i := strings.LastIndexByte(folded, ' '); i > 0 && len(folded)-i == 2 {
		rest = folded[:i]
	}
	return r.v.rows[rest] == "placeholder"
}

const (
	mostPlaceholders = 0.8
	mostFormulas     = 0.8
	clearlyAhead     = 0.85
)

// choose picks the plan among the tables that may be one.
func (r *reader) choose(all []*found) (*found, error) {
	if pin := r.o.Tables[plan.Tasks]; pin.Sheet != "" {
		return r.choosePinned(all, pin)
	}
	var candidates, placeholders []*found
	for _, f := range all {
		switch {
		case f.header.table != plan.Tasks || f.names == 0:
		case float64(f.placeholders) >= mostPlaceholders*float64(f.names):
			placeholders = append(placeholders, f)
			r.leave(f, "its rows have the names of a template, such as "+firstName(f))
		default:
			candidates = append(candidates, f)
		}
	}
	candidates = r.withoutCopies(candidates)
	if len(candidates) == 0 {
		return nil, r.noPlan(all, placeholders)
	}
	slices.SortStableFunc(candidates, func(a, b *found) int { return cmp.Compare(b.score, a.score) })
	best := candidates[0]
	if len(candidates) > 1 && candidates[1].score >= clearlyAhead*best.score {
		return nil, r.severalPlans(candidates)
	}
	for _, f := range candidates[1:] {
		if f.view.sheet == best.view.sheet {
			r.out.Skipped = append(r.out.Skipped, Skip{
				Sheet: f.view.sheet.Name, Row: f.header.rows[0], Because: fmt.Sprintf("another table begins here; the plan is the one in row %d", best.header.rows[0]+1),
			})
			continue
		}
		r.leave(f, fmt.Sprintf("could be a plan too, but %q says more", best.view.sheet.Name))
		r.out.Guesses = append(r.out.Guesses, Guess{
			What: fmt.Sprintf("sheet %q is the plan, %q is not", best.view.sheet.Name, f.view.sheet.Name), Sheet: best.view.sheet.Name,
			Because: fmt.Sprintf("it has %d rows with %d known columns, the other %d with %d", best.names, len(best.header.columns), f.names, len(f.header.columns)),
		})
	}
	return best, nil
}

func firstName(f *found) string {
	s := f.view.newScan(&f.header, f.others)
	s.run()
	if len(s.records) == 0 {
		return ""
	}
	return fmt.Sprintf("%q", s.records[0].name)
}

// leave notes a sheet that is not read.
func (r *reader) leave(f *found, because string) {
	r.out.Skipped = append(r.out.Skipped, Skip{Sheet: f.view.sheet.Name, Row: -1, Because: because})
}

// withoutCopies leaves out tables whose names are formulas on another one.
func (r *reader) withoutCopies(all []*found) []*found {
	var kept []*found
	for _, f := range all {
		if float64(f.formulas) >= mostFormulas*float64(f.names) && slices.ContainsFunc(all, func(o *found) bool { return o != f && f.repeats(o) }) {
			r.leave(f, "its rows are formulas on another table")
			continue
		}
		kept = append(kept, f)
	}
	return kept
}

// repeats reports whether half of the names of f stand in o, which holds them
// itself.
func (f *found) repeats(o *found) bool {
	same := 0
	for name := range f.set {
		if o.set[name] {
			same++
		}
	}
	return same*2 >= len(f.set) && float64(o.formulas) < mostFormulas*float64(o.names)
}

func (r *reader) choosePinned(all []*found, pin Pin) (*found, error) {
	if r.book.Sheet(pin.Sheet) == nil {
		return nil, &workbook.Error{
			Workbook: r.book.Name, Err: fmt.Errorf("there is no sheet %q", pin.Sheet),
			Fix: "correct tables: {tasks: {sheet: …}} in the configuration",
		}
	}
	var best *found
	for _, f := range all {
		if f.view.sheet.Name == pin.Sheet && f.header.table == plan.Tasks && (best == nil || f.score > best.score) {
			best = f
		}
	}
	if best == nil {
		err := errors.New("no table of tasks with a name and dates, a status or a percent was found")
		if len(pin.Columns) > 0 {
			err = fmt.Errorf("no row holds the headers %s", quoted(pin.Columns))
		}
		return nil, &workbook.Error{
			Workbook: r.book.Name, Sheet: pin.Sheet, Err: err,
			Fix: `name its columns in the configuration: tables: {tasks: {sheet: "` + pin.Sheet + `", columns: {name: "…", finish: "…"}}}`,
		}
	}
	return best, nil
}

// quoted lists the headers that a configuration names.
func quoted(columns map[plan.Field]string) string {
	var all []string
	for _, name := range columns {
		all = append(all, fmt.Sprintf("%q", name))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// severalPlans says that two tables can't be told apart.
func (r *reader) severalPlans(candidates []*found) error {
	var names []string
	for _, f := range candidates {
		if n := fmt.Sprintf("%q", f.view.sheet.Name); f.score >= clearlyAhead*candidates[0].score && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	first := candidates[0].view.sheet.Name
	if len(names) == 1 {
		return &workbook.Error{
			Workbook: r.book.Name, Sheet: first,
			Err: fmt.Errorf("two tables with different headers, in rows %d and %d, could be the plan", candidates[0].header.rows[0]+1, candidates[1].header.rows[0]+1),
			Fix: `name the columns of the plan in the configuration: tables: {tasks: {sheet: "` + first + `", columns: {name: "…", finish: "…"}}}`,
		}
	}
	return &workbook.Error{
		Workbook: r.book.Name, Err: fmt.Errorf("sheets %s could each be the plan", strings.Join(names, " and ")),
		Fix: `say which one it is in the configuration: tables: {tasks: {sheet: "` + first + `"}}`,
	}
}

// isEmpty reports whether no sheet holds anything, hidden ones included.
func isEmpty(b *workbook.Book) bool {
	for i := range b.Sheets {
		for _, row := range b.Sheets[i].Rows {
			if slices.ContainsFunc(row.Cells, func(c workbook.Cell) bool { return c.Kind != workbook.Blank }) {
				return false
			}
		}
	}
	return true
}

// noPlan says why there is nothing that can be read as a plan.
func (r *reader) noPlan(all, placeholders []*found) error {
	if isEmpty(r.book) {
		return &workbook.Error{
			Workbook: r.book.Name, Err: errors.New("nothing is in it"),
			Fix: `type or paste the plan, or begin with the tables of "steerco init"`,
		}
	}
	fix := `name sheet and columns in the configuration: tables: {tasks: {sheet: "…", columns: {name: "…", finish: "…"}}}`
	if len(placeholders) > 0 {
		sheet := placeholders[0].view.sheet.Name
		return &workbook.Error{
			Workbook: r.book.Name, Sheet: sheet, Err: fmt.Errorf("the table holds only the names of a template, such as %s", firstName(placeholders[0])),
			Fix: "fill in the tasks; if these are they, " + strings.Replace(fix, "…", sheet, 1),
		}
	}
	var seen []string
	for _, f := range all {
		if f.header.table == plan.Tasks && f.names == 0 {
			return &workbook.Error{
				Workbook: r.book.Name, Sheet: f.view.sheet.Name, Cell: workbook.CellName(f.header.lastRow(), f.header.columns[0].Index),
				Err: errors.New("there is a header of tasks, but no task below it"),
				Fix: "enter the first tasks; if the plan stands elsewhere, " + fix,
			}
		}
		if f.header.table == plan.CalendarTable || f.header.table == plan.SettingsTable {
			continue
		}
		seen = append(seen, fmt.Sprintf("%q looks like a table of %s", f.view.sheet.Name, f.header.table))
	}
	err := fmt.Errorf("no table of tasks was found: none has a header with a name and dates, a status or a percent")
	if len(seen) > 0 {
		slices.Sort(seen)
		err = fmt.Errorf("%w (%s)", err, strings.Join(slices.Compact(seen), ", "))
	}
	return &workbook.Error{Workbook: r.book.Name, Err: err, Fix: fix}
}
