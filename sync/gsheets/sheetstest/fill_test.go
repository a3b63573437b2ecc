package sheetstest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
)

const (
	red   = "F4CCCC"
	green = "00FF00"
	white = "FFFFFF"
)

// fill returns the colour of a cell.
func (b book) fill(t *testing.T, row, column int) string {
	t.Helper()
	color, err := b.server.Fill(b.id, "Sheet1", row, column)
	if err != nil {
		t.Fatal(err)
	}
	return color
}

// rule returns a request that adds a conditional format at an index, over columns A to D of some
// rows of the first sheet.
func rule(index int, kind, values, format string) string {
	return `{"addConditionalFormatRule":{"index":` + fmt.Sprint(index) + `,"rule":{"ranges":[{"sheetId":0,"startRowIndex":1,"endRowIndex":6,"startColumnIndex":0,"endColumnIndex":4}],
		"booleanRule":{"condition":{"type":"` + kind + `","values":[` + values + `]},"format":` + format + `}}}}`
}

func entered(values ...string) string {
	var all []string
	for _, v := range values {
		all = append(all, fmt.Sprintf(`{"userEnteredValue":%q}`, v))
	}
	return strings.Join(all, ",")
}

const (
	redFill   = `{"backgroundColor":{"red":1}}`
	greenFill = `{"backgroundColor":{"green":1}}`
)

func TestFillOfConditions(t *testing.T) {
	for _, c := range []struct {
		kind, values string
		value        any
		want         bool
	}{
		{"CUSTOM_FORMULA", entered("=$A2>3"), 4, true},
		{"CUSTOM_FORMULA", entered("=$A2>3"), 3, false},
		{"CUSTOM_FORMULA", entered("=A2"), "x", false},
		{"CUSTOM_FORMULA", entered("=1/0"), 1, false},
		{"CUSTOM_FORMULA", entered("=A2"), 2, true},
		{"BLANK", "", nil, true},
		{"BLANK", "", 0, false},
		{"NOT_BLANK", "", "x", true},
		{"NOT_BLANK", "", nil, false},
		{"TEXT_CONTAINS", entered("LATE"), "too late", true},
		{"TEXT_NOT_CONTAINS", entered("late"), "on time", true},
		{"TEXT_STARTS_WITH", entered("on"), "On time", true},
		{"TEXT_ENDS_WITH", entered("on"), "on time", false},
		{"TEXT_EQ", entered("Done"), "done", true},
		{"NUMBER_GREATER", entered("2"), 3, true},
		{"NUMBER_GREATER", entered("2"), "3", false},
		{"NUMBER_GREATER_THAN_EQ", entered("2"), 2, true},
		{"NUMBER_LESS", entered("2"), 1, true},
		{"NUMBER_LESS_THAN_EQ", entered("=1+1"), 2, true},
		{"NUMBER_EQ", entered("2"), 2, true},
		{"NUMBER_NOT_EQ", entered("2"), 2, false},
		{"NUMBER_BETWEEN", entered("5", "2"), 3, true},
		{"NUMBER_NOT_BETWEEN", entered("2", "5"), 3, false},
	} {
		b := newBook(sheetstest.Options{})
		b.batch(t, js(t, rule(0, c.kind, c.values, redFill)))
		if c.value != nil {
			b.enter(t, "A2", raw, []any{c.value})
		}
		want := white
		if c.want {
			want = "FF0000"
		}
		if got := b.fill(t, 1, 0); got != want {
			t.Errorf("%s %s of %v: got %s, want %s", c.kind, c.values, c.value, got, want)
		}
		if got := b.fill(t, 0, 0); got != white {
			t.Errorf("%s: beside the rule: got %s, want %s", c.kind, got, white)
		}
	}
}

// TestFirstRuleWins lays rules, alternating colours and a colour of the cell's
// own over each other.
func TestFirstRuleWins(t *testing.T) {
	b := newBook(sheetstest.Options{})
	b.batch(t,
		js(t, `{"addBanding":{"bandedRange":{"range":{"sheetId":0,"startRowIndex":0,"endRowIndex":6,"startColumnIndex":0,"endColumnIndex":4},"rowProperties":{
			"headerColor":{"blue":1},"firstBandColor":{"red":1,"green":1,"blue":1},"secondBandColor":{"red":0.8,"green":0.8,"blue":0.8}}}}}`),
		js(t, `{"repeatCell":{"range":{"sheetId":0,"startRowIndex":2,"endRowIndex":3},"cell":{"userEnteredFormat":{"backgroundColor":{"red":1,"green":1}}},"fields":"userEnteredFormat"}}`),
		js(t, rule(0, "CUSTOM_FORMULA", entered("=$A2=1"), `{"textFormat":{"bold":true}}`)),
		js(t, rule(1, "CUSTOM_FORMULA", entered("=$A2>0"), greenFill)),
		js(t, rule(2, "CUSTOM_FORMULA", entered("=$A2>0"), redFill)),
	)
	b.enter(t, "A1", raw, []any{"id"}, []any{0}, []any{0}, []any{1})
	for row, want := range []string{"0000FF", white, "FFFF00", green, "CCCCCC", white} {
		if got := b.fill(t, row, 1); got != want {
			t.Errorf("row %d: got %s, want %s", row+1, got, want)
		}
	}
	got := b.cellOf(t, "A4", "effectiveFormat(backgroundColor,textFormat/bold)")
	compare(t, "effective format", got, js(t, `{"effectiveFormat":{"backgroundColor":{"green":1},"textFormat":{"bold":true}}}`))
}

