package sheetstest

import (
	"strconv"

	"steerco/sync/workbook"
)

// written is what a writing of values has done.
type written struct {
	area area
	// cells are the places that were written: null skips one.
	cells [][2]int
}

// rows and columns return which ones have a cell that was written.
func (w written) rows() map[int]bool    { return w.lines(0) }
func (w written) columns() map[int]bool { return w.lines(1) }

func (w written) lines(dimension int) map[int]bool {
	lines := map[int]bool{}
	for _, at := range w.cells {
		lines[at[dimension]] = true
	}
	return lines
}

// entering tells how values are entered.
type entering struct {
	// option is "RAW" or "USER_ENTERED".
	option  string
	account string
	// shows means that the answer holds the values as they are afterwards, and
	// how.
	shows bool
	how   rendering
}

// enteringOf reads how values are entered from the parameters of a query or
// the fields of a body.
func enteringOf(c *call, parameter func(name string) string, shows bool) (entering, error) {
	e := entering{option: parameter("valueInputOption"), account: c.Account, shows: shows}
	e.how = rendering{value: parameter("responseValueRenderOption"), dateTime: parameter("responseDateTimeRenderOption")}
	if e.option != "RAW" && e.option != "USER_ENTERED" {
		return e, refuse("'valueInputOption' is required but not specified")
	}
	return e, nil
}

func (s *Server) updateValues(c *call) (object, error) {
	e, err := enteringOf(c, c.query.Get, c.flag("includeValuesInResponse"))
	if err != nil {
		return nil, err
	}
	if named := textIn(c.body, "range"); named != "" && named != c.path["range"] {
		if err := c.doc.sameRange(named, c.path["range"]); err != nil {
			return nil, err
		}
	}
	p, err := c.doc.spot(c.path["range"])
	if err != nil {
		return nil, err
	}
	w, err := s.enter(c.doc, p, c.body, e)
	if err != nil {
		return nil, err
	}
	return s.updated(c.doc, w, c.body, e)
}

// sameRange refuses a body that names another range than the address.
func (d *document) sameRange(body, path string) error {
	a, err := d.parseA1(body)
	if err != nil {
		return err
	}
	b, err := d.parseA1(path)
	if err == nil && a != b {
		return refuse("Requested writing within range [%s], but the path says %s", body, path)
	}
	return err
}

func (s *Server) batchUpdateValues(c *call) (object, error) {
	return s.enterAll(c, func(data object) (spot, error) { return c.doc.spot(textIn(data, "range")) })
}

func (s *Server) batchUpdateValuesByFilter(c *call) (object, error) {
	body, err := s.enterAll(c, func(data object) (spot, error) {
		a, err := c.doc.filteredOne(objectIn(data, "dataFilter"))
		return spot{area: a}, err
	})
	if err != nil {
		return nil, err
	}
	for i, data := range objectsIn(c.body, "data") {
		responses, _ := body["responses"].([]any)
		response, _ := responses[i].(object)
		responses[i] = with(response, "dataFilter", data["dataFilter"])
	}
	return body, nil
}

// enterAll enters several lists of values, each where place tells.
func (s *Server) enterAll(c *call, place func(data object) (spot, error)) (object, error) {
	shows := trueIn(c.body, "includeValuesInResponse")
	e, err := enteringOf(c, func(name string) string { return textIn(c.body, name) }, shows)
	if err != nil {
		return nil, err
	}
	total := totals{}
	responses := []any{}
	for i, data := range objectsIn(c.body, "data") {
		p, err := place(data)
		if err == nil {
			var w written
			if w, err = s.enter(c.doc, p, data, e); err == nil {
				total.add(w)
				var response object
				response, err = s.updated(c.doc, w, data, e)
				responses = append(responses, response)
			}
		}
		if err != nil {
			return nil, inData(i, err)
		}
	}
	o := object{"spreadsheetId": c.doc.id, "responses": responses}
	total.set(o)
	return o, nil
}

// inData puts in front of an error which part of the body it is about.
func inData(i int, err error) error {
	f := *failed(err)
	if !f.bare {
		f.message = "Invalid data[" + strconv.Itoa(i) + "]: " + f.message
	}
	return &f
}

// totals are what a batch of values has written.
type totals struct {
	cells                 int
	rows, columns, sheets map[[2]int64]bool
}

func (t *totals) add(w written) {
	if t.rows == nil {
		t.rows, t.columns, t.sheets = map[[2]int64]bool{}, map[[2]int64]bool{}, map[[2]int64]bool{}
	}
	for _, at := range w.cells {
		t.rows[[2]int64{w.area.sheet, int64(at[0])}] = true
		t.columns[[2]int64{w.area.sheet, int64(at[1])}] = true
		t.sheets[[2]int64{w.area.sheet}] = true
	}
	t.cells += len(w.cells)
}

func (t *totals) set(o object) {
	setCount(o, "totalUpdatedRows", len(t.rows))
	setCount(o, "totalUpdatedColumns", len(t.columns))
	setCount(o, "totalUpdatedCells", t.cells)
	setCount(o, "totalUpdatedSheets", len(t.sheets))
}

