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

// workbookOrder is the order of the children of workbook.
var workbookOrder = [...]string{
	"fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
	"externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr",
	"smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
}

// listed is a sheet in the order in which the written workbook has them.
type listed struct {
	// base is the sheet's position in the base, tab that in spliced.tabs; the
	// other one is -1.
	base, tab int
}

// order returns the sheets of the written workbook: the team's in their order,
// and each tab where it stood; new ones last.
func (s *spliced) sheetOrder(team int) []listed {
	var all []listed
	for i := range team {
		all = append(all, listed{base: i, tab: -1})
	}
	var known []int
	for i, t := range s.tabs {
		if t.known {
			known = append(known, i)
		}
	}
	slices.SortFunc(known, func(a, b int) int { return s.tabs[a].place.at - s.tabs[b].place.at })
	for _, i := range known {
		all = slices.Insert(all, min(s.tabs[i].place.at, len(all)), listed{base: -1, tab: i})
	}
	for i, t := range s.tabs {
		if !t.known {
			all = append(all, listed{base: -1, tab: i})
		}
	}
	return all
}

// patchWorkbook lists the tabs in the workbook part and adds their names.
func (s *spliced) patchWorkbook() error {
	name := s.base.doc.main
	b, err := s.base.part(name)
	if err != nil {
		return err
	}
	p, err := newPatch(name, b, nil)
	if err != nil {
		return err
	}
	sheets := sheetElements(p.root)
	if len(sheets) == 0 {
		return fmt.Errorf("part %q: %w: it lists no sheets", name, ooxml.ErrDamaged)
	}
	all := s.sheetOrder(len(sheets))
	moved := make([]int, len(sheets))
	places := make([]int, len(s.tabs))
	var before []byte
	for at, l := range all {
		if l.tab >= 0 {
			places[l.tab] = at
			before = append(before, s.sheetTag(p.root, s.tabs[l.tab])...)
			continue
		}
		moved[l.base] = at
		if len(before) > 0 {
			p.insertBefore(sheets[l.base], before)
			before = nil
		}
	}
	if len(before) > 0 {
		p.append(sheets[0].parent, before)
	}
	s.moveViews(p, moved, places)
	s.addNames(p, moved, places)
	after, undo := p.apply()
	s.patched(name, b, after, undo)
	return nil
}

// sheetTag returns the entry of a tab in the list of sheets.
func (s *spliced) sheetTag(root *element, t splicedTab) []byte {
	b := fmt.Appendf(nil, `<%ssheet name="`, root.prefix())
	b = ooxml.EscapeText(b, t.name)
	b = fmt.Appendf(b, `" sheetId="%d"`, t.id)
	if t.state != "" {
		b = fmt.Appendf(b, ` state="%s"`, t.state)
	}
	prefix, ok := root.prefixOf(s.relationships())
	if !ok || prefix == "" {
		prefix = "r"
		b = fmt.Appendf(b, ` xmlns:r="%s"`, s.relationships())
	}
	b = fmt.Appendf(b, ` %s:id="`, prefix)
	return append(ooxml.EscapeText(b, t.rel), `"/>`...)
}

// moveViews tells the views where the sheets in front stand now.
func (s *spliced) moveViews(p *patch, moved, places []int) {
	front := -1
	for i, t := range s.tabs {
		if t.place.active && t.state == "" {
			front = places[i]
		}
	}
	for i, view := range views(p.root) {
		for _, attr := range []string{"activeTab", "firstSheet"} {
			at, err := strconv.Atoi(view.value(attr))
			if err != nil {
				at = 0
			}
			now := at
			if at >= 0 && at < len(moved) {
				now = moved[at]
			}
			if attr == "activeTab" && i == 0 && front >= 0 {
				now = front
			}
			if now != at {
				p.set(view, attr, strconv.Itoa(now))
			}
		}
	}
}

