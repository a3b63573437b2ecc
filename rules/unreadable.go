package rules

import (
	"steerco/rules/plan"
)

// Unreadable returns the rule which turns the cells that could not be read into
// findings.
func Unreadable() Rule {
	return Rule{
		Name: "unreadable",
		Doc: `Cell that can't be read

A cell holds something that can't be used: a text that is no date, a
predecessor that doesn't exist, an id that stands twice. What depends on it
can't be judged. A cell that was read, but perhaps not as it was meant, is a
note.`,
		Check: func(in Input) []Finding { return unreadable(in.look()) },
	}
}

func unreadable(f *facts) []Finding {
	rows := f.rowsAtFault()
	found := make([]Finding, 0, len(f.plan.Faults))
	for _, fault := range f.plan.Faults {
		one := rows[fault.At.Row]
		one.At, one.Table, one.Key = fault.At, fault.Table, fault.Key
		if one.Key == "" {
			// A fault of a whole table is known by what was typed.
			one.Key = fault.Typed
		}
		if fault.Name != "" {
			one.Subject = fault.Name
		}
		if fault.Owner != "" {
			one.Owner = fault.Owner
		}
		one.Severity = CannotJudge
		if fault.Doubt {
			one.Severity = Note
		}
		one.Text, one.Advice = fault.Text, fault.Fix
		found = append(found, one)
	}
	return found
}

// rowsAtFault returns what findings about the rows of the plan's faults begin with.
func (f *facts) rowsAtFault() map[plan.Row]Finding {
	p := f.plan
	rows := make(map[plan.Row]Finding, len(p.Faults))
	for _, fault := range p.Faults {
		rows[fault.At.Row] = Finding{}
	}
	for i := range p.Tasks {
		if _, ok := rows[p.Tasks[i].Row]; ok {
			rows[p.Tasks[i].Row] = f.aboutTask(&p.Tasks[i], "")
		}
	}
	for i := range p.Gaps {
		if _, ok := rows[p.Gaps[i].Row]; ok {
			rows[p.Gaps[i].Row] = aboutGap(&p.Gaps[i], "")
		}
	}
	return rows
}
