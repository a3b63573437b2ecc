package planread

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// linkNames find tasks by what people write for them.
type linkNames struct {
	v          *vocabulary
	ids, names map[string]int
	wbs        map[string]int
	// ordinals has the tasks by their position from 1; empty unless the
	// column proves that positions are meant.
	ordinals []int
}

func newLinkNames(v *vocabulary, tasks []plan.Task) *linkNames {
	n := &linkNames{v: v, ids: map[string]int{}, names: map[string]int{}, wbs: map[string]int{}}
	put := func(m map[string]int, key string, i int) {
		if _, known := m[key]; !known && key != "" {
			m[key] = i
		}
	}
	for i := range tasks {
		put(n.ids, strings.ToLower(tasks[i].ID), i)
		put(n.wbs, strings.ToLower(tasks[i].WBS), i)
	}
	doubled := map[string]bool{}
	for i := range tasks {
		key := fold(tasks[i].Name)
		if _, known := n.names[key]; known {
			doubled[key] = true
		}
		put(n.names, key, i)
	}
	for key := range doubled {
		delete(n.names, key)
	}
	return n
}

// find returns the task that a text stands for by id, by outline number or by
// position.
func (n *linkNames) find(text string) (int, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return 0, false
	}
	if i, ok := n.ids[text]; ok && len(n.ordinals) == 0 {
		return i, true
	}
	if i, ok := n.wbs[text]; ok && len(n.ordinals) == 0 {
		return i, true
	}
	if at, err := strconv.Atoi(text); err == nil && at >= 1 && at <= len(n.ordinals) {
		return n.ordinals[at-1], true
	}
	return 0, false
}

// link is one predecessor as understood.
type link struct {
	relation plan.Relation
	// to are the tasks meant, several for a range.
	to []int
	// problem says why there is none.
	problem string
}

// parse understands the text of a predecessor cell.
func (n *linkNames) parse(text string) []link {
	text = oneLine(strings.ReplaceAll(text, "\n", ";"))
	if text == "" {
		return nil
	}
	if _, none := n.v.noDate[strings.ToLower(text)]; none || isDashText(text) {
		if _, isID := n.find(text); !isID {
			return nil
		}
	}
	if i, ok := n.find(text); ok {
		return []link{{relation: plan.Relation{Typed: text}, to: []int{i}}}
	}
	if i, ok := n.names[fold(text)]; ok {
		return []link{{relation: plan.Relation{Typed: text}, to: []int{i}}}
	}
	var all []link
	for _, part := range splitLinks(text) {
		all = append(all, n.one(part)...)
	}
	return all
}

// splitLinks parts a list at its separators.
func splitLinks(text string) []string {
	var parts []string
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;&、，；/\t", r) }) {
		if p = strings.TrimSpace(p); p != "" {
			parts = append(parts, p)
		}
	}
	return parts
}

// one understands one part of a list.
func (n *linkNames) one(part string) []link {
	if _, whole := n.find(part); !whole {
		if l, ok := n.span(part); ok {
			return []link{l}
		}
	}
	if l, ok := n.single(part); ok {
		return []link{l}
	}
	var all []link
	if words := strings.Fields(part); len(words) > 1 {
		for _, w := range words {
			l, ok := n.single(w)
			if !ok && fold(w) != "and" && fold(w) != "und" && fold(w) != "y" && fold(w) != "et" && fold(w) != "e" {
				return []link{{relation: plan.Relation{Typed: part}, problem: n.problem(part)}}
			}
			if ok {
				all = append(all, l)
			}
		}
		return all
	}
	return []link{{relation: plan.Relation{Typed: part}, problem: n.problem(part)}}
}

// problem says what is wrong with a text that no task is found for.
func (n *linkNames) problem(part string) string {
	id, _, _ := n.split(part)
	if id == "" || strings.ContainsAny(id, " ") || !strings.ContainsFunc(id, unicode.IsDigit) {
		return fmt.Sprintf("%q is not a task of the plan", shorten(part))
	}
	return fmt.Sprintf("%q is not in the plan", id)
}

