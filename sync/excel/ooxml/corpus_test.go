package ooxml_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"steerco/sync/excel/ooxml"
)

// corpusFiles returns the real workbooks, or skips the test.
func corpusFiles(t testing.TB) []string {
	t.Helper()
	root := os.Getenv("STEERCO_CORPUS")
	if root == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("STEERCO_CORPUS is not set, and CI is")
		}
		t.Skip("STEERCO_CORPUS is not set: real workbooks are not tested")
	}
	var all []string
	for _, pattern := range []string{"fidelity/*.xl*", "workbooks/*.xl*"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("STEERCO_CORPUS: no files %s in %q: %v", pattern, root, err)
		}
		all = append(all, files...)
	}
	return all
}

// TestRewriteKeepsRealFiles rewrites real packages with one part replaced and
// one added: all else has the same bytes, in the same order.
func TestRewriteKeepsRealFiles(t *testing.T) {
	for _, file := range corpusFiles(t) {
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
	for _, file := range corpusFiles(t) {
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
