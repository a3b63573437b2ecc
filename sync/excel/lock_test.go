package excel

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"steerco/sync/workbook"
)

// TestWritersTakeTurns lets several writers loose on one workbook: one wins
// from each version, the others are told that it changed.
func TestWritersTakeTurns(t *testing.T) {
	source := team(t)
	f := fileWith(t, source)
	state := t.TempDir()
	const writers = 6
	results := make([]error, writers)
	var wait sync.WaitGroup
	for i := range writers {
		wait.Go(func() {
			b, err := Open(f.path, Options{StateDir: state})
			if err == nil {
				_, err = b.Apply(t.Context(), workbook.Changes{Base: version(source), Output: small("first")})
			}
			results[i] = err
		})
	}
	wait.Wait()
	won := 0
	for _, err := range results {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, workbook.ErrChanged):
			t.Errorf("got %v, want %v", err, workbook.ErrChanged)
		}
	}
	if won != 1 {
		t.Errorf("got %d writers that wrote, want 1", won)
	}
	if left := workbook.Compare(f.read(t).Own, small("first")); len(left) > 0 {
		t.Errorf("still to do: %v", left)
	}
}

// TestLockIsWaitedFor cancels while another holds the lock, and takes it when
// it is free.
func TestLockIsWaitedFor(t *testing.T) {
	state := t.TempDir()
	unlock, err := lockWorkbook(t.Context(), state, "../plan")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*lockInterval)
	defer cancel()
	if _, err := lockWorkbook(ctx, state, "../plan"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want it to wait until the end", err)
	}
	other, err := lockWorkbook(t.Context(), state, "another plan")
	if err != nil {
		t.Fatal(err)
	}
	other()
	unlock()
	again, err := lockWorkbook(t.Context(), state, "../plan")
	if err != nil {
		t.Fatal(err)
	}
	again()
	files, err := os.ReadDir(filepath.Join(state, "locks"))
	if err != nil || len(files) != 2 {
		t.Errorf("got %v (%v), want two locks in their folder", files, err)
	}
}
