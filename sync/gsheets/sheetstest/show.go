package sheetstest

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"steerco/sync/gsheets/sheetstest/discovery"
	"steerco/sync/gsheets/sheetstest/formula"
	"steerco/sync/workbook"
)

// shower shows cells, as far as a mask names what they have.
type shower struct {
	*view
	// stored are the names of the fields that are shown as they were set, all
	// means that all of them are.
	stored []string
	all    bool
	// effective, text, link and format mean that the mask names what is computed.
	effective, text, link bool
	format                discovery.Mask
}

// shower returns what shows the fields of CellData that a mask names.
func (v *view) shower(mask discovery.Mask) *shower {
	names := mask.Names()
	return &shower{
		view: v, all: mask.Whole() || slices.Contains(names, "*"),
		stored:    slices.DeleteFunc(names, isComputed),
		effective: mask.Has("effectiveValue"), text: mask.Has("formattedValue"), link: mask.Has("hyperlink"),
		format: mask.At("effectiveFormat"),
	}
}

// isComputed reports whether a field of a cell is never as somebody has set it.
func isComputed(name string) bool {
	switch name {
	case "effectiveValue", "formattedValue", "effectiveFormat", "hyperlink", "computed":
		return true
	}
	return false
}

// cell returns the CellData of a cell, with more of a field perhaps than the
// mask names; nil where there is nothing.
func (v *shower) cell(s *sheet, row, column int) (object, error) {
	c := s.cell(row, column)
	if c == nil || len(c.fields) == 0 {
		return nil, nil
	}
	o := v.storedFields(c)
	if !v.effective && !v.text && !v.link && v.format.Empty() {
		return o, nil
	}
	x, err := v.value(s, row, column)
	if err != nil {
		return nil, err
	}
	if err := v.showValue(o, c, x); err != nil {
		return nil, err
	}
	if v.format.Empty() {
		return o, nil
	}
	o["effectiveFormat"], err = v.effectiveFormat(s, [2]int{row, column}, x, v.format)
	return o, err
}

// storedFields returns what somebody has set in a cell.
func (v *shower) storedFields(c *cell) object {
	if v.all {
		return without(c.fields, "computed")
	}
	o := make(object, len(v.stored))
	for _, name := range v.stored {
		if field, ok := c.fields[name]; ok {
			o[name] = field
		}
	}
	return o
}

// showValue sets what a cell shows and where it leads.
func (v *shower) showValue(o object, c *cell, x formula.Value) error {
	if x.Kind == formula.Empty {
		return nil
	}
	if v.effective {
		o["effectiveValue"] = c.effectiveValue(x)
	}
	if v.text {
		text, err := v.formatted(c, x)
		if err != nil {
			return err
		}
		o["formattedValue"] = text
	}
	if link := linkOf(c, x); link != "" && v.link {
		o["hyperlink"] = link
	}
	return nil
}

// effectiveValue returns the value of a cell as the API shows it.
func (c *cell) effectiveValue(x formula.Value) object {
	entered := objectIn(c.fields, "userEnteredValue")
	if entered["formulaValue"] == nil {
		return entered
	}
	return extendedValue(x)
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
		return v.formattedNumber(f, x.Number)
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

// shownNumber is a number and how it is shown.
type shownNumber struct {
	format formula.Format
	number float64
}

func (v *view) formattedNumber(f formula.Format, x float64) (string, error) {
	key := shownNumber{f, x}
	if text, ok := v.texts[key]; ok {
		return text, nil
	}
	text, err := v.locale.formatted(f, x)
	if err == nil {
		v.texts[key] = text
	}
	return text, err
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
