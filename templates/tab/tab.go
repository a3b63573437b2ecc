// Package tab is the model of a sheet that steerco draws: cells with semantic
// styles, widths, print set-up. It names no cell of the team's and nothing of
// Excel's or Google's; each backend draws it in its own way.
package tab

import (
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// Tab is one sheet as it should look.
type Tab struct {
	// Key tells what the tab is over runs, whatever it is called: "summary".
	Key string
	// Title is the sheet's name.
	Title string
	// Columns are the widths from column A on.
	Columns []Column
	// Rows are the rows from row 1 on.
	Rows []Row
	// FreezeRows is how many rows stay in sight when scrolling; 0: none.
	FreezeRows int
	Print      Print
}

// Column is the width of a column in characters of the default font.
type Column struct{ Width float64 }

// Row is one row of cells.
type Row struct {
	// Height is in points; 0: the default of the program.
	Height float64
	// Outline is the depth of the row in an outline whose heads stand above
	// what belongs to them; 0: none. Folded rows are hidden until somebody
	// opens them.
	Outline int
	Folded  bool
	// Cells are those of the row, by ascending column.
	Cells []Cell
}

// LeftOf returns the cell right before another one of the row, if it holds a
// text or a number.
func (r Row) LeftOf(c Cell) (Cell, bool) {
	for _, l := range r.Cells {
		if l.Column+max(1, l.Span) == c.Column {
			return l, l.Text != "" || l.Number != nil
		}
	}
	return Cell{}, false
}

// Cell is one cell. A cell holds at most one of Text, Number and Date; text is
// always text, also when it looks like a formula or a number.
type Cell struct {
	// Column is the index of the column, from 0.
	Column int
	// Span is over how many columns the cell goes; 0 and 1: one. RowSpan the
	// same for rows.
	Span, RowSpan int
	Text          string
	Number        *float64
	Date          calendar.Date
	Style         Style
	// Link is the row of the team's to which the cell leads; zero: none. The
	// text stays the cell's own.
	Link plan.Ref
}

// Style is the look of a cell by its meaning. How it looks is up to the
// backend, by the table Looks.
type Style string

// The styles.
const (
	Title         Style = "title"          // the tab's own title
	Subtitle      Style = "subtitle"       // what stands beside or below it, grey, small
	SubtitleRight Style = "subtitle-right" // the same at the right edge
	Heading       Style = "heading"        // a section's title, with a line below
	Header        Style = "header"         // a column's title
	HeaderRight   Style = "header-right"   // the same above numbers
	HeaderCenter  Style = "header-center"
	Body          Style = "body" // text that wraps, with a thin line below
	BodyBold      Style = "body-bold"
	BodyCenter    Style = "body-center"
	BodySmall     Style = "body-small"  // text in a narrow column
	BodyMuted     Style = "body-muted"  // grey: "none", "unknown"
	BodyKey       Style = "body-key"    // the id of a row, grey and centred
	BodyNumber    Style = "body-number" // right-aligned number
	BodyDate      Style = "body-date"   // a date as 1 Dec 2026, left-aligned
	BodyLink      Style = "body-link"   // text that leads somewhere
	Panel         Style = "panel"       // a block with a light fill
	PanelBold     Style = "panel-bold"
	PanelLabel    Style = "panel-label" // a caption in a panel, grey, small, centred
	PanelValue    Style = "panel-value" // its value, large, centred
	Footer        Style = "footer"      // grey, small, wraps

	StatusRed     Style = "status-red"
	StatusAmber   Style = "status-amber"
	StatusGreen   Style = "status-green"
	StatusDone    Style = "status-done"
	StatusUnknown Style = "status-unknown"
	// The same, large: the one status of a page.
	BigRed     Style = "big-red"
	BigAmber   Style = "big-amber"
	BigGreen   Style = "big-green"
	BigDone    Style = "big-done"
	BigUnknown Style = "big-unknown"
	// SeverityNote is the fill of notes; critical and warning look like red
	// and amber.
	SeverityNote Style = "severity-note"
)

// Print is how a tab comes out of a printer.
type Print struct {
	// Landscape turns the page.
	Landscape bool
	// OnePage fits all on one page; otherwise it fits one page in width.
	OnePage bool
	// RepeatRows are the first and the last row (from 1) that every page
	// repeats; zero: none.
	RepeatRows [2]int
	// FooterLeft stands below each page, beside page and pages.
	FooterLeft string
}

// Position is a cell of a tab: row and column from 0.
type Position struct{ Row, Column int }
