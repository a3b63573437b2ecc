package gsheets_test

import (
	"net/http"
	"testing"

	"google.golang.org/api/option"
	"google.golang.org/api/sheets/v4"

	"steerco/rules/calendar"
	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
	"steerco/sync/workbook/workbooktest"
)

func TestContract(t *testing.T) {
	workbooktest.Suite{
		New: func(t *testing.T, all []workbooktest.Sheet) workbooktest.Subject {
			return newSpreadsheet(t, sheetstest.New(sheetstest.Options{}), all).subject()
		},
		Missing: func(t *testing.T) workbook.Backend {
			return spreadsheet{t: t, server: sheetstest.New(sheetstest.Options{}), id: "gone"}.open(t)
		},
	}.Run(t)
}

// TestContractWithSemicolons runs the suite where formulas need ";".
func TestContractWithSemicolons(t *testing.T) {
	workbooktest.Suite{
		New: func(t *testing.T, all []workbooktest.Sheet) workbooktest.Subject {
			return newSpreadsheet(t, sheetstest.New(sheetstest.Options{Semicolons: true, Locale: "de_DE"}), all).subject()
		},
		Missing: func(t *testing.T) workbook.Backend {
			return spreadsheet{t: t, server: sheetstest.New(sheetstest.Options{}), id: "gone"}.open(t)
		},
	}.Run(t)
}

// spreadsheet is one on a stand-in for Google's servers.
type spreadsheet struct {
	t      testing.TB
	server *sheetstest.Server
	id     string
}

// The size of the grid of each sheet: the suite highlights rows behind the
// last cell.
const (
	gridRows    = 4100
	gridColumns = 40
)

// newSpreadsheet makes a spreadsheet that holds the sheets.
func newSpreadsheet(t testing.TB, server *sheetstest.Server, all []workbooktest.Sheet) spreadsheet {
	t.Helper()
	s := spreadsheet{t: t, server: server}
	made := &sheets.Spreadsheet{Properties: &sheets.SpreadsheetProperties{Title: "plan"}}
	var requests []*sheets.Request
	for i, sheet := range all {
		made.Sheets = append(made.Sheets, &sheets.Sheet{Properties: &sheets.SheetProperties{
			SheetId: int64(i), Title: sheet.Name, Index: int64(i), Hidden: sheet.Hidden,
			GridProperties:  &sheets.GridProperties{RowCount: gridRows, ColumnCount: gridColumns},
			ForceSendFields: []string{"SheetId", "Index"},
		}})
		requests = append(requests, fill(int64(i), sheet))
	}
	api := s.api()
	created, err := api.Spreadsheets.Create(made).Context(t.Context()).Do()
	if err != nil {
		t.Fatal(err)
	}
	s.id = created.SpreadsheetId
	if _, err := api.Spreadsheets.BatchUpdate(s.id, &sheets.BatchUpdateSpreadsheetRequest{Requests: requests}).Context(t.Context()).Do(); err != nil {
		t.Fatal(err)
	}
	return s
}

// api is Google's own client over the stand-in.
func (s spreadsheet) api() *sheets.Service {
	s.t.Helper()
	api, err := sheets.NewService(s.t.Context(), option.WithHTTPClient(&http.Client{Transport: s.server.Transport()}))
	if err != nil {
		s.t.Fatal(err)
	}
	return api
}

// fill types the values of a sheet.
func fill(id int64, s workbooktest.Sheet) *sheets.Request {
	rows := make([]*sheets.RowData, len(s.Rows))
	for i, values := range s.Rows {
		rows[i] = &sheets.RowData{}
		for _, v := range values {
			rows[i].Values = append(rows[i].Values, cellData(v))
		}
	}
	return &sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
		Start: &sheets.GridCoordinate{SheetId: id, ForceSendFields: []string{"SheetId"}}, Rows: rows,
		Fields: "userEnteredValue,userEnteredFormat.numberFormat",
	}}
}

// cellData returns the cell that holds a value, as in workbooktest.Sheet.Rows.
func cellData(value any) *sheets.CellData {
	c := &sheets.CellData{}
	switch v := value.(type) {
	case string:
		c.UserEnteredValue = &sheets.ExtendedValue{StringValue: &v}
	case float64:
		c.UserEnteredValue = &sheets.ExtendedValue{NumberValue: &v}
	case bool:
		c.UserEnteredValue = &sheets.ExtendedValue{BoolValue: &v}
	case calendar.Date:
		serial := float64(v - calendar.New(1899, 12, 30))
		c.UserEnteredValue = &sheets.ExtendedValue{NumberValue: &serial}
		c.UserEnteredFormat = &sheets.CellFormat{NumberFormat: &sheets.NumberFormat{Type: "DATE", Pattern: "yyyy-mm-dd"}}
	}
	return c
}

func (s spreadsheet) subject() workbooktest.Subject {
	return workbooktest.Subject{
		Backend: s.open(s.t),
		Reopen:  func(t *testing.T) workbook.Backend { return s.open(t) },
		Titles:  s.titles,
		Edit: func(t *testing.T, do func(workbooktest.Editor)) {
			as := s
			as.t = t
			do(person{as})
		},
	}
}

func (s spreadsheet) open(t testing.TB) *gsheets.Backend {
	t.Helper()
	b, err := gsheets.Open(t.Context(), s.id, gsheets.Options{Client: &http.Client{Transport: s.server.Transport()}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// titles returns the titles of the sheets that aren't hidden.
func (s spreadsheet) titles(t *testing.T) []string {
	t.Helper()
	got, err := s.api().Spreadsheets.Get(s.id).Fields("sheets/properties(title,hidden)").Context(t.Context()).Do()
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, sheet := range got.Sheets {
		if !sheet.Properties.Hidden {
			titles = append(titles, sheet.Properties.Title)
		}
	}
	return titles
}
