package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"steerco/sync/config"
	"steerco/sync/excel"
	"steerco/sync/run"
	"steerco/sync/workbook"
	"steerco/templates/starter"
)

// Where the sample is written without an argument, and what it is called.
const (
	demoFolder = "steerco-demo"
	demoFile   = "oms-roll-out.xlsx"
)

func (a *app) demo() *cobra.Command {
	return &cobra.Command{
		Use:   "demo [FOLDER]",
		Short: "Write a sample plan, sync it, and say what to open",
		Long: `Write the plan of an order management system's roll-out in its middle, with the
troubles that real projects have, into FOLDER (default: ` + demoFolder + `), and sync it.
A plan that is there already is not replaced: it is synced again.`,
		Args: args(cobra.MaximumNArgs(1), "name at most one folder: steerco demo FOLDER"),
		RunE: func(c *cobra.Command, said []string) error {
			folder := demoFolder
			if len(said) > 0 {
				folder = said[0]
			}
			return a.runDemo(c.Context(), folder)
		},
	}
}

func (a *app) runDemo(ctx context.Context, folder string) error {
	t := target{said: demoFile, Plan: config.Plan{File: filepath.Join(folder, demoFile)}}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return &workbook.Error{Workbook: folder, Err: fmt.Errorf("make the folder for the demo: %w", err), Fix: "name another folder"}
	}
	err := excel.Create(t.File, starter.Demo(starter.DemoOptions{Today: a.day(nil)}))
	if errors.Is(err, fs.ErrExist) {
		err = a.ownDemo(ctx, t)
	}
	if err != nil {
		return err
	}
	s, err := a.syncOne(ctx, t, false)
	if err != nil {
		return err
	}
	a.printDemo(t, s)
	return nil
}

// ownDemo fails if the file isn't one over which steerco has run.
func (a *app) ownDemo(ctx context.Context, t target) error {
	o, err := a.options(ctx, t, "")
	if err != nil {
		return err
	}
	r, err := run.Inspect(ctx, o)
	if err != nil {
		return err
	}
	if r.Book.Own.ID == "" {
		return &workbook.Error{
			Workbook: t.File, Err: errors.New("is there already, and is not the demo"),
			Fix: "name another folder: steerco demo FOLDER",
		}
	}
	a.note("%s is there already: synced again, not replaced; a fresh one: steerco demo OTHER-FOLDER", t.File)
	return nil
}

func (a *app) printDemo(t target, s synced) {
	a.out("")
	a.out("Open %s in Excel or LibreOffice:", t.File)
	a.out("  Summary    what to chase today, all findings with links to their rows")
	a.out("  Committee  the page for the next meeting: decisions first")
	a.out("  Tasks      late and risky rows are marked; mend one, and its mark goes off")
	a.out("Try next:")
	a.out("  %s inspect %s   how it was read", a.self, t.File)
	a.out("  %s check %s     all findings here", a.self, t.File)
	a.out("  %s clean %s     take everything out again", a.self, t.File)
}
