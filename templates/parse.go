package templates

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"steerco/templates/report"
	"steerco/templates/tab"
)

// Parse reads a template file. It is strict: what it doesn't know is a fault.
// The error is Faults, with all that is wrong, by line.
func Parse(file string, src []byte) (Template, error) {
	p := fileParser{reader: reader{file: file, sets: report.Schemas()}}
	t := Template{file: file}
	if doc := p.document(src); doc != nil {
		p.template(&t, doc)
	}
	if err := p.err(); err != nil {
		return Template{}, err
	}
	return t, nil
}

// fileParser reads template files.
type fileParser struct {
	reader
	grid []float64
}

// The bounds of a template: as wide and high as programs draw.
const (
	maxColumns = 100
	maxWidth   = 255
	maxHeight  = 409
	maxLimit   = 10000
	maxLines   = 30
)

var keyPattern = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

func (p *fileParser) template(t *Template, doc ast.Node) {
	var sections ast.Node
	p.mapping(doc, keys{
		"tab":      p.word(&t.Key),
		"title":    p.word(&t.Title),
		"grid":     func(n ast.Node) { p.widths(&t.grid, n) },
		"page":     func(n ast.Node) { p.page(&t.page, n) },
		"freeze":   p.count(&t.freeze, 0, maxLines),
		"sections": func(n ast.Node) { sections = n },
	})
	line := lineOf(doc)
	if !keyPattern.MatchString(t.Key) {
		p.fault(line, "tab: a name in small letters, digits and - is expected, as in tab: summary")
	}
	if fault := titleFault(t.Title); fault != "" {
		p.fault(line, "title: %s", fault)
	}
	if p.grid = t.grid; len(t.grid) == 0 {
		p.fault(line, "grid: the widths of the columns are missing, as in grid: [10, 30, 20]")
	}
	if sections == nil {
		p.fault(line, "sections: there are none")
		return
	}
	t.sections = p.sections(sections)
	p.fits(t, line)
}

// fits checks that the grid of a tab for one page is as wide as a page at most.
func (p *fileParser) fits(t *Template, line int) {
	wide := 0.0
	for _, w := range t.grid {
		wide += w * pointsPerCharacter
	}
	if most, _ := t.page.budget(); t.page.onePage && wide > most {
		p.fault(line, "grid: the columns are %.0f characters wide, one page holds %.0f", wide/pointsPerCharacter, most/pointsPerCharacter)
	}
}

