package sheetstest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/gsheets/sheetstest"
)

// client sends calls to a stand-in within the process.
type client struct {
	server  *sheetstest.Server
	account string
}

// send returns the status and the decoded answer of a call. The body is JSON,
// or empty.
func (c client) send(t testing.TB, method, path, body string) (int, map[string]any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, "http://stand-in.invalid"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if c.account != "" {
		request.Header.Set("Authorization", "Bearer "+c.account)
	}
	answer, err := c.server.Transport().RoundTrip(request)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer.StatusCode, decoded(t, answer)
}

func decoded(t testing.TB, answer *http.Response) map[string]any {
	t.Helper()
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if len(content) == 0 {
		return nil
	}
	var o map[string]any
	if err := json.Unmarshal(content, &o); err != nil {
		t.Fatalf("%v in %s", err, content)
	}
	return o
}

// message is the text of an answer that is an error, and its status.
func message(answer map[string]any) (text, status string) {
	e, _ := answer["error"].(map[string]any)
	text, _ = e["message"].(string)
	status, _ = e["status"].(string)
	return text, status
}

func TestCallsThatMakeNoSense(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	id := s.Create("Plan")
	at := "/v4/spreadsheets/" + id
	for _, c := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", "/v4/spreadsheets/none", "", 404, "Requested entity was not found."},
		{"GET", at + "?fields=joe", "", 400, "Request contains an invalid argument."},
		{"GET", at + "?fields=sheets(data", "", 400, "Request contains an invalid argument."},
		{"GET", at + "?color=red", "", 400, `Invalid JSON payload received. Unknown name "color": Cannot bind query parameter. Field 'color' could not be found in request message.`},
		{"GET", at + "?includeGridData=maybe", "", 400, `Invalid value at 'includeGridData' (boolean), "maybe"`},
		{"GET", at + "?fields=a&fields=b", "", 400, `Invalid value at 'fields' (repeated), there is more than one`},
		{"GET", at + "?ranges=Nowhere!A1", "", 400, "Unable to parse range: Nowhere!A1"},
		{"GET", at + "?alt=proto", "", 501, "the stand-in does not know the parameter alt=proto"},
		{"DELETE", at, "", 405, "the stand-in does not know DELETE " + at},
		{"GET", "/v5/spreadsheets", "", 404, "the stand-in does not know GET /v5/spreadsheets"},
		{"POST", at + ":batchUpdate", `{`, 400, "Invalid JSON payload received. unexpected end of JSON input"},
		{"POST", at + ":batchUpdate", `{}`, 400, "Must specify at least one request."},
		{"POST", at + ":batchUpdate", `{"requests":[{}]}`, 400, "Invalid requests[0]: No request set."},
		{
			"POST", at + ":batchUpdate", `{"requests":[{"noSuchRequest":{}}]}`, 400,
			`Invalid JSON payload received. Unknown name "noSuchRequest" at 'requests[0]': Cannot find field.`,
		},
		{
			"POST", at + ":batchUpdate", `{"requests":[{"addSheet":{},"deleteSheet":{"sheetId":0}}]}`, 400,
			`Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. Cannot set 'deleteSheet'`,
		},
		{
			"POST", at + ":batchUpdate", `{"requests":[{"addSheet":{"properties":{"sheetId":"x"}}}]}`, 400,
			`Invalid value at 'requests[0].add_sheet.properties.sheet_id' (TYPE_INT32), "x"`,
		},
		{
			"POST", at + ":batchUpdate", `{"requests":[{"repeatCell":{"range":{"sheetId":0},"cell":{}}}]}`, 400,
			`Invalid requests[0].repeatCell: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)`,
		},
		{
			"POST", at + ":batchUpdate", `{"requests":[{"repeatCell":{"range":{"sheetId":0},"cell":{},"fields":"joe"}}]}`, 400,
			`Invalid requests[0].repeatCell: Invalid field: joe`,
		},
		{
			"POST", at + ":batchUpdate", `{"requests":[{"repeatCell":{"range":{"sheetId":1234},"cell":{},"fields":"note"}}]}`, 400,
			`Invalid requests[0].repeatCell: No grid with id: 1234`,
		},
		{"POST", at + ":batchUpdate", `{"requests":[{"insertComment":{}}]}`, 501, `the stand-in does not know the request "insertComment"`},
		{"GET", "/drive/v3/files/none", "", 404, "File not found: none."},
		{"GET", "/drive/v3/files?q=starred%3Dtrue", "", 501, `the stand-in does not know the search "starred=true" in Drive`},
		{"GET", "/drive/v3/files?fields=files(id,capabilities)", "", 501, `the stand-in does not know the field "capabilities" of files of Drive`},
		{"GET", "/drive/v3/files?pageSize=0", "", 501, `the stand-in does not know 1 files of Drive on pages of 0`},
		{"GET", "/drive/v3/files?q=trashed%3Dfalse+and+", "", 501, `the stand-in does not know the search "trashed=false and " in Drive`},
		{"POST", "/drive/v3/files", `{"name":"x","mimeType":"text/plain"}`, 501, `the stand-in does not know files of Drive of type "text/plain"`},
		{"GET", "/drive/v3/about", "", 404, "the stand-in does not know GET /drive/v3/about"},
		{"GET", at + "/developerMetadata/7", "", 404, "Requested entity was not found."},
	} {
		status, answer := client{server: s}.send(t, c.method, c.path, c.body)
		got, _ := message(answer)
		if status != c.status || got != c.want {
			t.Errorf("%s %s %s:\ngot  %d %s\nwant %d %s", c.method, c.path, c.body, status, got, c.status, c.want)
		}
	}
}

