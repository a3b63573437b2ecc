package sheetstest

import "slices"

func metadataKinds() map[string]kind {
	return map[string]kind{
		"createDeveloperMetadata": {do: createDeveloperMetadata},
		"updateDeveloperMetadata": {do: updateDeveloperMetadata, masked: true},
		"deleteDeveloperMetadata": {do: deleteDeveloperMetadata},
	}
}

// hung is a piece of developer metadata where it hangs.
type hung struct {
	on func() *[]object
	// fields are those of DeveloperMetadata without the location.
	fields   object
	location object
	// area is what the location covers; none of a sheet for the spreadsheet.
	area area
}

// shown returns the DeveloperMetadata.
func (h hung) shown() object { return with(h.fields, "location", h.location) }

// hungOn returns the metadata of a list. On returns the list to change it.
func hungOn(list []object, on func() *[]object, location object, a area) []hung {
	all := make([]hung, len(list))
	for i, fields := range list {
		all[i] = hung{on: on, fields: fields, location: location, area: a}
	}
	return all
}

// allMetadata returns the developer metadata of the spreadsheet, its sheets,
// rows and columns.
func (d *document) allMetadata() []hung {
	all := d.ownMetadata()
	for _, s := range d.sheets {
		all = append(all, s.allMetadata()...)
	}
	return all
}

func (s *sheet) allMetadata() []hung {
	all := s.ownMetadata()
	for _, p := range []span{{on: s, rows: true}, {on: s}} {
		for i, l := range *p.lines() {
			if len(l.metadata) == 0 {
				continue
			}
			all = append(all, span{on: s, rows: p.rows, from: i, to: i + 1}.metadata()...)
		}
	}
	return all
}

// shownMetadata returns the developer metadata of the spreadsheet itself.
func (d *document) shownMetadata() []any {
	return shownHung(d.ownMetadata())
}

func (d *document) ownMetadata() []hung {
	return hungOn(d.metadata, func() *[]object { return &d.metadata }, object{"locationType": "SPREADSHEET", "spreadsheet": true}, area{sheet: -1})
}

// shownMetadata returns the developer metadata of the sheet itself.
func (s *sheet) shownMetadata() []any {
	return shownHung(s.ownMetadata())
}

func (s *sheet) ownMetadata() []hung {
	return hungOn(s.metadata, func() *[]object { return &s.metadata }, object{"locationType": "SHEET", "sheetId": float64(s.id)}, wholeSheet(s))
}

// shownMetadata returns the developer metadata of a single row or column.
func (p span) shownMetadata() []any {
	return shownHung(p.metadata())
}

func (p span) metadata() []hung {
	return hungOn((*p.lines())[p.from].metadata, func() *[]object { return &p.own(p.from).metadata }, p.location(), p.area())
}

// location returns the DeveloperMetadataLocation of one row or column.
func (p span) location() object {
	at := object{"dimension": p.dimension(), "startIndex": float64(p.from), "endIndex": float64(p.to)}
	if p.on.id != 0 {
		at["sheetId"] = float64(p.on.id)
	}
	kind := "COLUMN"
	if p.rows {
		kind = "ROW"
	}
	return object{"locationType": kind, "dimensionRange": at}
}

// hook returns the list on which metadata at a location hangs.
func (b *batch) hook(location object) (*[]object, error) {
	switch {
	case trueIn(location, "spreadsheet"):
		return &b.doc.metadata, nil
	case location["sheetId"] != nil:
		s, err := b.grid(intOr(location, "sheetId", 0))
		if err != nil {
			return nil, err
		}
		return &s.metadata, nil
	case location["dimensionRange"] == nil:
		return nil, refuse("Developer metadata must always have a location specified.")
	}
	p, err := b.inside(objectIn(location, "dimensionRange"))
	if err != nil {
		return nil, err
	}
	if p.to-p.from != 1 {
		return nil, refuse("DimensionRange must represent a single row or column")
	}
	return &p.own(p.from).metadata, nil
}

func (d *document) metadataByID(id float64) *hung {
	for _, h := range d.allMetadata() {
		if h.fields["metadataId"] == id {
			return &h
		}
	}
	return nil
}

// hang stores metadata at its location, and returns it as it is shown.
func (b *batch) hang(wanted object) (object, error) {
	on, err := b.hook(objectIn(wanted, "location"))
	if err != nil {
		return nil, err
	}
	if v := textIn(wanted, "visibility"); v == "" || v == "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED" {
		return nil, refuse("Developer metadata must always have visibility specified.")
	}
	if textIn(wanted, "metadataKey") == "" {
		return nil, refuse("Developer metadata must always have a key specified.")
	}
	fields := b.doc.stored(without(wanted, "location"))
	*on = append(slices.Clone(*on), fields)
	id, _ := fields["metadataId"].(float64)
	return b.doc.metadataByID(id).shown(), nil
}

