package excel

import (
	"bytes"
	"fmt"
	"strings"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// foundRule is a highlight of steerco's as it stands in a sheet.
type foundRule struct {
	sheet, sqref, formula string
}

// marks returns the rule as marks, one for each of its ranges.
func (r foundRule) marks() []workbook.FoundMark {
	var all []workbook.FoundMark
	for ref := range strings.FieldsSeq(r.sqref) {
		at, _ := parseRange(ref)
		all = append(all, workbook.FoundMark{Sheet: r.sheet, Range: at, Formula: r.formula})
	}
	return all
}

// isRulesPart reports whether conditional formats can stand in an element of a
// sheet: in the ordinary blocks, and in the extension.
func isRulesPart(local []byte) bool {
	return string(local) == "conditionalFormatting" || string(local) == "extLst"
}

// readRules moves to the end of the element at the scanner and returns the
// highlights of steerco's in it.
func readRules(s *ooxml.Scanner, sheet string) []foundRule {
	if s.Kind() != ooxml.OpenTag {
		return nil
	}
	var found []foundRule
	depth := s.Depth()
	first, sqref := 0, ""
	for next := true; next; next = s.Next() {
		local := string(s.Local())
		switch {
		case s.Kind() == ooxml.OpenTag && local == "conditionalFormatting":
			first, sqref = len(found), s.Value("sqref")
		case s.Kind() == ooxml.OpenTag && local == "sqref":
			sqref = strings.TrimSpace(s.Text())
		case s.Kind() == ooxml.OpenTag && (local == "formula" || local == "f"):
			if formula := strings.TrimSpace(s.Text()); strings.Contains(formula, namePrefix) {
				found = append(found, foundRule{sheet: sheet, formula: formula})
			}
		case s.Kind() == ooxml.CloseTag && local == "conditionalFormatting":
			for i := first; i < len(found); i++ {
				found[i].sqref = sqref
			}
		}
		if s.Kind() == ooxml.CloseTag && s.Depth() <= depth {
			break
		}
	}
	return found
}

// findRules returns the highlights in the team's sheets.
func (o ownership) findRules(d *document, p parts) ([]foundRule, error) {
	var found []foundRule
	for at, e := range d.sheets {
		if e.part == "" || o.isOwn(at) {
			continue
		}
		b, err := p.part(e.part)
		if err != nil {
			return nil, err
		}
		if !bytes.Contains(b, []byte(namePrefix)) {
			continue
		}
		rules, err := rulesIn(withoutCells(b), e.name)
		if err != nil {
			rules, err = rulesIn(b, e.name)
		}
		if err != nil {
			return nil, fmt.Errorf("part %q: %w", e.part, err)
		}
		found = append(found, rules...)
	}
	return found, nil
}

// rulesIn returns the highlights in a sheet part.
func rulesIn(part []byte, sheet string) ([]foundRule, error) {
	var found []foundRule
	s := ooxml.NewScanner(part, 0)
	for s.Next() {
		if isRulesPart(s.Local()) {
			found = append(found, readRules(s, sheet)...)
		}
	}
	return found, s.Err()
}
