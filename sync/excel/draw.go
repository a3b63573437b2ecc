package excel

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// Paper and margins of every tab. Margins are in inches.
const (
	paperA4      = 9
	marginSide   = 0.4
	marginTop    = 0.4
	marginBottom = 0.55
	marginFooter = 0.25
)

// scratch is a workbook in which the tabs are drawn, to be carried over from
// there. It holds looks and layout; what the cells say is added on the way.
type scratch struct {
	file *excelize.File
	// styles are the style numbers by look.
	styles map[tab.Look]int
	looks  map[tab.Style]tab.Look
}

// scratchSheet is the title in the scratch workbook of tab i. The tab's own
// title is given when it is carried over.
func scratchSheet(i int) string { return "Sheet" + strconv.Itoa(i+1) }

// drawScratch draws tabs and returns the package of the scratch workbook.
func drawScratch(drawings []workbook.Drawing) (*ooxml.Package, error) {
	s := scratch{file: excelize.NewFile(), styles: map[tab.Look]int{}, looks: tab.Looks()}
	defer s.file.Close()
	s.file.SetZipWriter(storing)
	for i, d := range drawings {
		if i > 0 {
			if _, err := s.file.NewSheet(scratchSheet(i)); err != nil {
				return nil, err
			}
		}
		if err := s.draw(scratchSheet(i), d); err != nil {
			return nil, fmt.Errorf("draw tab %q: %w", d.Tab.Title, err)
		}
	}
	b, err := s.file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return ooxml.Open(b.Bytes(), ooxml.Limits{})
}

// storing returns a zip writer that doesn't compress: what it writes is read
// at once and thrown away.
func storing(w io.Writer) excelize.ZipWriter {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.NoCompression)
	})
	return z
}

// drawnTabs are tabs in a scratch workbook.
type drawnTabs struct {
	pkg *ooxml.Package
	doc *document
	// at are the positions of the tabs' sheets, by key.
	at map[string]int
}

func drawTabs(drawings []workbook.Drawing) (*drawnTabs, error) {
	pkg, err := drawScratch(drawings)
	if err != nil {
		return nil, err
	}
	d := &drawnTabs{pkg: pkg, at: map[string]int{}}
	for i, drawing := range drawings {
		d.at[drawing.Tab.Key] = i
	}
	d.doc, err = newScratchDocument(pkg)
	return d, err
}

// startDrawing draws tabs while the caller does something else. What it
// returns waits for the result; it must be called.
func startDrawing(drawings []workbook.Drawing) (wait func() (*drawnTabs, error)) {
	var drawn *drawnTabs
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		drawn, err = drawTabs(drawings)
	}()
	return func() (*drawnTabs, error) {
		<-done
		return drawn, err
	}
}

func (s *scratch) draw(sheet string, d workbook.Drawing) error {
	for i, c := range d.Tab.Columns {
		name := workbook.ColumnName(i)
		if err := s.file.SetColWidth(sheet, name, name, c.Width); err != nil {
			return err
		}
	}
	for i, r := range d.Tab.Rows {
		if err := s.drawRow(sheet, i, r); err != nil {
			return err
		}
	}
	if err := s.drawLinks(sheet, d); err != nil {
		return err
	}
	if err := s.view(sheet, d.Tab.FreezeRows); err != nil {
		return err
	}
	return s.print(sheet, d.Tab.Print)
}

