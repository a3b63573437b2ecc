package sheetstest

import (
	"net"
	"net/http"
	"sync"
	"time"

	"steerco/sync/gsheets/sheetstest/discovery"
)

// Options tell how a Server behaves. The zero value is a server on which
// everybody may do everything and nothing goes wrong.
type Options struct {
	// Now is the clock; nil: the time stands still at the day on which the
	// recorded traffic was made.
	Now func() time.Time
	// Quota is how much each account may ask; zero: as much as it likes.
	Quota Quota
	// Locale is that of spreadsheets which are made by the Sheets API without
	// one; empty: "en_US".
	Locale string
	// Language is the language of messages, "de" or "es"; empty: English.
	// What isn't translated stays English. Codes are the same.
	Language string
	// Semicolons makes formulas need ";" between arguments in spreadsheets
	// whose locale writes numbers with a comma.
	Semicolons bool
	// Before runs before each call is carried out, and may change
	// spreadsheets, as a person does in between.
	Before func(Call)
	// Fault is asked before each call what goes wrong with it; nil, or a nil
	// Fault: nothing. Calls that come at the same time ask at the same time.
	Fault func(Call) *Fault
}

// Quota is how many calls of each kind an account may make in a minute of the
// clock; zero: any number.
type Quota struct{ Reads, Writes int }

// Call is a call that a client made.
type Call struct {
	// At is when, by the server's clock.
	At time.Time
	// Method is its name in the API: "spreadsheets.batchUpdate", or
	// "drive.files.list". Empty: it is none.
	Method string
	// Write means that it counts among the writing calls.
	Write bool
	// Spreadsheet is the id in the path; empty: none.
	Spreadsheet string
	// Account is the one that asks.
	Account string
	// Status is the HTTP status of the answer, Bytes the size of its body as
	// it was sent. Both are 0 before there is one, and for a call whose
	// connection was dropped.
	Status, Bytes int
}

// Server is a stand-in for Google's servers: an http.Handler for the Sheets
// API under /v4/ and for files of Drive under /drive/v3/. An account is what
// a call has as bearer token, "anonymous" without one. Make it with New. All of
// it may be used from several goroutines.
type Server struct {
	options Options
	api     *discovery.API
	// handlers carry out methods, kinds the requests of a batchUpdate.
	handlers map[string]handler
	kinds    map[string]kind

	mu    sync.Mutex
	files map[string]*document
	// made counts the files that were ever made.
	made  int
	calls []Call
	// used counts the calls of each account in the present minute.
	used map[usage]spent
	// looked is the view through which somebody has looked last.
	looked *view
}

// New returns a server without any spreadsheet.
func New(o Options) *Server {
	return &Server{
		options: o, api: discovery.Sheets(), handlers: handlers(), kinds: kinds(),
		files: map[string]*document{}, used: map[usage]spent{},
	}
}

// Test is what Start needs of a *testing.T.
type Test interface {
	Helper()
	Fatal(args ...any)
	Cleanup(do func())
}

// Start returns a server that listens on a port of 127.0.0.1 until the test
// ends, and its address: "http://127.0.0.1:1234".
func Start(t Test, o Options) (s *Server, url string) {
	t.Helper()
	s = New(o)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listening := &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	ended := make(chan error)
	go func() { ended <- listening.Serve(listener) }()
	t.Cleanup(func() {
		if err := listening.Close(); err != nil {
			t.Fatal(err)
		}
		<-ended
	})
	return s, "http://" + listener.Addr().String()
}

// Calls returns the calls that have been answered or dropped, in order.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.calls...)
}

// now is the server's time.
func (s *Server) now() time.Time {
	if s.options.Now == nil {
		return time.Date(2026, time.April, 16, 19, 7, 25, 0, time.UTC)
	}
	return s.options.Now()
}

// ServeHTTP answers one call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a := s.answer(r)
	if a.dropped {
		drop(w)
		return
	}
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.status)
	// Who doesn't wait for the answer doesn't get it.
	_, _ = w.Write(a.content)
}

// drop closes the connection without an answer.
func drop(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, "the connection can't be dropped: "+err.Error(), http.StatusInternalServerError)
		return
	}
	_ = connection.Close()
}
