package ooxml

import "bytes"

// Attr is an attribute of a tag.
type Attr struct {
	// Prefix is empty where the name has none.
	Prefix, Local []byte
	// Value is what stands between the quotation marks, as it stands:
	// UnescapeString reads it.
	Value []byte
	// Start and End are the place of Value in the document.
	Start, End int
}

// Attrs goes through the attributes of a tag in their order. It holds for as
// long as the document does.
type Attrs struct {
	// Attr is the attribute after a call of Next that returned true.
	Attr
	data    []byte
	at, end int
}

// Attrs returns the attributes of the tag.
func (s *Scanner) Attrs() Attrs {
	if s.kind == 0 {
		return Attrs{}
	}
	return Attrs{data: s.data, at: s.nameEnd, end: s.end - 1}
}

// Next moves to the next attribute.
func (a *Attrs) Next() bool {
	i := a.at
	for i < a.end && (isSpace(a.data[i]) || a.data[i] == '/') {
		i++
	}
	name, colon := i, -1
	for i < a.end && a.data[i] != '=' && !isSpace(a.data[i]) {
		if a.data[i] == ':' {
			colon = i
		}
		i++
	}
	nameEnd := i
	for i < a.end && a.data[i] != '"' && a.data[i] != '\'' {
		i++
	}
	if i >= a.end {
		a.at = a.end
		return false
	}
	n := bytes.IndexByte(a.data[i+1:a.end], a.data[i])
	if n < 0 {
		a.at = a.end
		return false
	}
	a.Start, a.End = i+1, i+1+n
	a.at = a.End + 1
	a.Value = a.data[a.Start:a.End]
	a.Prefix, a.Local = nil, a.data[name:nameEnd]
	if colon >= 0 {
		a.Prefix, a.Local = a.data[name:colon], a.data[colon+1:nameEnd]
	}
	return true
}

// Attr returns the tag's attribute of a name without prefix.
func (s *Scanner) Attr(local string) (Attr, bool) {
	a := s.Attrs()
	for a.Next() {
		if len(a.Prefix) == 0 && string(a.Local) == local {
			return a.Attr, true
		}
	}
	return Attr{}, false
}

// PrefixedAttr returns the tag's first attribute that has the local name and
// any prefix, as r:id.
func (s *Scanner) PrefixedAttr(local string) (Attr, bool) {
	a := s.Attrs()
	for a.Next() {
		if len(a.Prefix) > 0 && string(a.Local) == local {
			return a.Attr, true
		}
	}
	return Attr{}, false
}

// Value returns the unescaped value of the tag's attribute of a name without
// prefix; empty when it has none.
func (s *Scanner) Value(local string) string {
	a, _ := s.Attr(local)
	return UnescapeString(a.Value)
}

// Flag returns the value of a boolean attribute without prefix, and absent
// when the tag has none.
func (s *Scanner) Flag(local string, absent bool) bool {
	a, ok := s.Attr(local)
	if !ok {
		return absent
	}
	return IsTrue(a.Value)
}

// IsTrue reads a boolean as the schemas write it: 1, true, on.
func IsTrue(value []byte) bool {
	switch string(value) {
	case "1", "true", "on", "t":
		return true
	}
	return false
}

// Namespaces returns the namespaces that the tag declares, by prefix; the
// default one has the empty prefix.
func (s *Scanner) Namespaces() map[string]string {
	all := map[string]string{}
	a := s.Attrs()
	for a.Next() {
		switch {
		case string(a.Prefix) == "xmlns":
			all[string(a.Local)] = UnescapeString(a.Value)
		case len(a.Prefix) == 0 && string(a.Local) == "xmlns":
			all[""] = UnescapeString(a.Value)
		}
	}
	return all
}

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }
