package rules

import (
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
// muted ones. Names in o that no rule has are without effect: who takes them
// from people checks them, and Nearest helps.
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