// titleFault says why s can't be the name of a sheet; empty: it can.
func titleFault(s string) string {
	switch n := utf8.RuneCountInString(s); {
	case n == 0:
		return "the name of the sheet is missing"
	case n > 31:
		return "the name of a sheet has at most 31 characters"
	case strings.ContainsAny(s, `[]:*?/\`), strings.HasPrefix(s, "'"), strings.HasSuffix(s, "'"):
		return `the name of a sheet has none of []:*?/\ and no apostrophe at its ends`
	}
	return ""
}

func (p *fileParser) widths(to *[]float64, n ast.Node) {
	items := p.list(n)
	if len(items) > maxColumns {
		p.fault(lineOf(n), "at most %d columns are expected", maxColumns)
		return
	}
	for _, item := range items {
		var w float64
		p.number(&w, 0.5, maxWidth)(item)
		*to = append(*to, w)
	}
}

func (p *fileParser) page(to *page, n ast.Node) {
	p.mapping(n, keys{
		"landscape": p.yes(&to.landscape),
		"one_page":  p.yes(&to.onePage),
		"footer":    p.textOver(&to.footer, report.Schema{}),
	})
}

// textOver returns a func that compiles a text over the given columns.
func (p *fileParser) textOver(to **text, columns report.Schema) func(ast.Node) {
	return func(n ast.Node) {
		before := len(p.faults)
		if src := p.text(n); len(p.faults) == before {
			*to = p.compile(lineOf(n), src, columns)
		}
	}
}

func (p *fileParser) sections(n ast.Node) []section {
	var all []section
	for _, item := range p.list(n) {
		all = append(all, p.section(item))
	}
	return all
}

// What the title and the empty text of a section may speak of, and the line
// about what is left out.
func totals() report.Schema { return report.Schema{"total": report.NumberColumn} }

func leftOut() report.Schema {
	return report.Schema{
		"total": report.NumberColumn, "shown": report.NumberColumn,
		"more": report.NumberColumn, "rest": report.TextColumn,
	}
}

func (p *fileParser) section(n ast.Node) section {
	s := section{line: lineOf(n), data: reportKey}
	from := 1
	var table, lines, beside, sort, fold ast.Node
	later := func(to *ast.Node) func(ast.Node) { return func(n ast.Node) { *to = n } }
	p.mapping(n, keys{
		"title":   p.textOver(&s.title, totals()),
		"data":    p.word(&s.data),
		"from":    p.count(&from, 1, maxColumns),
		"sort":    later(&sort),
		"limit":   p.count(&s.limit, 1, maxLimit),
		"least":   p.count(&s.least, 0, maxLimit),
		"space":   p.number(&s.space, 0, maxHeight),
		"empty":   p.textOver(&s.empty, totals()),
		"more":    p.textOver(&s.more, leftOut()),
		"repeat":  p.yes(&s.repeat),
		"fold":    later(&fold),
		"columns": later(&table),
		"lines":   later(&lines),
		"beside":  later(&beside),
	})
	s.from = from - 1
	var known bool
	if s.columns, known = p.sets[s.data]; !known {
		p.fault(s.line, "unknown data set %q: use one of %s", s.data, names(p.sets))
		return s
	}
	p.content(&s, table, lines, beside)
	p.order(&s, sort, fold)
	return s
}

// content reads what a section draws: exactly one of the three.
func (p *fileParser) content(s *section, table, lines, beside ast.Node) {
	given := 0
	for _, n := range []ast.Node{table, lines, beside} {
		if n != nil {
			given++
		}
	}
	if given != 1 {
		p.fault(s.line, "a section has either columns or lines or beside")
		return
	}
	switch {
	case table != nil:
		s.table = p.cells(s, table, map[int]int{})
	case lines != nil:
		s.lines = p.bandLines(s, lines)
	default:
		p.beside(s, beside)
	}
}

// beside reads stacks of sections, from left to right, which must not reach
// into each other.
func (p *fileParser) beside(s *section, n ast.Node) {
	end := 0
	for _, item := range p.list(n) {
		stack := p.sections(item)
		reach := end
		for i := range stack {
			if stack[i].from < end {
				p.fault(stack[i].line, "from: the section stands beside another that reaches to column %d", end)
			}
			reach = max(reach, stack[i].from+stack[i].width)
			if stack[i].beside != nil {
				p.fault(stack[i].line, "beside: sections beside others can't hold further ones")
			}
		}
		end = reach
		s.beside = append(s.beside, stack)
	}
}

func (p *fileParser) order(s *section, sort, fold ast.Node) {
	if sort != nil {
		for _, item := range p.list(sort) {
			name, descending := strings.CutPrefix(p.text(item), "-")
			p.column(lineOf(item), s, name)
			s.sort = append(s.sort, sortKey{column: name, descending: descending})
		}
	}
	if fold != nil {
		s.fold = p.text(fold)
		if t, known := p.column(lineOf(fold), s, s.fold); known && t != report.NumberColumn {
			p.fault(lineOf(fold), "fold: column %q is not a number", s.fold)
		}
	}
	if s.more != nil && s.limit == 0 {
		p.fault(s.line, "more: without a limit nothing is left out")
	}
}

// column returns the type of a column of the section's data set.
func (p *fileParser) column(line int, s *section, name string) (report.ColumnType, bool) {
	t, known := s.columns[name]
	if !known {
		p.fault(line, "data set %q has no column %q: use one of %s", s.data, name, names(s.columns))
	}
	return t, known
}

func (p *fileParser) bandLines(s *section, n ast.Node) []bandLine {
	var all []bandLine
	taken := map[int]int{}
	for _, item := range p.list(n) {
		var l bandLine
		p.mapping(item, keys{
			"height": p.number(&l.height, 1, maxHeight),
			"cells":  func(n ast.Node) { l.cells = p.cells(s, n, taken) },
		})
		for column := range taken {
			taken[column]--
		}
		all = append(all, l)
	}
	return all
}

// cells reads the cells of a line, from left to right, around those of lines
// above that reach down into it: taken tells by column into how many lines,
// this one included.
func (p *fileParser) cells(s *section, n ast.Node, taken map[int]int) []cell {
	var all []cell
	column := s.from
	for _, item := range p.list(n) {
		c := p.cell(s, item)
		for taken[column] > 0 {
			column++
		}
		c.column = column
		if c.link != "" && !leadsFromID(all, column) {
			p.fault(c.line, "link: the cell at its left must hold the id, in one column of the grid")
		}
		for ; column < c.column+c.span; column++ {
			if taken[column] > 0 {
				p.fault(c.line, "the cell reaches into one that stands above")
			}
			taken[column] = c.rows
		}
		all = append(all, c)
	}
	s.width = max(s.width, column-s.from)
	if len(p.grid) > 0 && column > len(p.grid) {
		p.fault(lineOf(n), "the cells reach to column %d of the grid, which has %d", column, len(p.grid))
	}
	return all
}

// leadsFromID reports whether a cell in column can hold a link: the place is
// looked up by the id in the cell directly at its left.
func leadsFromID(before []cell, column int) bool {
	if len(before) == 0 {
		return false
	}
	id := before[len(before)-1]
	return id.column == column-1 && id.span == 1 && (id.value != "" || id.text != nil) && id.level == ""
}

func (p *fileParser) cell(s *section, n ast.Node) cell {
	c := cell{line: lineOf(n), span: 1, rows: 1}
	var style string
	p.mapping(n, keys{
		"title": p.word(&c.title),
		"span":  p.count(&c.span, 1, maxColumns),
		"rows":  p.count(&c.rows, 1, maxLines),
		"most":  p.count(&c.most, 1, maxLines),
		"text":  p.textOver(&c.text, s.columns),
		"value": p.word(&c.value),
		"level": p.word(&c.level),
		"link":  p.word(&c.link),
		"style": p.word(&style),
		"big":   p.yes(&c.big),
	})
	c.style = p.style(c, s, style)
	if c.value != "" && (c.text != nil || c.level != "") {
		p.fault(c.line, "a cell has a value, or a text, or a level")
	}
	p.typed(c.line, s, c.level, report.LevelColumn)
	p.typed(c.line, s, c.link, report.RefColumn)
	if c.big && c.level == "" {
		p.fault(c.line, "big: only a cell with a level can be big")
	}
	return c
}

// typed checks that a column, if it is named, is there and of that type.
func (p *fileParser) typed(line int, s *section, name string, want report.ColumnType) {
	if name == "" {
		return
	}
	what := map[report.ColumnType]string{report.LevelColumn: "level", report.RefColumn: "row to link to"}[want]
	if t, known := p.column(line, s, name); known && t != want {
		p.fault(line, "column %q of data set %q is not a %s", name, s.data, what)
	}
}

// style returns the style of a cell: the one named, or what its value has by
// itself.
func (p *fileParser) style(c cell, s *section, name string) tab.Style {
	if c.value != "" {
		t, known := p.column(c.line, s, c.value)
		switch {
		case !known:
		case t == report.LevelColumn, t == report.RefColumn:
			p.fault(c.line, "column %q can't be a value: use level or link", c.value)
		case name == "" && t == report.DateColumn:
			return tab.BodyDate
		case name == "" && t == report.NumberColumn:
			return tab.BodyNumber
		}
	}
	if name == "" {
		return tab.Body
	}
	if _, known := styles()[name]; !known {
		p.fault(c.line, "unknown style %q: use one of %s", name, names(styles()))
	}
	return tab.Style(name)
}

// styles are those that a template may name. Colours with a meaning come only
// with a level, so that sign and word stand beside them.
func styles() map[string]tab.Style {
	m := map[string]tab.Style{}
	for s := range tab.Looks() {
		if !isStatus(s) {
			m[string(s)] = s
		}
	}
	return m
}

func isStatus(s tab.Style) bool {
	for _, l := range report.Levels() {
		if s == levelStyle(l, false) || s == levelStyle(l, true) {
			return true
		}
	}
	return false
}

// levelStyle returns the style of a level; Body for Plain.
func levelStyle(l report.Level, big bool) tab.Style {
	small, large := tab.Body, tab.PanelValue
	switch l {
	case report.Critical, report.Red:
		small, large = tab.StatusRed, tab.BigRed
	case report.Warning, report.Amber:
		small, large = tab.StatusAmber, tab.BigAmber
	case report.Green:
		small, large = tab.StatusGreen, tab.BigGreen
	case report.Done:
		small, large = tab.StatusDone, tab.BigDone
	case report.Unknown:
		small, large = tab.StatusUnknown, tab.BigUnknown
	case report.Note:
		small, large = tab.SeverityNote, tab.SeverityNote
	}
	if big {
		return large
	}
	return small
}
