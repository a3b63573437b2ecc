package gsheets_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/api/option"
	"google.golang.org/api/sheets/v4"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/sync/corpustest"
	"steerco/sync/excel"
	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/gsheets/sheetstest/xlsx"
	"steerco/sync/run"
	"steerco/sync/workbook"
	"steerco/templates"
	"steerco/templates/tab"
)

// TestRealWorkbooksAsSpreadsheets runs over workbooks that nobody prepared, kept
// as spreadsheets: they are read and judged as the files are, what was found is
// coloured, a second run writes nothing, and cleaning leaves each spreadsheet as
// it was.
func TestRealWorkbooksAsSpreadsheets(t *testing.T) {
	for _, f := range corpustest.Files(t, "workbooks", "*.xl*") {
		t.Run(filepath.Base(f), func(t *testing.T) {
			t.Parallel()
			runSpreadsheet(t, f)
		})
	}
}

func runSpreadsheet(t *testing.T, file string) {
	server := sheetstest.New(sheetstest.Options{})
	o, id := spreadsheetOptions(t, server, file)
	before := everything(t, server, id)
	r, err := run.Run(t.Context(), o)
	asFile, fileErr := run.Check(t.Context(), fileOptions(t, file))
	if err != nil || fileErr != nil {
		if err == nil || fileErr == nil || withoutName(err) != withoutName(fileErr) {
			t.Errorf("got %v, want as the file %v", err, fileErr)
		}
		return
	}
	if diff := cmp.Diff(r.Reading.Tables, asFile.Reading.Tables); diff != "" {
		t.Errorf("tables: got -, want as in the file +\n%s", diff)
	}
	if diff := cmp.Diff(r.Findings, asFile.Findings); diff != "" {
		t.Errorf("findings: got -, want as in the file +\n%s", diff)
	}
	t.Logf("%d findings, %d marks", len(r.Findings), len(r.Output.Marks))
	checkFindingsShown(t, server, id, &r)
	if again, err := run.Run(t.Context(), o); err != nil || len(again.Changes) > 0 {
		t.Errorf("second run: got %v, %v, want nothing to write", again.Changes, err)
	}
	if _, err := run.Clean(t.Context(), run.CleanOptions{Backend: o.Backend}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(everything(t, server, id), before); diff != "" {
		t.Errorf("cleaned: got -, want as before +\n%s", diff)
	}
}

func fileOptions(t *testing.T, file string) run.Options {
	t.Helper()
	content, err := os.ReadFile(file)
	must(t, err)
	path := filepath.Join(t.TempDir(), filepath.Base(file))
	must(t, os.WriteFile(path, content, 0o600))
	backend, err := excel.Open(path, excel.Options{})
	must(t, err)
	return lateOptions(t, backend)
}

// lateOptions judge a plan for a day on which all that is open in it is late.
func lateOptions(t *testing.T, b workbook.Backend) run.Options {
	t.Helper()
	drawn, err := templates.Default()
	must(t, err)
	return run.Options{
		Backend: b, Today: calendar.New(2030, 6, 3), Rules: rules.All(rules.Options{}), Templates: drawn, Version: "test",
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// withoutName returns an error's text without the name of the workbook.
func withoutName(err error) string {
	_, text, _ := strings.Cut(err.Error(), ": ")
	return text
}

func spreadsheetOptions(t *testing.T, server *sheetstest.Server, file string) (o run.Options, id string) {
	t.Helper()
	content, err := os.ReadFile(file)
	must(t, err)
	name := filepath.Base(file)
	id, warnings, err := xlsx.Import(t.Context(), server, strings.TrimSuffix(name, filepath.Ext(name)), bytes.NewReader(content))
	must(t, err)
	for _, w := range warnings {
		t.Log(w)
	}
	backend, err := gsheets.Open(t.Context(), id, gsheets.Options{Client: &http.Client{Transport: server.Transport()}, Endpoint: "http://127.0.0.1"})
	must(t, err)
	return lateOptions(t, backend), id
}

// everything returns all that the API tells of a spreadsheet, as text.
func everything(t *testing.T, server *sheetstest.Server, id string) string {
	t.Helper()
	service, err := sheets.NewService(t.Context(),
		option.WithHTTPClient(&http.Client{Transport: server.Transport()}), option.WithEndpoint("http://127.0.0.1"))
	must(t, err)
	// What conditional formats of the team's give is often beyond the stand-in.
	s, err := service.Spreadsheets.Get(id).Fields("properties,namedRanges,developerMetadata,sheets(properties,merges,rowGroups,columnGroups," +
		"conditionalFormats,protectedRanges,bandedRanges,filterViews,charts,tables,developerMetadata,data(startRow,startColumn,rowMetadata," +
		"columnMetadata,rowData/values(userEnteredValue,userEnteredFormat,effectiveValue,formattedValue,note,dataValidation)))").Context(t.Context()).Do()
	must(t, err)
	text, err := json.MarshalIndent(s, "", " ")
	must(t, err)
	return string(text)
}

// checkFindingsShown fails unless a person sees the judged cell of each finding in one
// of the colours of highlights, where no format of the team's own may win.
func checkFindingsShown(t *testing.T, server *sheetstest.Server, id string, r *run.Result) {
	t.Helper()
	colors := []string{tab.MarkFill("critical"), tab.MarkFill("warning"), tab.MarkFill("note")}
	for _, f := range r.Findings {
		o, ok := r.Reading.Origin(f.At.Row)
		_, cell := r.Cell(f)
		if !ok || cell == "" || f.Severity == rules.CannotJudge {
			continue
		}
		column := 0
		for workbook.CellName(o.Row, column) != cell {
			column++
		}
		if slices.ContainsFunc(r.Book.Sheet(o.Sheet).Colored, func(at workbook.Range) bool {
			return at.FirstRow <= o.Row && o.Row <= at.LastRow && at.FirstColumn <= column && column <= at.LastColumn
		}) {
			continue
		}
		if got, err := server.Fill(id, o.Sheet, o.Row, column); err != nil || !slices.Contains(colors, got) {
			t.Errorf("sheet %q, cell %s: got colour %q, %v, want one of %v: %s", o.Sheet, cell, got, err, colors, f.Text)
		}
	}
}
