package excel

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"steerco/rules/calendar"
	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// defaultCells is how many cells with content a workbook may have.
const defaultCells = 10_000_000

// readOptions tune readBook. The zero value reads all sheets of cells.
type readOptions struct {
	// Skip reports whether the sheet at a position of document.sheets isn't
	// the team's; nil: all are.
	Skip func(sheet int) bool
	// Cells is the most cells with content. Default: 10 million.
	Cells int
}

// reader reads the sheets of one workbook. It isn't used by several goroutines
// at once.
type reader struct {
	doc  *document
	book *workbook.Book
	// texts are the shared texts; nil until they are needed. Once one was used,
	// list has them without waiting.
	texts *sharedTexts
	list  []string
	// cells is how many more cells may be read.
	cells int
	// uncomputed counts formulas without a value.
	uncomputed int
	// isoDate is the format of dates that have none; 0: not yet needed.
	isoDate uint32
	// rules are the highlights of steerco's that were met.
	rules []foundRule
	// stop tells, every thousand rows, why reading must end; nil: never.
	stop func() error
}

func newReader(d *document) *reader {
	return &reader{
		doc: d, cells: defaultCells,
		book: &workbook.Book{Name: d.name, Epoch1904: d.date1904},
	}
}

// readOne reads a single sheet of cells. Its cells' formats refer to nothing.
func (d *document) readOne(e sheetEntry) (workbook.Sheet, error) { return newReader(d).sheet(e) }

// readBook reads the workbook: all sheets of cells but those that o leaves
// out, which stay for the caller to read with reader.sheet, with the same
// formats. Its identity is made from data, the bytes from which d was opened.
// What can't be read gives a *workbook.Error, a cancelled context its error.
func readBook(ctx context.Context, d *document, data []byte, o readOptions) (*workbook.Book, *reader, error) {
	r := newReader(d)
	r.stop = ctx.Err
	r.texts = startTexts(d)
	defer func() { <-r.texts.done }()
	if o.Cells != 0 {
		r.cells = o.Cells
	}
	b := r.book
	b.Version = version(data)
	b.ID = identity(b.Version)
	var err error
	if b.Formats, err = readFormats(d); err != nil {
		return nil, nil, refusal(d.name, nil, err)
	}
	r.properties()
	if d.readOnlyRecommended {
		r.warn("its author recommends to open it read-only")
	}
	if err := d.unwritable(); err != nil {
		r.warn("it is read but can't be written: %v", err)
		b.Unwritable = refusal(d.name, nil, err)
	}
	for i, e := range d.sheets {
		if o.Skip != nil && o.Skip(i) {
			continue
		}
		if err := r.teamSheet(e); err != nil {
			return nil, nil, err
		}
	}
	return b, r, nil
}

// teamSheet adds a sheet to the book if it is one of cells, and what is to be
// told of it.
func (r *reader) teamSheet(e sheetEntry) error {
	if !e.isCells() {
		return nil
	}
	r.uncomputed = 0
	sheet, err := r.sheet(e)
	if err != nil {
		return err
	}
	if r.uncomputed > 0 {
		r.warn("sheet %q has formulas without a computed value (%d): open the workbook in a spreadsheet program and save it once",
			e.name, r.uncomputed)
	}
	r.book.Sheets = append(r.book.Sheets, sheet)
	return nil
}

func (r *reader) warn(format string, args ...any) {
	r.book.Warnings = append(r.book.Warnings, fmt.Sprintf(format, args...))
}

// version is what tells these bytes from others.
func version(data []byte) workbook.Version {
	sum := sha256.Sum256(data)
	return workbook.Version(hex.EncodeToString(sum[:]))
}

// identity is that of a workbook which has none of its own: made from its
// version, so that the same file gives the same.
func identity(v workbook.Version) string {
	sum := sha256.Sum256([]byte("steerco workbook " + v))
	return hex.EncodeToString(sum[:16])
}

// properties reads when the workbook was saved and in which language it is. It
// is of no harm when that can't be read.
func (r *reader) properties() {
	all, err := r.doc.pkg.Relationships("")
	if err != nil {
		return
	}
	for _, rel := range all {
		if rel.Kind() != "core-properties" || rel.External {
			continue
		}
		s, err := r.doc.pkg.Scan(rel.Target)
		if err != nil {
			return
		}
		for s.Next() {
			if s.Kind() == ooxml.OpenTag {
				r.property(s)
			}
		}
	}
}

// unsaidLocale is what programs write whose language nobody has chosen: it
// doesn't tell in which order the team writes days and months.
const unsaidLocale = "en-US"

func (r *reader) property(s *ooxml.Scanner) {
	switch string(s.Local()) {
	case "modified":
		if text := s.Text(); len(text) >= len(isoDateCode) {
			if d, err := calendar.Parse(text[:len(isoDateCode)]); err == nil {
				r.book.Modified = d
			}
		}
	case "language":
		if language := s.Text(); language != unsaidLocale {
			r.book.Locale = language
		}
	}
}

// fault returns what is wrong with a sheet as an error of the workbook.
func (r *reader) fault(sheet string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	out := refusal(r.doc.name, nil, err)
	var e *workbook.Error
	if errors.As(out, &e) {
		e.Sheet = sheet
	}
	return out
}
