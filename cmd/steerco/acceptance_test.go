package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"steerco/sync/corpustest"
	"steerco/sync/excel/exceltest"
	"steerco/sync/gsheets/signin"
)

// command is steerco as somebody with an empty home runs it.
type command struct {
	state string
	// google is where a stand-in for Google's server listens; empty: there is
	// none.
	google string
}

func newCommand(t *testing.T) command {
	t.Helper()
	return command{state: t.TempDir()}
}

// run returns exit status, stdout and stderr.
func (c command) run(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	env := map[string]string{"XDG_STATE_HOME": c.state, "HOME": c.state, signin.EnvEndpoint: c.google}
	a := &app{
		stdout: &out, stderr: &errs,
		getenv: func(name string) string { return env[name] },
		now:    func() time.Time { return time.Date(2026, time.December, 1, 12, 0, 0, 0, time.UTC) },
	}
	code = a.run(t.Context(), append(args, "--today", "2026-12-01"))
	return code, out.String(), errs.String()
}

// must runs a command that has to succeed.
func (c command) must(t *testing.T, args ...string) string {
	t.Helper()
	code, out, errs := c.run(t, args...)
	if code != 0 {
		t.Fatalf("steerco %s: got exit status %d, want 0\n%s", strings.Join(args, " "), code, errs)
	}
	return out
}

// TestRealWorkbooks runs the command over real workbooks. Where a plan is read
// it is written and taken out again; where none is, the file is untouched and
// told why.
func TestRealWorkbooks(t *testing.T) {
	files := corpustest.Workbooks(t)
	synced := 0
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			path := copyOf(t, f)
			c := newCommand(t)
			if code, _, errs := c.run(t, "inspect", path); code != 0 {
				checkTold(t, path, f, errs)
				return
			}
			before, err := exceltest.OpenArchive(f)
			if err != nil {
				t.Fatal(err)
			}
			if code, _, errs := c.run(t, "sync", path); code != 0 {
				checkTold(t, path, f, errs)
				return
			}
			synced++
			c.checkSynced(t, path, before)
		})
	}
	if synced < 12 {
		t.Errorf("%d workbooks were written, want 12 or more", synced)
	}
	t.Logf("%d of %d workbooks hold a plan and were written", synced, len(files))
}

func copyOf(t *testing.T, source string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), filepath.Base(source))
	if err := os.WriteFile(path, bytesOf(t, source), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func bytesOf(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// checkTold checks that a workbook which wasn't written is untouched, and that
// one line says why and one what to do.
func checkTold(t *testing.T, path, source, stderr string) {
	t.Helper()
	if !bytes.Equal(bytesOf(t, path), bytesOf(t, source)) {
		t.Error("the file was changed, want it untouched")
	}
	lines := strings.Split(strings.TrimSpace(stderr), "\n")
	if len(lines) > 4 || !strings.Contains(lines[0], filepath.Base(path)) {
		t.Errorf("got %q, want a line that names the workbook and what is wrong", stderr)
	}
}

func (c command) checkSynced(t *testing.T, path string, before *exceltest.Archive) {
	t.Helper()
	written, err := exceltest.OpenArchive(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(exceltest.Compare(before, written).Faults, exceltest.NewFaults(before, written)...) {
		t.Error(f)
	}
	once := bytesOf(t, path)
	if out := c.must(t, "sync", path); !bytes.Equal(once, bytesOf(t, path)) {
		t.Errorf("the second sync changed the file:\n%s", out)
	}
	c.must(t, "clean", path)
	cleaned, err := exceltest.OpenArchive(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range before.Entries {
		if i >= len(cleaned.Entries) || !bytes.Equal(e.Content, cleaned.Entries[i].Content) {
			t.Errorf("%s isn't as it was", e.Name)
		}
	}
	if len(cleaned.Entries) != len(before.Entries) {
		t.Errorf("got %d parts after cleaning, want %d", len(cleaned.Entries), len(before.Entries))
	}
}
