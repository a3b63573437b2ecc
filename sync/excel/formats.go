package excel

import (
	"fmt"
	"strconv"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// builtinCodes are the number formats that a workbook uses by number without
// writing them down, as an American Excel shows them.
var builtinCodes = map[int]string{
	1:  "0",
	2:  "0.00",
	3:  "#,##0",
	4:  "#,##0.00",
	5:  `"$"#,##0_);("$"#,##0)`,
	6:  `"$"#,##0_);[Red]("$"#,##0)`,
	7:  `"$"#,##0.00_);("$"#,##0.00)`,
	8:  `"$"#,##0.00_);[Red]("$"#,##0.00)`,
	9:  "0%",
	10: "0.00%",
	11: "0.00E+00",
	12: "# ?/?",
	13: "# ??/??",
	14: "m/d/yyyy",
	15: "d-mmm-yy",
	16: "d-mmm",
	17: "mmm-yy",
	18: "h:mm AM/PM",
	19: "h:mm:ss AM/PM",
	20: "h:mm",
	21: "h:mm:ss",
	22: "m/d/yyyy h:mm",
	37: "#,##0_);(#,##0)",
	38: "#,##0_);[Red](#,##0)",
	39: "#,##0.00_);(#,##0.00)",
	40: "#,##0.00_);[Red](#,##0.00)",
	41: `_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)`,
	42: `_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)`,
	43: `_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)`,
	44: `_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)`,
	45: "mm:ss",
	46: "[h]:mm:ss",
	47: "mm:ss.0",
	48: "##0.0E+0",
	49: "@",

	// What these mean depends on the language of the program; all of them are
	// dates and times. These are the Japanese ones.
	27: "yyyy/m/d",
	28: `m"月"d"日"`,
	29: `m"月"d"日"`,
	30: "m/d/yy",
	31: `yyyy"年"m"月"d"日"`,
	32: `h"時"mm"分"`,
	33: `h"時"mm"分"ss"秒"`,
	34: `yyyy"年"m"月"`,
	35: `m"月"d"日"`,
	36: "yyyy/m/d",
	50: "yyyy/m/d",
	51: `m"月"d"日"`,
	52: `yyyy"年"m"月"`,
	53: `m"月"d"日"`,
	54: `m"月"d"日"`,
	55: `yyyy"年"m"月"`,
	56: `m"月"d"日"`,
	57: "yyyy/m/d",
	58: `m"月"d"日"`,

	// The Thai ones.
	59: "0",
	60: "0.00",
	61: "#,##0",
	62: "#,##0.00",
	67: "0%",
	68: "0.00%",
	69: "# ?/?",
	70: "# ??/??",
	71: "d/m/yyyy",
	72: "d-mmm-yy",
	73: "d-mmm",
	74: "mmm-yy",
	75: "h:mm",
	76: "h:mm:ss",
	77: "d/m/yyyy h:mm",
	78: "mm:ss",
	79: "[h]:mm:ss",
	80: "mm:ss.0",
	81: "d/m/bb",
}

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
			code = builtinCodes[f.code]
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
