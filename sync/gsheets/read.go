package gsheets

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

const (
	// readMask names all that a reading needs, and versionMask is a part of it.
	readMask = "properties(title,locale,timeZone),namedRanges," + metadataMask + ",sheets(" + propertiesMask + ",merges," + metadataMask + "," +
		"conditionalFormats,protectedRanges(protectedRangeId,range,description,warningOnly,requestingUserCanEdit,editors/users)," +
		"rowGroups(range,depth),columnGroups(range,depth),tables(name,range)," +
		"data(startRow,startColumn,rowMetadata(hiddenByUser,hiddenByFilter),columnMetadata(hiddenByUser,hiddenByFilter),rowData/values(" +
		"effectiveValue,formattedValue,userEnteredValue,effectiveFormat/numberFormat,userEnteredFormat/textFormat/bold)))"
	// extentMask names what tells how large a spreadsheet is.
	extentMask     = "sheets/" + propertiesMask
	propertiesMask = "properties(sheetId,title,index,sheetType,hidden,gridProperties)"
)

// mostCells is how large a sheet's grid may be for its cells to be read, empty
// ones included. The whole of a spreadsheet may have ten times as many.
const mostCells = 1_000_000

// extent tells how a spreadsheet is read.
type extent uint8

const (
	// unseen: nobody has looked yet.
	unseen extent = iota
	// whole: all cells of all sheets.
	whole
	// partly: there are sheets too large to be read. Which ones is found out
	// before each reading, so that new sheets are seen.
	partly
)

// Read reads the spreadsheet with one call, and with another one that asks for
// its size when this Backend reads for the first time.
func (b *Backend) Read(ctx context.Context) (*workbook.Book, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s, _, err := b.fetch(ctx, readMask)
	if err != nil {
		return nil, err
	}
	_, book := b.take(s)
	return book, nil
}

// take remembers what was read with readMask, and returns it, also as a Book
// that belongs to the caller.
func (b *Backend) take(s *sheets.Spreadsheet) (*snapshot, *workbook.Book) {
	o := findOwn(s)
	now := &snapshot{sheet: s, state: stateWith(s, o), own: o}
	book := newReader().read(now, b.id)
	now.keep(book)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seen = now
	return now, book
}

// fetch reads what a mask names. Where sheets are too large to be read it goes
// by ranges, and returns them: an answer to a write must be limited by the same
// ones. There are none otherwise.
func (b *Backend) fetch(ctx context.Context, mask string) (*sheets.Spreadsheet, []string, error) {
	b.mu.Lock()
	known := b.extent
	b.mu.Unlock()
	var sizes *sheets.Spreadsheet
	var ranges []string
	if known == unseen || known == partly {
		var err error
		if sizes, err = b.api.get(ctx, extentMask); err != nil {
			return nil, nil, err
		}
		ranges = readRanges(sizes.Sheets)
	}
	s, err := b.api.get(ctx, mask, ranges...)
	if known == whole && errors.Is(err, errTooLarge) {
		// Somebody has added a sheet that is too large.
		b.learn(partly)
		return b.fetch(ctx, mask)
	}
	if err != nil {
		return nil, nil, err
	}
	if s.Properties == nil {
		s.Properties = &sheets.SpreadsheetProperties{}
	}
	if ranges != nil {
		addMissing(s, sizes.Sheets)
	}
	b.learn(extentOf(s))
	return s, ranges, nil
}

// learn remembers how the spreadsheet is to be read the next time.
func (b *Backend) learn(e extent) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.extent = e
}

func extentOf(s *sheets.Spreadsheet) extent {
	if slices.ContainsFunc(s.Sheets, func(sheet *sheets.Sheet) bool { return isTooLarge(sheet.Properties) }) {
		return partly
	}
	return whole
}

// readRanges returns the ranges by which to read: each sheet whole, but one
// cell of those that are too large. Nil: all can be read.
func readRanges(all []*sheets.Sheet) []string {
	if !slices.ContainsFunc(all, func(s *sheets.Sheet) bool { return isTooLarge(s.Properties) }) {
		return nil
	}
	var ranges []string
	for _, s := range all {
		switch {
		case !isGrid(s.Properties):
		case isTooLarge(s.Properties):
			ranges = append(ranges, rangeOfFirst(s.Properties.Title))
		default:
			ranges = append(ranges, rangeOfAll(s.Properties.Title))
		}
	}
	return ranges
}

