// Package highlight turns findings and drawn tabs into what should stand in a
// workbook: marks on the team's rows, the keys of the rows that are marked, and
// tabs whose links lead to cells. It does no I/O, and leaves to backends how
// all that is drawn.
//
// A finding colours the judged cell and the name of its row, the worst one wins
// where several meet. What can't be judged colours only the cell in question,
// as a note: that is where something has to be typed. Findings about the whole
// plan colour nothing.
package highlight

import (
	"cmp"
	"maps"
	"slices"

	"steerco/rules"
	"steerco/rules/plan"
	"steerco/sync/planread"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// Input is what is to be shown in a workbook. It is not written to.
type Input struct {
	Book     *workbook.Book
	Reading  *planread.Reading
	Findings []rules.Finding
	// Tabs are drawn in this order.
	Tabs []tab.Tab
}

// Make returns what should stand in the workbook. Equal input gives equal
// output.
func Make(in Input) workbook.Output {
	m := maker{Input: in, tables: make([]*table, len(in.Reading.Tables)), worst: map[cell]rules.Severity{}}
	for _, f := range in.Findings {
		m.judge(f)
	}
	out := workbook.Output{ID: in.Book.ID}
	out.Marks, out.Keys = m.marks()
	for _, t := range in.Tabs {
		out.Tabs = append(out.Tabs, workbook.Drawing{Tab: t, Links: m.links(t)})
	}
	return out
}

// maker collects the cells to be marked.
type maker struct {
	Input
	// tables are those in use, by their index in Reading.Tables.
	tables []*table
	worst  map[cell]rules.Severity
}

// cell is a cell to be marked: a row of the table's sheet, and an index in its
// columns.
type cell struct{ table, row, column int }

// judge marks the cells that a finding is about.
func (m *maker) judge(f rules.Finding) {
	o, ok := m.Reading.Origin(f.At.Row)
	if !ok {
		return
	}
	t := m.table(o.Table)
	severity := max(f.Severity, rules.Note)
	if f.At.Field != "" {
		m.mark(cell{o.Table, o.Row, t.columnOf(f.At)}, severity)
	}
	if f.Severity != rules.CannotJudge {
		m.mark(cell{o.Table, o.Row, t.columnOf(f.At.Row.Ref(t.name))}, severity)
	}
}

func (m *maker) mark(c cell, severity rules.Severity) {
	if c.column >= 0 {
		m.worst[c] = max(m.worst[c], severity)
	}
}

func (m *maker) table(i int) *table {
	if m.tables[i] == nil {
		m.tables[i] = newTable(m.Input, i)
	}
	return m.tables[i]
}

// marks returns a mark for each severity, table and column in which a cell is
// to be marked, and the keys of the rows.
func (m *maker) marks() ([]workbook.Mark, []string) {
	type group struct {
		table, column int
		severity      rules.Severity
	}
	rows := map[group][]int{}
	for c, severity := range m.worst {
		g := group{c.table, c.column, severity}
		rows[g] = append(rows[g], c.row)
	}
	groups := slices.SortedFunc(maps.Keys(rows), func(a, b group) int {
		return cmp.Or(cmp.Compare(a.table, b.table), cmp.Compare(a.column, b.column), cmp.Compare(b.severity, a.severity))
	})
	var marks []workbook.Mark
	var keys []string
	for _, g := range groups {
		t := m.tables[g.table]
		mark := t.mark(g.column, g.severity)
		marks = append(marks, mark)
		for _, row := range rows[g] {
			keys = append(keys, workbook.Keys(mark.Severity, mark.Field, t.cells(row, mark.Parts))...)
		}
	}
	slices.Sort(keys)
	return marks, slices.Compact(keys)
}

// links resolves what the cells of a tab lead to.
func (m *maker) links(t tab.Tab) map[tab.Position]workbook.Link {
	links := map[tab.Position]workbook.Link{}
	for row, r := range t.Rows {
		left := ""
		for _, c := range r.Cells {
			if link, ok := m.link(c.Link, left); ok {
				links[tab.Position{Row: row, Column: c.Column}] = link
			}
			left = c.Text
		}
	}
	return links
}

// link returns where a cell leads: by the row's id where the cell at its left
// holds the id and that can be looked up, else to the place where the row
// stands now.
func (m *maker) link(ref plan.Ref, left string) (workbook.Link, bool) {
	o, ok := m.Reading.Origin(ref.Row)
	if !ok {
		return workbook.Link{}, false
	}
	t := m.table(o.Table)
	if link, ok := t.linkByID(o.Row, left); ok {
		return link, true
	}
	i := t.columnOf(ref)
	if i < 0 {
		i = t.columnOf(ref.Row.Ref(t.name))
	}
	column := 0
	if i >= 0 {
		column = t.Columns[i].Index
	}
	return workbook.Link{Sheet: o.Sheet, Row: o.Row, Column: column}, true
}
