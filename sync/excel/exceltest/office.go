package exceltest

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

//go:embed office.py
var officeScript []byte

// Office is a running LibreOffice with at most one document open. Its methods
// fail the test when the office doesn't do what is asked.
type Office struct {
	mu      sync.Mutex
	in      io.WriteCloser
	out     *bufio.Reader
	process *exec.Cmd
}

// python is the interpreter that has the office's bindings: the system's own.
const python = "/usr/bin/python3"

// OfficeOptions tune StartOffice. The zero value is an office as installed.
type OfficeOptions struct {
	// Locale is the language of numbers and dates, as "de-DE"; empty: that of
	// the machine.
	Locale string
}

// StartOffice starts LibreOffice with a profile of its own; it ends with the
// test. Where the office or its Python bindings aren't installed the test is
// skipped, or fails where everything has to be there.
func StartOffice(t *testing.T, opts OfficeOptions) *Office {
	t.Helper()
	Need(t, "soffice")
	Need(t, python)
	dir := t.TempDir()
	script := filepath.Join(dir, "office.py")
	if err := os.WriteFile(script, officeScript, 0o600); err != nil {
		t.Fatal(err)
	}
	if exec.CommandContext(t.Context(), python, "-c", "import uno").Run() != nil {
		missing(t, "python3-uno")
	}
	o := &Office{process: exec.Command(python, script, filepath.Join(dir, "profile"), opts.Locale)}
	o.process.Stderr = os.Stderr
	var err error
	if o.in, err = o.process.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := o.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	o.out = bufio.NewReader(out)
	if err := o.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.stop)
	if err := o.answer(nil); err != nil {
		t.Fatalf("start the office: %v", err)
	}
	return o
}

// stop ends the script, which ends the office.
func (o *Office) stop() {
	_ = o.in.Close()
	_ = o.process.Wait()
}

func (o *Office) answer(result any) error {
	line, err := o.out.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("the office is gone: %w", err)
	}
	reply := struct {
		Result any
		Error  string
	}{Result: result}
	if err := json.Unmarshal(line, &reply); err != nil {
		return err
	}
	if reply.Error != "" {
		return errors.New(reply.Error)
	}
	return nil
}

type args map[string]any

func (o *Office) try(op string, a args, result any) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	request := args{"op": op}
	for k, v := range a {
		request[k] = v
	}
	line, err := json.Marshal(request)
	if err != nil {
		return err
	}
	if _, err := o.in.Write(append(line, '\n')); err != nil {
		return err
	}
	return o.answer(result)
}

func (o *Office) do(t *testing.T, op string, a args, result any) {
	t.Helper()
	if err := o.try(op, a, result); err != nil {
		t.Fatalf("office: %v", err)
	}
}

// Open opens a workbook in place of the one that is open.
func (o *Office) Open(t *testing.T, path string) {
	t.Helper()
	o.do(t, "open", args{"path": path}, nil)
}

// TryOpen is Open that returns what went wrong.
func (o *Office) TryOpen(path string) error { return o.try("open", args{"path": path}, nil) }

// Close closes the open workbook.
func (o *Office) Close(t *testing.T) {
	t.Helper()
	o.do(t, "close", nil, nil)
}

// Save writes the open workbook to path as .xlsx.
func (o *Office) Save(t *testing.T, path string) {
	t.Helper()
	o.do(t, "save", args{"path": path}, nil)
}

// PDF prints one sheet to path. The other sheets are hidden by it.
func (o *Office) PDF(t *testing.T, path, sheet string) {
	t.Helper()
	o.do(t, "pdf", args{"path": path, "sheet": sheet}, nil)
}

// Unscale has a sheet printed in its own size, not fitted to pages.
func (o *Office) Unscale(t *testing.T, sheet string) {
	t.Helper()
	o.do(t, "unscaled", args{"sheet": sheet}, nil)
}

// ShownSheet is a sheet as the office shows it.
type ShownSheet struct {
	Name   string
	Hidden bool
}

// Sheets returns the sheets of the open workbook.
func (o *Office) Sheets(t *testing.T) []ShownSheet {
	t.Helper()
	var out []ShownSheet
	o.do(t, "sheets", nil, &out)
	return out
}

// ShownCell is a cell as the office shows it.
type ShownCell struct {
	Row, Column    int
	Shown, Formula string
}

// Cells returns what the first 2,000 rows of a sheet show: 1,500 cells as they
// are displayed, of the others the value.
func (o *Office) Cells(t *testing.T, sheet string) []ShownCell {
	t.Helper()
	var rows [][4]any
	o.do(t, "cells", args{"sheet": sheet}, &rows)
	out := make([]ShownCell, len(rows))
	for i, r := range rows {
		out[i] = ShownCell{int(r[0].(float64)), int(r[1].(float64)), r[2].(string), r[3].(string)}
	}
	return out
}
