package sheetstest

import (
	"math"
	"strconv"
	"strings"

	"steerco/sync/gsheets/sheetstest/discovery"
	"steerco/sync/gsheets/sheetstest/formula"
	"steerco/sync/workbook"
)

// cellData returns the CellData of a cell with the fields that a mask names, as
// a whole; nil where there is nothing.
func (v *view) cellData(s *sheet, row, column int, mask discovery.Mask) (object, error) {
	c := s.cell(row, column)
	if c == nil || len(c.fields) == 0 {
		return nil, nil
	}
	o := object{}
	for name, field := range c.fields {
		if name != "computed" && mask.Has(name) {
			o[name] = field
		}
	}
	names := []string{"effectiveValue", "formattedValue", "effectiveFormat", "hyperlink"}
	for i, name := range names {
		if mask.Has(name) {
			break
		}
		if i == len(names)-1 {
			return o, nil
		}
	}
	x, err := v.value(s, row, column)
	if err != nil {
		return nil, err
	}
	if err := v.showValue(o, c, x, mask); err != nil {
		return nil, err
	}
	if below := mask.At("effectiveFormat"); !below.Empty() {
		format, err := v.effectiveFormat(s, [2]int{row, column}, x, below)
		if err != nil {
			return nil, err
		}
		o["effectiveFormat"] = format
	}
	return o, nil
}

// showValue sets what a cell shows and where it leads.
func (v *view) showValue(o object, c *cell, x formula.Value, mask discovery.Mask) error {
	if x.Kind == formula.Empty {
		return nil
	}
	if mask.Has("effectiveValue") {
		o["effectiveValue"] = extendedValue(x)
	}
	if mask.Has("formattedValue") {
		text, err := v.formatted(c, x)
		if err != nil {
			return err
		}
		o["formattedValue"] = text
	}
	if link := linkOf(c, x); link != "" && mask.Has("hyperlink") {
		o["hyperlink"] = link
	}
	return nil
}

// linkOf returns where a cell leads: by its formula, or by its format.
func linkOf(c *cell, x formula.Value) string {
	if x.Link != "" {
		return x.Link
	}
	return textIn(objectIn(objectIn(objectIn(c.fields, "userEnteredFormat"), "textFormat"), "link"), "uri")
}

// numberFormat returns the format by which a cell shows its number: its own, or
// the one that its formula gives.
func numberFormat(c *cell, x formula.Value) formula.Format {
	own := objectIn(objectIn(c.fields, "userEnteredFormat"), "numberFormat")
	if own != nil && textIn(own, "type") != "NUMBER_FORMAT_TYPE_UNSPECIFIED" {
		return formula.Format{Type: textIn(own, "type"), Pattern: textIn(own, "pattern")}
	}
	return x.Format
}

// formatted returns the text that a cell shows.
func (v *view) formatted(c *cell, x formula.Value) (string, error) {
	f := numberFormat(c, x)
	switch x.Kind {
	case formula.Number:
		return v.locale.formatted(f, x.Number)
	case formula.Text:
		if f.Pattern == "" {
			return x.Text, nil
		}
		return shownBy(f.Pattern, workbook.Cell{Kind: workbook.Text, Text: x.Text}), nil
	case formula.Bool:
		return strings.ToUpper(strconv.FormatBool(x.Number != 0)), nil
	}
	return x.Text, nil
}

// shownBy renders a cell by a pattern. Patterns are written in Google's and in
// Excel's spreadsheets alike.
func shownBy(pattern string, c workbook.Cell) string {
	c.Format = 1
	book := workbook.Book{Formats: []workbook.Format{{}, {Code: pattern}}}
	return book.Shown(c)
}

// Bounds of the automatic format, and how many digits it shows.
const (
	automaticDigits = 10
	automaticBelow  = 1e15
	automaticFrom   = 1e-5
)

// automatic shows a number without a format: with ten digits, whole ones in
// full.
func automatic(x float64) string {
	size := math.Abs(x)
	switch {
	case x == 0:
		return "0"
	case x == math.Trunc(x) && size < automaticBelow:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case size < automaticFrom || size >= automaticBelow:
		return shownBy("", workbook.Cell{Kind: workbook.Number, Number: x})
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', automaticDigits-1, 64), 64)
	if err != nil {
		rounded = x
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
