package retry_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"steerco/sync/memory"
	"steerco/sync/memory/memorytest"
	"steerco/sync/retry"
	"steerco/sync/workbook"
	"steerco/sync/workbook/workbooktest"
)

// flaky fails with these errors, one after the other, before it does what it
// is asked for. A nil error lets one call through.
type flaky struct {
	workbook.Backend
	errs []error
	// applied are the changes of each Apply, calls the times of all calls.
	applied []workbook.Changes
	calls   []time.Time
}

func (f *flaky) fail() error {
	f.calls = append(f.calls, time.Now())
	if len(f.errs) == 0 {
		return nil
	}
	err := f.errs[0]
	f.errs = f.errs[1:]
	return err
}

func (f *flaky) Read(ctx context.Context) (*workbook.Book, error) {
	if err := f.fail(); err != nil {
		return nil, err
	}
	return f.Backend.Read(ctx)
}

func (f *flaky) Apply(ctx context.Context, c workbook.Changes) (workbook.Version, error) {
	f.applied = append(f.applied, c)
	if err := f.fail(); err != nil {
		return "", err
	}
	return f.Backend.Apply(ctx, c)
}

func newFlaky(errs ...error) *flaky {
	book := workbooktest.Book(workbooktest.Sheet{Name: "Plan", Rows: [][]any{{"T1"}}})
	return &flaky{Backend: memory.From(book), errs: errs}
}

func unavailable() error {
	return &workbook.Error{Workbook: "plan", Err: workbook.ErrUnavailable, Fix: "try again later"}
}

// pausing asks to be left alone for a while.
type pausing time.Duration

func (p pausing) Error() string             { return "too much at once" }
func (p pausing) Unwrap() error             { return workbook.ErrUnavailable }
func (p pausing) RetryAfter() time.Duration { return time.Duration(p) }

func always(err error) []error { return slices.Repeat([]error{err}, 100) }

func TestTriesAgainByKind(t *testing.T) {
	other := &workbook.Error{Workbook: "plan", Err: errors.New("odd")}
	for name, tt := range map[string]struct {
		errs  []error
		calls int
		want  error
	}{
		"no failure":                 {nil, 1, nil},
		"one":                        {[]error{unavailable()}, 2, nil},
		"several":                    {slices.Repeat([]error{unavailable()}, 5), 6, nil},
		"always":                     {always(unavailable()), 8, workbook.ErrUnavailable},
		"denied":                     {[]error{workbook.ErrDenied}, 1, workbook.ErrDenied},
		"denied after unavailable":   {[]error{unavailable(), workbook.ErrDenied}, 2, workbook.ErrDenied},
		"somebody else has saved":    {[]error{workbook.ErrChanged}, 1, workbook.ErrChanged},
		"something else":             {[]error{other}, 1, other},
		"asked to wait":              {[]error{pausing(time.Minute)}, 2, nil},
		"asked to wait for too long": {[]error{pausing(time.Hour)}, 1, workbook.ErrUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFlaky(tt.errs...)
				_, err := retry.New(f, retry.Options{}).Read(t.Context())
				if !errors.Is(err, tt.want) || len(f.calls) != tt.calls {
					t.Errorf("read: got %v after %d calls, want %v after %d", err, len(f.calls), tt.want, tt.calls)
				}
				f = newFlaky(tt.errs...)
				_, err = retry.New(f, retry.Options{}).Apply(t.Context(), workbook.Changes{Base: "v"})
				if !errors.Is(err, tt.want) || len(f.calls) != tt.calls {
					t.Errorf("apply: got %v after %d calls, want %v after %d", err, len(f.calls), tt.want, tt.calls)
				}
			})
		})
	}
}

func TestAppliesTheSameChangesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFlaky(unavailable(), unavailable())
		want := workbook.Changes{Base: "v", Output: workbook.Output{ID: "id", Keys: []string{"k"}}}
		if _, err := retry.New(f, retry.Options{}).Apply(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		if len(f.applied) != 3 {
			t.Fatalf("got %d tries, want 3", len(f.applied))
		}
		for _, got := range f.applied {
			if got.Base != want.Base || got.Output.ID != want.Output.ID || !slices.Equal(got.Output.Keys, want.Output.Keys) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		}
	})
}

// TestWaitsGrow looks at many series of waits: each lies around the double of
// the one before, up to a minute.
func TestWaitsGrow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		jittered := map[time.Duration]bool{}
		for range 50 {
			f := newFlaky(always(unavailable())...)
			var told []retry.Wait
			o := retry.Options{Tries: 10, Total: time.Hour, Told: func(w retry.Wait) { told = append(told, w) }}
			if _, err := retry.New(f, o).Read(t.Context()); err == nil {
				t.Fatal("got no error")
			}
			if len(told) != 9 {
				t.Fatalf("told: got %d waits, want 9", len(told))
			}
			for i, w := range told {
				about := min(time.Second<<i, time.Minute)
				if w.For < about/2 || w.For > min(about*3/2, time.Minute) {
					t.Errorf("wait %d: got %s, want about %s", i+1, w.For, about)
				}
				if passed := f.calls[i+1].Sub(f.calls[i]); w.For != passed || w.Attempt != i+1 || !errors.Is(w.Err, workbook.ErrUnavailable) {
					t.Errorf("wait %d: got told %+v, but %s passed", i+1, w, passed)
				}
			}
			jittered[told[0].For] = true
		}
		if len(jittered) < 40 {
			t.Errorf("first waits: got %d different ones of 50, want them scattered", len(jittered))
		}
	})
}

func TestWaitsAsLongAsAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFlaky(&workbook.Error{Workbook: "plan", Err: pausing(70 * time.Second)})
		if _, err := retry.New(f, retry.Options{}).Read(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := f.calls[1].Sub(f.calls[0]); got != 70*time.Second {
			t.Errorf("wait: got %s, want 70s", got)
		}
	})
}

func TestBounds(t *testing.T) {
	for name, tt := range map[string]struct {
		options  retry.Options
		deadline time.Duration
		most     time.Duration
		calls    int
	}{
		"tries":           {options: retry.Options{Tries: 3}, most: 5 * time.Second, calls: 3},
		"one try":         {options: retry.Options{Tries: 1}, calls: 1},
		"total":           {options: retry.Options{Tries: 1000, Total: 20 * time.Second}, most: 20 * time.Second},
		"the context's":   {deadline: 10 * time.Second, most: 10 * time.Second},
		"no time at all":  {deadline: time.Millisecond, calls: 1},
		"shorter waits":   {options: retry.Options{Tries: 4, First: time.Millisecond}, most: 12 * time.Millisecond, calls: 4},
		"as long as told": {most: 5 * time.Minute, calls: 8},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx := t.Context()
				if tt.deadline > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, tt.deadline)
					defer cancel()
				}
				f := newFlaky(always(unavailable())...)
				start := time.Now()
				_, err := retry.New(f, tt.options).Read(ctx)
				if !errors.Is(err, workbook.ErrUnavailable) {
					t.Errorf("got %v, want %v", err, workbook.ErrUnavailable)
				}
				if took := time.Since(start); took > tt.most || tt.calls > 0 && len(f.calls) != tt.calls {
					t.Errorf("got %d calls in %s, want %d in at most %s", len(f.calls), took, tt.calls, tt.most)
				}
			})
		})
	}
}

func TestGivenUpTellsHowMuchWasTried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := retry.New(newFlaky(always(unavailable())...), retry.Options{Tries: 3}).Read(t.Context())
		var e *workbook.Error
		if !errors.As(err, &e) || e.Workbook != "plan" || e.Fix != "try again later" {
			t.Fatalf("got %#v, want place and mend of the last error", err)
		}
		if got := err.Error(); !strings.HasPrefix(got, "plan: not available for now, 3 times within ") {
			t.Errorf("got %q", got)
		}
	})
}

func TestStopsAtOnceWhenTheContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		f := newFlaky(always(pausing(time.Minute))...)
		start := time.Now()
		time.AfterFunc(10*time.Second, cancel)
		_, err := retry.New(f, retry.Options{}).Read(ctx)
		if took := time.Since(start); !errors.Is(err, context.Canceled) || took != 10*time.Second || len(f.calls) != 1 {
			t.Errorf("got %v after %s and %d calls, want %v after 10s and 1", err, took, len(f.calls), context.Canceled)
		}
	})
}

func TestContract(t *testing.T) {
	workbooktest.Suite{New: newPatient, Missing: func(*testing.T) workbook.Backend {
		gone := &workbook.Error{Workbook: "gone", Err: workbook.ErrNotFound}
		return retry.New(newFlaky(always(gone)...), retry.Options{})
	}}.Run(t)
}

// moody fails at every second call.
type moody struct {
	inner workbook.Backend
	calls atomic.Int64
}

func (m *moody) Read(ctx context.Context) (*workbook.Book, error) {
	if m.calls.Add(1)%2 == 1 {
		return nil, unavailable()
	}
	return m.inner.Read(ctx)
}

func (m *moody) Apply(ctx context.Context, c workbook.Changes) (workbook.Version, error) {
	if m.calls.Add(1)%2 == 1 {
		return "", unavailable()
	}
	return m.inner.Apply(ctx, c)
}

func newPatient(t *testing.T, sheets []workbooktest.Sheet) workbooktest.Subject {
	t.Helper()
	subject := memorytest.New(t, sheets)
	moody := &moody{inner: subject.Backend}
	patient := func() workbook.Backend {
		return retry.New(moody, retry.Options{First: time.Microsecond, Tries: 1000})
	}
	subject.Backend = patient()
	subject.Reopen = func(*testing.T) workbook.Backend { return patient() }
	return subject
}
