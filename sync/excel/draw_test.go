package excel

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"steerco/rules/calendar"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// TestTextStaysText draws texts of every kind: they are read back as they are,
// and none becomes a formula.
func TestTextStaysText(t *testing.T) {
	source := team(t)
	f := fileWith(t, source)
	rapid.Check(t, func(rt *rapid.T) {
		texts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
			"=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2", " a ", "_x0041_", "_x005F_x0041_", "a\r\nb\rc\n", "\x00\x1f\ufffe",
			"<b>&amp;]]>", `"quoted"`, "'", "1e5", "TRUE", "#REF!", strings.Repeat("ä", 40_000), strings.Repeat("𝄞", 17_000), "\xff\xfe",
		})), 1, 5).Draw(rt, "texts")
		var rows []tab.Row
		for _, text := range texts {
			rows = append(rows, tab.Row{Cells: []tab.Cell{{Text: text, Style: tab.Body}}})
		}
		d := workbook.Drawing{Tab: tab.Tab{Key: "summary", Title: "Summary", Rows: rows}}
		tabs := []workbook.Drawing{d}
		out, err := splice(mustStrip(rt, source), workbook.Output{ID: "1", Tabs: tabs}, startDrawing(tabs))
		if err != nil {
			rt.Fatal(err)
		}
		part := out.parts[out.tabs[0].part]
		if strings.Contains(string(part), "<f>") {
			rt.Fatalf("a formula in %s", part)
		}
		sheet, err := readPart(part)
		if err != nil {
			rt.Fatal(err)
		}
		for row, text := range texts {
			got := sheet.Cell(row, 0)
			if want := cellText(text); got.Text != want || got.Formula || want != "" && got.Kind != workbook.Text {
				rt.Fatalf("got %+q (%v), want text %+q", got.Text, got.Kind, want)
			}
		}
	})
	f.checkAlone(t, source)
}

