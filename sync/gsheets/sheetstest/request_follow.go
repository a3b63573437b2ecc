package sheetstest

import "steerco/sync/gsheets/sheetstest/formula"

// follow makes the formulas of cells, and the conditions of a sheet's rules,
// refer to what they referred to, when rows or columns of the sheet move. It
// comes before the areas of the rules have moved.
func (b *batch) follow(on span, by shift) {
	move := formula.Move{Sheet: on.on.title, Rows: on.rows, To: by}
	b.doc.rewrite(move.Follow)
	for _, r := range on.on.rules {
		before := r.clone()
		if !before.shift(on, by) {
			continue
		}
		moved := on.of(before.areas[0].bounds()).from - on.of(r.areas[0].bounds()).from
		r.fields = withConditions(r.fields, func(text string) string {
			return move.FollowCondition(text, on.on.title, moved)
		})
	}
}

// withConditions returns the fields of a rule with the formula of its condition
// rewritten.
func withConditions(fields object, rewrite func(string) string) object {
	rule := objectIn(fields, "booleanRule")
	condition := objectIn(rule, "condition")
	if condition["values"] == nil {
		return fields
	}
	var values []object
	for _, v := range objectsIn(condition, "values") {
		if text := textIn(v, "userEnteredValue"); text != "" {
			v = with(v, "userEnteredValue", rewrite(text))
		}
		values = append(values, v)
	}
	return with(fields, "booleanRule", with(rule, "condition", with(condition, "values", anyList(values))))
}

// rewrite changes the formulas of all cells. It is handed each one with the
// title of its sheet.
func (d *document) rewrite(change func(text, home string) string) {
	for _, s := range d.sheets {
		for _, l := range s.rows {
			for i, c := range l.cells {
				l.cells[i] = c.rewritten(s.title, change)
			}
		}
	}
}

// rewritten returns a cell with another formula. What is known of the result
// stays known.
func (c *cell) rewritten(home string, change func(text, home string) string) *cell {
	if c == nil {
		return nil
	}
	text := textIn(objectIn(c.fields, "userEnteredValue"), "formulaValue")
	now := change(text, home)
	if now == text {
		return c
	}
	fields := with(c.fields, "userEnteredValue", object{"formulaValue": now})
	if known := objectIn(fields, "computed"); known["formula"] == text {
		fields["computed"] = with(known, "formula", now)
	}
	return &cell{fields: fields}
}

// copied returns a cell as a copy that many rows below and columns to the
// right: relative references of its formula go with it.
func (c *cell) copied(home string, down, right int) *cell {
	stays := func(from, to int) (int, int, bool) { return from, to, true }
	rows := formula.Move{Sheet: home, Rows: true, To: stays}
	columns := formula.Move{Sheet: home, To: stays}
	return c.rewritten(home, func(text, home string) string {
		return columns.FollowCondition(rows.FollowCondition(text, home, down), home, right)
	})
}
