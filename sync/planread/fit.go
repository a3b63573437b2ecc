package planread

import (
	"strings"

	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// strength tells how sure it is that a column is a field, by its label and by
// what its first cells hold: 9 is plain, 0 or less is not at all.
func (v *view) strength(o option, c candidate, p *profile) int {
	if p == nil || p.filled == 0 {
		if o.strength == pinStrength {
			return o.strength * 10
		}
		return o.strength*10 - 10
	}
	s := o.strength * 10
	if o.strength == pinStrength {
		return s
	}
	if test, ok := fieldTests[o.field]; ok {
		s -= test(p, o)
	}
	if o.partial && (o.field == plan.ID || o.field == plan.Section || o.field == plan.WBS || o.field == plan.Milestone) {
		if o.field != plan.ID || p.distinct < p.filled || p.filled < 3 {
			return 0
		}
	}
	return s
}

// never is a deduction after which nothing is left.
const never = 200

// fieldTests tell by which amount the cells of a column speak against a field.
var fieldTests = map[plan.Field]func(*profile, option) int{
	plan.Start: againstDate, plan.Finish: againstDate, plan.ActualStart: againstDate, plan.ActualFinish: againstDate,
	plan.BaselineStart: againstDate, plan.BaselineFinish: againstDate, plan.Deadline: againstDate, plan.ConstraintDate: againstDate,
	plan.DecideBy: againstDate, plan.DecidedOn: againstDate, plan.CalendarDate: againstDate, plan.CalendarUntil: againstDate,
	plan.Name: againstName, plan.Requirement: againstName, plan.ID: againstID, plan.Owner: againstOwner, plan.Status: againstStatus,
	plan.Percent: againstPercent, plan.Milestone: againstFlag, plan.Section: againstSection, plan.DurationField: againstNumber,
	plan.Remaining: againstNumber, taskLevel: againstLevel, plan.Parent: againstDates, plan.WBS: againstLong, plan.Predecessors: againstDates,
	plan.Area: againstSection, taskType: againstDates, plan.Decision: againstDates, plan.DecidedBy: againstDates,
}

func againstDate(p *profile, o option) int {
	switch {
	case p.dates == 0 && p.bools > 0:
		return never
	case p.dates == 0 && p.numbers > 0:
		return 30
	case p.dates == 0 && p.share(p.texts-p.marks) > 0.5 && o.strength < 8:
		return never
	case p.dates == 0 && p.share(p.texts-p.marks) > 0.5:
		return 40
	}
	return 0
}

func againstName(p *profile, _ option) int {
	switch {
	case p.share(p.dates) > 0.5, p.share(p.bools) > 0.5:
		return never
	case p.share(p.numbers) > 0.7:
		return 60
	case p.filled >= 3 && p.distinct*4 <= p.filled:
		return 50
	case p.filled >= 4 && p.share(p.words+p.marks) > 0.7, p.filled >= 4 && p.share(p.flags) > 0.7:
		return 60
	}
	return 0
}

func againstID(p *profile, o option) int {
	switch {
	case p.share(p.dates) > 0.5:
		return never
	case p.namesThings():
		return never
	case p.meanLength() > 25:
		return 60
	case p.filled >= 4 && p.distinct*2 < p.filled:
		return 40
	case p.formulas == p.filled && o.strength < 9:
		return 5
	}
	return 0
}

func againstOwner(p *profile, _ option) int {
	switch {
	case p.share(p.dates) > 0.5, p.share(p.bools) > 0.5:
		return never
	case p.share(p.numbers) > 0.7:
		return 50
	case p.meanLength() > 60:
		return 60
	}
	return 0
}

func againstStatus(p *profile, o option) int {
	switch {
	case p.share(p.dates) > 0.5:
		return never
	case p.share(p.bools) > 0.5 && o.strength < 5, p.share(p.words+p.flags) < 0.3 && o.strength < 4:
		return never
	case p.share(p.numbers) > 0.7:
		return 80
	case p.meanLength() > 60:
		return 60
	}
	return 0
}

func againstPercent(p *profile, o option) int {
	switch {
	case p.share(p.dates) > 0.5, o.strength < 5 && p.share(p.words) > 0.5 && p.bools == 0, o.strength < 3 && p.share(p.numbers) < 0.5,
		o.strength < 5 && p.share(p.flags) > 0.5 && p.numbers == 0 && p.bools == 0:
		return never
	case p.share(p.texts) > 0.8 && p.share(p.words) > 0.5:
		return 70
	}
	return 0
}

func againstFlag(p *profile, _ option) int {
	if p.share(p.flags+p.bools+p.marks) < 0.8 {
		return never
	}
	return 0
}

func againstSection(p *profile, _ option) int {
	switch {
	case p.share(p.dates) > 0.5, p.share(p.bools) > 0.5:
		return never
	case p.filled >= 3 && p.share(p.words) > 0.5:
		return never
	case p.filled >= 3 && p.share(p.flags) > 0.8:
		return never
	case p.share(p.numbers) > 0.8:
		return 20
	}
	return 0
}

func againstNumber(p *profile, _ option) int {
	if p.share(p.dates) > 0.5 || p.share(p.bools) > 0.5 {
		return never
	}
	return 0
}

func againstLevel(p *profile, _ option) int {
	if p.share(p.numbers) < 0.8 {
		return never
	}
	return 0
}

func againstDates(p *profile, _ option) int {
	if p.share(p.dates) > 0.5 {
		return never
	}
	return 0
}

func againstLong(p *profile, _ option) int {
	if p.meanLength() > 25 {
		return never
	}
	return 0
}

// completeTasks finds what one column a field leaves out: a name where no
// header tells it, names that go over several columns, further predecessors
// and section columns.
func (v *view) completeTasks(h *header, all []candidate, choices []choice, profiles map[int]*profile) {
	if !h.has(plan.Name) {
		v.nameFromSection(h, all, choices)
	}
	if !h.has(plan.Name) {
		v.inferName(h, profiles)
	}
	if !h.has(plan.Name) {
		return
	}
	v.shiftName(h, profiles)
	v.spreadName(h, profiles)
	v.inferID(h, profiles)
	v.inferDates(h, all, profiles)
	for _, c := range all {
		switch {
		case h.taken(c.column):
		case v.isGroup(h, c, profiles):
			h.columns = append(h.columns, columnOf(c, choice{field: plan.Section, strength: 30}))
		case v.isAnother(h, c, plan.Predecessors):
			h.columns = append(h.columns, columnOf(c, choice{field: plan.Predecessors, strength: 90}))
		case c.column < h.field(plan.Name)[0].Index && v.isAnother(h, c, plan.Section) && againstSection(profileOf(profiles, c.column), option{}) == 0:
			h.columns = append(h.columns, columnOf(c, choice{field: plan.Section, strength: 50}))
		}
	}
}

// isGroup reports whether a column left of the name holds names of its own in
// fewer rows: tasks over sub-tasks.
func (v *view) isGroup(h *header, c candidate, profiles map[int]*profile) bool {
	name := h.field(plan.Name)[0]
	p, n := profiles[c.column], profiles[name.Index]
	if p == nil || n == nil || c.column > name.Index {
		return false
	}
	if level := withoutDigits(c.typed); level != "" && c.typed != name.Header && level == withoutDigits(name.Header) {
		return againstSection(p, option{}) == 0
	}
	if h.has(plan.Section) || p.filled*10 >= n.filled*6 || p.share(p.texts) < 0.7 {
		return false
	}
	for _, o := range c.options {
		if o.table == plan.Tasks && o.field == plan.Name && !o.partial {
			return true
		}
	}
	return false
}

// shiftName moves the name to the next column where its own holds outline
// numbers and the next one, without a header, the names.
func (v *view) shiftName(h *header, profiles map[int]*profile) {
	for i := range h.columns {
		c := &h.columns[i]
		if c.Field != plan.Name {
			continue
		}
		own, next := profiles[c.Index], profiles[c.Index+1]
		if own == nil || next == nil || h.taken(c.Index+1) || h.texts[c.Index+1] != "" || h.has(plan.WBS) {
			return
		}
		if own.numbersAndCodes()*10 < own.filled*7 || next.share(next.texts) < 0.7 || next.distinct*2 < next.filled {
			return
		}
		c.Field = plan.WBS
		h.columns = append(h.columns, column{Column: Column{Field: plan.Name, Index: c.Index + 1, Header: c.Header}, strength: c.strength})
		return
	}
}

func profileOf(profiles map[int]*profile, c int) *profile {
	if p := profiles[c]; p != nil {
		return p
	}
	return &profile{}
}

func (h *header) taken(col int) bool {
	for _, c := range h.columns {
		if c.Index == col {
			return true
		}
	}
	return false
}

// isAnother reports whether a column is a further one of a field that the
// table has: "Dependency 2", 中項目 beside 大項目.
func (v *view) isAnother(h *header, c candidate, f plan.Field) bool {
	for _, o := range c.options {
		if o.table != plan.Tasks || o.field != f || o.partial || o.strength < 5 {
			continue
		}
		for _, have := range h.field(f) {
			if f == plan.Section || withoutDigits(have.Header) == withoutDigits(c.typed) && have.Header != c.typed {
				return true
			}
		}
	}
	return false
}

func withoutDigits(s string) string { return strings.Map(dropDigits, fold(s)) }

// nameFromSection takes the column that would be the section for the name.
func (v *view) nameFromSection(h *header, all []candidate, choices []choice) {
	for _, ch := range choices {
		if ch.field != plan.Name {
			continue
		}
		for i := range h.columns {
			if h.columns[i].Index == all[ch.at].column {
				h.columns[i] = columnOf(all[ch.at], ch)
				return
			}
		}
	}
}

// leastWithoutName is what the fields of a table must be worth for its name to
// be taken from a column whose header doesn't tell it.
const leastWithoutName = 6

// inferName takes a column of texts without a telling header for the name,
// where the rest of the table is plainly a schedule.
func (v *view) inferName(h *header, profiles map[int]*profile) {
	if v.worth(h) < leastWithoutName {
		return
	}
	best, most := -1, 0
	for c := range h.stop {
		p := profiles[c]
		if p == nil || h.taken(c) || p.share(p.texts) < 0.7 || p.filled < 3 {
			continue
		}
		if rank := p.distinct*4 + min(p.meanLength(), 40)/4; p.distinct*10 >= p.filled*6 && rank > most {
			best, most = c, rank
		}
	}
	if best < 0 {
		return
	}
	typed := h.texts[best]
	h.columns = append(h.columns, column{Column: Column{Field: plan.Name, Index: best, Header: typed}, strength: 40})
	h.inferred = "it is the column of differing texts in a table with dates"
}

// spreadName adds the columns right of the name that have no header of their
// own and hold names in rows where the name column holds none; empty ones too,
// up to the next header.
func (v *view) spreadName(h *header, profiles map[int]*profile) {
	name := h.field(plan.Name)[0]
	var found []column
	used := false
	for c := name.Index + 1; c < h.stop && h.texts[c] == "" && !h.taken(c); c++ {
		p := profiles[c]
		if p != nil && (p.share(p.texts) < 0.7 || !v.isExclusive(h, name.Index, c)) {
			return
		}
		used = used || p != nil
		found = append(found, column{Column: Column{Field: plan.Name, Index: c}, strength: name.strength})
	}
	if last := name.Index + len(found) + 1; used && h.texts[last] != "" {
		h.columns = append(h.columns, found...)
	}
}

// isExclusive reports whether hardly any row has texts in both columns.
func (v *view) isExclusive(h *header, a, b int) bool {
	both, second, looked := 0, 0, 0
	for i := range v.sheet.Rows {
		row := &v.sheet.Rows[i]
		if row.Index <= h.lastRow() {
			continue
		}
		if looked++; looked > profileRows {
			break
		}
		if isText(row.Cell(b)) {
			second++
			if isText(row.Cell(a)) {
				both++
			}
		}
	}
	return second > 0 && both*5 <= second
}

func isText(c workbook.Cell) bool {
	return c.Kind == workbook.Text && strings.TrimSpace(c.Text) != ""
}

// sheetKinds tells what the sheet's name says about it: "plan", "lesser" (a
// copy, an example, a list of choices), or a kind of table.
func (v *view) sheetKinds() []string {
	name := fold(splitHumps(v.sheet.Name))
	var kinds []string
	for w, kind := range v.v.sheets {
		if holdsWord(name, w) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// holdsWord reports whether a folded text holds a folded word as a word; words
// of scripts without blanks may stand anywhere.
func holdsWord(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 || word == "" {
			return false
		}
		i += from
		end := i + len(word)
		if isWide([]rune(word)[0]) || (i == 0 || text[i-1] == ' ') && (end == len(text) || text[end] == ' ') {
			return true
		}
		from = i + len(word)
	}
}
