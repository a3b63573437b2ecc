package sheetstest

import "slices"

// maxDepth is how deep groups may be nested.
const maxDepth = 8

func groupKinds() map[string]kind {
	return map[string]kind{
		"addDimensionGroup":    {do: addDimensionGroup},
		"updateDimensionGroup": {do: updateDimensionGroup, masked: true},
		"deleteDimensionGroup": {do: deleteDimensionGroup},
	}
}

// groups returns the groups of rows or columns.
func (p span) groups() *[]*ranged {
	if p.rows {
		return &p.on.rowGroups
	}
	return &p.on.columnGroups
}

// of returns the span of an area in the same dimension.
func (p span) of(a area) span {
	from, to := a.row, a.rowEnd
	if !p.rows {
		from, to = a.column, a.columnEnd
	}
	return span{on: p.on, rows: p.rows, from: from, to: to}
}

// depths returns in how many groups each row or column is.
func (p span) depths() []int {
	depths := make([]int, len(*p.lines()))
	for _, g := range *p.groups() {
		in := p.of(g.areas[0])
		for i := in.from; i < min(in.to, len(depths)); i++ {
			depths[i]++
		}
	}
	return depths
}

// regroup makes groups anew, so that each row or column is in as many of them
// as depths say. Neighbours of the same depth share one.
func (p span) regroup(depths []int) {
	old := *p.groups()
	var groups []*ranged
	for depth := 1; depth <= maxDepth; depth++ {
		for from := 0; from < len(depths); from++ {
			to := from
			for to < len(depths) && depths[to] >= depth {
				to++
			}
			if to > from {
				in := span{on: p.on, rows: p.rows, from: from, to: to}
				groups = append(groups, grouped(old, in.area(), depth))
				from = to
			}
		}
	}
	*p.groups() = groups
}

// grouped returns the group over an area at a depth, as it was if it was there.
func grouped(old []*ranged, a area, depth int) *ranged {
	for _, g := range old {
		if g.areas[0] == a && intOr(g.fields, "depth", 0) == depth {
			return g
		}
	}
	return &ranged{areas: []area{a}, fields: object{"depth": float64(depth)}}
}

// group changes by how much the rows or columns of a request are grouped.
func (b *batch) group(body object, by int) (span, error) {
	p, err := b.inside(objectIn(body, "range"))
	if err == nil {
		err = b.guardSheet(p.on)
	}
	if err != nil {
		return p, err
	}
	depths := p.depths()
	for i := p.from; i < p.to; i++ {
		depths[i] += by
		if depths[i] < 0 {
			return p, unknown("taking away a group where there is none: %s %d", p.dimension(), i)
		}
		if depths[i] > maxDepth {
			return p, unknown("groups deeper than %d", maxDepth)
		}
	}
	p.regroup(depths)
	return p, nil
}

func addDimensionGroup(b *batch, body object) (object, error) {
	p, err := b.group(body, 1)
	if err != nil {
		return nil, err
	}
	name := "columnGroupControlAfter"
	if p.rows {
		name = "rowGroupControlAfter"
	}
	grid := objectIn(p.on.properties, "gridProperties")
	p.on.properties = with(p.on.properties, "gridProperties", with(grid, name, true))
	return object{"addDimensionGroup": p.shownGroups()}, nil
}

func (p span) shownGroups() object {
	var all []object
	for _, g := range *p.groups() {
		all = append(all, shownGroup(g))
	}
	if all == nil {
		return object{}
	}
	return object{"dimensionGroups": anyList(all)}
}

func deleteDimensionGroup(b *batch, body object) (object, error) {
	p, err := b.group(body, -1)
	if err != nil {
		return nil, err
	}
	return object{"deleteDimensionGroup": p.shownGroups()}, nil
}

func updateDimensionGroup(b *batch, body object) (object, error) {
	wanted := objectIn(body, "dimensionGroup")
	p, err := b.span(objectIn(wanted, "range"))
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(*p.groups(), func(g *ranged) bool {
		return g.areas[0] == p.area() && g.fields["depth"] == wanted["depth"]
	})
	if i < 0 {
		return nil, unknown("a group that isn't there: %s %d to %d", p.dimension(), p.from, p.to)
	}
	g := (*p.groups())[i]
	now := b.updated(g.fields, wanted, maskOf(body))
	g.fields = with(g.fields, "collapsed", now["collapsed"])
	p.restyle(func(old object) object { return with(old, "hiddenByUser", now["collapsed"]) })
	return nil, nil
}
