package sheetstest

import "slices"

func mergeKinds() map[string]kind {
	return map[string]kind{
		"mergeCells":   {do: mergeCells},
		"unmergeCells": {do: unmergeCells},
	}
}

func mergeCells(b *batch, body object) (object, error) {
	p, err := b.mergeable(objectIn(body, "range"))
	if err != nil {
		return nil, err
	}
	if err := p.acrossEdge(); err != nil {
		return nil, err
	}
	for _, a := range mergedAreas(p.area, textIn(body, "mergeType")) {
		if a.rowEnd-a.row == 1 && a.columnEnd-a.column == 1 {
			continue
		}
		p.on.merges = append(p.on.merges, &ranged{areas: []area{a}})
		p.on.keepFirst(a)
	}
	return nil, nil
}

// mergeable returns the place of a request whose merges can be made or undone,
// without those that were there.
func (b *batch) mergeable(o object) (place, error) {
	p, err := b.editable(o)
	if err != nil {
		return p, err
	}
	for _, m := range p.on.merges {
		if m.areas[0].meets(p.area) && !p.covers(m.areas[0]) {
			return p, refuse("You must select all cells in a merged range to merge or unmerge them.")
		}
	}
	p.on.merges = slices.DeleteFunc(p.on.merges, func(m *ranged) bool { return p.covers(m.areas[0]) })
	return p, nil
}

// acrossEdge returns an error where a place is frozen in part.
func (p place) acrossEdge() error {
	grid := objectIn(p.on.properties, "gridProperties")
	if frozen := intOr(grid, "frozenRowCount", 0); p.row < frozen && frozen < p.rowEnd {
		return refuse("You can't merge frozen and non-frozen rows")
	}
	if frozen := intOr(grid, "frozenColumnCount", 0); p.column < frozen && frozen < p.columnEnd {
		return refuse("You can't merge frozen and non-frozen columns")
	}
	return nil
}

func mergedAreas(a area, kind string) []area {
	var all []area
	switch kind {
	case "MERGE_ROWS":
		for row := a.row; row < a.rowEnd; row++ {
			all = append(all, area{a.sheet, row, row + 1, a.column, a.columnEnd})
		}
	case "MERGE_COLUMNS":
		for column := a.column; column < a.columnEnd; column++ {
			all = append(all, area{a.sheet, a.row, a.rowEnd, column, column + 1})
		}
	default:
		all = []area{a}
	}
	return all
}

// keepFirst leaves of the contents of an area the first one, in its first
// cell.
func (s *sheet) keepFirst(a area) {
	var first any
	(place{area: a, on: s}).each(func(row, column int) {
		fields := s.fieldsAt(row, column)
		if first == nil {
			first = fields["userEnteredValue"]
		}
		if fields != nil {
			s.set(row, column, without(fields, "userEnteredValue", "computed"))
		}
	})
	if first != nil {
		s.set(a.row, a.column, with(s.fieldsAt(a.row, a.column), "userEnteredValue", first))
	}
}

func unmergeCells(b *batch, body object) (object, error) {
	_, err := b.mergeable(objectIn(body, "range"))
	return nil, err
}
