// Package workbooktest is the contract of workbook.Backend as a suite of
// tests. Every backend runs it, the one in memory included. What a backend
// can't do is declared with its reason and skipped aloud.
package workbooktest

import (
	"maps"
	"slices"
	"testing"

	"steerco/sync/workbook"
)

// Suite tests one kind of backend.
type Suite struct {
	// New makes a workbook that holds the sheets, in their order, and nothing
	// of steerco's. The suite ends before t does.
	New func(t *testing.T, sheets []Sheet) Subject
	// Missing returns a backend over a workbook that isn't there.
	Missing func(t *testing.T) workbook.Backend
	// Lossy names the cases that the backend can't pass, each with the reason.
	Lossy map[string]string
}

// Sheet is a sheet of the team's.
type Sheet struct {
	Name   string
	Hidden bool
	// Rows are the values from A1 on: nil for no cell, string, float64, bool,
	// or calendar.Date. A date is a number that is shown as a date.
	Rows [][]any
}

// Subject is one workbook under test.
type Subject struct {
	Backend workbook.Backend
	// Reopen returns another backend over the same workbook, as another
	// process has it.
	Reopen func(t *testing.T) workbook.Backend
	// Edit does what a person does in the spreadsheet program, and saves.
	Edit func(t *testing.T, do func(Editor))
	// Titles returns the titles of the sheets that a person sees, in their
	// order: those of the team's that are not hidden, and steerco's tabs.
	Titles func(t *testing.T) []string
}

// Editor is a person at the spreadsheet program. Rows and columns count from
// 0; sheets may also be tabs of steerco's. It fails the test when it can't.
type Editor interface {
	Typist
	Arranger
}

// Typist changes what stands in the rows of a sheet.
type Typist interface {
	// Set types a value, as in Sheet.Rows, into a cell.
	Set(sheet string, row, column int, value any)
	// Swap exchanges two rows, as sorting does.
	Swap(sheet string, row, other int)
	// Insert inserts an empty row above a row.
	Insert(sheet string, row int)
	// Color adds a conditional format of the team's own with a fill, before
	// all others of the sheet.
	Color(sheet string, at workbook.Range)
}

// Arranger changes which sheets there are.
type Arranger interface {
	// Add appends an empty sheet.
	Add(sheet string)
	// Copy makes a copy of a sheet, behind all others, with all that the
	// program copies with it.
	Copy(sheet, title string)
	// Rename gives a sheet another title.
	Rename(sheet, title string)
	// Remove deletes a sheet.
	Remove(sheet string)
}

type testCase struct {
	name string
	run  func(*testing.T, Suite)
}

func cases() []testCase {
	return slices.Concat(readCases(), writeCases(), tabCases(), markCases(), personCases(), arrangeCases(), refusalCases(), togetherCases())
}

// Run runs all cases as subtests of t.
func (s Suite) Run(t *testing.T) {
	all := cases()
	for _, name := range slices.Sorted(maps.Keys(s.Lossy)) {
		if !slices.ContainsFunc(all, func(c testCase) bool { return c.name == name }) {
			t.Errorf("Lossy names %q: there is no such case", name)
		}
	}
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			if because := s.Lossy[c.name]; because != "" {
				t.Skip("this backend can't: " + because)
			}
			c.run(t, s)
		})
	}
}
