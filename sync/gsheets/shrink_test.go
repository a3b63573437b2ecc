package gsheets_test

import (
	"testing"

	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// rowsFrozen is a tab with rows of which the first ones are frozen, and as many
// of the last ones folded.
func rowsFrozen(rows, frozen, folded int) workbook.Drawing {
	d := tabSaying("committee", "say")
	t := d.Tab
	t.FreezeRows, t.Rows = frozen, nil
	for i := range rows {
		t.Rows = append(t.Rows, tab.Row{
			Cells: []tab.Cell{{Text: "row"}}, Folded: i >= rows-folded, Outline: boolInt(i >= rows-folded),
		})
	}
	d.Tab = t
	return d
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestTabBecomesSmaller holds that a tab can be drawn with fewer rows than were
// frozen, and where a person has hidden what is left.
func TestTabBecomesSmaller(t *testing.T) {
	w := newWriting(t, sheetstest.Options{})
	title := ""
	for _, d := range []workbook.Drawing{
		rowsFrozen(12, 8, 2), rowsFrozen(3, 1, 0), rowsFrozen(9, 2, 7), rowsFrozen(4, 3, 0), rowsFrozen(2, 1, 1),
	} {
		out := late(w.read(t), "first", "T1")
		out.Tabs = []workbook.Drawing{d}
		w.write(t, out)
		title = d.Tab.Title
		id := w.own(title).Properties.SheetId
		w.edit(t, func(p *sheetstest.Person) {
			p.Do("updateDimensionProperties", map[string]any{
				"range":      map[string]any{"sheetId": id, "dimension": "ROWS", "startIndex": 0, "endIndex": 3},
				"properties": map[string]any{"hiddenByUser": true}, "fields": "hiddenByUser",
			})
		})
	}
	grid := w.own(title).Properties.GridProperties
	if grid.RowCount != 3 || grid.FrozenRowCount != 1 {
		t.Errorf("got %d rows, %d of them frozen, want 3 and 1: one row must be free to scroll", grid.RowCount, grid.FrozenRowCount)
	}
}
