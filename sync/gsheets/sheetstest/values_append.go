package sheetstest

// appendValues adds values below the last table in a range.
func (s *Server) appendValues(c *call) (object, error) {
	e, err := enteringOf(c, c.query.Get, c.flag("includeValuesInResponse"))
	if err != nil {
		return nil, err
	}
	if c.query.Get("insertDataOption") == "INSERT_ROWS" {
		return nil, unknown("insertDataOption INSERT_ROWS")
	}
	a, err := c.doc.parseA1(c.path["range"])
	if err != nil {
		return nil, err
	}
	o := object{"spreadsheetId": c.doc.id}
	on := c.doc.sheet(a.sheet)
	at := area{sheet: a.sheet, row: a.row, column: a.column}
	if table, found := on.lastTable(a); found {
		o["tableRange"] = c.doc.printA1(table)
		at.row, at.column = table.rowEnd, table.column
	}
	values, err := gridOf(c.body)
	if err != nil {
		return nil, err
	}
	b := &batch{doc: c.doc, server: s, account: c.Account}
	if err := b.roomFor(on, max(at.row+values.rows, len(on.rows)), max(at.column+values.columns, len(on.columns))); err != nil {
		return nil, err
	}
	on.grow(at.row+values.rows, at.column+values.columns)
	w, err := s.enter(c.doc, spot{area: at, single: true}, c.body, e)
	if err != nil {
		return nil, err
	}
	o["updates"], err = s.updated(c.doc, w, c.body, e)
	return o, err
}

// grow makes the grid at least so large.
func (s *sheet) grow(rows, columns int) {
	s.rows = append(s.rows, blank(max(0, rows-len(s.rows)))...)
	s.columns = append(s.columns, blank(max(0, columns-len(s.columns)))...)
}

// isFilled reports whether a cell has a content.
func (s *sheet) isFilled(row, column int) bool {
	return s.fieldsAt(row, column)["userEnteredValue"] != nil
}

// lastTable returns the table to which the last filled cell of an area belongs:
// the rectangle around it that is surrounded by empty cells.
func (s *sheet) lastTable(a area) (area, bool) {
	for row := a.rowEnd - 1; row >= a.row; row-- {
		for column := min(a.columnEnd, len(s.rows[row].cells)) - 1; column >= a.column; column-- {
			if s.isFilled(row, column) {
				return s.table(area{s.id, row, row + 1, column, column + 1}), true
			}
		}
	}
	return area{}, false
}

// table widens an area until it is surrounded by empty cells.
func (s *sheet) table(a area) area {
	for {
		wider := a
		if s.anyFilled(area{a.sheet, a.row - 1, a.row, a.column - 1, a.columnEnd + 1}) {
			wider.row--
		}
		if s.anyFilled(area{a.sheet, a.rowEnd, a.rowEnd + 1, a.column - 1, a.columnEnd + 1}) {
			wider.rowEnd++
		}
		if s.anyFilled(area{a.sheet, a.row - 1, a.rowEnd + 1, a.column - 1, a.column}) {
			wider.column--
		}
		if s.anyFilled(area{a.sheet, a.row - 1, a.rowEnd + 1, a.columnEnd, a.columnEnd + 1}) {
			wider.columnEnd++
		}
		if wider == a {
			return a
		}
		a = wider
	}
}

// anyFilled reports whether a cell of an area has a content. What of it lies
// outside of the grid has none.
func (s *sheet) anyFilled(a area) bool {
	for row := max(0, a.row); row < min(a.rowEnd, len(s.rows)); row++ {
		for column := max(0, a.column); column < min(a.columnEnd, len(s.rows[row].cells)); column++ {
			if s.isFilled(row, column) {
				return true
			}
		}
	}
	return false
}
