package signin

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"steerco/sync/gsheets/address"
)

// defaultAccount is who calls a stand-in where the environment names nobody.
const defaultAccount = "steerco"

// Endpoint returns where the environment says that a stand-in for Google's
// server listens, as "http://127.0.0.1:1234"; empty: there is none. Anything
// but an address of this machine is an error that wraps ErrSetup: requests
// would go there without any signing in.
func Endpoint(getenv func(string) string) (string, error) {
	said := strings.TrimSpace(getenv(EnvEndpoint))
	if said == "" {
		return "", nil
	}
	u, err := url.Parse(said)
	if err != nil || u.Scheme != "http" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || !address.IsLoopback(u.Hostname()) {
		return "", setup("set it to http://127.0.0.1:PORT, as steerco google-standin prints it, or unset it",
			"%s is %q, which is not the address of a stand-in on this machine", EnvEndpoint, withoutUser(said))
	}
	return "http://" + u.Host, nil
}

// withoutUser leaves out what stands before "@": it may be a password.
func withoutUser(said string) string {
	before, after, found := strings.Cut(said, "@")
	if !found {
		return said
	}
	scheme, _, _ := strings.Cut(before, "://")
	return scheme + "://…@" + after
}

// standInAccount returns the account that calls a stand-in, which tells
// accounts apart by the name in the header.
func standInAccount(endpoint, name string) *Account {
	if name = strings.TrimSpace(name); name == "" {
		name = defaultAccount
	}
	return &Account{
		Address: name, Endpoint: endpoint, Source: EnvEndpoint,
		Client: &http.Client{Transport: &bearer{name: name, base: loopbackTransport()}, CheckRedirect: noRedirect},
	}
}

// bearer sends requests in the name of an account.
type bearer struct {
	name string
	base *http.Transport
}

func (b *bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+b.name)
	return b.base.RoundTrip(r)
}

// CloseIdleConnections lets http.Client close them.
func (b *bearer) CloseIdleConnections() { b.base.CloseIdleConnections() }

// loopbackTransport reaches this machine only, whatever "localhost" is said to
// be, and asks no proxy.
func loopbackTransport() *http.Transport {
	t := newTransport()
	t.Proxy = nil
	dialer := net.Dialer{Timeout: 10 * time.Second, Control: func(_, at string, _ syscall.RawConn) error {
		if host, _, err := net.SplitHostPort(at); err != nil || !address.IsLoopback(host) {
			return fmt.Errorf("%s is not this machine", at)
		}
		return nil
	}}
	t.DialContext = dialer.DialContext
	return t
}
