package excel

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// compound returns the beginning of a compound file with a stream of a name.
func compound(stream string) []byte {
	data := make([]byte, 1024)
	copy(data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	units := utf16.Encode([]rune(stream + "\x00"))
	for i, u := range units {
		binary.LittleEndian.PutUint16(data[640+2*i:], u)
	}
	binary.LittleEndian.PutUint16(data[640+64:], uint16(2*len(units)))
	return data
}

func utf16Text(s string) string {
	out := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.BigEndian.AppendUint16(out, u)
	}
	return string(out)
}

func contentTypesOf(main string) string {
	return `<Types><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + main + `"/></Types>`
}

// read opens and reads a workbook.
func read(t testing.TB, data []byte) (*workbook.Book, error) {
	t.Helper()
	d, err := openDocument("plan.xlsx", data, ooxml.Limits{})
	if err != nil {
		return nil, err
	}
	b, _, err := readBook(t.Context(), d, data, readOptions{})
	return b, err
}

// TestRefusesToRead: what can't be read is told in one line with its mend.
func TestRefusesToRead(t *testing.T) {
	plan := map[string]string{"xl/worksheets/sheet1.xml": sheetOf(`<row><c><v>1</v></c></row>`)}
	whole := made(t, plan)
	with := func(name, content string) []byte {
		return made(t, map[string]string{"xl/worksheets/sheet1.xml": plan["xl/worksheets/sheet1.xml"], name: content})
	}
	bomb := `<row><c t="inlineStr"><is><t>` + strings.Repeat(" ", 60<<20) + `</t></is></c></row>`
	deep := strings.Repeat("<x>", 70) + strings.Repeat("</x>", 70)
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "the file is empty"},
		{"encrypted", compound("EncryptedPackage"), "encrypted with a password: open it in Excel and remove the password"},
		{"xls", compound("Workbook"), "the binary format of Office 97-2003: open it in a spreadsheet program and save it as .xlsx"},
		{"csv", []byte("id;name\n1;Kick-off\n"), "a text file, such as .csv, and not a workbook: open it"},
		{"picture", []byte("\x89PNG\r\n\x1a\n\x00\x00"), "not a zip container"},
		{"truncated", whole[:len(whole)-30], "cut off: copy it again"},
		{"xlsb", with("[Content_Types].xml", contentTypesOf("application/vnd.ms-excel.sheet.binary.macroEnabled.main")), "a binary workbook (.xlsb): open it"},
		{"letter", with("[Content_Types].xml", contentTypesOf("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")), "not a workbook"},
		{"no workbook", with("_rels/.rels", relationships("core-properties docProps/core.xml")), "not an Office document"},
		{"another root", with("xl/workbook.xml", "<document/>"), `its content is "document"`},
		{"UTF-16 workbook", with("xl/workbook.xml", utf16Text("<workbook/>")), "not in UTF-8 but in UTF-16: open it"},
		{"UTF-16 sheet", with("xl/worksheets/sheet1.xml", utf16Text(sheetOf(""))), `plan.xlsx, sheet "Plan": refused: the text is not in UTF-8`},
		{"zip bomb", with("xl/worksheets/sheet1.xml", sheetOf(bomb)), "inflates to more than 1000 times its size"},
		{"entities", with("xl/worksheets/sheet1.xml", `<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><worksheet/>`), "declares a document type"},
		{"deep", with("xl/worksheets/sheet1.xml", sheetOf(deep)), "nested too deep"},
		{"open sheet", with("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>"), "cut off"},
		{"shared text", with("xl/worksheets/sheet1.xml", sheetOf(`<row r="4"><c r="B4" t="s"><v>7</v></c></row>`)), `cell B4 refers to shared text "7", and there are 0`},
		{"row 0", with("xl/worksheets/sheet1.xml", sheetOf(`<row r="0"/>`)), `a row has the number "0"`},
		{"row too far", with("xl/worksheets/sheet1.xml", sheetOf(`<row r="1048577"/>`)), "beyond the last one"},
		{"column too far", with("xl/worksheets/sheet1.xml", sheetOf(`<row><c r="XFE1"><v>1</v></c></row>`)), "beyond the last column"},
		{"nameless cell", with("xl/worksheets/sheet1.xml", sheetOf(`<row><c r="17"><v>1</v></c></row>`)), `a cell is named "17"`},
		{"styles", with("xl/styles.xml", "<styleSheet><fonts></styleSheet>"), "damaged"},
		{"shared texts", made(t, map[string]string{
			"xl/worksheets/sheet1.xml": sheetOf(`<row><c t="s"><v>0</v></c></row>`), "xl/sharedStrings.xml": "<sst><si>",
		}), "cut off"},
	} {
		_, err := read(t, test.data)
		var e *workbook.Error
		if !errors.As(err, &e) || !errors.Is(err, workbook.ErrRefused) {
			t.Errorf("%s: got %v, want a refusal", test.name, err)
			continue
		}
		if e.Fix == "" || e.Workbook != "plan.xlsx" || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %q, want one line with place and mend", test.name, err)
		}
		if !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %q, want %q in it", test.name, err, test.want)
		}
	}
}

// TestTruncatedAnywhere cuts a workbook at many places: it is refused, whatever
// is left.
func TestTruncatedAnywhere(t *testing.T) {
	data := largePlan(t, 20)
	for n := 0; n < len(data); n += 7 {
		if _, err := read(t, data[:n]); !errors.Is(err, workbook.ErrRefused) {
			t.Errorf("cut at %d of %d bytes: got %v, want a refusal", n, len(data), err)
		}
	}
}

// TestRefusesToWrite: locked, signed and shared workbooks are read and not
// written.
func TestRefusesToWrite(t *testing.T) {
	wb := func(inside string) string {
		return `<workbook xmlns:r="r">` + inside + `<sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>`
	}
	for _, test := range []struct {
		name  string
		parts map[string]string
		want  error
	}{
		{"plain", nil, nil},
		{"locked", map[string]string{"xl/workbook.xml": wb(`<workbookProtection lockStructure="1"/>`)}, errLocked},
		{"only windows locked", map[string]string{"xl/workbook.xml": wb(`<workbookProtection lockWindows="1"/>`)}, nil},
		{"signed", map[string]string{"_xmlsignatures/sig1.xml": "<Signature/>"}, errSigned},
		{"shared", map[string]string{
			"xl/_rels/workbook.xml.rels":       relationships("worksheet worksheets/sheet1.xml", "revisionHeaders revisions/revisionHeaders.xml"),
			"xl/revisions/revisionHeaders.xml": "<headers/>",
		}, errShared},
	} {
		parts := map[string]string{"xl/worksheets/sheet1.xml": sheetOf(`<row><c><v>1</v></c></row>`)}
		for name, content := range test.parts {
			parts[name] = content
		}
		data := made(t, parts)
		b, err := read(t, data)
		if err != nil {
			t.Fatalf("%s: read: %v", test.name, err)
		}
		if warned := len(b.Warnings) > 0; warned != (test.want != nil) {
			t.Errorf("%s: got the warnings %q", test.name, b.Warnings)
		}
		if !errors.Is(b.Unwritable, test.want) {
			t.Errorf("%s: Unwritable: got %v, want %v", test.name, b.Unwritable, test.want)
		}
		d, err := openDocument("plan.xlsx", data, ooxml.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		err = refuseWrite(d)
		if !errors.Is(err, test.want) || (err != nil) != errors.Is(err, workbook.ErrRefused) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
}
