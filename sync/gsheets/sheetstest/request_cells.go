package sheetstest

import (
	"strings"
	"unicode/utf16"

	"steerco/sync/gsheets/sheetstest/discovery"
)

// maxCharacters is how long the content of a cell may be.
const maxCharacters = 50_000

func cellKinds() map[string]kind {
	fixed := []string{
		"effectiveValue", "formattedValue", "effectiveFormat", "hyperlink", "dataSourceTable", "dataSourceFormula",
	}
	return map[string]kind{
		"updateCells":       {do: updateCells, masked: true, fixed: fixed},
		"repeatCell":        {do: repeatCell, masked: true, fixed: fixed},
		"appendCells":       {do: appendCells, masked: true, fixed: fixed},
		"setDataValidation": {do: setDataValidation},
	}
}

// write sets the fields of a mask in a cell of the grid. A new content takes
// away what belonged to the old one.
func (b *batch) write(s *sheet, at [2]int, data object, mask discovery.Mask) error {
	row, column := at[0], at[1]
	old := object{}
	if c := s.cell(row, column); c != nil {
		old = c.fields
	}
	now := without(b.updated(old, data, mask), "effectiveValue", "formattedValue", "effectiveFormat", "hyperlink")
	if now["pivotTable"] != nil {
		return unknown("a pivot table")
	}
	if mask.Has("userEnteredValue") {
		if err := checkContent(objectIn(now, "userEnteredValue")); err != nil {
			return err
		}
		for _, name := range []string{"textFormatRuns", "chipRuns"} {
			if !mask.Has(name) {
				delete(now, name)
			}
		}
		delete(now, "computed")
	}
	s.set(row, column, now)
	return nil
}

// set stores the fields of a cell; none empty it.
func (s *sheet) set(row, column int, fields object) {
	if len(fields) > 0 {
		s.put(row, column, &cell{fields: fields})
	} else if s.cell(row, column) != nil {
		s.put(row, column, nil)
	}
}

// fieldsAt returns what is set in a cell; nil for an empty one.
func (s *sheet) fieldsAt(row, column int) object {
	if c := s.cell(row, column); c != nil {
		return c.fields
	}
	return nil
}

func checkContent(value object) error {
	for _, name := range []string{"stringValue", "formulaValue"} {
		content := textIn(value, name)
		if len(content) > maxCharacters && len(utf16.Encode([]rune(content))) > maxCharacters {
			return refuse("Your input contains more than the maximum of %d characters in a single cell", maxCharacters)
		}
	}
	if formula, ok := value["formulaValue"].(string); ok && !strings.HasPrefix(formula, "=") {
		return unknown("a formula that doesn't begin with \"=\": %.50q", formula)
	}
	if value["errorValue"] != nil {
		return refuse("userEnteredValue.errorValue cannot be set")
	}
	return nil
}

// repeatCell takes a range in which nothing is, as the API does.
func repeatCell(b *batch, body object) (object, error) {
	a := areaOf(objectIn(body, "range")).bounds()
	if a.row == a.rowEnd || a.column == a.columnEnd {
		return nil, nil
	}
	p, err := b.editable(objectIn(body, "range"))
	if err != nil {
		return nil, err
	}
	data, mask := objectIn(body, "cell"), maskOf(body)
	p.each(func(row, column int) {
		if err == nil {
			err = b.write(p.on, [2]int{row, column}, data, mask)
		}
	})
	return nil, err
}

func updateCells(b *batch, body object) (object, error) {
	p, whole, err := b.target(body)
	if err != nil {
		return nil, err
	}
	rows := objectsIn(body, "rows")
	if err := b.writeRows(p, rows, maskOf(body)); err != nil {
		return nil, err
	}
	if whole {
		err = b.clearRest(p, rows, maskOf(body))
	}
	return nil, err
}

// target returns where updateCells writes, and whether all of that is written,
// also where there is no data for it.
func (b *batch) target(body object) (place, bool, error) {
	start := objectIn(body, "start")
	if start == nil {
		p, err := b.editable(objectIn(body, "range"))
		return p, true, err
	}
	p, err := b.spot(start)
	if err != nil {
		return p, false, err
	}
	p.rowEnd, p.columnEnd = len(p.on.rows), len(p.on.columns)
	written := p.area
	written.rowEnd, written.columnEnd = p.row+len(objectsIn(body, "rows")), p.column
	for _, r := range objectsIn(body, "rows") {
		written.columnEnd = max(written.columnEnd, p.column+len(objectsIn(r, "values")))
	}
	return p, false, b.guard(written)
}