func TestFillThatIsNotKnown(t *testing.T) {
	b := newBook(sheetstest.Options{})
	b.batch(t, js(t, rule(0, "CUSTOM_FORMULA", entered("=NOSUCH(A2)"), redFill)))
	for _, c := range []struct {
		sheet string
		row   int
		want  string
	}{
		{"Sheet1", 1, "the conditional format at index 0 of the sheet Sheet1 gives: the stand-in does not compute the function NOSUCH"},
		{"Gone", 1, `no sheet "Gone"`},
		{"Sheet1", 0, ""},
	} {
		_, err := b.server.Fill(b.id, c.sheet, c.row, 0)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s, row %d: got %v, want %q", c.sheet, c.row, err, c.want)
		}
	}
	if _, err := b.server.Shown("gone", "Sheet1", 0, 0); err == nil {
		t.Error("got no error for a spreadsheet that isn't there")
	}
}

func TestConditionsThatAreRefused(t *testing.T) {
	b := newBook(sheetstest.Options{Semicolons: true})
	b.batch(t, js(t, `{"updateSpreadsheetProperties":{"properties":{"locale":"de_DE"},"fields":"locale"}}`),
		js(t, `{"addSheet":{"properties":{"title":"Other"}}}`))
	for _, text := range []string{"=IF(TRUE,1,0)", "=(", "=Other!A1>0"} {
		got, _ := b.batch(t, js(t, rule(0, "CUSTOM_FORMULA", entered(text), redFill))).(string)
		if want := "Invalid requests[0].addConditionalFormatRule: Invalid ConditionValue.userEnteredValue: "; !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %q, want %q …", text, got, want)
		}
	}
	for _, text := range []string{"=IF(TRUE;1;0)", `=INDIRECT("Other!A1")>0`, "=Sheet1!A1>0"} {
		if got, refused := b.batch(t, js(t, rule(0, "CUSTOM_FORMULA", entered(text), redFill))).(string); refused {
			t.Errorf("%s: got %q, want no error", text, got)
		}
	}
}

// mark is a highlight over the first three columns.
func mark(lastRow int) workbook.Mark {
	return workbook.Mark{Sheet: "Sheet1", Column: 1, FirstRow: 1, LastRow: lastRow, Severity: "critical", Field: "finish", Parts: []int{0, 1, 2}}
}

// highlighted returns a spreadsheet in which a mark stands, with its keys in a
// sheet of their own.
func highlighted(t *testing.T, m workbook.Mark, rows [][]any, keys []string) book {
	t.Helper()
	b := newBook(sheetstest.Options{})
	request := map[string]any{"addConditionalFormatRule": map[string]any{"index": 0, "rule": map[string]any{
		"ranges": []any{map[string]any{
			"sheetId": 0, "startRowIndex": m.FirstRow, "endRowIndex": m.LastRow + 1, "startColumnIndex": m.Column, "endColumnIndex": m.Column + 1,
		}},
		"booleanRule": map[string]any{
			"condition": map[string]any{"type": "CUSTOM_FORMULA", "values": []any{
				map[string]any{"userEnteredValue": "=" + m.Condition(`INDIRECT("marked")`)},
			}},
			"format": map[string]any{"backgroundColor": map[string]any{"red": 0.95686275, "green": 0.8, "blue": 0.8}},
		},
	}}}
	size := max(m.LastRow+2, 1000)
	got := b.batch(t,
		js(t, fmt.Sprintf(`{"updateSheetProperties":{"properties":{"sheetId":0,"gridProperties":{"rowCount":%d}},"fields":"gridProperties/rowCount"}}`, size)),
		js(t, fmt.Sprintf(`{"addSheet":{"properties":{"sheetId":7,"title":"keys","gridProperties":{"rowCount":%d,"columnCount":1}}}}`, len(keys)+1)),
		js(t, `{"addNamedRange":{"namedRange":{"name":"marked","range":{"sheetId":7,"startColumnIndex":0,"endColumnIndex":1}}}}`), request)
	if text, refused := got.(string); refused {
		t.Fatal(text)
	}
	b.enter(t, "Sheet1!A2", raw, rows...)
	column := make([][]any, len(keys))
	for i, key := range keys {
		column[i] = []any{key}
	}
	b.enter(t, "keys!A1", raw, column...)
	return b
}

