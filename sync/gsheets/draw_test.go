package gsheets_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"google.golang.org/api/sheets/v4"
	"pgregory.net/rapid"

	"steerco/rules/calendar"
	"steerco/sync/gsheets"
	"steerco/sync/workbook"
	"steerco/templates/tab"
	"steerco/templates/tab/tabtest"
)

// sheetsOf is a spreadsheet of the team's, as read, with a sheet for each title.
func sheetsOf(titles ...string) *sheets.Spreadsheet {
	s := &sheets.Spreadsheet{Properties: &sheets.SpreadsheetProperties{Title: "plan", Locale: "en_US"}}
	for i, title := range titles {
		s.Sheets = append(s.Sheets, &sheets.Sheet{Properties: &sheets.SheetProperties{
			SheetId: int64(i), Title: title, Index: int64(i), SheetType: "GRID",
			GridProperties: &sheets.GridProperties{RowCount: 100, ColumnCount: 26},
		}})
	}
	return s
}

func requests(t *testing.T, s *sheets.Spreadsheet, out workbook.Output) []*sheets.Request {
	t.Helper()
	made, err := gsheets.Requests(s, out, ",")
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// listing writes requests line by line, long texts shortened.
func listing(t *testing.T, all []*sheets.Request) string {
	t.Helper()
	var b strings.Builder
	for _, r := range all {
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var bodies map[string]json.RawMessage
		if err := json.Unmarshal(text, &bodies); err != nil {
			t.Fatal(err)
		}
		for kind, body := range bodies {
			fmt.Fprintf(&b, "%s %s\n", kind, strings.ReplaceAll(string(body), strings.Repeat("long ", 50), "…"))
		}
	}
	return b.String()
}

func drawnOutput() workbook.Output {
	half := 0.5
	return workbook.Output{
		ID: "id1",
		Tabs: []workbook.Drawing{{
			Tab: tab.Tab{
				Key: "committee", Title: "Committee", FreezeRows: 1,
				Columns: []tab.Column{{Width: 8}, {Width: 30.5}, {Width: 30.5}},
				Rows: []tab.Row{
					{Height: 30, Cells: []tab.Cell{{Text: "OMS", Style: tab.Title, Span: 2, RowSpan: 2}}},
					{},
					{Cells: []tab.Cell{{Text: "=1+1", Style: tab.Panel}, {Column: 1, Text: "T1", Style: tab.Body}, {Column: 2, Text: "x", Style: tab.BodyLink}}},
					{Outline: 1, Folded: true, Cells: []tab.Cell{{Number: &half, Style: tab.BodyNumber}, {Column: 1, Date: calendar.New(2026, 12, 1), Style: tab.BodyDate}}},
					{Outline: 1, Folded: true, Cells: []tab.Cell{{Column: 1, Text: "y", Style: tab.BodyLink}}},
				},
			},
			Links: map[tab.Position]workbook.Link{
				{Row: 2, Column: 2}: {Sheet: "Plan", Row: 1, ByID: true}, {Row: 4, Column: 1}: {Sheet: "Plan", Row: 1, Column: 2},
			},
		}},
		Marks: []workbook.Mark{{Sheet: "Plan", Column: 2, FirstRow: 3, LastRow: 6, Severity: "critical", Field: "finish", Parts: []int{0}}},
		Keys:  []string{"critical|finish|T1", "critical|finish|T3"},
	}
}

// TestRequests lists what a first write sends.
func TestRequests(t *testing.T) {
	tabtest.Golden(t, "requests.golden", listing(t, requests(t, sheetsOf("Plan"), drawnOutput())))
}

// TestLinkFormula leads to a row by the id of its sheet, whatever that is called.
// What makes such a formula is tested with workbook.LinkFormula.
func TestLinkFormula(t *testing.T) {
	id, cell := tab.Cell{Text: "T1"}, tab.Cell{Column: 1, Text: `"&IMPORTDATA("http://x")&"`}
	link := workbook.Link{Sheet: `It's "a" plan`, Row: 13, Column: 2, ByID: true}
	want := `=HYPERLINK("#gid=1&range=C"&IFERROR(MATCH(A8,'It''s "a" plan'!C:C,0),14),"""&IMPORTDATA(""http://x"")&""")`
	if got := gsheets.LinkFormula(sheetsOf("Plan", link.Sheet), id, cell, link); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	link.ByID = false
	if got := gsheets.LinkFormula(sheetsOf("Plan", link.Sheet), id, cell, link); got != "" {
		t.Errorf("a fixed place: got %s, want no formula", got)
	}
}

func TestSeparator(t *testing.T) {
	for _, tt := range []struct{ formula, want string }{
		{`=IF(A1,"x","y")`, `=IF(A1;"x";"y")`},
		{`="a,b"&CHAR(10)`, `="a,b"&CHAR(10)`},
		{`=F("say ""a,b"", she said",1)`, `=F("say ""a,b"", she said";1)`},
		{`=MATCH(A1,'a,b''s, "x'!A:A,0)`, `=MATCH(A1;'a,b''s, "x'!A:A;0)`},
		{`=F("'",2,"'")`, `=F("'";2;"'")`},
		{`=F("",2)`, `=F("";2)`},
		{``, ``},
	} {
		if got := gsheets.WithSeparator(tt.formula, ";"); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.formula, got, tt.want)
		}
		if got := gsheets.WithSeparator(tt.formula, ","); got != tt.formula {
			t.Errorf("with commas: got %s, want %s", got, tt.formula)
		}
	}
}

