package excel

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// spliced is a workbook with an output put in: what is to be written.
type spliced struct {
	base *stripped
	out  workbook.Output
	// drawn returns the drawn tabs when they are ready.
	drawn func() (*drawnTabs, error)
	// parts are the parts that were patched or made, by name; order has the
	// names of new ones.
	parts map[string][]byte
	order []string
	// journal is the way back from the patched parts to the base's.
	journal journal
	record  record
	tabs    []splicedTab
	// styles are nil until something needs them; stylesPart is their name.
	styles     *styleBook
	stylesPart string
}

// splicedTab is a sheet of steerco's on its way into the workbook.
type splicedTab struct {
	key, name string
	// place is where it stood before; known is false for a new one.
	place place
	known bool
	id    int
	rel   string
	part  string
	state string
	// names are the defined names that belong to it, by name.
	names []ownName
}

// ownName is a defined name to be added.
type ownName struct {
	name, text string
	hidden     bool
}

// splice puts an output into a workbook, with its tabs as drawn. It is a
// function of its arguments: the same base and output give the same bytes.
func splice(base *stripped, out workbook.Output, drawn func() (*drawnTabs, error)) (*spliced, error) {
	s := &spliced{base: base, out: base.ordered(out), drawn: drawn, parts: map[string][]byte{}}
	if out.IsEmpty() {
		return s, nil
	}
	if err := s.checkOutput(); err != nil {
		return nil, err
	}
	steps := []func() error{s.openStyles, s.place, s.addMarks, s.addTabs, s.patchWorkbook, s.addStyles, s.patchLinks, s.addData}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// has reports whether there is a part of a name so far.
func (s *spliced) has(name string) bool {
	_, made := s.parts[name]
	return made || slices.ContainsFunc(s.order, func(n string) bool { return strings.EqualFold(n, name) }) ||
		s.base.doc.pkg.Has(name) && !s.base.gone[name]
}

// add adds a new part.
func (s *spliced) add(name string, b []byte) {
	s.parts[name] = b
	s.order = append(s.order, name)
}

// patched stores a patched part with its way back.
func (s *spliced) patched(name string, before, after []byte, undo []change) {
	if len(undo) == 0 {
		return
	}
	s.parts[name] = after
	known, ok := s.base.hashes[name]
	if !ok {
		known = hash(before)
	}
	s.journal.Parts = append(s.journal.Parts, journalPart{Name: name, Before: known, After: hash(after), Edits: undo})
}

func (s *spliced) namespace() string {
	if s.base.doc.strict {
		return strictNamespace
	}
	return transitionalNamespace
}

// relationships returns the beginning of the types of relationships.
func (s *spliced) relationships() string {
	if s.base.doc.strict {
		return "http://purl.oclc.org/ooxml/officeDocument/relationships"
	}
	return "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
}

// place decides title, number and part of each tab: those that it had, else
// free ones.
func (s *spliced) place() error {
	titles := map[string]bool{}
	ids := map[int]bool{}
	for at, e := range s.base.doc.sheets {
		if !s.base.own.isOwn(at) {
			titles[foldTitle(e.name)] = true
			ids[e.id] = true
		}
	}
	free := &freeNames{titles: titles, ids: ids, rels: maps.Clone(s.base.rels)}
	for _, d := range s.out.Tabs {
		t := s.newTab(d.Tab.Key)
		t.name = s.title(d, t)
		s.tabs = append(s.tabs, t)
	}
	t := s.newTab(keyOfData)
	t.name, t.state = s.places()[keyOfData].entry.name, "veryHidden"
	s.tabs = append(s.tabs, t)
	for i := range s.tabs {
		if err := s.settle(&s.tabs[i], free); err != nil {
			return err
		}
	}
	return nil
}

func (s *spliced) places() map[string]place { return s.base.places }

func (s *spliced) newTab(key string) splicedTab {
	p, known := s.places()[key]
	return splicedTab{
		key: key, place: p, known: known, state: p.entry.state,
		names: []ownName{{name: nameOfTab, text: workbook.QuoteText(key), hidden: true}},
	}
}

// title returns what a tab is called: the drawing's title, unless somebody has
// given the sheet another one since.
func (s *spliced) title(d workbook.Drawing, t splicedTab) string {
	r := s.base.own.data.record.tab(t.key)
	isRenamed := t.known && r != nil && (t.place.entry.name != r.Name || r.Title == d.Tab.Title)
	if isRenamed {
		return t.place.entry.name
	}
	return d.Tab.Title
}

// freeNames are the titles and numbers that are taken.
type freeNames struct {
	titles map[string]bool
	ids    map[int]bool
	rels   map[string]bool
}

// settle gives a tab its title, numbers and part.
func (s *spliced) settle(t *splicedTab, taken *freeNames) error {
	if t.key == keyOfData {
		t.name = freeTitle(t.name, taken.titles)
	}
	if taken.titles[foldTitle(t.name)] {
		return workbook.NameTaken(s.base.doc.name, t.name, t.key)
	}
	if fault := titleFault(t.name); fault != "" {
		return &workbook.Error{
			Workbook: s.base.doc.name, Sheet: t.name, Err: fmt.Errorf("the name of a tab %s", fault),
			Fix: "choose another one in the setting tabs." + t.key,
		}
	}
	taken.titles[foldTitle(t.name)] = true
	t.id, t.rel = t.place.entry.id, t.place.entry.rel
	if t.id <= 0 || taken.ids[t.id] {
		t.id = 1
		for id := range taken.ids {
			t.id = max(t.id, id+1)
		}
	}
	taken.ids[t.id] = true
	for n := len(taken.rels) + 1; t.rel == "" || taken.rels[t.rel]; n++ {
		t.rel = "rId" + strconv.Itoa(n)
	}
	taken.rels[t.rel] = true
	t.part = t.place.entry.part
	for n := 1; t.part == "" || s.isTaken(t); n++ {
		t.part = folderOf(s.base.doc.main) + "worksheets/sheet" + strconv.Itoa(n) + ".xml"
	}
	return nil
}

// isTaken reports whether the part of a tab is another one's.
func (s *spliced) isTaken(t *splicedTab) bool {
	if s.base.doc.pkg.Has(t.part) && !s.base.gone[t.part] {
		return true
	}
	return slices.ContainsFunc(s.tabs, func(o splicedTab) bool {
		return o.key != t.key && strings.EqualFold(o.part, t.part)
	})
}

// titleOfData is the title of the data tab, which nobody sees.
const titleOfData = "_steerco"

func freeTitle(title string, taken map[string]bool) string {
	if title == "" {
		title = titleOfData
	}
	free := title
	for n := 2; taken[foldTitle(free)]; n++ {
		free = titleOfData + strconv.Itoa(n)
	}
	return free
}

// foldTitle makes equal what programs take for the same title.
func foldTitle(title string) string { return strings.ToLower(strings.ToUpper(title)) }

// mostInTitle is how many characters the name of a sheet has.
const mostInTitle = 31

// titleFault returns what is wrong with the name of a sheet; empty: nothing.
func titleFault(title string) string {
	switch {
	case title == "":
		return "is empty"
	case len([]rune(title)) > mostInTitle:
		return "has more than 31 characters"
	case strings.ContainsAny(title, `[]:*?/\`):
		return `has one of the characters []:*?/\`
	case strings.HasPrefix(title, "'"), strings.HasSuffix(title, "'"):
		return "begins or ends with an apostrophe"
	}
	return ""
}

func folderOf(part string) string { return part[:strings.LastIndexByte(part, '/')+1] }

// openStyles opens the styles part, or begins a new one.
func (s *spliced) openStyles() error {
	s.stylesPart = s.base.doc.styles
	var b []byte
	var err error
	if s.stylesPart != "" && !s.base.gone[s.stylesPart] {
		b, err = s.base.part(s.stylesPart)
	} else {
		s.stylesPart = folderOf(s.base.doc.main) + "styles.xml"
		for n := 2; s.has(s.stylesPart); n++ {
			s.stylesPart = folderOf(s.base.doc.main) + "styles" + strconv.Itoa(n) + ".xml"
		}
		b = []byte(xmlHeader + `<styleSheet xmlns="` + s.namespace() + `"/>`)
	}
	if err != nil {
		return err
	}
	s.styles, err = newStyleBook(s.stylesPart, b)
	return err
}

// hasStyles reports whether the workbook had a styles part before.
func (s *spliced) hasStyles() bool {
	return s.stylesPart == s.base.doc.styles && !s.base.gone[s.stylesPart]
}

// addStyles adds the styles that the steps before have asked for.
func (s *spliced) addStyles() error {
	after, undo := s.styles.apply()
	switch {
	case len(undo) == 0:
	case s.hasStyles():
		s.patched(s.stylesPart, s.styles.patch.base, after, undo)
	default:
		s.add(s.stylesPart, after)
		s.journal.Added = append(s.journal.Added, s.stylesPart)
	}
	return nil
}

// addTabs carries the drawn tabs over.
func (s *spliced) addTabs() error {
	if len(s.out.Tabs) == 0 {
		return nil
	}
	drawn, err := s.drawn()
	if err != nil {
		return err
	}
	b, err := drawn.pkg.Part(drawn.doc.styles)
	if err != nil {
		return err
	}
	carried, err := s.styles.carry(drawn.doc.styles, b)
	if err != nil {
		return err
	}
	for i, d := range s.out.Tabs {
		if err := s.addTab(i, d, drawn, carried); err != nil {
			return fmt.Errorf("draw tab %q: %w", d.Tab.Title, err)
		}
	}
	return nil
}

func newScratchDocument(pkg *ooxml.Package) (*document, error) {
	main, err := pkg.Main()
	if err != nil {
		return nil, err
	}
	d := &document{pkg: pkg, main: main}
	if d.relationships, err = pkg.Relationships(main); err != nil {
		return nil, err
	}
	d.styles = d.related("styles")
	return d, d.readWorkbook()
}

func (s *spliced) addTab(i int, d workbook.Drawing, drawn *drawnTabs, c *carried) error {
	src, err := drawn.pkg.Part(drawn.doc.sheets[drawn.at[d.Tab.Key]].part)
	if err != nil {
		return err
	}
	t := &s.tabs[i]
	b, err := carrying{
		namespace: s.namespace(), styles: c, values: cellValues(d, s.base.doc.date1904),
		last: lastCell(d), active: t.place.active,
	}.sheetXML(t.part, src)
	if err != nil {
		return err
	}
	s.add(t.part, b)
	if rows := d.Tab.Print.RepeatRows; rows[0] > 0 {
		t.names = append(t.names, ownName{
			name: "_xlnm.Print_Titles", text: fmt.Sprintf("%s!$%d:$%d", workbook.QuoteSheet(t.name), rows[0], max(rows[0], rows[1])),
		})
	}
	content, err := contentDigest(b)
	if err != nil {
		return err
	}
	s.record.Tabs = append(s.record.Tabs, tabRecord{
		Key: t.key, Title: d.Tab.Title, Name: t.name, Sheet: t.id, Drawing: d.Digest(), Content: content,
	})
	return nil
}

// lastCell returns the name of the last cell of a drawing, spans included.
func lastCell(d workbook.Drawing) string {
	row, column := 0, 0
	for i, r := range d.Tab.Rows {
		for _, c := range r.Cells {
			row = max(row, i+max(1, c.RowSpan)-1)
			column = max(column, c.Column+max(1, c.Span)-1)
		}
	}
	return workbook.CellName(row, column)
}

// addData adds the data tab, last, when all that it tells of is settled.
func (s *spliced) addData() error {
	s.record.Format, s.record.ID = dataFormat, s.out.ID
	ours := map[string]bool{}
	for _, name := range s.journal.Added {
		ours[name] = true
	}
	for _, p := range s.journal.Parts {
		ours[p.Name] = true
	}
	for _, t := range s.tabs {
		ours[t.part] = true
	}
	for name := range s.base.gone {
		ours[name] = true
	}
	s.journal.Rest = fingerprint(s.base.doc.pkg, ours, s.base.changed)
	t := s.tabs[len(s.tabs)-1]
	b, err := s.data().sheetXML(s.namespace())
	if err != nil {
		return err
	}
	s.add(t.part, b)
	return nil
}

func (s *spliced) data() data { return data{record: s.record, journal: s.journal, keys: s.out.Keys} }
