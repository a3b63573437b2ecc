package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"strings"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
)

// damage makes a file that can't be read or written of a workbook:
// damage KIND FROM TO.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: damage KIND FROM TO")
	}
	source, err := os.ReadFile(ts.MkAbs(args[1]))
	ts.Check(err)
	var out []byte
	switch args[0] {
	case "empty":
	case "truncated":
		out = source[:len(source)*2/3]
	case "encrypted":
		out = compoundFile("EncryptedPackage")
	case "xls":
		out = compoundFile("Workbook")
	case "csv":
		out = []byte("ID,Task,Finish\nT1,Design,2026-12-20\n")
	case "xlsb":
		out = rezip(ts, source, func(name string, content []byte) []byte {
			return bytes.ReplaceAll(content, []byte("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), []byte("application/vnd.ms-excel.sheet.binary.macroEnabled.main"))
		})
	case "utf16":
		out = rezip(ts, source, func(name string, content []byte) []byte {
			if !strings.HasPrefix(name, "xl/worksheets/sheet") {
				return content
			}
			return inUTF16(strings.Replace(string(content), "UTF-8", "UTF-16", 1))
		})
	case "signed":
		const relation = `<Relationship Id="rIdSig" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>`
		out = rezip(ts, source, func(name string, content []byte) []byte {
			if name != "_rels/.rels" {
				return content
			}
			return bytes.Replace(content, []byte("</Relationships>"), []byte(relation), 1)
		}, "_xmlsignatures/origin.sigs")
	default:
		ts.Fatalf("there is no damage %q", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), out, 0o666))
}

// compoundFile returns the beginning of an OLE compound file with an entry for
// a stream in its directory.
func compoundFile(stream string) []byte {
	out := make([]byte, 1024)
	copy(out, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	entry := out[640:]
	units := utf16.Encode([]rune(stream + "\x00"))
	for i, u := range units {
		binary.LittleEndian.PutUint16(entry[2*i:], u)
	}
	binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(units)))
	return out
}

func inUTF16(s string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// rezip writes an archive anew with changed contents and further empty entries.
func rezip(ts *testscript.TestScript, source []byte, change func(name string, content []byte) []byte, more ...string) []byte {
	in, err := zip.NewReader(bytes.NewReader(source), int64(len(source)))
	ts.Check(err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		r, err := f.Open()
		ts.Check(err)
		content, err := io.ReadAll(r)
		ts.Check(err)
		part, err := w.Create(f.Name)
		ts.Check(err)
		_, err = part.Write(change(f.Name, content))
		ts.Check(err)
	}
	for _, name := range more {
		_, err := w.Create(name)
		ts.Check(err)
	}
	ts.Check(w.Close())
	return out.Bytes()
}
