package sheetstest_test

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/gsheets/sheetstest"
)

// made creates a spreadsheet by the API from a body and returns its id.
func made(t testing.TB, s *sheetstest.Server, body string) string {
	t.Helper()
	status, answer := client{server: s}.send(t, "POST", "/v4/spreadsheets", body)
	if status != 200 {
		t.Fatalf("create: got %d %v", status, answer)
	}
	return answer["spreadsheetId"].(string)
}

const smallPlan = `{"properties":{"title":"Plan","locale":"de_DE","timeZone":"Europe/Berlin"},
	"sheets":[
		{"properties":{"sheetId":7,"title":"Tasks","gridProperties":{"rowCount":6,"columnCount":4,"frozenRowCount":1}},
		 "data":[{"startRow":1,"startColumn":1,"rowData":[
			{"values":[{"userEnteredValue":{"stringValue":"x"}},{"userEnteredValue":{"numberValue":2}}]},
			{},
			{"values":[{"note":"n"}]}]}],
		 "merges":[{"startRowIndex":4,"endRowIndex":6,"startColumnIndex":0,"endColumnIndex":2}]},
		{"properties":{"title":"Other","hidden":true,"gridProperties":{"rowCount":2,"columnCount":2}}}],
	"namedRanges":[{"namedRangeId":"n1","name":"keys","range":{"sheetId":7,"startRowIndex":1,"endRowIndex":3,"startColumnIndex":1,"endColumnIndex":3}}]}`

func TestGetShowsWhatIsAskedFor(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	at := "/v4/spreadsheets/" + made(t, s, smallPlan)
	const values = "sheets(properties.title,data(startRow,startColumn,rowData.values(formattedValue,note)))"
	for _, c := range []struct{ name, query, want string }{
		{"properties", "fields=properties(title,locale,timeZone)", `{"properties":{"title":"Plan","locale":"de_DE","timeZone":"Europe/Berlin"}}`},
		{
			"sheets", "fields=sheets.properties", `{"sheets":[
			{"properties":{"sheetId":7,"title":"Tasks","index":0,"sheetType":"GRID","gridProperties":{"rowCount":6,"columnCount":4,"frozenRowCount":1}}},
			{"properties":{"sheetId":`, // the rest is the server's choice
		},
		{"all cells", "fields=" + values, `{"sheets":[
			{"properties":{"title":"Tasks"},"data":[{"rowData":[{},{"values":[{},{"formattedValue":"x"},{"formattedValue":"2"}]},{},{"values":[{},{"note":"n"}]}]}]},
			{"properties":{"title":"Other"},"data":[{}]}]}`},
		{"a range", "ranges=Tasks!B2:C3&fields=" + values, `{"sheets":[
			{"properties":{"title":"Tasks"},"data":[{"startRow":1,"startColumn":1,"rowData":[{"values":[{"formattedValue":"x"},{"formattedValue":"2"}]}]}]}]}`},
		{"two ranges", "ranges=Tasks!C2&ranges=Tasks!B4&fields=" + values, `{"sheets":[
			{"properties":{"title":"Tasks"},"data":[
				{"startRow":1,"startColumn":2,"rowData":[{"values":[{"formattedValue":"2"}]}]},
				{"startRow":3,"startColumn":1,"rowData":[{"values":[{"note":"n"}]}]}]}]}`},
		{"a named range", "ranges=keys&fields=" + values, `{"sheets":[
			{"properties":{"title":"Tasks"},"data":[{"startRow":1,"startColumn":1,"rowData":[{"values":[{"formattedValue":"x"},{"formattedValue":"2"}]}]}]}]}`},
		{"a sheet without cells", "ranges=Other&fields=" + values, `{"sheets":[{"properties":{"title":"Other"},"data":[{}]}]}`},
		{"rows and columns", "ranges=Tasks!A1:B2&fields=sheets.data(rowMetadata,columnMetadata)", `{"sheets":[{"data":[{
			"rowMetadata":[{"pixelSize":21},{"pixelSize":21}],"columnMetadata":[{"pixelSize":100},{"pixelSize":100}]}]}]}`},
		{"merges", "fields=sheets.merges", `{"sheets":[{"merges":[{"sheetId":7,"startRowIndex":4,"endRowIndex":6,"startColumnIndex":0,"endColumnIndex":2}]},{}]}`},
		{"named ranges", "fields=namedRanges", `{"namedRanges":[{"namedRangeId":"n1","name":"keys",
			"range":{"sheetId":7,"startRowIndex":1,"endRowIndex":3,"startColumnIndex":1,"endColumnIndex":3}}]}`},
	} {
		status, got := client{server: s}.send(t, "GET", at+"?"+c.query, "")
		if !json.Valid([]byte(c.want)) {
			continue
		}
		if diff := cmp.Diff(object(t, c.want), got); status != 200 || diff != "" {
			t.Errorf("%s: status %d (-want +got):\n%s", c.name, status, diff)
		}
	}
}

func object(t testing.TB, text string) map[string]any {
	t.Helper()
	var o map[string]any
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return o
}

// TestGridDataIsAskedFor holds the parameter against the mask: a mask that
// names cells has them, also without the parameter.
func TestGridDataIsAskedFor(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	id := made(t, s, smallPlan)
	for query, want := range map[string]bool{
		"":                          false,
		"?includeGridData=false":    false,
		"?includeGridData=true":     true,
		"?fields=sheets.data":       true,
		"?fields=sheets.properties": false,
		"?includeGridData=true&fields=sheets.merges": false,
	} {
		_, answer := client{server: s}.send(t, "GET", "/v4/spreadsheets/"+id+query, "")
		_, got := answer["sheets"].([]any)[0].(map[string]any)["data"]
		if got != want {
			t.Errorf("cells with %q: got %v, want %v", query, got, want)
		}
	}
}

func TestBatchAnswersWithTheSpreadsheet(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	at := "/v4/spreadsheets/" + made(t, s, smallPlan)
	_, answer := client{server: s}.send(t, "POST", at+":batchUpdate?fields=replies,updatedSpreadsheet.sheets(properties.title,data.rowData.values.formattedValue)",
		`{"requests":[{"updateCells":{"start":{"sheetId":7,"rowIndex":1,"columnIndex":1},"rows":[{"values":[{"userEnteredValue":{"stringValue":"new"}}]}],"fields":"userEnteredValue"}}],
		  "includeSpreadsheetInResponse":true,"responseRanges":["Tasks!B2"]}`)
	want := `{"replies":[{}],"updatedSpreadsheet":{"sheets":[
		{"properties":{"title":"Tasks"},"data":[{"rowData":[{"values":[{"formattedValue":"new"}]}]}]}]}}`
	if diff := cmp.Diff(object(t, want), answer); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
	_, answer = client{server: s}.send(t, "POST", at+":batchUpdate", `{"requests":[{"addSheet":{}}],"includeSpreadsheetInResponse":true}`)
	sheets := answer["updatedSpreadsheet"].(map[string]any)["sheets"].([]any)
	if got := sheets[0].(map[string]any)["data"]; len(sheets) != 3 || got != nil {
		t.Errorf("without a mask: got %d sheets, cells %v, want 3 without cells", len(sheets), got)
	}
}

func TestDeveloperMetadata(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	at := "/v4/spreadsheets/" + made(t, s, smallPlan)
	c := client{server: s}
	status, answer := c.send(t, "POST", at+":batchUpdate", `{"requests":[
		{"createDeveloperMetadata":{"developerMetadata":{"metadataId":11,"metadataKey":"k","metadataValue":"book","visibility":"DOCUMENT","location":{"spreadsheet":true}}}},
		{"createDeveloperMetadata":{"developerMetadata":{"metadataId":12,"metadataKey":"k","metadataValue":"tab","visibility":"DOCUMENT","location":{"sheetId":7}}}},
		{"createDeveloperMetadata":{"developerMetadata":{"metadataId":13,"metadataKey":"r","visibility":"DOCUMENT",
			"location":{"dimensionRange":{"sheetId":7,"dimension":"ROWS","startIndex":1,"endIndex":2}}}}}]}`)
	if status != 200 {
		t.Fatalf("create: %d %v", status, answer)
	}
	_, one := c.send(t, "GET", at+"/developerMetadata/12", "")
	want := `{"metadataId":12,"metadataKey":"k","metadataValue":"tab","visibility":"DOCUMENT","location":{"locationType":"SHEET","sheetId":7}}`
	if diff := cmp.Diff(object(t, want), one); diff != "" {
		t.Errorf("get (-want +got):\n%s", diff)
	}
	_, found := c.send(t, "POST", at+"/developerMetadata:search", `{"dataFilters":[{"developerMetadataLookup":{"metadataKey":"k"}}]}`)
	if got := len(found["matchedDeveloperMetadata"].([]any)); got != 2 {
		t.Errorf("search by key: got %d, want 2", got)
	}
	_, cells := c.send(t, "POST", at+":getByDataFilter?fields=sheets.data(startRow,rowData.values.formattedValue)",
		`{"dataFilters":[{"developerMetadataLookup":{"metadataKey":"r"}}]}`)
	want = `{"sheets":[{"data":[{"startRow":1,"rowData":[{"values":[{},{"formattedValue":"x"},{"formattedValue":"2"}]}]}]}]}`
	if diff := cmp.Diff(object(t, want), cells); diff != "" {
		t.Errorf("cells by data filter (-want +got):\n%s", diff)
	}
	_, rows := c.send(t, "GET", at+"?ranges=Tasks!A2&fields=sheets.data.rowMetadata.developerMetadata.metadataId", "")
	want = `{"sheets":[{"data":[{"rowMetadata":[{"developerMetadata":[{"metadataId":13}]}]}]}]}`
	if diff := cmp.Diff(object(t, want), rows); diff != "" {
		t.Errorf("metadata of a row (-want +got):\n%s", diff)
	}
}

