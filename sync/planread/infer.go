package planread

import (
	"fmt"
	"slices"
	"strings"

	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// raciLetters head the columns which say who is responsible, accountable,
// consulted and informed.
var raciLetters = []string{"r", "a", "c", "i"}

// raciOwner is how sure it is that the column of the responsible names the
// owner, by nothing but its letter.
const raciOwner = 5

// readRACI takes the column "R" beside "A", "C" and "I" for the owner.
func readRACI(all []candidate) {
	at := map[string]int{}
	for i, c := range all {
		if letter := fold(c.typed); slices.Contains(raciLetters, letter) {
			at[letter] = i
		}
	}
	if len(at) < len(raciLetters) {
		return
	}
	r := at["r"]
	all[r].options = append(all[r].options, option{table: plan.Tasks, field: plan.Owner, strength: raciOwner})
}

// inferID finds the column to which the predecessors refer, where no header
// tells it.
func (v *view) inferID(h *header, profiles map[int]*profile) {
	if h.has(plan.ID) || h.has(plan.WBS) || !h.has(plan.Predecessors) {
		return
	}
	refs := v.references(h.field(plan.Predecessors)[0].Index, h.lastRow())
	if len(refs) < fewestReferences {
		return
	}
	for c := range h.stop {
		p := profiles[c]
		if p == nil || h.taken(c) || p.distinct < p.filled || p.dates > 0 {
			continue
		}
		if known := countKnown(refs, p); known*2 > len(refs) {
			h.columns = append(h.columns, column{Column: Column{Field: plan.ID, Index: c, Header: h.texts[c]}, strength: 40})
			return
		}
	}
}

// fewestReferences is how many predecessors must be told apart for a column to
// be known by them.
const fewestReferences = 2

func countKnown(refs map[string]bool, p *profile) int {
	n := 0
	for ref := range refs {
		if p.seen[ref] {
			n++
		}
	}
	return n
}

// references lists the texts by which a column of predecessors names tasks.
func (v *view) references(col, after int) map[string]bool {
	refs := map[string]bool{}
	looked := 0
	for i := range v.sheet.Rows {
		row := &v.sheet.Rows[i]
		if row.Index <= after {
			continue
		}
		if looked++; looked > profileRows {
			break
		}
		for _, part := range splitLinks(v.book.Shown(row.Cell(col))) {
			refs[part] = true
		}
	}
	return refs
}

// tellUnread notes columns of dates that have no field: somebody keeps dates
// there which nothing looks at.
func (t *taskReader) tellUnread() {
	for _, c := range t.header.cols {
		if t.known[c.column] || c.typed == "" || t.isIgnored(c) {
			continue
		}
		dates, filled := 0, 0
		for i := range t.records {
			cell := t.records[i].row.Cell(c.column)
			if isBlank(cell) {
				continue
			}
			filled++
			if t.holdsDate(cell) {
				dates++
			}
		}
		if dates > 1 && dates*2 > filled {
			t.guess(Guess{
				What: fmt.Sprintf("column %q is not read", c.typed), Because: fmt.Sprintf("it holds %d dates, and %s", dates, t.whyUnread(c)),
				Sheet: t.sheet.Name, Cell: workbook.CellName(t.header.lastRow(), c.column),
			})
		}
	}
}

// whyUnread says why a column of dates has no field.
func (t *taskReader) whyUnread(c heading) string {
	options, _ := t.optionsOf(c)
	for _, o := range options {
		if o.table == plan.Tasks && t.dates[o.field] != nil {
			return fmt.Sprintf("another column is the %s", strings.ReplaceAll(string(o.field), "_", " "))
		}
	}
	return "its header names none of a task's"
}

// isIgnored reports whether a heading is known and says nothing of a plan.
func (t *taskReader) isIgnored(c heading) bool {
	options, _ := t.optionsOf(c)
	return slices.ContainsFunc(options, func(o option) bool { return o.table == plan.Tasks && o.field == ignored })
}

func (t *taskReader) holdsDate(c workbook.Cell) bool {
	if c.Kind == workbook.Text {
		_, ok := t.v.dateText(c.Text)
		return ok && !isOutlineNumber(strings.TrimSpace(c.Text))
	}
	_, ok := t.book.Date(c)
	return ok
}

// inferDates takes columns of dates whose headers tell nothing for finish and
// start, where the table has none: the last of them is the finish, the one
// right before a finish, and never after it, the start.
func (v *view) inferDates(h *header, all []candidate, profiles map[int]*profile) {
	if h.has(plan.DurationField) && h.has(plan.Start) {
		return
	}
	for i := len(all) - 1; i >= 0 && !h.has(plan.Finish); i-- {
		if v.isUnknownDate(h, all[i], profiles) && v.isAfterStart(h, all[i].column) {
			h.columns = append(h.columns, columnOf(all[i], choice{field: plan.Finish, strength: inferredDate}))
		}
	}
	finish := h.field(plan.Finish)
	if len(finish) != 1 || h.has(plan.Start) {
		return
	}
	for i := range all {
		if all[i].column == finish[0].Index-1 && v.isUnknownDate(h, all[i], profiles) && v.isNeverAfter(h, all[i].column, finish[0].Index) {
			h.columns = append(h.columns, columnOf(all[i], choice{field: plan.Start, strength: inferredDate}))
		}
	}
}

// inferredDate is how sure a column of dates is by nothing but its cells.
const inferredDate = 40

// isUnknownDate reports whether a column holds dates and nothing is known of
// its header.
func (v *view) isUnknownDate(h *header, c candidate, profiles map[int]*profile) bool {
	p := profiles[c.column]
	if p == nil || h.taken(c.column) || p.dates < 2 || p.share(p.dates) < 0.8 {
		return false
	}
	return !slices.ContainsFunc(c.options, func(o option) bool { return !o.partial })
}

// isAfterStart reports whether a column may be the finish of the start.
func (v *view) isAfterStart(h *header, col int) bool {
	start := h.field(plan.Start)
	return len(start) == 0 || v.isNeverAfter(h, start[0].Index, col)
}

// isNeverAfter reports whether the true dates of one column lie at or before
// those of another in every row.
func (v *view) isNeverAfter(h *header, first, second int) bool {
	both := 0
	for i := range v.sheet.Rows {
		row := &v.sheet.Rows[i]
		if row.Index <= h.lastRow() {
			continue
		}
		a, b := row.Cell(first), row.Cell(second)
		_, isDate := v.book.Date(a)
		_, isOther := v.book.Date(b)
		if !isDate || !isOther {
			continue
		}
		if both++; a.Number > b.Number {
			return false
		}
	}
	return both > 0
}
