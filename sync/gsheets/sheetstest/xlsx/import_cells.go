package xlsx

import (
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// cells fills the grid of a sheet: values, formulas, looks, notes, choices.
func (in *importer) cells(index int, name string) {
	rows, columns := in.size(name)
	if rows == 0 || columns == 0 {
		return
	}
	merged := in.merged(index, name)
	data := make([]*sheets.RowData, rows)
	for row := range data {
		data[row] = &sheets.RowData{Values: make([]*sheets.CellData, columns)}
		for column := range data[row].Values {
			data[row].Values[column] = in.cell(name, row, column, isCovered(merged, row, column))
		}
	}
	in.notes(name, data)
	in.validations(name, data)
	in.requests = append(in.requests, &sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
		Start: &sheets.GridCoordinate{SheetId: sheetID(index)}, Rows: data,
		Fields: "userEnteredValue,userEnteredFormat,note,dataValidation",
	}})
}

// isCovered reports whether a cell lies under the first one of a merged range.
// Excel may keep something there that nobody sees; Google keeps nothing.
func isCovered(merged []area, row, column int) bool {
	return slices.ContainsFunc(merged, func(a area) bool { return a.has(row, column) && (row != a.row || column != a.column) })
}

func (in *importer) cell(sheet string, row, column int, covered bool) *sheets.CellData {
	at := workbook.CellName(row, column)
	style, err := in.file.GetCellStyle(sheet, at)
	in.do(err)
	c := &sheets.CellData{UserEnteredFormat: in.format(style)}
	if covered {
		return c
	}
	value := in.value(sheet, at, c.UserEnteredFormat)
	formula, err := in.file.GetCellFormula(sheet, at)
	in.do(err)
	if formula != "" {
		in.computed = append(in.computed, computed{sheet: sheet, row: row, column: column, value: value})
		text := "=" + formula
		c.UserEnteredValue = &sheets.ExtendedValue{FormulaValue: &text}
		return c
	}
	switch v := value.(type) {
	case string:
		c.UserEnteredValue = &sheets.ExtendedValue{StringValue: &v}
	case float64:
		c.UserEnteredValue = &sheets.ExtendedValue{NumberValue: &v}
	case bool:
		c.UserEnteredValue = &sheets.ExtendedValue{BoolValue: &v}
	}
	return c
}

// days1904 is how many days later the count of days begins in a workbook of
// the other kind.
const days1904 = 1462

// value returns what a cell holds, or what its formula was computed to: a
// string, a number, true or false, or nil.
func (in *importer) value(sheet, at string, format *sheets.CellFormat) any {
	kind, err := in.file.GetCellType(sheet, at)
	in.do(err)
	raw, err := in.file.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	in.do(err)
	switch {
	case raw == "":
		return nil
	case kind == excelize.CellTypeBool:
		return raw == "1" || raw == "TRUE"
	case kind != excelize.CellTypeNumber && kind != excelize.CellTypeUnset:
		return raw
	}
	number, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	if in.date1904 && isDate(format) {
		number += days1904
	}
	return number
}

func isDate(f *sheets.CellFormat) bool {
	return f != nil && f.NumberFormat != nil && (f.NumberFormat.Type == "DATE" || f.NumberFormat.Type == "DATE_TIME")
}

func (in *importer) notes(sheet string, data []*sheets.RowData) {
	comments, err := in.file.GetComments(sheet)
	in.do(err)
	for _, c := range comments {
		if cell := cellAt(data, c.Cell); cell != nil {
			cell.Note = c.Text
			for _, run := range c.Paragraph {
				cell.Note += run.Text
			}
		}
	}
}

// cellAt returns the cell of a name, or nil where there is none.
func cellAt(data []*sheets.RowData, name string) *sheets.CellData {
	at, ok := parseRange(name)
	if !ok || at.row >= len(data) || at.column >= len(data[at.row].Values) {
		return nil
	}
	return data[at.row].Values[at.column]
}

// validations gives cells the checks of what is typed into them.
func (in *importer) validations(sheet string, data []*sheets.RowData) {
	all, err := in.file.GetDataValidations(sheet)
	in.do(err)
	for _, v := range all {
		rule := validation(v)
		if rule == nil {
			in.leave(strconv.Quote(sheet), "checks of what is typed are left out, but for lists, dates and numbers between two")
			continue
		}
		for _, at := range parseRanges(v.Sqref) {
			for row := at.row; row <= min(at.lastRow, len(data)-1); row++ {
				for column := at.column; column <= min(at.lastColumn, len(data[row].Values)-1); column++ {
					data[row].Values[column].DataValidation = rule
				}
			}
		}
	}
}
