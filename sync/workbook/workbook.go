// Package workbook is the port between steerco and a spreadsheet program: a
// Backend reads one workbook into sheets of cells and writes what steerco
// draws. It leaves to planread what the cells mean, and to highlight what is
// to be drawn.
package workbook

import (
	"context"

	"steerco/rules/calendar"
	"steerco/templates/tab"
)

// Backend is one workbook of one spreadsheet program. workbooktest.Suite tests
// all that is promised here.
//
// A Backend may be used from several goroutines; each call stands for itself.
type Backend interface {
	// Read returns the workbook at one version. What it returns belongs to the
	// caller. A workbook that can't be read gives an *Error; a cancelled
	// context its error. What is missing gives ErrNotFound.
	Read(ctx context.Context) (*Book, error)

	// Apply makes what stands of steerco's in the workbook equal to
	// c.Output, all or nothing: after an error the workbook is as it was. An
	// empty Output takes everything of steerco's out again. It writes nothing,
	// and returns the version as it is, when there is nothing to change.
	//
	// It returns the workbook's version after writing. It fails with
	// ErrChanged when the workbook's version is no longer c.Base, with ErrBusy
	// when somebody has it open, and with ErrNameTaken when a sheet of the
	// team's has the title of a tab, letters of either case being equal.
	// Nothing of the team's is touched, nor is what people type while a live
	// workbook is written: the next Read gives it, at another version than Apply
	// has returned. A tab that stands already keeps its place and the title that
	// its sheet has; a new one comes behind all sheets.
	Apply(ctx context.Context, c Changes) (Version, error)
}

// Version tells one state of a workbook's content from another. Its text means
// nothing.
type Version string

// Changes are what a run wants to write.
type Changes struct {
	// Base is the version from which Output was made.
	Base   Version
	Output Output
}

// Output is everything of steerco's that should stand in a workbook.
type Output struct {
	// ID is the workbook's identity for steerco. Empty with an empty output.
	ID string
	// Tabs are the drawn tabs, in their order.
	Tabs []Drawing
	// Marks are the rules that highlight rows of the team's.
	Marks []Mark
	// Keys are the rows marked at present: what Keys returns for each row of
	// each mark, sorted, without repetition.
	Keys []string
}

// IsEmpty reports whether nothing of steerco's should be in the workbook.
func (o Output) IsEmpty() bool { return o.ID == "" && len(o.Tabs) == 0 && len(o.Marks) == 0 }

// Drawing is a tab with its links resolved.
type Drawing struct {
	Tab tab.Tab
	// Links tells for each linked cell of the tab where it leads. A linked
	// cell without an entry is drawn as plain text.
	Links map[tab.Position]Link
}

// Link is a place in a sheet of the team's.
type Link struct {
	Sheet string
	// Row and Column are the place, from 0. For a link by id they are where
	// the id stood when it was made, and are the cached value.
	Row, Column int
	// ByID means that what the cell at the left of the linking one holds stands
	// exactly once in this Column of the sheet, so that the place can be looked
	// up when rows have moved.
	ByID bool
	// NumericID means that the ids are numbers in the team's sheet, so that a
	// number must be looked up.
	NumericID bool
}

// Mark is one rule that colours cells of one column of the team's, for as long
// as a row's key is among Output.Keys.
type Mark struct {
	Sheet string
	// Column is the column that is coloured, FirstRow to LastRow its rows; all
	// from 0.
	Column, FirstRow, LastRow int
	// Severity is "critical", "warning" or "note": the colour, and how the
	// keys of this mark begin.
	Severity string
	// Field is the canonical name of the coloured column's field. With Severity
	// it tells the keys of this mark from those of others.
	Field string
	// Parts are the columns whose values make the key, in this order.
	Parts []int
}

// Book is a workbook as read.
type Book struct {
	// Name is what messages call it: the file's name, or the title.
	Name    string
	Version Version
	// ID is the identity that an earlier run stored, or one made from the
	// content of a workbook that has none.
	ID string
	// Modified is the day on which the workbook was last saved, by its own
	// account; zero: not told.
	Modified calendar.Date
	// Sheets are the team's, in their order, without the tabs of steerco's.
	Sheets []Sheet
	// Formats are the cell formats that Cell.Format points into. Formats[0] is
	// the default.
	Formats []Format
	// Epoch1904 means that the serial number 0 is 1904-01-01 and not
	// 1899-12-30.
	Epoch1904 bool
	// Locale is the workbook's language where it tells: "de-DE".
	Locale string
	// TimeZone is the IANA name of the zone in which its days begin, as
	// "Europe/Berlin"; empty where it doesn't tell.
	TimeZone string
	// Warnings are what a reader of the workbook is to know, a line each.
	Warnings []string
	// Unwritable is why Apply will refuse the workbook whatever it is to write:
	// an *Error, as of one that is signed. Nil: nothing is known against it.
	Unwritable error
	// Own is what stands of steerco's.
	Own Own
}

