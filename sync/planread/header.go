package planread

import (
	"cmp"
	"slices"
	"strings"

	"steerco/rules/plan"
)

// header is a table's header as found, and the fields of its columns.
type header struct {
	table plan.Table
	headings
	columns []column
	// texts are the header's texts by column, to know it when it comes again.
	texts map[int]string
	score float64
	// inferred says why a column without a telling header was taken as the name.
	inferred string
}

// field returns the columns of a field, in their order.
func (h *header) field(f plan.Field) []column {
	var all []column
	for _, c := range h.columns {
		if c.Field == f {
			all = append(all, c)
		}
	}
	return all
}

func (h *header) has(f plan.Field) bool {
	return slices.ContainsFunc(h.columns, func(c column) bool { return c.Field == f })
}

func (h *header) lastRow() int { return h.rows[len(h.rows)-1] }

// deeperCosts is what each further header row must be worth.
const deeperCosts = 0.5

// headers finds the headers on a sheet: of each place the best, in the order
// of their rows.
func (v *view) headers() []header {
	var found []header
	looked := 0
	for top := range v.sheet.Rows {
		if looked++; looked > headerRows || v.sheet.Rows[top].Index >= 3*headerRows {
			break
		}
		for n := 1; n <= headerDepth && top+n <= len(v.sheet.Rows); n++ {
			if h, ok := v.headings(top, n); ok {
				found = append(found, v.read(h)...)
			}
		}
	}
	return v.withoutData(bestApart(found))
}

// withoutData leaves out what looks like a header among the rows of a better
// table: without a blank row or a title over it it is data.
func (v *view) withoutData(all []header) []header {
	var kept []header
	for i, h := range all {
		data := false
		for j, o := range all[:i] {
			data = data || o.score >= h.score && !all[j].sameAs(&all[i]) && v.isContinued(h.rows[0])
		}
		if !data {
			kept = append(kept, h)
		}
	}
	return kept
}

// isContinued reports whether a row follows on one that holds several cells.
func (v *view) isContinued(row int) bool {
	above := v.sheet.Row(row - 1)
	if above == nil {
		return false
	}
	values, texts := kindsBefore(above, widest)
	return values+texts > 1
}

// bestApart keeps the best of the headers that share a row.
func bestApart(all []header) []header {
	slices.SortStableFunc(all, func(a, b header) int { return cmp.Compare(b.score, a.score) })
	taken := map[int]bool{}
	var kept []header
	for _, h := range all {
		if slices.ContainsFunc(h.rows, func(r int) bool { return taken[r] }) {
			continue
		}
		for _, r := range h.rows {
			taken[r] = true
		}
		kept = append(kept, h)
	}
	slices.SortFunc(kept, func(a, b header) int { return a.rows[0] - b.rows[0] })
	return kept
}

// read returns the tables whose header the headings may be.
func (v *view) read(h headings) []header {
	byColumn, any := v.candidates(h)
	if !v.holdsPins(byColumn) && (!any || !v.mayQualify(byColumn)) {
		return nil
	}
	profiles := v.profiles(h.rows[len(h.rows)-1], h.stop)
	var found []header
	if v.isStranger(byColumn) {
		return nil
	}
	for _, table := range tableKinds {
		if pin := v.o.Tables[table]; pin.Off || pin.Sheet != "" && pin.Sheet != v.sheet.Name {
			continue
		}
		hd := header{table: table, headings: h, texts: map[int]string{}}
		for _, c := range h.cols {
			hd.texts[c.column] = c.typed
		}
		v.assign(&hd, v.pinned(table, byColumn), profiles)
		if v.qualifies(&hd) {
			found = append(found, hd)
		}
	}
	return found
}

// isStranger reports whether a header is of a list that is no part of a plan:
// staff, test cases, budgets. Two columns tell that, or one and the sheet's
// name, where not as many speak for a schedule: dates alone don't, for staff
// and contracts begin and end too. Such lists are in the grammar of headers
// and have no weights.
func (v *view) isStranger(all []candidate) bool {
	told, addresses, schedule := 0, 0, 0
	for _, c := range all {
		switch v.speaksFor(c) {
		case strangeList:
			told++
		case addressList:
			addresses++
		case scheduleTable:
			schedule++
		}
	}
	if schedule == 0 {
		told += addresses
	}
	if told > 0 && slices.Contains(v.kinds, "stranger") {
		told++
	}
	return told >= fewestStrange && told > schedule && !v.holdsPins(all)
}

// spoken is for what a heading speaks.
type spoken uint8

const (
	nothingPlain spoken = iota
	// strangeList is a list that is no part of a plan.
	strangeList
	// addressList is a list of people's addresses; schedules have those too.
	addressList
	scheduleTable
)

// addressTable is the table of the grammar that holds how people are reached.
const addressTable plan.Table = "addresses"

