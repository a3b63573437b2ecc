package excel

import (
	"fmt"
	"slices"
	"strconv"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// The size of the largest sheet.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
)

// sheet reads a sheet of cells.
func (r *reader) sheet(e sheetEntry) (workbook.Sheet, error) {
	s, err := r.doc.pkg.Scan(e.part)
	if err != nil {
		return workbook.Sheet{}, r.fault(e.name, err)
	}
	c := sheetReader{reader: r, s: s, lastRow: -1}
	c.sheet.Name = e.name
	c.sheet.Hidden = e.state != ""
	err = c.read()
	if err == nil {
		err = s.Err()
	}
	if err != nil {
		return workbook.Sheet{}, r.fault(e.name, err)
	}
	c.finish()
	if c.sheet.Tables, err = r.tables(e.part); err != nil {
		return workbook.Sheet{}, r.fault(e.name, err)
	}
	return c.sheet, nil
}

// sheetReader reads one sheet.
type sheetReader struct {
	*reader
	s *ooxml.Scanner
	// prefix is that of the sheet's namespace; opening and closing are the tags
	// of a value.
	prefix, opening, closing string
	sheet                    workbook.Sheet
	// chunk is the memory from which cells are taken.
	chunk []workbook.Cell
	// lastRow and lastColumn are the positions before the present one.
	lastRow, lastColumn int
	// widest is the last column with content.
	widest int
	// unordered means that rows don't ascend.
	unordered bool
	hidden    []workbook.Range
	arrays    []workbook.Range
	buf       []byte
}

// read reads the sheet part; what is wrong with its XML the scanner tells.
func (c *sheetReader) read() error {
	if c.s.Next() {
		c.prefix = string(c.s.Prefix())
	}
	name := "v>"
	if c.prefix != "" {
		name = c.prefix + ":v>"
	}
	c.opening, c.closing = "<"+name, "</"+name
	for c.s.Next() {
		if c.s.Kind() == ooxml.CloseTag {
			continue
		}
		if !c.is("sheetData") {
			c.part()
			continue
		}
		if err := c.rows(); err != nil {
			return err
		}
	}
	return nil
}

// is reports whether the tag has a name in the sheet's namespace.
func (c *sheetReader) is(local string) bool {
	return string(c.s.Local()) == local && string(c.s.Prefix()) == c.prefix
}

// part takes what matters of the children of the root besides the cells.
func (c *sheetReader) part() {
	switch {
	case c.is("sheetPr"), c.is("cols"), c.is("mergeCells"):
		// Their children come as next tags.
	case c.is("outlinePr"):
		c.sheet.SummaryAbove = !c.s.Flag("summaryBelow", true)
	case c.is("col"):
		c.column()
	case c.is("mergeCell"):
		if at, ok := parseRange(c.s.Value("ref")); ok {
			c.sheet.Merged = append(c.sheet.Merged, at)
		}
	case isRulesPart(c.s.Local()):
		own, colored := readRules(c.s, c.sheet.Name)
		c.rules = append(c.rules, own...)
		c.sheet.Colored = append(c.sheet.Colored, colored...)
	default:
		c.s.Skip()
	}
}

// column takes the columns that a col element hides. How many of them there
// are is known when the cells are.
func (c *sheetReader) column() {
	width, ok := c.s.Attr("width")
	if !c.s.Flag("hidden", false) && (!ok || string(width.Value) != "0") {
		return
	}
	first, _ := strconv.Atoi(c.s.Value("min"))
	last, _ := strconv.Atoi(c.s.Value("max"))
	if first < 1 || last < first {
		return
	}
	c.hidden = append(c.hidden, workbook.Range{FirstColumn: first - 1, LastColumn: min(last, maxColumns) - 1})
}

// finish puts into order what the file has in another one.
func (c *sheetReader) finish() {
	if c.unordered {
		c.sortRows()
	}
	for _, h := range c.hidden {
		for i := h.FirstColumn; i <= min(h.LastColumn, c.widest); i++ {
			c.sheet.HiddenColumns = append(c.sheet.HiddenColumns, i)
		}
	}
	slices.Sort(c.sheet.HiddenColumns)
	c.sheet.HiddenColumns = slices.Compact(c.sheet.HiddenColumns)
	for _, a := range c.arrays {
		c.markFormulas(a)
	}
}

// sortRows sorts the rows; of two with the same number the cells are joined.
func (c *sheetReader) sortRows() {
	slices.SortStableFunc(c.sheet.Rows, func(a, b workbook.Row) int { return a.Index - b.Index })
	joined := c.sheet.Rows[:0]
	for _, row := range c.sheet.Rows {
		if n := len(joined); n > 0 && joined[n-1].Index == row.Index {
			joined[n-1].Cells = sortCells(append(slices.Clip(joined[n-1].Cells), row.Cells...))
			continue
		}
		joined = append(joined, row)
	}
	c.sheet.Rows = joined
}

// sortCells sorts the cells of a row; of two in one column the last one holds.
func sortCells(cells []workbook.Cell) []workbook.Cell {
	slices.SortStableFunc(cells, func(a, b workbook.Cell) int { return int(a.Column - b.Column) })
	kept := cells[:0]
	for _, cell := range cells {
		if n := len(kept); n > 0 && kept[n-1].Column == cell.Column {
			kept[n-1] = cell
			continue
		}
		kept = append(kept, cell)
	}
	return kept
}

// markFormulas marks the cells of an array formula, which stands in the first
// of them only.
func (c *sheetReader) markFormulas(at workbook.Range) {
	from, _ := slices.BinarySearchFunc(c.sheet.Rows, at.FirstRow, func(r workbook.Row, index int) int { return r.Index - index })
	for _, row := range c.sheet.Rows[from:] {
		if row.Index > at.LastRow {
			return
		}
		for i := range row.Cells {
			if n := int(row.Cells[i].Column); n >= at.FirstColumn && n <= at.LastColumn {
				row.Cells[i].Formula = true
			}
		}
	}
}

// tables returns the tables that belong to a sheet.
func (r *reader) tables(part string) ([]workbook.NamedRange, error) {
	all, err := r.doc.pkg.Relationships(part)
	if err != nil {
		return nil, err
	}
	var tables []workbook.NamedRange
	for _, rel := range all {
		if rel.Kind() != "table" || rel.External || !r.doc.pkg.Has(rel.Target) {
			continue
		}
		s, err := r.doc.pkg.Scan(rel.Target)
		if err != nil {
			return nil, err
		}
		if !s.Next() {
			return nil, fmt.Errorf("part %q: %w", rel.Target, s.Err())
		}
		name := s.Value("displayName")
		if name == "" {
			name = s.Value("name")
		}
		if at, ok := parseRange(s.Value("ref")); ok {
			tables = append(tables, workbook.NamedRange{Name: name, Range: at})
		}
	}
	return tables, nil
}
