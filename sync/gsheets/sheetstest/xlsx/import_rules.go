package xlsx

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"google.golang.org/api/sheets/v4"
)

// marks makes the conditional formats of a sheet that are formulas.
func (in *importer) marks(index int, name string) {
	all, err := in.file.GetConditionalFormats(name)
	in.do(err)
	n := 0
	for _, ranges := range slices.Sorted(maps.Keys(all)) {
		for _, option := range all[ranges] {
			if option.Type != "formula" || option.Format == nil {
				in.leave(strconv.Quote(name), "conditional formats that aren't formulas are left out")
				continue
			}
			if rule := in.rule(index, ranges, option); rule != nil {
				in.requests = append(in.requests, &sheets.Request{AddConditionalFormatRule: &sheets.AddConditionalFormatRuleRequest{
					Rule: rule, Index: int64(n), ForceSendFields: []string{"Index"},
				}})
				n++
			}
		}
	}
}

// rule returns a conditional format; nil for one that lies on no cell.
func (in *importer) rule(index int, ranges string, option excelize.ConditionalFormatOptions) *sheets.ConditionalFormatRule {
	s, err := in.file.GetConditionalStyle(*option.Format)
	in.do(err)
	if err != nil {
		return nil
	}
	look := &sheets.CellFormat{}
	if len(s.Fill.Color) > 0 {
		look.BackgroundColorStyle = colorStyle(in.file.GetBaseColor(s.Fill.Color[0], 0, nil))
	}
	if s.Font != nil {
		look.TextFormat = &sheets.TextFormat{Bold: s.Font.Bold, Italic: s.Font.Italic, Strikethrough: s.Font.Strike}
		look.TextFormat.ForegroundColorStyle = colorStyle(in.file.GetBaseColor(s.Font.Color, s.Font.ColorIndexed, s.Font.ColorTheme))
	}
	rule := &sheets.ConditionalFormatRule{BooleanRule: &sheets.BooleanRule{
		Condition: &sheets.BooleanCondition{
			Type: "CUSTOM_FORMULA", Values: []*sheets.ConditionValue{{UserEnteredValue: "=" + strings.TrimPrefix(option.Criteria, "=")}},
		},
		Format: look,
	}}
	for _, at := range parseRanges(ranges) {
		if at, ok := at.within(in.sheets[index].GridProperties); ok {
			rule.Ranges = append(rule.Ranges, at.grid(sheetID(index)))
		}
	}
	if len(rule.Ranges) == 0 {
		return nil
	}
	return rule
}

// validation returns a check of what is typed as the API has it; nil for one
// of a kind that it doesn't have.
func validation(v *excelize.DataValidation) *sheets.DataValidationRule {
	condition := checkOf(v)
	if condition == nil {
		return nil
	}
	rule := &sheets.DataValidationRule{Condition: condition, Strict: isStrict(v), ShowCustomUi: true}
	if v.Prompt != nil {
		rule.InputMessage = *v.Prompt
	}
	return rule
}

// isStrict reports whether what fails the check can't be typed.
func isStrict(v *excelize.DataValidation) bool {
	return v.ShowErrorMessage && (v.ErrorStyle == nil || *v.ErrorStyle == "stop")
}

func checkOf(v *excelize.DataValidation) *sheets.BooleanCondition {
	switch {
	case v.Type == "date":
		// The bounds are left out: what matters is that it is a date.
		return &sheets.BooleanCondition{Type: "DATE_IS_VALID"}
	case (v.Type == "decimal" || v.Type == "whole") && (v.Operator == "" || v.Operator == "between"):
		return condition("NUMBER_BETWEEN", v.Formula1, v.Formula2)
	case v.Type != "list":
		return nil
	}
	list, quoted := strings.CutPrefix(v.Formula1, `"`)
	if !quoted {
		return condition("ONE_OF_RANGE", "="+strings.TrimPrefix(v.Formula1, "="))
	}
	return condition("ONE_OF_LIST", strings.Split(strings.TrimSuffix(list, `"`), ",")...)
}

func condition(kind string, values ...string) *sheets.BooleanCondition {
	c := &sheets.BooleanCondition{Type: kind}
	for _, v := range values {
		c.Values = append(c.Values, &sheets.ConditionValue{UserEnteredValue: v})
	}
	return c
}
