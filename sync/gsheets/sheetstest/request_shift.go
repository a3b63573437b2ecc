package sheetstest

// shift says where rows or columns go: it maps those from one up to, and
// without, another one. It returns false where nothing is left of them.
type shift func(from, to int) (newFrom, newTo int, left bool)

// inserted is the shift of n lines that come before the one at an index. What
// spans that place grows.
func inserted(at, n int) shift {
	return func(from, to int) (int, int, bool) {
		if from >= at {
			from += n
		}
		if to > at {
			to += n
		}
		return from, to, true
	}
}

// deleted is the shift of lines that go.
func deleted(gone span) shift {
	n := gone.to - gone.from
	after := func(index int) int {
		switch {
		case index <= gone.from:
			return index
		case index >= gone.to:
			return index - n
		}
		return gone.from
	}
	return func(from, to int) (int, int, bool) {
		newFrom, newTo := after(from), after(to)
		return newFrom, newTo, newFrom < newTo
	}
}

// relocated is the shift of lines that go before the one at an index. What
// stands on them alone goes with them; for the rest they are deleted and
// inserted.
func relocated(source span, to int) shift {
	n, removed := source.to-source.from, deleted(source)
	at := to
	if to > source.from {
		at -= n
	}
	added := inserted(at, n)
	return func(from, to int) (int, int, bool) {
		if source.from <= from && to <= source.to {
			return from - source.from + at, to - source.from + at, true
		}
		from, to, _ = removed(from, to)
		return added(from, to)
	}
}

// shiftAreas moves all that stands on areas of a sheet, and what formulas refer
// to.
func (b *batch) shiftAreas(on span, by shift) {
	defer b.followed(on, by)()
	s := on.on
	for _, list := range s.lists() {
		if list != &s.charts && list != &s.slicers {
			*list = shiftAll(*list, on, by)
		}
	}
	for _, list := range [][]*ranged{s.charts, s.slicers} {
		shiftAnchors(list, on, by)
	}
	if f := s.basicFilter; f != nil && !f.shift(on, by) {
		s.basicFilter = nil
	}
	b.doc.keepNamed(func(r *ranged) bool { return r.shift(on, by) })
	for _, other := range b.doc.sheets {
		for _, list := range [][]*ranged{other.charts, other.slicers} {
			for _, r := range list {
				r.fields, _ = shiftSources(r.fields, on, by).(object)
			}
		}
	}
}

func shiftAll(all []*ranged, on span, by shift) []*ranged {
	var left []*ranged
	for _, r := range all {
		if r.shift(on, by) {
			left = append(left, r)
		}
	}
	return left
}

// shift moves the areas and reports whether what stands on them is left. What
// stands on several is, as long as the first one or, for a rule, any is.
func (r *ranged) shift(on span, by shift) bool {
	if len(r.areas) == 0 {
		return true
	}
	var areas []area
	_, protected := r.fields["protectedRangeId"]
	for i, a := range r.areas {
		moved, left := a.shift(on, by)
		if left {
			areas = append(areas, moved)
		} else if protected && i == 0 {
			return false
		}
	}
	r.areas = areas
	return len(areas) > 0
}

// shift moves an area; what is open stays so.
func (a area) shift(on span, by shift) (area, bool) {
	if a.sheet != on.on.id {
		return a, true
	}
	from, to := &a.row, &a.rowEnd
	if !on.rows {
		from, to = &a.column, &a.columnEnd
	}
	if *from == open && *to == open {
		return a, true
	}
	bounded := a.bounds()
	start, end := bounded.row, bounded.rowEnd
	if !on.rows {
		start, end = bounded.column, bounded.columnEnd
	}
	start, end, left := by(start, end)
	if *from != open {
		*from = start
	}
	if *to != open {
		*to = end
	}
	return a, left
}

// shiftAnchors moves the cells on which charts hang. A chart whose cell goes
// hangs on the one that takes its place.
func shiftAnchors(all []*ranged, on span, by shift) {
	for _, r := range all {
		for i, a := range r.areas {
			moved, left := a.shift(on, by)
			if !left && on.rows {
				moved.row = min(moved.row, max(len(on.on.rows)-1, 0))
				moved.rowEnd = moved.row + 1
			} else if !left {
				moved.column = min(moved.column, max(len(on.on.columns)-1, 0))
				moved.columnEnd = moved.column + 1
			}
			r.areas[i] = moved
		}
	}
}

// shiftSources moves the ranges that a chart or slicer shows.
func shiftSources(value any, on span, by shift) any {
	switch v := value.(type) {
	case object:
		c := object{}
		for name, inner := range v {
			if ranges, ok := inner.([]any); ok && name == "sources" {
				c[name] = shiftRanges(ranges, on, by)
			} else if one, ok := inner.(object); ok && name == "dataRange" {
				c[name] = shiftRanges([]any{one}, on, by)[0]
			} else {
				c[name] = shiftSources(inner, on, by)
			}
		}
		return c
	case []any:
		c := make([]any, len(v))
		for i, item := range v {
			c[i] = shiftSources(item, on, by)
		}
		return c
	}
	return value
}

func shiftRanges(ranges []any, on span, by shift) []any {
	c := make([]any, len(ranges))
	for i, item := range ranges {
		o, _ := item.(object)
		moved, left := areaOf(o).shift(on, by)
		if !left {
			moved = area{sheet: moved.sheet, row: open, rowEnd: open, column: open, columnEnd: open}
		}
		c[i] = gridRange(moved)
	}
	return c
}
