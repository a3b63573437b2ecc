package sheetstest

import (
	"fmt"
	"slices"
	"time"

	"steerco/sync/gsheets/sheetstest/formula"
)

// What a spreadsheet can hold.
const (
	maxCells   = 10_000_000
	maxColumns = 18_278
)

func sheetKinds() map[string]kind {
	return map[string]kind{
		"addSheet":       {do: addSheet},
		"deleteSheet":    {do: deleteSheet},
		"duplicateSheet": {do: duplicateSheet},
		"updateSheetProperties": {
			do: updateSheetProperties, masked: true, fixed: []string{"sheetType", "dataSourceSheetProperties"},
		},
		"updateSpreadsheetProperties": {do: updateSpreadsheetProperties, masked: true, fixed: []string{"defaultFormat"}},
	}
}

// newID returns an id that the server chooses.
func (d *document) newID() int64 {
	d.ids++
	const prime, size = 1_640_531_527, 1 << 31
	return d.ids * prime % size
}

func addSheet(b *batch, body object) (object, error) {
	properties := objectIn(body, "properties")
	s, err := b.newSheet(properties)
	if err != nil {
		return nil, err
	}
	index, err := b.sheetIndex(properties, len(b.doc.sheets))
	if err != nil {
		return nil, err
	}
	b.doc.sheets = slices.Insert(b.doc.sheets, index, s)
	s.properties = b.doc.stored(sheetOnly(properties))
	if err := b.resize(s, objectIn(properties, "gridProperties")); err != nil {
		return nil, err
	}
	if err := b.checkSheet(s); err != nil {
		return nil, err
	}
	return object{"addSheet": object{"properties": s.shown(index)}}, nil
}

// newSheet returns a sheet of no size with the id and title of its properties.
func (b *batch) newSheet(properties object) (*sheet, error) {
	if kind := textIn(properties, "sheetType"); kind != "" && kind != "GRID" {
		return nil, unknown("sheets of type %q", kind)
	}
	id, chosen := intIn(properties, "sheetId")
	if !chosen {
		id = int(b.doc.newID())
	}
	if id < 0 {
		return nil, refuse("sheetId: %d must be non-negative", id)
	}
	if b.doc.sheet(int64(id)) != nil {
		return nil, refuse("Sheet with id %d already exists", id)
	}
	s := &sheet{id: int64(id), owner: new(owner)}
	if properties["title"] == nil {
		s.title = b.doc.freeTitle()
		return s, nil
	}
	return s, b.retitle(s, textIn(properties, "title"))
}

func (d *document) freeTitle() string {
	for n := len(d.sheets) + 1; ; n++ {
		if title := fmt.Sprint("Sheet", n); d.titled(title) == nil {
			return title
		}
	}
}

// retitle gives a sheet its title, which must be the only one.
func (b *batch) retitle(s *sheet, title string) error {
	if title == "" {
		return refuse("The sheet name cannot be empty.")
	}
	if other := b.doc.titled(title); other != nil && other != s {
		return refuse("A sheet with the name \"%s\" already exists. Please enter another name.", title)
	}
	s.title = title
	return nil
}

func (b *batch) sheetIndex(properties object, absent int) (int, error) {
	index := intOr(properties, "index", absent)
	if index < 0 || index > len(b.doc.sheets) {
		return 0, unknown("a sheet at index %d of %d", index, len(b.doc.sheets))
	}
	return index, nil
}

// sheetOnly returns the properties that a sheet keeps as they are.
func sheetOnly(properties object) object {
	o := without(properties, "sheetId", "title", "index", "sheetType", "gridProperties")
	grid := without(objectIn(properties, "gridProperties"), "rowCount", "columnCount")
	if len(grid) > 0 {
		o["gridProperties"] = grid
	}
	return o
}

// resize gives a sheet the size that its grid's properties name, and what they
// don't name the usual one. It adds to the end or takes from it.
func (b *batch) resize(s *sheet, grid object) error {
	rows, columns := intOr(grid, "rowCount", usualRows), intOr(grid, "columnCount", usualColumns)
	if rows < 1 || columns < 1 {
		return refuse("You can't delete all the rows or columns on the sheet.")
	}
	if err := b.roomFor(s, rows, columns); err != nil {
		return err
	}
	for _, p := range []span{{on: s, rows: true, to: rows}, {on: s, to: columns}} {
		size := len(*p.lines())
		if size > p.to {
			b.deleteSpan(span{on: s, rows: p.rows, from: p.to, to: size})
		}
		*p.lines() = append(*p.lines(), blank(max(0, p.to-size))...)
	}
	return nil
}

