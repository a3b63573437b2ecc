package sheetstest_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/corpustest"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/gsheets/sheetstest/discovery"
)

// unsupported are the recorded sessions that the stand-in doesn't answer as
// recorded, with the reason. At most one in six may be.
func unsupported() map[string]string {
	const drive = "of Drive only files are made, read, listed, copied and deleted: "
	return map[string]string{
		"gspread__ClientTest.test_copy__1":                   drive + "comments",
		"gspread__ClientTest.test_import_csv__1":             drive + "upload",
		"gspread__SpreadsheetTest.test_export_spreadsheet":   drive + "export",
		"gspread__WorksheetTest.test_auto_resize_columns__1": "widths by text depend on a font",
		"p5__DriveApi3_Changes":                              drive + "changes",
		"p5__DriveApi3_File":                                 drive + "permissions",
		"p5__DriveApi3_Permission":                           drive + "permissions",
		"p5__DriveApi3_Revision":                             drive + "revisions",
	}
}

// TestReplay sends recorded traffic of the real service to an empty stand-in,
// and expects the recorded answers.
func TestReplay(t *testing.T) {
	corpus := corpusFolder(t)
	files := recordedSessions(t, corpus)
	left := unsupported()
	constants := readConstants(t, corpus)
	passed := 0
	for file, steps := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		difference := replay(t, name, readSteps(t, filepath.Join(corpus, "google", file), steps), constants)
		reason, listed := left[name]
		delete(left, name)
		switch {
		case difference == "":
			passed++
			if listed {
				t.Errorf("%s is answered as recorded: take it from the list (%s)", name, reason)
			}
		case listed:
			t.Logf("%s: not supported: %s", name, reason)
		default:
			t.Errorf("%s, %s", name, difference)
		}
	}
	for name := range left {
		t.Errorf("%s is in the list, but there is no such session", name)
	}
	t.Logf("%d of %d sessions are answered as recorded", passed, len(files))
	if allowed := len(files) / 6; len(unsupported()) > allowed {
		t.Errorf("sessions that aren't supported: got %d, want at most %d", len(unsupported()), allowed)
	}
}

// recordedSessions returns the files that the list of all recordings names, with
// how many steps each has. No other file lies with them.
func recordedSessions(t *testing.T, corpus string) map[string]int {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(corpus, "google", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Files []struct {
			File  string
			Steps int
		}
	}
	if err := json.Unmarshal(content, &manifest); err != nil {
		t.Fatal(err)
	}
	sessions := map[string]int{}
	for _, f := range manifest.Files {
		if strings.HasPrefix(f.File, "sessions/") {
			sessions[f.File] = f.Steps
		}
	}
	there, err := filepath.Glob(filepath.Join(corpus, "google", "sessions", "*.jsonl"))
	if err != nil || len(there) != len(sessions) || len(there) == 0 {
		t.Fatalf("recorded sessions in %s: got %d files, %v, want %d", corpus, len(there), err, len(sessions))
	}
	return sessions
}

func corpusFolder(t *testing.T) string {
	t.Helper()
	return corpustest.Folder(t)
}

// step is one recorded call.
type step struct {
	Index  int `json:"i"`
	API    string
	Method string
	Path   string
	Query  [][2]string
	Body   any
	Status int
	Resp   any
	Date   string
}

func readConstants(t *testing.T, corpus string) map[string]any {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(corpus, "google", "constants.json"))
	if err != nil {
		t.Fatal(err)
	}
	var constants map[string]any
	if err := json.Unmarshal(content, &constants); err != nil {
		t.Fatal(err)
	}
	return constants
}

// readSteps reads a file that has so many steps.
func readSteps(t *testing.T, file string, want int) []step {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var steps []step
	lines := bufio.NewScanner(bytes.NewReader(content))
	lines.Buffer(nil, len(content)+1)
	for lines.Scan() {
		var s step
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		steps = append(steps, s)
	}
	if err := lines.Err(); err != nil || len(steps) != want {
		t.Fatalf("%s: got %d steps, %v, want %d", file, len(steps), err, want)
	}
	return steps
}

// replayer sends the steps of one session.
type replayer struct {
	server    *sheetstest.Server
	constants map[string]any
	// ids are the stand-in's ids by the recorded ones.
	ids map[string]any
	now time.Time
}

// account is the one that made the recordings.
const account = "svc@example-project.iam.gserviceaccount.com"

