package excel

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"

	"steerco/sync/excel/ooxml"
)

// stripped is a workbook without anything of steerco's, from which it is
// written again: as it was before steerco came where nobody has saved it
// since, and otherwise what remains when all that is steerco's is taken out.
type stripped struct {
	doc *document
	own ownership
	// source has the document's parts.
	source parts
	// changed are the parts that differ from the document's, gone those that
	// aren't there.
	changed map[string][]byte
	gone    map[string]bool
	// hashes are those of changed parts, as far as they are known.
	hashes map[string]string
	// places tell where the tabs stood, by key; that of the data tab under
	// keyOfData.
	places map[string]place
	// rels are the ids of the workbook's relationships that remain.
	rels map[string]bool
	// whole means that nothing was changed since steerco wrote it, so that
	// undoing gave back every byte.
	whole bool
}

// place is where a tab stood.
type place struct {
	// at is its position among all sheets.
	at    int
	entry sheetEntry
	// active means that it is the sheet in front.
	active bool
}

// strip takes everything of steerco's out.
func strip(doc *document, own ownership) (*stripped, error) {
	s := &stripped{
		doc: doc, own: own, source: parts{doc.pkg, map[string][]byte{}},
		changed: map[string][]byte{}, gone: map[string]bool{}, places: map[string]place{}, hashes: map[string]string{},
	}
	if err := s.remember(); err != nil {
		return nil, err
	}
	undone, err := s.undoParts()
	if err != nil {
		return nil, err
	}
	for _, step := range []func() error{
		func() error { return s.stripSheets(undone) },
		func() error { return s.stripWorkbook(undone[doc.main]) },
		s.stripStrings, s.stripTitles, s.stripRelationships, s.dropUnreachable, s.stripContentTypes,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// remember notes where the tabs stand.
func (s *stripped) remember() error {
	for _, t := range s.own.tabs {
		s.places[t.key] = place{at: t.at, entry: s.doc.sheets[t.at]}
	}
	if s.own.hidden >= 0 {
		s.places[keyOfData] = place{at: s.own.hidden, entry: s.doc.sheets[s.own.hidden]}
	}
	if len(s.places) == 0 {
		return nil
	}
	b, err := s.source.part(s.doc.main)
	if err != nil {
		return err
	}
	root, err := parsePart(s.doc.main, b, nil)
	if err != nil {
		return err
	}
	for _, view := range views(root)[:min(1, len(views(root)))] {
		at, _ := strconv.Atoi(view.value("activeTab"))
		for key, p := range s.places {
			p.active = p.at == at
			s.places[key] = p
		}
	}
	return nil
}

// part returns a part as it is without what is steerco's.
func (s *stripped) part(name string) ([]byte, error) {
	if s.gone[name] {
		return nil, fmt.Errorf("part %q: %w", name, ooxml.ErrNoPart)
	}
	if b, ok := s.changed[name]; ok {
		return b, nil
	}
	return s.source.part(name)
}

// parts are the parts of a package, each inflated once.
type parts struct {
	pkg  *ooxml.Package
	have map[string][]byte
}

func (p parts) part(name string) ([]byte, error) {
	if b, ok := p.have[name]; ok {
		return b, nil
	}
	b, err := p.pkg.Part(name)
	if err == nil {
		p.have[name] = b
	}
	return b, err
}

// change does the edits of a part.
func (s *stripped) change(name string, p *patch) {
	if b, undo := p.apply(); len(undo) > 0 {
		s.changed[name] = b
		delete(s.hashes, name)
	}
}

// undoParts undoes the parts that are as they were left, and returns which.
// Records of styles that something else may refer to by now stay, and so do
// relationships.
func (s *stripped) undoParts() (map[string]bool, error) {
	undone := map[string]bool{}
	j := s.own.data.journal
	untouched := len(j.Parts) > 0 && j.Rest == s.doc.fingerprint(j, s.own)
	s.whole = untouched
	for i := range j.Parts {
		p := &j.Parts[i]
		if !s.doc.pkg.Has(p.Name) {
			s.whole = false
			continue
		}
		if !untouched && (p.Name == s.doc.styles || p.Name == ooxml.RelationshipsPart(s.doc.main)) {
			continue
		}
		now, err := s.source.part(p.Name)
		if err != nil {
			return nil, err
		}
		before, err := p.undo(now)
		if err != nil {
			s.whole = false
			continue
		}
		s.changed[p.Name], s.hashes[p.Name] = before, p.Before
		undone[p.Name] = true
	}
	if untouched {
		// Sheets that were never patched and are as they were hold no marks.
		for _, e := range s.doc.sheets {
			undone[e.part] = undone[e.part] || j.find(e.part) == nil
		}
	}
	return undone, nil
}

// fingerprint returns a hash over all that steerco neither patched nor added.
func (d *document) fingerprint(j journal, own ownership) string {
	ours := map[string]bool{}
	for _, name := range j.Added {
		ours[name] = true
	}
	for _, p := range j.Parts {
		ours[p.Name] = true
	}
	for at, e := range d.sheets {
		if own.isOwn(at) {
			ours[e.part] = true
		}
	}
	return fingerprint(d.pkg, ours, nil)
}

// fingerprint returns a hash over the parts of a package without some of them,
// and with others changed.
func fingerprint(pkg *ooxml.Package, without map[string]bool, changed map[string][]byte) string {
	var lines []string
	for _, name := range pkg.Names() {
		if without[name] {
			continue
		}
		sum, _ := pkg.CRC(name)
		size := pkg.Size(name)
		if b, ok := changed[name]; ok {
			sum, size = crc32.ChecksumIEEE(b), int64(len(b))
		}
		lines = append(lines, fmt.Sprintf("%08x %d %s", sum, size, name))
	}
	slices.Sort(lines)
	return hash([]byte(strings.Join(lines, "\n")))
}

// stripSheets takes the marks out of the team's sheets.
func (s *stripped) stripSheets(undone map[string]bool) error {
	for at, e := range s.doc.sheets {
		if e.part == "" || undone[e.part] || s.own.isOwn(at) {
			continue
		}
		b, err := s.part(e.part)
		if err != nil {
			return err
		}
		if !bytes.Contains(b, []byte(namePrefix)) {
			continue
		}
		p, err := newPatch(e.part, b, skipCells)
		if err != nil {
			return err
		}
		stripMarks(p)
		s.change(e.part, p)
	}
	return nil
}

// skipCells leaves out what is large and holds nothing that matters here.
func skipCells(local string) bool { return local == "sheetData" }

// stripRelationships takes out the relationships to the tabs. The order of
// calculation goes too if it names a cell of a tab.
func (s *stripped) stripRelationships() error {
	name := ooxml.RelationshipsPart(s.doc.main)
	b, err := s.part(name)
	if err != nil {
		return err
	}
	p, err := newPatch(name, b, nil)
	if err != nil {
		return err
	}
	ids := map[string]bool{}
	for _, place := range s.places {
		ids[place.entry.rel] = true
	}
	dropChain, err := s.isInCalcChain()
	if err != nil {
		return err
	}
	for _, e := range p.root.all("Relationship") {
		if ids[e.value("Id")] || dropChain && strings.HasSuffix(e.value("Type"), "/calcChain") {
			p.remove(e)
		}
	}
	s.change(name, p)
	return nil
}

// isInCalcChain reports whether the order of calculation names a cell of a
// tab.
func (s *stripped) isInCalcChain() (bool, error) {
	chain := s.doc.related("calcChain")
	if chain == "" || len(s.places) == 0 || s.whole {
		return false, nil
	}
	b, err := s.source.part(chain)
	if err != nil {
		return false, err
	}
	root, err := parsePart(chain, b, nil)
	if err != nil {
		return false, err
	}
	ids := map[string]bool{}
	for _, place := range s.places {
		ids[strconv.Itoa(place.entry.id)] = true
	}
	return slices.ContainsFunc(root.children, func(e *element) bool { return ids[e.value("i")] }), nil
}

// dropUnreachable drops the parts to which nothing leads any more, though
// something did.
func (s *stripped) dropUnreachable() error {
	name := ooxml.RelationshipsPart(s.doc.main)
	b, err := s.part(name)
	if err != nil {
		return err
	}
	root, err := parsePart(name, b, nil)
	if err != nil {
		return err
	}
	s.rels = map[string]bool{}
	for _, e := range root.all("Relationship") {
		s.rels[e.value("Id")] = true
	}
	if len(s.changed) == 0 {
		return nil
	}
	before, err := s.reach(nil)
	if err != nil {
		return err
	}
	after, err := s.reach(s.rels)
	if err != nil {
		return err
	}
	for name := range before {
		if !after[name] {
			s.gone[name] = true
		}
	}
	return nil
}

// reach returns the parts to which relationships lead, their own lists of
// relationships included. Of the workbook's it follows those with the kept
// ids; nil: all.
func (s *stripped) reach(kept map[string]bool) (map[string]bool, error) {
	found := map[string]bool{"": true}
	for queue := []string{""}; len(queue) > 0; {
		from := queue[0]
		queue = queue[1:]
		all, err := s.doc.pkg.Relationships(from)
		if err != nil {
			return nil, err
		}
		if len(all) > 0 {
			found[ooxml.RelationshipsPart(from)] = true
		}
		for _, r := range all {
			if r.External || found[r.Target] || !s.doc.pkg.Has(r.Target) || from == s.doc.main && kept != nil && !kept[r.ID] {
				continue
			}
			found[r.Target] = true
			queue = append(queue, r.Target)
		}
	}
	delete(found, "")
	return found, nil
}

const contentTypesPart = "[Content_Types].xml"

// stripContentTypes takes out the content types of parts that are gone.
func (s *stripped) stripContentTypes() error {
	b, err := s.part(contentTypesPart)
	if err != nil {
		return err
	}
	p, err := newPatch(contentTypesPart, b, nil)
	if err != nil {
		return err
	}
	for _, e := range p.root.all("Override") {
		if s.gone[partOf(e.value("PartName"))] {
			p.remove(e)
		}
	}
	s.change(contentTypesPart, p)
	return nil
}

// partOf returns the name of the part that an override is about.
func partOf(name string) string { return strings.TrimPrefix(name, "/") }
