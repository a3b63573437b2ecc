package gsheets

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
	"steerco/templates/starter"
	"steerco/templates/tab"
)

// fillMask names what tells whether a spreadsheet is empty.
const fillMask = "properties(title),sheets(properties(sheetId,title,index,sheetType),data(startRow,startColumn,rowData/values(userEnteredValue,note)))"

var errNotEmpty = errors.New("isn't empty")

// Fill makes a new workbook of the empty spreadsheet with an id, with one batch:
// all or nothing. The sheet that a new spreadsheet has becomes the first of the
// workbook's. Where any cell holds something it fails with
// workbook.ErrRefused, and leaves all as it is; but for a spreadsheet that holds
// just this workbook, as after a call whose answer got lost. It returns the
// spreadsheet's title, which stays.
func Fill(ctx context.Context, id string, o Options, book starter.Book) (title string, err error) {
	api, err := newClient(ctx, id, o)
	if err != nil {
		return "", err
	}
	now, err := api.get(ctx, fillMask)
	if err != nil {
		return "", err
	}
	if now.Properties != nil {
		title = now.Properties.Title
	}
	if holds(now.Sheets, book) {
		return title, nil
	}
	if err := checkEmpty(title, now.Sheets); err != nil {
		return title, err
	}
	f := filler{taken: map[int64]bool{}}
	for _, s := range now.Sheets {
		f.taken[s.Properties.SheetId] = true
	}
	f.book(book, now.Sheets)
	if _, err = api.write(ctx, f.requests, "spreadsheetId"); isBadRequest(err) {
		// Another call of the same kind may have come first.
		if after, unread := api.get(ctx, fillMask); unread == nil && holds(after.Sheets, book) {
			return title, nil
		}
	}
	return title, err
}

// holds reports whether just a workbook stands in these sheets.
func holds(there []*sheets.Sheet, book starter.Book) bool {
	want := map[string]map[tab.Position]string{}
	for _, s := range book.Sheets {
		want[s.Name] = typedIn(&sheets.Sheet{Data: []*sheets.GridData{{RowData: fillRows(s)}}})
	}
	found := 0
	for _, s := range there {
		expected, wanted := want[s.Properties.Title]
		if !maps.Equal(typedIn(s), expected) {
			return false
		}
		if wanted {
			found++
		}
	}
	return found == len(want)
}

// typedIn returns what was typed into the cells of a sheet.
func typedIn(s *sheets.Sheet) map[tab.Position]string {
	typed := map[tab.Position]string{}
	eachCell(s, func(row, column int, c *sheets.CellData) {
		v := c.UserEnteredValue
		switch {
		case v == nil || v.StringValue != nil && *v.StringValue == "":
		case v.NumberValue != nil:
			typed[tab.Position{Row: row, Column: column}] = "#" + strconv.FormatFloat(*v.NumberValue, 'g', -1, 64)
		case v.StringValue != nil:
			typed[tab.Position{Row: row, Column: column}] = `"` + *v.StringValue
		default:
			typed[tab.Position{Row: row, Column: column}] = "=" + formulaOf(c)
		}
	})
	return typed
}

// checkEmpty refuses a spreadsheet in which a cell holds something.
func checkEmpty(title string, all []*sheets.Sheet) error {
	for _, s := range all {
		cell := ""
		eachCell(s, func(row, column int, c *sheets.CellData) {
			if (c.UserEnteredValue != nil || c.Note != "") && cell == "" {
				cell = workbook.CellName(row, column)
			}
		})
		if cell != "" {
			return &workbook.Error{
				Workbook: title, Sheet: s.Properties.Title, Cell: cell, Err: fmt.Errorf("the spreadsheet %w: %w", errNotEmpty, workbook.ErrRefused),
				Fix: "make a new one at https://sheets.new, and give its address",
			}
		}
	}
	return nil
}

