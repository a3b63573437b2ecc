// Package quota keeps the calls of one account within what Google allows a
// minute, whichever of its spreadsheets they are for.
package quota

import (
	"context"
	"sync"
	"time"

	"steerco/sync/pause"
)

// The names of what is limited, as in Wait.What.
const (
	Reads  = "reads"
	Writes = "writes"
)

const (
	// perMinute is what Google allows one account.
	perMinute = 60
	// margin is added to the minute: calls don't take equally long on their
	// way, so that they arrive closer to each other than they were sent.
	margin = time.Second
	window = time.Minute + margin
	// worthTelling is the shortest wait of which Options.Told hears.
	worthTelling = 2 * time.Second
)

// Options tell what an account may do.
type Options struct {
	// Reads and Writes are how many calls of each kind are allowed in any
	// minute; zero: 60, which is what Google allows.
	Reads, Writes int
	// Told hears of each wait of two seconds or more before it begins, from the
	// goroutine that waits; nil: nobody does.
	Told func(Wait)
}

// Wait is a call that waits for its turn.
type Wait struct {
	// For is how long, as far as can be foreseen.
	For time.Duration
	// What is Reads or Writes, Limit how many of them are allowed in a minute.
	What  string
	Limit int
}

// Bucket is the quota of one account. Nil and the zero value allow everything;
// make one that doesn't with New. It may be used from several goroutines.
type Bucket struct{ reads, writes *lane }

// New returns a bucket from which nothing was taken yet.
func New(o Options) *Bucket {
	return &Bucket{reads: newLane(Reads, o.Reads, o.Told), writes: newLane(Writes, o.Writes, o.Told)}
}

// Read waits until a reading call may be sent: after those that asked before,
// and never more of them in any minute than allowed. It returns the context's
// error when that ends first; then nothing was taken.
func (b *Bucket) Read(ctx context.Context) error {
	if b == nil {
		return ctx.Err()
	}
	return b.reads.take(ctx)
}

// Write waits until a writing call may be sent, as Read.
func (b *Bucket) Write(ctx context.Context) error {
	if b == nil {
		return ctx.Err()
	}
	return b.writes.take(ctx)
}

// lane is the queue for one kind of calls.
type lane struct {
	what string
	told func(Wait)
	// turn is held by the first of the queue. Those behind it wait for it in
	// the order in which they came.
	turn chan struct{}

	mu sync.Mutex
	// sent is when the last calls were sent, as a ring; next is the oldest of
	// them.
	sent []time.Time
	next int
	// queued is how many wait, the first one included.
	queued int
}

func newLane(what string, limit int, told func(Wait)) *lane {
	if limit <= 0 {
		limit = perMinute
	}
	return &lane{what: what, told: told, turn: make(chan struct{}, 1), sent: make([]time.Time, limit)}
}

func (l *lane) take(ctx context.Context) error {
	if err := ctx.Err(); l == nil || err != nil {
		return err
	}
	before := l.waiting(1) - 1
	defer l.waiting(-1)
	if wait := l.free(before); wait >= worthTelling && l.told != nil {
		l.told(Wait{For: wait, What: l.what, Limit: len(l.sent)})
	}
	select {
	case l.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-l.turn }()
	if err := pause.For(ctx, l.free(0)); err != nil {
		return err
	}
	l.record()
	return nil
}

// waiting changes the number of those that wait, and returns it.
func (l *lane) waiting(change int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queued += change
	return l.queued
}

// free returns how long it is until a call can be sent before which so many
// others are sent.
func (l *lane) free(before int) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	round, place := before/len(l.sent), before%len(l.sent)
	first := l.sent[(l.next+place)%len(l.sent)].Add(window)
	return max(time.Until(first), 0) + time.Duration(round)*window
}

func (l *lane) record() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sent[l.next] = time.Now()
	l.next = (l.next + 1) % len(l.sent)
}
