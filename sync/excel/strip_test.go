package excel

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// dataPart returns the name of the part with the data tab.
func dataPart(t *testing.T, f file) string {
	t.Helper()
	d := documentWith(t, f.bytes(t))
	own, err := d.findOwn()
	if err != nil || own.hidden < 0 {
		t.Fatalf("no data tab: %v", err)
	}
	return d.sheets[own.hidden].part
}

// TestJournalIsNotTrusted edits the data tab in all kinds of ways: what is the
// team's stays, and of steerco's nothing but styles.
func TestJournalIsNotTrusted(t *testing.T) {
	for name, edit := range map[string]func(string) string{
		"a shifted place":        func(s string) string { return strings.Replace(s, `&quot;at&quot;:`, `&quot;at&quot;:1`, 3) },
		"a place beyond the end": func(s string) string { return strings.Replace(s, `&quot;at&quot;:`, `&quot;at&quot;:9999999`, 1) },
		"a negative length":      func(s string) string { return strings.ReplaceAll(s, `&quot;in&quot;:`, `&quot;in&quot;:-`) },
		"more inserted":          func(s string) string { return strings.ReplaceAll(s, `&quot;in&quot;:`, `&quot;in&quot;:1`) },
		"other bytes replaced": func(s string) string {
			return strings.Replace(s, `&quot;was&quot;:&quot;`, `&quot;was&quot;:&quot;QUJD`, 1)
		},
		"another hash": func(s string) string {
			return strings.ReplaceAll(s, `&quot;after&quot;:&quot;`, `&quot;after&quot;:&quot;0`)
		},
		"another part": func(s string) string { return strings.ReplaceAll(s, "sheet1.xml", "sheet2.xml") },
		"no such part": func(s string) string { return strings.ReplaceAll(s, "xl/styles.xml", "xl/nothing.xml") },
		"a part told as added": func(s string) string {
			return strings.Replace(s, `&quot;rest&quot;`, `&quot;added&quot;:[&quot;xl/worksheets/sheet2.xml&quot;],&quot;rest&quot;`, 1)
		},
		"no journal": func(s string) string { return strings.ReplaceAll(s, `{&quot;parts&quot;`, `{&quot;nothing&quot;`) },
		"no JSON":    func(s string) string { return strings.ReplaceAll(s, `{&quot;`, `[`) },
		"a later format": func(s string) string {
			return strings.Replace(s, `{&quot;steerco&quot;:1`, `{&quot;steerco&quot;:2`, 1)
		},
		"nothing at all": func(string) string { return sheetOf("") },
		"a number for each piece": func(string) string {
			return sheetOf(`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>`)
		},
		"an error for each piece": func(string) string {
			return sheetOf(`<row r="1"><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="e"><v>#N/A</v></c></row>`)
		},
		"another id, with slashes": func(s string) string { return strings.Replace(s, "0123456789abcdef", "../../../etc/x", 1) },
	} {
		t.Run(name, func(t *testing.T) {
			source := team(t)
			f := fileWith(t, source)
			mustApply(t, f.backend, small("first"))
			f.change(t, map[string]func(string) string{dataPart(t, f): edit})
			if _, err := f.backend.Read(t.Context()); err != nil {
				t.Fatal(err)
			}
			mustApply(t, f.backend, small("second"))
			if left := workbook.Compare(f.read(t).Own, small("second")); len(left) > 0 {
				t.Errorf("still to do after writing: %v", left)
			}
			if s := f.part(t, dataPart(t, f)); edit(s) != s {
				f.change(t, map[string]func(string) string{dataPart(t, f): edit})
			}
			mustApply(t, f.backend, workbook.Output{})
			got, want := allParts(t, f.bytes(t)), allParts(t, source)
			delete(got, "xl/styles.xml")
			delete(want, "xl/styles.xml")
			if diff := cmp.Diff(got, want); diff != "" {
				t.Errorf("cleaned: got -, want +\n%s", diff)
			}
		})
	}
}

// TestStylesStayWhereSomethingMayUseThem has another program add a sheet
// without touching what was there: its cells may use styles that came with a
// tab.
func TestStylesStayWhereSomethingMayUseThem(t *testing.T) {
	f := fileWith(t, team(t))
	mustApply(t, f.backend, small("first"))
	styles := f.part(t, "xl/styles.xml")
	f.change(t, map[string]func(string) string{
		"xl/worksheets/sheet2.xml": func(s string) string { return strings.Replace(s, `<c r="A2"`, `<c r="A2" s="2"`, 1) },
	})
	mustApply(t, f.backend, workbook.Output{})
	if got := f.part(t, "xl/styles.xml"); got != styles {
		t.Errorf("got\n%s\nwant\n%s", got, styles)
	}
	if got := f.part(t, "xl/worksheets/sheet1.xml"); strings.Contains(got, namePrefix) {
		t.Error("a mark is left")
	}
}

