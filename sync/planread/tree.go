package planread

import (
	"strings"

	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// tree finds out which record belongs to which: by a parent column, outline
// numbers, levels, columns, indentation, grouping, and section rows.
func (s *scan) tree() {
	s.readCodes()
	switch {
	case s.byParent():
	case s.byCodes():
	case s.byLevel(s.levelColumn()):
	case len(s.fields[plan.Name]) > 1 && s.byLevel(func(r *record) int { return r.nameColumn }):
	case s.byLevel(s.sectionLevel()):
	case s.byLevel(func(r *record) int { return r.depth }):
	case s.byLevel(func(r *record) int { return int(r.row.Outline) }):
	}
	s.markSummaries()
	s.titles()
	s.markSummaries()
	s.levels()
}

func (s *scan) markSummaries() {
	for i := range s.records {
		if p := s.records[i].parent; p >= 0 {
			s.records[p].summary = true
		}
	}
	for i := range s.records {
		s.records[i].summary = s.records[i].summary || s.records[i].title
	}
}

// levels counts the rows above each row in the hierarchy.
func (s *scan) levels() {
	for i := range s.records {
		for p := s.records[i].parent; p >= 0; p = s.records[p].parent {
			s.records[i].level++
		}
	}
}

// byParent follows a column that names the row above in the hierarchy.
func (s *scan) byParent() bool {
	if s.first(plan.Parent) < 0 {
		return false
	}
	byID := map[string]int{}
	for i, r := range s.records {
		for _, key := range []string{r.id, r.wbs} {
			if _, known := byID[key]; !known && key != "" {
				byID[key] = i
			}
		}
	}
	byName := map[string]int{}
	for i, r := range s.records {
		if _, known := byName[fold(r.name)]; !known {
			byName[fold(r.name)] = i
		}
	}
	found := false
	for i := range s.records {
		typed := s.text(s.cell(s.records[i].row, plan.Parent))
		p, ok := byID[typed]
		if !ok {
			p, ok = byName[fold(typed)]
		}
		if ok && typed != "" && p != i && !s.isAbove(i, p) {
			s.records[i].parent = p
			found = true
		}
	}
	return found
}

// isAbove reports whether i is an ancestor of p already.
func (s *scan) isAbove(i, p int) bool {
	for n := 0; p >= 0 && n <= len(s.records); n++ {
		if p == i {
			return true
		}
		p = s.records[p].parent
	}
	return false
}

// readCodes parts the outline numbers of the rows: the WBS column, else ids
// that are numbered like an outline.
func (s *scan) readCodes() {
	field := plan.WBS
	if s.first(plan.WBS) < 0 {
		field = plan.ID
	}
	nested, filled := 0, 0
	codes := make([][]string, len(s.records))
	known := map[string]bool{}
	for i, r := range s.records {
		text := r.wbs
		if field == plan.ID {
			text = r.id
		}
		codes[i] = outlineParts(text)
		if text != "" {
			filled++
		}
		if codes[i] != nil {
			known[strings.Join(codes[i], ".")] = true
		}
	}
	for _, c := range codes {
		if len(c) > 1 && known[strings.Join(c[:len(c)-1], ".")] {
			nested++
		}
	}
	if nested == 0 || len(known)*2 < filled {
		return
	}
	for i := range s.records {
		s.records[i].code = codes[i]
	}
}

const deepestCode = 12

// outlineParts parts "1.2.3" into its numbers; nil for what isn't one. The
// zero of "1.0" stands for the section itself.
func outlineParts(text string) []string {
	text = strings.Trim(strings.ReplaceAll(text, "．", "."), ". ")
	if text == "" || len(text) > 30 {
		return nil
	}
	sep := "."
	if !strings.Contains(text, ".") && strings.Contains(text, "-") {
		sep = "-"
	}
	parts := strings.Split(text, sep)
	if len(parts) > deepestCode {
		return nil
	}
	for i, p := range parts {
		p = strings.TrimSpace(p)
		if p == "" || len(p) > 5 || strings.ContainsAny(p, " /,;") {
			return nil
		}
		if i > 0 && strings.Trim(p, "0123456789") != "" && len(p) > 2 {
			return nil
		}
		parts[i] = p
	}
	for len(parts) > 1 && parts[len(parts)-1] == "0" {
		parts = parts[:len(parts)-1]
	}
	return parts
}

// byCodes hangs each row under the nearest one above whose outline number
// begins its own. Rows without a number belong to the numbered one above, by
// their indentation.
func (s *scan) byCodes() bool {
	if s.byUniqueCodes() {
		return true
	}
	var open []int
	found := false
	for i := range s.records {
		r := &s.records[i]
		for len(open) > 0 && !s.isUnder(r, &s.records[open[len(open)-1]]) {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			r.parent = open[len(open)-1]
		}
		found = found || r.code != nil
		open = append(open, i)
	}
	if !found {
		for i := range s.records {
			s.records[i].parent = -1
		}
	}
	return found
}

// byUniqueCodes hangs each row under the one with the longest beginning of its
// number, wherever that stands, where every row has a number of its own: rows
// may have been sorted in another way.
func (s *scan) byUniqueCodes() bool {
	at := make(map[string]int, len(s.records))
	for i := range s.records {
		key := strings.Join(s.records[i].code, ".")
		if _, doubled := at[key]; doubled || key == "" {
			return false
		}
		at[key] = i
	}
	found := false
	for i := range s.records {
		code := s.records[i].code
		for n := len(code) - 1; n > 0; n-- {
			if p, ok := at[strings.Join(code[:n], ".")]; ok {
				s.records[i].parent = p
				found = true
				break
			}
		}
	}
	return found
}

// isUnder reports whether a row belongs to one above it.
func (s *scan) isUnder(r, above *record) bool {
	switch {
	case r.code != nil && above.code != nil:
		return beginsWith(r.code, above.code)
	case r.code != nil:
		return false
	case above.code != nil:
		return !(r.bare && (r.bold || r.merged)) && (r.depth > above.depth || above.bare || above.bold && !r.bold)
	}
	return r.depth > above.depth
}

func beginsWith(code, prefix []string) bool {
	if len(code) <= len(prefix) {
		return false
	}
	for i := range prefix {
		if code[i] != prefix[i] {
			return false
		}
	}
	return true
}

// levelColumn returns the level that a column tells.
func (s *scan) levelColumn() func(*record) int {
	return func(r *record) int {
		if c := s.cell(r.row, taskLevel); c.Kind == workbook.Number {
			return int(c.Number)
		}
		return 0
	}
}

// sectionLevel is the depth of rows whose names stand in section columns.
func (s *scan) sectionLevel() func(*record) int {
	return func(r *record) int { return r.nameColumn }
}

// byLevel hangs each row under the nearest one above of a lesser level.
func (s *scan) byLevel(level func(*record) int) bool {
	var open []int
	found := false
	for i := range s.records {
		r := &s.records[i]
		for len(open) > 0 && level(&s.records[open[len(open)-1]]) >= level(r) {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			r.parent = open[len(open)-1]
			found = true
		}
		open = append(open, i)
	}
	return found
}

// titles finds section rows: names that stand over others and are nothing
// themselves.
func (s *scan) titles() {
	is := s.titleTest()
	if is == nil {
		return
	}
	open := -1
	for i := range s.records {
		r := &s.records[i]
		switch {
		case r.parent >= 0:
		case is(i):
			r.title = true
			open = i
		case open >= 0:
			r.parent = open
		}
	}
}

// titleTest chooses by what section rows are known in this table; nil: by
// nothing.
func (s *scan) titleTest() func(int) bool {
	nested := false
	for i := range s.records {
		nested = nested || s.records[i].parent >= 0
	}
	marked := func(i int) bool { return s.isMarkedTitle(i) }
	switch {
	case s.count(marked) > 0:
		return marked
	case nested:
		return nil
	case s.plainTitles():
		return s.isPlainTitle
	case s.boldTitles():
		return func(i int) bool { return s.isBoldTitle(i) }
	}
	return nil
}

func (s *scan) count(is func(int) bool) int {
	n := 0
	for i := range s.records {
		if is(i) {
			n++
		}
	}
	return n
}

// isMarkedTitle reports whether a bare row is also set apart by its looks:
// bold where tasks aren't, or merged over other fields. A summary by other
// signs isn't a title.
func (s *scan) isMarkedTitle(i int) bool {
	r := &s.records[i]
	if !r.bare || r.summary || i+1 >= len(s.records) {
		return false
	}
	return r.merged && !s.mostly(func(o *record) bool { return o.merged }) ||
		r.bold && !s.mostly(func(o *record) bool { return o.bold && !o.bare })
}

// mostly reports whether something holds for more than half of the records.
func (s *scan) mostly(is func(*record) bool) bool {
	n := 0
	for i := range s.records {
		if is(&s.records[i]) {
			n++
		}
	}
	return n*2 > len(s.records)
}

// isPlainTitle reports whether a bare row stands over a row that isn't bare.
func (s *scan) isPlainTitle(i int) bool {
	r := &s.records[i]
	return r.bare && i+1 < len(s.records) && !s.records[i+1].bare
}

// plainTitles reports whether bare rows without special looks are titles: they
// are few, and each stands over tasks or is parted from the rest by its number.
func (s *scan) plainTitles() bool {
	bare, over, differs := 0, 0, 0
	for i := range s.records {
		if !s.records[i].bare {
			continue
		}
		bare++
		if s.isPlainTitle(i) {
			over++
			if (s.records[i].id == "") != (s.records[i+1].id == "") {
				differs++
			}
		}
	}
	if over == 0 {
		return false
	}
	return differs == over && bare*2 <= len(s.records) || bare*10 <= len(s.records)*4 && over*10 >= bare*7
}

// isBoldTitle reports whether a bold row with few cells of its own stands over
// rows that aren't bold and whose dates lie within its own.
func (s *scan) isBoldTitle(i int) bool {
	r := &s.records[i]
	if !r.bold || i+1 >= len(s.records) || s.records[i+1].bold {
		return false
	}
	for _, f := range []plan.Field{plan.Owner, plan.Predecessors} {
		if s.hasField(r.row, f) {
			return false
		}
	}
	start, finish := s.serial(r, plan.Start), s.serial(r, plan.Finish)
	for j := i + 1; j < len(s.records) && !s.records[j].bold; j++ {
		from, to := s.serial(&s.records[j], plan.Start), s.serial(&s.records[j], plan.Finish)
		if start != 0 && from != 0 && from < start || finish != 0 && to != 0 && to > finish {
			return false
		}
	}
	return true
}

// serial is the date in a cell as a number; 0 without one.
func (s *scan) serial(r *record, f plan.Field) float64 {
	c := s.cell(r.row, f)
	if _, ok := s.book.Date(c); !ok {
		return 0
	}
	return c.Number
}

// boldTitles reports whether bold rows are titles in this table.
func (s *scan) boldTitles() bool {
	bold, titles := 0, 0
	for i := range s.records {
		if s.records[i].bold {
			bold++
			if s.isBoldTitle(i) {
				titles++
			}
		}
	}
	return titles > 0 && bold*2 <= len(s.records) && titles*10 >= bold*8
}
