package gsheets_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/sync/excel"
	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/run"
	"steerco/sync/workbook"
	"steerco/templates"
	"steerco/templates/starter"
)

var fillDay = calendar.New(2026, 12, 1)

// filled returns a new spreadsheet that was filled with a book, and the wire
// on which that was done.
func filled(t *testing.T, book starter.Book) (*gsheets.Backend, *wire) {
	t.Helper()
	server := sheetstest.New(sheetstest.Options{})
	id := server.Create("Roll-out")
	w := &wire{server: server.Transport()}
	o := gsheets.Options{Client: &http.Client{Transport: w}}
	title, err := gsheets.Fill(t.Context(), id, o, book)
	if err != nil {
		t.Fatal(err)
	}
	if title != "Roll-out" {
		t.Errorf("title: got %q", title)
	}
	b, err := gsheets.Open(t.Context(), id, o)
	if err != nil {
		t.Fatal(err)
	}
	return b, w
}

// TestFillIsReadAsTheFile fills a spreadsheet and makes a file of the same
// starter: both are read as the same plan, with the same findings and tabs.
func TestFillIsReadAsTheFile(t *testing.T) {
	for name, book := range map[string]starter.Book{
		"blank":  starter.Blank(starter.BlankOptions{Today: fillDay}),
		"german": starter.Blank(starter.BlankOptions{Language: starter.German}),
		"demo":   starter.Demo(starter.DemoOptions{Today: fillDay}),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "plan.xlsx")
			if err := excel.Create(path, book); err != nil {
				t.Fatal(err)
			}
			file, err := excel.Open(path, excel.Options{})
			if err != nil {
				t.Fatal(err)
			}
			sheet, _ := filled(t, book)
			got, want := runOver(t, sheet), runOver(t, file)
			if diff := cmp.Diff(tables(got), tables(want)); diff != "" {
				t.Errorf("tables: got -, want +\n%s", diff)
			}
			if diff := cmp.Diff(findings(got), findings(want)); diff != "" {
				t.Errorf("findings: got -, want +\n%s", diff)
			}
			if diff := cmp.Diff(tabTexts(t, sheet), tabTexts(t, file)); diff != "" {
				t.Errorf("tabs: got -, want +\n%s", diff)
			}
			if name == "demo" && len(want.Findings) < 20 {
				t.Errorf("findings: got %d, want many", len(want.Findings))
			}
		})
	}
}

// runOver runs over a workbook. One without tasks can be read, no more.
func runOver(t *testing.T, b workbook.Backend) run.Result {
	t.Helper()
	drawn, err := templates.Default()
	if err != nil {
		t.Fatal(err)
	}
	r, err := run.Run(t.Context(), run.Options{Backend: b, Today: fillDay, Rules: rules.All(rules.Options{}), Templates: drawn, Version: "test"})
	if err != nil && !strings.Contains(err.Error(), "no task below it") {
		t.Fatal(err)
	}
	return r
}

func tables(r run.Result) []string {
	var all []string
	if r.Reading == nil {
		return nil
	}
	for _, t := range r.Reading.Tables {
		text, err := json.Marshal(t)
		if err != nil {
			text = []byte(err.Error())
		}
		all = append(all, string(text))
	}
	return all
}

func findings(r run.Result) []string {
	var all []string
	for _, f := range r.Findings {
		sheet, cell := r.Cell(f)
		all = append(all, strings.Join([]string{f.Rule, f.Severity.String(), sheet, cell, f.Text}, " | "))
	}
	return all
}

// tabTexts returns what the tabs of steerco's say, cell by cell. That a file
// keeps its choices in a hidden sheet, which isn't read, is left out: a
// spreadsheet needs none.
func tabTexts(t *testing.T, b workbook.Backend) []string {
	t.Helper()
	book, err := b.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, own := range book.Own.Tabs {
		for _, r := range own.Sheet.Rows {
			for _, c := range r.Cells {
				text := book.Shown(c)
				if c.Kind != workbook.Blank && text != "Left out" && text != "Lists" && text != "It is hidden" {
					all = append(all, own.Key+" "+workbook.ColumnName(int(c.Column))+" "+text)
				}
			}
		}
	}
	return all
}

// TestFillRefusesWhatIsNotEmpty leaves a spreadsheet as it is in which
// something stands.
func TestFillRefusesWhatIsNotEmpty(t *testing.T) {
	server := sheetstest.New(sheetstest.Options{})
	id := server.Create("Roll-out")
	if err := server.Edit(id, func(p *sheetstest.Person) { p.Set(p.Sheets()[0], 2, 1, "mine") }); err != nil {
		t.Fatal(err)
	}
	w := &wire{server: server.Transport()}
	_, err := gsheets.Fill(t.Context(), id, gsheets.Options{Client: &http.Client{Transport: w}}, starter.Blank(starter.BlankOptions{}))
	var fault *workbook.Error
	if !errors.Is(err, workbook.ErrRefused) || !errors.As(err, &fault) || fault.Cell != "B3" {
		t.Errorf("got %v, want a refusal that names B3", err)
	}
	if len(w.batches) > 0 {
		t.Error("something was written")
	}
}

