package templates

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/templates/report"
	"steerco/templates/tab"
)

// Render draws a report by a template. Equal input gives an equal tab. A page
// that has to be one page shows fewer records where there are too many; an
// error says that even the fewest don't fit, or that a text can't be made.
func Render(t Template, r report.Report) (tab.Tab, error) {
	d := drawer{Template: t, looks: tab.Looks(), sets: map[string][]report.Record{}, shown: map[*section]int{}}
	d.head = r.Set(reportKey)[0]
	for name := range report.Schemas() {
		d.sets[name] = r.Set(name)
	}
	rows, err := d.fitted()
	if err != nil {
		return tab.Tab{}, err
	}
	footer, err := t.page.footer.execute(d.scope(report.Record{}))
	if err != nil {
		return tab.Tab{}, err
	}
	drawn := tab.Tab{Key: t.Key, Title: t.Title, FreezeRows: t.freeze, Print: tab.Print{
		Landscape: t.page.landscape, OnePage: t.page.onePage, FooterLeft: plainText(footer),
	}}
	for _, w := range t.grid {
		drawn.Columns = append(drawn.Columns, tab.Column{Width: w})
	}
	for i, row := range rows {
		drawn.Rows = append(drawn.Rows, row.Row)
		if row.repeat {
			drawn.Print.RepeatRows = [2]int{i + 1, i + 1}
		}
	}
	return drawn, nil
}

// drawer draws one report by one template.
type drawer struct {
	Template
	looks map[tab.Style]tab.Look
	head  report.Record
	sets  map[string][]report.Record
	// shown is how many records a section shows, where a page is too short for
	// its limit.
	shown map[*section]int
}

// drawnRow is a row that may be repeated on every page.
type drawnRow struct {
	tab.Row
	repeat bool
}

// Heights of rows that hold no text of the team's, in points.
const (
	headingHeight = 20
	headerHeight  = 15
)

// scope returns a record with what concerns the whole report beside it.
func (d *drawer) scope(r report.Record) report.Record {
	s := make(report.Record, len(r)+1)
	for k, v := range r {
		s[k] = v
	}
	s[reportKey] = d.head
	return s
}

