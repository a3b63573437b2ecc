package signin

import (
	"bytes"
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/google"

	"steerco/sync/gsheets/address"
)

// mostCredentials is how large a file of credentials may be, in bytes.
const mostCredentials = 64 << 10

// credentials are what a file of Google's may hold: the key of a service
// account, the client of an application, or something else that is refused.
type credentials struct {
	Type           string       `json:"type"`
	ClientEmail    string       `json:"client_email"`
	PrivateKey     string       `json:"private_key"`
	TokenURI       string       `json:"token_uri"`
	UniverseDomain string       `json:"universe_domain"`
	Installed      *oauthClient `json:"installed"`
	Web            *oauthClient `json:"web"`
}

const typeServiceAccount = "service_account"

// kind is what people call the file.
func (c credentials) kind() string {
	switch {
	case c.Type == typeServiceAccount:
		return "the key of a service account"
	case c.Type == "authorized_user":
		return "a person's own credentials, as gcloud makes them"
	case c.Type != "":
		return fmt.Sprintf("of the type %q", c.Type)
	case c.Installed != nil:
		return `an OAuth client of the type "Desktop app"`
	case c.Web != nil:
		return `an OAuth client of the type "Web application"`
	}
	return "no file of credentials"
}

// readCredentials reads a file that somebody named in place. Its faults quote
// nothing of what it holds.
func readCredentials(path, place string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, setup("check the path", "%s names %q: there is no such file", place, path)
	case err == nil && !info.Mode().IsRegular():
		return nil, setup("name the file itself", "%s names %q: it is not a file", place, path)
	case err == nil && info.Size() > mostCredentials:
		return nil, setup("name the JSON file as it was downloaded", "%s names %q: it is too large for a file of credentials", place, path)
	case err == nil:
		var content []byte
		if content, err = os.ReadFile(path); err == nil {
			return content, nil
		}
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return nil, setup("see to the right to read it", "%s names %q: %w", place, path, err)
}

// parseCredentials tells what a file holds.
func parseCredentials(content []byte, place string) (credentials, error) {
	var c credentials
	if json.Unmarshal(bytes.TrimPrefix(content, []byte("\ufeff")), &c) != nil {
		return c, setup("name the JSON file as it was downloaded", "%s: it is not JSON as Google hands it out", place)
	}
	return c, nil
}

// keyFromFile returns the service account of a key file that is named in
// place: "the configuration".
func keyFromFile(path, place string, o Options) (*Account, error) {
	content, err := readCredentials(path, place)
	if err != nil {
		return nil, err
	}
	named := fmt.Sprintf("the key file %q", path)
	return serviceAccount(content, named, o)
}

// keyFromEnv returns the service account of the environment's own variable: a
// path, or the key itself.
func keyFromEnv(value string, o Options) (*Account, error) {
	if strings.HasPrefix(strings.TrimSpace(value), "{") {
		return serviceAccount([]byte(value), "the key in "+envCredentials, o)
	}
	return keyFromFile(value, envCredentials, o)
}

// serviceAccount returns the account of a key. The place is what messages call
// the key.
func serviceAccount(content []byte, place string, o Options) (*Account, error) {
	c, err := parseCredentials(content, place)
	if err != nil {
		return nil, err
	}
	if err := c.checkKey(place); err != nil {
		return nil, err
	}
	conf, err := google.JWTConfigFromJSON(bytes.TrimPrefix(content, []byte("\ufeff")), Scope)
	if err != nil {
		return nil, setup("make a new key", "%s: it is no key of a service account", place)
	}
	// Audience is who the signed question is for, and not left to the file.
	conf.Audience = ""
	base := newTransport()
	talk := exchange{base: base, patience: o.Patience, party: party{address: c.ClientEmail, service: true}}
	s := newSource(func(ctx context.Context, _ string) (*oauth2.Token, error) {
		return talk.do(ctx, func(ctx context.Context) (*oauth2.Token, error) { return conf.TokenSource(ctx).Token() })
	})
	return &Account{Address: c.ClientEmail, Service: true, Source: place, Client: newClient(s, base), source: s}, nil
}

// checkKey holds what a file has against what the key of a service account
// must have.
func (c credentials) checkKey(place string) error {
	const anew = "make a new key: Google Cloud console, IAM & Admin, Service Accounts, Keys, Add key, JSON"
	switch {
	case c.Type != typeServiceAccount && c.Installed != nil:
		return setup("sign in with it: steerco auth google --client FILE", "%s is %s, and not the key of a service account", place, c.kind())
	case c.Type != typeServiceAccount:
		return setup(anew+"; "+envCredentials+" goes before "+envFallback, "%s is %s, and not the key of a service account", place, c.kind())
	case !strings.Contains(c.ClientEmail, "@"):
		return setup(anew, "%s has no address (client_email)", place)
	case !isPrivateKey(c.PrivateKey):
		return setup(anew, "%s has no private key that can be read", place)
	case c.UniverseDomain != "" && c.UniverseDomain != "googleapis.com":
		return setup(anew, "%s is for the cloud %q, which has no Google Sheets", place, c.UniverseDomain)
	case c.TokenURI != "" && !isGoogle(c.TokenURI):
		return setup(anew, "%s leads to another server than Google's (token_uri)", place)
	}
	return nil
}

func isPrivateKey(text string) bool {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return false
	}
	if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
		_, isRSA := key.(*rsa.PrivateKey)
		return isRSA
	}
	_, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	return err == nil
}

// isGoogle reports whether an address is one of Google's servers, to which
// secrets may be sent; or of this machine, where none but stand-ins listen.
func isGoogle(uri string) bool {
	u, err := url.Parse(uri)
	if err != nil || u.User != nil {
		return false
	}
	host := u.Hostname()
	if address.IsLoopback(host) {
		return true
	}
	return u.Scheme == "https" && (strings.HasSuffix(host, ".google.com") || strings.HasSuffix(host, ".googleapis.com"))
}
