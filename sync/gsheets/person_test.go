package gsheets_test

import (
	"slices"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// person is somebody who edits the spreadsheet with a program of their own.
type person struct{ spreadsheet }

// sheet returns a sheet without its cells.
func (p person) sheet(title string) *sheets.Sheet {
	p.t.Helper()
	got, err := p.api().Spreadsheets.Get(p.id).Fields("sheets/properties").Context(p.t.Context()).Do()
	if err != nil {
		p.t.Fatal(err)
	}
	i := slices.IndexFunc(got.Sheets, func(s *sheets.Sheet) bool { return s.Properties.Title == title })
	if i < 0 {
		p.t.Fatalf("there is no sheet %q", title)
	}
	return got.Sheets[i]
}

func (p person) sheetID(title string) int64 {
	p.t.Helper()
	return p.sheet(title).Properties.SheetId
}

func (p person) Set(sheet string, row, column int, value any) {
	p.t.Helper()
	p.send(repeat(p.sheetID(sheet), int64(row), int64(column), "userEnteredValue,userEnteredFormat.numberFormat", cellData(value)))
}

func (p person) Swap(sheet string, row, other int) {
	p.t.Helper()
	first, second := int64(min(row, other)), int64(max(row, other))
	id := p.sheetID(sheet)
	p.send(moveRow(id, second, first), moveRow(id, first+1, second+1))
}

func rows(sheet, first, end int64) *sheets.DimensionRange {
	return &sheets.DimensionRange{
		SheetId: sheet, Dimension: "ROWS", StartIndex: first, EndIndex: end, ForceSendFields: []string{"SheetId", "StartIndex"},
	}
}

// moveRow moves a row in front of another one.
func moveRow(sheet, row, to int64) *sheets.Request {
	return &sheets.Request{MoveDimension: &sheets.MoveDimensionRequest{
		Source: rows(sheet, row, row+1), DestinationIndex: to, ForceSendFields: []string{"DestinationIndex"},
	}}
}

func (p person) Insert(sheet string, row int) {
	p.t.Helper()
	p.send(&sheets.Request{InsertDimension: &sheets.InsertDimensionRequest{Range: rows(p.sheetID(sheet), int64(row), int64(row)+1)}})
}

func (p person) Color(sheet string, at workbook.Range) {
	p.t.Helper()
	p.send(&sheets.Request{AddConditionalFormatRule: &sheets.AddConditionalFormatRuleRequest{
		Rule: &sheets.ConditionalFormatRule{
			Ranges: []*sheets.GridRange{{
				SheetId: p.sheetID(sheet), StartRowIndex: int64(at.FirstRow), EndRowIndex: int64(at.LastRow) + 1,
				StartColumnIndex: int64(at.FirstColumn), EndColumnIndex: int64(at.LastColumn) + 1, ForceSendFields: []string{"SheetId"},
			}},
			BooleanRule: &sheets.BooleanRule{
				Condition: &sheets.BooleanCondition{Type: "NOT_BLANK"},
				Format:    &sheets.CellFormat{BackgroundColor: &sheets.Color{Green: 1}},
			},
		},
		ForceSendFields: []string{"Index"},
	}})
}

func (p person) Add(sheet string) {
	p.t.Helper()
	p.send(&sheets.Request{AddSheet: &sheets.AddSheetRequest{Properties: &sheets.SheetProperties{Title: sheet}}})
}

func (p person) Copy(sheet, title string) {
	p.t.Helper()
	got, err := p.api().Spreadsheets.Get(p.id).Fields("sheets/properties/sheetId").Context(p.t.Context()).Do()
	if err != nil {
		p.t.Fatal(err)
	}
	p.send(&sheets.Request{DuplicateSheet: &sheets.DuplicateSheetRequest{
		SourceSheetId: p.sheetID(sheet), NewSheetName: title, InsertSheetIndex: int64(len(got.Sheets)),
	}})
}

func (p person) Rename(sheet, title string) {
	p.t.Helper()
	p.send(sheetRequest("title", &sheets.SheetProperties{SheetId: p.sheetID(sheet), Title: title}))
}

func (p person) Remove(sheet string) {
	p.t.Helper()
	p.send(&sheets.Request{DeleteSheet: &sheets.DeleteSheetRequest{SheetId: p.sheetID(sheet), ForceSendFields: []string{"SheetId"}}})
}
