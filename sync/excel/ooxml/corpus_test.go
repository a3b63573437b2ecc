package ooxml_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"steerco/sync/corpustest"
	"steerco/sync/excel/ooxml"
)

// TestRewriteKeepsRealFiles rewrites real packages with one part replaced and
// one added: all else has the same bytes, in the same order.
func TestRewriteKeepsRealFiles(t *testing.T) {
	for _, file := range corpustest.Workbooks(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := ooxml.Open(data, ooxml.Limits{})
		if err != nil {
			t.Logf("%s: %v", filepath.Base(file), err)
			continue
		}
		main, err := p.Main()
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		var out bytes.Buffer
		err = p.Rewrite(&out, ooxml.Patch{
			Replace: map[string][]byte{main: []byte("<new/>")},
			Add:     []ooxml.Entry{{Name: "xl/our own.xml", Data: []byte("<own/>")}},
		})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		checkRewritten(t, p, out.Bytes(), main)
	}
}

func checkRewritten(t *testing.T, p *ooxml.Package, out []byte, replaced string) {
	t.Helper()
	q, err := ooxml.Open(out, ooxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	names := append(p.Names(), "xl/our own.xml")
	for i, name := range q.Names() {
		if name != names[i] {
			t.Fatalf("part %d: got %q, want %q", i, name, names[i])
		}
		got, err := q.Part(name)
		if err != nil {
			t.Fatal(err)
		}
		want := []byte("<new/>")
		if p.Has(name) && name != replaced {
			if want, err = p.Part(name); err != nil {
				t.Fatal(err)
			}
		} else if name != replaced {
			want = []byte("<own/>")
		}
		if !bytes.Equal(got, want) {
			t.Errorf("part %q differs", name)
		}
	}
}

// TestScanRealParts scans every XML part of real packages to its end.
func TestScanRealParts(t *testing.T) {
	for _, file := range corpustest.Workbooks(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := ooxml.Open(data, ooxml.Limits{})
		if err != nil {
			continue
		}
		for _, name := range p.Names() {
			if filepath.Ext(name) != ".xml" && filepath.Ext(name) != ".rels" {
				continue
			}
			s, err := p.Scan(name)
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			for s.Next() {
				continue
			}
			if s.Err() != nil {
				t.Logf("%s: %s: %v", filepath.Base(file), name, s.Err())
			}
		}
	}
}
