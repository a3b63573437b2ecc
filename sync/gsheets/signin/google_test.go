package signin_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"steerco/sync/gsheets/signin"
	"steerco/sync/workbook"
)

// google stands in for Google's sign-in and for an API that wants its tokens.
type google struct {
	*httptest.Server
	mu sync.Mutex
	// answer replaces the answer of the token server; nil: it does its work.
	answer http.HandlerFunc
	// grants are the questions for tokens so far.
	grants []url.Values
	// refresh is the refresh token that holds; rotate: each use gives a new one.
	refresh string
	rotate  bool
	// lifetime is that of tokens, in seconds.
	lifetime int
	// extra goes into each answer with a token.
	extra map[string]any
	// good are the access tokens that the API takes.
	good map[string]bool
	// challenge is what the consent page was opened with.
	challenge string
	// bodies are those that reached the API with a good token.
	bodies []string
}

func newGoogle(t *testing.T) *google {
	t.Helper()
	g := &google{refresh: "refresh-secret-1", lifetime: 3600, good: map[string]bool{}, extra: map[string]any{"scope": signin.Scope}}
	mux := http.NewServeMux()
	mux.HandleFunc("/auth", g.consent)
	mux.HandleFunc("/token", g.token)
	mux.HandleFunc("/api", g.api)
	g.Server = httptest.NewServer(mux)
	t.Cleanup(g.Close)
	return g
}

// consent sends the browser back as Google does when the person allows.
func (g *google) consent(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	g.mu.Lock()
	g.challenge = q.Get("code_challenge")
	g.mu.Unlock()
	back := url.Values{"state": {q.Get("state")}, "code": {"code-secret"}}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (g *google) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.grants = append(g.grants, r.PostForm)
	if g.answer != nil {
		g.answer(w, r)
		return
	}
	switch r.PostForm.Get("grant_type") {
	case "authorization_code":
		sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
		if r.PostForm.Get("code") != "code-secret" || base64.RawURLEncoding.EncodeToString(sum[:]) != g.challenge {
			refuse(w, "invalid_grant")
			return
		}
		g.hand(w, g.refresh)
	case "refresh_token":
		if r.PostForm.Get("refresh_token") != g.refresh {
			refuse(w, "invalid_grant")
			return
		}
		if g.rotate {
			g.refresh += "+"
			g.hand(w, g.refresh)
			return
		}
		g.hand(w, "")
	default:
		g.hand(w, "")
	}
}

// hand answers with a new access token.
func (g *google) hand(w http.ResponseWriter, refresh string) {
	access := fmt.Sprintf("access-secret-%d", len(g.grants))
	g.good[access] = true
	body := map[string]any{"access_token": access, "token_type": "Bearer", "expires_in": g.lifetime}
	if refresh != "" {
		body["refresh_token"] = refresh
	}
	for name, value := range g.extra {
		body[name] = value
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

// refuse answers as OAuth defines it; the description is nothing to show.
func refuse(w http.ResponseWriter, code string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	fmt.Fprintf(w, `{"error": %q, "error_description": "about refresh-secret-1"}`, code)
}

func (g *google) api(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.good[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")] {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	g.bodies = append(g.bodies, string(body))
}

// revokeAccess makes all access tokens void.
func (g *google) revokeAccess() {
	g.mu.Lock()
	defer g.mu.Unlock()
	clear(g.good)
}

func (g *google) set(change func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	change()
}

// asked is how many tokens were asked for.
func (g *google) asked() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.grants)
}

// clientFile writes an OAuth client of a type.
func (g *google) clientFile(t *testing.T, kind string) string {
	return writeJSON(t, "client.json", map[string]any{kind: map[string]any{
		"client_id": "client-1", "client_secret": "client-secret", "auth_uri": g.URL + "/auth", "token_uri": g.URL + "/token",
		"redirect_uris": []string{"http://localhost"},
	}})
}

// keyOf returns the content of a key file, changed.
func (g *google) keyOf(t *testing.T, change map[string]any) map[string]any {
	t.Helper()
	private, err := testKey()
	if err != nil {
		t.Fatal(err)
	}
	key := map[string]any{
		"type": "service_account", "client_email": "steerco@example-project.iam.gserviceaccount.com",
		"private_key_id": "key-1", "private_key": private, "token_uri": g.URL + "/token",
	}
	for name, value := range change {
		if value == nil {
			delete(key, name)
		} else {
			key[name] = value
		}
	}
	return key
}

// testKey returns a private key of the tests' own.
var testKey = sync.OnceValues(func() (string, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})), err
})

