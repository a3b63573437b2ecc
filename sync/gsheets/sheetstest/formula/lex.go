package formula

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a piece of a formula.
type token struct {
	kind tokenKind
	// text is the piece as written; of a string what it holds.
	text string
	// sheet is the title before a reference or name, where quoted or named.
	sheet string
	// start and end are where the token stands, sheetEnd where its sheet ends
	// with "!"; equal to start without a sheet.
	start, sheetEnd, end int
	number               float64
	ref                  Reference
}

type tokenKind uint8

const (
	endToken tokenKind = iota
	numberToken
	stringToken
	// nameToken is a function, a named range, TRUE or FALSE.
	nameToken
	referenceToken
	errorToken
	// signToken is an operator, a parenthesis or a separator. The separator of
	// arguments is "," however it is written.
	signToken
)

type lexer struct {
	text       string
	next       int
	semicolons bool
}

var (
	errorPattern  = regexp.MustCompile(`^#(?:N/A|REF!|VALUE!|NUM!|DIV/0!|NAME\?|NULL!|ERROR!)`)
	pointPattern  = regexp.MustCompile(`^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?`)
	commaPattern  = regexp.MustCompile(`^(?:[0-9]+,?[0-9]*|,[0-9]+)(?:[eE][+-]?[0-9]+)?`)
	quotedPattern = regexp.MustCompile(`^'((?:[^']|'')+)'!`)
	stringPattern = regexp.MustCompile(`^"((?:[^"]|"")*)"`)
)

func (l *lexer) skipEqual() {
	l.skipSpace()
	if strings.HasPrefix(l.text[l.next:], "=") {
		l.next++
	}
}

func (l *lexer) skipSpace() {
	for l.next < len(l.text) && strings.IndexByte(" \t\r\n", l.text[l.next]) >= 0 {
		l.next++
	}
}

// scan returns the next token.
func (l *lexer) scan() (token, error) {
	l.skipSpace()
	t := token{start: l.next, sheetEnd: l.next}
	if l.next == len(l.text) {
		t.end = l.next
		return t, nil
	}
	err := l.fill(&t)
	t.end = l.next
	return t, err
}

func (l *lexer) fill(t *token) error {
	switch rest := l.text[l.next:]; rest[0] {
	case '"':
		return l.quotedText(t, rest)
	case '#':
		return l.errorName(t, rest)
	case '\'':
		return l.quotedSheet(t, rest)
	}
	if l.reference(t) || l.numeral(t) || l.sign(t) {
		return nil
	}
	return l.word(t)
}

func (l *lexer) quotedText(t *token, rest string) error {
	m := stringPattern.FindStringSubmatch(rest)
	if m == nil {
		return fmt.Errorf("%w: a text doesn't end", ErrSyntax)
	}
	t.kind, t.text = stringToken, strings.ReplaceAll(m[1], `""`, `"`)
	l.next += len(m[0])
	return nil
}

func (l *lexer) errorName(t *token, rest string) error {
	name := errorPattern.FindString(rest)
	if name == "" {
		return fmt.Errorf("%w: unexpected %q", ErrSyntax, "#")
	}
	t.kind, t.text = errorToken, name
	l.next += len(name)
	return nil
}

// quotedSheet reads the title of a sheet in quotes, and what it stands before.
func (l *lexer) quotedSheet(t *token, rest string) error {
	m := quotedPattern.FindStringSubmatch(rest)
	if m == nil {
		return fmt.Errorf("%w: unexpected %q", ErrSyntax, "'")
	}
	l.next += len(m[0])
	t.sheet, t.sheetEnd = strings.ReplaceAll(m[1], "''", "'"), l.next
	return l.afterSheet(t)
}

// afterSheet reads what stands after "Sheet1!".
func (l *lexer) afterSheet(t *token) error {
	if l.reference(t) {
		return nil
	}
	name := wordAt(l.text[l.next:])
	if name == "" {
		return fmt.Errorf("%w: nothing after the sheet %q", ErrSyntax, t.sheet)
	}
	t.kind, t.text = nameToken, name
	l.next += len(name)
	return nil
}

// reference reads a reference to cells.
func (l *lexer) reference(t *token) bool {
	ref, n := cutReference(l.text[l.next:])
	if n == 0 {
		return false
	}
	ref.Sheet = t.sheet
	t.kind, t.ref, t.text = referenceToken, ref, l.text[l.next:l.next+n]
	l.next += n
	return true
}

func (l *lexer) numeral(t *token) bool {
	pattern := pointPattern
	if l.semicolons {
		pattern = commaPattern
	}
	text := pattern.FindString(l.text[l.next:])
	if text == "" {
		return false
	}
	t.kind, t.text = numberToken, text
	t.number, _ = decimal(strings.Replace(text, ",", ".", 1))
	l.next += len(text)
	return true
}

func (l *lexer) sign(t *token) bool {
	rest := l.text[l.next:]
	for _, s := range [...]string{"<=", ">=", "<>", "<", ">", "=", "+", "-", "*", "/", "^", "&", "%", "(", ")", ",", ";", "{", "}"} {
		if !strings.HasPrefix(rest, s) || s == "," && l.semicolons {
			continue
		}
		l.next += len(s)
		if s == ";" {
			s = ","
		}
		t.kind, t.text = signToken, s
		return true
	}
	return false
}

// word reads a name, or the title of a sheet that needs no quotes.
func (l *lexer) word(t *token) error {
	name := wordAt(l.text[l.next:])
	if name == "" {
		r, _ := utf8.DecodeRuneInString(l.text[l.next:])
		return fmt.Errorf("%w: unexpected %q", ErrSyntax, r)
	}
	l.next += len(name)
	if strings.HasPrefix(l.text[l.next:], "!") {
		l.next++
		t.sheet, t.sheetEnd = name, l.next
		return l.afterSheet(t)
	}
	t.kind, t.text = nameToken, name
	return nil
}

// wordAt returns the name with which a text begins.
func wordAt(s string) string {
	for i, r := range s {
		if !isWordRune(r) {
			return s[:i]
		}
	}
	return s
}

func isWordRune(r rune) bool {
	return r == '_' || r == '.' || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}
