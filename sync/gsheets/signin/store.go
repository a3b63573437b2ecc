package signin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/oauth2"
)

// storeFormat is how the file of the consent is written at present.
const storeFormat = 1

// consent is what is stored of a person's consent.
type consent struct {
	Format   int         `json:"steerco"`
	Client   oauthClient `json:"client"`
	Refresh  string      `json:"refresh_token"`
	Access   string      `json:"access_token,omitempty"`
	Expiry   time.Time   `json:"expiry,omitzero"`
	SignedIn time.Time   `json:"signed_in"`
	// Ends is when the consent ends, where Google told.
	Ends time.Time `json:"ends,omitzero"`
}

// token returns the last token that was handed out.
func (c *consent) token() *oauth2.Token {
	return &oauth2.Token{AccessToken: c.Access, RefreshToken: c.Refresh, Expiry: c.Expiry}
}

// with returns the consent with a new token.
func (c *consent) with(t *oauth2.Token) *consent {
	renewed := *c
	renewed.Access, renewed.Expiry = t.AccessToken, t.Expiry
	if t.RefreshToken != "" {
		renewed.Refresh = t.RefreshToken
	}
	return &renewed
}

// TokenFile returns where the consent of a person is stored: in the folder in
// which the user's programs keep their settings. It fails where there is none,
// with an error that wraps ErrSetup.
func TokenFile(getenv func(string) string) (string, error) {
	folder, err := settingsFolder(getenv)
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, "steerco", "google-token.json"), nil
}

func settingsFolder(getenv func(string) string) (string, error) {
	if folder := getenv("XDG_CONFIG_HOME"); filepath.IsAbs(folder) {
		return folder, nil
	}
	home := getenv("HOME")
	var parts []string
	switch runtime.GOOS {
	case "windows":
		home = getenv("APPDATA")
	case "darwin":
		parts = []string{"Library", "Application Support"}
	default:
		parts = []string{".config"}
	}
	if home == "" {
		return "", setup("set XDG_CONFIG_HOME to a folder", "there is no folder for the settings of steerco")
	}
	return filepath.Join(append([]string{home}, parts...)...), nil
}

// Forget removes the stored consent. It reports whether there was one.
func Forget(getenv func(string) string) (bool, error) {
	path, err := TokenFile(getenv)
	if err != nil {
		return false, err
	}
	err = os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// loadConsent reads the stored consent. Without one the error is
// fs.ErrNotExist.
func loadConsent(path string) (*consent, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil {
		return nil, setup("see to the right to read it", "the stored sign-in: %w", err)
	}
	const anew = "sign in again: steerco auth google --client FILE"
	var c consent
	switch {
	case json.Unmarshal(content, &c) != nil:
		return nil, setup(anew, "the stored sign-in %q is damaged", path)
	case c.Format != storeFormat:
		return nil, setup(anew, "the stored sign-in %q is of another version of steerco", path)
	case c.Refresh == "" || c.Client.check() != nil:
		return nil, setup(anew, "the stored sign-in %q is not complete", path)
	}
	return &c, nil
}

// save stores the consent: the file is there as a whole or as it was, and
// nobody else on the machine can read it.
func (c *consent) save(path string) error {
	content, err := json.MarshalIndent(c, "", "\t")
	if err != nil {
		return err
	}
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	// It may have been there with more rights.
	if err := os.Chmod(folder, 0o700); err != nil {
		return err
	}
	// CreateTemp makes it 0600, under a name that no other process has.
	f, err := os.CreateTemp(folder, ".google-token-*.tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(append(content, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// storedAccount returns the account of the stored consent.
func storedAccount(o Options) (*Account, error) {
	path, err := TokenFile(o.Getenv)
	if err != nil {
		return nil, errNone()
	}
	c, err := loadConsent(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNone()
	}
	if err != nil {
		return nil, err
	}
	base := newTransport()
	k := &keeper{path: path, warn: o.Warn, talk: exchange{base: base, patience: o.Patience}}
	s := newSource(k.fetch)
	return &Account{
		Source: fmt.Sprintf("the sign-in stored in %q", path), Client: newClient(s, base),
		SignedIn: c.SignedIn, Ends: c.Ends, source: s,
	}, nil
}

// keeper gets tokens by the stored consent and stores them, beside other
// processes that do the same: what another one has stored is taken, and what
// is stored is what was read, renewed.
type keeper struct {
	path string
	warn func(string)
	talk exchange
}

// fetch returns the stored token, or a new one where it has ended or was
// refused.
func (k *keeper) fetch(ctx context.Context, refused string) (*oauth2.Token, error) {
	c, err := k.load()
	if err != nil {
		return nil, err
	}
	if t := c.token(); isFresh(t) && t.AccessToken != refused {
		return t, nil
	}
	token, err := k.renew(ctx, c)
	if isEnded(err) {
		// Another process may have changed the refresh token for a new one, or
		// the person may have signed in again.
		if now, fault := k.load(); fault == nil && now.Refresh != c.Refresh {
			return k.renew(ctx, now)
		}
	}
	return token, err
}

// load reads the consent again. It may have been taken back meanwhile.
func (k *keeper) load() (*consent, error) {
	c, err := loadConsent(k.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNone()
	}
	return c, err
}

// renew gets a new token and stores it.
func (k *keeper) renew(ctx context.Context, c *consent) (*oauth2.Token, error) {
	token, err := k.talk.do(ctx, func(ctx context.Context) (*oauth2.Token, error) {
		return c.Client.config("").TokenSource(ctx, &oauth2.Token{RefreshToken: c.Refresh}).Token()
	})
	if err != nil {
		return nil, err
	}
	// Whoever has signed in or out meanwhile isn't to find this one's token.
	if now, err := k.load(); err != nil || now.Refresh != c.Refresh {
		return token, nil
	}
	if err := c.with(token).save(k.path); err != nil && k.warn != nil {
		k.warn(fmt.Sprintf("the token of Google could not be stored, and is asked for anew by each run: %v", err))
	}
	return token, nil
}
