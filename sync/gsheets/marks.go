package gsheets

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// deletedRule is a rule that a batch deletes: request is the index of its
// reply.
type deletedRule struct {
	ownRule
	request int
}

// addedRule is a rule that a batch adds.
type addedRule struct {
	sheet int64
	index int
	rule  *sheets.ConditionalFormatRule
}

// marks deletes the rules that aren't wanted, from the highest index of a sheet
// down so that the others keep theirs, and notes those that are missing. Rules
// that stand as they should aren't touched.
func (b *batch) marks() error {
	wanted := map[workbook.FoundMark]workbook.Mark{}
	var order []workbook.FoundMark
	for _, m := range b.out.Marks {
		f := m.Found()
		if _, twice := wanted[f]; !twice {
			order = append(order, f)
		}
		wanted[f] = m
	}
	var gone []ownRule
	for _, r := range b.now.own.rules {
		f, ok := b.foundMark(r)
		m, isWanted := wanted[f]
		if !ok || !isWanted || !looksLike(r.rule, m) {
			gone = append(gone, r)
			continue
		}
		delete(wanted, f)
	}
	b.deleteRules(gone)
	b.restore()
	for _, f := range order {
		if m, missing := wanted[f]; missing {
			if err := b.planRule(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// foundMark returns the mark that a rule is, if it is one and whole.
func (b *batch) foundMark(r ownRule) (workbook.FoundMark, bool) {
	if len(r.rule.Ranges) != 1 {
		return workbook.FoundMark{}, false
	}
	for _, s := range b.now.sheet.Sheets {
		if p := s.Properties; p.SheetId == r.sheet {
			return workbook.FoundMark{
				Sheet: p.Title, Range: rangeOf(r.rule.Ranges[0], gridSize(p)), Formula: markFormula(r.rule, b.keysName),
			}, true
		}
	}
	return workbook.FoundMark{}, false
}

// looksLike reports whether a rule has the fill of a mark.
func looksLike(r *sheets.ConditionalFormatRule, m workbook.Mark) bool {
	got := fillOf(r)
	if got == nil {
		return false
	}
	want := color(tab.MarkFill(m.Severity)).RgbColor
	near := func(a, b float64) bool { return math.Abs(a-b) < 1.0/0xFF }
	return near(got.Red, want.Red) && near(got.Green, want.Green) && near(got.Blue, want.Blue)
}

// fillOf returns the fill that a rule gives; nil: none.
func fillOf(r *sheets.ConditionalFormatRule) *sheets.Color {
	f := r.BooleanRule.Format
	switch {
	case f == nil:
		return nil
	case f.BackgroundColorStyle != nil && f.BackgroundColorStyle.RgbColor != nil:
		return f.BackgroundColorStyle.RgbColor
	}
	return f.BackgroundColor
}

func (b *batch) deleteRules(gone []ownRule) {
	slices.SortFunc(gone, func(a, c ownRule) int { return cmp.Or(cmp.Compare(a.sheet, c.sheet), cmp.Compare(c.index, a.index)) })
	for _, r := range gone {
		b.deleted = append(b.deleted, deletedRule{r, len(b.requests)})
		b.add(deleteRule(r.sheet, r.index))
	}
}

func deleteRule(sheet int64, index int) *sheets.Request {
	return &sheets.Request{DeleteConditionalFormatRule: &sheets.DeleteConditionalFormatRuleRequest{
		SheetId: sheet, Index: int64(index), ForceSendFields: []string{"SheetId", "Index"},
	}}
}

func insertRule(r addedRule) *sheets.Request {
	return &sheets.Request{AddConditionalFormatRule: &sheets.AddConditionalFormatRuleRequest{
		Rule: r.rule, Index: int64(r.index), ForceSendFields: []string{"Index"},
	}}
}

// planRule notes that a mark is to be added behind all rules of its sheet, so
// that those of the team's win.
func (b *batch) planRule(m workbook.Mark) error {
	s := b.sheetOf(m.Sheet)
	if s == nil {
		return &workbook.Error{Workbook: b.now.book.Name, Sheet: m.Sheet, Err: errors.New("no such sheet to highlight")}
	}
	if size := gridSize(s.Properties); int64(m.LastRow) >= size.Rows || int64(m.Column) >= size.Columns {
		return &workbook.Error{
			Workbook: b.now.book.Name, Sheet: m.Sheet, Cell: workbook.CellName(m.LastRow, m.Column),
			Err: errors.New("beyond the rows and columns of the sheet: it can't be highlighted"), Fix: "run it again",
		}
	}
	index := len(s.ConditionalFormats)
	for _, d := range b.deleted {
		if d.sheet == s.Properties.SheetId {
			index--
		}
	}
	for _, a := range b.added {
		if a.sheet == s.Properties.SheetId {
			index++
		}
	}
	b.added = append(b.added, addedRule{s.Properties.SheetId, index, b.markRule(m, s.Properties.SheetId)})
	return nil
}

// addRules adds the rules that were planned.
func (b *batch) addRules() {
	for _, r := range b.added {
		b.add(insertRule(r))
	}
}

// markRule returns a mark as a conditional format.
func (b *batch) markRule(m workbook.Mark, sheet int64) *sheets.ConditionalFormatRule {
	return &sheets.ConditionalFormatRule{
		Ranges: []*sheets.GridRange{gridRange(sheet, m.Found().Range)},
		BooleanRule: &sheets.BooleanRule{
			Condition: &sheets.BooleanCondition{Type: "CUSTOM_FORMULA", Values: []*sheets.ConditionValue{
				{UserEnteredValue: withSeparator("="+m.Condition(keysCall(b.keysName)), b.separator)},
			}},
			Format: &sheets.CellFormat{
				BackgroundColorStyle: color(tab.MarkFill(m.Severity)),
				TextFormat:           &sheets.TextFormat{ForegroundColorStyle: color(tab.MarkText)},
			},
		},
	}
}
