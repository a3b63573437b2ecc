package ooxml

import (
	"bytes"
	"fmt"
)

// Kind tells an opening tag from a closing one.
type Kind uint8

// The kinds of tags.
const (
	// OpenTag is <c>.
	OpenTag Kind = iota + 1
	// CloseTag is </c>.
	CloseTag
	// EmptyTag is <c/>.
	EmptyTag
)

// Scanner goes through the tags of an XML document in order and tells where
// each stands, so that bytes can be inserted there. It checks that tags are
// paired and refuses document types; names, attributes and characters it takes
// as they are. What it returns as bytes are parts of the document.
type Scanner struct {
	data []byte
	// start and end are the place of the tag, after the end of the one before.
	start, end, after int
	// The tag's name is data[name:nameEnd], with its prefix up to colon;
	// colon is name where there is none.
	name, colon, nameEnd int
	kind                 Kind
	// open are the names of the elements around the tag, itself included.
	open  []span
	limit int
	began bool
	err   error
}

type span struct{ start, end int }

// NewScanner returns a scanner that stands before the first tag of data. The
// depth is how deep elements may be nested; 0 stands for the default of
// Limits. A document that isn't in UTF-8 ends at once with ErrEncoding.
func NewScanner(data []byte, depth int) *Scanner {
	if depth == 0 {
		depth = defaultDepth
	}
	s := &Scanner{data: data, limit: depth, open: make([]span, 0, 16)}
	s.end = len(data) - len(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")))
	s.err = checkEncoding(data)
	return s
}

// Scan returns a scanner over a part of the package, with the package's limit
// of depth.
func (p *Package) Scan(name string) (*Scanner, error) {
	data, err := p.Part(name)
	if err != nil {
		return nil, err
	}
	return NewScanner(data, p.limits.Depth), nil
}

// Next moves to the next tag. It returns false at the end of the document, and
// where it is wrong: then Err tells.
func (s *Scanner) Next() bool {
	if s.err != nil {
		return false
	}
	if s.kind == CloseTag {
		s.open = s.open[:len(s.open)-1]
	}
	s.after = s.end
	at := s.markup(s.end)
	if at < 0 {
		if s.err == nil && (len(s.open) > 0 || !s.began) {
			s.fail(len(s.data), ErrTruncated, "an element is not closed")
		}
		s.kind = 0
		return false
	}
	return s.tag(at)
}

// markup returns the position of the next tag from a position on, or -1. It
// passes over comments, character data and instructions.
func (s *Scanner) markup(at int) int {
	for {
		// Mostly a tag follows a tag.
		if at >= len(s.data) || s.data[at] != '<' {
			i := bytes.IndexByte(s.data[at:], '<')
			if i < 0 {
				return -1
			}
			at += i
		}
		rest := s.data[at:]
		if len(rest) < 2 || rest[1] != '!' && rest[1] != '?' {
			return at
		}
		n := s.special(rest)
		if n < 0 {
			s.specialError(at)
			return -1
		}
		at += n
	}
}

var specials = [...]struct{ open, close string }{
	{"<?", "?>"},
	{"<!--", "-->"},
	{"<![CDATA[", "]]>"},
}

// special returns the length of the comment, character data or instruction
// with which b begins, or -1.
func (s *Scanner) special(b []byte) int {
	for _, p := range specials {
		if len(b) < len(p.open) || string(b[:len(p.open)]) != p.open {
			continue
		}
		if i := bytes.Index(b[len(p.open):], []byte(p.close)); i >= 0 {
			return len(p.open) + i + len(p.close)
		}
		return -1
	}
	return -1
}

func (s *Scanner) specialError(at int) {
	rest := s.data[at:]
	for _, p := range specials {
		if bytes.HasPrefix(rest, []byte(p.open)) {
			s.fail(at, ErrTruncated, p.open+" without "+p.close)
			return
		}
	}
	s.fail(at, ErrDoctype, "declarations are not allowed")
}

// tag reads the tag at a position.
func (s *Scanner) tag(at int) bool {
	s.start, s.kind, s.name = at, OpenTag, at+1
	if s.name < len(s.data) && s.data[s.name] == '/' {
		s.kind = CloseTag
		s.name++
	}
	s.readName()
	if s.nameEnd == s.name {
		return s.fail(at, ErrDamaged, "a tag without a name")
	}
	if !s.readEnd() {
		return false
	}
	if s.kind == CloseTag {
		return s.pair()
	}
	if s.data[s.end-2] == '/' && s.end-2 >= s.nameEnd {
		s.kind = EmptyTag
	}
	return s.enter()
}

func (s *Scanner) readName() {
	i := s.name
	s.colon = i
	for ; i < len(s.data); i++ {
		switch s.data[i] {
		case ':':
			s.colon = i
			continue
		case ' ', '>', '/', '\n', '\r', '\t', '<', '"', '\'', '=':
		default:
			continue
		}
		break
	}
	s.nameEnd = i
}

// readEnd finds the end of the tag, past what its attributes hold.
func (s *Scanner) readEnd() bool {
	data := s.data
	for i := s.nameEnd; i < len(data); i++ {
		switch c := data[i]; c {
		case '>':
			s.end = i + 1
			return true
		case '<':
			return s.fail(i, ErrDamaged, "a tag in a tag")
		case '"', '\'':
			if b := data[i-1]; b != '=' && !isSpace(b) {
				return s.fail(i, ErrDamaged, "a quotation mark outside a value")
			}
			// Most values are too short for a search to be worth its call.
			for i++; i < len(data) && data[i] != c; i++ {
				continue
			}
			if i == len(data) {
				return s.fail(s.start, ErrTruncated, "an attribute is not closed")
			}
		}
	}
	return s.fail(s.start, ErrTruncated, "a tag is not closed")
}

// pair holds a closing tag against the element that is open.
func (s *Scanner) pair() bool {
	if len(s.open) == 0 {
		return s.fail(s.start, ErrDamaged, "a closing tag without an opening one")
	}
	o := s.open[len(s.open)-1]
	if string(s.data[o.start:o.end]) != string(s.data[s.name:s.nameEnd]) {
		return s.fail(s.start, ErrDamaged, "a closing tag of another element than the open one")
	}
	return true
}

func (s *Scanner) enter() bool {
	if len(s.open) == 0 && s.began {
		return s.fail(s.start, ErrDamaged, "a second root element")
	}
	s.began = true
	if len(s.open) >= s.limit {
		return s.fail(s.start, ErrLimit, "elements are nested too deep")
	}
	if s.kind == OpenTag {
		s.open = append(s.open, span{s.name, s.nameEnd})
	}
	return true
}

func (s *Scanner) fail(at int, kind error, what string) bool {
	s.err = fmt.Errorf("%w: byte %d: %s", kind, at, what)
	s.kind = 0
	return false
}

// Err returns what is wrong with the document as far as it was scanned; nil
// when nothing is.
func (s *Scanner) Err() error { return s.err }

// Kind returns the kind of the tag.
func (s *Scanner) Kind() Kind { return s.kind }

// Start returns the position of the tag's "<", End that after its ">".
func (s *Scanner) Start() int { return s.start }

// End returns the position after the tag.
func (s *Scanner) End() int { return s.end }

// Depth returns how many elements are open at the tag: 1 at the root's opening
// and closing tags, and within a tag that is both it isn't counted.
func (s *Scanner) Depth() int { return len(s.open) }

// Local returns the tag's name without its prefix.
func (s *Scanner) Local() []byte {
	if s.colon > s.name {
		return s.data[s.colon+1 : s.nameEnd]
	}
	return s.data[s.name:s.nameEnd]
}

// Prefix returns the prefix of the tag's name, without colon; empty when it
// has none.
func (s *Scanner) Prefix() []byte { return s.data[s.name:s.colon] }

// Name returns the tag's name as it stands, with its prefix.
func (s *Scanner) Name() []byte { return s.data[s.name:s.nameEnd] }

// Raw returns the tag itself.
func (s *Scanner) Raw() []byte { return s.data[s.start:s.end] }

// Between returns what stands between the tag before and this one, as it
// stands: text with entities, comments, character data. Unescape reads it.
func (s *Scanner) Between() []byte { return s.data[s.after:s.start] }

// Skip moves to the closing tag of the element that an opening tag began; at
// another tag it stays. It returns false when the document is wrong.
func (s *Scanner) Skip() bool {
	if s.kind != OpenTag {
		return s.err == nil
	}
	depth := len(s.open)
	for s.Next() {
		if s.kind == CloseTag && len(s.open) == depth {
			return true
		}
	}
	return false
}

// Text moves to the closing tag of the element that an opening tag began and
// returns all text in it, unescaped; that of elements within is left out. At
// another tag it stays and returns nothing.
func (s *Scanner) Text() string { return string(s.AppendContent(nil)) }

// Content returns what Text returns, as a part of the document where there is
// nothing to unescape, else in buf from its beginning.
func (s *Scanner) Content(buf []byte) []byte {
	if s.kind != OpenTag {
		return nil
	}
	depth := len(s.open)
	if !s.Next() {
		return nil
	}
	raw := s.Between()
	if s.kind == CloseTag && isPlain(raw) {
		return raw
	}
	return s.appendRest(AppendText(buf[:0], raw), depth)
}

// Leaf passes over an element without attributes, whose tags are as given and
// which holds nothing but plain text, if one follows immediately; else it
// stays. It does what Next and Content do, in less time. Afterwards the
// scanner stands at the element as if it were an empty one.
func (s *Scanner) Leaf(opening, closing string) (text []byte, ok bool) {
	if s.kind == 0 || s.kind == CloseTag && len(s.open) < 2 {
		return nil, false
	}
	rest := s.data[s.end:]
	if len(rest) < len(opening) || string(rest[:len(opening)]) != opening {
		return nil, false
	}
	rest = rest[len(opening):]
	n := bytes.IndexByte(rest, '<')
	if n < 0 || len(rest) < n+len(closing) || string(rest[n:n+len(closing)]) != closing || !isPlain(rest[:n]) {
		return nil, false
	}
	if s.kind == CloseTag {
		s.open = s.open[:len(s.open)-1]
	}
	s.kind, s.after, s.start = EmptyTag, s.end, s.end
	s.name, s.colon, s.nameEnd = s.start+1, s.start+1, s.start+len(opening)-1
	s.end += len(opening) + n + len(closing)
	return rest[:n], true
}

// AppendContent appends to dst what Text returns.
func (s *Scanner) AppendContent(dst []byte) []byte {
	if s.kind != OpenTag {
		return dst
	}
	depth := len(s.open)
	if !s.Next() {
		return dst
	}
	return s.appendRest(AppendText(dst, s.Between()), depth)
}

// appendRest appends what follows the tag in the element that is open at a
// depth, and moves to its end.
func (s *Scanner) appendRest(dst []byte, depth int) []byte {
	for s.kind != CloseTag || len(s.open) != depth {
		own := s.kind == EmptyTag && len(s.open) == depth || s.kind == CloseTag && len(s.open) == depth+1
		if !s.Next() {
			break
		}
		if own {
			dst = AppendText(dst, s.Between())
		}
	}
	return dst
}