// speaksFor tells for what a heading speaks.
func (v *view) speaksFor(c candidate) spoken {
	found := nothingPlain
	for _, o := range c.options {
		switch {
		case v.v.weights[o.table] == nil && !o.partial:
			if o.table == addressTable {
				return addressList
			}
			return strangeList
		case o.table == plan.Tasks && o.strength >= plainStrength && slices.Contains(scheduleFields, o.field):
			found = scheduleTable
		}
	}
	return found
}

// scheduleFields speak for a schedule where their headers are plain.
var scheduleFields = []plan.Field{plan.Name, plan.Percent, plan.Predecessors, plan.DurationField, plan.WBS, plan.BaselineStart, plan.BaselineFinish}

const plainStrength = 8

// fewestStrange is how many columns tell that a list is no part of a plan.
const fewestStrange = 2

// tableKinds are the kinds that are looked for, in the order in which one of
// equal score is taken.
var tableKinds = [...]plan.Table{
	plan.Tasks, plan.Gaps, plan.Risks, plan.Decisions, plan.Payments, plan.Readiness, plan.Criteria, plan.Volumes,
	plan.Meetings, plan.CalendarTable, plan.SettingsTable,
}

// candidate is a heading with the fields for which it may stand.
type candidate struct {
	heading
	label   label
	options []option
}

func (v *view) candidates(h headings) (all []candidate, any bool) {
	known := 0
	for _, c := range h.cols {
		options, l := v.optionsOf(c)
		all = append(all, candidate{heading: c, label: l, options: options})
		if slices.ContainsFunc(options, func(o option) bool { return !o.partial }) {
			known++
		}
	}
	readRACI(all)
	return all, known >= 2
}

// pinStrength is above all that labels can tell.
const pinStrength = 20

// pinned gives the columns that the configuration names their fields.
func (v *view) pinned(table plan.Table, all []candidate) []candidate {
	pins := v.o.Tables[table].Columns
	if len(pins) == 0 {
		return all
	}
	out := slices.Clone(all)
	for field, name := range pins {
		for i := range out {
			if v.isPin(out[i], name) {
				out[i].options = []option{{table: table, field: field, strength: pinStrength}}
			}
		}
	}
	return out
}

// isPin reports whether a heading is the one that a configuration names, by
// its own text or with the group over it.
func (v *view) isPin(c candidate, name string) bool {
	name = fold(name)
	return name != "" && (fold(c.typed) == name || fold(c.group+" "+c.typed) == name)
}

// holdsPins reports whether a header holds all columns that the configuration
// names for a table.
func (v *view) holdsPins(all []candidate) bool {
	for _, pin := range v.o.Tables {
		missing := len(pin.Columns) == 0
		for _, name := range pin.Columns {
			missing = missing || !slices.ContainsFunc(all, func(c candidate) bool { return v.isPin(c, name) })
		}
		if !missing {
			return true
		}
	}
	return false
}

// mayQualify reports whether the labels alone could make any table: then its
// cells are worth a look.
func (v *view) mayQualify(all []candidate) bool {
	scores := map[plan.Table]float64{}
	for _, c := range all {
		best := map[plan.Table]float64{}
		for _, o := range c.options {
			best[o.table] = max(best[o.table], v.v.weights[o.table][o.field]*float64(o.strength)/9)
		}
		for t, s := range best {
			scores[t] += s
		}
	}
	for t, s := range scores {
		if s+v.nameHint(t)+1 >= leastTaskScore && (t == plan.Tasks || s+v.nameHint(t) >= leastScore) {
			return true
		}
	}
	return false
}

// choice is one way to give a column a field.
type choice struct {
	at       int // index of the candidate
	field    plan.Field
	strength int
	partial  bool
}

// assign gives the columns their fields: the surest first, one column a field.
func (v *view) assign(h *header, all []candidate, profiles map[int]*profile) {
	var choices []choice
	for i, c := range all {
		for _, o := range c.options {
			if o.table != h.table {
				continue
			}
			s := v.strength(o, c, profiles[c.column])
			if o.field == plan.Name && isSparse(c.column, all, profiles) {
				s -= sparseName
			}
			if h.table == plan.Tasks && o.field == plan.Name && isGrouping(i, all, profiles) {
				s -= groupingName
			}
			if s > 0 {
				choices = append(choices, choice{at: i, field: o.field, strength: s, partial: o.partial})
			}
		}
	}
	slices.SortStableFunc(choices, func(a, b choice) int {
		return cmp.Or(b.strength-a.strength, a.at-b.at, strings.Compare(string(a.field), string(b.field)))
	})
	taken := map[int]plan.Field{}
	have := map[plan.Field]bool{}
	for _, ch := range choices {
		if _, used := taken[ch.at]; used || have[ch.field] {
			continue
		}
		taken[ch.at] = ch.field
		if ch.field != ignored {
			have[ch.field] = true
			h.columns = append(h.columns, columnOf(all[ch.at], ch))
		}
	}
	if h.table == plan.Tasks {
		v.completeTasks(h, all, choices, profiles)
	}
	slices.SortStableFunc(h.columns, func(a, b column) int { return a.Index - b.Index })
	v.rate(h)
}

