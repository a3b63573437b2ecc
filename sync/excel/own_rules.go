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
// highlights of steerco's in it, and the ranges that the team's own rules colour.
func readRules(s *ooxml.Scanner, sheet string) ([]foundRule, []workbook.Range) {
	if s.Kind() != ooxml.OpenTag {
		return nil, nil
	}
	r := rulesReader{sheet: sheet}
	depth := s.Depth()
	for next := true; next; next = s.Next() {
		switch s.Kind() {
		case ooxml.OpenTag:
			r.open(s)
		case ooxml.EmptyTag:
			if string(s.Local()) == "cfRule" {
				r.rule(s)
				r.closeRule()
			}
		case ooxml.CloseTag:
			r.closed(string(s.Local()))
		}
		if s.Kind() == ooxml.CloseTag && s.Depth() <= depth {
			break
		}
	}
	return r.found, r.colored
}

// rulesReader collects highlights. The ranges of a block stand before its rules
// in the ordinary place, and behind them in the extension.
type rulesReader struct {
	sheet string
	found []foundRule
	// first is the first rule of the present block, sqref the block's ranges.
	first int
	sqref string
	// colored are the ranges of the team's blocks that colour. colors tells it
	// of the present rule, and blockColors of the present block.
	colored             []workbook.Range
	colors, blockColors bool
}

func (r *rulesReader) open(s *ooxml.Scanner) {
	switch string(s.Local()) {
	case "conditionalFormatting":
		r.first, r.sqref, r.blockColors = len(r.found), s.Value("sqref"), false
	case "cfRule":
		r.rule(s)
	case "sqref":
		r.sqref = strings.TrimSpace(s.Text())
	case "formula", "f":
		if formula := strings.TrimSpace(s.Text()); strings.Contains(formula, namePrefix) {
			r.found = append(r.found, foundRule{sheet: r.sheet, formula: formula})
			r.colors = false
		}
	}
}

// rule takes of a rule whether it can colour cells: bars and icons leave the
// fill as it is.
func (r *rulesReader) rule(s *ooxml.Scanner) {
	kind := s.Value("type")
	r.colors = kind != "dataBar" && kind != "iconSet"
}

func (r *rulesReader) closeRule() {
	r.blockColors, r.colors = r.blockColors || r.colors, false
}

func (r *rulesReader) closed(local string) {
	switch local {
	case "cfRule":
		r.closeRule()
	case "conditionalFormatting":
		r.closeBlock()
	}
}

func (r *rulesReader) closeBlock() {
	for i := r.first; i < len(r.found); i++ {
		r.found[i].sqref = r.sqref
	}
	if !r.blockColors {
		return
	}
	for ref := range strings.FieldsSeq(r.sqref) {
		if at, ok := parseRange(ref); ok {
			r.colored = append(r.colored, at)
		}
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
			rules, _ := readRules(s, sheet)
			found = append(found, rules...)
		}
	}
	return found, s.Err()
}
