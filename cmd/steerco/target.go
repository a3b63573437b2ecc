package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/sync/config"
	"steerco/sync/excel"
	"steerco/sync/gsheets/address"
	"steerco/sync/run"
	"steerco/sync/workbook"
	"steerco/templates"
)

// target is one PLAN of the command line with what the configuration says.
type target struct {
	// said is the PLAN as typed, or the name from the configuration.
	said string
	config.Plan
	google config.Google
}

// place returns what people open: the file or the address.
func (t target) place() string {
	if t.File == "" {
		return t.Spreadsheet.URL()
	}
	return t.File
}

// targets returns the plans that the arguments name; without arguments those
// of the configuration.
func (a *app) targets(said []string) ([]target, error) {
	c, err := a.loadConfig()
	if err != nil {
		return nil, err
	}
	var all []target
	for _, s := range said {
		t, err := a.target(c, s)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	if len(said) > 0 {
		return all, nil
	}
	for _, p := range c.Plans {
		all = append(all, target{said: p.Name, Plan: p, google: c.Google})
	}
	if len(all) == 0 {
		return nil, usage(errors.New("no PLAN given, and no configuration that names one"), "name a workbook or the address of a spreadsheet: steerco sync plan.xlsx")
	}
	return all, nil
}

// loadConfig reads the configuration; without one it is empty.
func (a *app) loadConfig() (*config.Config, error) {
	path := a.configPath
	if path == "" {
		path = config.FileName
	}
	c, err := config.Load(path)
	switch {
	case err == nil:
		return c, nil
	case errors.Is(err, fs.ErrNotExist) && a.configPath == "":
		return &config.Config{}, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage(fmt.Errorf("there is no configuration %q", path), "check --config")
	}
	var faults config.Errors
	if errors.As(err, &faults) {
		return nil, err
	}
	return nil, usage(err, "check --config")
}

// target finds the plan that somebody means: by its name, by the path or
// address of a plan of the configuration, or as the path or address of a
// workbook.
func (a *app) target(c *config.Config, said string) (target, error) {
	if p, ok := c.Plan(said); ok {
		return target{said: said, Plan: p, google: c.Google}, nil
	}
	if address.IsURL(said) {
		return a.addressed(c, said)
	}
	i := slices.IndexFunc(c.Plans, func(p config.Plan) bool { return p.File != "" && samePath(p.File, said) })
	if i >= 0 {
		return target{said: said, Plan: c.Plans[i]}, nil
	}
	if _, err := os.Stat(said); errors.Is(err, fs.ErrNotExist) && !strings.ContainsAny(said, `/\.`) {
		return target{}, usage(fmt.Errorf("there is no plan %q in the configuration, and no such file", said), knownPlans(c))
	}
	p := c.Defaults
	p.File = said
	return target{said: said, Plan: p}, nil
}

// addressed returns the plan at an address.
func (a *app) addressed(c *config.Config, said string) (target, error) {
	at, err := address.Parse(said)
	var wrong *address.Error
	if errors.As(err, &wrong) {
		return target{}, usage(wrong.Err, wrong.Fix)
	}
	t := target{said: said, Plan: c.Defaults, google: c.Google}
	t.Spreadsheet = at
	if i := slices.IndexFunc(c.Plans, func(p config.Plan) bool { return p.Spreadsheet == at }); i >= 0 {
		t.Plan = c.Plans[i]
	}
	return t, nil
}

func knownPlans(c *config.Config) string {
	if len(c.Plans) == 0 {
		return "name the path of a workbook, as plan.xlsx, or the address of a spreadsheet"
	}
	names := make([]string, len(c.Plans))
	for i, p := range c.Plans {
		names[i] = p.Name
	}
	return "the configuration has " + strings.Join(names, ", ")
}

func samePath(a, b string) bool {
	a, errA := filepath.Abs(a)
	b, errB := filepath.Abs(b)
	return errA == nil && errB == nil && a == b
}

// writing returns what a run needs that may write.
func (a *app) writing(ctx context.Context, t target) (run.Options, error) {
	if t.File == "" {
		return a.options(ctx, t, "")
	}
	state, err := a.stateFolder()
	if err != nil {
		return run.Options{}, err
	}
	return a.options(ctx, t, state)
}

// options returns what a run over the target needs. Without a folder for the
// state it must not write a file.
func (a *app) options(ctx context.Context, t target, state string) (run.Options, error) {
	drawn, err := loadTemplates(t.Templates)
	if err != nil {
		return run.Options{}, err
	}
	backend, err := a.open(ctx, t, state)
	if err != nil {
		return run.Options{}, err
	}
	return run.Options{
		Backend: backend, TodayIn: a.dayOf(t), TodayFirst: !a.today.IsZero(), Rules: rules.All(t.Rules),
		Templates: drawn, Titles: titles(t.Tabs), Read: t.Reading, Version: version,
	}, nil
}

// open returns the workbook of a target. Without a folder for the state a file
// must not be written.
func (a *app) open(ctx context.Context, t target, state string) (workbook.Backend, error) {
	if t.File == "" {
		return a.spreadsheet(ctx, t)
	}
	return excel.Open(t.File, excel.Options{StateDir: state, Warn: func(s string) { a.note("%s", s) }})
}

func titles(t config.Tabs) map[string]string {
	m := map[string]string{}
	if t.Summary != "" {
		m["summary"] = t.Summary
	}
	if t.Committee != "" {
		m["committee"] = t.Committee
	}
	return m
}

// loadTemplates returns the templates built in, replaced by those of the same
// name in a folder.
func loadTemplates(folder string) ([]templates.Template, error) {
	all, err := templates.Default()
	if err != nil || folder == "" {
		return all, err
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, usage(fmt.Errorf("there is no folder %q for templates", folder), "check templates: in the configuration")
	}
	for i, t := range all {
		path := filepath.Join(folder, t.Key+".yaml")
		source, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, usage(err, "check templates: in the configuration")
		}
		if all[i], err = templates.Parse(path, source); err != nil {
			return nil, usage(err, "mend the template, or take it out of the folder")
		}
	}
	return all, nil
}

