package gsheets

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"google.golang.org/api/googleapi"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// answer is Google's answer to a call that failed.
type answer struct {
	code int
	// status is the code in words, as "NOT_FOUND"; empty where it isn't told.
	status string
	// reasons are all that are given, in the spelling of both kinds of errors:
	// "SERVICE_DISABLED", "accessNotConfigured".
	reasons []string
	// message is in the account's language.
	message string
	// activate is where a service can be switched on.
	activate string
	// violations means that the request itself isn't what the API knows.
	violations bool
	after      time.Duration
}

// answerOf returns what Google answered, or false where the error is another
// one.
func answerOf(err error) (answer, bool) {
	var e *googleapi.Error
	if !errors.As(err, &e) {
		return answer{}, false
	}
	a := answer{code: e.Code, message: oneLine(e.Message), after: retryAfter(e.Header, time.Now())}
	var body struct {
		Error struct {
			Status  string
			Details []struct {
				Reason          string
				FieldViolations []any
				Metadata        struct{ ActivationURL string }
			}
		}
	}
	// A body that isn't JSON tells nothing.
	if json.Unmarshal([]byte(e.Body), &body) == nil {
		a.status = body.Error.Status
	}
	for _, d := range body.Error.Details {
		a.violations = a.violations || len(d.FieldViolations) > 0
		if d.Reason != "" {
			a.reasons = append(a.reasons, d.Reason)
		}
		if strings.HasPrefix(d.Metadata.ActivationURL, "https://") {
			a.activate = d.Metadata.ActivationURL
		}
	}
	for _, item := range e.Errors {
		a.reasons = append(a.reasons, item.Reason)
	}
	return a, true
}

// retryAfter returns how long to wait by a header: seconds, or a time.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil {
		return time.Duration(max(seconds, 0)) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}

// has reports whether one of these reasons is given.
func (a answer) has(reasons ...string) bool {
	return slices.ContainsFunc(a.reasons, func(r string) bool { return slices.Contains(reasons, r) })
}

// isTooMany reports whether it is about a limit of calls in a time.
func (a answer) isTooMany() bool {
	return a.code == http.StatusTooManyRequests || a.status == "RESOURCE_EXHAUSTED" ||
		a.has("RATE_LIMIT_EXCEEDED", "rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded")
}

// isBroken reports whether it is about the server itself, which another time
// may do what it is asked for.
func (a answer) isBroken() bool {
	return a.code >= http.StatusInternalServerError && a.code != http.StatusNotImplemented ||
		a.code == http.StatusRequestTimeout || a.code == http.StatusConflict || a.status == "CANCELLED"
}

// String says in words what Google answered.
func (a answer) String() string {
	text := strconv.Itoa(a.code)
	if a.status != "" {
		text += " " + a.status
	}
	if a.message != "" {
		text += ", " + a.message
	}
	return text
}

func (c *client) judgeAnswer(asked call, a answer) trouble {
	switch {
	case a.isTooMany():
		return trouble{text: "Google's limit of calls is reached", kind: workbook.ErrUnavailable, fix: fixLater, after: a.after}
	case a.code == http.StatusRequestEntityTooLarge:
		return trouble{text: "what is to be written is too much for one call", kind: workbook.ErrRefused, fix: "mute rules that find very much"}
	case a.isBroken():
		return trouble{
			text: "Google doesn't do it for now (" + a.String() + ")", kind: workbook.ErrUnavailable, fix: fixLater, after: a.after, sent: true,
		}
	case a.status == "" && a.message == "":
		// Google says why it refuses; who doesn't is somewhere in between.
		return strangeAnswer()
	case a.code == http.StatusUnauthorized:
		return trouble{
			text: "you are signed out of Google, or the access was withdrawn", kind: workbook.ErrDenied,
			fix: "sign in again: steerco auth google; a service account whose key was deleted needs a new one",
		}
	case a.code == http.StatusForbidden:
		return c.forbidden(asked, a)
	case a.code == http.StatusNotFound:
		return trouble{
			text: "there is no spreadsheet with this address, or it was deleted", kind: workbook.ErrNotFound,
			fix: "check the address; if it is right, " + c.share(),
		}
	case a.code == http.StatusBadRequest:
		return c.refused(asked, a)
	}
	return trouble{text: "Google refuses (" + a.String() + ")"}
}

// forbidden tells why something isn't allowed.
func (c *client) forbidden(asked call, a answer) trouble {
	t := trouble{kind: workbook.ErrDenied}
	switch {
	case a.has("SERVICE_DISABLED", "accessNotConfigured"):
		t.text, t.fix = "the Google Sheets API isn't enabled in the Cloud project of the account", "enable it, wait a few minutes, and try again"
		if a.activate != "" {
			t.fix += ": " + a.activate
		}
	case a.has("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"):
		t.text, t.fix = "the sign-in doesn't include the right to spreadsheets", "sign in again, and tick it: steerco auth google"
	case a.has("CONSUMER_SUSPENDED", "CONSUMER_INVALID", "USER_PROJECT_DENIED", "BILLING_DISABLED", "domainPolicy"):
		t.text, t.fix = "Google refuses the account or its Cloud project ("+a.String()+")", "ask whoever administers it"
	case asked.writes():
		t.text, t.fix = "it is shared for reading only", c.share()
	default:
		t.text, t.fix = "it isn't shared with "+c.account(), c.share()
	}
	return t
}

