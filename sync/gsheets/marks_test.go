package gsheets_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// TestRulesMovedBeforeTheBatch moves conditional formats between the last
// reading and a batch that deletes some by their index: those of the team's are
// all there afterwards, in their order.
func TestRulesMovedBeforeTheBatch(t *testing.T) {
	rule := func(formula string, index int) func(*sheetstest.Person) {
		return func(p *sheetstest.Person) {
			p.AddRule(planTitle, sheetstest.Rule{Index: index, FirstRow: 1, LastRow: 5, Formula: formula})
		}
	}
	for name, tt := range map[string]struct {
		blink func(*sheetstest.Person)
		want  []string
	}{
		"a rule before":    {rule("=TRUE", 0), []string{"=TRUE", "=$A2=\"a\"", "=$A2=\"b\""}},
		"a rule between":   {rule("=TRUE", 1), []string{"=$A2=\"a\"", "=TRUE", "=$A2=\"b\""}},
		"a rule behind":    {rule("=TRUE", 2), []string{"=$A2=\"a\"", "=$A2=\"b\"", "=TRUE"}},
		"a rule at last":   {rule("=TRUE", 3), []string{"=$A2=\"a\"", "=$A2=\"b\"", "=TRUE"}},
		"two rules before": {func(p *sheetstest.Person) { rule("=TRUE", 0)(p); rule("=FALSE", 0)(p) }, []string{"=FALSE", "=TRUE", "=$A2=\"a\"", "=$A2=\"b\""}},
		"the first one gone": {func(p *sheetstest.Person) {
			p.Do("deleteConditionalFormatRule", map[string]any{"sheetId": 0, "index": 0})
		}, []string{"=$A2=\"b\""}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newBlink(t)
			w.edit(t, rule(`=$A2="b"`, 0))
			w.edit(t, rule(`=$A2="a"`, 0))
			book := w.write(t, late(w.read(t), "first", "T1"))
			w.blink = tt.blink
			out := late(book, "second", "T1")
			out.Marks[0].Severity = "warning"
			_, err := w.Apply(t.Context(), workbook.Changes{Base: book.Version, Output: out})
			if err != nil && !errors.Is(err, workbook.ErrChanged) {
				t.Fatal(err)
			}
			if diff := cmp.Diff(w.teamRules(t), tt.want); diff != "" {
				t.Errorf("rules of the team's: got -, want +\n%s", diff)
			}
			w.write(t, out)
			if diff := cmp.Diff(w.teamRules(t), tt.want); diff != "" {
				t.Errorf("after another run: got -, want +\n%s", diff)
			}
		})
	}
}

