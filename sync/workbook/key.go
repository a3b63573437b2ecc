package workbook

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A key is the text by which a row is known as marked. Key makes it here, and
// Condition makes the formula by which the spreadsheet program makes the same
// text from the row as it stands. Programs differ in many small things, so the
// text is built from what they agree upon:
//
//   - A number is "#" and its whole number of thousandths, so that no decimal
//     sign and no exponent is in it, and so that it differs from a text of the
//     same look. It is cut at a fraction that nobody types: programs disagree
//     about rounding halves. From a thousand million on, whole numbers are
//     counted: the digits of a number end there.
//   - A text is trimmed as TRIM does. Line breaks and tabs count as blanks,
//     carriage returns not at all, since saving adds or drops them.
//   - The signs ~ * ? are replaced on both sides. Whether a lookup takes them
//     as wildcards, and whether ~ takes the meaning from them, is a setting of
//     the document in LibreOffice.
//   - Each text is cut by itself, so that the lookup stays below the 255
//     characters that Excel takes; a text that was cut has its length behind.
//
// The comparison takes upper and lower case as equal, in every program.
const (
	separator = "|"
	// keyLimit is how long a key may be.
	keyLimit = 250
	// firstLimit is how much of the first part stays: it names the row.
	firstLimit = 80
	// lengthDigits is the room for "+32767" behind a cut text.
	lengthDigits = 6
	// shortest is what stays of a text in a key of many parts.
	shortest = 4
	// beyondHalf cuts between two thousandths, a little off the half.
	beyondHalf = 0.50001
	// thousandthsBelow and integersBelow are up to where a number has thousandths,
	// and up to where programs show all digits of a whole number.
	thousandthsBelow = 1e9
	integersBelow    = 1e15
)

// Key returns the key of a row for a mark of this severity and field, from the
// cells of Mark.Parts in their order.
func Key(severity, field string, parts []Cell) string {
	return key(severity, field, parts, cutUnits)
}

// Keys returns the keys by which the row is to be found in every program:
// mostly just Key. Where a text with characters beyond the basic plane is so
// long that it is cut, a second one is for programs that count characters and
// not the units of UTF-16.
func Keys(severity, field string, parts []Cell) []string {
	units := Key(severity, field, parts)
	if !slices.ContainsFunc(parts, isBeyondBasic) {
		return []string{units}
	}
	if points := key(severity, field, parts, cutPoints); points != units {
		return []string{units, points}
	}
	return []string{units}
}

// isBeyondBasic reports whether a text has characters of two units in UTF-16:
// those of four bytes in UTF-8.
func isBeyondBasic(c Cell) bool {
	return c.Kind == Text && strings.IndexFunc(c.Text, func(r rune) bool { return r > 0xFFFF }) >= 0
}

func key(severity, field string, parts []Cell, cut func(string, string, int) string) string {
	var b strings.Builder
	b.WriteString(severity + separator + field)
	for i, c := range parts {
		b.WriteString(separator)
		b.WriteString(keyPart(c, partLimit(severity, field, i, len(parts)), cut))
	}
	return b.String()
}

// partLimit returns how much of a text stays in part i of n.
func partLimit(severity, field string, i, n int) int {
	if i == 0 {
		return firstLimit
	}
	room := keyLimit - len(severity) - len(field) - 2*len(separator) - firstLimit - lengthDigits
	return max(shortest, min(firstLimit, room/(n-1)-lengthDigits-len(separator)))
}

func keyPart(c Cell, limit int, cut func(string, string, int) string) string {
	switch c.Kind {
	case Text:
		return keyText(c.Text, limit, cut)
	case Number:
		return "#" + keyNumber(c.Number)
	case Bool:
		if c.Number != 0 {
			return "#T"
		}
		return "#F"
	case ErrorValue:
		return "#!"
	}
	return ""
}

func keyNumber(v float64) string {
	switch size := math.Abs(v); {
	case size < thousandthsBelow:
		// The conversion keeps the compiler from fusing the two steps, which
		// would round otherwise than the programs do.
		return strconv.FormatFloat(math.Floor(float64(v*1000)+beyondHalf), 'f', 0, 64)
	case size < integersBelow:
		return strconv.FormatFloat(math.Floor(v+beyondHalf), 'f', 0, 64) + "."
	}
	return ""
}

