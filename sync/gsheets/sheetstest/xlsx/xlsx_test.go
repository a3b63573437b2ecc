package xlsx_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"steerco/rules/calendar"
	"steerco/sync/excel"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/gsheets/sheetstest/xlsx"
	"steerco/sync/workbook"
	"steerco/templates/starter"
)

// TestThereAndBack: what a workbook says is the same after import and
// export.
func TestThereAndBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.xlsx")
	if err := excel.Create(path, starter.Demo(starter.DemoOptions{Today: calendar.New(2026, 11, 2)})); err != nil {
		t.Fatal(err)
	}
	back, warnings := thereAndBack(t, path)
	for _, w := range warnings {
		t.Log(w)
	}
	if diff := cmp.Diff(listing(t, back), listing(t, path)); diff != "" {
		t.Errorf("after import and export: got -, want +\n%s", diff)
	}
}

// thereAndBack imports a workbook and exports it again.
func thereAndBack(t *testing.T, path string) (back string, warnings []string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	server := sheetstest.New(sheetstest.Options{})
	id, warnings, err := xlsx.Import(t.Context(), server, "demo", bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	var exported bytes.Buffer
	if err := xlsx.Export(t.Context(), server, id, &exported); err != nil {
		t.Fatal(err)
	}
	back = filepath.Join(t.TempDir(), "back.xlsx")
	if err := os.WriteFile(back, exported.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return back, warnings
}

// listing lists what a workbook says, a line for each cell and sheet.
func listing(t *testing.T, path string) []string {
	t.Helper()
	b, err := excel.Open(path, excel.Options{})
	if err != nil {
		t.Fatal(err)
	}
	book, err := b.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range book.Sheets {
		merged := slices.SortedFunc(slices.Values(s.Merged), func(a, b workbook.Range) int { return strings.Compare(a.String(), b.String()) })
		lines = append(lines, fmt.Sprintf("%s hidden=%t merged=%v columns=%v above=%t", s.Name, s.Hidden, merged, s.HiddenColumns, s.SummaryAbove))
		for _, r := range s.Rows {
			for _, c := range r.Cells {
				if c.Kind == workbook.Blank {
					continue
				}
				f := book.Format(c)
				lines = append(lines, fmt.Sprintf("%s %s kind=%d %v %q formula=%t date=%t bold=%t shown=%q outline=%d hidden=%t",
					s.Name, workbook.CellName(r.Index, int(c.Column)), c.Kind, c.Number, c.Text, c.Formula, f.Date, f.Bold, book.Shown(c), r.Outline, r.Hidden))
			}
		}
	}
	return lines
}

func TestFormulasKeepTheirValues(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	path := filepath.Join(t.TempDir(), "formulas.xlsx")
	for _, err := range []error{
		f.SetCellFloat("Sheet1", "A1", 2, -1, 64), f.SetCellFloat("Sheet1", "A2", 5, -1, 64),
		f.SetCellFormula("Sheet1", "A2", "SUMPRODUCT(A1,2.5)"), f.SaveAs(path),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	back, _ := thereAndBack(t, path)
	if diff := cmp.Diff(listing(t, back), listing(t, path)); diff != "" {
		t.Errorf("after import and export: got -, want +\n%s", diff)
	}
}

// TestWhatIsLeftOutIsTold: one line for each reason, also for several sheets.
func TestWhatIsLeftOutIsTold(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	path := filepath.Join(t.TempDir(), "book.xlsx")
	for n := range 7 {
		name := fmt.Sprint("Sheet", n+1)
		_, err := f.NewSheet(name)
		bold, wrong := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
		rule := []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: ">", Value: "3", Format: &bold}}
		if err := errors.Join(err, wrong, f.SetCellStr(name, "A1", "x"), f.SetConditionalFormat(name, "A1:A9", rule)); err != nil {
			t.Fatal(err)
		}
	}
	series := []excelize.ChartSeries{{Name: "Sheet1!$A$1", Values: "Sheet1!$A$1:$A$3"}}
	if err := errors.Join(f.AddChart("Sheet1", "C3", &excelize.Chart{Type: excelize.Col, Series: series}), f.SaveAs(path)); err != nil {
		t.Fatal(err)
	}
	_, got := thereAndBack(t, path)
	want := []string{
		"charts are left out: 1",
		`conditional formats that aren't formulas are left out: "Sheet1", "Sheet2", "Sheet3", "Sheet4", "Sheet5" and 2 more`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func TestHiddenFirstSheetIsImported(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	path := filepath.Join(t.TempDir(), "hidden.xlsx")
	_, err := f.NewSheet("Plan")
	f.SetActiveSheet(1)
	if err := errors.Join(err, f.SetCellStr("Plan", "A1", "x"), f.SetSheetVisible("Sheet1", false), f.SaveAs(path)); err != nil {
		t.Fatal(err)
	}
	back, _ := thereAndBack(t, path)
	if diff := cmp.Diff(listing(t, back), listing(t, path)); diff != "" {
		t.Errorf("after import and export: got -, want +\n%s", diff)
	}
}
