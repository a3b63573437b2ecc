package rules_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// says returns a rule that says fixed things.
func says(name string, found ...rules.Finding) rules.Rule {
	return rules.Rule{Name: name, Check: func(rules.Input) []rules.Finding { return slices.Clone(found) }}
}

func emptyInput() rules.Input {
	return rules.Input{Plan: &plan.Plan{GoLive: -1}, Today: calendar.New(2026, 3, 12)}
}

func TestEvaluateOrder(t *testing.T) {
	at := func(row plan.Row) plan.Ref { return plan.Ref{Row: row, Field: plan.Finish} }
	found := rules.Evaluate(emptyInput(), []rules.Rule{
		says("first",
			rules.Finding{Severity: rules.CannotJudge, Text: "7"},
			rules.Finding{Severity: rules.Warning, DaysLate: 2, At: at(9), Text: "4"},
			rules.Finding{Severity: rules.Note, DaysLate: 99, Text: "6"},
			rules.Finding{Severity: rules.Warning, DaysLate: 3, At: at(9), Text: "2"}),
		says("second",
			rules.Finding{Severity: rules.Warning, DaysLate: 2, At: at(10), Text: "5"},
			rules.Finding{Severity: rules.Critical, Text: "1"},
			rules.Finding{Severity: rules.Warning, DaysLate: 2, At: at(8), Text: "3"}),
	})
	var got []string
	for _, f := range found {
		got = append(got, f.Text)
	}
	if diff := cmp.Diff([]string{"1", "2", "3", "4", "5", "6", "7"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The identity is made of rule, table, row key and field, and of nothing else.
func TestIdentity(t *testing.T) {
	base := rules.Finding{Table: plan.Tasks, Key: "t1", At: plan.Ref{Row: 1, Field: plan.Finish}}
	id := func(rule string, change func(*rules.Finding)) string {
		f := base
		change(&f)
		return rules.Evaluate(emptyInput(), []rules.Rule{says(rule, f)})[0].ID
	}
	want := id("overdue", func(*rules.Finding) {})
	same := map[string]func(*rules.Finding){
		"text":     func(f *rules.Finding) { f.Text, f.Advice = "late", "hurry" },
		"numbers":  func(f *rules.Finding) { f.DaysLate, f.Due = 7, 12 },
		"severity": func(f *rules.Finding) { f.Severity = rules.Critical },
		"row":      func(f *rules.Finding) { f.At.Row = 99 },
		"owner":    func(f *rules.Finding) { f.Owner, f.Subject, f.RowID, f.Area = "Ana", "Build", "T1", "tax" },
		"effect":   func(f *rules.Finding) { f.Effect = rules.Effect{Days: 3, Known: true} },
	}
	for what, change := range same {
		if got := id("overdue", change); got != want {
			t.Errorf("%s is in the identity: got %s, want %s", what, got, want)
		}
	}
	other := map[string]func(*rules.Finding){
		"table": func(f *rules.Finding) { f.Table = plan.Gaps },
		"key":   func(f *rules.Finding) { f.Key = "t2" },
		"field": func(f *rules.Finding) { f.At.Field = plan.Start },
	}
	for what, change := range other {
		if got := id("overdue", change); got == want {
			t.Errorf("%s isn't in the identity", what)
		}
	}
	if got := id("late-start", func(*rules.Finding) {}); got == want {
		t.Error("the rule isn't in the identity")
	}
	if len(want) != 12 {
		t.Errorf("identity %q: want 12 letters", want)
	}
}

// Two findings of one rule about one cell, as two faults in it, stay apart.
func TestIdentitiesDiffer(t *testing.T) {
	f := rules.Finding{Table: plan.Tasks, Key: "t1", At: plan.Ref{Row: 1, Field: plan.Finish}}
	found := rules.Evaluate(emptyInput(), []rules.Rule{says("twice", f, f, f)})
	ids := map[string]bool{}
	for _, f := range found {
		ids[f.ID] = true
	}
	if len(ids) != 3 {
		t.Errorf("got %d identities, want 3", len(ids))
	}
}

// Whatever a plan holds: nothing panics, no two findings have the same
// identity, each has a rule and a text, and a second look finds the same.
func TestAnyPlan(t *testing.T) {
	all := rules.All(rules.Options{})
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t)
		found := rules.Evaluate(in, all)
		ids := map[string]bool{}
		for _, f := range found {
			if ids[f.ID] || f.Rule == "" || f.Text == "" || f.Advice == "" && f.Rule != "unreadable" {
				t.Fatalf("finding %+v: want an identity of its own, a rule, a text and an advice", f)
			}
			ids[f.ID] = true
			if f.Severity == rules.Critical && f.Rule != "gap-undecided" && in.Plan.Settings.Target.IsZero() {
				t.Fatalf("finding %+v: critical without a target", f)
			}
		}
		if diff := cmp.Diff(found, rules.Evaluate(in, all)); diff != "" {
			t.Fatalf("a second look (-first +second):\n%s", diff)
		}
	})
}

