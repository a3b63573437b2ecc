package xlsx

import (
	"strings"

	"github.com/xuri/excelize/v2"
	"google.golang.org/api/sheets/v4"
)

// rules writes the conditional formats of a sheet that are formulas.
func (out *exporter) rules(s *sheets.Sheet) {
	for _, rule := range s.ConditionalFormats {
		b := rule.BooleanRule
		if b == nil || b.Condition.Type != "CUSTOM_FORMULA" || len(b.Condition.Values) == 0 {
			continue
		}
		look, err := out.file.NewConditionalStyle(ruleStyle(b.Format))
		out.do(err)
		var ranges []string
		for _, g := range rule.Ranges {
			ranges = append(ranges, fromGrid(g, s.Properties.GridProperties).String())
		}
		out.do(out.file.SetConditionalFormat(s.Properties.Title, strings.Join(ranges, " "), []excelize.ConditionalFormatOptions{{
			Type: "formula", Criteria: strings.TrimPrefix(b.Condition.Values[0].UserEnteredValue, "="), Format: &look,
		}}))
	}
}

func ruleStyle(f *sheets.CellFormat) *excelize.Style {
	s := &excelize.Style{}
	if f == nil {
		return s
	}
	if fill := hex(f.BackgroundColorStyle, f.BackgroundColor); fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	}
	if t := f.TextFormat; t != nil {
		s.Font = &excelize.Font{Bold: t.Bold, Italic: t.Italic, Strike: t.Strikethrough, Color: hex(t.ForegroundColorStyle, t.ForegroundColor)}
	}
	return s
}

// choices writes a list of choices of a cell.
func (out *exporter) choices(sheet, at string, rule *sheets.DataValidationRule) {
	if rule.Condition == nil || len(rule.Condition.Values) == 0 {
		return
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(at)
	switch rule.Condition.Type {
	case "ONE_OF_LIST":
		choices := make([]string, len(rule.Condition.Values))
		for i, value := range rule.Condition.Values {
			choices[i] = value.UserEnteredValue
		}
		if err := v.SetDropList(choices); err != nil {
			// A list that is too long for Excel is only an offer.
			return
		}
	case "ONE_OF_RANGE":
		v.SetSqrefDropList(strings.TrimPrefix(rule.Condition.Values[0].UserEnteredValue, "="))
	default:
		return
	}
	v.ShowErrorMessage = rule.Strict
	out.do(out.file.AddDataValidation(sheet, v))
}
