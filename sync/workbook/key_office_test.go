package workbook_test

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"steerco/sync/workbook"
)

// TestConditionInLibreOffice computes the conditions of hundreds of rows of
// difficult cells in LibreOffice, against the keys made here: where a point
// stands before decimals, and where a comma does.
func TestConditionInLibreOffice(t *testing.T) {
	office := soffice(t)
	for _, locale := range []string{"en-US", "de-DE"} {
		t.Run(locale, func(t *testing.T) {
			t.Parallel()
			compareWithOffice(t, office, locale)
		})
	}
}

func compareWithOffice(t *testing.T, office, locale string) {
	cells := nastyCells()
	f := excelize.NewFile()
	t.Cleanup(func() { _ = f.Close() })
	const sheet = "Sheet1"
	if _, err := f.NewSheet("keys"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetDefinedName(&excelize.DefinedName{Name: "_steerco.keys", RefersTo: "keys!$A$1:$A$5000"}); err != nil {
		t.Fatal(err)
	}
	// Column C holds whether the row's own key is found; every second row's keys
	// are in the list.
	var keys []string
	for row, pair := range pairs(cells) {
		for column, c := range pair {
			put(t, f, sheet, row, column, c)
		}
		m := workbook.Mark{Severity: "critical", Field: "finish", FirstRow: row, Parts: []int{0, 1}}
		if row%2 == 0 {
			keys = append(keys, workbook.Keys(m.Severity, fmt.Sprint(m.Field, row), pair)...)
		}
		m.Field = fmt.Sprint(m.Field, row)
		if err := f.SetCellFormula(sheet, workbook.CellName(row, 2), m.Condition("_steerco.keys")); err != nil {
			t.Fatal(err)
		}
	}
	for i, k := range keys {
		if err := f.SetCellStr("keys", workbook.CellName(i, 0), k); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellFormula("keys", "B1", `1.5&""`); err != nil {
		t.Fatal(err)
	}
	g := computed(t, f, office, locale)
	want := map[string]string{"en-US": "1.5", "de-DE": "1,5"}[locale]
	if got, err := g.GetCellValue("keys", "B1"); err != nil || got != want {
		t.Fatalf("1.5 in a text: got %q, %v, want %q: the locale has no effect", got, err, want)
	}
	for row, pair := range pairs(cells) {
		found, err := g.GetCellValue(sheet, workbook.CellName(row, 2), excelize.Options{RawCellValue: true})
		if want := row%2 == 0; err != nil || (found == "1") != want {
			t.Errorf("row %d of %q: got %q, %v, want %t; key %q", row, show(pair), found, err, want, workbook.Key("critical", fmt.Sprint("finish", row), pair))
		}
	}
}

// pairs puts every cell beside another one.
func pairs(cells []workbook.Cell) [][]workbook.Cell {
	var all [][]workbook.Cell
	for shift := range 4 {
		for i, c := range cells {
			all = append(all, []workbook.Cell{c, cells[(i*7+shift*13+1)%len(cells)]})
		}
	}
	return all
}

func show(pair []workbook.Cell) []string {
	var all []string
	for _, c := range pair {
		all = append(all, fmt.Sprint(c.Kind, " ", c.Number, " ", c.Text))
	}
	return all
}

func nastyCells() []workbook.Cell {
	var all []workbook.Cell
	for _, s := range []string{
		"", " ", "T1", "t1", "1.10", "1.1", "1,5", "#1100", "46000", "TRUE", "#N/A", "#!", "=1+1", "'quoted", "+1", "-", "@x", `say "hi"`, "a|b",
		"a*", "*", "?", "~", "~*", "a?b", "~~?", "a^", "a.b", "a.*", "(a", "a)", "[x", "a+b", "$1", "^a", `\`, `\d`, "a{2}", ">5", "<>", "=",
		" leading", "trailing ", "in   the   middle", "a\tb", "a\nb", "a\r\nb", "\n\nx\n", "a \n b", "nb\u00a0sp", "\u00a0", "\u2003em", "\u200bzero",
		"Größe", "GRÖSSE", "ß", "İstanbul", "ﬁ", "日本語", "Ελληνικά", "שלום", "e\u0301", "é", "😀", "a😀b 😀😀",
		"31.02.", "2026-02-28", "50 %", "1/2", "1e5", "&amp;", "<b>", "a&b", "l'été", "“q”", "–", "…",
		strings.Repeat("x", 80), strings.Repeat("x", 81), strings.Repeat("long words ", 30), strings.Repeat("y", 300), strings.Repeat("ö", 85),
		strings.Repeat("a ", 50), strings.Repeat(" ", 100) + "z", strings.Repeat("*", 200), strings.Repeat("abc\n", 60),
		"😀" + strings.Repeat("w", 90), strings.Repeat("v", 40) + "😀" + strings.Repeat("v", 90), strings.Repeat("u", 78) + "😀 and more",
		strings.Repeat("m", 9000),
	} {
		all = append(all, workbook.Cell{Kind: workbook.Text, Text: s})
	}
	for _, v := range nastyNumbers() {
		all = append(all, workbook.Cell{Kind: workbook.Number, Number: v})
	}
	for i, e := range []string{"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"} {
		all = append(all, workbook.Cell{Kind: workbook.ErrorValue, Text: e}, workbook.Cell{Kind: workbook.Bool, Number: float64(i % 2)})
	}
	return append(all, workbook.Cell{}, workbook.Cell{})
}

func nastyNumbers() []float64 {
	all := []float64{
		0, math.Copysign(0, -1), 1, -1, 1.1, 0.1, 0.5, 1.0 / 3, 2.0 / 3, 0.333, 0.0005, 0.0015, 1.0005, 1.0015, 0.1235, 2.0025, 4.0045, -0.0005, -1.0005, -0.0001, 0.0004,
		0.00049, 0.9995, 0.9994, 0.99949, 0.29, 0.57, 0.58, 1.005, 8.575, 46000, 46000.5, 46054.75, 45999.999988, 43831.1234567, 1e3, 12345.678, 1e6 + 0.1, 108107,
		1e-5, 1e-10, 1e-300, 999999999, 999999999.9994, 999999999.9999, 1e9, 1e9 + 0.5, 1e10, 12345678901, 123456789012345, 999999999999999, 1e15, 1e16, 1.5e20, 1e100, -1e9, -123456789012, -1e15,
	}
	for i := range 60 {
		// Times of the day, and thousandths with a half behind them.
		all = append(all, 46000+float64(i*1439)/86400, float64(i)*1.001+0.0005)
	}
	return all
}

func put(t *testing.T, f *excelize.File, sheet string, row, column int, c workbook.Cell) {
	t.Helper()
	name := workbook.CellName(row, column)
	var err error
	switch c.Kind {
	case workbook.Text:
		err = f.SetCellStr(sheet, name, c.Text)
	case workbook.Number:
		err = f.SetCellFloat(sheet, name, c.Number, -1, 64)
	case workbook.Bool:
		err = f.SetCellBool(sheet, name, c.Number != 0)
	case workbook.ErrorValue:
		err = f.SetCellFormula(sheet, name, map[string]string{
			"#N/A": "NA()", "#REF!": "INDIRECT(\"nowhere!!\")", "#DIV/0!": "1/0", "#VALUE!": "\"a\"*1", "#NAME?": "nosuchname",
		}[c.Text])
	}
	if err != nil {
		t.Fatal(err)
	}
}

// computed has LibreOffice compute the workbook.
func computed(t *testing.T, f *excelize.File, office, locale string) *excelize.File {
	t.Helper()
	dir := t.TempDir()
	setLocale(t, filepath.Join(dir, "profile", "user"), locale)
	in := filepath.Join(dir, "in.xlsx")
	if err := f.SaveAs(in); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	cmd := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", "xlsx", "--outdir", out, in)
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v: %s", err, msg)
	}
	g, err := excelize.OpenFile(filepath.Join(out, "in.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	return g
}

// setLocale makes a user's profile in which numbers are written as in locale.
func setLocale(t *testing.T, dir, locale string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	settings := `<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">` +
		`<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>` + locale +
		`</value></prop></item></oor:items>`
	if err := os.WriteFile(filepath.Join(dir, "registrymodifications.xcu"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
}

// soffice returns where LibreOffice is. Without it the test is skipped, but
// fails where CI is set.
func soffice(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("soffice")
	switch {
	case err == nil:
		return path
	case os.Getenv("CI") != "":
		t.Fatal("soffice is not installed, but CI is set")
	default:
		t.Skip("soffice is not installed: keys are not compared with LibreOffice's")
	}
	return ""
}
