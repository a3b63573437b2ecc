package excel

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"steerco/sync/workbook"
)

// TestPatchIsUndone does random edits to random bytes and takes them back.
func TestPatchIsUndone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := &patch{base: rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "base")}
		at := 0
		for at < len(p.base) && rapid.Bool().Draw(t, "more") {
			start := rapid.IntRange(at, len(p.base)).Draw(t, "at")
			cut := rapid.IntRange(0, len(p.base)-start).Draw(t, "cut")
			p.edits = append(p.edits, edit{start, cut, rapid.SliceOfN(rapid.Byte(), 0, 20).Draw(t, "put")})
			at = start + cut
		}
		out, changes := p.apply()
		got, err := undo(out, changes)
		if err != nil || !bytes.Equal(got, p.base) {
			t.Fatalf("got %q (%v), want %q", got, err, p.base)
		}
		if !undoesTo(out, changes, p.base) {
			t.Fatal("the check of the written file doesn't agree")
		}
	})
}

// FuzzUndo takes the word of journals that people have edited.
func FuzzUndo(f *testing.F) {
	f.Add([]byte("abcdef"), []byte(`[{"at":2,"in":1,"was":"eA=="}]`))
	f.Add([]byte("abcdef"), []byte(`[{"at":-1,"in":1}]`))
	f.Add([]byte("abcdef"), []byte(`[{"at":9223372036854775807,"in":9223372036854775807}]`))
	f.Add([]byte("abcdef"), []byte(`[{"at":3,"in":2},{"at":1,"in":1}]`))
	f.Fuzz(func(t *testing.T, data, edits []byte) {
		var changes []change
		if json.Unmarshal(edits, &changes) != nil {
			return
		}
		out, err := undo(data, changes)
		p := journalPart{Before: hash([]byte("source")), After: hash(data), Edits: changes}
		if got, err2 := p.undo(data); err2 == nil && string(got) != "source" {
			t.Errorf("got %q from a journal that doesn't prove itself", got)
		}
		if err == nil && !undoesTo(data, changes, out) {
			t.Errorf("undo gives %q, and the check doesn't agree", out)
		}
	})
}

// FuzzReadData reads a data tab that people have edited.
func FuzzReadData(f *testing.F) {
	f.Add("key", `{"steerco":1,"id":"x","tabs":[{"key":"summary"}]}`, `{"parts":[{"name":"a","edits":[{"at":1}]}]}`)
	f.Add("", `{"steerco":2}`, `[]`)
	f.Fuzz(func(t *testing.T, key, rec, jour string) {
		d := readData(&workbook.Sheet{Rows: []workbook.Row{{Cells: []workbook.Cell{
			{Column: columnKeys, Kind: workbook.Text, Text: key},
			{Column: columnRecord, Kind: workbook.Text, Text: rec},
			{Column: columnJournal, Kind: workbook.Text, Text: jour},
		}}}})
		if d.record.Format != 0 && d.record.Format != dataFormat {
			t.Errorf("took format %d", d.record.Format)
		}
	})
}

// TestDataTabIsReadBack writes a data tab whose pieces need several cells.
func TestDataTabIsReadBack(t *testing.T) {
	want := data{
		record: record{Format: dataFormat, ID: "0123", Tabs: []tabRecord{{Key: "summary", Title: "Übersicht _x0041_ 𝄞", Name: "n", Sheet: 7}}},
		keys:   []string{"note|name| a ", "warning|name|_x000D_ =1+1", "critical|name|ä\u0001b"},
	}
	for range 3000 {
		want.journal.Parts = append(want.journal.Parts, journalPart{Name: "xl/a.xml", Edits: []change{{At: 1, Inserted: 2, Replaced: []byte("é")}}})
	}
	b, err := want.sheetXML(transitionalNamespace)
	if err != nil {
		t.Fatal(err)
	}
	d := documentWith(t, made(t, map[string]string{"xl/worksheets/sheet1.xml": string(b)}))
	sheet, err := d.readOne(d.sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	got := readData(&sheet)
	if !slices.Equal(got.keys, want.keys) {
		t.Errorf("keys: got %q, want %q", got.keys, want.keys)
	}
	if got.record.Tabs[0] != want.record.Tabs[0] || len(got.journal.Parts) != len(want.journal.Parts) {
		t.Errorf("got %+v and %d parts, want %+v and %d", got.record, len(got.journal.Parts), want.record, len(want.journal.Parts))
	}
	for _, row := range sheet.Rows {
		for _, c := range row.Cells {
			if len(c.Text) > mostInCell {
				t.Errorf("%s holds %d characters", workbook.CellName(row.Index, int(c.Column)), len(c.Text))
			}
		}
	}
}