func (c *client) account() string {
	if c.options.Account == "" {
		return "the account that you signed in with"
	}
	return c.options.Account
}

// refused tells why Google can't do what it was asked for.
func (c *client) refused(asked call, a answer) trouble {
	switch {
	case a.status == "FAILED_PRECONDITION" || strings.Contains(a.message, "Office file"):
		return trouble{
			text: "it is an Office file that is opened in Google Drive, not a Google spreadsheet", kind: workbook.ErrRefused,
			fix: `open it, choose File, "Save as Google Sheets", and use the address of the copy`,
		}
	case !asked.writes() && len(asked.ranges) > 0 && !a.violations:
		// The ranges are those of sheets that were there right before.
		return trouble{text: "a sheet was renamed, deleted or cut down just now", kind: workbook.ErrChanged, fix: "try again"}
	case !asked.writes():
		return trouble{text: "Google refuses to read it (" + a.String() + ")"}
	}
	t := limitOf(a.message)
	t.sheet = c.sheetOf(asked.requests, a.message)
	if t.text != "" {
		return t
	}
	if sheet, editors := c.lockedIn(asked.requests); sheet != "" || isProtected(a.message) {
		return trouble{
			sheet: sheet, text: "steerco's highlights can't be put on cells that are protected (" + a.String() + ")", kind: workbook.ErrDenied,
			fix: "ask " + editors + " to let " + c.account() + " edit them (Data, Protect sheets and ranges)",
		}
	}
	t.text = "Google refuses to write (" + a.String() + ")"
	return t
}

// limitOf tells which of Google's limits a message is about, by the number in
// it, which is the same in all languages.
func limitOf(message string) trouble {
	const (
		cells      = "10000000"
		columns    = "18278"
		characters = "50000"
	)
	t := trouble{kind: workbook.ErrRefused}
	switch numbers := numbersIn(message); {
	case slices.Contains(numbers, cells):
		t.text = "the spreadsheet is full: it would have more than 10 million cells, empty ones included"
		t.fix = "delete empty rows and columns, and sheets that nobody needs"
	case slices.Contains(numbers, columns):
		t.text, t.fix = "a sheet would have more than 18,278 columns", "delete columns that nobody needs"
	case slices.Contains(numbers, characters):
		t.text, t.fix = "a cell would hold more than 50,000 characters", "shorten the texts in the plan"
	default:
		t.kind = nil
	}
	return t
}

// numbersIn returns the whole numbers of a text without what parts thousands.
func numbersIn(text string) []string {
	parted := regexp.MustCompile(`\d{1,3}(?:[.,'’\x{a0}\x{202f} ]\d{3})+|\d+`)
	var numbers []string
	for _, n := range parted.FindAllString(text, -1) {
		numbers = append(numbers, strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, n))
	}
	return numbers
}

// isProtected is what remains to be asked where it isn't known who may edit
// what.
func isProtected(message string) bool { return strings.Contains(message, "protected cell") }

// sheetOf returns the title of the sheet that the request names which a message
// is about; empty where it tells none.
func (c *client) sheetOf(requests []*sheets.Request, message string) string {
	m := regexp.MustCompile(`requests\[(\d+)\]`).FindStringSubmatch(message)
	if m == nil {
		return ""
	}
	i, err := strconv.Atoi(m[1])
	if err != nil || i >= len(requests) {
		return ""
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for id := range addressed(requests[i : i+1]) {
		return c.known.sheets[id].title
	}
	return ""
}

// lockedIn returns the title of a sheet that the requests address and that has
// cells which aren't ours to edit, and whom to ask. The title is empty where
// no such sheet is known.
func (c *client) lockedIn(requests []*sheets.Request) (sheet, editors string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	const owner = "the spreadsheet's owner"
	ids := addressed(requests)
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		k := c.known.sheets[id]
		if k.locked && len(k.editors) > 0 {
			return k.title, strings.Join(k.editors, " or ")
		}
		if k.locked {
			return k.title, owner
		}
	}
	return "", owner
}

// addressed returns the ids of the sheets that requests name.
func addressed(requests []*sheets.Request) map[int64]bool {
	ids := map[int64]bool{}
	for _, r := range requests {
		text, err := json.Marshal(r)
		var body any
		if err == nil && json.Unmarshal(text, &body) == nil {
			addSheets(body, ids)
		}
	}
	return ids
}

// addSheets adds the ids of the sheets on which the ranges of a JSON value lie.
// In a range the id 0 may be left out.
func addSheets(v any, ids map[int64]bool) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			addSheets(item, ids)
		}
	case map[string]any:
		id, told := v["sheetId"].(float64)
		_, rows := v["startRowIndex"]
		_, endRow := v["endRowIndex"]
		_, endColumn := v["endColumnIndex"]
		if told || rows || endRow || endColumn {
			ids[int64(id)] = true
		}
		for _, inner := range v {
			addSheets(inner, ids)
		}
	}
}