// cells returns the cells of a row for workbook.Key.
func cells(values []any) []workbook.Cell {
	all := make([]workbook.Cell, len(values))
	for i, value := range values {
		all[i].Column = int32(i)
		switch v := value.(type) {
		case string:
			if v != "" {
				all[i].Kind, all[i].Text = workbook.Text, v
			}
		case float64:
			all[i].Kind, all[i].Number = workbook.Number, v
		case bool:
			all[i].Kind = workbook.Bool
			if v {
				all[i].Number = 1
			}
		}
	}
	return all
}

// TestHighlightsAreComputed holds the formula of a highlight against the key
// that is made of a row, for contents of any kind.
func TestHighlightsAreComputed(t *testing.T) {
	value := rapid.OneOf(
		rapid.Map(rapid.StringN(0, 120, -1), func(s string) any { return strings.ToValidUTF8(s, "") }),
		rapid.Map(rapid.StringOfN(rapid.RuneFrom([]rune(" \t\r\n~*?|\"'=aZ😀é")), 0, 200, -1), func(s string) any { return s }),
		rapid.Map(rapid.Float64Range(-2e9, 2e9), func(f float64) any { return f }),
		rapid.Map(rapid.IntRange(-99999, 99999), func(i int) any { return float64(i) / 1000 }),
		rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		rapid.Just(any("")),
	)
	rapid.Check(t, func(r *rapid.T) {
		var rows [][]any
		var keys []string
		m := mark(8)
		for range 8 {
			row := []any{value.Draw(r, "a"), value.Draw(r, "b"), value.Draw(r, "c")}
			rows = append(rows, row)
			keys = append(keys, workbook.Keys(m.Severity, m.Field, cells(row))...)
		}
		b := highlighted(t, m, rows, keys)
		for i := range rows {
			if got := b.fill(t, i+1, 1); got != red {
				r.Errorf("row %d, %q: got %s, want %s", i+2, rows[i], got, red)
			}
		}
		// What isn't among the keys isn't marked.
		b.enter(t, "Sheet1!A2", raw, []any{"some other row", "", ""})
		if got := b.fill(t, 1, 1); got != white {
			r.Errorf("another row: got %s, want %s", got, white)
		}
	})
}

// TestHighlightsFollowTheirRows moves rows by hand.
func TestHighlightsFollowTheirRows(t *testing.T) {
	m := mark(8)
	rows := [][]any{{"T1", 46000.0, "open"}, {"T2", 46001.0, "open"}, {"T3", 46002.0, "done"}}
	b := highlighted(t, m, rows, workbook.Keys(m.Severity, m.Field, cells(rows[1])))
	check := func(what string, want ...string) {
		t.Helper()
		for i, color := range want {
			if got := b.fill(t, i+1, 1); got != color {
				t.Errorf("%s: row %d: got %s, want %s", what, i+2, got, color)
			}
		}
	}
	check("at first", white, red, white, white)
	edit(t, b.server, b.id, func(p *sheetstest.Person) { p.InsertRows("Sheet1", 1, 1) })
	check("inserted", white, white, red, white)
	edit(t, b.server, b.id, func(p *sheetstest.Person) { p.SwapRows("Sheet1", 3, 4) })
	check("swapped", white, white, white, red)
	edit(t, b.server, b.id, func(p *sheetstest.Person) { p.DeleteRows("Sheet1", 0, 2) })
	check("deleted", white, red, white, white)
	edit(t, b.server, b.id, func(p *sheetstest.Person) { p.Set("Sheet1", 2, 2, "done") })
	check("mended", white, white, white, white)
}

// TestShownFollowsTheClock looks twice at a cell that shows the day.
func TestShownFollowsTheClock(t *testing.T) {
	now := time.Date(2026, time.May, 4, 23, 0, 0, 0, time.UTC)
	b := newBook(sheetstest.Options{Now: func() time.Time { return now }})
	b.enter(t, "A1", user, []any{"=TODAY()"})
	for _, want := range []string{"5/4/2026", "5/5/2026"} {
		if got, err := b.server.Shown(b.id, "Sheet1", 0, 0); err != nil || got != want {
			t.Errorf("at %v: got %q, %v; want %q", now, got, err, want)
		}
		now = now.Add(2 * time.Hour)
	}
}

// TestManyHighlightsAreFast computes 5,000 highlights over 2,500 keys, in a time
// that leaves room for slow machines.
func TestManyHighlightsAreFast(t *testing.T) {
	var rows [][]any
	var keys []string
	m := mark(5000)
	for i := range 5000 {
		row := []any{fmt.Sprintf("T%d", i), 46000.0 + float64(i), "open"}
		rows = append(rows, row)
		if i%2 == 0 {
			keys = append(keys, workbook.Keys(m.Severity, m.Field, cells(row))...)
		}
	}
	b := highlighted(t, m, rows, keys)
	start := time.Now()
	marked := 0
	for i := range rows {
		if b.fill(t, i+1, 1) == red {
			marked++
		}
	}
	took := time.Since(start)
	t.Logf("5,000 highlights took %v", took)
	if marked != 2500 || took > 5*time.Second {
		t.Errorf("got %d highlights in %v, want 2500 in less than 5 s", marked, took)
	}
}
