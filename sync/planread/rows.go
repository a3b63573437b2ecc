package planread

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// record is a row of a table that holds something, and where it belongs.
type record struct {
	row *workbook.Row
	// name is trimmed; nameColumn is the column in which it stands.
	name       string
	nameColumn int
	// depth is how far the name is indented, by blanks or by its format.
	depth int
	bold  bool
	// merged means that the name's cell reaches over other fields.
	merged bool
	// evidence counts the typed cells that only a task has; bare means that
	// nothing is typed but the name and its number.
	evidence int
	bare     bool
	// gap means that blank rows part it from the record above.
	gap bool
	// section is what stands left of the name, or over the table.
	section []string
	id, wbs string
	code    []string
	// parent is the index of the record above in the hierarchy, or -1.
	parent int
	// title means that the row is a section row: a name over others.
	title   bool
	summary bool
	level   int
}

// scan goes over the rows of a table.
type scan struct {
	*view
	header *header
	// others are the rows in which other tables of the sheet begin.
	others map[int]bool
	// heads are the header rows of this table, the further ones too.
	heads   []int
	fields  map[plan.Field][]int
	records []record
	// telling are the columns that only a task has.
	telling []int
	// left is what the section columns hold, carried down; over is the title
	// over the present part of the table.
	left  []string
	over  string
	last  int // the last row that was looked at and not blank
	skips []Skip
	ended bool
	known map[int]bool // columns that have a field
	// limit ends the scan after so many records; 0: none.
	limit int
}

func (v *view) newScan(h *header, others map[int]bool) *scan {
	s := &scan{view: v, header: h, others: others, fields: map[plan.Field][]int{}, known: map[int]bool{}, last: -1}
	for _, c := range h.columns {
		s.fields[c.Field] = append(s.fields[c.Field], c.Index)
		s.known[c.Index] = true
	}
	for _, f := range evidenceFields {
		s.telling = append(s.telling, s.fields[f]...)
	}
	s.left = make([]string, len(s.fields[plan.Section]))
	s.heads = append(s.heads, h.rows...)
	return s
}

// first returns the first column of a field, or -1.
func (s *scan) first(f plan.Field) int {
	if cols := s.fields[f]; len(cols) > 0 {
		return cols[0]
	}
	return -1
}

func (s *scan) cell(row *workbook.Row, f plan.Field) workbook.Cell {
	if cols := s.fields[f]; len(cols) > 0 {
		return row.Cell(cols[0])
	}
	return workbook.Cell{}
}

// run reads the rows below the header into records.
func (s *scan) run() {
	rows := s.sheet.Rows
	if s.records = make([]record, 0, len(rows)); s.limit > 0 {
		s.records = make([]record, 0, min(s.limit, len(rows)))
	}
	for i := range rows {
		if rows[i].Index <= s.header.lastRow() {
			continue
		}
		if s.others[rows[i].Index] || s.ended || s.limit > 0 && len(s.records) >= s.limit {
			break
		}
		if !s.isBlank(&rows[i]) {
			s.take(i)
		}
	}
	s.titleOverFirst()
	s.dropLegend()
}

// isBlank reports whether a row holds nothing in the columns of the table.
func (s *scan) isBlank(row *workbook.Row) bool {
	for _, c := range row.Cells {
		if int(c.Column) >= s.header.stop {
			return true
		}
		if !isBlank(c) {
			return false
		}
	}
	return true
}

func isBlank(c workbook.Cell) bool {
	return c.Kind == workbook.Blank || c.Kind == workbook.Text && strings.TrimSpace(c.Text) == ""
}

func (s *scan) skip(row *workbook.Row, because string) {
	s.skips = append(s.skips, Skip{Sheet: s.sheet.Name, Row: row.Index, Because: because})
}

// take reads one row that isn't blank.
func (s *scan) take(i int) {
	row := &s.sheet.Rows[i]
	defer func() { s.last = row.Index }()
	switch name, column := s.nameOf(row); {
	case s.repeats(row):
		s.heads = append(s.heads, row.Index)
	case s.isTitleOver(i):
		s.over = oneLine(s.onlyText(row))
		clear(s.left)
	case name == "":
		s.takeNameless(row)
	case s.evidence(row) == 0 && s.isTemplateTitle(name):
		s.ended = true
		s.skip(row, "the rows from here on are a template: "+name)
	case s.isFooter(row, name):
		s.skip(row, "not a row of the table: "+shorten(name))
	case len(s.records) == 0 && row.Index-s.header.lastRow() <= 2 && s.isHelp(row):
		s.skip(row, "explains the columns")
	default:
		s.add(row, name, column)
	}
}

