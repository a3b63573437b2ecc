//go:build !windows

package excel

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

func hasSeveralNames(t target) bool {
	s, ok := t.info.Sys().(*syscall.Stat_t)
	return ok && s.Nlink > 1
}

// keepProperties gives the new file what the old one had besides its content.
// It returns what can't be kept and matters.
func keepProperties(t target, tmp string) (lost string) {
	if s, ok := t.info.Sys().(*syscall.Stat_t); ok && !hasOwner(tmp, s.Uid, s.Gid) {
		if os.Chown(tmp, int(s.Uid), int(s.Gid)) != nil {
			lost = "the file's owner could not be kept: it belongs now to the user steerco runs as"
			if os.Chown(tmp, -1, int(s.Gid)) != nil {
				lost = "the file's owner and group could not be kept: it belongs now to the user steerco runs as"
			}
		}
	}
	copyAttributes(t.path, tmp)
	// Last, since a change of the owner takes rights away.
	if err := os.Chmod(tmp, t.info.Mode().Perm()); err != nil {
		lost = "the file's rights could not be kept"
	}
	return lost
}

func hasOwner(path string, uid, gid uint32) bool {
	info, err := os.Lstat(path)
	if err != nil {
		return false
	}
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && s.Uid == uid && s.Gid == gid
}

// mostAttribute is how large a list of attributes, or the value of one, may
// be.
const mostAttribute = 64 << 10

// copyAttributes copies extended attributes, access lists among them, as far
// as the system allows it.
func copyAttributes(from, to string) {
	buf := make([]byte, mostAttribute)
	n, err := unix.Llistxattr(from, buf)
	if err != nil {
		return
	}
	value := make([]byte, mostAttribute)
	for name := range strings.SplitSeq(strings.TrimRight(string(buf[:n]), "\x00"), "\x00") {
		if name == "" {
			continue
		}
		if size, err := unix.Lgetxattr(from, name, value); err == nil {
			_ = unix.Lsetxattr(to, name, value[:size], 0)
		}
	}
}

// swapFiles renames, and makes the renaming last.
func swapFiles(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(to))
	if err != nil {
		return nil
	}
	defer folder.Close()
	// Not every file system can do this for a folder, and the new file stands.
	_ = folder.Sync()
	return nil
}

func isDiskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

func isReadOnlyDisk(err error) bool { return errors.Is(err, syscall.EROFS) }

// isInUse reports whether somebody has the file open. Here that keeps nobody
// from replacing it.
func isInUse(error) bool { return false }

// mayWriteIn fails where no file can be made in a folder.
func mayWriteIn(folder string) error {
	return unix.Faccessat(unix.AT_FDCWD, folder, unix.W_OK|unix.X_OK, unix.AT_EACCESS)
}
