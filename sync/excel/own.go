package excel

import (
	"slices"
	"strings"

	"steerco/sync/workbook"
)

// What steerco's own things are known by. A tab has a sheet-local name that
// says which tab it is; it goes with the sheet whatever the sheet is called,
// and programs copy it with the sheet. All marks refer to the list of keys by
// its name.
const (
	namePrefix = "_steerco"
	nameOfTab  = "_steerco.tab"
	nameOfKeys = workbook.KeyList
	// keyOfData is what the data tab's own name says.
	keyOfData = "_data"
)

// ownSheet is a sheet of steerco's: the tab of a key.
type ownSheet struct {
	key string
	// at is the position in document.sheets.
	at int
}

// ownership tells what of a workbook is steerco's.
type ownership struct {
	// tabs are its tabs in the order of the sheets, without the data tab.
	tabs []ownSheet
	// hidden is the data tab's position in document.sheets; -1: there is none.
	hidden int
	// data is what the data tab holds.
	data data
}

// isOwn reports whether the sheet at a position is steerco's, the data tab
// included.
func (o ownership) isOwn(at int) bool {
	return at == o.hidden || slices.ContainsFunc(o.tabs, func(s ownSheet) bool { return s.at == at })
}

// findOwn tells what of the workbook is steerco's. Where somebody has copied a
// tab, the copy carries the name too: it is the team's.
func (d *document) findOwn() (ownership, error) {
	o := ownership{hidden: -1}
	byKey := d.marked()
	if list := byKey[keyOfData]; len(list) > 0 {
		o.hidden = d.pickData(list)
		sheet, err := d.readOne(d.sheets[o.hidden])
		if err != nil {
			return o, err
		}
		o.data = readData(&sheet)
	}
	for key, list := range byKey {
		if key != keyOfData {
			o.tabs = append(o.tabs, ownSheet{key: key, at: d.pick(list, o.data.record.tab(key))})
		}
	}
	slices.SortFunc(o.tabs, func(a, b ownSheet) int { return a.at - b.at })
	return o, nil
}

// marked returns the sheets that carry the name of a tab, by what it says.
func (d *document) marked() map[string][]int {
	byKey := map[string][]int{}
	for _, n := range d.names {
		if !strings.EqualFold(n.name, nameOfTab) || n.sheet < 0 || n.sheet >= len(d.sheets) {
			continue
		}
		if !d.sheets[n.sheet].isCells() {
			continue
		}
		key := unquoteFormula(n.text)
		byKey[key] = append(byKey[key], n.sheet)
	}
	for _, list := range byKey {
		slices.Sort(list)
	}
	return byKey
}

// pick returns which of several sheets with one key is steerco's: the one that
// is called as it was left, else the one with its number, else the first.
func (d *document) pick(list []int, r *tabRecord) int {
	if r == nil {
		return list[0]
	}
	for _, at := range list {
		if d.sheets[at].name == r.Name {
			return at
		}
	}
	for _, at := range list {
		if d.sheets[at].id == r.Sheet {
			return at
		}
	}
	return list[0]
}

// pickData returns which of several data tabs is steerco's: the one to which
// the name of the keys refers, else the first.
func (d *document) pickData(list []int) int {
	for _, n := range d.names {
		if n.sheet >= 0 || !strings.EqualFold(n.name, nameOfKeys) {
			continue
		}
		for _, at := range list {
			if sheetOfReference(n.text) == d.sheets[at].name {
				return at
			}
		}
	}
	return list[0]
}

// unquoteFormula reads what workbook.QuoteText writes.
func unquoteFormula(formula string) string {
	formula = strings.TrimPrefix(strings.TrimSpace(formula), "=")
	if len(formula) >= 2 && formula[0] == '"' && formula[len(formula)-1] == '"' {
		formula = formula[1 : len(formula)-1]
	}
	return strings.ReplaceAll(formula, `""`, `"`)
}

// sheetOfReference returns the name of the sheet in a reference such as
// 'My plan'!$A$1:$A$9; empty where there is none.
func sheetOfReference(formula string) string {
	i := strings.LastIndexByte(formula, '!')
	if i < 0 {
		return ""
	}
	name := strings.TrimPrefix(strings.TrimPrefix(formula[:i], "="), "$")
	if len(name) >= 2 && name[0] == '\'' && name[len(name)-1] == '\'' {
		name = strings.ReplaceAll(name[1:len(name)-1], "''", "'")
	}
	return name
}
