package exceltest

import (
	"fmt"
	"slices"
	"strings"

	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// Titles are those of made-up tabs.
type Titles struct{ Summary, Committee string }

// MadeUp returns changes that need no plan: two tabs with everything that tabs
// can hold, links to three rows of the first sheet, and marks on cells of
// these rows.
func MadeUp(b *workbook.Book, titles Titles) workbook.Output {
	out := workbook.Output{ID: b.ID}
	var links []linked
	if len(b.Sheets) > 0 {
		out.Marks, out.Keys = MadeUpMarks(&b.Sheets[0])
		links = linksTo(&b.Sheets[0], out.Marks)
	}
	out.Tabs = []workbook.Drawing{summary(titles.Summary, links), committee(titles.Committee)}
	return out
}

// MadeUpMarks returns marks on two columns of a sheet, and the keys of three
// of its rows. A sheet without cells has marks as well, which show nothing.
func MadeUpMarks(s *workbook.Sheet) ([]workbook.Mark, []string) {
	first, last, columns := extent(s)
	marks := []workbook.Mark{
		{Severity: "critical", Field: "name", Column: columns[0]},
		{Severity: "warning", Field: "finish", Column: columns[len(columns)-1]},
	}
	var keys []string
	for i := range marks {
		m := &marks[i]
		m.Sheet, m.FirstRow, m.LastRow, m.Parts = s.Name, first, last, columns
		for _, row := range middle(s) {
			keys = append(keys, workbook.Keys(m.Severity, m.Field, parts(s, row, columns))...)
		}
	}
	slices.Sort(keys)
	return marks, slices.Compact(keys)
}

// extent returns the rows that a sheet uses and up to three columns of its
// first row.
func extent(s *workbook.Sheet) (first, last int, columns []int) {
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			if c.Kind != workbook.Blank && len(columns) < 3 && !slices.Contains(columns, int(c.Column)) {
				columns = append(columns, int(c.Column))
			}
		}
	}
	if len(columns) == 0 {
		return 0, 0, []int{0}
	}
	return s.Rows[0].Index, s.Rows[len(s.Rows)-1].Index, columns
}

// middle returns the numbers of three rows, or of all where there are fewer.
func middle(s *workbook.Sheet) []int {
	var out []int
	for _, r := range s.Rows[max(0, len(s.Rows)/2-1):] {
		if len(out) < 3 {
			out = append(out, r.Index)
		}
	}
	return out
}

func parts(s *workbook.Sheet, row int, columns []int) []workbook.Cell {
	var out []workbook.Cell
	for _, c := range columns {
		out = append(out, s.Cell(row, c))
	}
	return out
}

// linked is a link with the cell of the team's to which it leads.
type linked struct {
	workbook.Link
	cell workbook.Cell
}

// linksTo returns links to the marked rows: by id where the cell's content
// stands only once in its column.
func linksTo(s *workbook.Sheet, marks []workbook.Mark) []linked {
	var out []linked
	column := marks[0].Column
	for _, row := range middle(s) {
		c := s.Cell(row, column)
		l := linked{workbook.Link{Sheet: s.Name, Row: row, Column: column}, c}
		l.ByID = isUnique(s, column, c)
		l.NumericID = l.ByID && c.Kind == workbook.Number
		out = append(out, l)
	}
	return out
}

// isUnique reports whether nothing else in a column could be taken for c.
func isUnique(s *workbook.Sheet, column int, c workbook.Cell) bool {
	if c.Kind != workbook.Number && (c.Kind != workbook.Text || len(c.Text) > 100) {
		return false
	}
	n := 0
	for i := range s.Rows {
		other := s.Rows[i].Cell(column)
		if other.Kind == c.Kind && strings.EqualFold(other.Text, c.Text) && other.Number == c.Number {
			n++
		}
	}
	return n == 1
}

// Traps are texts that must come out of a tab as they went in.
func Traps() []string {
	return []string{
		"=1+1", "+SUM(A1)", "@x", "-1", "1.10", "2026-12-01", "TRUE", "#REF!", "'quoted", `<&>"'`, " spaced  out ",
		"two\nlines", "tab\there", "_x000D_", "_x0041_", "Ärger – 工程 😀", "{{.Name}}", "http://example.com/", "%s", "",
	}
}

