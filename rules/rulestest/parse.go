package rulestest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// Parse reads a file of cases. Its error names all lines that are wrong.
func Parse(name, text string) (*File, error) {
	p := parser{file: &File{Name: name}}
	for i, line := range strings.Split(text, "\n") {
		p.line = i + 1
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			p.read(line)
		}
	}
	p.end()
	if len(p.file.Cases) == 0 {
		p.fault("no case in it: write at least a table of tasks or gaps")
	}
	return p.file, errors.Join(p.errs...)
}

type parser struct {
	file *File
	line int
	errs []error
	// current is the case that is being read, nil before its first line.
	current *draft
	// today is the day of the case before.
	today calendar.Date
}

// draft is a case as far as it was read.
type draft struct {
	name   string
	today  calendar.Date
	tables []table
	wants  []want
	// inTable means that the next line belongs to the last table.
	inTable bool
}

// table is a table as it stands in the file.
type table struct {
	kind   plan.Table
	fields []plan.Field // nil until the header was read
	rows   []row
}

type row struct {
	line  int
	cells map[plan.Field]string
	want  string
}

const wantColumn plan.Field = "want"

func (p *parser) fault(format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("%s:%d: %w", p.file.Name, p.line, fmt.Errorf(format, args...)))
}

func (p *parser) read(line string) {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if word == "case" {
		p.end()
		p.current = &draft{name: rest}
		return
	}
	if p.current == nil {
		p.current = &draft{}
	}
	switch {
	case word == "today":
		p.readToday(rest)
	case word == "want":
		p.current.wants = append(p.current.wants, p.planWant(rest))
	case columns()[plan.Table(line)] != nil:
		p.current.tables = append(p.current.tables, table{kind: plan.Table(line)})
		p.current.inTable = true
	case p.current.inTable:
		p.readRow(line)
	default:
		p.fault("%q is neither a table nor a row: write one of case, today, want, settings, calendar, tasks and gaps", line)
	}
}

func (p *parser) readToday(text string) {
	d, err := calendar.Parse(text)
	if err != nil {
		p.fault("%w", err)
	}
	p.current.today = d
}

func (p *parser) readRow(line string) {
	t := &p.current.tables[len(p.current.tables)-1]
	cells := strings.Split(line, "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	if t.fields == nil {
		p.readHeader(t, cells)
		return
	}
	if len(cells) > len(t.fields) {
		p.fault("%d cells, but only %d columns: take out a |", len(cells), len(t.fields))
		return
	}
	r := row{line: p.line, cells: map[plan.Field]string{}}
	for i, cell := range cells {
		if t.fields[i] == wantColumn {
			r.want = cell
		} else {
			r.cells[t.fields[i]] = cell
		}
	}
	t.rows = append(t.rows, r)
}

func (p *parser) readHeader(t *table, cells []string) {
	known := columns()[t.kind]
	for _, cell := range cells {
		field := plan.Field(cell)
		if field != wantColumn && !slices.Contains(known, field) {
			p.fault("no field of %s is called %q: write one of %s", t.kind, cell, joined(known))
		}
		t.fields = append(t.fields, field)
	}
}

func joined(fields []plan.Field) string {
	words := make([]string, len(fields))
	for i, f := range fields {
		words[i] = string(f)
	}
	return strings.Join(words, ", ")
}

// columns are the fields that tables may have.
func columns() map[plan.Table][]plan.Field {
	return map[plan.Table][]plan.Field{
		plan.SettingsTable: {plan.Name, plan.Value},
		plan.CalendarTable: {plan.CalendarDate, plan.CalendarUntil, plan.Kind, plan.Name, plan.Who},
		plan.Tasks: {
			plan.ID, plan.WBS, plan.Parent, plan.Section, plan.Name, plan.Area, plan.Owner, plan.Start, plan.Finish,
			plan.DurationField, plan.Percent, plan.Status, plan.Predecessors, plan.BaselineStart, plan.BaselineFinish,
			plan.ActualStart, plan.ActualFinish, plan.Deadline, plan.Milestone, plan.Flag,
		},
		plan.Gaps: {
			plan.ID, plan.Area, plan.Process, plan.Requirement, plan.Fit, plan.Priority, plan.GoLiveBlocker, plan.Options,
			plan.Recommendation, plan.Decision, plan.Reason, plan.Effort, plan.Cost, plan.DecideBy, plan.DecidedBy,
			plan.DecidedOn, plan.Owner, plan.GapTasks, plan.Status,
		},
	}
}

// end makes a case of what was read since the last one.
func (p *parser) end() {
	d := p.current
	if d == nil {
		return
	}
	p.current = nil
	if d.today.IsZero() {
		d.today = p.today
	}
	if d.today.IsZero() {
		p.fault(`the case has no day: write "today 2026-03-12" above its tables`)
	}
	p.today = d.today
	p.file.Cases = append(p.file.Cases, p.build(d))
}

// planWant reads a wanted finding about the whole plan.
func (p *parser) planWant(text string) want {
	w, label := p.want(text)
	w.about = subject{key: label}
	return w
}

// rowWants reads what is wanted of a row.
func (p *parser) rowWants(r row, about subject) []want {
	p.line = r.line
	var wants []want
	for text := range strings.SplitSeq(r.want, " ; ") {
		if text = strings.TrimSpace(text); text != "" {
			w, label := p.want(text)
			w.about, w.field = about, plan.Field(label)
			wants = append(wants, w)
		}
	}
	return wants
}

func (p *parser) want(text string) (w want, label string) {
	w.line = p.line
	if rest, ok := strings.CutPrefix(text, "["); ok {
		w.severity, text, ok = strings.Cut(rest, "]")
		if !ok {
			p.fault("%q: the bracket isn't closed", text)
		}
	}
	label, w.text, _ = strings.Cut(strings.TrimSpace(text), ":")
	w.text, w.advice, _ = strings.Cut(w.text, "=>")
	w.text, w.advice = strings.TrimSpace(w.text), strings.TrimSpace(w.advice)
	if w.text == "" {
		p.fault("%q is no finding: write it as field: text", text)
	}
	return w, strings.TrimSpace(label)
}
