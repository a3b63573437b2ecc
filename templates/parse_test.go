package templates_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules/plan"
	"steerco/templates"
	"steerco/templates/report"
	"steerco/templates/tab/tabtest"
)

// head begins every template of these tests; its sections begin on line 5.
const head = `tab: mine
title: Mine
grid: [8, 30, 20]
sections:
`

func TestFaults(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      []string
	}{
		{"not YAML", "tab: [", []string{"mine.yaml:1: not YAML: sequence end token ']' not found"}},
		{"empty", "", []string{"mine.yaml:1: one YAML document is expected, not 0"}},
		{"a list", "- tab", []string{
			"mine.yaml:1: a mapping is expected: freeze, grid, page, sections, tab, title",
			"mine.yaml:1: tab: a name in small letters, digits and - is expected, as in tab: summary",
			"mine.yaml:1: title: the name of the sheet is missing",
			"mine.yaml:1: grid: the widths of the columns are missing, as in grid: [10, 30, 20]",
			"mine.yaml:1: sections: there are none",
		}},
		{
			"unknown keys", head + `  - datum: findings
    columns:
      - {titel: Row, value: id}
`,
			[]string{
				`mine.yaml:5: unknown key "datum": use one of beside, columns, data, empty, fold, from, least, limit, lines, more, repeat, sort, space, title`,
				`mine.yaml:7: data set "report" has no column "id": use one of `,
				`mine.yaml:7: unknown key "titel": use one of big, level, link, most, rows, span, style, text, title, value`,
			},
		},
		{
			"unknown names", head + `  - data: findigns
    columns: []
  - data: findings
    sort: [-severity]
    columns:
      - {value: id, style: bold}
      - {level: text}
      - {value: level}
`,
			[]string{
				`mine.yaml:5: unknown data set "findigns": use one of areas, attention, decisions, findings, helps, milestones, read, report, today`,
				`mine.yaml:8: data set "findings" has no column "severity": use one of `,
				`mine.yaml:10: unknown style "bold": use one of body, `,
				`mine.yaml:11: column "text" of data set "findings" is not a level`,
				`mine.yaml:12: column "level" can't be a value: use level or link`,
			},
		},
		{
			"texts", head + `  - data: findings
    title: "{{.count}}"
    columns:
      - {text: "{{.subjekt}}"}
      - {text: "{{shout .subject}}"}
      - {text: "{{.subject"}
      - text: "{{printf .subject}}"
      - text: "{{range .subject}}x{{end}}"
      - text: "{{$x := .subject}}"
      - text: "{{plural .subject}}"
      - text: "{{.ref}}"
      - text: "{{.report.nothing}}"
      - text: "{{if .due}}{{date .subject}}{{end}}"
`,
			[]string{
				`mine.yaml:6: unknown column "count": use one of total`,
				`mine.yaml:8: unknown column "subjekt": use one of advice, area, `,
				`mine.yaml:9: text "{{shout .subject}}": function "shout" not defined`,
				`mine.yaml:10: text "{{.subject": unclosed action`,
				`mine.yaml:11: function "printf" is not available: use one of date, `,
				`mine.yaml:12: {{range .subject}}x{{end}} is not available in texts: only values, functions and if`,
				`mine.yaml:13: $x := .subject: variables are not available in texts`,
				`mine.yaml:14: text "{{plural .subject}}": wrong number of args for plural: want 3 got 1`,
				`mine.yaml:15: column "ref" is a row and has no text: use it as a link`,
				`mine.yaml:16: unknown column "nothing": use one of `,
				`mine.yaml:17: text "{{if .due}}{{date .subject}}{{end}}": `,
				`mine.yaml:8: the cells reach to column 10 of the grid, which has 3`,
			},
		},
		{
			"cells", head + `  - data: findings
    more: "{{.more}} more"
    columns:
      - {value: subject, link: ref}
      - {value: id, text: "x", span: 4}
      - {value: text, big: true, span: 0}
  - title: Nothing
  - data: findings
    fold: subject
    beside:
      - - columns: [{span: 2}]
      - - {from: 2, columns: [{}]}
        - {from: 3, beside: [[]]}
`,
			[]string{
				"mine.yaml:5: more: without a limit nothing is left out",
				"mine.yaml:8: link: the cell at its left must hold the id, in one column of the grid",
				"mine.yaml:9: a cell has a value, or a text, or a level",
				"mine.yaml:10: a whole number from 1 to 100 is expected",
				"mine.yaml:10: big: only a cell with a level can be big",
				"mine.yaml:8: the cells reach to column 6 of the grid, which has 3",
				"mine.yaml:11: a section has either columns or lines or beside",
				`mine.yaml:13: fold: column "subject" is not a number`,
				"mine.yaml:16: from: the section stands beside another that reaches to column 2",
				"mine.yaml:17: beside: sections beside others can't hold further ones",
			},
		},
		{"too wide for a page", `tab: mine
title: Mine/Yours
grid: [100, 100]
page: {one_page: true, landscape: true}
sections: []
`, []string{
			`mine.yaml:1: title: the name of a sheet has none of []:*?/\ and no apostrophe at its ends`,
			"mine.yaml:1: grid: the columns are 200 characters wide, one page holds 152",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := templates.Parse("mine.yaml", []byte(tt.src))
			var faults templates.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("got error %v, want faults", err)
			}
			got := strings.Split(err.Error(), "\n")
			if len(got) != len(tt.want) {
				t.Errorf("got %d faults, want %d", len(got), len(tt.want))
			}
			for _, want := range tt.want {
				if !containsPrefix(got, want) {
					t.Errorf("want %q among\n%s", want, err)
				}
			}
		})
	}
}

