package excel_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"steerco/rules/calendar"
	"steerco/sync/excel"
	"steerco/sync/workbook"
	"steerco/templates/starter"
)

func demoBook() starter.Book {
	return starter.Demo(starter.DemoOptions{Today: calendar.New(2026, time.December, 1)})
}

// TestCreateIsReadBack writes the sample and reads it as any workbook is read.
func TestCreateIsReadBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	want := demoBook()
	if err := excel.Create(path, want); err != nil {
		t.Fatal(err)
	}
	backend, err := excel.Open(path, excel.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := backend.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range want.Sheets {
		s := got.Sheet(w.Name)
		if s == nil {
			t.Fatalf("there is no sheet %q", w.Name)
		}
		for i, r := range w.Rows {
			for j, c := range r.Cells {
				compareCell(t, got, s, cellPlace{4 + i, j}, c)
			}
		}
	}
	if lists := got.Sheet("Lists"); lists == nil || !lists.Hidden {
		t.Error("the sheet of lists is missing or shown")
	}
}

type cellPlace struct{ row, column int }

func compareCell(t *testing.T, b *workbook.Book, s *workbook.Sheet, at cellPlace, want starter.Cell) {
	t.Helper()
	got := s.Cell(at.row, at.column)
	where := s.Name + "!" + workbook.CellName(at.row, at.column)
	switch {
	case want.IsBlank():
		if got.Kind != workbook.Blank {
			t.Errorf("%s: got %v, want a blank cell", where, got)
		}
	case want.Number.Known:
		if got.Kind != workbook.Number || got.Number != want.Number.Value {
			t.Errorf("%s: got %v, want %v", where, got, want.Number.Value)
		}
	case !want.Date.IsZero():
		date := calendar.New(1899, time.December, 30).AddDays(int(got.Number))
		if date != want.Date || !b.Format(got).Date {
			t.Errorf("%s: got %v in %+v, want %v", where, date, b.Format(got), want.Date)
		}
	case got.Kind != workbook.Text || got.Text != want.Text:
		t.Errorf("%s: got %v, want %q", where, got, want.Text)
	}
}

// TestCreateOffersChoices looks at lists and notes through the library.
func TestCreateOffersChoices(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	b := starter.Blank(starter.BlankOptions{})
	if err := excel.Create(path, b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, s := range b.Sheets {
		notes, err := f.GetComments(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := len(notes), len(s.Columns); got != want {
			t.Errorf("%s: got %d notes, want one for each of %d columns", s.Name, got, want)
		}
		rules, err := f.GetDataValidations(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range s.Columns {
			letter := workbook.ColumnName(i)
			listed := slices.ContainsFunc(rules, func(v *excelize.DataValidation) bool {
				return v.Type == "list" && strings.HasPrefix(v.Sqref, letter+"5")
			})
			if want := len(c.Choices) > 0; listed != want {
				t.Errorf("%s, column %q: list %v, want %v", s.Name, c.Header, listed, want)
			}
		}
	}
	status, err := f.GetCellValue("Lists", "B3")
	if err != nil || status != "Done" {
		t.Errorf("got %q in the lists (%v), want %q", status, err, "Done")
	}
	if s := b.Sheets[0]; s.Table != "tasks" {
		t.Errorf("the first sheet is %s, want tasks", s.Table)
	}
}

func TestCreateIsRepeatable(t *testing.T) {
	dir := t.TempDir()
	var files [2][]byte
	for i, name := range []string{"a.xlsx", "b.xlsx"} {
		if err := excel.Create(filepath.Join(dir, name), demoBook()); err != nil {
			t.Fatal(err)
		}
		var err error
		if files[i], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("equal books gave different files")
	}
}

func TestCreateNeverReplaces(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := excel.Create(path, demoBook()); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v, want an error that is fs.ErrExist", err)
	}
	if content, err := os.ReadFile(path); string(content) != "mine" {
		t.Errorf("got %q (%v), want the file as it was", content, err)
	}
	if err := excel.Create(filepath.Join(t.TempDir(), "none", "plan.xlsx"), demoBook()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want an error that is fs.ErrNotExist", err)
	}
}