func TestSheetIsCopiedToAnotherSpreadsheet(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	from, to := made(t, s, smallPlan), s.Create("target")
	c := client{server: s}
	for _, want := range []string{"Copy of Tasks", "Copy of Tasks 2"} {
		status, answer := c.send(t, "POST", "/v4/spreadsheets/"+from+"/sheets/7:copyTo", `{"destinationSpreadsheetId":"`+to+`"}`)
		if got := answer["title"]; status != 200 || got != want {
			t.Errorf("copyTo: got %d %v, want 200 %s", status, got, want)
		}
	}
	_, answer := c.send(t, "GET", "/v4/spreadsheets/"+to+"?ranges="+"%27Copy%20of%20Tasks%27!B2&fields=sheets.data.rowData.values.formattedValue", "")
	want := `{"sheets":[{"data":[{"rowData":[{"values":[{"formattedValue":"x"}]}]}]}]}`
	if diff := cmp.Diff(object(t, want), answer); diff != "" {
		t.Errorf("the copy's cells (-want +got):\n%s", diff)
	}
}

func TestSheetIsCopiedWithinItsSpreadsheet(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	id := made(t, s, smallPlan)
	c := client{server: s}
	c.send(t, "POST", "/v4/spreadsheets/"+id+"/sheets/7:copyTo", `{"destinationSpreadsheetId":"`+id+`"}`)
	_, answer := c.send(t, "GET", "/v4/spreadsheets/"+id+"?fields=sheets.properties.title", "")
	want := `{"sheets":[{"properties":{"title":"Tasks"}},{"properties":{"title":"Other"}},{"properties":{"title":"Copy of Tasks"}}]}`
	if diff := cmp.Diff(object(t, want), answer); diff != "" {
		t.Errorf("after copying (-want +got):\n%s", diff)
	}
}

