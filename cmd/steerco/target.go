package main

import (
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
	"steerco/sync/run"
	"steerco/templates"
)

// target is one PLAN of the command line with what the configuration says.
type target struct {
	// said is the PLAN as typed, or the name from the configuration.
	said string
	config.Plan
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
		all = append(all, target{said: p.Name, Plan: p})
	}
	if len(all) == 0 {
		return nil, usage(errors.New("no PLAN given, and no configuration that names one"), "name a workbook: steerco sync plan.xlsx")
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

// target finds the plan that somebody means: by its name, by the path of a
// plan of the configuration, or as the path of a workbook.
func (a *app) target(c *config.Config, said string) (target, error) {
	if p, ok := c.Plan(said); ok {
		return target{said: said, Plan: p}, nil
	}
	i := slices.IndexFunc(c.Plans, func(p config.Plan) bool { return samePath(p.File, said) })
	if i >= 0 {
		return target{said: said, Plan: c.Plans[i]}, nil
	}
	if strings.HasPrefix(said, "https://") || strings.HasPrefix(said, "http://") {
		return target{}, usage(fmt.Errorf("%q is an address, and workbooks are read from files only", said), "download it as .xlsx, and name that file")
	}
	if _, err := os.Stat(said); errors.Is(err, fs.ErrNotExist) && !strings.ContainsAny(said, `/\.`) {
		return target{}, usage(fmt.Errorf("there is no plan %q in the configuration, and no such file", said), knownPlans(c))
	}
	p := c.Defaults
	p.File = said
	return target{said: said, Plan: p}, nil
}

func knownPlans(c *config.Config) string {
	if len(c.Plans) == 0 {
		return "name the path of a workbook, as plan.xlsx"
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
func (a *app) writing(t target) (run.Options, error) {
	state, err := a.stateFolder()
	if err != nil {
		return run.Options{}, err
	}
	return a.options(t, state)
}

// options returns what a run over the target needs. Without a folder for the
// state it must not write.
func (a *app) options(t target, state string) (run.Options, error) {
	drawn, err := loadTemplates(t.Templates)
	if err != nil {
		return run.Options{}, err
	}
	backend, err := excel.Open(t.File, excel.Options{StateDir: state, Warn: func(s string) { a.note("%s", s) }})
	if err != nil {
		return run.Options{}, err
	}
	return run.Options{
		Backend: backend, Today: a.day(t.TimeZone), TodayFirst: !a.today.IsZero(), Rules: rules.All(t.Rules),
		Templates: drawn, Titles: titles(t.Tabs), Read: t.Reading, Version: version,
	}, nil
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

// day returns the day of the run: --today, else the present one in the zone of
// the plan; nil is the machine's.
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
