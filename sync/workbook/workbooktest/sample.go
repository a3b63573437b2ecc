package workbooktest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

const (
	planSheet  = "Plan"
	otherSheet = "Jan's gaps & co"
)

// sample is the team's workbook in most cases.
func sample() []Sheet {
	return []Sheet{
		{Name: planSheet, Rows: [][]any{
			{"Roll-out"},
			{},
			{"ID", "Task", "Finish", "Done", "Owner"},
			{"T1", "Load the customers", calendar.New(2026, 3, 2), 0.5, "Ada"},
			{"T2", "Load the products", calendar.New(2026, 3, 9), 1.0, "Ben"},
			{"T3", "Rehearse the cut-over", calendar.New(2026, 4, 1), nil, true},
			{"T4", "Train the shops", "soon", 0.25, ""},
		}},
		{Name: otherSheet, Rows: [][]any{
			{"Gap", "Requirement"},
			{1.0, "Split deliveries"},
			{2.0, "Gift cards"},
		}},
		{Name: "Old", Hidden: true, Rows: [][]any{{"left alone"}}},
	}
}

func newSample(t *testing.T, s Suite) Subject {
	t.Helper()
	return s.New(t, sample())
}

// output is what a run might want to see in the sample. Say is a text in both
// tabs.
func output(book *workbook.Book, say string) workbook.Output {
	out := workbook.Output{ID: book.ID, Tabs: []workbook.Drawing{summary(say), committee(say)}}
	parts := []int{0, 2, 3}
	for _, m := range []workbook.Mark{
		{Sheet: planSheet, Column: 2, FirstRow: 3, LastRow: 6, Severity: "critical", Field: "finish", Parts: parts},
		{Sheet: planSheet, Column: 1, FirstRow: 3, LastRow: 6, Severity: "critical", Field: "name", Parts: parts},
		{Sheet: otherSheet, Column: 1, FirstRow: 1, LastRow: 2, Severity: "note", Field: "requirement", Parts: []int{0, 1}},
	} {
		out.Marks = append(out.Marks, m)
		out.Keys = append(out.Keys, rowKeys(book, m, m.FirstRow)...)
	}
	slices.Sort(out.Keys)
	return out
}

func rowKeys(book *workbook.Book, m workbook.Mark, row int) []string {
	cells := make([]workbook.Cell, len(m.Parts))
	for i, column := range m.Parts {
		cells[i] = book.Sheet(m.Sheet).Cell(row, column)
	}
	return workbook.Keys(m.Severity, m.Field, cells)
}

func summary(say string) workbook.Drawing {
	findings := 3.5
	return workbook.Drawing{
		Tab: tab.Tab{
			Key: "summary", Title: "Summary", FreezeRows: 2,
			Columns: []tab.Column{{Width: 12}, {Width: 40}, {Width: 10}},
			Rows: []tab.Row{
				{Height: 24, Cells: []tab.Cell{{Text: say, Span: 3, Style: tab.Title}}},
				{Cells: []tab.Cell{
					{Text: "Row", Style: tab.Header},
					{Column: 1, Text: "What", Style: tab.Header},
					{Column: 2, Text: "Days", Style: tab.HeaderRight},
				}},
				{},
				{Cells: []tab.Cell{
					{Text: "T1", Style: tab.Body},
					{Column: 1, Text: "=1+1", Style: tab.BodyLink, Link: plan.Ref{Row: 1}},
					{Column: 2, Number: &findings, Style: tab.BodyNumber},
				}},
				{Cells: []tab.Cell{
					{Text: "2", Style: tab.Body},
					{Column: 1, Text: "Größe 日本語 😀 <b>&amp;\n\"quoted\"", Style: tab.BodyLink, Link: plan.Ref{Row: 2}},
					{Column: 2, Date: calendar.New(2026, 12, 1), Style: tab.BodyDate},
				}},
				{Cells: []tab.Cell{
					{Text: "Rehearse", Style: tab.BodyLink, Link: plan.Ref{Row: 3}},
					{Column: 1, Text: strings.Repeat("long ", 1000), Style: tab.Body},
				}},
				{Cells: []tab.Cell{
					{Text: "leads nowhere", Style: tab.BodyLink, Link: plan.Ref{Row: 4}},
					{Column: 1, Text: "=2+2", Style: tab.Body},
				}},
			},
			Print: tab.Print{Landscape: true, RepeatRows: [2]int{1, 2}, FooterLeft: "project & more"},
		},
		Links: map[tab.Position]workbook.Link{
			{Row: 3, Column: 1}: {Sheet: planSheet, Row: 3, ByID: true},
			{Row: 4, Column: 1}: {Sheet: otherSheet, Row: 2, ByID: true, NumericID: true},
			{Row: 5}:            {Sheet: planSheet, Row: 5, Column: 1},
		},
	}
}

func committee(say string) workbook.Drawing {
	return workbook.Drawing{Tab: tab.Tab{
		Key: "committee", Title: "Committee",
		Columns: []tab.Column{{Width: 60}, {Width: 20}},
		Rows: []tab.Row{
			{Cells: []tab.Cell{{Text: "✖ RED", Style: tab.BigRed, RowSpan: 2}, {Column: 1, Text: say, Style: tab.Panel}}},
			{Cells: []tab.Cell{{Column: 1, Text: "+1 a week", Style: tab.PanelLabel}}},
		},
		Print: tab.Print{Landscape: true, OnePage: true},
	}}
}

