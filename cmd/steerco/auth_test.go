package main

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"steerco/sync/gsheets/address"
	"steerco/sync/gsheets/sheetstest"
)

// signInServer stands in for Google's sign-in: who comes to its page has
// consented at once, and with a status other than 200 no token is handed out.
func signInServer(t *testing.T, status int) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/auth", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		back := url.Values{"state": {q.Get("state")}, "code": {"code-secret"}}
		http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		fmt.Fprint(w, `{"access_token": "access-secret", "refresh_token": "refresh-secret", "expires_in": 3600, "refresh_token_expires_in": 604800, "error": ""`)
		if status != http.StatusOK {
			fmt.Fprint(w, `, "error": "invalid_grant"`)
		}
		fmt.Fprint(w, "}")
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// keyFile writes the key of a service account.
func keyFile(t *testing.T, server *httptest.Server) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return credentialFile(t, map[string]any{
		"type": "service_account", "client_email": "steerco@example-project.iam.gserviceaccount.com", "token_uri": server.URL + "/token",
		"private_key": string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
	})
}

func credentialFile(t *testing.T, v any) string {
	t.Helper()
	content, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "credentials.json")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// noSecrets wants nothing secret in what was printed.
func noSecrets(t *testing.T, printed ...string) {
	t.Helper()
	for _, text := range printed {
		for _, secret := range []string{"-secret", "PRIVATE KEY"} {
			if strings.Contains(text, secret) {
				t.Errorf("%q is in %q", secret, text)
			}
		}
	}
}

func TestAuthChecksTheKeyOfAServiceAccount(t *testing.T) {
	good, bad := signInServer(t, http.StatusOK), signInServer(t, http.StatusBadRequest)
	env := map[string]string{"XDG_CONFIG_HOME": t.TempDir()}
	path := keyFile(t, good)
	code, stdout, stderr := call(t.Context(), env, "auth", "google", "--service-account", path)
	noSecrets(t, stdout, stderr)
	for _, want := range []string{
		"service account: steerco@example-project.iam.gserviceaccount.com\n", `as "Editor"`, "STEERCO_GOOGLE_CREDENTIALS=\"" + path, "service_account: \"" + path,
		"Google accepts the key.",
	} {
		if code != exitDone || !strings.Contains(stdout, want) {
			t.Errorf("got status %d and %q, want %q in it", code, stdout, want)
		}
	}
	code, stdout, stderr = call(t.Context(), env, "auth", "google", "--service-account", keyFile(t, bad))
	noSecrets(t, stdout, stderr)
	if code != exitFailed || !strings.Contains(stderr, "Google doesn't accept the key of steerco@") || strings.Contains(stdout, "accepts") {
		t.Errorf("got status %d, %q and %q", code, stdout, stderr)
	}
	code, _, stderr = call(t.Context(), env, "auth", "google", "--service-account", keyFile(t, signInServer(t, http.StatusBadGateway)))
	if code != exitBusy || !strings.Contains(stderr, "status 502") {
		t.Errorf("got status %d and %q", code, stderr)
	}
	if entries, err := os.ReadDir(env["XDG_CONFIG_HOME"]); err != nil || len(entries) > 0 {
		t.Errorf("something was stored: %v, %v", entries, err)
	}
	env["STEERCO_GOOGLE_CREDENTIALS"] = path
	code, stdout, _ = call(t.Context(), env, "doctor")
	if want := "the service account steerco@example-project.iam.gserviceaccount.com, by the key file"; code != exitDone || !strings.Contains(stdout, want) {
		t.Errorf("got status %d and %q, want %q in it", code, stdout, want)
	}
}

// browser is where the command prints to, read by somebody who opens the
// address.
type browser struct {
	bytes.Buffer
	open func(address string)
}

func (b *browser) Write(p []byte) (int, error) {
	if address := regexp.MustCompile(`http://\S+/auth\?\S+`).Find(p); address != nil {
		b.open(string(address))
	}
	return b.Buffer.Write(p)
}

func TestAuthAsAPerson(t *testing.T) {
	server := signInServer(t, http.StatusOK)
	client := credentialFile(t, map[string]any{"installed": map[string]any{
		"client_id": "client-1", "client_secret": "client-secret", "auth_uri": server.URL + "/auth", "token_uri": server.URL + "/token",
	}})
	env := map[string]string{"XDG_CONFIG_HOME": t.TempDir()}
	seen := make(chan string, 1)
	var stderr bytes.Buffer
	out := &browser{open: func(address string) { go func() { seen <- visit(t, address) }() }}
	a := &app{stdout: out, stderr: &stderr, getenv: func(name string) string { return env[name] }, now: time.Now}
	if code := a.run(t.Context(), []string{"auth", "google", "--client", client}); code != exitDone {
		t.Fatalf("got status %d: %s", code, stderr.String())
	}
	page := <-seen
	noSecrets(t, out.String(), stderr.String(), page)
	if !strings.Contains(page, "You can close this window") {
		t.Errorf("the browser shows %q", page)
	}
	for _, want := range []string{"Open this address", "Signed in, by the sign-in stored in", "(in 7 days)"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("got %q, want %q in it", out, want)
		}
	}
	code, stdout, _ := call(t.Context(), env, "auth", "google", "--status")
	if code != exitDone || !strings.Contains(stdout, "the account you signed in with, by the sign-in stored in") || !strings.Contains(stdout, "signed in on ") {
		t.Errorf("got status %d and %q", code, stdout)
	}
	noSecrets(t, stdout)
	code, stdout, _ = call(t.Context(), env, "auth", "google", "--remove")
	if code != exitDone || !strings.Contains(stdout, "is removed") {
		t.Errorf("got status %d and %q", code, stdout)
	}
	if code, _, _ = call(t.Context(), env, "auth", "google", "--status"); code != exitUsage {
		t.Errorf("got status %d after removing, want %d", code, exitUsage)
	}
}

// visit opens an address as a browser does, and returns the page.
func visit(t *testing.T, address string) string {
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		return err.Error()
	}
	answer, err := (&http.Client{Transport: transport}).Do(r)
	if err != nil {
		return err.Error()
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err.Error()
	}
	return string(body)
}

// TestDoctorComparesClocks: the machine's clock is that of call.
func TestDoctorComparesClocks(t *testing.T) {
	here := time.Date(2026, time.December, 1, 23, 30, 0, 0, time.UTC)
	for _, tt := range []struct {
		ahead time.Duration
		code  int
		want  string
	}{
		{4 * time.Minute, exitDone, "it agrees with Google's"},
		{-4 * time.Minute, exitDone, "it agrees with Google's"},
		{12 * time.Minute, exitFailed, "the clock of this machine is 12 minutes ahead of Google's"},
		{-time.Hour, exitFailed, "the clock of this machine is 60 minutes behind Google's"},
	} {
		server := sheetstest.New(sheetstest.Options{})
		listening := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", here.Add(-tt.ahead).Format(http.TimeFormat))
			server.ServeHTTP(w, r)
		}))
		t.Cleanup(listening.Close)
		plan := address.Spreadsheet{ID: server.Create("Plan"), Endpoint: listening.URL}.URL()
		code, stdout, stderr := call(t.Context(), map[string]string{"XDG_CONFIG_HOME": t.TempDir()}, "doctor", plan)
		if code != tt.code || !strings.Contains(stdout, tt.want) {
			t.Errorf("%s ahead: got status %d, %q and %q, want %d and %q", tt.ahead, code, stdout, stderr, tt.code, tt.want)
		}
	}
}
