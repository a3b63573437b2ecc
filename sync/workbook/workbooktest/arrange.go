package workbooktest

import (
	"slices"
	"testing"

	"steerco/rules/calendar"
	"steerco/sync/workbook"
)

func arrangeCases() []testCase {
	return []testCase{
		{"arrange: inserts rows", arrangeInserts},
		{"arrange: colours cells", arrangeColors},
		{"arrange: colours cells before the first write", arrangeColorsFirst},
		{"arrange: copies a tab", arrangeCopiesTab},
		{"arrange: copies a marked sheet", arrangeCopiesMarked},
		{"arrange: renames a marked sheet", arrangeRenamesMarked},
		{"arrange: renames a tab and takes its title", arrangeTakesTitle},
		{"arrange: deletes all tabs", arrangeDeletesTabs},
	}
}

// shifted returns the output for the sample after rows were inserted above its
// tasks.
func shifted(say string, rows int) func(*workbook.Book) workbook.Output {
	return func(b *workbook.Book) workbook.Output {
		out := output(b, say)
		out.Keys = nil
		for i := range out.Marks {
			m := &out.Marks[i]
			if m.Sheet == planSheet {
				m.FirstRow, m.LastRow = m.FirstRow+rows, m.LastRow+rows
			}
			out.Keys = append(out.Keys, rowKeys(b, *m, m.FirstRow)...)
		}
		slices.Sort(out.Keys)
		return out
	}
}

func arrangeInserts(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) {
		e.Insert(planSheet, 1)
		e.Insert(planSheet, 3)
	})
	book := read(t, subject.Backend)
	checkValue(t, book, book.Sheet(planSheet).Cell(5, 0), "T1")
	checkValue(t, book, book.Sheet(planSheet).Cell(5, 2), calendar.New(2026, 3, 2))
	after := apply(t, subject.Backend, shifted("second", 2))
	stands(t, after, shifted("second", 2)(after))
	sameTeam(t, after, book)
	cleaned := apply(t, subject.Backend, nothing)
	stands(t, cleaned, workbook.Output{})
	sameTeam(t, cleaned, book)
}

// colored is where the team's own rule stands in these cases: over cells that
// are highlighted, too.
func colored() workbook.Range {
	return workbook.Range{FirstRow: 3, FirstColumn: 1, LastRow: 6, LastColumn: 2}
}

func checkColored(t *testing.T, book *workbook.Book) {
	t.Helper()
	if got, want := book.Sheet(planSheet).Colored, []workbook.Range{colored()}; !slices.Equal(got, want) {
		t.Errorf("the team's own colours: got %v, want %v", got, want)
	}
}

func arrangeColors(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) { e.Color(planSheet, colored()) })
	book := read(t, subject.Backend)
	checkColored(t, book)
	if len(book.Own.Marks) != len(output(book, "first").Marks) {
		t.Errorf("marks: got %+v, want those that were written", book.Own.Marks)
	}
	moved := changed(func(o *workbook.Output) { o.Marks[0].Severity = "warning" })
	after := apply(t, subject.Backend, moved)
	stands(t, after, moved(after))
	sameTeam(t, after, book)
	cleaned := apply(t, subject.Backend, nothing)
	stands(t, cleaned, workbook.Output{})
	sameTeam(t, cleaned, book)
	checkColored(t, cleaned)
}

func arrangeColorsFirst(t *testing.T, s Suite) {
	subject := newSample(t, s)
	subject.Edit(t, func(e Editor) { e.Color(planSheet, colored()) })
	before := read(t, subject.Backend)
	checkColored(t, before)
	after := apply(t, subject.Backend, saying("first"))
	stands(t, after, output(after, "first"))
	sameTeam(t, after, before)
	cleaned := apply(t, subject.Backend, nothing)
	stands(t, cleaned, workbook.Output{})
	sameTeam(t, cleaned, before)
}

// arrangeCopiesTab has somebody keep a copy of a tab: it is the team's then.
func arrangeCopiesTab(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) { e.Copy("Summary", "Last week") })
	book := read(t, subject.Backend)
	if got := ownTab(t, book, "summary").Title; got != "Summary" || len(book.Own.Tabs) != 2 {
		t.Errorf("tabs: got %d, the summary called %q, want the two that were written", len(book.Own.Tabs), got)
	}
	kept := book.Sheet("Last week")
	if kept == nil {
		t.Fatal("the copy isn't among the team's sheets")
	}
	checkValue(t, book, kept.Cell(0, 0), "first")
	after := apply(t, subject.Backend, saying("second"))
	stands(t, after, output(after, "second"))
	sameTeam(t, after, book)
	checkTitles(t, subject, planSheet, otherSheet, "Summary", "Committee", "Last week")
	cleaned := apply(t, subject.Backend, nothing)
	stands(t, cleaned, workbook.Output{})
	sameTeam(t, cleaned, book)
	checkTitles(t, subject, planSheet, otherSheet, "Last week")
}

// arrangeCopiesMarked has somebody copy a sheet that is highlighted. The
// highlights go with it, and are taken off the copy.
func arrangeCopiesMarked(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) { e.Copy(planSheet, "Plan B") })
	book := read(t, subject.Backend)
	checkValue(t, book, book.Sheet("Plan B").Cell(3, 0), "T1")
	after := apply(t, subject.Backend, saying("first"))
	stands(t, after, output(after, "first"))
	sameTeam(t, after, book)
	cleaned := apply(t, subject.Backend, nothing)
	stands(t, cleaned, workbook.Output{})
	sameTeam(t, cleaned, book)
}

func arrangeRenamesMarked(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) { e.Rename(otherSheet, "Gaps & more") })
	book := read(t, subject.Backend)
	for _, m := range book.Own.Marks {
		if m.Sheet == otherSheet {
			t.Errorf("mark: got %+v on a sheet that is no more", m)
		}
	}
	cleaned := apply(t, subject.Backend, nothing)
	stands(t, cleaned, workbook.Output{})
	sameTeam(t, cleaned, book)
}

// arrangeTakesTitle has somebody rename a tab and make a sheet of their own of
// its former title: both stay what they are.
func arrangeTakesTitle(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) {
		e.Rename("Summary", "By steerco")
		e.Add("Summary")
		e.Insert("Summary", 0)
	})
	book := read(t, subject.Backend)
	after := apply(t, subject.Backend, saying("second"))
	stands(t, after, output(after, "second"))
	sameTeam(t, after, book)
	if got := ownTab(t, after, "summary").Title; got != "By steerco" {
		t.Errorf("title: got %q", got)
	}
	checkTitles(t, subject, planSheet, otherSheet, "By steerco", "Committee", "Summary")
}

func arrangeDeletesTabs(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) {
		e.Remove("Summary")
		e.Remove("Committee")
	})
	after := apply(t, subject.Backend, saying("first"))
	stands(t, after, output(after, "first"))
	checkTitles(t, subject, planSheet, otherSheet, "Summary", "Committee")
}
