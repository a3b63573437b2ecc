//go:build !windows

package excel

import (
	"testing"

	"golang.org/x/sys/unix"
)

// TestAttributesStay writes into a file with an extended attribute.
func TestAttributesStay(t *testing.T) {
	f := fileWith(t, team(t))
	const name, want = "user.steerco.test", "kept"
	if err := unix.Setxattr(f.path, name, []byte(want), 0); err != nil {
		t.Skipf("this file system has no extended attributes: %v", err)
	}
	mustApply(t, f.backend, small("first"))
	got := make([]byte, 100)
	n, err := unix.Getxattr(f.path, name, got)
	if err != nil || string(got[:n]) != want {
		t.Errorf("got %q (%v), want %q", got[:max(n, 0)], err, want)
	}
}
