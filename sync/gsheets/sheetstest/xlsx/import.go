// Package xlsx carries spreadsheets of the stand-in to Excel workbooks and back:
// for people who try steerco with a plan of their own, and to look at what
// stands in the stand-in. It speaks to the stand-in as any client does, but for
// the values of formulas, which no client can set.
package xlsx

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"google.golang.org/api/option"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/gsheets/sheetstest"
)

// The least size of a sheet: what Google gives one that is imported.
const (
	leastRows    = 1000
	leastColumns = 26
	// mostCells bounds what a sheet says of its own size.
	mostCells = 1_000_000
)

// Import makes a spreadsheet of an Excel workbook and returns its id: values,
// formulas with what they were last computed to, looks, notes, lists of
// choices, conditional formats by formula, merged cells, widths, groups, names.
// What it leaves out, charts and pictures among it, stands in the warnings, a
// line for each reason.
func Import(ctx context.Context, s *sheetstest.Server, title string, r io.Reader) (id string, warnings []string, err error) {
	file, err := excelize.OpenReader(r)
	if err != nil {
		return "", nil, fmt.Errorf("read workbook %q: %w", title, err)
	}
	defer file.Close()
	service, err := newService(ctx, s)
	if err != nil {
		return "", nil, err
	}
	in := importer{file: file, formats: map[int]*sheets.CellFormat{}}
	properties, err := file.GetWorkbookProps()
	if err != nil {
		return "", nil, fmt.Errorf("read workbook %q: %w", title, err)
	}
	in.date1904 = properties.Date1904 != nil && *properties.Date1904
	made := &sheets.Spreadsheet{Properties: &sheets.SpreadsheetProperties{Title: title}}
	in.list()
	in.drawings()
	for i, name := range in.names {
		in.sheets = append(in.sheets, in.properties(i, name))
		made.Sheets = append(made.Sheets, &sheets.Sheet{Properties: in.sheets[i]})
	}
	if in.err != nil {
		return "", nil, fmt.Errorf("read workbook %q: %w", title, in.err)
	}
	answer, err := service.Spreadsheets.Create(made).Context(ctx).Do()
	if err != nil {
		return "", nil, fmt.Errorf("make spreadsheet %q: %w", title, err)
	}
	if err := in.fill(ctx, service, answer.SpreadsheetId); err != nil {
		return "", nil, fmt.Errorf("fill spreadsheet %q: %w", title, err)
	}
	return answer.SpreadsheetId, in.warnings(), in.remember(s, answer.SpreadsheetId)
}

// newService returns a client that speaks to the stand-in within the process.
func newService(ctx context.Context, s *sheetstest.Server) (*sheets.Service, error) {
	return sheets.NewService(ctx, option.WithHTTPClient(&http.Client{Transport: s.Transport()}), option.WithEndpoint("http://stand-in.invalid"))
}

// importer reads a workbook. It keeps the first error, so that the steps read
// as a list.
type importer struct {
	file     *excelize.File
	date1904 bool
	// names are the sheets' titles, sheets their properties.
	names  []string
	sheets []*sheets.SheetProperties
	// formats are the cells' looks by the number of their style.
	formats  map[int]*sheets.CellFormat
	requests []*sheets.Request
	computed []computed
	// left is what is left out, in the order in which it was found.
	left []leftOut
	err  error
}

// leftOut is why things are left out, and which.
type leftOut struct {
	reason string
	things []string
}

// computed is the value to which a formula was last computed.
type computed struct {
	sheet       string
	row, column int
	value       any
}

// do keeps the first error.
func (in *importer) do(err error) {
	if in.err == nil {
		in.err = err
	}
}

// leave notes that a thing is left out, and why.
func (in *importer) leave(thing, reason string) {
	i := slices.IndexFunc(in.left, func(l leftOut) bool { return l.reason == reason })
	if i < 0 {
		i = len(in.left)
		in.left = append(in.left, leftOut{reason: reason})
	}
	if l := &in.left[i]; !slices.Contains(l.things, thing) {
		l.things = append(l.things, thing)
	}
}

// warnings returns what is left out: a line for each reason, with the first few
// things.
func (in *importer) warnings() []string {
	const most = 5
	var lines []string
	for _, l := range in.left {
		named := l.things[:min(most, len(l.things))]
		line := l.reason + ": " + strings.Join(named, ", ")
		if more := len(l.things) - len(named); more > 0 {
			line += fmt.Sprintf(" and %d more", more)
		}
		lines = append(lines, line)
	}
	return lines
}

