package gsheets

import (
	"strings"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// keysCall is how a condition refers to the keys by their name.
func keysCall(name string) string { return `INDIRECT("` + name + `")` }

// isOwnRule reports whether a conditional format is a highlight of steerco's,
// wherever it stands.
func isOwnRule(r *sheets.ConditionalFormatRule) bool {
	return strings.Contains(canonical(conditionOf(r)), workbook.KeyList)
}

// conditionOf returns the formula of a conditional format; empty where it has
// none.
func conditionOf(r *sheets.ConditionalFormatRule) string {
	if r.BooleanRule == nil || r.BooleanRule.Condition == nil {
		return ""
	}
	c := r.BooleanRule.Condition
	if c.Type != "CUSTOM_FORMULA" || len(c.Values) != 1 {
		return ""
	}
	return c.Values[0].UserEnteredValue
}

// canonical returns a formula as workbook.Mark.Condition(workbook.KeyList)
// writes it, whatever the spreadsheet's locale and whoever typed it anew:
// commas between arguments, capitals, no blanks, and workbook.KeyList for the
// keys. Strings stay as they are. A formula without the keys isn't steerco's,
// and gives an empty text.
func canonical(formula string) string {
	text, _ := readCondition(formula)
	return text
}

// readCondition returns a formula as canonical does, and the name by which it
// refers to the keys, in small letters.
func readCondition(formula string) (text, name string) {
	if !strings.Contains(strings.ToLower(formula), keysName) {
		return "", ""
	}
	var b strings.Builder
	for rest := strings.TrimPrefix(strings.TrimSpace(formula), "="); rest != ""; {
		quoted := stringLength(rest)
		if quoted > 0 {
			if n := strings.ToLower(strings.Trim(rest[:quoted], `" `)); isKeysName(n) {
				b.WriteString(`"` + keysName + `"`)
				name = n
			} else {
				b.WriteString(rest[:quoted])
			}
			rest = rest[quoted:]
			continue
		}
		end := strings.IndexByte(rest, '"')
		if end < 0 {
			end = len(rest)
		}
		b.WriteString(canonicalCode(rest[:end]))
		rest = rest[end:]
	}
	call := keysCall(keysName)
	if !strings.Contains(b.String(), call) {
		return "", ""
	}
	return strings.ReplaceAll(b.String(), call, workbook.KeyList), name
}

// markFormula returns the condition of a highlight as canonical does. It is
// empty where it refers to keys that aren't called so; without a name any will
// do.
func markFormula(r *sheets.ConditionalFormatRule, keysName string) string {
	text, name := readCondition(conditionOf(r))
	if keysName != "" && name != keysName {
		return ""
	}
	return text
}

// stringLength returns the length of the string with which a formula begins,
// quotes included; 0 where it begins otherwise. A string without an end goes to
// the end.
func stringLength(formula string) int {
	if !strings.HasPrefix(formula, `"`) {
		return 0
	}
	for i := 1; i < len(formula); i++ {
		if formula[i] != '"' {
			continue
		}
		if i+1 == len(formula) || formula[i+1] != '"' {
			return i + 1
		}
		i++
	}
	return len(formula)
}

// canonicalCode is canonical for a piece without strings.
func canonicalCode(code string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ';':
			return ','
		case ' ', '\t', '\n', '\r', '\u00a0':
			return -1
		}
		return r
	}, strings.ToUpper(code))
}
