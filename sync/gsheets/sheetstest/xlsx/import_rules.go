package xlsx

import (
	"maps"
	"slices"
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
				in.warn("sheet %q: conditional formats that aren't formulas are left out", name)
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
		rule.Ranges = append(rule.Ranges, at.grid(sheetID(index)))
	}
	return rule
}

// choiceRule returns a list of choices as the API has it; nil for a check of
// another kind.
func choiceRule(v *excelize.DataValidation) *sheets.DataValidationRule {
	if v.Type != "list" {
		return nil
	}
	rule := &sheets.DataValidationRule{
		Condition: &sheets.BooleanCondition{Type: "ONE_OF_LIST"}, Strict: v.ShowErrorMessage, ShowCustomUi: true,
	}
	if v.Prompt != nil {
		rule.InputMessage = *v.Prompt
	}
	list, quoted := strings.CutPrefix(v.Formula1, `"`)
	if !quoted {
		rule.Condition.Type = "ONE_OF_RANGE"
		rule.Condition.Values = []*sheets.ConditionValue{{UserEnteredValue: "=" + strings.TrimPrefix(v.Formula1, "=")}}
		return rule
	}
	for choice := range strings.SplitSeq(strings.TrimSuffix(list, `"`), ",") {
		rule.Condition.Values = append(rule.Condition.Values, &sheets.ConditionValue{UserEnteredValue: choice})
	}
	return rule
}
