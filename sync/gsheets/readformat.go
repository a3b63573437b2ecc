package gsheets

import (
	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// formatReader collects the formats of cells.
type formatReader struct {
	formats []workbook.Format
	indexes map[formatKey]uint32
}

// formatKey is what makes a format.
type formatKey struct {
	kind, pattern string
	bold          bool
}

func newFormatReader() formatReader {
	return formatReader{formats: []workbook.Format{{}}, indexes: map[formatKey]uint32{{}: 0}}
}

// format returns the index of a cell's format.
func (r *formatReader) format(c *sheets.CellData) uint32 {
	var key formatKey
	if f := c.EffectiveFormat; f != nil && f.NumberFormat != nil {
		key.kind, key.pattern = f.NumberFormat.Type, f.NumberFormat.Pattern
	}
	if f := c.UserEnteredFormat; f != nil && f.TextFormat != nil {
		key.bold = f.TextFormat.Bold
	}
	i, known := r.indexes[key]
	if !known {
		i = uint32(len(r.formats))
		r.formats = append(r.formats, key.format())
		r.indexes[key] = i
	}
	return i
}

// format returns the format of a key. The program tells by the type whether a
// number is shown as a date; only of a span of time it doesn't.
func (k formatKey) format() workbook.Format {
	f := workbook.Format{Code: k.pattern, Bold: k.bold}
	if f.Code == "" {
		f.Code = defaultPattern(k.kind)
	}
	date, elapsed := workbook.CodeKind(f.Code)
	switch k.kind {
	case "DATE", "TIME", "DATE_TIME":
		f.Date, f.Elapsed = !elapsed, elapsed
	case "", "NUMBER", "NUMBER_FORMAT_TYPE_UNSPECIFIED":
		f.Date, f.Elapsed = date, elapsed
	}
	return f
}

// defaultPattern returns a pattern for a type that has none. What is shown
// depends on the locale, and stands in the cell.
func defaultPattern(kind string) string {
	switch kind {
	case "TEXT":
		return "@"
	case "PERCENT":
		return "0.00%"
	case "DATE":
		return "yyyy-mm-dd"
	case "TIME":
		return "hh:mm:ss"
	case "DATE_TIME":
		return "yyyy-mm-dd hh:mm:ss"
	case "SCIENTIFIC":
		return "0.00E+00"
	}
	return ""
}
