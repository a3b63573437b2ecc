package sheetstest

import (
	"maps"
	"slices"
	"time"
)

// object is a JSON object as the API speaks it: numbers are float64, and what
// is absent has no key. An object that is stored is never changed again; who
// changes something stores another one. So a copy of a document shares its
// objects.
type object = map[string]any

// document is one spreadsheet.
type document struct {
	id string
	// properties are the SpreadsheetProperties.
	properties object
	// sheets are in their order: a sheet's index is its place here.
	sheets []*sheet
	// named are the named ranges; fields are as in NamedRange.
	named []*ranged
	// lost are the names of named ranges whose cells are gone. Google doesn't
	// list them any more, but lets nobody take the names.
	lost []string
	// metadata is the DeveloperMetadata of the whole spreadsheet.
	metadata []object
	// ids counts the ids that the server has chosen.
	ids int64
	// made and modified are when the file was made and changed last.
	made, modified time.Time
	// order counts the files in the order in which they were made.
	order int
	// shared are the roles of accounts, never changed once they are stored; nil:
	// everybody may write.
	shared map[string]Role
	// office means that the file is a workbook which was never made a
	// spreadsheet.
	office bool
}

// sheet is one sheet of a document, a grid unless properties say otherwise.
type sheet struct {
	id    int64
	title string
	// properties are the SheetProperties without sheetId, title and index, and
	// without the grid's size: that is the length of rows and columns.
	properties object
	rows       []*line
	columns    []*line
	// merges have one area each and no fields.
	merges []*ranged
	// rules are the conditional formats by their index; fields are as in
	// ConditionalFormatRule. A rule may have several areas.
	rules []*ranged
	// The rest of what a sheet holds; fields are as in ProtectedRange,
	// BandedRange, FilterView, BasicFilter, Table, EmbeddedChart, Slicer.
	protected, banded, filterViews, tables, charts, slicers []*ranged
	basicFilter                                             *ranged
	// rowGroups and columnGroups are DimensionGroups; the area of one spans all
	// of the other dimension.
	rowGroups, columnGroups []*ranged
	metadata                []object
	// owner marks the lines that no other sheet has.
	owner *owner
}

// owner tells lines apart by the sheet that may change them.
type owner struct{ _ byte }

// line is a row or a column of the grid. Cells hang on rows only. One that has
// another owner than its sheet stands elsewhere, too, and is never changed: who
// changes something takes span.own. So a copy of a large sheet costs little.
type line struct {
	owner *owner
	// properties are the DimensionProperties without developerMetadata.
	properties object
	metadata   []object
	// cells are those of a row from the first column on, up to the last one
	// that was ever touched; nil is an empty one. A column has none.
	cells []*cell
}

// cell is a cell of the grid, never changed once it is stored. What formulas
// and number formats make of it is computed when somebody asks.
type cell struct {
	// fields are those of CellData that somebody set: userEnteredValue,
	// userEnteredFormat, note, dataValidation, textFormatRuns, chipRuns …
	fields object
}

// area is a rectangle of a sheet: from the first index up to, and without, the
// end. A negative index is one that is absent: the area is open there.
type area struct {
	sheet             int64
	row, rowEnd       int
	column, columnEnd int
}

// open is an index of an area that is absent.
const open = -1

// ranged is something that stands on areas of a sheet. The areas move when
// rows and columns are inserted, moved and deleted. Something with a single
// area goes when that is deleted.
type ranged struct {
	areas  []area
	fields object
}

// sheet returns the sheet with an id, or nil.
func (d *document) sheet(id int64) *sheet {
	i := slices.IndexFunc(d.sheets, func(s *sheet) bool { return s.id == id })
	if i < 0 {
		return nil
	}
	return d.sheets[i]
}

// titled returns the sheet with a title, or nil.
func (d *document) titled(title string) *sheet {
	i := slices.IndexFunc(d.sheets, func(s *sheet) bool { return s.title == title })
	if i < 0 {
		return nil
	}
	return d.sheets[i]
}

// clone returns a copy that can be changed without changing d.
func (d *document) clone() *document {
	c := *d
	c.named, c.lost = cloneRanged(d.named), slices.Clip(d.lost)
	c.metadata = slices.Clone(d.metadata)
	c.sheets = make([]*sheet, len(d.sheets))
	for i, s := range d.sheets {
		c.sheets[i] = s.clone()
	}
	return &c
}

func (s *sheet) clone() *sheet {
	// From now on the lines are neither's own.
	s.owner = new(owner)
	c := *s
	c.owner = new(owner)
	c.rows, c.columns = slices.Clone(s.rows), slices.Clone(s.columns)
	for _, list := range c.lists() {
		*list = cloneRanged(*list)
	}
	if s.basicFilter != nil {
		c.basicFilter = s.basicFilter.clone()
	}
	c.metadata = slices.Clone(s.metadata)
	return &c
}

// lists returns all lists of what stands on areas of the sheet.
func (s *sheet) lists() []*[]*ranged {
	return []*[]*ranged{
		&s.merges, &s.rules, &s.protected, &s.banded, &s.filterViews, &s.tables, &s.charts, &s.slicers,
		&s.rowGroups, &s.columnGroups,
	}
}

// blank returns empty lines: all the same one, which has no owner.
func blank(n int) []*line {
	return slices.Repeat([]*line{{owner: new(owner)}}, n)
}

// own returns a line of the span's sheet that can be changed.
func (p span) own(index int) *line {
	lines := *p.lines()
	l := lines[index]
	if l.owner == p.on.owner {
		return l
	}
	c := &line{owner: p.on.owner, properties: l.properties, metadata: slices.Clone(l.metadata), cells: slices.Clone(l.cells)}
	lines[index] = c
	return c
}

// restyle gives the lines of the span other properties. Lines that are the same
// one stay so.
func (p span) restyle(change func(object) object) {
	lines := *p.lines()
	var before, after *line
	for i := p.from; i < p.to; i++ {
		if lines[i] != before {
			before = lines[i]
			c := *before
			c.owner, c.properties = new(owner), change(before.properties)
			after = &c
		}
		lines[i] = after
	}
}

func cloneRanged(all []*ranged) []*ranged {
	c := make([]*ranged, len(all))
	for i, r := range all {
		c[i] = r.clone()
	}
	return c
}

func (r *ranged) clone() *ranged {
	return &ranged{areas: slices.Clone(r.areas), fields: r.fields}
}

// cell returns the cell in a row and column from 0, or nil where it is empty
// or beyond the grid.
func (s *sheet) cell(row, column int) *cell {
	if row < 0 || row >= len(s.rows) || column < 0 || column >= len(s.rows[row].cells) {
		return nil
	}
	return s.rows[row].cells[column]
}

// put stores a cell within the grid; nil empties it.
func (s *sheet) put(row, column int, c *cell) {
	l := span{on: s, rows: true}.own(row)
	for len(l.cells) <= column {
		l.cells = append(l.cells, nil)
	}
	l.cells[column] = c
}

// with returns a copy of an object with one field set, or without it for nil.
func with(o object, name string, value any) object {
	c := maps.Clone(o)
	if c == nil {
		c = object{}
	}
	if value == nil {
		delete(c, name)
	} else {
		c[name] = value
	}
	return c
}
