// Package run is one run over one workbook: read, understand, judge, report,
// draw, mark, compare and write. It leaves to others when to run and what to
// print.
package run

import (
	"context"
	"errors"
	"fmt"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/highlight"
	"steerco/sync/planread"
	"steerco/sync/workbook"
	"steerco/templates"
	"steerco/templates/report"
	"steerco/templates/tab"
)

// Options tell how to run.
type Options struct {
	Backend workbook.Backend
	// Today is the day of the run. It counts as the status date where the
	// workbook has none.
	Today calendar.Date
	// TodayIn returns the day of the run in the time zone that the workbook
	// tells, as workbook.Book.TimeZone. Nil: it is Today, wherever.
	TodayIn func(zone string) calendar.Date
	// TodayFirst puts Today before the status date of the workbook.
	TodayFirst bool
	Rules      []rules.Rule
	// Personal names the rules whose findings are about persons.
	Personal []string
	// Templates are the tabs to be drawn, in this order; Titles gives some of
	// them another title, by key.
	Templates []templates.Template
	Titles    map[string]string
	Read      planread.Options
	// Version is steerco's own.
	Version string
	// DryRun makes no change; the result tells what would be written.
	DryRun bool
}

// Result is what a run found and did. After an error it holds what was known
// until then.
type Result struct {
	// Book is the workbook as read, before anything was written.
	Book    *workbook.Book
	Reading *planread.Reading
	// RunOn is the day of the run, Today the status date. They may be days that
	// are not worked.
	RunOn, Today calendar.Date
	Findings     []rules.Finding
	// Report and Output are only made by Run.
	Report report.Report
	Output workbook.Output
	// Changes are what was written, or would be in a dry run.
	Changes []workbook.Change
	// Written means that the workbook was written, Version is the one that
	// stands now.
	Written bool
	Version workbook.Version
}

// Cell returns where the judged cell of a finding stands, as
// planread.Reading.Cell.
func (r *Result) Cell(f rules.Finding) (sheet, cell string) { return r.Reading.Cell(f.At) }

// Check reads the workbook and judges it, and writes nothing.
func Check(ctx context.Context, o Options) (Result, error) {
	r, err := Inspect(ctx, o)
	if err != nil {
		return r, err
	}
	r.judge(o)
	return r, ctx.Err()
}

// Inspect reads and understands the workbook, without judging it.
func Inspect(ctx context.Context, o Options) (Result, error) {
	r, err := read(ctx, o.Backend)
	if err != nil {
		return r, err
	}
	r.Reading, err = planread.Read(r.Book, o.Read)
	return r, err
}

func read(ctx context.Context, b workbook.Backend) (Result, error) {
	book, err := b.Read(ctx)
	if err != nil {
		return Result{}, err
	}
	return Result{Book: book, Version: book.Version}, nil
}

// Run makes what stands of steerco's in the workbook what it should be. If the
// workbook is saved by somebody else meanwhile it starts again; when that goes
// on, the error is workbook.ErrBusy. What is as it should be is not written. A
// workbook that can't be written is an error before anything else that may be
// wrong with it, in a dry run too.
func Run(ctx context.Context, o Options) (Result, error) {
	return tried(func() (Result, error) { return once(ctx, o) })
}

// CleanOptions tell how to clean.
type CleanOptions struct {
	Backend workbook.Backend
	// DryRun makes no change; the result tells what would be taken out.
	DryRun bool
}

// Clean takes everything of steerco's out of the workbook. It starts again as
// Run does. The result has no reading, findings or report.
func Clean(ctx context.Context, o CleanOptions) (Result, error) {
	return tried(func() (Result, error) {
		r, err := read(ctx, o.Backend)
		if err != nil {
			return r, err
		}
		err = r.write(ctx, o)
		return r, err
	})
}

// tries is how often a run begins when the workbook keeps changing.
const tries = 3

func tried(once func() (Result, error)) (Result, error) {
	for try := 1; ; try++ {
		r, err := once()
		if !errors.Is(err, workbook.ErrChanged) {
			return r, err
		}
		if try == tries {
			return r, busy(err)
		}
	}
}

