package excel

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"steerco/sync/workbook"
)

// brokenDisk fails where it is told to.
type brokenDisk struct {
	localDisk
	createErr, writeErr, syncErr, swapErr error
	// cut is how many bytes are written before writeErr.
	cut int
}

func (d brokenDisk) create(path string) (diskFile, error) {
	if d.createErr != nil {
		return nil, d.createErr
	}
	f, err := d.localDisk.create(path)
	return brokenFile{f, d}, err
}

func (d brokenDisk) swap(from, to string) error {
	if d.swapErr != nil {
		return d.swapErr
	}
	return d.localDisk.swap(from, to)
}

type brokenFile struct {
	diskFile
	disk brokenDisk
}

func (f brokenFile) Write(b []byte) (int, error) {
	if f.disk.writeErr == nil {
		return f.diskFile.Write(b)
	}
	n, err := f.diskFile.Write(b[:min(len(b), f.disk.cut)])
	return n, errors.Join(err, f.disk.writeErr)
}

func (f brokenFile) Sync() error { return errors.Join(f.diskFile.Sync(), f.disk.syncErr) }

// TestBrokenDisk has the disk fail at every step: the workbook stays as it was,
// nothing is left beside it, and one line tells what to do.
func TestBrokenDisk(t *testing.T) {
	for name, tt := range map[string]struct {
		disk brokenDisk
		want string
		kind error
	}{
		"full":             {brokenDisk{writeErr: syscall.ENOSPC, cut: 1000}, "no space left on the disk", syscall.ENOSPC},
		"file too large":   {brokenDisk{writeErr: &os.PathError{Op: "write", Path: "p", Err: syscall.EFBIG}}, "plan.xlsx: not written: no space left on the disk: file too large: make room", syscall.EFBIG},
		"full when synced": {brokenDisk{syncErr: syscall.ENOSPC}, "no space left on the disk", syscall.ENOSPC},
		"read-only":        {brokenDisk{createErr: syscall.EROFS}, "no right to write in the folder", workbook.ErrDenied},
		"not allowed":      {brokenDisk{createErr: os.ErrPermission}, "no right to write in the folder", workbook.ErrDenied},
		"no renaming":      {brokenDisk{swapErr: syscall.EIO}, "not written: ", syscall.EIO},
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" && (tt.kind == syscall.ENOSPC || tt.kind == syscall.EFBIG) {
				t.Skip("Windows has another number for a full disk")
			}
			source := team(t)
			f := fileWith(t, source)
			f.backend.disk = tt.disk
			_, err := f.backend.Apply(t.Context(), workbook.Changes{Base: version(source), Output: small("first")})
			var told *workbook.Error
			if !errors.As(err, &told) || !errors.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want one line with %q", err, tt.want)
			}
			f.checkAlone(t, source)
		})
	}
}

// checkAlone checks that the file is as it was and nothing lies beside it.
func (f file) checkAlone(t *testing.T, want []byte) {
	t.Helper()
	if !bytes.Equal(f.bytes(t), want) {
		t.Error("the workbook was changed")
	}
	entries, err := os.ReadDir(filepath.Dir(f.path))
	if err != nil || len(entries) != 1 {
		t.Errorf("got %v beside the workbook (%v), want nothing", entries, err)
	}
}