// roomFor tells whether the spreadsheet may hold a sheet of a size. A nil sheet
// is one that isn't there yet.
func (b *batch) roomFor(s *sheet, rows, columns int) error {
	if columns > maxColumns {
		return refuse("This action would increase the number of columns in the sheet above the limit of %d columns", maxColumns)
	}
	grown, cells := rows*columns, 0
	if s != nil {
		grown -= len(s.rows) * len(s.columns)
		cells = len(s.rows) * len(s.columns)
	}
	for _, other := range b.doc.sheets {
		if other != s {
			cells += len(other.rows) * len(other.columns)
		}
	}
	if grown > 0 && cells+grown > maxCells {
		return refuse("This action would increase the number of cells in the workbook above the limit of %d cells.", maxCells)
	}
	return nil
}

func deleteSheet(b *batch, body object) (object, error) {
	id := intOr(body, "sheetId", 0)
	s := b.doc.sheet(int64(id))
	if s == nil {
		return nil, refuse("No sheet with id: %d", id)
	}
	if err := b.guard(wholeSheet(s)); err != nil {
		return nil, err
	}
	left := slices.DeleteFunc(slices.Clone(b.doc.sheets), func(other *sheet) bool { return other == s })
	if len(left) == 0 {
		return nil, refuse("You can't remove all the sheets in a document.")
	}
	if allHidden(left) {
		return nil, refuse("You can't remove all the visible sheets in a document.")
	}
	b.doc.sheets = left
	b.doc.keepNamed(func(r *ranged) bool { return r.areas[0].sheet != s.id })
	return nil, nil
}

func wholeSheet(s *sheet) area {
	return area{sheet: s.id, row: open, rowEnd: open, column: open, columnEnd: open}
}

func allHidden(sheets []*sheet) bool {
	return !slices.ContainsFunc(sheets, func(s *sheet) bool { return !trueIn(s.properties, "hidden") })
}

func updateSheetProperties(b *batch, body object) (object, error) {
	wanted := objectIn(body, "properties")
	id := intOr(wanted, "sheetId", 0)
	s := b.doc.sheet(int64(id))
	if s == nil {
		return nil, refuse("No sheet with id: %d", id)
	}
	if err := b.guardSheet(s); err != nil {
		return nil, err
	}
	mask, index := maskOf(body), slices.Index(b.doc.sheets, s)
	now := b.updated(s.shown(index), wanted, mask)
	if mask.Has("title") {
		old := s.title
		if err := b.retitle(s, textIn(now, "title")); err != nil {
			return nil, err
		}
		b.doc.rewrite(func(text, _ string) string { return formula.Rename(text, old, s.title) })
	}
	if mask.Has("index") && !mask.Whole() {
		if err := b.moveSheet(index, wanted); err != nil {
			return nil, err
		}
	}
	if err := s.checkFrozen(objectIn(now, "gridProperties")); err != nil {
		return nil, err
	}
	s.properties = sheetOnly(now)
	if err := b.resizeTo(s, objectIn(now, "gridProperties")); err != nil {
		return nil, err
	}
	return nil, b.checkSheet(s)
}

// moveSheet moves a sheet before the one that stands at an index. The sheet
// itself still counts.
func (b *batch) moveSheet(from int, wanted object) error {
	to, err := b.sheetIndex(wanted, 0)
	if err != nil {
		return err
	}
	if to > from {
		to--
	}
	s := b.doc.sheets[from]
	b.doc.sheets = slices.Insert(slices.Delete(slices.Clone(b.doc.sheets), from, from+1), to, s)
	return nil
}

// resizeTo is resize for a sheet that has a size.
func (b *batch) resizeTo(s *sheet, grid object) error {
	rows, columns := intOr(grid, "rowCount", 0), intOr(grid, "columnCount", 0)
	for _, p := range []span{{on: s, rows: true, from: rows, to: len(s.rows)}, {on: s, from: columns, to: len(s.columns)}} {
		if p.from >= p.to {
			continue
		}
		if err := b.guard(p.area()); err != nil {
			return err
		}
	}
	return b.resize(s, object{"rowCount": float64(rows), "columnCount": float64(columns)})
}

// checkFrozen tells whether a sheet may have the size of a grid, as long as
// what is frozen at present is: nobody has reported that it helps to ask for
// another number along with the size.
func (s *sheet) checkFrozen(wanted object) error {
	grid := objectIn(s.properties, "gridProperties")
	rows, columns := intOr(wanted, "rowCount", len(s.rows)), intOr(wanted, "columnCount", len(s.columns))
	switch {
	case rows < len(s.rows) && rows <= intOr(grid, "frozenRowCount", 0):
		return refuse("Sorry, it is not possible to delete all non-frozen rows.")
	case columns < len(s.columns) && columns <= intOr(grid, "frozenColumnCount", 0):
		return refuse("Sorry, it is not possible to delete all non-frozen columns.")
	}
	return nil
}

