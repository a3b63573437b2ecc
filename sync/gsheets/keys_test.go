package gsheets_test

import (
	"strings"
	"testing"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
)

// A named range whose cells are deleted isn't listed any more, but nobody can
// take its name.

// TestKeysWhoseSheetWasDeleted holds that the highlights come to life again
// when a person has deleted the data tab, however often.
func TestKeysWhoseSheetWasDeleted(t *testing.T) {
	for _, o := range []sheetstest.Options{{}, {Language: "de"}} {
		w := newWriting(t, o)
		out := late(w.read(t), "first", "T1", "T3")
		w.write(t, out)
		for range 3 {
			w.edit(t, func(p *sheetstest.Person) { p.DeleteSheet("_steerco") })
			sent := len(w.wire.batches)
			w.write(t, out)
			if n := len(w.wire.batches) - sent; n != 1 {
				t.Errorf("batches: got %d, want 1: it is known that the name is taken", n)
			}
			w.checkKeys(t, 1)
		}
	}
}

// TestKeysThatNobodyKnowsOf holds the same where nothing tells that the name
// is taken.
func TestKeysThatNobodyKnowsOf(t *testing.T) {
	for _, o := range []sheetstest.Options{{}, {Language: "es"}} {
		w := newWriting(t, o)
		out := late(w.read(t), "first", "T1", "T3")
		w.write(t, out)
		w.edit(t, func(p *sheetstest.Person) { p.DeleteSheet("_steerco") })
		w.write(t, workbook.Output{})
		w.checkKeys(t, 0)
		w.write(t, out)
		w.checkKeys(t, 1)
		w.Guess(";")
		w.write(t, workbook.Output{})
		w.write(t, out)
		w.checkKeys(t, 1)
	}
}

// TestKeysTwice holds that there is one name afterwards, to which all
// highlights refer.
func TestKeysTwice(t *testing.T) {
	w := newWriting(t, sheetstest.Options{})
	out := late(w.read(t), "first", "T1", "T3")
	w.write(t, out)
	w.edit(t, func(p *sheetstest.Person) {
		p.Do("addNamedRange", map[string]any{"namedRange": map[string]any{"name": "_STEERCO_keys_2", "range": map[string]any{"endRowIndex": 1}}})
	})
	w.write(t, out)
	w.checkKeys(t, 1)
	sent := len(w.wire.batches)
	w.write(t, out)
	if len(w.wire.batches) != sent {
		t.Error("the same again: got a batch, want none")
	}
}

// checkKeys fails unless there are n names of keys, to which all highlights
// refer.
func (w *writing) checkKeys(t *testing.T, n int) {
	t.Helper()
	s, err := w.api().Spreadsheets.Get(w.id).Context(t.Context()).Do()
	if err != nil {
		t.Fatal(err)
	}
	if got := len(s.NamedRanges); got != n {
		t.Fatalf("names: got %d, want %d", got, n)
	}
	for _, sheet := range s.Sheets {
		checkRefers(t, s, sheet)
	}
}

func checkRefers(t *testing.T, s *sheets.Spreadsheet, sheet *sheets.Sheet) {
	t.Helper()
	for _, r := range sheet.ConditionalFormats {
		formula := r.BooleanRule.Condition.Values[0].UserEnteredValue
		if len(s.NamedRanges) == 0 || !strings.Contains(formula, `INDIRECT("`+s.NamedRanges[0].Name+`")`) {
			t.Errorf("got a highlight by %s, want it by the name of the keys", formula)
		}
	}
}
