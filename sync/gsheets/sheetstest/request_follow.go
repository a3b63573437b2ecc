package sheetstest

import "steerco/sync/gsheets/sheetstest/formula"

// rewrite changes the formulas of all cells. It is handed each one with the
// title of its sheet.
func (d *document) rewrite(change func(text, home string) string) {
	for _, s := range d.sheets {
		for row, l := range s.rows {
			for i, c := range l.cells {
				if now := c.rewritten(s.title, change); now != c {
					span{on: s, rows: true}.own(row).cells[i] = now
				}
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
