package exceltest

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
)

const (
	compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
	xmlNS         = "http://www.w3.org/XML/1998/namespace"
)

// node is an element of a part, with the names as they stand there.
type node struct {
	name     xml.Name // Space is the namespace, not the prefix
	prefix   string
	attrs    []xml.Attr // Name.Space is the prefix
	spaces   map[string]string
	children []any // *node or xml.CharData
}

// parse reads a part into a tree. Undeclared prefixes and anything that is not
// well-formed are errors.
func parse(b []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(b))
	root := &node{spaces: map[string]string{"xml": xmlNS}}
	open := []*node{root}
	for {
		tok, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if open, err = grow(open, tok); err != nil {
			return nil, err
		}
	}
	if len(open) != 1 {
		return nil, fmt.Errorf("<%s> is never closed", open[len(open)-1].name.Local)
	}
	for _, c := range root.children {
		if n, ok := c.(*node); ok {
			return n, nil
		}
	}
	return nil, io.ErrUnexpectedEOF
}

// grow adds a token to the innermost of the open elements.
func grow(open []*node, tok xml.Token) ([]*node, error) {
	top := open[len(open)-1]
	switch tok := tok.(type) {
	case xml.StartElement:
		n, err := newNode(top, tok.Copy())
		if err != nil {
			return nil, err
		}
		top.children = append(top.children, n)
		return append(open, n), nil
	case xml.EndElement:
		if len(open) == 1 || tok.Name.Space != top.prefix || tok.Name.Local != top.name.Local {
			return nil, fmt.Errorf("</%s> closes nothing", tok.Name.Local)
		}
		return open[:len(open)-1], nil
	case xml.CharData:
		top.children = append(top.children, tok.Copy())
	}
	return open, nil
}

func newNode(parent *node, e xml.StartElement) (*node, error) {
	n := &node{prefix: e.Name.Space, attrs: e.Attr, spaces: parent.spaces}
	for _, a := range e.Attr {
		if p, ok := declares(a); ok {
			n.spaces = with(n.spaces, p, a.Value)
		}
	}
	space, err := n.space(e.Name.Space)
	n.name = xml.Name{Space: space, Local: e.Name.Local}
	for _, a := range e.Attr {
		if _, ok := declares(a); !ok && a.Name.Space != "" && err == nil {
			_, err = n.space(a.Name.Space)
		}
	}
	return n, err
}

// declares reports whether a declares a namespace, and for which prefix.
func declares(a xml.Attr) (prefix string, ok bool) {
	if a.Name.Space == "" && a.Name.Local == "xmlns" {
		return "", true
	}
	return a.Name.Local, a.Name.Space == "xmlns"
}

func with(m map[string]string, k, v string) map[string]string {
	c := make(map[string]string, len(m)+1)
	for have, value := range m {
		c[have] = value
	}
	c[k] = v
	return c
}

func (n *node) space(prefix string) (string, error) {
	s, ok := n.spaces[prefix]
	if !ok && prefix != "" {
		return "", fmt.Errorf("prefix %q is not declared", prefix)
	}
	return s, nil
}

// attr returns the value of an attribute by namespace and name; attributes
// without a prefix have no namespace.
func (n *node) attr(space, local string) (string, bool) {
	for _, a := range n.attrs {
		if a.Name.Local != local {
			continue
		}
		if (a.Name.Space == "" && space == "") || (a.Name.Space != "" && n.spaces[a.Name.Space] == space) {
			return a.Value, true
		}
	}
	return "", false
}

// elements returns the child elements.
func (n *node) elements() []*node {
	var out []*node
	for _, c := range n.children {
		if e, ok := c.(*node); ok {
			out = append(out, e)
		}
	}
	return out
}

// each calls f for n and everything below it, outermost first.
func (n *node) each(f func(*node)) {
	f(n)
	for _, c := range n.elements() {
		c.each(f)
	}
}

// Prepare returns the part as a reader of the published schemas would take it:
// without the markup that it declares ignorable (inside ext it stays), with
// the fallback chosen where there are alternatives, and without xml:space on t
// and f, which the schemas forbid and every program writes.
func Prepare(part []byte) ([]byte, error) {
	root, err := parse(part)
	if err != nil {
		return nil, err
	}
	return root.prepared(), nil
}

// prepared returns the part that n is the root of, prepared. It changes n.
func (n *node) prepared() []byte {
	n.clean(nil)
	var b bytes.Buffer
	n.write(&b)
	return b.Bytes()
}

func (n *node) clean(ignorable []string) {
	if list, ok := n.attr(compatibility, "Ignorable"); ok {
		for _, p := range strings.Fields(list) {
			ignorable = append(slices.Clip(ignorable), n.spaces[p])
		}
	}
	n.attrs = slices.DeleteFunc(n.attrs, func(a xml.Attr) bool { return n.drops(a, ignorable) })
	if n.name.Local == "ext" {
		ignorable = nil
	}
	n.children = chosen(n.children, ignorable)
	for _, c := range n.elements() {
		c.clean(ignorable)
	}
}

func (n *node) drops(a xml.Attr, ignorable []string) bool {
	if _, ok := declares(a); ok || a.Name.Space == "" {
		return false
	}
	space := n.spaces[a.Name.Space]
	if space == xmlNS {
		return n.name.Local == "t" || n.name.Local == "f"
	}
	return space == compatibility || slices.Contains(ignorable, space)
}

// chosen returns children without the ignorable ones, with the fallback in the
// place of each set of alternatives.
func chosen(children []any, ignorable []string) []any {
	var out []any
	for _, c := range children {
		e, ok := c.(*node)
		switch {
		case !ok:
			out = append(out, c)
		case slices.Contains(ignorable, e.name.Space):
		case e.name.Space == compatibility && e.name.Local == "AlternateContent":
			out = append(out, chosen(e.fallback(), ignorable)...)
		default:
			out = append(out, c)
		}
	}
	return out
}

func (n *node) fallback() []any {
	for _, c := range n.elements() {
		if c.name.Local == "Fallback" {
			return c.children
		}
	}
	return nil
}

func (n *node) write(b *bytes.Buffer) {
	b.WriteByte('<')
	b.WriteString(n.qname())
	for _, a := range n.allAttrs() {
		b.WriteByte(' ')
		b.WriteString(a[0])
		b.WriteString(`="`)
		_ = xml.EscapeText(b, []byte(a[1]))
		b.WriteByte('"')
	}
	b.WriteByte('>')
	for _, c := range n.children {
		if e, ok := c.(*node); ok {
			e.write(b)
		} else {
			_ = xml.EscapeText(b, c.(xml.CharData))
		}
	}
	b.WriteString("</" + n.qname() + ">")
}

func (n *node) qname() string {
	if n.prefix == "" {
		return n.name.Local
	}
	return n.prefix + ":" + n.name.Local
}

// allAttrs returns the attributes with all the namespaces in scope declared,
// because an element may have come up out of the one that declared them.
func (n *node) allAttrs() [][2]string {
	var out [][2]string
	for p, s := range n.spaces {
		switch p {
		case "xml":
		case "":
			out = append(out, [2]string{"xmlns", s})
		default:
			out = append(out, [2]string{"xmlns:" + p, s})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i][0] < out[j][0] })
	for _, a := range n.attrs {
		if _, ok := declares(a); ok {
			continue
		}
		name := a.Name.Local
		if a.Name.Space != "" {
			name = a.Name.Space + ":" + name
		}
		out = append(out, [2]string{name, a.Value})
	}
	return out
}