// stack draws sections below each other.
func (d *drawer) stack(sections []section) ([]drawnRow, error) {
	var rows []drawnRow
	for i := range sections {
		more, err := d.section(&sections[i])
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

func (d *drawer) section(s *section) ([]drawnRow, error) {
	records := d.records(s)
	if len(records) == 0 && s.empty == nil && s.beside == nil {
		return nil, nil
	}
	var rows []drawnRow
	if s.space > 0 {
		rows = append(rows, drawnRow{Row: tab.Row{Height: s.space}})
	}
	total := report.Record{"total": len(records)}
	if err := d.wide(&rows, s, wideRow{text: s.title, values: total, style: tab.Heading, height: headingHeight}); err != nil {
		return nil, err
	}
	body, err := d.body(s, records)
	if err != nil {
		return nil, err
	}
	rows = append(rows, body...)
	if len(records) == 0 {
		err = d.wide(&rows, s, wideRow{text: s.empty, values: total, style: tab.BodyMuted})
	}
	if shown := d.count(s, len(records)); err == nil && shown < len(records) {
		err = d.wide(&rows, s, wideRow{text: s.more, values: moreOf(records, shown), style: tab.BodyMuted})
	}
	return rows, err
}

// body draws the part of a section between its title and its last line.
func (d *drawer) body(s *section, records []report.Record) ([]drawnRow, error) {
	if s.beside != nil {
		return d.beside(s)
	}
	var rows []drawnRow
	if header, any := d.header(s); any && len(records) > 0 {
		rows = append(rows, header)
	}
	for _, r := range records[:d.count(s, len(records))] {
		drawn, err := d.record(s, r)
		if err != nil {
			return nil, err
		}
		rows = append(rows, drawn...)
	}
	return rows, nil
}

// count returns how many of n records a section shows.
func (d *drawer) count(s *section, n int) int {
	if shown, less := d.shown[s]; less {
		n = min(n, shown)
	}
	if s.limit > 0 {
		n = min(n, s.limit)
	}
	return n
}

// records returns the records of a section in its order. Sections beside each
// other have none of their own.
func (d *drawer) records(s *section) []report.Record {
	if s.beside != nil {
		return nil
	}
	records := d.sets[s.data]
	if len(s.sort) == 0 {
		return records
	}
	records = slices.Clone(records)
	slices.SortStableFunc(records, func(a, b report.Record) int {
		for _, k := range s.sort {
			if c := compare(a[k.column], b[k.column]); c != 0 {
				if k.descending {
					return -c
				}
				return c
			}
		}
		return 0
	})
	return records
}

func compare(a, b report.Value) int {
	switch a := a.(type) {
	case int:
		return cmp.Compare(a, b.(int))
	case calendar.Date:
		return cmp.Compare(a, b.(calendar.Date))
	case string:
		return cmp.Compare(strings.ToLower(a), strings.ToLower(b.(string)))
	case report.Level:
		return cmp.Compare(a.Urgency(), b.(report.Level).Urgency())
	}
	return 0
}

// moreOf returns the values for the line about what isn't shown.
func moreOf(records []report.Record, shown int) report.Record {
	count := map[report.Level]int{}
	for _, r := range records[shown:] {
		l, _ := r["level"].(report.Level)
		count[l]++
	}
	var rest []string
	for _, l := range report.Levels() {
		if count[l] > 0 {
			rest = append(rest, fmt.Sprintf("%d %s %s", count[l], l.Sign(), strings.ToLower(l.Word())))
		}
	}
	return report.Record{
		"total": len(records), "shown": shown, "more": len(records) - shown, "rest": strings.Join(rest, ", "),
	}
}

// wideRow is a row with one text over the whole width of its section.
type wideRow struct {
	text   *text
	values report.Record
	style  tab.Style
	height float64
}

// wide adds a wide row, if it has a text.
func (d *drawer) wide(rows *[]drawnRow, s *section, w wideRow) error {
	if w.text == nil {
		return nil
	}
	content, err := w.text.execute(d.scope(w.values))
	if err != nil {
		return err
	}
	c := tab.Cell{Column: s.from, Span: cmp.Or(s.width, len(d.grid)-s.from), Text: plainText(content), Style: w.style}
	box := d.box(c)
	most := 1
	if !d.page.onePage {
		most = maxLines
	}
	c.Text = box.cut(c.Text, most)
	height := cmp.Or(w.height, box.height(box.lines(c.Text)))
	*rows = append(*rows, drawnRow{Row: tab.Row{Height: height, Cells: []tab.Cell{c}}})
	return nil
}

// header draws the titles of a table; any tells whether it has any.
func (d *drawer) header(s *section) (row drawnRow, any bool) {
	row = drawnRow{Row: tab.Row{Height: headerHeight}, repeat: s.repeat}
	for _, c := range s.table {
		any = any || c.title != ""
		drawn := tab.Cell{Column: c.column, Span: c.span, Text: plainText(c.title), Style: d.headerStyle(c)}
		box := d.box(drawn)
		row.Height = max(row.Height, box.height(box.lines(drawn.Text)))
		row.Cells = append(row.Cells, drawn)
	}
	return row, any
}

func (d *drawer) headerStyle(c cell) tab.Style {
	switch align := d.looks[c.style].Align; {
	case c.level != "", align == "center":
		return tab.HeaderCenter
	case align == "right":
		return tab.HeaderRight
	}
	return tab.Header
}

// record draws the rows of one record.
func (d *drawer) record(s *section, r report.Record) ([]drawnRow, error) {
	if s.table != nil {
		row, err := d.line([]bandLine{{cells: s.table}}, r)
		if depth, _ := r[s.fold].(int); depth > 0 {
			row.Outline, row.Folded = depth, true
		}
		return []drawnRow{row}, err
	}
	var rows []drawnRow
	for i := range s.lines {
		row, err := d.line(s.lines[i:], r)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// line draws the first of the given lines of a record; the others tell how
// high cells over several lines are.
func (d *drawer) line(lines []bandLine, r report.Record) (drawnRow, error) {
	row := drawnRow{Row: tab.Row{Height: lines[0].height}}
	values := d.scope(r)
	for _, c := range lines[0].cells {
		drawn, err := d.cell(c, values)
		if err != nil {
			return row, err
		}
		box := d.box(drawn)
		if most := d.most(c, box, lines); most > 0 {
			drawn.Text = box.cut(drawn.Text, most)
		}
		if c.rows == 1 && lines[0].height == 0 {
			row.Height = max(row.Height, box.height(box.lines(drawn.Text)))
		}
		row.Cells = append(row.Cells, drawn)
	}
	return row, nil
}

// most returns over how many lines a cell's text may go; 0: any number.
func (d *drawer) most(c cell, b box, lines []bandLine) int {
	if c.most > 0 {
		return c.most
	}
	height := 0.0
	for _, l := range lines[:min(c.rows, len(lines))] {
		if l.height == 0 {
			return 0
		}
		height += l.height
	}
	return b.linesIn(height)
}

// cell draws a cell, but for its place.
func (d *drawer) cell(c cell, values report.Record) (tab.Cell, error) {
	drawn := tab.Cell{Column: c.column, Span: c.span, RowSpan: c.rows, Style: c.style}
	content, err := c.text.execute(values)
	if err != nil {
		return drawn, err
	}
	drawn.Text = plainText(content)
	switch v := values[c.value].(type) {
	case int:
		n := float64(v)
		drawn.Number = &n
	case calendar.Date:
		drawn.Date = v
	case string:
		drawn.Text = plainText(v)
	}
	if level, _ := values[c.level].(report.Level); level != report.Plain {
		d.colour(&drawn, level, c)
	}
	if ref, _ := values[c.link].(plan.Ref); !ref.IsZero() {
		drawn.Link = ref
		if drawn.Style == tab.Body {
			drawn.Style = tab.BodyLink
		}
	}
	return drawn, nil
}

// colour gives a cell the colour of a level, with sign and word.
func (d *drawer) colour(drawn *tab.Cell, level report.Level, c cell) {
	word := cmp.Or(drawn.Text, level.Word())
	if c.big && c.text == nil {
		word = strings.ToUpper(word)
	}
	drawn.Text = level.Sign() + " " + word
	drawn.Style = levelStyle(level, c.big)
}

// box returns where the text of a cell has to fit.
func (d *drawer) box(c tab.Cell) box {
	width := 0.0
	for i := c.Column; i < min(c.Column+max(1, c.Span), len(d.grid)); i++ {
		width += d.grid[i] * pointsPerCharacter
	}
	return box{width: width, look: d.looks[c.Style]}
}

// longestText is how much text a cell holds in every program, in UTF-16 units.
const longestText = 32000

// plainText returns s as a cell can hold it: without control characters, and
// not longer than any program takes.
func plainText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	s = strings.TrimSpace(s)
	if len(s) <= longestText {
		return s
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= longestText {
		return s
	}
	return string(utf16.Decode(units[:longestText-1])) + ellipsis
}
