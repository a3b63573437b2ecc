package planread

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainLetters has the letters that people write with and without their
// marks, each followed by what stands for it.
const plainLetters = "àaáaâaãaäaåaāaăaąaçcćcčcďdđdèeéeêeëeēeęeěeğgģgìiíiîiïiīiıiķkļlłlñnńnňnņnòoóoôoõoöoøoőořrśsşsšsșsťtțtùuúuûuüuūuůuűuųuýyÿyžzźzżzёе"

var plainLetter = lettersOf(plainLetters)

func lettersOf(s string) map[rune]rune {
	m := map[rune]rune{}
	runes := []rune(s)
	for i := 0; i+1 < len(runes); i += 2 {
		m[runes[i]] = runes[i+1]
	}
	return m
}

// foldRune returns the small letter without marks that stands for r, 0 where
// nothing does, and a blank for what parts words.
func foldRune(r rune) rune {
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	r = unicode.ToLower(r)
	if p, ok := plainLetter[r]; ok {
		return p
	}
	switch {
	case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '\u00ad', r == '\u200b', r == '\ufeff':
		return 0
	case unicode.IsLetter(r), unicode.IsDigit(r), r == '%', r == '#', r == '№', r == 'ー':
		return r
	}
	return ' '
}

// fold returns s in small letters without marks, with one blank between words
// and nothing else: what people mean to be the same is the same.
func fold(s string) string {
	if isFolded(s) {
		return s
	}
	if isASCII(s) {
		return foldASCII(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := true
	for _, r := range s {
		if two := twoLetters(r); two != "" {
			b.WriteString(two)
			blank = false
			continue
		}
		f := foldRune(r)
		switch {
		case f == 0:
		case f != ' ':
			b.WriteRune(f)
			blank = false
		case !blank:
			b.WriteByte(' ')
			blank = true
		}
	}
	return strings.TrimSuffix(b.String(), " ")
}

// twoLetters returns the two letters that stand for one, in small letters;
// empty for a letter that is one.
func twoLetters(r rune) string {
	switch unicode.ToLower(r) {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	}
	return ""
}

// foldASCII is fold for texts of plain letters, which most are.
func foldASCII(s string) string {
	b := make([]byte, 0, len(s))
	blank := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '%', c == '#':
			b = append(b, c)
			blank = false
		case c != '\'' && !blank:
			b = append(b, ' ')
			blank = true
		}
	}
	if n := len(b); n > 0 && b[n-1] == ' ' {
		b = b[:n-1]
	}
	return string(b)
}

func isFolded(s string) bool {
	blank := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			blank = false
		case c == ' ' && !blank:
			blank = true
		default:
			return false
		}
	}
	return !blank
}

// splitHumps parts words that are written together: "TaskName", "start_date".
func splitHumps(s string) string {
	var b strings.Builder
	lower := false
	for _, r := range s {
		if lower && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(r)
	}
	return b.String()
}

// oneLine returns s trimmed, with line breaks and runs of blanks as one blank.
func oneLine(s string) string {
	if isOneLine(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isOneLine reports whether nothing is to be done for oneLine.
func isOneLine(s string) bool {
	blank := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ' && blank, c < ' ', c >= utf8.RuneSelf:
			return false
		default:
			blank = c == ' '
		}
	}
	return !blank || s == ""
}

// isWide reports whether r belongs to a script that is written without blanks
// between words.
func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r == 'ー'
}

// leadingBlanks counts the blanks before the text; a wide one counts two.
func leadingBlanks(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case ' ', '\u00a0':
			n++
		case '\u3000':
			n += 2
		case '\t':
			n += 4
		default:
			return n
		}
	}
	return n
}

func runes(s string) int { return utf8.RuneCountInString(s) }
