package gsheets_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"google.golang.org/api/googleapi"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook/workbooktest"
)

// version returns the version of a spreadsheet, which must be the same by a
// full reading and by a narrow one.
func (s spreadsheet) version() string {
	s.t.Helper()
	var all []string
	for _, mask := range []string{gsheets.ReadMask, gsheets.VersionMask} {
		got, err := s.api().Spreadsheets.Get(s.id).Fields(googleapi.Field(mask)).Context(s.t.Context()).Do()
		if err != nil {
			s.t.Fatal(err)
		}
		all = append(all, string(gsheets.VersionOf(got)))
	}
	if all[0] != all[1] {
		s.t.Errorf("version: got %s by a full reading, %s by a narrow one", all[0], all[1])
	}
	return all[0]
}

// send carries out requests as a person's program does.
func (s spreadsheet) send(requests ...*sheets.Request) {
	s.t.Helper()
	batch := &sheets.BatchUpdateSpreadsheetRequest{Requests: requests}
	if _, err := s.api().Spreadsheets.BatchUpdate(s.id, batch).Context(s.t.Context()).Do(); err != nil {
		s.t.Fatal(err)
	}
}

func at(sheet int64, row, column int64) *sheets.GridRange {
	return &sheets.GridRange{
		SheetId: sheet, StartRowIndex: row, EndRowIndex: row + 1, StartColumnIndex: column, EndColumnIndex: column + 1,
		ForceSendFields: []string{"SheetId", "StartRowIndex", "StartColumnIndex"},
	}
}

func repeat(sheet int64, row, column int64, fields string, c *sheets.CellData) *sheets.Request {
	return &sheets.Request{RepeatCell: &sheets.RepeatCellRequest{Range: at(sheet, row, column), Cell: c, Fields: fields}}
}

func formula(text string) *sheets.CellData {
	return &sheets.CellData{UserEnteredValue: &sheets.ExtendedValue{FormulaValue: &text}}
}

// sheetRequest changes a property of a sheet.
func sheetRequest(fields string, p *sheets.SheetProperties) *sheets.Request {
	return &sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{Properties: p, Fields: fields}}
}

func teamSheets() []workbooktest.Sheet {
	return []workbooktest.Sheet{
		{Name: "Plan", Rows: [][]any{{"ID", "Task"}, {"T1", "Load"}, {"T2", 2.0}}},
		{Name: "Gaps", Rows: [][]any{{"G1"}}},
	}
}

func TestVersionTellsContentFromLooks(t *testing.T) {
	red := &sheets.Color{Red: 1}
	rule := func(format *sheets.CellFormat) *sheets.ConditionalFormatRule {
		return &sheets.ConditionalFormatRule{
			Ranges:      []*sheets.GridRange{at(0, 1, 1)},
			BooleanRule: &sheets.BooleanRule{Condition: &sheets.BooleanCondition{Type: "NOT_BLANK"}, Format: format},
		}
	}
	tests := []struct {
		name     string
		requests []*sheets.Request
		same     bool
	}{
		{"a value", []*sheets.Request{repeat(0, 1, 1, "userEnteredValue", cellData("Unload"))}, false},
		{"a number that looks the same", []*sheets.Request{
			repeat(0, 2, 1, "userEnteredFormat.numberFormat", &sheets.CellData{UserEnteredFormat: &sheets.CellFormat{
				NumberFormat: &sheets.NumberFormat{Type: "NUMBER", Pattern: "0"},
			}}),
			repeat(0, 2, 1, "userEnteredValue", cellData(2.25)),
		}, false},
		{"a text in the place of a number", []*sheets.Request{repeat(0, 2, 1, "userEnteredValue", cellData("2"))}, false},
		{"a formula in the place of its value", []*sheets.Request{repeat(0, 2, 1, "userEnteredValue", formula("=1+1"))}, false},
		{"another number format", []*sheets.Request{
			repeat(0, 2, 1, "userEnteredFormat.numberFormat", &sheets.CellData{UserEnteredFormat: &sheets.CellFormat{
				NumberFormat: &sheets.NumberFormat{Type: "PERCENT", Pattern: "0%"},
			}}),
		}, false},
		{"a cell that is emptied", []*sheets.Request{repeat(0, 1, 1, "userEnteredValue", &sheets.CellData{})}, false},
		{"a row inserted", []*sheets.Request{{InsertDimension: &sheets.InsertDimensionRequest{Range: &sheets.DimensionRange{
			SheetId: 0, Dimension: "ROWS", StartIndex: 1, EndIndex: 2, ForceSendFields: []string{"SheetId"},
		}}}}, false},
		{"a sheet hidden", []*sheets.Request{sheetRequest("hidden", &sheets.SheetProperties{SheetId: 1, Hidden: true})}, false},
		{"a sheet renamed", []*sheets.Request{sheetRequest("title", &sheets.SheetProperties{SheetId: 1, Title: "Gap list"})}, false},
		{"sheets in another order", []*sheets.Request{
			sheetRequest("index", &sheets.SheetProperties{SheetId: 1, Index: 0, ForceSendFields: []string{"Index"}}),
		}, false},
		{"a sheet added", []*sheets.Request{{AddSheet: &sheets.AddSheetRequest{Properties: &sheets.SheetProperties{Title: "More"}}}}, false},
		{"a rule", []*sheets.Request{{AddConditionalFormatRule: &sheets.AddConditionalFormatRuleRequest{
			Rule: rule(&sheets.CellFormat{BackgroundColor: red}), ForceSendFields: []string{"Index"},
		}}}, false},
		{"cells merged", []*sheets.Request{{MergeCells: &sheets.MergeCellsRequest{MergeType: "MERGE_ALL", Range: &sheets.GridRange{
			SheetId: 0, StartRowIndex: 5, EndRowIndex: 6, StartColumnIndex: 1, EndColumnIndex: 3, ForceSendFields: []string{"SheetId"},
		}}}}, false},
		{"a name", []*sheets.Request{{AddNamedRange: &sheets.AddNamedRangeRequest{NamedRange: &sheets.NamedRange{
			Name: "tasks", Range: at(0, 1, 1),
		}}}}, false},
		{"a colour", []*sheets.Request{
			repeat(0, 1, 1, "userEnteredFormat.backgroundColor", &sheets.CellData{UserEnteredFormat: &sheets.CellFormat{BackgroundColor: red}}),
		}, true},
		{"a note", []*sheets.Request{repeat(0, 1, 1, "note", &sheets.CellData{Note: "look"})}, true},
		{"a column's width", []*sheets.Request{{UpdateDimensionProperties: &sheets.UpdateDimensionPropertiesRequest{
			Range: &sheets.DimensionRange{
				SheetId: 0, Dimension: "COLUMNS", StartIndex: 0, EndIndex: 1, ForceSendFields: []string{"SheetId", "StartIndex"},
			},
			Properties: &sheets.DimensionProperties{PixelSize: 300}, Fields: "pixelSize",
		}}}, true},
		{"frozen rows", []*sheets.Request{sheetRequest("gridProperties.frozenRowCount", &sheets.SheetProperties{
			SheetId: 1, GridProperties: &sheets.GridProperties{FrozenRowCount: 1},
		})}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newSpreadsheet(t, sheetstest.New(sheetstest.Options{}), teamSheets())
			before := s.version()
			s.send(tt.requests...)
			if after := s.version(); (after == before) != tt.same {
				t.Errorf("version: got %s, then %s, want the same: %t", before, after, tt.same)
			}
		})
	}
}

// decoded returns the spreadsheet of testdata after replacements in its text.
func decoded(t *testing.T, replacements ...string) *sheets.Spreadsheet {
	t.Helper()
	body, err := os.ReadFile("testdata/spreadsheet.json")
	if err != nil {
		t.Fatal(err)
	}
	var s sheets.Spreadsheet
	if err := json.Unmarshal([]byte(strings.NewReplacer(replacements...).Replace(string(body))), &s); err != nil {
		t.Fatal(err)
	}
	return &s
}

// TestWhatFormulasShowByThemselvesIsNoChange holds that a spreadsheet which
// shows the time can be written: it is never as it was.
func TestWhatFormulasShowByThemselvesIsNoChange(t *testing.T) {
	const shown, formula = `"numberValue": 46083.7`, `"=C4+0,7"`
	tests := []struct {
		name          string
		before, after []string
		stands        bool
	}{
		{"the same", nil, nil, true},
		{"a result", nil, []string{shown, `"numberValue": 46084.7`}, false},
		{"the time", []string{formula, `"=NOW()"`}, []string{formula, `"=NOW()"`, shown, `"numberValue": 46084.7`}, true},
		{"what a formula puts beside itself", nil, []string{`"numberValue": 5}`, `"numberValue": 6}`}, false},
		{"what the time puts beside itself", []string{formula, `"=NOW()"`}, []string{formula, `"=NOW()"`, `"numberValue": 5}`, `"numberValue": 6}`}, true},
		{"a formula", []string{formula, `"=NOW()"`}, []string{formula, `"=now()+1"`}, false},
		{"a value beside the time", []string{formula, `"=NOW()"`}, []string{formula, `"=NOW()"`, `"Roll-out"`, `"Rollout"`}, false},
	}
	for _, tt := range tests {
		before, after := decoded(t, tt.before...), decoded(t, tt.after...)
		if got := gsheets.StandsAt(after, gsheets.VersionOf(before)); got != tt.stands {
			t.Errorf("%s: got %t, want %t", tt.name, got, tt.stands)
		}
	}
}
