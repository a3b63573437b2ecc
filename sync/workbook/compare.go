package workbook

import (
	"fmt"
	"slices"
	"strconv"
)

// KeyList is the name by which conditions find Output.Keys. A backend whose
// program knows no names writes something else, and gives FoundMark.Formula
// with this name in its place.
const KeyList = "_steerco.keys"

// Change is one thing that a write would do, in words for people.
type Change struct {
	// Sheet is the sheet's title; empty where it is about the whole workbook.
	Sheet string
	// Cells is the range, as "C5:C120"; empty where it is about the whole
	// sheet.
	Cells string
	// What would be done: "highlight warning (finish)".
	What string
}

// String returns the change in one line.
func (c Change) String() string {
	switch {
	case c.Sheet == "":
		return "workbook: " + c.What
	case c.Cells == "":
		return fmt.Sprintf("sheet %q: %s", c.Sheet, c.What)
	}
	return fmt.Sprintf("sheet %q, %s: %s", c.Sheet, c.Cells, c.What)
}

// Compare returns what must be done so that out stands in a workbook in which
// own stands: tabs first, then highlights by their sheets and ranges. It
// returns nothing when there is nothing to write. The order of tabs and marks
// makes no difference, nor does the title that somebody gave to a tab.
func Compare(own Own, out Output) []Change {
	changes := compareTabs(own.Tabs, out.Tabs)
	changes = append(changes, compareMarks(own.Marks, out.Marks)...)
	changes = append(changes, compareKeys(own.Keys, out.Keys)...)
	switch {
	case own.ID == out.ID:
	case out.ID == "":
		changes = append(changes, Change{What: "hidden sheet for steerco's own notes removed"})
	case own.ID == "":
		changes = append(changes, Change{What: "hidden sheet for steerco's own notes"})
	default:
		changes = append(changes, Change{What: "identity stored anew"})
	}
	if len(changes) == 0 && !own.Whole && !own.isEmpty() {
		changes = append(changes, Change{What: "put right what somebody has changed of steerco's own"})
	}
	return changes
}

func (o Own) isEmpty() bool {
	return o.ID == "" && len(o.Tabs) == 0 && len(o.Marks) == 0 && len(o.Keys) == 0
}

func compareTabs(own []OwnTab, want []Drawing) []Change {
	var changes []Change
	for _, d := range want {
		i := slices.IndexFunc(own, func(o OwnTab) bool { return o.Key == d.Tab.Key })
		switch {
		case i < 0:
			changes = append(changes, Change{Sheet: d.Tab.Title, What: "new tab"})
		case own[i].Altered:
			changes = append(changes, Change{Sheet: own[i].Title, What: "tab drawn again: somebody has changed it"})
		case own[i].Digest != d.Digest():
			changes = append(changes, Change{Sheet: own[i].Title, What: "tab updated"})
		}
	}
	for _, o := range own {
		if !slices.ContainsFunc(want, func(d Drawing) bool { return d.Tab.Key == o.Key }) {
			changes = append(changes, Change{Sheet: o.Title, What: "tab removed"})
		}
	}
	return changes
}

func compareMarks(own []FoundMark, want []Mark) []Change {
	standing := map[FoundMark]int{}
	for _, f := range own {
		standing[f]++
	}
	wanted := map[FoundMark]bool{}
	var changes []Change
	for _, m := range want {
		f := m.Found()
		if wanted[f] {
			continue
		}
		wanted[f] = true
		what := "highlight " + m.Severity + " (" + m.Field + ")"
		if standing[f] > 1 {
			what = "several equal highlights made one: " + m.Severity + " (" + m.Field + ")"
		}
		if standing[f] != 1 {
			changes = append(changes, Change{m.Sheet, f.Range.String(), what})
		}
	}
	for _, f := range own {
		if !wanted[f] {
			changes = append(changes, Change{f.Sheet, f.Range.String(), "highlight removed"})
		}
	}
	return changes
}

// Found returns the mark as Read finds it where it stands as it should.
func (m Mark) Found() FoundMark {
	return FoundMark{
		Sheet:   m.Sheet,
		Range:   Range{FirstRow: m.FirstRow, FirstColumn: m.Column, LastRow: m.LastRow, LastColumn: m.Column},
		Formula: m.Condition(KeyList),
	}
}

// String returns the range as people write it: "C5:C120", or "C5" for one cell.
func (r Range) String() string {
	first, last := CellName(r.FirstRow, r.FirstColumn), CellName(r.LastRow, r.LastColumn)
	if first == last {
		return first
	}
	return first + ":" + last
}

// compareKeys counts cells: there is a key for each one that is highlighted,
// but for rows that can't be told apart.
func compareKeys(own, want []string) []Change {
	more, less := missing(want, own), missing(own, want)
	switch {
	case more+less == 0:
		return nil
	case less == 0 && len(own) == 0:
		return []Change{{What: "highlighted cells: " + strconv.Itoa(more)}}
	}
	return []Change{{What: fmt.Sprintf("highlighted cells: %d more, %d less", more, less)}}
}

// missing counts which of these are not among those.
func missing(these, those []string) int {
	have := make(map[string]bool, len(those))
	for _, s := range those {
		have[s] = true
	}
	n := 0
	for _, s := range these {
		if !have[s] {
			n++
		}
	}
	return n
}
