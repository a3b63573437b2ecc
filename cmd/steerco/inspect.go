package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"steerco/sync/highlight"
	"steerco/sync/planread"
	"steerco/sync/run"
	"steerco/sync/workbook"
)

func (a *app) inspect() *cobra.Command {
	return a.jsonFlag(&cobra.Command{
		Use:   "inspect PLAN",
		Short: "Show how the workbook is read: tables, columns, guesses, faults; nothing is written",
		Args:  args(cobra.ExactArgs(1), "name one workbook: steerco inspect plan.xlsx"),
		RunE: func(c *cobra.Command, said []string) error {
			o, err := a.reading(c.Context(), said[0])
			if err != nil {
				return err
			}
			r, err := run.Inspect(c.Context(), o)
			if err != nil {
				return err
			}
			if a.asJSON {
				return a.printJSON(inspectJSON(r.Book, r.Reading))
			}
			a.printReading(r.Book, r.Reading)
			return nil
		},
	})
}

// printReading prints how a workbook was understood.
func (a *app) printReading(b *workbook.Book, r *planread.Reading) {
	a.out("%s: %s", oneLine(b.Name), counted(len(r.Tables), "table"))
	for _, t := range r.Tables {
		a.printTable(t)
	}
	a.printGuesses(r)
	a.printFaults(r)
	a.printSkipped(r.Skipped)
	for _, w := range inspectWarnings(b, r) {
		a.heading("warning: %s", oneLine(w))
	}
}

// inspectWarnings returns what is to be known of a workbook besides how it is
// read.
func inspectWarnings(b *workbook.Book, r *planread.Reading) []string {
	return append(append([]string{}, b.Warnings...), highlight.Covered(b, r)...)
}

func (a *app) printTable(t planread.Table) {
	a.heading("%s: sheet %q, header in %s, data in rows %d to %d", t.Kind, t.Sheet, headerRows(t), t.FirstRow+1, t.LastRow+1)
	line := counted(t.Rows, "row")
	if t.Parents > 0 {
		line += fmt.Sprintf(" and %s", counted(t.Parents, "summary or section row"))
	}
	if t.WithFinish > 0 || t.Done > 0 {
		line += fmt.Sprintf(", %d with a finish, %d done", t.WithFinish, t.Done)
	}
	a.out("  %s", line)
	if t.First != "" {
		a.out("  first: %s", oneLine(t.First))
		a.out("  last:  %s", oneLine(t.Last))
	}
	var rows [][]string
	for _, c := range t.Columns {
		rows = append(rows, []string{string(c.Field), c.Header, workbook.ColumnName(c.Index)})
	}
	a.table([]column{{"field", 0}, {"header", 60}, {"column", 0}}, rows)
}

func headerRows(t planread.Table) string {
	words := make([]string, len(t.HeaderRows))
	for i, row := range t.HeaderRows {
		words[i] = fmt.Sprint(row + 1)
	}
	if len(words) == 1 {
		return "row " + words[0]
	}
	return "rows " + strings.Join(words, ", ")
}

func (a *app) printGuesses(r *planread.Reading) {
	var rows [][]string
	for _, g := range r.Guesses {
		rows = append(rows, []string{place(g.Sheet, g.Cell), g.What, g.Because})
	}
	if len(rows) > 0 {
		a.heading("taken for granted (%d)", len(rows))
	}
	a.table([]column{{"where", 0}, {"what", rest}, {"because", rest}}, rows)
}

func (a *app) printFaults(r *planread.Reading) {
	var rows [][]string
	for _, f := range r.Plan.Faults {
		sheet, cell := r.Cell(f.At)
		kind := "not read"
		if f.Doubt {
			kind = "in doubt"
		}
		rows = append(rows, []string{place(sheet, cell), kind, f.Text, f.Fix})
	}
	if len(rows) > 0 {
		a.heading("cells that could not be read, or not for sure (%d)", len(rows))
	}
	a.table([]column{{"cell", 0}, {"", 0}, {"what is wrong", rest}, {"what to do", rest}}, rows)
}

// printSkipped prints what was left out: sheets by name, rows by their count.
func (a *app) printSkipped(all []planread.Skip) {
	type reason struct{ sheet, because string }
	var order []reason
	count, first := map[reason]int{}, map[reason]int{}
	for _, s := range all {
		k := reason{s.Sheet, s.Because}
		if count[k] == 0 {
			order, first[k] = append(order, k), s.Row
		}
		count[k]++
	}
	var rows [][]string
	for _, k := range order {
		what := "the sheet"
		if first[k] >= 0 {
			what = fmt.Sprintf("%s, the first is row %d", counted(count[k], "row"), first[k]+1)
		}
		rows = append(rows, []string{k.sheet, what, k.because})
	}
	if len(rows) > 0 {
		a.heading("left out (%d)", len(all))
	}
	a.table([]column{{"sheet", 0}, {"what", 0}, {"because", rest}}, rows)
}
