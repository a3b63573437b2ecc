package signin_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"steerco/sync/gsheets/signin"
	"steerco/sync/workbook"
)

func TestServiceAccountSignsIn(t *testing.T) {
	g := newGoogle(t)
	a := open(t, signin.Options{ServiceAccount: writeJSON(t, "key.json", g.keyOf(t, nil)), Getenv: newEnv(t).get})
	if got, want := a.Address, "steerco@example-project.iam.gserviceaccount.com"; got != want || !a.Service || a.Name() != want {
		t.Errorf("got address %q, service %v, name %q", got, a.Service, a.Name())
	}
	if got := g.asked(); got != 0 {
		t.Errorf("Open has asked for %d tokens, want none", got)
	}
	mustCall(t, a, g, "one")
	mustCall(t, a, g, "two")
	if got := g.asked(); got != 1 {
		t.Errorf("got %d tokens asked for, want 1", got)
	}
	claims := claimsOf(t, g.grants[0].Get("assertion"))
	want := map[string]string{"scope": signin.Scope, "iss": a.Address, "aud": g.URL + "/token"}
	for name, value := range want {
		if claims[name] != value {
			t.Errorf("%s: got %v, want %v", name, claims[name], value)
		}
	}
}

// TestPrecedence: the configuration, then the environment, then what is
// stored.
func TestPrecedence(t *testing.T) {
	g := newGoogle(t)
	key := func(name string) string {
		return writeJSON(t, name, g.keyOf(t, map[string]any{"client_email": name + "@example.com"}))
	}
	e := signedIn(t, g)
	for _, step := range []struct{ variable, value, want string }{
		{"", "", ""},
		{"GOOGLE_APPLICATION_CREDENTIALS", key("fallback"), "fallback@example.com"},
		{"STEERCO_GOOGLE_CREDENTIALS", key("own"), "own@example.com"},
		{"STEERCO_GOOGLE_CREDENTIALS", " " + jsonText(t, g.keyOf(t, map[string]any{"client_email": "inline@example.com"})), "inline@example.com"},
	} {
		e[step.variable] = step.value
		if got := open(t, signin.Options{Getenv: e.get}).Address; got != step.want {
			t.Errorf("with %s: got %q, want %q", step.variable, got, step.want)
		}
	}
	if got, want := open(t, signin.Options{Getenv: e.get, ServiceAccount: key("configured")}).Address, "configured@example.com"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	e["STEERCO_GOOGLE_ENDPOINT"] = "http://127.0.0.1:1"
	if a := open(t, signin.Options{Getenv: e.get, ServiceAccount: key("configured")}); a.Address != "steerco" || a.Endpoint != "http://127.0.0.1:1" {
		t.Errorf("got address %q at %q, want the stand-in's", a.Address, a.Endpoint)
	}
}

func TestNobodySignedIn(t *testing.T) {
	_, err := signin.Open(t.Context(), signin.Options{Getenv: newEnv(t).get})
	got := said(t, err)
	if !errors.Is(err, signin.ErrSetup) {
		t.Errorf("got %v, want an error that is ErrSetup", err)
	}
	for _, want := range []string{"no account is set up", "STEERCO_GOOGLE_CREDENTIALS", "steerco auth google --client FILE"} {
		if !strings.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
}

func TestFilesOfAnotherKindAreRefused(t *testing.T) {
	g := newGoogle(t)
	with := func(name string, value any) string {
		return jsonText(t, g.keyOf(t, map[string]any{name: value}))
	}
	for _, tt := range []struct{ name, content, want string }{
		{"gcloud", `{"type": "authorized_user", "refresh_token": "secret"}`, "a person's own credentials, as gcloud makes them, and not the key"},
		{"external", `{"type": "external_account", "token_url": "https://example.com/secret"}`, `of the type "external_account", and not the key`},
		{"impersonated", `{"type": "impersonated_service_account"}`, `of the type "impersonated_service_account", and not the key`},
		{"desktop", `{"installed": {"client_secret": "secret"}}`, `an OAuth client of the type "Desktop app", and not the key`},
		{"web", `{"web": {"client_secret": "secret"}}`, `an OAuth client of the type "Web application", and not the key`},
		{"nothing", `{}`, "no file of credentials, and not the key"},
		{"text", "secret", "it is not JSON"},
		{"list", "[]", "it is not JSON"},
		{"empty", "", "it is not JSON"},
		{"no address", with("client_email", nil), "has no address"},
		{"no key", with("private_key", nil), "has no private key"},
		{"broken key", with("private_key", "-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n"), "has no private key"},
		{"other cloud", with("universe_domain", "example.com"), `is for the cloud "example.com"`},
		{"other server", with("token_uri", "https://example.com/token"), "leads to another server"},
		{"no TLS", with("token_uri", "http://oauth2.googleapis.com/token"), "leads to another server"},
		{"like Google", with("token_uri", "https://evilgoogleapis.com/token"), "leads to another server"},
		{"large", strings.Repeat(" ", 1<<20), "it is too large"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "key.json")
			if err := os.WriteFile(path, []byte(tt.content), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := signin.Open(t.Context(), signin.Options{Getenv: newEnv(t).get, ServiceAccount: path})
			if got := said(t, err); !strings.Contains(got, tt.want) || !errors.Is(err, signin.ErrSetup) || strings.HasSuffix(got, "\n") {
				t.Errorf("got %q, want %q in it and a hint", got, tt.want)
			}
		})
	}
}

