package main

import (
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

// exportAll writes the spreadsheets as workbooks.
func (a *app) exportAll(ctx context.Context, server *sheetstest.Server, file string) error {
	all := server.Spreadsheets()
	if len(all) == 0 {
		a.note("--export: there is no spreadsheet to write")
	}
	to := exports{file: file}
	for _, s := range all {
		f, err := to.next()
		if err != nil {
			return cannotExport(file, err)
		}
		err = xlsx.Export(ctx, server, s.ID, f)
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
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, os.ErrExist) {
		return e.next()
	}
	return f, err
}

func cannotExport(file string, err error) error {
	return &workbook.Error{Workbook: file, Err: fmt.Errorf("write what stands in the stand-in: %w", err), Fix: "check --export"}
}