func keyText(text string, limit int, cut func(string, string, int) string) string {
	if isPlain(text) {
		return cut(text, text, limit)
	}
	whole := strings.ReplaceAll(text, "\r", "")
	replaced := whole
	for _, r := range replacements() {
		replaced = strings.ReplaceAll(replaced, r.old, r.new)
	}
	return cut(trim(replaced), whole, limit)
}

// isPlain reports whether nothing in a text is to be replaced or trimmed.
func isPlain(text string) bool {
	blank := true
	for i := range len(text) {
		switch text[i] {
		case '\r', '\n', '\t', '~', '*', '?':
			return false
		case ' ':
			if blank {
				return false
			}
			blank = true
		default:
			blank = false
		}
	}
	return !blank || text == ""
}

// trim takes out blanks as TRIM does: none at the ends, one between words, and
// no other white space.
func trim(s string) string {
	words := strings.Split(s, " ")
	kept := words[:0]
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// cutUnits returns the beginning of a text and, if the whole is longer, its
// length, counting units of UTF-16.
func cutUnits(trimmed, whole string, limit int) string {
	if len(whole) <= limit {
		return trimmed
	}
	return joinCut(unitPrefix(trimmed, limit), len(utf16.Encode([]rune(whole))), limit)
}

// cutPoints is cutUnits counting code points.
func cutPoints(trimmed, whole string, limit int) string {
	if len(whole) <= limit {
		return trimmed
	}
	return joinCut(pointPrefix(trimmed, limit), utf8.RuneCountInString(whole), limit)
}

func joinCut(prefix string, length, limit int) string {
	if length <= limit {
		return prefix
	}
	return prefix + "+" + strconv.Itoa(length)
}

func unitPrefix(s string, limit int) string {
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > limit {
			return s[:i]
		}
	}
	return s
}

func pointPrefix(s string, limit int) string {
	n := 0
	for i := range s {
		if n++; n > limit {
			return s[:i]
		}
	}
	return s
}

type replacement struct {
	// old is what is replaced by new, and code how a formula writes old.
	old, new, code string
}

func replacements() []replacement {
	return []replacement{
		{"\n", " ", "CHAR(10)"},
		{"\t", " ", "CHAR(9)"},
		{"~", "_", `"~"`},
		{"*", "^", `"*"`},
		{"?", "!", `"?"`},
	}
}

// Condition returns the mark's rule as a formula in Excel's language, for the
// first cell of the mark's range. It is true for a row whose Key is in list: a
// name, or a reference to the cells that hold Output.Keys.
func (m Mark) Condition(list string) string {
	var b strings.Builder
	b.WriteString(`ISNUMBER(MATCH("` + m.Severity + separator + m.Field)
	for i, column := range m.Parts {
		b.WriteString(separator + `"&`)
		b.WriteString(partFormula("$"+CellName(m.FirstRow, column), partLimit(m.Severity, m.Field, i, len(m.Parts))))
		b.WriteString(`&"`)
	}
	b.WriteString(`",` + list + `,0))`)
	return strings.ReplaceAll(b.String(), `&""`, "")
}

// partFormula makes of the cell c what keyPart makes of its content.
func partFormula(c string, limit int) string {
	return `IF(ISERROR(` + c + `),"#!",IF(ISLOGICAL(` + c + `),IF(` + c + `,"#T","#F"),IF(ISNUMBER(` + c + `),"#"&` +
		numberFormula(c) + `,` + textFormula(c, limit) + `)))`
}

// half is beyondHalf without a decimal sign, which is not the same in all
// languages of a spreadsheet program.
const half = "50001/10^5"

func numberFormula(c string) string {
	return `IF(ABS(` + c + `)<10^9,TEXT(INT(` + c + `*1000+` + half + `),"0"),IF(ABS(` + c + `)<10^15,TEXT(INT(` + c +
		`+` + half + `),"0")&".",""))`
}

func textFormula(c string, limit int) string {
	whole := "SUBSTITUTE(" + c + `,CHAR(13),"")`
	replaced := whole
	for _, r := range replacements() {
		replaced = "SUBSTITUTE(" + replaced + "," + r.code + `,"` + r.new + `")`
	}
	n := strconv.Itoa(limit)
	return `LEFT(TRIM(` + replaced + `),` + n + `)&IF(LEN(` + whole + `)>` + n + `,"+"&LEN(` + whole + `),"")`
}
