package pause_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"steerco/sync/pause"
)

func TestFor(t *testing.T) {
	for name, tt := range map[string]struct {
		wait, end, took time.Duration
		err             error
	}{
		"until it is over":       {wait: time.Hour, end: 2 * time.Hour, took: time.Hour},
		"until the context ends": {wait: time.Hour, end: time.Minute, took: time.Minute, err: context.DeadlineExceeded},
		"not at all":             {wait: -time.Hour, end: time.Minute},
		"ended before":           {wait: 0, end: -time.Minute, err: context.DeadlineExceeded},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				ctx, cancel := context.WithTimeout(t.Context(), tt.end)
				defer cancel()
				if err := pause.For(ctx, tt.wait); !errors.Is(err, tt.err) {
					t.Errorf("got %v, want %v", err, tt.err)
				}
				if took := time.Since(start); took != tt.took {
					t.Errorf("got %s, want %s", took, tt.took)
				}
			})
		})
	}
}