func containsPrefix(all []string, prefix string) bool {
	for _, s := range all {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return false
}

// TestCopied: a user's own template draws what it names.
func TestCopied(t *testing.T) {
	src := head + `  - title: "{{.total}} areas"
    data: areas
    sort: [-late, name]
    limit: 2
    more: "{{.more}} more: {{.rest}}"
    columns:
      - {title: Late, value: late}
      - {title: Area, value: name, style: body-bold}
      - {title: Status, level: level}
`
	x, err := templates.Parse("mine.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	got, err := templates.Render(x, report.New(sample()))
	if err != nil {
		t.Fatal(err)
	}
	tabtest.Golden(t, "mine.txt", tabtest.Text(got))
}

// TestPageTooShort: a template that asks for more than a page holds is told so.
func TestPageTooShort(t *testing.T) {
	src := strings.Replace(head, "sections:", "page: {one_page: true, landscape: true}\nsections:", 1) + `  - data: areas
    limit: 100
    least: 60
    columns: [{value: name}]
`
	x, err := templates.Parse("mine.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	in := sample()
	for i := range 60 {
		in.Plan.Tasks = append(in.Plan.Tasks, sampleTask(100+i, "Step", fmt.Sprintf("Area %d", i), plan.Running, today))
	}
	_, err = templates.Render(x, report.New(in))
	if err == nil || !strings.Contains(err.Error(), "mine.yaml: the tab doesn't fit one page") {
		t.Errorf("got error %v, want one about the page", err)
	}
}

func TestSource(t *testing.T) {
	got, ok := templates.Source("summary")
	want, err := os.ReadFile("summary.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" || !ok {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
	if _, ok := templates.Source("unheard-of"); ok {
		t.Error("got a source for an unknown key, want none")
	}
}

// FuzzParse: whatever stands in a file, Parse returns faults or a template
// that draws.
func FuzzParse(f *testing.F) {
	for _, key := range []string{"summary", "committee"} {
		src, _ := templates.Source(key)
		f.Add(string(src))
	}
	f.Add(head + "  - {data: findings, columns: [{value: id}]}")
	f.Add("a: *x\n<<: &x {}")
	r := report.New(sample())
	f.Fuzz(func(t *testing.T, src string) {
		x, err := templates.Parse("fuzz.yaml", []byte(src))
		var faults templates.Faults
		switch {
		case err != nil && !errors.As(err, &faults):
			t.Fatalf("got error %v, want faults", err)
		case err == nil:
			_, _ = templates.Render(x, r)
		}
	})
}
