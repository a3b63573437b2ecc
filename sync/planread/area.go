package planread

import (
	"slices"
	"strings"

	"steerco/rules/plan"
)

// findAreas recognises functional areas where the workbook has no column of
// them: in the names of sections, only where they are plain.
func (t *taskReader) findAreas() {
	if t.first(plan.Area) >= 0 {
		return
	}
	var named []string
	for i := range t.out.Plan.Tasks {
		task := &t.out.Plan.Tasks[i]
		parts := strings.Split(task.Section, " / ")
		slices.Reverse(parts)
		for _, p := range parts {
			if area, ok := t.v.area(p); ok {
				task.Area = area
				if !slices.Contains(named, area) {
					named = append(named, area)
				}
				break
			}
		}
	}
	if len(named) > 0 {
		t.guess(Guess{What: "areas: " + strings.Join(named, "; "), Because: "sections have these names", Sheet: t.sheet.Name})
	}
}

// areaNoise are words that a section's name has beside its area.
var areaNoise = []string{"phase", "workstream", "work stream", "stream", "module", "track", "bereich", "teilprojekt", "lot", "fase", "etapa", "フェーズ"}

// area finds the functional area for which a section's name plainly stands.
func (v *vocabulary) area(section string) (string, bool) {
	folded := strings.TrimLeft(fold(section), "0123456789 ")
	if a, ok := v.areas[folded]; ok {
		return a, true
	}
	for _, n := range areaNoise {
		folded = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(folded, n+" "), " "+n))
	}
	folded = strings.TrimLeft(folded, "0123456789 ")
	a, ok := v.areas[folded]
	return a, ok
}
