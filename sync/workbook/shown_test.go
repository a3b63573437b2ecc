package workbook_test

import (
	"math"
	"testing"

	"steerco/rules/calendar"
	"steerco/sync/workbook"
)

func shown(code string, c workbook.Cell) string {
	f := workbook.Format{Code: code}
	f.Date, f.Elapsed = workbook.CodeKind(code)
	b := workbook.Book{Formats: []workbook.Format{f}}
	return b.Shown(c)
}

func TestShownNumber(t *testing.T) {
	for _, test := range []struct {
		code string
		v    float64
		want string
	}{
		{"", 0, "0"},
		{"General", 1.1, "1.1"},
		{"General", 0.1 + 0.2, "0.3"},
		{"General", 1.0 / 3, "0.333333333"},
		{"General", -12.5, "-12.5"},
		{"General", 123456.789012, "123456.789"},
		{"General", 108107, "108107"},
		{"general", 123456789012345, "123456789012345"},
		{"General", 1e20, "1E+20"},
		{"General", 1.23456789e-7, "1.23457E-07"},
		{"GENERAL", 0.00002, "0.00002"},
		{"@", 1.5, "1.5"},

		{"0", 1234.5, "1235"},
		{"0", -0.4, "0"},
		{"0", 0.5, "1"},
		{"000", 7, "007"},
		{"0.00", 3.14159, "3.14"},
		{"0.00", 0.285, "0.29"},
		{"0.00", 1.005, "1.01"},
		{"0.0#", 1.5, "1.5"},
		{"0.0#", 1.25, "1.25"},
		{"#.##", 0.5, ".5"},
		{"#.##", 3, "3."},
		{"#", 0, ""},
		{"?0.0?", 5.5, " 5.5 "},
		{".00", 1.5, "1.50"},
		{"#,##0", 108107, "108,107"},
		{"#,##0", 9, "9"},
		{"#,##0", 999, "999"},
		{"#,##0", 1000, "1,000"},
		{"#,##0", -1234567, "-1,234,567"},
		{"#,##0.00", 1234.5, "1,234.50"},
		{"000,000", 12, "000,012"},
		{"#,###", 0, ""},
		{"0,", 12345, "12"},
		{"0.0,,", 12345678, "12.3"},
		{"#,##0,\"k\"", 12345678, "12,346k"},
		{"00-00-00", 123456, "12-34-56"},
		{"(000) 000-0000", 5551234567, "(555) 123-4567"},

		{"0%", 0.5, "50%"},
		{"0%", 1, "100%"},
		{"0.00%", 0.12345, "12.35%"},
		{"0 %", 0.125, "13 %"},
		{"0.00E+00", 12345, "1.23E+04"},
		{"0.00E+00", 0, "0.00E+00"},
		{"0.00E-00", 0.00012, "1.20E-04"},
		{"##0.0E+0", 12345, "12.3E+3"},
		{"0.0E+00", 9.99, "1.0E+01"},

		{"# ?/?", 2.25, "2 1/4"},
		{"# ?/?", 3, "3"},
		{"# ??/??", 0.3333, "1/3"},
		{"# ?/8", 1.5, "1 4/8"},
		{"?/?", 1.5, "3/2"},
		{"# ?/?", -0.5, "-1/2"},
		{"# ?/?", 1.99, "2"},

		{`0" d"`, 5, "5 d"},
		{`0 \d`, 5, "5 d"},
		{`"Q"0`, 3, "Q3"},
		{`#,##0_);(#,##0)`, 5, "5 "},
		{`#,##0_);(#,##0)`, -5, "(5)"},
		{`#,##0_);[Red](#,##0)`, -1500, "(1,500)"},
		{`0;-0;"-"`, 0, "-"},
		{`0;-0;;@`, 0, ""},
		{`0;;`, -3, ""},
		{`_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)`, 12.5, " $12.50 "},
		{`[$€-407] #,##0`, 1200, "€ 1,200"},
		{`[>=1000]0,"k";0`, 2500, "3k"},
		{`[>=1000]0,"k";0`, 25, "25"},
		{`[<0]"late "0;[=0]"now";0" left"`, -2, "late 2"},
		{`[<0]"late "0;[=0]"now";0" left"`, 0, "now"},
		{`[<0]"late "0;[=0]"now";0" left"`, 4, "4 left"},
		{`"done"`, 1, "done"},
		{`"no end`, 1, "no end"},
		{`[0`, 1, "[1"},
		{"0", math.Inf(1), "#NUM!"},
		{"", math.NaN(), "#NUM!"},
	} {
		if got := shown(test.code, workbook.Cell{Kind: workbook.Number, Number: test.v}); got != test.want {
			t.Errorf("%q of %v: got %q, want %q", test.code, test.v, got, test.want)
		}
	}
}

