package templates_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/templates"
	"steerco/templates/report"
	"steerco/templates/tab"
	"steerco/templates/tab/tabtest"
)

// byKey returns the embedded template of that key.
func byKey(t testing.TB, key string) templates.Template {
	t.Helper()
	all, err := templates.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		if x.Key == key {
			return x
		}
	}
	t.Fatalf("no template %q", key)
	return templates.Template{}
}

func TestGolden(t *testing.T) {
	for _, key := range []string{"summary", "committee"} {
		for name, in := range map[string]report.Input{
			"sample": sample(),
			"empty":  {Today: today, Workbook: "empty.xlsx"},
		} {
			t.Run(key+" "+name, func(t *testing.T) {
				got, err := templates.Render(byKey(t, key), report.New(in))
				if err != nil {
					t.Fatal(err)
				}
				tabtest.Golden(t, key+"-"+name+".txt", tabtest.Text(got))
			})
		}
	}
}

func TestTitle(t *testing.T) {
	x := byKey(t, "summary")
	x.Title = "Übersicht"
	got, err := templates.Render(x, report.New(sample()))
	if err != nil {
		t.Fatal(err)
	}
	if got.Title != "Übersicht" || got.Key != "summary" {
		t.Errorf("got tab %q with title %q, want summary with Übersicht", got.Key, got.Title)
	}
}

// names are what people write into plans: short, long, wide, and what looks
// like something else.
func names(t *rapid.T, label string) string {
	part := rapid.SampledFrom([]string{
		"Price interface", "=1+1", "Übergabe der Schnittstellen", "在庫と引当の確認をする", "🚀 launch", "a\nb", "W",
		"Donaudampfschifffahrtsgesellschaftskapitän", "<b>&amp;</b>", "\x01\x02", "e\u0301e\u0301e\u0301", "",
	}).Draw(t, label)
	return strings.Repeat(part+" ", rapid.IntRange(0, 30).Draw(t, label+" repeated"))
}

// anyInput draws a plan with its findings.
func anyInput(t *rapid.T) report.Input {
	in := report.Input{
		Plan: &plan.Plan{Name: names(t, "project"), GoLive: -1}, Workbook: "x.xlsx", Version: "1.0",
		Today: today + calendar.Date(rapid.IntRange(-400, 400).Draw(t, "today")),
	}
	for i := range rapid.IntRange(0, 40).Draw(t, "tasks") {
		row := plan.Row(i + 1)
		task := plan.Task{
			Row: row, ID: fmt.Sprint("T", i), Name: names(t, "name"), Area: names(t, "area"), Owner: names(t, "owner"), Parent: -1,
			State:     plan.State(rapid.IntRange(0, int(plan.AfterGoLive)).Draw(t, "state")),
			Milestone: rapid.Bool().Draw(t, "milestone"),
			Finish:    in.Today + calendar.Date(rapid.IntRange(-60, 100).Draw(t, "finish")),
		}
		in.Plan.Tasks = append(in.Plan.Tasks, task)
		in.Findings = append(in.Findings, anyFinding(t, plan.Tasks, row))
	}
	for i := range rapid.IntRange(0, 20).Draw(t, "gaps") {
		row := plan.Row(1000 + i)
		in.Plan.Gaps = append(in.Plan.Gaps, plan.Gap{
			Row: row, ID: names(t, "id"), Requirement: names(t, "requirement"), Area: names(t, "area"), Owner: names(t, "owner"),
			Options: names(t, "options"), Recommendation: names(t, "recommendation"), GoLiveBlocker: plan.Known(rapid.Bool().Draw(t, "blocker")),
			DecideBy: in.Today + calendar.Date(rapid.IntRange(-60, 100).Draw(t, "decide by")),
		})
		in.Findings = append(in.Findings, anyFinding(t, plan.Gaps, row))
	}
	return in
}

func anyFinding(t *rapid.T, table plan.Table, row plan.Row) rules.Finding {
	f := rules.Finding{
		ID: fmt.Sprint(row), Rule: rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "rule"),
		Severity: rules.Severity(rapid.IntRange(0, int(rules.Critical)).Draw(t, "severity")),
		At:       row.Ref(plan.Finish), Table: table, Key: fmt.Sprint(row), RowID: fmt.Sprint("R", row), Subject: names(t, "subject"),
		Text: fmt.Sprintf("finding %d. ", row) + names(t, "text"), Advice: names(t, "advice"), Owner: names(t, "owner"),
	}
	return f
}

// TestAnyPlan: whatever a plan holds, the tabs keep their promises.
func TestAnyPlan(t *testing.T) {
	summary, committee := byKey(t, "summary"), byKey(t, "committee")
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t)
		r := report.New(in)
		for _, x := range []templates.Template{summary, committee} {
			got, err := templates.Render(x, r)
			if err != nil {
				t.Fatal(err)
			}
			wellFormed(t, got)
			signed(t, got)
			if x.Key == "committee" {
				onePage(t, got)
			} else {
				everyFindingOnce(t, got, in.Findings)
			}
		}
	})
}

