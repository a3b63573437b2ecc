package excel

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"steerco/rules/calendar"
	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="[h]:mm"/>` +
	`<numFmt numFmtId="3" formatCode="0.0"/></numFmts>` +
	`<fonts><font><sz val="11"/></font><font><b/></font><font><b val="0"/></font></fonts>` +
	`<cellStyleXfs><xf numFmtId="9" fontId="1"/></cellStyleXfs>` +
	`<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="1"/><xf numFmtId="165"><alignment indent="2"/></xf>` +
	`<xf numFmtId="14" fontId="2"/><xf numFmtId="31" fontId="9"/><xf numFmtId="3"/><xf numFmtId="9"/></cellXfs>` +
	`<dxfs><dxf><font><b/></font></dxf></dxfs></styleSheet>`

const texts = `<sst><si><t>plain</t></si><si><r><rPr><b/></rPr><t>rich </t></r><r><t xml:space="preserve">te &amp; xt</t></r></si>` +
	`<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si><si/><si><t>two_x000D_lines</t></si><si><t/></si></sst>`

// readRows reads a sheet with rows, styles and texts.
func readRows(t *testing.T, sheet string) *workbook.Book {
	t.Helper()
	b, err := read(t, made(t, map[string]string{
		"xl/worksheets/sheet1.xml": sheet, "xl/styles.xml": styles, "xl/sharedStrings.xml": texts,
	}))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestCells reads every kind of cell.
func TestCells(t *testing.T) {
	for _, test := range []struct {
		name, cell string
		want       workbook.Cell
	}{
		{"number", `<c r="A1"><v>12.5</v></c>`, workbook.Cell{Kind: workbook.Number, Number: 12.5}},
		{"with type", `<c r="A1" t="n" s="1"><v>-1E3</v></c>`, workbook.Cell{Kind: workbook.Number, Number: -1000, Format: 1}},
		{"with blanks", "<c r=\"A1\"><v>\n 7 </v></c>", workbook.Cell{Kind: workbook.Number, Number: 7}},
		{"with comment", `<c r="A1"><v>1<!-- 2 -->3</v></c>`, workbook.Cell{Kind: workbook.Number, Number: 13}},
		{"not a number", `<c r="A1"><v>n/a</v></c>`, workbook.Cell{Kind: workbook.Text, Text: "n/a"}},
		{"infinite", `<c r="A1"><v>1e999</v></c>`, workbook.Cell{Kind: workbook.Text, Text: "1e999"}},
		{"shared", `<c r="A1" t="s"><v>0</v></c>`, workbook.Cell{Kind: workbook.Text, Text: "plain"}},
		{"rich", `<c r="A1" t="s"><v>1</v></c>`, workbook.Cell{Kind: workbook.Text, Text: "rich te & xt"}},
		{"with pronunciation", `<c r="A1" t="s"><v>2</v></c>`, workbook.Cell{Kind: workbook.Text, Text: "東京"}},
		{"escaped", `<c r="A1" t="s"><v>4</v></c>`, workbook.Cell{Kind: workbook.Text, Text: "two\rlines"}},
		{"inline", `<c r="A1" t="inlineStr"><is><t>here &lt;</t></is></c>`, workbook.Cell{Kind: workbook.Text, Text: "here <"}},
		{"inline rich", `<c r="A1" t="inlineStr"><is><r><t>a</t></r><rPh><t>no</t></rPh><r><t>b</t></r></is></c>`, workbook.Cell{Kind: workbook.Text, Text: "ab"}},
		{"inline in v", `<c r="A1" t="inlineStr"><v>here</v></c>`, workbook.Cell{Kind: workbook.Text, Text: "here"}},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, workbook.Cell{Kind: workbook.Bool, Number: 1}},
		{"false", `<c r="A1" t="b"><v>0</v></c>`, workbook.Cell{Kind: workbook.Bool}},
		{"error", `<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, workbook.Cell{Kind: workbook.ErrorValue, Text: "#DIV/0!", Formula: true}},
		{"formula", `<c r="A1"><f>B1&lt;2</f><v>3</v></c>`, workbook.Cell{Kind: workbook.Number, Number: 3, Formula: true}},
		{"shared formula", `<c r="A1"><f t="shared" si="0"/><v>3</v></c>`, workbook.Cell{Kind: workbook.Number, Number: 3, Formula: true}},
		{"text formula", `<c r="A1" t="str"><f>B1</f><v>a&#10;b</v></c>`, workbook.Cell{Kind: workbook.Text, Text: "a\nb", Formula: true}},
		{"empty text of a formula", `<c r="A1" t="str"><f>B1</f><v></v></c>`, workbook.Cell{Kind: workbook.Text, Formula: true}},
		{"formula never computed", `<c r="A1"><f>B1</f></c>`, workbook.Cell{Formula: true}},
		{"formula with an empty value", `<c r="A1"><f>B1</f><v/></c>`, workbook.Cell{Formula: true}},
		{"time of ISO 8601", `<c r="A1" t="d" s="3"><v>2023-03-15T18:00:00</v></c>`, workbook.Cell{Kind: workbook.Number, Number: 45000.75, Format: 3}},
		{"date of ISO 8601 without format", `<c r="A1" t="d"><v>2023-03-15</v></c>`, workbook.Cell{Kind: workbook.Number, Number: 45000, Format: 7}},
		{"not of ISO 8601", `<c r="A1" t="d"><v>soon</v></c>`, workbook.Cell{Kind: workbook.Text, Text: "soon"}},
		{"unknown type", `<c r="A1" t="x"><v>5</v></c>`, workbook.Cell{Kind: workbook.Number, Number: 5}},
		{"with extension", `<c r="A1" vm="1" cm="2"><v>5</v><extLst><ext><v>6</v></ext></extLst></c>`, workbook.Cell{Kind: workbook.Number, Number: 5}},
		{"absolute name", `<c r="AB1"><v>5</v></c>`, workbook.Cell{Column: 27, Kind: workbook.Number, Number: 5}},
		{"without name", `<c><v>5</v></c>`, workbook.Cell{Kind: workbook.Number, Number: 5}},
	} {
		b := readRows(t, sheetOf(`<row r="1">`+test.cell+`</row>`))
		want := []workbook.Row{{Cells: []workbook.Cell{test.want}}}
		if d := cmp.Diff(want, b.Sheets[0].Rows); d != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, d)
		}
	}
}

