// Package templates turns a report into tabs by template files: strict YAML
// that users can copy and change. A template names data sets of the report,
// their order and limits, and for each column a text, a width and a style by
// its meaning. Templates render to the tab model; how a style looks is up to
// package tab, what a data set holds up to package report.
package templates

import (
	"embed"

	"steerco/templates/report"
	"steerco/templates/tab"
)

// Template is a template file that was read.
type Template struct {
	// Key tells what the tab is over runs: "summary".
	Key string
	// Title is the sheet's name. It may be changed before rendering.
	Title    string
	file     string
	grid     []float64
	page     page
	freeze   int
	sections []section
}

// page is how a tab is printed.
type page struct {
	landscape, onePage bool
	footer             *text
}

// section is a part of a tab: a table with a row for each record of a data
// set, or lines that are drawn for each, or two stacks of sections beside each
// other.
type section struct {
	line    int
	title   *text
	data    string
	columns report.Schema
	// from is the first column of the grid, from 0; width over how many it goes.
	from, width int
	sort        []sortKey
	// limit is how many records are shown at most, 0: all; least how many are
	// kept when a page gets too long.
	limit, least int
	space        float64
	empty, more  *text
	// repeat prints the header again on every page.
	repeat bool
	// fold is a column: rows in which it isn't 0 are folded below the one above.
	fold   string
	table  []cell
	lines  []bandLine
	beside [][]section
}

type sortKey struct {
	column     string
	descending bool
}

// bandLine is one line of cells that aren't a table's.
type bandLine struct {
	height float64 // points; 0: as the texts need
	cells  []cell
}

// cell is a cell of every record, or the column of a table.
type cell struct {
	line       int
	title      string
	column     int // of the grid, from 0
	span, rows int
	// most is over how many lines a text may wrap before it is cut; 0: all.
	most int
	// One of text, value and level is set; a level may have a text in place of
	// its word. They are names of columns, but for text.
	text         *text
	value, level string
	link         string
	style        tab.Style
	big          bool
}

//go:embed summary.yaml committee.yaml
var embedded embed.FS

// Default returns the templates of the tabs that every workbook gets, in the
// order of the tabs: Summary and Committee.
func Default() ([]Template, error) {
	var all []Template
	for _, file := range []string{"summary.yaml", "committee.yaml"} {
		src, err := embedded.ReadFile(file)
		if err != nil {
			return nil, err
		}
		t, err := Parse(file, src)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// Source returns the text of an embedded template file, to be copied and
// changed; false where there is none of that key.
func Source(key string) ([]byte, bool) {
	src, err := embedded.ReadFile(key + ".yaml")
	return src, err == nil
}
