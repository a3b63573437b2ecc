package sheetstest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/gsheets/sheetstest"
)

// book is a spreadsheet in a stand-in, and the account that asks for it.
type book struct {
	client
	id string
}

func newBook(o sheetstest.Options) book {
	s := sheetstest.New(o)
	return book{client{server: s}, s.Create("Plan")}
}

// ask sends a call for the spreadsheet and returns the answer, of an error its
// message alone.
func (b book) ask(t *testing.T, method, path string, body any) any {
	t.Helper()
	var content []byte
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
	}
	status, answer := b.send(t, method, "/v4/spreadsheets/"+b.id+path, string(content))
	if status != http.StatusOK {
		text, _ := message(answer)
		return text
	}
	delete(answer, "spreadsheetId")
	return answer
}

func (b book) read(t *testing.T, a1, query string) any {
	t.Helper()
	return b.ask(t, http.MethodGet, "/values/"+url.PathEscape(a1)+"?"+query, nil)
}

func (b book) enter(t *testing.T, a1, query string, values ...[]any) any {
	t.Helper()
	return b.ask(t, http.MethodPut, "/values/"+url.PathEscape(a1)+"?"+query, map[string]any{"values": values})
}

func (b book) batch(t *testing.T, requests ...any) any {
	t.Helper()
	return b.ask(t, http.MethodPost, ":batchUpdate", map[string]any{"requests": requests})
}

