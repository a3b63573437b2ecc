// Package planread understands a workbook: it finds the tables and their
// headers, maps columns to fields, types the cells, and makes a plan.Plan of
// them. It remembers where every field stands and tells every guess. It leaves
// to rules what is wrong with the plan, and to backends how cells are read.
package planread

import (
	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// Options tell what the configuration knows about a workbook. The zero value
// reads a workbook that nobody prepared.
type Options struct {
	// Tables pins tables to sheets and columns to headers, by kind.
	Tables map[plan.Table]Pin
	// Locale is the language of dates and numbers in texts, as "de-DE"; empty:
	// the workbook's, else what the columns themselves tell.
	Locale string
	// HiddenSheets reads hidden sheets too.
	HiddenSheets bool
	// Name is the plan's name where the workbook tells none.
	Name string
	// Project are facts of the project that the configuration knows. What the
	// settings table tells wins; what only Project tells is as good, so that
	// no target is guessed from the go-live row then.
	Project plan.Settings
}

// Pin says where a table is.
type Pin struct {
	// Sheet is the sheet's name; empty: found.
	Sheet string
	// Columns maps fields to headers as typed.
	Columns map[plan.Field]string
	// Off means that the workbook has no such table, whatever it looks like.
	Off bool
}

// Reading is what was understood.
type Reading struct {
	Plan   *plan.Plan
	Tables []Table
	// Guesses are what was taken for granted, in the order of the workbook.
	Guesses []Guess
	// Skipped are rows and sheets that were left out, with the reason.
	Skipped []Skip
	// origins has the origin of every plan.Row; Row 1 is origins[0].
	origins []origin
}

// Table is a table that was found.
type Table struct {
	Kind  plan.Table
	Sheet string
	// HeaderRows are the rows of the header, from 0; several tables under each
	// other with the same header are one Table with all their header rows.
	HeaderRows []int
	// FirstRow and LastRow are the first and last row of data, from 0.
	FirstRow, LastRow int
	// Columns are the fields in the order of their columns.
	Columns []Column
	// Rows counts leaf rows, Parents summary and section rows.
	Rows, Parents int
	// First and Last are the names of the first and the last leaf row.
	First, Last string
	// WithFinish counts leaf rows with a finish in a cell, Done those which
	// are done; 0 where no column tells.
	WithFinish, Done int
}

// Column is a field and where it stands. A field from several columns has an
// entry for each.
type Column struct {
	Field plan.Field
	// Index is the column, from 0.
	Index int
	// Header is as typed, trimmed, with line breaks as blanks.
	Header string
}

// Guess is something that was taken for granted.
type Guess struct {
	// What was guessed and Because of what.
	What, Because string
	// Sheet and Cell are the place; Cell may be empty.
	Sheet, Cell string
}

// Skip is a row or sheet that was left out.
type Skip struct {
	Sheet string
	// Row is from 0; -1: the whole sheet.
	Row     int
	Because string
}

// Origin is where a row stands.
type Origin struct {
	// Table is an index into Reading.Tables.
	Table int
	Sheet string
	// Row is from 0.
	Row int
}

type origin struct {
	table int32
	row   int32
	// name is the column in which the row's name stands: a name may stand in
	// one of several.
	name int32
}

// Origin returns where a row stands; ok is false for no row.
func (r *Reading) Origin(row plan.Row) (o Origin, ok bool) {
	if row == 0 || int(row) > len(r.origins) {
		return Origin{}, false
	}
	at := r.origins[row-1]
	return Origin{Table: int(at.table), Sheet: r.Tables[at.table].Sheet, Row: int(at.row)}, true
}

// Cell returns the sheet and the name of the cell to which ref refers ("D14").
// The name is empty where the table has no such column, the sheet where ref
// refers to nothing.
func (r *Reading) Cell(ref plan.Ref) (sheet, cell string) {
	o, ok := r.Origin(ref.Row)
	if !ok {
		return "", ""
	}
	name := int(r.origins[ref.Row-1].name)
	for _, c := range r.Tables[o.Table].Columns {
		if c.Field == ref.Field && (c.Field != plan.Name || c.Index == name) {
			return o.Sheet, workbook.CellName(o.Row, c.Index)
		}
	}
	return o.Sheet, ""
}
