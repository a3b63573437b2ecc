package planread_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"steerco/rules/plan"
	"steerco/sync/corpustest"
	"steerco/sync/excel"
	"steerco/sync/planread"
	"steerco/sync/workbook"
)

// reading is what a careful person reads in a workbook of the corpus.
type reading struct {
	File       string            `json:"file"`
	Kind       string            `json:"kind"`
	Sheet      string            `json:"sheet"`
	HeaderRows []int             `json:"header_rows"`
	Rows       int               `json:"task_rows"`
	Parents    int               `json:"section_or_summary_rows"`
	First      string            `json:"first_task"`
	Last       string            `json:"last_task"`
	WithFinish *int              `json:"tasks_with_finish_date"`
	Complete   *int              `json:"tasks_complete"`
	Columns    map[string]string `json:"columns"`
}

func readBook(t *testing.T, path string) *workbook.Book {
	t.Helper()
	backend, err := excel.Open(path, excel.Options{})
	if err != nil {
		t.Fatal(err)
	}
	book, err := backend.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// TestCorpusIsReadAsByACarefulPerson holds the readings against those of a
// person.
func TestCorpusIsReadAsByACarefulPerson(t *testing.T) {
	data, err := os.ReadFile(corpustest.Folder(t, "workbooks", "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []reading
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	for _, want := range all {
		if want.Kind != "tasks" {
			continue
		}
		t.Run(want.File, func(t *testing.T) {
			r, err := planread.Read(readBook(t, corpustest.Folder(t, "workbooks", want.File)), planread.Options{})
			if err != nil {
				t.Fatal(err)
			}
			compareReading(t, tasksOf(t, r), want)
			if os.Getenv("SHOW") != "" {
				show(t, r)
			}
		})
	}
}

func show(t *testing.T, r *planread.Reading) {
	for _, g := range r.Guesses {
		t.Logf("guess %s!%s %s, because %s", g.Sheet, g.Cell, g.What, g.Because)
	}
	for i, s := range r.Skipped {
		if i < 12 {
			t.Logf("skip %s!%d %s", s.Sheet, s.Row+1, s.Because)
		}
	}
	for i, f := range r.Plan.Faults {
		_, cell := r.Cell(f.At)
		if i < 12 {
			t.Logf("fault %s %q: %s: %s", cell, f.Name, f.Text, f.Fix)
		}
	}
	for i, k := range r.Plan.Tasks {
		if i < 45 {
			t.Logf("%2d %v %q id=%q wbs=%q sec=%q area=%q own=%q %v..%v dur=%v pct=%v st=%v(%q) rel=%v key=%q", i, k.Summary, k.Name, k.ID, k.WBS, k.Section, k.Area, k.Owner, k.Start, k.Finish, k.Duration, k.Percent, k.State, k.StatusText, k.Relations, k.Key)
		}
	}
}

func tasksOf(t *testing.T, r *planread.Reading) planread.Table {
	t.Helper()
	for _, table := range r.Tables {
		if table.Kind == plan.Tasks {
			return table
		}
	}
	t.Fatal("no table of tasks")
	return planread.Table{}
}

func compareReading(t *testing.T, got planread.Table, want reading) {
	t.Helper()
	rows := make([]int, len(got.HeaderRows))
	for i, r := range got.HeaderRows {
		rows[i] = r + 1
	}
	check := func(what string, got, want any) {
		t.Helper()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	check("sheet", got.Sheet, want.Sheet)
	check("header rows", rows, want.HeaderRows)
	check("rows", got.Rows, want.Rows)
	check("parents", got.Parents, want.Parents)
	check("first", got.First, strings.TrimSpace(want.First))
	check("last", got.Last, strings.TrimSpace(want.Last))
	check("with finish", got.WithFinish, orZero(want.WithFinish))
	check("done", got.Done, orZero(want.Complete))
	for _, c := range wantedColumns(want) {
		if !slices.Contains(columnsOf(got), c) {
			t.Errorf("columns: got %v, want %s among them", columnsOf(got), c)
		}
	}
}

func orZero(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// canonical are the corpus's names of fields; those it has and a plan doesn't
// are left out.
var canonical = map[string]plan.Field{
	"pred": plan.Predecessors, "phase": plan.Section, "astart": plan.ActualStart, "afinish": plan.ActualFinish, "date": plan.Finish,
	"id": plan.ID, "name": plan.Name, "owner": plan.Owner, "start": plan.Start, "finish": plan.Finish, "percent": plan.Percent,
	"duration": plan.DurationField, "status": plan.Status, "parent": plan.Parent, "milestone": plan.Milestone,
}

// wantedColumns turns letters with remarks into "field letters".
func wantedColumns(want reading) []string {
	var all []string
	for name, letters := range want.Columns {
		field, ok := canonical[name]
		if !ok {
			continue
		}
		letters, _, _ = strings.Cut(letters, " (")
		letters = strings.ReplaceAll(letters, ",", "+")
		for _, letter := range strings.Split(letters, "+") {
			all = append(all, string(field)+" "+letter)
		}
	}
	slices.Sort(all)
	return all
}

func columnsOf(got planread.Table) []string {
	var all []string
	for _, c := range got.Columns {
		all = append(all, string(c.Field)+" "+workbook.ColumnName(c.Index))
	}
	slices.Sort(all)
	return all
}
