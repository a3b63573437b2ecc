package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"steerco/sync/gsheets/signin"
)

func (a *app) auth() *cobra.Command {
	c := &cobra.Command{
		Use:   "auth",
		Short: "Sign in to what plans are kept in",
		Args:  args(cobra.NoArgs, "steerco auth google --help says how"),
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.authGoogle())
	return c
}

// authOptions are the flags of steerco auth google.
type authOptions struct {
	serviceAccount, client string
	status, remove         bool
}

func (a *app) authGoogle() *cobra.Command {
	var o authOptions
	c := &cobra.Command{
		Use:   "google",
		Short: "Sign in to Google Sheets, as a service account or as yourself",
		Long: `Sign in to Google Sheets. steerco asks for the right to spreadsheets only, and
for nothing else of Google Drive.

As a service account, which suits servers and teams: --service-account checks a
key file, and prints the address with which to share each spreadsheet. Nothing
is stored: the configuration or the environment names the key file.

As yourself: --client names the file of an OAuth client of the type "Desktop
app". steerco prints an address; open it in a browser on this machine and allow
what it asks for. The consent is stored for your user alone. Without --client
the client of the last time is used.

The configuration comes first (google: {service_account: FILE}), then
STEERCO_GOOGLE_CREDENTIALS (the path of a key file, or the key itself), then
GOOGLE_APPLICATION_CREDENTIALS, then the stored consent.`,
		Args: args(cobra.NoArgs, "see steerco auth google --help"),
		RunE: func(c *cobra.Command, _ []string) error { return a.runAuth(c.Context(), o) },
	}
	flags := c.Flags()
	flags.StringVar(&o.serviceAccount, "service-account", "", "check the key `FILE` of a service account")
	flags.StringVar(&o.client, "client", "", "sign in with the OAuth client in this `FILE`")
	flags.BoolVar(&o.status, "status", false, "print how steerco signs in, and until when")
	flags.BoolVar(&o.remove, "remove", false, "forget the stored consent")
	return c
}

// ways is how many ways of signing in, or of something else, are asked for.
func (o authOptions) ways() int {
	n := 0
	for _, asked := range []bool{o.serviceAccount != "", o.client != "", o.status, o.remove} {
		if asked {
			n++
		}
	}
	return n
}

func (a *app) runAuth(ctx context.Context, o authOptions) error {
	switch {
	case o.ways() > 1:
		return usage(errors.New("--service-account, --client, --status and --remove don't go together"), "choose one of them")
	case o.remove:
		return a.forgetConsent()
	case o.status:
		return a.printSignIn(ctx)
	case o.serviceAccount != "":
		return a.checkKey(ctx, o.serviceAccount)
	}
	return a.consent(ctx, o.client)
}

// checkKey tries a key and tells how to go on with it.
func (a *app) checkKey(ctx context.Context, path string) error {
	nowhere := func(string) string { return "" }
	account, err := signin.Open(ctx, signin.Options{ServiceAccount: path, NamedBy: "--service-account", Getenv: nowhere})
	if err != nil {
		return err
	}
	defer account.Client.CloseIdleConnections()
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	a.out("service account: %s", oneLine(account.Address))
	a.out("1. share each spreadsheet with this address as \"Editor\"")
	a.out("2. name the key file in the environment:   export STEERCO_GOOGLE_CREDENTIALS=%q", path)
	a.out("   or at the top of the configuration:     google: {service_account: %q}", path)
	a.out("3. see whether all is well:                %s doctor SPREADSHEET-URL", a.self)
	if err := account.Check(ctx); err != nil {
		return err
	}
	a.out("Google accepts the key.")
	return nil
}

// consent asks the person at this machine.
func (a *app) consent(ctx context.Context, client string) error {
	account, err := signin.Consent(ctx, signin.ConsentOptions{Client: client, Getenv: a.getenv, Show: a.showConsent})
	if err != nil {
		return err
	}
	a.out("Signed in, by %s.", account.Source)
	a.printEnd(account)
	c, err := a.loadConfig()
	if err != nil {
		return err
	}
	first, err := signin.Open(ctx, signin.Options{ServiceAccount: c.Google.ServiceAccount, Getenv: a.getenv})
	if err == nil && first.Source != account.Source {
		a.note("it is not used as long as %s is there", first.Source)
	}
	return nil
}

func (a *app) showConsent(address string) {
	a.out("Open this address in a browser on this machine, and allow what it asks for:")
	a.out("")
	a.out("%s", address)
	a.out("")
	a.note("waiting for the browser, for 5 minutes at most; Ctrl-C ends it")
	if port := portBack(address); port != "" {
		a.note("if the browser is on another machine, let its port lead here first: ssh -L %s:127.0.0.1:%s THIS-MACHINE", port, port)
	}
}

// portBack returns the port to which the browser comes back.
func portBack(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	back, err := url.Parse(u.Query().Get("redirect_uri"))
	if err != nil {
		return ""
	}
	return back.Port()
}

// printSignIn prints how steerco signs in, without asking anybody.
func (a *app) printSignIn(ctx context.Context) error {
	c, err := a.loadConfig()
	if err != nil {
		return err
	}
	account, err := signin.Open(ctx, signin.Options{ServiceAccount: c.Google.ServiceAccount, Getenv: a.getenv})
	if err != nil {
		return err
	}
	a.out("%s", signedInAs(account))
	a.printEnd(account)
	return nil
}

// signedInAs says who calls Google, and by what.
func signedInAs(account *signin.Account) string {
	text := account.Name()
	switch {
	case account.Endpoint != "":
		return oneLine(fmt.Sprintf("a stand-in for Google at %s, as %s, without signing in", account.Endpoint, text))
	case account.Service:
		text = "the service account " + text
	}
	return oneLine(fmt.Sprintf("%s, by %s", text, account.Source))
}

// printEnd tells until when a consent holds.
func (a *app) printEnd(account *signin.Account) {
	if !account.SignedIn.IsZero() {
		a.out("%s", a.end(account))
	}
}

// end tells until when a consent holds.
func (a *app) end(account *signin.Account) string {
	const day = "2006-01-02 15:04"
	text := "signed in on " + account.SignedIn.Local().Format(day)
	switch {
	case account.Ends.IsZero():
		return text + `; Google told no end, but ends each consent after 7 days while the consent screen of the OAuth client is in "Testing"`
	case account.Ends.Before(a.now()):
		return text + "; it ended on " + account.Ends.Local().Format(day) + ": sign in again: steerco auth google"
	}
	left := account.Ends.Sub(a.now()).Round(time.Hour)
	return fmt.Sprintf("%s; it ends on %s (in %s)", text, account.Ends.Local().Format(day), counted(int(left.Hours()/24), "day"))
}

// forgetConsent removes the stored consent.
func (a *app) forgetConsent() error {
	there, err := signin.Forget(a.getenv)
	switch {
	case errors.Is(err, signin.ErrSetup):
		return err
	case err != nil:
		return fmt.Errorf("forget the stored consent: %w", err)
	case !there:
		a.out("There was no stored consent.")
		return nil
	}
	a.out("The stored consent is removed from this machine.")
	a.note("to take the right away at Google too: https://myaccount.google.com/connections")
	return nil
}
