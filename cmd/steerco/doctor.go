package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"steerco/sync/config"
	"steerco/sync/excel"
	"steerco/sync/gsheets"
	"steerco/sync/gsheets/signin"
	"steerco/sync/workbook"
)

func (a *app) doctor() *cobra.Command {
	c := &cobra.Command{
		Use:   "doctor [PLAN…]",
		Short: "Check that plans can be read and written, and tell what to do",
		Long: `Check the configuration, the sign-in to Google and the clock, and for each plan
whether it can be read and may be written. Without PLAN: all plans of the
configuration. Nothing is written.

Whether a spreadsheet may be written is asked by a change that can't be carried
out: to delete a named range that isn't there. That was tried with the stand-in
only, not with Google itself. Protected cells are not looked at. On Windows, and
on file servers with rights of their own, only writing tells whether a folder
may be written.`,
		RunE: func(c *cobra.Command, said []string) error { return a.runDoctor(c.Context(), said) },
	}
	return a.jsonFlag(c)
}

// doctorOutput is what steerco doctor prints as JSON.
type doctorOutput struct {
	Checks []checkedOutput `json:"checks"`
}

type checkedOutput struct {
	Check string  `json:"check"`
	Plan  *string `json:"plan"`
	State string  `json:"state"`
	Text  string  `json:"text"`
	Fix   *string `json:"fix"`
}

// What is checked.
const (
	checkConfig = "configuration"
	checkSignIn = "sign-in"
	checkClock  = "clock"
	checkRead   = "read"
	checkWrite  = "write"
)

// What came of it.
const (
	stateOK      = "ok"
	stateFault   = "fault"
	stateUnknown = "not checked"
)

// doctor is one call of the command.
type doctor struct {
	*app
	plans  []target
	checks []checkedOutput
	// signIns are the errors of signing in, by where the API is.
	signIns map[string]error
	// signIn stands for the plan where there is none.
	signIn target
	clock  clock
}

func (a *app) runDoctor(ctx context.Context, said []string) error {
	d := doctor{app: a, signIns: map[string]error{}}
	if err := d.checkConfig(said); err != nil {
		return err
	}
	d.checkSignIns(ctx)
	for _, t := range d.plans {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		d.checkPlan(ctx, t)
	}
	d.checkClock()
	if a.asJSON {
		return a.printJSON(doctorOutput{d.checks})
	}
	d.print()
	return nil
}

// add notes what came of a check; the plan may be empty.
func (d *doctor) add(check, plan, state, text string) {
	d.checks = append(d.checks, checkedOutput{Check: check, Plan: orNull(plan), State: state, Text: oneLine(text)})
}

// fault notes a fault with its mend, and the exit status that it stands for.
func (d *doctor) fault(check, plan string, err error) {
	code := statusOf(err)
	if code == exitFailed && plan != "" && len(d.plans) > 1 {
		code = exitSomeFailed
	}
	d.codes = append(d.codes, code)
	what, fix := parts(err)
	d.add(check, plan, stateFault, what)
	d.checks[len(d.checks)-1].Fix = orNull(oneLine(fix))
}

// parts returns what is wrong and what to do. The name of the workbook, which
// the plan tells, is left out.
func parts(err error) (what, fix string) {
	var book *workbook.Error
	var wrong *usageError
	switch {
	case errors.As(err, &book):
		at := *book
		at.Workbook, at.Fix = "", ""
		return strings.TrimPrefix(at.Error(), ", "), book.Fix
	case errors.As(err, &wrong):
		return wrong.err.Error(), wrong.hint
	}
	return err.Error(), ""
}

// checkConfig finds the plans. Without any the rest is checked all the same.
func (d *doctor) checkConfig(said []string) error {
	c, err := d.loadConfig()
	if err != nil {
		return err
	}
	switch {
	case len(c.Plans) > 0 || d.configPath != "":
		path := d.configPath
		if path == "" {
			path = config.FileName
		}
		d.add(checkConfig, "", stateOK, fmt.Sprintf("%s has %s", path, counted(len(c.Plans), "plan")))
	default:
		d.add(checkConfig, "", stateOK, "there is none in this folder, and none is needed")
	}
	if len(said) == 0 && len(c.Plans) == 0 {
		d.signIn = target{google: c.Google}
		return nil
	}
	d.plans, err = d.targets(said)
	return err
}

// checkSignIns signs in once for each place where spreadsheets of the plans
// are. Who has no plans yet wants to know whether it would work.
func (d *doctor) checkSignIns(ctx context.Context) {
	if len(d.plans) == 0 {
		d.checkSignIn(ctx, d.signIn)
		return
	}
	for _, t := range d.plans {
		if _, done := d.signIns[t.Spreadsheet.Endpoint]; t.File == "" && !done {
			d.signIns[t.Spreadsheet.Endpoint] = d.checkSignIn(ctx, t)
		}
	}
	if len(d.signIns) == 0 {
		d.add(checkSignIn, "", stateUnknown, "none of the plans is a spreadsheet")
	}
}

