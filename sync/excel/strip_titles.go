package excel

import (
	"slices"
	"strconv"
	"strings"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// stripTitles takes the tabs' titles out of the list of sheets and names that
// Excel keeps among the properties of a file.
func (s *stripped) stripTitles() error {
	if s.whole || len(s.places) == 0 {
		return nil
	}
	all, err := s.doc.pkg.Relationships("")
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Kind() != "extended-properties" || r.External || !s.doc.pkg.Has(r.Target) {
			continue
		}
		b, err := s.part(r.Target)
		if err != nil {
			return err
		}
		p, err := newPatch(r.Target, b, nil)
		if err != nil {
			// Nothing depends on this part, and it is the team's.
			continue
		}
		s.stripTitlesOf(p)
		s.change(r.Target, p)
	}
	return nil
}

// section is a run of titles of one kind: of sheets, of names.
type section struct {
	heading, number *element
	count, dropped  int
}

func (s *stripped) stripTitlesOf(p *patch) {
	headings, titles := vectorIn(p.root, "HeadingPairs"), vectorIn(p.root, "TitlesOfParts")
	if headings == nil || titles == nil || len(headings.children)%2 != 0 {
		return
	}
	var sections []section
	total := 0
	for pair := range slices.Chunk(headings.children, 2) {
		n, err := strconv.Atoi(strings.TrimSpace(pair[1].deepText(p.base)))
		if err != nil || len(pair[1].children) != 1 {
			return
		}
		sections = append(sections, section{heading: pair[0], number: pair[1], count: n})
		total += n
	}
	if total != len(titles.children) {
		return
	}
	dropped, at := 0, 0
	for i := range sections {
		for _, e := range titles.children[at : at+sections[i].count] {
			if s.isOwnTitle(e.text(p.base)) {
				p.remove(e)
				sections[i].dropped++
				dropped++
			}
		}
		at += sections[i].count
	}
	if dropped > 0 {
		p.set(titles, "size", strconv.Itoa(total-dropped))
		p.setSections(headings, sections)
	}
}

// setSections writes how many titles are left of each kind.
func (p *patch) setSections(headings *element, sections []section) {
	size := len(headings.children)
	for _, c := range sections {
		switch {
		case c.dropped == 0:
		case c.dropped == c.count:
			p.remove(c.heading)
			p.remove(c.number)
			size -= 2
		default:
			n := c.number.children[0]
			p.edits = append(p.edits, edit{at: n.open, cut: n.close - n.open, put: []byte(strconv.Itoa(c.count - c.dropped))})
		}
	}
	if size != len(headings.children) {
		p.set(headings, "size", strconv.Itoa(size))
	}
}

func vectorIn(root *element, local string) *element {
	if e := root.child(local); e != nil {
		return e.child("vector")
	}
	return nil
}

// isOwnTitle reports whether a title is that of a tab, or of a name that
// belongs to one.
func (s *stripped) isOwnTitle(title string) bool {
	if strings.HasPrefix(title, namePrefix) {
		return true
	}
	for _, p := range s.places {
		name := p.entry.name
		if title == name || strings.HasPrefix(title, name+"!") || strings.HasPrefix(title, workbook.QuoteSheet(name)+"!") {
			return true
		}
	}
	return false
}

// deepText returns all text in the element.
func (e *element) deepText(data []byte) string {
	var text []byte
	e.walk(func(in *element) {
		if len(in.children) == 0 {
			text = ooxml.AppendText(text, data[in.open:in.close])
		}
	})
	return string(text)
}
