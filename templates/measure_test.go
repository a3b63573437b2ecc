package templates

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"steerco/templates/tab"
)

func TestLines(t *testing.T) {
	body := tab.Looks()[tab.Body]
	for _, tt := range []struct {
		text  string
		width float64
		want  int
	}{
		{"", 100, 1},
		{"short", 100, 1},
		{"two words that are too long for one line", 100, 2},
		{"a\nb\nc", 100, 3},
		{strings.Repeat("x", 100), 100, 5},
		{"在庫と引当の確認をする在庫と引当の確認をする", 100, 3},
		{strings.Repeat("word ", 60), 236, 6},
	} {
		if got := (box{width: tt.width, look: body}).lines(tt.text); got != tt.want {
			t.Errorf("%q in %g points: got %d lines, want %d", tt.text, tt.width, got, tt.want)
		}
	}
}

// TestCut: what is cut fits, and nothing that fits is cut.
func TestCut(t *testing.T) {
	looks := tab.Looks()
	rapid.Check(t, func(t *rapid.T) {
		b := box{
			width: rapid.Float64Range(10, 400).Draw(t, "width"),
			look:  looks[rapid.SampledFrom([]tab.Style{tab.Body, tab.Title, tab.PanelBold}).Draw(t, "style")],
		}
		s := rapid.String().Draw(t, "text")
		most := rapid.IntRange(1, 5).Draw(t, "most")
		got := b.cut(s, most)
		switch {
		case b.fits(s, most) && got != s:
			t.Fatalf("got %q, want %q: it fits", got, s)
		case !b.fits(s, most) && !strings.HasSuffix(got, ellipsis):
			t.Fatalf("got %q of %q, want an ellipsis", got, s)
		case !b.fits(got, most) && got != ellipsis:
			t.Fatalf("got %q, which doesn't fit %d lines", got, most)
		case utf8.ValidString(s) && !utf8.ValidString(got):
			t.Fatalf("got %q, which isn't text", got)
		}
	})
}

func TestPlainText(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{" a\tb\x00c ", "a b c"},
		{"a\nb", "a\nb"},
		{"=HYPERLINK(1)", "=HYPERLINK(1)"},
	} {
		if got := plainText(tt.in); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
	if got := plainText(strings.Repeat("🚀", 20000)); utf8.RuneCountInString(got) > longestText/2+1 || !utf8.ValidString(got) {
		t.Errorf("got %d letters, want at most %d", utf8.RuneCountInString(got), longestText/2)
	}
}
