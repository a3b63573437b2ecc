package exceltest

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"strings"
)

// Insertion is what a patched part has and its source hasn't.
type Insertion struct {
	// In is the local name of the element around it, Root that of its first
	// element.
	In, Root string
	Text     string
}

// Insertions compares a patched part with its source, tag by tag. The patched
// part has to be the source with whole elements put in between; besides, a
// self-closing element may have been opened for that, and count attributes may
// have other values. Everything else is an error.
func Insertions(source, patched []byte) ([]Insertion, error) {
	src, err := tags(source)
	if err != nil {
		return nil, fmt.Errorf("source: %w", err)
	}
	got, err := tags(patched)
	if err != nil {
		return nil, fmt.Errorf("patched: %w", err)
	}
	m := match{src: src}
	for _, token := range got {
		if err := m.next(token); err != nil {
			return nil, err
		}
	}
	return m.end()
}

// match walks through a source alongside its patched part.
type match struct {
	src  [][]byte
	at   int
	open []string // the source's open elements
	// opened are the elements that are self-closing in the source and open in
	// the patched part, innermost last.
	opened []string
	// inside are the open elements of the present insertion, text its bytes.
	inside []string
	text   []byte
	root   string
	found  []Insertion
}

func (m *match) next(token []byte) error {
	if len(m.inside) == 0 && m.at < len(m.src) && m.agrees(token) {
		m.flush()
		m.step(m.src[m.at])
		m.at++
		return nil
	}
	if name, ok := closing(token); ok {
		return m.close(name, token)
	}
	if name, ok := starting(token); ok {
		m.root = cmp.Or(m.root, local(name))
		if !selfClosing(token) {
			m.inside = append(m.inside, name)
		}
	}
	m.text = append(m.text, token...)
	return nil
}

func (m *match) close(name string, token []byte) error {
	if n := len(m.inside); n > 0 && m.inside[n-1] == name {
		m.inside, m.text = m.inside[:n-1], append(m.text, token...)
		return nil
	}
	if n := len(m.opened); len(m.inside) == 0 && n > 0 && m.opened[n-1] == name {
		m.flush()
		m.opened, m.open = m.opened[:n-1], m.open[:len(m.open)-1]
		return nil
	}
	return fmt.Errorf("</%s> closes nothing that was put in; the source goes on with %s", name, m.expected())
}

// agrees reports whether the token is the source's next one, as it is, with
// another count, or opened.
func (m *match) agrees(token []byte) bool {
	want := m.src[m.at]
	if bytes.Equal(token, want) {
		return true
	}
	a, ok := starting(want)
	b, ok2 := starting(token)
	if !ok || !ok2 || a != b {
		return false
	}
	if bytes.Equal(bare(token), bare(want)) && selfClosing(token) == selfClosing(want) {
		return true
	}
	if selfClosing(want) && !selfClosing(token) && bytes.Equal(bare(token), bare(want)) {
		m.opened = append(m.opened, a)
		return true
	}
	return false
}

func (m *match) step(want []byte) {
	if _, ok := closing(want); ok {
		m.open = m.open[:len(m.open)-1]
		return
	}
	name, ok := starting(want)
	isOpened := len(m.opened) > 0 && m.opened[len(m.opened)-1] == name
	if ok && (!selfClosing(want) || isOpened) {
		m.open = append(m.open, name)
	}
}

func (m *match) flush() {
	if len(m.text) == 0 {
		return
	}
	in := ""
	if n := len(m.open); n > 0 {
		in = local(m.open[n-1])
	}
	m.found = append(m.found, Insertion{In: in, Root: m.root, Text: string(m.text)})
	m.text, m.root = nil, ""
}

func (m *match) end() ([]Insertion, error) {
	m.flush()
	if m.at < len(m.src) {
		return nil, fmt.Errorf("of the source is missing: %s", m.expected())
	}
	if len(m.opened)+len(m.inside) > 0 {
		return nil, fmt.Errorf("never closed: %v %v", m.opened, m.inside)
	}
	return m.found, nil
}

func (m *match) expected() string {
	if m.at >= len(m.src) {
		return "nothing"
	}
	return fmt.Sprintf("%.120q", m.src[m.at])
}

// tags splits a part into its tags and what stands between them. Put together
// again they are the part.
func tags(b []byte) ([][]byte, error) {
	var out [][]byte
	for len(b) > 0 {
		n, err := tokenLength(b)
		if err != nil {
			return nil, err
		}
		out, b = append(out, b[:n]), b[n:]
	}
	return out, nil
}

func tokenLength(b []byte) (int, error) {
	if b[0] != '<' {
		if n := bytes.IndexByte(b, '<'); n >= 0 {
			return n, nil
		}
		return len(b), nil
	}
	for _, c := range [][2]string{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
		if bytes.HasPrefix(b, []byte(c[0])) {
			return endOf(b, c[1])
		}
	}
	quote := byte(0)
	for i, c := range b {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"', c == '\'':
			quote = c
		case c == '>':
			return i + 1, nil
		}
	}
	return endOf(b, ">")
}

func endOf(b []byte, end string) (int, error) {
	n := bytes.Index(b, []byte(end))
	if n < 0 {
		return 0, fmt.Errorf("no end of %.40q", b)
	}
	return n + len(end), nil
}

// starting returns the name of a start tag, as written.
func starting(token []byte) (string, bool) {
	if len(token) < 3 || token[0] != '<' || bytes.IndexByte([]byte("/!?"), token[1]) >= 0 {
		return "", false
	}
	end := bytes.IndexAny(token, " \t\r\n/>")
	return string(token[1:end]), true
}

// closing returns the name of an end tag, as written.
func closing(token []byte) (string, bool) {
	if !bytes.HasPrefix(token, []byte("</")) {
		return "", false
	}
	return strings.TrimSpace(string(token[2 : len(token)-1])), true
}

func selfClosing(token []byte) bool { return bytes.HasSuffix(token, []byte("/>")) }

var count = regexp.MustCompile(`\scount=("[0-9]*"|'[0-9]*')`)

// bare returns a start tag without its end and without the value of its count.
func bare(token []byte) []byte {
	b := bytes.TrimSuffix(bytes.TrimSuffix(token, []byte(">")), []byte("/"))
	return bytes.TrimRight(count.ReplaceAll(b, []byte(" count")), " \t\r\n")
}

func local(name string) string { return name[strings.IndexByte(name, ':')+1:] }