func TestMissingKeyFile(t *testing.T) {
	e := newEnv(t)
	for path, want := range map[string]string{
		filepath.Join(t.TempDir(), "none.json"): "there is no such file",
		t.TempDir():                             "it is not a file",
	} {
		e["STEERCO_GOOGLE_CREDENTIALS"] = path
		_, err := signin.Open(t.Context(), signin.Options{Getenv: e.get})
		if got := said(t, err); !strings.Contains(got, want) || !strings.Contains(got, "STEERCO_GOOGLE_CREDENTIALS") {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
}

func TestEndpoint(t *testing.T) {
	for said, want := range map[string]string{
		"":                        "",
		"http://127.0.0.1:8080":   "http://127.0.0.1:8080",
		"http://127.0.0.1:8080/":  "http://127.0.0.1:8080",
		" http://[::1]:80 ":       "http://[::1]:80",
		"http://localhost:99":     "http://localhost:99",
		"https://127.0.0.1:8080":  "refused",
		"http://example.com":      "refused",
		"http://10.0.0.1:80":      "refused",
		"http://127.0.0.1.nip.io": "refused",
		"http://localhost.evil":   "refused",
		"http://a:secret@[::1]:1": "refused",
		"http://127.0.0.1:1/path": "refused",
		"http://127.0.0.1:1?a=b":  "refused",
		"127.0.0.1:8080":          "refused",
		"http://":                 "refused",
		"https://docs.google.com": "refused",
		"http://0.0.0.0:80":       "refused",
	} {
		got, err := signin.Endpoint(env{"STEERCO_GOOGLE_ENDPOINT": said}.get)
		if err != nil {
			got = "refused"
			if !errors.Is(err, signin.ErrSetup) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%q: got %v", said, err)
			}
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", said, got, want)
		}
	}
}

func TestStandInIsToldTheAccount(t *testing.T) {
	var mu sync.Mutex
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, r.Header.Get("Authorization"))
		http.Redirect(w, r, "http://192.0.2.1/", http.StatusFound)
	}))
	t.Cleanup(server.Close)
	e := env{"STEERCO_GOOGLE_ENDPOINT": server.URL}
	for _, name := range []string{"", "anna@example.com"} {
		e["STEERCO_GOOGLE_ACCOUNT"] = name
		a := open(t, signin.Options{Getenv: e.get})
		if err := a.Check(t.Context()); err != nil {
			t.Error(err)
		}
		answer, err := a.Client.Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusFound {
			t.Errorf("got status %d: a redirect was followed", answer.StatusCode)
		}
	}
	if want := "Bearer steerco,Bearer anna@example.com"; strings.Join(got, ",") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	_, err := open(t, signin.Options{Getenv: e.get}).Client.Get("http://192.0.2.1/")
	if err == nil || !strings.Contains(err.Error(), "is not this machine") {
		t.Errorf("got %v, want a refusal to leave the machine", err)
	}
}

