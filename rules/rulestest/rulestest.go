// Package rulestest runs rules over tables of text which hold the expected
// findings in their rows. It serves the built-in rules' tests and whoever wants
// to test settings and rules of their own; it leaves to the caller where the
// tables come from.
//
// A file is a list of cases, each a plan with the day for which it is judged:
//
//	case a weekend doesn't count
//	today 2026-03-16
//	settings
//	name   | value
//	target | 2026-06-01
//	tasks
//	id | name  | finish     | status  | want
//	T1 | Build | 2026-03-13 | running | finish: 1 working day late (due 2026-03-13)
//	T2 | Test  | 2026-03-16 | running |
//	want backup: no backup: nothing tells the date …
//
// The tables are settings, calendar, tasks and gaps, with the canonical names of
// fields as headers. A case without a day has that of the case before; "case"
// may be left out where there is only one. Blank lines and lines that begin
// with # don't count.
//
// What is wanted of a row stands in its column want, as "field: text", several
// joined by " ; ", and nothing where nothing is to be found. A severity in
// brackets before it, and an advice after " => ", are held against the finding
// too. Wanted findings about no row are lines of their own that begin with
// "want" and have the finding's subject in place of the field.
//
// States are written as plan.State prints them; any other word is one that
// nobody knows. A date, percent or duration that can't be read becomes a fault
// and an unread field, a date with a question mark behind it a doubt. The flag
// "go-live" marks the row of go-live, "milestone" a milestone; a row is a
// summary task if another one names it as its parent. A target is guessed if it
// is followed by a question mark.
package rulestest

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"steerco/rules"
	"steerco/rules/plan"
)

// TB is what Run needs of a *testing.T.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
}

// Run holds what rule finds against a file of cases.
func Run(t TB, rule rules.Rule, files fs.FS, name string) {
	t.Helper()
	text, err := fs.ReadFile(files, name)
	if err != nil {
		t.Errorf("%v", err)
		return
	}
	file, err := Parse(name, string(text))
	if err != nil {
		t.Errorf("%v", err)
		return
	}
	for _, m := range file.Check([]rules.Rule{rule}) {
		t.Errorf("%s", m)
	}
}

// File is a file of cases.
type File struct {
	Name  string
	Cases []Case
}

// Case is a plan and what is wanted of it.
type Case struct {
	// Name is what stands behind "case"; it may be empty.
	Name  string
	Input rules.Input
	wants []want
	// lines tells where the row of a finding stands.
	lines map[subject]int
}

// subject is what a finding is about: a row, or for the whole plan a word.
type subject struct {
	table plan.Table
	key   string
}

// want is a finding that is to be there.
type want struct {
	line     int
	about    subject
	field    plan.Field // empty for the whole plan
	severity string     // empty: any
	text     string
	advice   string // empty: any
}

// Mismatch is a difference between what was found and what was wanted.
type Mismatch struct {
	File string
	Line int
	Case string
	// Got and Want are the finding as a table would have it; one of them is
	// empty where there is none.
	Got, Want string
}

// String returns the mismatch in one line, with its place.
func (m Mismatch) String() string {
	or := func(s string) string {
		if s == "" {
			return "nothing"
		}
		return fmt.Sprintf("%q", s)
	}
	place := fmt.Sprintf("%s:%d", m.File, m.Line)
	if m.Case != "" {
		place += " (" + m.Case + ")"
	}
	return fmt.Sprintf("%s: got %s, want %s", place, or(m.Got), or(m.Want))
}

// Check holds what rs find in each case against what the case wants, and
// returns the differences in the order of the file.
func (f *File) Check(rs []rules.Rule) []Mismatch {
	var all []Mismatch
	for i := range f.Cases {
		for _, m := range f.Cases[i].check(rules.Evaluate(f.Cases[i].Input, rs)) {
			m.File, m.Case = f.Name, f.Cases[i].Name
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b Mismatch) int { return a.Line - b.Line })
	return all
}

func (c *Case) check(found []rules.Finding) []Mismatch {
	left := slices.Clone(c.wants)
	var all []Mismatch
	var extra []rules.Finding
	for _, f := range found {
		at := slices.IndexFunc(left, func(w want) bool { return w.matches(f) })
		if at < 0 {
			extra = append(extra, f)
			continue
		}
		left = slices.Delete(left, at, at+1)
	}
	for _, f := range extra {
		m := Mismatch{Line: c.lines[about(f)], Got: written(f)}
		// Two that are about one cell are one difference.
		at := slices.IndexFunc(left, func(w want) bool { return w.about == about(f) && w.field == f.At.Field })
		if at >= 0 {
			m.Line, m.Want = left[at].line, left[at].String()
			left = slices.Delete(left, at, at+1)
		}
		all = append(all, m)
	}
	for _, w := range left {
		all = append(all, Mismatch{Line: w.line, Want: w.String()})
	}
	return all
}

func about(f rules.Finding) subject { return subject{table: f.Table, key: f.Key} }

func (w want) matches(f rules.Finding) bool {
	return w.about == about(f) && (w.field == f.At.Field || w.about.table == "") && w.text == f.Text &&
		(w.severity == "" || w.severity == f.Severity.String()) && (w.advice == "" || w.advice == f.Advice)
}

// String returns the want as it stands in a table.
func (w want) String() string {
	return join(w.severity, w.label(), w.text, w.advice)
}

func (w want) label() string {
	if w.about.table == "" {
		return w.about.key
	}
	return string(w.field)
}

// written returns a finding as it would stand in a table.
func written(f rules.Finding) string {
	w := want{about: about(f), field: f.At.Field, severity: f.Severity.String(), text: f.Text, advice: f.Advice}
	return w.String()
}

func join(severity, label, text, advice string) string {
	var b strings.Builder
	if severity != "" {
		b.WriteString("[" + severity + "] ")
	}
	b.WriteString(label + ": " + text)
	if advice != "" {
		b.WriteString(" => " + advice)
	}
	return b.String()
}
