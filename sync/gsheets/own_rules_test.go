package gsheets_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"steerco/sync/gsheets"
	"steerco/sync/workbook"
)

// TestAHighlightIsKnownInEverySpelling holds that a condition is found as it
// was written, whatever became of it on the way: the separator of the locale,
// blanks and small letters outside of strings, another spelling of the name.
func TestAHighlightIsKnownInEverySpelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := workbook.Mark{
			Severity: rapid.SampledFrom([]string{"critical", "warning", "note"}).Draw(t, "severity"),
			Field:    rapid.SampledFrom([]string{"finish", "decide_by", "a;b", "x \"y\""}).Draw(t, "field"),
			Column:   3, FirstRow: rapid.IntRange(0, 5000).Draw(t, "row"), LastRow: 9000,
			Parts: rapid.SliceOfN(rapid.IntRange(0, 60), 1, 5).Draw(t, "parts"),
		}
		name := rapid.SampledFrom([]string{
			`INDIRECT("_steerco_keys")`, `indirect( "_STEERCO_KEYS" )`, `Indirect("_Steerco_Keys")`,
		}).Draw(t, "name")
		m.Field = strings.ReplaceAll(m.Field, `"`, "")
		written := spell(t, m.Condition(name))
		if got, want := gsheets.Canonical(written), m.Condition(workbook.KeyList); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", written, got, want)
		}
	})
}

// spell writes a formula otherwise, outside of its strings.
func spell(t *rapid.T, formula string) string {
	separator := rapid.SampledFrom([]string{",", ";", " ; "}).Draw(t, "separator")
	lower := rapid.Bool().Draw(t, "lower")
	pieces := strings.Split(formula, `"`)
	for i := 0; i < len(pieces); i += 2 {
		pieces[i] = strings.ReplaceAll(pieces[i], ",", separator)
		if lower {
			pieces[i] = strings.ToLower(pieces[i])
		}
	}
	return rapid.SampledFrom([]string{"=", "", " = "}).Draw(t, "start") + strings.Join(pieces, `"`)
}

func TestOtherFormulasArentHighlights(t *testing.T) {
	for _, formula := range []string{
		"", "=", `=A1="INDIRECT(""_steerco_keys"")"`, `="_steerco_keys"`, `=INDIRECT("_steerco_keys2")`, "=_steerco_keys", `=INDIRECT("`,
	} {
		if got := gsheets.Canonical(formula); got != "" {
			t.Errorf("%s: got %s, want nothing", formula, got)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	f.Add(`=ISNUMBER(MATCH("note|id|"&$A4;INDIRECT("_steerco_keys");0))`)
	f.Add(`="a""b;"&indirect("_steerco_keys")`)
	f.Fuzz(func(t *testing.T, formula string) {
		once := gsheets.Canonical(formula)
		if once == "" {
			return
		}
		again := strings.ReplaceAll(once, workbook.KeyList, `INDIRECT("_steerco_keys")`)
		if got := gsheets.Canonical(again); got != once {
			t.Errorf("%q: got %q, then %q", formula, once, got)
		}
	})
}