func mustStrip(t *rapid.T, source []byte) *stripped {
	d, err := openDocument("plan.xlsx", source, Options{}.Limits)
	if err != nil {
		t.Fatal(err)
	}
	own, err := d.findOwn()
	if err != nil {
		t.Fatal(err)
	}
	base, err := strip(d, own)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// TestLinkFormula leads to a row of a sheet whose title has quotes. What makes
// such a formula is tested with workbook.LinkFormula.
func TestLinkFormula(t *testing.T) {
	cell := tab.Cell{Column: 1, Text: `"&WEBSERVICE("http://x")&"`}
	link := workbook.Link{Sheet: `It's "a" plan`, Row: 13, Column: 2, ByID: true}
	got := linkFormula(7, tab.Row{Cells: []tab.Cell{{Text: "T1"}, cell}}, cell, link)
	want := `HYPERLINK("#'It''s ""a"" plan'!$C"&IFERROR(MATCH(A8,'It''s "a" plan'!$C:$C,0),14),"""&WEBSERVICE(""http://x"")&""")`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestDrawnTab checks what a tab has besides its cells.
func TestDrawnTab(t *testing.T) {
	half := 0.5
	d := workbook.Drawing{
		Tab: tab.Tab{
			Key: "committee", Title: "Committee", FreezeRows: 1,
			Columns: []tab.Column{{Width: 8}, {Width: 30.5}},
			Rows: []tab.Row{
				{Height: 30, Cells: []tab.Cell{{Text: "OMS", Style: tab.Title, Span: 2, RowSpan: 2}}},
				{},
				{Outline: 1, Folded: true, Cells: []tab.Cell{{Number: &half, Style: tab.BodyNumber}, {Column: 1, Date: calendar.New(2026, 12, 1), Style: tab.BodyDate}}},
				{Cells: []tab.Cell{{Text: "T1", Style: tab.Body}, {Column: 1, Text: "x", Style: tab.BodyLink}}},
				{Cells: []tab.Cell{{Column: 1, Text: "y", Style: tab.BodyLink}}},
			},
			Print: tab.Print{Landscape: true, OnePage: true, RepeatRows: [2]int{1, 2}, FooterLeft: "R&D 2026"},
		},
		Links: map[tab.Position]workbook.Link{
			{Row: 3, Column: 1}: {Sheet: "Plan", Row: 1, ByID: true}, {Row: 4, Column: 1}: {Sheet: "Plan", Row: 1, Column: 2},
		},
	}
	f := fileWith(t, team(t))
	mustApply(t, f.backend, workbook.Output{ID: "1", Tabs: []workbook.Drawing{d}})
	part := f.part(t, "xl/worksheets/sheet3.xml")
	for _, want := range []string{
		`<dimension ref="A1:B5"/>`, `tabSelected="0"`, `showGridLines="0"`, `state="frozen"`, `ySplit="1"`, `<mergeCell ref="A1:B2"/>`,
		`ht="30"`, `outlineLevel="1"`, `hidden="1"`, `summaryBelow="0"`, `fitToPage="1"`, `fitToHeight="1"`, `fitToWidth="1"`, `orientation="landscape"`,
		`paperSize="9"`, `<oddFooter>&amp;L&amp;8 R&amp;&amp;D 2026&amp;R&amp;8 &amp;P/&amp;N</oddFooter>`, `width="30.500"`, "<v>0.5</v>", "<v>46357</v>",
		`t="str"><f>HYPERLINK(`, `<v>x</v>`, `<hyperlink ref="B5" location="&#39;Plan&#39;!C2"`,
	} {
		if !strings.Contains(part, want) && !strings.Contains(strings.ReplaceAll(part, "'", "&#39;"), want) {
			t.Errorf("no %s in\n%s", want, part)
		}
	}
	if book := f.part(t, "xl/workbook.xml"); !strings.Contains(book, `<definedName name="_xlnm.Print_Titles" localSheetId="2">'Committee'!$1:$2</definedName>`) {
		t.Errorf("no repeated rows in\n%s", book)
	}
	styles := f.part(t, "xl/styles.xml")
	for _, want := range []string{`formatCode="d mmm yyyy"`, `formatCode="#,##0.0#"`, `rgb="FF1F3050"`, `wrapText="1"`} {
		if !strings.Contains(styles, want) {
			t.Errorf("no %s in\n%s", want, styles)
		}
	}
}

// TestStylesAreShared checks that a second tab, and a workbook that was saved
// by somebody else, need no further records.
func TestStylesAreShared(t *testing.T) {
	f := fileWith(t, team(t))
	mustApply(t, f.backend, small("first"))
	before := f.part(t, "xl/styles.xml")
	f.change(t, map[string]func(string) string{
		"xl/workbook.xml": func(s string) string { return s + "<!-- saved -->" },
		"xl/styles.xml": func(s string) string {
			s = strings.Replace(s, `<b val="1"/><color rgb="FF1F3050"/>`, `<color rgb="FF1F3050"/><b val="true"/>`, 1)
			return strings.ReplaceAll(s, `vertical="center" wrapText="1"`, `wrapText="true" vertical="center"`)
		},
	})
	saved := f.part(t, "xl/styles.xml")
	if saved == before {
		t.Fatal("nothing was changed")
	}
	mustApply(t, f.backend, small("second"))
	if got := f.part(t, "xl/styles.xml"); got != saved {
		t.Errorf("got\n%s\nwant\n%s", got, saved)
	}
}

// TestWidthsFollowTheDefaultFont draws for workbooks whose digits are wider.
func TestWidthsFollowTheDefaultFont(t *testing.T) {
	for font, want := range map[string]float64{
		`<sz val="11"/><name val="Calibri"/>`: 1, `<sz val="10"/><name val="Arial"/>`: 1, `<sz val="11"/><name val="Arial"/>`: 7.0 / 8,
		`<sz val="14"/><name val="Calibri"/>`: 7.0 / 9, `<name val="No such font"/>`: 7.0 / 8, ``: 1,
	} {
		s, err := newStyleBook("s", []byte(`<styleSheet><fonts><font>`+font+`</font></fonts></styleSheet>`))
		if err != nil {
			t.Fatal(err)
		}
		if got := s.widthScale(); got != want {
			t.Errorf("%s: got %v, want %v", font, got, want)
		}
	}
}
