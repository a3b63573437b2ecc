package planread

import (
	"slices"
	"strings"

	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// isFooter reports whether a row belongs to the sheet and not to the table.
func (s *scan) isFooter(row *workbook.Row, name string) bool {
	if s.evidence(row) > 2 {
		return false
	}
	return s.isFooterText(name) || s.isTotal(row, name)
}

// longFooter is how long a word must be to be a footer within a longer text.
const longFooter = 12

func (s *scan) isFooterText(text string) bool {
	folded := fold(text)
	if strings.HasPrefix(text, "©") || strings.HasPrefix(text, "※") {
		return true
	}
	for _, w := range s.v.footers {
		whole := folded == w || strings.EqualFold(strings.TrimSpace(text), w)
		signed := strings.HasPrefix(folded, w+" ") && strings.Contains(text, ":")
		if whole || signed || len(w) >= longFooter && strings.Contains(folded, w) {
			return true
		}
	}
	return false
}

// isTotal reports whether a row sums others up.
func (s *scan) isTotal(row *workbook.Row, name string) bool {
	if s.hasField(row, plan.Start) || s.hasField(row, plan.Owner) || s.hasField(row, plan.Finish) || s.hasField(row, plan.Status) {
		return false
	}
	folded := fold(name)
	first, rest, _ := strings.Cut(folded, " ")
	return s.v.rows[folded] == "total" || rest != "" && s.v.rows[first] == "total" && s.onlyNumbers(row)
}

// onlyNumbers reports whether a row has numbers besides its name, and nothing
// else: "Average per task | 11".
func (s *scan) onlyNumbers(row *workbook.Row) bool {
	numbers := 0
	name := s.fields[s.nameField()]
	for _, c := range row.Cells {
		switch {
		case isBlank(c) || slices.Contains(name, int(c.Column)) || int(c.Column) >= s.header.stop:
		case c.Kind != workbook.Number:
			return false
		default:
			numbers++
		}
	}
	return numbers > 0
}

// isTemplateTitle reports whether a row begins rows that are there to be
// copied.
func (s *scan) isTemplateTitle(name string) bool {
	return s.v.rows[fold(name)] == "template" && len(s.records) > 0
}

// isHelp reports whether the row under a header explains the columns.
func (s *scan) isHelp(row *workbook.Row) bool {
	filled, hints := 0, 0
	for _, c := range row.Cells {
		if int(c.Column) >= s.header.stop {
			break
		}
		switch {
		case isBlank(c):
			continue
		case c.Kind != workbook.Text:
			return false
		case s.isHint(c):
			hints++
		}
		filled++
	}
	return hints > 0 && hints*3 >= filled
}

// isHint reports whether a text tells what to write into a column.
func (s *scan) isHint(c workbook.Cell) bool {
	folded := fold(c.Text)
	for _, w := range s.v.help {
		if holdsWord(folded, w) {
			return true
		}
	}
	t := strings.TrimSpace(c.Text)
	if strings.HasPrefix(t, "(") && strings.HasSuffix(t, ")") {
		return true
	}
	if slices.Contains(s.fields[plan.Status], int(c.Column)) {
		return s.listsStatuses(t)
	}
	return false
}

// listsStatuses reports whether a text names several statuses: "Open/Closed".
func (s *scan) listsStatuses(text string) bool {
	known := 0
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '\n' || r == ',' || r == ';' || r == '|' }) {
		if _, ok := meaning(s.v.status, part); ok {
			known++
		}
	}
	return known > 1
}

// dropLegend leaves out the names at the end that blank rows part from the
// table and that have nothing of a task.
func (s *scan) dropLegend() {
	last := -1
	for i := range s.records {
		if s.records[i].evidence > 0 {
			last = i
		}
	}
	if last < 0 {
		return
	}
	for i := last + 1; i < len(s.records); i++ {
		if !s.records[i].gap {
			continue
		}
		for _, r := range s.records[i:] {
			s.skip(r.row, "stands below the table: "+shorten(r.name))
		}
		s.records = s.records[:i]
		return
	}
}
