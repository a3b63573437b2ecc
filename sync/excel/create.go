package excel

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"

	"steerco/sync/workbook"
	"steerco/templates/starter"
	"steerco/templates/tab"
)

// Create writes a new workbook. It never replaces a file: where there is one
// already it fails with an error that is fs.ErrExist. After an error there is
// no file.
func Create(path string, b starter.Book) error {
	content, err := build(b)
	if err != nil {
		return fmt.Errorf("build workbook %q: %w", filepath.Base(path), err)
	}
	return createFile(path, content)
}

// createFile writes a file that isn't there yet, whole or not at all.
func createFile(path string, content []byte) error {
	name := filepath.Base(path)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	switch {
	case errors.Is(err, fs.ErrExist):
		return &workbook.Error{Workbook: name, Err: fmt.Errorf("is there already: %w", fs.ErrExist), Fix: "choose another name, or move it away"}
	case errors.Is(err, fs.ErrNotExist):
		return &workbook.Error{Workbook: name, Err: fmt.Errorf("no folder %q: %w", filepath.Dir(path), fs.ErrNotExist), Fix: "make the folder first"}
	case err != nil:
		return &workbook.Error{Workbook: name, Err: fmt.Errorf("%w: %w", workbook.ErrDenied, err), Fix: "choose a folder in which you may write"}
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		return nil
	}
	return &workbook.Error{Workbook: name, Err: errors.Join(err, os.Remove(path)), Fix: "make room on the disk, or choose another folder"}
}

// build returns the bytes of the workbook: equal books give equal bytes.
func build(b starter.Book) ([]byte, error) {
	c := creator{file: excelize.NewFile(), styles: map[tab.Look]int{}}
	defer c.file.Close()
	c.defaultFont()
	c.place(b)
	for _, s := range b.Sheets {
		c.sheet(s)
	}
	c.properties(b)
	if len(b.Sheets) > 0 {
		c.do(c.file.DeleteSheet(firstSheet))
	}
	c.file.SetActiveSheet(0)
	c.writeLists()
	if c.err != nil {
		return nil, c.err
	}
	buffer, err := c.file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}

// properties sets title and date; the library has a date of its own otherwise.
func (c *creator) properties(b starter.Book) {
	props := &excelize.DocProperties{Title: b.Title, Creator: "steerco"}
	if !b.Saved.IsZero() {
		props.Created = b.Saved.String() + "T12:00:00Z"
		props.Modified = props.Created
	}
	c.do(c.file.SetDocProps(props))
}

// defaultFont makes the font of cells without a style, from which the widths
// of columns are counted, one that every office program has or replaces by one
// of the same widths.
func (c *creator) defaultFont() {
	c.do(c.file.SetDefaultFont(tab.Font))
	size := 10.0
	c.file.Styles.Fonts.Font[0].Sz.Val = &size
}

// firstSheet is the sheet that a new file of the library has.
const firstSheet = "Sheet1"

// creator builds a workbook. It keeps the first error, so that the steps read
// as a list.
type creator struct {
	file   *excelize.File
	styles map[tab.Look]int
	// lists are the lists of choices, a column of the hidden sheet each.
	lists [][]string
	// listRanges are the places of the choices in the sheet of lists, by the
	// choices themselves.
	listRanges map[string]string
	err        error
}

// do keeps the first error.
func (c *creator) do(err error) {
	if c.err == nil {
		c.err = err
	}
}

// Rows of a sheet, from 1.
const (
	titleRow     = starter.TitleRow + 1
	helpRow      = starter.HelpRow + 1
	headerRow    = starter.HeaderRow + 1
	firstDataRow = starter.FirstRow + 1
)

func (c *creator) sheet(s starter.Sheet) {
	_, err := c.file.NewSheet(s.Name)
	c.do(err)
	c.layout(s)
	for i, column := range s.Columns {
		c.column(s, i, column)
	}
	c.heading(s)
	for i, row := range s.Rows {
		c.row(s, firstDataRow+i, row)
	}
}

