// Package starter holds new workbooks as data: an empty one to begin with, and
// a sample project in its middle. It leaves to the backends how a workbook is
// made of them. Equal options give equal workbooks.
package starter

import (
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// Book is a workbook that doesn't exist yet.
type Book struct {
	// Title goes into the properties of the file.
	Title string
	// Saved is the day that the file gives as that of its last change. Zero
	// leaves a day in the past.
	Saved calendar.Date
	// Sheets are in the order of their tabs.
	Sheets []Sheet
}

// Sheet is one sheet with one table.
type Sheet struct {
	Table plan.Table
	Name  string
	// Title and Help stand above the table, a line each.
	Title, Help string
	Columns     []Column
	// Rows are the table's rows, with a cell for each column.
	Rows []Row
	// Spare is how many empty rows below have the columns' formats and choices.
	Spare int
}

// Row is one row of a table.
type Row struct {
	Cells []Cell
	// Summary rows stand for those below them and are set off.
	Summary bool
	// Outline is the depth of grouping, 0 for none.
	Outline uint8
}

// Column is one column of a table.
type Column struct {
	Field plan.Field
	// Header is the column's title, Help a line that says what goes in.
	Header, Help string
	// Width is in characters of the default font.
	Width  float64
	Format Format
	// Choices are what the column offers; nil: anything.
	Choices []string
	// Open means that other texts than the choices are as good.
	Open bool
}

// Format tells how the cells of a column are shown and typed.
type Format uint8

// The formats. General is text, or a number as typed.
const (
	General Format = iota
	// Wrapped is text that goes over several lines.
	Wrapped
	// Exact is text that must not become a number or a date, as "1.10".
	Exact
	Day
	Percent
	Amount
	Whole
)

// Cell is one cell; the zero value is blank. At most one of its fields is set.
type Cell struct {
	Text   string
	Number plan.Maybe[float64]
	Date   calendar.Date
	// Format replaces the column's where it isn't General.
	Format Format
}

// IsBlank reports whether the cell holds nothing.
func (c Cell) IsBlank() bool { return c.Text == "" && !c.Number.Known && c.Date.IsZero() }

func text(s string) Cell       { return Cell{Text: s} }
func number(f float64) Cell    { return Cell{Number: plan.Known(f)} }
func day(d calendar.Date) Cell { return Cell{Date: d} }

func mapTo[A, B any](in []A, f func(A) B) []B {
	out := make([]B, len(in))
	for i, a := range in {
		out[i] = f(a)
	}
	return out
}

// Language is the language of headers and of the names of sheets.
type Language string

// The languages. The zero value is English.
const (
	English Language = "en"
	German  Language = "de"
)

// BlankOptions describe an empty workbook.
type BlankOptions struct {
	Language Language
	// Today is the day on which the project begins in the examples of the
	// settings; zero leaves them empty.
	Today calendar.Date
}

// Blank returns a workbook to begin with: all tables, with lists for the
// choices and a line of help for each column, and no rows but the names of the
// settings.
func Blank(o BlankOptions) Book {
	b := Book{Title: "Project plan", Saved: o.Today}
	for _, s := range schema() {
		sheet := s.sheet(o.Language)
		sheet.Spare = spareRows
		if s.table == plan.SettingsTable {
			sheet.Rows = blankSettings(o.Today)
			sheet.Spare = 0
		}
		b.Sheets = append(b.Sheets, sheet)
	}
	return b
}

// spareRows is for how many rows an empty table is prepared.
const spareRows = 400
