package gsheets_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/api/sheets/v4"

	"steerco/rules/calendar"
)

// checkTeam fails unless all that the team has typed is where it was typed:
// sheets in their order, every cell, and the rules in theirs. Where a run has
// failed a rule may still be on its way back.
func (c *chaos) checkTeam(ended bool) {
	c.t.Helper()
	now := c.look()
	var got, want []string
	for _, s := range now.Sheets {
		model := c.team.titled(s.Properties.Title)
		if model == nil {
			continue
		}
		got = append(got, sheetLines(s)...)
		rules := teamRules(ruleFormulas(s))
		if !ended && isAmong(rules, model.rules) {
			rules = model.rules
		}
		got = append(got, rules...)
	}
	for _, s := range c.team.sheets {
		want = append(want, s.lines()...)
	}
	if diff := cmp.Diff(got, want); diff != "" {
		c.fail("the team's sheets: got -, want +\n%s", diff)
	}
}

// isAmong reports whether texts are a part of others, in their order.
func isAmong(texts, all []string) bool {
	for _, t := range all {
		if len(texts) > 0 && texts[0] == t {
			texts = texts[1:]
		}
	}
	return len(texts) == 0
}

func (m *chaosTeam) titled(title string) *teamSheet {
	i := slices.IndexFunc(m.sheets, func(s *teamSheet) bool { return s.title == title })
	if i < 0 {
		return nil
	}
	return m.sheets[i]
}

// lines writes a sheet of the model.
func (s *teamSheet) lines() []string {
	lines := []string{"sheet " + s.title}
	for row, values := range s.rows {
		for column, v := range values {
			if text := typedText(v); text != "" {
				lines = append(lines, fmt.Sprintf("%d,%d %s", row, column, text))
			}
		}
	}
	return append(lines, s.rules...)
}

func typedText(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case calendar.Date:
		return fmt.Sprint(float64(v - calendar.New(1899, 12, 30)))
	case string:
		return fmt.Sprintf("%q", v)
	case aFormula:
		return "a formula"
	}
	return fmt.Sprint(value)
}

// sheetLines writes the cells of a sheet of the spreadsheet.
func sheetLines(s *sheets.Sheet) []string {
	lines := []string{"sheet " + s.Properties.Title}
	eachValue(s, func(row, column int, cell *sheets.CellData) {
		text := ""
		switch v := cell.UserEnteredValue; {
		case v == nil:
			return
		case v.StringValue != nil:
			text = fmt.Sprintf("%q", *v.StringValue)
		case v.NumberValue != nil:
			text = fmt.Sprint(*v.NumberValue)
		default:
			text = typedText(aFormula{})
		}
		lines = append(lines, fmt.Sprintf("%d,%d %s", row, column, text))
	})
	return lines
}

func eachValue(s *sheets.Sheet, do func(row, column int, cell *sheets.CellData)) {
	for _, data := range s.Data {
		for row, r := range data.RowData {
			for column, cell := range r.Values {
				do(row, column, cell)
			}
		}
	}
}

// checkOwn fails unless what is steerco's is what stood there before all of it
// was taken out, and there once.
func (c *chaos) checkOwn(want []string) {
	c.t.Helper()
	if diff := cmp.Diff(c.ownLines(c.look()), want); diff != "" {
		c.fail("what is steerco's: got after clean and another run -, want as before +\n%s", diff)
	}
}

// ownLines writes what is steerco's in a spreadsheet, whatever ids and titles
// it has.
func (c *chaos) ownLines(s *sheets.Spreadsheet) []string {
	var lines []string
	for _, m := range s.DeveloperMetadata {
		lines = append(lines, "spreadsheet has "+m.MetadataKey)
	}
	for _, n := range s.NamedRanges {
		lines = append(lines, fmt.Sprintf("name %s over %d rows", n.Name, n.Range.EndRowIndex-n.Range.StartRowIndex))
	}
	for _, sheet := range s.Sheets {
		if c.team.titled(sheet.Properties.Title) != nil {
			lines = append(lines, markLines(sheet)...)
			continue
		}
		lines = append(lines, tabLines(sheet)...)
	}
	// Where somebody has deleted the data tab the keys are called otherwise.
	for _, n := range s.NamedRanges {
		for i := range lines {
			lines[i] = strings.ReplaceAll(lines[i], n.Name, "_steerco_keys")
		}
	}
	slices.Sort(lines)
	return lines
}

// markLines writes the highlights on a sheet of the team's, and what else may
// hang there.
func markLines(s *sheets.Sheet) []string {
	var lines []string
	for _, r := range s.ConditionalFormats {
		if formula := r.BooleanRule.Condition.Values[0].UserEnteredValue; strings.Contains(formula, "_steerco") {
			at := r.Ranges[0]
			lines = append(lines, fmt.Sprintf("highlight on %q, rows %d to %d, columns %d to %d: %s",
				s.Properties.Title, at.StartRowIndex, at.EndRowIndex, at.StartColumnIndex, at.EndColumnIndex, strings.ReplaceAll(formula, ";", ",")))
		}
	}
	if n := len(s.DeveloperMetadata) + len(s.ProtectedRanges); n > 0 {
		lines = append(lines, fmt.Sprintf("%d marks of ours on the team's sheet %q", n, s.Properties.Title))
	}
	return lines
}

// tabLines writes what a tab of steerco's shows.
func tabLines(s *sheets.Sheet) []string {
	name := "no tab"
	for _, m := range s.DeveloperMetadata {
		var record struct{ Key string }
		if json.Unmarshal([]byte(m.MetadataValue), &record) == nil && record.Key != "" {
			name = record.Key
		} else {
			name = m.MetadataKey
		}
	}
	lines := []string{fmt.Sprintf("%s: %d marks, %d protections, %d rules", name, len(s.DeveloperMetadata), len(s.ProtectedRanges), len(s.ConditionalFormats))}
	eachValue(s, func(row, column int, cell *sheets.CellData) {
		// The records of the data tab name sheets by their ids, and tell of the
		// last batch.
		if cell.FormattedValue != "" && (name != "steerco.data" || column == 0) {
			lines = append(lines, fmt.Sprintf("%s %d,%d %s", name, row, column, cell.FormattedValue))
		}
	})
	return lines
}

// checkClean fails unless nothing is there but the team's.
func (c *chaos) checkClean() {
	c.t.Helper()
	now := c.look()
	left := len(now.DeveloperMetadata) + len(now.NamedRanges)
	for _, s := range now.Sheets {
		left += len(s.DeveloperMetadata) + len(s.ProtectedRanges) + len(s.ConditionalFormats) - len(teamRules(ruleFormulas(s)))
		if c.team.titled(s.Properties.Title) == nil {
			c.fail("after clean: got the sheet %q", s.Properties.Title)
		}
	}
	if left > 0 {
		c.fail("after clean: got %d things of steerco's, want none", left)
	}
}