// filler makes the requests that fill a spreadsheet.
type filler struct {
	requests []*sheets.Request
	// taken are the ids of sheets in use.
	taken map[int64]bool
}

func (f *filler) add(r ...*sheets.Request) { f.requests = append(f.requests, r...) }

// filling is a sheet while it is filled.
type filling struct {
	*filler
	starter.Sheet
	id int64
	// rows is how many the grid has.
	rows int
}

func (f *filler) book(book starter.Book, there []*sheets.Sheet) {
	reused := reuse(book.Sheets, there)
	var order []int64
	for _, s := range there {
		order = append(order, s.Properties.SheetId)
	}
	for i, s := range book.Sheets {
		w := filling{filler: f, Sheet: s, rows: starter.FirstRow + max(1, len(s.Rows)+s.Spare)}
		if old := reused[i]; old != nil {
			w.id = old.Properties.SheetId
			w.take()
		} else {
			w.id = freeID(f.taken, "starter", s.Name, strconv.Itoa(i))
			order = append(order, w.id)
			w.make()
		}
		order = f.move(order, w.id, i)
		w.fill()
	}
}

// reuse returns for each sheet of a workbook the empty one that it takes: that
// with its title, and for the first one without such the first that is left.
func reuse(wanted []starter.Sheet, there []*sheets.Sheet) []*sheets.Sheet {
	reused := make([]*sheets.Sheet, len(wanted))
	left := slices.DeleteFunc(slices.Clone(there), func(s *sheets.Sheet) bool { return !isGrid(s.Properties) })
	for i, w := range wanted {
		at := slices.IndexFunc(left, func(s *sheets.Sheet) bool { return strings.EqualFold(s.Properties.Title, w.Name) })
		if at >= 0 {
			reused[i] = left[at]
			left = slices.Delete(left, at, at+1)
		}
	}
	if i := slices.Index(reused, nil); i >= 0 && len(left) > 0 {
		reused[i] = left[0]
	}
	return reused
}

// move brings a sheet to its place among the others.
func (f *filler) move(order []int64, id int64, to int) []int64 {
	from := slices.Index(order, id)
	if from == to {
		return order
	}
	f.add(&sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
		Fields:     "index",
		Properties: &sheets.SheetProperties{SheetId: id, Index: int64(to), ForceSendFields: []string{"SheetId", "Index"}},
	}})
	return slices.Insert(slices.Delete(order, from, from+1), to, id)
}

func (w *filling) properties() *sheets.SheetProperties {
	return &sheets.SheetProperties{
		SheetId: w.id, Title: w.Name, ForceSendFields: []string{"SheetId"},
		GridProperties: &sheets.GridProperties{
			RowCount: int64(w.rows), ColumnCount: int64(len(w.Columns)), FrozenRowCount: starter.HeaderRow + 1, FrozenColumnCount: 1,
		},
	}
}

func (w *filling) make() {
	w.add(&sheets.Request{AddSheet: &sheets.AddSheetRequest{Properties: w.properties()}})
}

func (w *filling) take() {
	w.add(unfrozen(w.id), &sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
		Fields:     "title,gridProperties(rowCount,columnCount,frozenRowCount,frozenColumnCount,rowGroupControlAfter)",
		Properties: w.properties(),
	}})
}

func (w *filling) fill() {
	w.cells()
	for at, look := range rectangles(w.looks()) {
		w.add(formatCells(gridRange(w.id, at), look.format()))
	}
	for i, c := range w.Columns {
		w.resize("COLUMNS", i, pixelWidth(c.Width))
		w.validate(i, c)
	}
	w.resize("ROWS", starter.TitleRow, titleHeight)
	w.resize("ROWS", starter.HeaderRow, headerHeight)
	w.groups()
	w.add(&sheets.Request{SetBasicFilter: &sheets.SetBasicFilterRequest{Filter: &sheets.BasicFilter{
		Range: gridRange(w.id, workbook.Range{FirstRow: starter.HeaderRow, LastRow: w.rows - 1, LastColumn: len(w.Columns) - 1}),
	}}})
}