// addMissing adds the sheets that an answer by ranges leaves out: those without
// cells.
func addMissing(s *sheets.Spreadsheet, all []*sheets.Sheet) {
	there := map[int64]bool{}
	for _, sheet := range s.Sheets {
		there[sheet.Properties.SheetId] = true
	}
	for _, sheet := range all {
		if !there[sheet.Properties.SheetId] && !isGrid(sheet.Properties) {
			s.Sheets = append(s.Sheets, sheet)
		}
	}
	slices.SortStableFunc(s.Sheets, func(a, b *sheets.Sheet) int { return cmp.Compare(a.Properties.Index, b.Properties.Index) })
}

// isGrid reports whether a sheet has cells. Others are a chart, or a window to
// a data source.
func isGrid(p *sheets.SheetProperties) bool { return p.SheetType == "GRID" || p.SheetType == "" }

// gridSize returns how many cells a sheet has, empty ones included.
func gridSize(p *sheets.SheetProperties) (size struct{ Rows, Columns int64 }) {
	if p.GridProperties != nil {
		size.Rows, size.Columns = p.GridProperties.RowCount, p.GridProperties.ColumnCount
	}
	return size
}

func isTooLarge(p *sheets.SheetProperties) bool {
	size := gridSize(p)
	return isGrid(p) && size.Rows*size.Columns > mostCells
}

// rangeOfAll returns the range of all cells of a sheet, rangeOfFirst that of the
// first one.
func rangeOfAll(title string) string { return workbook.QuoteSheet(title) }

func rangeOfFirst(title string) string { return workbook.QuoteSheet(title) + "!A1" }

// keep keeps of what was read what a write needs.
func (s *snapshot) keep(b *workbook.Book) {
	s.book = &workbook.Book{Name: b.Name, Version: b.Version, ID: b.ID, Own: b.Own}
	o := &s.book.Own
	o.Tabs, o.Marks, o.Keys = slices.Clone(o.Tabs), slices.Clone(o.Marks), slices.Clone(o.Keys)
	for i := range o.Tabs {
		o.Tabs[i].Sheet = workbook.Sheet{}
	}
	for _, sheet := range s.sheet.Sheets {
		if !s.own.isOwn(sheet) {
			sheet.Data = nil
			// A sheet without cells has a title that is taken, too.
			s.book.Sheets = append(s.book.Sheets, workbook.Sheet{Name: sheet.Properties.Title})
		}
	}
}

// identity is that of a spreadsheet in which none is stored.
func identity(id string) string {
	sum := sha256.Sum256([]byte("steerco spreadsheet " + id))
	return hex.EncodeToString(sum[:16])
}

// localeName returns a spreadsheet's locale as languages are usually called:
// "de_DE" as "de-DE".
func localeName(locale string) string { return strings.ReplaceAll(locale, "_", "-") }

// read makes a Book of a snapshot of the spreadsheet with an id.
func (r *reader) read(now *snapshot, id string) *workbook.Book {
	p := now.sheet.Properties
	b := r.book
	b.Name, b.Version = cmp.Or(p.Title, id), now.state.version()
	b.Locale, b.TimeZone = localeName(p.Locale), p.TimeZone
	b.ID = cmp.Or(now.own.id, identity(id))
	for _, s := range now.sheet.Sheets {
		if !now.own.isOwn(s) {
			r.teamSheet(s)
		}
	}
	b.Own = now.own.describe(r, now.sheet)
	b.Formats = r.formats
	return b
}

// teamSheet adds a sheet of the team's to the book, and what is to be told of
// it.
func (r *reader) teamSheet(s *sheets.Sheet) {
	title := s.Properties.Title
	switch size := gridSize(s.Properties); {
	case !isGrid(s.Properties):
		r.warn("sheet %q isn't read: it holds no cells but %s", title, contents(s.Properties.SheetType))
		return
	case isTooLarge(s.Properties):
		r.warn("sheet %q isn't read: its grid has %d rows and %d columns, more than %d cells with the empty ones: delete the empty rows and columns",
			title, size.Rows, size.Columns, mostCells)
	}
	r.loading = 0
	r.book.Sheets = append(r.book.Sheets, r.sheet(s))
	if r.loading > 0 {
		r.warn("sheet %q has formulas that are still being computed (%d): what they show is missing", title, r.loading)
	}
}

// contents names what a sheet holds that has no cells.
func contents(sheetType string) string {
	if sheetType == "OBJECT" {
		return "a chart"
	}
	return "data of another source"
}

func (r *reader) warn(format string, args ...any) {
	r.book.Warnings = append(r.book.Warnings, fmt.Sprintf(format, args...))
}