func TestFilesOfDrive(t *testing.T) {
	now := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	s := sheetstest.New(sheetstest.Options{Now: func() time.Time { return now }})
	c := client{server: s}
	id := made(t, s, smallPlan)
	now = now.Add(time.Hour)
	status, copied := c.send(t, "POST", "/drive/v3/files/"+id+"/copy", `{"name":"Second's"}`)
	if status != 200 || copied["name"] != "Second's" || copied["id"] == id {
		t.Errorf("copy: got %d %v", status, copied)
	}
	for q, want := range map[string][]any{
		"":                                {"Second's", "Plan"},
		`name = 'Second\'s'`:              {"Second's"},
		`name contains 'pla'`:             {"Plan"},
		`name contains 'lan'`:             nil,
		`name='Plan and Second'`:          nil,
		`(name='Plan') and trashed=false`: {"Plan"},
		`mimeType = 'text/html'`:          nil,
		`trashed = false and modifiedTime > '2026-03-02T09:30:00Z'`: {"Second's"},
	} {
		_, answer := c.send(t, "GET", "/drive/v3/files?fields=files(name)&q="+strings.NewReplacer(" ", "%20", "'", "%27", `\`, "%5C").Replace(q), "")
		var got []any
		for _, f := range answer["files"].([]any) {
			got = append(got, f.(map[string]any)["name"])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("files with %q (-want +got):\n%s", q, diff)
		}
	}
	if got, answer := c.send(t, "DELETE", "/drive/v3/files/"+id, ""); got != 204 || answer != nil {
		t.Errorf("delete: got %d %v, want 204 without a body", got, answer)
	}
	if got, _ := c.send(t, "GET", "/v4/spreadsheets/"+id, ""); got != 404 {
		t.Errorf("a deleted spreadsheet: got %d, want 404", got)
	}
}

// TestNewSpreadsheetHasTheRecordedLook holds the default format and theme
// against the recorded ones.
func TestNewSpreadsheetHasTheRecordedLook(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(corpusFolder(t), "google", "constants.json"))
	if err != nil {
		t.Fatal(err)
	}
	want := object(t, string(content))
	s := sheetstest.New(sheetstest.Options{})
	_, answer := client{server: s}.send(t, "GET", "/v4/spreadsheets/"+s.Create("x"), "")
	got := answer["properties"].(map[string]any)
	for _, name := range []string{"defaultFormat", "spreadsheetTheme"} {
		if diff := cmp.Diff(want[name], got[name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// looksMask names all that shows of a spreadsheet's cells.
const looksMask = "sheets.data(rowMetadata.hiddenByUser,rowData.values(" +
	"effectiveValue,formattedValue,userEnteredValue.formulaValue,effectiveFormat.numberFormat))"

// TestAnswerCostsLittleMoreThanReadingIt holds the stand-in against what its
// clients need to read its answers: it must not hold up whoever tests with it.
func TestAnswerCostsLittleMoreThanReadingIt(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	id := large(t, s, 200, 20)
	const most, tries = 8, 5
	best := 0.0
	for range tries {
		begin := time.Now()
		answer := looks(t, s, id)
		answered := time.Now()
		if got := object(t, answer)["sheets"]; got == nil {
			t.Fatalf("got %.100s, want sheets", answer)
		}
		ratio := float64(answered.Sub(begin)) / float64(time.Since(answered))
		if best == 0 || ratio < best {
			best = ratio
		}
	}
	if best > most {
		t.Errorf("an answer: got %.1f times as long as reading it, want at most %d times", best, most)
	}
}

func BenchmarkGet(b *testing.B) {
	s := sheetstest.New(sheetstest.Options{})
	id := large(b, s, 2000, 20)
	for b.Loop() {
		b.SetBytes(int64(len(looks(b, s, id))))
	}
}

// looks returns what shows of a spreadsheet's cells.
func looks(tb testing.TB, s *sheetstest.Server, id string) string {
	tb.Helper()
	request := httptest.NewRequestWithContext(tb.Context(), "GET", "/v4/spreadsheets/"+id+"?prettyPrint=false&fields="+looksMask, nil)
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, request)
	if answer.Code != 200 {
		tb.Fatalf("get: got %d %.200s, want 200", answer.Code, answer.Body)
	}
	return answer.Body.String()
}

// large makes a spreadsheet full of texts, numbers and dates.
func large(t testing.TB, s *sheetstest.Server, rows, columns int) string {
	t.Helper()
	var body strings.Builder
	fmt.Fprintf(&body, `{"properties":{"title":"Large"},"sheets":[{"properties":{"sheetId":1,"title":"Tasks","gridProperties":{"rowCount":%d,"columnCount":%d}},"data":[{"rowData":[`, rows, columns)
	for row := range rows {
		if row > 0 {
			body.WriteString(",")
		}
		body.WriteString(`{"values":[`)
		for column := range columns {
			switch column % 3 {
			case 0:
				fmt.Fprintf(&body, `{"userEnteredValue":{"stringValue":"task %d of %d"}},`, row, column)
			case 1:
				fmt.Fprintf(&body, `{"userEnteredValue":{"numberValue":%d}},`, row*column)
			default:
				fmt.Fprintf(&body, `{"userEnteredValue":{"numberValue":%d},"userEnteredFormat":{"numberFormat":{"type":"DATE","pattern":"yyyy-mm-dd"}}},`, 46000+row)
			}
		}
		body.WriteString(`{}]}`)
	}
	body.WriteString(`]}]}]}`)
	return made(t, s, strings.ReplaceAll(body.String(), ",{}]}", "]}"))
}

func TestSheetsAreMadeInAnyOrder(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	c := client{server: s}
	status, answer := c.send(t, "POST", "/v4/spreadsheets?fields=spreadsheetId", `{"sheets":[
		{"properties":{"title":"last","hidden":true},"data":[{"rowData":[{"values":[{"note":"of the last"}]}]}]},
		{"properties":{"title":"first","index":0},"data":[{"rowData":[{"values":[{"note":"of the first"}]}]}]}]}`)
	if status != 200 {
		t.Fatalf("create: got %d %v", status, answer)
	}
	_, answer = c.send(t, "GET", "/v4/spreadsheets/"+answer["spreadsheetId"].(string)+"?fields=sheets(properties(title,hidden),data.rowData.values.note)", "")
	want := `{"sheets":[{"properties":{"title":"first"},"data":[{"rowData":[{"values":[{"note":"of the first"}]}]}]},
		{"properties":{"title":"last","hidden":true},"data":[{"rowData":[{"values":[{"note":"of the last"}]}]}]}]}`
	if diff := cmp.Diff(object(t, want), answer); diff != "" {
		t.Errorf("the sheets (-want +got):\n%s", diff)
	}
	status, answer = c.send(t, "POST", "/v4/spreadsheets", `{"sheets":[{"properties":{"hidden":true}}]}`)
	if got, _ := message(answer); status != 400 || got != "You can't hide all the sheets in a document." {
		t.Errorf("create with hidden sheets only: got %d %s", status, got)
	}
}