// dayOf returns what tells the day of a run over the target once the zone that
// the workbook tells is known: the configuration's comes first.
func (a *app) dayOf(t target) func(zone string) calendar.Date {
	return func(zone string) calendar.Date {
		if t.TimeZone != nil || zone == "" {
			return a.day(t.TimeZone)
		}
		own, err := time.LoadLocation(zone)
		if err != nil {
			a.note("the time zone %q of the workbook is not known here: the machine's counts; set time_zone in the configuration", zone)
		}
		return a.day(own)
	}
}

// day returns the day of the run: --today, else the present one in a zone; nil
// is the machine's.
func (a *app) day(zone *time.Location) calendar.Date {
	if !a.today.IsZero() {
		return a.today
	}
	now := a.now()
	if zone != nil {
		now = now.In(zone)
	}
	return calendar.Of(now)
}

// stateFolder returns the folder in which the user's programs keep their
// state: only locks are written there.
func (a *app) stateFolder() (string, error) {
	if folder := a.getenv("XDG_STATE_HOME"); filepath.IsAbs(folder) {
		return filepath.Join(folder, "steerco"), nil
	}
	home := a.getenv("HOME")
	var parts []string
	switch runtime.GOOS {
	case "windows":
		home = a.getenv("LOCALAPPDATA")
	case "darwin":
		parts = []string{"Library", "Application Support"}
	default:
		parts = []string{".local", "state"}
	}
	if home == "" {
		return "", usage(errors.New("there is no folder for the state of steerco"), "set XDG_STATE_HOME to a folder")
	}
	return filepath.Join(append(append([]string{home}, parts...), "steerco")...), nil
}
