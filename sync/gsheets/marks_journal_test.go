package gsheets_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
)

// TestAnotherProcessPutsRulesBack moves conditional formats between the last
// reading and a batch, and kills the process before it hears what the batch has
// deleted: the next one puts back those of the team's that are missing, whatever
// people have inserted in between, and leaves alone what they have deleted.
func TestAnotherProcessPutsRulesBack(t *testing.T) {
	rule := func(formula string, index int) func(*sheetstest.Person) {
		return func(p *sheetstest.Person) {
			p.AddRule(planTitle, sheetstest.Rule{Index: index, FirstRow: 1, LastRow: 5, Formula: formula})
		}
	}
	nothing := func(*sheetstest.Person) {}
	deleted := func(index int) func(*sheetstest.Person) {
		return func(p *sheetstest.Person) {
			p.Do("deleteConditionalFormatRule", map[string]any{"sheetId": 0, "index": index})
		}
	}
	lateOutput := func(b *workbook.Book) workbook.Output {
		out := late(b, "second", "T1")
		out.Marks[0].Severity = "warning"
		return out
	}
	clean := func(*workbook.Book) workbook.Output { return workbook.Output{} }
	for name, tt := range map[string]struct {
		out          func(*workbook.Book) workbook.Output
		blink, later func(*sheetstest.Person)
		want         []string
	}{
		"a rule before":             {lateOutput, rule("=TRUE", 0), nothing, []string{"=TRUE", `=$A2="a"`, `=$A2="b"`}},
		"a row inserted since":      {lateOutput, rule("=TRUE", 0), func(p *sheetstest.Person) { p.InsertRows(planTitle, 3, 1) }, []string{"=TRUE", `=$A2="a"`, `=$A2="b"`}},
		"nothing moved":             {lateOutput, nothing, nothing, []string{`=$A2="a"`, `=$A2="b"`}},
		"a rule deleted since":      {lateOutput, nothing, deleted(0), []string{`=$A2="b"`}},
		"clean, a rule before":      {clean, rule("=TRUE", 0), nothing, []string{"=TRUE", `=$A2="a"`, `=$A2="b"`}},
		"clean, nothing moved":      {clean, nothing, nothing, []string{`=$A2="a"`, `=$A2="b"`}},
		"clean, a rule gone before": {clean, deleted(0), nothing, []string{`=$A2="b"`}},
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
			_, err := w.Apply(t.Context(), workbook.Changes{Base: book.Version, Output: tt.out(book)})
			if err != nil && !errors.Is(err, workbook.ErrUnavailable) && !errors.Is(err, workbook.ErrChanged) {
				t.Fatal(err)
			}
			w.edit(t, tt.later)
			w.Backend, err = gsheets.Open(t.Context(), w.id, gsheets.Options{Client: &http.Client{Transport: w.wire}})
			if err != nil {
				t.Fatal(err)
			}
			w.write(t, tt.out(w.read(t)))
			if diff := cmp.Diff(w.teamRules(t), tt.want); diff != "" {
				t.Errorf("rules of the team's: got -, want +\n%s", diff)
			}
		})
	}
}
