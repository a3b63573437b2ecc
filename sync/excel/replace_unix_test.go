//go:build !windows

package excel

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"steerco/sync/workbook"
)

// TestWhatIsNoFile reads what stands under the name of a workbook and is none:
// it is refused at once, with its mend.
func TestWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	pipe, folder := filepath.Join(dir, "pipe.xlsx"), filepath.Join(dir, "folder.xlsx")
	if err := errors.Join(unix.Mkfifo(pipe, 0o600), os.Mkdir(folder, 0o700)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		pipe:        "pipe.xlsx: refused: it is not a regular file: name the workbook itself",
		folder:      "folder.xlsx: refused: it is a folder: name the workbook in it",
		"/dev/zero": "zero: refused: it is not a regular file: name the workbook itself",
	} {
		b, err := Open(path, Options{})
		if err == nil {
			_, err = b.Read(t.Context())
		}
		if !errors.Is(err, workbook.ErrRefused) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", path, err, want)
		}
	}
}

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
