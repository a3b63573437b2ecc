package excel

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"steerco/sync/excel/ooxml"
	"steerco/templates/tab"
)

// styleOrder is the order of the children of styleSheet.
var styleOrder = [...]string{
	"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
}

// styleBook adds records to a styles part, and shares those that are there.
type styleBook struct {
	patch *patch
	lists map[string]*styleList
}

// styleList is one list of records: fonts, fills, …
type styleList struct {
	el *element // nil: the part has no such list
	// known are the numbers of the records by what they say.
	known map[string]int
	// count is how many records there are, added ones included.
	count int
	added []byte
	more  int
}

func newStyleBook(name string, base []byte) (*styleBook, error) {
	p, err := newPatch(name, base, nil)
	if err != nil {
		return nil, err
	}
	s := &styleBook{patch: p, lists: map[string]*styleList{}}
	for _, list := range []string{"fonts", "fills", "borders", "cellXfs", "dxfs"} {
		s.lists[list] = s.read(list)
	}
	return s, nil
}

func (s *styleBook) read(list string) *styleList {
	l := &styleList{el: s.patch.root.child(list), known: map[string]int{}}
	if l.el == nil {
		return l
	}
	for i, e := range l.el.children {
		key := canonical(e, s.patch.base)
		if _, ok := l.known[key]; !ok {
			l.known[key] = i
		}
	}
	l.count = len(l.el.children)
	return l
}

// add returns the number of a record that says the same as e of another part,
// and appends one if there is none.
func (s *styleBook) add(list string, e *element, src []byte) int {
	l := s.lists[list]
	if l.count == 0 {
		s.begin(l, list)
	}
	key := canonical(e, src)
	if i, ok := l.known[key]; ok {
		return i
	}
	l.known[key] = l.count
	l.added = appendElement(l.added, e, src, writing{prefix: s.patch.root.prefix()})
	l.count++
	l.more++
	return l.count - 1
}

// begin puts those records into an empty list that programs take for granted.
func (s *styleBook) begin(l *styleList, list string) {
	for _, record := range map[string][]string{
		"fonts":   {`<font><sz val="11"/><name val="Calibri"/></font>`},
		"fills":   {`<fill><patternFill patternType="none"/></fill>`, `<fill><patternFill patternType="gray125"/></fill>`},
		"borders": {`<border><left/><right/><top/><bottom/><diagonal/></border>`},
		"cellXfs": {`<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`},
	}[list] {
		src := []byte(record)
		e, err := parse(src, nil)
		if err != nil {
			continue
		}
		l.added = appendElement(l.added, e, src, writing{prefix: s.patch.root.prefix()})
		l.known[canonical(e, src)] = l.count
		l.count++
		l.more++
	}
}

// firstCustomFormat is below the numbers that number formats of one's own may
// have.
const firstCustomFormat = 163

// format returns the number of a number format, and adds it if it is new.
func (s *styleBook) format(code string) int {
	l := s.lists["numFmts"]
	if l == nil {
		l = &styleList{el: s.patch.root.child("numFmts"), known: map[string]int{}, count: firstCustomFormat}
		s.lists["numFmts"] = l
		if l.el != nil {
			for _, e := range l.el.children {
				id, _ := strconv.Atoi(e.value("numFmtId"))
				l.count = max(l.count, id)
				l.known[e.value("formatCode")] = id
			}
		}
	}
	if id, ok := l.known[code]; ok {
		return id
	}
	l.count++
	l.more++
	l.known[code] = l.count
	l.added = append(l.added, "<"+s.patch.root.prefix()+`numFmt numFmtId="`+strconv.Itoa(l.count)+`" formatCode="`...)
	l.added = append(ooxml.EscapeText(l.added, code), `"/>`...)
	return l.count
}

// mark returns the number of the differential format of a severity.
func (s *styleBook) mark(severity string) (int, error) {
	src := []byte(`<dxf><font><color rgb="FF` + tab.MarkText + `"/></font><fill><patternFill><bgColor rgb="FF` +
		tab.MarkFill(severity) + `"/></patternFill></fill></dxf>`)
	e, err := parse(src, nil)
	if err != nil {
		return 0, err
	}
	return s.add("dxfs", e, src), nil
}

