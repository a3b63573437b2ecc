package config

import (
	"maps"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// tuning is what the file says about one rule.
type tuning struct {
	mute     bool
	severity rules.Severity // CannotJudge: as it is
	// apply sets the rule's own options; nil: none set.
	apply []func(*rules.Options)
}

// rules reads the tuning of rules by their names.
func (d *decoder) rules(n ast.Node) map[string]tuning {
	all := map[string]tuning{}
	d.entries(n, "rules", func(key, value ast.Node, name string) {
		if !slices.Contains(ruleNames(), name) {
			d.add(key, choose(name, ruleNames()), "there is no rule %q", name)
			return
		}
		var t tuning
		known := keys{
			"mute":     d.flag("mute", &t.mute),
			"severity": d.severity(&t.severity),
		}
		set := func(apply func(*rules.Options)) { t.apply = append(t.apply, apply) }
		maps.Copy(known, d.ruleOptions(set)[name])
		d.mapping(value, "rule "+name, known)
		all[name] = t
	})
	return all
}

// ruleOptions returns the keys that single rules have of their own.
func (d *decoder) ruleOptions(set func(func(*rules.Options))) map[string]keys {
	days := func(name string, apply func(*rules.Options, calendar.Workdays)) keys {
		return keys{name: d.number(name, func(v int) {
			set(func(o *rules.Options) { apply(o, calendar.Workdays(v)) })
		})}
	}
	return map[string]keys{
		"overdue":    days("grace", func(o *rules.Options, v calendar.Workdays) { o.Overdue.Grace = v }),
		"late-start": days("grace", func(o *rules.Options, v calendar.Workdays) { o.LateStart.Grace = v }),
		"no-owner":   days("ahead", func(o *rules.Options, v calendar.Workdays) { o.NoOwner.Ahead = v }),
		"starts-before-predecessor-ends": days("overlap", func(o *rules.Options, v calendar.Workdays) {
			o.StartsBeforePredecessorEnds.Overlap = v
		}),
		"gap-undecided": days("grace", func(o *rules.Options, v calendar.Workdays) { o.GapUndecided.Grace = v }),
		"modification-incomplete": {"optional": func(n ast.Node) {
			d.list(n, "optional", func(n ast.Node) { d.optionalField(n, set) })
		}},
	}
}

// optionalField reads a field of a modification that may be empty.
func (d *decoder) optionalField(n ast.Node, set func(func(*rules.Options))) {
	may := []string{string(plan.Reason), string(plan.Effort), string(plan.Cost)}
	name := scalar(n)
	if !slices.Contains(may, name) {
		d.add(n, choose(name, may), "%q can't be optional", name)
		return
	}
	set(func(o *rules.Options) {
		o.ModificationIncomplete.Optional = append(slices.Clone(o.ModificationIncomplete.Optional), plan.Field(name))
	})
}

func (d *decoder) severity(to *rules.Severity) func(ast.Node) {
	return func(n ast.Node) {
		s, err := rules.ParseSeverity(scalar(n))
		if err != nil {
			d.add(n, "", "%s", err)
			return
		}
		*to = s
	}
}

func ruleNames() []string {
	var names []string
	for _, r := range rules.All(rules.Options{}) {
		names = append(names, r.Name)
	}
	return names
}

// merged returns the tuning for all plans, replaced rule by rule by a plan's
// own.
func merged(all, own map[string]tuning) map[string]tuning {
	m := maps.Clone(all)
	if m == nil {
		m = map[string]tuning{}
	}
	maps.Copy(m, own)
	return m
}

// tuned returns the options that the tuning makes.
func tuned(all map[string]tuning) rules.Options {
	o := rules.Options{Severity: map[string]rules.Severity{}}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t := all[name]
		if t.mute {
			o.Mute = append(o.Mute, name)
		}
		if t.severity != rules.CannotJudge {
			o.Severity[name] = t.severity
		}
		for _, apply := range t.apply {
			apply(&o)
		}
	}
	return o
}
