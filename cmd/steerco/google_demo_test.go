package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"steerco/rules/calendar"
	"steerco/sync/excel"
	"steerco/sync/gsheets"
	"steerco/sync/gsheets/address"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/gsheets/sheetstest/xlsx"
	"steerco/sync/workbook"
	"steerco/templates/starter"
)

// The sample as it is kept in a file and in a spreadsheet.
const demoTitle = "oms-roll-out"

func demoBook() starter.Book {
	return starter.Demo(starter.DemoOptions{Today: calendar.New(2026, time.December, 1)})
}

// kept is the sample in one of the places where it can be kept.
type kept struct {
	name, plan string
	command    command
	backend    workbook.Backend
}

func keptInFile(t *testing.T) kept {
	t.Helper()
	path := filepath.Join(t.TempDir(), demoTitle+".xlsx")
	if err := excel.Create(path, demoBook()); err != nil {
		t.Fatal(err)
	}
	backend, err := excel.Open(path, excel.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return kept{"file", path, newCommand(t), backend}
}

// keptInSpreadsheet returns the sample as a spreadsheet that fill makes.
func keptInSpreadsheet(t *testing.T, name string, fill func(*sheetstest.Server, string) string) (kept, *sheetstest.Server) {
	t.Helper()
	server, url := sheetstest.Start(t, sheetstest.Options{})
	id := fill(server, url)
	backend, err := gsheets.Open(t.Context(), id, gsheets.Options{Client: http.DefaultClient, Endpoint: url})
	if err != nil {
		t.Fatal(err)
	}
	c := newCommand(t)
	c.google = url
	return kept{name, address.Spreadsheet{ID: id}.URL(), c, backend}, server
}

// imported returns what makes a spreadsheet of a file.
func imported(t *testing.T, path string) func(*sheetstest.Server, string) string {
	return func(s *sheetstest.Server, _ string) string {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		id, _, err := xlsx.Import(t.Context(), s, demoTitle, f)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
}

// filled returns what fills an empty spreadsheet with the sample.
func filled(t *testing.T) func(*sheetstest.Server, string) string {
	return func(s *sheetstest.Server, url string) string {
		id := s.Create(demoTitle)
		if _, err := gsheets.Fill(t.Context(), id, gsheets.Options{Client: http.DefaultClient, Endpoint: url}, demoBook()); err != nil {
			t.Fatal(err)
		}
		return id
	}
}

// TestDemoInFileAndSpreadsheet wants the same findings and the same tabs
// wherever the sample is kept, apart from what the workbook is called.
func TestDemoInFileAndSpreadsheet(t *testing.T) {
	file := keptInFile(t)
	upload, _ := keptInSpreadsheet(t, "imported", imported(t, file.plan))
	fresh, _ := keptInSpreadsheet(t, "filled", filled(t))
	wantFindings, wantReading := file.json(t, "check"), file.reading(t)
	for _, k := range []kept{upload, fresh} {
		if diff := cmp.Diff(wantReading, k.reading(t)); diff != "" {
			t.Errorf("%s, inspect (-file +spreadsheet):\n%s", k.name, diff)
		}
		if diff := cmp.Diff(wantFindings, k.json(t, "check")); diff != "" {
			t.Errorf("%s, check (-file +spreadsheet):\n%s", k.name, diff)
		}
	}
	wantTabs := file.tabs(t)
	if n := strings.Count(wantTabs, "\n"); n < 500 {
		t.Errorf("the tabs have %d cells, want 500 or more", n)
	}
	if diff := cmp.Diff(wantTabs, upload.tabs(t)); diff != "" {
		t.Errorf("tabs (-file +spreadsheet):\n%s", diff)
	}
}

// reading returns how a plan is read. The lists of choices are a hidden sheet
// in a file, and belong to the cells in a spreadsheet that was never one.
func (k kept) reading(t *testing.T) inspectOutput {
	t.Helper()
	var out inspectOutput
	if err := json.Unmarshal([]byte(k.json(t, "inspect")), &out); err != nil {
		t.Fatal(err)
	}
	out.Skipped = slices.DeleteFunc(out.Skipped, func(s skippedOutput) bool { return s.Sheet == "Lists" })
	return out
}

// json returns what a command prints for scripts.
func (k kept) json(t *testing.T, command string) string {
	t.Helper()
	return sameName(k.command.must(t, command, "--json", k.plan))
}

// tabs writes steerco's tabs, and returns what their cells show, one a line.
func (k kept) tabs(t *testing.T) string {
	t.Helper()
	k.command.must(t, "sync", k.plan)
	book, err := k.backend.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, own := range book.Own.Tabs {
		for _, row := range own.Sheet.Rows {
			for _, c := range row.Cells {
				if c.Kind != workbook.Blank {
					fmt.Fprintf(&b, "%s!%s %s\n", own.Title, workbook.CellName(row.Index, int(c.Column)), book.Shown(c))
				}
			}
		}
	}
	return sameName(b.String())
}

// sameName leaves out by what a file's name differs from a title.
func sameName(text string) string { return strings.ReplaceAll(text, demoTitle+".xlsx", demoTitle) }
