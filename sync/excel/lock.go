package excel

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"steerco/sync/workbook"
)

// How long a writer waits for another one of steerco's, and how often it
// looks.
const (
	lockPatience = 30 * time.Second
	lockInterval = 25 * time.Millisecond
)

// errHeld means that another process holds the lock.
var errHeld = errors.New("another run of steerco is writing to it")

// lockWorkbook takes the lock under which all of steerco's processes on this
// machine write to a workbook. It is held by the operating system, so that it
// goes with the process. The caller calls unlock. Without a folder there is
// no lock.
func lockWorkbook(ctx context.Context, stateDir, id string) (unlock func(), err error) {
	if stateDir == "" {
		return func() {}, nil
	}
	dir := filepath.Join(stateDir, "locks")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, lockError("make the folder of locks", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, lockName(id)), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, lockError("open the lock", err)
	}
	if err := waitForLock(ctx, f); err != nil {
		f.Close()
		return nil, err
	}
	// Closing gives the lock back. The file stays: to remove it would let two
	// processes lock different files of one name.
	return func() { f.Close() }, nil
}

// lockError says what keeps the lock from being taken.
func lockError(what string, err error) error {
	return &workbook.Error{
		Err: fmt.Errorf("%s: %w", what, err), Fix: "set XDG_STATE_HOME to a folder in which you may write",
	}
}

func waitForLock(ctx context.Context, f *os.File) error {
	ctx, cancel := context.WithTimeoutCause(ctx, lockPatience, fmt.Errorf("%w: %w", workbook.ErrBusy, errHeld))
	defer cancel()
	tick := time.NewTicker(lockInterval)
	defer tick.Stop()
	for {
		held, err := tryLock(f)
		if err != nil {
			return lockError("take the lock", err)
		}
		if held {
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-tick.C:
		}
	}
}

// lockName returns the file name of a lock. An identity is stored where people
// can edit it, so it is not taken as a path.
func lockName(id string) string { return hash([]byte(id))[:32] }
