package sheetstest_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"steerco/sync/gsheets/sheetstest"
)

// cellOf returns what of a cell a mask names.
func (b book) cellOf(t *testing.T, a1, mask string) any {
	t.Helper()
	answer := b.ask(t, http.MethodGet, "?ranges="+a1+"&fields=sheets/data/rowData/values("+mask+")", nil)
	for _, name := range []string{"sheets", "data", "rowData", "values"} {
		o, ok := answer.(map[string]any)
		if !ok {
			return answer
		}
		list, _ := o[name].([]any)
		if len(list) == 0 {
			return nil
		}
		answer = list[0]
	}
	return answer
}

// write writes CellData from A1 on.
func (b book) write(t *testing.T, rows any) {
	t.Helper()
	compare(t, "write", b.batch(t, map[string]any{"updateCells": map[string]any{
		"start": map[string]any{"sheetId": 0}, "rows": rows, "fields": "userEnteredValue,userEnteredFormat,textFormatRuns",
	}}), js(t, `{"replies":[{}]}`))
}

// TestRecordedCells makes cells as people entered them in recorded answers of
// the real service, and expects that they show as they did there.
func TestRecordedCells(t *testing.T) {
	corpus := corpusFolder(t)
	for _, name := range []string{"with-formula", "time-formula"} {
		t.Run(name, func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join(corpus, "google", "griddata", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			recorded := js(t, string(content)).(map[string]any)
			rows := recorded["sheets"].([]any)[0].(map[string]any)["data"].([]any)[0].(map[string]any)["rowData"].([]any)
			now := time.Date(2020, time.April, 8, 20, 59, 14, 464_000_000, time.UTC)
			b := newBook(sheetstest.Options{Now: func() time.Time { return now }})
			zone := recorded["properties"].(map[string]any)["timeZone"]
			b.batch(t, map[string]any{"updateSpreadsheetProperties": map[string]any{
				"properties": map[string]any{"timeZone": zone}, "fields": "timeZone",
			}})
			b.write(t, rows)
			if name == "time-formula" {
				// The minutes that the formulas add stand in a column which the
				// recorded answer leaves out.
				b.enter(t, "C2:C4", raw, []any{0}, []any{1}, []any{2})
			}
			answer := b.ask(t, http.MethodGet, "?ranges=A1:B4&ranges=C1:C2&fields=sheets/data/rowData", nil).(map[string]any)
			data := answer["sheets"].([]any)[0].(map[string]any)["data"].([]any)
			got := data[0].(map[string]any)["rowData"]
			if name == "with-formula" {
				got = b.ask(t, http.MethodGet, "?ranges=Sheet1&fields=sheets/data/rowData", nil).(map[string]any)["sheets"].([]any)[0].(map[string]any)["data"].([]any)[0].(map[string]any)["rowData"]
			}
			if diff := cmp.Diff(any(rows), got, cmpopts.EquateApprox(0, 1e-5)); diff != "" {
				t.Errorf("(-recorded +got):\n%s", diff)
			}
		})
	}
}

// TestKnownCoercions holds the forms of typed text against the table of what is
// known of the real service.
func TestKnownCoercions(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(corpusFolder(t), "google", "coercion.json"))
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Rows []struct {
			Input     string
			Effective any
			Formatted any
		}
	}
	if err := json.Unmarshal(content, &table); err != nil || len(table.Rows) == 0 {
		t.Fatalf("no rows: %v", err)
	}
	for _, row := range table.Rows {
		b := newBook(sheetstest.Options{})
		b.enter(t, "A1", raw, []any{"before"})
		b.enter(t, "A1", user, []any{row.Input})
		for query, want := range map[string]any{"": row.Formatted, "valueRenderOption=UNFORMATTED_VALUE": row.Effective} {
			got, _ := b.read(t, "A1", query).(map[string]any)
			var wanted any
			if want != nil {
				wanted = []any{[]any{want}}
			}
			compare(t, fmt.Sprintf("%q %s", row.Input, query), got["values"], wanted)
		}
	}
}

