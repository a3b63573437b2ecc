package gsheets_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"google.golang.org/api/sheets/v4"

	"steerco/rules"
	"steerco/sync/gsheets"
	"steerco/sync/gsheets/quota"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/retry"
	"steerco/sync/run"
	"steerco/sync/workbook"
	"steerco/sync/workbook/workbooktest"
	"steerco/templates"
)

// today is the day of the plan.
var today = workbooktest.LatePlanDay()

// newPlan makes a spreadsheet with small grids.
func newPlan(t *testing.T, server *sheetstest.Server) spreadsheet {
	t.Helper()
	s := spreadsheet{t: t, server: server, id: server.Create("plan")}
	err := server.Edit(s.id, func(p *sheetstest.Person) {
		for i, sheet := range workbooktest.LatePlan() {
			id := int64(i + 1)
			p.Do("addSheet", &sheets.AddSheetRequest{Properties: &sheets.SheetProperties{
				SheetId: id, Title: sheet.Name, GridProperties: &sheets.GridProperties{RowCount: 60, ColumnCount: 12},
			}})
			p.Do("updateCells", fill(id, sheet).UpdateCells)
		}
		p.DeleteSheet(p.Sheets()[0])
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// runOptions are those of a run over a backend.
func runOptions(t testing.TB, b workbook.Backend) run.Options {
	t.Helper()
	drawn, err := templates.Default()
	if err != nil {
		t.Fatal(err)
	}
	return run.Options{Backend: b, Today: today, Rules: rules.All(rules.Options{}), Templates: drawn, Version: "test"}
}

// mend has a person do something to the plan that must be written.
func (s spreadsheet) mend(t *testing.T, percent float64) {
	t.Helper()
	if err := s.server.Edit(s.id, func(p *sheetstest.Person) { p.Set("Plan", 1, 4, percent) }); err != nil {
		t.Error(err)
	}
}

// calls counts reads and writes since a number of calls.
func (s spreadsheet) calls(since int) (reads, writes int) {
	for _, c := range s.server.Calls()[since:] {
		if c.Write {
			writes++
		} else {
			reads++
		}
	}
	return reads, writes
}

func TestCallsOfARun(t *testing.T) {
	s := newPlan(t, sheetstest.New(sheetstest.Options{}))
	var b workbook.Backend
	for _, step := range []struct {
		name          string
		before        func()
		reads, writes int
	}{
		{"first sight", func() { b = s.open(t) }, 3, 1},
		{"unchanged", func() {}, 1, 0},
		{"changed", func() { s.mend(t, 0.6) }, 2, 1},
		{"changed again", func() { s.mend(t, 0.7) }, 2, 1},
		{"unchanged again", func() {}, 1, 0},
		{"unchanged at first sight", func() { b = s.open(t) }, 2, 0},
		{"changed after that", func() { s.mend(t, 0.8) }, 2, 1},
	} {
		step.before()
		since := len(s.server.Calls())
		r, err := run.Run(t.Context(), runOptions(t, b))
		if err != nil || r.Written != (step.writes > 0) {
			t.Fatalf("%s: got %v, written %t", step.name, err, r.Written)
		}
		if reads, writes := s.calls(since); reads != step.reads || writes != step.writes {
			t.Errorf("%s: got %d reads and %d writes, want %d and %d", step.name, reads, writes, step.reads, step.writes)
		}
	}
}

func TestCallsOfADryRunAndOfClean(t *testing.T) {
	s := newPlan(t, sheetstest.New(sheetstest.Options{}))
	b := s.open(t)
	o := runOptions(t, b)
	o.DryRun = true
	since := len(s.server.Calls())
	if _, err := run.Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if reads, writes := s.calls(since); reads != 2 || writes != 0 {
		t.Errorf("dry run at first sight: got %d reads and %d writes, want 2 and 0", reads, writes)
	}
	o.DryRun = false
	if _, err := run.Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	since = len(s.server.Calls())
	if _, err := run.Clean(t.Context(), run.CleanOptions{Backend: b}); err != nil {
		t.Fatal(err)
	}
	if reads, writes := s.calls(since); reads != 2 || writes != 1 {
		t.Errorf("clean: got %d reads and %d writes, want 2 and 1", reads, writes)
	}
}

// TestABatchInDoubtIsSentOnce has the answer to a batch get lost that took
// effect: the next reading tells, and nothing is written again.
func TestABatchInDoubtIsSentOnce(t *testing.T) {
	for name, fault := range map[string]sheetstest.Fault{
		"unavailable": {Status: http.StatusServiceUnavailable, Applied: true},
		"dropped":     {Drop: true, Applied: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				faults := []*sheetstest.Fault{&fault}
				s := newPlan(t, sheetstest.New(sheetstest.Options{Fault: func(c sheetstest.Call) *sheetstest.Fault {
					if !c.Write || len(faults) == 0 {
						return nil
					}
					first := faults[0]
					faults = faults[1:]
					return first
				}}))
				r, err := run.Run(t.Context(), runOptions(t, retry.New(s.open(t), retry.Options{})))
				if err != nil || !r.Written {
					t.Fatalf("got %v, written %t, want it written", err, r.Written)
				}
				if reads, writes := s.calls(0); reads != 4 || writes != 1 {
					t.Errorf("got %d reads and %d writes, want 4 and 1", reads, writes)
				}
			})
		})
	}
}

