package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"steerco/sync/config"
	"steerco/sync/gsheets/signin"
	"steerco/sync/workbook"
)

// Exit statuses.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitSomeFailed  = 3
	exitFindings    = 4
	exitBusy        = 5
	exitInterrupted = 130
)

// first returns the status that counts of several: exitDone of none.
func first(codes []int) int {
	for _, code := range []int{exitInterrupted, exitUsage, exitFailed, exitSomeFailed, exitBusy, exitFindings} {
		if slices.Contains(codes, code) {
			return code
		}
	}
	return exitDone
}

// usageError is something wrong with flags or configuration.
type usageError struct {
	err  error
	hint string
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usage(err error, hint string) error { return &usageError{err, hint} }

// report prints an error and remembers the status that it stands for.
func (a *app) report(err error) {
	a.codes = append(a.codes, statusOf(err))
	a.tell(err)
}

// statusOf returns the exit status of an error about one PLAN.
func statusOf(err error) int {
	var wrong *usageError
	var file config.Errors
	switch {
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &wrong), errors.As(err, &file), errors.Is(err, signin.ErrSetup), isCobraError(err):
		return exitUsage
	case errors.Is(err, workbook.ErrBusy), errors.Is(err, workbook.ErrChanged), errors.Is(err, workbook.ErrUnavailable):
		return exitBusy
	}
	return exitFailed
}

// isCobraError recognises the library's own error for an unknown command, for
// which it has no type.
func isCobraError(err error) bool { return strings.HasPrefix(err.Error(), "unknown command ") }

// tell prints an error: what is wrong, and in a second line what to do.
func (a *app) tell(err error) {
	var wrong *usageError
	var file config.Errors
	var book *workbook.Error
	switch {
	case errors.Is(err, context.Canceled):
		// That it was interrupted is told once, at the end.
	case errors.As(err, &file):
		for _, one := range file {
			a.complain(one, "")
		}
	case errors.As(err, &wrong):
		a.complain(wrong.err, wrong.hint)
	case errors.As(err, &book):
		place := *book
		place.Fix = ""
		a.complain(&place, book.Fix)
	case isCobraError(err):
		text, _, _ := strings.Cut(err.Error(), "\n")
		a.complain(errors.New(text), "see steerco --help")
	default:
		a.complain(err, "")
	}
}

// complain prints an error and a hint; the hint may be empty.
func (a *app) complain(err error, hint string) {
	fmt.Fprintf(a.stderr, "steerco: %s\n", oneLine(err.Error()))
	if hint != "" {
		fmt.Fprintf(a.stderr, "steerco: hint: %s\n", oneLine(hint))
	}
}

// note prints what is worth knowing beside the result.
func (a *app) note(format string, values ...any) {
	if !a.quiet {
		fmt.Fprintf(a.stderr, "steerco: %s\n", oneLine(fmt.Sprintf(format, values...)))
	}
}

// oneLine keeps what cells hold from breaking lines, controlling a terminal, or
// turning the direction of what follows.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, s)
}
