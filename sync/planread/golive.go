package planread

import (
	"fmt"
	"strings"

	"steerco/rules/plan"
)

// findGoLive recognises the row that stands for go-live, and takes its date as
// the target where no setting tells one.
func (t *taskReader) findGoLive() {
	best, most := -1, 0
	for i := range t.out.Plan.Tasks {
		if rank := t.goLiveRank(&t.out.Plan.Tasks[i]); rank > most || rank == most && rank > 0 && t.isLater(i, best) {
			best, most = i, rank
		}
	}
	if best < 0 {
		return
	}
	p := t.out.Plan
	p.GoLive = best
	task := &p.Tasks[best]
	_, cell := t.out.Cell(task.Ref(plan.Name))
	because := "its name says so"
	if task.Summary {
		because = "its name says so; it is a section, and no single task is named so"
	}
	t.guess(Guess{What: fmt.Sprintf("%q is go-live", task.Name), Because: because, Sheet: t.sheet.Name, Cell: cell})
	if !p.Settings.Target.IsZero() {
		return
	}
	p.Settings.Target = task.Finish
	from := plan.Finish
	if p.Settings.Target.IsZero() {
		p.Settings.Target, from = task.Start, plan.Start
	}
	if p.Settings.Target.IsZero() {
		return
	}
	p.Settings.TargetGuessed = true
	if p.Settings.At == nil {
		p.Settings.At = map[plan.Field]plan.Ref{}
	}
	p.Settings.At[plan.SettingTarget] = task.Ref(from)
	_, cell = t.out.Cell(task.Ref(from))
	t.guess(Guess{
		What: fmt.Sprintf("the target is %s", p.Settings.Target), Because: fmt.Sprintf("no setting tells it, and %q has this date", task.Name),
		Sheet: t.sheet.Name, Cell: cell,
	})
}

func (t *taskReader) isLater(i, than int) bool {
	tasks := t.out.Plan.Tasks
	return than < 0 || max(tasks[i].Finish, tasks[i].Start) > max(tasks[than].Finish, tasks[than].Start)
}

// goLiveRank tells how surely a row is go-live; 0: it is not.
func (t *taskReader) goLiveRank(task *plan.Task) int {
	if task.State == plan.Cancelled {
		return 0
	}
	words := fold(task.Name)
	if runes(words) > 60 {
		return 0
	}
	rank := 0
	switch {
	case t.v.goLive[words] == "go-live":
		rank = 8
	case t.v.namesGoLive(words):
		rank = 4
	default:
		return 0
	}
	if task.Milestone {
		rank += 3
	}
	if task.Summary {
		rank -= 3
	}
	if task.Finish.IsZero() && task.Start.IsZero() {
		rank -= 2
	}
	return max(rank, 0)
}

const longestGoLive = 6

// namesGoLive reports whether a name has a word for go-live, and none which
// says that it is only about it: "prepare go-live", "after go-live".
func (v *vocabulary) namesGoLive(folded string) bool {
	if len(strings.Fields(folded)) > longestGoLive {
		return false
	}
	rest := v.withoutGoLive(folded)
	if rest == folded {
		return false
	}
	for w, m := range v.goLive {
		if m == "not" && holdsWord(rest, w) {
			return false
		}
	}
	return true
}

const longestGoLiveWord = 4

// withoutGoLive takes the words for go-live out of a name.
func (v *vocabulary) withoutGoLive(folded string) string {
	tokens := strings.Fields(folded)
	for i := range tokens {
		if !v.goLiveStarts[tokens[i]] {
			continue
		}
		for n := min(longestGoLiveWord, len(tokens)-i); n > 0; n-- {
			if v.goLive[strings.Join(tokens[i:i+n], " ")] == "go-live" {
				return strings.Join(tokens[:i], " ") + " . " + strings.Join(tokens[i+n:], " ")
			}
		}
	}
	if !strings.ContainsFunc(folded, isWide) {
		return folded
	}
	best := ""
	for w, m := range v.goLive {
		if m == "go-live" && (len(w) > len(best) || len(w) == len(best) && w < best) && holdsWord(folded, w) {
			best = w
		}
	}
	if best == "" {
		return folded
	}
	return strings.ReplaceAll(folded, best, " . ")
}
