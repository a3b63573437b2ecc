// Package excel is the backend for workbooks in files: .xlsx, .xlsm and their
// templates. It reads by scanning the bytes of the parts, and writes by
// splicing: every part of the team's stays as it is, byte for byte, but for
// what is inserted. What is inserted stands in a journal, so that it can be
// taken out again exactly. What the cells mean it leaves to planread, and what
// is drawn to highlight.
package excel

import (
	"context"
	"path/filepath"
	"sync"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// Options tune a Backend.
type Options struct {
	// StateDir is the folder in which the user's programs keep their state.
	// The locks under which processes write to one workbook are kept in it;
	// without it there are none.
	StateDir string
	// Limits bound what a file may cost. The zero value stands for defaults.
	Limits ooxml.Limits
	// Cells is the most cells with content. Default: 10 million.
	Cells int
	// Warn, if set, is told once what could not be kept of a file that was
	// replaced: its owner.
	Warn func(string)
}

// Backend is one workbook file. It implements workbook.Backend.
type Backend struct {
	path    string
	options Options
	disk    disk
	warned  sync.Once
}

// warn tells once what could not be kept of the file.
func (b *Backend) warn(lost string) {
	if b.options.Warn != nil {
		b.warned.Do(func() { b.options.Warn(lost) })
	}
}

// Open returns the backend of a workbook file. The file is opened by each call
// of Read and Apply, and closed by it: whether it is there is not looked at
// now. It fails when a relative path can't be resolved.
func Open(path string, o Options) (*Backend, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	return &Backend{path: path, options: o, disk: localDisk{}}, nil
}

// name is what messages call the workbook.
func (b *Backend) name() string { return filepath.Base(b.path) }

// Read implements workbook.Backend.
func (b *Backend) Read(ctx context.Context) (*workbook.Book, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	data, doc, err := b.open()
	if err != nil {
		return nil, err
	}
	own, err := doc.findOwn()
	if err != nil {
		return nil, err
	}
	book, reader, err := readBook(ctx, doc, data, readOptions{Skip: own.isOwn, Cells: b.options.Cells})
	if err != nil {
		return nil, err
	}
	book.Own, err = own.describe(doc, reader, reader.rules)
	if err != nil {
		return nil, err
	}
	if book.Own.ID != "" {
		book.ID = book.Own.ID
	}
	return book, nil
}

func (b *Backend) open() ([]byte, *document, error) {
	data, err := readRegular(b.path)
	if err != nil {
		return nil, nil, fileError(b.name(), err)
	}
	doc, err := openDocument(b.name(), data, b.options.Limits)
	return data, doc, err
}

// Apply implements workbook.Backend.
func (b *Backend) Apply(ctx context.Context, c workbook.Changes) (workbook.Version, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	w := writer{backend: b, changes: c}
	if err := w.open(); err != nil {
		return "", err
	}
	unlock, err := lockWorkbook(ctx, b.options.StateDir, w.id())
	if err != nil {
		return "", b.fault(err)
	}
	defer unlock()
	return w.apply(ctx)
}
