package excel

import (
	"fmt"
	"strconv"
	"strings"

	"steerco/sync/excel/ooxml"
)

// stripWorkbook takes tabs and names out of the workbook part.
func (s *stripped) stripWorkbook(undone bool) error {
	b, err := s.part(s.doc.main)
	if err != nil {
		return err
	}
	p, err := newPatch(s.doc.main, b, nil)
	if err != nil {
		return err
	}
	if !undone {
		if err := s.stripList(p); err != nil {
			return err
		}
		s.stripNames(p)
	}
	s.change(s.doc.main, p)
	return nil
}

// stripList takes the tabs out of the list of sheets, and what points at them.
func (s *stripped) stripList(p *patch) error {
	list := sheetElements(p.root)
	if len(list) != len(s.doc.sheets) {
		return fmt.Errorf("part %q: %w: sheets stand outside the list of sheets", p.name, ooxml.ErrDamaged)
	}
	for at, e := range list {
		if s.own.isOwn(at) {
			p.remove(e)
		}
	}
	for _, view := range views(p.root) {
		for _, attr := range []string{"activeTab", "firstSheet"} {
			if at, err := strconv.Atoi(view.value(attr)); err == nil {
				s.setPosition(p, view, attr, at)
			}
		}
	}
	s.stripViews(p)
	return nil
}

// stripViews makes views that people have named show another sheet instead of
// a tab.
func (s *stripped) stripViews(p *patch) {
	list := p.root.child("customWorkbookViews")
	if list == nil {
		return
	}
	own, team := map[string]bool{}, ""
	for at, e := range s.doc.sheets {
		if s.own.isOwn(at) {
			own[strconv.Itoa(e.id)] = true
		} else if team == "" {
			team = strconv.Itoa(e.id)
		}
	}
	for _, view := range list.children {
		if own[view.value("activeSheetId")] {
			p.set(view, "activeSheetId", team)
		}
	}
}

func (s *stripped) setPosition(p *patch, e *element, attr string, at int) {
	if now := s.position(at); now != at {
		p.set(e, attr, strconv.Itoa(now))
	}
}

// position returns where a sheet stands without the tabs; for a tab, that of
// the sheet before it.
func (s *stripped) position(at int) int {
	now := at
	for i := range min(at, len(s.doc.sheets)) {
		if s.own.isOwn(i) {
			now--
		}
	}
	left := len(s.doc.sheets) - len(s.own.tabs)
	if s.own.hidden >= 0 {
		left--
	}
	return max(0, min(now, left-1))
}

func sheetElements(root *element) []*element {
	if list := root.child("sheets"); list != nil {
		return list.all("sheet")
	}
	return nil
}

// views returns the elements that tell which sheet is in front.
func views(root *element) []*element {
	if list := root.child("bookViews"); list != nil {
		return list.all("workbookView")
	}
	return nil
}

// stripNames takes out the names that are steerco's and those of its sheets,
// and moves the others to their sheets' new positions.
func (s *stripped) stripNames(p *patch) {
	list := p.root.child("definedNames")
	if list == nil {
		return
	}
	var own []*element
	for _, e := range list.children {
		at, err := strconv.Atoi(e.value("localSheetId"))
		local := err == nil
		switch {
		case strings.HasPrefix(strings.ToLower(e.value("name")), namePrefix), local && s.own.isOwn(at):
			own = append(own, e)
		case local:
			s.setPosition(p, e, "localSheetId", at)
		}
	}
	if len(own) > 0 && len(own) == len(list.children) {
		own = []*element{list}
	}
	for _, e := range own {
		p.remove(e)
	}
}
