package templates

import "fmt"

// A page is A4 or Letter, whichever is smaller in each direction, less margins
// as backends set them, in points. The print scale stays above minScale.
const (
	shortSide    = 595.0 // A4
	shortSideUS  = 612.0 // Letter
	longSide     = 842.0 // A4
	longSideUS   = 792.0 // Letter
	margin       = 29.0
	marginTop    = 29.0
	marginBottom = 40.0
	minScale     = 0.92
)

// budget returns how wide and how high a tab may be to fit one page.
func (p page) budget() (width, height float64) {
	width, height = min(shortSide, shortSideUS), min(longSide, longSideUS)
	if p.landscape {
		width, height = height, width
	}
	return (width - 2*margin) / minScale, (height - marginTop - marginBottom) / minScale
}

// fitted draws all sections, with fewer records where one page would be too
// short.
func (d *drawer) fitted() ([]drawnRow, error) {
	rows, err := d.stack(d.sections)
	if err != nil || !d.page.onePage {
		return rows, err
	}
	_, most := d.page.budget()
	for total(rows) > most {
		if !d.shorten(total(rows)) {
			return nil, fmt.Errorf("%s: the tab doesn't fit one page: it is %.0f points high with the fewest records, the page holds %.0f: lower least or take a section out", d.file, total(rows), most)
		}
		if rows, err = d.stack(d.sections); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func total(rows []drawnRow) float64 {
	h := 0.0
	for _, r := range rows {
		h += r.Height
	}
	return h
}

// shorten takes a record from the section that shows most above its least, of
// those that make the page shorter; from the one that shows most where none
// does by itself. It reports whether there was one.
func (d *drawer) shorten(height float64) bool {
	var best, longest *section
	for _, s := range limited(d.sections) {
		n := d.spare(s)
		if n <= 0 {
			continue
		}
		if longest == nil || n > d.spare(longest) {
			longest = s
		}
		if (best == nil || n > d.spare(best)) && d.shorterWithout(s, height) {
			best = s
		}
	}
	if best == nil {
		best = longest
	}
	if best == nil {
		return false
	}
	d.less(best)
	return true
}

// spare returns how many records a section shows above its least.
func (d *drawer) spare(s *section) int { return d.count(s, len(d.records(s))) - s.least }

func (d *drawer) less(s *section) { d.shown[s] = d.count(s, len(d.records(s))) - 1 }

// shorterWithout reports whether the tab gets shorter with one record less in s.
func (d *drawer) shorterWithout(s *section, height float64) bool {
	before, had := d.shown[s]
	d.less(s)
	rows, err := d.stack(d.sections)
	delete(d.shown, s)
	if had {
		d.shown[s] = before
	}
	return err == nil && total(rows) < height
}

// limited returns the sections that may show fewer records.
func limited(sections []section) []*section {
	var all []*section
	for i := range sections {
		s := &sections[i]
		if s.limit > 0 {
			all = append(all, s)
		}
		for _, stack := range s.beside {
			all = append(all, limited(stack)...)
		}
	}
	return all
}

// beside draws stacks of sections next to each other: their rows share
// heights.
func (d *drawer) beside(s *section) ([]drawnRow, error) {
	var rows []drawnRow
	for _, stack := range s.beside {
		drawn, err := d.stack(stack)
		if err != nil {
			return nil, err
		}
		for i, row := range drawn {
			if i == len(rows) {
				rows = append(rows, row)
				continue
			}
			rows[i].Cells = append(rows[i].Cells, row.Cells...)
			rows[i].Height = max(rows[i].Height, row.Height)
		}
	}
	return rows, nil
}
