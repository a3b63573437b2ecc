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
	"steerco/sync/gsheets"
	"steerco/sync/gsheets/address"
	"steerco/sync/retry"
	"steerco/templates/starter"
)

func (a *app) init() *cobra.Command {
	return &cobra.Command{
		Use:   "init FILE|ADDRESS",
		Short: "Write a starter workbook, and a configuration beside it",
		Long: `Write an empty workbook for a plan: all tables that steerco reads, with lists for
the choices and a note on each header. Beside it a configuration, if there is
none. Nothing is replaced.

With the address of an empty spreadsheet of Google's, it is filled with these
tables; the configuration is written into this folder. A name from the
configuration stands for its file or spreadsheet.`,
		Args: args(cobra.ExactArgs(1), "name the new file: steerco init plan.xlsx"),
		RunE: func(c *cobra.Command, said []string) error {
			t, err := a.newPlan(said[0])
			switch {
			case err != nil:
				return err
			case t.File == "":
				return a.fillSpreadsheet(c.Context(), t)
			}
			return a.writeStarter(t)
		},
	}
}

// newPlan returns where somebody wants to begin a plan.
func (a *app) newPlan(said string) (target, error) {
	if isFileName(said) {
		return target{said: said, Plan: config.Plan{File: said}}, nil
	}
	c, err := a.loadConfig()
	if err != nil {
		return target{}, err
	}
	if address.IsURL(said) {
		return a.addressed(c, said)
	}
	p, known := c.Plan(said)
	if !known || p.File != "" && !isFileName(p.File) {
		return target{}, usage(fmt.Errorf("%q is not the name of a workbook", said), "give it a name that ends in .xlsx, or copy the address of an empty spreadsheet")
	}
	return target{said: said, Plan: p, google: c.Google}, nil
}

func isFileName(said string) bool {
	return strings.EqualFold(filepath.Ext(said), ".xlsx") && !address.IsURL(said)
}

func (a *app) writeStarter(t target) error {
	if err := excel.Create(t.File, starter.Blank(starter.BlankOptions{Today: a.day(t.TimeZone)})); err != nil {
		return err
	}
	a.out("written: %s", t.File)
	file := filepath.Base(t.File)
	err := a.writeConfig(filepath.Dir(t.File), firstPlan{strings.TrimSuffix(file, filepath.Ext(file)), "file", file})
	if err != nil {
		return err
	}
	a.out("Fill in Settings and Tasks, then: %s sync %s", a.self, t.said)
	return nil
}

func (a *app) fillSpreadsheet(ctx context.Context, t target) error {
	o, err := a.sheetOptions(ctx, t)
	if err != nil {
		return err
	}
	book := starter.Blank(starter.BlankOptions{Today: a.day(t.TimeZone)})
	title, err := retry.Do(ctx, a.retries(), func() (string, error) { return gsheets.Fill(ctx, t.Spreadsheet.ID, o, book) })
	if err != nil {
		return err
	}
	a.out("filled: %s, %s", oneLine(title), t.Spreadsheet.URL())
	if err := a.writeConfig(".", firstPlan{title, "spreadsheet", t.Spreadsheet.URL()}); err != nil {
		return err
	}
	a.out("Fill in Settings and Tasks, then: %s sync %q", a.self, t.said)
	return nil
}

// firstPlan is the plan of a new configuration: key is "file" or "spreadsheet",
// value what stands there.
type firstPlan struct{ name, key, value string }

// writeConfig writes the configuration of one plan into a folder, unless there
// is one.
func (a *app) writeConfig(folder string, p firstPlan) error {
	path := filepath.Join(folder, config.FileName)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		a.note("%s is there already and stays as it is", path)
		return nil
	}
	if err == nil {
		_, err = fmt.Fprintf(f, firstConfig, planName(p.name), p.key, p.value)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return fmt.Errorf("write configuration: %w", err)
	}
	a.out("written: %s", path)
	return nil
}

// planName makes of a title a name that can't be taken for a path.
func planName(title string) string {
	if strings.TrimSpace(title) == "" {
		return "plan"
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\.`, r) {
			return '-'
		}
		return r
	}, oneLine(title))
}

const firstConfig = `# How steerco runs. config.example.yaml in steerco's sources explains every key.
plans:
  - name: %q
    %s: %q
`
