package ooxml

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// checkEncoding looks at the beginning of a document for signs of an encoding
// other than UTF-8.
func checkEncoding(data []byte) error {
	head := data[:min(len(data), 200)]
	for _, mark := range []string{"\xFE\xFF", "\xFF\xFE", "\x00<", "<\x00"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return fmt.Errorf("%w but in UTF-16", ErrEncoding)
		}
	}
	head = bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return nil
	}
	declaration, _, _ := bytes.Cut(head, []byte("?>"))
	a := Attrs{data: declaration, at: len("<?xml"), end: len(declaration)}
	for a.Next() {
		if string(a.Local) == "encoding" && !isUTF8(string(a.Value)) {
			return fmt.Errorf("%w but in %q", ErrEncoding, a.Value)
		}
	}
	return nil
}

func isUTF8(encoding string) bool {
	switch strings.ToLower(encoding) {
	case "utf-8", "utf8", "us-ascii", "ascii", "":
		return true
	}
	return false
}

// isPlain reports whether text stands for itself: it is ASCII without anything
// to resolve.
func isPlain(raw []byte) bool {
	for _, c := range raw {
		if c == '&' || c == '<' || c == '\r' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// UnescapeString returns text or an attribute's value with its entities
// resolved, as AppendText does.
func UnescapeString(raw []byte) string {
	if isPlain(raw) {
		return string(raw)
	}
	return string(AppendText(nil, raw))
}

// AppendText appends to dst the text that stands between tags: entities and
// character references resolved, character data taken as it is, comments and
// instructions left out, line ends as "\n". What isn't an entity of XML stays
// as it stands; what isn't UTF-8 becomes U+FFFD.
func AppendText(dst, raw []byte) []byte {
	if isPlain(raw) {
		return append(dst, raw...)
	}
	for len(raw) > 0 {
		i := bytes.IndexAny(raw, "&<\r")
		if i < 0 {
			return appendValid(dst, raw)
		}
		dst = appendValid(dst, raw[:i])
		raw = raw[i:]
		var n int
		switch raw[0] {
		case '&':
			dst, n = appendEntity(dst, raw)
		case '\r':
			dst, n = append(dst, '\n'), 1
			if len(raw) > 1 && raw[1] == '\n' {
				n = 2
			}
		default:
			dst, n = appendSpecial(dst, raw)
		}
		raw = raw[n:]
	}
	return dst
}

func appendValid(dst, raw []byte) []byte {
	if utf8.Valid(raw) {
		return append(dst, raw...)
	}
	return append(dst, bytes.ToValidUTF8(raw, []byte("\uFFFD"))...)
}

// longestEntity is the length of "&#x10FFFF;" with zeros before it.
const longestEntity = 16

// appendEntity appends what the entity at the beginning of raw stands for, and
// returns its length.
func appendEntity(dst, raw []byte) ([]byte, int) {
	end := bytes.IndexByte(raw[:min(len(raw), longestEntity)], ';')
	if end < 0 {
		return append(dst, '&'), 1
	}
	switch name := string(raw[1:end]); name {
	case "amp":
		dst = append(dst, '&')
	case "lt":
		dst = append(dst, '<')
	case "gt":
		dst = append(dst, '>')
	case "quot":
		dst = append(dst, '"')
	case "apos":
		dst = append(dst, '\'')
	default:
		r, ok := charReference(name)
		if !ok {
			return append(dst, '&'), 1
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst, end + 1
}

// charReference reads "#10" and "#xA".
func charReference(name string) (rune, bool) {
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return 0, false
	}
	base := 10
	if hex, isHex := strings.CutPrefix(digits, "x"); isHex {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	return rune(n), err == nil && n > 0
}

// appendSpecial appends the character data at the beginning of raw, or nothing
// for a comment or instruction, and returns its length.
func appendSpecial(dst, raw []byte) ([]byte, int) {
	for _, p := range specials {
		rest, ok := bytes.CutPrefix(raw, []byte(p.open))
		if !ok {
			continue
		}
		content, _, found := bytes.Cut(rest, []byte(p.close))
		if p.open == "<![CDATA[" {
			dst = appendValid(dst, content)
		}
		if !found {
			return dst, len(raw)
		}
		return dst, len(p.open) + len(content) + len(p.close)
	}
	return append(dst, '<'), 1
}

// DecodeX resolves _xHHHH_, by which spreadsheet programs write characters
// that XML doesn't allow: "_x000D_" is a carriage return, "_x005F_" the
// underscore that keeps another from being read so.
func DecodeX(s string) string {
	i := strings.Index(s, "_x")
	if i < 0 {
		return s
	}
	var b strings.Builder
	for i >= 0 {
		b.WriteString(s[:i])
		s = s[i:]
		r, n := decodeUnit(s)
		if n == 0 {
			b.WriteByte('_')
			s = s[1:]
		} else {
			b.WriteRune(r)
			s = s[n:]
		}
		i = strings.Index(s, "_x")
	}
	b.WriteString(s)
	return b.String()
}

// unitLength is that of "_x000D_".
const unitLength = 7

// decodeUnit reads the one or, for a surrogate pair, two units at the
// beginning of s, and returns how many bytes they take; 0: there is none.
func decodeUnit(s string) (rune, int) {
	u, ok := hexUnit(s)
	if !ok {
		return 0, 0
	}
	if utf16.IsSurrogate(u) && len(s) > unitLength {
		if v, ok := hexUnit(s[unitLength:]); ok {
			if r := utf16.DecodeRune(u, v); r != utf8.RuneError {
				return r, 2 * unitLength
			}
		}
	}
	return u, unitLength
}

func hexUnit(s string) (rune, bool) {
	if len(s) < unitLength || s[0] != '_' || s[1] != 'x' || s[unitLength-1] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:unitLength-1], 16, 16)
	return rune(n), err == nil
}

// EscapeText appends s to dst so that it can stand as text or in an attribute
// between double quotation marks. Characters that XML doesn't allow are left
// out.
func EscapeText(dst []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>':
			dst = append(dst, "&gt;"...)
		case r == '"':
			dst = append(dst, "&quot;"...)
		case r == '\n', r == '\r', r == '\t':
			dst = fmt.Appendf(dst, "&#%d;", r)
		case r >= ' ' && r != 0xFFFE && r != 0xFFFF:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}