// checkSignIn gets the right to the spreadsheet of a plan.
func (d *doctor) checkSignIn(ctx context.Context, t target) error {
	g, err := d.google(ctx, t)
	if err == nil {
		err = g.Check(ctx)
	}
	switch {
	case errors.Is(err, signin.ErrNone) && len(d.plans) == 0:
		what, fix := parts(err)
		d.add(checkSignIn, "", stateUnknown, what+"; workbooks in files need none")
		d.checks[len(d.checks)-1].Fix = orNull(fix)
	case err != nil:
		d.fault(checkSignIn, "", err)
	case g.SignedIn.IsZero():
		d.add(checkSignIn, "", stateOK, signedInAs(g.Account))
	default:
		d.add(checkSignIn, "", stateOK, fmt.Sprintf("%s; %s", signedInAs(g.Account), d.end(g.Account)))
	}
	return err
}

// checked is a workbook that tells whether it may be written.
type checked interface {
	workbook.Backend
	Writable(ctx context.Context) error
}

// checkPlan reads a plan and asks whether it may be written.
func (d *doctor) checkPlan(ctx context.Context, t target) {
	if t.File == "" && d.signIns[t.Spreadsheet.Endpoint] != nil {
		d.add(checkRead, t.said, stateUnknown, "nobody is signed in")
		return
	}
	b, err := d.openChecked(ctx, t)
	if err != nil {
		d.fault(checkRead, t.said, err)
		return
	}
	book, err := b.Read(ctx)
	if err != nil {
		d.fault(checkRead, t.said, err)
		return
	}
	d.add(checkRead, t.said, stateOK, fmt.Sprintf("%q can be read: %s", book.Name, counted(len(book.Sheets), "sheet")))
	if err = book.Unwritable; err == nil {
		err = b.Writable(ctx)
	}
	switch {
	case err != nil:
		d.fault(checkWrite, t.said, err)
	case t.File != "" && runtime.GOOS == "windows":
		d.add(checkWrite, t.said, stateUnknown, "it isn't open elsewhere; only writing tells the rights in its folder")
	default:
		d.add(checkWrite, t.said, stateOK, "it may be written")
	}
}

// openChecked opens the workbook of a target. What is wrong for the moment is
// told, and not waited for.
func (d *doctor) openChecked(ctx context.Context, t target) (checked, error) {
	if t.File != "" {
		return excel.Open(t.File, excel.Options{})
	}
	o, err := d.sheetOptions(ctx, t)
	if err != nil {
		return nil, err
	}
	o.Client = d.clock.watch(o.Client, d.now)
	return gsheets.Open(ctx, t.Spreadsheet.ID, o)
}

// clock compares the clock of this machine with that of a server.
type clock struct {
	mu    sync.Mutex
	known bool
	skew  time.Duration
}

// watch returns a client that sends as another one does, and looks at the
// dates of the answers.
func (c *clock) watch(client *http.Client, now func() time.Time) *http.Client {
	watched := *client
	watched.Transport = watching{client.Transport, func(answer *http.Response) { c.look(answer, now()) }}
	return &watched
}

func (c *clock) look(answer *http.Response, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if answer.Header.Get("Date") != "" {
		c.known, c.skew = true, signin.Skew(answer, now)
	}
}

// watching shows each answer to look.
type watching struct {
	http.RoundTripper
	look func(*http.Response)
}

func (w watching) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := w.RoundTripper.RoundTrip(r)
	if err == nil {
		w.look(answer)
	}
	return answer, err
}

func (d *doctor) checkClock() {
	c := &d.clock
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case !c.known:
		d.add(checkClock, "", stateUnknown, "Google was not asked")
	case c.skew.Abs() > signin.MostSkew:
		d.fault(checkClock, "", &workbook.Error{
			Err: fmt.Errorf("the clock of this machine is %s", signin.Off(c.skew)),
			Fix: "set it: days would be judged wrongly, and Google refuses the key of a service account",
		})
	default:
		d.add(checkClock, "", stateOK, "it agrees with Google's")
	}
}

// print prints the checks, those of each plan under its name, with what to do
// below.
func (d *doctor) print() {
	faults, plan := 0, ""
	for _, c := range d.checks {
		if c.Plan == nil {
			d.printCheck(c)
		}
	}
	for _, c := range d.checks {
		if c.State == stateFault {
			faults++
		}
		if c.Plan == nil {
			continue
		}
		if *c.Plan != plan {
			plan = *c.Plan
			d.heading("%s", oneLine(plan))
		}
		d.printCheck(c)
	}
	d.out("")
	if faults == 0 {
		d.out("Nothing is wrong.")
		return
	}
	d.out("%s to see to.", counted(faults, "thing"))
}

func (d *doctor) printCheck(c checkedOutput) {
	const width = len(checkConfig)
	d.out("%s  %-*s  %s", d.sign(c.State), width, c.Check, c.Text)
	if c.Fix != nil {
		d.out("   %-*s  → %s", width, "", *c.Fix)
	}
}

func (d *doctor) sign(state string) string {
	switch state {
	case stateOK:
		return d.paint("✔", text.FgGreen)
	case stateFault:
		return d.paint("✖", text.Bold, text.FgRed)
	}
	return "–"
}
