package gsheets_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// teamOutput is what a run might want to see in teamSheets.
func teamOutput(b *workbook.Book) workbook.Output {
	m := workbook.Mark{Sheet: "Plan", Column: 1, FirstRow: 1, LastRow: 2, Severity: "warning", Field: "name", Parts: []int{0, 1}}
	key := workbook.Key(m.Severity, m.Field, []workbook.Cell{{Kind: workbook.Text, Text: "T1"}, {Kind: workbook.Text, Text: "Load"}})
	out := workbook.Output{ID: b.ID, Marks: []workbook.Mark{m}, Keys: []string{key}}
	for _, title := range []string{"Summary", "Committee"} {
		out.Tabs = append(out.Tabs, workbook.Drawing{Tab: tab.Tab{
			Key: strings.ToLower(title), Title: title, Columns: []tab.Column{{Width: 20}},
			Rows: []tab.Row{{Cells: []tab.Cell{{Text: "one task is late", Style: tab.Body}}}},
		}})
	}
	return out
}

// written returns a spreadsheet in which steerco has written.
func written(t *testing.T) (spreadsheet, *gsheets.Backend) {
	t.Helper()
	s := newSpreadsheet(t, sheetstest.New(sheetstest.Options{}), teamSheets())
	b := s.open(t)
	s.write(b)
	return s, b
}

// write applies teamOutput, and returns what stands there afterwards. What was
// put right must be so for good.
func (s spreadsheet) write(b *gsheets.Backend) *workbook.Book {
	s.t.Helper()
	before := s.read(b)
	if _, err := b.Apply(s.t.Context(), workbook.Changes{Base: before.Version, Output: teamOutput(before)}); err != nil {
		s.t.Fatal(err)
	}
	after := s.read(b)
	for _, c := range workbook.Compare(after.Own, teamOutput(after)) {
		s.t.Errorf("after writing: %s", c)
	}
	return after
}