// sparseName is how much speaks against a name column that is blank in many
// rows in which another column of names is filled: it groups them.
const sparseName = 30

func isSparse(col int, all []candidate, profiles map[int]*profile) bool {
	most := 0
	for _, c := range all {
		isName := slices.ContainsFunc(c.options, func(o option) bool { return o.table == plan.Tasks && o.field == plan.Name && !o.partial })
		if p := profiles[c.column]; isName && p != nil && p.share(p.texts) > 0.5 {
			most = max(most, p.filled)
		}
	}
	p := profiles[col]
	return p != nil && p.filled*10 < most*6
}

// groupingName is how much speaks against a name column whose values come
// again while another column tells the rows apart: it groups them.
const groupingName = 60

func isGrouping(at int, all []candidate, profiles map[int]*profile) bool {
	p := profiles[all[at].column]
	if p == nil || p.filled < 4 || p.distinct*10 >= p.filled*7 {
		return false
	}
	for i, c := range all {
		o := profiles[c.column]
		if i == at || o == nil || o.share(o.texts) < 0.7 || o.distinct*10 < o.filled*9 || o.filled < p.filled || o.meanLength() > longName {
			continue
		}
		if mayName(c, o) {
			return true
		}
	}
	return false
}

// longName is the mean length above which texts describe rather than name.
const longName = 60

// mayName reports whether a heading may stand over names: it says so, or
// nothing that is known and that its cells bear out.
func mayName(c candidate, p *profile) bool {
	for _, o := range c.options {
		if o.field == plan.ID && p.namesThings() {
			continue
		}
		if o.table == plan.Tasks && !o.partial && o.field != plan.Name && o.strength >= 5 {
			return false
		}
	}
	return true
}

// Fields that serve to understand a table and aren't a plan's.
const (
	ignored   plan.Field = "ignored"
	notes     plan.Field = "notes"
	taskLevel plan.Field = "level"
	taskType  plan.Field = "type"
)

func columnOf(c candidate, ch choice) column {
	return column{
		Column:   Column{Field: ch.field, Index: c.column, Header: c.typed},
		strength: ch.strength, partial: ch.partial, unit: c.label.unit, hasUnit: c.label.hasUnit,
	}
}

// rate computes the score of a header: what its fields are worth.
func (v *view) rate(h *header) {
	h.score = v.worth(h) - deeperCosts*float64(len(h.rows)-1)
	if h.score > 0 {
		h.score += v.hintFor(h)
	}
	if pins := v.o.Tables[h.table].Columns; len(pins) > 0 {
		h.score += pinBonus * float64(v.countPinned(h))
	}
}

// worth sums up what the fields of a header say for its kind of table.
func (v *view) worth(h *header) float64 {
	sum := 0.0
	seen := map[plan.Field]bool{}
	for _, c := range h.columns {
		if !seen[c.Field] {
			seen[c.Field] = true
			sum += v.v.weights[h.table][c.Field] * float64(min(c.strength, 90)) / 90
		}
	}
	return sum
}

// pinBonus lifts a header that holds a pinned column over all others.
const pinBonus = 100

func (v *view) countPinned(h *header) int {
	n := 0
	for _, c := range h.columns {
		if c.strength > 100 {
			n++
		}
	}
	return n
}

// hintFor is what the sheet's name adds to a header. A register of risks whose
// header names no risk may as well be a tracker's export of tasks.
func (v *view) hintFor(h *header) float64 {
	hint := v.nameHint(h.table)
	if h.table != plan.Risks {
		return hint
	}
	for _, c := range h.columns {
		if (c.Field == "description" || c.Field == "probability") && c.strength >= plainRisk {
			return hint
		}
	}
	return min(hint, 1)
}

const plainRisk = 50

// nameHint is what the sheet's name adds to a kind of table.
func (v *view) nameHint(table plan.Table) float64 {
	for _, kind := range v.kinds {
		switch {
		case kind == string(table):
			return 3
		case kind == "plan" && table == plan.Tasks:
			return 1
		}
	}
	return 0
}

// The least scores of a header: lists of milestones have little more than a
// name and a date.
const (
	leastScore     = 5
	leastTaskScore = 3.8
)

// qualifies reports whether a header has what a table of its kind needs.
func (v *view) qualifies(h *header) bool {
	if n := len(v.o.Tables[h.table].Columns); n > 0 {
		return v.countPinned(h) == n
	}
	need := v.v.required[h.table]
	for _, f := range need.needs {
		if !h.has(f) {
			return false
		}
	}
	any := slices.ContainsFunc(need.any, h.has)
	if len(need.any) > 0 && !any {
		return false
	}
	if h.table == plan.Tasks {
		return h.score >= leastTaskScore
	}
	return h.score >= leastScore
}