func TestFormattedNumbers(t *testing.T) {
	for _, c := range []struct {
		kind, pattern string
		number        float64
		locale, want  string
	}{
		{"", "", 1.0 / 3, "", "0.3333333333"},
		{"", "", math.Pi, "", "3.141592654"},
		{"", "", 123456789012, "", "123456789012"},
		{"", "", -0.5, "", "-0.5"},
		{"", "", 0, "", "0"},
		{"", "", 1.0 / 1024, "", "0.0009765625"},
		{"", "", 0.1 + 0.2, "", "0.3"},
		{"", "", 1.5, "de_DE", "1,5"},
		{"", "", 1.5, "de_CH", "1.5"},
		{"PERCENT", "", 0.125, "", "12.50%"},
		{"PERCENT", "0%", 0.5, "", "50%"},
		{"NUMBER", "#,##0.00", 1234.5, "", "1,234.50"},
		{"NUMBER", "#,##0.00", 1234.5, "de_DE", "1.234,50"},
		{"NUMBER", "#,##0.00", 1234.5, "fr_FR", "1\u00a0234,50"},
		{"CURRENCY", `"$"#,##0.00`, 100.15, "", "$100.15"},
		{"CURRENCY", "", 5, "", "$5.00"},
		{"SCIENTIFIC", "", 1500, "", "1.50E+03"},
		{"DATE", "yyyy-mm-dd", 46143, "", "2026-05-01"},
		{"DATE", "d mmm yyyy", 46143, "", "1 May 2026"},
		{"DATE", "", 46143, "", "5/1/2026"},
		{"DATE", "", 46143, "de_DE", "01.05.2026"},
		{"DATE", "", 46143, "en_GB", "01/05/2026"},
		{"TIME", "", 0.75, "", "6:00:00 PM"},
		{"DATE_TIME", "", 46143.5, "", "5/1/2026 12:00:00"},
		{"TIME", "[h]:mm", 1.5, "", "36:00"},
		{"TEXT", "", 5, "", "5"},
		{"TEXT", "@", 5.25, "", "5.25"},
		{"DATE", "d mmm yyyy", 46143, "de_DE", "1 Mai 2026"},
		{"DATE", `ddd"d" mmmm`, 46143, "fr_FR", "ven.d mai"},
		{"DATE", "mmmmm", 46143, "pl_PL", "M"},
		{"DATE", "d mmm", 46143, "fi_FI", "the stand-in does not know the names of months and days in the locale fi_FI"},
		{"CURRENCY", "", 5, "de_DE", "the stand-in does not know how de_DE shows CURRENCY without a pattern"},
	} {
		b := newBook(sheetstest.Options{})
		if c.locale != "" {
			b.batch(t, map[string]any{"updateSpreadsheetProperties": map[string]any{
				"properties": map[string]any{"locale": c.locale}, "fields": "locale",
			}})
		}
		cell := map[string]any{"userEnteredValue": map[string]any{"numberValue": c.number}}
		if c.kind != "" {
			cell["userEnteredFormat"] = map[string]any{"numberFormat": map[string]any{"type": c.kind, "pattern": c.pattern}}
		}
		b.write(t, []any{map[string]any{"values": []any{cell}}})
		got := b.cellOf(t, "A1", "formattedValue")
		if o, ok := got.(map[string]any); ok {
			got = o["formattedValue"]
		}
		compare(t, fmt.Sprintf("%v as %s %q in %s", c.number, c.kind, c.pattern, c.locale), got, any(c.want))
	}
}