// summary draws a tab of one page's width.
func summary(title string, links []linked) workbook.Drawing {
	d := workbook.Drawing{
		Tab: tab.Tab{
			Key: "summary", Title: title, FreezeRows: 2,
			Columns: []tab.Column{{Width: 14}, {Width: 12}, {Width: 40}, {Width: 12}, {Width: 9.5}},
			Print:   tab.Print{RepeatRows: [2]int{1, 2}, FooterLeft: "R&D <roll-out>"},
		},
		Links: map[tab.Position]workbook.Link{},
	}
	d.Tab.Rows = []tab.Row{
		{Height: 30, Cells: []tab.Cell{{Text: "Summary", Span: 5, Style: tab.Title}}},
		{Cells: []tab.Cell{
			{Text: "severity", Style: tab.Header},
			{Column: 1, Text: "id", Style: tab.HeaderCenter},
			{Column: 2, Text: "what", Style: tab.Header},
			{Column: 3, Text: "due", Style: tab.HeaderCenter},
			{Column: 4, Text: "days", Style: tab.HeaderRight},
		}},
	}
	for i, l := range links {
		d.Links[tab.Position{Row: len(d.Tab.Rows), Column: 2}] = l.Link
		d.Tab.Rows = append(d.Tab.Rows, linking(i, l))
	}
	for i, text := range Traps() {
		r := finding(i, text)
		r.Outline, r.Folded = i%3, i%3 == 2
		d.Tab.Rows = append(d.Tab.Rows, r)
	}
	return d
}

// linking draws a link, by id in the cell at its left and in its own.
func linking(i int, l linked) tab.Row {
	if !l.ByID {
		return finding(i, fmt.Sprintf("row %d", l.Row+1))
	}
	r := finding(i, l.cell.Text)
	id := &r.Cells[1]
	id.Text = l.cell.Text
	if l.NumericID {
		id.Text, id.Number = "", &l.cell.Number
		r.Cells[2].Text, r.Cells[2].Number = "", &l.cell.Number
	}
	return r
}

func finding(i int, text string) tab.Row {
	days := float64(i) + 0.5
	signs := []tab.Cell{
		{Text: "✖ critical", Style: tab.StatusRed},
		{Text: "▲ warning", Style: tab.StatusAmber},
		{Text: "? cannot judge", Style: tab.StatusUnknown},
		{Text: "note", Style: tab.SeverityNote},
	}
	return tab.Row{Cells: []tab.Cell{
		signs[i%len(signs)],
		{Column: 1, Style: tab.BodyCenter},
		{Column: 2, Text: text, Style: tab.BodyLink, Link: plan.Ref{Row: plan.Row(i + 1)}},
		{Column: 3, Date: calendar.New(2026, 11, 2+i), Style: tab.BodyDate},
		{Column: 4, Number: &days, Style: tab.BodyNumber},
	}}
}

// committee draws a tab of one page, with every style there is.
func committee(title string) workbook.Drawing {
	d := workbook.Drawing{Tab: tab.Tab{
		Key: "committee", Title: title,
		Columns: []tab.Column{{Width: 20}, {Width: 20}, {Width: 20}, {Width: 20}},
		Print:   tab.Print{Landscape: true, OnePage: true, FooterLeft: "as of 1 Dec 2026"},
	}}
	d.Tab.Rows = []tab.Row{{Height: 40, Cells: []tab.Cell{
		{Text: "● green", Span: 2, RowSpan: 2, Style: tab.BigGreen},
		{Column: 2, Text: "go-live holds", Span: 2, RowSpan: 2, Style: tab.PanelBold},
	}}, {}}
	styles := make([]tab.Style, 0, len(tab.Looks()))
	for s := range tab.Looks() {
		styles = append(styles, s)
	}
	slices.Sort(styles)
	for i, s := range styles {
		if i%4 == 0 {
			d.Tab.Rows = append(d.Tab.Rows, tab.Row{})
		}
		row := &d.Tab.Rows[len(d.Tab.Rows)-1]
		row.Cells = append(row.Cells, tab.Cell{Column: i % 4, Text: string(s), Style: s})
	}
	return d
}
