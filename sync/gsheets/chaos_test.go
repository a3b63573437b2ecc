package gsheets_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"google.golang.org/api/option"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/retry"
	"steerco/sync/run"
	"steerco/sync/workbook"
)

const (
	chaosSpreadsheets = 40
	chaosRuns         = 25
)

// TestChaos has people work in spreadsheets between any two calls, while calls
// go wrong in all ways: 1,000 runs, and a part of them with the race detector.
// Time spent waiting costs nothing.
func TestChaos(t *testing.T) {
	spreadsheets := chaosSpreadsheets
	if testing.Short() || raced {
		spreadsheets /= 10
	}
	for seed := range uint64(spreadsheets) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { newChaos(t, seed).live() })
		})
	}
}

// chaos is the life of one spreadsheet.
type chaos struct {
	spreadsheet
	*rand.Rand
	team *chaosTeam
	// calm means that nothing goes wrong and nobody does anything; revoked,
	// that the account is signed out.
	calm, revoked bool
	// harness sends the calls of the test itself.
	harness *sheets.Service
	// options are those of each run.
	options run.Options
	// story is what happened, a line each.
	story []string
}

func newChaos(t *testing.T, seed uint64) *chaos {
	t.Helper()
	c := &chaos{Rand: rand.New(rand.NewPCG(seed, 1)), team: &chaosTeam{}, options: runOptions(t, nil)}
	server := sheetstest.New(sheetstest.Options{Now: time.Now, Before: c.before, Fault: c.fault})
	c.spreadsheet = spreadsheet{t: t, server: server, id: server.Create("plan")}
	var err error
	c.harness, err = sheets.NewService(t.Context(), option.WithHTTPClient(&http.Client{Transport: signedIn{harness, server.Transport()}}))
	if err != nil {
		t.Fatal(err)
	}
	err = server.Edit(c.id, func(p *sheetstest.Person) {
		person := &chaosPerson{Person: p, Rand: c.Rand, team: c.team}
		person.start(smallPlan())
		p.DeleteSheet(p.Sheets()[0])
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// harness is the account of the test itself: it is spared.
const harness = "harness"

// signedIn sends requests as an account.
type signedIn struct {
	account string
	http.RoundTripper
}

func (a signedIn) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+a.account)
	return a.RoundTripper.RoundTrip(r)
}

func (c *chaos) note(format string, values ...any) {
	c.story = append(c.story, time.Now().Format("15:04:05 ")+fmt.Sprintf(format, values...))
}

// fail ends the test with what happened.
func (c *chaos) fail(format string, values ...any) {
	c.t.Helper()
	last := c.story[max(0, len(c.story)-60):]
	c.t.Fatalf("%s\nwhat happened:\n%s", fmt.Sprintf(format, values...), strings.Join(last, "\n"))
}

// before has somebody do something before a call.
func (c *chaos) before(call sheetstest.Call) {
	if c.calm || call.Account == harness || c.IntN(3) > 0 && !(call.Write && c.IntN(3) == 0) {
		return
	}
	for range 1 + c.IntN(2) {
		c.act(call.Method)
	}
}

func (c *chaos) act(before string) {
	all := typing()
	switch c.IntN(10) {
	case 0, 1, 2:
		all = arranging()
	case 3, 4:
		all = meddling()
	}
	a := all[c.IntN(len(all))]
	now := c.look()
	c.note("before %s: %s", before, a.name)
	err := c.server.Edit(c.id, func(p *sheetstest.Person) {
		a.do(&chaosPerson{Person: p, Rand: c.Rand, team: c.team, now: now})
	})
	if err != nil {
		c.fail("%s: %v", a.name, err)
	}
}

// lookMask names what the test looks at.
const lookMask = "namedRanges,developerMetadata,sheets(properties(sheetId,title,hidden),conditionalFormats,protectedRanges(protectedRangeId)," +
	"developerMetadata,data/rowData/values(userEnteredValue,formattedValue))"

// look returns what stands in the spreadsheet.
func (c *chaos) look() *sheets.Spreadsheet {
	c.t.Helper()
	s, err := c.harness.Spreadsheets.Get(c.id).Fields(lookMask).Context(c.t.Context()).Do()
	if err != nil {
		c.fail("look: %v", err)
	}
	return s
}

// fault says what goes wrong with a call: of ten, something with two.
func (c *chaos) fault(call sheetstest.Call) *sheetstest.Fault {
	if c.calm || call.Account == harness {
		return nil
	}
	if c.revoked {
		return &sheetstest.Fault{Status: http.StatusUnauthorized}
	}
	faults := []sheetstest.Fault{
		{Status: http.StatusTooManyRequests},
		{Status: http.StatusTooManyRequests, RetryAfter: 20 * time.Second},
		{Status: http.StatusInternalServerError},
		{Status: http.StatusInternalServerError, Applied: true},
		{Status: http.StatusServiceUnavailable},
		{Status: http.StatusServiceUnavailable, Applied: true},
		{Drop: true},
		{Drop: true, Applied: true},
	}
	n := c.IntN(len(faults) * 6)
	if n >= len(faults) {
		return nil
	}
	c.note("%s: %+v", call.Method, faults[n])
	return &faults[n]
}

// lossy is a way on which a request or an answer sometimes gets lost.
type lossy struct{ *chaos }

func (l lossy) RoundTrip(r *http.Request) (*http.Response, error) {
	lost := -1
	if !l.calm {
		lost = l.IntN(60)
	}
	switch lost {
	case 0:
		l.note("%s: the request gets lost", r.Method)
	case 1:
		l.note("%s: the answer gets lost", r.Method)
		if _, err := l.server.Transport().RoundTrip(r); err != nil {
			return nil, err
		}
	default:
		return l.server.Transport().RoundTrip(r)
	}
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// backend is another process that looks at the spreadsheet.
func (c *chaos) backend() workbook.Backend {
	c.t.Helper()
	b, err := gsheets.Open(c.t.Context(), c.id, gsheets.Options{Client: &http.Client{Transport: lossy{c}}})
	if err != nil {
		c.t.Fatal(err)
	}
	return retry.New(b, retry.Options{})
}

func (c *chaos) run(b workbook.Backend) (run.Result, error) {
	o := c.options
	o.Backend = b
	return run.Run(c.t.Context(), o)
}

// live runs steerco often, and holds what is there against what should be.
func (c *chaos) live() {
	b := c.backend()
	for n := range chaosRuns {
		c.revoked = c.IntN(20) == 0
		_, err := c.run(b)
		c.note("run %d: %v", n, err)
		c.checkError(err)
		c.checkTeam()
		// A process that ended well forgets.
		if err == nil && c.IntN(4) == 0 {
			b = c.backend()
		}
	}
	c.calm, c.revoked = true, false
	c.end(b)
}

// checkError fails unless an error is one that may happen.
func (c *chaos) checkError(err error) {
	c.t.Helper()
	for _, may := range []error{workbook.ErrUnavailable, workbook.ErrDenied, workbook.ErrBusy} {
		if err == nil || errors.Is(err, may) {
			return
		}
	}
	c.fail("got %v", err)
}

// end checks that a quiet run makes everything right, that a further one finds
// nothing to do, and that clean leaves what the team has typed.
func (c *chaos) end(b workbook.Backend) {
	c.t.Helper()
	if _, err := c.run(b); err != nil {
		c.fail("a quiet run: %v", err)
	}
	c.checkTeam()
	for name, other := range map[string]workbook.Backend{"the same": b, "another": c.backend()} {
		r, err := c.run(other)
		if err != nil || r.Written {
			c.fail("a further run by %s process: got %v, changes %v, want none", name, err, r.Changes)
		}
	}
	c.checkOwn(c.fresh())
	if _, err := run.Clean(c.t.Context(), run.CleanOptions{Backend: b}); err != nil {
		c.fail("clean: %v", err)
	}
	c.checkTeam()
	c.checkClean()
}

// fresh makes a spreadsheet of what the team has typed, syncs it, and returns
// what stands there.
func (c *chaos) fresh() *sheets.Spreadsheet {
	c.t.Helper()
	other := &chaos{spreadsheet: c.spreadsheet, Rand: c.Rand, harness: c.harness, calm: true}
	other.id = c.server.Create("plan")
	err := c.server.Edit(other.id, func(p *sheetstest.Person) {
		person := &chaosPerson{Person: p, team: &chaosTeam{}}
		for _, s := range c.team.sheets {
			copied := *s
			copied.rules = nil
			person.addSheet(&copied)
			for row, values := range s.rows {
				for column, v := range values {
					person.put(&copied, row, column, v)
				}
			}
		}
		p.DeleteSheet(p.Sheets()[0])
	})
	if err != nil {
		c.fail("a fresh spreadsheet: %v", err)
	}
	if _, err := c.run(other.backend()); err != nil {
		c.fail("a run over a fresh spreadsheet: %v", err)
	}
	return other.look()
}
