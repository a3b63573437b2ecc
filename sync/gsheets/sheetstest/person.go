package sheetstest

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// person is the account of somebody at the spreadsheet program: the owner of
// every file.
const person = "the owner of the file"

// Date is a day that a person types. It becomes a number that is shown as a
// date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Formula is a formula that a person types, with its "=".
type Formula string

// Person is somebody at the spreadsheet program, who owns the file. Rows and
// columns count from 0. What fails first is what Edit returns; nothing is done
// after it.
type Person struct {
	batch *batch
	err   error
}

// Edit does in a spreadsheet what a person does there. Calls of the API come
// before or after all of it. It returns what failed; then the spreadsheet stays
// as it was.
func (s *Server) Edit(id string, do func(*Person)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.files[id]
	if d == nil {
		return fmt.Errorf("no spreadsheet %q", id)
	}
	p := &Person{batch: &batch{doc: d.clone(), server: s, account: person}}
	do(p)
	if p.err != nil {
		return p.err
	}
	p.batch.doc.modified = s.now()
	s.files[id] = p.batch.doc
	return nil
}

// sheet returns a sheet by its title, or nil after a failure.
func (p *Person) sheet(title string) *sheet {
	if p.err != nil {
		return nil
	}
	s := p.batch.doc.titled(title)
	if s == nil {
		p.err = fmt.Errorf("no sheet %q", title)
	}
	return s
}

// Do carries out a request of a batchUpdate by its name in the API, as
// "addFilterView". Its body is what encodes to the JSON of the request.
func (p *Person) Do(kind string, body any) {
	if p.err != nil {
		return
	}
	text, err := json.Marshal(body)
	if err != nil {
		p.err = err
		return
	}
	var o object
	if err := json.Unmarshal(text, &o); err != nil {
		p.err = err
		return
	}
	if _, err := p.batch.request(kind, o); err != nil {
		p.err = fmt.Errorf("%s: %w", kind, err)
	}
}

// rowRange returns a range of whole rows, for a request.
func (s *sheet) rowRange(first, last int) object {
	return object{"sheetId": s.id, "startRowIndex": first, "endRowIndex": last + 1}
}

// dimension returns rows or columns, for a request.
func (s *sheet) dimension(name string, first, n int) object {
	return object{"sheetId": s.id, "dimension": name, "startIndex": first, "endIndex": first + n}
}

// Set types a value into a cell of the grid: a string, which stays a text
// whatever it looks like, a float64, a bool, a Date, a Formula, or nil, which
// empties the cell.
func (p *Person) Set(sheet string, row, column int, value any) {
	s := p.sheet(sheet)
	if s == nil {
		return
	}
	entered, err := entry(value)
	if err != nil {
		p.err = err
		return
	}
	cell, fields := object{"userEnteredValue": entered}, "userEnteredValue"
	_, date := value.(Date)
	if date && objectIn(s.fieldsAt(row, column), "userEnteredFormat")["numberFormat"] == nil {
		cell["userEnteredFormat"] = object{"numberFormat": object{"type": "DATE", "pattern": "yyyy-mm-dd"}}
		fields += ",userEnteredFormat.numberFormat"
	}
	at := s.rowRange(row, row)
	at["startColumnIndex"], at["endColumnIndex"] = column, column+1
	p.Do("repeatCell", object{"range": at, "cell": cell, "fields": fields})
}

// entry returns a typed value as the API writes it; nil for none.
func entry(value any) (object, error) {
	switch v := value.(type) {
	case nil:
		return nil, nil
	case string:
		return object{"stringValue": v}, nil
	case float64:
		return object{"numberValue": v}, nil
	case bool:
		return object{"boolValue": v}, nil
	case Formula:
		return object{"formulaValue": string(v)}, nil
	case Date:
		return object{"numberValue": serial(time.Date(v.Year, v.Month, v.Day, 0, 0, 0, 0, time.UTC))}, nil
	}
	return nil, fmt.Errorf("a person can't type a %T", value)
}

// InsertRows puts n empty rows before a row.
func (p *Person) InsertRows(sheet string, row, n int) {
	if s := p.sheet(sheet); s != nil {
		p.Do("insertDimension", object{"range": s.dimension("ROWS", row, n), "inheritFromBefore": row > 0})
	}
}

// DeleteRows deletes n rows from a row on.
func (p *Person) DeleteRows(sheet string, row, n int) {
	if s := p.sheet(sheet); s != nil {
		p.Do("deleteDimension", object{"range": s.dimension("ROWS", row, n)})
	}
}

// InsertColumns puts n empty columns before a column.
func (p *Person) InsertColumns(sheet string, column, n int) {
	if s := p.sheet(sheet); s != nil {
		p.Do("insertDimension", object{"range": s.dimension("COLUMNS", column, n), "inheritFromBefore": column > 0})
	}
}

// DeleteColumns deletes n columns from a column on.
func (p *Person) DeleteColumns(sheet string, column, n int) {
	if s := p.sheet(sheet); s != nil {
		p.Do("deleteDimension", object{"range": s.dimension("COLUMNS", column, n)})
	}
}

// MoveRow moves a row so that it stands at another index afterwards.
func (p *Person) MoveRow(sheet string, from, to int) { p.move(sheet, "ROWS", from, to) }

// MoveColumn moves a column so that it stands at another index afterwards.
func (p *Person) MoveColumn(sheet string, from, to int) { p.move(sheet, "COLUMNS", from, to) }

