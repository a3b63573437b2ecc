package exceltest_test

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"steerco/sync/excel/exceltest"
	"steerco/sync/workbook"
)

// TestOffice shows that the colours of a rendered page are those that a person
// would see, before and after editing.
func TestOffice(t *testing.T) {
	office := exceltest.StartOffice(t, exceltest.OfficeOptions{})
	office.Open(t, coloured(t))
	seen := func(word string) string {
		pdf := filepath.Join(t.TempDir(), "seen.pdf")
		office.PDF(t, pdf, "Plan")
		pages := exceltest.Pages(t, pdf)
		words := pages[0].Find(word)
		if len(words) != 1 {
			t.Fatalf("%d words %q on the page, want 1", len(words), word)
		}
		return pages[0].Behind(words[0])
	}
	want := func(when, word, want string) {
		t.Helper()
		if got := seen(word); got != want {
			t.Errorf("%s: behind %s is %s, want %s", when, word, got, want)
		}
	}
	want("at first", "ant", "F4B6A6")
	want("at first", "bee", "FFFFFF")
	office.SetNumber(t, "Plan", 1, 1, 9)
	want("after typing", "bee", "F4B6A6")
	office.Sort(t, "Plan", workbook.Range{LastRow: 2, LastColumn: 1}, 0, true)
	if got := office.Cells(t, "Plan")[0].Shown; got != "cat" {
		t.Errorf("after sorting: first is %q, want cat", got)
	}
	want("after sorting", "ant", "F4B6A6")
	office.InsertRows(t, "Plan", 0, 2)
	office.Move(t, "Plan", workbook.Range{FirstRow: 2, LastRow: 2, LastColumn: 1}, 8, 0)
	want("after inserting and moving", "bee", "F4B6A6")
	want("after inserting and moving", "cat", "FFFFFF")
	copied := filepath.Join(t.TempDir(), "copy.xlsx")
	office.Save(t, copied)
	if err := office.TryOpen(copied); err != nil {
		t.Error(err)
	}
	if err := office.TryOpen(copied + ".nowhere"); err == nil {
		t.Error("got no error for a file that isn't there, want one")
	}
}

func coloured(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	t.Cleanup(func() { _ = f.Close() })
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "Plan"))
	for i, name := range []string{"ant", "bee", "cat"} {
		must(f.SetCellValue("Plan", workbook.CellName(i, 0), name))
		must(f.SetCellValue("Plan", workbook.CellName(i, 1), 9-i*3))
	}
	style, err := f.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F4B6A6"}}})
	must(err)
	must(f.SetConditionalFormat("Plan", "A1:A20", []excelize.ConditionalFormatOptions{
		{Type: "formula", Criteria: "$B1>8", Format: &style},
	}))
	path := filepath.Join(t.TempDir(), "coloured.xlsx")
	must(f.SaveAs(path))
	return path
}
