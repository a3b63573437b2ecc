package config_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/config"
	"steerco/sync/planread"
)

// TestExample reads the example that comes with steerco: it is complete and
// right.
func TestExample(t *testing.T) {
	path := filepath.Join("..", "..", "config.example.yaml")
	c, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(c.Plans), 3; got != want {
		t.Fatalf("got %d plans, want %d", got, want)
	}
	oms, ok := c.Plan("oms")
	if !ok {
		t.Fatal("there is no plan oms")
	}
	if got, want := oms.File, filepath.Join("..", "..", "plans", "oms-roll-out.xlsx"); got != want {
		t.Errorf("got file %q, want %q", got, want)
	}
	if got, want := oms.TimeZone.String(), "Europe/Berlin"; got != want {
		t.Errorf("got time zone %q, want %q", got, want)
	}
	training, _ := c.Plan("training")
	if got, want := training.Spreadsheet.ID, "1ExampleOfAnId0123456789abcdefghijklmnopqrst"; got != want || training.File != "" {
		t.Errorf("got spreadsheet %q and file %q, want %q and none", got, training.File, want)
	}
	if got, want := c.Google.ServiceAccount, filepath.Join("..", "..", "google-key.json"); got != want {
		t.Errorf("got the key of the service account %q, want %q", got, want)
	}
	wantTables := map[plan.Table]planread.Pin{
		plan.Tasks: {Sheet: "Project plan", Columns: map[plan.Field]string{plan.Name: "Activity", plan.Finish: "Due date"}},
		plan.Gaps:  {Sheet: "Fit-gap"},
		plan.Risks: {Off: true},
	}
	if diff := cmp.Diff(wantTables, oms.Reading.Tables); diff != "" {
		t.Errorf("tables (-want +got):\n%s", diff)
	}
	if got, want := oms.Reading.Project.Target, calendar.New(2027, 3, 1); got != want {
		t.Errorf("got target %v, want %v", got, want)
	}
	warehouse, _ := c.Plan("warehouse")
	if got, want := warehouse.Rules.Mute, []string{"no-owner"}; !slices.Equal(got, want) {
		t.Errorf("got muted %v, want %v", got, want)
	}
	if got, want := warehouse.Reading.Locale, "de-DE"; got != want {
		t.Errorf("got locale %q, want %q", got, want)
	}
}

// TestExampleNamesEveryKey compares the example with the keys that the decoder
// offers for a wrong one.
func TestExampleNamesEveryKey(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "config.example.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, yaml := range []string{
		"qqqqqqqqqqqq: 1\nplans: []",
		"google: {qqqqqqqqqqqq: 1}",
		"plans: [{qqqqqqqqqqqq: 1}]",
		"plans: [{project: {qqqqqqqqqqqq: 1}}]",
		"plans: [{tabs: {qqqqqqqqqqqq: 1}}]",
		"plans: [{tables: {tasks: {qqqqqqqqqqqq: 1}}}]",
		"plans: [{rules: {overdue: {qqqqqqqqqqqq: 1}, no-owner: {qqqqqqqqqqqq: 1}, modification-incomplete: {qqqqqqqqqqqq: 1}, starts-before-predecessor-ends: {qqqqqqqqqqqq: 1}}}]",
	} {
		_, err := config.Parse("c.yaml", []byte(yaml))
		for _, e := range asErrors(t, err) {
			_, names, offered := strings.Cut(e.Fix, "there are ")
			for name := range strings.SplitSeq(names, ", ") {
				if offered && !strings.Contains(string(content), name+":") {
					t.Errorf("the example doesn't show the key %q", name)
				}
			}
		}
	}
}

