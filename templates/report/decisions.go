package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// Decision is a gap that waits for a decision.
type Decision struct {
	Level          Level         `col:"level"`
	ID             string        `col:"id"`
	Ref            plan.Ref      `col:"ref"`
	Area           string        `col:"area"`
	Question       string        `col:"question"`
	Options        string        `col:"options"`
	Recommendation string        `col:"recommendation"`
	DecideBy       calendar.Date `col:"decide_by"`
	// Late is by how many working days it is overdue.
	Late  int    `col:"days_late"`
	Owner string `col:"owner"`
	// Effect says what happens without the decision, as far as it is known.
	Effect string `col:"effect"`
	// GoLive is what its finding does to go-live, in few characters.
	GoLive string `col:"go_live"`
	// Blocks counts the open tasks that the gap names.
	Blocks int `col:"blocks"`
	// blocker means that go-live needs it.
	blocker bool
	row     plan.Row
}

// needsDecision reports whether somebody still has to decide about a gap.
func needsDecision(g *plan.Gap) bool {
	if g.Decision != plan.Undecided || g.IsUnread(plan.Decision) {
		return false
	}
	switch g.Status {
	case plan.GapDecided, plan.GapBuilding, plan.GapTested, plan.GapClosed:
		return false
	}
	switch strings.ToLower(oneLine(g.Fit)) {
	case "fit", "fit with configuration", "not applicable", "n/a":
		return false
	}
	return true
}

// decisions returns the gaps that wait for a decision, the most urgent first:
// those with a critical finding, those most overdue, those that go-live needs, the earliest, those that block
// most.
func (b *builder) decisions() []Decision {
	var all []Decision
	for i := range b.Plan.Gaps {
		if g := &b.Plan.Gaps[i]; needsDecision(g) {
			all = append(all, b.decision(g))
		}
	}
	slices.SortStableFunc(all, func(x, y Decision) int {
		return cmp.Or(
			cmp.Compare(y.Level.Urgency(), x.Level.Urgency()),
			cmp.Compare(y.Late, x.Late),
			compareTrue(x.blocker, y.blocker),
			compareDue(x.DecideBy, y.DecideBy),
			cmp.Compare(y.Blocks, x.Blocks),
		)
	})
	return all
}

// compareTrue puts true first.
func compareTrue(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func (b *builder) decision(g *plan.Gap) Decision {
	d := Decision{
		Level: Plain, ID: g.ID, Ref: g.Ref(plan.Decision), Area: g.Area, Question: oneLine(g.Name()),
		Options: oneLine(g.Options), Recommendation: b.recommendation(g), DecideBy: g.DecideBy, Owner: g.Owner,
		blocker: g.GoLiveBlocker.Known && g.GoLiveBlocker.Value, row: g.Row,
	}
	d.Late = int(b.Calendar.Late(g.DecideBy, b.Input.Today))
	if d.Late > 0 {
		d.Level = Amber
	}
	d.GoLive = effectText(rules.Effect{})
	if f, found := b.worst(g.Row); found {
		d.Level, d.GoLive = worse(d.Level, statusOf(f.Severity)), effectText(f.Effect)
	}
	d.Effect, d.Blocks = b.effect(g)
	return d
}

func (b *builder) recommendation(g *plan.Gap) string {
	switch {
	case g.Recommendation != "":
		return oneLine(g.Recommendation)
	case g.RecommendedDecision != plan.Undecided:
		return capital(string(g.RecommendedDecision))
	}
	return ""
}

// effect says what happens when nobody decides, and how many open tasks wait.
func (b *builder) effect(g *plan.Gap) (text string, blocks int) {
	var names []string
	for _, i := range g.TaskIndexes {
		if t := &b.Plan.Tasks[i]; t.State.IsOpen() || t.State == plan.Unknown {
			names = append(names, joined(" ", cmp.Or(t.ID, t.WBS), oneLine(t.Name)))
		}
	}
	var parts []string
	if f, found := b.worst(g.Row); found && f.Effect.Known {
		parts = append(parts, "go-live "+effectText(f.Effect))
	}
	if g.GoLiveBlocker.Known && g.GoLiveBlocker.Value {
		parts = append(parts, "go-live needs it")
	}
	switch {
	case len(names) > 0:
		parts = append(parts, fmt.Sprintf("blocks %s: %s", plural(len(names), "task", "tasks"), andMore(names, 2)))
	case len(parts) == 0:
		parts = append(parts, "not known: no open task names it")
	}
	return capital(strings.Join(parts, "; ")), len(names)
}

// askedRows returns the rows of the gaps that wait for a decision.
func (b *builder) askedRows() map[plan.Row]bool {
	rows := map[plan.Row]bool{}
	for i := range b.Plan.Gaps {
		if g := &b.Plan.Gaps[i]; needsDecision(g) {
			rows[g.Row] = true
		}
	}
	return rows
}
