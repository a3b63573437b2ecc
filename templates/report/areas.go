package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"steerco/rules"
	"steerco/rules/plan"
)

// Area is a functional area and where it stands.
type Area struct {
	Level Level  `col:"level"`
	Name  string `col:"name"`
	// Tasks that count, by state; Late ones are open too. NotJudged is how
	// many tell too little.
	Tasks     int `col:"tasks"`
	Late      int `col:"late"`
	Open      int `col:"open"`
	Done      int `col:"done"`
	NotJudged int `col:"not_judged"`
	// Gaps waiting for a decision, and those decided.
	Undecided int `col:"undecided"`
	Decided   int `col:"decided"`
	// Because says what the level rests on; for a red one what is asked for.
	Because string `col:"because"`

	worst    rules.Finding
	hasWorst bool
	critical int
}

// noArea is what tasks without an area are put under, where others have one.
const noArea = "(no area)"

// areas returns the functional areas of the plan, the worst first.
func (b *builder) areas() []Area {
	a := areaList{index: map[string]int{}}
	name := b.areaName()
	for i := range b.Plan.Tasks {
		if t := &b.Plan.Tasks[i]; counts(t) {
			b.countTask(a.at(name(t)), i)
		}
	}
	for i := range b.Plan.Gaps {
		if g := &b.Plan.Gaps[i]; g.Area != "" || len(a.all) > 0 {
			b.countGap(a.at(g.Area), g)
		}
	}
	if len(a.all) == 1 && a.all[0].Name == noArea {
		return nil
	}
	for i := range a.all {
		b.judgeArea(&a.all[i])
	}
	slices.SortStableFunc(a.all, func(x, y Area) int {
		return cmp.Or(
			cmp.Compare(y.Level.Urgency(), x.Level.Urgency()),
			cmp.Compare(y.Late, x.Late),
			cmp.Compare(y.Undecided, x.Undecided),
			cmp.Compare(y.Open, x.Open),
		)
	})
	return a.all
}

// areaName returns how to tell the area of a task: by its column, or where no
// task has one, by the outermost section.
func (b *builder) areaName() func(*plan.Task) string {
	for i := range b.Plan.Tasks {
		if b.Plan.Tasks[i].Area != "" {
			return func(t *plan.Task) string { return t.Area }
		}
	}
	return func(t *plan.Task) string {
		outer, _, _ := strings.Cut(t.Section, " / ")
		return outer
	}
}

// areaList collects areas by their names, whatever the case.
type areaList struct {
	all   []Area
	index map[string]int
}

func (a *areaList) at(name string) *Area {
	name = cmp.Or(oneLine(name), noArea)
	key := strings.ToLower(name)
	i, known := a.index[key]
	if !known {
		i = len(a.all)
		a.index[key] = i
		a.all = append(a.all, Area{Name: name})
	}
	return &a.all[i]
}

func (b *builder) countTask(a *Area, i int) {
	t := &b.Plan.Tasks[i]
	a.Tasks++
	if t.State == plan.Done {
		a.Done++
	}
	if t.State.IsOpen() {
		a.Open++
	}
	if b.daysLate(i) > 0 {
		a.Late++
	}
	if !b.canJudge(i) {
		a.NotJudged++
	}
	a.take(b.worst(t.Row))
}

func (b *builder) countGap(a *Area, g *plan.Gap) {
	a.take(b.worst(g.Row))
	if needsDecision(g) {
		a.Undecided++
		return
	}
	a.Decided++
}

// take remembers the most urgent finding of the area.
func (a *Area) take(f rules.Finding, found bool) {
	if found && f.Severity == rules.Critical {
		a.critical++
	}
	if !found || a.hasWorst && f.Severity <= a.worst.Severity {
		return
	}
	a.worst, a.hasWorst = f, true
}

// judgeArea sets level and reason. Nothing is green of which too little is known.
func (b *builder) judgeArea(a *Area) {
	switch {
	case a.hasWorst && a.worst.Severity == rules.Critical:
		a.Level, a.Because = Red, b.areaAsks(a)
	case a.Late > 0:
		a.Level, a.Because = Amber, plural(a.Late, "task late", "tasks late")
	case a.hasWorst && a.worst.Severity == rules.Warning:
		a.Level, a.Because = Amber, short(a.worst)+": "+b.title(a.worst.Rule)
	case a.Tasks == 0:
		a.Level, a.Because = Unknown, "No task has this area"
	case a.NotJudged > 0:
		a.Level, a.Because = Unknown, fmt.Sprintf("%d of %s without status or date", a.NotJudged, plural(a.Tasks, "task", "tasks"))
	case a.Done == a.Tasks && a.Undecided == 0:
		a.Level, a.Because = Done, "All tasks done"
	default:
		a.Level, a.Because = Green, "Nothing late"
	}
}

// areaAsks says what a red area asks for.
func (b *builder) areaAsks(a *Area) string {
	text := short(a.worst) + ": " + b.title(a.worst.Rule)
	if b.asked[a.worst.At.Row] {
		text = decide(a.worst)
	}
	if a.critical > 1 {
		text = fmt.Sprintf("%s; %d more critical", text, a.critical-1)
	}
	return text
}
