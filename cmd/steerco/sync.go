package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"steerco/sync/planread"
	"steerco/sync/run"
	"steerco/sync/workbook"
)

func (a *app) sync() *cobra.Command {
	var dryRun bool
	c := &cobra.Command{
		Use:   "sync [PLAN…]",
		Short: "Judge the plans, mark rows, write Summary and Committee",
		Long: `Judge the plans, mark late and risky rows in place, and write the tabs Summary
and Committee. Without PLAN: all plans of the configuration. A second run over
an unchanged workbook writes nothing. Undo: steerco clean PLAN.`,
	}
	c.Flags().BoolVar(&dryRun, "dry-run", false, "print each change and make none")
	c.RunE = func(c *cobra.Command, said []string) error {
		all, err := a.targets(said)
		if err != nil {
			return err
		}
		out := syncOutput{Plans: []syncedOutput{}}
		for _, t := range all {
			s, err := a.syncOne(c.Context(), t, dryRun)
			if err != nil {
				a.reportOf(len(all), err)
			}
			out.Plans = append(out.Plans, s.json(t, err))
			if c.Context().Err() != nil {
				break
			}
		}
		if a.asJSON {
			return a.printJSON(out)
		}
		return nil
	}
	return a.jsonFlag(c)
}

// reportOf prints the error of one of several plans.
func (a *app) reportOf(plans int, err error) {
	code := statusOf(err)
	if code == exitFailed && plans > 1 {
		code = exitSomeFailed
	}
	a.codes = append(a.codes, code)
	a.tell(err)
}

// synced is what came of one plan.
type synced struct {
	run.Result
	// touched counts the cells of the team's that differ; -1: not compared.
	touched int
	// open is what people open to see it; empty after a dry run.
	open string
}

// syncOne runs over one plan and prints what came of it.
func (a *app) syncOne(ctx context.Context, t target, dryRun bool) (synced, error) {
	s := synced{touched: -1}
	o, err := a.writing(ctx, t)
	if err != nil {
		return s, err
	}
	o.DryRun = dryRun
	if s.Result, err = run.Run(ctx, o); err != nil {
		return s, err
	}
	a.warn(s.Book)
	if dryRun {
		s.touched, err = rehearse(ctx, t, o, s.Book)
	} else {
		s.touched, err = t.touchedSince(ctx, o.Backend, &s.Result)
		s.open = t.toOpen(o.Backend)
	}
	if err == nil && !a.asJSON {
		a.printSynced(t, s, dryRun)
	}
	return s, err
}

func (a *app) printSynced(t target, s synced, dryRun bool) {
	a.out("%s, judged for %s: %s", oneLine(s.Book.Name), s.Today.Long(), tally(s.Findings))
	a.out("  read: %s", tablesRead(s.Reading))
	switch {
	case len(s.Changes) == 0:
		a.out("  written: nothing, all stands as it should")
	case dryRun:
		a.out("  would be written:")
	default:
		a.out("  written:")
	}
	a.printChanges(s.Changes, dryRun)
	a.printTouched(t, s)
	if s.open != "" {
		a.out("  open: %s", s.open)
	}
}

// printChanges prints what changed: each change, or the highlights of a sheet
// as one.
func (a *app) printChanges(all []workbook.Change, each bool) {
	for i := 0; i < len(all); i++ {
		n := 1
		for !each && all[i].Cells != "" && i+n < len(all) && all[i+n].Cells != "" && all[i+n].Sheet == all[i].Sheet {
			n++
		}
		if n == 1 {
			a.out("    %s", oneLine(all[i].String()))
			continue
		}
		a.out("    %s", oneLine(fmt.Sprintf("sheet %q: %d changes of highlights", all[i].Sheet, n)))
		i += n - 1
	}
}

// printTouched tells what the run did to the team's cells: what was counted, or
// of a spreadsheet, in which people type meanwhile, that no request names one.
func (a *app) printTouched(t target, s synced) {
	switch {
	case s.touched >= 0:
		a.out("  %s of the team's touched", counted(s.touched, "cell"))
	case t.File == "" && s.Written:
		a.out("  no cell of the team's was addressed")
	}
}

func tablesRead(r *planread.Reading) string {
	words := make([]string, len(r.Tables))
	for i, t := range r.Tables {
		words[i] = fmt.Sprintf("%s %q (%d)", t.Kind, t.Sheet, t.Rows)
	}
	return oneLine(strings.Join(words, ", "))
}

func (s synced) json(t target, err error) syncedOutput {
	out := syncedOutput{Plan: t.said, Written: s.Written, Changes: changesJSON(s.Changes)}
	if err != nil {
		text := err.Error()
		out.Error = &text
		return out
	}
	out.Workbook, out.Today, out.Counts = s.Book.Name, s.Today, countsOf(s.Findings)
	if s.touched >= 0 {
		out.Touched = &s.touched
	}
	return out
}
