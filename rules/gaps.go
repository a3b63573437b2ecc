package rules

import (
	"fmt"
	"slices"
	"strings"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// GapUndecidedOptions tune the rule that GapUndecided returns.
type GapUndecidedOptions struct {
	// Grace is how many working days after the decide-by date pass without a
	// finding. Zero allows none.
	Grace calendar.Workdays
}

// GapUndecided returns the rule which reports gaps that are still without a
// decision on the day after the one by which it was due.
func GapUndecided(o GapUndecidedOptions) Rule {
	return Rule{
		Name: "gap-undecided",
		Doc: `Gap undecided past its date

A gap has no decision from the first working day after its decide-by date.
Requirements that fit or don't apply need none. A warning; critical if the gap
is a go-live blocker, or once the start of cut-over has passed: then it needs
the committee. Undecided gaps without a decide-by date are told together.`,
		Check: func(in Input) []Finding { return undecided(in.look(), o) },
	}
}

func undecided(f *facts, o GapUndecidedOptions) []Finding {
	p := f.plan
	switch {
	case !p.HasTable(plan.Gaps):
		return []Finding{noGapTable()}
	case len(p.Gaps) == 0:
		return nil
	case !p.Has(plan.Gaps, plan.Decision) && !p.Has(plan.Gaps, plan.Status):
		return []Finding{noColumn(plan.Gaps, "decision", "add a decision column, or map yours to it in the configuration")}
	case !p.Has(plan.Gaps, plan.DecideBy):
		return []Finding{noColumn(plan.Gaps, "decide-by", "add a column with the day by which each gap is to be decided")}
	}
	var found []Finding
	var undated []string
	for i := range p.Gaps {
		g := &p.Gaps[i]
		late := f.cal.Late(g.DecideBy, f.date)
		open, unknown := f.standingOf(g)
		switch {
		case unknown == "" && !open:
		case g.DecideBy.IsZero():
			if open && !g.IsUnread(plan.DecideBy) {
				undated = append(undated, nameOf(g))
			}
		case late <= o.Grace:
		case unknown != "":
			found = append(found, f.maybeUndecided(g, unknown))
		default:
			found = append(found, f.undecidedGap(g, late))
		}
	}
	if len(undated) > 0 {
		found = append(found, cannotJudge("gaps without decide-by",
			fmt.Sprintf("%s no decide-by date: %s", has(len(undated), "undecided gap"), listed(undated)),
			"enter the day by which each is to be decided"))
	}
	return found
}

func noGapTable() Finding {
	return cannotJudge("gaps", "the workbook has no gap table", "add a register of gaps, or say in the configuration where it is")
}

// nameOf returns how texts call a gap: its id, else what people call it.
func nameOf(g *plan.Gap) string {
	if g.ID != "" {
		return g.ID
	}
	return fmt.Sprintf("%q", g.Name())
}

// standingOf reports whether a gap waits for its decision; unknown says why
// that can't be told, and is empty where it can.
func (f *facts) standingOf(g *plan.Gap) (open bool, unknown string) {
	settled := slices.Contains([]plan.GapStatus{plan.GapDecided, plan.GapBuilding, plan.GapTested}, g.Status)
	hasDecision := f.plan.Has(plan.Gaps, plan.Decision)
	switch {
	case needsNoDecision(g), g.Status == plan.GapClosed:
		return false, ""
	case g.IsUnread(plan.Decision):
		return false, "the decision can't be read"
	case g.Decision == plan.UnknownDecision:
		return false, fmt.Sprintf("the decision %q is not known", g.DecisionText)
	case g.Decision != plan.Undecided, settled && !hasDecision:
		return false, ""
	case settled:
		return false, fmt.Sprintf("the status is %q and the decision is empty", g.StatusText)
	case !hasDecision && g.Status == plan.GapOther:
		return false, fmt.Sprintf("the status %q is not known", g.StatusText)
	}
	return true, ""
}

// needsNoDecision reports whether the system meets the requirement as it is.
func needsNoDecision(g *plan.Gap) bool {
	return slices.Contains([]string{"fit", "fit with configuration", "not applicable"}, strings.ToLower(strings.TrimSpace(g.Fit)))
}

func (f *facts) undecidedGap(g *plan.Gap, late calendar.Workdays) Finding {
	found := aboutGap(g, f.decisionField())
	found.Severity, found.Due, found.DaysLate = Warning, g.DecideBy, late
	if f.blocks(g) || !f.plan.IsLive() && !f.cutOver.IsZero() && f.today > f.cutOver {
		found.Severity = Critical
	}
	found.Text = fmt.Sprintf("undecided for %s (due %s)", workdays(late), g.DecideBy)
	if f.blocks(g) {
		found.Text += ", go-live blocker"
	}
	if n := f.openTasks(g); n > 0 {
		found.Text += ", holds up " + count(n, "open task")
	}
	found.Advice = "decide, or bring it to " + f.committee()
	if found.Owner != "" {
		found.Advice = found.Owner + ": " + found.Advice
	}
	if isBlank(g.Recommendation) && f.plan.Has(plan.Gaps, plan.Recommendation) {
		found.Advice += " with a recommendation"
	}
	return found
}

// decisionField returns the field that tells whether gaps are decided.
func (f *facts) decisionField() plan.Field {
	if f.plan.Has(plan.Gaps, plan.Decision) {
		return plan.Decision
	}
	return plan.Status
}

func (f *facts) blocks(g *plan.Gap) bool { return g.GoLiveBlocker.Value && !f.plan.IsLive() }

func (f *facts) openTasks(g *plan.Gap) int {
	n := 0
	for _, i := range g.TaskIndexes {
		if f.rolled[i].State.IsOpen() {
			n++
		}
	}
	return n
}

func (f *facts) maybeUndecided(g *plan.Gap, because string) Finding {
	found := aboutGap(g, f.decisionField())
	found.Severity, found.Due = CannotJudge, g.DecideBy
	found.Text = fmt.Sprintf("to be decided by %s, but %s", g.DecideBy, because)
	found.Advice = ask(found.Owner, "what was decided, and enter it")
	return found
}

// ModificationIncompleteOptions tune the rule that ModificationIncomplete returns.
type ModificationIncompleteOptions struct {
	// Optional are the fields of plan.Reason, plan.Effort and plan.Cost that
	// may be empty. None by default.
	Optional []plan.Field
}

// ModificationIncomplete returns the rule which reports decisions to modify the
// system that don't say why, with how much effort or at what cost.
func ModificationIncomplete(o ModificationIncompleteOptions) Rule {
	return Rule{
		Name: "modification-incomplete",
		Doc: `Modification without reason, effort or cost

A gap is to be closed by modifying the system, but its reason, effort or cost is
empty. Changing the procedure is cheaper and safer, so a modification says why
it has to be, and what it takes. One finding per gap names all that is missing;
gaps that are tested or closed aren't told any more.`,
		Check: func(in Input) []Finding { return incomplete(in.look(), o) },
	}
}

func incomplete(f *facts, o ModificationIncompleteOptions) []Finding {
	p := f.plan
	switch {
	case !p.HasTable(plan.Gaps):
		return []Finding{noGapTable()}
	case len(p.Gaps) > 0 && !p.Has(plan.Gaps, plan.Decision):
		return []Finding{noColumn(plan.Gaps, "decision", "add a decision column, or map yours to it in the configuration")}
	}
	present, absent := f.asked(o)
	var found []Finding
	modifications := 0
	for i := range p.Gaps {
		g := &p.Gaps[i]
		if g.Decision != plan.ModifySystem || g.Status == plan.GapTested || g.Status == plan.GapClosed {
			continue
		}
		modifications++
		if missing := missingOf(g, present); len(missing) > 0 {
			found = append(found, incompleteGap(g, missing))
		}
	}
	if modifications > 0 && len(absent) > 0 {
		found = append(found, noColumn(plan.Gaps, strings.Join(absent, " and no "),
			"add the column, or name it as optional in the configuration"))
	}
	return found
}

// asked returns which of reason, effort and cost have a column, and the names
// of those that don't.
func (f *facts) asked(o ModificationIncompleteOptions) (present []plan.Field, absent []string) {
	for _, field := range []plan.Field{plan.Reason, plan.Effort, plan.Cost} {
		switch {
		case slices.Contains(o.Optional, field):
		case f.plan.Has(plan.Gaps, field):
			present = append(present, field)
		default:
			absent = append(absent, string(field))
		}
	}
	return present, absent
}

func missingOf(g *plan.Gap, fields []plan.Field) []string {
	texts := map[plan.Field]string{plan.Reason: g.Reason, plan.Effort: g.Effort, plan.Cost: g.Cost}
	var missing []string
	for _, field := range fields {
		if isBlank(texts[field]) && !g.IsUnread(field) {
			missing = append(missing, string(field))
		}
	}
	return missing
}

func incompleteGap(g *plan.Gap, missing []string) Finding {
	found := aboutGap(g, plan.Decision)
	found.Severity = Warning
	found.Text = "to be built, without " + and(missing)
	if !g.DecidedOn.IsZero() {
		found.Text = fmt.Sprintf("to be built (decided %s), without %s", g.DecidedOn, and(missing))
	}
	found.Advice = ask(found.Owner, "for the "+and(missing)+", or change the procedure instead")
	if found.Owner == "" {
		found.Advice = "enter the " + and(missing) + ", or change the procedure instead"
	}
	return found
}
