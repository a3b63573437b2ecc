package gsheets_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
)

// crowd counts the calls that are on their way at the same time.
type crowd struct {
	http.RoundTripper
	mu        sync.Mutex
	now, most int
}

func (c *crowd) RoundTrip(r *http.Request) (*http.Response, error) {
	c.count(1)
	defer c.count(-1)
	return slow{c.RoundTripper}.RoundTrip(r)
}

func (c *crowd) count(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now += n
	c.most = max(c.most, c.now)
}

// TestWritesOfOneBackendWaitForEachOther writes from several goroutines: what
// one leaves behind, a batch in doubt or a rule that is to be put back, no
// other one takes up at the same time. Who waits can give up.
func TestWritesOfOneBackendWaitForEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newPlan(t, sheetstest.New(sheetstest.Options{}))
		c := &crowd{RoundTripper: s.server.Transport()}
		b, err := gsheets.Open(t.Context(), s.id, gsheets.Options{Client: &http.Client{Transport: c}})
		if err != nil {
			t.Fatal(err)
		}
		book, err := b.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		changes := workbook.Changes{Base: book.Version, Output: someOutput(book)}
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				if _, err := b.Apply(t.Context(), changes); err != nil && !errors.Is(err, workbook.ErrChanged) {
					t.Error(err)
				}
			})
		}
		all.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			defer cancel()
			if _, err := b.Apply(ctx, changes); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("who gives up: got %v, want %v", err, context.DeadlineExceeded)
			}
		})
		all.Wait()
		if c.most != 1 {
			t.Errorf("calls at the same time: got %d, want 1", c.most)
		}
	})
}