func (s *scratch) drawRow(sheet string, index int, r tab.Row) error {
	if err := s.drawRowFormat(sheet, index+1, r); err != nil {
		return err
	}
	for _, c := range r.Cells {
		id, err := s.style(tab.LookOf(s.looks, c))
		if err != nil {
			return err
		}
		first := workbook.CellName(index, c.Column)
		last := workbook.CellName(index+max(1, c.RowSpan)-1, c.Column+max(1, c.Span)-1)
		if err := s.file.SetCellStyle(sheet, first, last, id); err != nil {
			return err
		}
		if first != last {
			if err := s.file.MergeCell(sheet, first, last); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *scratch) drawRowFormat(sheet string, number int, r tab.Row) error {
	if r.Height > 0 {
		if err := s.file.SetRowHeight(sheet, number, r.Height); err != nil {
			return err
		}
	}
	if r.Outline > 0 {
		if err := s.file.SetRowOutlineLevel(sheet, number, uint8(min(r.Outline, mostOutline))); err != nil {
			return err
		}
	}
	if r.Folded {
		return s.file.SetRowVisible(sheet, number, false)
	}
	return nil
}

// mostOutline is how deep an outline may be.
const mostOutline = 7

// drawLinks sets the links that lead to a fixed place. Those by id are
// formulas.
func (s *scratch) drawLinks(sheet string, d workbook.Drawing) error {
	for row, r := range d.Tab.Rows {
		for _, c := range r.Cells {
			link, ok := d.Links[tab.Position{Row: row, Column: c.Column}]
			if !ok || linkFormula(row, r, c, link) != "" {
				continue
			}
			to := workbook.QuoteSheet(link.Sheet) + "!" + workbook.CellName(link.Row, link.Column)
			if err := s.file.SetCellHyperLink(sheet, workbook.CellName(row, c.Column), to, "Location"); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *scratch) view(sheet string, freeze int) error {
	no := false
	if err := s.file.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &no}); err != nil {
		return err
	}
	if freeze == 0 {
		return nil
	}
	return s.file.SetPanes(sheet, &excelize.Panes{
		Freeze: true, YSplit: freeze, TopLeftCell: workbook.CellName(freeze, 0), ActivePane: "bottomLeft",
	})
}

func (s *scratch) print(sheet string, p tab.Print) error {
	fit, below, wide, tall, paper, orientation := true, false, 1, 0, paperA4, "portrait"
	if p.OnePage {
		tall = 1
	}
	if p.Landscape {
		orientation = "landscape"
	}
	side, top, bottom, footer := marginSide, marginTop, marginBottom, marginFooter
	if err := s.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit, OutlineSummaryBelow: &below}); err != nil {
		return err
	}
	if err := s.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall,
	}); err != nil {
		return err
	}
	if err := s.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &footer, Footer: &footer, Horizontally: &fit,
	}); err != nil {
		return err
	}
	return s.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: footerCode(p.FooterLeft)})
}

// mostInFooter is how long a footer may be, with its codes.
const mostInFooter = 255

// footerCode returns a footer in the notation of spreadsheet programs: text at
// the left, page and pages at the right. Text of any kind stays text: "&"
// begins a code, and a digit after the size of the font would count for it.
func footerCode(left string) string {
	const before, after = `&L&8 `, `&R&8 &P/&N`
	room := mostInFooter - len(before) - len(after)
	code := ""
	for _, r := range left {
		piece := string(r)
		switch {
		case r == '&':
			piece = "&&"
		case r < ' ':
			piece = " "
		}
		if len(code)+len(piece) > room {
			break
		}
		code += piece
	}
	return before + code + after
}

// style returns the number of a look's style in the scratch workbook.
func (s *scratch) style(look tab.Look) (int, error) {
	if id, ok := s.styles[look]; ok {
		return id, nil
	}
	id, err := s.file.NewStyle(styleOf(look))
	if err != nil {
		return 0, err
	}
	s.styles[look] = id
	return id, nil
}

// styleOf returns a look in words of the library.
func styleOf(look tab.Look) *excelize.Style {
	font := excelize.Font{Family: tab.Font, Size: look.Size, Color: look.Text, Bold: look.Bold, Italic: look.Italic}
	if look.Underline {
		font.Underline = "single"
	}
	style := &excelize.Style{Font: &font, Alignment: &excelize.Alignment{
		Horizontal: look.Align, Vertical: "top", WrapText: look.Wrap, Indent: look.Indent,
	}}
	if look.Middle {
		style.Alignment.Vertical = "center"
	}
	if look.Fill != "" {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{look.Fill}}
	}
	if look.LineBelow != "" {
		thickness := 1
		if look.ThickBelow {
			thickness = 2
		}
		style.Border = []excelize.Border{{Type: "bottom", Color: look.LineBelow, Style: thickness}}
	}
	if look.Format != "" {
		style.CustomNumFmt = &look.Format
	}
	return style
}
