package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"steerco/sync/excel/exceltest"
	"steerco/sync/gsheets/address"
	"steerco/sync/gsheets/sheetstest/xlsx"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// TestSpreadsheetPrinted looks at the sample as it stands in a spreadsheet
// after a run: rows are marked, and every word that the cells of the tabs show
// is on paper.
func TestSpreadsheetPrinted(t *testing.T) {
	office := exceltest.StartOffice(t, exceltest.OfficeOptions{})
	file := keptInFile(t)
	online, server := keptInSpreadsheet(t, "imported", imported(t, file.plan))
	online.command.must(t, "sync", online.plan)
	at, err := address.Parse(online.plan)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "exported.xlsx")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := xlsx.Export(t.Context(), server, at.ID, f); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	office.Open(t, path)
	book, err := online.backend.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tasks := printed(t, office, "Tasks")
	for _, severity := range []string{"critical", "warning", "note"} {
		if len(exceltest.Blocks(tasks, tab.MarkFill(severity))) == 0 {
			t.Errorf("Tasks: nothing is marked as %s", severity)
		}
	}
	for _, own := range book.Own.Tabs {
		pages := printed(t, office, own.Title)
		own.Sheet.Name = own.Title
		checkOnPaper(t, book, &own.Sheet, pages)
		checkSigns(t, own.Title, pages)
	}
}

// checkOnPaper checks that what a sheet shows stands on its pages, within their
// margins.
func checkOnPaper(t *testing.T, book *workbook.Book, s *workbook.Sheet, pages []exceltest.Page) {
	t.Helper()
	checkInside(t, s.Name, pages)
	want := cellWords(book, s)
	if cut := without(want, pageWords(pages)); len(cut) > 0 || len(want) < 300 {
		t.Errorf("%s: of %d words that its cells show %d are not on paper: %q", s.Name, len(want), len(cut), cut)
	}
}

// pageWords returns the words that stand on pages. What is hyphenated or broken
// over lines is several words.
func pageWords(pages []exceltest.Page) []string {
	var all []string
	for _, p := range pages {
		for _, w := range p.Words {
			all = append(all, parted(w.Text)...)
		}
	}
	return all
}

// cellWords returns the words that the cells of a sheet show, as pageWords.
func cellWords(book *workbook.Book, s *workbook.Sheet) []string {
	var all []string
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			if !row.Hidden && !slices.Contains(s.HiddenColumns, int(c.Column)) {
				all = append(all, parted(book.Shown(c))...)
			}
		}
	}
	return all
}

func parted(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// without returns the words that are not among others, each as often as it is
// missing.
func without(words, others []string) []string {
	left := map[string]int{}
	for _, w := range others {
		left[w]++
	}
	var more []string
	for _, w := range words {
		if left[w]--; left[w] < 0 {
			more = append(more, w)
		}
	}
	return more
}
