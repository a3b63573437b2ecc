// Package signin signs in to the Google Sheets API, with the right to
// spreadsheets and no other: as a service account by its key, or as a person
// who has consented in the browser. The kind of each file of credentials is
// fixed, so that none can lead the program elsewhere. Nothing secret appears in
// what it returns for people to read. What is done with the right it leaves to
// sync/gsheets.
package signin

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"steerco/sync/workbook"
)

// Scope is the one right that steerco asks for: to spreadsheets, and nothing
// else of Drive.
const Scope = "https://www.googleapis.com/auth/spreadsheets"

// ErrSetup: what is set up for signing in is missing or wrong. It is about no
// workbook.
var ErrSetup = errors.New("signing in to Google")

// ErrNone: nothing is set up for signing in. It comes with ErrSetup.
var ErrNone = errors.New("no account is set up")

// What the environment may name.
const (
	envCredentials = "STEERCO_GOOGLE_CREDENTIALS"
	envFallback    = "GOOGLE_APPLICATION_CREDENTIALS"
	envAccount     = "STEERCO_GOOGLE_ACCOUNT"
)

// EnvEndpoint is the variable of the environment that names a stand-in for
// Google's server.
const EnvEndpoint = "STEERCO_GOOGLE_ENDPOINT"

// Options tell where credentials are.
type Options struct {
	// ServiceAccount is the path of the key file that the configuration names;
	// empty: none.
	ServiceAccount string
	// NamedBy tells people what names ServiceAccount, where it isn't "the
	// configuration".
	NamedBy string
	// Getenv returns a variable of the environment.
	Getenv func(string) string
	// Warn, if set, is told what doesn't keep the account from being used: a
	// token that could not be stored.
	Warn func(string)
	// Patience is how long a server may take to hand out a token. Default: 30
	// seconds.
	Patience time.Duration
}

// Account is who calls the API. Its methods and its client may be used from
// several goroutines.
type Account struct {
	// Address is the e-mail address with which a spreadsheet must be shared;
	// empty: not known, since to ask for it would take a further right.
	Address string
	// Service means that it is a service account, and no person.
	Service bool
	// Client sends requests with the right to them. It follows no redirects,
	// and sends a request again, once, whose token was refused. Its errors of
	// signing in are *workbook.Error without the name of one.
	Client *http.Client
	// Endpoint is where the API is, as "http://127.0.0.1:1234"; empty: Google.
	Endpoint string
	// Source tells people where the credentials come from.
	Source string
	// SignedIn is when the person consented, Ends when the consent ends by what
	// Google told then; zero: not told.
	SignedIn, Ends time.Time

	source *source
}

// Name is what messages call the account.
func (a *Account) Name() string {
	if a.Address == "" {
		return "the account you signed in with"
	}
	return a.Address
}

// Check gets a new token, so that it is known whether the credentials hold
// now. With a stand-in there is nothing to check.
func (a *Account) Check(ctx context.Context) error {
	if a.source == nil {
		return nil
	}
	token, err := a.source.token(ctx)
	if err == nil && !a.Service {
		// A stored token may outlive the consent.
		_, err = a.source.instead(ctx, token)
	}
	return err
}

// Open returns the account that the configuration names, else the environment,
// else the stored consent of a person. With a stand-in for Google it is the
// account that the environment names. It reads files and asks nobody; its
// errors are *workbook.Error and wrap ErrSetup.
func Open(ctx context.Context, o Options) (*Account, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	endpoint, err := Endpoint(o.Getenv)
	switch {
	case err != nil:
		return nil, err
	case endpoint != "":
		return standInAccount(endpoint, o.Getenv(envAccount)), nil
	case o.ServiceAccount != "":
		return keyFromFile(o.ServiceAccount, cmp.Or(o.NamedBy, "the configuration"), o)
	case o.Getenv(envCredentials) != "":
		return keyFromEnv(o.Getenv(envCredentials), o)
	case o.Getenv(envFallback) != "":
		return keyFromFile(o.Getenv(envFallback), envFallback, o)
	}
	return storedAccount(o)
}

// setup returns an error about what is set up for signing in.
func setup(fix, format string, values ...any) error {
	return &workbook.Error{Err: fmt.Errorf("%w: %w", ErrSetup, fmt.Errorf(format, values...)), Fix: fix}
}

// errNone tells the two ways of signing in.
func errNone() error {
	return setup(
		"as a service account: set "+envCredentials+" to its key file, or google: {service_account: FILE} in the configuration; "+
			"as yourself: steerco auth google --client FILE",
		"%w", ErrNone)
}
