package workbook

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// CodeKind tells whether a number format shows a number as a date or a time of
// day ("d-mmm-yy", "h:mm"), or as a span of time ("[h]:mm"); never both.
func CodeKind(code string) (date, elapsed bool) {
	for _, s := range parseCode(code) {
		date = date || s.date
		elapsed = elapsed || s.elapsed
	}
	return date && !elapsed, elapsed
}

// codeSection is one of the up to four parts of a number format, which are
// divided by semicolons.
type codeSection struct {
	tokens []codeToken
	// compare is "<", ">=" … for a section with a condition of its own, which
	// holds for numbers that compare so with bound.
	compare string
	bound   float64
	// date means that a token shows a piece of a date or time, elapsed that
	// one counts beyond its unit, halfDay that hours go to twelve.
	date, elapsed, halfDay bool
	// digits means that a token shows a digit of the number, text that one
	// shows a text, general that the section is "General".
	digits, text, general bool
}

// codeToken is a piece of a section.
type codeToken struct {
	kind tokenKind
	// text is what a literal shows, or the letters of a date piece.
	text string
}

type tokenKind uint8

const (
	// literalToken shows its text.
	literalToken tokenKind = iota
	// digitToken is 0, # or ?.
	digitToken
	pointToken
	commaToken
	percentToken
	// exponentToken is E+ or E-.
	exponentToken
	slashToken
	atToken
	generalToken
	// dateToken is a run of y, m, d, h, s, e, g or b; minuteToken a run of m
	// that means minutes; elapsedToken such a run in brackets.
	dateToken
	minuteToken
	elapsedToken
	// halfToken is AM/PM or A/P.
	halfToken
	// fractionToken is the digits of a second: .00
	fractionToken
)

// parseCode takes a number format apart. Every text is a format: what means
// nothing is shown as it is.
func parseCode(code string) []codeSection {
	p := codeParser{rest: code}
	sections := make([]codeSection, 1, 4)
	for p.rest != "" {
		if p.rest[0] == ';' {
			p.rest = p.rest[1:]
			sections = append(sections, codeSection{})
			continue
		}
		p.section = &sections[len(sections)-1]
		p.next()
	}
	for i := range sections {
		sections[i].finish()
	}
	return sections
}

type codeParser struct {
	rest    string
	section *codeSection
}

func (p *codeParser) add(kind tokenKind, length int) {
	p.section.tokens = append(p.section.tokens, codeToken{kind, p.rest[:length]})
	p.rest = p.rest[length:]
}

func (p *codeParser) literal(text string, length int) {
	p.section.tokens = append(p.section.tokens, codeToken{literalToken, text})
	p.rest = p.rest[length:]
}

// next takes one token.
func (p *codeParser) next() {
	switch p.rest[0] {
	case '"':
		p.quoted()
	case '\\', '_', '*':
		p.escaped()
	case '[':
		p.bracket()
	case '0', '#', '?':
		p.add(digitToken, 1)
	case '.':
		p.add(pointToken, 1)
	case ',':
		p.add(commaToken, 1)
	case '%':
		p.add(percentToken, 1)
	case '/':
		p.add(slashToken, 1)
	case '@':
		p.add(atToken, 1)
	default:
		p.word()
	}
}

func (p *codeParser) quoted() {
	text, _, found := strings.Cut(p.rest[1:], `"`)
	length := 1 + len(text)
	if found {
		length++
	}
	p.literal(text, length)
}

// escaped takes a character with the sign that stands before it: "\" shows it,
// "_" leaves its width blank, "*" fills the cell with it.
func (p *codeParser) escaped() {
	_, size := utf8.DecodeRuneInString(p.rest[1:])
	switch p.rest[0] {
	case '\\':
		p.literal(p.rest[1:1+size], 1+size)
	case '_':
		p.literal(" ", 1+size)
	default:
		p.rest = p.rest[1+size:]
	}
}

// bracket takes a colour, a locale with its currency, a condition or a span.
func (p *codeParser) bracket() {
	inside, _, found := strings.Cut(p.rest[1:], "]")
	if !found {
		p.literal("[", 1)
		return
	}
	length := len(inside) + 2
	switch {
	case isElapsed(inside):
		p.section.tokens = append(p.section.tokens, codeToken{elapsedToken, strings.ToLower(inside)})
		p.rest = p.rest[length:]
	case strings.HasPrefix(inside, "$"):
		currency, _, _ := strings.Cut(inside[1:], "-")
		p.literal(currency, length)
	default:
		p.condition(inside)
		p.rest = p.rest[length:]
	}
}