func read(t *testing.T, b workbook.Backend) *workbook.Book {
	t.Helper()
	book, err := b.Read(t.Context())
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return book
}

// apply writes what make returns for the workbook as it is, and returns what
// stands there afterwards.
func apply(t *testing.T, b workbook.Backend, make func(*workbook.Book) workbook.Output) *workbook.Book {
	t.Helper()
	before := read(t, b)
	version, err := b.Apply(t.Context(), workbook.Changes{Base: before.Version, Output: make(before)})
	if err != nil {
		t.Fatalf("apply: %v", err)
	}
	after := read(t, b)
	if after.Version != version {
		t.Errorf("version: got %q from Apply, but %q from Read", version, after.Version)
	}
	return after
}

// saying returns what makes output with this text.
func saying(say string) func(*workbook.Book) workbook.Output {
	return func(b *workbook.Book) workbook.Output { return output(b, say) }
}

func nothing(*workbook.Book) workbook.Output { return workbook.Output{} }

// sameTeam fails unless the team's sheets are the same in both.
func sameTeam(t *testing.T, after, before *workbook.Book) {
	t.Helper()
	if diff := cmp.Diff(listing(after), listing(before)); diff != "" {
		t.Errorf("the team's sheets: got -, want +\n%s", diff)
	}
}

// listing writes the team's sheets line by line, down to the formats.
func listing(b *workbook.Book) []string {
	var lines []string
	for i := range b.Sheets {
		s := &b.Sheets[i]
		lines = append(lines, fmt.Sprintf("%q hidden %t, columns %v, merged %v, tables %v, colored %v",
			s.Name, s.Hidden, s.HiddenColumns, s.Merged, s.Tables, s.Colored))
		for _, r := range s.Rows {
			lines = append(lines, fmt.Sprintf("row %d hidden %t outline %d", r.Index, r.Hidden, r.Outline))
			for _, c := range r.Cells {
				lines = append(lines, fmt.Sprintf("%s kind %d %q %v formula %t %+v",
					workbook.CellName(r.Index, int(c.Column)), c.Kind, c.Text, c.Number, c.Formula, b.Format(c)))
			}
		}
	}
	return lines
}

// stands fails unless out and nothing else of steerco's stands in the
// workbook.
func stands(t *testing.T, book *workbook.Book, out workbook.Output) {
	t.Helper()
	for _, c := range workbook.Compare(book.Own, out) {
		t.Errorf("not as wanted: %s", c)
	}
	if len(book.Own.Tabs) != len(out.Tabs) || len(book.Own.Marks) != len(out.Marks) {
		t.Errorf("got %d tabs and %d marks, want %d and %d", len(book.Own.Tabs), len(book.Own.Marks), len(out.Tabs), len(out.Marks))
	}
	if !book.Own.Whole && !out.IsEmpty() {
		t.Error("Own.Whole: got false right after writing")
	}
	for _, d := range out.Tabs {
		drawn(t, book, d)
	}
}

// drawn fails unless the cells of a tab hold what its drawing says.
func drawn(t *testing.T, book *workbook.Book, d workbook.Drawing) {
	t.Helper()
	own := ownTab(t, book, d.Tab.Key)
	for row, r := range d.Tab.Rows {
		for _, c := range r.Cells {
			got := own.Sheet.Cell(row, c.Column)
			if show(book, got) != wantShown(book, c) {
				t.Errorf("tab %s, %s: got %q, want %q", d.Tab.Key, workbook.CellName(row, c.Column), show(book, got), wantShown(book, c))
			}
			if _, linked := d.Links[tab.Position{Row: row, Column: c.Column}]; got.Formula && !linked {
				t.Errorf("tab %s, %s: got a formula, want none", d.Tab.Key, workbook.CellName(row, c.Column))
			}
		}
	}
}

func ownTab(t *testing.T, book *workbook.Book, key string) workbook.OwnTab {
	t.Helper()
	for _, o := range book.Own.Tabs {
		if o.Key == key {
			return o
		}
	}
	t.Fatalf("there is no tab %q", key)
	return workbook.OwnTab{}
}

func show(book *workbook.Book, c workbook.Cell) string {
	switch {
	case c.Kind == workbook.Number && book.Format(c).Date:
		return "date " + strconv.FormatFloat(c.Number, 'f', -1, 64)
	case c.Kind == workbook.Number:
		return strconv.FormatFloat(c.Number, 'f', -1, 64)
	}
	return c.Text
}

func wantShown(book *workbook.Book, c tab.Cell) string {
	switch {
	case c.Number != nil:
		return strconv.FormatFloat(*c.Number, 'f', -1, 64)
	case !c.Date.IsZero():
		return "date " + strconv.Itoa(serial(book, c.Date))
	}
	return c.Text
}

// serial returns the number that stands for a day in the workbook.
func serial(book *workbook.Book, d calendar.Date) int {
	if book.Epoch1904 {
		return int(d - calendar.New(1904, 1, 1))
	}
	return int(d - calendar.New(1899, 12, 30))
}