// addNames adds the names of the tabs and of the keys, and tells the names of
// the team's sheets where those stand now.
func (s *spliced) addNames(p *patch, moved, places []int) {
	prefix := p.root.prefix()
	var b []byte
	for i, t := range s.tabs {
		for _, n := range t.names {
			b = appendName(b, prefix, n, places[i])
		}
	}
	data := s.tabs[len(s.tabs)-1]
	b = appendName(b, prefix, ownName{
		name: nameOfKeys, hidden: true,
		text: fmt.Sprintf("%s!$A$1:$A$%d", workbook.QuoteSheet(data.name), s.data().keyRows()),
	}, -1)
	list := p.root.child("definedNames")
	if list == nil {
		tag := prefix + "definedNames"
		b = append([]byte("<"+tag+">"), b...)
		p.insert(p.root, workbookOrder[:], "definedNames", append(b, "</"+tag+">"...))
		return
	}
	for _, e := range list.children {
		if at, err := strconv.Atoi(e.value("localSheetId")); err == nil && at >= 0 && at < len(moved) && moved[at] != at {
			p.set(e, "localSheetId", strconv.Itoa(moved[at]))
		}
	}
	p.append(list, b)
}

func appendName(b []byte, prefix string, n ownName, sheet int) []byte {
	b = fmt.Appendf(b, `<%sdefinedName name="%s"`, prefix, n.name)
	if sheet >= 0 {
		b = fmt.Appendf(b, ` localSheetId="%d"`, sheet)
	}
	if n.hidden {
		b = append(b, ` hidden="1"`...)
	}
	b = ooxml.EscapeText(append(b, '>'), n.text)
	return fmt.Appendf(b, "</%sdefinedName>", prefix)
}

const (
	typeOfSheet  = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
	typeOfStyles = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
)

// patchLinks adds the relationships and content types of the new parts.
func (s *spliced) patchLinks() error {
	rels, err := s.openPart(ooxml.RelationshipsPart(s.base.doc.main))
	if err != nil {
		return err
	}
	types, err := s.openPart(contentTypesPart)
	if err != nil {
		return err
	}
	for _, t := range s.tabs {
		s.link(rels, t.rel, "worksheet", t.part)
		override(types, t.part, typeOfSheet)
	}
	if slices.Contains(s.journal.Added, s.stylesPart) {
		s.link(rels, s.freeRel(), "styles", s.stylesPart)
		override(types, s.stylesPart, typeOfStyles)
	}
	for _, p := range []*patch{rels, types} {
		after, undo := p.apply()
		s.patched(p.name, p.base, after, undo)
	}
	return nil
}

func (s *spliced) openPart(name string) (*patch, error) {
	b, err := s.base.part(name)
	if err != nil {
		return nil, err
	}
	return newPatch(name, b, nil)
}

// freeRel returns the id of a relationship that is not taken.
func (s *spliced) freeRel() string {
	taken := maps.Clone(s.base.rels)
	for _, t := range s.tabs {
		taken[t.rel] = true
	}
	for n := 1; ; n++ {
		if id := "rIdStyles" + strconv.Itoa(n); !taken[id] {
			return id
		}
	}
}

func (s *spliced) link(p *patch, id, kind, part string) {
	b := fmt.Appendf(nil, `<%sRelationship Id="`, p.root.prefix())
	b = ooxml.EscapeText(b, id)
	b = fmt.Appendf(b, `" Type="%s/%s" Target="`, s.relationships(), kind)
	target := "/" + part
	if local, ok := strings.CutPrefix(part, folderOf(s.base.doc.main)); ok {
		target = local
	}
	b = ooxml.EscapeText(b, target)
	p.append(p.root, append(b, `"/>`...))
}

func override(p *patch, part, contentType string) {
	b := fmt.Appendf(nil, `<%sOverride PartName="`, p.root.prefix())
	b = ooxml.EscapeText(b, "/"+part)
	p.append(p.root, fmt.Appendf(b, `" ContentType="%s"/>`, contentType))
}
