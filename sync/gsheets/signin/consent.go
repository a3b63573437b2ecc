package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/google"
)

// oauthClient is an OAuth client as Google hands it out.
type oauthClient struct {
	ID       string `json:"client_id"`
	Secret   string `json:"client_secret"`
	AuthURI  string `json:"auth_uri,omitempty"`
	TokenURI string `json:"token_uri,omitempty"`
}

// check reports what a client lacks.
func (c oauthClient) check() error {
	switch {
	case c.ID == "":
		return errors.New("has no client_id")
	case c.AuthURI != "" && !isGoogle(c.AuthURI), c.TokenURI != "" && !isGoogle(c.TokenURI):
		return errors.New("leads to another server than Google's")
	}
	return nil
}

// config returns the library's client, for a place to which the browser comes
// back.
func (c oauthClient) config(redirect string) *oauth2.Config {
	endpoint := google.Endpoint
	if c.AuthURI != "" {
		endpoint.AuthURL = c.AuthURI
	}
	if c.TokenURI != "" {
		endpoint.TokenURL = c.TokenURI
	}
	return &oauth2.Config{ClientID: c.ID, ClientSecret: c.Secret, Endpoint: endpoint, RedirectURL: redirect, Scopes: []string{Scope}}
}

// ConsentOptions tell how to ask a person for consent.
type ConsentOptions struct {
	// Client is the file of an OAuth client of the type "Desktop app"; empty:
	// the client of the stored consent.
	Client string
	// Getenv returns a variable of the environment.
	Getenv func(string) string
	// Show shows the person the address to open in a browser on this machine.
	Show func(address string)
	// Patience is how long the person has. Default: 5 minutes.
	Patience time.Duration
}

// consentPatience is how long a person has by default.
const consentPatience = 5 * time.Minute

// Consent asks a person in the browser for the right to spreadsheets, and
// stores it where Open finds it. The browser comes back to a port of this
// machine that is open meanwhile only. What is wrong with the client wraps
// ErrSetup; it fails also when the person refuses or doesn't answer in time,
// and then leaves what is stored as it was.
func Consent(ctx context.Context, o ConsentOptions) (*Account, error) {
	path, err := TokenFile(o.Getenv)
	if err != nil {
		return nil, err
	}
	client, err := o.client(path)
	if err != nil {
		return nil, err
	}
	c, err := o.ask(ctx, client)
	if err != nil {
		return nil, err
	}
	if err := c.save(path); err != nil {
		return nil, setup("see to the right to write there, or set XDG_CONFIG_HOME to another folder", "the consent can't be stored: %w", err)
	}
	return storedAccount(Options{Getenv: o.Getenv})
}

// client returns the OAuth client to ask with.
func (o ConsentOptions) client(stored string) (oauthClient, error) {
	if o.Client != "" {
		return clientFromFile(o.Client)
	}
	c, err := loadConsent(stored)
	if errors.Is(err, fs.ErrNotExist) {
		return oauthClient{}, errNone()
	}
	if err != nil {
		return oauthClient{}, err
	}
	return c.Client, nil
}

func clientFromFile(path string) (oauthClient, error) {
	const anew = `make one: Google Cloud console, Google Auth Platform, Clients, Create client, type "Desktop app", Download JSON`
	content, err := readCredentials(path, "--client")
	if err != nil {
		return oauthClient{}, err
	}
	place := fmt.Sprintf("the file %q", path)
	c, err := parseCredentials(content, place)
	if err != nil {
		return oauthClient{}, err
	}
	if c.Type == typeServiceAccount {
		return oauthClient{}, setup("use it so: steerco auth google --service-account FILE", "%s is %s, and not an OAuth client", place, c.kind())
	}
	if c.Installed == nil {
		return oauthClient{}, setup(anew, `%s is %s, and not an OAuth client of the type "Desktop app"`, place, c.kind())
	}
	if err := c.Installed.check(); err != nil {
		return oauthClient{}, setup(anew, "%s %w", place, err)
	}
	return *c.Installed, nil
}

// ask opens a port, shows the address to go to, and waits for the browser to
// come back.
func (o ConsentOptions) ask(ctx context.Context, client oauthClient) (*consent, error) {
	patience := o.Patience
	if patience <= 0 {
		patience = consentPatience
	}
	late := denied("call it again, and open the address on this machine", "nobody has answered in the browser for %s", patience)
	ctx, cancel := context.WithTimeoutCause(ctx, patience, late)
	defer cancel()
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, setup("let steerco open a port of this machine", "no port to which the browser could come back: %w", err)
	}
	base := newTransport()
	defer base.CloseIdleConnections()
	d := &desk{
		client: client, config: client.config("http://" + listener.Addr().String() + "/"), host: listener.Addr().String(),
		state: rand.Text(), verifier: oauth2.GenerateVerifier(), talk: exchange{base: base}, answers: make(chan answer, 1),
	}
	return d.serve(ctx, listener, o.Show)
}