// single understands one predecessor with its type and lag.
func (n *linkNames) single(part string) (link, bool) {
	if i, ok := n.find(part); ok {
		return link{relation: plan.Relation{Typed: part}, to: []int{i}}, true
	}
	if other, id, ok := strings.Cut(part, "!"); ok {
		return otherPlan(part, other, id)
	}
	if i, ok := n.names[fold(part)]; ok {
		return link{relation: plan.Relation{Typed: part}, to: []int{i}}, true
	}
	id, relation, ok := n.split(part)
	if !ok {
		return link{}, false
	}
	i, found := n.find(id)
	if !found {
		i, found = n.names[fold(id)]
	}
	relation.Typed = strings.TrimSpace(id)
	return link{relation: relation, to: []int{i}}, found
}

// otherPlan is a predecessor of another plan; a path or an address is none.
func otherPlan(part, name, id string) (link, bool) {
	name, id = strings.TrimSpace(name), strings.TrimSpace(id)
	if name == "" || id == "" || strings.ContainsAny(name, `/\[]:`) {
		return link{relation: plan.Relation{Typed: part}, problem: fmt.Sprintf("%q names no plan", part)}, true
	}
	return link{relation: plan.Relation{Typed: id, Plan: name, Task: -1}}, true
}

// split parts "9SS+5d" into the task, the type and the lag. It takes the
// longest text before type and lag.
func (n *linkNames) split(part string) (id string, relation plan.Relation, ok bool) {
	rest := strings.TrimSpace(part)
	rest, lag, hasLag := n.cutLag(rest)
	lower := strings.ToLower(rest)
	for name, kind := range n.v.links {
		if !strings.HasSuffix(lower, name) {
			continue
		}
		before := strings.TrimSpace(rest[:len(rest)-len(name)])
		if before == "" || !endsNumber(before) && len(before)+len(name) == len(rest) {
			continue
		}
		relation.Type, relation.Lag = linkTypes[kind], lag
		return before, relation, true
	}
	relation.Lag = lag
	return rest, relation, hasLag
}

var linkTypes = map[string]plan.RelationType{
	"FS": plan.FinishStart, "SS": plan.StartStart, "FF": plan.FinishFinish, "SF": plan.StartFinish,
}

func endsNumber(s string) bool {
	c := s[len(s)-1]
	return c >= '0' && c <= '9' || c == ')'
}

// cutLag takes a lag or lead off the end: "+5d", "- 1 week", "+50%".
func (n *linkNames) cutLag(text string) (rest string, lag plan.Duration, ok bool) {
	i := strings.LastIndexAny(text, "+-−")
	if i <= 0 {
		return text, plan.Duration{}, false
	}
	sign, amount := 1.0, strings.TrimLeft(text[i:], "+-− ")
	if text[i] != '+' {
		sign = -1
	}
	rest = strings.TrimSpace(text[:i])
	if bare := strings.TrimSuffix(amount, "%"); bare != amount {
		share, err := strconv.ParseFloat(strings.TrimSpace(bare), 64)
		if err != nil {
			return text, plan.Duration{}, false
		}
		return rest, plan.Duration{Amount: sign * share, Unit: plan.PercentOf}, true
	}
	d, _, parsed := n.v.duration(amount, plan.Days)
	if !parsed {
		return text, plan.Duration{}, false
	}
	d.Amount *= sign
	return rest, d, true
}

// span understands a range: "5.1 - 5.4".
func (n *linkNames) span(part string) (link, bool) {
	for _, sep := range []string{" - ", "-", "–", "~", "..", " to ", " bis "} {
		a, b, ok := strings.Cut(part, sep)
		if !ok {
			continue
		}
		from, first := n.find(a)
		to, last := n.find(b)
		if !first || !last || from > to || to-from > longestSpan {
			continue
		}
		l := link{relation: plan.Relation{Typed: part}}
		for i := from; i <= to; i++ {
			l.to = append(l.to, i)
		}
		return l, true
	}
	return link{}, false
}

// longestSpan bounds the tasks of one range, so that a slip of the keys
// doesn't link half a plan.
const longestSpan = 100