func (w *filling) resize(dimension string, index int, size int64) {
	w.add(&sheets.Request{UpdateDimensionProperties: &sheets.UpdateDimensionPropertiesRequest{
		Range: dimensionRange(w.id, dimension, index, index+1), Fields: "pixelSize", Properties: &sheets.DimensionProperties{PixelSize: size},
	}})
}

// cells writes what the cells say, and the help of each column as a note.
func (w *filling) cells() {
	w.add(&sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
		Fields: contentFields, Rows: fillRows(w.Sheet), Range: gridRange(w.id, workbook.Range{LastRow: w.rows - 1, LastColumn: len(w.Columns) - 1}),
	}})
}

// fillRows returns the cells of a sheet.
func fillRows(s starter.Sheet) []*sheets.RowData {
	rows := make([]*sheets.RowData, starter.FirstRow+len(s.Rows))
	for i := range rows {
		rows[i] = &sheets.RowData{}
	}
	rows[starter.TitleRow].Values = []*sheets.CellData{textCell(s.Title)}
	rows[starter.HelpRow].Values = []*sheets.CellData{textCell(s.Help)}
	for _, c := range s.Columns {
		header := textCell(c.Header)
		header.Note = c.Help
		rows[starter.HeaderRow].Values = append(rows[starter.HeaderRow].Values, header)
	}
	for i, r := range s.Rows {
		for _, c := range r.Cells {
			rows[starter.FirstRow+i].Values = append(rows[starter.FirstRow+i].Values, &sheets.CellData{UserEnteredValue: valueOf(c)})
		}
	}
	return rows
}

// valueOf returns what a cell says; nil for nothing.
func valueOf(c starter.Cell) *sheets.ExtendedValue {
	switch {
	case c.Number.Known:
		return &sheets.ExtendedValue{NumberValue: &c.Number.Value}
	case !c.Date.IsZero():
		day := workbook.Serial(c.Date)
		return &sheets.ExtendedValue{NumberValue: &day}
	case c.Text != "":
		return &sheets.ExtendedValue{StringValue: &c.Text}
	}
	return nil
}

// validate offers the column's choices, or asks for a date. What else is typed
// is marked by the program, and stays.
func (w *filling) validate(index int, c starter.Column) {
	rule := &sheets.DataValidationRule{ShowCustomUi: true, InputMessage: c.Help}
	switch {
	case len(c.Choices) > 0:
		rule.Condition = &sheets.BooleanCondition{Type: "ONE_OF_LIST"}
		for _, choice := range c.Choices {
			rule.Condition.Values = append(rule.Condition.Values, &sheets.ConditionValue{UserEnteredValue: choice})
		}
	case c.Format == starter.Day:
		rule.Condition = &sheets.BooleanCondition{Type: "DATE_IS_VALID"}
	default:
		return
	}
	w.add(&sheets.Request{SetDataValidation: &sheets.SetDataValidationRequest{
		Rule:  rule,
		Range: gridRange(w.id, workbook.Range{FirstRow: starter.FirstRow, LastRow: w.rows - 1, FirstColumn: index, LastColumn: index}),
	}})
}

// groups groups the rows by their outline.
func (w *filling) groups() {
	depths := make([]int, len(w.Rows))
	for i, r := range w.Rows {
		depths[i] = int(r.Outline)
	}
	groups := outlineGroups(depths)
	for _, g := range groups {
		w.add(&sheets.Request{AddDimensionGroup: &sheets.AddDimensionGroupRequest{
			Range: dimensionRange(w.id, "ROWS", starter.FirstRow+g.first, starter.FirstRow+g.end),
		}})
	}
	if len(groups) > 0 {
		w.add(headsAbove(w.id))
	}
}
