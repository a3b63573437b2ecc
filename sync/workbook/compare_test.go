package workbook_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules/plan"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

func drawing(key, text string) workbook.Drawing {
	return workbook.Drawing{
		Tab: tab.Tab{Key: key, Title: strings.ToUpper(key), Rows: []tab.Row{{Cells: []tab.Cell{{Text: text}}}}},
	}
}

func wanted() workbook.Output {
	return workbook.Output{
		ID:   "id1",
		Tabs: []workbook.Drawing{drawing("summary", "a"), drawing("committee", "b")},
		Marks: []workbook.Mark{
			{Sheet: "Plan", Column: 2, FirstRow: 4, LastRow: 119, Severity: "warning", Field: "finish", Parts: []int{0, 2}},
			{Sheet: "Plan", Column: 1, FirstRow: 4, LastRow: 119, Severity: "critical", Field: "name", Parts: []int{0, 2}},
		},
		Keys: []string{"k1", "k2"},
	}
}

// standing is what Read finds after out was written.
func standing(out workbook.Output) workbook.Own {
	own := workbook.Own{ID: out.ID, Keys: out.Keys, Whole: true}
	for _, d := range out.Tabs {
		own.Tabs = append(own.Tabs, workbook.OwnTab{Key: d.Tab.Key, Title: d.Tab.Title, Digest: d.Digest()})
	}
	for _, m := range out.Marks {
		own.Marks = append(own.Marks, m.Found())
	}
	return own
}

func TestCompare(t *testing.T) {
	nothing := func(*workbook.Own, *workbook.Output) {}
	for name, tt := range map[string]struct {
		change func(*workbook.Own, *workbook.Output)
		want   []string
	}{
		"as it should be": {nothing, nil},
		"never written": {func(own *workbook.Own, _ *workbook.Output) { *own = workbook.Own{} }, []string{
			`sheet "SUMMARY": new tab`, `sheet "COMMITTEE": new tab`,
			`sheet "Plan", C5:C120: highlight warning (finish)`, `sheet "Plan", B5:B120: highlight critical (name)`,
			"workbook: highlighted cells: 2", "workbook: hidden sheet for steerco's own notes",
		}},
		"taken out": {func(_ *workbook.Own, out *workbook.Output) { *out = workbook.Output{} }, []string{
			`sheet "SUMMARY": tab removed`, `sheet "COMMITTEE": tab removed`,
			`sheet "Plan", C5:C120: highlight removed`, `sheet "Plan", B5:B120: highlight removed`,
			"workbook: highlighted cells: 0 more, 2 less", "workbook: hidden sheet for steerco's own notes removed",
		}},
		"taken out where nothing is": {func(own *workbook.Own, out *workbook.Output) {
			*own, *out = workbook.Own{}, workbook.Output{}
		}, nil},
		"order and titles": {func(own *workbook.Own, _ *workbook.Output) {
			slices.Reverse(own.Tabs)
			slices.Reverse(own.Marks)
			own.Tabs[0].Title, own.Tabs[0].Hidden = "Sponsor", true
		}, nil},
		"drawn otherwise": {func(_ *workbook.Own, out *workbook.Output) {
			out.Tabs[0] = drawing("summary", "new")
		}, []string{`sheet "SUMMARY": tab updated`}},
		"somebody wrote into a tab": {func(own *workbook.Own, _ *workbook.Output) {
			own.Tabs[1].Altered, own.Whole = true, false
		}, []string{`sheet "COMMITTEE": tab drawn again: somebody has changed it`}},
		"something else was changed": {func(own *workbook.Own, _ *workbook.Output) {
			own.Whole = false
		}, []string{"workbook: put right what somebody has changed of steerco's own"}},
		"rule twice": {func(own *workbook.Own, _ *workbook.Output) {
			own.Marks = append(own.Marks, own.Marks[0])
		}, []string{`sheet "Plan", C5:C120: several equal highlights made one: warning (finish)`}},
		"rule copied to another sheet": {func(own *workbook.Own, _ *workbook.Output) {
			m := own.Marks[0]
			m.Sheet, m.Range.LastRow = "Copy", 4
			own.Marks = append(own.Marks, m)
		}, []string{`sheet "Copy", C5: highlight removed`}},
		"rule grown by inserted rows": {func(own *workbook.Own, _ *workbook.Output) {
			own.Marks[0].Range.LastRow++
		}, []string{`sheet "Plan", C5:C120: highlight warning (finish)`, `sheet "Plan", C5:C121: highlight removed`}},
		"other columns make the key": {func(_ *workbook.Own, out *workbook.Output) {
			out.Marks[0].Parts = []int{1, 2}
		}, []string{`sheet "Plan", C5:C120: highlight warning (finish)`, `sheet "Plan", C5:C120: highlight removed`}},
		"another row": {func(_ *workbook.Own, out *workbook.Output) {
			out.Keys = []string{"k1", "k3", "k4"}
		}, []string{"workbook: highlighted cells: 2 more, 1 less"}},
	} {
		t.Run(name, func(t *testing.T) {
			out := wanted()
			own := standing(wanted())
			tt.change(&own, &out)
			var got []string
			for _, c := range workbook.Compare(own, out) {
				got = append(got, c.String())
			}
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("got -, want +\n%s", diff)
			}
		})
	}
}