// TestFillRefusesNotes leaves a spreadsheet as it is in which somebody has
// written a note only.
func TestFillRefusesNotes(t *testing.T) {
	server := sheetstest.New(sheetstest.Options{})
	id := server.Create("Roll-out")
	err := server.Edit(id, func(p *sheetstest.Person) {
		p.Do("updateCells", map[string]any{
			"fields": "note", "start": map[string]any{"rowIndex": 1}, "rows": []any{map[string]any{"values": []any{map[string]any{"note": "mine"}}}},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = gsheets.Fill(t.Context(), id, gsheets.Options{Client: &http.Client{Transport: server.Transport()}}, starter.Blank(starter.BlankOptions{}))
	if !errors.Is(err, workbook.ErrRefused) {
		t.Errorf("got %v, want %v", err, workbook.ErrRefused)
	}
}

// TestFillWhoseAnswerGetsLost fills a spreadsheet once, whether or not the
// first call took effect. What somebody has typed since is theirs.
func TestFillWhoseAnswerGetsLost(t *testing.T) {
	for _, applied := range []bool{true, false} {
		failing := true
		server := sheetstest.New(sheetstest.Options{Fault: func(c sheetstest.Call) *sheetstest.Fault {
			if !c.Write || !failing {
				return nil
			}
			failing = false
			return &sheetstest.Fault{Drop: true, Applied: applied}
		}})
		id := server.Create("Roll-out")
		o := gsheets.Options{Client: &http.Client{Transport: server.Transport()}}
		book := starter.Demo(starter.DemoOptions{Today: fillDay})
		if _, err := gsheets.Fill(t.Context(), id, o, book); !errors.Is(err, workbook.ErrUnavailable) {
			t.Fatalf("first call: got %v, want %v", err, workbook.ErrUnavailable)
		}
		if title, err := gsheets.Fill(t.Context(), id, o, book); err != nil || title != "Roll-out" {
			t.Errorf("applied %t: got %q, %v", applied, title, err)
		}
		if err := server.Edit(id, func(p *sheetstest.Person) { p.Set("Tasks", 20, 3, "mine") }); err != nil {
			t.Fatal(err)
		}
		if _, err := gsheets.Fill(t.Context(), id, o, book); !errors.Is(err, workbook.ErrRefused) {
			t.Errorf("after somebody has typed: got %v, want %v", err, workbook.ErrRefused)
		}
	}
}

// TestFillAtTheSameTime has two fill a spreadsheet that both have seen empty.
func TestFillAtTheSameTime(t *testing.T) {
	book := starter.Blank(starter.BlankOptions{})
	var o gsheets.Options
	var first func()
	server := sheetstest.New(sheetstest.Options{Before: func(c sheetstest.Call) {
		if do := first; do != nil && c.Write {
			first = nil
			do()
		}
	}})
	id := server.Create("Roll-out")
	o.Client = &http.Client{Transport: server.Transport()}
	first = func() {
		if _, err := gsheets.Fill(t.Context(), id, o, book); err != nil {
			t.Errorf("first: %v", err)
		}
	}
	if _, err := gsheets.Fill(t.Context(), id, o, book); err != nil {
		t.Errorf("second: %v", err)
	}
}

// TestFillTakesEmptySheets fills a spreadsheet that has several empty sheets,
// one with the title of a table.
func TestFillTakesEmptySheets(t *testing.T) {
	server := sheetstest.New(sheetstest.Options{})
	id := server.Create("Roll-out")
	if err := server.Edit(id, func(p *sheetstest.Person) {
		p.AddSheet("Gaps")
		p.AddSheet("Mine")
	}); err != nil {
		t.Fatal(err)
	}
	book := starter.Blank(starter.BlankOptions{})
	if _, err := gsheets.Fill(t.Context(), id, gsheets.Options{Client: &http.Client{Transport: server.Transport()}}, book); err != nil {
		t.Fatal(err)
	}
	var got, want []string
	if err := server.Edit(id, func(p *sheetstest.Person) { got = p.Sheets() }); err != nil {
		t.Fatal(err)
	}
	for _, s := range book.Sheets {
		want = append(want, s.Name)
	}
	if diff := cmp.Diff(got, append(want, "Mine")); diff != "" {
		t.Errorf("sheets: got -, want +\n%s", diff)
	}
}