// account is many plans that share what one account may ask.
type account struct {
	server *sheetstest.Server
	plans  []spreadsheet
	// runs counts those of each plan; waits are how long each took.
	runs  []int
	waits []time.Duration
	mu    sync.Mutex
}

// TestAHundredPlansOfOneAccount has somebody mend each plan as soon as it was
// synced, for ten minutes; with the race detector it is less of both. The calls
// need different times on their way.
func TestAHundredPlansOfOneAccount(t *testing.T) {
	plans, minutes := 100, 10
	if raced {
		plans, minutes = 30, 3
	}
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, plans)
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(minutes)*time.Minute)
		defer cancel()
		bucket := quota.New(quota.Options{})
		var all sync.WaitGroup
		for i := range a.plans {
			all.Go(func() { a.follow(t, ctx, i, bucket) })
		}
		all.Wait()
		reads, writes := a.check(t)
		if least := 60 * minutes * 90 / 100; reads < least {
			t.Errorf("reads: got %d in %d minutes, want at least %d: they bind, as each write needs two", reads, minutes, least)
		}
		t.Logf("%d reads (%d %% of what is allowed) and %d writes (%d %%)", reads, reads*100/60/minutes, writes, writes*100/60/minutes)
		least, most := slices.Min(a.runs), slices.Max(a.runs)
		t.Logf("%d to %d runs of each plan; the longest took %s", least, most, slices.Max(a.waits).Round(time.Second))
		if least == 0 || most-least > 3 {
			t.Errorf("runs of a plan: got %d to %d, want them shared out", least, most)
		}
	})
}

func newAccount(t *testing.T, plans int) *account {
	t.Helper()
	a := &account{server: sheetstest.New(sheetstest.Options{Now: time.Now, Quota: sheetstest.Quota{Reads: 60, Writes: 60}})}
	for range plans {
		a.plans = append(a.plans, newPlan(t, a.server))
	}
	a.runs = make([]int, plans)
	return a
}

// follow syncs a plan whenever it was mended.
func (a *account) follow(t *testing.T, ctx context.Context, i int, bucket *quota.Bucket) {
	s := a.plans[i]
	b, err := gsheets.Open(ctx, s.id, gsheets.Options{Client: &http.Client{Transport: slow{a.server.Transport()}}, Quota: bucket})
	if err != nil {
		t.Error(err)
		return
	}
	o := runOptions(t, retry.New(b, retry.Options{}))
	for n := range 1000 {
		s.mend(t, float64(n%90)/100)
		start := time.Now()
		if _, err := run.Run(ctx, o); err != nil {
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("plan %d: %v", i, err)
			}
			return
		}
		a.mu.Lock()
		a.runs[i]++
		a.waits = append(a.waits, time.Since(start))
		a.mu.Unlock()
	}
}

// check fails where a call was refused, and counts the others.
func (a *account) check(t *testing.T) (reads, writes int) {
	t.Helper()
	for _, c := range a.server.Calls() {
		switch {
		case c.Status == http.StatusTooManyRequests:
			t.Errorf("a call at %s was one too many", c.At)
		case c.Write:
			writes++
		default:
			reads++
		}
	}
	return reads, writes
}

// slow is a way to Google that takes up to a second.
type slow struct{ http.RoundTripper }

func (s slow) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case <-time.After(time.Duration(50+rand.IntN(900)) * time.Millisecond):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	return s.RoundTripper.RoundTrip(r)
}
