package report

import (
	"cmp"
	"slices"
	"strings"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// Finding is a line about a finding, or about several of one kind.
type Finding struct {
	Level Level `col:"level"`
	// RowID is the id that people see, Ref the cell that was judged.
	RowID    string        `col:"id"`
	Ref      plan.Ref      `col:"ref"`
	Subject  string        `col:"subject"`
	Area     string        `col:"area"`
	Text     string        `col:"text"`
	Advice   string        `col:"advice"`
	Effect   string        `col:"effect"`
	Owner    string        `col:"owner"`
	Due      calendar.Date `col:"due"`
	DaysLate int           `col:"days_late"`
	Rule     string        `col:"rule"`
	// Count is how many findings the line stands for.
	Count int `col:"count"`
	// Depth is 1 for a finding that stands opened below the line of its group.
	Depth int `col:"depth"`
	// IDs are the findings that the line itself is about; those of a group
	// that stand below its line are only there.
	IDs []string
}

const (
	// groupAbove is how many findings of one rule stand for themselves; more
	// make a group.
	groupAbove = 10
	// mostToday is how many things are to be done today at most,
	// mostTodayPerRule how many of one rule as long as there are others.
	mostToday        = 7
	mostTodayPerRule = 3
	// mostAttention is how many critical findings the committee is shown.
	mostAttention = 5
)

// rank returns the findings, the most urgent first: by severity, effect on
// go-live, lateness and due date, else as they came.
func rank(findings []rules.Finding) []rules.Finding {
	ranked := slices.Clone(findings)
	slices.SortStableFunc(ranked, func(a, b rules.Finding) int {
		return cmp.Or(
			cmp.Compare(b.Severity, a.Severity),
			cmp.Compare(effectDays(b), effectDays(a)),
			cmp.Compare(b.DaysLate, a.DaysLate),
			compareDue(a.Due, b.Due),
		)
	})
	return ranked
}

func effectDays(f rules.Finding) calendar.Workdays {
	if !f.Effect.Known {
		return 0
	}
	return f.Effect.Days
}

// compareDue orders dates; no date comes last.
func compareDue(a, b calendar.Date) int {
	if a.IsZero() || b.IsZero() {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

func titles(all []rules.Rule) map[string]string {
	m := map[string]string{}
	for _, r := range all {
		m[r.Name], _, _ = strings.Cut(r.Doc, "\n")
	}
	return m
}

// title returns the title of a rule, or its name.
func (b *builder) title(rule string) string {
	if t := strings.TrimSuffix(b.titles[rule], "."); t != "" {
		return t
	}
	return rule
}

// line returns the line about one finding.
func line(f rules.Finding) Finding {
	effect := effectText(f.Effect)
	if f.Severity == rules.CannotJudge {
		effect = ""
	}
	return Finding{
		Level: levelOf(f.Severity), RowID: f.RowID, Ref: f.At, Subject: subject(f), Area: f.Area,
		Text: capital(f.Text), Advice: capital(f.Advice), Effect: effect, Owner: f.Owner,
		Due: f.Due, DaysLate: int(f.DaysLate), Rule: f.Rule, Count: 1, IDs: []string{f.ID},
	}
}

// findings returns the lines about all findings: each for itself, or below the
// line of its group. What can't be judged for one reason is one line.
func (b *builder) findings() []Finding {
	perRule := map[string][]rules.Finding{}
	perCause := map[string][]rules.Finding{}
	for _, f := range b.ranked {
		if c := cause(f); c != "" {
			perCause[c] = append(perCause[c], f)
			continue
		}
		perRule[f.Rule] = append(perRule[f.Rule], f)
	}
	var lines []Finding
	told := map[string]bool{}
	for _, f := range b.ranked {
		c := cause(f)
		key := cmp.Or(c, "rule "+f.Rule)
		switch group := perRule[f.Rule]; {
		case told[key]:
		case c != "":
			lines, told[key] = append(lines, b.unjudged(perCause[c])), true
		case len(group) > groupAbove:
			lines, told[key] = append(lines, b.group(group)...), true
		default:
			lines = append(lines, line(f))
		}
	}
	return lines
}

// cause returns the reason for which a rule as a whole can't judge, by which
// such findings are put together; empty for all others.
func cause(f rules.Finding) string {
	if f.Severity != rules.CannotJudge || f.At.Row != 0 {
		return ""
	}
	return "because " + f.Text + "\x00" + f.Advice
}

// unjudged returns the line about findings which can't be made for one reason.
func (b *builder) unjudged(group []rules.Finding) Finding {
	l := line(group[0])
	if len(group) == 1 {
		return l
	}
	l.Count, l.IDs = 0, nil
	seen := map[string]bool{}
	var names []string
	for _, f := range group {
		l.Count++
		l.IDs = append(l.IDs, f.ID)
		if !seen[f.Rule] {
			seen[f.Rule] = true
			names = append(names, f.Rule)
		}
	}
	l.Text = stop(l.Text) + " Not judged: " + strings.Join(names, ", ")
	return l
}

// group returns the line about many findings of one rule, and theirs below it.
func (b *builder) group(group []rules.Finding) []Finding {
	first := group[0]
	head := Finding{
		Level: levelOf(first.Severity), Rule: first.Rule, Count: len(group),
		Subject: rowsOf(len(group), first.Table),
		Text:    b.title(first.Rule) + ": " + severities(group), Advice: "Open the lines below with + at the left edge",
	}
	lines := []Finding{head}
	for _, f := range group {
		l := line(f)
		l.Depth = 1
		lines = append(lines, l)
	}
	return lines
}

// severities counts findings by severity: "2 critical, 21 warnings".
func severities(group []rules.Finding) string {
	var n [rules.Critical + 1]int
	for _, f := range group {
		n[f.Severity]++
	}
	var parts []string
	for _, s := range []struct {
		severity  rules.Severity
		one, many string
	}{
		{rules.Critical, "critical", "critical"},
		{rules.Warning, "warning", "warnings"},
		{rules.Note, "note", "notes"},
		{rules.CannotJudge, "that can't be judged", "that can't be judged"},
	} {
		if n[s.severity] > 0 {
			parts = append(parts, plural(n[s.severity], s.one, s.many))
		}
	}
	return strings.Join(parts, ", ")
}

// today returns what is to be done today: the most urgent warnings and
// critical findings, each subject once, and not all of one rule.
func (b *builder) today() []Finding {
	perRule := map[string]int{}
	subjects := map[string]bool{}
	var chosen, others []rules.Finding
	for _, f := range b.ranked {
		key := string(f.Table) + "\x00" + f.Key
		if f.Severity < rules.Warning || subjects[key] {
			continue
		}
		subjects[key] = true
		if perRule[f.Rule]++; perRule[f.Rule] > mostTodayPerRule {
			others = append(others, f)
			continue
		}
		chosen = append(chosen, f)
	}
	if len(chosen) < mostToday {
		chosen = append(chosen, others[:min(len(others), mostToday-len(chosen))]...)
	}
	var lines []Finding
	for _, f := range rank(chosen[:min(len(chosen), mostToday)]) {
		lines = append(lines, line(f))
	}
	return lines
}

// attention returns the critical findings of which the committee is to know,
// each subject once, without the gaps that are put to it as decisions.
func (b *builder) attention() []Finding {
	subjects := map[string]bool{}
	var lines []Finding
	for _, f := range b.public {
		key := string(f.Table) + "\x00" + f.Key
		if f.Severity != rules.Critical || subjects[key] || b.asked[f.At.Row] {
			continue
		}
		subjects[key] = true
		lines = append(lines, line(f))
	}
	return lines[:min(len(lines), mostAttention)]
}
