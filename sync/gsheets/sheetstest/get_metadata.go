package sheetstest

import (
	"slices"
	"strconv"
)

// getByFilter carries out spreadsheets.getByDataFilter.
func (s *Server) getByFilter(c *call) (object, error) {
	wanted := contents{grid: trueIn(c.body, "includeGridData")}
	if c.body["dataFilters"] != nil {
		wanted.areas = []area{}
	}
	for _, filter := range objectsIn(c.body, "dataFilters") {
		areas, err := c.doc.filteredAreas(filter)
		if err != nil {
			return nil, err
		}
		wanted.areas = append(wanted.areas, areas...)
	}
	return s.shown(c, c.doc, wanted)
}

// filteredAreas returns the areas, within the grid, that a DataFilter names.
func (d *document) filteredAreas(filter object) ([]area, error) {
	if text, ok := filter["a1Range"].(string); ok {
		a, err := d.parseA1(text)
		return []area{a}, err
	}
	if grid := objectIn(filter, "gridRange"); grid != nil {
		a := areaOf(grid)
		on := d.sheet(a.sheet)
		if on == nil {
			return nil, refuse("No grid with id: %d", a.sheet)
		}
		return []area{a.within(on)}, nil
	}
	found, err := d.matching([]object{filter})
	if err != nil {
		return nil, err
	}
	areas := []area{}
	for _, h := range found {
		for _, on := range d.sheets {
			if h.area.sheet < 0 || h.area.sheet == on.id {
				at := h.area
				at.sheet = on.id
				areas = append(areas, at.within(on))
			}
		}
	}
	return areas, nil
}

// metadata carries out spreadsheets.developerMetadata.get.
func (s *Server) metadata(c *call) (object, error) {
	id, err := strconv.Atoi(c.path["metadataId"])
	if err != nil {
		return nil, refuse("Invalid value at 'metadata_id' (TYPE_INT32), %q", c.path["metadataId"])
	}
	found := c.doc.metadataByID(float64(id))
	if found == nil {
		return nil, notFound()
	}
	return found.shown(), nil
}

// searchMetadata carries out spreadsheets.developerMetadata.search.
func (s *Server) searchMetadata(c *call) (object, error) {
	filters := objectsIn(c.body, "dataFilters")
	found, err := c.doc.matching(filters)
	if err != nil {
		return nil, err
	}
	var matched []any
	for _, h := range found {
		by := slices.DeleteFunc(slices.Clone(filters), func(f object) bool { return !h.matches(f) })
		matched = append(matched, object{"developerMetadata": h.shown(), "dataFilters": anyList(by)})
	}
	answer := object{}
	if matched != nil {
		answer["matchedDeveloperMetadata"] = matched
	}
	return answer, nil
}

// copyTo carries out spreadsheets.sheets.copyTo on c.doc, from where the sheet
// is taken. Only the other spreadsheet changes.
func (s *Server) copyTo(c *call) (object, error) {
	id, err := strconv.ParseInt(c.path["sheetId"], 10, 64)
	if err != nil {
		return nil, refuse("Invalid value at 'sheet_id' (TYPE_INT32), %q", c.path["sheetId"])
	}
	from := c.doc.sheet(id)
	if from == nil {
		return nil, refuse("The sheet (%d) was not found.", id)
	}
	to, err := s.reach(textIn(c.body, "destinationSpreadsheetId"), c.Account, true)
	if err != nil {
		return nil, err
	}
	to = to.clone()
	b := &batch{doc: to, server: s, account: c.Account}
	copied, err := b.adopt(from)
	if err != nil {
		return nil, err
	}
	to.modified = c.At
	s.files[to.id] = to
	return copied.shown(len(to.sheets) - 1), nil
}

// adopt puts a copy of a sheet of any spreadsheet at the end of this one.
func (b *batch) adopt(from *sheet) (*sheet, error) {
	if err := b.roomFor(nil, len(from.rows), len(from.columns)); err != nil {
		return nil, err
	}
	title := "Copy of " + from.title
	for n := 2; b.doc.titled(title) != nil; n++ {
		title = "Copy of " + from.title + " " + strconv.Itoa(n)
	}
	copied := b.copySheet(from, &sheet{id: b.doc.newID(), title: title})
	b.doc.sheets = append(b.doc.sheets, copied)
	return copied, nil
}
