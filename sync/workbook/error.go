package workbook

import (
	"errors"
	"strings"
)

// What callers tell apart. Everything else is for people to read.
var (
	// ErrChanged: the workbook isn't any more what was read; read again.
	ErrChanged = errors.New("changed since it was read")
	// ErrBusy: somebody has it open or is writing to it; try later.
	ErrBusy = errors.New("open elsewhere")
	// ErrDenied: no right to read or write it.
	ErrDenied = errors.New("not allowed")
	// ErrNotFound: there is no such workbook.
	ErrNotFound = errors.New("not found")
	// ErrNameTaken: a sheet of the team's has the title of a tab.
	ErrNameTaken = errors.New("sheet name taken")
	// ErrUnavailable: the program that holds it doesn't answer, or asks to be
	// left alone for now; the same may well succeed later. An error that wraps it
	// may also have a method RetryAfter() time.Duration: how long to wait at
	// least.
	ErrUnavailable = errors.New("not available for now")
	// ErrRefused: steerco doesn't write or read workbooks of this kind.
	ErrRefused = errors.New("refused")
)

// Error says what is wrong with a workbook, where, and what to do.
type Error struct {
	// Workbook is its name; Sheet and Cell (as "D14") are empty where there is
	// none.
	Workbook, Sheet, Cell string
	// Err is what is wrong.
	Err error
	// Fix is what to do; empty if nothing can be said.
	Fix string
}

// Error returns place, fault and mend in one line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Workbook)
	if e.Sheet != "" {
		b.WriteString(`, sheet "` + e.Sheet + `"`)
	}
	if e.Cell != "" {
		b.WriteString(", cell " + e.Cell)
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	b.WriteString(e.Err.Error())
	if e.Fix != "" {
		b.WriteString(": " + e.Fix)
	}
	return b.String()
}

// Unwrap returns what is wrong without the place.
func (e *Error) Unwrap() error { return e.Err }