func TestRules(t *testing.T) {
	c, err := config.Parse("c.yaml", []byte(`
rules:
  overdue: {grace: 3, severity: note}
  gap-undecided: {grace: 1}
plans:
  - name: a
    file: a.xlsx
    rules:
      overdue: {severity: critical}
      modification-incomplete: {optional: [cost, effort]}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := rules.Options{Severity: map[string]rules.Severity{"overdue": rules.Critical}}
	want.GapUndecided.Grace = 1
	want.ModificationIncomplete.Optional = []plan.Field{plan.Cost, plan.Effort}
	if diff := cmp.Diff(want, c.Plans[0].Rules); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDefaultsHoldWithoutPlans(t *testing.T) {
	c, err := config.Parse("c.yaml", []byte("locale: de-DE\ntabs: {summary: Our summary}\nrules: {overdue: {grace: 2}}"))
	if err != nil {
		t.Fatal(err)
	}
	want := config.Plan{Tabs: config.Tabs{Summary: "Our summary"}}
	want.Reading.Locale, want.Rules.Overdue.Grace = "de-DE", 2
	want.Rules.Severity = map[string]rules.Severity{}
	if diff := cmp.Diff(want, c.Defaults); diff != "" || len(c.Plans) > 0 {
		t.Errorf("plans %v (-want +got):\n%s", c.Plans, diff)
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ name, yaml, want string }{
		{"empty", "", "c.yaml:1:1: there is nothing in it: write plans: with a name and a file or spreadsheet for each"},
		{"only a comment", "# nothing\n", "c.yaml:1:1: there is nothing in it: write plans: with a name and a file or spreadsheet for each"},
		{"syntax", "plans:\n\t- a", "c.yaml:2:1: a tab where the line is indented: indent with blanks"},
		{"unknown key", plans("fille: b"), `c.yaml:4:5: unknown key "fille" in a plan: did you mean "file"?`},
		{"key twice", plans("file: b"), `c.yaml:4:5: key "file" stands twice in a plan: leave one of them`},
		{"wrong type", "plans:\n  - name: 12\n    file: a.xlsx", "c.yaml:2:11: the plan's name is the number 12 and not a text: put it into quotes"},
		{"name like a path", "plans:\n  - name: a.xlsx\n    file: a.xlsx", `c.yaml:2:9: the plan's name "a.xlsx" looks like a path: write a short word: a path is never taken for a name then`},
		{"names twice", plans("") + "  - name: a\n    file: b.xlsx", `c.yaml:5:9: two plans are called "a": give each plan a name of its own`},
		{"no file", "plans:\n  - name: a", `c.yaml:2:9: plan "a" has no file: write file: with the path of the workbook, or spreadsheet: with the address of one in Google Sheets`},
		{"file and spreadsheet", plans("spreadsheet: 1ExampleOfAnId0123456789abcdefghijklmnopqrst"), `c.yaml:2:9: plan "a" has both a file and a spreadsheet: leave out one: a plan is kept in one place`},
		{"not a spreadsheet", "plans:\n  - name: a\n    spreadsheet: https://docs.google.com/document/d/x", `c.yaml:3:18: "https://docs.google.com/document/d/x" is a document, not a spreadsheet: open the spreadsheet in the browser and copy its address: https://docs.google.com/spreadsheets/d/…/edit`},
		{"a file's name for a spreadsheet", "plans:\n  - name: a\n    spreadsheet: a.xlsx", `c.yaml:3:18: "a.xlsx" is no address of a spreadsheet: open the spreadsheet in the browser and copy its address: https://docs.google.com/spreadsheets/d/…/edit`},
		{"google", "google: {key: a}", `c.yaml:1:10: unknown key "key" in google: there are service_account`},
		{"plans is a text", "plans: oms", `c.yaml:1:8: plans is "oms" and not a list: write a line "- …" for each`},
		{"time zone", plans("time_zone: Berlin"), `c.yaml:4:16: time zone "Berlin" is not known: write one as Europe/Berlin`},
		{"locale", plans("locale: german"), `c.yaml:4:13: locale "german" is not known: write it as de-DE or en-GB`},
		{"rule", plans("rules: {overdu: {mute: true}}"), `c.yaml:4:13: there is no rule "overdu": did you mean "overdue"?`},
		{"rule option", plans("rules: {no-owner: {grace: 2}}"), `c.yaml:4:24: unknown key "grace" in rule no-owner: there are ahead, mute, severity`},
		{"severity", plans("rules: {overdue: {severity: red}}"), `c.yaml:4:33: "red" is not a severity: write note, warning or critical`},
		{"table", plans("tables: {task: {sheet: A}}"), `c.yaml:4:14: there is no table "task": did you mean "tasks"?`},
		{"field", plans("tables: {tasks: {columns: {finnish: A}}}"), `c.yaml:4:32: table tasks has no field "finnish": did you mean "finish"?`},
		{"date", plans("project: {target: 1.12.2026}"), `c.yaml:4:23: target is "1.12.2026", which is not a date: write it as 2026-12-01`},
		{"backup before target", plans("project: {target: 2026-12-01, backup: 2026-11-01}"), "c.yaml:4:14: the backup 2026-11-01 is not after the target 2026-12-01: the backup is the date to which go-live can be moved"},
		{"negative", plans("rules: {overdue: {grace: -1}}"), "c.yaml:4:30: grace is -1: write a number from 0 to 10000"},
		{"tab title", plans("tabs: {summary: 'a/b'}"), `c.yaml:4:21: "a/b" can't be the name of a sheet: write at most 31 characters, none of : \ / ? * [ ]`},
		{"same tab titles", plans("tabs: {summary: A, committee: a}"), `c.yaml:4:11: both tabs are called "A": give each tab a title of its own`},
		{"alias", "x: &a 1\n" + plans("locale: *a"), "c.yaml:1:1: unknown key \"x\" in the configuration: there are google, locale, plans, rules, tabs, templates, time_zone\nc.yaml:5:13: locale \"*a\" is not known: write it as de-DE or en-GB"},
		{"two documents", plans("") + "---\nplans: []\n", "c.yaml:6:6: a second document: leave out the line ---"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := config.Parse("c.yaml", []byte(tt.yaml))
			if err == nil {
				t.Fatal("got no error")
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// plans returns a configuration of one plan with a further line.
func plans(line string) string {
	return "plans:\n  - name: a\n    file: a.xlsx\n    " + line + "\n"
}

func TestAllFaultsAtOnce(t *testing.T) {
	_, err := config.Parse("c.yaml", []byte(plans("locale: x\n    rules: {none: {}}\n    time_zone: y")))
	if got, want := len(asErrors(t, err)), 3; got != want {
		t.Errorf("got %d errors, want %d: %v", got, want, err)
	}
}

func asErrors(t *testing.T, err error) config.Errors {
	t.Helper()
	var all config.Errors
	if !errors.As(err, &all) {
		t.Fatalf("got %T (%v), want config.Errors", err, err)
	}
	return all
}

func TestLoadMissing(t *testing.T) {
	if _, err := config.Load(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want an error that is fs.ErrNotExist", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, yaml := range []string{"", "plans:\n  - name: a\n    file: b", "a: &x [*x]", "plans: {? a : b}", "<<: {a: 1}", "a: !!map x", "- - -", "{a: {a: {a: }}}"} {
		f.Add([]byte(yaml))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		c, err := config.Parse("c.yaml", content)
		if (c == nil) == (err == nil) {
			t.Errorf("got configuration %v and error %v: want one of them", c, err)
		}
	})
}
