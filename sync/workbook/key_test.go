package workbook_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"steerco/sync/workbook"
)

func text(s string) workbook.Cell    { return workbook.Cell{Kind: workbook.Text, Text: s} }
func number(v float64) workbook.Cell { return workbook.Cell{Kind: workbook.Number, Number: v} }

func TestKey(t *testing.T) {
	for _, tt := range []struct {
		cell workbook.Cell
		want string
	}{
		{workbook.Cell{}, ""},
		{text(""), ""},
		{text("1.10"), "1.10"},
		{number(1.1), "#1100"},
		{number(108107), "#108107000"},
		{number(0.1235), "#124"},
		{number(1.0005), "#1001"},
		{number(-0.0001), "#0"},
		{number(-2.5), "#-2500"},
		{number(12345678901), "#12345678901."},
		{number(1e20), "#"},
		{workbook.Cell{Kind: workbook.Bool, Number: 1}, "#T"},
		{workbook.Cell{Kind: workbook.Bool}, "#F"},
		{workbook.Cell{Kind: workbook.ErrorValue, Text: "#REF!"}, "#!"},
		{text("  two   words "), "two words"},
		{text("two\r\nlines\tand"), "two lines and"},
		{text("no\u00a0break "), "no\u00a0break"},
		{text("any*? ~it"), "any^! _it"},
		{text(strings.Repeat("x", 81)), strings.Repeat("x", 80) + "+81"},
		{text(strings.Repeat("x", 80)), strings.Repeat("x", 80)},
	} {
		got := workbook.Key("critical", "finish", []workbook.Cell{tt.cell})
		if want := "critical|finish|" + tt.want; got != want {
			t.Errorf("key of %+v: got %q, want %q", tt.cell, got, want)
		}
	}
}

func TestKeysOfCharactersThatProgramsCountDifferently(t *testing.T) {
	long := "😀" + strings.Repeat("x", 90)
	got := workbook.Keys("note", "name", []workbook.Cell{text(long)})
	want := []string{
		"note|name|😀" + strings.Repeat("x", 78) + "+92",
		"note|name|😀" + strings.Repeat("x", 79) + "+91",
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got -, want +\n%s", diff)
	}
	if got := workbook.Keys("note", "name", []workbook.Cell{text("short 😀")}); len(got) != 1 {
		t.Errorf("keys of a short text: got %q, want one", got)
	}
}

// TestKeyFitsTheLookup holds the longest keys and formulas against Excel's
// limits: 255 characters in a lookup, 8192 in a formula, 64 levels.
func TestKeyFitsTheLookup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "parts")
		cells, columns := make([]workbook.Cell, n), make([]int, n)
		for i := range cells {
			columns[i] = 16000 + i
			cells[i] = text(strings.Repeat("w", rapid.IntRange(0, 40000).Draw(t, "length")))
			if rapid.Bool().Draw(t, "number") {
				cells[i] = number(rapid.Float64Range(-99999, 99999).Draw(t, "value"))
			}
		}
		if got := len(utf16.Encode([]rune(workbook.Key("critical", "baseline_finish", cells)))); got > 255 {
			t.Errorf("key of %d parts: got %d characters, want at most 255", n, got)
		}
		m := workbook.Mark{Severity: "critical", Field: "baseline_finish", FirstRow: 1048575, Parts: columns}
		formula := m.Condition(workbook.KeyList)
		if len(formula) >= 8192 {
			t.Errorf("condition of %d parts: got %d characters, want fewer than 8192", n, len(formula))
		}
		if got := depth(formula); got >= 64 {
			t.Errorf("condition: got %d levels, want fewer than 64", got)
		}
	})
}

func depth(formula string) int {
	level, most := 0, 0
	for _, r := range formula {
		switch r {
		case '(':
			level++
		case ')':
			level--
		}
		most = max(most, level)
	}
	return most
}