// TestFaultsOfTheTokenServer tells the faults apart that pass, those to mend,
// and those of an answer that isn't Google's.
func TestFaultsOfTheTokenServer(t *testing.T) {
	answer := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	skewed := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", time.Now().Add(-20*time.Minute).UTC().Format(http.TimeFormat))
		refuse(w, "invalid_grant")
	}
	for _, tt := range []struct {
		name           string
		answer         http.HandlerFunc
		person, kind   error
		service, robot string
	}{
		{"busy", answer(503, "secret"), nil, workbook.ErrUnavailable, "status 503", "status 503"},
		{"too many", answer(429, `{"error": "rate_limit"}`), nil, workbook.ErrUnavailable, "status 429", "status 429"},
		{"garbage", answer(200, "<html>secret"), nil, workbook.ErrUnavailable, "not understood", "not understood"},
		{"garbage refused", answer(403, "<html>secret"), nil, workbook.ErrUnavailable, "not understood", "not understood"},
		{"moved", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://192.0.2.1/", http.StatusTemporaryRedirect)
		}, nil, workbook.ErrUnavailable, "not understood", "not understood"},
		{"hostile code", answer(400, `{"error": "secret\u001b[31m"}`), nil, workbook.ErrUnavailable, "not understood", "not understood"},
		{"ended", func(w http.ResponseWriter, _ *http.Request) { refuse(w, "invalid_grant") }, nil, workbook.ErrDenied, "7 days", "doesn't accept the key of steerco@"},
		{"clock", skewed, nil, workbook.ErrDenied, "sign in again: steerco auth google", "the clock of this machine is 20 minutes ahead"},
		{"client gone", answer(401, `{"error": "deleted_client"}`), nil, workbook.ErrDenied, "Desktop app", "deleted_client"},
		{"not allowed", answer(400, `{"error": "access_denied"}`), nil, workbook.ErrDenied, "(access_denied)", "(access_denied)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := newGoogle(t)
			e := signedIn(t, g)
			e.expire(t)
			g.set(func() { g.answer = tt.answer })
			key := writeJSON(t, "key.json", g.keyOf(t, nil))
			for want, a := range map[string]*signin.Account{
				tt.service: open(t, signin.Options{Getenv: e.get}),
				tt.robot:   open(t, signin.Options{Getenv: e.get, ServiceAccount: key}),
			} {
				_, err := call(t.Context(), a, g, "text")
				if got := said(t, err); !errors.Is(err, tt.kind) || !strings.Contains(got, want) || strings.HasSuffix(got, "\n") {
					t.Errorf("service %v: got %q, want %v with %q in it and a hint", a.Service, got, tt.kind, want)
				}
			}
			if len(g.bodies) > 0 {
				t.Errorf("the API was called with %q", g.bodies)
			}
		})
	}
}

// TestSlowTokenServer: neither a server that never answers nor a caller who
// gives up keeps anybody waiting.
func TestSlowTokenServer(t *testing.T) {
	g := newGoogle(t)
	asked := make(chan struct{}, 4)
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		// Only when all was read does the server see that the caller has gone.
		_, _ = io.Copy(io.Discard, r.Body)
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	t.Cleanup(slow.Close)
	e := signedIn(t, g)
	e.edit(t, func(c map[string]any) {
		c["expiry"] = time.Now().Add(-time.Minute)
		c["client"].(map[string]any)["token_uri"] = slow.URL
	})
	key := writeJSON(t, "key.json", g.keyOf(t, map[string]any{"token_uri": slow.URL}))
	for _, path := range []string{"", key} {
		a := open(t, signin.Options{Getenv: e.get, ServiceAccount: path, Patience: 50 * time.Millisecond})
		_, err := call(t.Context(), a, g, "text")
		if got := said(t, err); !errors.Is(err, workbook.ErrUnavailable) || !strings.Contains(got, "doesn't answer") {
			t.Errorf("got %q", got)
		}
		<-asked
		ctx, cancel := context.WithCancel(t.Context())
		a = open(t, signin.Options{Getenv: e.get, ServiceAccount: path})
		go func() { <-asked; cancel() }()
		if err := a.Check(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want the context's error", err)
		}
	}
}

func TestNoTokenServer(t *testing.T) {
	g := newGoogle(t)
	key := writeJSON(t, "key.json", g.keyOf(t, map[string]any{"token_uri": "http://127.0.0.1:1/token"}))
	a := open(t, signin.Options{Getenv: newEnv(t).get, ServiceAccount: key})
	err := a.Check(t.Context())
	if got := said(t, err); !errors.Is(err, workbook.ErrUnavailable) || !strings.Contains(got, "can't be reached") {
		t.Errorf("got %q", got)
	}
}

