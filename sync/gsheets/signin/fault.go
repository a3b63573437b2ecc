package signin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"steerco/sync/workbook"
)

// party is who asks for a token.
type party struct {
	// address is that of a service account; empty: a person.
	address string
	service bool
}

// errEnded: the server doesn't know a refresh token, or a code of the browser.
var errEnded = errors.New("the consent was withdrawn or has ended")

func isEnded(err error) bool { return errors.Is(err, errEnded) }

// fault makes of what a server has answered an error for people. The
// library's own text is left out: it quotes the answer.
func (p party) fault(err error) error {
	var answer *oauth2.RetrieveError
	if errors.As(err, &answer) && answer.Response != nil {
		return p.refused(answer)
	}
	return later("the answer of Google's sign-in is not understood: a proxy or the login page of a network may have answered")
}

// later returns an error that may go by itself.
func later(format string, values ...any) error {
	return &workbook.Error{
		Err: fmt.Errorf("%w: %w", workbook.ErrUnavailable, fmt.Errorf(format, values...)), Fix: "check the network, and try again later",
	}
}

// denied returns an error that stays until somebody does something.
func denied(fix, format string, values ...any) error {
	return &workbook.Error{Err: fmt.Errorf("%w: %w", workbook.ErrDenied, fmt.Errorf(format, values...)), Fix: fix}
}

// refused tells why a server hands out no token.
func (p party) refused(e *oauth2.RetrieveError) error {
	status, code := e.Response.StatusCode, errorCode(e)
	switch {
	case status == http.StatusTooManyRequests || status >= http.StatusInternalServerError:
		return later("Google's sign-in answers with status %d", status)
	case code == "invalid_grant" && p.service:
		return p.badKey(e)
	case code == "invalid_grant":
		return denied("sign in again: steerco auth google; as long as the consent screen of the OAuth client is in \"Testing\", "+
			"Google ends each consent after 7 days: publish it (Google Auth Platform, Audience)",
			"you are signed out of Google: %w", errEnded)
	case strings.HasSuffix(code, "_client") && !p.service:
		return denied(`make an OAuth client of the type "Desktop app", and sign in with it: steerco auth google --client FILE`,
			"Google doesn't accept the OAuth client (%s)", code)
	case code == "":
		return later("the answer of Google's sign-in (status %d) is not understood: a proxy or the login page of a network may have answered", status)
	}
	return denied("see in the Google Cloud console whether the account and its key are there and enabled", "Google's sign-in refuses (%s)", code)
}

// MostSkew is how far the clock of this machine may be from Google's before
// Google refuses what a key signs.
const MostSkew = 5 * time.Minute

// badKey tells why what a key has signed isn't accepted: the clock, or the key.
func (p party) badKey(e *oauth2.RetrieveError) error {
	if skew := Skew(e.Response, time.Now()); skew.Abs() > MostSkew {
		return denied("set the clock of this machine", "Google doesn't accept what the key of %s signs, since the clock of this machine is %s",
			p.address, Off(skew))
	}
	return denied("see in the Google Cloud console whether the service account and its key are there and enabled, or make a new key",
		"Google doesn't accept the key of %s", p.address)
}

// errorCode returns the code of an error as OAuth defines it, as
// "invalid_grant"; empty where the answer has none.
func errorCode(e *oauth2.RetrieveError) string {
	code := e.ErrorCode
	if code == "" {
		var body struct {
			Error string `json:"error"`
		}
		if json.Unmarshal(e.Body, &body) == nil {
			code = body.Error
		}
	}
	// What isn't a code may be anything.
	if !regexp.MustCompile(`^[a-z_]{1,40}$`).MatchString(code) {
		return ""
	}
	return code
}

// Skew returns how far the local time now is ahead of the clock of the server
// that gave an answer; negative: behind it. Zero where the answer doesn't
// tell.
func Skew(answer *http.Response, now time.Time) time.Duration {
	there, err := http.ParseTime(answer.Header.Get("Date"))
	if err != nil {
		return 0
	}
	return now.Sub(there).Round(time.Second)
}

// Off says a skew in words: "12 minutes ahead of Google's".
func Off(skew time.Duration) string {
	const day = 24 * time.Hour
	size, unit := skew.Abs(), ""
	switch {
	case size < 2*time.Minute:
		size, unit = size/time.Second, "seconds"
	case size < 2*time.Hour:
		size, unit = size/time.Minute, "minutes"
	case size < 2*day:
		size, unit = size/time.Hour, "hours"
	default:
		size, unit = size/day, "days"
	}
	if skew < 0 {
		return fmt.Sprintf("%d %s behind Google's", size, unit)
	}
	return fmt.Sprintf("%d %s ahead of Google's", size, unit)
}
