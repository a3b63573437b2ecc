package sheetstest

import "slices"

func filterKinds() map[string]kind {
	views := item{
		field: "filter", id: "filterViewId", deleteID: "filterId",
		list: func(s *sheet) *[]*ranged { return &s.filterViews },
	}
	banded := item{
		field: "bandedRange", id: "bandedRangeId", deleteID: "bandedRangeId",
		list: func(s *sheet) *[]*ranged { return &s.banded },
	}
	tables := item{
		field: "table", id: "tableId", deleteID: "tableId", textual: true,
		list: func(s *sheet) *[]*ranged { return &s.tables },
	}
	return map[string]kind{
		"setBasicFilter":      {do: setBasicFilter},
		"clearBasicFilter":    {do: clearBasicFilter},
		"addFilterView":       {do: views.add("addFilterView")},
		"updateFilterView":    {do: views.update, masked: true},
		"deleteFilterView":    {do: views.remove},
		"duplicateFilterView": {do: views.duplicate("duplicateFilterView")},
		"addBanding":          {do: banded.add("addBanding")},
		"updateBanding":       {do: banded.update, masked: true},
		"deleteBanding":       {do: banded.remove},
		"addTable":            {do: tables.add("addTable")},
		"updateTable":         {do: tables.update, masked: true},
		"deleteTable":         {do: tables.removeTable},
	}
}

func setBasicFilter(b *batch, body object) (object, error) {
	wanted := objectIn(body, "filter")
	p, err := b.editable(objectIn(wanted, "range"))
	if err != nil {
		return nil, err
	}
	if wanted["tableId"] != nil {
		return nil, unknown("the basic filter of a table")
	}
	p.on.basicFilter = &ranged{areas: []area{p.area}, fields: without(b.doc.stored(wanted), "range")}
	return nil, nil
}

func clearBasicFilter(b *batch, body object) (object, error) {
	s, err := b.grid(intOr(body, "sheetId", 0))
	if err != nil {
		return nil, err
	}
	s.basicFilter = nil
	return nil, nil
}

// item is a kind of thing that has an id and stands on one range of a sheet.
type item struct {
	// field holds it in requests and replies; id is its id's name, deleteID how
	// requests that delete call that.
	field, id, deleteID string
	// textual means that ids are texts.
	textual bool
	list    func(*sheet) *[]*ranged
}

func (t item) all(s *sheet) []*ranged { return *t.list(s) }

// find returns the thing with the id that an object names.
func (t item) find(b *batch, o object, name string) (*ranged, *sheet, error) {
	id := o[name]
	if id == nil {
		id = 0.0
	}
	r, s := b.find(t.id, id, t.all)
	if r == nil {
		return nil, nil, refuse("No %s with id: %v", t.field, id)
	}
	return r, s, nil
}

func (t item) add(kind string) func(*batch, object) (object, error) {
	return func(b *batch, body object) (object, error) {
		wanted := objectIn(body, t.field)
		id, err := t.newID(b, wanted)
		if err != nil {
			return nil, err
		}
		r, s, err := t.read(b, with(wanted, t.id, id))
		if err != nil {
			return nil, err
		}
		*t.list(s) = append(*t.list(s), r)
		return object{kind: object{t.field: shownRanged(r)}}, nil
	}
}

func (t item) newID(b *batch, wanted object) (any, error) {
	if !t.textual {
		return b.chosenID(wanted, t.id, t.all)
	}
	id := textIn(wanted, t.id)
	if id == "" {
		return b.freshID(object{t.id: ""})[t.id], nil
	}
	if r, _ := b.find(t.id, id, t.all); r != nil {
		return nil, refuse("%s: %s already exists", t.id, id)
	}
	return id, nil
}

// read reads the thing from a request. Two banded ranges or tables never share
// a cell.
func (t item) read(b *batch, wanted object) (*ranged, *sheet, error) {
	if wanted["range"] == nil {
		return nil, nil, unknown("a %s without range", t.field)
	}
	p, err := b.editable(objectIn(wanted, "range"))
	if err != nil {
		return nil, nil, err
	}
	r := &ranged{areas: []area{p.area}, fields: without(b.doc.stored(wanted), "range")}
	if t.field == "filter" {
		return r, p.on, nil
	}
	for _, other := range t.all(p.on) {
		if other.fields[t.id] != r.fields[t.id] && other.areas[0].meets(p.area) {
			return nil, nil, refuse("You cannot add a %s that overlaps another one.", t.field)
		}
	}
	return r, p.on, nil
}

func (t item) update(b *batch, body object) (object, error) {
	wanted := objectIn(body, t.field)
	r, s, err := t.find(b, wanted, t.id)
	if err != nil {
		return nil, err
	}
	now := b.updated(shownRanged(r), wanted, maskOf(body))
	now[t.id] = r.fields[t.id]
	changed, on, err := t.read(b, now)
	if err != nil {
		return nil, err
	}
	if on != s {
		return nil, unknown("moving a %s to another sheet", t.field)
	}
	r.areas, r.fields = changed.areas, changed.fields
	return nil, nil
}

func (t item) remove(b *batch, body object) (object, error) {
	r, s, err := t.find(b, body, t.deleteID)
	if err != nil {
		return nil, err
	}
	if err := b.guard(r.areas[0]); err != nil {
		return nil, err
	}
	*t.list(s) = slices.DeleteFunc(*t.list(s), func(other *ranged) bool { return other == r })
	return nil, nil
}

// removeTable deletes a table with its contents, as the API does.
func (t item) removeTable(b *batch, body object) (object, error) {
	r, s, err := t.find(b, body, t.deleteID)
	if err != nil {
		return nil, err
	}
	if _, err := t.remove(b, body); err != nil {
		return nil, err
	}
	(place{area: r.areas[0], on: s}).each(func(row, column int) { s.set(row, column, nil) })
	return nil, nil
}

func (t item) duplicate(kind string) func(*batch, object) (object, error) {
	return func(b *batch, body object) (object, error) {
		r, s, err := t.find(b, body, t.deleteID)
		if err != nil {
			return nil, err
		}
		c := r.clone()
		c.fields = with(b.freshID(r.fields), "title", "Copy of "+textIn(r.fields, "title"))
		*t.list(s) = append(*t.list(s), c)
		return object{kind: object{t.field: shownRanged(c)}}, nil
	}
}