// relations reads the predecessors of all tasks.
func (t *taskReader) relations() {
	cols := t.fields[plan.Predecessors]
	if len(cols) == 0 {
		return
	}
	n := newLinkNames(t.v, t.out.Plan.Tasks)
	t.proveOrdinals(n)
	for i := range t.records {
		for _, c := range cols {
			t.readLinks(n, i, t.records[i].row.Cell(c))
		}
	}
}

// readLinks reads one cell of predecessors.
func (t *taskReader) readLinks(n *linkNames, i int, c workbook.Cell) {
	task := &t.out.Plan.Tasks[i]
	if missing(c) {
		t.linkFault(task, "", notComputed, "open and save it once")
		return
	}
	typed := oneLine(t.text(c))
	if c.Formula && typed == "0" {
		return
	}
	links := n.parse(typed)
	if c.Kind == workbook.Number {
		if at, ok := n.find(strconv.FormatFloat(c.Number, 'f', -1, 64)); ok {
			links = []link{{relation: plan.Relation{Typed: typed}, to: []int{at}}}
		}
	}
	for _, l := range links {
		t.addLink(task, i, l, typed)
	}
}

func (t *taskReader) linkFault(task *plan.Task, typed, text, fix string) {
	if !slices.Contains(task.Unread, plan.Predecessors) {
		task.Unread = append(task.Unread, plan.Predecessors)
	}
	t.fault(plan.Fault{
		At: task.Ref(plan.Predecessors), Table: plan.Tasks, Key: task.Key, Name: task.Name, Owner: task.Owner,
		Typed: typed, Text: text, Fix: fix,
	})
}

const linkFix = "write the ids of tasks, as 12, 14SS+2d or other-plan!T12"

func (t *taskReader) addLink(task *plan.Task, i int, l link, typed string) {
	if l.problem != "" {
		fix := linkFix
		if a, b, ok := strings.Cut(typed, "."); ok && len(l.to) == 0 && !strings.ContainsAny(typed, ",; ") {
			fix = fmt.Sprintf("%s; if %s and %s are meant, write %s;%s as text", linkFix, a, b, a, b)
		}
		t.linkFault(task, typed, l.problem, fix)
		return
	}
	if l.relation.Plan != "" {
		task.Relations = append(task.Relations, l.relation)
		return
	}
	for _, to := range l.to {
		if to == i {
			t.linkFault(task, typed, fmt.Sprintf("%q is the task itself", l.relation.Typed), "write the task for which it waits")
			continue
		}
		l.relation.Task = to
		if !slices.Contains(task.Relations, l.relation) {
			task.Relations = append(task.Relations, l.relation)
		}
	}
}

// proveOrdinals finds out whether the column means positions, as Microsoft
// Project's own ids are: all its numbers are positions of other rows, most of
// them above, and some are no id and no outline number.
func (t *taskReader) proveOrdinals(n *linkNames) {
	unknown, above, all := 0, 0, 0
	for i := range t.records {
		for _, c := range t.fields[plan.Predecessors] {
			for _, id := range n.idsIn(oneLine(t.text(t.records[i].row.Cell(c)))) {
				at, err := strconv.Atoi(id)
				if err != nil || at < 1 || at > len(t.records) || at-1 == i {
					return
				}
				all++
				if at-1 < i {
					above++
				}
				if _, known := n.find(id); !known {
					unknown++
				}
			}
		}
	}
	if unknown == 0 || unknown*3 < all || above*10 < all*9 || all < 2 {
		return
	}
	for i := range t.records {
		n.ordinals = append(n.ordinals, i)
	}
	t.guess(Guess{
		What:    "predecessors are the positions of rows, counted from 1",
		Because: fmt.Sprintf("%d of %d numbers are no id of the table, and all are positions of other rows", unknown, all),
		Sheet:   t.sheet.Name, Cell: workbook.CellName(t.header.lastRow(), t.first(plan.Predecessors)),
	})
}

// idsIn returns the ids in a cell without types and lags.
func (n *linkNames) idsIn(text string) []string {
	if text == "" || isDashText(text) {
		return nil
	}
	if _, none := n.v.noDate[strings.ToLower(text)]; none {
		return nil
	}
	var ids []string
	for _, part := range splitLinks(text) {
		id, _, _ := n.split(part)
		ids = append(ids, strings.TrimSpace(id))
	}
	return ids
}
