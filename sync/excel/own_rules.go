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
	r := rulesReader{sheet: sheet}
	depth := s.Depth()
	for next := true; next; next = s.Next() {
		switch s.Kind() {
		case ooxml.OpenTag:
			r.open(s)
		case ooxml.CloseTag:
			if string(s.Local()) == "conditionalFormatting" {
				r.close()
			}
		}
		if s.Kind() == ooxml.CloseTag && s.Depth() <= depth {
			break
		}
	}
	return r.found
}

// rulesReader collects highlights. The ranges of a block stand before its rules
// in the ordinary place, and behind them in the extension.
type rulesReader struct {
	sheet string
	found []foundRule
	// first is the first rule of the present block, sqref the block's ranges.
	first int
	sqref string
}

func (r *rulesReader) open(s *ooxml.Scanner) {
	switch string(s.Local()) {
	case "conditionalFormatting":
		r.first, r.sqref = len(r.found), s.Value("sqref")
	case "sqref":
		r.sqref = strings.TrimSpace(s.Text())
	case "formula", "f":
		if formula := strings.TrimSpace(s.Text()); strings.Contains(formula, namePrefix) {
			r.found = append(r.found, foundRule{sheet: r.sheet, formula: formula})
		}
	}
}

func (r *rulesReader) close() {
	for i := r.first; i < len(r.found); i++ {
		r.found[i].sqref = r.sqref
	}
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
