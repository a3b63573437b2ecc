package planread

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// keyed is a row that is to get an identity.
type keyed struct {
	// id is empty where it can't serve as one.
	id string
	// path and name stand for the row where no id does.
	path, name string
}

// rowKeys makes the identities of rows: the id where it is unique, else path
// and name, folded; equal ones are numbered in the order of the sheet.
func rowKeys(rows []keyed) []string {
	ids := map[string]int{}
	for _, r := range rows {
		ids[r.id]++
	}
	keys := make([]string, len(rows))
	taken, next := map[string]bool{}, map[string]int{}
	for i, r := range rows {
		base := r.id
		if base == "" || ids[base] > 1 {
			base = strings.TrimPrefix(fold(r.path)+"/"+fold(r.name), "/")
		}
		key := base
		for taken[key] {
			next[base]++
			key = base + "#" + strconv.Itoa(next[base]+1)
		}
		taken[key] = true
		keys[i] = key
	}
	return keys
}

// keys gives the tasks their identities and tells of ids that are not unique.
func (t *taskReader) keys() {
	tasks := t.out.Plan.Tasks
	computed := t.idsAreComputed()
	rows := make([]keyed, len(tasks))
	for i := range tasks {
		rows[i] = keyed{id: tasks[i].ID, path: tasks[i].Section, name: tasks[i].Name}
		if computed {
			rows[i].id = ""
		}
	}
	for i, key := range rowKeys(rows) {
		tasks[i].Key = key
	}
	t.tellDuplicates(func(task *plan.Task) string { return task.ID }, plan.ID)
	if t.isOutline() {
		t.tellDuplicates(func(task *plan.Task) string { return task.WBS }, plan.WBS)
	}
}

// isOutline reports whether the WBS column numbers the rows.
func (t *taskReader) isOutline() bool {
	return slices.ContainsFunc(t.records, func(r record) bool { return len(r.code) > 1 })
}

// idsAreComputed reports whether the id column holds row numbers by formula:
// those change when rows move, and are no identity.
func (t *taskReader) idsAreComputed() bool {
	formulas, filled := 0, 0
	for i := range t.records {
		c := t.cell(t.records[i].row, plan.ID)
		if isBlank(c) {
			continue
		}
		filled++
		if c.Formula {
			formulas++
		}
	}
	return formulas*2 > filled
}

// tellDuplicates notes ids that stand in several rows.
func (t *taskReader) tellDuplicates(of func(*plan.Task) string, f plan.Field) {
	tasks := t.out.Plan.Tasks
	first := map[string]int{}
	for i := range tasks {
		id := of(&tasks[i])
		if id == "" {
			continue
		}
		j, seen := first[id]
		if !seen {
			first[id] = i
			continue
		}
		a := workbook.CellName(t.records[j].row.Index, t.first(f))
		b := workbook.CellName(t.records[i].row.Index, t.first(f))
		t.fault(plan.Fault{
			At: tasks[i].Ref(f), Table: plan.Tasks, Typed: id,
			Text: fmt.Sprintf("%q stands in %s and in %s", id, a, b), Fix: duplicateFix(id), Doubt: true,
		})
	}
}

// duplicateFix names the usual cause of doubled outline numbers: 1.10 that
// became the number 1.1.
func duplicateFix(id string) string {
	if parts := outlineParts(id); len(parts) == 2 && parts[1] == "1" {
		return "give each row its own; if it was " + id + "0, write it as text"
	}
	return "give each row its own"
}

// fillFaults completes the faults with what is known of their rows.
func (t *taskReader) fillFaults() {
	tasks := t.out.Plan.Tasks
	if len(tasks) == 0 {
		return
	}
	base := int(tasks[0].Row)
	faults := t.out.Plan.Faults
	for i := range faults {
		f := &faults[i]
		at := int(f.At.Row) - base
		if f.Table != plan.Tasks || at < 0 || at >= len(tasks) {
			continue
		}
		f.Key, f.Name, f.Owner = tasks[at].Key, tasks[at].Name, tasks[at].Owner
	}
}