func (b *batch) writeRows(p place, rows []object, mask discovery.Mask) error {
	for i, r := range rows {
		if p.row+i >= p.rowEnd {
			return refuse("Attempting to write row: %d, beyond the last requested row of: %d", p.row+i, p.rowEnd-1)
		}
		for j, data := range objectsIn(r, "values") {
			if p.column+j >= p.columnEnd {
				return refuse("Attempting to write column: %d, beyond the last requested column of: %d", p.column+j, p.columnEnd-1)
			}
			if err := b.write(p.on, [2]int{p.row + i, p.column + j}, data, mask); err != nil {
				return err
			}
		}
	}
	return nil
}

// clearRest clears the fields of the mask where rows don't reach.
func (b *batch) clearRest(p place, rows []object, mask discovery.Mask) error {
	var err error
	p.each(func(row, column int) {
		given := row-p.row < len(rows) && column-p.column < len(objectsIn(rows[row-p.row], "values"))
		if !given && err == nil && p.on.cell(row, column) != nil {
			err = b.write(p.on, [2]int{row, column}, nil, mask)
		}
	})
	return err
}

func appendCells(b *batch, body object) (object, error) {
	if textIn(body, "tableId") != "" {
		return nil, unknown("appendCells to a table")
	}
	s, err := b.grid(intOr(body, "sheetId", 0))
	if err != nil {
		return nil, err
	}
	rows := objectsIn(body, "rows")
	p := place{on: s, area: area{sheet: s.id, row: s.lastRow() + 1, columnEnd: len(s.columns)}}
	p.rowEnd = p.row + len(rows)
	for _, r := range rows {
		p.columnEnd = max(p.columnEnd, len(objectsIn(r, "values")))
	}
	if err := b.guard(p.area); err != nil {
		return nil, err
	}
	size := object{"rowCount": float64(max(p.rowEnd, len(s.rows))), "columnCount": float64(p.columnEnd)}
	if err := b.resize(s, size); err != nil {
		return nil, err
	}
	return nil, b.writeRows(p, rows, maskOf(body))
}

// lastRow returns the last row that has content, or -1.
func (s *sheet) lastRow() int {
	for row := len(s.rows) - 1; row >= 0; row-- {
		for column := range s.rows[row].cells {
			if s.fieldsAt(row, column)["userEnteredValue"] != nil {
				return row
			}
		}
	}
	return -1
}

func setDataValidation(b *batch, body object) (object, error) {
	p, err := b.editable(objectIn(body, "range"))
	if err != nil {
		return nil, err
	}
	if trueIn(body, "filteredRowsIncluded") {
		return nil, unknown("filteredRowsIncluded")
	}
	rule := objectIn(body, "rule")
	if rule != nil {
		if err := checkBoolean(objectIn(rule, "condition")); err != nil {
			return nil, err
		}
		rule = b.doc.stored(rule)
	}
	p.each(func(row, column int) {
		old := p.on.fieldsAt(row, column)
		if rule == nil {
			p.on.set(row, column, without(old, "dataValidation"))
			return
		}
		p.on.set(row, column, with(old, "dataValidation", rule))
	})
	return nil, nil
}

// checkBoolean tells whether a BooleanCondition has a type and as many values
// as that needs.
func checkBoolean(condition object) error {
	kind := textIn(condition, "type")
	given := len(objectsIn(condition, "values"))
	switch {
	case kind == "" || kind == "CONDITION_TYPE_UNSPECIFIED":
		return refuse("condition.type must be set")
	case kind == "CUSTOM_FORMULA" && given != 1, strings.HasSuffix(kind, "BETWEEN") && given != 2,
		kind == "ONE_OF_LIST" && given == 0:
		return refuse("ConditionType '%s' has the wrong number of values: %d", kind, given)
	}
	if kind == "CUSTOM_FORMULA" && !strings.HasPrefix(textIn(objectsIn(condition, "values")[0], "userEnteredValue"), "=") {
		return refuse("Invalid ConditionValue.userEnteredValue: a formula must begin with '='")
	}
	return nil
}