func TestSlashesBehindIDsAreTaken(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	at := "/v4/spreadsheets/" + s.Create("Plan") + "/"
	if status, answer := (client{server: s}).send(t, "GET", at, ""); status != 200 {
		t.Errorf("GET %s: got %d %v, want 200", at, status, answer)
	}
	if status, answer := (client{server: s}).send(t, "POST", at+":batchUpdate", `{"requests":[{"addSheet":{}}]}`); status != 200 {
		t.Errorf("POST %s:batchUpdate: got %d %v, want 200", at, status, answer)
	}
}

func TestErrorsListReasonsForNewClients(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	for query, want := range map[string]any{
		"":          nil,
		"?alt=json": []any{map[string]any{"message": "Requested entity was not found.", "domain": "global", "reason": "notFound"}},
	} {
		_, answer := client{server: s}.send(t, "GET", "/v4/spreadsheets/none"+query, "")
		got := answer["error"].(map[string]any)["errors"]
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("errors with query %q (-want +got):\n%s", query, diff)
		}
	}
}

func TestBatchIsAllOrNothing(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	id := s.Create("Plan")
	c := client{server: s}
	status, answer := c.send(t, "POST", "/v4/spreadsheets/"+id+":batchUpdate",
		`{"requests":[{"addSheet":{"properties":{"title":"New"}}},{"deleteSheet":{"sheetId":77}}]}`)
	if text, _ := message(answer); status != 400 || !strings.HasPrefix(text, "Invalid requests[1].deleteSheet: ") {
		t.Errorf("a batch with a request that fails: got %d %s, want 400 Invalid requests[1].deleteSheet", status, text)
	}
	_, after := c.send(t, "GET", "/v4/spreadsheets/"+id+"?fields=sheets.properties.title", "")
	want := map[string]any{"sheets": []any{map[string]any{"properties": map[string]any{"title": "Sheet1"}}}}
	if diff := cmp.Diff(want, after); diff != "" {
		t.Errorf("after a batch that failed (-want +got):\n%s", diff)
	}
}

func TestSharing(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	everybodys, shared, old := s.Create("everybody's"), s.Create("shared"), s.Create("old")
	for account, role := range map[string]sheetstest.Role{
		"owner": sheetstest.Owner, "writer": sheetstest.Writer, "reader": sheetstest.Reader,
	} {
		if err := s.Share(shared, account, role); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Office(old, true); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		account, id string
		read, write int
		status      string
	}{
		{"", everybodys, 200, 200, ""},
		{"owner", shared, 200, 200, ""},
		{"writer", shared, 200, 200, ""},
		{"reader", shared, 200, 403, "PERMISSION_DENIED"},
		{"stranger", shared, 403, 403, "PERMISSION_DENIED"},
		{"", shared, 403, 403, "PERMISSION_DENIED"},
		{"", old, 400, 400, "FAILED_PRECONDITION"},
	} {
		own := client{server: s, account: c.account}
		read, _ := own.send(t, "GET", "/v4/spreadsheets/"+c.id, "")
		write, answer := own.send(t, "POST", "/v4/spreadsheets/"+c.id+":batchUpdate", `{"requests":[{"addSheet":{}}]}`)
		_, status := message(answer)
		if read != c.read || write != c.write || status != c.status {
			t.Errorf("account %q: got %d, %d %s, want %d, %d %s", c.account, read, write, status, c.read, c.write, c.status)
		}
	}
	for account, want := range map[string]int{"owner": 200, "writer": 200, "reader": 200, "stranger": 404} {
		if got, _ := (client{server: s, account: account}).send(t, "GET", "/drive/v3/files/"+shared, ""); got != want {
			t.Errorf("Drive for %s: got %d, want %d", account, got, want)
		}
	}
	if got, _ := (client{server: s, account: "writer"}).send(t, "DELETE", "/drive/v3/files/"+shared, ""); got != 403 {
		t.Errorf("delete a file of somebody else's: got %d, want 403", got)
	}
	if err := s.Share("none", "a", sheetstest.Owner); err == nil {
		t.Error("Share of a file that isn't there: got no error")
	}
}