// apply returns the part with the records added, and how that is undone.
func (s *styleBook) apply() ([]byte, []change) {
	for _, name := range styleOrder {
		l := s.lists[name]
		if l == nil || l.more == 0 {
			continue
		}
		if l.el != nil {
			s.patch.append(l.el, l.added)
			s.patch.count(l.el, l.more)
			continue
		}
		tag := s.patch.root.prefix() + name
		b := append([]byte("<"+tag+` count="`+strconv.Itoa(l.more)+`">`), l.added...)
		s.patch.insert(s.patch.root, styleOrder[:], name, append(b, "</"+tag+">"...))
	}
	return s.patch.apply()
}

// carried are the numbers that the styles of another styles part have here.
type carried struct {
	styles *styleBook
	// src and root are the other part.
	src  []byte
	root *element
	xfs  map[int]int
	// formats are its number formats by number.
	formats map[int]string
}

func (s *styleBook) carry(name string, src []byte) (*carried, error) {
	root, err := parsePart(name, src, nil)
	if err != nil {
		return nil, err
	}
	c := &carried{styles: s, src: src, root: root, xfs: map[int]int{}, formats: map[int]string{}}
	if list := root.child("numFmts"); list != nil {
		for _, e := range list.children {
			id, _ := strconv.Atoi(e.value("numFmtId"))
			c.formats[id] = e.value("formatCode")
		}
	}
	return c, nil
}

// xf returns the number here of a cell format of the other part.
func (c *carried) xf(id int) int {
	if here, ok := c.xfs[id]; ok {
		return here
	}
	list := c.root.child("cellXfs")
	if list == nil || id < 0 || id >= len(list.children) {
		return 0
	}
	e := list.children[id]
	number := func(attr string) int {
		n, _ := strconv.Atoi(e.value(attr))
		return n
	}
	format := number("numFmtId")
	if code, ok := c.formats[format]; ok {
		format = c.styles.format(code)
	}
	xf := `<xf numFmtId="` + strconv.Itoa(format) +
		`" fontId="` + strconv.Itoa(c.record("fonts", number("fontId"))) +
		`" fillId="` + strconv.Itoa(c.record("fills", number("fillId"))) +
		`" borderId="` + strconv.Itoa(c.record("borders", number("borderId"))) + `"`
	if c.styles.patch.root.child("cellStyleXfs") != nil {
		xf += ` xfId="0"`
	}
	src := []byte(xf + ` applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">`)
	for _, child := range e.children {
		src = appendElement(src, child, c.src, writing{})
	}
	src = append(src, "</xf>"...)
	here := 0
	if made, err := parse(src, nil); err == nil {
		here = c.styles.add("cellXfs", made, src)
	}
	c.xfs[id] = here
	return here
}

func (c *carried) record(list string, id int) int {
	from := c.root.child(list)
	if from == nil || id < 0 || id >= len(from.children) {
		return 0
	}
	return c.styles.add(list, from.children[id], c.src)
}

// canonical returns what an element says, the same for the different ways in
// which programs write it: order of attributes and of single children, and
// true for 1.
func canonical(e *element, src []byte) string {
	var parts []string
	for _, a := range e.attrs {
		if len(a.Prefix) > 0 || string(a.Local) == "xmlns" {
			continue
		}
		parts = append(parts, string(a.Local)+"="+plainValue(ooxml.UnescapeString(a.Value)))
	}
	for _, c := range e.children {
		if said := canonical(c, src); said != c.local+"()" || c.local != "left" && c.local != "right" &&
			c.local != "top" && c.local != "bottom" && c.local != "diagonal" {
			parts = append(parts, said)
		}
	}
	slices.SortFunc(parts, cmp.Compare[string])
	return e.local + "(" + strings.Join(parts, ",") + ")"
}

func plainValue(v string) string {
	switch v {
	case "true":
		return "1"
	case "false":
		return "0"
	}
	return v
}
