package config

import (
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/gsheets/address"
	"steerco/sync/planread"
)

// common is what stands at the top for all plans, and what a plan may have of
// its own instead.
type common struct {
	zone      *time.Location
	locale    string
	templates string
	tabs      Tabs
	rules     map[string]tuning
}

func (d *decoder) config(content []byte) *Config {
	root := d.root(content)
	if root == nil {
		if len(d.errs) == 0 {
			d.errs = append(d.errs, &Error{
				Path: d.path, Line: 1, Column: 1, Text: "there is nothing in it",
				Fix: "write plans: with a name and a file or spreadsheet for each",
			})
		}
		return nil
	}
	var defaults common
	var plans ast.Node
	known := d.commonKeys(&defaults)
	c := &Config{}
	known["plans"] = func(n ast.Node) { plans = n }
	known["google"] = func(n ast.Node) { d.google(n, &c.Google) }
	d.mapping(root, "the configuration", known)
	defaults.fill(&c.Defaults)
	if plans != nil {
		d.list(plans, "plans", func(n ast.Node) { d.plan(n, c, defaults) })
	}
	return c
}

// fill sets what holds for a plan as for others.
func (c common) fill(p *Plan) {
	p.TimeZone, p.Templates, p.Tabs, p.Rules = c.zone, c.templates, c.tabs, tuned(c.rules)
	p.Reading.Locale = c.locale
}

func (d *decoder) commonKeys(c *common) keys {
	return keys{
		"time_zone": d.zone(&c.zone),
		"locale":    d.locale(&c.locale),
		"templates": d.folderPath("templates", &c.templates),
		"tabs":      func(n ast.Node) { d.tabs(n, &c.tabs) },
		"rules":     func(n ast.Node) { c.rules = d.rules(n) },
	}
}

// plan reads one plan and adds it to the configuration.
func (d *decoder) plan(n ast.Node, c *Config, defaults common) {
	own := defaults
	var p Plan
	known := d.commonKeys(&own)
	has := map[string]bool{}
	known["name"] = func(n ast.Node) { has["name"] = true; d.text("the plan's name", &p.Name)(n) }
	known["file"] = func(n ast.Node) { has["file"] = true; d.folderPath("file", &p.File)(n) }
	known["spreadsheet"] = func(n ast.Node) { has["spreadsheet"] = true; d.spreadsheet(n, &p.Spreadsheet) }
	known["hidden_sheets"] = d.flag("hidden_sheets", &p.Reading.HiddenSheets)
	known["tables"] = func(n ast.Node) { p.Reading.Tables = d.tables(n) }
	known["project"] = func(n ast.Node) { d.facts(n, &p.Reading.Project) }
	known["rules"] = func(n ast.Node) { own.rules = merged(defaults.rules, d.rules(n)) }
	d.mapping(n, "a plan", known)
	if !has["name"] {
		d.add(n, "write name: with a short word", "a plan has no name")
	}
	switch {
	case !has["file"] && !has["spreadsheet"]:
		d.add(n, "write file: with the path of the workbook, or spreadsheet: with the address of one in Google Sheets", "plan %q has no file", p.Name)
	case has["file"] && has["spreadsheet"]:
		d.add(n, "leave out one: a plan is kept in one place", "plan %q has both a file and a spreadsheet", p.Name)
	}
	d.checkName(n, p.Name, c.Plans)
	own.fill(&p)
	p.Reading.Name = p.Name
	c.Plans = append(c.Plans, p)
}

// checkName tells what is wrong with the name of a plan.
func (d *decoder) checkName(n ast.Node, name string, others []Plan) {
	switch {
	case strings.ContainsAny(name, `/\.`):
		d.add(n, "write a short word: a path is never taken for a name then", "the plan's name %q looks like a path", name)
	case name != "" && slices.ContainsFunc(others, func(o Plan) bool { return o.Name == name }):
		d.add(n, "give each plan a name of its own", "two plans are called %q", name)
	}
}

// spreadsheet reads where a spreadsheet is.
func (d *decoder) spreadsheet(n ast.Node, to *address.Spreadsheet) {
	var said string
	if d.text("spreadsheet", &said)(n); said == "" {
		return
	}
	var wrong *address.Error
	var err error
	if *to, err = address.Parse(said); errors.As(err, &wrong) {
		d.add(n, wrong.Fix, "%v", wrong.Err)
	}
}

func (d *decoder) google(n ast.Node, g *Google) {
	d.mapping(n, "google", keys{"service_account": d.folderPath("service_account", &g.ServiceAccount)})
}

