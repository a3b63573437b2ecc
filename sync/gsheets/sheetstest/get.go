package sheetstest

import (
	"slices"

	"steerco/sync/gsheets/sheetstest/discovery"
)

// contents say what of a spreadsheet is shown.
type contents struct {
	// areas are those of which cells are shown; only their sheets come back.
	// Nil: all of each sheet.
	areas []area
	// grid means that cells are shown even where the mask doesn't name them.
	grid bool
}

// get carries out spreadsheets.get.
func (s *Server) get(c *call) (object, error) {
	wanted := contents{grid: c.flag("includeGridData")}
	for _, text := range c.query["ranges"] {
		a, err := c.doc.parseA1(text)
		if err != nil {
			return nil, err
		}
		wanted.areas = append(wanted.areas, a)
	}
	return s.shown(c, c.doc, wanted)
}

// shown returns a spreadsheet as the API shows it, as far as the mask of the
// call names it.
func (s *Server) shown(c *call, d *document, wanted contents) (object, error) {
	o := object{
		"spreadsheetId": d.id, "properties": d.properties,
		"spreadsheetUrl": "https://docs.google.com/spreadsheets/d/" + d.id + "/edit",
	}
	setList(o, "namedRanges", d.named, shownRanged)
	if len(d.metadata) > 0 {
		o["developerMetadata"] = d.shownMetadata()
	}
	mask := c.fields.At("sheets")
	if mask.Empty() {
		return o, nil
	}
	g := gridder{view: s.view(d), mask: mask.At("data"), account: c.Account, document: d}
	g.wanted = wanted.grid
	if c.query.Get("fields") != "" {
		g.wanted = !g.mask.Empty()
	}
	var sheets []any
	for i, sh := range d.sheets {
		if wanted.areas != nil && !slices.ContainsFunc(wanted.areas, func(a area) bool { return a.sheet == sh.id }) {
			continue
		}
		shown, err := g.sheet(sh, i, wanted.areas)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, shown)
	}
	o["sheets"] = sheets
	return o, nil
}

// setList sets a field to a list, unless it is empty.
func setList(o object, name string, all []*ranged, show func(*ranged) object) {
	if len(all) == 0 {
		return
	}
	list := make([]any, len(all))
	for i, r := range all {
		list[i] = show(r)
	}
	o[name] = list
}

// gridder shows sheets.
type gridder struct {
	document *document
	view     *view
	// mask is that of the grid's data.
	mask    discovery.Mask
	wanted  bool
	account string
}

// sheet returns a sheet as the API shows it.
func (g gridder) sheet(s *sheet, index int, areas []area) (object, error) {
	o := object{"properties": s.shown(index)}
	for name, list := range map[string][]*ranged{
		"bandedRanges": s.banded, "filterViews": s.filterViews, "tables": s.tables, "merges": s.merges,
	} {
		setList(o, name, list, shownRanged)
	}
	setList(o, "conditionalFormats", s.rules, shownRule)
	setList(o, "protectedRanges", s.protected, func(r *ranged) object { return shownProtected(g.document, r, g.account) })
	setList(o, "charts", s.charts, shownEmbedded)
	setList(o, "slicers", s.slicers, shownEmbedded)
	setList(o, "rowGroups", s.rowGroups, shownGroup)
	setList(o, "columnGroups", s.columnGroups, shownGroup)
	if s.basicFilter != nil {
		o["basicFilter"] = shownRanged(s.basicFilter)
	}
	if len(s.metadata) > 0 {
		o["developerMetadata"] = s.shownMetadata()
	}
	// A merge is nothing but its range.
	if len(s.merges) > 0 {
		merges := make([]any, len(s.merges))
		for i, m := range s.merges {
			merges[i] = gridRange(m.areas[0])
		}
		o["merges"] = merges
	}
	if !g.wanted {
		return o, nil
	}
	var data []any
	for _, a := range areasOf(s, areas) {
		shown, err := g.data(s, a)
		if err != nil {
			return nil, err
		}
		data = append(data, shown)
	}
	o["data"] = data
	return o, nil
}

// areasOf returns those of some areas that are on a sheet; all of the sheet
// where there are none at all.
func areasOf(s *sheet, areas []area) []area {
	if areas == nil {
		return []area{{sheet: s.id, rowEnd: len(s.rows), columnEnd: len(s.columns)}}
	}
	return slices.DeleteFunc(slices.Clone(areas), func(a area) bool { return a.sheet != s.id })
}

// data returns the cells, rows and columns of an area within the grid.
func (g gridder) data(s *sheet, a area) (object, error) {
	o := object{}
	if a.row > 0 {
		o["startRow"] = float64(a.row)
	}
	if a.column > 0 {
		o["startColumn"] = float64(a.column)
	}
	if !g.mask.At("rowMetadata").Empty() {
		o["rowMetadata"] = shownLines(span{on: s, rows: true, from: a.row, to: a.rowEnd}, rowHeight)
	}
	if !g.mask.At("columnMetadata").Empty() {
		o["columnMetadata"] = shownLines(span{on: s, from: a.column, to: a.columnEnd}, columnWidth)
	}
	mask := g.mask.At("rowData").At("values")
	if mask.Empty() {
		return o, nil
	}
	show := g.view.shower(mask)
	var rows []any
	last := 0
	for row := a.row; row < a.rowEnd; row++ {
		values, err := g.row(s, row, a, show)
		if err != nil {
			return nil, err
		}
		if len(values) == 0 {
			rows = append(rows, object{})
			continue
		}
		rows = append(rows, object{"values": values})
		last = len(rows)
	}
	if last > 0 {
		o["rowData"] = rows[:last]
	}
	return o, nil
}

// row returns the cells of a row up to the last one of which something is
// shown.
func (g gridder) row(s *sheet, row int, a area, show *shower) ([]any, error) {
	var cells []any
	last := 0
	end := min(a.columnEnd, len(s.rows[row].cells))
	for column := a.column; column < end; column++ {
		o, err := show.cell(s, row, column)
		if err != nil {
			return nil, err
		}
		if o == nil {
			o = object{}
		}
		cells = append(cells, o)
		if len(o) > 0 {
			last = len(cells)
		}
	}
	return cells[:last], nil
}

// The usual height of rows and width of columns, in pixels.
const (
	rowHeight   = 21.0
	columnWidth = 100.0
)

// shownLines returns the DimensionProperties of rows or columns.
func shownLines(p span, usual float64) []any {
	lines := (*p.lines())[p.from:p.to]
	all := make([]any, len(lines))
	plain := object{"pixelSize": usual}
	for i, l := range lines {
		if len(l.properties) == 0 && len(l.metadata) == 0 {
			all[i] = plain
			continue
		}
		o := l.properties
		if o["pixelSize"] == nil {
			o = with(o, "pixelSize", usual)
		}
		if len(l.metadata) > 0 {
			at := span{on: p.on, rows: p.rows, from: p.from + i, to: p.from + i + 1}
			o = with(o, "developerMetadata", at.shownMetadata())
		}
		all[i] = o
	}
	return all
}
