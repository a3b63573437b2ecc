package ooxml_test

import (
	"testing"

	"pgregory.net/rapid"

	"steerco/sync/excel/ooxml"
)

func TestUnescape(t *testing.T) {
	for raw, want := range map[string]string{
		"":                                 "",
		"plain":                            "plain",
		"a &amp; b &lt;c&gt; &quot;&apos;": `a & b <c> "'`,
		"&#65;&#x42;&#x1F600;&#xA;":        "AB😀\n",
		"&nbsp; &; &#; &#x; &#0; & &am":    "&nbsp; &; &#; &#x; &#0; & &am",
		"&#x110000;":                       "\uFFFD",
		"a\r\nb\rc":                        "a\nb\nc",
		"a<!-- & -->b<?c d?>e":             "abe",
		"<![CDATA[<&amp;>]]>x":             "<&amp;>x",
		"caf\xE9":                          "caf\uFFFD",
		"日本":                               "日本",
	} {
		if got := ooxml.UnescapeString([]byte(raw)); got != want {
			t.Errorf("%q: got %q, want %q", raw, got, want)
		}
	}
}

func TestDecodeX(t *testing.T) {
	for raw, want := range map[string]string{
		"plain":                "plain",
		"a_x000D_b":            "a\rb",
		"_x005F_x000D_":        "_x000D_",
		"_xD83D__xDE00_":       "😀",
		"_xD83D_alone":         "\uFFFDalone",
		"_x12_ _x000G_ _x":     "_x12_ _x000G_ _x",
		"task_x_y":             "task_x_y",
		"_x0041__x0042_ _x000": "AB _x000",
	} {
		if got := ooxml.DecodeX(raw); got != want {
			t.Errorf("%q: got %q, want %q", raw, got, want)
		}
	}
}

// TestEscapeText writes texts that are then read as they were.
func TestEscapeText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringOf(rapid.RuneFrom([]rune("a&<>\"' \n\r\té日😀]"))).Draw(t, "text")
		doc := append([]byte(`<a b="`), ooxml.EscapeText(nil, want)...)
		doc = ooxml.EscapeText(append(doc, `">`...), want)
		s := ooxml.NewScanner(append(doc, "</a>"...), 0)
		if !s.Next() {
			t.Fatal(s.Err())
		}
		if got := s.Value("b"); got != want {
			t.Errorf("value: got %q, want %q", got, want)
		}
		if got := s.Text(); got != want {
			t.Errorf("text: got %q, want %q", got, want)
		}
	})
	if got := string(ooxml.EscapeText(nil, "a\x00\x1F\uFFFEb")); got != "ab" {
		t.Errorf("what XML doesn't allow: got %q, want \"ab\"", got)
	}
}
