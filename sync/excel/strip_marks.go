package excel

import (
	"slices"
	"strings"
)

// stripMarks takes the highlights out of a sheet: from the ordinary blocks of
// conditional formats and from the extension, where Excel puts rules that name
// another sheet. Blocks that hold nothing else go with them.
func stripMarks(p *patch) {
	for _, block := range p.root.all("conditionalFormatting") {
		p.removeAll(block, ownRules(p, block))
	}
	for _, list := range p.root.all("extLst") {
		var emptied []*element
		for _, ext := range list.all("ext") {
			for _, blocks := range ext.all("conditionalFormattings") {
				isEmpty := stripExtension(p, blocks)
				if isEmpty && len(ext.children) == 1 {
					emptied = append(emptied, ext)
				} else if isEmpty {
					p.remove(blocks)
				}
			}
		}
		p.removeChildren(list, emptied)
	}
}

// stripExtension takes the highlights out of an extension's list of blocks. If
// nothing would be left it takes out nothing and says so.
func stripExtension(p *patch, blocks *element) (isEmpty bool) {
	found := map[*element][]*element{}
	isEmpty = len(blocks.children) > 0
	for _, block := range blocks.children {
		found[block] = ownRules(p, block)
		isEmpty = isEmpty && len(found[block]) > 0 && len(found[block]) == len(block.all("cfRule"))
	}
	if isEmpty {
		return true
	}
	for _, block := range blocks.children {
		p.removeAll(block, found[block])
	}
	return false
}

// ownRules returns the rules of a block whose formula refers to steerco.
func ownRules(p *patch, block *element) []*element {
	var own []*element
	for _, rule := range block.all("cfRule") {
		if isOwnRule(p, rule) {
			own = append(own, rule)
		}
	}
	return own
}

// isOwnRule reports whether a rule refers to steerco. In the ordinary block a
// formula's element is called formula, in the extension f.
func isOwnRule(p *patch, rule *element) bool {
	return slices.ContainsFunc(rule.children, func(c *element) bool {
		return (c.local == "formula" || c.local == "f") && strings.Contains(c.text(p.base), namePrefix)
	})
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
