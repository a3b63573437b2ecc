package planread

import (
	"strings"

	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// view is a sheet while its tables are looked for.
type view struct {
	*reader
	sheet *workbook.Sheet
	index int
	// kinds are what the sheet's name says of it.
	kinds []string
	// labels remembers what header texts mean.
	labels map[string]label
}

const (
	// headerRows is how far down a header is looked for.
	headerRows = 60
	// headerDepth is over how many rows a header may go.
	headerDepth = 3
	// gridRun is how many labels of a Gantt grid in a row end the fields.
	gridRun = 5
	// widest bounds the columns that are looked at.
	widest = 300
)

// headings are the texts of a header's columns, from the left up to the grid.
type headings struct {
	rows []int
	cols []heading
	stop int
}

// heading is one column of a header.
type heading struct {
	column int
	// typed is the text of the column's own cell, group what stands over it.
	typed, group string
}

// headings reads the header that would stand in n rows, the first at the index
// top of the sheet's rows; ok is false where that can't be a header.
func (v *view) headings(top, n int) (h headings, ok bool) {
	rows := v.sheet.Rows[top : top+n]
	h.stop = widest
	for i := range rows {
		h.rows = append(h.rows, rows[i].Index)
		h.stop = min(h.stop, v.gridStart(&rows[i]))
	}
	if h.rows[n-1]-h.rows[0] != n-1 {
		return h, false
	}
	h.stop = min(h.stop, v.gridAround(top, n))
	for i := range rows {
		if values, texts := kindsBefore(&rows[i], h.stop); values > 0 && (n > 1 || values*valuesPerText > texts) {
			return h, false
		}
	}
	for _, c := range v.headerColumns(rows, h.stop) {
		h.cols = append(h.cols, v.heading(rows, c))
	}
	return h, len(h.cols) > 0
}

// valuesPerText is how many texts a header needs for each cell of it that
// holds something else: rows of data have dates and numbers, headers don't.
const valuesPerText = 6

// kindsBefore counts the texts and the other values of a row before a column.
func kindsBefore(row *workbook.Row, stop int) (values, texts int) {
	for _, c := range row.Cells {
		switch {
		case int(c.Column) >= stop:
			return values, texts
		case c.Kind == workbook.Text && !isBlank(c):
			texts++
		case c.Kind != workbook.Blank && c.Kind != workbook.Text:
			values++
		}
	}
	return values, texts
}

// headerColumns lists the columns before stop in which any of the rows has text.
func (v *view) headerColumns(rows []workbook.Row, stop int) []int {
	seen := map[int]bool{}
	last := -1
	for i := range rows {
		for _, c := range rows[i].Cells {
			if int(c.Column) < stop && c.Kind == workbook.Text && strings.TrimSpace(c.Text) != "" {
				seen[int(c.Column)] = true
				last = max(last, int(c.Column))
			}
		}
	}
	var cols []int
	for c := 0; c <= last; c++ {
		if seen[c] {
			cols = append(cols, c)
		}
	}
	return cols
}

// heading finds the lowest text of a column, and what stands over it.
func (v *view) heading(rows []workbook.Row, column int) heading {
	h := heading{column: column}
	for i := len(rows) - 1; i >= 0; i-- {
		own := headerText(rows[i].Cell(column))
		switch {
		case h.typed == "":
			h.typed = own
		case own != "":
			h.group = own + " " + h.group
		default:
			h.group = v.groupOver(rows, i, column) + " " + h.group
		}
	}
	h.group = strings.TrimSpace(h.group)
	return h
}

func headerText(c workbook.Cell) string {
	if c.Kind != workbook.Text {
		return ""
	}
	return oneLine(c.Text)
}

// groupOver finds the text to the left that stands over a column too: merged
// cells, or blank ones over columns that have texts of their own below.
func (v *view) groupOver(rows []workbook.Row, i, column int) string {
	for c := column - 1; c >= 0; c-- {
		if headerText(rows[i+1].Cell(c+1)) == "" {
			return ""
		}
		if t := headerText(rows[i].Cell(c)); t != "" {
			if v.mergedFrom(rows[i].Index, c, column) || !v.isMerged(rows[i].Index, c) {
				return t
			}
			return ""
		}
	}
	return ""
}

// mergedFrom reports whether the merged range that starts in a cell reaches a
// column.
func (v *view) mergedFrom(row, column, reach int) bool {
	for _, m := range v.sheet.Merged {
		if m.FirstRow == row && m.FirstColumn == column && m.LastColumn >= reach {
			return true
		}
	}
	return false
}

func (v *view) isMerged(row, column int) bool {
	for _, m := range v.sheet.Merged {
		if m.FirstRow <= row && row <= m.LastRow && m.FirstColumn <= column && column <= m.LastColumn {
			return true
		}
	}
	return false
}

// gridStart returns the first column of a run of grid labels in a row.
func (v *view) gridStart(row *workbook.Row) int {
	run, first, last := 0, 0, workbook.Cell{Column: -2}
	for _, c := range row.Cells {
		if c.Kind == workbook.Blank || c.Kind == workbook.Text && strings.TrimSpace(c.Text) == "" {
			continue
		}
		switch {
		case !v.isGridLabel(c):
			run = 0
			continue
		case run == 0 || c.Column != last.Column+1 || c.Kind != last.Kind:
			run, first = 1, int(c.Column)
		default:
			run++
		}
		last = c
		if run >= gridRun {
			return first
		}
	}
	return widest
}

// isGridLabel reports whether a cell may head a column of a Gantt grid: a
// date, a number, a letter, a weekday, a month, "W12".
func (v *view) isGridLabel(c workbook.Cell) bool {
	switch c.Kind {
	case workbook.Number:
		return true
	case workbook.Text:
		return v.isGridText(c.Text)
	}
	return false
}

func (v *view) isGridText(text string) bool {
	t := fold(text)
	if _, ok := v.v.weekdays[t]; ok {
		return true
	}
	if _, ok := v.v.months[t]; ok {
		return true
	}
	letters := strings.Map(dropDigits, strings.ReplaceAll(t, " ", ""))
	switch {
	case letters == "":
		return t != ""
	case letters == t:
		return runes(t) == 1
	}
	if _, ok := v.v.months[letters]; ok {
		return true
	}
	switch letters {
	case "w", "wk", "week", "kw", "s", "d", "day", "m", "month", "q", "日", "月", "週", "周", "주", "월", "일", "sem", "semana", "woche", "tag", "mes", "sprint", "hafta", "v":
		return true
	}
	return false
}

func dropDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return -1
	}
	return r
}

