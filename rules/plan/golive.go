package plan

import (
	"slices"
	"strings"
)

// NeededForGoLive tells of each task whether go-live needs it. Tasks that are
// done or ongoing and summary tasks never count. Needed is all that leads to
// the row of go-live by links; besides, every task, unless its state or its
// section says that it comes after go-live, or it starts after the target and
// no baseline had it finish by then. A finish without a start says nothing, so
// that no task gets out by a later date. Nothing is needed any more once the
// row of go-live is done.
func (p *Plan) NeededForGoLive() []bool {
	needed, ongoing := make([]bool, len(p.Tasks)), p.Ongoing()
	linked := p.leadingToGoLive()
	if p.IsLive() {
		return needed
	}
	for i := range p.Tasks {
		t := &p.Tasks[i]
		switch {
		case t.Summary, ongoing[i], t.State == Done, t.State == Cancelled:
		case linked != nil && linked[i]:
			needed[i] = true
		default:
			needed[i] = t.State != AfterGoLive && !p.inSectionAfterGoLive(i) && !p.startsAfterTarget(t)
		}
	}
	return needed
}

// IsLive reports whether the row of go-live is done.
func (p *Plan) IsLive() bool { return p.GoLive >= 0 && p.Tasks[p.GoLive].State == Done }

// leadingToGoLive tells which tasks have a path to the row of go-live, itself
// included; nil if there is no such row.
func (p *Plan) leadingToGoLive() []bool {
	if p.GoLive < 0 {
		return nil
	}
	reached := p.network().reach(p.endNode(p.GoLive))
	linked := reached[:len(p.Tasks)]
	for i := range linked {
		linked[i] = linked[i] || reached[len(p.Tasks)+i]
	}
	return linked
}

func (p *Plan) startsAfterTarget(t *Task) bool {
	target := p.Settings.Target
	if target.IsZero() || t.Start <= target {
		return false
	}
	return t.BaselineFinish.IsZero() || t.BaselineFinish > target
}

// afterGoLiveSections are words in the titles of sections that come after
// go-live. They count only below the row of go-live: "Phase 2" may also be the
// second of five that lead there.
func afterGoLiveSections() []string {
	return []string{
		"hypercare", "post go-live", "post-go-live", "post go live", "after go-live", "after go live",
		"stabilisation", "stabilization", "warranty", "phase 2", "phase ii",
		"nach go-live", "nach produktivstart", "nachbetreuung", "stabilisierung", "gewährleistung",
		"après mise en production", "después de la puesta en marcha", "nazorg",
	}
}

func (p *Plan) inSectionAfterGoLive(i int) bool {
	if p.GoLive < 0 || i <= p.GoLive || p.Tasks[i].Section == "" {
		return false
	}
	section := strings.ToLower(p.Tasks[i].Section)
	return slices.ContainsFunc(afterGoLiveSections(), func(word string) bool { return strings.Contains(section, word) })
}
