package sheetstest

import "slices"

func dimensionKinds() map[string]kind {
	return map[string]kind{
		"insertDimension": {do: insertDimension},
		"deleteDimension": {do: deleteDimension},
		"moveDimension":   {do: moveDimension},
		"appendDimension": {do: appendDimension},
		"updateDimensionProperties": {
			do: updateDimensionProperties, masked: true,
			fixed: []string{"hiddenByFilter", "developerMetadata", "dataSourceColumnReference"},
		},
		"autoResizeDimensions": {do: autoResizeDimensions},
	}
}

func insertDimension(b *batch, body object) (object, error) {
	p, err := b.span(objectIn(body, "range"))
	if err != nil {
		return nil, err
	}
	if objectIn(body, "range")["endIndex"] == nil {
		return nil, unknown("how many lines a range without an end inserts")
	}
	size, inherit := len(*p.lines()), trueIn(body, "inheritFromBefore")
	switch {
	case p.from > size:
		return nil, refuse("range.startIndex is larger than current grid size (%d)", size)
	case p.from == size && !inherit:
		return nil, refuse("range.startIndex[%d] must be less than the grid size (%d) if inheritFromBefore is false.", p.from, size)
	case p.from == 0 && inherit:
		return nil, refuse("range.startIndex must be greater than 0 if inheritFromBefore is true.")
	}
	if err := b.guard(span{on: p.on, rows: p.rows, from: max(p.from-1, 0), to: p.from + 1}.area()); p.from < size && err != nil {
		return nil, err
	}
	return nil, b.insertSpan(p, inherit)
}

// insertSpan makes room for lines. They look like the one before, or after
// them.
func (b *batch) insertSpan(p span, inheritFromBefore bool) error {
	rows, columns, n := len(p.on.rows), len(p.on.columns), p.to-p.from
	if p.rows {
		rows += n
	} else {
		columns += n
	}
	if err := b.roomFor(p.on, rows, columns); err != nil {
		return err
	}
	model := p.from
	if inheritFromBefore {
		model--
	}
	*p.lines() = slices.Insert(*p.lines(), p.from, slices.Repeat([]*line{p.like(model)}, n)...)
	if !p.rows {
		p.eachRow(min(p.from, model), func(l *line) { l.insertCells(p, model) })
	}
	b.shiftAreas(p, inserted(p.from, n))
	b.pushEdges(p)
	return nil
}

// eachRow calls do for the rows of the span's sheet which have cells from a
// column on, to change them.
func (p span) eachRow(column int, do func(*line)) {
	rows := span{on: p.on, rows: true}
	for i, l := range p.on.rows {
		if column < len(l.cells) {
			do(rows.own(i))
		}
	}
}

// like returns a new line with the look of another one, which has no owner.
func (p span) like(model int) *line {
	old := (*p.lines())[model]
	l := &line{owner: new(owner), properties: old.properties, cells: make([]*cell, len(old.cells))}
	for i, c := range old.cells {
		l.cells[i] = lookOf(c)
	}
	return l
}

// lookOf returns a cell that has the format of another one and nothing else.
func lookOf(c *cell) *cell {
	if c == nil || c.fields["userEnteredFormat"] == nil {
		return nil
	}
	return &cell{fields: object{"userEnteredFormat": c.fields["userEnteredFormat"]}}
}

func (l *line) insertCells(p span, model int) {
	for len(l.cells) < p.from {
		l.cells = append(l.cells, nil)
	}
	fresh := make([]*cell, p.to-p.from)
	for i := range fresh {
		if model < len(l.cells) {
			fresh[i] = lookOf(l.cells[model])
		}
	}
	l.cells = slices.Insert(l.cells, p.from, fresh...)
}

// pushEdges keeps the number of frozen lines right after lines were inserted
// among them.
func (b *batch) pushEdges(p span) {
	name := "frozenColumnCount"
	if p.rows {
		name = "frozenRowCount"
	}
	grid := objectIn(p.on.properties, "gridProperties")
	if frozen := intOr(grid, name, 0); p.from < frozen {
		p.on.properties = with(p.on.properties, "gridProperties", with(grid, name, float64(frozen+p.to-p.from)))
	}
}

func deleteDimension(b *batch, body object) (object, error) {
	p, err := b.span(objectIn(body, "range"))
	if err != nil {
		return nil, err
	}
	size, what, frozen := len(*p.lines()), "row", "frozenRowCount"
	if !p.rows {
		what, frozen = "column", "frozenColumnCount"
	}
	if p.from >= size || p.to > size {
		return nil, refuse("Cannot delete a %s that doesn't exist. Tried to delete %s index %d but there are only %d %ss.",
			what, what, max(p.from, size), size, what)
	}
	edge := intOr(objectIn(p.on.properties, "gridProperties"), frozen, 0)
	if p.from <= edge && p.to == size {
		return nil, refuse("Sorry, it is not possible to delete all non-frozen %ss.", what)
	}
	if err := b.guard(p.area()); err != nil {
		return nil, err
	}
	b.deleteSpan(p)
	if p.from < edge {
		grid := objectIn(p.on.properties, "gridProperties")
		left := any(float64(edge - (min(p.to, edge) - p.from)))
		if left == 0.0 {
			left = nil
		}
		p.on.properties = with(p.on.properties, "gridProperties", with(grid, frozen, left))
	}
	return nil, nil
}

