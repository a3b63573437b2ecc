package gsheets_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"steerco/rules/plan"
	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// roundTrip is an http.RoundTripper.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// reply is an answer with a body, as JSON unless it begins otherwise.
type reply struct {
	code   int
	body   string
	header map[string]string
}

func (a reply) answer(r *http.Request) *http.Response {
	h := http.Header{"Content-Type": {"application/json; charset=UTF-8"}}
	if strings.HasPrefix(a.body, "<") {
		h.Set("Content-Type", "text/html")
	}
	for name, value := range a.header {
		h.Set(name, value)
	}
	return &http.Response{StatusCode: a.code, Header: h, Request: r, Body: io.NopCloser(strings.NewReader(a.body))}
}

// refusal is a body as the API answers errors.
func refusal(code int, status, message string, details ...any) string {
	body, err := json.Marshal(map[string]any{"error": map[string]any{
		"code": code, "status": status, "message": message, "details": details,
		"errors": []any{map[string]any{"message": message, "domain": "global", "reason": "whatever"}},
	}})
	if err != nil {
		return err.Error()
	}
	return string(body)
}

func reason(text string) map[string]any {
	return map[string]any{
		"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": text, "domain": "googleapis.com",
		"metadata": map[string]any{"activationUrl": "https://console.developers.google.com/apis/api/sheets.googleapis.com"},
	}
}

// broken is a spreadsheet on a stand-in, some calls to which go wrong in the
// given way.
type broken struct {
	backend *gsheets.Backend
	server  *sheetstest.Server
	// writes and reads say what happens instead of a call; nil: the call.
	writes, reads func(*http.Request) (*http.Response, error)
}

func newBroken(t *testing.T, account string) *broken {
	t.Helper()
	b := &broken{server: sheetstest.New(sheetstest.Options{})}
	id := b.server.Create("Roll-out")
	client := &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		instead := b.reads
		if strings.HasSuffix(r.URL.Path, ":batchUpdate") {
			instead = b.writes
		}
		if instead != nil {
			return instead(r)
		}
		return b.server.Transport().RoundTrip(r)
	})}
	var err error
	b.backend, err = gsheets.Open(t.Context(), id, gsheets.Options{Client: client, Account: account})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// readError returns the error of a reading that goes wrong.
func (b *broken) readError(ctx context.Context, instead func(*http.Request) (*http.Response, error)) error {
	b.reads = instead
	_, err := b.backend.Read(ctx)
	return err
}

// writeError returns the error of a write that goes wrong, after a reading
// that didn't.
func (b *broken) writeError(t *testing.T, ctx context.Context, instead func(*http.Request) (*http.Response, error)) error {
	t.Helper()
	book, err := b.backend.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	b.writes = instead
	_, err = b.backend.Apply(ctx, workbook.Changes{Base: book.Version, Output: someOutput(book)})
	return err
}

// someOutput is anything that can be written.
func someOutput(book *workbook.Book) workbook.Output {
	return workbook.Output{
		ID: book.ID,
		Tabs: []workbook.Drawing{{Tab: tab.Tab{Key: "summary", Title: "Summary", Rows: []tab.Row{
			{Cells: []tab.Cell{{Text: "3 late", Style: tab.Body, Link: plan.Ref{}}}},
		}}}},
		Marks: []workbook.Mark{{
			Sheet: book.Sheets[0].Name, Column: 1, FirstRow: 1, LastRow: 9, Severity: "warning", Field: "finish", Parts: []int{0},
		}},
		Keys: []string{"warning|finish|T1|"},
	}
}

func always(a reply) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) { return a.answer(r), nil }
}

func failing(err error) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

const (
	address = "steerco@project.iam.gserviceaccount.com"
	sharing = `share it with ` + address + ` as "Editor" (button "Share" in the spreadsheet)`
)

