package highlight

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"steerco/rules"
	"steerco/rules/plan"
	"steerco/sync/planread"
	"steerco/sync/workbook"
)

// table is a table of the reading with what keys and links need of it.
type table struct {
	planread.Table
	// index is that in Reading.Tables.
	index   int
	reading *planread.Reading
	sheet   *workbook.Sheet
	// name is the field that people call a row by.
	name plan.Field
	// identity are the columns that tell one row from another.
	identity []int
	// ids counts what stands in the id column, over the whole sheet, by what a
	// lookup takes as equal; repeated means that something in the table's rows
	// is there more than once. Both are empty where there is not one id column.
	ids      map[string]int
	repeated bool
}

func newTable(in Input, index int) *table {
	t := &table{Table: in.Reading.Tables[index], index: index, reading: in.Reading}
	if t.sheet = in.Book.Sheet(t.Sheet); t.sheet == nil {
		t.sheet = &workbook.Sheet{Name: t.Sheet}
	}
	for _, f := range []plan.Field{plan.Name, plan.Requirement, plan.Process, plan.ID} {
		if t.name = f; t.has(f) {
			break
		}
	}
	t.identity = t.identify()
	return t
}

func (t *table) has(f plan.Field) bool {
	return slices.ContainsFunc(t.Columns, func(c planread.Column) bool { return c.Field == f })
}

// columns returns the sheet's columns of a field.
func (t *table) columns(f plan.Field) []int {
	var all []int
	for _, c := range t.Columns {
		if c.Field == f {
			all = append(all, c.Index)
		}
	}
	return all
}

// identify returns the id column, if every row has an id of its own; else what
// the row says of itself.
func (t *table) identify() []int {
	if id := t.columns(plan.ID); len(id) == 1 && t.tellsApart(id[0]) {
		return id
	}
	var own []int
	for _, f := range []plan.Field{t.name, plan.WBS, plan.ID} {
		own = append(own, t.columns(f)...)
	}
	return dedupe(own)
}

// tellsApart reports whether every row has something of its own in the column.
func (t *table) tellsApart(column int) bool {
	t.countIDs(column)
	if t.repeated {
		return false
	}
	for row := plan.Row(1); ; row++ {
		o, ok := t.reading.Origin(row)
		if !ok {
			return true
		}
		if o.Table == t.index && !tells(t.sheet.Cell(o.Row, column)) {
			return false
		}
	}
}

// tells reports whether a cell holds something by which a row can be known.
func tells(c workbook.Cell) bool {
	return c.Kind == workbook.Number || c.Kind == workbook.Text && strings.TrimSpace(c.Text) != ""
}

func (t *table) cells(row int, columns []int) []workbook.Cell {
	cells := make([]workbook.Cell, len(columns))
	for i, c := range columns {
		cells[i] = t.sheet.Cell(row, c)
	}
	return cells
}

// columnOf returns the index in Columns of the cell that ref refers to, or -1
// where the table has no such column.
func (t *table) columnOf(ref plan.Ref) int {
	_, cell := t.reading.Cell(ref)
	o, _ := t.reading.Origin(ref.Row)
	return slices.IndexFunc(t.Columns, func(c planread.Column) bool {
		return c.Field == ref.Field && workbook.CellName(o.Row, c.Index) == cell
	})
}

// mark returns the rule for a column of the table.
func (t *table) mark(column int, severity rules.Severity) workbook.Mark {
	c := t.Columns[column]
	return workbook.Mark{
		Sheet: t.Sheet, Column: c.Index, FirstRow: t.FirstRow, LastRow: t.LastRow,
		Severity: severity.String(), Field: t.label(column), Parts: t.parts(c.Field),
	}
}

// label returns the column's field, with a number for a field's further columns
// and for all tables but the first: the key of a row must not colour another
// column, nor a row of another table that has the same id and dates.
func (t *table) label(column int) string {
	f := t.Columns[column].Field
	label, nth := string(f), 1
	for _, c := range t.Columns[:column] {
		if c.Field == f {
			nth++
		}
	}
	if nth > 1 {
		label += "." + strconv.Itoa(nth)
	}
	if t.index > 0 {
		label += "@" + strconv.Itoa(t.index+1)
	}
	return label
}

// mostParts bounds the key; more would neither fit a lookup nor a formula.
const mostParts = 13

