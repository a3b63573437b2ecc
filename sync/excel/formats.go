package excel

import (
	"fmt"
	"strconv"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// isoDateCode is the format of a date that is written as a text of ISO 8601
// and not shown as one.
const isoDateCode = "yyyy-mm-dd"

// readFormats returns the formats that the cells of a workbook refer to, by
// their number; the default one alone for a workbook without styles.
func readFormats(d *document) ([]workbook.Format, error) {
	fallback := []workbook.Format{{}}
	if d.styles == "" {
		return fallback, nil
	}
	s, err := d.pkg.Scan(d.styles)
	if err != nil {
		return nil, err
	}
	r := formatReader{s: s, codes: map[int]string{}}
	for s.Next() {
		if s.Kind() == ooxml.OpenTag && s.Depth() == 2 {
			r.group()
		}
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("part %q: %w", d.styles, err)
	}
	if len(r.records) == 0 {
		return fallback, nil
	}
	return r.formats(), nil
}

// formatReader collects what the styles part says; numbers refer to fonts and
// codes that may stand behind.
type formatReader struct {
	s       *ooxml.Scanner
	codes   map[int]string
	bold    []bool
	records []formatRecord
}

type formatRecord struct{ code, font, indent int }

// group reads one of the lists that styles consist of.
func (r *formatReader) group() {
	switch string(r.s.Local()) {
	case "numFmts":
		r.each("numFmt", func() {
			if id, err := strconv.Atoi(r.s.Value("numFmtId")); err == nil {
				r.codes[id] = r.s.Value("formatCode")
			}
		})
	case "fonts":
		r.each("font", func() { r.bold = append(r.bold, r.isBold()) })
	case "cellXfs":
		r.each("xf", func() { r.records = append(r.records, r.record()) })
	default:
		r.s.Skip()
	}
}

// each calls take at each element of a name that is a child of the open one.
func (r *formatReader) each(name string, take func()) {
	depth := r.s.Depth()
	for r.s.Next() && r.s.Depth() >= depth {
		switch {
		case r.s.Kind() == ooxml.CloseTag:
			if r.s.Depth() == depth {
				return
			}
		case string(r.s.Local()) == name:
			take()
		default:
			r.s.Skip()
		}
	}
}

func (r *formatReader) isBold() bool {
	bold := false
	if r.s.Kind() == ooxml.OpenTag {
		r.each("b", func() { bold = r.s.Flag("val", true) })
	}
	return bold
}

func (r *formatReader) record() formatRecord {
	number := func(name string) int {
		n, err := strconv.Atoi(r.s.Value(name))
		if err != nil {
			return 0
		}
		return n
	}
	f := formatRecord{code: number("numFmtId"), font: number("fontId")}
	if r.s.Kind() == ooxml.OpenTag {
		r.each("alignment", func() { f.indent = number("indent") })
	}
	return f
}

func (r *formatReader) formats() []workbook.Format {
	all := make([]workbook.Format, len(r.records))
	for i, f := range r.records {
		code, own := r.codes[f.code]
		if !own {
			code = workbook.BuiltinCode(f.code)
		}
		all[i] = newFormat(code)
		all[i].Indent = max(f.indent, 0)
		all[i].Bold = f.font >= 0 && f.font < len(r.bold) && r.bold[f.font]
	}
	return all
}

func newFormat(code string) workbook.Format {
	f := workbook.Format{Code: code}
	f.Date, f.Elapsed = workbook.CodeKind(code)
	return f
}
