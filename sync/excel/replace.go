package excel

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"steerco/sync/workbook"
)

// errReadOnly means that the file carries the mark of one that isn't to be
// changed.
var errReadOnly = errors.New("it is marked read-only")

// What a path can lead to besides a file.
var (
	errFolder = errors.New("it is a folder")
	errNoFile = errors.New("it is not a regular file")
)

// readRegular reads the file at path. Anything else is not even opened: a pipe
// would wait for a writer, and a device has no end.
func readRegular(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errFolder
	case !info.Mode().IsRegular():
		return nil, errNoFile
	}
	return os.ReadFile(path)
}

// target is a file that is to be replaced.
type target struct {
	// path is the file itself, behind all symbolic links.
	path string
	info fs.FileInfo
}

// newTarget looks at a file to be replaced. It refuses what replacing would
// change the nature of: a file with several names, and what isn't a file.
func newTarget(path string) (target, error) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return target{}, fileError(filepath.Base(path), err)
	}
	info, err := os.Lstat(real)
	if err != nil {
		return target{}, fileError(filepath.Base(path), err)
	}
	t := target{path: real, info: info}
	name := filepath.Base(path)
	switch {
	case !info.Mode().IsRegular():
		return t, fileError(name, errNoFile)
	case info.Mode().Perm()&0o222 == 0:
		return t, &workbook.Error{
			Workbook: name, Err: fmt.Errorf("%w: %w", workbook.ErrDenied, errReadOnly),
			Fix: "take the mark off, or work on a copy",
		}
	case hasSeveralNames(t):
		return t, &workbook.Error{
			Workbook: name, Err: fmt.Errorf("%w: the file has several names (hard links), and replacing it would part them", workbook.ErrRefused),
			Fix: "make a copy of it and use that",
		}
	}
	return t, nil
}

// disk is what replacing needs of the file system.
type disk interface {
	// create makes a file for writing that must not exist.
	create(path string) (diskFile, error)
	// swap puts the file at from in the place of the one at to, at once.
	swap(from, to string) error
}

// diskFile is a file being written.
type diskFile interface {
	Write(b []byte) (int, error)
	Sync() error
	Close() error
}

// localDisk is the disk.
type localDisk struct{}

func (localDisk) create(path string) (diskFile, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (localDisk) swap(from, to string) error { return swapFiles(from, to) }

// replacement is new content for a file.
type replacement struct {
	disk    disk
	content []byte
	// check holds the content against its source while it is written.
	check func() error
	// unchanged is called last: whether the file is still the one that was
	// read.
	unchanged func() error
	// warn is told what could not be kept of the file.
	warn func(string)
}

// replace puts content in the place of a file: all of it or, after an error,
// nothing. Mode, group, access list and extended attributes stay.
func (t target) replace(ctx context.Context, r replacement) error {
	t.removeStale()
	tmp, err := t.temporaryName()
	if err != nil {
		return err
	}
	checked := make(chan error, 1)
	go func() { checked <- r.check() }()
	err = r.write(tmp)
	if fault := <-checked; fault != nil {
		err = fault
	} else if err != nil {
		err = t.writeError(err)
	} else {
		err = r.finish(ctx, t, tmp)
	}
	if err != nil {
		os.Remove(tmp)
	}
	return err
}

// finish looks whether the written file is what was checked, and puts it in
// place.
func (r replacement) finish(ctx context.Context, t target, tmp string) error {
	written, err := os.ReadFile(tmp)
	if err != nil {
		return t.writeError(err)
	}
	if !bytes.Equal(written, r.content) {
		return t.writeError(errors.New("what was written reads back as something else"))
	}
	if lost := keepProperties(t, tmp); lost != "" {
		r.warn(lost)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := r.unchanged(); err != nil {
		return err
	}
	if err := r.disk.swap(tmp, t.path); err != nil {
		return t.writeError(err)
	}
	return nil
}

func (r replacement) write(path string) error {
	f, err := r.disk.create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(r.content)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// The names of temporary files. What stands between is made of the file's
// name, so that what a killed run left of this very file is known.
const (
	temporaryPrefix = ".steerco-"
	temporarySuffix = ".tmp"
	// staleAfter is when the temporary file of another workbook counts as left
	// behind.
	staleAfter = 24 * time.Hour
)

func (t target) temporaryPrefix() string {
	return filepath.Join(filepath.Dir(t.path), temporaryPrefix+hash([]byte(filepath.Base(t.path)))[:8])
}

func (t target) temporaryName() (string, error) {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	return t.temporaryPrefix() + hex.EncodeToString(b[:]) + temporarySuffix, nil
}

// removeStale removes temporary files that killed runs have left. The caller
// holds the lock of the workbook.
func (t target) removeStale() {
	entries, err := os.ReadDir(filepath.Dir(t.path))
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), temporaryPrefix) || !strings.HasSuffix(e.Name(), temporarySuffix) {
			continue
		}
		path := filepath.Join(filepath.Dir(t.path), e.Name())
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if strings.HasPrefix(path, t.temporaryPrefix()) || time.Since(info.ModTime()) > staleAfter {
			os.Remove(path)
		}
	}
}

// writeError tells what kept the file from being written.
func (t target) writeError(err error) error {
	// The names of temporary files say nothing to people.
	var at *fs.PathError
	var moved *os.LinkError
	if errors.As(err, &at) {
		err = at.Err
	} else if errors.As(err, &moved) {
		err = moved.Err
	}
	e := &workbook.Error{
		Workbook: filepath.Base(t.path), Err: fmt.Errorf("not written: %w", err),
		Fix: "see to the disk it is on; the workbook is as it was",
	}
	folder := filepath.Dir(t.path)
	switch {
	case isDiskFull(err):
		e.Err = fmt.Errorf("not written: no space left on the disk: %w", err)
		e.Fix = "make room on it; the workbook is as it was"
	case isInUse(err):
		e.Err = fmt.Errorf("%w: %w", workbook.ErrBusy, err)
		e.Fix = "close it"
	case errors.Is(err, fs.ErrPermission), isReadOnlyDisk(err):
		e.Err = fmt.Errorf("%w: no right to write in the folder %q", workbook.ErrDenied, folder)
		e.Fix = "give that right, or work on a copy"
	}
	return e
}

// fileError returns an error of opening or reading a file as one of the
// workbook.
func fileError(name string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	e := &workbook.Error{Workbook: name, Err: fmt.Errorf("not read: %w", err), Fix: "see to the path and the disk it is on"}
	switch {
	case errors.Is(err, errFolder):
		e.Err = fmt.Errorf("%w: %w", workbook.ErrRefused, err)
		e.Fix = "name the workbook in it"
	case errors.Is(err, errNoFile):
		e.Err = fmt.Errorf("%w: %w", workbook.ErrRefused, err)
		e.Fix = "name the workbook itself"
	case errors.Is(err, fs.ErrNotExist):
		e.Err = fmt.Errorf("%w: there is no such file", workbook.ErrNotFound)
		e.Fix = "check the path"
	case errors.Is(err, fs.ErrPermission):
		e.Err = fmt.Errorf("%w: no right to read it", workbook.ErrDenied)
		e.Fix = "ask its owner for the right to read it"
	case isInUse(err):
		e.Err = fmt.Errorf("%w: %w", workbook.ErrBusy, err)
		e.Fix = "close it"
	}
	return e
}