// The order in which tasks stand changes where findings stand, not what is found.
func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	all := rules.All(rules.Options{})
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t)
		order := rapid.Permutation(indexes(len(in.Plan.Tasks))).Draw(t, "order")
		moved := in
		moved.Plan = reordered(in.Plan, order)
		want, got := told(rules.Evaluate(in, all)), told(rules.Evaluate(moved, all))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// Nothing becomes late on a weekend: what is late then was so on the Friday.
func TestNothingBecomesLateOnAWeekend(t *testing.T) {
	late := []rules.Rule{
		rules.Overdue(rules.OverdueOptions{}), rules.LateStart(rules.LateStartOptions{}), rules.GapUndecided(rules.GapUndecidedOptions{}),
	}
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t)
		in.Today, in.Calendar = calendar.New(2026, 3, 13), nil
		friday := map[string]bool{}
		for _, f := range rules.Evaluate(in, late) {
			friday[f.ID] = true
		}
		in.Today += calendar.Date(rapid.Int32Range(1, 2).Draw(t, "days later"))
		for _, f := range rules.Evaluate(in, late) {
			if f.DaysLate > 0 && !friday[f.ID] {
				t.Fatalf("on %s got %+v, on Friday nothing", in.Today.Weekday(), f)
			}
		}
	})
}

// What is overdue stays so as days pass, and never gets less urgent.
func TestOverdueStays(t *testing.T) {
	overdue := []rules.Rule{rules.Overdue(rules.OverdueOptions{})}
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t)
		before := rules.Evaluate(in, overdue)
		in.Today += calendar.Date(rapid.Int32Range(1, 60).Draw(t, "days later"))
		after := map[string]rules.Finding{}
		for _, f := range rules.Evaluate(in, overdue) {
			after[f.ID] = f
		}
		for _, f := range before {
			if now, ok := after[f.ID]; !ok || now.Severity < f.Severity || now.DaysLate < f.DaysLate {
				t.Fatalf("got %+v after %+v", now, f)
			}
		}
	})
}

// told returns findings by what doesn't depend on the order of rows: loops and
// lists of names begin with the first row.
func told(found []rules.Finding) []string {
	var all []string
	for _, f := range found {
		if f.Rule != "cycle" && f.Key != "tasks without finish" {
			all = append(all, fmt.Sprint(f.ID, f.Severity, f.DaysLate, f.Due, strings.Count(f.Text, " ")))
		}
	}
	slices.Sort(all)
	return all
}

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// reordered returns p with the task order[i] in place i.
func reordered(p *plan.Plan, order []int) *plan.Plan {
	q := *p
	place := make([]int, len(order))
	for i, from := range order {
		place[from] = i
	}
	q.Tasks = make([]plan.Task, len(order))
	for i, from := range order {
		t := p.Tasks[from]
		t.Row = plan.Row(i + 1)
		if t.Parent >= 0 {
			t.Parent = place[t.Parent]
		}
		t.Relations = slices.Clone(t.Relations)
		for r := range t.Relations {
			t.Relations[r].Task = place[t.Relations[r].Task]
		}
		q.Tasks[i] = t
	}
	if p.GoLive >= 0 {
		q.GoLive = place[p.GoLive]
	}
	return &q
}