// js reads JSON as an answer is decoded.
func js(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

func compare(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

const (
	raw  = "valueInputOption=RAW"
	user = "valueInputOption=USER_ENTERED"
)

func TestRangesOfValues(t *testing.T) {
	b := newBook(sheetstest.Options{})
	b.batch(t,
		js(t, `{"addSheet":{"properties":{"sheetId":1,"title":"D3","gridProperties":{"rowCount":4,"columnCount":4}}}}`),
		js(t, `{"addSheet":{"properties":{"sheetId":2,"title":"it's a plan!","gridProperties":{"rowCount":4,"columnCount":4}}}}`),
		js(t, `{"addNamedRange":{"namedRange":{"name":"block","range":{"sheetId":1,"startRowIndex":1,"endRowIndex":3,"startColumnIndex":1,"endColumnIndex":3}}}}`),
	)
	for _, c := range []struct{ a1, want string }{
		{"Sheet1", "Sheet1!A1:Z1000"},
		{"'Sheet1'", "Sheet1!A1:Z1000"},
		{"A1", "Sheet1!A1"},
		{"Sheet1!b2:A1", "Sheet1!A1:B2"},
		{"Sheet1!A:A", "Sheet1!A1:A1000"},
		{"Sheet1!A2:2", "Sheet1!A2:Z2"},
		{"Sheet1!3:4", "Sheet1!A3:Z4"},
		{"Sheet1!B1:C", "Sheet1!B1:C1000"},
		{"Sheet1!A1:A1", "Sheet1!A1"},
		{"Sheet1!$A$1:B$2", "Sheet1!A1:B2"},
		{"Sheet1!Y999:AB2000", "Sheet1!Y999:Z1000"},
		{"D3", "Sheet1!D3"},
		{"'D3'", "'D3'!A1:D4"},
		{"D3!D3", "'D3'!D3"},
		{"'D3'!D3", "'D3'!D3"},
		{"block", "'D3'!B2:C3"},
		{"Sheet1!block", "'D3'!B2:C3"},
		{"'it''s a plan!'!A1", "'it''s a plan!'!A1"},
		{"it's a plan!!A1", "'it''s a plan!'!A1"},
		{"'it''s a plan!'", "'it''s a plan!'!A1:D4"},
	} {
		compare(t, c.a1, b.read(t, c.a1, ""), map[string]any{"range": c.want, "majorDimension": "ROWS"})
	}
	for _, c := range []struct{ a1, want string }{
		{"Gone!A1", "Unable to parse range: Gone!A1"},
		{"'Data Tab'!A1:C10", "Unable to parse range: 'Data Tab'!A1:C10"},
		{"Sheet1!", "Unable to parse range: Sheet1!"},
		{"Sheet1!A0", "Unable to parse range: Sheet1!A0"},
		{"Sheet1!gone", "Unable to parse range: Sheet1!gone"},
		{"Sheet1!A100000", "Range (Sheet1!A100000) exceeds grid limits. Max rows: 1000, max columns: 26"},
		{"Sheet1!A5000:B5001", "Range (Sheet1!A5000:B5001) exceeds grid limits. Max rows: 1000, max columns: 26"},
		{"Sheet1!AA:AB", "Range (Sheet1!AA:AB) exceeds grid limits. Max rows: 1000, max columns: 26"},
	} {
		compare(t, c.a1, b.read(t, c.a1, ""), c.want)
	}
}

func TestWritingValues(t *testing.T) {
	b := newBook(sheetstest.Options{})
	compare(t, "all", b.enter(t, "Sheet1!B2", raw, []any{"a", 1, true}, []any{"", nil, "=1+1"}), js(t,
		`{"updatedRange":"Sheet1!B2:D3","updatedRows":2,"updatedColumns":3,"updatedCells":5}`))
	compare(t, "values", b.read(t, "Sheet1!A1:E9", "valueRenderOption=UNFORMATTED_VALUE"), js(t,
		`{"range":"Sheet1!A1:E9","majorDimension":"ROWS","values":[[],["","a",1,true],["","","","=1+1"]]}`))
	compare(t, "columns", b.read(t, "Sheet1!B1:D9", "majorDimension=COLUMNS"), js(t,
		`{"range":"Sheet1!B1:D9","majorDimension":"COLUMNS","values":[["","a"],["","1"],["","TRUE","=1+1"]]}`))
	compare(t, "in the answer", b.enter(t, "Sheet1!B2", raw+"&includeValuesInResponse=true&responseValueRenderOption=UNFORMATTED_VALUE",
		[]any{"b", nil}), js(t, `{"updatedRange":"Sheet1!B2:C2","updatedRows":1,"updatedColumns":1,"updatedCells":1,
		"updatedData":{"range":"Sheet1!B2:C2","majorDimension":"ROWS","values":[["b",1]]}}`))
	compare(t, "emptied", b.enter(t, "Sheet1!B2", raw, []any{"", ""}), js(t,
		`{"updatedRange":"Sheet1!B2:C2","updatedRows":1,"updatedColumns":2,"updatedCells":2}`))
	compare(t, "values", b.read(t, "Sheet1!A2:E2", ""), js(t, `{"range":"Sheet1!A2:E2","majorDimension":"ROWS","values":[["","","","TRUE"]]}`))
	compare(t, "cleared", b.ask(t, http.MethodPost, "/values/Sheet1:clear", nil), js(t, `{"clearedRange":"Sheet1!A1:Z1000"}`))
	compare(t, "nothing", b.read(t, "Sheet1", ""), js(t, `{"range":"Sheet1!A1:Z1000","majorDimension":"ROWS"}`))
}

func TestWritesThatAreRefused(t *testing.T) {
	b := newBook(sheetstest.Options{})
	long := make([]byte, 50_001)
	for i := range long {
		long[i] = 'x'
	}
	batch := func(a1 string, values ...any) any {
		return b.ask(t, http.MethodPost, "/values:batchUpdate", map[string]any{
			"valueInputOption": "RAW", "data": []any{
				map[string]any{"range": "Sheet1!C3", "values": []any{[]any{"lost"}}},
				map[string]any{"range": a1, "values": []any{values}},
			},
		})
	}
	for _, c := range []struct {
		what string
		got  any
		want string
	}{
		{"no option", b.enter(t, "A1", "", []any{"x"}), "'valueInputOption' is required but not specified"},
		{"column", b.enter(t, "A1:B1", raw, []any{"x", "y", "z"}), "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]"},
		{"row", b.enter(t, "A1:B1", raw, []any{"x"}, []any{"y"}), "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]"},
		{"below", b.enter(t, "A1000", raw, []any{"x"}, []any{"y"}), "Range (Sheet1!A1000:A1001) exceeds grid limits. Max rows: 1000, max columns: 26"},
		{"long", b.enter(t, "A1", raw, []any{string(long)}), "Your input contains more than the maximum of 50000 characters in a single cell"},
		{"batch", batch("X!A1", "x"), "Invalid data[1]: Unable to parse range: X!A1"},
		{"batch long", batch("A1", string(long)), "Invalid data[1]: Your input contains more than the maximum of 50000 characters in a single cell"},
	} {
		compare(t, c.what, c.got, c.want)
	}
	compare(t, "afterwards", b.read(t, "Sheet1", ""), js(t, `{"range":"Sheet1!A1:Z1000","majorDimension":"ROWS"}`))
}

func TestProtectedCellsAreRefused(t *testing.T) {
	b := newBook(sheetstest.Options{})
	edit(t, b.server, b.id, func(p *sheetstest.Person) {
		p.Set("Sheet1", 1, 0, "kept")
		p.Protect("Sheet1", 1, 1)
	})
	if err := b.server.Share(b.id, "anonymous", sheetstest.Writer); err != nil {
		t.Fatal(err)
	}
	const refusal = "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit."
	compare(t, "update", b.enter(t, "A1:A3", raw, []any{"x"}, []any{"y"}), refusal)
	compare(t, "clear", b.ask(t, http.MethodPost, "/values/A2:A3:clear", nil), refusal)
	compare(t, "beside", b.enter(t, "A1", raw, []any{"x"}), js(t, `{"updatedRange":"Sheet1!A1","updatedRows":1,"updatedColumns":1,"updatedCells":1}`))
	compare(t, "values", b.read(t, "A1:A3", ""), js(t, `{"range":"Sheet1!A1:A3","majorDimension":"ROWS","values":[["x"],["kept"]]}`))
}

func TestAppendedValues(t *testing.T) {
	for _, c := range []struct {
		what, a1, query string
		before          [][]any
		want            string
	}{
		{"nothing", "Sheet1", raw, nil, `{"updates":{"updatedRange":"Sheet1!A1:B1","updatedRows":1,"updatedColumns":2,"updatedCells":2}}`},
		{
			"below the last table", "Sheet1", raw,
			[][]any{{"a", "", "b"}, {"c"}, {}, {"", "", "", "d"}},
			`{"tableRange":"Sheet1!D4","updates":{"updatedRange":"Sheet1!D5:E5","updatedRows":1,"updatedColumns":2,"updatedCells":2}}`,
		},
		{
			"table of a cell", "A1", raw,
			[][]any{{"a", "b"}, {"c"}, {"", "x"}, {}, {"y"}},
			`{"tableRange":"Sheet1!A1:B3","updates":{"updatedRange":"Sheet1!A4:B4","updatedRows":1,"updatedColumns":2,"updatedCells":2}}`,
		},
		{"rows inserted", "A1", raw + "&insertDataOption=INSERT_ROWS", nil, `"the stand-in does not know insertDataOption INSERT_ROWS"`},
	} {
		b := newBook(sheetstest.Options{})
		if c.before != nil {
			b.enter(t, "A1", raw, c.before...)
		}
		got := b.ask(t, http.MethodPost, "/values/"+c.a1+":append?"+c.query, map[string]any{"values": []any{[]any{"p", "q"}}})
		if o, ok := got.(map[string]any); ok {
			delete(o["updates"].(map[string]any), "spreadsheetId")
		}
		compare(t, c.what, got, js(t, c.want))
	}
}

func TestAppendedValuesMakeTheGridLarger(t *testing.T) {
	b := newBook(sheetstest.Options{})
	b.enter(t, "Z1000", raw, []any{"last"})
	b.ask(t, http.MethodPost, "/values/Sheet1:append?"+raw, map[string]any{"values": []any{[]any{"p", "q"}}})
	compare(t, "values", b.read(t, "Z1000:AB2000", ""), js(t, `{"range":"Sheet1!Z1000:AA1001","majorDimension":"ROWS","values":[["last"],["p","q"]]}`))
}

func TestValuesByFilter(t *testing.T) {
	b := newBook(sheetstest.Options{})
	grid := `{"gridRange":{"sheetId":0,"startRowIndex":1,"endRowIndex":3,"startColumnIndex":1,"endColumnIndex":3}}`
	compare(t, "update", b.ask(t, http.MethodPost, "/values:batchUpdateByDataFilter", js(t,
		`{"valueInputOption":"RAW","data":[{"dataFilter":`+grid+`,"majorDimension":"COLUMNS","values":[["a","b"]]}]}`)), js(t,
		`{"totalUpdatedRows":2,"totalUpdatedColumns":1,"totalUpdatedCells":2,"totalUpdatedSheets":1,"responses":[
		{"spreadsheetId":"`+b.id+`","updatedRange":"Sheet1!B2:B3","updatedRows":2,"updatedColumns":1,"updatedCells":2,"dataFilter":`+grid+`}]}`))
	compare(t, "get", b.ask(t, http.MethodPost, "/values:batchGetByDataFilter", js(t, `{"dataFilters":[{"a1Range":"B3"}]}`)), js(t,
		`{"valueRanges":[{"valueRange":{"range":"Sheet1!B3","majorDimension":"ROWS","values":[["b"]]},"dataFilters":[{"a1Range":"B3"}]}]}`))
	compare(t, "clear", b.ask(t, http.MethodPost, "/values:batchClearByDataFilter", js(t, `{"dataFilters":[`+grid+`]}`)), js(t,
		`{"clearedRanges":["Sheet1!B2:C3"]}`))
	compare(t, "batchGet", b.ask(t, http.MethodGet, "/values:batchGet?ranges=A1&ranges=B2:C3", nil), js(t,
		`{"valueRanges":[{"range":"Sheet1!A1","majorDimension":"ROWS"},{"range":"Sheet1!B2:C3","majorDimension":"ROWS"}]}`))
}

// TestEntered holds what people type against what is known of it.
func TestEntered(t *testing.T) {
	now := func() time.Time { return time.Date(2026, time.September, 5, 12, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		text, formatted string
		plain           any
	}{
		{"=4/2", "2", 2.0},
		{"= 1 / 1024", "0.0009765625", 0.0009765625},
		{"2020-01-01", "2020-01-01", 43831.0},
		{"0042", "42", 42.0},
		{"3_1_0", "3_1_0", "3_1_0"},
		{"1-2", "1-2", 46024.0},
		{"$100.15", "$100.15", 100.15},
		{"TRUE", "TRUE", true},
		{"'0123", "0123", "0123"},
		{"2,000,000.01", "2,000,000.01", 2000000.01},
		{"123 Some Street", "123 Some Street", "123 Some Street"},
		{"=(", "#ERROR!", "#ERROR!"},
		{"=1/0", "#DIV/0!", "#DIV/0!"},
		{"done", "done", "done"},
		{"T12", "T12", "T12"},
		{" x ", " x ", " x "},
		{"- note", "- note", "- note"},
	} {
		b := newBook(sheetstest.Options{Now: now})
		b.enter(t, "A1", user, []any{c.text})
		for query, want := range map[string]any{"": c.formatted, "valueRenderOption=UNFORMATTED_VALUE": c.plain} {
			got := b.read(t, "A1", query)
			compare(t, c.text+" "+query, got, any(map[string]any{"range": "Sheet1!A1", "majorDimension": "ROWS", "values": []any{[]any{want}}}))
		}
	}
	for _, text := range []string{
		"1.5", "50%", "5 May", "May 5, 2026", "10:30", "10:30 pm", "2020-13-01", "1900/1/1", "true", "False", "+1", "1e5", "€5", "(5)", "3rd", "https://x.invalid", " =1",
	} {
		b := newBook(sheetstest.Options{Now: now})
		got, _ := b.enter(t, "A1", user, []any{text}).(string)
		if want := "the stand-in does not know what becomes of"; len(got) < len(want) || got[:len(want)] != want {
			t.Errorf("%q: got %q, want %q …", text, got, want)
		}
	}
}

// TestDatesOfValues holds how dates are shown by each pair of options.
func TestDatesOfValues(t *testing.T) {
	b := newBook(sheetstest.Options{})
	b.enter(t, "A1", user, []any{"2020-01-01", "=A1+1", 7})
	for _, c := range []struct{ query, want string }{
		{"", `["2020-01-01","2020-01-02","7"]`},
		{"valueRenderOption=UNFORMATTED_VALUE", `[43831,43832,7]`},
		{"valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING", `["2020-01-01","2020-01-02",7]`},
		{"valueRenderOption=FORMULA", `[43831,"=A1+1",7]`},
		{"valueRenderOption=FORMATTED_VALUE&dateTimeRenderOption=SERIAL_NUMBER", `["2020-01-01","2020-01-02","7"]`},
	} {
		compare(t, c.query, b.read(t, "A1:C1", c.query), js(t, `{"range":"Sheet1!A1:C1","majorDimension":"ROWS","values":[`+c.want+`]}`))
	}
}
