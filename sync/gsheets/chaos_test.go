package gsheets_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"google.golang.org/api/option"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/run"
	"steerco/sync/workbook"
	"steerco/sync/workbook/workbooktest"
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
	// processes counts those that were started; turns orders their calls.
	processes int
	turns     turns
	// emptied and inTheWay mean that at some time since the run has begun there
	// was no task, or that there may have been a sheet of the team's where a tab
	// was to stand.
	emptied, inTheWay bool
	// past is what people can go back to.
	past []moment
	// story is what happened, a line each.
	story []string
}

func newChaos(t *testing.T, seed uint64) *chaos {
	t.Helper()
	c := &chaos{Rand: rand.New(rand.NewPCG(seed, 1)), team: &chaosTeam{}, options: runOptions(t, nil)}
	server := sheetstest.New(sheetstest.Options{Now: time.Now, Before: c.before, Fault: c.fault, Semicolons: true})
	c.spreadsheet = spreadsheet{t: t, server: server, id: server.Create("plan")}
	var err error
	c.harness, err = sheets.NewService(t.Context(), option.WithHTTPClient(&http.Client{Transport: signedIn{harness, server.Transport()}}))
	if err != nil {
		t.Fatal(err)
	}
	err = server.Edit(c.id, func(p *sheetstest.Person) {
		person := &chaosPerson{Person: p, Rand: c.Rand, team: c.team}
		person.start(workbooktest.LatePlan())
		p.DeleteSheet(p.Sheets()[0])
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// moment is a state of the spreadsheet, and of what the team has typed.
type moment struct {
	restore func()
	team    *chaosTeam
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
	now := c.look()
	c.keep(now)
	defer c.notice()
	if c.IntN(30) == 0 && c.undo(now) {
		return
	}
	all := typing()
	switch c.IntN(12) {
	case 0, 1, 2:
		all = arranging()
	case 3, 4, 5:
		all = restructuring()
	case 6, 7:
		all = meddling()
	}
	a := all[c.IntN(len(all))]
	c.note("before %s: %s", before, a.name)
	err := c.server.Edit(c.id, func(p *sheetstest.Person) {
		a.do(&chaosPerson{Person: p, Rand: c.Rand, team: c.team, now: now})
	})
	if err != nil {
		c.fail("%s: %v", a.name, err)
	}
}

// keep keeps the state for those who want it back, if all of the team's is
// there.
func (c *chaos) keep(now *sheets.Spreadsheet) {
	if !c.isWhole(now) {
		return
	}
	restore, err := c.server.Keep(c.id)
	if err != nil {
		c.t.Fatal(err)
	}
	c.past = append(c.past, moment{restore, c.team.clone()})
	c.past = c.past[max(0, len(c.past)-stepsBack-1):]
}

// stepsBack is how far people go back.
const stepsBack = 3

// undo brings the state of some steps ago back, with all that was steerco's at
// that time. People look first whether something of theirs is on its way.
func (c *chaos) undo(now *sheets.Spreadsheet) bool {
	if len(c.past) <= stepsBack || !c.isWhole(now) {
		return false
	}
	c.note("the state of %d steps ago comes back", stepsBack)
	c.past[0].restore()
	made, noted := c.team.made, c.team.noted
	c.team = c.past[0].team
	c.team.made, c.team.noted = made, c.team.noted || noted
	c.past = nil
	return true
}

// isWhole reports whether the team's rules are all in their places.
func (c *chaos) isWhole(now *sheets.Spreadsheet) bool {
	p := &chaosPerson{now: now}
	return !slices.ContainsFunc(c.team.sheets, func(s *teamSheet) bool {
		_, ok := p.rules(s)
		return !ok
	})
}

// lookMask names what the test looks at.
const lookMask = "namedRanges,developerMetadata,sheets(properties(sheetId,title,hidden,gridProperties(rowCount,columnCount)),merges,conditionalFormats,protectedRanges(protectedRangeId)," +
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

// live runs steerco often, and holds what is there against what should be.
func (c *chaos) live() {
	p := c.start()
	for n := 0; n < chaosRuns; n++ {
		c.revoked, c.emptied, c.inTheWay = c.IntN(20) == 0, false, false
		c.notice()
		if c.IntN(4) == 0 {
			other := c.start()
			errs := c.atOnce([2]*process{p, other}, [2]job{c.job(), c.job()})
			c.note("runs %d and %d by %d and %d: %v; %v", n, n+1, p.name, other.name, errs[0], errs[1])
			c.checkRun(p, errs[0])
			c.checkRun(other, errs[1])
			n++
		} else {
			_, err := p.do(c.job())
			c.note("run %d by %d: %v", n, p.name, err)
			c.checkRun(p, err)
		}
		if p.killed || c.IntN(6) == 0 {
			p = c.start()
		}
	}
	c.calm, c.revoked = true, false
	c.end(p)
}

// job returns what a process does next.
func (c *chaos) job() job {
	if c.IntN(12) == 0 {
		c.note("the next one cleans")
		return c.clean
	}
	return c.sync
}

// checkRun checks what may have become of a run.
func (c *chaos) checkRun(p *process, err error) {
	c.t.Helper()
	switch {
	case err == nil, p.killed && errors.Is(err, context.Canceled):
	case errors.Is(err, workbook.ErrNameTaken) && c.inTheWay:
	case c.emptied, isAmbiguous(err):
	case errors.Is(err, workbook.ErrUnavailable), errors.Is(err, workbook.ErrDenied), errors.Is(err, workbook.ErrBusy):
	default:
		c.fail("got %v", err)
	}
	c.checkTeam(err == nil)
}

// notice remembers why a run may fail.
func (c *chaos) notice() {
	c.emptied = c.emptied || c.hasNoTasks()
	c.inTheWay = c.inTheWay || c.team.noted || c.team.titled("Summary") != nil || c.team.titled("Committee") != nil
}

func (c *chaos) hasNoTasks() bool {
	i := slices.IndexFunc(c.team.sheets, func(s *teamSheet) bool { return s.plan })
	return !slices.ContainsFunc(c.team.sheets[i].rows[1:], func(row []any) bool { return idOf(row) != "~" })
}

// end checks that a quiet run makes everything right, that a further one finds
// nothing to do, that clean leaves what the team has typed, and that all of
// steerco's comes back as it was.
func (c *chaos) end(p *process) {
	c.t.Helper()
	c.tidy()
	_, err := p.do(c.sync)
	if isAmbiguous(err) {
		c.deleteCopies()
		_, err = p.do(c.sync)
	}
	if err != nil {
		c.fail("a quiet run: %v", err)
	}
	c.checkTeam(true)
	c.checkQuiet(p)
	before := c.ownLines(c.look())
	if _, err := p.do(c.clean); err != nil {
		c.fail("clean: %v", err)
	}
	c.checkTeam(true)
	c.checkClean()
	if _, err := c.start().do(c.sync); err != nil {
		c.fail("a run after clean: %v", err)
	}
	c.checkOwn(before)
}

// checkQuiet fails unless further runs find nothing to do.
func (c *chaos) checkQuiet(p *process) {
	c.t.Helper()
	for name, other := range map[string]*process{"the same": p, "another": c.start()} {
		r, err := other.do(c.sync)
		if err != nil || r.Written {
			c.fail("a further run by %s process: got %v, changes %v, want none", name, err, r.Changes)
		}
	}
}

// tidy has people mend what steerco has told them.
func (c *chaos) tidy() {
	now := c.look()
	err := c.server.Edit(c.id, func(p *sheetstest.Person) {
		person := &chaosPerson{Person: p, Rand: c.Rand, team: c.team, now: now}
		if c.team.noted {
			person.deleteOrphans()
		}
		for _, title := range []string{"Summary", "Committee"} {
			if s := c.team.titled(title); s != nil {
				s.title = fmt.Sprintf("Ours %d", c.team.next())
				p.RenameSheet(title, s.title)
			}
		}
		if c.hasNoTasks() {
			person.task(len(person.plan().rows))
		}
	})
	if err != nil {
		c.fail("tidy: %v", err)
	}
}

// isAmbiguous reports whether a run doesn't know which sheet is the plan:
// somebody has copied it. There is no other kind of such an error.
func isAmbiguous(err error) bool {
	return err != nil && strings.Contains(err.Error(), "could each be the plan")
}

// deleteCopies deletes the copies of the team's sheets.
func (c *chaos) deleteCopies() {
	err := c.server.Edit(c.id, func(p *sheetstest.Person) {
		c.team.sheets = slices.DeleteFunc(c.team.sheets, func(s *teamSheet) bool {
			if s.copied {
				p.DeleteSheet(s.title)
			}
			return s.copied
		})
	})
	if err != nil {
		c.fail("delete copies: %v", err)
	}
}
