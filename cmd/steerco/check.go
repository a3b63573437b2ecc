package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"steerco/rules"
	"steerco/sync/run"
	"steerco/sync/workbook"
)

func (a *app) check() *cobra.Command {
	var failOn string
	c := &cobra.Command{
		Use:   "check PLAN",
		Short: "Judge the plan and print what was found; nothing is written",
		Args:  args(cobra.ExactArgs(1), "name one workbook: steerco check plan.xlsx"),
	}
	c.Flags().StringVar(&failOn, "fail-on", "", "exit with 4 if there are findings of this `SEVERITY` or above: note, warning, critical")
	c.RunE = func(c *cobra.Command, said []string) error {
		limit := rules.Severity(0)
		if failOn != "" {
			var err error
			if limit, err = rules.ParseSeverity(failOn); err != nil {
				return usage(fmt.Errorf("--fail-on: %w", err), "")
			}
		}
		o, err := a.reading(c.Context(), said[0])
		if err != nil {
			return err
		}
		r, err := run.Check(c.Context(), o)
		if err != nil {
			return err
		}
		a.warn(r.Book)
		if limit > 0 && slices.ContainsFunc(r.Findings, func(f rules.Finding) bool { return f.Severity >= limit }) {
			a.codes = append(a.codes, exitFindings)
		}
		if a.asJSON {
			return a.printJSON(checkJSON(&r))
		}
		a.printFindings(&r)
		return nil
	}
	return a.jsonFlag(c)
}

// reading returns the options of the one plan that a command reads.
func (a *app) reading(ctx context.Context, said string) (run.Options, error) {
	all, err := a.targets([]string{said})
	if err != nil {
		return run.Options{}, err
	}
	return a.options(ctx, all[0], "")
}

// warn tells what is to be known about a workbook.
func (a *app) warn(b *workbook.Book) {
	for _, w := range b.Warnings {
		a.note("%s: %s", b.Name, w)
	}
}

func (a *app) printJSON(v any) error {
	e := json.NewEncoder(a.stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// printFindings prints the findings by severity, and what can't be judged.
func (a *app) printFindings(r *run.Result) {
	a.out("%s, judged for %s: %s", oneLine(r.Book.Name), r.Today.Long(), tally(r.Findings))
	for _, s := range []rules.Severity{rules.Critical, rules.Warning, rules.Note, rules.CannotJudge} {
		var rows [][]string
		for _, f := range r.Findings {
			if f.Severity != s {
				continue
			}
			sheet, cell := r.Cell(f)
			rows = append(rows, []string{place(sheet, cell), f.Rule, f.RowID, f.Subject, sentence(f)})
		}
		if len(rows) == 0 {
			continue
		}
		a.heading("%s (%d)", a.severity(s), len(rows))
		a.table([]column{{"cell", 0}, {"rule", 0}, {"id", 0}, {"about", rest}, {"what is so, and what to do", 2 * rest}}, rows)
	}
}

func sentence(f rules.Finding) string {
	if f.Advice == "" {
		return f.Text
	}
	return f.Text + " → " + f.Advice
}

// tally counts findings by severity: "2 critical, 5 warnings".
func tally(all []rules.Finding) string {
	n := countBySeverity(all)
	return fmt.Sprintf("%d critical, %s, %s, %d cannot be judged",
		n[rules.Critical], counted(n[rules.Warning], "warning"), counted(n[rules.Note], "note"), n[rules.CannotJudge])
}

func countBySeverity(all []rules.Finding) map[rules.Severity]int {
	n := map[rules.Severity]int{}
	for _, f := range all {
		n[f.Severity]++
	}
	return n
}