func (p *Person) move(sheet, dimension string, from, to int) {
	s := p.sheet(sheet)
	if s == nil {
		return
	}
	if to > from {
		to++
	}
	p.Do("moveDimension", object{"source": s.dimension(dimension, from, 1), "destinationIndex": to})
}

// SwapRows exchanges two rows, as sorting does.
func (p *Person) SwapRows(sheet string, row, other int) {
	s := p.sheet(sheet)
	if s == nil {
		return
	}
	first, last := min(row, other), max(row, other)
	if first < 0 || last >= len(s.rows) {
		p.err = fmt.Errorf("sheet %q has no rows %d and %d", sheet, row, other)
		return
	}
	at := place{on: s, area: area{sheet: s.id, row: first, rowEnd: last + 1, columnEnd: len(s.columns)}}
	order := at.rows()
	order[0], order[len(order)-1] = last, first
	p.err = at.permute(order)
}

// Sort sorts rows, both ends included, by a column, the smallest first.
func (p *Person) Sort(sheet string, firstRow, lastRow, column int) {
	if s := p.sheet(sheet); s != nil {
		p.Do("sortRange", object{
			"range": s.rowRange(firstRow, lastRow), "sortSpecs": []any{object{"dimensionIndex": column, "sortOrder": "ASCENDING"}},
		})
	}
}

// AddSheet appends an empty sheet.
func (p *Person) AddSheet(title string) {
	p.Do("addSheet", object{"properties": object{"title": title}})
}

// RenameSheet gives a sheet another title.
func (p *Person) RenameSheet(sheet, title string) {
	p.setSheet(sheet, "title", title)
}

// Hide hides a sheet.
func (p *Person) Hide(sheet string) { p.setSheet(sheet, "hidden", true) }

func (p *Person) setSheet(sheet, field string, value any) {
	if s := p.sheet(sheet); s != nil {
		p.Do("updateSheetProperties", object{"properties": object{"sheetId": s.id, field: value}, "fields": field})
	}
}

// MoveSheet moves a sheet so that it stands at an index afterwards.
func (p *Person) MoveSheet(sheet string, index int) {
	s := p.sheet(sheet)
	if s == nil {
		return
	}
	for i, other := range p.batch.doc.sheets {
		if other == s && index > i {
			index++
			break
		}
	}
	p.setSheet(sheet, "index", index)
}

// DeleteSheet deletes a sheet.
func (p *Person) DeleteSheet(sheet string) {
	if s := p.sheet(sheet); s != nil {
		p.Do("deleteSheet", object{"sheetId": s.id})
	}
}

// Rule is a conditional format of the team's own: cells of whole rows become
// green where a formula is true.
type Rule struct {
	// Index is where it stands among the rules of the sheet.
	Index int
	// FirstRow and LastRow are both in it.
	FirstRow, LastRow int
	// Formula is as for the first of its cells: "=$B2>3".
	Formula string
}

// AddRule adds a conditional format to a sheet.
func (p *Person) AddRule(sheet string, r Rule) {
	s := p.sheet(sheet)
	if s == nil {
		return
	}
	p.Do("addConditionalFormatRule", object{"index": r.Index, "rule": object{
		"ranges": []any{s.rowRange(r.FirstRow, r.LastRow)},
		"booleanRule": object{
			"condition": object{"type": "CUSTOM_FORMULA", "values": []any{object{"userEnteredValue": r.Formula}}},
			"format":    object{"backgroundColor": object{"green": 1}},
		},
	}})
}

// Protect lets nobody but the owner edit rows, both ends included.
func (p *Person) Protect(sheet string, firstRow, lastRow int) {
	if s := p.sheet(sheet); s != nil {
		p.Do("addProtectedRange", object{"protectedRange": object{"range": s.rowRange(firstRow, lastRow)}})
	}
}

// Sheets returns the titles of all sheets, those that are hidden too, in their
// order.
func (p *Person) Sheets() []string {
	var titles []string
	for _, s := range p.batch.doc.sheets {
		titles = append(titles, s.title)
	}
	return titles
}

// Hidden tells whether a sheet is hidden.
func (p *Person) Hidden(sheet string) bool {
	s := p.sheet(sheet)
	return s != nil && trueIn(s.properties, "hidden")
}

// Text returns what a cell shows; nothing for one beyond the grid.
func (p *Person) Text(sheet string, row, column int) string {
	s := p.sheet(sheet)
	if s == nil {
		return ""
	}
	return p.shown(p.batch.server.view(p.batch.doc), s, row, column)
}

func (p *Person) shown(v *view, s *sheet, row, column int) string {
	c := s.cell(row, column)
	if c == nil {
		return ""
	}
	value, err := v.value(s, row, column)
	if err == nil {
		var text string
		if text, err = v.formatted(c, value); err == nil {
			return text
		}
	}
	p.err = errors.Join(p.err, fmt.Errorf("sheet %q, cell %d, %d: %w", s.title, row, column, err))
	return ""
}

// Rows returns what the cells of a sheet show, by rows up to the last one that
// holds something, each up to the last of its cells that was ever touched.
func (p *Person) Rows(sheet string) [][]string {
	s := p.sheet(sheet)
	if s == nil {
		return nil
	}
	v := p.batch.server.view(p.batch.doc)
	rows := make([][]string, s.lastRow()+1)
	for row := range rows {
		for column := range s.rows[row].cells {
			rows[row] = append(rows[row], p.shown(v, s, row, column))
		}
	}
	return rows
}