// isFrozenWhole reports whether none of some lines can be seen but those that
// are frozen.
func isFrozenWhole(lines []*line, frozen int) bool {
	return frozen > 0 && !slices.ContainsFunc(lines[min(frozen, len(lines)):], func(l *line) bool {
		return !trueIn(l.properties, "hiddenByUser") && !trueIn(l.properties, "hiddenByFilter")
	})
}

// checkSheet tells whether a sheet may be as it is now.
func (b *batch) checkSheet(s *sheet) error {
	if allHidden(b.doc.sheets) {
		return refuse("You can't hide all the sheets in a document.")
	}
	grid := objectIn(s.properties, "gridProperties")
	rows, columns := intOr(grid, "frozenRowCount", 0), intOr(grid, "frozenColumnCount", 0)
	switch {
	case min(rows, columns) < 0:
		return unknown("%d frozen rows or columns", min(rows, columns))
	case isFrozenWhole(s.rows, rows):
		return refuse("You can't freeze all visible rows on the sheet.")
	case isFrozenWhole(s.columns, columns):
		return refuse("You can't freeze all visible columns on the sheet.")
	}
	return nil
}

func duplicateSheet(b *batch, body object) (object, error) {
	source, err := b.grid(intOr(body, "sourceSheetId", 0))
	if err != nil {
		return nil, err
	}
	title := textIn(body, "newSheetName")
	if title == "" {
		title = "Copy of " + source.title
	}
	wanted := object{"title": title}
	if id, ok := intIn(body, "newSheetId"); ok {
		wanted["sheetId"] = float64(id)
	}
	fresh, err := b.newSheet(wanted)
	if err != nil {
		return nil, err
	}
	index := intOr(body, "insertSheetIndex", 0)
	if index < 0 || index > len(b.doc.sheets) {
		return nil, unknown("a sheet at index %d of %d", index, len(b.doc.sheets))
	}
	if err := b.roomFor(fresh, len(source.rows), len(source.columns)); err != nil {
		return nil, err
	}
	s := b.copySheet(source, fresh)
	b.doc.sheets = slices.Insert(b.doc.sheets, index, s)
	return object{"duplicateSheet": object{"properties": s.shown(index)}}, nil
}

// copySheet returns a copy of a sheet under the id and title of another one.
// What has an id of its own gets a new one; developer metadata isn't copied,
// nor where the controls of groups are.
func (b *batch) copySheet(source, fresh *sheet) *sheet {
	s := source.clone()
	s.id, s.title, s.metadata = fresh.id, fresh.title, nil
	if grid := objectIn(s.properties, "gridProperties"); grid != nil {
		grid = without(grid, "rowGroupControlAfter", "columnGroupControlAfter")
		s.properties = with(s.properties, "gridProperties", grid)
	}
	for _, p := range []span{{on: s, rows: true}, {on: s}} {
		for i, l := range *p.lines() {
			if len(l.metadata) > 0 {
				p.own(i).metadata = nil
			}
		}
	}
	all := []*ranged{}
	for _, list := range s.lists() {
		all = append(all, *list...)
	}
	if s.basicFilter != nil {
		all = append(all, s.basicFilter)
	}
	for _, r := range all {
		for i := range r.areas {
			r.areas[i].sheet = s.id
		}
		r.fields = b.freshID(r.fields)
	}
	return s
}

func (b *batch) freshID(fields object) object {
	for _, name := range []string{"protectedRangeId", "bandedRangeId", "filterViewId", "chartId", "slicerId"} {
		if fields[name] != nil {
			return with(fields, name, float64(b.doc.newID()))
		}
	}
	if fields["tableId"] != nil {
		return with(fields, "tableId", fmt.Sprint(b.doc.newID()))
	}
	return fields
}

func updateSpreadsheetProperties(b *batch, body object) (object, error) {
	mask := maskOf(body)
	usual := b.doc.properties["defaultFormat"]
	b.doc.properties = with(b.updated(b.doc.properties, objectIn(body, "properties"), mask), "defaultFormat", usual)
	if textIn(b.doc.properties, "title") == "" {
		return nil, unknown("a spreadsheet without title")
	}
	return nil, b.doc.checkPlace()
}

// checkPlace tells whether the locale and time zone of a spreadsheet are known.
func (d *document) checkPlace() error {
	locale, zone := textIn(d.properties, "locale"), textIn(d.properties, "timeZone")
	if !KnowsLocale(locale) {
		return unknown("the locale %q", locale)
	}
	if _, err := time.LoadLocation(zone); err != nil || zone == "" || zone == "Local" {
		return unknown("the time zone %q", zone)
	}
	return nil
}
