package sheetstest

import (
	"regexp"
	"slices"
	"strings"
)

func pasteKinds() map[string]kind {
	return map[string]kind{
		"copyPaste": {do: copyPaste},
		"cutPaste":  {do: cutPaste},
		"pasteData": {do: pasteData},
	}
}

// pasted returns the fields of a cell that a kind of paste takes along.
func pasted(kind string) ([]string, error) {
	switch kind {
	case "", "PASTE_NORMAL":
		return []string{
			"userEnteredValue", "computed", "userEnteredFormat", "note", "dataValidation", "textFormatRuns", "chipRuns",
		}, nil
	case "PASTE_VALUES":
		return []string{"userEnteredValue", "computed", "textFormatRuns", "chipRuns"}, nil
	case "PASTE_FORMULA":
		return []string{"userEnteredValue", "computed"}, nil
	case "PASTE_FORMAT":
		return []string{"userEnteredFormat"}, nil
	case "PASTE_DATA_VALIDATION":
		return []string{"dataValidation"}, nil
	}
	return nil, unknown("the paste type %s", kind)
}

// paste puts the fields of one cell into another one. Those that the first one
// hasn't are cleared.
func (s *sheet) paste(row, column int, fields object, taken []string) {
	now := without(s.fieldsAt(row, column), taken...)
	for _, name := range taken {
		if fields[name] != nil {
			now[name] = fields[name]
		}
	}
	s.set(row, column, now)
}

func copyPaste(b *batch, body object) (object, error) {
	from, err := b.place(objectIn(body, "source"))
	if err != nil {
		return nil, err
	}
	to, err := b.destination(from, body)
	if err != nil {
		return nil, err
	}
	taken, err := pasted(textIn(body, "pasteType"))
	if err != nil {
		return nil, err
	}
	if err := from.copyable(to, taken); err != nil {
		return nil, err
	}
	height, width := from.rowEnd-from.row, from.columnEnd-from.column
	copied := from.cells()
	to.each(func(row, column int) {
		i, j := (row-to.row)%height, (column-to.column)%width
		c := (&cell{fields: copied[i][j]}).copied(from.on.title, row-from.row-i, column-from.column-j)
		to.on.paste(row, column, c.fields, taken)
	})
	if slices.Contains(taken, "userEnteredFormat") {
		for row := to.row; row < to.rowEnd; row += height {
			for column := to.column; column < to.columnEnd; column += width {
				from.spread(to.on, row, column)
			}
		}
	}
	return nil, nil
}

// destination returns where a copy goes: all of the range, or as much from its
// first cell on as the source needs.
func (b *batch) destination(from place, body object) (place, error) {
	if textIn(body, "pasteOrientation") == "TRANSPOSE" {
		return place{}, unknown("pasting transposed")
	}
	to, err := b.place(objectIn(body, "destination"))
	if err != nil {
		return to, err
	}
	height, width := from.rowEnd-from.row, from.columnEnd-from.column
	if (to.rowEnd-to.row)%height != 0 {
		to.rowEnd = to.row + height
	}
	if (to.columnEnd-to.column)%width != 0 {
		to.columnEnd = to.column + width
	}
	if to.rowEnd > len(to.on.rows) || to.columnEnd > len(to.on.columns) {
		return to, unknown("pasting beyond the grid")
	}
	return to, b.guard(to.area)
}

// cells returns what is set in the cells of a place, by rows.
func (p place) cells() [][]object {
	rows := make([][]object, p.rowEnd-p.row)
	p.each(func(row, column int) {
		rows[row-p.row] = append(rows[row-p.row], p.on.fieldsAt(row, column))
	})
	return rows
}

// copyable returns an error where it isn't known to what copies of formulas
// refer: those that name a sheet, or go to another one.
func (p place) copyable(to place, taken []string) error {
	var err error
	p.each(func(row, column int) {
		text := textIn(objectIn(p.on.fieldsAt(row, column), "userEnteredValue"), "formulaValue")
		if text != "" && slices.Contains(taken, "userEnteredValue") && (to.on != p.on || strings.Contains(text, "!")) {
			err = unknown("what a copy of the formula %s refers to", text)
		}
	})
	return err
}

// spread gives a copy of a place the merges and conditional formats that it
// has.
func (p place) spread(on *sheet, row, column int) {
	down, right := row-p.row, column-p.column
	for _, m := range slices.Clone(p.on.merges) {
		if a := m.areas[0].by(on, down, right); p.covers(m.areas[0]) && a != m.areas[0] {
			on.merges = append(on.merges, &ranged{areas: []area{a}})
		}
	}
	if on != p.on {
		return
	}
	for _, r := range on.rules {
		for _, a := range r.areas {
			if !a.meets(p.area) {
				continue
			}
			copied := a.common(p.area).by(on, down, right)
			if !slices.ContainsFunc(r.areas, func(has area) bool { return has.covers(copied) }) {
				r.areas = append(slices.Clone(r.areas), copied)
			}
		}
	}
}

