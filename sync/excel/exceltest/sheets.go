package exceltest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// SheetNames returns the titles of the sheets in their order.
func SheetNames(a *Archive) []string {
	c := checker{archive: a, trees: map[string]*node{}}
	c.parse()
	var out []string
	if tree := c.trees[c.main()]; tree != nil {
		tree.each(func(n *node) {
			if n.name.Local == "sheet" {
				title, _ := n.attr("", "name")
				out = append(out, title)
			}
		})
	}
	return out
}

// DrawnFaults returns what is wrong with a sheet that was drawn anew: a
// dimension that isn't what the sheet uses, a sheet that is selected beside
// another one, merged ranges that overlap.
func DrawnFaults(part []byte) []string {
	tree, err := parse(part)
	if err != nil {
		return []string{err.Error()}
	}
	var faults []string
	var used bounds
	var told string
	var merged []bounds
	tree.each(func(n *node) {
		ref, _ := n.attr("", "ref")
		switch n.name.Local {
		case "dimension":
			told = ref
		case "sheetView":
			if selected, _ := n.attr("", "tabSelected"); selected == "1" || selected == "true" {
				faults = append(faults, "the sheet is selected")
			}
		case "c":
			cell, _ := n.attr("", "r")
			used = used.with(boundsOf(cell))
		case "mergeCell":
			merged = append(merged, boundsOf(ref))
		}
	})
	if got := boundsOf(told); got != used {
		faults = append(faults, fmt.Sprintf("the dimension is %s, the cells are in %v", told, used))
	}
	for i, m := range merged {
		if slices.ContainsFunc(merged[i+1:], m.overlaps) {
			faults = append(faults, fmt.Sprintf("merged ranges overlap: %v", m))
		}
	}
	return faults
}

// bounds are a range: rows and columns from 1, zero for none.
type bounds struct{ top, left, bottom, right int }

func boundsOf(ref string) bounds {
	first, last, ok := strings.Cut(ref, ":")
	if !ok {
		last = first
	}
	return bounds{rowOf(first), columnOf(first), rowOf(last), columnOf(last)}
}

func rowOf(cell string) int {
	n, _ := strconv.Atoi(strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return n
}

func (b bounds) with(o bounds) bounds {
	if b == (bounds{}) {
		return o
	}
	return bounds{min(b.top, o.top), min(b.left, o.left), max(b.bottom, o.bottom), max(b.right, o.right)}
}

func (b bounds) overlaps(o bounds) bool {
	return b.top <= o.bottom && o.top <= b.bottom && b.left <= o.right && o.left <= b.right
}
