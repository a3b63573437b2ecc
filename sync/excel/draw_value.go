package excel

import (
	"math"
	"strconv"

	"steerco/rules/calendar"
	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// cellValues returns what the cells of a drawing say, by cell name, as
// attribute and content of the c element.
func cellValues(d workbook.Drawing, date1904 bool) map[string]cellValue {
	values := map[string]cellValue{}
	for row, r := range d.Tab.Rows {
		for _, c := range r.Cells {
			v := newCellValue(c, date1904)
			if link, ok := d.Links[tab.Position{Row: row, Column: c.Column}]; ok {
				if formula := linkFormula(row, r, c, link); formula != "" {
					v = v.computed(formula)
				}
			}
			if v.content != nil {
				values[workbook.CellName(row, c.Column)] = v
			}
		}
	}
	return values
}

// cellValue is what a cell says, in XML.
type cellValue struct {
	// kind is the attribute t; empty for a number.
	kind string
	// content stands within the element; nil for a blank cell.
	content []byte
	// cached is the value as the cache of a formula.
	cached []byte
}

func newCellValue(c tab.Cell, date1904 bool) cellValue {
	switch {
	case c.Number != nil && !math.IsNaN(*c.Number) && !math.IsInf(*c.Number, 0):
		return numberValue(*c.Number)
	case !c.Date.IsZero():
		return numberValue(serial(c.Date, date1904))
	case c.Text != "":
		text := cellText(c.Text)
		return cellValue{
			kind: "inlineStr", content: appendInline(nil, text), cached: appendText(nil, "v", text),
		}
	}
	return cellValue{}
}

func numberValue(v float64) cellValue {
	b := []byte("<v>" + strconv.FormatFloat(v, 'g', -1, 64) + "</v>")
	return cellValue{content: b, cached: b}
}

// computed returns the cell with a formula, and its value as the cache.
func (v cellValue) computed(formula string) cellValue {
	b := append([]byte("<f>"), ooxml.EscapeText(nil, formula)...)
	v.content = append(append(b, "</f>"...), v.cached...)
	if v.kind != "" {
		v.kind = "str"
	}
	return v
}

// mostText is how many characters a cell holds.
const mostText = 32_767

// cellText returns text as a cell can hold it.
func cellText(s string) string { return workbook.CellText(s, mostText) }

// serial returns the number by which a spreadsheet knows a date.
func serial(d calendar.Date, date1904 bool) float64 {
	if date1904 {
		return float64(d - calendar.New(1904, 1, 1))
	}
	return workbook.Serial(d)
}