// TestCalculationChainGoes has Excel save the workbook: it notes the formulas
// of the tabs, which are others the next time.
func TestCalculationChainGoes(t *testing.T) {
	f := fileWith(t, team(t))
	mustApply(t, f.backend, small("first"))
	f.change(t, map[string]func(string) string{
		"xl/_rels/workbook.xml.rels": func(s string) string {
			return strings.Replace(s, "</Rel", `<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Rel`, 1)
		},
		contentTypesPart: func(s string) string {
			return strings.Replace(s, "</Types>", `<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>`, 1)
		},
	}, ooxml.Entry{Name: "xl/calcChain.xml", Data: []byte(`<calcChain><c r="B2" i="1"/><c r="B2" i="6"/></calcChain>`)})
	mustApply(t, f.backend, small("second"))
	parts := allParts(t, f.bytes(t))
	if _, ok := parts["xl/calcChain.xml"]; ok || strings.Contains(parts[contentTypesPart], "calcChain") {
		t.Error("the order of calculation is still there")
	}
}

// TestWhatATabBroughtGoesWithIt has somebody put a picture on a tab.
func TestWhatATabBroughtGoesWithIt(t *testing.T) {
	source := team(t)
	f := fileWith(t, source)
	mustApply(t, f.backend, small("first"))
	rel := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://x/%s" Target="%s"/></Relationships>`
	f.change(t, nil,
		ooxml.Entry{Name: "xl/worksheets/_rels/sheet3.xml.rels", Data: fmt.Appendf(nil, rel, "drawing", "../drawings/drawing1.xml")},
		ooxml.Entry{Name: "xl/drawings/drawing1.xml", Data: []byte(`<wsDr/>`)},
		ooxml.Entry{Name: "xl/drawings/_rels/drawing1.xml.rels", Data: fmt.Appendf(nil, rel, "image", "../media/image1.png")},
		ooxml.Entry{Name: "xl/media/image1.png", Data: []byte("png")},
	)
	mustApply(t, f.backend, workbook.Output{})
	got, want := allParts(t, f.bytes(t)), allParts(t, source)
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is left", name)
		}
	}
}

// TestTitlesGo has Excel save the workbook: it lists the sheets in the file's
// properties.
func TestTitlesGo(t *testing.T) {
	properties := func(sheets int, names string, titles ...string) string {
		list := ""
		for _, title := range titles {
			list += "<vt:lpstr>" + title + "</vt:lpstr>"
		}
		pairs := 2
		if names != "" {
			pairs = 4
		}
		return fmt.Sprintf(`<Properties xmlns:vt="v"><HeadingPairs><vt:vector size="%d" baseType="variant"><vt:variant><vt:lpstr>Sheets</vt:lpstr></vt:variant>`+
			`<vt:variant><vt:i4>%d</vt:i4></vt:variant>%s</vt:vector></HeadingPairs><TitlesOfParts><vt:vector size="%d" baseType="lpstr">%s</vt:vector></TitlesOfParts></Properties>`,
			pairs, sheets, names, len(titles), list)
	}
	const names = `<vt:variant><vt:lpstr>Names</vt:lpstr></vt:variant><vt:variant><vt:i4>2</vt:i4></vt:variant>`
	f := fileWith(t, team(t))
	mustApply(t, f.backend, small("first"))
	f.change(t, map[string]func(string) string{
		"_rels/.rels": func(s string) string {
			return strings.Replace(s, "</Rel", `<Relationship Id="rIdP" Type="http://x/extended-properties" Target="docProps/app.xml"/></Rel`, 1)
		},
	}, ooxml.Entry{Name: "docProps/app.xml", Data: []byte(properties(5, names, "Plan", "Gaps", "Summary", "Committee", "_steerco", "Summary!Print_Titles", "Committee!Print_Titles"))})
	mustApply(t, f.backend, workbook.Output{})
	if got, want := f.part(t, "docProps/app.xml"), properties(2, "", "Plan", "Gaps"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
