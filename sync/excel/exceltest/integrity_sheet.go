package exceltest

import (
	"slices"
	"strconv"
	"strings"
)

// lists are the lists of the styles part and the element in each.
func lists() map[string]string {
	return map[string]string{
		"numFmts": "numFmt", "fonts": "font", "fills": "fill", "borders": "border",
		"cellStyleXfs": "xf", "cellXfs": "xf", "cellStyles": "cellStyle", "dxfs": "dxf",
	}
}

// styles checks the styles part: that its counts are true and that its records
// refer to records that are there.
func (c *checker) styles() {
	tree := c.stylesTree()
	if tree == nil {
		return
	}
	size := listSizes(tree)
	formats := map[string]bool{}
	for _, list := range tree.elements() {
		if text, ok := list.attr("", "count"); ok && lists()[list.name.Local] != "" {
			if n, _ := strconv.Atoi(text); n != size[list.name.Local] {
				c.fault("styles: the count of %s isn't how many there are", list.name.Local)
			}
		}
		for _, e := range list.elements() {
			switch {
			case list.name.Local == "numFmts":
				id, _ := e.attr("", "numFmtId")
				c.once(formats, "number format", id)
			case e.name.Local == "xf":
				c.below(e, "xf", "fontId", size["fonts"])
				c.below(e, "xf", "fillId", size["fills"])
				c.below(e, "xf", "borderId", size["borders"])
				c.below(e, "xf", "xfId", size["cellStyleXfs"])
			}
		}
	}
}

func (c *checker) stylesTree() *node {
	for _, name := range c.related(c.main(), "styles") {
		return c.trees[name]
	}
	return nil
}

func listSizes(styles *node) map[string]int {
	size := map[string]int{}
	for _, list := range styles.elements() {
		for _, e := range list.elements() {
			if e.name.Local == lists()[list.name.Local] {
				size[list.name.Local]++
			}
		}
	}
	return size
}

// sheet checks a sheet: its styles are there, rows and cells ascend, and its
// relationships are declared.
func (c *checker) sheet(name string) {
	tree := c.trees[name]
	if tree == nil {
		return
	}
	size := map[string]int{}
	if styles := c.stylesTree(); styles != nil {
		size = listSizes(styles)
	}
	own := c.related(name, "")
	tree.each(func(n *node) {
		c.below(n, "c", "s", max(size["cellXfs"], 1))
		c.below(n, "row", "s", max(size["cellXfs"], 1))
		c.below(n, "col", "style", max(size["cellXfs"], 1))
		c.below(n, "cfRule", "dxfId", size["dxfs"])
		if id, ok := n.attr(relationsNS, "id"); ok && own[id] == "" {
			c.fault("%s: %s refers to relationship %s, which isn't there", name, n.name.Local, id)
		}
	})
	c.order(name, tree)
	c.blocks(name, tree)
}

// order checks that rows and cells stand in ascending order, each once.
func (c *checker) order(name string, tree *node) {
	last := 0
	tree.each(func(n *node) {
		if n.name.Local != "row" {
			return
		}
		if text, ok := n.attr("", "r"); ok {
			r, _ := strconv.Atoi(text)
			if r <= last {
				c.fault("%s: row %d comes after row %d", name, r, last)
			}
			last = r
		}
		c.cells(name, n)
	})
}

func (c *checker) cells(name string, row *node) {
	last := 0
	for _, cell := range row.elements() {
		ref, ok := cell.attr("", "r")
		if !ok {
			continue
		}
		col := columnOf(ref)
		if col <= last {
			c.fault("%s: cell %s is out of order", name, ref)
		}
		last = col
	}
}

func columnOf(ref string) int {
	n := 0
	for _, r := range ref {
		if r < 'A' || r > 'Z' {
			break
		}
		n = n*26 + int(r-'A'+1)
	}
	return n
}

// blocks checks that the blocks of a sheet which may be there only once are.
func (c *checker) blocks(name string, tree *node) {
	seen := map[string]bool{}
	var priorities []string
	for _, e := range tree.elements() {
		if e.name.Local != "conditionalFormatting" {
			c.once(seen, name+": block", e.name.Local)
			continue
		}
		for _, rule := range e.elements() {
			if p, ok := rule.attr("", "priority"); ok {
				priorities = append(priorities, p)
			}
		}
	}
	slices.Sort(priorities)
	if len(slices.Compact(slices.Clone(priorities))) < len(priorities) {
		c.fault("%s: two rules of one priority: %s", name, strings.Join(priorities, " "))
	}
}
