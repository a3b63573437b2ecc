package sheetstest

func borderKinds() map[string]kind {
	return map[string]kind{"updateBorders": {do: updateBorders}}
}

// side is one side of a cell, and by which names of a request it is drawn: by
// one at the edge of the range, by the other one within.
type side struct{ name, edge, inner string }

func updateBorders(b *batch, body object) (object, error) {
	p, err := b.editable(objectIn(body, "range"))
	if err != nil {
		return nil, err
	}
	p.each(func(row, column int) {
		format := objectIn(p.on.fieldsAt(row, column), "userEnteredFormat")
		borders := objectIn(format, "borders")
		for _, s := range p.sides(row, column) {
			line, given := body[s.edge]
			if !given {
				continue
			}
			borders = with(borders, s.name, line)
			if style := textIn(objectIn(borders, s.name), "style"); style == "" || style == "NONE" {
				borders = with(borders, s.name, nil)
			}
		}
		now := with(p.on.fieldsAt(row, column), "userEnteredFormat", bordered(format, borders))
		p.on.set(row, column, b.doc.stored(now))
	})
	return nil, nil
}

func bordered(format, borders object) any {
	if len(borders) == 0 {
		format = with(format, "borders", nil)
	} else {
		format = with(format, "borders", borders)
	}
	if len(format) == 0 {
		return nil
	}
	return format
}

// sides returns the sides of a cell with the name by which a request draws
// each.
func (p place) sides(row, column int) []side {
	sides := []side{
		{"top", "top", "innerHorizontal"},
		{"bottom", "bottom", "innerHorizontal"},
		{"left", "left", "innerVertical"},
		{"right", "right", "innerVertical"},
	}
	atEdge := []bool{row == p.row, row == p.rowEnd-1, column == p.column, column == p.columnEnd-1}
	for i := range sides {
		if !atEdge[i] {
			sides[i].edge = sides[i].inner
		}
	}
	return sides
}
