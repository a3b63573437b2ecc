package ooxml_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/excel/ooxml"
)

// trace writes down every tag: depth, place, what stood before it, and its
// attributes.
func trace(doc string) (lines []string, err error) {
	s := ooxml.NewScanner([]byte(doc), 0)
	for s.Next() {
		line := fmt.Sprintf("%d %q %s", s.Depth(), s.Between(), doc[s.Start():s.End()])
		a := s.Attrs()
		for a.Next() {
			line += fmt.Sprintf(" %s|%s=%q", a.Prefix, a.Local, a.Value)
			if doc[a.Start:a.End] != string(a.Value) {
				line += " misplaced"
			}
		}
		lines = append(lines, line)
	}
	return lines, s.Err()
}

func TestScanner(t *testing.T) {
	doc := "\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?>\n<!-- <no> --><x:a xmlns:x=\"u\">t1<x:b c = '>' r:d=\"'\"/>" +
		"<![CDATA[<no>]]><c\n\te=\"1\"\n>2</c ><d/></x:a><!-- end -->"
	got, err := trace(doc)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1 \"<?xml version='1.0' encoding='UTF-8'?>\\n<!-- <no> -->\" <x:a xmlns:x=\"u\"> xmlns|x=\"u\"",
		"1 \"t1\" <x:b c = '>' r:d=\"'\"/> |c=\">\" r|d=\"'\"",
		"2 \"<![CDATA[<no>]]>\" <c\n\te=\"1\"\n> |e=\"1\"",
		"2 \"2\" </c >",
		"1 \"\" <d/>",
		"1 \"\" </x:a>",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("tags (-want +got):\n%s", d)
	}
}

func TestScannerNames(t *testing.T) {
	s := ooxml.NewScanner([]byte(`<x:sheet x:n="0" n="a&amp;b" r:id="rId1" hidden="1"/>`), 0)
	if !s.Next() || s.Kind() != ooxml.EmptyTag {
		t.Fatal(s.Err())
	}
	got := []string{
		string(s.Local()), string(s.Prefix()), string(s.Name()), s.Value("n"), s.Value("none"),
		fmt.Sprint(s.Flag("hidden", false), s.Flag("none", true)),
	}
	rel, ok := s.PrefixedAttr("id")
	got = append(got, string(rel.Value), fmt.Sprint(ok))
	want := []string{"sheet", "x", "x:sheet", "a&b", "", "true true", "rId1", "true"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestNamespaces(t *testing.T) {
	s := ooxml.NewScanner([]byte(`<a xmlns="main" xmlns:r='rel' xml:space="preserve"></a>`), 0)
	s.Next()
	want := map[string]string{"": "main", "r": "rel"}
	if d := cmp.Diff(want, s.Namespaces()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestScannerRefuses(t *testing.T) {
	deep := strings.Repeat("<a>", 65) + strings.Repeat("</a>", 65)
	for _, test := range []struct {
		name, doc string
		want      error
	}{
		{"document type", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, ooxml.ErrDoctype},
		{"external entity", `<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>`, ooxml.ErrDoctype},
		{"declaration inside", `<a><!ELEMENT b></a>`, ooxml.ErrDoctype},
		{"too deep", deep, ooxml.ErrLimit},
		{"UTF-16 with mark", "\xFE\xFF\x00<\x00a", ooxml.ErrEncoding},
		{"UTF-16 the other way", "\xFF\xFE<\x00a\x00", ooxml.ErrEncoding},
		{"UTF-16 without mark", "<\x00?\x00x\x00", ooxml.ErrEncoding},
		{"another code", `<?xml version="1.0" encoding="windows-1252"?><a/>`, ooxml.ErrEncoding},
		{"nothing", "", ooxml.ErrTruncated},
		{"no element", "<!-- a -->", ooxml.ErrTruncated},
		{"open element", "<a><b></b>", ooxml.ErrTruncated},
		{"open tag", "<a><b", ooxml.ErrTruncated},
		{"open value", `<a b="c></a>`, ooxml.ErrTruncated},
		{"open comment", "<a><!-- </a>", ooxml.ErrTruncated},
		{"open data", "<a><![CDATA[ </a>", ooxml.ErrTruncated},
		{"crossed", "<a><b></a></b>", ooxml.ErrDamaged},
		{"too many ends", "<a></a></a>", ooxml.ErrDamaged},
		{"two roots", "<a/><b/>", ooxml.ErrDamaged},
		{"no name", "<a>< b></a>", ooxml.ErrDamaged},
		{"tag in tag", "<a <b>></a>", ooxml.ErrDamaged},
		{"value without name", `<a "b"c></a>`, nil},
		{"value in a name", `<a b"c"></a>`, ooxml.ErrDamaged},
	} {
		if _, err := trace(test.doc); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
}

func TestSkipAndText(t *testing.T) {
	s := ooxml.NewScanner([]byte(`<a><skip><b/><b>no</b></skip><skip/><t>one &amp; <i>no<j/>no</i>two<k/> three</t><t/><u>4</u></a>`), 0)
	var got []string
	for s.Next() {
		switch string(s.Local()) {
		case "skip":
			if !s.Skip() {
				t.Fatal(s.Err())
			}
		case "t", "u":
			got = append(got, s.Text())
		}
	}
	if s.Err() != nil {
		t.Fatal(s.Err())
	}
	if d := cmp.Diff([]string{"one & two three", "", "4"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestContent reads the same text in place where it can be and unescaped where
// it must be.
func TestContent(t *testing.T) {
	for doc, want := range map[string]string{
		"<a>12.5</a>": "12.5", "<a>1<!-- 2 -->3</a>": "13", "<a>x<b>y</b>z</a>": "xz", "<a>é&lt;</a>": "é<", "<a/>": "", "<a></a>": "",
	} {
		s := ooxml.NewScanner([]byte(doc), 0)
		s.Next()
		if got := string(s.Content(nil)); got != want {
			t.Errorf("%s: got %q, want %q", doc, got, want)
		}
		for s.Next() {
			t.Errorf("%s: a tag is left: %s", doc, s.Raw())
		}
		if s.Err() != nil {
			t.Errorf("%s: %v", doc, s.Err())
		}
	}
}