// replay returns the first difference between a session and what the stand-in
// answers; empty: there is none.
func replay(t *testing.T, session string, steps []step, constants map[string]any) string {
	t.Helper()
	r := &replayer{constants: constants, ids: map[string]any{}}
	if date, err := time.Parse(time.RFC1123, steps[0].Date); err == nil {
		r.now = date
	}
	o := sheetstest.Options{Now: func() time.Time { return r.now }}
	if strings.HasPrefix(session, "p5__") {
		o.Locale = "en_GB"
	}
	r.server = sheetstest.New(o)
	for _, s := range steps {
		// Files of Drive have times; no two are changed at the same one.
		r.now = r.now.Add(time.Second)
		if difference := r.step(t, s); difference != "" {
			return fmt.Sprintf("step %d, %s %s %v: %s", s.Index, s.Method, s.Path, s.Query, difference)
		}
	}
	return ""
}

func (r *replayer) step(t *testing.T, s step) string {
	t.Helper()
	r.foreign(t, s)
	r.keep("", s.Body)
	status, got := r.send(t, s)
	if status != s.Status {
		text, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("status: got %d, want %d: %.600s", status, s.Status, text)
	}
	if wrong := r.undescribed(got); wrong != "" && status == http.StatusOK {
		return wrong
	}
	want := r.expected(s.Resp)
	r.bind("", want, got)
	return cmp.Diff(r.ours(want), got)
}

// undescribed returns what the description doesn't allow of the last answer.
func (r *replayer) undescribed(got any) string {
	calls := r.server.Calls()
	message := discovery.Sheets().Methods[calls[len(calls)-1].Method].Response
	if message == "" {
		return ""
	}
	if _, wrong := discovery.Sheets().Check(message, "", got); wrong != nil {
		return fmt.Sprintf("the answer isn't as the API is described: %v", wrong)
	}
	return ""
}

// foreign makes the file that a recorded session didn't make itself, as it is
// somebody else's.
func (r *replayer) foreign(t *testing.T, s step) {
	t.Helper()
	name := regexp.MustCompile(`SSID_\d+`).FindString(s.Path)
	if s.Status != http.StatusForbidden || r.ids[name] != nil {
		return
	}
	id := r.server.Create("somebody else's")
	if err := r.server.Share(id, "somebody@example.com", sheetstest.Owner); err != nil {
		t.Fatal(err)
	}
	r.ids[name] = id
}

func (r *replayer) send(t *testing.T, s step) (int, any) {
	t.Helper()
	query := url.Values{}
	for _, pair := range s.Query {
		query.Add(pair[0], pair[1])
	}
	address := "http://stand-in.invalid" + r.path(s)
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	var body io.Reader
	if s.Body != nil {
		content, err := json.Marshal(r.ours(mended(s)))
		if err != nil {
			t.Fatal(err)
		}
		body = bytes.NewReader(content)
	}
	request, err := http.NewRequestWithContext(t.Context(), s.Method, address, body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+account)
	answer, err := (&http.Client{Transport: r.server.Transport()}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	var got any
	if len(content) > 0 {
		if err := json.Unmarshal(content, &got); err != nil {
			t.Fatalf("%v: %s", err, content)
		}
	}
	return answer.StatusCode, got
}

// path returns the path of a step, escaped: it was recorded without.
func (r *replayer) path(s step) string {
	path := r.ours(s.Path).(string)
	head, rest, ok := strings.Cut(path, "/values/")
	if !ok {
		return path
	}
	verb := ""
	for _, v := range []string{":append", ":clear"} {
		if cut, has := strings.CutSuffix(rest, v); has && s.Method == http.MethodPost {
			rest, verb = cut, v
		}
	}
	return head + "/values/" + url.PathEscape(rest) + verb
}

// TestRecordedAnswersAreDescribed holds the recorded answers against the
// description by which the stand-in judges requests: both come from the real
// service.
func TestRecordedAnswersAreDescribed(t *testing.T) {
	corpus := corpusFolder(t)
	content, err := os.ReadFile(filepath.Join(corpus, "google", "griddata", "with-formula.json"))
	if err != nil {
		t.Fatal(err)
	}
	var answer map[string]any
	if err := json.Unmarshal(content, &answer); err != nil {
		t.Fatal(err)
	}
	delete(answer["properties"].(map[string]any), "defaultFormat")
	if _, wrong := discovery.Sheets().Check("Spreadsheet", "", answer); wrong != nil {
		t.Errorf("the description doesn't allow %v", wrong)
	}
}