func writeJSON(t *testing.T, name string, v any) string {
	t.Helper()
	content, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// env is an environment in which settings are kept in a folder of the test.
type env map[string]string

func newEnv(t *testing.T) env { return env{"XDG_CONFIG_HOME": filepath.Join(t.TempDir(), "config")} }

func (e env) get(name string) string { return e[name] }

func (e env) tokenFile(t *testing.T) string {
	t.Helper()
	path, err := signin.TokenFile(e.get)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// browse returns what a person's browser does with the address shown: it
// follows all redirects. What it sees last is sent to seen, which must have
// room.
func browse(t *testing.T, seen chan<- string) func(string) {
	return func(address string) {
		go func() {
			text, err := page(t.Context(), address)
			if err != nil {
				text = err.Error()
			}
			seen <- text
		}()
	}
}

// page returns what a browser without a memory gets.
func page(ctx context.Context, address string) (string, error) {
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return "", err
	}
	answer, err := (&http.Client{Transport: transport}).Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer.Status + "\n" + string(body), err
}

// signedIn returns an environment in which a person has consented.
func signedIn(t *testing.T, g *google) env {
	t.Helper()
	e := newEnv(t)
	seen := make(chan string, 1)
	a, err := signin.Consent(t.Context(), signin.ConsentOptions{Client: g.clientFile(t, "installed"), Getenv: e.get, Show: browse(t, seen)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Client.CloseIdleConnections)
	if got := <-seen; !strings.Contains(got, "Signed in") {
		t.Fatalf("the browser shows %q", got)
	}
	return e
}

// open returns the account of an environment.
func open(t *testing.T, o signin.Options) *signin.Account {
	t.Helper()
	a, err := signin.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Client.CloseIdleConnections)
	return a
}

// call sends a body to the API and returns the status.
func call(ctx context.Context, a *signin.Account, g *google, body string) (int, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, g.URL+"/api", strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	answer, err := a.Client.Do(r)
	if err != nil {
		return 0, err
	}
	answer.Body.Close()
	return answer.StatusCode, nil
}

// mustCall wants the API to take a body.
func mustCall(t *testing.T, a *signin.Account, g *google, body string) {
	t.Helper()
	if status, err := call(t.Context(), a, g, body); err != nil || status != http.StatusOK {
		t.Fatalf("got status %d and error %v, want 200", status, err)
	}
}

// expire lets the stored access token end now.
func (e env) expire(t *testing.T) {
	t.Helper()
	e.edit(t, func(c map[string]any) { c["expiry"] = time.Now().Add(-time.Minute) })
}

func (e env) edit(t *testing.T, change func(map[string]any)) {
	t.Helper()
	c := e.stored(t)
	change(c)
	content, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(e.tokenFile(t), content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// stored returns what the file of the consent holds.
func (e env) stored(t *testing.T) map[string]any {
	t.Helper()
	content, err := os.ReadFile(e.tokenFile(t))
	if err != nil {
		t.Fatal(err)
	}
	var c map[string]any
	if err := json.Unmarshal(content, &c); err != nil {
		t.Fatalf("the stored consent is no JSON: %v", err)
	}
	return c
}

// said returns all that an error tells people, and wants nothing secret in it,
// nor in any error that it wraps.
func said(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var e *workbook.Error
	if !errors.As(err, &e) {
		t.Errorf("got %T (%v), want a *workbook.Error", err, err)
		return err.Error()
	}
	text := e.Err.Error() + "\n" + e.Fix
	for _, secret := range []string{"secret", "PRIVATE KEY", "eyJ"} {
		if all := fmt.Sprintf("%v\n%+v\n%#v", err, err, e); strings.Contains(all, secret) {
			t.Errorf("%q is in %s", secret, all)
		}
	}
	return text
}
