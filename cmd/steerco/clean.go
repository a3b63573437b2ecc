package main

import (
	"runtime/debug"

	"github.com/spf13/cobra"

	"steerco/sync/run"
)

func (a *app) clean() *cobra.Command {
	var dryRun bool
	c := &cobra.Command{
		Use:   "clean PLAN",
		Short: "Take everything of steerco's out of the workbook again",
		Args:  args(cobra.ExactArgs(1), "name one workbook: steerco clean plan.xlsx"),
	}
	c.Flags().BoolVar(&dryRun, "dry-run", false, "print each change and make none")
	c.RunE = func(c *cobra.Command, said []string) error {
		all, err := a.targets(said)
		if err != nil {
			return err
		}
		o, err := a.writing(c.Context(), all[0])
		if err != nil {
			return err
		}
		r, err := run.Clean(c.Context(), run.CleanOptions{Backend: o.Backend, DryRun: dryRun})
		if err != nil {
			return err
		}
		touched, err := all[0].touchedSince(c.Context(), o.Backend, &r)
		if err != nil {
			return err
		}
		a.printCleaned(all[0], &r, touched)
		return nil
	}
	return c
}

func (a *app) printCleaned(t target, r *run.Result, touched int) {
	switch {
	case len(r.Changes) == 0:
		a.out("%s: there is nothing of steerco's in it", oneLine(r.Book.Name))
	case r.Written:
		a.out("%s: taken out", oneLine(r.Book.Name))
	default:
		a.out("%s: would be taken out", oneLine(r.Book.Name))
	}
	a.printChanges(r.Changes, true)
	a.printTouched(t, synced{Result: *r, touched: touched})
}

func (a *app) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  args(cobra.NoArgs, "steerco version takes no arguments"),
		RunE: func(*cobra.Command, []string) error {
			a.out("steerco %s%s", version, revision())
			return nil
		},
	}
}

// revision returns from what the program was built, where that is known.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	text := ", " + info.GoVersion
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			text += ", revision " + s.Value
		}
	}
	return text
}