func createDeveloperMetadata(b *batch, body object) (object, error) {
	wanted := objectIn(body, "developerMetadata")
	id := intOr(wanted, "metadataId", 0)
	if id > 0 && b.doc.metadataByID(float64(id)) != nil {
		return nil, refuse("Developer metadata with id %d already exists", id)
	}
	if id <= 0 {
		fresh, err := b.unchosen(id)
		if err != nil {
			return nil, err
		}
		wanted = with(wanted, "metadataId", fresh)
	}
	shown, err := b.hang(wanted)
	if err != nil {
		return nil, err
	}
	return object{"createDeveloperMetadata": object{"developerMetadata": shown}}, nil
}

// unhang takes metadata from where it hangs.
func (h hung) unhang() {
	on := h.on()
	*on = slices.DeleteFunc(slices.Clone(*on), func(o object) bool { return o["metadataId"] == h.fields["metadataId"] })
}

func deleteDeveloperMetadata(b *batch, body object) (object, error) {
	found, err := b.doc.matching([]object{objectIn(body, "dataFilter")})
	if err != nil {
		return nil, err
	}
	reply := object{}
	if len(found) > 0 {
		reply["deletedDeveloperMetadata"] = shownHung(found)
	}
	for _, h := range found {
		h.unhang()
	}
	return object{"deleteDeveloperMetadata": reply}, nil
}

func shownHung(all []hung) []any {
	shown := make([]any, len(all))
	for i, h := range all {
		shown[i] = h.shown()
	}
	return shown
}

func updateDeveloperMetadata(b *batch, body object) (object, error) {
	found, err := b.doc.matching(objectsIn(body, "dataFilters"))
	if err != nil {
		return nil, err
	}
	var all []any
	for _, h := range found {
		now := b.updated(h.shown(), objectIn(body, "developerMetadata"), maskOf(body))
		now["metadataId"] = h.fields["metadataId"]
		h.unhang()
		shown, err := b.hang(now)
		if err != nil {
			return nil, err
		}
		all = append(all, shown)
	}
	reply := object{}
	if len(all) > 0 {
		reply["developerMetadata"] = all
	}
	return object{"updateDeveloperMetadata": reply}, nil
}

// matching returns the developer metadata that any of some DataFilters finds.
func (d *document) matching(filters []object) ([]hung, error) {
	var found []hung
	for _, f := range filters {
		if f["developerMetadataLookup"] == nil && f["gridRange"] == nil {
			return nil, unknown("a data filter that is neither a lookup nor a grid range")
		}
		lookup := objectIn(f, "developerMetadataLookup")
		if trueIn(objectIn(lookup, "metadataLocation"), "spreadsheet") &&
			textIn(lookup, "locationMatchingStrategy") == "INTERSECTING_LOCATION" {
			return nil, refuse("DeveloperMetadataLookup.spreadsheet is true, " +
				"but locationMatchingStrategy was specified as INTERSECTING")
		}
		if len(lookup) == 0 && f["gridRange"] == nil {
			return nil, unknown("a lookup of developer metadata that names nothing")
		}
	}
	for _, h := range d.allMetadata() {
		if slices.ContainsFunc(filters, h.matches) {
			found = append(found, h)
		}
	}
	return found, nil
}

func (h hung) matches(filter object) bool {
	if o := objectIn(filter, "gridRange"); o != nil {
		return areaOf(o).meets(h.area)
	}
	lookup := objectIn(filter, "developerMetadataLookup")
	for _, name := range []string{"metadataId", "metadataKey", "metadataValue", "visibility"} {
		if lookup[name] != nil && lookup[name] != h.fields[name] {
			return false
		}
	}
	if kind := lookup["locationType"]; kind != nil && kind != h.location["locationType"] {
		return false
	}
	where := objectIn(lookup, "metadataLocation")
	return where == nil || h.at(where, textIn(lookup, "locationMatchingStrategy") == "EXACT_LOCATION")
}

// at tells whether metadata hangs at a location, or, unless exact, on a part of
// it or what it is a part of.
func (h hung) at(where object, exact bool) bool {
	if trueIn(where, "spreadsheet") {
		return h.location["locationType"] == "SPREADSHEET"
	}
	a := area{row: open, rowEnd: open, column: open, columnEnd: open}
	if o := objectIn(where, "dimensionRange"); o != nil {
		a.sheet = int64(intOr(o, "sheetId", 0))
		from, to := intOr(o, "startIndex", open), intOr(o, "endIndex", open)
		if textIn(o, "dimension") == "COLUMNS" {
			a.column, a.columnEnd = from, to
		} else {
			a.row, a.rowEnd = from, to
		}
	} else {
		a.sheet = int64(intOr(where, "sheetId", 0))
	}
	if exact {
		return h.area == a
	}
	return a.meets(h.area)
}
