package exceltest_test

import (
	"strings"
	"testing"

	"steerco/sync/excel/exceltest"
)

// small is a workbook in which everything fits together.
func small() []file {
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + office + `"`
	return []file{
		{name: "[Content_Types].xml", content: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="x"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="y"/></Types>`},
		{name: "_rels/.rels", content: relations + `<Relationship Id="r1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{name: "xl/workbook.xml", content: `<workbook ` + main + `><sheets><sheet name="A" sheetId="1" r:id="s1"/></sheets></workbook>`},
		{name: "xl/_rels/workbook.xml.rels", content: relations +
			`<Relationship Id="s1" Type="` + office + `/worksheet" Target="sheet1.xml"/>` +
			`<Relationship Id="st" Type="` + office + `/styles" Target="/xl/styles.xml"/></Relationships>`},
		{name: "xl/sheet1.xml", content: `<worksheet ` + main + `><sheetData><row r="1"><c r="A1" s="0"/><c r="AA1"/></row></sheetData></worksheet>`},
		{name: "xl/styles.xml", content: `<styleSheet ` + main + `><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1">` +
			`<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf fontId="0" xfId="0"/></cellXfs></styleSheet>`},
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ name, part, old, new, want string }{
		{name: "none"},
		{"not well-formed", "xl/sheet1.xml", "</sheetData>", "", "closes nothing"},
		{"undeclared prefix", "xl/sheet1.xml", "<sheetData>", "<x:y/><sheetData>", "is not declared"},
		{"override of nothing", "[Content_Types].xml", "/xl/workbook.xml", "/xl/other.xml", "/xl/other.xml, which isn't there"},
		{"no content type", "[Content_Types].xml", `Extension="xml"`, `Extension="bin"`, "has no content type"},
		{"relationship to nothing", "xl/_rels/workbook.xml.rels", "sheet1.xml", "sheet2.xml", "leads nowhere"},
		{"relationship twice", "xl/_rels/workbook.xml.rels", `Id="st"`, `Id="s1"`, "id is there twice"},
		{"sheet twice", "xl/workbook.xml", "</sheets>", `<sheet name="a" sheetId="2" r:id="s2"/></sheets>`, "sheet is there twice: a"},
		{"sheetId twice", "xl/workbook.xml", "</sheets>", `<sheet name="b" sheetId="1" r:id="s2"/></sheets>`, "sheetId is there twice"},
		{"name of no sheet", "xl/workbook.xml", "</sheets>", `</sheets><definedNames><definedName name="n" localSheetId="1"/></definedNames>`, "localSheetId 1"},
		{"style that isn't there", "xl/sheet1.xml", `s="0"`, `s="1"`, "c has s 1"},
		{"dxf that isn't there", "xl/sheet1.xml", "</sheetData>", `</sheetData><conditionalFormatting><cfRule dxfId="0"/></conditionalFormatting>`, "dxfId 0"},
		{"font that isn't there", "xl/styles.xml", `fontId="0"`, `fontId="7"`, "fontId 7"},
		{"wrong count", "xl/styles.xml", `<fonts count="1">`, `<fonts count="2">`, "count of fonts"},
		{"cells out of order", "xl/sheet1.xml", `r="AA1"`, `r="A1"`, "out of order"},
		{"rows out of order", "xl/sheet1.xml", "</row>", `</row><row r="1"/>`, "row 1 comes after"},
		{"block twice", "xl/sheet1.xml", "<sheetData>", "<sheetData/><sheetData>", "block is there twice"},
		{"priority twice", "xl/sheet1.xml", "</sheetData>", `</sheetData><conditionalFormatting><cfRule priority="1"/><cfRule priority="1"/></conditionalFormatting>`, "one priority"},
		{"relationship of a sheet", "xl/sheet1.xml", "</sheetData>", `</sheetData><drawing r:id="d1"/>`, "relationship d1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := small()
			for i := range files {
				if files[i].name == tt.part {
					files[i].content = strings.Replace(files[i].content, tt.old, tt.new, 1)
				}
			}
			got := strings.Join(exceltest.Faults(archive(t, files...)), "\n")
			if !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
				t.Errorf("got %q, want %q in it", got, tt.want)
			}
		})
	}
}