// by returns an area moved down and to the right.
func (a area) by(on *sheet, down, right int) area {
	return area{on.id, a.row + down, a.rowEnd + down, a.column + right, a.columnEnd + right}
}

func cutPaste(b *batch, body object) (object, error) {
	from, err := b.editable(objectIn(body, "source"))
	if err != nil {
		return nil, err
	}
	spot, err := b.spot(objectIn(body, "destination"))
	if err != nil {
		return nil, err
	}
	taken, err := pasted(textIn(body, "pasteType"))
	if err != nil {
		return nil, err
	}
	down, right := spot.row-from.row, spot.column-from.column
	to := place{on: spot.on, area: from.by(spot.on, down, right)}
	if to.rowEnd > len(to.on.rows) || to.columnEnd > len(to.on.columns) {
		return nil, unknown("pasting beyond the grid")
	}
	if err := b.guard(to.area); err != nil {
		return nil, err
	}
	cut := from.cells()
	from.each(func(row, column int) { from.on.set(row, column, nil) })
	to.each(func(row, column int) {
		to.on.paste(row, column, cut[row-to.row][column-to.column], taken)
	})
	b.carry(from, to)
	return nil, nil
}

// carry moves what stands wholly on a place that was cut: merges, named and
// protected ranges, and areas of conditional formats of the same sheet.
func (b *batch) carry(from, to place) {
	down, right := to.row-from.row, to.column-from.column
	lists := [][]*ranged{b.doc.named, from.on.merges}
	if from.on == to.on {
		lists = append(lists, from.on.protected, from.on.rules)
	}
	for _, list := range lists {
		for _, r := range list {
			for i, a := range r.areas {
				if from.covers(a) {
					r.areas[i] = a.by(to.on, down, right)
				}
			}
		}
	}
	if from.on == to.on {
		return
	}
	carried := func(m *ranged) bool { return m.areas[0].sheet == to.on.id }
	to.on.merges = append(to.on.merges, slices.DeleteFunc(slices.Clone(from.on.merges), func(m *ranged) bool { return !carried(m) })...)
	from.on.merges = slices.DeleteFunc(from.on.merges, carried)
}

func pasteData(b *batch, body object) (object, error) {
	p, err := b.spot(objectIn(body, "coordinate"))
	if err != nil {
		return nil, err
	}
	if kind := textIn(body, "type"); kind != "" && kind != "PASTE_NORMAL" && kind != "PASTE_VALUES" {
		return nil, unknown("pasting data as %s", kind)
	}
	rows, err := pastedRows(body)
	if err != nil {
		return nil, err
	}
	for i, parts := range rows {
		for j, part := range parts {
			row, column := p.row+i, p.column+j
			if row >= len(p.on.rows) || column >= len(p.on.columns) {
				return nil, unknown("pasting beyond the grid")
			}
			if err := b.retype(p.on, [2]int{row, column}, "stringValue", part); err != nil {
				return nil, err
			}
		}
	}
	return nil, nil
}

// pastedRows returns the rows of data with a delimiter, or of a table in HTML
// that holds nothing but text.
func pastedRows(body object) ([][]string, error) {
	data := textIn(body, "data")
	if !trueIn(body, "html") {
		var rows [][]string
		for line := range strings.SplitSeq(strings.TrimSuffix(data, "\n"), "\n") {
			rows = append(rows, strings.Split(line, textIn(body, "delimiter")))
		}
		return rows, nil
	}
	table := regexp.MustCompile(`^\s*<table>(?s:(.*))</table>\s*$`).FindStringSubmatch(data)
	if table == nil {
		return nil, unknown("HTML that is no plain table")
	}
	var rows [][]string
	for _, tr := range regexp.MustCompile(`(?s)<tr>(.*?)</tr>`).FindAllStringSubmatch(table[1], -1) {
		var row []string
		for _, td := range regexp.MustCompile(`(?s)<td>(.*?)</td>`).FindAllStringSubmatch(tr[1], -1) {
			if strings.ContainsAny(td[1], "<&") {
				return nil, unknown("HTML that is no plain table")
			}
			row = append(row, td[1])
		}
		rows = append(rows, row)
	}
	return rows, nil
}
