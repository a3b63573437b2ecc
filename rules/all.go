package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Options tune the built-in rules. The zero value runs all of them as they are.
type Options struct {
	Overdue                     OverdueOptions
	LateStart                   LateStartOptions
	NoOwner                     NoOwnerOptions
	StartsBeforePredecessorEnds StartsBeforePredecessorEndsOptions
	GapUndecided                GapUndecidedOptions
	ModificationIncomplete      ModificationIncompleteOptions
	// Mute names rules that don't run.
	Mute []string
	// Severity gives the findings of rules another severity, by the rule's
	// name. What can't be judged stays so.
	Severity map[string]Severity
}

// All returns the built-in rules in the order of the documentation, without the
// muted ones. Names that o gets wrong have no effect: Options.Check tells them.
func All(o Options) []Rule {
	all := builtIn(o)
	rs := make([]Rule, 0, len(all))
	for _, r := range all {
		if slices.Contains(o.Mute, r.Name) {
			continue
		}
		if s, ok := o.Severity[r.Name]; ok {
			r = regraded(r, s)
		}
		rs = append(rs, r)
	}
	return rs
}

// builtIn is the one list of rules.
func builtIn(o Options) []Rule {
	return []Rule{
		Overdue(o.Overdue),
		LateStart(o.LateStart),
		NoOwner(o.NoOwner),
		DoneWithOpenPredecessor(),
		StartsBeforePredecessorEnds(o.StartsBeforePredecessorEnds),
		GapUndecided(o.GapUndecided),
		ModificationIncomplete(o.ModificationIncomplete),
		NoTarget(),
		NoBackup(),
		FinishAfterTarget(),
		Cycle(),
		Unreadable(),
	}
}

// Title returns the first line of the rule's documentation.
func (r Rule) Title() string {
	title, _, _ := strings.Cut(r.Doc, "\n")
	return title
}

func regraded(r Rule, s Severity) Rule {
	check := r.Check
	r.Check = func(in Input) []Finding {
		found := check(in)
		for i := range found {
			if found[i].Severity != CannotJudge {
				found[i].Severity = s
			}
		}
		return found
	}
	return r
}

// Check returns what is wrong with the names in o, all of it at once.
func (o Options) Check() error {
	names := make([]string, 0, len(o.Mute)+len(o.Severity))
	names = append(names, o.Mute...)
	for name := range o.Severity {
		names = append(names, name)
	}
	slices.Sort(names)
	var errs []error
	for _, name := range slices.Compact(names) {
		if err := CheckName(name); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// CheckName returns an error that lists the known names, the nearest first
// named, if there is no built-in rule of this name.
func CheckName(name string) error {
	var known []string
	for _, r := range builtIn(Options{}) {
		known = append(known, r.Name)
	}
	if slices.Contains(known, name) {
		return nil
	}
	nearest := slices.MinFunc(known, func(a, b string) int { return distance(name, a) - distance(name, b) })
	return fmt.Errorf("no rule is called %q: did you mean %s? The rules are %s", name, nearest, strings.Join(known, ", "))
}

// distance returns how many letters have to be put in, taken out or changed to
// make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// ParseSeverity returns the severity with the name that String writes. Rules
// can't be made to say that they cannot judge, so that name isn't known.
func ParseSeverity(name string) (Severity, error) {
	for _, s := range []Severity{Note, Warning, Critical} {
		if name == s.String() {
			return s, nil
		}
	}
	return 0, fmt.Errorf("%q is not a severity: write note, warning or critical", name)
}
