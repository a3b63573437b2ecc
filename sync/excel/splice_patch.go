package excel

import (
	"cmp"
	"slices"
	"strconv"

	"steerco/sync/excel/ooxml"
)

// edit puts bytes in the place of others: at is the place in the part as it
// was, cut how many bytes go.
type edit struct {
	at, cut int
	put     []byte
}

// patch collects the edits of one part.
type patch struct {
	name  string
	base  []byte
	root  *element
	edits []edit
	// pending are the elements to be put into others, by the others.
	pending map[*element][]insertion
}

// insertion is an element to be put before a place among its siblings.
type insertion struct {
	at    int
	rank  int
	bytes []byte
}

func newPatch(name string, base []byte, skip func(string) bool) (*patch, error) {
	root, err := parsePart(name, base, skip)
	if err != nil {
		return nil, err
	}
	return &patch{name: name, base: base, root: root, pending: map[*element][]insertion{}}, nil
}

// remove takes an element out.
func (p *patch) remove(e *element) {
	p.edits = append(p.edits, edit{at: e.start, cut: e.end - e.start})
}

// set gives an attribute without prefix another value, and adds it where it is
// missing.
func (p *patch) set(e *element, local, value string) {
	put := ooxml.EscapeText(nil, value)
	if a, ok := e.attr(local); ok {
		if string(a.Value) != string(put) {
			p.edits = append(p.edits, edit{at: a.Start, cut: a.End - a.Start, put: put})
		}
		return
	}
	put = append([]byte(" "+local+`="`), put...)
	p.edits = append(p.edits, edit{at: e.start + 1 + len(e.name), put: append(put, '"')})
}

// count raises the attribute "count" of an element, if it has one.
func (p *patch) count(e *element, by int) {
	a, ok := e.attr("count")
	if !ok {
		return
	}
	if n, err := strconv.Atoi(string(a.Value)); err == nil {
		p.set(e, "count", strconv.Itoa(n+by))
	}
}

// append puts bytes at the end of an element.
func (p *patch) append(into *element, b []byte) {
	at := into.open
	if n := len(into.children); n > 0 {
		at = into.children[n-1].end
	}
	p.put(into, insertion{at: at, bytes: b})
}

// insertBefore puts bytes before one of an element's children.
func (p *patch) insertBefore(child *element, b []byte) {
	p.put(child.parent, insertion{at: child.start, bytes: b})
}

// insert puts an element of a name into another one, where the schema's order
// of the children wants it: behind the last one that may stand before it.
func (p *patch) insert(into *element, order []string, local string, b []byte) {
	rank := slices.Index(order, local)
	at := into.open
	for _, c := range into.children {
		if r := slices.Index(order, c.local); r >= 0 && r <= rank {
			at = c.end
		}
	}
	p.put(into, insertion{at: at, rank: rank, bytes: b})
}

func (p *patch) put(into *element, i insertion) {
	p.pending[into] = append(p.pending[into], i)
}

// settle makes edits of the pending insertions. An element of one tag is
// opened for them.
func (p *patch) settle() {
	for into, list := range p.pending {
		slices.SortStableFunc(list, func(a, b insertion) int {
			return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.rank, b.rank))
		})
		if !into.isSingle() {
			for _, i := range list {
				p.edits = append(p.edits, edit{at: i.at, put: i.bytes})
			}
			continue
		}
		put := []byte(">")
		for _, i := range list {
			put = append(put, i.bytes...)
		}
		put = append(put, "</"+into.name+">"...)
		p.edits = append(p.edits, edit{at: into.end - len("/>"), cut: len("/>"), put: put})
	}
	p.pending = map[*element][]insertion{}
	slices.SortStableFunc(p.edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(min(a.cut, 1), min(b.cut, 1)))
	})
}

// apply returns the part with all edits done, and the changes by which it is
// undone.
func (p *patch) apply() (out []byte, undo []change) {
	p.settle()
	grown := 0
	for _, e := range p.edits {
		grown += len(e.put)
	}
	out = make([]byte, 0, len(p.base)+grown)
	at := 0
	for _, e := range p.edits {
		out = append(out, p.base[at:e.at]...)
		at = e.at + e.cut
		if len(e.put) == 0 && e.cut == 0 {
			continue
		}
		undo = append(undo, change{At: len(out), Inserted: len(e.put), Replaced: slices.Clone(p.base[e.at:at])})
		out = append(out, e.put...)
	}
	return append(out, p.base[at:]...), undo
}
