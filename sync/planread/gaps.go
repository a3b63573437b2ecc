package planread

import (
	"fmt"
	"slices"
	"strings"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// gapReader types the cells of the gap register.
type gapReader struct {
	*scan
	table   int
	dates   map[plan.Field]*dateColumn
	links   *linkNames
	strange map[string]*strangeWord
}

// readGaps reads the gap register.
func (r *reader) readGaps(f *found) {
	s := f.view.newScan(&f.header, f.others)
	s.run()
	s.titles()
	s.markSummaries()
	g := &gapReader{
		scan: s, dates: map[plan.Field]*dateColumn{}, links: newLinkNames(r.v, r.out.Plan.Tasks), strange: map[string]*strangeWord{},
	}
	g.table = r.newTable(s)
	for _, c := range s.header.columns {
		if c.Field == plan.DecideBy || c.Field == plan.DecidedOn {
			g.dates[c.Field] = s.readDateColumn(c)
		}
	}
	s.settleOrders(s.header.columns, g.dates)
	area := ""
	var rows []keyed
	first := len(r.out.Plan.Faults)
	for i := range s.records {
		rec := &s.records[i]
		if rec.summary {
			area = rec.name
			continue
		}
		gap := g.gap(rec)
		if n := len(rec.section); gap.Area == "" && n > 0 {
			gap.Area = rec.section[n-1]
		}
		if gap.Area == "" {
			gap.Area = area
		}
		rows = append(rows, keyed{id: gap.ID, path: gap.Area, name: gap.Name()})
		r.out.Plan.Gaps = append(r.out.Plan.Gaps, gap)
	}
	g.keys(rows)
	g.tellStrangeGaps()
	g.fill(first)
	g.count()
}

// gap types the cells of one record.
func (g *gapReader) gap(rec *record) plan.Gap {
	text := func(f plan.Field) string { return oneLine(g.text(g.cell(rec.row, f))) }
	gap := plan.Gap{
		Row: g.newRow(g.table, rec), ID: rec.id, Area: text(plan.Area), Process: text(plan.Process), Requirement: rec.name,
		Fit: text(plan.Fit), Priority: text(plan.Priority), Options: g.noted(text(plan.Options)),
		Recommendation: g.noted(text(plan.Recommendation)), DecisionText: text(plan.Decision), Reason: g.noted(text(plan.Reason)),
		Effort: g.noted(text(plan.Effort)), Cost: g.noted(text(plan.Cost)), DecidedBy: g.noted(text(plan.DecidedBy)),
		Owner: g.noted(text(plan.Owner)), StatusText: text(plan.Status),
	}
	if fit, ok := meaning(g.v.fits, gap.Fit); ok {
		gap.Fit = fit
	}
	if flag, ok := meaning(g.v.flags, text(plan.GoLiveBlocker)); ok {
		gap.GoLiveBlocker = plan.Known(flag != "no")
	}
	gap.Decision = g.decision(&gap)
	gap.RecommendedDecision = g.v.decisionIn(gap.Recommendation)
	gap.Status = g.status(&gap)
	g.readDate(&gap, rec, plan.DecideBy, &gap.DecideBy)
	g.readDate(&gap, rec, plan.DecidedOn, &gap.DecidedOn)
	g.readTasks(&gap, text(plan.GapTasks))
	return gap
}

// noted is a text, or nothing where it only says that there is none.
func (g *gapReader) noted(s string) string {
	if m, ok := g.v.noDate[strings.ToLower(s)]; ok && m == "none" || isPlaceholderText(s) {
		return ""
	}
	return s
}

// decision understands what was decided. A word that nothing knows is neither
// decided nor undecided.
func (g *gapReader) decision(gap *plan.Gap) plan.GapDecision {
	if gap.DecisionText == "" {
		return plan.Undecided
	}
	for _, text := range []string{gap.DecisionText, beforeSign(gap.DecisionText)} {
		if m, ok := meaning(g.v.decisions, text); ok {
			return decisionNamed(m)
		}
	}
	gap.Unread = append(gap.Unread, plan.Decision)
	g.fault(plan.Fault{
		At: gap.Ref(plan.Decision), Table: plan.Gaps, Typed: gap.DecisionText,
		Text: fmt.Sprintf("%q is not a known decision", shorten(gap.DecisionText)),
		Fix:  "write modify system, change procedure, configure, workaround, defer, accept or reject, and the rest beside it",
	})
	return plan.UnknownDecision
}

func decisionNamed(meaning string) plan.GapDecision {
	if meaning == "undecided" {
		return plan.Undecided
	}
	return plan.GapDecision(meaning)
}

// beforeSign is the text before the first sign that begins an explanation.
func beforeSign(s string) string {
	if i := strings.IndexAny(s, ":(;,–—/"); i > 0 {
		return s[:i]
	}
	before, _, _ := strings.Cut(s, " - ")
	return before
}

// decisionIn finds the one decision for which the words of a text stand;
// Undecided where they stand for none or for several.
func (v *vocabulary) decisionIn(text string) plan.GapDecision {
	for _, t := range []string{text, beforeSign(text)} {
		if m, ok := meaning(v.decisions, t); ok {
			return decisionNamed(m)
		}
	}
	folded := fold(text)
	said := plan.Undecided
	for w, m := range v.decisions {
		if len(w) < 5 || m == "undecided" || !holdsWord(folded, w) {
			continue
		}
		if said != plan.Undecided && said != plan.GapDecision(m) {
			return plan.Undecided
		}
		said = plan.GapDecision(m)
	}
	return said
}

// status understands how far the gap has come.
func (g *gapReader) status(gap *plan.Gap) plan.GapStatus {
	if gap.StatusText == "" || isDashText(gap.StatusText) {
		return ""
	}
	if m, ok := meaning(g.v.gapStatus, gap.StatusText); ok {
		return plan.GapStatus(m)
	}
	key := fold(gap.StatusText)
	if g.strange[key] == nil {
		g.strange[key] = &strangeWord{at: gap.Ref(plan.Status), name: gap.StatusText}
	}
	g.strange[key].count++
	gap.Unread = append(gap.Unread, plan.Status)
	return plan.GapOther
}

func (g *gapReader) readDate(gap *plan.Gap, rec *record, f plan.Field, to *calendar.Date) {
	col := g.dates[f]
	if col == nil {
		return
	}
	c := rec.row.Cell(col.index)
	got := col.read(g.reader, rec.row.Index, c)
	if missing(c) {
		got = dateReading{text: notComputed, fix: "open and save it once"}
	}
	*to = got.date
	if got.text == "" {
		return
	}
	if !got.doubt {
		gap.Unread = append(gap.Unread, f)
	}
	g.fault(plan.Fault{At: gap.Ref(f), Table: plan.Gaps, Typed: g.text(c), Text: got.text, Fix: got.fix, Doubt: got.doubt})
}

// readTasks reads the tasks that the gap names.
func (g *gapReader) readTasks(gap *plan.Gap, typed string) {
	for _, l := range g.links.parse(typed) {
		gap.TaskRefs = append(gap.TaskRefs, l.relation.Typed)
		for _, i := range l.to {
			if !slices.Contains(gap.TaskIndexes, i) {
				gap.TaskIndexes = append(gap.TaskIndexes, i)
			}
		}
		if l.problem == "" {
			continue
		}
		if !slices.Contains(gap.Unread, plan.GapTasks) {
			gap.Unread = append(gap.Unread, plan.GapTasks)
		}
		g.fault(plan.Fault{
			At: gap.Ref(plan.GapTasks), Table: plan.Gaps, Typed: typed, Text: l.problem, Fix: "write the ids of tasks of the plan",
		})
	}
}

// keys gives the gaps their identities and tells of ids that are not unique.
func (g *gapReader) keys(rows []keyed) {
	gaps := g.out.Plan.Gaps
	first := map[string]int{}
	for i, key := range rowKeys(rows) {
		gaps[i].Key = key
		id := gaps[i].ID
		j, seen := first[id]
		if id == "" || !seen {
			first[id] = i
			continue
		}
		_, a := g.out.Cell(gaps[j].Ref(plan.ID))
		_, b := g.out.Cell(gaps[i].Ref(plan.ID))
		g.fault(plan.Fault{
			At: gaps[i].Ref(plan.ID), Table: plan.Gaps, Typed: id, Doubt: true,
			Text: fmt.Sprintf("%q stands in %s and in %s", id, a, b), Fix: "give each row its own",
		})
	}
}

func (g *gapReader) tellStrangeGaps() {
	for i := range g.out.Plan.Gaps {
		gap := &g.out.Plan.Gaps[i]
		w := g.strange[fold(gap.StatusText)]
		if w == nil || w.at.Row != gap.Row {
			continue
		}
		g.fault(plan.Fault{
			At: w.at, Table: plan.Gaps, Typed: gap.StatusText,
			Text: fmt.Sprintf("%q is not a known status (%s)", shorten(gap.StatusText), rowsOf(w.count)),
			Fix:  "write new, analysed, proposed, decided, building, tested or closed",
		})
	}
}

// fill completes the faults from an index on with what is known of their rows.
func (g *gapReader) fill(first int) {
	faults := g.out.Plan.Faults[first:]
	for i := range faults {
		for j := range g.out.Plan.Gaps {
			gap := &g.out.Plan.Gaps[j]
			if gap.Row == faults[i].At.Row {
				faults[i].Key, faults[i].Name, faults[i].Owner = gap.Key, gap.Name(), gap.Owner
			}
		}
	}
}

func (g *gapReader) count() {
	table := &g.out.Tables[g.table]
	for i := range g.records {
		if g.records[i].summary {
			table.Parents++
		}
	}
	for i := range g.out.Plan.Gaps {
		gap := &g.out.Plan.Gaps[i]
		if table.Rows == 0 {
			table.First = gap.Name()
		}
		table.Rows++
		table.Last = gap.Name()
		if gap.Status == plan.GapClosed {
			table.Done++
		}
	}
}