// busy makes of the error of the last try one that tells to try later.
func busy(err error) error {
	told := &workbook.Error{
		Err: fmt.Errorf("%w, %d times one after the other: %w", workbook.ErrChanged, tries, workbook.ErrBusy),
		Fix: "try again when nobody is changing it",
	}
	var last *workbook.Error
	if errors.As(err, &last) {
		told.Workbook = last.Workbook
	}
	return told
}

func once(ctx context.Context, o Options) (Result, error) {
	r, err := read(ctx, o.Backend)
	if err != nil {
		return r, err
	}
	if err := r.Book.Unwritable; err != nil {
		return r, err
	}
	if r.Reading, err = planread.Read(r.Book, o.Read); err != nil {
		return r, err
	}
	cal := r.judge(o)
	r.Report = report.New(reportInput(o, r, cal))
	tabs, err := render(o, r.Report)
	if err != nil {
		return r, err
	}
	r.Output = highlight.Make(highlight.Input{Book: r.Book, Reading: r.Reading, Findings: r.Findings, Tabs: tabs})
	err = r.write(ctx, CleanOptions{Backend: o.Backend, DryRun: o.DryRun})
	return r, err
}

// judge judges what was read, and returns the calendar by which it did.
func (r *Result) judge(o Options) *calendar.Calendar {
	cal := r.Reading.Plan.WorkCalendar()
	r.RunOn = dayOfRun(o, r.Book)
	r.Today = statusDate(o, r.RunOn, r.Reading.Plan.Settings)
	r.Findings = rules.Evaluate(rules.Input{Plan: r.Reading.Plan, Today: r.Today, Calendar: cal}, o.Rules)
	return cal
}

func dayOfRun(o Options, b *workbook.Book) calendar.Date {
	if o.TodayIn == nil {
		return o.Today
	}
	return o.TodayIn(b.TimeZone)
}

func statusDate(o Options, runOn calendar.Date, s plan.Settings) calendar.Date {
	if !o.TodayFirst && !s.StatusDate.IsZero() {
		return s.StatusDate
	}
	return runOn
}

// asOf returns the day of which the data is: that on which the workbook was
// saved, else the day on which it was read.
func (r *Result) asOf() calendar.Date {
	if r.Book.Modified.IsZero() {
		return r.RunOn
	}
	return r.Book.Modified
}

func reportInput(o Options, r Result, cal *calendar.Calendar) report.Input {
	in := report.Input{
		Plan: r.Reading.Plan, Findings: r.Findings, Rules: o.Rules, Personal: o.Personal,
		Today: r.Today, AsOf: r.asOf(), Calendar: cal, Workbook: r.Book.Name, Version: o.Version,
	}
	for _, t := range r.Reading.Tables {
		in.Read = append(in.Read, report.TableRead{Kind: t.Kind, Sheet: t.Sheet, Rows: t.Rows})
	}
	for _, s := range r.Reading.Skipped {
		in.Skipped = append(in.Skipped, report.Skipped{Sheet: s.Sheet, Because: s.Because})
	}
	return in
}

func render(o Options, r report.Report) ([]tab.Tab, error) {
	var tabs []tab.Tab
	for _, t := range o.Templates {
		if title := o.Titles[t.Key]; title != "" {
			t.Title = title
		}
		drawn, err := templates.Render(t, r)
		if err != nil {
			return nil, fmt.Errorf("draw tab %q: %w", t.Title, err)
		}
		tabs = append(tabs, drawn)
	}
	return tabs, nil
}

// write writes the output where it differs from what stands there.
func (r *Result) write(ctx context.Context, o CleanOptions) error {
	r.Changes = workbook.Compare(r.Book.Own, r.Output)
	if len(r.Changes) == 0 {
		return nil
	}
	if err := r.Book.Unwritable; err != nil {
		return err
	}
	if err := workbook.Check(r.Book, r.Output); err != nil || o.DryRun {
		return err
	}
	version, err := o.Backend.Apply(ctx, workbook.Changes{Base: r.Book.Version, Output: r.Output})
	if err != nil {
		return err
	}
	r.Version, r.Written = version, true
	return nil
}
