package xlsx

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
)

// Export writes a spreadsheet of the stand-in as an Excel workbook, to be
// looked at: values, formulas, looks, notes, lists of choices, conditional
// formats by formula, merged cells, sizes, groups, names. Pages are as wide as
// a sheet, since the API knows of no pages. What Google alone has, metadata
// and warnings before an edit, isn't in it.
func Export(ctx context.Context, s *sheetstest.Server, id string, w io.Writer) error {
	service, err := newService(ctx, s)
	if err != nil {
		return err
	}
	book, err := service.Spreadsheets.Get(id).Fields(exportMask).Context(ctx).Do()
	if err != nil {
		return fmt.Errorf("read spreadsheet %q: %w", id, err)
	}
	out := exporter{file: excelize.NewFile(), styles: map[string]int{}, sheets: map[int64]*sheets.SheetProperties{}}
	defer out.file.Close()
	out.book(book)
	if out.err != nil {
		return fmt.Errorf("build workbook of %q: %w", book.Properties.Title, out.err)
	}
	return out.file.Write(w)
}

// exportMask names what is exported. The looks are those that were set: what
// conditional formats make of them is theirs.
const exportMask = "properties/title,namedRanges,sheets(properties,merges,rowGroups,conditionalFormats,data(startRow,startColumn," +
	"rowMetadata,columnMetadata,rowData/values(userEnteredValue,effectiveValue,formattedValue,userEnteredFormat,note,dataValidation)))"

// exporter builds a workbook. It keeps the first error, so that the steps read
// as a list.
type exporter struct {
	file *excelize.File
	// styles are the numbers of styles by the look they were made of.
	styles map[string]int
	sheets map[int64]*sheets.SheetProperties
	err    error
}

// do keeps the first error.
func (out *exporter) do(err error) {
	if out.err == nil {
		out.err = err
	}
}

// firstSheet is the sheet that a new file of the library has.
const firstSheet = "Sheet1"

func (out *exporter) book(b *sheets.Spreadsheet) {
	// The first sheet of the spreadsheet may be called like the library's.
	const placeholder = "\u00a0"
	out.defaultFont()
	out.do(out.file.SetSheetName(firstSheet, placeholder))
	for _, s := range b.Sheets {
		if s.Properties.SheetType != "" && s.Properties.SheetType != "GRID" {
			continue
		}
		out.sheets[s.Properties.SheetId] = s.Properties
		_, err := out.file.NewSheet(s.Properties.Title)
		out.do(err)
	}
	for _, s := range b.Sheets {
		if out.sheets[s.Properties.SheetId] != nil {
			out.sheet(s)
		}
	}
	out.do(out.file.DeleteSheet(placeholder))
	for _, n := range b.NamedRanges {
		if p := out.sheets[n.Range.SheetId]; p != nil {
			out.do(out.file.SetDefinedName(&excelize.DefinedName{Name: n.Name, RefersTo: absolute(p.Title, fromGrid(n.Range, p.GridProperties))}))
		}
	}
	out.hide(b)
}

// hide hides the sheets that are hidden. The one that is looked at first can't
// be.
func (out *exporter) hide(b *sheets.Spreadsheet) {
	for _, s := range slices.Backward(b.Sheets) {
		if index, err := out.file.GetSheetIndex(s.Properties.Title); err == nil && index >= 0 && !s.Properties.Hidden {
			out.file.SetActiveSheet(index)
		}
	}
	for _, s := range b.Sheets {
		if s.Properties.Hidden {
			out.do(out.file.SetSheetVisible(s.Properties.Title, false))
		}
	}
}

// defaultFont makes the font that of Google's cells, by which widths are
// counted.
func (out *exporter) defaultFont() {
	out.do(out.file.SetDefaultFont("Arial"))
	size := 10.0
	out.file.Styles.Fonts.Font[0].Sz.Val = &size
}

func (out *exporter) sheet(s *sheets.Sheet) {
	p := s.Properties
	for _, d := range s.Data {
		for row, r := range d.RowData {
			for column, c := range r.Values {
				out.cell(p.Title, workbook.CellName(int(d.StartRow)+row, int(d.StartColumn)+column), c)
			}
		}
		out.rows(p.Title, d)
		out.columns(p.Title, d)
	}
	for _, m := range s.Merges {
		at := fromGrid(m, p.GridProperties)
		out.do(out.file.MergeCell(p.Title, workbook.CellName(at.row, at.column), workbook.CellName(at.lastRow, at.lastColumn)))
	}
	for _, g := range s.RowGroups {
		for row := g.Range.StartIndex; row < g.Range.EndIndex; row++ {
			out.do(out.file.SetRowOutlineLevel(p.Title, int(row)+1, uint8(g.Depth)))
		}
	}
	out.rules(s)
	out.frame(p)
}