// desk is where the browser comes back to.
type desk struct {
	client oauthClient
	config *oauth2.Config
	// host is what a browser calls it that was sent by Google.
	host            string
	state, verifier string
	talk            exchange
	// answers takes the first one that counts.
	answers chan answer
}

// answer is what came of asking.
type answer struct {
	consent *consent
	err     error
}

// address is where the person consents. With each new consent comes a refresh
// token only if it is asked for as if it were the first.
func (d *desk) address() string {
	return d.config.AuthCodeURL(d.state, oauth2.AccessTypeOffline, oauth2.ApprovalForce, oauth2.S256ChallengeOption(d.verifier))
}

// serve shows the address and waits for the answer. When it returns nobody
// listens any more.
func (d *desk) serve(ctx context.Context, l net.Listener, show func(string)) (*consent, error) {
	server := &http.Server{
		Handler: d, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 32 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	show(d.address())
	var got answer
	select {
	case got = <-d.answers:
	case <-ctx.Done():
		got.err = context.Cause(ctx)
	}
	d.close(ctx, server)
	<-ended
	return got.consent, got.err
}

// close lets the browser have the page that it is waiting for.
func (d *desk) close(ctx context.Context, server *http.Server) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		server.Close()
	}
}

// ServeHTTP answers the browser. Only a call that knows the state comes from
// the page that was shown; any other changes nothing.
func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	switch {
	case r.URL.Path != "/" || r.Host != d.host:
		http.NotFound(w, r)
		return
	case r.Method != http.MethodGet:
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	case subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(d.state)) != 1:
		showPage(w, http.StatusBadRequest, "This is not the page that steerco waits for", "Open the address again that it has printed.")
		return
	}
	got := d.redeem(r.Context(), query.Get("code"), query.Get("error"))
	if got.err != nil {
		showPage(w, http.StatusOK, "Not signed in", "steerco says in the terminal what to do. You can close this window.")
	} else {
		showPage(w, http.StatusOK, "Signed in", "steerco may now read and write your spreadsheets. You can close this window.")
	}
	select {
	case d.answers <- got:
	default:
	}
}

// redeem changes the code that the browser brings for tokens.
func (d *desk) redeem(ctx context.Context, code, refusal string) answer {
	const again = "call it again, and allow what it asks for"
	switch {
	case refusal == "access_denied":
		return answer{err: denied(again, "the consent was refused in the browser")}
	case refusal != "" || code == "":
		return answer{err: denied(again, "the browser came back without a consent")}
	}
	token, err := d.talk.do(ctx, func(ctx context.Context) (*oauth2.Token, error) {
		return d.config.Exchange(ctx, code, oauth2.VerifierOption(d.verifier))
	})
	switch {
	case isEnded(err):
		return answer{err: denied("call it again", "Google doesn't accept what the browser brought back")}
	case err != nil:
		return answer{err: err}
	case !covers(token):
		return answer{err: denied(`call it again, and tick the box "See, edit, create, and delete all your Google Sheets spreadsheets"`,
			"the consent doesn't cover spreadsheets")}
	case token.RefreshToken == "":
		return answer{err: denied("take away the access of the application at https://myaccount.google.com/connections, and call it again",
			"Google gave a right for an hour only")}
	}
	return answer{consent: d.consent(token)}
}

// covers reports whether a token has the right to spreadsheets: a person may
// take the tick off.
func covers(t *oauth2.Token) bool {
	granted, told := t.Extra("scope").(string)
	return !told || slices.Contains(strings.Fields(granted), Scope)
}

func (d *desk) consent(t *oauth2.Token) *consent {
	now := time.Now().UTC().Truncate(time.Second)
	c := (&consent{Format: storeFormat, Client: d.client, SignedIn: now}).with(t)
	if seconds, told := t.Extra("refresh_token_expires_in").(float64); told && seconds > 0 {
		c.Ends = now.Add(time.Duration(seconds) * time.Second)
	}
	return c
}

// showPage answers the browser with a page that loads nothing.
func showPage(w http.ResponseWriter, status int, title, text string) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	fmt.Fprintf(w, page, title, title, text)
}

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>%s – steerco</title>
<meta name="viewport" content="width=device-width">
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; color: #1f2937; background: #f3f4f6 }
main { background: #fff; padding: 2rem 2.5rem; border-radius: .75rem; max-width: 26rem; box-shadow: 0 1px 4px #0003 }
h1 { font-size: 1.35rem; margin: 0 0 .5rem }
p { margin: 0 }
@media (prefers-color-scheme: dark) { body { color: #e5e7eb; background: #111827 } main { background: #1f2937 } }
</style></head>
<body><main><h1>%s</h1><p>%s</p></main></body></html>
`
