package excel

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

func documentWith(t testing.TB, data []byte) *document {
	t.Helper()
	d, err := openDocument("plan.xlsx", data, ooxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// small returns an output for a workbook whose first sheet is "Plan".
func small(say string) workbook.Output {
	one := func(key, title string) workbook.Drawing {
		return workbook.Drawing{
			Tab: tab.Tab{Key: key, Title: title, Columns: []tab.Column{{Width: 20}}, Rows: []tab.Row{
				{Cells: []tab.Cell{{Text: say, Style: tab.Title}}},
				{Cells: []tab.Cell{{Text: "T1", Style: tab.Body}, {Column: 1, Text: "Build it", Style: tab.BodyLink}}},
			}, Print: tab.Print{RepeatRows: [2]int{1, 1}}},
			Links: map[tab.Position]workbook.Link{{Row: 1, Column: 1}: {Sheet: "Plan", Row: 1, ByID: true}},
		}
	}
	return workbook.Output{
		ID: "0123456789abcdef", Tabs: []workbook.Drawing{one("summary", "Summary"), one("committee", "Committee")},
		Marks: []workbook.Mark{
			{Sheet: "Plan", Column: 1, FirstRow: 1, LastRow: 9, Severity: "note", Field: "name", Parts: []int{0, 1}},
			{Sheet: "Plan", Column: 1, FirstRow: 1, LastRow: 9, Severity: "critical", Field: "name", Parts: []int{0, 1}},
		},
		Keys: []string{"critical|name|T1|Build it"},
	}
}

// file is a workbook on the disk under test.
type file struct {
	path    string
	backend *Backend
}

func fileWith(t *testing.T, data []byte) file {
	t.Helper()
	f := file{path: filepath.Join(t.TempDir(), "plan.xlsx")}
	save(t, f.path, data)
	var err error
	if f.backend, err = Open(f.path, Options{StateDir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f file) bytes(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile(f.path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (f file) read(t *testing.T) *workbook.Book {
	t.Helper()
	b, err := f.backend.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// part returns a part of the file.
func (f file) part(t *testing.T, name string) string {
	t.Helper()
	b, err := documentWith(t, f.bytes(t)).pkg.Part(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// change does to parts of the file what another program does.
func (f file) change(t *testing.T, changes map[string]func(string) string, added ...ooxml.Entry) {
	t.Helper()
	pkg := documentWith(t, f.bytes(t)).pkg
	patch := ooxml.Patch{Replace: map[string][]byte{}, Add: added}
	for name, change := range changes {
		before := f.part(t, name)
		after := change(before)
		if after == before {
			t.Fatalf("%s: the edit changes nothing", name)
		}
		patch.Replace[name] = []byte(after)
	}
	var out bytes.Buffer
	if err := pkg.Rewrite(&out, patch); err != nil {
		t.Fatal(err)
	}
	save(t, f.path, out.Bytes())
}

// allParts returns all parts by name.
func allParts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	pkg := documentWith(t, data).pkg
	all := map[string]string{}
	for _, name := range pkg.Names() {
		b, err := pkg.Part(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(b)
	}
	return all
}

// checkRound writes, writes again, and cleans.
func checkRound(t *testing.T, data []byte) file {
	t.Helper()
	f := fileWith(t, data)
	mustApply(t, f.backend, small("first"))
	if left := workbook.Compare(f.read(t).Own, small("first")); len(left) > 0 {
		t.Errorf("still to do after writing: %v", left)
	}
	once := f.bytes(t)
	mustApply(t, f.backend, small("first"))
	if !bytes.Equal(f.bytes(t), once) {
		t.Error("the second write changed something")
	}
	mustApply(t, f.backend, small("second"))
	mustApply(t, f.backend, workbook.Output{})
	if diff := cmp.Diff(allParts(t, f.bytes(t)), allParts(t, data)); diff != "" {
		t.Errorf("cleaned: got -, want +\n%s", diff)
	}
	mustApply(t, f.backend, small("first"))
	return f
}

const (
	twoRows   = `<row r="1"><c r="A1" t="inlineStr"><is><t>Id</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>T1</t></is></c></row>`
	someStyle = `<styleSheet xmlns="` + transitionalNamespace + `"><fonts count="1"><font/></fonts><fills><fill/></fills><borders><border/></borders>` +
		`<cellXfs count="1"><xf/></cellXfs><dxfs count="0"/></styleSheet>`
)

func strict(s string) string {
	s = strings.ReplaceAll(s, transitionalNamespace, strictNamespace)
	return strings.ReplaceAll(s, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
}

// TestWriteIntoOddWorkbooks writes into workbooks as some programs make them.
func TestWriteIntoOddWorkbooks(t *testing.T) {
	plain := map[string]string{"xl/worksheets/sheet1.xml": sheetOf(twoRows), "xl/styles.xml": someStyle}
	book := `<workbook xmlns="` + transitionalNamespace + `"><sheets><sheet name="Plan" sheetId="1" r:id="rId1" xmlns:r="` +
		`http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></sheets></workbook>`
	for name, parts := range map[string]map[string]string{
		"plain":                        {},
		"no styles part":               {"xl/styles.xml": "", "xl/_rels/workbook.xml.rels": relationships("worksheet worksheets/sheet1.xml")},
		"empty styles":                 {"xl/styles.xml": `<styleSheet xmlns="` + transitionalNamespace + `" />`},
		"a sheet without rows":         {"xl/worksheets/sheet1.xml": `<worksheet xmlns="` + transitionalNamespace + `"><sheetData/></worksheet>`},
		"a sheet with nothing":         {"xl/worksheets/sheet1.xml": `<worksheet xmlns="` + transitionalNamespace + `"/>`},
		"what looks like the end":      {"xl/worksheets/sheet1.xml": sheetOf(twoRows + `<row r="3"><c r="A3" t="inlineStr"><is><t><![CDATA[</sheetData>]]></t></is></c></row><!-- </sheetData> -->`)},
		"no relationship prefix":       {"xl/workbook.xml": book},
		"an instruction after the end": {"xl/workbook.xml": book + "\n<?done?>\n<!-- end -->"},
		"prefixes": {
			"xl/workbook.xml":          prefixed(book),
			"xl/worksheets/sheet1.xml": prefixed(`<worksheet xmlns="` + transitionalNamespace + `"><sheetData>` + twoRows + `</sheetData><pageMargins/></worksheet>`),
			"xl/styles.xml":            prefixed(someStyle),
		},
		"strict": {
			"xl/workbook.xml":            strict(book),
			"xl/worksheets/sheet1.xml":   strict(sheetOf(twoRows)),
			"xl/styles.xml":              strict(someStyle),
			"xl/_rels/workbook.xml.rels": strict(relationships("worksheet worksheets/sheet1.xml", "styles styles.xml")),
		},
	} {
		t.Run(name, func(t *testing.T) {
			all := map[string]string{}
			for _, set := range []map[string]string{plain, parts} {
				for n, b := range set {
					all[n] = b
				}
			}
			f := checkRound(t, made(t, all))
			if name == "strict" && strings.Contains(f.part(t, "xl/worksheets/sheet2.xml"), transitionalNamespace) {
				t.Error("the tab isn't in the namespace of its workbook")
			}
			if name == "prefixes" && !strings.Contains(f.part(t, "xl/worksheets/sheet1.xml"), "<x:conditionalFormatting sqref") {
				t.Error("the mark hasn't the prefix of its sheet")
			}
		})
	}
}

// prefixed gives all elements of a part the prefix x.
func prefixed(part string) string {
	part = strings.ReplaceAll(part, ` xmlns="`, ` xmlns:x="`)
	part = strings.ReplaceAll(part, "</", "\x00")
	part = strings.ReplaceAll(part, "<", "<x:")
	return strings.ReplaceAll(part, "\x00", "</x:")
}

// TestMarksStandInOrder checks that highlights come after the team's own rules
// and before what must follow.
func TestMarksStandInOrder(t *testing.T) {
	sheet := `<worksheet xmlns="` + transitionalNamespace + `"><sheetData>` + twoRows + `</sheetData><mergeCells count="1"><mergeCell ref="C1:D1"/></mergeCells>` +
		`<phoneticPr fontId="0"/><conditionalFormatting sqref="A1"><cfRule type="expression" priority="7"><formula>TRUE</formula></cfRule></conditionalFormatting>` +
		`<dataValidations count="1"><dataValidation sqref="A1"/></dataValidations><pageMargins/><extLst><ext xmlns:x14="urn:x14"><x14:conditionalFormattings>` +
		`<x14:conditionalFormatting><x14:cfRule priority="9"/></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>`
	f := checkRound(t, made(t, map[string]string{"xl/worksheets/sheet1.xml": sheet, "xl/styles.xml": someStyle}))
	part := f.part(t, "xl/worksheets/sheet1.xml")
	last := -1
	for _, piece := range []string{
		"<phoneticPr", `priority="7"`, `dxfId="0" priority="10"`, `critical|name`, `dxfId="1" priority="11"`, `note|name`, "<dataValidations", "<pageMargins",
	} {
		at := strings.Index(part, piece)
		if at <= last {
			t.Errorf("%s stands at %d, want it after %d\n%s", piece, at, last, part)
		}
		last = at
	}
}

// team is a workbook with two sheets, names and views of the team's.
func team(t *testing.T) []byte {
	t.Helper()
	return made(t, map[string]string{
		"xl/worksheets/sheet1.xml": sheetOf(twoRows), "xl/worksheets/sheet2.xml": sheetOf(twoRows), "xl/styles.xml": someStyle,
		"xl/_rels/workbook.xml.rels": relationships("worksheet worksheets/sheet1.xml", "worksheet worksheets/sheet2.xml", "styles styles.xml"),
		"xl/workbook.xml": `<workbook xmlns="` + transitionalNamespace + `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
			`<bookViews><workbookView activeTab="1" firstSheet="1"/></bookViews><sheets><sheet name="Plan" sheetId="1" r:id="rId1"/><sheet name="Gaps" sheetId="5" r:id="rId2"/></sheets>` +
			`<definedNames><definedName name="here" localSheetId="1">Gaps!$A$1</definedName></definedNames></workbook>`,
	})
}

// layout returns the sheets in order, and what points at one by its position.
func layout(t *testing.T, f file) []string {
	t.Helper()
	d := documentWith(t, f.bytes(t))
	var all []string
	for _, e := range d.sheets {
		all = append(all, strings.TrimSpace(e.name+" "+e.state))
	}
	root, err := parse([]byte(f.part(t, d.main)), nil)
	if err != nil {
		t.Fatal(err)
	}
	all = append(all, "in front: "+views(root)[0].value("activeTab"))
	for _, n := range d.names {
		if n.name == "here" {
			all = append(all, "here: "+d.sheets[n.sheet].name)
		}
	}
	return all
}

// moveFirst puts the entry of a sheet at the beginning of the list and turns
// it into the one in front, as a person does.
func moveFirst(book string) string {
	at := strings.Index(book, `<sheet name="Summary"`)
	end := at + strings.Index(book[at:], "/>") + 2
	entry := book[at:end]
	book = book[:at] + book[end:]
	book = strings.Replace(book, "<sheets>", "<sheets>"+strings.Replace(entry, "Summary", "For the PM", 1), 1)
	return strings.NewReplacer(`localSheetId="0"`, `localSheetId="1"`, `localSheetId="1"`, `localSheetId="2"`,
		`localSheetId="2"`, `localSheetId="0"`, `activeTab="1"`, `activeTab="0"`, "Summary!", "For the PM!").Replace(book)
}

// TestTabsStayWhereTheyWerePut has somebody rename a tab and move it to the
// front.
func TestTabsStayWhereTheyWerePut(t *testing.T) {
	f := fileWith(t, team(t))
	mustApply(t, f.backend, small("first"))
	if diff := cmp.Diff(layout(t, f), []string{"Plan", "Gaps", "Summary", "Committee", "_steerco veryHidden", "in front: 1", "here: Gaps"}); diff != "" {
		t.Fatalf("got -, want +\n%s", diff)
	}
	f.change(t, map[string]func(string) string{"xl/workbook.xml": moveFirst})
	moved := []string{"For the PM", "Plan", "Gaps", "Committee", "_steerco veryHidden", "in front: 0", "here: Gaps"}
	for _, say := range []string{"second", "third"} {
		mustApply(t, f.backend, small(say))
		if diff := cmp.Diff(layout(t, f), moved); diff != "" {
			t.Fatalf("got -, want +\n%s", diff)
		}
		own := f.read(t).Own
		if i := slices.IndexFunc(own.Tabs, func(o workbook.OwnTab) bool { return o.Key == "summary" }); own.Tabs[i].Sheet.Cell(0, 0).Text != say {
			t.Errorf("got %q, want %q", own.Tabs[i].Sheet.Cell(0, 0).Text, say)
		}
	}
	mustApply(t, f.backend, workbook.Output{})
	if diff := cmp.Diff(layout(t, f), []string{"Plan", "Gaps", "in front: 0", "here: Gaps"}); diff != "" {
		t.Errorf("cleaned: got -, want +\n%s", diff)
	}
}

// TestCopyOfATabIsTheTeams has somebody copy a tab: programs copy its mark
// with it.
func TestCopyOfATabIsTheTeams(t *testing.T) {
	f := fileWith(t, team(t))
	mustApply(t, f.backend, small("first"))
	copied := ooxml.Entry{Name: "xl/worksheets/copy.xml", Data: []byte(f.part(t, "xl/worksheets/sheet3.xml"))}
	f.change(t, map[string]func(string) string{
		"xl/workbook.xml": func(s string) string {
			s = strings.Replace(s, "</sheets>", `<sheet name="Summary (2)" sheetId="90" r:id="rIdC"/></sheets>`, 1)
			return strings.Replace(s, "</definedNames>", `<definedName name="_steerco.tab" localSheetId="5" hidden="1">"summary"</definedName></definedNames>`, 1)
		},
		"xl/_rels/workbook.xml.rels": func(s string) string {
			return strings.Replace(s, "</Rel", `<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/copy.xml"/></Rel`, 1)
		},
	}, copied)
	if book := f.read(t); book.Sheet("Summary (2)") == nil || len(book.Own.Tabs) != 2 || book.Own.Whole {
		t.Fatalf("got sheets %v and %d tabs, want the copy among the team's", len(book.Sheets), len(book.Own.Tabs))
	}
	mustApply(t, f.backend, small("second"))
	if got := f.part(t, "xl/worksheets/copy.xml"); got != string(copied.Data) {
		t.Error("the copy was changed")
	}
	if left := workbook.Compare(f.read(t).Own, small("second")); len(left) > 0 {
		t.Errorf("still to do: %v", left)
	}
	mustApply(t, f.backend, workbook.Output{})
	if diff := cmp.Diff(layout(t, f), []string{"Plan", "Gaps", "Summary (2)", "in front: 1", "here: Gaps"}); diff != "" {
		t.Errorf("cleaned: got -, want +\n%s", diff)
	}
	if f.read(t).Own.ID != "" || strings.Contains(f.part(t, "xl/workbook.xml"), namePrefix) {
		t.Error("something is left in the workbook part")
	}
}
