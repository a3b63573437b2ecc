package excel

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"steerco/sync/excel/ooxml"
)

// element is an element of a part, with its places in it.
type element struct {
	// name is as written, local without its prefix.
	name, local string
	// start is the place of the opening tag and open that after it; close is
	// the place of the closing tag and end that after it. An element without
	// closing tag has open, close and end at one place.
	start, open, close, end int

	attrs    []ooxml.Attr
	parent   *element
	children []*element
}

// parse returns the root element of a part. The elements of which skip says
// so are there without what is in them.
func parse(data []byte, skip func(local string) bool) (*element, error) {
	if skip != nil {
		if root, ok := parseAround(data, skip); ok {
			return root, nil
		}
	}
	return parseAll(data, skip)
}

// parseAround is parse for a part with one large element to be skipped, which
// it doesn't read. It can be deceived about that element's end only by what
// then doesn't parse; ok tells.
func parseAround(data []byte, skip func(local string) bool) (root *element, ok bool) {
	open, size := skippable(data, skip)
	if size < 0 {
		return nil, false
	}
	root, err := parseAll(slices.Concat(data[:open], data[open+size:]), nil)
	if err != nil {
		return nil, false
	}
	root.walk(func(e *element) { e.shift(open, size) })
	return root, true
}

// skippable returns where the content of the element to be skipped begins, and
// how long it is: up to the first text that looks like its closing tag. The
// size is negative where there is no such element.
func skippable(data []byte, skip func(local string) bool) (open, size int) {
	s := ooxml.NewScanner(data, 0)
	for s.Next() {
		if s.Kind() == ooxml.OpenTag && skip(string(s.Local())) {
			open = s.End()
			return open, bytes.Index(data[open:], []byte("</"+string(s.Name())))
		}
	}
	return 0, -1
}

// withoutCells returns a sheet part without its cells, if they can be told
// apart at a glance.
func withoutCells(data []byte) []byte {
	open, size := skippable(data, skipCells)
	if size < 0 {
		return data
	}
	return slices.Concat(data[:open], data[open+size:])
}

// shift moves the element's places behind a position.
func (e *element) shift(behind, by int) {
	for _, at := range []*int{&e.start, &e.open, &e.close, &e.end} {
		// The skipped element itself opens at the position and closes after it.
		if *at > behind || *at == behind && at == &e.close {
			*at += by
		}
	}
	for i := range e.attrs {
		if e.attrs[i].Start > behind {
			e.attrs[i].Start += by
			e.attrs[i].End += by
		}
	}
}

func parseAll(data []byte, skip func(local string) bool) (*element, error) {
	s := ooxml.NewScanner(data, 0)
	var root, at *element
	for s.Next() {
		if s.Kind() == ooxml.CloseTag {
			at.close, at.end = s.Start(), s.End()
			at = at.parent
			continue
		}
		e := newElement(s, at)
		if at == nil {
			root = e
		}
		switch {
		case s.Kind() == ooxml.EmptyTag:
		case skip != nil && skip(e.local):
			if s.Skip() {
				e.close, e.end = s.Start(), s.End()
			}
		default:
			at = e
		}
	}
	return root, s.Err()
}

func newElement(s *ooxml.Scanner, parent *element) *element {
	e := &element{
		name: string(s.Name()), local: string(s.Local()), parent: parent,
		start: s.Start(), open: s.End(), close: s.End(), end: s.End(),
	}
	for a := s.Attrs(); a.Next(); {
		e.attrs = append(e.attrs, a.Attr)
	}
	if parent != nil {
		parent.children = append(parent.children, e)
	}
	return e
}

// isSingle reports whether the element is one tag: <c/>.
func (e *element) isSingle() bool { return e.close == e.end }

// prefix returns the prefix of the element's name with its colon, so that
// children of the same namespace can be written.
func (e *element) prefix() string { return strings.TrimSuffix(e.name, e.local) }

// child returns the first child of a name, or nil.
func (e *element) child(local string) *element {
	for _, c := range e.children {
		if c.local == local {
			return c
		}
	}
	return nil
}

// all returns the children of a name.
func (e *element) all(local string) []*element {
	var found []*element
	for _, c := range e.children {
		if c.local == local {
			found = append(found, c)
		}
	}
	return found
}

// attr returns the attribute of a name without prefix.
func (e *element) attr(local string) (ooxml.Attr, bool) {
	for _, a := range e.attrs {
		if len(a.Prefix) == 0 && string(a.Local) == local {
			return a, true
		}
	}
	return ooxml.Attr{}, false
}

// value returns the attribute's value, empty where there is none.
func (e *element) value(local string) string {
	a, _ := e.attr(local)
	return ooxml.UnescapeString(a.Value)
}

// prefixOf returns the prefix that stands for a namespace at the element; ok
// is false where none does.
func (e *element) prefixOf(namespace string) (prefix string, ok bool) {
	hidden := map[string]bool{}
	for at := e; at != nil; at = at.parent {
		for _, a := range at.attrs {
			if string(a.Prefix) != "xmlns" || hidden[string(a.Local)] {
				continue
			}
			if ooxml.UnescapeString(a.Value) == namespace {
				return string(a.Local), true
			}
			hidden[string(a.Local)] = true
		}
	}
	return "", false
}

// declares reports whether a prefix is declared at the element.
func (e *element) declares(prefix string) bool {
	for at := e; at != nil; at = at.parent {
		for _, a := range at.attrs {
			if string(a.Prefix) == "xmlns" && string(a.Local) == prefix {
				return true
			}
		}
	}
	return false
}

// text returns the text that stands directly in the element.
func (e *element) text(data []byte) string {
	var text []byte
	at := e.open
	for _, c := range e.children {
		text = ooxml.AppendText(text, data[at:c.start])
		at = c.end
	}
	return string(ooxml.AppendText(text, data[at:e.close]))
}

// walk calls visit for the element and all below it.
func (e *element) walk(visit func(*element)) {
	visit(e)
	for _, c := range e.children {
		c.walk(visit)
	}
}

// parsePart is parse with the part's name in the error.
func parsePart(name string, data []byte, skip func(string) bool) (*element, error) {
	root, err := parse(data, skip)
	if err != nil {
		return nil, fmt.Errorf("part %q: %w", name, err)
	}
	return root, nil
}
