package planread

import (
	"strings"

	"steerco/sync/workbook"
)

// profile is what a column's first data cells hold.
type profile struct {
	filled, dates, numbers, texts, bools, formulas int
	// words counts texts which are status words, flags those which say yes or
	// no or name a milestone, marks those that say "none" or "to be decided".
	words, flags, marks int
	distinct            int
	length              int // of all texts, in runes
	seen                map[string]bool
}

const profileRows = 200

// profiles looks at the cells below a header, by column.
func (v *view) profiles(after, stop int) map[int]*profile {
	all := map[int]*profile{}
	looked := 0
	for i := range v.sheet.Rows {
		row := &v.sheet.Rows[i]
		if row.Index <= after {
			continue
		}
		if looked++; looked > profileRows {
			break
		}
		for _, c := range row.Cells {
			if int(c.Column) >= stop {
				break
			}
			v.notice(all, c)
		}
	}
	return all
}

func (v *view) notice(all map[int]*profile, c workbook.Cell) {
	if c.Kind == workbook.Blank || c.Kind == workbook.Text && strings.TrimSpace(c.Text) == "" {
		return
	}
	p := all[int(c.Column)]
	if p == nil {
		p = &profile{seen: map[string]bool{}}
		all[int(c.Column)] = p
	}
	p.filled++
	if c.Formula {
		p.formulas++
	}
	switch c.Kind {
	case workbook.Number:
		p.noticeNumber(v.book, c)
	case workbook.Bool:
		p.bools++
	case workbook.Text:
		p.noticeText(v.v, c.Text)
	}
}

func (p *profile) noticeNumber(b *workbook.Book, c workbook.Cell) {
	p.numbers++
	if _, ok := b.Date(c); ok {
		p.numbers--
		p.dates++
	}
	p.note(b.Shown(c))
}

func (p *profile) noticeText(v *vocabulary, text string) {
	p.texts++
	p.length += runes(text)
	p.note(text)
	if _, ok := meaning(v.status, text); ok {
		p.words++
	}
	if _, ok := meaning(v.flags, text); ok {
		p.flags++
	}
	if _, ok := meaning(v.noDate, text); ok {
		p.marks++
	}
	if _, ok := v.dateText(text); ok && !isOutlineNumber(text) {
		p.dates++
		p.texts--
	}
}

// isOutlineNumber reports whether a text that could be a date, as 1.1 and
// 1.2.11 could, is written as outline numbers are.
func isOutlineNumber(text string) bool {
	parts := outlineParts(text)
	if len(parts) < 2 || strings.Contains(text, "-") {
		return false
	}
	for _, part := range parts {
		if len(part) > 2 || part[0] == '0' {
			return false
		}
	}
	return true
}

func (p *profile) note(text string) {
	if !p.seen[text] {
		p.seen[text] = true
		p.distinct++
	}
}

// numbersAndCodes counts differing values which are numbers or outline numbers.
func (p *profile) numbersAndCodes() int {
	n := 0
	for text := range p.seen {
		if strings.Trim(text, "0123456789.") == "" {
			n++
		}
	}
	return n
}

// share returns what part of the filled cells n is.
func (p *profile) share(n int) float64 {
	if p.filled == 0 {
		return 0
	}
	return float64(n) / float64(p.filled)
}

// meanLength returns the mean length of the texts.
func (p *profile) meanLength() int {
	if n := p.texts + p.dates; n > 0 {
		return p.length / n
	}
	return 0
}

// namesThings reports whether most of differing texts are words without any
// number, as names are and ids aren't.
func (p *profile) namesThings() bool {
	n := 0
	for text := range p.seen {
		if strings.Contains(strings.TrimSpace(text), " ") && !strings.ContainsAny(text, "0123456789") {
			n++
		}
	}
	return p.filled >= 3 && n*2 > p.distinct
}