// TestEmptyCells: cells without content aren't there, nor rows without cells.
func TestEmptyCells(t *testing.T) {
	b := readRows(t, sheetOf(`<row/><row r="5"><c r="A5" s="1"/><c s="2"></c><c t="s"><v>3</v></c><c t="s"><v>5</v></c><c t="inlineStr"><is/></c><c><v/></c><c t="s"><v/></c></row><row><c><v>1</v></c></row>`))
	want := []workbook.Row{{Index: 5, Cells: []workbook.Cell{{Kind: workbook.Number, Number: 1}}}}
	if d := cmp.Diff(want, b.Sheets[0].Rows); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestFormats(t *testing.T) {
	b := readRows(t, sheetOf(""))
	want := []workbook.Format{
		{},
		{Code: `yyyy\-mm\-dd`, Date: true, Bold: true},
		{Code: "[h]:mm", Elapsed: true, Indent: 2},
		{Code: "m/d/yyyy", Date: true},
		{Code: `yyyy"年"m"月"d"日"`, Date: true},
		{Code: "0.0"},
		{Code: "0%"},
	}
	if d := cmp.Diff(want, b.Formats); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestWithoutStyles reads a workbook that has neither styles nor texts.
func TestWithoutStyles(t *testing.T) {
	for _, content := range []string{"", "<styleSheet/>"} {
		b, err := read(t, made(t, map[string]string{
			"xl/worksheets/sheet1.xml": sheetOf(`<row><c s="4"><v>5</v></c></row>`), "xl/styles.xml": content,
		}))
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Shown(b.Sheets[0].Cell(0, 0)); got != "5" {
			t.Errorf("styles %q: got %q, want 5", content, got)
		}
	}
}

// TestRows reads what rows say of themselves, in whatever order they stand.
func TestRows(t *testing.T) {
	b := readRows(t, sheetOf(`<row r="3" hidden="1"><c r="B3"><v>3</v></c><c r="A3"><v>2</v></c><c r="B3"><v>4</v></c></row>`+
		`<row outlineLevel="2" collapsed="1"><c><v>4</v></c></row><row r="1" ht="0" customHeight="1"><c r="C1"><v>1</v></c></row>`+
		`<row r="3"><c r="C3"><v>5</v></c></row>`))
	n := func(column int32, v float64) workbook.Cell {
		return workbook.Cell{Column: column, Kind: workbook.Number, Number: v}
	}
	want := []workbook.Row{
		{Index: 0, Hidden: true, Cells: []workbook.Cell{n(2, 1)}},
		{Index: 2, Hidden: true, Cells: []workbook.Cell{n(0, 2), n(1, 4), n(2, 5)}},
		{Index: 3, Outline: 2, Cells: []workbook.Cell{n(0, 4)}},
	}
	if d := cmp.Diff(want, b.Sheets[0].Rows); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestSheet reads what a sheet tells besides its cells, with a prefix before
// every name, in the strict namespace, and with things in between that mean
// nothing here.
func TestSheet(t *testing.T) {
	sheet := `<x:worksheet xmlns:x="` + strictNamespace + `" xmlns:o="other"><x:sheetPr><x:tabColor/><x:outlinePr summaryBelow="0"/></x:sheetPr>` +
		`<x:dimension ref="A1:XFD1048576"/><x:cols><x:col min="2" max="2" width="0"/><x:col min="4" max="16384" hidden="1"/><x:col min="1" max="1" width="9"/></x:cols>` +
		`<x:sheetData><o:row><o:c/></o:row><x:row><x:c r="A1"><x:v>1</x:v><o:v>2</o:v></x:c><x:c r="F1"><x:f t="array" ref="F1:F2">A1</x:f><x:v>3</x:v></x:c></x:row>` +
		`<x:row><x:c r="F2"><x:v>4</x:v></x:c><x:c r="G2"><x:v>4</x:v></x:c></x:row></x:sheetData>` +
		`<x:mergeCells count="2"><x:mergeCell ref="A1:C2"/><x:mergeCell ref="nothing"/></x:mergeCells>` +
		`<x:conditionalFormatting><x:cfRule><x:formula>1</x:formula></x:cfRule></x:conditionalFormatting></x:worksheet>`
	b, err := read(t, made(t, map[string]string{
		"xl/worksheets/sheet1.xml":            sheet,
		"xl/worksheets/_rels/sheet1.xml.rels": relationships("table ../tables/t1.xml", "table ../tables/gone.xml"),
		"xl/tables/t1.xml":                    `<table name="t" displayName="Tasks" ref="A1:$F$2"/>`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	n := func(column int32, v float64, formula bool) workbook.Cell {
		return workbook.Cell{Column: column, Kind: workbook.Number, Number: v, Formula: formula}
	}
	want := []workbook.Sheet{{
		Name: "Plan", SummaryAbove: true, HiddenColumns: []int{1, 3, 4, 5, 6},
		Merged: []workbook.Range{{LastRow: 1, LastColumn: 2}},
		Tables: []workbook.NamedRange{{Name: "Tasks", Range: workbook.Range{LastRow: 1, LastColumn: 5}}},
		Rows: []workbook.Row{
			{Index: 0, Cells: []workbook.Cell{n(0, 1, false), n(5, 3, true)}},
			{Index: 1, Cells: []workbook.Cell{n(5, 4, true), n(6, 4, false)}},
		},
	}}
	if d := cmp.Diff(want, b.Sheets); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestColored finds the ranges that the team's own conditional formats colour,
// in both places where such rules stand; bars, icons and steerco's own don't.
func TestColored(t *testing.T) {
	b := readRows(t, `<worksheet><sheetData/>`+
		`<conditionalFormatting sqref="A2:B9 D4"><cfRule type="expression" dxfId="0" priority="1"><formula>$A2=1</formula></cfRule></conditionalFormatting>`+
		`<conditionalFormatting sqref="C1:C3"><cfRule type="duplicateValues" dxfId="0" priority="2"/></conditionalFormatting>`+
		`<conditionalFormatting sqref="E1"><cfRule type="dataBar" priority="3"><dataBar><cfvo type="min"/></dataBar></cfRule></conditionalFormatting>`+
		`<conditionalFormatting sqref="F1"><cfRule type="colorScale" priority="4"><colorScale><cfvo type="min"/></colorScale></cfRule></conditionalFormatting>`+
		`<conditionalFormatting sqref="G1"><cfRule type="expression" priority="5"><formula>ISNUMBER(MATCH(A1,_steerco.keys,0))</formula></cfRule></conditionalFormatting>`+
		`<extLst><ext><conditionalFormattings><conditionalFormatting><cfRule type="expression"><f>Lists!A1=1</f></cfRule><sqref>H1:H5</sqref></conditionalFormatting></conditionalFormattings></ext></extLst></worksheet>`)
	want := []workbook.Range{
		{FirstRow: 1, LastRow: 8, LastColumn: 1},
		{FirstRow: 3, FirstColumn: 3, LastRow: 3, LastColumn: 3},
		{FirstColumn: 2, LastRow: 2, LastColumn: 2},
		{FirstColumn: 5, LastColumn: 5},
		{FirstColumn: 7, LastRow: 4, LastColumn: 7},
	}
	if d := cmp.Diff(want, b.Sheets[0].Colored); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestBook reads what the workbook says of itself; charts and dialogs aren't
// sheets of cells.
func TestBook(t *testing.T) {
	data := made(t, map[string]string{
		"_rels/.rels": relationships("officeDocument xl/workbook.xml", "metadata/core-properties docProps/core.xml"),
		"xl/workbook.xml": `<workbook xmlns:r="r"><fileSharing readOnlyRecommended="1"/><workbookPr date1904="true"/><sheets>` +
			`<sheet name="Chart" sheetId="1" r:id="rId1"/><sheet name="Plan &amp; more" sheetId="2" state="visible" r:id="rId2"/>` +
			`<sheet name="Lists" sheetId="3" state="veryHidden" r:id="rId3"/><sheet name="Gone" sheetId="9" r:id="rId9"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": relationships("chartsheet chartsheets/sheet1.xml", "worksheet worksheets/sheet1.xml", "worksheet worksheets/sheet2.xml"),
		"xl/chartsheets/sheet1.xml":  "<chartsheet/>",
		"xl/worksheets/sheet1.xml":   sheetOf(`<row><c t="d"><v>2023-03-15</v></c></row>`),
		"xl/worksheets/sheet2.xml":   `<worksheet/>`,
		"docProps/core.xml":          `<p:coreProperties xmlns:d="d" xmlns:p="p"><d:language>de-DE</d:language><t:modified>2026-02-28T23:59:00Z</t:modified></p:coreProperties>`,
	})
	got, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	want := &workbook.Book{
		Name: "plan.xlsx", Modified: calendar.New(2026, 2, 28), Locale: "de-DE", Epoch1904: true,
		Warnings: []string{"its author recommends to open it read-only", `it is read but can't be written: the content of a sheet is not in the file: "Gone"`},
		Formats:  []workbook.Format{{}, {Code: "yyyy-mm-dd", Date: true}},
		Sheets: []workbook.Sheet{
			{Name: "Plan & more", Rows: []workbook.Row{{Cells: []workbook.Cell{{Kind: workbook.Number, Number: 43538, Format: 1}}}}},
			{Name: "Lists", Hidden: true},
		},
	}
	if d := cmp.Diff(want, got, cmpopts.IgnoreFields(workbook.Book{}, "ID", "Version", "Unwritable")); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if !errors.Is(got.Unwritable, workbook.ErrRefused) {
		t.Errorf("a sheet's content is missing: got %v, want it refused for writing", got.Unwritable)
	}
	again, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	if again.ID != got.ID || again.Version != got.Version || got.ID == "" || got.Version == "" {
		t.Errorf("read twice: got %q at %q, then %q at %q", got.ID, got.Version, again.ID, again.Version)
	}
}

// TestUncomputed tells formulas that no program has computed yet.
func TestUncomputed(t *testing.T) {
	b := readRows(t, sheetOf(`<row><c><f>1+1</f></c><c><f>A1</f><v/></c><c><f>2</f><v>2</v></c><c t="str"><f>""</f><v></v></c></row>`))
	want := []string{`sheet "Plan" has formulas without a computed value (2): open the workbook in a spreadsheet program and save it once`}
	if d := cmp.Diff(want, b.Warnings); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestSkip leaves sheets out and reads them when asked.
func TestSkip(t *testing.T) {
	data := made(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(`<row><c><v>1</v></c></row>`)})
	d, err := openDocument("plan.xlsx", data, ooxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	b, r, err := readBook(t.Context(), d, data, readOptions{Skip: func(sheet int) bool { return sheet == 0 }})
	if err != nil || len(b.Sheets) != 0 {
		t.Fatalf("got %v, %v, want no sheet", b, err)
	}
	sheet, err := r.sheet(d.sheets[0])
	if err != nil || sheet.Cell(0, 0).Number != 1 {
		t.Errorf("got %v, %v", sheet, err)
	}
	if _, err := d.readOne(d.sheets[0]); err != nil {
		t.Error(err)
	}
}

// TestCancelled ends reading with the context's error.
func TestCancelled(t *testing.T) {
	data := largePlan(t, 2)
	d, err := openDocument("plan.xlsx", data, ooxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := readBook(ctx, d, data, readOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// TestTooManyCells stops at the limit of cells with content.
func TestTooManyCells(t *testing.T) {
	data := largePlan(t, 10)
	d, err := openDocument("plan.xlsx", data, ooxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := readBook(t.Context(), d, data, readOptions{Cells: 150}); err != nil {
		t.Errorf("150 cells: %v", err)
	}
	if _, _, err := readBook(t.Context(), d, data, readOptions{Cells: 149}); !errors.Is(err, ooxml.ErrLimit) {
		t.Errorf("149 cells: got %v, want %v", err, ooxml.ErrLimit)
	}
}

// TestTenMillionEmptyCells reads ten million cells with nothing in them: they
// take no memory besides the part itself.
func TestTenMillionEmptyCells(t *testing.T) {
	row := "<row>" + strings.Repeat("<c/>", 1000) + "</row>"
	data := made(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(strings.Repeat(row, 10_000) + `<row><c><v>1</v></c></row>`)})
	d, err := openDocument("plan.xlsx", data, ooxml.Limits{Ratio: 1100})
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b, _, err := readBook(t.Context(), d, data, readOptions{})
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if rows := b.Sheets[0].Rows; len(rows) != 1 || rows[0].Index != 10_000 {
		t.Errorf("got %d rows, want one", len(rows))
	}
	part := uint64(d.pkg.Size("xl/worksheets/sheet1.xml"))
	if took := after.TotalAlloc - before.TotalAlloc; took > part+1<<20 {
		t.Errorf("took %d bytes, and the part itself has %d", took, part)
	}
}

// TestLargePlan: rows whose cells lie in different chunks of memory are whole.
func TestLargePlan(t *testing.T) {
	b, err := read(t, largePlan(t, 3000))
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range b.Sheets[0].Rows {
		if row.Index != i || len(row.Cells) != 15 {
			t.Fatalf("row %d: got index %d with %d cells", i, row.Index, len(row.Cells))
		}
		if got, want := row.Cells[1].Text, fmt.Sprintf("Task %d of workstream 1", i+1); got != want {
			t.Fatalf("row %d: got %q, want %q", i, got, want)
		}
		if got, want := row.Cells[14].Number, float64((i+1)%60); got != want || !row.Cells[14].Formula {
			t.Fatalf("row %d: got %v, want %v", i, row.Cells[14], want)
		}
	}
}

func TestParseRange(t *testing.T) {
	for ref, want := range map[string]*workbook.Range{
		"A1":           {},
		"B2:D14":       {FirstRow: 1, FirstColumn: 1, LastRow: 13, LastColumn: 3},
		"$D$14:$B$2":   {FirstRow: 1, FirstColumn: 1, LastRow: 13, LastColumn: 3},
		"xfd1048576":   {FirstRow: 1048575, FirstColumn: 16383, LastRow: 1048575, LastColumn: 16383},
		"XFE1":         nil,
		"A1048577":     nil,
		"A0":           nil,
		"":             nil,
		"A":            nil,
		"1":            nil,
		"A1:":          nil,
		"A99999999999": nil,
		"ABCDEFGHIJK1": nil,
		"Sheet1!A1":    nil,
		"A-1":          nil,
	} {
		got, ok := parseRange(ref)
		if ok != (want != nil) || ok && got != *want {
			t.Errorf("%q: got %v, %v, want %v", ref, got, ok, want)
		}
	}
}

// FuzzRead reads a sheet, styles and texts of any content: no panic, and cells
// in order.
func FuzzRead(f *testing.F) {
	f.Add(sheetOf(`<row r="3"><c r="B3" t="s" s="1"><v>0</v></c><c t="inlineStr"><is><t>a</t></is></c></row>`), styles, texts)
	f.Add(sheetOf(`<row r="3"><c r="B3" t="d"><v>2023-03-15</v></c></row><row r="1"/>`), "<styleSheet/>", "<sst/>")
	f.Add(`<x:worksheet xmlns:x="a"><x:cols><x:col min="1" max="9" hidden="1"/></x:cols><x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells></x:worksheet>`, "<", "")
	f.Fuzz(func(t *testing.T, sheet, styles, texts string) {
		b, err := read(t, made(t, map[string]string{
			"xl/worksheets/sheet1.xml": sheet, "xl/styles.xml": styles, "xl/sharedStrings.xml": texts,
		}))
		if err != nil {
			return
		}
		for _, s := range b.Sheets {
			last := -1
			for _, row := range s.Rows {
				if row.Index <= last || len(row.Cells) == 0 {
					t.Fatalf("row %d with %d cells after row %d", row.Index, len(row.Cells), last)
				}
				last = row.Index
				checkCells(t, b, row.Cells)
			}
		}
	})
}

func checkCells(t *testing.T, b *workbook.Book, cells []workbook.Cell) {
	t.Helper()
	column := int32(-1)
	for _, c := range cells {
		if c.Column <= column || c.Column >= maxColumns {
			t.Fatalf("column %d after %d", c.Column, column)
		}
		column = c.Column
		_ = b.Shown(c)
	}
}
