package signin

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/oauth2"
)

// How long things may take.
const (
	// tokenPatience is for a server that hands out tokens.
	tokenPatience = 30 * time.Second
	// answerPatience is for the API: Google ends a call after 180 seconds.
	answerPatience = 200 * time.Second
	// tokenReserve is how long a token must still hold when a request is sent.
	tokenReserve = time.Minute
)

// newTransport returns what sends requests.
func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.ResponseHeaderTimeout = answerPatience
	return t
}

// noRedirect keeps a client from going where a server sends it: neither
// tokens nor what they are asked with are meant for others.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// newClient returns a client that sends requests with the tokens of a source.
func newClient(s *source, base *http.Transport) *http.Client {
	return &http.Client{Transport: &transport{source: s, base: base}, CheckRedirect: noRedirect}
}

// transport sends requests with a token.
type transport struct {
	source *source
	base   *http.Transport
}

// RoundTrip implements http.RoundTripper. A request that was refused for its
// token has had no effect, so it is sent again with a new one.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	token, err := t.source.token(r.Context())
	if err != nil {
		closeBody(r)
		return nil, err
	}
	answer, err := t.send(r, token)
	if err != nil || answer.StatusCode != http.StatusUnauthorized {
		return answer, err
	}
	again := r.Clone(r.Context())
	if r.Body != nil && r.Body != http.NoBody {
		if r.GetBody == nil {
			return answer, nil
		}
		if again.Body, err = r.GetBody(); err != nil {
			return answer, nil
		}
	}
	answer.Body.Close()
	if token, err = t.source.instead(r.Context(), token); err != nil {
		closeBody(again)
		return nil, err
	}
	return t.send(again, token)
}

// CloseIdleConnections lets http.Client close them.
func (t *transport) CloseIdleConnections() { t.base.CloseIdleConnections() }

func (t *transport) send(r *http.Request, token *oauth2.Token) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+token.AccessToken)
	return t.base.RoundTrip(r)
}

func closeBody(r *http.Request) {
	if r.Body != nil {
		r.Body.Close()
	}
}

// source holds the token of an account and gets a new one in time.
type source struct {
	// fetch gets a token that isn't the refused one; empty: none was.
	fetch func(ctx context.Context, refused string) (*oauth2.Token, error)
	// turn is full while somebody looks at held: who waits for it can give up.
	turn chan struct{}
	held *oauth2.Token
}

func newSource(fetch func(context.Context, string) (*oauth2.Token, error)) *source {
	return &source{fetch: fetch, turn: make(chan struct{}, 1)}
}

// token returns a token that holds for a while.
func (s *source) token(ctx context.Context) (*oauth2.Token, error) { return s.instead(ctx, nil) }

// instead returns another token than one that was refused; nil: none was.
func (s *source) instead(ctx context.Context, refused *oauth2.Token) (*oauth2.Token, error) {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if isFresh(s.held) && s.held != refused {
		return s.held, nil
	}
	known := ""
	if refused != nil {
		known = refused.AccessToken
	}
	token, err := s.fetch(ctx, known)
	if err == nil {
		s.held = token
	}
	return token, err
}

func isFresh(t *oauth2.Token) bool {
	return t != nil && t.AccessToken != "" && (t.Expiry.IsZero() || time.Until(t.Expiry) > tokenReserve)
}

// exchange is one talk with a server that hands out tokens. It gives the
// library the context and the client to hold it with: by itself it waits
// without end.
type exchange struct {
	base     http.RoundTripper
	patience time.Duration
	// party is what messages call the account.
	party party
}

// do calls get with the context to be used, and makes its error one for
// people.
func (e exchange) do(ctx context.Context, get func(context.Context) (*oauth2.Token, error)) (*oauth2.Token, error) {
	patience := e.patience
	if patience <= 0 {
		patience = tokenPatience
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	// For a service account the library hands on neither the context nor what
	// went wrong on the way.
	var failed error
	bound := roundTrip(func(r *http.Request) (*http.Response, error) {
		answer, err := e.base.RoundTrip(r.WithContext(limited))
		failed = err
		return answer, err
	})
	client := &http.Client{Transport: bound, CheckRedirect: noRedirect}
	token, err := get(context.WithValue(limited, oauth2.HTTPClient, client))
	switch {
	case err == nil:
		return token, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, later("Google's sign-in doesn't answer")
	case failed != nil:
		return nil, later("Google's sign-in can't be reached: %v", failed)
	}
	return nil, e.party.fault(err)
}

// roundTrip is an http.RoundTripper.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
