package ooxml_test

import (
	"io"
	"testing"

	"steerco/sync/excel/ooxml"
)

// FuzzOpen opens anything, reads its parts and writes it again.
func FuzzOpen(f *testing.F) {
	f.Add(zipped(f, file{"_rels/.rels", rels + "</Relationships>"}, file{"xl/", ""}, file{"a.xml", "<a/>"}))
	f.Add(compound("EncryptedPackage"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ooxml.Open(data, ooxml.Limits{Inflated: 1 << 20})
		if err != nil {
			return
		}
		for _, name := range p.Names() {
			part, err := p.Part(name)
			if err == nil && int64(len(part)) != p.Size(name) {
				t.Errorf("part %q: got %d bytes, its header says %d", name, len(part), p.Size(name))
			}
			_, _ = p.Relationships(name)
		}
		_, _ = p.Main()
		if err := p.Rewrite(io.Discard, ooxml.Patch{}); err != nil {
			t.Logf("rewrite: %v", err)
		}
	})
}

// FuzzScanner scans anything: tags ascend and don't overlap, attributes lie
// within them, and what was opened was closed.
func FuzzScanner(f *testing.F) {
	for _, doc := range []string{
		`<a b="c" d:e='f'><g/>text &amp; <![CDATA[x]]><!-- y --></a>`, "<?xml version='1.0'?><a></a >", "<a", "</a>", "<!DOCTYPE a>", "\xFE\xFF", "<a/", "<a b=",
	} {
		f.Add([]byte(doc))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		s := ooxml.NewScanner(doc, 0)
		end, depth := 0, 0
		for s.Next() {
			if s.Start() < end || s.End() <= s.Start() || s.End() > len(doc) {
				t.Fatalf("a tag at %d to %d, after %d of %d", s.Start(), s.End(), end, len(doc))
			}
			end = s.End()
			a := s.Attrs()
			for a.Next() {
				if a.Start < s.Start() || a.End > s.End() {
					t.Fatalf("a value at %d to %d of the tag at %d to %d", a.Start, a.End, s.Start(), s.End())
				}
			}
			switch s.Kind() {
			case ooxml.OpenTag:
				depth++
			case ooxml.CloseTag:
				depth--
			}
			_ = ooxml.DecodeX(ooxml.UnescapeString(s.Between()))
		}
		if s.Err() == nil && depth != 0 {
			t.Errorf("%d elements are open at the end", depth)
		}
	})
}

// FuzzText reads the texts of anything that a scanner goes through.
func FuzzText(f *testing.F) {
	f.Add([]byte(`<a>x<b>y</b>z<c/>&#65;</a>`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		one, two := ooxml.NewScanner(doc, 0), ooxml.NewScanner(doc, 0)
		for one.Next() && two.Next() {
			if got, want := string(one.Content(nil)), two.Text(); got != want {
				t.Fatalf("Content: got %q, Text has %q", got, want)
			}
		}
	})
}
