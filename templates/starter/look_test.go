package starter_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules/calendar"
	"steerco/templates/starter"
	"steerco/templates/tab"
)

func TestLook(t *testing.T) {
	s := starter.Sheet{
		Columns: []starter.Column{{Format: starter.Exact}, {Format: starter.Wrapped}, {Format: starter.Percent}},
		Rows: []starter.Row{
			{Cells: []starter.Cell{{Text: "1.10"}, {Date: calendar.New(2026, 12, 1)}}},
			{Summary: true, Cells: []starter.Cell{{}, {Format: starter.Whole}}},
		},
	}
	const hair = "D5DAE0"
	for name, tt := range map[string]struct {
		row, column int
		want        tab.Look
	}{
		"title":            {starter.TitleRow, 0, tab.Look{Size: 15, Bold: true, Text: tab.Navy}},
		"beside the title": {starter.TitleRow, 1, tab.Look{}},
		"help":             {starter.HelpRow, 0, tab.Look{Size: 9, Text: tab.Grey}},
		"above the header": {starter.HeaderRow - 1, 0, tab.Look{}},
		"header":           {starter.HeaderRow, 2, tab.Look{Size: 9, Bold: true, Text: "FFFFFF", Fill: tab.Navy, Middle: true, Wrap: true}},
		"exact":            {starter.FirstRow, 0, tab.Look{Size: 9, LineBelow: hair, Wrap: true, Format: "@"}},
		"a date of its own": {
			starter.FirstRow, 1, tab.Look{Size: 9, LineBelow: hair, Align: "center", Format: tab.FormatDate},
		},
		"without a cell": {starter.FirstRow, 2, tab.Look{Size: 9, LineBelow: hair, Align: "center", Format: "0%"}},
		"summary": {
			starter.FirstRow + 1, 1,
			tab.Look{Size: 9, Bold: true, Text: tab.Navy, Fill: tab.Light, LineBelow: tab.Line, Align: "center", Format: "0"},
		},
		"spare": {starter.FirstRow + 2, 2, tab.Look{Size: 9, Align: "center", Format: "0%"}},
	} {
		if diff := cmp.Diff(s.Look(tt.row, tt.column), tt.want); diff != "" {
			t.Errorf("%s: got -, want +\n%s", name, diff)
		}
	}
}
