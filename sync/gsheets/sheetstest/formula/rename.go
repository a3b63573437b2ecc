package formula

import "strings"

// Rename returns a formula with the title of a sheet replaced where it refers
// to that sheet. What is no formula stays as it is.
func Rename(text, old, title string) string {
	if !strings.Contains(text, "!") {
		return text
	}
	for _, semicolons := range []bool{false, true} {
		if tokens, ok := tokens(text, semicolons); ok {
			return rewrite(text, tokens, func(t token) string {
				if t.sheet == "" || !strings.EqualFold(t.sheet, old) {
					return text[t.start:t.end]
				}
				return "'" + strings.ReplaceAll(title, "'", "''") + "'!" + text[t.sheetEnd:t.end]
			})
		}
	}
	return text
}

// tokens returns the pieces of a formula; ok is false if the text is none.
func tokens(text string, semicolons bool) (all []token, ok bool) {
	l := lexer{text: text, semicolons: semicolons}
	l.skipSpace()
	if !strings.HasPrefix(text[l.next:], "=") {
		return nil, false
	}
	l.skipEqual()
	for {
		t, err := l.scan()
		if err != nil {
			return nil, false
		}
		if t.kind == endToken {
			return all, true
		}
		all = append(all, t)
	}
}

// rewrite returns a text with its tokens replaced. What stands between them
// stays.
func rewrite(text string, tokens []token, replaced func(t token) string) string {
	var b strings.Builder
	at := 0
	for _, t := range tokens {
		b.WriteString(text[at:t.start])
		b.WriteString(replaced(t))
		at = t.end
	}
	b.WriteString(text[at:])
	return b.String()
}