// TestRefusedTokenIsTakenAnew: an access token may end before its time.
func TestRefusedTokenIsTakenAnew(t *testing.T) {
	g := newGoogle(t)
	e := signedIn(t, g)
	for _, a := range []*signin.Account{
		open(t, signin.Options{Getenv: e.get}),
		open(t, signin.Options{Getenv: e.get, ServiceAccount: writeJSON(t, "key.json", g.keyOf(t, nil))}),
	} {
		mustCall(t, a, g, "first")
		g.revokeAccess()
		g.set(func() { g.bodies = nil })
		mustCall(t, a, g, "second")
		if len(g.bodies) != 1 || g.bodies[0] != "second" {
			t.Errorf("service %v: got bodies %q, want the second one once", a.Service, g.bodies)
		}
	}
	// Who isn't let in with a new token either gets to know that.
	a := open(t, signin.Options{Getenv: e.get})
	g.set(func() { g.answer = func(w http.ResponseWriter, _ *http.Request) { writeToken(w, "access-secret-bad") } })
	g.revokeAccess()
	if status, err := call(t.Context(), a, g, "third"); err != nil || status != http.StatusUnauthorized {
		t.Errorf("got status %d and error %v, want 401", status, err)
	}
}

func writeToken(w http.ResponseWriter, access string) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": access, "expires_in": 3600})
}

// TestTokenIsStored: for its user alone, as a whole, with what comes new.
func TestTokenIsStored(t *testing.T) {
	g := newGoogle(t)
	e := signedIn(t, g)
	path := e.tokenFile(t)
	checkModes(t, path)
	e.expire(t)
	if err := os.Chmod(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	g.set(func() { g.rotate = true })
	mustCall(t, open(t, signin.Options{Getenv: e.get}), g, "text")
	checkModes(t, path)
	c := e.stored(t)
	if c["access_token"] != "access-secret-2" || c["refresh_token"] != "refresh-secret-1+" {
		t.Errorf("got %v and %v stored, want the new ones", c["access_token"], c["refresh_token"])
	}
	asked := g.asked()
	mustCall(t, open(t, signin.Options{Getenv: e.get}), g, "text")
	if got := g.asked(); got != asked {
		t.Errorf("the stored token was not used: got %d tokens asked for, want %d", got, asked)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("got %d files (%v), want the token alone", len(entries), err)
	}
}

func checkModes(t *testing.T, path string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		return
	}
	for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s: got mode %o, want %o", filepath.Base(name), got, want)
		}
	}
}

// TestTwoRefreshAtOnce: many processes with one file, while Google changes the
// refresh token with each use or doesn't.
func TestTwoRefreshAtOnce(t *testing.T) {
	for _, rotate := range []bool{false, true} {
		g := newGoogle(t)
		e := signedIn(t, g)
		g.set(func() { g.rotate = rotate })
		for range 5 {
			e.expire(t)
			var all sync.WaitGroup
			for range 8 {
				a := open(t, signin.Options{Getenv: e.get, Warn: func(s string) { t.Errorf("warned: %s", s) }})
				all.Go(func() {
					if _, err := call(t.Context(), a, g, "text"); err != nil && !rotate {
						t.Errorf("rotate %v: %v", rotate, err)
					}
				})
			}
			all.Wait()
			if c := e.stored(t); c["steerco"] == nil {
				t.Fatalf("got %v stored", c)
			}
		}
		// Whoever came first, what is stored holds.
		e.expire(t)
		mustCall(t, open(t, signin.Options{Getenv: e.get}), g, "text")
	}
}

// TestForgottenMeanwhile: a refresh doesn't bring back a sign-in that was
// forgotten or replaced meanwhile.
func TestForgottenMeanwhile(t *testing.T) {
	g := newGoogle(t)
	e := signedIn(t, g)
	e.expire(t)
	a := open(t, signin.Options{Getenv: e.get})
	g.set(func() {
		g.answer = func(w http.ResponseWriter, _ *http.Request) {
			if there, err := signin.Forget(e.get); !there || err != nil {
				t.Errorf("got %v and error %v, want it gone", there, err)
			}
			g.good["access-secret-9"] = true
			writeToken(w, "access-secret-9")
		}
	})
	mustCall(t, a, g, "text")
	if _, err := os.Stat(e.tokenFile(t)); err == nil {
		t.Error("the sign-in is back")
	}
	if there, err := signin.Forget(e.get); there || err != nil {
		t.Errorf("got %v and error %v, want that there was none", there, err)
	}
	if _, err := signin.Open(t.Context(), signin.Options{Getenv: e.get}); !errors.Is(err, signin.ErrSetup) {
		t.Errorf("got %v, want ErrSetup", err)
	}
}