func anyInput(t *rapid.T) rules.Input {
	day := func(name string) calendar.Date {
		if rapid.IntRange(0, 3).Draw(t, name+" known") == 0 {
			return 0
		}
		return calendar.New(2026, 3, 12) + calendar.Date(rapid.Int32Range(-30, 60).Draw(t, name))
	}
	n := rapid.IntRange(0, 8).Draw(t, "tasks")
	p := &plan.Plan{GoLive: -1, Tasks: make([]plan.Task, n), Settings: plan.Settings{Target: day("target"), Backup: day("backup")}}
	p.Tables = []plan.TableColumns{{Table: plan.Tasks, Fields: rapid.SliceOfDistinct(rapid.SampledFrom([]plan.Field{
		plan.Start, plan.Finish, plan.Owner, plan.Status, plan.Percent, plan.Predecessors, plan.DurationField,
	}), rapid.ID).Draw(t, "columns")}}
	for i := range p.Tasks {
		p.Tasks[i] = plan.Task{
			Row: plan.Row(i + 1), Key: fmt.Sprint("t", i), ID: fmt.Sprint("T", i), Parent: -1,
			Start: day("start"), Finish: day("finish"), BaselineFinish: day("baseline"),
			Owner:  rapid.SampledFrom([]string{"", "TBD", "Ana Reyes"}).Draw(t, "owner"),
			State:  plan.State(rapid.IntRange(0, int(plan.AfterGoLive)).Draw(t, "state")),
			Unread: rapid.SliceOfN(rapid.SampledFrom([]plan.Field{plan.Finish, plan.Percent}), 0, 1).Draw(t, "unread"),
		}
		for range rapid.IntRange(0, 2).Draw(t, "relations") {
			p.Tasks[i].Relations = append(p.Tasks[i].Relations, plan.Relation{
				Task: rapid.IntRange(0, n-1).Draw(t, "predecessor"),
				Type: plan.RelationType(rapid.IntRange(0, 3).Draw(t, "type")),
				Lag:  plan.Duration{Amount: float64(rapid.IntRange(-3, 3).Draw(t, "lag")), Unit: plan.Unit(rapid.IntRange(0, 9).Draw(t, "unit"))},
			})
		}
	}
	anyGaps(t, p, day)
	if n > 1 && rapid.Bool().Draw(t, "summary") {
		p.Tasks[0].Summary, p.Tasks[1].Parent = true, 0
	}
	if n > 2 && rapid.Bool().Draw(t, "go-live") {
		p.GoLive = 2
	}
	return rules.Input{Plan: p, Today: calendar.New(2026, 3, 12)}
}

// anyGaps gives p a table of gaps, as a rule.
func anyGaps(t *rapid.T, p *plan.Plan, day func(string) calendar.Date) {
	fields := rapid.SliceOfDistinct(rapid.SampledFrom([]plan.Field{
		plan.Decision, plan.Status, plan.DecideBy, plan.Reason, plan.Effort, plan.Cost, plan.Recommendation,
	}), rapid.ID).Draw(t, "gap columns")
	if len(fields) == 0 {
		return
	}
	p.Tables = append(p.Tables, plan.TableColumns{Table: plan.Gaps, Fields: fields})
	for i := range rapid.IntRange(0, 4).Draw(t, "gaps") {
		g := plan.Gap{Row: plan.Row(100 + i), Key: fmt.Sprint("g", i), DecideBy: day("decide by")}
		g.Decision = rapid.SampledFrom([]plan.GapDecision{plan.Undecided, plan.ModifySystem, plan.Defer, plan.UnknownDecision}).Draw(t, "decision")
		g.Status = rapid.SampledFrom([]plan.GapStatus{"", plan.GapNew, plan.GapDecided, plan.GapClosed, plan.GapOther}).Draw(t, "status")
		g.GoLiveBlocker = plan.Known(rapid.Bool().Draw(t, "blocker"))
		g.Reason = rapid.SampledFrom([]string{"", "?", "the law"}).Draw(t, "reason")
		p.Gaps = append(p.Gaps, g)
	}
}

func TestOptions(t *testing.T) {
	names := func(rs []rules.Rule) []string {
		var all []string
		for _, r := range rs {
			all = append(all, r.Name)
		}
		return all
	}
	all := names(rules.All(rules.Options{}))
	muted := names(rules.All(rules.Options{Mute: []string{"no-owner", "cycle"}}))
	want := slices.DeleteFunc(slices.Clone(all), func(n string) bool { return n == "no-owner" || n == "cycle" })
	if diff := cmp.Diff(want, muted); diff != "" {
		t.Errorf("muted (-want +got):\n%s", diff)
	}

	graded := rules.All(rules.Options{Severity: map[string]rules.Severity{"no-target": rules.Critical, "overdue": rules.Critical}})
	in := emptyInput()
	in.Plan.Tasks = []plan.Task{{Row: 1, Key: "t1", Parent: -1}}
	for _, f := range rules.Evaluate(in, graded) {
		if f.Rule == "no-target" && f.Severity != rules.Critical {
			t.Errorf("no-target: got %s, want critical", f.Severity)
		}
		if f.Rule == "overdue" && f.Severity != rules.CannotJudge {
			t.Errorf("overdue without input: got %s, want cannot judge", f.Severity)
		}
	}
}