func isElapsed(s string) bool {
	if s == "" || !strings.ContainsAny(s[:1], "hHmMsS") {
		return false
	}
	return strings.Trim(strings.ToLower(s), strings.ToLower(s[:1])) == ""
}

func (p *codeParser) condition(inside string) {
	bound := strings.TrimLeft(inside, "<>=")
	compare := inside[:len(inside)-len(bound)]
	if v, err := strconv.ParseFloat(strings.TrimSpace(bound), 64); err == nil && compare != "" {
		p.section.compare, p.section.bound = compare, v
	}
}

// word takes what begins with a letter or another character.
func (p *codeParser) word() {
	for _, w := range [...]struct {
		word string
		kind tokenKind
	}{{"general", generalToken}, {"am/pm", halfToken}, {"a/p", halfToken}, {"e+", exponentToken}, {"e-", exponentToken}} {
		if len(p.rest) >= len(w.word) && strings.EqualFold(p.rest[:len(w.word)], w.word) {
			p.add(w.kind, len(w.word))
			return
		}
	}
	c := p.rest[0] | 0x20
	if strings.IndexByte("ymdhsegb", c) >= 0 {
		n := 1
		for n < len(p.rest) && p.rest[n]|0x20 == c {
			n++
		}
		p.section.tokens = append(p.section.tokens, codeToken{dateToken, strings.ToLower(p.rest[:n])})
		p.rest = p.rest[n:]
		return
	}
	_, size := utf8.DecodeRuneInString(p.rest)
	p.literal(p.rest[:size], size)
}

// finish tells what the section shows, and minutes from months.
func (s *codeSection) finish() {
	for _, t := range s.tokens {
		switch t.kind {
		case dateToken:
			// An era or a Buddhist year alone doesn't make a date.
			s.date = s.date || strings.IndexByte("ymdhs", t.text[0]) >= 0
		case elapsedToken:
			s.elapsed = true
		case halfToken:
			s.halfDay = true
		case digitToken:
			s.digits = true
		case atToken:
			s.text = true
		case generalToken:
			s.general = true
		}
	}
	if s.date || s.elapsed {
		s.findMinutes()
		s.findSpans()
		s.findFractions()
	}
}

// findSpans makes spans of all pieces whose letter stands in brackets
// elsewhere in the section: "[h] (h)" shows the same number twice.
func (s *codeSection) findSpans() {
	for _, span := range s.tokens {
		if span.kind != elapsedToken {
			continue
		}
		for i, t := range s.tokens {
			isPiece := t.kind == minuteToken || t.kind == dateToken && t.text[0] != 'm'
			if isPiece && t.text[0] == span.text[0] {
				s.tokens[i].kind = elapsedToken
			}
		}
	}
}

// findMinutes turns each run of m after hours or before seconds into minutes.
func (s *codeSection) findMinutes() {
	last := -1
	for i, t := range s.tokens {
		if t.kind != dateToken && t.kind != elapsedToken {
			continue
		}
		if last >= 0 {
			before := &s.tokens[last]
			afterHour := before.text[0] == 'h' || s.elapsed && before.text[0] == 's'
			if t.kind == dateToken && t.text[0] == 'm' && len(t.text) <= 2 && afterHour {
				s.tokens[i].kind = minuteToken
			}
			if t.text[0] == 's' && before.kind == dateToken && before.text[0] == 'm' {
				before.kind = minuteToken
			}
		}
		last = i
	}
}

// findFractions joins a point and the zeros after it to the digits of a
// second.
func (s *codeSection) findFractions() {
	var joined []codeToken
	for i := 0; i < len(s.tokens); i++ {
		if s.tokens[i].kind != pointToken {
			joined = append(joined, s.tokens[i])
			continue
		}
		text := "."
		for i+1 < len(s.tokens) && s.tokens[i+1].kind == digitToken {
			text += s.tokens[i+1].text
			i++
		}
		if text == "." {
			joined = append(joined, codeToken{literalToken, text})
			continue
		}
		joined = append(joined, codeToken{fractionToken, text})
	}
	s.tokens = joined
}