func TestShownDate(t *testing.T) {
	const (
		day  = 45000      // Wednesday, 2023-03-15
		noon = day + 0.75 // 18:00
		odd  = 45352.3815 // 2024-03-01 09:09:21.6
	)
	for _, test := range []struct {
		code string
		v    float64
		want string
	}{
		{"yyyy-mm-dd", day, "2023-03-15"},
		{"m/d/yyyy", day, "3/15/2023"},
		{"d-mmm", day, "15-Mar"},
		{"d-mmm-yy", day, "15-Mar-23"},
		{"mmm-yy", day, "Mar-23"},
		{"dddd, mmmm d, yyyy", day, "Wednesday, March 15, 2023"},
		{"ddd dd.mm.yy", day, "Wed 15.03.23"},
		{"mmmmm", day, "M"},
		{"[$-409]d/m/yy;@", day, "15/3/23"},
		{`yyyy"年"m"月"d"日"`, day, "2023年3月15日"},
		{"yyyy/mm/dd\\ hh:mm", noon, "2023/03/15 18:00"},
		{"m/d/yy h:mm AM/PM", noon, "3/15/23 6:00 PM"},
		{"h:mm A/P", 0.25, "6:00 A"},
		{"h AM/PM", 0, "12 AM"},
		{"h:mm:ss", odd, "9:09:22"},
		{"hh:mm:ss.00", odd, "09:09:21.60"},
		{"mm:ss", odd, "09:22"},
		{"mm:ss.0", odd, "09:21.6"},
		{"hh:mm", 0.999999, "00:00"},
		{"h:mm", 0.5, "12:00"},
		{"[h]:mm", 1.5, "36:00"},
		{"[hh]:mm:ss", 0.25, "06:00:00"},
		{"[mm]:ss", 0.25, "360:00"},
		{"[s]", 0.001, "86"},
		{"[h]:mm", -0.5, "-12:00"},
		{"yyyy-mm-dd", 1, "1900-01-01"},
		{"yyyy-mm-dd", 59, "1900-02-28"},
		{"yyyy-mm-dd", 61, "1900-03-01"},
		{"yyyy-mm-dd", 0.5, "1900-01-00"},
		{"yyyy-mm-dd", -1, "#######"},
		{"yyyy-mm-dd", 3e6, "#######"},
		{"d/m/bbbb", day, "15/3/2566"},
		{"d. mmmm", day, "15. March"},
	} {
		if got := shown(test.code, workbook.Cell{Kind: workbook.Number, Number: test.v}); got != test.want {
			t.Errorf("%q of %v: got %q, want %q", test.code, test.v, got, test.want)
		}
	}
}

func TestShownOther(t *testing.T) {
	for _, test := range []struct {
		code string
		cell workbook.Cell
		want string
	}{
		{"", workbook.Cell{}, ""},
		{"", workbook.Cell{Kind: workbook.Text, Text: "Task"}, "Task"},
		{"0.00", workbook.Cell{Kind: workbook.Text, Text: "Task"}, "Task"},
		{`0;0;0;"» "@`, workbook.Cell{Kind: workbook.Text, Text: "Task"}, "» Task"},
		{`"No. "@`, workbook.Cell{Kind: workbook.Text, Text: "5"}, "No. 5"},
		{`0;0;0;`, workbook.Cell{Kind: workbook.Text, Text: "hidden"}, ""},
		{"", workbook.Cell{Kind: workbook.Bool, Number: 1}, "TRUE"},
		{"", workbook.Cell{Kind: workbook.Bool}, "FALSE"},
		{"0", workbook.Cell{Kind: workbook.ErrorValue, Text: "#REF!"}, "#REF!"},
		{"0", workbook.Cell{Kind: workbook.Number, Number: 1, Text: "one"}, "one"},
	} {
		if got := shown(test.code, test.cell); got != test.want {
			t.Errorf("%q of %+v: got %q, want %q", test.code, test.cell, got, test.want)
		}
	}
}

