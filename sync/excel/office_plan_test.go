package excel_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"steerco/sync/excel/exceltest"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// checkHalf checks that the office writes numbers as the locale does.
func checkHalf(t *testing.T, o *exceltest.Office, locale string) {
	t.Helper()
	want := map[string]string{"en-US": "0.5", "de-DE": "0,5"}[locale]
	if !slices.ContainsFunc(o.Cells(t, planSheet), func(c exceltest.ShownCell) bool { return c.Column == colPercent && c.Shown == want }) {
		t.Errorf("the office of %s shows no cell as %s", locale, want)
	}
}

// The sheet of the made plans and its columns.
const (
	planSheet = "Plan & more"

	colID      = 0
	colName    = 1
	colStatus  = 2
	colPercent = 3
	colFinish  = 4
)

func rows(first, last int) workbook.Range {
	return workbook.Range{FirstRow: first, LastRow: last, LastColumn: colFinish}
}

func ordinaryRows() [][]any {
	var out [][]any
	for i := range 12 {
		out = append(out, []any{fmt.Sprintf("T-%02d", i+1), fmt.Sprintf("Task %d", i+1), "open", 0.25, 46300 + i})
	}
	return out
}

// formula is a cell with a formula in a made plan.
type formula struct{ text, kind, value string }

// troublesome returns rows of which each differs from its neighbour by little.
func troublesome() [][]any {
	long := strings.Repeat("Ärger mit Überlänge ", 15)
	values := [][2]any{
		{"1.10"},
		{1.1},
		{"1.1"},
		{"01.12.2026"},
		{46357},
		{"46357"},
		{"1,1"},
		{"1.12.26"},
		{"all*"},
		{"all of it"},
		{"who?"},
		{"whom"},
		{"about ~1"},
		{"about 1"},
		{"^a.*$"},
		{"abc"},
		{long + "a"},
		{long + "b, longer"},
		{"one\nline"},
		{"one line more"},
		{" spaced  out "},
		{"spaced-out"},
		{nil},
		{"x"},
		{true},
		{"TRUE it is"},
		{false},
		{0},
		{nil, 0},
		{nil, "0"},
		{formula{"1/0", "e", "#DIV/0!"}},
		{"#DIV/0! it says"},
		{formula{"1+1", "n", "2"}},
		{3},
		{0.3333333333},
		{0.3344},
		{-2.5},
		{2.5},
		{1234567.891},
		{1234567.88},
		{0.0005},
		{1e-9},
		{"a|b"},
		{"a", "b"},
		{`"quoted"`},
		{"quoted"},
		{"=1+1"},
		{2},
		{"工程😀"},
		{"工程"},
	}
	var out [][]any
	for i, v := range values {
		out = append(out, []any{fmt.Sprintf("X-%02d", i), v[0], v[1], 0.5, 46300})
	}
	return out
}

// planOf makes a team's plan of rows, and a second sheet.
func planOf(t *testing.T, rows [][]any) string {
	t.Helper()
	f := excelize.NewFile()
	t.Cleanup(func() { _ = f.Close() })
	must(t, f.SetSheetName("Sheet1", planSheet))
	if _, err := f.NewSheet("Other"); err != nil {
		t.Fatal(err)
	}
	must(t, f.SetCellValue("Other", "A1", "nothing"))
	must(t, f.SetColWidth(planSheet, "A", "E", 14))
	must(t, f.SetSheetRow(planSheet, "A1", &[]any{"id", "name", "status", "done", "finish"}))
	formulas := map[string]formula{}
	for r, values := range rows {
		for c, v := range values {
			cell := workbook.CellName(r+1, c)
			if x, ok := v.(formula); ok {
				formulas[cell] = x
				v = nil
			}
			must(t, f.SetCellValue(planSheet, cell, v))
		}
	}
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	must(t, f.SaveAs(path))
	withFormulas(t, path, formulas)
	return path
}

// withFormulas puts formulas into cells of the first sheet, with their values.
func withFormulas(t *testing.T, path string, formulas map[string]formula) {
	t.Helper()
	rewrite(t, path, func(name string, b []byte) []byte {
		if name != "xl/worksheets/sheet1.xml" {
			return b
		}
		for cell, f := range formulas {
			filled := `<c r="` + cell + `" t="` + f.kind + `"><f>` + f.text + `</f><v>` + f.value + `</v></c>`
			b = regexp.MustCompile(`<c r="`+cell+`"[^>]*(/>|></c>)`).ReplaceAll(b, []byte(filled))
		}
		return b
	})
}

func rewrite(t *testing.T, path string, change func(name string, content []byte) []byte) {
	t.Helper()
	a, err := exceltest.OpenArchive(path)
	must(t, err)
	b, err := a.Rewrite(change)
	must(t, err)
	must(t, os.WriteFile(path, b, 0o600))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// markedPlan writes a mark over all rows of the plan at path, with the keys of
// those that have one of the ids.
func markedPlan(t *testing.T, path string, ids []string) *harness {
	t.Helper()
	h := &harness{path: path}
	var err error
	h.book, err = h.backend(t).Read(t.Context())
	must(t, err)
	h.out = marking(h.book, ids)
	_, err = h.apply(t, h.out)
	must(t, err)
	return h
}

// marking returns what marks rows of the made plan by their ids.
func marking(b *workbook.Book, ids []string) workbook.Output {
	s := b.Sheet(planSheet)
	m := workbook.Mark{
		Sheet: planSheet, Severity: "critical", Field: "name", Column: colID,
		FirstRow: 1, LastRow: s.Rows[len(s.Rows)-1].Index, Parts: []int{colID, colName, colStatus, colPercent, colFinish},
	}
	out := workbook.Output{ID: b.ID, Marks: []workbook.Mark{m}}
	for _, r := range s.Rows {
		if !slices.Contains(ids, r.Cell(colID).Text) {
			continue
		}
		var parts []workbook.Cell
		for _, c := range m.Parts {
			parts = append(parts, r.Cell(c))
		}
		out.Keys = append(out.Keys, workbook.Keys(m.Severity, m.Field, parts)...)
	}
	slices.Sort(out.Keys)
	out.Keys = slices.Compact(out.Keys)
	return out
}

// checkSeen prints the plan as it stands in the office and looks which ids
// stand on the colour of the mark.
func checkSeen(t *testing.T, o *exceltest.Office, want []string) {
	t.Helper()
	pdf := filepath.Join(t.TempDir(), "seen.pdf")
	o.PDF(t, pdf, planSheet)
	var got []string
	for _, page := range exceltest.Pages(t, pdf) {
		for _, w := range page.Words {
			if isID.MatchString(w.Text) && page.Behind(w) == tab.MarkFill("critical") {
				got = append(got, w.Text)
			}
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got marks on %q, want %q", got, want)
	}
}

var isID = regexp.MustCompile(`^[TX]-[0-9]{2}$`)