func TestCellsOfFormulas(t *testing.T) {
	for _, c := range []struct{ formula, mask, want string }{
		{"=1/0", "effectiveValue,formattedValue", `{"effectiveValue":{"errorValue":{"type":"DIVIDE_BY_ZERO"}},"formattedValue":"#DIV/0!"}`},
		{"=A1", "effectiveValue,formattedValue", `{"effectiveValue":{"errorValue":{"type":"REF"}},"formattedValue":"#REF!"}`},
		{"=IF(TRUE,", "formattedValue", `{"formattedValue":"#ERROR!"}`},
		{"=Z9", "effectiveValue", `{"effectiveValue":{"numberValue":0}}`},
		{
			`=HYPERLINK("#gid=0&range=A5","to T5")`, "formattedValue,hyperlink,effectiveFormat/hyperlinkDisplayType",
			`{"formattedValue":"to T5","hyperlink":"#gid=0&range=A5","effectiveFormat":{"hyperlinkDisplayType":"LINKED"}}`,
		},
		{"=TODAY()", "effectiveValue,effectiveFormat/numberFormat", `{"effectiveValue":{"numberValue":46128},"effectiveFormat":{"numberFormat":{"type":"DATE"}}}`},
		{"=NOSUCH()", "userEnteredValue", `{"userEnteredValue":{"formulaValue":"=NOSUCH()"}}`},
		{"=NOSUCH()", "formattedValue", `"the stand-in does not know what Sheet1!A1 gives: the stand-in does not compute the function NOSUCH"`},
		{"=IF(TRUE,1>0)", "effectiveFormat/horizontalAlignment", `{"effectiveFormat":{"horizontalAlignment":"CENTER"}}`},
	} {
		b := newBook(sheetstest.Options{})
		b.enter(t, "A1", user, []any{c.formula})
		compare(t, c.formula, b.cellOf(t, "A1", c.mask), js(t, c.want))
	}
}

func TestFormulasInLocalesWithCommas(t *testing.T) {
	for _, c := range []struct{ locale, formula, want string }{
		{"de_DE", "=SUM(1,5;2)", "3,5"}, {"de_DE", "=IF(TRUE,1,2)", "#ERROR!"}, {"en_US", "=SUM(1.5;2)", "3.5"}, {"en_US", "=SUM(1.5,2)", "3.5"},
	} {
		b := newBook(sheetstest.Options{Semicolons: true})
		b.batch(t, js(t, `{"updateSpreadsheetProperties":{"properties":{"locale":"`+c.locale+`"},"fields":"locale"}}`))
		b.enter(t, "A1", user, []any{c.formula})
		got, err := b.server.Shown(b.id, "Sheet1", 0, 0)
		if err != nil || got != c.want {
			t.Errorf("%s, %s: got %q, %v; want %q", c.locale, c.formula, got, err, c.want)
		}
	}
}

func TestRememberedResults(t *testing.T) {
	b := newBook(sheetstest.Options{})
	b.enter(t, "A1", user, []any{"=NOSUCH(1)"})
	if err := b.server.Remember(b.id, "Sheet1", sheetstest.Computed{Value: 12.5}); err != nil {
		t.Fatal(err)
	}
	compare(t, "remembered", b.cellOf(t, "A1", "*"), js(t, `{"userEnteredValue":{"formulaValue":"=NOSUCH(1)"},
		"effectiveValue":{"numberValue":12.5},"formattedValue":"12.5","effectiveFormat":`+plainFormat("RIGHT")+`}`))
	b.enter(t, "A1", user, []any{"=NOSUCH(2)"})
	if _, err := b.server.Shown(b.id, "Sheet1", 0, 0); err == nil {
		t.Error("got no error for another formula")
	}
}

func plainFormat(align string) string {
	return `{"backgroundColor":{"red":1,"green":1,"blue":1},"padding":{"top":2,"right":3,"bottom":2,"left":3},"horizontalAlignment":"` + align + `",
		"verticalAlignment":"BOTTOM","wrapStrategy":"OVERFLOW_CELL","textFormat":{"foregroundColor":{},"fontFamily":"Arial","fontSize":10,"bold":false,
		"italic":false,"strikethrough":false,"underline":false,"foregroundColorStyle":{"rgbColor":{}}},"hyperlinkDisplayType":"PLAIN_TEXT",
		"backgroundColorStyle":{"rgbColor":{"red":1,"green":1,"blue":1}}}`
}
