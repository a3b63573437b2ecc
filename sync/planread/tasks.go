package planread

import (
	"fmt"
	"slices"
	"strings"

	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// taskReader types the cells of the task table.
type taskReader struct {
	*scan
	table   int
	dates   map[plan.Field]*dateColumn
	percent percentColumn
	// units are those of bare numbers, by field.
	units map[plan.Field]plan.Unit
	// strange counts the status words that nothing knows.
	strange map[string]*strangeWord
	// evidence of the rows, by index in the plan.
	evidenceOf []plan.Evidence
	mixed      int
	// ticked means that the status column holds only yes and no.
	ticked bool
}

// strangeWord is a status word that nothing knows, with its first place.
type strangeWord struct {
	count int
	at    plan.Ref
	key   string
	name  string
}

// readTasks reads the plan's task table.
func (r *reader) readTasks(f *found) *taskReader {
	s := f.view.newScan(&f.header, f.others)
	s.run()
	s.tree()
	t := &taskReader{
		scan: s, dates: map[plan.Field]*dateColumn{}, units: map[plan.Field]plan.Unit{}, strange: map[string]*strangeWord{},
	}
	t.table = r.newTable(s)
	t.prepare()
	r.out.Plan.Tasks = make([]plan.Task, 0, len(s.records))
	t.evidenceOf = make([]plan.Evidence, 0, len(s.records))
	r.out.origins = slices.Grow(r.out.origins, len(s.records))
	for i := range s.records {
		r.out.Plan.Tasks = append(r.out.Plan.Tasks, t.task(i))
	}
	t.keys()
	t.fillFaults()
	t.relations()
	t.states()
	t.summarise()
	t.findAreas()
	t.tell()
	return t
}

// prepare looks at whole columns before their cells are read.
func (t *taskReader) prepare() {
	for _, c := range t.header.columns {
		switch c.Field {
		case plan.Start, plan.Finish, plan.BaselineStart, plan.BaselineFinish, plan.ActualStart, plan.ActualFinish, plan.Deadline, plan.ConstraintDate:
			t.dates[c.Field] = t.readDateColumn(c)
		case plan.Percent:
			t.percent = t.readPercentColumn(c.Index)
		}
		if c.hasUnit {
			t.units[c.Field] = c.unit
		}
	}
	t.ticked = t.holdsTicks()
	t.settleOrders(t.header.columns, t.dates)
}

// holdsTicks reports whether all statuses are yes or no in some way: "y", "x",
// ✓. Beside other letters a "Y" is yellow.
func (t *taskReader) holdsTicks() bool {
	ticks := 0
	for i := range t.records {
		text := t.text(t.cell(t.records[i].row, plan.Status))
		if text == "" {
			continue
		}
		if t.v.tick(text) == "" {
			return false
		}
		ticks++
	}
	return ticks > 0
}

// settleOrders decides the order of text dates in columns that don't tell it
// themselves: by the format of their true dates, by the configured or the
// workbook's language, by the other columns of the table.
func (s *scan) settleOrders(columns []column, dates map[plan.Field]*dateColumn) {
	seen := map[dateOrder]bool{}
	for _, d := range dates {
		d.decideByFormat(s)
		if d.order != orderUnknown {
			seen[d.order] = true
		}
		if d.dayOnly > 0 && d.monthOnly > 0 {
			seen[orderUnknown] = true
		}
	}
	for _, c := range columns {
		d := dates[c.Field]
		if d == nil || d.index != c.Index || d.open == 0 {
			continue
		}
		if d.order == orderUnknown && !(d.dayOnly > 0 && d.monthOnly > 0) {
			d.order, d.because = s.orderElsewhere(seen)
		}
		if d.order != orderUnknown {
			s.guess(Guess{
				What: fmt.Sprintf("texts such as 05/02 in %q have the %s first", d.header, orderNames[d.order]), Because: d.because,
				Sheet: s.sheet.Name, Cell: workbook.CellName(s.header.lastRow(), d.index),
			})
		}
	}
}

var orderNames = map[dateOrder]string{dayFirst: "day", monthFirst: "month"}

func (s *scan) orderElsewhere(seen map[dateOrder]bool) (dateOrder, string) {
	if o := localeOrder(s.o.Locale); o != orderUnknown {
		return o, "the configured language is " + s.o.Locale
	}
	if len(seen) == 1 && !seen[orderUnknown] {
		for o := range seen {
			return o, "the table's other dates have it so"
		}
	}
	if o := localeOrder(s.book.Locale); o != orderUnknown && len(seen) == 0 {
		return o, "the workbook's language is " + s.book.Locale
	}
	return orderUnknown, ""
}

// localeOrder is the order in which a language writes day and month: all but
// American English, and those that write the year first, have the day first.
func localeOrder(locale string) dateOrder {
	l := strings.ToLower(strings.ReplaceAll(locale, "_", "-"))
	lang, _, _ := strings.Cut(l, "-")
	switch {
	case l == "en-us":
		return monthFirst
	case lang == "en" && l != "en-ca" && l != "en":
		return dayFirst
	case slices.Contains([]string{"de", "fr", "es", "pt", "it", "nl", "ru", "tr", "pl", "da", "no", "nb", "fi", "cs", "vi", "ca"}, lang):
		return dayFirst
	}
	return orderUnknown
}

// task types the cells of one record.
func (t *taskReader) task(i int) plan.Task {
	rec := &t.records[i]
	task := plan.Task{
		Row: t.newRow(t.table, rec), ID: rec.id, WBS: rec.wbs, Name: rec.name, Parent: rec.parent, Level: rec.level, Summary: rec.summary,
		Section: t.path(i), Area: oneLine(t.spread(rec, plan.Area)), Owner: oneLine(t.spread(rec, plan.Owner)),
		Constraint: t.text(t.cell(rec.row, plan.Constraint)), StatusText: oneLine(t.spread(rec, plan.Status)),
	}
	task.Owner = t.person(task.Owner)
	for _, d := range []struct {
		field plan.Field
		to    *calendar.Date
	}{
		{plan.Start, &task.Start},
		{plan.Finish, &task.Finish},
		{plan.BaselineStart, &task.BaselineStart},
		{plan.BaselineFinish, &task.BaselineFinish},
		{plan.ActualStart, &task.ActualStart},
		{plan.ActualFinish, &task.ActualFinish},
		{plan.Deadline, &task.Deadline},
		{plan.ConstraintDate, &task.ConstraintDate},
	} {
		t.readDate(&task, rec, d.field, d.to)
	}
	task.Duration = t.readAmount(&task, rec, plan.DurationField)
	task.Remaining = t.readAmount(&task, rec, plan.Remaining)
	t.readDone(&task, rec)
	task.Milestone = t.isMilestone(&task, rec)
	t.noteEvidence(&task, rec)
	return task
}

func isDashText(s string) bool { return strings.Trim(s, "-–— ") == "" }

// spread is the text of a cell, or of the cell from which a merged range
// reaches down to it.
func (t *taskReader) spread(rec *record, f plan.Field) string {
	c := t.first(f)
	if c < 0 {
		return ""
	}
	if own := t.text(rec.row.Cell(c)); own != "" {
		return own
	}
	for _, m := range t.sheet.Merged {
		if m.FirstColumn <= c && c <= m.LastColumn && m.FirstRow < rec.row.Index && rec.row.Index <= m.LastRow {
			return t.text(t.sheet.Cell(m.FirstRow, m.FirstColumn))
		}
	}
	return ""
}

// path is the section of a record: what stands over and left of it, then the
// summaries above that don't stand there already.
func (t *taskReader) path(i int) string {
	path := slices.Clone(t.records[i].section)
	var above []string
	for p := t.records[i].parent; p >= 0; p = t.records[p].parent {
		if !slices.Contains(t.fields[plan.Section], t.records[p].nameColumn) {
			above = append(above, t.records[p].name)
		}
	}
	slices.Reverse(above)
	return strings.Join(append(path, above...), " / ")
}

// missing reports whether a formula has no value: it was never computed.
func missing(c workbook.Cell) bool { return c.Formula && c.Kind == workbook.Blank }

func (t *taskReader) unread(task *plan.Task, f plan.Field, doubt bool, parts ...string) {
	if !doubt && !slices.Contains(task.Unread, f) {
		task.Unread = append(task.Unread, f)
	}
	t.fault(plan.Fault{At: task.Ref(f), Table: plan.Tasks, Typed: parts[0], Text: parts[1], Fix: parts[2], Doubt: doubt})
}

const notComputed = "the formula has no computed value"

func (t *taskReader) readDate(task *plan.Task, rec *record, f plan.Field, to *calendar.Date) {
	col := t.dates[f]
	if col == nil {
		return
	}
	c := rec.row.Cell(col.index)
	if missing(c) {
		t.unread(task, f, false, "", notComputed, "open and save it once")
		return
	}
	got := col.read(t.reader, rec.row.Index, c)
	*to = got.date
	switch {
	case got.quiet:
		task.Unread = append(task.Unread, f)
	case got.text != "":
		t.unread(task, f, got.doubt, t.text(c), got.text, got.fix)
	}
}

func (t *taskReader) readAmount(task *plan.Task, rec *record, f plan.Field) plan.Maybe[plan.Duration] {
	c := t.cell(rec.row, f)
	if missing(c) {
		t.unread(task, f, false, "", notComputed, "open and save it once")
		return plan.Maybe[plan.Duration]{}
	}
	got := t.readDuration(c, t.units[f])
	if got.text != "" {
		t.unread(task, f, false, t.text(c), got.text, got.fix)
	}
	if got.mixed {
		t.mixed++
	}
	return got.value
}

// readDone reads how much is done.
func (t *taskReader) readDone(task *plan.Task, rec *record) {
	c := t.cell(rec.row, plan.Percent)
	if missing(c) {
		t.unread(task, plan.Percent, false, "", notComputed, "open and save it once")
		return
	}
	got := t.readPercent(c, t.percent)
	task.Percent = got.value
	if got.text != "" {
		t.unread(task, plan.Percent, got.doubt, t.text(c), got.text, got.fix)
	}
}

// person returns who is meant by an owner's text; it is empty where that
// stands for nobody: "-", "[Owner]". Some tools export people in brackets.
func (t *taskReader) person(text string) string {
	if m := t.v.noDate[strings.ToLower(text)]; m == "none" || isDashText(text) {
		return ""
	}
	if !isPlaceholderText(text) {
		return text
	}
	inner := strings.TrimSpace(text[1 : len(text)-1])
	if l := t.v.label(inner); l.unknown == 0 {
		return ""
	}
	return inner
}

// isMilestone reports whether a row says that it is a milestone, or takes no
// time.
func (t *taskReader) isMilestone(task *plan.Task, rec *record) bool {
	if m, ok := meaning(t.v.flags, t.text(t.cell(rec.row, plan.Milestone))); ok && m != "no" {
		return true
	}
	if t.v.flags[fold(t.text(t.cell(rec.row, taskType)))] == "milestone" || t.v.flags[fold(task.StatusText)] == "milestone" {
		return true
	}
	return task.Duration.Known && task.Duration.Value.Amount == 0 && !rec.summary
}

// noteEvidence keeps what the row holds about its state.
func (t *taskReader) noteEvidence(task *plan.Task, rec *record) {
	e := plan.Evidence{Percent: task.Percent, ActualStart: task.ActualStart, ActualFinish: task.ActualFinish}
	if task.StatusText != "" && !isDashText(task.StatusText) {
		word, known := meaning(t.v.status, task.StatusText)
		if tick := t.v.tick(task.StatusText); t.ticked && tick != "" {
			word, known = tickStates[tick], true
		}
		e.Word = stateNames[word]
		e.StrangeWord = !known
	}
	if task.StatusText == "" && t.ticked && !rec.summary {
		e.Word = plan.NotStarted
	}
	t.evidenceOf = append(t.evidenceOf, e)
}

// tick returns what a text says in a column of ticks: yes, no, or nothing.
func (v *vocabulary) tick(text string) string {
	if m, ok := v.flags[strings.ToLower(text)]; ok {
		return m
	}
	return v.flags[fold(text)]
}

// tickStates are the states for which a tick stands in a column of ticks.
var tickStates = map[string]string{"yes": "done", "no": "not started"}

var stateNames = map[string]plan.State{
	"done": plan.Done, "running": plan.Running, "not started": plan.NotStarted, "on hold": plan.OnHold, "cancelled": plan.Cancelled,
	"after go-live": plan.AfterGoLive,
}

// states decides where each row stands, once it is known whether the table
// tells that at all.
func (t *taskReader) states() {
	tasks := t.out.Plan.Tasks
	told, onSummaries := false, false
	for i := range tasks {
		e := &t.evidenceOf[i]
		if !tellsState(e, &tasks[i]) {
			continue
		}
		if tasks[i].Summary {
			onSummaries = true
		} else {
			told = true
		}
	}
	for i := range tasks {
		t.evidenceOf[i].Told = told
		tasks[i].State = plan.StateOf(t.evidenceOf[i])
		if t.evidenceOf[i].StrangeWord {
			t.noteStrange(&tasks[i])
		}
	}
	if onSummaries && !told {
		t.guess(Guess{
			What: "the state of the single tasks is not known", Because: "only section rows have a status, a percent or an actual finish",
			Sheet: t.sheet.Name,
		})
	}
}

func tellsState(e *plan.Evidence, task *plan.Task) bool {
	return task.StatusText != "" || e.Percent.Known || !e.ActualFinish.IsZero()
}

func (t *taskReader) noteStrange(task *plan.Task) {
	key := fold(task.StatusText)
	if t.strange[key] == nil {
		t.strange[key] = &strangeWord{at: task.Ref(plan.Status), key: task.Key, name: task.Name}
	}
	t.strange[key].count++
	if !slices.Contains(task.Unread, plan.Status) {
		task.Unread = append(task.Unread, plan.Status)
	}
}

// summarise counts what stands in the table.
func (t *taskReader) summarise() {
	table := &t.out.Tables[t.table]
	for i := range t.out.Plan.Tasks {
		task := &t.out.Plan.Tasks[i]
		if task.Summary {
			table.Parents++
			continue
		}
		if table.Rows == 0 {
			table.First = task.Name
		}
		table.Rows++
		table.Last = task.Name
		if !task.Finish.IsZero() {
			table.WithFinish++
		}
		if task.State == plan.Done {
			table.Done++
		}
	}
}