// TestKilledRunLeavesNothing has a run killed after each piece that it wrote:
// the workbook is the old one, and the next run removes what was left.
func TestKilledRunLeavesNothing(t *testing.T) {
	source := team(t)
	f := fileWith(t, source)
	target, err := newTarget(f.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{0, 1, 500, 5000} {
		tmp, err := target.temporaryName()
		if err != nil {
			t.Fatal(err)
		}
		save(t, tmp, make([]byte, size))
	}
	old := filepath.Join(filepath.Dir(f.path), ".steerco-of-another.tmp")
	recent := filepath.Join(filepath.Dir(f.path), ".steerco-of-another-run.tmp")
	save(t, old, nil)
	save(t, recent, nil)
	yesterday := time.Now().Add(-2 * staleAfter)
	if err := os.Chtimes(old, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(f.bytes(t), source) {
		t.Error("the workbook isn't the old one")
	}
	mustApply(t, f.backend, small("first"))
	left, err := filepath.Glob(filepath.Join(filepath.Dir(f.path), ".steerco-*"))
	if err != nil || len(left) != 1 || left[0] != recent {
		t.Errorf("got %v (%v), want only that of another running run", left, err)
	}
}

// TestSavedMeanwhile has somebody save while steerco writes.
func TestSavedMeanwhile(t *testing.T) {
	source := team(t)
	f := fileWith(t, source)
	theirs := append(bytes.Clone(source), 0)
	f.backend.disk = savingDisk{path: f.path, content: theirs}
	_, err := f.backend.Apply(t.Context(), workbook.Changes{Base: version(source), Output: small("first")})
	if !errors.Is(err, workbook.ErrChanged) {
		t.Errorf("got %v, want %v", err, workbook.ErrChanged)
	}
	f.checkAlone(t, theirs)
}

// savingDisk saves another content as soon as steerco writes.
type savingDisk struct {
	localDisk
	path    string
	content []byte
}

func (d savingDisk) create(path string) (diskFile, error) {
	if err := os.WriteFile(d.path, d.content, 0o600); err != nil {
		return nil, err
	}
	return d.localDisk.create(path)
}

// TestCancelledWhileWriting cancels at the last moment.
func TestCancelledWhileWriting(t *testing.T) {
	source := team(t)
	f := fileWith(t, source)
	ctx, cancel := context.WithCancel(t.Context())
	f.backend.disk = cancellingDisk{cancel: cancel}
	_, err := f.backend.Apply(ctx, workbook.Changes{Base: version(source), Output: small("first")})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	f.checkAlone(t, source)
}

type cancellingDisk struct {
	localDisk
	cancel func()
}

func (d cancellingDisk) create(path string) (diskFile, error) {
	d.cancel()
	return d.localDisk.create(path)
}

// TestWhatIsNotReplaced tries files whose nature replacing would change.
func TestWhatIsNotReplaced(t *testing.T) {
	for name, tt := range map[string]struct {
		prepare func(t *testing.T, path string)
		want    error
	}{
		"read-only": {func(t *testing.T, path string) {
			t.Helper()
			if err := os.Chmod(path, 0o444); err != nil {
				t.Fatal(err)
			}
		}, workbook.ErrDenied},
		"several names": {func(t *testing.T, path string) {
			t.Helper()
			if err := os.Link(path, filepath.Join(t.TempDir(), "other.xlsx")); err != nil {
				t.Skipf("no hard links here: %v", err)
			}
		}, workbook.ErrRefused},
	} {
		t.Run(name, func(t *testing.T) {
			source := team(t)
			f := fileWith(t, source)
			tt.prepare(t, f.path)
			_, err := f.backend.Apply(t.Context(), workbook.Changes{Base: version(source), Output: small("first")})
			var told *workbook.Error
			if !errors.Is(err, tt.want) || !errors.As(err, &told) || told.Fix == "" {
				t.Errorf("got %v, want %v and what to do", err, tt.want)
			}
			f.checkAlone(t, source)
		})
	}
}

// TestLinkStaysALink writes through a symbolic link.
func TestLinkStaysALink(t *testing.T) {
	f := fileWith(t, team(t))
	if runtime.GOOS != "windows" {
		if err := os.Chmod(f.path, 0o640); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(t.TempDir(), "link.xlsx")
	if err := os.Symlink(f.path, link); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	through, err := Open(link, Options{})
	if err != nil {
		t.Fatal(err)
	}
	mustApply(t, through, small("first"))
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("got %v (%v), want a symbolic link still", info, err)
	}
	if f.read(t).Own.ID == "" {
		t.Error("the file behind the link wasn't written")
	}
	if info, err := os.Stat(f.path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("got rights %v (%v), want them kept", info.Mode(), err)
	}
}

// TestOpenElsewhere lays the files beside a workbook that Excel and LibreOffice
// lay there.
func TestOpenElsewhere(t *testing.T) {
	excelFile := append([]byte{4}, "Anna"...)
	excelFile = append(excelFile, bytes.Repeat([]byte{' '}, ownerShort-4)...)
	excelFile = append(excelFile, 5, 0, 'Ä', 0, 'n', 0, 'n', 0, 'a', 0, '!', 0)
	for name, tt := range map[string]struct {
		file    string
		content []byte
		want    string
	}{
		"Excel":                 {"~$plan.xlsx", excelFile, `in Excel by "Änna!"`},
		"Excel, short":          {"~$plan.xlsx", []byte("\x04Anna"), `in Excel by "Anna"`},
		"Excel, empty":          {"~$plan.xlsx", nil, `in Excel: `},
		"Excel, nonsense":       {"~$plan.xlsx", bytes.Repeat([]byte{0xFF}, 200), `in Excel`},
		"LibreOffice":           {".~lock.plan.xlsx#", []byte(",bea,host,22.11.2026 10:00,file:///home/bea/;"), `in LibreOffice by "bea"`},
		"LibreOffice with name": {".~lock.plan.xlsx#", []byte("Bea B.,bea,host,22.11.2026 10:00,file:///home/bea/;"), `in LibreOffice by "Bea B."`},
	} {
		t.Run(name, func(t *testing.T) {
			source := team(t)
			f := fileWith(t, source)
			owner := filepath.Join(filepath.Dir(f.path), tt.file)
			save(t, owner, tt.content)
			_, err := f.backend.Apply(t.Context(), workbook.Changes{Base: version(source), Output: small("first")})
			if !errors.Is(err, workbook.ErrBusy) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %v with %q", err, workbook.ErrBusy, tt.want)
			}
			if err := os.Remove(owner); err != nil {
				t.Fatal(err)
			}
			f.checkAlone(t, source)
			mustApply(t, f.backend, small("first"))
		})
	}
}