func TestDigest(t *testing.T) {
	number := func(v float64) *float64 { return &v }
	base := func() workbook.Drawing {
		return workbook.Drawing{
			Tab: tab.Tab{Key: "summary", Rows: []tab.Row{{Cells: []tab.Cell{
				{Text: "T1", Link: plan.Ref{Row: 1}}, {Column: 1, Number: number(1)},
			}}}},
			Links: map[tab.Position]workbook.Link{
				{Row: 0, Column: 0}: {Sheet: "Plan", Row: 4},
				{Row: 3, Column: 0}: {Sheet: "Plan", Row: 5},
				{Row: 3, Column: 1}: {Sheet: "Plan", Row: 6},
			},
		}
	}
	for name, tt := range map[string]struct {
		change func(*workbook.Drawing)
		equal  bool
	}{
		"nothing":            {func(*workbook.Drawing) {}, true},
		"equal number":       {func(d *workbook.Drawing) { d.Tab.Rows[0].Cells[1].Number = number(1) }, true},
		"a row's number":     {func(d *workbook.Drawing) { d.Tab.Rows[0].Cells[0].Link.Row = 9 }, true},
		"text":               {func(d *workbook.Drawing) { d.Tab.Rows[0].Cells[0].Text = "T2" }, false},
		"number":             {func(d *workbook.Drawing) { d.Tab.Rows[0].Cells[1].Number = number(2) }, false},
		"style":              {func(d *workbook.Drawing) { d.Tab.Rows[0].Cells[0].Style = tab.BodyLink }, false},
		"link":               {func(d *workbook.Drawing) { d.Links[tab.Position{}] = workbook.Link{Sheet: "Plan", Row: 5} }, false},
		"print":              {func(d *workbook.Drawing) { d.Tab.Print.OnePage = true }, false},
		"columns":            {func(d *workbook.Drawing) { d.Tab.Columns = []tab.Column{{Width: 9}} }, false},
		"empty row appended": {func(d *workbook.Drawing) { d.Tab.Rows = append(d.Tab.Rows, tab.Row{}) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := base()
			tt.change(&d)
			if got := d.Digest() == base().Digest(); got != tt.equal {
				t.Errorf("equal digest: got %t, want %t", got, tt.equal)
			}
		})
	}
}

// TestDigestHoldsAllOfACell changes each field of a cell, also those that the
// model may get one day.
func TestDigestHoldsAllOfACell(t *testing.T) {
	of := func(c tab.Cell) string {
		return workbook.Drawing{Tab: tab.Tab{Rows: []tab.Row{{Cells: []tab.Cell{c}}}}}.Digest()
	}
	kind := reflect.TypeFor[tab.Cell]()
	for i := range kind.NumField() {
		var c tab.Cell
		field := reflect.ValueOf(&c).Elem().Field(i)
		switch field.Kind() {
		case reflect.Int, reflect.Int32:
			field.SetInt(7)
		case reflect.String:
			field.SetString("x")
		case reflect.Bool:
			field.SetBool(true)
		case reflect.Pointer:
			field.Set(reflect.New(field.Type().Elem()))
		case reflect.Struct:
			field.Set(reflect.ValueOf(plan.Ref{Row: 7, Field: plan.Finish}))
		}
		if same := of(c) == of(tab.Cell{}); same != (kind.Field(i).Name == "Link") {
			t.Errorf("field %s changed: equal digest: got %t", kind.Field(i).Name, same)
		}
	}
}
