package excel

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// BenchmarkWrite writes 500 highlighted rows and two tabs into a plan of
// 10,000 rows and 15 columns: for the first time, again with other findings,
// and again after somebody has saved. "x-floor" is how many times as long it
// takes as inflating, scanning and deflating the parts.
func BenchmarkWrite(b *testing.B) {
	data := largePlan(b, 10_000)
	perFloor := writeFloor(b, data)
	for _, bench := range []struct {
		name    string
		prepare func(b *testing.B, w *Backend)
	}{
		{"first", func(*testing.B, *Backend) {}},
		{"again", func(b *testing.B, w *Backend) { mustApply(b, w, manyFindings("earlier")) }},
		{"saved", func(b *testing.B, w *Backend) {
			mustApply(b, w, manyFindings("earlier"))
			resaved(b, w.path)
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			w, err := Open(filepath.Join(b.TempDir(), "plan.xlsx"), Options{StateDir: b.TempDir()})
			if err != nil {
				b.Fatal(err)
			}
			save(b, w.path, data)
			bench.prepare(b, w)
			before, err := os.ReadFile(w.path)
			if err != nil {
				b.Fatal(err)
			}
			out := manyFindings("now")
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				save(b, w.path, before)
				b.StartTimer()
				if _, err := w.Apply(b.Context(), workbook.Changes{Base: version(before), Output: out}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed()/time.Duration(b.N))/float64(perFloor), "x-floor")
		})
	}
}

func writeFloor(b *testing.B, data []byte) time.Duration {
	b.Helper()
	start := time.Now()
	const floors = 3
	for range floors {
		floor(b, data)
		p, err := ooxml.Open(data, ooxml.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range p.Names() {
			part, err := p.Part(name)
			if err != nil {
				b.Fatal(err)
			}
			w, err := flate.NewWriter(io.Discard, 5)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := w.Write(part); err != nil {
				b.Fatal(err)
			}
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
		}
	}
	return time.Since(start) / floors
}

// manyFindings returns an output with 500 marked rows and two tabs.
func manyFindings(say string) workbook.Output {
	out := workbook.Output{ID: "0123456789abcdef"}
	for i, severity := range []string{"critical", "warning", "note"} {
		out.Marks = append(out.Marks, workbook.Mark{
			Sheet: "Plan", Column: i, FirstRow: 1, LastRow: 9_999, Severity: severity, Field: "name", Parts: []int{0, 6, 10},
		})
	}
	var rows []tab.Row
	for i := range 500 {
		out.Keys = append(out.Keys, fmt.Sprintf("warning|name|Task %d of workstream 0|#45000000|#250", i))
		rows = append(rows, tab.Row{Cells: []tab.Cell{
			{Text: "warning", Style: tab.StatusAmber},
			{Column: 1, Text: fmt.Sprintf("Task %d", i), Style: tab.BodyLink},
			{Column: 2, Text: say + ": 12 working days late, blocks 3 tasks, moves go-live", Style: tab.Body},
			{Column: 3, Text: "ask the owner for a new date", Style: tab.Body},
			{Column: 4, Number: new(float64), Style: tab.BodyNumber},
		}})
	}
	columns := []tab.Column{{Width: 10}, {Width: 30}, {Width: 60}, {Width: 40}, {Width: 8}}
	for _, key := range []string{"summary", "committee"} {
		out.Tabs = append(out.Tabs, workbook.Drawing{Tab: tab.Tab{Key: key, Title: key, Columns: columns, Rows: rows}})
	}
	return out
}

func mustApply(t testing.TB, w *Backend, out workbook.Output) {
	t.Helper()
	data, err := os.ReadFile(w.path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Apply(t.Context(), workbook.Changes{Base: version(data), Output: out}); err != nil {
		t.Fatal(err)
	}
}

func save(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// resaved changes every part with a comment at its end, as if somebody had
// saved the workbook.
func resaved(t testing.TB, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := ooxml.Open(data, ooxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	replace := map[string][]byte{}
	for _, name := range pkg.Names() {
		part, err := pkg.Part(name)
		if err != nil {
			t.Fatal(err)
		}
		replace[name] = append(part, "<!-- saved -->"...)
	}
	var out bytes.Buffer
	if err := pkg.Rewrite(&out, ooxml.Patch{Replace: replace}); err != nil {
		t.Fatal(err)
	}
	save(t, path, out.Bytes())
}
