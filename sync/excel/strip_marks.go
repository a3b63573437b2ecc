package excel

import "strings"

// foundRule is a highlight of steerco's as it stands in a sheet.
type foundRule struct {
	sheet, sqref, formula string
}

// stripMarks takes the highlights out of a sheet: from the ordinary blocks of
// conditional formats and from the extension, where Excel puts rules that name
// another sheet. Blocks that hold nothing else go with them.
func stripMarks(p *patch, sheet string) []foundRule {
	var found []foundRule
	for _, block := range p.root.all("conditionalFormatting") {
		rules := ownRules(p, block)
		for _, r := range rules {
			found = append(found, foundRule{sheet, block.value("sqref"), formulaOf(p, r)})
		}
		p.removeAll(block, rules)
	}
	for _, list := range p.root.all("extLst") {
		var emptied []*element
		for _, ext := range list.all("ext") {
			for _, blocks := range ext.all("conditionalFormattings") {
				rules, isEmpty := stripExtension(p, blocks, sheet)
				found = append(found, rules...)
				if isEmpty && len(ext.children) == 1 {
					emptied = append(emptied, ext)
				} else if isEmpty {
					p.remove(blocks)
				}
			}
		}
		p.removeChildren(list, emptied)
	}
	return found
}

// stripExtension takes the highlights out of an extension's list of blocks. If
// nothing would be left it takes out nothing and says so.
func stripExtension(p *patch, blocks *element, sheet string) (found []foundRule, isEmpty bool) {
	var edits []func()
	isEmpty = true
	for _, block := range blocks.children {
		rules := ownRules(p, block)
		sqref := ""
		if e := block.child("sqref"); e != nil {
			sqref = strings.TrimSpace(e.text(p.base))
		}
		for _, r := range rules {
			found = append(found, foundRule{sheet, sqref, formulaOf(p, r)})
		}
		if len(rules) == 0 || len(rules) < len(block.all("cfRule")) {
			isEmpty = false
		}
		edits = append(edits, func() { p.removeAll(block, rules) })
	}
	if isEmpty && len(found) > 0 {
		return found, true
	}
	for _, e := range edits {
		e()
	}
	return found, false
}

// ownRules returns the rules of a block whose formula refers to steerco.
func ownRules(p *patch, block *element) []*element {
	var own []*element
	for _, rule := range block.all("cfRule") {
		if strings.Contains(strings.ToLower(formulaOf(p, rule)), namePrefix) {
			own = append(own, rule)
		}
	}
	return own
}

// formulaOf returns the formulas of a rule: in the ordinary block their
// element is called formula, in the extension f.
func formulaOf(p *patch, rule *element) string {
	var all []string
	for _, c := range rule.children {
		if c.local == "formula" || c.local == "f" {
			all = append(all, strings.TrimSpace(c.text(p.base)))
		}
	}
	return strings.Join(all, "\n")
}

// removeAll takes rules out of a block, and the block if it has no others.
func (p *patch) removeAll(block *element, rules []*element) {
	if len(rules) > 0 && len(rules) == len(block.all("cfRule")) {
		p.remove(block)
		return
	}
	for _, r := range rules {
		p.remove(r)
	}
}

// removeChildren takes children out, and the parent if it has no others.
func (p *patch) removeChildren(parent *element, children []*element) {
	if len(children) > 0 && len(children) == len(parent.children) {
		p.remove(parent)
		return
	}
	for _, c := range children {
		p.remove(c)
	}
}
