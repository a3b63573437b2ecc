package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/gsheets/sheetstest/xlsx"
	"steerco/sync/workbook"
)

// checkExport tells what would keep the export from being written at the end,
// when all that stands in the stand-in would be lost. A workbook that is
// imported is never written over: the stand-in doesn't keep all that is in it.
func (s *standIn) checkExport() error {
	if info, err := os.Stat(filepath.Dir(s.export)); err != nil || !info.IsDir() {
		return usage(fmt.Errorf("--export: there is no folder %q", filepath.Dir(s.export)), "make the folder first")
	}
	there, err := os.Stat(s.export)
	for _, file := range s.imports {
		if imported, unknown := os.Stat(file); err == nil && unknown == nil && os.SameFile(there, imported) {
			return usage(fmt.Errorf("--export would write over %q, which --import names", file), "name another file")
		}
	}
	if err := tryWriting(s.export, err == nil); err != nil {
		return usage(fmt.Errorf("--export: %w", err), "name a file that you may write")
	}
	return nil
}

// tryWriting opens a file for writing, and changes nothing.
func tryWriting(file string, there bool) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE, exportMode)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil || there {
		return err
	}
	return os.Remove(file)
}

// exportMode are the rights to a file that is exported, before the umask.
const exportMode = 0o666

// exportAll writes the spreadsheets as workbooks.
func (a *app) exportAll(ctx context.Context, server *sheetstest.Server, file string) error {
	all := server.Spreadsheets()
	if len(all) == 0 {
		a.note("--export: there is no spreadsheet to write")
	}
	to := exports{file: file}
	for _, s := range all {
		// Nothing is written over by what can't be written.
		var b bytes.Buffer
		if err := xlsx.Export(ctx, server, s.ID, &b); err != nil {
			return cannotExport(file, err)
		}
		f, err := to.next()
		if err != nil {
			return cannotExport(file, err)
		}
		_, err = f.Write(b.Bytes())
		if err = errors.Join(err, f.Close()); err != nil {
			return cannotExport(f.Name(), err)
		}
		a.note("%s: what stands in %q", f.Name(), s.Title)
	}
	return nil
}

// exports makes the files of an export, one after the other.
type exports struct {
	// file is the first one; the others have its name with a number.
	file   string
	number int
}

// next makes the next file. Only the first one may be there already.
func (e *exports) next() (*os.File, error) {
	e.number++
	if e.number == 1 {
		return os.Create(e.file)
	}
	extension := filepath.Ext(e.file)
	name := fmt.Sprintf("%s-%d%s", strings.TrimSuffix(e.file, extension), e.number, extension)
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, exportMode)
	if errors.Is(err, os.ErrExist) {
		return e.next()
	}
	return f, err
}

func cannotExport(file string, err error) error {
	return &workbook.Error{Workbook: file, Err: fmt.Errorf("write what stands in the stand-in: %w", err), Fix: "check --export"}
}