// setCount sets a number, unless it is zero.
func setCount(o object, name string, n int) {
	if n > 0 {
		o[name] = float64(n)
	}
}

// updated returns an UpdateValuesResponse.
func (s *Server) updated(d *document, w written, body object, e entering) (object, error) {
	o := object{"spreadsheetId": d.id, "updatedRange": d.printA1(w.area)}
	setCount(o, "updatedRows", len(w.rows()))
	setCount(o, "updatedColumns", len(w.columns()))
	setCount(o, "updatedCells", len(w.cells))
	if !e.shows {
		return o, nil
	}
	how := e.how
	how.dimension = dimensionOf(textIn(body, "majorDimension"))
	values, err := s.view(d).valueRange(w.area, how)
	o["updatedData"] = values
	return o, err
}

// enter writes the values of a ValueRange from the first cell of a place on.
// A range of several cells holds them all.
func (s *Server) enter(d *document, p spot, body object, e entering) (written, error) {
	on := d.sheet(p.sheet)
	values, err := gridOf(body)
	if err != nil {
		return written{}, err
	}
	w := written{area: area{
		sheet: p.sheet, row: p.row, rowEnd: p.row + max(1, values.rows), column: p.column, columnEnd: p.column + max(1, values.columns),
	}}
	if !p.single {
		if err := d.fits(p.area, values); err != nil {
			return w, err
		}
	}
	if w.area.rowEnd > len(on.rows) || w.area.columnEnd > len(on.columns) {
		return w, beyondGrid(on, d.printA1(w.area))
	}
	if d.protects(e.account, w.area) {
		return w, protectedCell()
	}
	for _, v := range values.cells {
		row, column := p.row+v.row, p.column+v.column
		if err := s.enterCell(d, on, [2]int{row, column}, v.value, e.option); err != nil {
			return w, err
		}
		w.cells = append(w.cells, [2]int{row, column})
	}
	return w, nil
}

// fits refuses values of which one comes beyond the range that was named.
func (d *document) fits(a area, values valueGrid) error {
	for _, v := range values.cells {
		row, column := a.row+v.row, a.column+v.column
		switch {
		case row >= a.rowEnd:
			return refuse("Requested writing within range [%s], but tried writing to row [%d]", d.printA1(a), row+1)
		case column >= a.columnEnd:
			return refuse("Requested writing within range [%s], but tried writing to column [%s]", d.printA1(a), workbook.ColumnName(column))
		}
	}
	return nil
}

func protectedCell() error {
	return refuse("You are trying to edit a protected cell or object. " +
		"Please contact the spreadsheet owner to remove protection if you need to edit.")
}

// valueGrid are the values of a ValueRange.
type valueGrid struct {
	// rows and columns are the size of it all.
	rows, columns int
	// cells are those that are not null.
	cells []placedValue
}

type placedValue struct {
	row, column int
	value       any
}

// gridOf reads the values of a ValueRange, which may be neither objects nor
// lists.
func gridOf(body object) (valueGrid, error) {
	turned := textIn(body, "majorDimension") == "COLUMNS"
	g := valueGrid{}
	lines, _ := body["values"].([]any)
	for i, line := range lines {
		cells, _ := line.([]any)
		for j, value := range cells {
			switch value.(type) {
			case object:
				return g, refuse("Invalid values[%d][%d]: struct_value", i, j)
			case []any:
				return g, refuse("Invalid values[%d][%d]: list_value", i, j)
			}
			row, column := i, j
			if turned {
				row, column = j, i
			}
			g.rows, g.columns = max(g.rows, row+1), max(g.columns, column+1)
			if value != nil {
				g.cells = append(g.cells, placedValue{row, column, value})
			}
		}
	}
	return g, nil
}

// enterCell enters one value in a cell.
func (s *Server) enterCell(d *document, on *sheet, at [2]int, value any, option string) error {
	entered := coerced{value: constant(value)}
	if text, ok := value.(string); ok && option == "USER_ENTERED" {
		var err error
		if entered, err = s.coerce(d, text); err != nil {
			return err
		}
	}
	if err := checkContent(entered.value); err != nil {
		return err
	}
	old := on.fieldsAt(at[0], at[1])
	fields := without(old, "userEnteredValue", "computed", "textFormatRuns", "chipRuns")
	if entered.value != nil {
		fields["userEnteredValue"] = entered.value
	}
	if entered.format != nil && objectIn(objectIn(old, "userEnteredFormat"), "numberFormat") == nil {
		fields["userEnteredFormat"] = with(objectIn(old, "userEnteredFormat"), "numberFormat", entered.format)
	}
	on.set(at[0], at[1], fields)
	return nil
}

// constant returns a value as a cell holds it; nil for the empty text, which
// empties it.
func constant(value any) object {
	switch x := value.(type) {
	case string:
		if x == "" {
			return nil
		}
		return object{"stringValue": x}
	case float64:
		return object{"numberValue": x}
	case bool:
		return object{"boolValue": x}
	}
	return nil
}