// drawings notes the charts and pictures, which are left out. They are parts of
// the file of their own.
func (in *importer) drawings() {
	charts, pictures := 0, 0
	in.file.Pkg.Range(func(name, _ any) bool {
		part, _ := name.(string)
		switch {
		case strings.HasPrefix(part, "xl/charts/chart"):
			charts++
		case strings.HasPrefix(part, "xl/media/"):
			pictures++
		}
		return true
	})
	if charts > 0 {
		in.leave(strconv.Itoa(charts), "charts are left out")
	}
	if pictures > 0 {
		in.leave(strconv.Itoa(pictures), "pictures are left out")
	}
}

// list takes the sheets that have cells.
func (in *importer) list() {
	for _, name := range in.file.GetSheetList() {
		if _, err := in.file.GetCellType(name, "A1"); err != nil {
			in.leave(strconv.Quote(name), "sheets without cells are left out")
			continue
		}
		in.names = append(in.names, name)
	}
}

// sheetID is the id of the sheet at an index.
func sheetID(index int) int64 { return int64(index) + 1 }

func (in *importer) properties(index int, name string) *sheets.SheetProperties {
	rows, columns := in.size(name)
	p := &sheets.SheetProperties{
		SheetId: sheetID(index), Title: name,
		GridProperties: &sheets.GridProperties{RowCount: int64(max(rows, leastRows)), ColumnCount: int64(max(columns, leastColumns))},
	}
	visible, err := in.file.GetSheetVisible(name)
	in.do(err)
	p.Hidden = !visible
	if panes, err := in.file.GetPanes(name); err == nil && panes.Freeze {
		p.GridProperties.FrozenRowCount, p.GridProperties.FrozenColumnCount = int64(panes.YSplit), int64(panes.XSplit)
	}
	if view, err := in.file.GetSheetView(name, 0); err == nil && view.ShowGridLines != nil {
		p.GridProperties.HideGridlines = !*view.ShowGridLines
	}
	return p
}

// heads tells on which side of a group of rows its summary stands. Making a
// group says that it stands behind: it comes after the groups.
func (in *importer) heads(index int, name string) {
	props, err := in.file.GetSheetProps(name)
	in.do(err)
	below := props.OutlineSummaryBelow == nil || *props.OutlineSummaryBelow
	in.requests = append(in.requests, &sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
		Properties: &sheets.SheetProperties{SheetId: sheetID(index), GridProperties: &sheets.GridProperties{RowGroupControlAfter: below}},
		Fields:     "gridProperties/rowGroupControlAfter",
	}})
}

// size returns how many rows and columns a sheet has, those with content or
// look.
func (in *importer) size(name string) (rows, columns int) {
	ref, err := in.file.GetSheetDimension(name)
	in.do(err)
	if at, ok := parseRange(ref); ok && (at.lastRow+1)*(at.lastColumn+1) <= mostCells {
		rows, columns = at.lastRow+1, at.lastColumn+1
	}
	all, err := in.file.GetRows(name, excelize.Options{RawCellValue: true})
	in.do(err)
	for _, row := range all {
		columns = max(columns, len(row))
	}
	return max(rows, len(all)), columns
}

// fill sends what the sheets hold, a batch for each sheet.
func (in *importer) fill(ctx context.Context, service *sheets.Service, id string) error {
	for i, name := range in.names {
		in.requests = nil
		in.cells(i, name)
		in.lines(i, name)
		in.heads(i, name)
		in.marks(i, name)
		if i == len(in.names)-1 {
			in.namedRanges()
		}
		if in.err != nil {
			return fmt.Errorf("sheet %q: %w", name, in.err)
		}
		if len(in.requests) == 0 {
			continue
		}
		_, err := service.Spreadsheets.BatchUpdate(id, &sheets.BatchUpdateSpreadsheetRequest{Requests: in.requests}).Context(ctx).Do()
		if err != nil {
			return fmt.Errorf("sheet %q: %w", name, err)
		}
	}
	return nil
}

// remember gives the formulas their values.
func (in *importer) remember(s *sheetstest.Server, id string) error {
	var errs []error
	for _, c := range in.computed {
		errs = append(errs, s.Remember(id, c.sheet, sheetstest.Computed{Row: c.row, Column: c.column, Value: c.value}))
	}
	return errors.Join(errs...)
}