func TestCodeKind(t *testing.T) {
	for _, test := range []struct {
		code          string
		date, elapsed bool
	}{
		{"", false, false},
		{"General", false, false},
		{"#,##0.00", false, false},
		{"0.00E+00", false, false},
		{`0" days"`, false, false},
		{`0\d`, false, false},
		{"[Red]0", false, false},
		{"[$-409]General", false, false},
		{"[Magenta]@", false, false},
		{"yyyy-mm-dd", true, false},
		{"D-MMM", true, false},
		{"h:mm AM/PM", true, false},
		{"mm:ss.0", true, false},
		{"[$-411]ge.m.d", true, false},
		{`[=0]"";d/m/yy`, true, false},
		{"[h]:mm", false, true},
		{"[HH]:MM:SS", false, true},
		{"[mm]", false, true},
		{"[ss].00", false, true},
	} {
		if date, elapsed := workbook.CodeKind(test.code); date != test.date || elapsed != test.elapsed {
			t.Errorf("%q: got %v, %v, want %v, %v", test.code, date, elapsed, test.date, test.elapsed)
		}
	}
}

func TestDate(t *testing.T) {
	formats := []workbook.Format{{}, {Date: true}, {Elapsed: true}}
	for _, test := range []struct {
		name   string
		cell   workbook.Cell
		is1904 bool
		want   string
	}{
		{"a date", workbook.Cell{Kind: workbook.Number, Number: 45000, Format: 1}, false, "2023-03-15"},
		{"late in the day", workbook.Cell{Kind: workbook.Number, Number: 45000.99, Format: 1}, false, "2023-03-15"},
		{"a hair before midnight", workbook.Cell{Kind: workbook.Number, Number: 44999.9999999999, Format: 1}, false, "2023-03-15"},
		{"1904", workbook.Cell{Kind: workbook.Number, Number: 43538, Format: 1}, true, "2023-03-15"},
		{"first day", workbook.Cell{Kind: workbook.Number, Number: 1, Format: 1}, false, "1900-01-01"},
		{"first day of 1904", workbook.Cell{Kind: workbook.Number, Number: 0, Format: 1}, true, "1904-01-01"},
		{"last day", workbook.Cell{Kind: workbook.Number, Number: 2958465, Format: 1}, false, "9999-12-31"},
		{"time of day", workbook.Cell{Kind: workbook.Number, Number: 0.5, Format: 1}, false, ""},
		{"negative", workbook.Cell{Kind: workbook.Number, Number: -3, Format: 1}, false, ""},
		{"too large", workbook.Cell{Kind: workbook.Number, Number: 1e9, Format: 1}, false, ""},
		{"a number", workbook.Cell{Kind: workbook.Number, Number: 45000}, false, ""},
		{"a span", workbook.Cell{Kind: workbook.Number, Number: 45000, Format: 2}, false, ""},
		{"a text", workbook.Cell{Kind: workbook.Text, Text: "2023-03-15", Format: 1}, false, ""},
	} {
		b := workbook.Book{Formats: formats, Epoch1904: test.is1904}
		d, ok := b.Date(test.cell)
		if d.String() != test.want || ok != (test.want != "") {
			t.Errorf("%s: got %v, %v, want %q", test.name, d, ok, test.want)
		}
	}
}

func TestMinute(t *testing.T) {
	b := workbook.Book{Formats: []workbook.Format{{}, {Date: true}}}
	if m, ok := b.Minute(workbook.Cell{Kind: workbook.Number, Number: 45000 + 0.7611111, Format: 1}); m != 18*60+16 || !ok {
		t.Errorf("got %d, %v, want %d", m, ok, 18*60+16)
	}
	if _, ok := b.Minute(workbook.Cell{Kind: workbook.Number, Number: 45000.5}); ok {
		t.Error("a number that isn't formatted as a time: got a minute")
	}
	if d, ok := b.SerialDate(45000); d != calendar.New(2023, 3, 15) || !ok {
		t.Errorf("got %v, %v", d, ok)
	}
}

// FuzzShown shows any number in any format.
func FuzzShown(f *testing.F) {
	for _, code := range []string{
		"General", `_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)`, "[h]:mm:ss.000", "# ???/???", "##0.0E+0", `yyyy"年"m"月"`,
		"[>=1000]0,,;[Red]-0%", "|#,##0.##|e+|#|", "?,???;[m] m;@", "0.00000000000000000000000000000000000000", "E+00", "[", `"`, `\`, "*", "/0", "0/",
	} {
		f.Add(code, 1234.5678, "text", true)
		f.Add(code, -1e300, "", false)
		f.Add(code, 45000.5, "", false)
	}
	f.Fuzz(func(t *testing.T, code string, v float64, text string, is1904 bool) {
		b := workbook.Book{Formats: []workbook.Format{{Code: code}}, Epoch1904: is1904}
		got := b.Shown(workbook.Cell{Kind: workbook.Number, Number: v})
		if len(got) > 1000+20*len(code) {
			t.Errorf("%q of %v: got %d bytes", code, v, len(got))
		}
		_ = b.Shown(workbook.Cell{Kind: workbook.Text, Text: text})
	})
}