func (s spreadsheet) read(b *gsheets.Backend) *workbook.Book {
	s.t.Helper()
	book, err := b.Read(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return book
}

// get reads all but cells.
func (s spreadsheet) get() *sheets.Spreadsheet {
	s.t.Helper()
	got, err := s.api().Spreadsheets.Get(s.id).Context(s.t.Context()).Do()
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

// own returns a sheet of steerco's as the API has it.
func (s spreadsheet) own(title string) *sheets.Sheet {
	s.t.Helper()
	all := s.get().Sheets
	i := slices.IndexFunc(all, func(sheet *sheets.Sheet) bool { return sheet.Properties.Title == title })
	if i < 0 {
		s.t.Fatalf("there is no sheet %q", title)
	}
	return all[i]
}

// loseMetadata takes out all developer metadata, as a download and an upload
// do.
func (s spreadsheet) loseMetadata() {
	s.t.Helper()
	var requests []*sheets.Request
	for _, key := range []string{"steerco.id", "steerco.tab", "steerco.data"} {
		requests = append(requests, &sheets.Request{DeleteDeveloperMetadata: &sheets.DeleteDeveloperMetadataRequest{
			DataFilter: &sheets.DataFilter{DeveloperMetadataLookup: &sheets.DeveloperMetadataLookup{MetadataKey: key}},
		}})
	}
	s.send(requests...)
}

func deleteSheet(s *sheets.Sheet) *sheets.Request {
	return &sheets.Request{DeleteSheet: &sheets.DeleteSheetRequest{SheetId: s.Properties.SheetId, ForceSendFields: []string{"SheetId"}}}
}

// TestWhatSomebodyChangesOfOursIsPutRight goes over what can be changed beside
// cells and highlights, and holds that a write puts it right, for good and
// without doubling anything.
func TestWhatSomebodyChangesOfOursIsPutRight(t *testing.T) {
	tests := map[string]func(s spreadsheet){
		"the data tab is shown": func(s spreadsheet) {
			s.send(sheetRequest("hidden", &sheets.SheetProperties{SheetId: s.own("_steerco").Properties.SheetId}))
		},
		"the data tab is deleted":     func(s spreadsheet) { s.send(deleteSheet(s.own("_steerco"))) },
		"the data tab is written to":  func(s spreadsheet) { person{s}.Set("_steerco", 0, 0, "scribble") },
		"the record is written over":  func(s spreadsheet) { person{s}.Set("_steerco", 0, 1, "scribble") },
		"the metadata gets lost":      func(s spreadsheet) { s.loseMetadata() },
		"the data tab is copied":      func(s spreadsheet) { person{s}.Copy("_steerco", "keys") },
		"a tab is copied":             func(s spreadsheet) { person{s}.Copy("Summary", "kept") },
		"a tab is renamed":            func(s spreadsheet) { person{s}.Rename("Summary", "Overview") },
		"a row is put above the keys": func(s spreadsheet) { person{s}.Insert("_steerco", 0) },
		"the name of the keys is deleted": func(s spreadsheet) {
			s.send(&sheets.Request{DeleteNamedRange: &sheets.DeleteNamedRangeRequest{NamedRangeId: s.get().NamedRanges[0].NamedRangeId}})
		},
		"the name of the keys leads elsewhere": func(s spreadsheet) {
			n := s.get().NamedRanges[0]
			n.Range = at(0, 0, 0)
			s.send(&sheets.Request{UpdateNamedRange: &sheets.UpdateNamedRangeRequest{NamedRange: n, Fields: "range"}})
		},
		"a protection is taken off": func(s spreadsheet) {
			id := s.own("Summary").ProtectedRanges[0].ProtectedRangeId
			s.send(&sheets.Request{DeleteProtectedRange: &sheets.DeleteProtectedRangeRequest{ProtectedRangeId: id}})
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			s, b := written(t)
			change(s)
			after := s.write(b)
			if !after.Own.Whole {
				t.Error("whole: got false after writing")
			}
			checkNothingDoubled(t, s.get())
			if again, err := b.Apply(t.Context(), workbook.Changes{Base: after.Version, Output: teamOutput(after)}); err != nil || again != after.Version {
				t.Errorf("once more: got %q, %v, want %q and nothing to do", again, err, after.Version)
			}
		})
	}
}

func checkNothingDoubled(t *testing.T, s *sheets.Spreadsheet) {
	t.Helper()
	seen := map[string]int{}
	for _, m := range s.DeveloperMetadata {
		seen[m.MetadataKey]++
	}
	for _, sheet := range s.Sheets {
		for _, m := range sheet.DeveloperMetadata {
			seen[m.MetadataKey]++
		}
		seen["rules"] += len(sheet.ConditionalFormats)
		seen["protections"] += len(sheet.ProtectedRanges)
	}
	seen["names"] = len(s.NamedRanges)
	want := map[string]int{"steerco.id": 1, "steerco.tab": 2, "steerco.data": 1, "rules": 1, "protections": 3, "names": 1}
	for what, n := range want {
		if got := seen[what]; got != n {
			t.Errorf("%s: got %d, want %d", what, got, n)
		}
	}
}

// TestATabThatLostItsMetadataIsKnown holds that a spreadsheet which went through
// a file is gone on with: same identity, same tabs.
func TestATabThatLostItsMetadataIsKnown(t *testing.T) {
	s, b := written(t)
	before := s.read(b)
	s.loseMetadata()
	after := s.read(s.open(t))
	if after.ID != before.ID || after.Own.ID != before.Own.ID {
		t.Errorf("id: got %q, stored %q, want %q", after.ID, after.Own.ID, before.ID)
	}
	if len(after.Own.Tabs) != 2 || len(after.Own.Keys) != 1 || after.Own.Whole {
		t.Errorf("own: got %+v, want two tabs, a key, and not whole", after.Own)
	}
}

// TestATabThatLostItsMetadataIsKnownByItsSheet holds that a tab which lost its
// metadata is steerco's still, whatever somebody has typed into it.
func TestATabThatLostItsMetadataIsKnownByItsSheet(t *testing.T) {
	s, b := written(t)
	person{s}.Set("Summary", 0, 0, "typed here")
	s.loseMetadata()
	book := s.read(b)
	if book.Sheet("Summary") != nil || len(book.Own.Tabs) != 2 {
		t.Fatalf("got %d tabs of steerco's, want two", len(book.Own.Tabs))
	}
	mustClean(t, b, book)
}

func mustClean(t *testing.T, b workbook.Backend, book *workbook.Book) {
	t.Helper()
	if _, err := b.Apply(t.Context(), workbook.Changes{Base: book.Version}); err != nil {
		t.Fatal(err)
	}
	after, err := b.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if left := workbook.Compare(after.Own, workbook.Output{}); len(left) > 0 || after.Sheet("Summary") != nil {
		t.Errorf("after clean: got %v, want nothing of steerco's", left)
	}
}

// TestASheetWithTheTitleOfATabIsTheTeams holds that a sheet isn't overwritten
// for its title alone.
func TestASheetWithTheTitleOfATabIsTheTeams(t *testing.T) {
	s, b := written(t)
	person{s}.Copy("Summary", "Ours")
	person{s}.Remove("Summary")
	person{s}.Rename("Ours", "Summary")
	person{s}.Set("Summary", 0, 0, "our own summary")
	s.loseMetadata()
	book := s.read(b)
	if book.Sheet("Summary") == nil || len(book.Own.Tabs) != 1 {
		t.Fatalf("got %d tabs of steerco's, want one", len(book.Own.Tabs))
	}
	_, err := b.Apply(t.Context(), workbook.Changes{Base: book.Version, Output: teamOutput(book)})
	if !errors.Is(err, workbook.ErrNameTaken) {
		t.Errorf("apply: got %v, want %v", err, workbook.ErrNameTaken)
	}
}
