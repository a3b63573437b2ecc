package sheetstest

import (
	"cmp"

	"steerco/sync/gsheets/sheetstest/formula"
	"steerco/sync/workbook"
)

// rendering tells how values are shown.
type rendering struct {
	// dimension is "ROWS" or "COLUMNS".
	dimension string
	// value and dateTime are options of the API; empty: as the API has it.
	value, dateTime string
}

// renderingOf reads a rendering from the parameters of a query or the fields of
// a body.
func renderingOf(parameter func(name string) string) rendering {
	return rendering{
		dimension: dimensionOf(parameter("majorDimension")),
		value:     parameter("valueRenderOption"),
		dateTime:  parameter("dateTimeRenderOption"),
	}
}

// dimensionOf returns a dimension, ROWS where none is given.
func dimensionOf(text string) string {
	if text == "" || text == "DIMENSION_UNSPECIFIED" {
		return "ROWS"
	}
	return text
}

func (s *Server) getValues(c *call) (object, error) {
	a, err := c.doc.parseA1(c.path["range"])
	if err != nil {
		return nil, err
	}
	return s.view(c.doc).valueRange(a, renderingOf(c.query.Get))
}

func (s *Server) batchGetValues(c *call) (object, error) {
	v, how := s.view(c.doc), renderingOf(c.query.Get)
	ranges := []any{}
	for _, text := range c.query["ranges"] {
		a, err := c.doc.parseA1(text)
		if err != nil {
			return nil, err
		}
		values, err := v.valueRange(a, how)
		if err != nil {
			return nil, err
		}
		ranges = append(ranges, values)
	}
	return object{"spreadsheetId": c.doc.id, "valueRanges": ranges}, nil
}

func (s *Server) batchGetValuesByFilter(c *call) (object, error) {
	v := s.view(c.doc)
	how := renderingOf(func(name string) string { return textIn(c.body, name) })
	ranges := []any{}
	for _, filter := range objectsIn(c.body, "dataFilters") {
		a, err := c.doc.filteredOne(filter)
		if err != nil {
			return nil, err
		}
		values, err := v.valueRange(a, how)
		if err != nil {
			return nil, err
		}
		ranges = append(ranges, object{"valueRange": values, "dataFilters": []any{filter}})
	}
	return object{"spreadsheetId": c.doc.id, "valueRanges": ranges}, nil
}

// filteredOne returns the only area that a DataFilter names.
func (d *document) filteredOne(filter object) (area, error) {
	areas, err := d.filteredAreas(filter)
	if err != nil {
		return area{}, err
	}
	if len(areas) != 1 || areas[0].empty() {
		return area{}, unknown("values of a filter that names %d areas of cells", len(areas))
	}
	return areas[0], nil
}

// valueRange returns the values of an area as a ValueRange: without empty cells
// at the ends.
func (v *view) valueRange(a area, how rendering) (object, error) {
	o := object{"range": v.doc.printA1(a), "majorDimension": how.dimension}
	values, err := v.values(a, how)
	if err == nil && len(values) > 0 {
		o["values"] = values
	}
	return o, err
}

// values returns the values of an area, by rows or columns.
func (v *view) values(a area, how rendering) ([]any, error) {
	s := v.doc.sheet(a.sheet)
	lines, cells := a.rowEnd-a.row, a.columnEnd-a.column
	at := func(line, cell int) (row, column int) { return a.row + line, a.column + cell }
	if how.dimension == "COLUMNS" {
		lines, cells = cells, lines
		at = func(line, cell int) (row, column int) { return a.row + cell, a.column + line }
	}
	all := []any{}
	filled := 0
	for i := range lines {
		line, err := v.lineValues(s, cells, how, func(cell int) (row, column int) { return at(i, cell) })
		if err != nil {
			return nil, err
		}
		all = append(all, line)
		if len(line) > 0 {
			filled = i + 1
		}
	}
	return all[:filled], nil
}

// lineValues returns the values of a row or column up to the last one.
func (v *view) lineValues(s *sheet, cells int, how rendering, at func(cell int) (row, column int)) ([]any, error) {
	line := []any{}
	filled := 0
	for i := range cells {
		row, column := at(i)
		c := s.cell(row, column)
		if c == nil || c.fields["userEnteredValue"] == nil {
			line = append(line, "")
			continue
		}
		value, err := v.rendered(s, row, column, how)
		if err != nil {
			return nil, err
		}
		line = append(line, value)
		filled = i + 1
	}
	return line[:filled], nil
}

// rendered returns what a cell with a content shows.
func (v *view) rendered(s *sheet, row, column int, how rendering) (any, error) {
	c := s.cell(row, column)
	if text := textIn(objectIn(c.fields, "userEnteredValue"), "formulaValue"); text != "" && how.value == "FORMULA" {
		return text, nil
	}
	x, err := v.value(s, row, column)
	if err != nil {
		return nil, err
	}
	plain := cmp.Or(how.value, "FORMATTED_VALUE") != "FORMATTED_VALUE"
	if plain && x.Kind == formula.Number && how.value == "UNFORMATTED_VALUE" && how.dateTime == "FORMATTED_STRING" {
		plain = !v.showsDate(c, x)
	}
	switch {
	case !plain:
		return v.formatted(c, x)
	case x.Kind == formula.Number:
		return x.Number, nil
	case x.Kind == formula.Bool:
		return x.Number != 0, nil
	}
	return x.Text, nil
}

// showsDate reports whether a cell shows its number as a date, a time or a span
// of time.
func (v *view) showsDate(c *cell, x formula.Value) bool {
	f := numberFormat(c, x)
	if f.Pattern == "" {
		return f.Type == "DATE" || f.Type == "TIME" || f.Type == "DATE_TIME"
	}
	date, elapsed := workbook.CodeKind(f.Pattern)
	return date || elapsed
}
