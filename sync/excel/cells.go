package excel

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// rowsPerStop is after how many rows a reader asks whether to stop.
const rowsPerStop = 1024

// rows reads the rows of sheetData, at whose tag the scanner stands.
func (c *sheetReader) rows() error {
	if c.s.Kind() != ooxml.OpenTag {
		return nil
	}
	depth := c.s.Depth()
	for n := 0; c.s.Next(); n++ {
		if c.s.Kind() == ooxml.CloseTag && c.s.Depth() == depth {
			return nil
		}
		if !c.is("row") {
			c.s.Skip()
			continue
		}
		if n%rowsPerStop == 0 && c.stop != nil {
			if err := c.stop(); err != nil {
				return err
			}
		}
		if err := c.row(); err != nil {
			return err
		}
	}
	return nil
}

// row reads one row, at whose tag the scanner stands. Without cells that hold
// something it leaves nothing.
func (c *sheetReader) row() error {
	row := workbook.Row{Index: c.lastRow + 1}
	a := c.s.Attrs()
	for a.Next() {
		if err := rowAttr(&row, &a.Attr); err != nil {
			return err
		}
	}
	if row.Index >= maxRows {
		return fmt.Errorf("%w: row %d is beyond the last one", ooxml.ErrDamaged, row.Index+1)
	}
	c.unordered = c.unordered || row.Index <= c.lastRow
	c.lastRow, c.lastColumn = row.Index, -1
	if c.s.Kind() != ooxml.OpenTag {
		return nil
	}
	var err error
	if row.Cells, err = c.cellsOfRow(); err != nil || len(row.Cells) == 0 {
		return err
	}
	c.widest = max(c.widest, int(row.Cells[len(row.Cells)-1].Column))
	c.sheet.Rows = append(c.sheet.Rows, row)
	return nil
}

func rowAttr(row *workbook.Row, a *ooxml.Attr) error {
	if len(a.Prefix) > 0 {
		return nil
	}
	switch string(a.Local) {
	case "r":
		n, ok := number(a.Value)
		if !ok || n < 1 {
			return fmt.Errorf("%w: a row has the number %q", ooxml.ErrDamaged, a.Value)
		}
		row.Index = n - 1
	case "hidden":
		row.Hidden = row.Hidden || ooxml.IsTrue(a.Value)
	case "ht":
		row.Hidden = row.Hidden || string(a.Value) == "0"
	case "outlineLevel":
		n, _ := number(a.Value)
		row.Outline = uint8(min(n, math.MaxUint8))
	}
	return nil
}

// The memory for cells is taken in chunks of growing size, so that a small
// sheet takes little and a large one isn't copied.
const (
	firstChunk = 64
	lastChunk  = 1 << 14
)

// cellsOfRow reads the cells up to the end of the row.
func (c *sheetReader) cellsOfRow() ([]workbook.Cell, error) {
	from := len(c.chunk)
	depth := c.s.Depth()
	ordered := true
	for c.s.Next() && (c.s.Kind() != ooxml.CloseTag || c.s.Depth() != depth) {
		if !c.is("c") {
			c.s.Skip()
			continue
		}
		cell, err := c.cell()
		if err != nil {
			return nil, err
		}
		if cell.Kind == workbook.Blank {
			if !cell.Formula {
				continue
			}
			c.uncomputed++
		}
		if c.cells--; c.cells < 0 {
			return nil, fmt.Errorf("%w: it has too many cells", ooxml.ErrLimit)
		}
		if len(c.chunk) == cap(c.chunk) {
			from = c.grow(from)
		}
		ordered = ordered && (len(c.chunk) == from || c.chunk[len(c.chunk)-1].Column < cell.Column)
		c.chunk = append(c.chunk, cell)
	}
	cells := c.chunk[from:len(c.chunk):len(c.chunk)]
	if !ordered {
		cells = sortCells(cells)
	}
	return cells, nil
}

// grow takes a new chunk and moves the cells of the present row, which begin
// at from, into it.
func (c *sheetReader) grow(from int) int {
	row := c.chunk[from:]
	size := min(max(2*cap(c.chunk), firstChunk), lastChunk)
	c.chunk = append(make([]workbook.Cell, 0, max(size, 2*len(row))), row...)
	return 0
}

// cell reads one cell, at whose tag the scanner stands.
func (c *sheetReader) cell() (workbook.Cell, error) {
	var kind []byte
	cell := workbook.Cell{Column: int32(c.lastColumn + 1)}
	a := c.s.Attrs()
	for a.Next() {
		if len(a.Prefix) > 0 || len(a.Local) != 1 {
			continue
		}
		switch a.Local[0] {
		case 'r':
			n, ok := column(a.Value)
			if !ok {
				return cell, fmt.Errorf("%w: a cell is named %q", ooxml.ErrDamaged, a.Value)
			}
			cell.Column = int32(n)
		case 's':
			n, _ := number(a.Value)
			cell.Format = uint32(n)
		case 't':
			kind = a.Value
		}
	}
	if cell.Column >= maxColumns {
		return cell, fmt.Errorf("%w: row %d has a cell beyond the last column", ooxml.ErrDamaged, c.lastRow+1)
	}
	c.lastColumn = int(cell.Column)
	if c.s.Kind() != ooxml.OpenTag {
		return cell, nil
	}
	return cell, c.content(&cell, kind)
}

