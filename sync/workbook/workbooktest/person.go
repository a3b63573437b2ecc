package workbooktest

import (
	"testing"

	"steerco/rules/calendar"
	"steerco/sync/workbook"
)

func personCases() []testCase {
	return []testCase{
		{"person: mends a row", personMends},
		{"person: sorts rows", personSorts},
		{"person: renames a sheet", personRenamesSheet},
		{"person: deletes a marked sheet", personDeletesSheet},
		{"person: edits before clean", personThenClean},
	}
}

func personMends(t *testing.T, s Suite) {
	subject := newSample(t, s)
	first := apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) {
		e.Set(planSheet, 3, 2, calendar.New(2026, 5, 4))
		e.Set(planSheet, 4, 3, "none")
	})
	book := read(t, subject.Backend)
	if book.Version == first.Version {
		t.Error("version: got the same after somebody saved")
	}
	checkValue(t, book, book.Sheet(planSheet).Cell(3, 2), calendar.New(2026, 5, 4))
	checkValue(t, book, book.Sheet(planSheet).Cell(4, 3), "none")
	if book.ID != first.ID {
		t.Errorf("id: got %q, want %q", book.ID, first.ID)
	}
	after := apply(t, subject.Backend, saying("second"))
	stands(t, after, output(after, "second"))
	sameTeam(t, after, book)
}

func personSorts(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) { e.Swap(planSheet, 3, 5) })
	book := read(t, subject.Backend)
	checkValue(t, book, book.Sheet(planSheet).Cell(3, 0), "T3")
	checkValue(t, book, book.Sheet(planSheet).Cell(5, 0), "T1")
	after := apply(t, subject.Backend, saying("second"))
	stands(t, after, output(after, "second"))
	sameTeam(t, after, book)
}

func personRenamesSheet(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) { e.Rename(otherSheet, "Gaps") })
	book := read(t, subject.Backend)
	moved := func(b *workbook.Book) workbook.Output {
		out := workbook.Output{ID: b.ID, Tabs: []workbook.Drawing{committee("first")}}
		m := workbook.Mark{Sheet: "Gaps", FirstRow: 1, LastRow: 2, Severity: "note", Field: "id", Parts: []int{0}}
		out.Marks = []workbook.Mark{m}
		out.Keys = rowKeys(b, m, 1)
		return out
	}
	after := apply(t, subject.Backend, moved)
	stands(t, after, moved(after))
	sameTeam(t, after, book)
}

func personDeletesSheet(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) { e.Remove(otherSheet) })
	left := func(b *workbook.Book) workbook.Output {
		out := workbook.Output{ID: b.ID, Tabs: []workbook.Drawing{committee("first")}}
		m := workbook.Mark{Sheet: planSheet, FirstRow: 3, LastRow: 6, Severity: "note", Field: "id", Parts: []int{0}}
		out.Marks = []workbook.Mark{m}
		out.Keys = rowKeys(b, m, 3)
		return out
	}
	after := apply(t, subject.Backend, left)
	stands(t, after, left(after))
	checkTitles(t, subject, planSheet, "Committee")
}

func personThenClean(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	subject.Edit(t, func(e Editor) {
		e.Set(planSheet, 6, 2, calendar.New(2026, 6, 1))
		e.Swap(planSheet, 3, 4)
		e.Set("Committee", 0, 1, "scribble")
	})
	edited := read(t, subject.Backend)
	cleaned := apply(t, subject.Backend, nothing)
	stands(t, cleaned, workbook.Output{})
	sameTeam(t, cleaned, edited)
	checkTitles(t, subject, planSheet, otherSheet)
}
