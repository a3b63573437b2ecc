package workbooktest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/workbook"
	"steerco/templates/tab"
)

func tabCases() []testCase {
	return []testCase{
		{"tabs: new ones come behind", tabsBehind},
		{"tabs: keep their place", tabsKeepPlace},
		{"tabs: renamed ones stay ours", tabsRenamed},
		{"tabs: deleted ones come back", tabsDeleted},
		{"tabs: not wanted any more", tabsNotWanted},
		{"tabs: scribbled over", tabsAltered},
		{"tabs: shrink and grow", tabsShrink},
		{"tabs: one title for a tab that comes and one that goes", tabsExchange},
	}
}

func checkTitles(t *testing.T, subject Subject, want ...string) {
	t.Helper()
	if diff := cmp.Diff(subject.Titles(t), want); diff != "" {
		t.Errorf("sheets that people see: got -, want +\n%s", diff)
	}
}

func tabsBehind(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	checkTitles(t, subject, planSheet, otherSheet, "Summary", "Committee")
}

func tabsKeepPlace(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) { e.Add("Notes") })
	after := apply(t, subject.Backend, saying("second"))
	stands(t, after, output(after, "second"))
	checkTitles(t, subject, planSheet, otherSheet, "Summary", "Committee", "Notes")
}

func tabsRenamed(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) { e.Rename("Summary", "What is late") })
	if got := ownTab(t, read(t, subject.Backend), "summary").Title; got != "What is late" {
		t.Errorf("title: got %q", got)
	}
	after := apply(t, subject.Backend, saying("second"))
	stands(t, after, output(after, "second"))
	checkTitles(t, subject, planSheet, otherSheet, "What is late", "Committee")
	apply(t, subject.Backend, nothing)
	checkTitles(t, subject, planSheet, otherSheet)
}

func tabsDeleted(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) { e.Remove("Summary") })
	if got := read(t, subject.Backend).Own.Tabs; len(got) != 1 {
		t.Errorf("tabs: got %+v, want one", got)
	}
	after := apply(t, subject.Backend, saying("first"))
	stands(t, after, output(after, "first"))
	checkTitles(t, subject, planSheet, otherSheet, "Committee", "Summary")
}

func tabsNotWanted(t *testing.T, s Suite) {
	subject := newSample(t, s)
	before := read(t, subject.Backend)
	apply(t, subject.Backend, saying("first"))
	one := func(b *workbook.Book) workbook.Output {
		out := output(b, "first")
		out.Tabs = out.Tabs[1:]
		return out
	}
	after := apply(t, subject.Backend, one)
	stands(t, after, one(after))
	sameTeam(t, after, before)
	checkTitles(t, subject, planSheet, otherSheet, "Committee")
}

func tabsAltered(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) { e.Set("Summary", 3, 1, "no, it isn't") })
	book := read(t, subject.Backend)
	if !ownTab(t, book, "summary").Altered || ownTab(t, book, "committee").Altered {
		t.Errorf("altered: got %+v, want the summary only", book.Own.Tabs)
	}
	scribbled := ownTab(t, book, "summary")
	if got := scribbled.Sheet.Cell(3, 1).Text; got != "no, it isn't" {
		t.Errorf("the cell that somebody wrote: got %q", got)
	}
	after := apply(t, subject.Backend, saying("first"))
	stands(t, after, output(after, "first"))
	if ownTab(t, after, "summary").Altered {
		t.Error("altered: got true after drawing again")
	}
}

func tabsShrink(t *testing.T, s Suite) {
	subject := newSample(t, s)
	sized := func(rows int) func(*workbook.Book) workbook.Output {
		return func(b *workbook.Book) workbook.Output {
			out := output(b, "first")
			row := tab.Row{Cells: []tab.Cell{{Text: "row", Style: tab.Body}, {Column: 1, Text: "and", Style: tab.Body}}}
			out.Tabs[0].Tab.Rows = slices.Repeat([]tab.Row{row}, rows)
			out.Tabs[0].Links = nil
			return out
		}
	}
	for _, rows := range []int{30, 2, 60, 0} {
		after := apply(t, subject.Backend, sized(rows))
		stands(t, after, sized(rows)(after))
		got := ownTab(t, after, "summary").Sheet
		if n := len(got.Rows); n > 0 && got.Rows[n-1].Index >= rows {
			t.Errorf("a tab of %d rows: got a row %d", rows, got.Rows[n-1].Index+1)
		}
	}
}

func tabsExchange(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	other := func(b *workbook.Book) workbook.Output {
		out := output(b, "first")
		out.Tabs[0].Tab.Key = "overview"
		return out
	}
	after := apply(t, subject.Backend, other)
	stands(t, after, other(after))
}
