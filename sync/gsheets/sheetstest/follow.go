package sheetstest

import "steerco/sync/gsheets/sheetstest/formula"

// followed returns what makes the formulas of a document follow lines that are
// inserted, deleted or moved. It is called before the areas of rules are moved,
// and the function that it returns afterwards.
func (b *batch) followed(on span, by shift) func() {
	move := formula.Move{Sheet: on.on.title, Rows: on.rows, To: by}
	before := make([][2]int, len(on.on.rules))
	place := map[*ranged]int{}
	for i, r := range on.on.rules {
		before[i], place[r] = firstCell(r), i
	}
	return func() {
		b.doc.rewrite(move.Follow)
		for _, r := range on.on.rules {
			first := firstCell(r)
			moved := first[0] - before[place[r]][0]
			if !on.rows {
				moved = first[1] - before[place[r]][1]
			}
			r.followCondition(move, moved)
		}
	}
}

// firstCell returns the first cell of a rule.
func firstCell(r *ranged) [2]int {
	if len(r.areas) == 0 {
		return [2]int{}
	}
	a := r.areas[0].bounds()
	return [2]int{a.row, a.column}
}

// followCondition makes the formula of a rule follow a move by which its first
// cell was moved so far.
func (r *ranged) followCondition(move formula.Move, by int) {
	boolean := objectIn(r.fields, "booleanRule")
	condition := objectIn(boolean, "condition")
	values := objectsIn(condition, "values")
	changed := false
	for i, value := range values {
		text := textIn(value, "userEnteredValue")
		if now := move.FollowCondition(text, move.Sheet, by); now != text {
			values[i], changed = with(value, "userEnteredValue", now), true
		}
	}
	if changed {
		condition = with(condition, "values", anyList(values))
		r.fields = with(r.fields, "booleanRule", with(boolean, "condition", condition))
	}
}
