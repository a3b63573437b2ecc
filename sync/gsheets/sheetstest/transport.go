package sheetstest

import (
	"bytes"
	"errors"
	"io"
	"net/http"
)

// Transport returns a transport that hands calls to the server within the
// process, without a network: whatever the address is.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ server *Server }

// errDropped is what a client sees of a connection that was dropped.
var errDropped = errors.New("connection closed without an answer")

// RoundTrip answers one call.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if r.Body == nil {
		r = r.Clone(r.Context())
		r.Body = http.NoBody
	}
	a := t.server.answer(r)
	if err := r.Body.Close(); err != nil {
		return nil, err
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if a.dropped {
		return nil, errDropped
	}
	return &http.Response{
		Status: http.StatusText(a.status), StatusCode: a.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.header, Request: r,
		Body: io.NopCloser(bytes.NewReader(a.content)), ContentLength: int64(len(a.content)),
	}, nil
}