// folderPath returns what sets a path; relative ones start at the folder of
// the configuration.
func (d *decoder) folderPath(what string, to *string) func(ast.Node) {
	return func(n ast.Node) {
		var path string
		d.text(what, &path)(n)
		if path != "" && !filepath.IsAbs(path) {
			path = filepath.Join(d.folder, filepath.FromSlash(path))
		}
		*to = path
	}
}

func (d *decoder) locale(to *string) func(ast.Node) {
	return func(n ast.Node) {
		tag := scalar(n)
		if !regexp.MustCompile(`^[a-z]{2,3}(-[A-Z]{2})?$`).MatchString(tag) {
			d.add(n, "write it as de-DE or en-GB", "locale %q is not known", tag)
			return
		}
		*to = tag
	}
}

func (d *decoder) tabs(n ast.Node, t *Tabs) {
	d.mapping(n, "tabs", keys{"summary": d.title("summary", &t.Summary), "committee": d.title("committee", &t.Committee)})
	if t.Summary != "" && strings.EqualFold(t.Summary, t.Committee) {
		d.add(n, "give each tab a title of its own", "both tabs are called %q", t.Summary)
	}
}

// title returns what sets a sheet's name, within what Excel allows.
func (d *decoder) title(what string, to *string) func(ast.Node) {
	const longest = 31
	return func(n ast.Node) {
		d.text("the title of "+what, to)(n)
		if len([]rune(*to)) > longest || strings.ContainsAny(*to, `:\/?*[]`) || strings.HasPrefix(*to, "'") || strings.HasSuffix(*to, "'") {
			d.add(n, `write at most 31 characters, none of : \ / ? * [ ]`, "%q can't be the name of a sheet", *to)
		}
	}
}

// tables reads where tables stand.
func (d *decoder) tables(n ast.Node) map[plan.Table]planread.Pin {
	pins := map[plan.Table]planread.Pin{}
	d.entries(n, "tables", func(key, value ast.Node, name string) {
		fields, known := tableFields()[plan.Table(name)]
		if !known {
			d.add(key, choose(name, tableNames()), "there is no table %q", name)
			return
		}
		var pin planread.Pin
		d.mapping(value, "table "+name, keys{
			"sheet":   d.text("sheet", &pin.Sheet),
			"off":     d.flag("off", &pin.Off),
			"columns": func(n ast.Node) { pin.Columns = d.columns(n, name, fields) },
		})
		pins[plan.Table(name)] = pin
	})
	return pins
}

func (d *decoder) columns(n ast.Node, table string, fields []string) map[plan.Field]string {
	columns := map[plan.Field]string{}
	d.entries(n, "columns", func(key, value ast.Node, name string) {
		if !slices.Contains(fields, name) {
			d.add(key, choose(name, fields), "table %s has no field %q", table, name)
			return
		}
		var header string
		d.text("the header of "+name, &header)(value)
		columns[plan.Field(name)] = header
	})
	return columns
}

// facts reads the facts of the project.
func (d *decoder) facts(n ast.Node, s *plan.Settings) {
	d.mapping(n, "project", keys{
		"target":         d.date("target", &s.Target),
		"backup":         d.date("backup", &s.Backup),
		"project_start":  d.date("project_start", &s.ProjectStart),
		"status_date":    d.date("status_date", &s.StatusDate),
		"next_meeting":   d.date("next_meeting", &s.NextMeeting),
		"pm":             d.text("pm", &s.PM),
		"sponsor":        d.text("sponsor", &s.Sponsor),
		"contract_total": d.text("contract_total", &s.ContractTotal),
		"deputies": func(n ast.Node) {
			d.list(n, "deputies", func(n ast.Node) { s.Deputies = append(s.Deputies, d.name(n)) })
		},
		"cut_over_lead": d.number("cut_over_lead", func(v int) { s.CutOverLead = plan.Known(calendar.Workdays(v)) }),
		"notice":        d.number("notice", func(v int) { s.Notice = plan.Known(calendar.Workdays(v)) }),
		"stabilisation": d.number("stabilisation", func(v int) { s.Stabilisation = plan.Known(calendar.Workdays(v)) }),
	})
	if !s.Target.IsZero() && !s.Backup.IsZero() && s.Backup <= s.Target {
		d.add(n, "the backup is the date to which go-live can be moved", "the backup %s is not after the target %s", s.Backup, s.Target)
	}
}

func (d *decoder) name(n ast.Node) string {
	var name string
	d.text("a deputy", &name)(n)
	return name
}
