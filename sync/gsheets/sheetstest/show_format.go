package sheetstest

import (
	"maps"
	"strings"

	"steerco/sync/gsheets/sheetstest/discovery"
	"steerco/sync/gsheets/sheetstest/formula"
)

// effectiveFormat returns the CellFormat that a cell shows: that of the
// spreadsheet, with its own over it, and over that what conditional formats
// make of it. They are asked only for what the mask names.
func (v *view) effectiveFormat(s *sheet, at [2]int, x formula.Value, mask discovery.Mask) (object, error) {
	c := s.cell(at[0], at[1])
	if names := mask.Names(); len(names) == 1 && names[0] == "numberFormat" {
		return effectiveNumberFormat(c, x), nil
	}
	format := v.merged(objectIn(c.fields, "userEnteredFormat"), alignment(x), linkOf(c, x) != "")
	format = over(format, effectiveNumberFormat(c, x))
	if !mask.Has("backgroundColor") && !mask.Has("backgroundColorStyle") && !mask.Has("textFormat") {
		return format, nil
	}
	if own := objectIn(objectIn(c.fields, "userEnteredFormat"), "backgroundColor"); own == nil {
		format = over(format, v.doc.banding(s, at[0], at[1]))
	}
	applied, err := v.applied(s, at[0], at[1])
	if err != nil {
		return nil, err
	}
	return over(format, applied), nil
}

// effectiveNumberFormat returns a CellFormat with the number format of a cell
// alone; nothing in it where the cell has none.
func effectiveNumberFormat(c *cell, x formula.Value) object {
	if own := objectIn(objectIn(c.fields, "userEnteredFormat"), "numberFormat"); own != nil {
		return object{"numberFormat": own}
	}
	if x.Format == (formula.Format{}) {
		return object{}
	}
	number := object{"type": x.Format.Type}
	if x.Format.Pattern != "" {
		number["pattern"] = x.Format.Pattern
	}
	return object{"numberFormat": number}
}

// alignment is how a value stands in its cell by itself; empty for none.
func alignment(x formula.Value) string {
	switch x.Kind {
	case formula.Text:
		return "LEFT"
	case formula.Number:
		return "RIGHT"
	case formula.Bool, formula.Error:
		return "CENTER"
	}
	return ""
}

// merged returns the format of the spreadsheet with that of a cell over it.
func (v *view) merged(own object, align string, linked bool) object {
	key := align
	if linked {
		key += " linked"
	}
	plain, ok := v.formats[key]
	if !ok {
		plain = v.plainFormat(align, linked)
		v.formats[key] = plain
	}
	if len(own) == 0 {
		return plain
	}
	return over(plain, own)
}

// plainFormat is the format of a cell that has none of its own.
func (v *view) plainFormat(align string, linked bool) object {
	format := maps.Clone(objectIn(v.doc.properties, "defaultFormat"))
	if format == nil {
		format = object{}
	}
	if family := textIn(objectIn(v.doc.properties, "spreadsheetTheme"), "primaryFontFamily"); family != "" {
		format["textFormat"] = with(objectIn(format, "textFormat"), "fontFamily", family)
	}
	if align != "" {
		format["horizontalAlignment"] = align
	}
	format["hyperlinkDisplayType"] = "PLAIN_TEXT"
	if linked {
		format["hyperlinkDisplayType"] = "LINKED"
	}
	return format
}

// over returns a format with another one over it: field by field, but colours
// and number formats as a whole.
func over(below, above object) object {
	if len(above) == 0 {
		return below
	}
	format := maps.Clone(below)
	if format == nil {
		format = object{}
	}
	for name, field := range above {
		inner, isObject := field.(object)
		lower, both := format[name].(object)
		if isObject && both && !isWhole(name) {
			field = over(lower, inner)
		}
		format[name] = field
	}
	return format
}

// isWhole reports whether a field of a format is taken over as a whole.
func isWhole(name string) bool {
	return strings.HasSuffix(name, "olor") || strings.HasSuffix(name, "olorStyle") || name == "numberFormat"
}

// banding returns the format that alternating colours give a cell.
func (d *document) banding(s *sheet, row, column int) object {
	for _, r := range s.banded {
		if len(r.areas) == 0 || !r.areas[0].covers(area{s.id, row, row + 1, column, column + 1}) {
			continue
		}
		a := r.areas[0].within(s)
		format := d.band(objectIn(r.fields, "rowProperties"), row-a.row, a.rowEnd-a.row)
		if format == nil {
			format = d.band(objectIn(r.fields, "columnProperties"), column-a.column, a.columnEnd-a.column)
		}
		return format
	}
	return nil
}

// band returns the format of the line at a place among so many.
func (d *document) band(properties object, at, size int) object {
	if properties == nil {
		return nil
	}
	name := ""
	switch {
	case at == 0 && hasBand(properties, "header"):
		name = "header"
	case at == size-1 && hasBand(properties, "footer"):
		name = "footer"
	default:
		if hasBand(properties, "header") {
			at--
		}
		name = [...]string{"firstBand", "secondBand"}[at%2]
	}
	format := object{}
	if color := objectIn(properties, name+"Color"); color != nil {
		format["backgroundColor"] = color
	}
	if style := objectIn(properties, name+"ColorStyle"); style != nil {
		format["backgroundColorStyle"] = style
	}
	return format
}

func hasBand(properties object, name string) bool {
	return properties[name+"Color"] != nil || properties[name+"ColorStyle"] != nil
}