// parts returns the columns that make the key of a mark on a field: what tells
// the row, and what tells its state, so that the mark goes off when somebody
// mends the row.
func (t *table) parts(f plan.Field) []int {
	parts := slices.Clone(t.identity)
	for _, judged := range judgedWith(t.Kind, f, f == t.name) {
		parts = append(parts, t.columns(judged)...)
	}
	if f == t.name && !hasJudged(t.Kind) {
		for _, c := range t.Columns {
			parts = append(parts, c.Index)
		}
	}
	parts = dedupe(parts)
	return parts[:min(len(parts), mostParts)]
}

func hasJudged(t plan.Table) bool { return t == plan.Tasks || t == plan.Gaps }

// judgedWith returns the fields by which a judgement on a field can change; of
// a row's name, which is judged by the whole row, those of all judgements.
func judgedWith(t plan.Table, f plan.Field, whole bool) []plan.Field {
	switch {
	case t == plan.Gaps && whole:
		return gapJudged()
	case t == plan.Gaps:
		return append([]plan.Field{f}, gapJudged()...)
	case t == plan.Tasks && whole:
		return append(taskState(), plan.Finish, plan.Start, plan.DurationField, plan.Owner, plan.Predecessors, plan.ActualStart)
	case t == plan.Tasks:
		return slices.Concat([]plan.Field{f}, taskState(), taskCompanions(f))
	}
	return []plan.Field{f, plan.Status}
}

func taskState() []plan.Field { return []plan.Field{plan.Status, plan.Percent, plan.ActualFinish} }

func taskCompanions(f plan.Field) []plan.Field {
	switch f {
	case plan.Owner, plan.Predecessors:
		return nil
	case plan.Start, plan.DurationField:
		return []plan.Field{plan.Start, plan.ActualStart, plan.Predecessors}
	}
	return []plan.Field{plan.Predecessors}
}

func gapJudged() []plan.Field {
	return []plan.Field{
		plan.Decision, plan.Status, plan.DecidedOn, plan.DecideBy, plan.Reason, plan.Effort, plan.Cost, plan.Owner,
	}
}

func dedupe(columns []int) []int {
	var kept []int
	for _, c := range columns {
		if !slices.Contains(kept, c) {
			kept = append(kept, c)
		}
	}
	return kept
}

// linkByID returns the link to a row by its id, if text is that id and the id
// stands exactly once in its column of the sheet.
func (t *table) linkByID(row int, text string) (workbook.Link, bool) {
	id := t.columns(plan.ID)
	if len(id) != 1 {
		return workbook.Link{}, false
	}
	c := t.sheet.Cell(row, id[0])
	plain, ok := plainID(c)
	if !ok || plain != text || t.ids[lookupKey(c)] != 1 {
		return workbook.Link{}, false
	}
	return workbook.Link{Sheet: t.Sheet, Row: row, Column: id[0], ByID: true, NumericID: c.Kind == workbook.Number}, true
}

// longestLookup is how many characters of a text Excel looks up.
const longestLookup = 255

// largestWhole is up to where every program shows a whole number as digits.
const largestWhole = 1e10

// plainID returns the id as a lookup finds it: a text without wildcards, or a
// whole number.
func plainID(c workbook.Cell) (string, bool) {
	switch {
	case c.Kind == workbook.Text:
		return c.Text, c.Text != "" && len(c.Text) <= longestLookup && !strings.ContainsAny(c.Text, "~*?")
	case c.Kind == workbook.Number && c.Number == math.Trunc(c.Number) && math.Abs(c.Number) < largestWhole:
		return strconv.FormatFloat(c.Number, 'f', 0, 64), true
	}
	return "", false
}

// countIDs fills ids and repeated.
func (t *table) countIDs(column int) {
	t.ids = make(map[string]int, len(t.sheet.Rows))
	for i := range t.sheet.Rows {
		r := &t.sheet.Rows[i]
		c := r.Cell(column)
		if !tells(c) {
			continue
		}
		key := lookupKey(c)
		t.ids[key]++
		if t.ids[key] > 1 && r.Index >= t.FirstRow && r.Index <= t.LastRow {
			t.repeated = true
		}
	}
}

// lookupKey makes equal what a lookup takes as equal.
func lookupKey(c workbook.Cell) string {
	if c.Kind == workbook.Number {
		return "#" + strconv.FormatFloat(c.Number, 'g', -1, 64)
	}
	return strings.ToUpper(strings.TrimSpace(c.Text))
}
