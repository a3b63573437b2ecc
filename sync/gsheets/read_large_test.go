package gsheets_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/corpustest"
	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
)

// TestASheetThatIsTooLargeIsLeftOut holds that a spreadsheet with a sheet of
// millions of cells is read and written all the same, without that sheet.
func TestASheetThatIsTooLargeIsLeftOut(t *testing.T) {
	s := newSpreadsheet(t, sheetstest.New(sheetstest.Options{}), teamSheets())
	const columns = 100
	s.send(&sheets.Request{AddSheet: &sheets.AddSheetRequest{Properties: &sheets.SheetProperties{
		Title: "Jan's log", SheetId: 50, GridProperties: &sheets.GridProperties{RowCount: gsheets.MostCells/columns + 1, ColumnCount: columns},
	}}})
	s.send(repeat(50, 0, 0, "userEnteredValue", cellData("When")), repeat(50, 900, 0, "userEnteredValue", cellData("now")))
	b := s.open(t)
	first := s.read(b)
	log := first.Sheet("Jan's log")
	if log == nil || len(log.Rows) > 0 {
		t.Errorf("the large sheet: got %+v, want one without rows", log)
	}
	isTold := func(line string) bool {
		return strings.Contains(line, "Jan's log") && strings.Contains(line, "10001 rows")
	}
	if !slices.ContainsFunc(first.Warnings, isTold) {
		t.Errorf("warnings: got %q, want one that names the sheet and its size", first.Warnings)
	}
	person{s}.Add("New")
	person{s}.Set("New", 0, 0, "seen")
	if book := s.read(b); book.Sheet("New") == nil || book.Sheet("New").Cell(0, 0).Text != "seen" {
		t.Error("a new sheet isn't seen")
	}
	after := s.write(b)
	if again := s.write(b); again.Version != after.Version || s.read(s.open(t)).Version != after.Version {
		t.Errorf("version: got %q, then %q: nothing was to be written", after.Version, again.Version)
	}
	if len(after.Own.Tabs) != 2 || !after.Own.Whole {
		t.Errorf("own: got %+v, want two tabs", after.Own)
	}
}

// heavy has answers that are too large where the cells of all sheets are asked
// for.
type heavy struct {
	http.RoundTripper
	on bool
}

func (h *heavy) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := h.RoundTripper.RoundTrip(r)
	if q := r.URL.Query(); err == nil && h.on && len(q["ranges"]) == 0 && strings.Contains(q.Get("fields"), "rowData") {
		answer.ContentLength = 1 << 40
	}
	return answer, err
}

// TestASheetThatBecomesTooLarge has somebody add a sheet with so many cells that
// not even the answer can be taken: it is read without them.
func TestASheetThatBecomesTooLarge(t *testing.T) {
	s := newSpreadsheet(t, sheetstest.New(sheetstest.Options{}), teamSheets())
	h := &heavy{RoundTripper: s.server.Transport()}
	b, err := gsheets.Open(t.Context(), s.id, gsheets.Options{Client: &http.Client{Transport: h}})
	if err != nil {
		t.Fatal(err)
	}
	before, err := b.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.send(&sheets.Request{AddSheet: &sheets.AddSheetRequest{Properties: &sheets.SheetProperties{
		Title: "Archive", GridProperties: &sheets.GridProperties{RowCount: gsheets.MostCells, ColumnCount: 2},
	}}})
	h.on = true
	book, err := b.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(book.Warnings) != 1 || len(book.Sheets) != len(before.Sheets)+1 {
		t.Errorf("got %d sheets, warnings %q", len(book.Sheets), book.Warnings)
	}
}

// TestRecordedGridDataIsRead reads answers of the real service that hold whole
// grids.
func TestRecordedGridDataIsRead(t *testing.T) {
	for _, file := range corpustest.Files(t, filepath.Join("google", "griddata"), "*.json") {
		t.Run(filepath.Base(file), func(t *testing.T) { readRecorded(t, file) })
	}
}

// readRecorded holds each cell of a recorded answer against what is read.
func readRecorded(t *testing.T, file string) {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	body = []byte(strings.ReplaceAll(string(body), `"@defaultFormat"`, "{}"))
	body = []byte(strings.ReplaceAll(string(body), `"@spreadsheetTheme"`, "{}"))
	var want sheets.Spreadsheet
	if err := json.Unmarshal(body, &want); err != nil {
		t.Fatal(err)
	}
	book, _ := answered(t, body)
	if book.Name != want.Properties.Title || len(book.Sheets) != len(want.Sheets) || book.TimeZone != want.Properties.TimeZone {
		t.Errorf("got %q with %d sheets in %s", book.Name, len(book.Sheets), book.TimeZone)
	}
	for i, sheet := range want.Sheets {
		d := sheet.Data[0]
		for r, row := range d.RowData {
			for c, cell := range row.Values {
				checkShown(t, book, book.Sheets[i].Cell(int(d.StartRow)+r, int(d.StartColumn)+c), cell)
			}
		}
	}
}

// checkShown holds a cell against its answer. What one of these recordings says
// a text is shown as was made up by its authors.
func checkShown(t *testing.T, book *workbook.Book, got workbook.Cell, want *sheets.CellData) {
	t.Helper()
	kind := ""
	if want.EffectiveFormat != nil && want.EffectiveFormat.NumberFormat != nil {
		kind = want.EffectiveFormat.NumberFormat.Type
	}
	if isDate := kind == "DATE" || kind == "DATE_TIME" || kind == "TIME"; book.Format(got).Date != isDate {
		t.Errorf("got %+v with %+v, want one of kind %q", got, book.Format(got), kind)
	}
	if want.EffectiveValue == nil {
		return
	}
	shown := want.FormattedValue
	if text := want.EffectiveValue.StringValue; text != nil {
		shown = *text
	}
	if book.Shown(got) != shown {
		t.Errorf("got %+v shown as %q, want %q", got, book.Shown(got), shown)
	}
}
