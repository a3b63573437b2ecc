package sheetstest

import (
	"net/http"
	"sync"
	"time"
)

// Options tell how a Server behaves.
type Options struct {
	// Now is the clock; nil: the time stands still at the day on which the
	// recorded traffic was made.
	Now func() time.Time
}

// Server is a stand-in for Google's servers: an http.Handler for the Sheets
// API under /v4/ and for files of Drive under /drive/v3/. Make it with New.
type Server struct {
	options Options
	mu      sync.Mutex
	files   map[string]*document
}

// New returns a server without any spreadsheet.
func New(o Options) *Server {
	return &Server{options: o, files: map[string]*document{}}
}

// ServeHTTP answers one call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	http.NotFound(w, r)
}
