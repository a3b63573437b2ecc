package signin_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"steerco/sync/gsheets/signin"
	"steerco/sync/workbook"
)

// TestConsent: what is asked for, and what is stored of it.
func TestConsent(t *testing.T) {
	g := newGoogle(t)
	g.extra["refresh_token_expires_in"] = 604800
	e := newEnv(t)
	seen := make(chan string, 1)
	var shown string
	a, err := signin.Consent(t.Context(), signin.ConsentOptions{
		Client: g.clientFile(t, "installed"), Getenv: e.get,
		Show: func(address string) { shown = address; browse(t, seen)(address) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Client.CloseIdleConnections)
	if got := <-seen; !strings.Contains(got, "You can close this window") || strings.Contains(got, "secret") {
		t.Errorf("the browser shows %q", got)
	}
	q := queryOf(t, shown)
	for name, want := range map[string]string{
		"scope": signin.Scope, "access_type": "offline", "prompt": "consent", "response_type": "code",
		"code_challenge_method": "S256", "client_id": "client-1",
	} {
		if got := q.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	back := q.Get("redirect_uri")
	if !strings.HasPrefix(back, "http://127.0.0.1:") || len(q.Get("state")) < 20 || strings.Contains(shown, "client-secret") {
		t.Errorf("got redirect %q, state %q", back, q.Get("state"))
	}
	if a.Address != "" || a.Service || a.Name() != "the account you signed in with" {
		t.Errorf("got address %q, service %v, name %q", a.Address, a.Service, a.Name())
	}
	if left := time.Until(a.Ends); left < 167*time.Hour || left > 168*time.Hour {
		t.Errorf("the consent ends in %s, want 7 days", left)
	}
	mustCall(t, a, g, "text")
	if _, err := page(t.Context(), back); err == nil {
		t.Error("the port is still open")
	}
}

// TestConsentAgain takes the client of the last time.
func TestConsentAgain(t *testing.T) {
	g := newGoogle(t)
	e := signedIn(t, g)
	g.set(func() { g.refresh = "refresh-secret-7" })
	seen := make(chan string, 1)
	a, err := signin.Consent(t.Context(), signin.ConsentOptions{Getenv: e.get, Show: browse(t, seen)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Client.CloseIdleConnections)
	<-seen
	if got := e.stored(t)["refresh_token"]; got != "refresh-secret-7" {
		t.Errorf("got %v stored", got)
	}
	_, err = signin.Consent(t.Context(), signin.ConsentOptions{Getenv: newEnv(t).get, Show: func(string) { t.Error("asked without a client") }})
	if !errors.Is(err, signin.ErrSetup) {
		t.Errorf("got %v, want ErrSetup", err)
	}
}

func TestConsentThatFails(t *testing.T) {
	for _, tt := range []struct {
		name string
		// back is what the browser comes back with, beside the state.
		back   url.Values
		extra  map[string]any
		answer http.HandlerFunc
		want   string
	}{
		{"refused", url.Values{"error": {"access_denied"}}, nil, nil, "refused in the browser"},
		{"other error", url.Values{"error": {"<secret>"}}, nil, nil, "without a consent"},
		{"no code", url.Values{}, nil, nil, "without a consent"},
		{"wrong code", url.Values{"code": {"other"}}, nil, nil, "doesn't accept what the browser brought back"},
		{"no tick", url.Values{"code": {"code-secret"}}, map[string]any{"scope": "openid"}, nil, "doesn't cover spreadsheets"},
		{"no refresh token", url.Values{"code": {"code-secret"}}, map[string]any{"refresh_token": ""}, nil, "for an hour only"},
		{"busy", url.Values{"code": {"code-secret"}}, nil, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, "status 500"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := newGoogle(t)
			g.answer = tt.answer
			if tt.extra != nil {
				g.extra = tt.extra
			}
			e := newEnv(t)
			seen := make(chan string, 1)
			_, err := signin.Consent(t.Context(), signin.ConsentOptions{
				Client: g.clientFile(t, "installed"), Getenv: e.get, Show: func(address string) {
					q := queryOf(t, address)
					g.set(func() { g.challenge = q.Get("code_challenge") })
					tt.back.Set("state", q.Get("state"))
					browse(t, seen)(q.Get("redirect_uri") + "?" + tt.back.Encode())
				},
			})
			if got := said(t, err); !strings.Contains(got, tt.want) || strings.HasSuffix(got, "\n") {
				t.Errorf("got %q, want %q in it and a hint", got, tt.want)
			}
			if got := <-seen; !strings.Contains(got, "Not signed in") || strings.Contains(got, "secret") {
				t.Errorf("the browser shows %q", got)
			}
			if _, err := os.Stat(e.tokenFile(t)); err == nil {
				t.Error("something was stored")
			}
		})
	}
}

// TestStrangersDoNotEndTheConsent: what comes without the state changes
// nothing, and the person can still answer.
func TestStrangersDoNotEndTheConsent(t *testing.T) {
	g := newGoogle(t)
	seen := make(chan string, 1)
	strange := make(chan string, 6)
	a, err := signin.Consent(t.Context(), signin.ConsentOptions{
		Client: g.clientFile(t, "installed"), Getenv: newEnv(t).get, Show: func(address string) {
			q := queryOf(t, address)
			back := q.Get("redirect_uri")
			for _, u := range []string{back, back + "?state=x&code=code-secret", back + "?error=access_denied", back + "favicon.ico", back + "x?state=" + q.Get("state")} {
				got, err := page(t.Context(), u)
				if err != nil {
					got = err.Error()
				}
				strange <- got
			}
			strange <- viaName(t, back+"?state="+q.Get("state")+"&error=access_denied")
			browse(t, seen)(address)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Client.CloseIdleConnections)
	<-seen
	for range cap(strange) {
		if got := <-strange; !strings.HasPrefix(got, "400 ") && !strings.HasPrefix(got, "404 ") {
			t.Errorf("a stranger got %q", got)
		}
	}
}

// viaName calls an address of this machine as a page elsewhere would whose
// name leads here.
func viaName(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", u.Host)
	}}
	defer transport.CloseIdleConnections()
	answer, err := (&http.Client{Transport: transport}).Get("http://rebound.example/?" + u.RawQuery)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.Status
}

func TestNobodyConsents(t *testing.T) {
	g := newGoogle(t)
	o := signin.ConsentOptions{Client: g.clientFile(t, "installed"), Getenv: newEnv(t).get, Patience: time.Millisecond, Show: func(string) {}}
	_, err := signin.Consent(t.Context(), o)
	if got := said(t, err); !errors.Is(err, workbook.ErrDenied) || !strings.Contains(got, "nobody has answered in the browser for 1ms") {
		t.Errorf("got %q", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	o.Patience, o.Show = 0, func(string) { cancel() }
	if _, err := signin.Consent(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}

func TestClientsOfAnotherKindAreRefused(t *testing.T) {
	g := newGoogle(t)
	for want, path := range map[string]string{
		`the type "Web application", and not an OAuth`: g.clientFile(t, "web"),
		"steerco auth google --service-account FILE":   writeJSON(t, "key.json", g.keyOf(t, nil)),
		"no file of credentials":                       writeJSON(t, "a.json", map[string]any{}),
		"has no client_id":                             writeJSON(t, "b.json", map[string]any{"installed": map[string]any{}}),
		"leads to another server":                      writeJSON(t, "c.json", map[string]any{"installed": map[string]any{"client_id": "a", "auth_uri": "https://example.com"}}),
		"it is not JSON":                               writeJSON(t, "d.json", "secret"),
	} {
		_, err := signin.Consent(t.Context(), signin.ConsentOptions{Client: path, Getenv: newEnv(t).get, Show: func(string) { t.Error("asked") }})
		if got := said(t, err); !strings.Contains(got, want) || !errors.Is(err, signin.ErrSetup) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
}

func queryOf(t *testing.T, address string) url.Values {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}

func jsonText(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// claimsOf returns what a signed question for a token says.
func claimsOf(t *testing.T, assertion string) map[string]any {
	t.Helper()
	parts := strings.Split(assertion, ".")
	if len(parts) != 3 {
		t.Fatalf("got %d parts, want 3", len(parts))
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	var claims map[string]any
	if err := json.Unmarshal(text, &claims); err != nil {
		t.Fatal(err)
	}
	return claims
}
