package run_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/sync/corpustest"
	"steerco/sync/excel"
	"steerco/sync/excel/exceltest"
	"steerco/sync/run"
	"steerco/sync/workbook"
)

// TestRealWorkbooks runs over workbooks that nobody prepared, on a day on which
// all that is open in them is late: nothing of the team's changes, what was
// found is coloured, a second run writes nothing, and all of it comes out again.
func TestRealWorkbooks(t *testing.T) {
	files := corpustest.Workbooks(t)
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			t.Parallel()
			runReal(t, f)
		})
	}
}

func runReal(t *testing.T, source string) {
	content, err := os.ReadFile(source)
	check(t, err)
	path := filepath.Join(t.TempDir(), filepath.Base(source))
	check(t, os.WriteFile(path, content, 0o600))
	o := realOptions(t, path)
	first, err := run.Run(t.Context(), o)
	if errors.Is(err, workbook.ErrNameTaken) {
		o.Titles = map[string]string{"summary": "Summary of steerco", "committee": "Committee of steerco"}
		first, err = run.Run(t.Context(), o)
	}
	if err != nil {
		now, readErr := os.ReadFile(path)
		if check(t, readErr); !bytes.Equal(now, content) {
			t.Errorf("%v: but the file was written", err)
		}
		return
	}
	t.Logf("%d tasks, %d findings, %d marks, %d keys", len(first.Reading.Plan.Tasks), len(first.Findings), len(first.Output.Marks), len(first.Output.Keys))
	after := read(t, o.Backend)
	if diff := cmp.Diff(after.Sheets, first.Book.Sheets); diff != "" {
		t.Errorf("the team's sheets: got -, want +\n%s", diff)
	}
	checkColoured(t, after, first)
	second := sync(t, o)
	if second.Written || len(second.Changes) > 0 {
		t.Errorf("second run: got %v, want nothing to write", second.Changes)
	}
	checkCleaned(t, o, path, content)
}

func realOptions(t *testing.T, path string) run.Options {
	t.Helper()
	backend, err := excel.Open(path, excel.Options{StateDir: filepath.Dir(path)})
	check(t, err)
	o := options(t, backend)
	o.Today = calendar.New(2030, 6, 3)
	return o
}

// checkColoured fails unless the judged cell of each finding is coloured, as
// the program works it out, by its severity or a worse one.
func checkColoured(t *testing.T, book *workbook.Book, r run.Result) {
	t.Helper()
	type place struct{ sheet, cell string }
	coloured := map[place]bool{}
	for _, m := range r.Output.Marks {
		s := book.Sheet(m.Sheet)
		for row := m.FirstRow; row <= m.LastRow; row++ {
			parts := make([]workbook.Cell, len(m.Parts))
			for i, c := range m.Parts {
				parts[i] = s.Cell(row, c)
			}
			if _, found := slices.BinarySearch(r.Output.Keys, workbook.Key(m.Severity, m.Field, parts)); found {
				coloured[place{m.Sheet, workbook.CellName(row, m.Column)}] = true
			}
		}
	}
	for _, f := range r.Findings {
		s, c := r.Cell(f)
		if c != "" && f.Severity != rules.CannotJudge && !coloured[place{s, c}] {
			t.Errorf("%s: sheet %q, cell %s isn't coloured: %s", f.Rule, s, c, f.Text)
		}
	}
}

// checkCleaned fails unless every part is as it was after cleaning.
func checkCleaned(t *testing.T, o run.Options, path string, content []byte) {
	t.Helper()
	if _, err := run.Clean(t.Context(), run.CleanOptions{Backend: o.Backend}); err != nil {
		t.Fatal(err)
	}
	cleaned, err := exceltest.OpenArchive(path)
	check(t, err)
	source, err := exceltest.ReadArchive(content)
	check(t, err)
	if len(cleaned.Entries) != len(source.Entries) {
		t.Fatalf("cleaned: got %d entries, want %d", len(cleaned.Entries), len(source.Entries))
	}
	for i, e := range source.Entries {
		if got := cleaned.Entries[i]; got.Name != e.Name || !bytes.Equal(got.Content, e.Content) {
			t.Errorf("cleaned: entry %s isn't as %s was", got.Name, e.Name)
		}
	}
}