// TestFaultsOfReading holds what Google answers against what people are told.
func TestFaultsOfReading(t *testing.T) {
	for name, tt := range map[string]struct {
		reply reply
		kind  error
		want  string
	}{
		"not shared": {
			reply{code: 403, body: refusal(403, "PERMISSION_DENIED", "Der Aufrufer hat nicht die erforderliche Berechtigung")},
			workbook.ErrDenied,
			"it isn't shared with " + address + ": " + sharing,
		},
		"API not enabled": {
			reply{code: 403, body: refusal(403, "PERMISSION_DENIED", "Google Sheets API has not been used …", reason("SERVICE_DISABLED"))},
			workbook.ErrDenied,
			"the Google Sheets API isn't enabled in the Cloud project of the account: enable it, wait a few minutes, and try again: " +
				"https://console.developers.google.com/apis/api/sheets.googleapis.com",
		},
		"API not enabled, older answer": {
			reply{code: 403, body: `{"error":{"code":403,"message":"x","errors":[{"domain":"usageLimits","reason":"accessNotConfigured","message":"x"}]}}`},
			workbook.ErrDenied,
			"the Google Sheets API isn't enabled in the Cloud project of the account: enable it, wait a few minutes, and try again",
		},
		"too little consented": {
			reply{code: 403, body: refusal(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.", reason("ACCESS_TOKEN_SCOPE_INSUFFICIENT"))},
			workbook.ErrDenied,
			"the sign-in doesn't include the right to spreadsheets: sign in again, and tick it: steerco auth google",
		},
		"project suspended": {
			reply{code: 403, body: refusal(403, "PERMISSION_DENIED", "Consumer has been suspended.", reason("CONSUMER_SUSPENDED"))},
			workbook.ErrDenied,
			"Google refuses the account or its Cloud project (403 PERMISSION_DENIED, Consumer has been suspended): ask whoever administers it",
		},
		"limit of calls, 403": {
			reply{code: 403, body: `{"error":{"code":403,"message":"x","errors":[{"domain":"usageLimits","reason":"userRateLimitExceeded","message":"x"}]}}`},
			workbook.ErrUnavailable,
			"Google's limit of calls is reached: try again later",
		},
		"limit of calls": {
			reply{code: 429, body: refusal(429, "RESOURCE_EXHAUSTED", "Quota exceeded for …", reason("RATE_LIMIT_EXCEEDED"))},
			workbook.ErrUnavailable,
			"Google's limit of calls is reached: try again later",
		},
		"signed out": {
			reply{code: 401, body: refusal(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")},
			workbook.ErrDenied,
			"you are signed out of Google, or the access was withdrawn: sign in again: steerco auth google; a service account whose key was deleted needs a new one",
		},
		"no such spreadsheet": {
			reply{code: 404, body: refusal(404, "NOT_FOUND", "No se encontró la entidad solicitada.")},
			workbook.ErrNotFound,
			"there is no spreadsheet with this address, or it was deleted: check the address; if it is right, " + sharing,
		},
		"Office file": {
			reply{code: 400, body: refusal(400, "FAILED_PRECONDITION", "Das Dokument darf keine Office-Datei sein.")},
			workbook.ErrRefused,
			`it is an Office file that is opened in Google Drive, not a Google spreadsheet: open it, choose File, "Save as Google Sheets", and use the address of the copy`,
		},
		"down": {
			reply{code: 503, body: refusal(503, "UNAVAILABLE", "The service is currently unavailable.")},
			workbook.ErrUnavailable,
			"Google doesn't do it for now (503 UNAVAILABLE, The service is currently unavailable): try again later",
		},
		"two at once": {
			reply{code: 409, body: refusal(409, "ABORTED", "The operation was aborted.")},
			workbook.ErrUnavailable,
			"Google doesn't do it for now (409 ABORTED, The operation was aborted): try again later",
		},
		"down, in HTML": {
			reply{code: 502, body: "<html><title>Error 502</title>"}, workbook.ErrUnavailable, "Google doesn't do it for now (502): try again later",
		},
		"the stand-in doesn't know it": {
			reply{code: 501, body: refusal(501, "UNIMPLEMENTED", "the stand-in does not know x")},
			nil,
			"Google refuses (501 UNIMPLEMENTED, the stand-in does not know x)",
		},
		"login page of a network": {
			reply{code: 200, body: "<html>Welcome, guest"},
			workbook.ErrUnavailable,
			"the answer is not Google's: a proxy or the login page of a network may have answered: check the network of this machine, and try again later",
		},
		"sent elsewhere": {
			reply{code: 302, body: "<html>Moved", header: map[string]string{"Location": "http://127.0.0.1:1/"}},
			workbook.ErrUnavailable,
			"the answer is not Google's: a proxy or the login page of a network may have answered: check the network of this machine, and try again later",
		},
		"nothing but null": {
			reply{code: 200, body: `null`},
			workbook.ErrUnavailable,
			"the answer is not Google's: a proxy or the login page of a network may have answered: check the network of this machine, and try again later",
		},
		"nothing in it": {
			reply{code: 200, body: `{}`},
			workbook.ErrUnavailable,
			"the answer is not Google's: a proxy or the login page of a network may have answered: check the network of this machine, and try again later",
		},
		"no sheets": {
			reply{code: 200, body: `{"sheets":[null]}`},
			workbook.ErrUnavailable,
			"the answer is not Google's: a proxy or the login page of a network may have answered: check the network of this machine, and try again later",
		},
		"sheets of nothing": {
			reply{code: 200, body: `{"sheets":[{}]}`},
			workbook.ErrUnavailable,
			"the answer is not Google's: a proxy or the login page of a network may have answered: check the network of this machine, and try again later",
		},
		"a proxy refuses": {
			reply{code: 403, body: `<html>Forbidden`},
			workbook.ErrUnavailable,
			"the answer is not Google's: a proxy or the login page of a network may have answered: check the network of this machine, and try again later",
		},
		"a proxy knows no such page": {
			reply{code: 404, body: `<html>Not found`},
			workbook.ErrUnavailable,
			"the answer is not Google's: a proxy or the login page of a network may have answered: check the network of this machine, and try again later",
		},
		"half an answer": {
			reply{code: 200, body: `{"spreadsheetId":"x","sheets":[{"pro`},
			workbook.ErrUnavailable,
			"the connection to Google broke off (unexpected end of JSON input): check the network of this machine, and try again later",
		},
		"text in many lines": {
			reply{code: 400, body: refusal(400, "INVALID_ARGUMENT", "first line\nsecond line."+strings.Repeat("x", 1000))},
			nil,
			"Google refuses to read it (400 INVALID_ARGUMENT, first line second line." + strings.Repeat("x", 300-len("first line second line.")) + "…)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBroken(t, address)
			err := b.readError(t.Context(), always(tt.reply))
			checkFault(t, err, tt.kind)
			if _, got, _ := strings.Cut(err.Error(), ": "); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// checkFault fails unless err is an *workbook.Error of this kind, and of no
// other, in one line.
func checkFault(t *testing.T, err, kind error) {
	t.Helper()
	var e *workbook.Error
	if !errors.As(err, &e) || e.Workbook == "" || strings.Contains(err.Error(), "\n") {
		t.Fatalf("got %v (%T), want a *workbook.Error in one line", err, err)
	}
	for _, other := range []error{
		workbook.ErrChanged, workbook.ErrBusy, workbook.ErrDenied, workbook.ErrNotFound, workbook.ErrNameTaken, workbook.ErrUnavailable, workbook.ErrRefused,
	} {
		if errors.Is(err, other) != (other == kind) {
			t.Errorf("%q: errors.Is %v: got %t, want %t", err, other, errors.Is(err, other), other == kind)
		}
	}
}

func TestFaultsWithoutAnAnswer(t *testing.T) {
	for name, tt := range map[string]struct {
		err  error
		kind error
		want string
		sent bool
	}{
		"offline": {
			&net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "sheets.googleapis.com"}}, workbook.ErrUnavailable,
			"Google can't be reached (lookup sheets.googleapis.com: no such host): check the network of this machine, and try again later", false,
		},
		"nobody listens": {
			&net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}, workbook.ErrUnavailable,
			"Google can't be reached (connection refused): check the network of this machine, and try again later", false,
		},
		"reset": {
			&net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}, workbook.ErrUnavailable,
			"the connection to Google broke off (connection reset by peer)", true,
		},
		"closed": {io.EOF, workbook.ErrUnavailable, "the connection to Google broke off (EOF)", true},
		"signing in is refused": {
			&workbook.Error{Err: fmt.Errorf("%w: the consent has ended", workbook.ErrDenied), Fix: "sign in again: steerco auth google"},
			workbook.ErrDenied, "not allowed: the consent has ended: sign in again: steerco auth google", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			const doubt = ", and it is not known whether the spreadsheet was written: "
			b := newBroken(t, address)
			read := b.readError(t.Context(), failing(tt.err))
			checkFault(t, read, tt.kind)
			if !strings.Contains(read.Error(), tt.want) || strings.Contains(read.Error(), doubt) {
				t.Errorf("read: got %s\nwant %s", read, tt.want)
			}
			b.reads = nil
			write := b.writeError(t, t.Context(), failing(tt.err))
			checkFault(t, write, tt.kind)
			if !strings.HasPrefix(write.Error(), "Roll-out: "+tt.want) || strings.Contains(write.Error(), doubt) != tt.sent {
				t.Errorf("write: got %s\nwant %s, in doubt %t", write, tt.want, tt.sent)
			}
		})
	}
}

func TestFaultsOfWriting(t *testing.T) {
	for name, tt := range map[string]struct {
		reply reply
		kind  error
		want  string
	}{
		"read only": {
			reply{code: 403, body: refusal(403, "PERMISSION_DENIED", "The caller does not have permission")},
			workbook.ErrDenied,
			"it is shared for reading only: " + sharing,
		},
		"full": {
			reply{code: 400, body: refusal(400, "INVALID_ARGUMENT", "Invalid requests[2].addSheet: This action would increase the number of cells in the workbook above the limit of 10000000 cells.")},
			workbook.ErrRefused,
			"the spreadsheet is full: it would have more than 10 million cells, empty ones included: delete empty rows and columns, and sheets that nobody needs",
		},
		"full, in German": {
			reply{code: 400, body: refusal(400, "INVALID_ARGUMENT", "Die Anzahl der Zellen würde die Grenze von 10.000.000 überschreiten.")},
			workbook.ErrRefused,
			"the spreadsheet is full: it would have more than 10 million cells, empty ones included: delete empty rows and columns, and sheets that nobody needs",
		},
		"too many columns": {
			reply{code: 400, body: refusal(400, "INVALID_ARGUMENT", "… above the limit of 18278 columns")},
			workbook.ErrRefused,
			"a sheet would have more than 18,278 columns: delete columns that nobody needs",
		},
		"too long": {
			reply{code: 400, body: refusal(400, "INVALID_ARGUMENT", "Votre saisie contient plus de 50\u202f000 caractères")},
			workbook.ErrRefused,
			"a cell would hold more than 50,000 characters: shorten the texts in the plan",
		},
		"protected": {
			reply{code: 400, body: refusal(400, "INVALID_ARGUMENT", "You are trying to edit a protected cell or object. Please contact the spreadsheet owner.")},
			workbook.ErrDenied,
			"steerco's highlights can't be put on cells that are protected (400 INVALID_ARGUMENT, You are trying to edit a protected cell or object. " +
				"Please contact the spreadsheet owner): ask the spreadsheet's owner to let " + address + " edit them (Data, Protect sheets and ranges)",
		},
		"nothing but null": {
			reply{code: 200, body: `null`},
			workbook.ErrUnavailable,
			"the answer is not Google's: a proxy or the login page of a network may have answered, " +
				"and it is not known whether the spreadsheet was written: check the network of this machine, and try again later",
		},
		"fewer replies than requests": {
			reply{code: 200, body: `{"replies":[{}]}`},
			workbook.ErrUnavailable,
			"the answer is not Google's: a proxy or the login page of a network may have answered, " +
				"and it is not known whether the spreadsheet was written: check the network of this machine, and try again later",
		},
		"a proxy refuses": {
			reply{code: 403, body: `<html>Forbidden`},
			workbook.ErrUnavailable,
			"the answer is not Google's: a proxy or the login page of a network may have answered, " +
				"and it is not known whether the spreadsheet was written: check the network of this machine, and try again later",
		},
		"something else": {
			reply{code: 400, body: refusal(400, "INVALID_ARGUMENT", "Odd.")}, nil, "Google refuses to write (400 INVALID_ARGUMENT, Odd)",
		},
		"too much": {
			reply{code: 413, body: "<html>413"}, workbook.ErrRefused, "what is to be written is too much for one call: mute rules that find very much",
		},
		"down": {
			reply{code: 503, body: refusal(503, "UNAVAILABLE", "The service is currently unavailable.")},
			workbook.ErrUnavailable,
			"Google doesn't do it for now (503 UNAVAILABLE, The service is currently unavailable), and it is not known whether the spreadsheet was written: try again later",
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBroken(t, address)
			err := b.writeError(t, t.Context(), always(tt.reply))
			checkFault(t, err, tt.kind)
			if got := err.Error(); !strings.HasPrefix(got, "Roll-out") || !strings.HasSuffix(got, ": "+tt.want) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestUnknownAccount(t *testing.T) {
	b := newBroken(t, "")
	err := b.readError(t.Context(), always(reply{code: 403, body: refusal(403, "PERMISSION_DENIED", "")}))
	want := `it isn't shared with the account that you signed in with: share it, as "Editor", with the account that you signed in with: steerco doctor tells which one`
	if !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got  %s\nwant %s", err, want)
	}
}

func TestRetryAfter(t *testing.T) {
	for header, want := range map[string]time.Duration{"": 0, "7": 7 * time.Second, "-1": 0, "soon": 0, "Sat, 01 Jan 2000 00:01:30 GMT": 90 * time.Second} {
		synctest.Test(t, func(t *testing.T) { // The clock begins at 2000-01-01.
			b := newBroken(t, address)
			err := b.readError(t.Context(), always(reply{
				code: 429, body: refusal(429, "RESOURCE_EXHAUSTED", ""), header: map[string]string{"Retry-After": header},
			}))
			var asked interface{ RetryAfter() time.Duration }
			if !errors.As(err, &asked) || asked.RetryAfter() != want {
				t.Errorf("Retry-After %q: got %v of %v, want %s", header, asked, err, want)
			}
		})
	}
}

// TestPatience has a server that never answers: the call ends after what
// Google needs at most, or at once with its context.
func TestPatience(t *testing.T) {
	silent := func(r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		b := newBroken(t, address)
		err := b.readError(t.Context(), silent)
		checkFault(t, err, workbook.ErrUnavailable)
		if took := time.Since(start); took != 190*time.Second || !strings.Contains(err.Error(), "Google doesn't answer in time") {
			t.Errorf("got %v after %s, want a line about it after 190s", err, took)
		}
		b.reads = nil
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := b.writeError(t, ctx, silent); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, workbook.ErrUnavailable) {
			t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
		}
	})
}

func TestAnswerWithoutEnd(t *testing.T) {
	for name, tt := range map[string]struct {
		length int64
		body   string
	}{
		"told":     {1 << 40, "{}"},
		"not told": {-1, `{"properties":{"title":"` + strings.Repeat("x", 1000) + `"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBroken(t, address)
			err := b.readError(t.Context(), func(r *http.Request) (*http.Response, error) {
				a := reply{code: 200, body: tt.body}.answer(r)
				a.ContentLength, a.Body = tt.length, gsheets.Bounded(a.Body, 500)
				return a, nil
			})
			checkFault(t, err, workbook.ErrRefused)
			if want := "Google's answer has more than 128 MB"; !strings.Contains(err.Error(), want) {
				t.Errorf("got %s\nwant %s", err, want)
			}
		})
	}
}

func TestHowItAsks(t *testing.T) {
	var seen *http.Request
	client := &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		seen = r
		return nil, io.EOF
	})}
	b, err := gsheets.Open(t.Context(), "id", gsheets.Options{Client: client, Version: "1.2"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Read(t.Context()); err == nil {
		t.Fatal("got no error")
	}
	if got, want := seen.Header.Get("User-Agent"), "steerco/1.2 (gzip)"; got != want {
		t.Errorf("user agent: got %q, want %q", got, want)
	}
	if seen.URL.Scheme != "https" || seen.URL.Host != "sheets.googleapis.com" || seen.URL.Query().Get("prettyPrint") != "false" {
		t.Errorf("address: got %s", seen.URL)
	}
	if got := seen.Header.Get("Accept-Encoding"); got != "" {
		t.Errorf("accept encoding: got %q: then nobody unpacks the answer", got)
	}
}

func TestEndpoint(t *testing.T) {
	for endpoint, ok := range map[string]bool{
		"": true, "https://sheets.googleapis.com/": true, "http://127.0.0.1:1234": true, "http://localhost:1": true, "http://[::1]:1": true,
		"http://example.org": false, "http://127.0.0.1.example.org": false, "ftp://127.0.0.1": false, "127.0.0.1:1234": false, "::": false,
	} {
		if _, err := gsheets.Open(t.Context(), "id", gsheets.Options{Endpoint: endpoint}); (err == nil) != ok {
			t.Errorf("endpoint %q: got %v, want it taken %t", endpoint, err, ok)
		}
	}
}

func TestStandInThatIsGone(t *testing.T) {
	refused := &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	client := &http.Client{Transport: roundTrip(failing(refused))}
	b, err := gsheets.Open(t.Context(), "id", gsheets.Options{Client: client, Endpoint: "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Read(t.Context())
	checkFault(t, err, workbook.ErrUnavailable)
	want := "id: nobody answers for Google at http://127.0.0.1:1 (connection refused): " +
		"see whether what stands in for Google runs, and whether this is the address that it printed"
	if got := err.Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