// TestRulesMovedBeforeABatchWhoseAnswerGetsLost moves them, and then nobody
// hears what the batch has deleted: those that stood at the last reading come
// back by what is missing.
func TestRulesMovedBeforeABatchWhoseAnswerGetsLost(t *testing.T) {
	rule := func(formula string, index int) func(*sheetstest.Person) {
		return func(p *sheetstest.Person) {
			p.AddRule(planTitle, sheetstest.Rule{Index: index, FirstRow: 1, LastRow: 5, Formula: formula})
		}
	}
	moved := func(from, to int) func(*sheetstest.Person) {
		return func(p *sheetstest.Person) {
			p.Do("updateConditionalFormatRule", map[string]any{"sheetId": 0, "index": from, "newIndex": to})
		}
	}
	lateOutput := func(b *workbook.Book) workbook.Output {
		out := late(b, "second", "T1")
		out.Marks[0].Severity = "warning"
		return out
	}
	nothing := func(*workbook.Book) workbook.Output { return workbook.Output{} }
	for name, tt := range map[string]struct {
		out   func(*workbook.Book) workbook.Output
		blink func(*sheetstest.Person)
		want  []string
	}{
		"a rule before":         {lateOutput, rule("=TRUE", 0), []string{"=TRUE", `=$A2="a"`, `=$A2="b"`}},
		"ours first":            {lateOutput, moved(2, 0), []string{`=$A2="a"`, `=$A2="b"`}},
		"ours second":           {lateOutput, moved(2, 1), []string{`=$A2="a"`, `=$A2="b"`}},
		"nothing moved":         {lateOutput, func(*sheetstest.Person) {}, []string{`=$A2="a"`, `=$A2="b"`}},
		"clean, a rule before":  {nothing, rule("=TRUE", 0), []string{"=TRUE", `=$A2="a"`, `=$A2="b"`}},
		"clean, ours first":     {nothing, moved(2, 0), []string{`=$A2="a"`, `=$A2="b"`}},
		"clean, nothing moved":  {nothing, func(*sheetstest.Person) {}, []string{`=$A2="a"`, `=$A2="b"`}},
		"a rule behind, unread": {lateOutput, rule("=TRUE", 3), []string{`=$A2="a"`, `=$A2="b"`, "=TRUE"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newBlink(t)
			w.edit(t, rule(`=$A2="b"`, 0))
			w.edit(t, rule(`=$A2="a"`, 0))
			book := w.write(t, late(w.read(t), "first", "T1"))
			w.blink = tt.blink
			w.fault = func(c sheetstest.Call) *sheetstest.Fault {
				if !c.Write {
					return nil
				}
				w.fault = nil
				return &sheetstest.Fault{Drop: true, Applied: true}
			}
			c := workbook.Changes{Base: book.Version, Output: tt.out(book)}
			if _, err := w.Apply(t.Context(), c); !errors.Is(err, workbook.ErrUnavailable) {
				t.Fatalf("first try: got %v, want %v", err, workbook.ErrUnavailable)
			}
			if _, err := w.Apply(t.Context(), c); err != nil && !errors.Is(err, workbook.ErrChanged) {
				t.Fatalf("second try: %v", err)
			}
			w.write(t, c.Output)
			if diff := cmp.Diff(w.teamRules(t), tt.want); diff != "" {
				t.Errorf("rules of the team's: got -, want +\n%s", diff)
			}
		})
	}
}

// teamRules returns the conditions of the first sheet that aren't steerco's.
func (w *writing) teamRules(t *testing.T) []string {
	t.Helper()
	got, err := w.api().Spreadsheets.Get(w.id).Fields("sheets/conditionalFormats").Context(t.Context()).Do()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range got.Sheets[0].ConditionalFormats {
		if f := r.BooleanRule.Condition.Values[0].UserEnteredValue; !strings.Contains(f, "_steerco") {
			all = append(all, f)
		}
	}
	return all
}

// TestHighlights looks at the colours that a person sees.
func TestHighlights(t *testing.T) {
	w := newWriting(t, sheetstest.Options{})
	book := w.read(t)
	w.write(t, late(book, "first", "T2", "T4"))
	none, red := "FFFFFF", tab.MarkFill("critical")
	w.colored(t, "as written", none, none, red, none, red, none)
	w.edit(t, func(p *sheetstest.Person) { p.Sort(planTitle, 1, 5, 3) })
	w.colored(t, "sorted the same way", none, none, red, none, red, none)
	w.edit(t, func(p *sheetstest.Person) { p.SwapRows(planTitle, 1, 2) })
	w.colored(t, "rows swapped", none, red, none, none, red, none)
	w.edit(t, func(p *sheetstest.Person) { p.InsertRows(planTitle, 1, 1) })
	w.colored(t, "a row inserted", none, none, red, none, none, red)
	w.edit(t, func(p *sheetstest.Person) { p.Set(planTitle, 2, 2, sheetstest.Date{Year: 2026, Month: 5, Day: 4}) })
	w.colored(t, "a row mended", none, none, none, none, none, red)
	w.edit(t, func(p *sheetstest.Person) { p.RenameSheet(planTitle, "Our plan") })
	fill, err := w.server.Fill(w.id, "Our plan", 5, 2)
	if err != nil || fill != red {
		t.Errorf("sheet renamed: got %s, %v, want %s", fill, err, red)
	}
}

// colored fails unless the cells of the finish have these colours, from the
// first row on.
func (w *writing) colored(t *testing.T, when string, want ...string) {
	t.Helper()
	got := make([]string, len(want))
	for row := range want {
		var err error
		if got[row], err = w.server.Fill(w.id, planTitle, row, 2); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("%s: colours: got -, want +\n%s", when, diff)
	}
}
