package sheetstest

import (
	"net/http"
	"strconv"
	"time"
)

// Fault is what goes wrong with a call.
type Fault struct {
	// Status is the HTTP status of the answer: 429, 500, 503, 401 …
	Status int
	// Reason is that of the error; empty: the usual one of the status.
	Reason string
	// Message is the text of the error; empty: the usual one of the status.
	Message string
	// Drop closes the connection instead of answering.
	Drop bool
	// Applied means that the call is carried out all the same, before.
	Applied bool
	// RetryAfter is sent with the answer in whole seconds; zero: not sent.
	RetryAfter time.Duration
}

// failure returns the answer of a fault.
func (f *Fault) failure(c *call) *failure {
	answer := &failure{code: f.Status, reason: f.Reason}
	switch f.Status {
	case http.StatusUnauthorized:
		answer.status = "UNAUTHENTICATED"
		answer.message = "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential."
	case http.StatusForbidden:
		answer = failed(denied())
	case http.StatusNotFound:
		answer = failed(notFound())
	case http.StatusTooManyRequests:
		answer = c.overQuota()
	case http.StatusServiceUnavailable:
		answer.status, answer.message = "UNAVAILABLE", "The service is currently unavailable."
	default:
		answer = failed(internal())
		answer.code = f.Status
	}
	if f.Reason != "" {
		answer.reason = f.Reason
	}
	if f.Message != "" {
		answer.message = f.Message
	}
	return answer
}

func (f *Fault) header() http.Header {
	h := http.Header{}
	if f.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int(f.RetryAfter.Round(time.Second)/time.Second)))
	}
	return h
}