// frame sets what isn't in cells.
func (out *exporter) frame(p *sheets.SheetProperties) {
	fit, wide, tall, a4, landscape := true, 1, 0, 9, "landscape"
	grid, below := !p.GridProperties.HideGridlines, p.GridProperties.RowGroupControlAfter
	out.do(out.file.SetSheetProps(p.Title, &excelize.SheetPropsOptions{FitToPage: &fit, OutlineSummaryBelow: &below}))
	// Inches, as narrow as most printers take them.
	margin, none := 0.4, 0.0
	out.do(out.file.SetPageMargins(p.Title, &excelize.PageLayoutMarginsOptions{
		Left: &margin, Right: &margin, Top: &margin, Bottom: &margin, Header: &none, Footer: &none,
	}))
	out.do(out.file.SetPageLayout(p.Title, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}))
	out.do(out.file.SetSheetView(p.Title, 0, &excelize.ViewOptions{ShowGridLines: &grid}))
	rows, columns := int(p.GridProperties.FrozenRowCount), int(p.GridProperties.FrozenColumnCount)
	if rows+columns == 0 {
		return
	}
	pane := "bottomRight"
	switch {
	case columns == 0:
		pane = "bottomLeft"
	case rows == 0:
		pane = "topRight"
	}
	out.do(out.file.SetPanes(p.Title, &excelize.Panes{
		Freeze: true, XSplit: columns, YSplit: rows, TopLeftCell: workbook.CellName(rows, columns), ActivePane: pane,
	}))
}

func (out *exporter) cell(sheet, at string, c *sheets.CellData) {
	out.value(sheet, at, c)
	if f := c.UserEnteredFormat; f != nil {
		out.do(out.file.SetCellStyle(sheet, at, at, out.style(f)))
	}
	if c.Note != "" {
		out.do(out.file.AddComment(sheet, excelize.Comment{Cell: at, Author: "spreadsheet", Paragraph: []excelize.RichTextRun{{Text: c.Note}}}))
	}
	if c.DataValidation != nil {
		out.choices(sheet, at, c.DataValidation)
	}
}

func (out *exporter) value(sheet, at string, c *sheets.CellData) {
	isFormula := c.UserEnteredValue != nil && c.UserEnteredValue.FormulaValue != nil
	if v := c.EffectiveValue; v != nil {
		switch {
		case v.NumberValue != nil:
			out.do(out.file.SetCellFloat(sheet, at, *v.NumberValue, -1, 64))
		case v.StringValue != nil && isFormula:
			// What the library writes as a shared text can't be a formula's value.
			out.do(out.file.SetCellDefault(sheet, at, *v.StringValue))
		case v.StringValue != nil:
			out.do(out.file.SetCellStr(sheet, at, *v.StringValue))
		case v.BoolValue != nil:
			out.do(out.file.SetCellBool(sheet, at, *v.BoolValue))
		case v.ErrorValue != nil:
			out.do(out.file.SetCellDefault(sheet, at, c.FormattedValue))
		}
	}
	if isFormula {
		out.do(out.file.SetCellFormula(sheet, at, strings.TrimPrefix(*c.UserEnteredValue.FormulaValue, "=")))
	}
}

// style returns the number of the style that looks so.
func (out *exporter) style(f *sheets.CellFormat) int {
	key, err := json.Marshal(f)
	out.do(err)
	if n, ok := out.styles[string(key)]; ok {
		return n
	}
	n, err := out.file.NewStyle(style(f))
	out.do(err)
	out.styles[string(key)] = n
	return n
}

func (out *exporter) rows(sheet string, d *sheets.GridData) {
	for i, m := range d.RowMetadata {
		row := int(d.StartRow) + i + 1
		if m.PixelSize > 0 && i < len(d.RowData) {
			out.do(out.file.SetRowHeight(sheet, row, float64(m.PixelSize)/pixelsPerPoint))
		}
		if m.HiddenByUser || m.HiddenByFilter {
			out.do(out.file.SetRowVisible(sheet, row, false))
		}
	}
}

func (out *exporter) columns(sheet string, d *sheets.GridData) {
	for i, m := range d.ColumnMetadata {
		name := workbook.ColumnName(int(d.StartColumn) + i)
		if m.PixelSize > 0 {
			out.do(out.file.SetColWidth(sheet, name, name, float64(m.PixelSize-columnPadding)/pixelsPerDigit))
		}
		if m.HiddenByUser || m.HiddenByFilter {
			out.do(out.file.SetColVisible(sheet, name, false))
		}
	}
}