func shorten(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// nameOf finds the name in a row, and its column.
func (s *scan) nameOf(row *workbook.Row) (string, int) {
	for _, c := range s.fields[s.nameField()] {
		if t := s.text(row.Cell(c)); t != "" {
			return t, c
		}
	}
	return "", -1
}

// nameField is the field by which people call a row of the table.
func (s *scan) nameField() plan.Field {
	need := s.v.required[s.header.table].needs
	return need[0]
}

// text is what people see in a cell, trimmed; errors and blanks are empty.
func (s *scan) text(c workbook.Cell) string {
	switch c.Kind {
	case workbook.Text:
		return strings.TrimSpace(c.Text)
	case workbook.Number:
		if c.Text == "" && s.isPlain(c) && c.Number == math.Trunc(c.Number) && math.Abs(c.Number) < 1e9 {
			return strconv.Itoa(int(c.Number))
		}
		return strings.TrimSpace(s.book.Shown(c))
	case workbook.Bool:
		return s.book.Shown(c)
	}
	return ""
}

// repeats reports whether a row is the header again.
func (s *scan) repeats(row *workbook.Row) bool {
	same := 0
	for i, h := range s.header.cols {
		if c := row.Cell(h.column); c.Kind == workbook.Text && h.typed != "" && oneLine(c.Text) == h.typed {
			same++
		}
		if i == fewestRepeats && same == 0 {
			return false
		}
	}
	if same < 2 {
		return false
	}
	_, texts := kindsBefore(row, s.header.stop)
	return same*10 >= texts*7
}

// fewestRepeats is how many columns a header that comes again may differ in
// before the rest is looked at.
const fewestRepeats = 3

// isTitleOver reports whether a row is a title over a further part of the
// table: a single text right above a header that comes again.
func (s *scan) isTitleOver(i int) bool {
	rows := s.sheet.Rows
	if s.telling != nil && s.evidence(&rows[i]) > 1 || s.onlyText(&rows[i]) == "" {
		return false
	}
	for j := i + 1; j < len(rows) && rows[j].Index <= rows[i].Index+2; j++ {
		if s.repeats(&rows[j]) {
			return true
		}
		if !s.isBlank(&rows[j]) {
			return false
		}
	}
	return false
}

// onlyText returns the text of a row that has a single cell, else nothing.
func (s *scan) onlyText(row *workbook.Row) string {
	text := ""
	for _, c := range row.Cells {
		if isBlank(c) || int(c.Column) >= s.header.stop {
			continue
		}
		if text != "" || c.Kind != workbook.Text {
			return ""
		}
		text = c.Text
	}
	return text
}

// titleOverFirst takes the title over the first part where the table comes in
// several parts.
func (s *scan) titleOverFirst() {
	if len(s.heads) == len(s.header.rows) {
		return
	}
	above := s.sheet.Row(s.header.rows[0] - 1)
	if above == nil {
		return
	}
	title := oneLine(s.onlyText(above))
	second := s.heads[len(s.header.rows)]
	for i := range s.records {
		if r := &s.records[i]; title != "" && r.row.Index < second {
			r.section = append([]string{title}, r.section...)
		}
	}
}

// takeNameless handles a row without a name: a section's title left of the
// name, a name in a section column, a number without a task.
func (s *scan) takeNameless(row *workbook.Row) {
	if s.takeLeft(row) {
		return
	}
	title, only := s.leftTitle(row)
	switch {
	case only && title != "":
		s.over = title
		clear(s.left)
	case s.evidence(row) > 0 && !s.isInMerge(row):
		s.skip(row, "has no name")
	case s.hasField(row, plan.ID) || s.hasField(row, plan.WBS):
		s.skip(row, "numbered, but without a name")
	}
}

// takeLeft reads the section columns of a row without a name. With dates or
// people of its own the deepest of them is the row's name.
func (s *scan) takeLeft(row *workbook.Row) bool {
	cols := s.fields[plan.Section]
	deepest := -1
	for i, c := range cols {
		if s.text(row.Cell(c)) != "" {
			deepest = i
		}
	}
	if deepest < 0 || cols[deepest] > s.first(s.nameField()) {
		return false
	}
	if s.evidence(row) > 0 {
		name := s.text(row.Cell(cols[deepest]))
		s.carry(row)
		s.add(row, name, cols[deepest])
		return true
	}
	s.carry(row)
	return true
}

// carry takes over what a row's section columns hold, outermost first; a new
// outer section ends the inner ones.
func (s *scan) carry(row *workbook.Row) {
	for i, c := range s.fields[plan.Section] {
		t := oneLine(s.text(row.Cell(c)))
		if t == "" || t == s.left[i] {
			continue
		}
		s.left[i] = t
		clear(s.left[i+1:])
	}
}

// leftTitle finds a text left of the name in a row that has nothing else.
func (s *scan) leftTitle(row *workbook.Row) (title string, only bool) {
	name := s.first(s.nameField())
	for _, c := range row.Cells {
		if isBlank(c) || int(c.Column) >= s.header.stop {
			continue
		}
		if title != "" || int(c.Column) > name || c.Kind != workbook.Text || !s.holdsTitles(int(c.Column)) || runes(strings.TrimSpace(c.Text)) < 4 {
			return "", false
		}
		title = oneLine(c.Text)
	}
	return title, title != "" && !s.isFooterText(title)
}

// holdsTitles reports whether a column left of the name may hold titles: it
// numbers the rows, or has nothing beside names. Instructions for people who
// can't see the sheet stand beside names too.
func (s *scan) holdsTitles(col int) bool {
	if s.known[col] {
		return true
	}
	for i := range s.records {
		if !isBlank(s.records[i].row.Cell(col)) {
			return false
		}
	}
	return len(s.header.texts[col]) <= longestLabel && s.isFreeBeside(col)
}

// isFreeBeside reports whether a column is blank in the rows that have names.
func (s *scan) isFreeBeside(col int) bool {
	for i := range s.sheet.Rows {
		row := &s.sheet.Rows[i]
		if i > profileRows {
			break
		}
		if row.Index <= s.header.lastRow() || isBlank(row.Cell(col)) {
			continue
		}
		if name, _ := s.nameOf(row); name != "" {
			return false
		}
	}
	return true
}

func (s *scan) hasField(row *workbook.Row, f plan.Field) bool {
	c := s.first(f)
	return c >= 0 && !isBlank(row.Cell(c))
}

// isInMerge reports whether the row's name cell belongs to a merged range that
// begins above.
func (s *scan) isInMerge(row *workbook.Row) bool {
	c := s.first(s.nameField())
	for _, m := range s.sheet.Merged {
		if m.FirstRow < row.Index && row.Index <= m.LastRow && m.FirstColumn <= c && c <= m.LastColumn {
			return true
		}
	}
	return false
}

// evidenceFields are what only a task has, and no title.
var evidenceFields = []plan.Field{
	plan.Start, plan.Finish, plan.DurationField, plan.Percent, plan.Status, plan.Predecessors, plan.Owner, plan.ActualStart,
	plan.ActualFinish, plan.BaselineStart, plan.BaselineFinish, plan.Deadline, plan.Remaining,
}

// evidence counts the cells that people typed into the fields of a task.
func (s *scan) evidence(row *workbook.Row) int {
	n := 0
	for _, col := range s.telling {
		if c := row.Cell(col); !isBlank(c) && !c.Formula && c.Kind != workbook.ErrorValue && !isDash(c) {
			n++
		}
	}
	return n
}

func isDash(c workbook.Cell) bool {
	return c.Kind == workbook.Text && strings.Trim(c.Text, "-–— ") == ""
}

// add takes a row into the table.
func (s *scan) add(row *workbook.Row, name string, column int) {
	s.carry(row)
	c := row.Cell(column)
	format := s.book.Format(c)
	r := record{
		row: row, name: oneLine(name), nameColumn: column, bold: format.Bold, parent: -1,
		depth:    leadingBlanks(c.Text)/2*2 + 4*format.Indent,
		evidence: s.evidence(row), gap: s.last >= 0 && row.Index > s.last+1,
		merged: s.isWideMerge(row.Index, column),
		id:     s.text(s.cell(row, plan.ID)), wbs: s.text(s.cell(row, plan.WBS)),
	}
	if c.Kind != workbook.Text {
		r.depth = 4 * format.Indent
	}
	r.name, r.depth = undash(r.name, r.depth)
	r.bare = r.evidence == 0 && s.isBare(row, column)
	r.section = s.sectionPath(column)
	s.records = append(s.records, r)
}

// undash takes dashes before a name, which stand for its depth, away.
func undash(name string, depth int) (string, int) {
	rest := strings.TrimLeft(name, "–—-•·>→└├│ ")
	if rest == name || rest == "" || name[0] == '-' && !strings.HasPrefix(name, "- ") && !strings.HasPrefix(name, "--") {
		return name, depth
	}
	return rest, depth + 2*runes(strings.ReplaceAll(name[:len(name)-len(rest)], " ", ""))
}

// sectionPath is the title over the table's part and what stands left.
func (s *scan) sectionPath(nameColumn int) []string {
	var path []string
	if s.over != "" {
		path = append(path, s.over)
	}
	for i, t := range s.left {
		if t != "" && s.fields[plan.Section][i] != nameColumn {
			path = append(path, t)
		}
	}
	return path
}

// isWideMerge reports whether a cell is merged over other fields of its row.
func (s *scan) isWideMerge(row, column int) bool {
	for _, m := range s.sheet.Merged {
		if m.FirstRow == row && m.FirstColumn <= column && column <= m.LastColumn {
			for c := m.FirstColumn; c <= m.LastColumn; c++ {
				if c != column && s.known[c] && !slices.Contains(s.fields[plan.Name], c) {
					return true
				}
			}
		}
	}
	return false
}

// isBare reports whether a row has nothing typed but its name, its number and
// what stands left of it.
func (s *scan) isBare(row *workbook.Row, nameColumn int) bool {
	for _, c := range row.Cells {
		col := int(c.Column)
		if col >= s.header.stop {
			return true
		}
		if isBlank(c) || c.Formula || isDash(c) || col <= nameColumn && !slices.Contains(s.fields[plan.Percent], col) {
			continue
		}
		if !s.isNumbering(col) {
			return false
		}
	}
	return true
}

func (s *scan) isNumbering(col int) bool {
	for _, f := range []plan.Field{plan.ID, plan.WBS, taskLevel, plan.Section, plan.Parent} {
		if slices.Contains(s.fields[f], col) {
			return true
		}
	}
	return false
}