// wellFormed checks that cells lie within the grid, in order, not over each
// other, and that a link has its id at the left.
func wellFormed(t *rapid.T, got tab.Tab) {
	taken := map[tab.Position]bool{}
	for i, r := range got.Rows {
		if r.Height <= 0 || r.Height > 409 {
			t.Fatalf("row %d is %g points high", i+1, r.Height)
		}
		if !slices.IsSortedFunc(r.Cells, func(a, b tab.Cell) int { return a.Column - b.Column }) {
			t.Fatalf("row %d: the cells aren't in order", i+1)
		}
		for n, c := range r.Cells {
			for row := i; row < i+max(1, c.RowSpan); row++ {
				for column := c.Column; column < c.Column+max(1, c.Span); column++ {
					at := tab.Position{Row: row, Column: column}
					if taken[at] || column >= len(got.Columns) {
						t.Fatalf("cell at row %d, column %d lies over another or outside of the grid", row+1, column)
					}
					taken[at] = true
				}
			}
			if !c.Link.IsZero() && (n == 0 || r.Cells[n-1].Column != c.Column-1) {
				t.Fatalf("row %d: the linked cell has no id at its left", i+1)
			}
			if strings.ContainsFunc(c.Text, func(r rune) bool { return r < ' ' && r != '\n' }) {
				t.Fatalf("row %d: %q holds control characters", i+1, c.Text)
			}
		}
	}
}

// signed checks that beside every colour stand a sign and a word.
func signed(t *rapid.T, got tab.Tab) {
	for i, r := range got.Rows {
		for _, c := range r.Cells {
			s := string(c.Style)
			if !strings.HasPrefix(s, "status-") && !strings.HasPrefix(s, "big-") && !strings.HasPrefix(s, "severity-") {
				continue
			}
			sign, word, _ := strings.Cut(c.Text, " ")
			if !strings.Contains("✖▲●✔?", sign) || sign == "" || word == "" || strings.HasSuffix(word, "…") {
				t.Fatalf("row %d: %s cell says %q, want a sign and a word", i+1, c.Style, c.Text)
			}
		}
	}
}

// onePage checks that a tab prints on one landscape page of A4 and of Letter,
// at a scale of at least 85 %, and that no text is below 8 points.
func onePage(t *rapid.T, got tab.Tab) {
	width, height := 0.0, 0.0
	for _, c := range got.Columns {
		width += c.Width * 5.25
	}
	for _, r := range got.Rows {
		height += r.Height
	}
	for paper, side := range map[string][2]float64{"A4": {842, 595}, "Letter": {792, 612}} {
		scale := min((side[0]-58)/width, (side[1]-69)/height)
		if scale < 0.85 {
			t.Fatalf("%g x %g points print at %.2f on %s, want 0.85 or more", width, height, scale, paper)
		}
	}
	looks := tab.Looks()
	for _, r := range got.Rows {
		for _, c := range r.Cells {
			if look := looks[c.Style]; look.Size < 8 {
				t.Fatalf("style %s has %g points, want 8 or more", c.Style, look.Size)
			}
		}
	}
}

func everyFindingOnce(t *rapid.T, got tab.Tab, all []rules.Finding) {
	list := false
	count := map[string]int{}
	for _, r := range got.Rows {
		for _, c := range r.Cells {
			if c.Style == tab.Heading {
				list = strings.Contains(c.Text, "the most urgent first")
			}
			if text, ok := strings.CutPrefix(c.Text, "Finding "); ok && list {
				number, _, _ := strings.Cut(text, ".")
				count[number]++
			}
		}
	}
	for _, f := range all {
		if count[f.ID] != 1 {
			t.Fatalf("finding %s stands %d times in the list, want once", f.ID, count[f.ID])
		}
	}
}

// TestCommitteeUsesThePage: a long plan fills the page and tells what is left
// out.
func TestCommitteeUsesThePage(t *testing.T) {
	in := sample()
	for i := range 60 {
		in.Plan.Tasks = append(in.Plan.Tasks, sampleTask(100+i, fmt.Sprintf("Step %d", i), fmt.Sprintf("Area %d", i), plan.Running, today+5))
		in.Plan.Gaps = append(in.Plan.Gaps, plan.Gap{Row: plan.Row(300 + i), ID: fmt.Sprintf("G-%d", 300+i), Requirement: "Something"})
	}
	got, err := templates.Render(byKey(t, "committee"), report.New(in))
	if err != nil {
		t.Fatal(err)
	}
	text := tabtest.Text(got)
	height := 0.0
	for _, r := range got.Rows {
		height += r.Height
	}
	if height < 520 {
		t.Errorf("got %g points, want the page filled", height)
	}
	for _, want := range []string{"and 59 more in Summary", "● green"} {
		if !strings.Contains(text, want) {
			t.Errorf("want %q on the page:\n%s", want, text)
		}
	}
}

// TestLongName: the PM's tab leaves nothing out, the page for the committee
// cuts.
func TestLongName(t *testing.T) {
	in := sample()
	long := strings.Repeat("very ", 60) + "end"
	in.Findings[1].Subject, in.Findings[1].Text = long, long
	r := report.New(in)
	for key, want := range map[string]bool{"summary": true, "committee": false} {
		got, err := templates.Render(byKey(t, key), r)
		if err != nil {
			t.Fatal(err)
		}
		if has := strings.Contains(tabtest.Text(got), long); has != want {
			t.Errorf("%s holds the whole name: got %t, want %t", key, has, want)
		}
	}
}