// TestBeforeMayEdit plays a person between two calls, from where calls are
// announced.
func TestBeforeMayEdit(t *testing.T) {
	var s *sheetstest.Server
	var id string
	s = sheetstest.New(sheetstest.Options{Before: func(c sheetstest.Call) {
		if c.Method != "spreadsheets.get" {
			return
		}
		if err := s.Edit(id, func(p *sheetstest.Person) { p.Set("Sheet1", 0, 0, "typed") }); err != nil {
			t.Error(err)
		}
	}})
	id = s.Create("Plan")
	_, answer := client{server: s}.send(t, "GET", "/v4/spreadsheets/"+id+"?fields=sheets.data.rowData.values.formattedValue", "")
	want := map[string]any{"sheets": []any{map[string]any{"data": []any{map[string]any{"rowData": []any{
		map[string]any{"values": []any{map[string]any{"formattedValue": "typed"}}},
	}}}}}}
	if diff := cmp.Diff(want, answer); diff != "" {
		t.Errorf("what was typed before the call (-want +got):\n%s", diff)
	}
}

func TestMessagesInOtherLanguages(t *testing.T) {
	for language, want := range map[string]string{
		"":   "Invalid requests[0].mergeCells: No grid with id: 5",
		"de": "Invalid requests[0].mergeCells: Es gibt kein Tabellenblatt mit dieser ID.",
		"es": "Invalid requests[0].mergeCells: No hay ninguna hoja con ese id.",
	} {
		s := sheetstest.New(sheetstest.Options{Language: language})
		status, answer := client{server: s}.send(t, "POST", "/v4/spreadsheets/"+s.Create("Plan")+":batchUpdate",
			`{"requests":[{"mergeCells":{"range":{"sheetId":5},"mergeType":"MERGE_ALL"}}]}`)
		got, name := message(answer)
		if got != want || status != 400 || name != "INVALID_ARGUMENT" {
			t.Errorf("language %q: got %d %s %q, want 400 INVALID_ARGUMENT %q", language, status, name, got, want)
		}
	}
}

func TestCallsAreRemembered(t *testing.T) {
	s, address := sheetstest.Start(t, sheetstest.Options{})
	id := s.Create("Plan")
	c := client{server: s, account: "me"}
	c.send(t, "GET", "/v4/spreadsheets/"+id+"?fields=spreadsheetId&prettyPrint=false", "")
	c.send(t, "POST", "/v4/spreadsheets/"+id+":batchUpdate", `{}`)
	answer, err := post(t, address+"/drive/v3/files", `{"name":"x","mimeType":"application/vnd.google-apps.spreadsheet"}`)
	if err != nil {
		t.Fatal(err)
	}
	decoded(t, answer)
	at := time.Date(2026, time.April, 16, 19, 7, 25, 0, time.UTC)
	want := []sheetstest.Call{
		{At: at, Method: "spreadsheets.get", Spreadsheet: id, Account: "me", Status: 200, Bytes: len(`{"spreadsheetId":""}`) + len(id) + 1},
		{At: at, Method: "spreadsheets.batchUpdate", Write: true, Spreadsheet: id, Account: "me", Status: 400},
		{At: at, Method: "drive.files.create", Write: true, Account: "anonymous", Status: 200},
	}
	got := s.Calls()
	for i := range got {
		if i > 0 {
			got[i].Bytes = 0
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

// TestManyClients has clients write at the same time: each batch takes effect.
func TestManyClients(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{Quota: sheetstest.Quota{Writes: 1000}})
	id := s.Create("Plan")
	const clients, batches = 4, 5
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			for range batches {
				client{server: s}.send(t, "POST", "/v4/spreadsheets/"+id+":batchUpdate", `{"requests":[{"addSheet":{}}]}`)
			}
		})
	}
	all.Wait()
	_, answer := client{server: s}.send(t, "GET", "/v4/spreadsheets/"+id, "")
	if got, want := len(answer["sheets"].([]any)), 1+clients*batches; got != want {
		t.Errorf("sheets: got %d, want %d", got, want)
	}
}

func TestAnswersArePacked(t *testing.T) {
	s, address := sheetstest.Start(t, sheetstest.Options{})
	id := s.Create("Plan")
	answer, err := http.Get(address + "/v4/spreadsheets/" + id)
	if err != nil {
		t.Fatal(err)
	}
	unpacked := new(bytes.Buffer)
	if _, err := unpacked.ReadFrom(answer.Body); err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if !answer.Uncompressed || !json.Valid(unpacked.Bytes()) {
		t.Errorf("the answer: got packed %v, valid %v, want both", answer.Uncompressed, json.Valid(unpacked.Bytes()))
	}
	if got := s.Calls()[0].Bytes; got >= unpacked.Len() {
		t.Errorf("bytes on the wire: got %d of %d, want fewer", got, unpacked.Len())
	}
}
