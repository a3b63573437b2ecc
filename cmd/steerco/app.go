package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"steerco/rules/calendar"
	"steerco/sync/retry"
)

// version is steerco's own. It stands in the tabs.
const version = "0.1.0"

// app is one call of the command.
type app struct {
	stdout, stderr io.Writer
	getenv         func(string) string
	now            func() time.Time
	// self is how the program is called, in what it proposes to try next.
	self string

	// The common flags.
	configPath string
	today      calendar.Date
	asJSON     bool
	quiet      bool

	// patience is how long Google is asked again while it is busy.
	patience retry.Options
	// accounts are those of Google's that were opened, by where their API is.
	accounts map[string]*google

	codes []int
	// stopped means that the command ended because it was told to, as it
	// should.
	stopped bool
	// unprinted is why a part of the result could not be printed.
	unprinted error
}

// run runs the command with its arguments and returns the exit status.
func (a *app) run(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil && !a.stopped {
		a.complain(errors.New("interrupted"), "nothing was left half done")
		return exitInterrupted
	}
	if err != nil {
		a.report(err)
	}
	if a.unprinted != nil {
		a.report(fmt.Errorf("the result is not complete: %w", a.unprinted))
	}
	return first(a.codes)
}

// root returns the command with all its subcommands.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "steerco",
		Short:         "Judge a project plan in its workbook, and report to the committee",
		Long:          rootHelp,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return usage(err, "see "+c.CommandPath()+" --help") })
	flags := root.PersistentFlags()
	flags.StringVar(&a.configPath, "config", "", "configuration `FILE` (default: steerco.yaml in this folder, if it is there)")
	flags.Var((*dateFlag)(&a.today), "today", "judge for this `DATE`, as 2026-12-01 (default: the status date of the workbook, else today)")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "print results and errors only")
	root.AddCommand(a.demo(), a.init(), a.inspect(), a.check(), a.sync(), a.clean(), a.standIn(), a.auth(), a.doctor(), a.version())
	return root
}

const rootHelp = `steerco reads the workbook in which a team keeps its project plan, in Excel or in
Google Sheets, judges it, marks late and risky rows in place, and writes two
tabs into the same workbook: Summary for the project manager, Committee for the
management. Nothing of the team's is changed.

PLAN is the path of a workbook or the address of a spreadsheet, as the browser
shows it, which need no configuration, or a name from the configuration.

Exit status:
  0    done
  1    the only PLAN failed
  2    flags or configuration are wrong; it is never about a workbook
  3    some of several PLANs failed
  4    there are findings at --fail-on or above
  5    try again later: the workbook is open elsewhere, or Google is busy
  130  interrupted
Of several, the first of 130, 2, 1, 3, 5, 4 counts.

Results go to stdout, everything else to stderr. NO_COLOR is honoured.`

// jsonFlag gives a command the flag --json.
func (a *app) jsonFlag(c *cobra.Command) *cobra.Command {
	c.Flags().BoolVar(&a.asJSON, "json", false, "print JSON, for scripts (docs/json.md)")
	return c
}

// args wraps a check of the arguments so that it counts as wrong usage.
func args(check cobra.PositionalArgs, hint string) cobra.PositionalArgs {
	return func(c *cobra.Command, given []string) error {
		if err := check(c, given); err != nil {
			return usage(err, hint)
		}
		return nil
	}
}

// dateFlag is a date on the command line.
type dateFlag calendar.Date

func (d *dateFlag) String() string { return calendar.Date(*d).String() }

func (d *dateFlag) Set(s string) error {
	v, err := calendar.Parse(s)
	if err != nil {
		return errors.New("write it as 2026-12-01")
	}
	*d = dateFlag(v)
	return nil
}

func (d *dateFlag) Type() string { return "date" }