// layout sets what isn't in cells: panes, filter, page.
func (c *creator) layout(s starter.Sheet) {
	last := len(s.Columns) - 1
	c.do(c.file.SetSheetDimension(s.Name, cellAt(titleRow, 0)+":"+cellAt(headerRow+len(s.Rows), last)))
	// The library's filter takes the sheet's properties away: it goes first.
	c.do(c.file.AutoFilter(s.Name, cellAt(headerRow, 0)+":"+cellAt(c.lastRow(s), last), nil))
	below, fit, landscape, a4, wide, tall := false, true, "landscape", 9, 1, 0
	c.do(c.file.SetSheetProps(s.Name, &excelize.SheetPropsOptions{OutlineSummaryBelow: &below, FitToPage: &fit}))
	c.do(c.file.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}))
	c.do(c.file.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R&P/&N"}))
	c.do(c.file.SetPanes(s.Name, &excelize.Panes{
		Freeze: true, XSplit: 1, YSplit: headerRow, TopLeftCell: cellAt(firstDataRow, 1), ActivePane: "bottomRight",
	}))
	c.do(c.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.Name, RefersTo: fmt.Sprintf("%s!$%d:$%d", workbook.QuoteSheet(s.Name), headerRow, headerRow),
	}))
}

// lastRow is the last row that is prepared, the header at least.
func (c *creator) lastRow(s starter.Sheet) int { return headerRow + len(s.Rows) + s.Spare }

func (c *creator) heading(s starter.Sheet) {
	c.do(c.file.SetCellStr(s.Name, cellAt(titleRow, 0), s.Title))
	c.do(c.file.SetCellStr(s.Name, cellAt(helpRow, 0), s.Help))
	c.paint(s, titleRow, 0)
	c.paint(s, helpRow, 0)
	c.do(c.file.SetRowHeight(s.Name, titleRow, 24))
	c.do(c.file.SetRowHeight(s.Name, headerRow, 30))
	for i, column := range s.Columns {
		c.do(c.file.SetCellStr(s.Name, cellAt(headerRow, i), column.Header))
		c.paint(s, headerRow, i)
	}
}

func (c *creator) row(s starter.Sheet, at int, row starter.Row) {
	for i := range s.Columns {
		if i < len(row.Cells) {
			c.set(s.Name, cellAt(at, i), row.Cells[i])
		}
		c.paint(s, at, i)
	}
	if n := lines(s, row); n > 1 {
		c.do(c.file.SetRowHeight(s.Name, at, float64(n)*lineHeight+linePadding))
	}
	if row.Outline > 0 {
		c.do(c.file.SetRowOutlineLevel(s.Name, at, row.Outline))
	}
}

// The height of a row in points: not every program finds it by itself when it
// opens a file.
const (
	lineHeight  = 11.5
	linePadding = 3.5
	// textPerWidth is how many characters of a text of mixed letters stand in
	// the width of a digit of the default font, which is larger.
	textPerWidth = 1.3
)

// lines returns how many lines the longest wrapped text of a row takes.
func lines(s starter.Sheet, row starter.Row) int {
	most := 1
	for i, column := range s.Columns {
		wraps := column.Format == starter.Wrapped || column.Format == starter.Exact
		if !wraps || i >= len(row.Cells) {
			continue
		}
		n, used := 1, 0.0
		for word := range strings.FieldsSeq(row.Cells[i].Text) {
			length := float64(len([]rune(word)) + 1)
			if used > 0 && used+length > column.Width*textPerWidth {
				n, used = n+1, 0
			}
			used += length
		}
		most = max(most, n)
	}
	return most
}

func (c *creator) set(sheet, cell string, v starter.Cell) {
	switch {
	case v.Number.Known:
		c.do(c.file.SetCellFloat(sheet, cell, v.Number.Value, -1, 64))
	case !v.Date.IsZero():
		c.do(c.file.SetCellInt(sheet, cell, int64(workbook.Serial(v.Date))))
	case v.Text != "":
		c.do(c.file.SetCellStr(sheet, cell, v.Text))
	}
}

func (c *creator) paint(s starter.Sheet, row, column int) {
	at := cellAt(row, column)
	c.do(c.file.SetCellStyle(s.Name, at, at, c.style(s.Look(row-1, column))))
}

// cellAt returns the name of a cell: row from 1, column from 0.
func cellAt(row, column int) string { return workbook.CellName(row-1, column) }