// deleteSpan takes lines of the grid away.
func (b *batch) deleteSpan(p span) {
	*p.lines() = slices.Delete(*p.lines(), p.from, p.to)
	if !p.rows {
		p.eachRow(p.from, func(l *line) { l.cells = slices.Delete(l.cells, p.from, min(p.to, len(l.cells))) })
	}
	b.shiftAreas(p, deleted(p))
}

func moveDimension(b *batch, body object) (object, error) {
	p, err := b.inside(objectIn(body, "source"))
	if err != nil {
		return nil, err
	}
	to, size := intOr(body, "destinationIndex", 0), len(*p.lines())
	switch {
	case to < 0 || to > size:
		return nil, refuse("destinationIndex[%d] is beyond the grid size (%d)", to, size)
	case p.from <= to && to <= p.to:
		return nil, nil
	}
	touched := span{on: p.on, rows: p.rows, from: min(p.from, to), to: max(p.to, to)}
	if err := b.guard(touched.area()); err != nil {
		return nil, err
	}
	if err := p.crossesMerge(to); err != nil {
		return nil, err
	}
	b.moveSpan(p, to)
	return nil, nil
}

// crossesMerge returns an error where a move would tear a merge apart.
func (p span) crossesMerge(to int) error {
	what := "row"
	if !p.rows {
		what = "column"
	}
	for _, m := range p.on.merges {
		from, end := m.areas[0].row, m.areas[0].rowEnd
		if !p.rows {
			from, end = m.areas[0].column, m.areas[0].columnEnd
		}
		whole := p.from <= from && end <= p.to
		apart := end <= p.from || p.to <= from
		if !whole && !apart || from < to && to < end {
			return refuse("Sorry, it is not possible to move a %s to a position that crosses a merged cell. Please unmerge and try again.", what)
		}
	}
	return nil
}

// moveSpan moves lines before the one at an index.
func (b *batch) moveSpan(p span, to int) {
	at := to
	if to > p.from {
		at -= p.to - p.from
	}
	*p.lines() = moved(*p.lines(), p, at)
	if !p.rows {
		p.eachRow(min(p.from, at), func(l *line) {
			for len(l.cells) < len(p.on.columns) {
				l.cells = append(l.cells, nil)
			}
			l.cells = moved(l.cells, p, at)
		})
	}
	b.shiftAreas(p, relocated(p, to))
}

func moved[T any](all []T, p span, at int) []T {
	block := slices.Clone(all[p.from:p.to])
	return slices.Insert(slices.Delete(slices.Clone(all), p.from, p.to), at, block...)
}

func appendDimension(b *batch, body object) (object, error) {
	s, err := b.grid(intOr(body, "sheetId", 0))
	if err != nil {
		return nil, err
	}
	if err := b.guardSheet(s); err != nil {
		return nil, err
	}
	n := intOr(body, "length", 0)
	if n < 1 {
		return nil, refuse("length must be greater than 0")
	}
	isRow, err := isRows(body)
	if err != nil {
		return nil, err
	}
	rows, columns := len(s.rows), len(s.columns)
	if isRow {
		rows += n
	} else {
		columns += n
	}
	return nil, b.resize(s, object{"rowCount": float64(rows), "columnCount": float64(columns)})
}

func updateDimensionProperties(b *batch, body object) (object, error) {
	if body["dataSourceSheetRange"] != nil {
		return nil, unknown("data source sheets")
	}
	p, err := b.inside(objectIn(body, "range"))
	if err == nil {
		err = b.guardSheet(p.on)
	}
	if err != nil {
		return nil, err
	}
	wanted, mask := objectIn(body, "properties"), maskOf(body)
	if pixels := intOr(wanted, "pixelSize", 0); pixels < 0 {
		return nil, unknown("rows or columns of %d pixels", pixels)
	}
	p.restyle(func(old object) object { return b.updated(old, wanted, mask) })
	return nil, nil
}

// autoResizeDimensions gives rows and columns without text the usual size. How
// wide a text is, is not guessed: where there is one, the size stays.
func autoResizeDimensions(b *batch, body object) (object, error) {
	if body["dataSourceSheetDimensions"] != nil {
		return nil, unknown("data source sheets")
	}
	p, err := b.inside(objectIn(body, "dimensions"))
	if err != nil {
		return nil, err
	}
	for i := p.from; i < p.to; i++ {
		if !p.hasText(i) {
			span{on: p.on, rows: p.rows, from: i, to: i + 1}.restyle(func(old object) object { return without(old, "pixelSize") })
		}
	}
	return nil, nil
}

func (p span) hasText(index int) bool {
	if p.rows {
		return slices.ContainsFunc(p.on.rows[index].cells, func(c *cell) bool {
			return c != nil && c.fields["userEnteredValue"] != nil
		})
	}
	return slices.ContainsFunc(p.on.rows, func(l *line) bool {
		return index < len(l.cells) && l.cells[index] != nil && l.cells[index].fields["userEnteredValue"] != nil
	})
}
