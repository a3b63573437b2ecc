package excel

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// made builds a workbook file from its parts; those that it needs in any case
// are added.
func made(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels": relationships("officeDocument xl/workbook.xml"),
		"xl/workbook.xml": `<workbook xmlns="` + transitionalNamespace + `" xmlns:r="r"><sheets>` +
			`<sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": relationships("worksheet worksheets/sheet1.xml", "styles styles.xml", "sharedStrings sharedStrings.xml"),
	}
	for name, content := range parts {
		all[name] = content
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		content := all[name]
		if content == "" {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// relationships writes a part of relationships "kind target" with the ids rId1,
// rId2 and so on.
func relationships(list ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, r := range list {
		kind, target, _ := strings.Cut(r, " ")
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, i+1, kind, target)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

// sheetOf returns a sheet part with rows.
func sheetOf(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="` + transitionalNamespace + `"><sheetData>` + rows + `</sheetData></worksheet>`
}

// largePlan returns a workbook with a plan of so many rows and 15 columns:
// texts of their own, texts that repeat, dates, numbers and percentages.
func largePlan(t testing.TB, rows int) []byte {
	t.Helper()
	var sheet, texts strings.Builder
	shared := 0
	text := func(s string) int {
		fmt.Fprintf(&texts, "<si><t>%s</t></si>", s)
		shared++
		return shared - 1
	}
	for i := range 40 {
		text(fmt.Sprintf("Owner &amp; team %d", i))
	}
	for r := 1; r <= rows; r++ {
		fmt.Fprintf(&sheet, `<row r="%d" spans="1:15" x14ac:dyDescent="0.25">`, r)
		for c := range 15 {
			ref := workbook.CellName(r-1, c)
			switch {
			case c < 3:
				fmt.Fprintf(&sheet, `<c r="%s" s="3" t="s"><v>%d</v></c>`, ref, text(fmt.Sprintf("Task %d of workstream %d", r, c)))
			case c < 6:
				fmt.Fprintf(&sheet, `<c r="%s" t="s"><v>%d</v></c>`, ref, (r*c)%40)
			case c < 10:
				fmt.Fprintf(&sheet, `<c r="%s" s="1"><v>%d</v></c>`, ref, 45000+r%700+c)
			case c < 13:
				fmt.Fprintf(&sheet, `<c r="%s" s="2"><v>%g</v></c>`, ref, float64(r%100)/100)
			default:
				fmt.Fprintf(&sheet, `<c r="%s"><f>G%d-F%d</f><v>%d</v></c>`, ref, r, r, r%60)
			}
		}
		sheet.WriteString("</row>")
	}
	return made(t, map[string]string{
		"xl/worksheets/sheet1.xml": sheetOf(sheet.String()),
		"xl/sharedStrings.xml":     `<sst xmlns="` + transitionalNamespace + `">` + texts.String() + `</sst>`,
		"xl/styles.xml": `<styleSheet xmlns="` + transitionalNamespace + `"><fonts><font/></fonts><cellXfs><xf numFmtId="0"/>` +
			`<xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="49"/></cellXfs></styleSheet>`,
	})
}

// floor does what no reader can do without: it inflates the parts and scans
// them.
func floor(t testing.TB, data []byte) {
	p, err := ooxml.Open(data, ooxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range p.Names() {
		s, err := p.Scan(name)
		if err != nil {
			t.Fatal(err)
		}
		for s.Next() {
			continue
		}
	}
}

// BenchmarkRead reads a plan of 10,000 rows and 15 columns. "x-floor" is how
// many times as long as inflating and scanning its parts that takes.
func BenchmarkRead(b *testing.B) {
	data := largePlan(b, 10_000)
	start := time.Now()
	const floors = 5
	for range floors {
		floor(b, data)
	}
	perFloor := time.Since(start) / floors
	b.ReportAllocs()
	for b.Loop() {
		d, err := openDocument("plan.xlsx", data, ooxml.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := readBook(b.Context(), d, data, readOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed()/time.Duration(b.N))/float64(perFloor), "x-floor")
	b.ReportMetric(perFloor.Seconds()*1000, "floor-ms")
}