// gridAround looks for a grid in the rows next to a header: days above it, or
// weekdays below it. Below, where data may stand, only a run of weekdays or of
// numbers that count up by one is taken for a grid.
func (v *view) gridAround(top, n int) int {
	stop := widest
	for i := max(0, top-2); i < top; i++ {
		stop = min(stop, v.gridStart(&v.sheet.Rows[i]))
	}
	for i := top + n; i < min(top+n+2, len(v.sheet.Rows)); i++ {
		stop = min(stop, v.countingStart(&v.sheet.Rows[i]))
	}
	return stop
}

// countingStart returns the first column of a run of weekdays or of numbers
// that count up by one or by seven.
func (v *view) countingStart(row *workbook.Row) int {
	run := 0
	for i := 1; i < len(row.Cells); i++ {
		if !v.countsOn(row.Cells[i-1], row.Cells[i]) {
			run = 0
			continue
		}
		if run++; run >= gridRun-1 {
			return int(row.Cells[i-run].Column)
		}
	}
	return widest
}

func (v *view) countsOn(a, b workbook.Cell) bool {
	if b.Column != a.Column+1 || a.Kind != b.Kind {
		return false
	}
	switch a.Kind {
	case workbook.Number:
		step := b.Number - a.Number
		return step == 1 || step == 7
	case workbook.Text:
		_, first := v.v.weekdays[fold(a.Text)]
		_, second := v.v.weekdays[fold(b.Text)]
		return first && second || runes(a.Text) == 1 && runes(b.Text) == 1
	}
	return false
}

// label understands a header text, and remembers it.
func (v *view) label(text string) label {
	l, ok := v.labels[text]
	if !ok {
		l = v.v.label(text)
		v.labels[text] = l
	}
	return l
}

// optionsOf returns the fields that a heading may stand for, and the unit that
// it tells.
func (v *view) optionsOf(h heading) ([]option, label) {
	l := v.label(h.typed)
	group := conceptSet{}
	if h.group != "" {
		group = v.modifiers(h.group)
	}
	found := v.v.options(l, group)
	if len(found) == 0 && !group.isEmpty() {
		found = v.v.options(l, conceptSet{})
	}
	return found, l
}

// modifiers returns what a group says about the columns below it: planned,
// actual, baseline, estimated.
func (v *view) modifiers(group string) conceptSet {
	all := conceptSet{}
	for _, name := range []string{"plan", "actual", "base", "est"} {
		all = all.with(v.v.concepts[name])
	}
	l := v.label(group)
	if len(l.sets) == 0 {
		return conceptSet{}
	}
	return l.sets[0].both(all)
}

// column is a field in the making.
type column struct {
	Column
	strength int
	partial  bool
	unit     plan.Unit
	hasUnit  bool
}