// Sheet is one sheet of cells.
type Sheet struct {
	Name string
	// Hidden sheets are not read by default.
	Hidden bool
	// Rows are those that have cells, ascending. Rows without any aren't there.
	Rows []Row
	// HiddenColumns are the columns that are not shown, from 0.
	HiddenColumns []int
	// SummaryAbove means that the summary row of a group of rows stands above
	// them, and not below as is usual.
	SummaryAbove bool
	// Merged are the merged ranges.
	Merged []Range
	// Tables are the ranges which the program itself knows as tables.
	Tables []NamedRange
	// Colored are the ranges that the team's own conditional formats may colour.
	// Where both apply they win over the highlights of steerco's.
	Colored []Range
}

// Range is a rectangle of cells, all ends included, from 0.
type Range struct{ FirstRow, FirstColumn, LastRow, LastColumn int }

// NamedRange is a rectangle with a name.
type NamedRange struct {
	Name string
	Range
}

// Row is one row of a sheet.
type Row struct {
	// Index is the row's number, from 0.
	Index  int
	Hidden bool
	// Outline is the depth of grouping, 0 for none.
	Outline uint8
	// Cells are those that exist, ascending by column. A cell may be blank.
	Cells []Cell
}

// CellKind tells what a cell holds.
type CellKind uint8

// The kinds of cells.
const (
	Blank CellKind = iota
	Text
	Number
	Bool
	// ErrorValue is a formula's error: #REF!.
	ErrorValue
)

// Cell is one cell.
type Cell struct {
	Column int32
	Kind   CellKind
	// Formula means that the value is a formula's, as last computed.
	Formula bool
	// Format is an index into Book.Formats.
	Format uint32
	// Number is the raw value of a Number, and 1 or 0 for a Bool.
	Number float64
	// Text is the text, or the error's name. For a Number it is the displayed
	// text where the program tells it, else empty: Book.Shown renders it.
	Text string
}

// Format is what matters of a cell's look.
type Format struct {
	// Code is the number format: "#,##0".
	Code string
	// Date means that the code shows a number as a date or a time.
	Date bool
	// Elapsed means that the code shows a span of time: "[h]:mm".
	Elapsed bool
	Bold    bool
	// Indent is the depth of indentation.
	Indent int
}

// Own is what stands of steerco's in a workbook.
type Own struct {
	// ID is the stored identity; empty where steerco has never written.
	ID   string
	Tabs []OwnTab
	// Marks are the rules found, wherever they stand, equal ones and pieces of
	// one included.
	Marks []FoundMark
	Keys  []string
	// Whole means that nobody else has changed anything of steerco's since it
	// was written.
	Whole bool
}

// OwnTab is a tab of steerco's as it stands.
type OwnTab struct {
	// Key is tab.Tab.Key, Title the sheet's present name.
	Key, Title string
	// Digest is that of the Drawing that was written: Drawing.Digest.
	Digest string
	// Altered means that what stands there is not what was written.
	Altered bool
	// Hidden means that somebody has hidden it.
	Hidden bool
	// Sheet holds its cells.
	Sheet Sheet
}

// FoundMark is a rule of steerco's as found.
type FoundMark struct {
	Sheet string
	// Range is where it stands: one of its rectangles.
	Range Range
	// Formula is its condition, as Mark.Condition(KeyList) where it stands as it
	// was written.
	Formula string
}

// Cell returns the cell in a row and column from 0; a blank one where there is
// none.
func (s *Sheet) Cell(row, column int) Cell {
	if r := s.Row(row); r != nil {
		return r.Cell(column)
	}
	return Cell{Column: int32(column)}
}

// Row returns the row with an index, or nil.
func (s *Sheet) Row(index int) *Row {
	lo, hi := 0, len(s.Rows)
	for lo < hi {
		mid := (lo + hi) / 2
		if s.Rows[mid].Index < index {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(s.Rows) && s.Rows[lo].Index == index {
		return &s.Rows[lo]
	}
	return nil
}

// Cell returns the cell in a column from 0; a blank one where there is none.
func (r *Row) Cell(column int) Cell {
	lo, hi := 0, len(r.Cells)
	for lo < hi {
		mid := (lo + hi) / 2
		if int(r.Cells[mid].Column) < column {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(r.Cells) && int(r.Cells[lo].Column) == column {
		return r.Cells[lo]
	}
	return Cell{Column: int32(column)}
}

// Sheet returns the team's sheet of a name, or nil.
func (b *Book) Sheet(name string) *Sheet {
	for i := range b.Sheets {
		if b.Sheets[i].Name == name {
			return &b.Sheets[i]
		}
	}
	return nil
}

// Format returns the cell's format.
func (b *Book) Format(c Cell) Format {
	if int(c.Format) < len(b.Formats) {
		return b.Formats[c.Format]
	}
	return Format{}
}
