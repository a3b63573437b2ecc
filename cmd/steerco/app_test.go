package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"steerco/sync/config"
	"steerco/sync/workbook"
)

func TestFirstStatusOfSeveral(t *testing.T) {
	for _, tt := range []struct {
		codes []int
		want  int
	}{
		{nil, 0},
		{[]int{0, 4}, 4},
		{[]int{4, 5}, 5},
		{[]int{5, 3, 4}, 3},
		{[]int{3, 1}, 1},
		{[]int{1, 2}, 2},
		{[]int{2, 130, 1, 3, 4, 5}, 130},
	} {
		if got := first(tt.codes); got != tt.want {
			t.Errorf("first(%v): got %d, want %d", tt.codes, got, tt.want)
		}
	}
}

func TestStatusOfError(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want int
	}{
		{errors.New("anything"), exitFailed},
		{&workbook.Error{Workbook: "a", Err: workbook.ErrDenied}, exitFailed},
		{&workbook.Error{Workbook: "a", Err: fmt.Errorf("%w by somebody", workbook.ErrBusy)}, exitBusy},
		{fmt.Errorf("again: %w", workbook.ErrChanged), exitBusy},
		{usage(errors.New("wrong"), ""), exitUsage},
		{config.Errors{{Path: "c.yaml", Text: "wrong"}}, exitUsage},
		{fmt.Errorf("read: %w", context.Canceled), exitInterrupted},
	} {
		if got := statusOf(tt.err); got != tt.want {
			t.Errorf("statusOf(%v): got %d, want %d", tt.err, got, tt.want)
		}
	}
}

// call runs the command with a clock and an environment of its own.
func call(ctx context.Context, env map[string]string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	a := &app{
		stdout: &out, stderr: &errs,
		getenv: func(name string) string { return env[name] },
		now:    func() time.Time { return time.Date(2026, time.December, 1, 23, 30, 0, 0, time.UTC) },
	}
	return a.run(ctx, args), out.String(), errs.String()
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	path := filepath.Join(t.TempDir(), "new")
	code, _, stderr := call(ctx, map[string]string{"HOME": t.TempDir()}, "demo", path)
	const want = "steerco: interrupted\nsteerco: hint: nothing was left half done\n"
	if code != exitInterrupted || stderr != want {
		t.Errorf("got status %d and %q, want %d and %q", code, stderr, exitInterrupted, want)
	}
}

// TestDayOfThePlan runs half an hour before midnight in London, when it is
// tomorrow in Berlin already.
func TestDayOfThePlan(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	a := &app{now: func() time.Time { return time.Date(2026, time.December, 1, 23, 30, 0, 0, time.UTC) }}
	if got, want := a.day(nil).String(), "2026-12-01"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := a.day(berlin).String(), "2026-12-02"; got != want {
		t.Errorf("in Berlin: got %s, want %s", got, want)
	}
}

func TestStateFolder(t *testing.T) {
	root := t.TempDir()
	other := map[string]string{"windows": "steerco", "darwin": "Library/Application Support/steerco"}[runtime.GOOS]
	if other == "" {
		other = ".local/state/steerco"
	}
	for _, tt := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"XDG_STATE_HOME": root, "HOME": "/h"}, filepath.Join(root, "steerco")},
		{map[string]string{"HOME": root, "LOCALAPPDATA": root}, filepath.Join(root, filepath.FromSlash(other))},
		{map[string]string{"XDG_STATE_HOME": "relative", "HOME": root, "LOCALAPPDATA": root}, filepath.Join(root, filepath.FromSlash(other))},
	} {
		a := &app{getenv: func(name string) string { return tt.env[name] }}
		if got, err := a.stateFolder(); got != tt.want || err != nil {
			t.Errorf("%v: got %q (%v), want %q", tt.env, got, err, tt.want)
		}
	}
	a := &app{getenv: func(string) string { return "" }}
	if _, err := a.stateFolder(); statusOf(err) != exitUsage {
		t.Errorf("without a home: got %v, want an error about it", err)
	}
}

// full is a place in which there is no room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

// TestResultNotPrinted: a script must not take half a result for the whole.
func TestResultNotPrinted(t *testing.T) {
	var errs bytes.Buffer
	a := &app{stdout: full{}, stderr: &errs, getenv: func(string) string { return "" }, now: time.Now}
	code := a.run(t.Context(), []string{"version"})
	if want := "steerco: the result is not complete: no room\n"; code != exitFailed || errs.String() != want {
		t.Errorf("got status %d and %q, want %d and %q", code, errs.String(), exitFailed, want)
	}
}

// TestOneLine keeps what cells hold from playing with the terminal.
func TestOneLine(t *testing.T) {
	if got, want := oneLine("a\x1b[31m\nb\tc\u009b1m\u202ed\u2066e"), "a [31m b c 1m d e"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDiffering(t *testing.T) {
	text := func(column int, s string) workbook.Cell {
		return workbook.Cell{Column: int32(column), Kind: workbook.Text, Text: s}
	}
	book := func(cells ...workbook.Cell) *workbook.Book {
		return &workbook.Book{
			Formats: []workbook.Format{{}, {Bold: true}},
			Sheets:  []workbook.Sheet{{Name: "Plan", Rows: []workbook.Row{{Index: 3, Cells: cells}}}},
		}
	}
	bold := text(1, "b")
	bold.Format = 1
	before := book(text(0, "a"), text(1, "b"))
	for _, tt := range []struct {
		name  string
		after *workbook.Book
		want  int
	}{
		{"the same", book(text(0, "a"), text(1, "b")), 0},
		{"another text", book(text(0, "a"), text(1, "c")), 1},
		{"another format", book(text(0, "a"), bold), 1},
		{"a cell gone", book(text(0, "a")), 1},
		{"a cell more", book(text(0, "a"), text(1, "b"), text(2, "c")), 1},
		{"a cell elsewhere", book(text(0, "a"), text(2, "b")), 2},
		{"the sheet gone", &workbook.Book{}, 2},
		{"the sheet renamed", &workbook.Book{Sheets: []workbook.Sheet{{Name: "New", Rows: before.Sheets[0].Rows}}}, 4},
	} {
		if got := differing(before, tt.after); got != tt.want {
			t.Errorf("%s: got %d cells, want %d", tt.name, got, tt.want)
		}
	}
}
