package ooxml_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/excel/ooxml"
)

const rels = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`

func TestRelationships(t *testing.T) {
	p := opened(t,
		file{"_rels/.rels", rels + `<Relationship Id="m" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		file{"xl/workbook.xml", "<workbook/>"},
		file{"xl/_rels/workbook.xml.rels", rels +
			`<Relationship Id="a" Type="t/worksheet" Target="worksheets/Sheet1.xml"/>` +
			`<Relationship Id="b" Type="t/worksheet" Target="/XL/worksheets/sheet1.xml"/>` +
			`<Relationship Id="c" Type="t/theme" Target="../docs/./a%20b.xml#part"/>` +
			`<Relationship Id="d" Type="t/styles" Target="worksheets\..\none.xml"/>` +
			`<Relationship Id="e" Type="t/hyperlink" Target="https://example.com/?a&amp;b" TargetMode="External"/></Relationships>`},
		file{"xl/worksheets/sheet1.xml", "<worksheet/>"},
		file{"docs/a b.xml", "<a/>"},
	)
	main, err := p.Main()
	if err != nil || main != "xl/workbook.xml" {
		t.Fatalf("Main: got %q, %v", main, err)
	}
	got, err := p.Relationships(main)
	if err != nil {
		t.Fatal(err)
	}
	want := []ooxml.Relationship{
		{ID: "a", Type: "t/worksheet", Target: "xl/worksheets/sheet1.xml"},
		{ID: "b", Type: "t/worksheet", Target: "xl/worksheets/sheet1.xml"},
		{ID: "c", Type: "t/theme", Target: "docs/a b.xml"},
		{ID: "d", Type: "t/styles", Target: "xl/none.xml"},
		{ID: "e", Type: "t/hyperlink", Target: "https://example.com/?a&b", External: true},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("relationships (-want +got):\n%s", d)
	}
	if none, err := p.Relationships("xl/worksheets/sheet1.xml"); none != nil || err != nil {
		t.Errorf("a part without any: got %v, %v", none, err)
	}
	if got := want[0].Kind(); got != "worksheet" {
		t.Errorf("Kind: got %q", got)
	}
}

func TestRelationshipsPart(t *testing.T) {
	for name, want := range map[string]string{
		"":                         "_rels/.rels",
		"xl/workbook.xml":          "xl/_rels/workbook.xml.rels",
		"/xl/worksheets/sheet.xml": "xl/worksheets/_rels/sheet.xml.rels",
		"top.xml":                  "_rels/top.xml.rels",
	} {
		if got := ooxml.RelationshipsPart(name); got != want {
			t.Errorf("of %q: got %q, want %q", name, got, want)
		}
	}
}

func TestContentType(t *testing.T) {
	p := opened(t, file{"a.xml", ""})
	for name, want := range map[string]string{
		"xl/workbook.xml": "main", "/XL/WORKBOOK.XML": "main", "xl/other.XML": "application/xml", "xl/a.bin": "",
	} {
		if got := p.ContentType(name); got != want {
			t.Errorf("of %q: got %q, want %q", name, got, want)
		}
	}
}

func TestMainOfNoDocument(t *testing.T) {
	if _, err := opened(t).Main(); !errors.Is(err, ooxml.ErrNotPackage) {
		t.Errorf("got %v, want %v", err, ooxml.ErrNotPackage)
	}
	p := opened(t, file{"_rels/.rels", rels + `<Relationship Id="m" Type="t/officeDocument" Target="gone.xml"/></Relationships>`})
	if _, err := p.Main(); !errors.Is(err, ooxml.ErrNotPackage) {
		t.Errorf("a part that is gone: got %v, want %v", err, ooxml.ErrNotPackage)
	}
	p = opened(t, file{"_rels/.rels", "<Relationships><Relationship"})
	if _, err := p.Main(); !errors.Is(err, ooxml.ErrTruncated) {
		t.Errorf("cut off: got %v, want %v", err, ooxml.ErrTruncated)
	}
}
