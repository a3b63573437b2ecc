// Package pause waits.
package pause

import (
	"context"
	"time"
)

// For waits for a time, or until the context ends; then it returns the
// context's error. A time of zero or less is no wait.
func For(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
