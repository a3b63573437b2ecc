package quota_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"steerco/sync/gsheets/quota"
)

// mostIn returns the largest number of times within any span.
func mostIn(times []time.Time, span time.Duration) int {
	slices.SortFunc(times, time.Time.Compare)
	most, first := 0, 0
	for i, at := range times {
		for at.Sub(times[first]) >= span {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

// TestNeverMoreThanAllowedInAnyMinute lets callers come at random, some of
// which give up, and looks at all minutes, also those that begin in between.
func TestNeverMoreThanAllowedInAnyMinute(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		limit := rapid.IntRange(1, 70).Draw(rt, "limit")
		pauses := rapid.SliceOfN(rapid.IntRange(0, 5000), 1, 200).Draw(rt, "pauses")
		patience := rapid.IntRange(1, 400).Draw(rt, "patience")
		synctest.Test(t, func(t *testing.T) {
			var sent []time.Time
			var mu sync.Mutex
			var all sync.WaitGroup
			b := quota.New(quota.Options{Reads: limit})
			for i, p := range pauses {
				<-time.After(time.Duration(p) * time.Millisecond)
				all.Go(func() {
					ctx, cancel := context.WithTimeout(t.Context(), time.Duration(patience+i)*time.Second)
					defer cancel()
					if b.Read(ctx) == nil {
						mu.Lock()
						defer mu.Unlock()
						sent = append(sent, time.Now())
					}
				})
			}
			all.Wait()
			if got := mostIn(sent, time.Minute); got > limit {
				t.Errorf("in one minute: got %d calls, want at most %d", got, limit)
			}
		})
	})
}

func TestUsesWhatIsAllowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := quota.New(quota.Options{})
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		var calls int
		for b.Write(ctx) == nil {
			calls++
		}
		if want := 600 * 98 / 100; calls < want || calls > 600 {
			t.Errorf("in ten minutes: got %d calls, want %d to 600", calls, want)
		}
	})
}

func TestReadsAndWritesAreCountedApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := quota.New(quota.Options{Reads: 2, Writes: 1})
		start := time.Now()
		for _, take := range []func(context.Context) error{b.Read, b.Write, b.Read} {
			if err := take(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("two reads and a write: got %s, want no wait", took)
		}
		if err := b.Write(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took < time.Minute || took > 62*time.Second {
			t.Errorf("the second write: got after %s, want a minute", took)
		}
	})
}

// TestNobodyIsLeftWaiting has a hundred plans make one call after the other:
// the last of the queue waits for two minutes, whoever hurries.
func TestNobodyIsLeftWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := quota.New(quota.Options{})
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Minute)
		defer cancel()
		waits := make([][]time.Duration, 100)
		var all sync.WaitGroup
		for i := range waits {
			all.Go(func() {
				for start := time.Now(); b.Read(ctx) == nil; start = time.Now() {
					waits[i] = append(waits[i], time.Since(start))
					<-time.After(time.Duration(i+1) * time.Millisecond)
				}
			})
		}
		all.Wait()
		for i, w := range waits {
			if longest := slices.Max(w); longest > 2*62*time.Second {
				t.Errorf("plan %d: waited for %s, want two minutes at most", i, longest)
			}
		}
	})
}

func TestOrderOfArrival(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := quota.New(quota.Options{Reads: 3})
		var got []int
		var mu sync.Mutex
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				if err := b.Read(t.Context()); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				got = append(got, i)
			})
			synctest.Wait()
		}
		all.Wait()
		if !slices.IsSorted(got) {
			t.Errorf("order: got %v, want that of arrival", got)
		}
	})
}

func TestWaitsAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told []quota.Wait
		b := quota.New(quota.Options{Writes: 2, Told: func(w quota.Wait) { told = append(told, w) }})
		for range 2 {
			if err := b.Write(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if len(told) > 0 {
			t.Errorf("told without a wait: got %v", told)
		}
		start := time.Now()
		var all sync.WaitGroup
		var took []time.Duration
		var mu sync.Mutex
		for range 5 {
			all.Go(func() {
				if err := b.Write(t.Context()); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				took = append(took, time.Since(start))
			})
			synctest.Wait()
		}
		all.Wait()
		if len(told) != len(took) {
			t.Fatalf("told: got %d waits, want %d", len(told), len(took))
		}
		for i, w := range told {
			if w.For != took[i] || w.What != quota.Writes || w.Limit != 2 {
				t.Errorf("wait %d: got %+v, want %s for 2 %s", i, w, took[i], quota.Writes)
			}
		}
	})
}

func TestGivingUpTakesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := quota.New(quota.Options{Reads: 1})
		if err := b.Read(t.Context()); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		for _, patience := range []time.Duration{time.Second, 30 * time.Second} {
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			if err := b.Read(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
			}
			cancel()
		}
		if err := b.Read(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took > 62*time.Second {
			t.Errorf("after two that gave up: got %s, want a minute", took)
		}
	})
}

func TestEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, b := range map[string]*quota.Bucket{"nil": nil, "zero": {}, "made": quota.New(quota.Options{})} {
		if err := b.Read(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, read: got %v, want %v", name, err, context.Canceled)
		}
		if err := b.Write(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, write: got %v, want %v", name, err, context.Canceled)
		}
	}
}

func TestWithoutLimit(t *testing.T) {
	for name, b := range map[string]*quota.Bucket{"nil": nil, "zero": {}} {
		for range 1000 {
			take := b.Read
			if rand.IntN(2) == 0 {
				take = b.Write
			}
			if err := take(t.Context()); err != nil {
				t.Fatalf("%s: got %v, want none", name, err)
			}
		}
	}
}