// TestSeparatorKeepsTheCondition translates conditions of all kinds: they are
// read as what they were.
func TestSeparatorKeepsTheCondition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := workbook.Mark{
			Severity: rapid.SampledFrom([]string{"critical", "note"}).Draw(t, "severity"), Field: "finish",
			Parts: rapid.SliceOfN(rapid.IntRange(0, 60), 1, 5).Draw(t, "parts"),
		}
		formula := gsheets.WithSeparator("="+m.Condition(`INDIRECT("_steerco_keys")`), ";")
		if strings.Contains(strings.ReplaceAll(formula, `","`, ""), ",") {
			t.Fatalf("a comma in %s", formula)
		}
		if got, want := gsheets.Canonical(formula), m.Found().Formula; got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	})
}

func TestSeparatorOf(t *testing.T) {
	for locale, want := range map[string]string{
		"en_US": ",", "en_GB": ",", "de_DE": ";", "de_CH": ",", "de": ";", "fr_FR": ";", "es_ES": ";", "es_MX": ",", "pt_BR": ";",
		"ja_JP": ",", "en_ZA": ";", "sv_SE": ";", "": ",", "nl-NL": ";",
	} {
		if got := gsheets.SeparatorOf(locale); got != want {
			t.Errorf("%q: got %q, want %q", locale, got, want)
		}
	}
}

func TestCellText(t *testing.T) {
	const most = 50_000
	for _, tt := range []struct{ text, want string }{
		{"a\r\nb\rc\n", "a\nb\nc\n"},
		{"\x00a\x1f\ufffeb\t", "ab\t"},
		{"\xffa", "\ufffda"},
		{strings.Repeat("ä", most), strings.Repeat("ä", most)},
		{strings.Repeat("ä", most+1), strings.Repeat("ä", most-1) + "…"},
		{strings.Repeat("𝄞", most), strings.Repeat("𝄞", most/2-1) + "…"},
	} {
		got := gsheets.CellText(tt.text)
		if got != tt.want {
			t.Errorf("%.20q: got %.40q (%d), want %.40q (%d)", tt.text, got, len(got), tt.want, len(tt.want))
		}
		if n := len(utf16.Encode([]rune(got))); n > most {
			t.Errorf("%.20q: got %d characters", tt.text, n)
		}
	}
}