// TestCheckAsksAnew: a token may outlive the consent by which it was given.
func TestCheckAsksAnew(t *testing.T) {
	g := newGoogle(t)
	e := signedIn(t, g)
	if err := open(t, signin.Options{Getenv: e.get}).Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	g.set(func() { g.refresh = "withdrawn" })
	if err := open(t, signin.Options{Getenv: e.get}).Check(t.Context()); !errors.Is(err, workbook.ErrDenied) {
		t.Errorf("got %v, want %v", err, workbook.ErrDenied)
	}
}

func TestSignedInAgainMeanwhile(t *testing.T) {
	g := newGoogle(t)
	e := signedIn(t, g)
	e.expire(t)
	a := open(t, signin.Options{Getenv: e.get})
	g.set(func() {
		g.refresh = "refresh-secret-2"
		g.answer = func(w http.ResponseWriter, _ *http.Request) {
			g.answer = nil
			e.edit(t, func(c map[string]any) { c["refresh_token"] = g.refresh })
			refuse(w, "invalid_grant")
		}
	})
	mustCall(t, a, g, "text")
}

func TestDamagedTokenFile(t *testing.T) {
	g := newGoogle(t)
	for name, content := range map[string]string{
		"is damaged":                    "{secret",
		"is of another version":         `{"steerco": 99}`,
		"is not complete":               `{"steerco": 1}`,
		`google-token.json" is not com`: `{"steerco": 1, "refresh_token": "secret", "client": {"client_id": "a", "token_uri": "https://example.com"}}`,
	} {
		e := signedIn(t, g)
		if err := os.WriteFile(e.tokenFile(t), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := signin.Open(t.Context(), signin.Options{Getenv: e.get})
		if got := said(t, err); !strings.Contains(got, name) || !strings.Contains(got, "sign in again") {
			t.Errorf("got %q, want %q in it", got, name)
		}
	}
}

func TestTokenFileIsTheUsersOwn(t *testing.T) {
	got, err := signin.TokenFile(env{"XDG_CONFIG_HOME": "/cfg", "HOME": "/home/a"}.get)
	if want := filepath.FromSlash("/cfg/steerco/google-token.json"); got != want || err != nil {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	if got, err := signin.TokenFile(env{"XDG_CONFIG_HOME": "relative"}.get); !errors.Is(err, signin.ErrSetup) {
		t.Errorf("got %q, %v, want ErrSetup", got, err)
	}
	if runtime.GOOS == "linux" {
		if got, _ := signin.TokenFile(env{"HOME": "/home/a"}.get); got != "/home/a/.config/steerco/google-token.json" {
			t.Errorf("got %q", got)
		}
	}
}

func TestOff(t *testing.T) {
	for skew, want := range map[time.Duration]string{
		0:                 "0 seconds ahead of Google's",
		90 * time.Second:  "90 seconds ahead of Google's",
		-20 * time.Minute: "20 minutes behind Google's",
		3 * time.Hour:     "3 hours ahead of Google's",
		-72 * time.Hour:   "3 days behind Google's",
	} {
		if got := signin.Off(skew); got != want {
			t.Errorf("%s: got %q, want %q", skew, got, want)
		}
	}
}

// FuzzEndpoint: whatever it takes leads to this machine, without encryption
// only there.
func FuzzEndpoint(f *testing.F) {
	for _, said := range []string{"http://127.0.0.1:1", "http://[::1]:2/", "http://localhost@example.com", "http://127.0.0.1#@example.com", "HTTP://127.1"} {
		f.Add(said)
	}
	f.Fuzz(func(t *testing.T, said string) {
		got, err := signin.Endpoint(env{"STEERCO_GOOGLE_ENDPOINT": said}.get)
		if err != nil || got == "" {
			return
		}
		u, err := url.Parse(got)
		if err != nil || u.Scheme != "http" || u.User != nil || u.Path != "" || u.Hostname() != "localhost" && !net.ParseIP(u.Hostname()).IsLoopback() {
			t.Errorf("%q is taken as %q (%v)", said, got, err)
		}
	})
}

// FuzzCredentials: what isn't a key is refused, and nothing of it is told.
func FuzzCredentials(f *testing.F) {
	for _, key := range []string{`{}`, `{"type": "service_account"}`, `{"type": 1}`, `{"installed": {}}`, "{\"private_key\": \"-----BEGIN PRIVATE KEY-----\"}"} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		_, err := signin.Open(t.Context(), signin.Options{Getenv: env{"STEERCO_GOOGLE_CREDENTIALS": "{" + key}.get})
		if !errors.Is(err, signin.ErrSetup) {
			t.Errorf("got %v, want ErrSetup", err)
		}
	})
}