// content reads what is in a cell.
func (c *sheetReader) content(cell *workbook.Cell, kind []byte) error {
	depth := c.s.Depth()
	for {
		if v, ok := c.s.Leaf(c.opening, c.closing); ok {
			if err := c.value(cell, kind, v); err != nil {
				return err
			}
		}
		if !c.s.Next() {
			return nil
		}
		if c.s.Kind() == ooxml.CloseTag {
			if c.s.Depth() == depth {
				return nil
			}
			continue
		}
		var err error
		switch {
		case c.is("v"):
			err = c.value(cell, kind, c.s.Content(c.buf[:0]))
		case c.is("f"):
			cell.Formula = true
			c.formula()
		case c.is("is"):
			c.buf = appendRichText(c.buf[:0], c.s)
			setText(cell, string(c.buf))
		default:
			c.s.Skip()
		}
		if err != nil {
			return err
		}
	}
}

// formula passes over a formula, and remembers the range of an array.
func (c *sheetReader) formula() {
	if ref, ok := c.s.Attr("ref"); ok {
		kind, _ := c.s.Attr("t")
		if k := string(kind.Value); k == "array" || k == "dataTable" {
			if at, ok := parseRange(string(ref.Value)); ok && (at.FirstRow < at.LastRow || at.FirstColumn < at.LastColumn) {
				c.arrays = append(c.arrays, at)
			}
		}
	}
	c.s.Skip()
}

// value gives the cell the value that its file calls v.
func (c *sheetReader) value(cell *workbook.Cell, kind, v []byte) error {
	switch string(kind) {
	case "s":
		return c.shared(cell, v)
	case "str", "inlineStr":
		setText(cell, string(v))
		if cell.Formula {
			cell.Kind = workbook.Text
		}
	case "b":
		cell.Kind = workbook.Bool
		if ooxml.IsTrue(bytes.TrimSpace(v)) {
			cell.Number = 1
		}
	case "e":
		cell.Kind, cell.Text = workbook.ErrorValue, string(v)
	case "d":
		c.isoTime(cell, string(v))
	default:
		setNumber(cell, v)
	}
	return nil
}

func (c *sheetReader) shared(cell *workbook.Cell, v []byte) error {
	texts, err := c.loadTexts()
	if err != nil {
		return err
	}
	n, ok := number(bytes.TrimSpace(v))
	if !ok && len(bytes.TrimSpace(v)) == 0 {
		return nil
	}
	if !ok || n >= len(texts) {
		return fmt.Errorf("%w: cell %s refers to shared text %q, and there are %d",
			ooxml.ErrDamaged, workbook.CellName(c.lastRow, c.lastColumn), v, len(texts))
	}
	cell.Text = texts[n]
	if cell.Text != "" {
		cell.Kind = workbook.Text
	}
	return nil
}

// setText gives the cell a text; an empty one leaves it blank.
func setText(cell *workbook.Cell, text string) {
	if text != "" {
		cell.Kind, cell.Text = workbook.Text, ooxml.DecodeX(text)
	}
}

// setNumber gives the cell a number; what isn't one stays as a text.
func setNumber(cell *workbook.Cell, v []byte) {
	f, err := strconv.ParseFloat(string(v), 64)
	if err != nil {
		v = bytes.TrimSpace(v)
		f, err = strconv.ParseFloat(string(v), 64)
	}
	switch {
	case len(v) == 0:
	case err != nil || math.IsInf(f, 0) || math.IsNaN(f):
		setText(cell, string(v))
	default:
		cell.Kind, cell.Number = workbook.Number, f
	}
}

// isoTimes are the forms in which a cell may hold a date as text.
var isoTimes = []string{"2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00", "2006-01-02", "2006-01-02T15:04", "15:04:05"}

// isoTime gives the cell the serial number of a date that is written as text,
// and a format that shows it where it has none.
func (c *sheetReader) isoTime(cell *workbook.Cell, v string) {
	v = strings.TrimSpace(v)
	for _, form := range isoTimes {
		t, err := time.Parse(form, v)
		if err != nil {
			continue
		}
		cell.Kind, cell.Number = workbook.Number, serialOfTime(t, c.doc.date1904)
		if f := c.book.Format(*cell); !f.Date && !f.Elapsed {
			cell.Format = c.isoFormat()
		}
		return
	}
	setText(cell, v)
}

// serialOfTime returns the serial number of a time by its own clock.
func serialOfTime(t time.Time, epoch1904 bool) float64 {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if epoch1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	clock := time.Date(0, 1, 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	fraction := clock.Sub(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)).Hours() / 24
	if t.Year() == 0 {
		return fraction
	}
	days := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Sub(epoch).Hours() / 24
	return days + fraction
}

func (r *reader) isoFormat() uint32 {
	if r.isoDate == 0 {
		r.isoDate = uint32(len(r.book.Formats))
		r.book.Formats = append(r.book.Formats, newFormat(isoDateCode))
	}
	return r.isoDate
}
