package workbook_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// TestLinkFormula checks where links lead, and that no text gets out of its
// quotes.
func TestLinkFormula(t *testing.T) {
	one := 12.0
	byID := workbook.Link{Sheet: "Plan", Row: 13, Column: 2, ByID: true}
	numeric := byID
	numeric.NumericID = true
	odd := byID
	odd.Sheet = `It's "a" plan`
	for name, tt := range map[string]struct {
		id, cell tab.Cell
		link     workbook.Link
		want     string
	}{
		"text id": {
			tab.Cell{Text: "T1"},
			tab.Cell{Column: 1, Text: "Build it"},
			byID,
			`HYPERLINK("#at$C"&IFERROR(MATCH(A8,'Plan'!$C:$C,0),14),"Build it")`,
		},
		"number as text": {
			tab.Cell{Text: "12"},
			tab.Cell{Column: 1, Text: "x"},
			numeric,
			`HYPERLINK("#at$C"&IFERROR(MATCH(VALUE(A8),'Plan'!$C:$C,0),14),"x")`,
		},
		"number": {
			tab.Cell{Number: &one},
			tab.Cell{Column: 1, Text: "x"},
			numeric,
			`HYPERLINK("#at$C"&IFERROR(MATCH(A8,'Plan'!$C:$C,0),14),"x")`,
		},
		"number for a text id": {
			tab.Cell{Number: &one},
			tab.Cell{Column: 1, Text: "x"},
			byID,
			`HYPERLINK("#at$C"&IFERROR(MATCH(A8&"",'Plan'!$C:$C,0),14),"x")`,
		},
		"a wide id cell": {
			tab.Cell{Text: "T1", Span: 2},
			tab.Cell{Column: 2, Text: "x"},
			byID,
			`HYPERLINK("#at$C"&IFERROR(MATCH(A8,'Plan'!$C:$C,0),14),"x")`,
		},
		"quotes": {
			tab.Cell{Text: "T1"},
			tab.Cell{Column: 1, Text: `"&WEBSERVICE("http://x")&"`},
			odd,
			`HYPERLINK("#at$C"&IFERROR(MATCH(A8,'It''s "a" plan'!$C:$C,0),14),"""&WEBSERVICE(""http://x"")&""")`,
		},
		"long text": {
			tab.Cell{Text: "T1"},
			tab.Cell{Column: 1, Text: strings.Repeat("é", 126)},
			byID,
			`HYPERLINK("#at$C"&IFERROR(MATCH(A8,'Plan'!$C:$C,0),14),"` + strings.Repeat("é", 125) + `"&"é")`,
		},
		"too long":          {tab.Cell{Text: "T1"}, tab.Cell{Column: 1, Text: strings.Repeat("x", 9000)}, byID, ""},
		"wildcards":         {tab.Cell{Text: "T*"}, tab.Cell{Column: 1, Text: "x"}, byID, ""},
		"no id beside":      {tab.Cell{Column: 3, Text: "T1"}, tab.Cell{Column: 1, Text: "x"}, byID, ""},
		"an empty id":       {tab.Cell{}, tab.Cell{Column: 1, Text: "x"}, byID, ""},
		"not by id":         {tab.Cell{Text: "T1"}, tab.Cell{Column: 1, Text: "x"}, workbook.Link{Sheet: "Plan"}, ""},
		"nothing to be led": {tab.Cell{Text: "T1"}, tab.Cell{Column: 1}, byID, ""},
	} {
		got := workbook.LinkFormula(workbook.LinkCell{
			At: 7, Row: tab.Row{Cells: []tab.Cell{tt.id, tt.cell}}, Cell: tt.cell, Link: tt.link, Address: "#at$C", Column: "$C", Shown: tt.cell.Text,
		})
		if got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, tt.want)
		}
	}
}

func TestCellText(t *testing.T) {
	const most = 100
	for _, tt := range []struct{ text, want string }{
		{"a\r\nb\rc\n", "a\nb\nc\n"},
		{"\xffa", "\ufffda"},
		{strings.Repeat("ä", most), strings.Repeat("ä", most)},
		{strings.Repeat("ä", most+1), strings.Repeat("ä", most-1) + "…"},
		{strings.Repeat("𝄞", most), strings.Repeat("𝄞", most/2-1) + "…"},
	} {
		got := workbook.CellText(tt.text, most)
		if got != tt.want {
			t.Errorf("%.20q: got %q, want %q", tt.text, got, tt.want)
		}
		if n := len(utf16.Encode([]rune(got))); n > most {
			t.Errorf("%.20q: got %d units", tt.text, n)
		}
	}
}
