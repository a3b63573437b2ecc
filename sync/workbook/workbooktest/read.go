package workbooktest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules/calendar"
	"steerco/sync/workbook"
)

func readCases() []testCase {
	return []testCase{
		{"read: values come back", readValues},
		{"read: texts come back", readTexts},
		{"read: sheets in their order", readSheets},
		{"read: twice the same", readTwice},
		{"read: nothing of ours at first", readNothingOfOurs},
		{"read: missing workbook", readMissing},
		{"read: cancelled", readCancelled},
	}
}

func readValues(t *testing.T, s Suite) {
	day := calendar.New(2026, 2, 28)
	rows := [][]any{
		{"text", 1.5, true, false, day},
		{},
		{nil, -2.0, nil, 123456789.25, nil, "far"},
		{0.1, 1e-7, calendar.New(1999, 12, 31)},
	}
	book := read(t, s.New(t, []Sheet{{Name: "Values", Rows: rows}}).Backend)
	sheet := book.Sheet("Values")
	if sheet == nil {
		t.Fatal("the sheet isn't there")
	}
	for r, row := range rows {
		for c, want := range row {
			checkValue(t, book, sheet.Cell(r, c), want)
		}
	}
	if got := sheet.Cell(1, 0); got.Kind != workbook.Blank {
		t.Errorf("cell of an empty row: got %+v, want a blank one", got)
	}
}

func checkValue(t *testing.T, book *workbook.Book, got workbook.Cell, want any) {
	t.Helper()
	if !isValue(book, got, want) || got.Formula {
		t.Errorf("got %+v with %+v, want %v", got, book.Format(got), want)
	}
}

// isValue reports whether a cell holds a value, as in Sheet.Rows.
func isValue(book *workbook.Book, got workbook.Cell, want any) bool {
	isNumber := got.Kind == workbook.Number
	isDate := book.Format(got).Date
	switch v := want.(type) {
	case nil:
		return got.Kind == workbook.Blank
	case string:
		return got.Kind == workbook.Text && got.Text == v || v == "" && got.Kind == workbook.Blank
	case float64:
		return isNumber && !isDate && got.Number == v
	case bool:
		return got.Kind == workbook.Bool && (got.Number == 1) == v
	case calendar.Date:
		return isNumber && isDate && int(got.Number) == serial(book, v)
	}
	return false
}

func readTexts(t *testing.T, s Suite) {
	texts := []string{
		"=1+1", "+1", "-1", "@sum", "'quoted", "1.10", "007", "TRUE", "1e5", "50%", "#N/A", "2026-02-28",
		" leading", "trailing ", "two  blanks", "two\nlines", "<b>&amp;</b>", `"quotes"`, "no\u00a0break",
		"Größe", "日本語", "שלום", "😀", "e\u0301", strings.Repeat("x", 30000),
	}
	rows := make([][]any, len(texts))
	for i, v := range texts {
		rows[i] = []any{v}
	}
	book := read(t, s.New(t, []Sheet{{Name: "Texts", Rows: rows}}).Backend)
	for i, want := range texts {
		checkValue(t, book, book.Sheet("Texts").Cell(i, 0), want)
	}
}

func readSheets(t *testing.T, s Suite) {
	book := read(t, newSample(t, s).Backend)
	var got, want []string
	for _, sheet := range book.Sheets {
		got = append(got, sheet.Name)
		if sheet.Hidden != (sheet.Name == "Old") {
			t.Errorf("sheet %q hidden: got %t", sheet.Name, sheet.Hidden)
		}
	}
	for _, sheet := range sample() {
		want = append(want, sheet.Name)
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("sheets: got -, want +\n%s", diff)
	}
	if book.Name == "" {
		t.Error("name: got none")
	}
	if book.Sheet("nowhere") != nil {
		t.Error("a sheet that isn't there: got one")
	}
}

func readTwice(t *testing.T, s Suite) {
	subject := newSample(t, s)
	first := read(t, subject.Backend)
	want := listing(first)
	// What Read returns belongs to the caller.
	first.Sheets[0].Rows[0].Cells[0].Text = "scribbled over"
	first.Sheets[1].Name = "renamed"
	second := read(t, subject.Backend)
	if diff := cmp.Diff(listing(second), want); diff != "" {
		t.Errorf("second reading: got -, want +\n%s", diff)
	}
	if first.Version != second.Version {
		t.Errorf("version: got %q, then %q", first.Version, second.Version)
	}
	if first.ID == "" || first.ID != second.ID {
		t.Errorf("id: got %q, then %q", first.ID, second.ID)
	}
	if other := read(t, subject.Reopen(t)); other.ID != first.ID || other.Version != first.Version {
		t.Errorf("by another backend: got %q at %q, want %q at %q", other.ID, other.Version, first.ID, first.Version)
	}
}

func readNothingOfOurs(t *testing.T, s Suite) {
	own := read(t, newSample(t, s).Backend).Own
	if own.ID != "" || len(own.Tabs)+len(own.Marks)+len(own.Keys) > 0 {
		t.Errorf("own: got %+v, want none", own)
	}
}

func readMissing(t *testing.T, s Suite) {
	b := s.Missing(t)
	_, err := b.Read(t.Context())
	checkError(t, "read", err, workbook.ErrNotFound)
	_, err = b.Apply(t.Context(), workbook.Changes{Base: "v", Output: workbook.Output{ID: "id"}})
	checkError(t, "apply", err, workbook.ErrNotFound)
}

// checkError fails unless err is an *workbook.Error with this fault.
func checkError(t *testing.T, step string, err, want error) {
	t.Helper()
	var e *workbook.Error
	if !errors.Is(err, want) || !errors.As(err, &e) {
		t.Errorf("%s: got %v (%T), want a *workbook.Error with %v", step, err, err, want)
	}
}

func readCancelled(t *testing.T, s Suite) {
	subject := newSample(t, s)
	before := read(t, subject.Backend)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := subject.Backend.Read(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("read: got %v, want %v", err, context.Canceled)
	}
	changes := workbook.Changes{Base: before.Version, Output: output(before, "late")}
	if _, err := subject.Backend.Apply(ctx, changes); !errors.Is(err, context.Canceled) {
		t.Errorf("apply: got %v, want %v", err, context.Canceled)
	}
	unchanged(t, subject, before)
}

// unchanged fails unless the workbook is as it was.
func unchanged(t *testing.T, subject Subject, before *workbook.Book) {
	t.Helper()
	after := read(t, subject.Backend)
	if after.Version != before.Version {
		t.Errorf("version: got %q, want %q", after.Version, before.Version)
	}
	sameTeam(t, after, before)
	if diff := cmp.Diff(after.Own, before.Own); diff != "" {
		t.Errorf("own: got -, want +\n%s", diff)
	}
}
