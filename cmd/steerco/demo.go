package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

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
	o, err := a.options(t, "")
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

func (a *app) init() *cobra.Command {
	return &cobra.Command{
		Use:   "init FILE",
		Short: "Write a starter workbook, and a configuration beside it",
		Long: `Write an empty workbook for a plan: all tables that steerco reads, with lists for
the choices and a note on each header. Beside it a configuration, if there is
none. Nothing is replaced.`,
		Args: args(cobra.ExactArgs(1), "name the new file: steerco init plan.xlsx"),
		RunE: func(_ *cobra.Command, said []string) error { return a.runInit(said[0]) },
	}
}

func (a *app) runInit(path string) error {
	if !strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return usage(fmt.Errorf("%q is not the name of a workbook", path), "give it a name that ends in .xlsx")
	}
	if err := excel.Create(path, starter.Blank(starter.BlankOptions{Today: a.day(nil)})); err != nil {
		return err
	}
	a.out("written: %s", path)
	settings := filepath.Join(filepath.Dir(path), config.FileName)
	switch err := writeConfig(settings, filepath.Base(path)); {
	case errors.Is(err, fs.ErrExist):
		a.note("%s is there already and stays as it is", settings)
	case err != nil:
		return fmt.Errorf("write configuration: %w", err)
	default:
		a.out("written: %s", settings)
	}
	a.out("Fill in Settings and Tasks, then: %s sync %s", a.self, path)
	return nil
}

// writeConfig writes the configuration of one plan, unless there is a file.
func writeConfig(path, workbook string) error {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\.`, r) {
			return '-'
		}
		return r
	}, strings.TrimSuffix(workbook, filepath.Ext(workbook)))
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, firstConfig, name, workbook)
	return errors.Join(err, f.Close())
}

const firstConfig = `# How steerco runs. config.example.yaml in steerco's sources explains every key.
plans:
  - name: %q
    file: %q
`
