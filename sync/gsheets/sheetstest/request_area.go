package sheetstest

import "math"

// areaOf reads a GridRange.
func areaOf(o object) area {
	return area{
		sheet: int64(intOr(o, "sheetId", 0)),
		row:   intOr(o, "startRowIndex", open), rowEnd: intOr(o, "endRowIndex", open),
		column: intOr(o, "startColumnIndex", open), columnEnd: intOr(o, "endColumnIndex", open),
	}
}

// gridRange writes a GridRange.
func gridRange(a area) object {
	o := object{}
	if a.sheet != 0 {
		o["sheetId"] = float64(a.sheet)
	}
	for name, index := range map[string]int{
		"startRowIndex": a.row, "endRowIndex": a.rowEnd,
		"startColumnIndex": a.column, "endColumnIndex": a.columnEnd,
	} {
		if index != open {
			o[name] = float64(index)
		}
	}
	return o
}

// bounds returns the area with numbers for what is open: zero, and no end.
func (a area) bounds() area {
	a.row, a.column = max(a.row, 0), max(a.column, 0)
	if a.rowEnd == open {
		a.rowEnd = math.MaxInt
	}
	if a.columnEnd == open {
		a.columnEnd = math.MaxInt
	}
	return a
}

// within returns the area with the grid's bounds for what is open.
func (a area) within(s *sheet) area {
	a = a.bounds()
	a.rowEnd, a.columnEnd = min(a.rowEnd, len(s.rows)), min(a.columnEnd, len(s.columns))
	return a
}

// meets tells whether two areas have a cell in common.
func (a area) meets(other area) bool {
	a, other = a.bounds(), other.bounds()
	return a.sheet == other.sheet &&
		a.row < other.rowEnd && other.row < a.rowEnd &&
		a.column < other.columnEnd && other.column < a.columnEnd
}

// covers tells whether all of another area is in this one.
func (a area) covers(other area) bool {
	a, other = a.bounds(), other.bounds()
	return a.sheet == other.sheet && a.row <= other.row && other.rowEnd <= a.rowEnd &&
		a.column <= other.column && other.columnEnd <= a.columnEnd
}

// empty tells whether nothing is in the area.
func (a area) empty() bool {
	a = a.bounds()
	return a.row >= a.rowEnd || a.column >= a.columnEnd
}

// grid returns the sheet with an id.
func (b *batch) grid(id int) (*sheet, error) {
	if s := b.doc.sheet(int64(id)); s != nil {
		return s, nil
	}
	return nil, refuse("No grid with id: %d", id)
}

// place is an area of a sheet within its grid.
type place struct {
	area
	on *sheet
}

// place reads a GridRange of a request. The area has the grid's bounds for what
// is open, and lies within the grid.
func (b *batch) place(o object) (place, error) {
	s, err := b.grid(intOr(o, "sheetId", 0))
	if err != nil {
		return place{}, err
	}
	a := areaOf(o).bounds()
	p := place{area: a.within(s), on: s}
	switch {
	case a.row >= len(s.rows):
		return p, refuse("range.startRowIndex is larger than current grid size (%d)", len(s.rows))
	case a.column >= len(s.columns):
		return p, refuse("range.startColumnIndex is larger than current grid size (%d)", len(s.columns))
	case a.rowEnd != math.MaxInt && a.rowEnd > len(s.rows):
		return p, unknown("a range that ends at row %d, beyond the grid of %d rows", a.rowEnd, len(s.rows))
	case a.columnEnd != math.MaxInt && a.columnEnd > len(s.columns):
		return p, unknown("a range that ends at column %d, beyond the grid of %d columns", a.columnEnd, len(s.columns))
	case p.empty():
		return p, refuse("The range cannot be empty")
	}
	return p, nil
}

// editable is as place, for a range that a request writes to.
func (b *batch) editable(o object) (place, error) {
	p, err := b.place(o)
	if err != nil {
		return p, err
	}
	return p, b.guard(p.area)
}

// each calls do for each cell of a place, by rows.
func (p place) each(do func(row, column int)) {
	for row := p.row; row < p.rowEnd; row++ {
		for column := p.column; column < p.columnEnd; column++ {
			do(row, column)
		}
	}
}

// spot reads a GridCoordinate of a request.
func (b *batch) spot(o object) (place, error) {
	s, err := b.grid(intOr(o, "sheetId", 0))
	if err != nil {
		return place{}, err
	}
	row, column := intOr(o, "rowIndex", 0), intOr(o, "columnIndex", 0)
	switch {
	case row >= len(s.rows):
		return place{}, refuse("GridCoordinate.rowIndex[%d] is after last row in grid[%d]", row, len(s.rows)-1)
	case column >= len(s.columns):
		return place{}, refuse("GridCoordinate.columnIndex[%d] is after last column in grid[%d]", column, len(s.columns)-1)
	}
	return place{area: area{sheet: s.id, row: row, rowEnd: row + 1, column: column, columnEnd: column + 1}, on: s}, nil
}

// span is rows or columns of a sheet that follow each other.
type span struct {
	on   *sheet
	rows bool
	// from is the first one, to the one after the last.
	from, to int
}

// span reads a DimensionRange of a request. What is open is the grid's.
func (b *batch) span(o object) (span, error) {
	s, err := b.grid(intOr(o, "sheetId", 0))
	if err != nil {
		return span{}, err
	}
	rows, err := isRows(o)
	if err != nil {
		return span{}, err
	}
	p := span{on: s, rows: rows}
	p.from, p.to = intOr(o, "startIndex", 0), intOr(o, "endIndex", len(*p.lines()))
	if p.from >= p.to {
		return p, refuse("startIndex[%d] must be less than endIndex[%d]", p.from, p.to)
	}
	return p, nil
}

// isRows tells whether an object is about rows, or about columns.
func isRows(o object) (bool, error) {
	dimension := textIn(o, "dimension")
	if dimension != "ROWS" && dimension != "COLUMNS" {
		return false, unknown("a range of neither rows nor columns")
	}
	return dimension == "ROWS", nil
}

// inside is as span, for one that may not reach beyond the grid.
func (b *batch) inside(o object) (span, error) {
	p, err := b.span(o)
	if err != nil {
		return p, err
	}
	if size := len(*p.lines()); p.to > size {
		return p, unknown("%s up to %d, beyond the grid of %d", p.dimension(), p.to, size)
	}
	return p, nil
}

// lines returns the rows or columns of the sheet.
func (p span) lines() *[]*line {
	if p.rows {
		return &p.on.rows
	}
	return &p.on.columns
}

// area returns the span as an area that is open the other way.
func (p span) area() area {
	a := area{sheet: p.on.id, row: open, rowEnd: open, column: open, columnEnd: open}
	if p.rows {
		a.row, a.rowEnd = p.from, p.to
	} else {
		a.column, a.columnEnd = p.from, p.to
	}
	return a
}

func (p span) dimension() string {
	if p.rows {
		return "ROWS"
	}
	return "COLUMNS"
}