// TestGraces holds the options of single rules.
func TestGraces(t *testing.T) {
	day := calendar.New(2026, 3, 12)
	in := emptyInput()
	in.Plan.Tables = []plan.TableColumns{
		{Table: plan.Tasks, Fields: []plan.Field{plan.Start, plan.Finish, plan.Status, plan.Owner, plan.Predecessors}},
		{Table: plan.Gaps, Fields: []plan.Field{plan.Decision, plan.DecideBy, plan.Reason}},
	}
	in.Plan.Tasks = []plan.Task{
		{Row: 1, Key: "t1", Parent: -1, State: plan.Running, Finish: day - 2, Owner: "Ana Reyes"},
		{Row: 2, Key: "t2", Parent: -1, State: plan.NotStarted, Start: day - 2, Finish: day + 30, Owner: "Ana Reyes"},
		{Row: 3, Key: "t3", Parent: -1, State: plan.NotStarted, Start: day + 5, Finish: day + 30},
		{
			Row: 4, Key: "t4", Parent: -1, State: plan.NotStarted, Start: day + 30 - 2, Finish: day + 40, Owner: "Ana Reyes",
			Relations: []plan.Relation{{Task: 1}},
		},
	}
	in.Plan.Gaps = []plan.Gap{{Row: 5, Key: "g1", DecideBy: day - 2}, {Row: 6, Key: "g2", Decision: plan.ModifySystem}}
	for _, c := range []struct {
		name        string
		plain, calm rules.Rule
	}{
		{"overdue", rules.Overdue(rules.OverdueOptions{}), rules.Overdue(rules.OverdueOptions{Grace: 2})},
		{"late start", rules.LateStart(rules.LateStartOptions{}), rules.LateStart(rules.LateStartOptions{Grace: 2})},
		{
			"starts before", rules.StartsBeforePredecessorEnds(rules.StartsBeforePredecessorEndsOptions{}),
			rules.StartsBeforePredecessorEnds(rules.StartsBeforePredecessorEndsOptions{Overlap: 2}),
		},
		{"gap", rules.GapUndecided(rules.GapUndecidedOptions{}), rules.GapUndecided(rules.GapUndecidedOptions{Grace: 2})},
		{
			"modification", rules.ModificationIncomplete(rules.ModificationIncompleteOptions{}),
			rules.ModificationIncomplete(rules.ModificationIncompleteOptions{Optional: []plan.Field{plan.Reason, plan.Effort, plan.Cost}}),
		},
	} {
		if got := c.plain.Check(in); len(got) == 0 {
			t.Errorf("%s without grace: got nothing", c.name)
		}
		if got := c.calm.Check(in); len(got) != 0 {
			t.Errorf("%s with grace: got %+v, want nothing", c.name, got)
		}
	}
	if got := rules.NoOwner(rules.NoOwnerOptions{Ahead: 1}).Check(in); len(got) != 1 || got[0].Severity != rules.Note {
		t.Errorf("no owner, far ahead: got %+v, want one note", got)
	}
}

func TestNearest(t *testing.T) {
	var known []string
	for _, r := range rules.All(rules.Options{}) {
		known = append(known, r.Name)
	}
	for word, want := range map[string]string{
		"gap-undecide": "gap-undecided", "noowner": "no-owner", "overdeu": "overdue", "cycle": "cycle", "late": "", "": "",
	} {
		if got := rules.Nearest(word, known); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestParseSeverity(t *testing.T) {
	for _, s := range []rules.Severity{rules.Note, rules.Warning, rules.Critical} {
		if got, err := rules.ParseSeverity(s.String()); got != s || err != nil {
			t.Errorf("ParseSeverity(%q) = %s, %v", s, got, err)
		}
	}
	for _, name := range []string{"", "cannot judge", "Warning", "red"} {
		if got, err := rules.ParseSeverity(name); err == nil {
			t.Errorf("ParseSeverity(%q) = %s, want an error", name, got)
		}
	}
}

// A fault without a row is known by what was typed, and faults of one cell stay apart.
func TestUnreadableWithoutRow(t *testing.T) {
	in := emptyInput()
	in.Plan.Faults = []plan.Fault{
		{Table: plan.Tasks, Typed: "parked", Text: `the status "parked" is not known (12 rows)`, Fix: "map it in the configuration"},
		{Table: plan.Tasks, Typed: "someday", Text: `the status "someday" is not known (1 row)`, Fix: "map it in the configuration"},
	}
	found := rules.Evaluate(in, []rules.Rule{rules.Unreadable()})
	first := found[1].ID
	if len(found) != 2 || found[0].ID == first {
		t.Fatalf("got %+v, want two findings", found)
	}
	in.Plan.Faults = in.Plan.Faults[1:]
	if got := rules.Evaluate(in, []rules.Rule{rules.Unreadable()}); got[0].ID != first {
		t.Errorf("identity after another fault is gone: got %s, want %s", got[0].ID, first)
	}
}
