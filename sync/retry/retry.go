// Package retry is a workbook.Backend around another one that waits and tries
// again where that may help. Whether it may is told by the kind of the error
// alone: workbook.ErrUnavailable.
package retry

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"

	"steerco/sync/pause"
	"steerco/sync/workbook"
)

// Options tell how long to go on.
type Options struct {
	// Tries is how often a call is made at most; zero: 8.
	Tries int
	// Total is how long a call may take with all its tries and waits. A try
	// that would begin later isn't made. Zero: 5 minutes.
	Total time.Duration
	// First is about how long the first wait is. Each one after it is twice as
	// long, up to a minute, and up to half as much more or less, so that many
	// don't come back at once. Zero: a second.
	First time.Duration
	// Told hears of each wait before it begins, from the goroutine that waits;
	// nil: nobody does.
	Told func(Wait)
}

// Wait is a wait after a try that failed.
type Wait struct {
	// For is how long.
	For time.Duration
	// Attempt is the number of the try that failed, from 1; Err is why.
	Attempt int
	Err     error
}

const (
	defaultTries = 8
	defaultTotal = 5 * time.Minute
	defaultFirst = time.Second
	// longest is the longest wait, unless the other side asks for more; jitter
	// is the share by which a wait is longer or shorter.
	longest = time.Minute
	jitter  = 0.5
)

// Backend is a backend that tries again. Make it with New.
type Backend struct {
	inner   workbook.Backend
	options Options
}

// New returns b with more patience. What b promises holds; Read and Apply only
// take longer where b fails with workbook.ErrUnavailable. An error that tells
// by a method RetryAfter how long to wait at least is heeded.
//
// Apply is called again with the same changes, also where it isn't known
// whether it took effect: b must find that out.
func New(b workbook.Backend, o Options) *Backend { return &Backend{inner: b, options: o} }

// Read reads the workbook, if need be after some waits.
func (b *Backend) Read(ctx context.Context) (*workbook.Book, error) {
	return Do(ctx, b.options, func() (*workbook.Book, error) { return b.inner.Read(ctx) })
}

// Apply writes the changes, if need be after some waits.
func (b *Backend) Apply(ctx context.Context, c workbook.Changes) (workbook.Version, error) {
	return Do(ctx, b.options, func() (workbook.Version, error) { return b.inner.Apply(ctx, c) })
}

// Do makes a call, and makes it again as a Backend does. The call must bear
// being made again where it isn't known whether it took effect.
func Do[T any](ctx context.Context, o Options, try func() (T, error)) (T, error) {
	o = o.withDefaults()
	start := time.Now()
	waits := &backoff.ExponentialBackOff{
		InitialInterval: o.First, RandomizationFactor: jitter, Multiplier: 2, MaxInterval: longest,
	}
	for attempt := 1; ; attempt++ {
		result, err := try()
		if !errors.Is(err, workbook.ErrUnavailable) {
			return result, err
		}
		if err := ctx.Err(); err != nil {
			return result, err
		}
		wait := max(min(waits.NextBackOff(), longest), askedFor(err))
		if attempt == o.Tries || !endsInTime(ctx, start, wait, o.Total) {
			return result, givenUp(err, attempt, time.Since(start))
		}
		if o.Told != nil {
			o.Told(Wait{For: wait, Attempt: attempt, Err: err})
		}
		if err := pause.For(ctx, wait); err != nil {
			return result, err
		}
	}
}

func (o Options) withDefaults() Options {
	if o.Tries <= 0 {
		o.Tries = defaultTries
	}
	if o.Total <= 0 {
		o.Total = defaultTotal
	}
	if o.First <= 0 {
		o.First = defaultFirst
	}
	return o
}

// askedFor returns how long the other side wants to be left alone.
func askedFor(err error) time.Duration {
	var e interface{ RetryAfter() time.Duration }
	if errors.As(err, &e) {
		return e.RetryAfter()
	}
	return 0
}

// endsInTime reports whether a wait that begins now ends while there is still
// time for a try.
func endsInTime(ctx context.Context, start time.Time, wait, total time.Duration) bool {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
		return false
	}
	return time.Since(start)+wait <= total
}

// givenUp makes of the error of the last try one that tells how much was
// tried. Place and mend stay.
func givenUp(err error, attempts int, took time.Duration) error {
	if attempts == 1 {
		return err
	}
	tried := func(err error) error {
		return fmt.Errorf("%w, %d times within %s", err, attempts, took.Round(time.Second))
	}
	var last *workbook.Error
	if !errors.As(err, &last) {
		return tried(err)
	}
	told := *last
	told.Err = tried(last.Err)
	return &told
}
