package gsheets

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// errInDoubt: the answer to a batch didn't come, or tells nothing; it may have
// taken effect.
var errInDoubt = errors.New("it is not known whether the spreadsheet was written")

// call is what was asked.
type call struct {
	// requests are those of a batch; none: it was a reading.
	requests []*sheets.Request
	// ranges are those of which the cells were asked for.
	ranges []string
}

func (c call) writes() bool { return len(c.requests) > 0 }

// trouble is what is wrong, for people and for programs.
type trouble struct {
	// text says what is wrong, fix what to do.
	text, fix string
	// sheet is the title of the sheet that it is about; empty: none.
	sheet string
	// kind is what callers tell apart; nil: nothing of that.
	kind error
	// after is how long to wait at least before another try.
	after time.Duration
	// sent means that the call may have been carried out.
	sent bool
	// cause is the error that tells; nil: none.
	cause error
}

// failure is an error with a text of its own in place of the texts of its
// causes, which are long, in several lines, and in the account's language.
type failure struct {
	text   string
	causes []error
	after  time.Duration
}

// Error returns the text.
func (f *failure) Error() string { return f.text }

// Unwrap returns kind and cause.
func (f *failure) Unwrap() []error { return f.causes }

// RetryAfter is how long to wait before another try, as the server asks; zero:
// it doesn't.
func (f *failure) RetryAfter() time.Duration { return f.after }

// fault makes of an error of a call one that says what is wrong and what to
// do. It decides by code, status and reason: texts come in the language of the
// account.
func (c *client) fault(ctx context.Context, asked call, err error) error {
	if ended := ctx.Err(); ended != nil {
		if asked.writes() {
			return fmt.Errorf("%w: %w", ended, errInDoubt)
		}
		return ended
	}
	var known *workbook.Error
	if errors.As(err, &known) {
		told := *known
		told.Workbook = cmp.Or(known.Workbook, c.name())
		return &told
	}
	t := c.judge(asked, err)
	t.cause = err
	if t.sent && asked.writes() {
		t.text += ", and " + errInDoubt.Error()
	} else {
		t.sent = false
	}
	return c.told(t)
}

// told makes an error of a trouble.
func (c *client) told(t trouble) error {
	f := &failure{text: t.text, after: t.after}
	for _, cause := range []error{t.kind, t.cause} {
		if cause != nil {
			f.causes = append(f.causes, cause)
		}
	}
	if t.sent {
		f.causes = append(f.causes, errInDoubt)
	}
	return &workbook.Error{Workbook: c.name(), Sheet: t.sheet, Err: f, Fix: t.fix}
}

const (
	fixLater   = "try again later"
	fixNetwork = "check the network of this machine, and try again later"
)

// judge tells what an error means.
func (c *client) judge(asked call, err error) trouble {
	if a, ok := answerOf(err); ok {
		return c.judgeAnswer(asked, a)
	}
	var wait net.Error
	switch {
	case errors.Is(err, errTooLarge):
		return trouble{
			text: fmt.Sprintf("Google's answer has more than %d MB", largestAnswer>>20), kind: workbook.ErrRefused, sent: true,
			fix: "delete rows, columns and sheets that nobody needs, or keep the plan in a spreadsheet of its own",
		}
	case errors.Is(err, errNotGoogle):
		return strangeAnswer()
	case isEncryption(err):
		return trouble{
			text: fmt.Sprintf("the encrypted connection to Google isn't trusted (%s)", oneLine(root(err).Error())),
			fix:  "check the clock of this machine; where a company's proxy opens connections, its certificate must be installed on this machine",
		}
	case isUnsent(err) && c.options.Endpoint != "":
		return trouble{
			text: fmt.Sprintf("nobody answers for Google at %s (%s)", c.options.Endpoint, oneLine(root(err).Error())), kind: workbook.ErrUnavailable,
			fix: "see whether what stands in for Google runs, and whether this is the address that it printed",
		}
	case isUnsent(err):
		return trouble{
			text: fmt.Sprintf("Google can't be reached (%s)", oneLine(root(err).Error())), kind: workbook.ErrUnavailable, fix: fixNetwork,
		}
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &wait) && wait.Timeout():
		return trouble{text: "Google doesn't answer in time", kind: workbook.ErrUnavailable, fix: fixLater, sent: true}
	}
	return trouble{
		text: fmt.Sprintf("the connection to Google broke off (%s)", oneLine(root(err).Error())),
		kind: workbook.ErrUnavailable, fix: fixNetwork, sent: true,
	}
}

func strangeAnswer() trouble {
	return trouble{
		text: "the answer is not Google's: a proxy or the login page of a network may have answered", kind: workbook.ErrUnavailable,
		fix: fixNetwork, sent: true,
	}
}

// isEncryption reports whether two sides couldn't agree on encryption.
func isEncryption(err error) bool {
	var certificate *tls.CertificateVerificationError
	var header tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &certificate) || errors.As(err, &header) || errors.As(err, &alert)
}

// isUnsent reports whether there was nobody to send anything to.
func isUnsent(err error) bool {
	var name *net.DNSError
	var op *net.OpError
	return errors.As(err, &name) || errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect")
}

// root returns the innermost error: its text is short.
func root(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// longestQuote is how many characters of others' texts are shown.
const longestQuote = 300

// oneLine makes of any text one that fits into a line.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > longestQuote {
		return string(r[:longestQuote]) + "…"
	}
	return strings.TrimSuffix(text, ".")
}

// share tells with whom a spreadsheet must be shared.
func (c *client) share() string {
	if c.options.Account == "" {
		return `share it, as "Editor", with the account that you signed in with: steerco doctor tells which one`
	}
	return fmt.Sprintf(`share it with %s as "Editor" (button "Share" in the spreadsheet)`, c.options.Account)
}
