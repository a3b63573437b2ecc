package formula_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"steerco/sync/gsheets/sheetstest/formula"
)

// book is a book of one sheet, and of further ones that are empty.
type book struct {
	cells  map[[2]int]formula.Value
	named  map[string]formula.Range
	asked  int
	fail   error
	sheets []string
}

func (b *book) Sheet(title string) (int64, bool) {
	for i, s := range b.sheets {
		if strings.EqualFold(s, title) {
			return int64(i), true
		}
	}
	return 0, false
}

func (b *book) Named(name string) (formula.Range, bool) {
	r, ok := b.named[strings.ToLower(name)]
	return r, ok
}

func (b *book) Size(int64) (rows, columns int) { return 6000, 26 }

func (b *book) Value(c formula.Cell) (formula.Value, error) {
	b.asked++
	if c.Sheet != 0 {
		return formula.Value{}, b.fail
	}
	return b.cells[[2]int{c.Row, c.Column}], b.fail
}

func sampleBook() *book {
	date := formula.NumberValue(46000)
	date.Format = formula.Format{Type: "DATE"}
	return &book{
		sheets: []string{"Plan", "Other plan", "it's"},
		named: map[string]formula.Range{
			"keys":  {Row: 0, RowEnd: 6, Column: 0, ColumnEnd: 1},
			"_one":  {Row: 1, RowEnd: 2, Column: 1, ColumnEnd: 2},
			"block": {Row: 0, RowEnd: 2, Column: 0, ColumnEnd: 2},
		},
		cells: map[[2]int]formula.Value{
			{0, 0}: formula.TextValue("Alpha"), {1, 0}: formula.TextValue("beta*"), {2, 0}: formula.NumberValue(7),
			{3, 0}: formula.TextValue("7"), {4, 0}: formula.BoolValue(true), {5, 0}: formula.ErrorValue("#N/A"),
			{0, 1}: formula.NumberValue(2), {1, 1}: formula.NumberValue(3.5), {2, 1}: formula.TextValue("x"),
			{0, 2}: date, {1, 2}: formula.TextValue("  two   words\n"), {2, 2}: formula.TextValue("😀a"),
		},
	}
}

// shown writes a value for comparison.
func shown(v formula.Value) string {
	switch v.Kind {
	case formula.Text:
		return fmt.Sprintf("%q", v.Text)
	case formula.Number:
		return fmt.Sprint(v.Number)
	case formula.Bool:
		return strings.ToUpper(fmt.Sprint(v.Number != 0))
	case formula.Error:
		return v.Text
	}
	return "empty"
}

func compute(t *testing.T, b *book, text string, o formula.Options) (formula.Value, error) {
	t.Helper()
	f, err := formula.Parse(text, o)
	if err != nil {
		return formula.Value{}, err
	}
	return formula.NewEvaluator(b, 46100.25).Value(f, formula.Place{Cell: formula.Cell{Row: 9, Column: 3}})
}

// computed is a formula and what it gives in sampleBook.
type computed struct{ formula, want string }

func checkComputed(t *testing.T, all []computed) {
	t.Helper()
	for _, c := range all {
		v, err := compute(t, sampleBook(), c.formula, formula.Options{})
		if got := shown(v); err != nil || got != c.want {
			t.Errorf("%s: got %s, %v; want %s", c.formula, got, err, c.want)
		}
	}
}

func TestOperatorsAndReferences(t *testing.T) {
	checkComputed(t, []computed{
		{"=1+2", "3"},
		{"= 1 / 1024", "0.0009765625"},
		{"=3/2", "1.5"},
		{"=-2^2", "4"},
		{"=2+3*4", "14"},
		{"=(2+3)*4", "20"},
		{"=10%", "0.1"},
		{"=-50%", "-0.5"},
		{"=1/0", "#DIV/0!"},
		{"=1e3", "1000"},
		{"=.5", "0.5"},
		{"=50001/10^5", "0.50001"},
		{`="a"&1&TRUE`, `"a1TRUE"`},
		{`="say ""hi"""`, `"say \"hi\""`},
		{`="a"="A"`, "TRUE"},
		{`=1<"a"`, "TRUE"},
		{`="a"<TRUE`, "TRUE"},
		{"=D1=0", "TRUE"},
		{`=D1=""`, "TRUE"},
		{"=2<>2", "FALSE"},
		{"=1<=1", "TRUE"},
		{"=2>=3", "FALSE"},
		{"=B1+B2", "5.5"},
		{"=$B$1", "2"},
		{"=plan!B1", "2"},
		{"='Plan'!B1", "2"},
		{"='Other plan'!B1", "empty"},
		{"='it''s'!B1", "empty"},
		{"=Gone!B1", "#REF!"},
		{"=A9999", "#REF!"},
		{"=_one", "3.5"},
		{"=missing", "#NAME?"},
		{"=A6", "#N/A"},
		{"=A6+1", "#N/A"},
		{"=A1+1", "#VALUE!"},
		{`="5"+1`, "6"},
		{"=#REF!", "#REF!"},
	})
}

func TestFunctions(t *testing.T) {
	checkComputed(t, []computed{
		{"=IF(B1=2,\"yes\",1/0)", `"yes"`},
		{"=IF(0,1)", "FALSE"},
		{"=IF(A6,1,2)", "#N/A"},
		{"=IF(TRUE,,1)", "empty"},
		{"=IFERROR(1/0,5)", "5"},
		{"=IFERROR(2,5)", "2"},
		{"=IFERROR(1/0)", "empty"},
		{"=ISERROR(A6)", "TRUE"},
		{"=ISNA(1/0)", "FALSE"},
		{"=ISLOGICAL(A5)", "TRUE"},
		{"=ISNUMBER(A4)", "FALSE"},
		{"=ISNUMBER(A3)", "TRUE"},
		{"=ISTEXT(A4)", "TRUE"},
		{"=ISBLANK(Z9)", "TRUE"},
		{"=AND(TRUE,1,B1:B3)", "TRUE"},
		{"=OR(FALSE,0)", "FALSE"},
		{"=NOT(FALSE)", "TRUE"},
		{"=ABS(-2)", "2"},
		{"=INT(-1.5)", "-2"},
		{"=MOD(-1,3)", "2"},
		{"=ROUND(2.675,2)", "2.68"},
		{"=ROUND(-2.5)", "-3"},
		{"=SUM(A1:B3)", "12.5"},
		{"=SUM(A2,1)", "1"},
		{`=SUM("x",1)`, "#VALUE!"},
		{"=SUM(B1:B2,1)", "6.5"},
		{"=MIN(B:B)", "2"},
		{"=MAX(B:B)", "3.5"},
		{"=AVERAGE(B1:B2)", "2.75"},
		{"=COUNT(A1:B3)", "3"},
		{"=AVERAGE(D1:D2)", "#DIV/0!"},
		{"=SUM(A1:A6)", "#N/A"},
	})
}

func TestFunctionsOfTextsAndLookups(t *testing.T) {
	checkComputed(t, []computed{
		{`=TEXT(2.5,"0")`, `"3"`},
		{`=TEXT(-0.2,"0")`, `"0"`},
		{`=TEXT(1.005,"0.00")`, `"1.01"`},
		{`=TEXT(123456789012,"0")`, `"123456789012"`},
		{`=LEFT("abc",2)`, `"ab"`},
		{`=LEFT("abc")`, `"a"`},
		{`=LEFT(C3,1)`, `""`},
		{`=LEFT(C3,2)`, `"😀"`},
		{`=RIGHT(C3,1)`, `"a"`},
		{`=LEFT("abc",9)`, `"abc"`},
		{`=LEFT("abc",-1)`, "#VALUE!"},
		{"=LEN(C3)", "3"},
		{"=LEN(12.5)", "4"},
		{"=LEN(Z9)", "0"},
		{"=TRIM(C2)", `"two words\n"`},
		{`=SUBSTITUTE("aXbX","X","--")`, `"a--b--"`},
		{`=SUBSTITUTE("a","","x")`, `"a"`},
		{"=CHAR(10)", `"\n"`},
		{"=CHAR(0)", "#NUM!"},
		{`=VALUE(" 12.5 ")`, "12.5"},
		{`=VALUE("x")`, "#VALUE!"},
		{`=UPPER("aß")&LOWER("AB")`, `"Aßab"`},
		{`=CONCATENATE(B1:B2,"x")`, `"23.5x"`},
		{`=MATCH("alpha",A:A,0)`, "1"},
		{"=MATCH(7,A1:A6,0)", "3"},
		{`=MATCH("7",A1:A6,0)`, "4"},
		{"=MATCH(TRUE,A1:A6,0)", "5"},
		{`=MATCH("b*",A:A,0)`, "2"},
		{`=MATCH("beta~*",A:A,0)`, "2"},
		{`=MATCH("?lpha",A:A,0)`, "1"},
		{`=MATCH("gone",A:A,0)`, "#N/A"},
		{`=MATCH("alpha",INDIRECT("keys"),0)`, "1"},
		{`=MATCH("alpha",INDIRECT("Plan!A1:A9"),0)`, "1"},
		{`=MATCH(2,1:1,0)`, "2"},
		{`=MATCH(2,A1:B2,0)`, "#N/A"},
		{`=INDIRECT("gone")`, "#REF!"},
		{`=INDIRECT("B1")`, "2"},
		{`=INDIRECT("'Other plan'!B1")`, "empty"},
		{`=HYPERLINK("#gid=0&range=A"&IFERROR(MATCH("alpha",'Plan'!A:A,0),9),"to alpha")`, `"to alpha"`},
		{`=HYPERLINK("x")`, `"x"`},
		{"=ROW()", "10"},
		{"=COLUMN(B7)", "2"},
		{"=ROW(A7)", "7"},
		{"=TODAY()", "46100"},
		{"=NOW()+TIME(6,0,0)", "46100.5"},
		{"=if(true,1,2)", "1"},
		{"=IF(1)", "#N/A"},
		{"=C1+1", "46001"},
	})
}

func TestValueWithSemicolons(t *testing.T) {
	for _, c := range []struct{ formula, want string }{
		{"=SUM(1,5;2)", "3.5"}, {"=IF(1<2;\"a,b;c\";0)", `"a,b;c"`}, {"=,5", "0.5"}, {"=1,5", "1.5"},
	} {
		v, err := compute(t, sampleBook(), c.formula, formula.Options{Semicolons: true})
		if got := shown(v); err != nil || got != c.want {
			t.Errorf("%s: got %s, %v; want %s", c.formula, got, err, c.want)
		}
	}
	if _, err := compute(t, sampleBook(), "=IF(TRUE,A1,B1)", formula.Options{Semicolons: true}); !errors.Is(err, formula.ErrSyntax) {
		t.Errorf("commas where semicolons are needed: got %v, want %v", err, formula.ErrSyntax)
	}
	if v, err := compute(t, sampleBook(), "=SUM(1;2)", formula.Options{}); err != nil || v.Number != 3 {
		t.Errorf("semicolons where commas are usual: got %v, %v; want 3", v, err)
	}
}

func TestFormatAndLinkOfResult(t *testing.T) {
	for _, c := range []struct{ formula, format, link string }{
		{"=NOW()+TIME(0,1,0)", "DATE_TIME", ""},
		{"=TODAY()", "DATE", ""},
		{"=C1", "DATE", ""},
		{"=C1+1", "DATE", ""},
		{"=C1-C1", "", ""},
		{"=B1", "", ""},
		{"=SUM(C1,1)", "DATE", ""},
		{`=HYPERLINK("#A1","x")`, "", "#A1"},
		{`=IF(TRUE,HYPERLINK("#A1","x"))`, "", "#A1"},
	} {
		v, err := compute(t, sampleBook(), c.formula, formula.Options{})
		if err != nil || v.Format.Type != c.format || v.Link != c.link {
			t.Errorf("%s: got format %q, link %q, %v; want %q, %q", c.formula, v.Format.Type, v.Link, err, c.format, c.link)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		formula string
		want    error
		text    string
	}{
		{"=NOSUCH(1)", formula.ErrUnknown, "the stand-in does not compute the function NOSUCH"},
		{"=IF(FALSE,NOSUCH(1),NOSUCH2())", formula.ErrUnknown, "NOSUCH2"},
		{"={1,2}", formula.ErrUnknown, "arrays"},
		{"=2^3^2", formula.ErrUnknown, "power"},
		{"=A1:A2", formula.ErrUnknown, "one value is wanted"},
		{"=MATCH(1,A:A)", formula.ErrUnknown, "MATCH"},
		{"=MATCH(1,A:A,1)", formula.ErrUnknown, "MATCH"},
		{"=MATCH(1,5,0)", formula.ErrUnknown, "MATCH"},
		{`=TEXT(1,"d mmm")`, formula.ErrUnknown, "TEXT"},
		{`="1 May"+1`, formula.ErrUnknown, `"1 May"`},
		{`=C1&""`, formula.ErrUnknown, "DATE"},
		{`=INDIRECT("R1C1",FALSE)`, formula.ErrUnknown, "INDIRECT"},
		{`=SUBSTITUTE("a","b","c",1)`, formula.ErrUnknown, "SUBSTITUTE"},
		{"=(", formula.ErrSyntax, "too early"},
		{"=1 2", formula.ErrSyntax, `"2"`},
		{`="a`, formula.ErrSyntax, "end"},
		{"=SUM(1", formula.ErrSyntax, `")" is missing`},
		{"=)", formula.ErrSyntax, `")"`},
		{"='a", formula.ErrSyntax, ""},
		{"=", formula.ErrSyntax, ""},
		{"=#X", formula.ErrSyntax, ""},
		{"=1+*2", formula.ErrSyntax, ""},
		{"=A1!", formula.ErrSyntax, ""},
	} {
		v, err := compute(t, sampleBook(), c.formula, formula.Options{})
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%s: got %v, %v; want %v with %q", c.formula, shown(v), err, c.want, c.text)
		}
	}
}

func TestErrorOfBookEndsComputation(t *testing.T) {
	b := sampleBook()
	b.fail = errors.New("no answer")
	if _, err := compute(t, b, "=SUM(A1:A6)+MATCH(1,A:A,0)", formula.Options{}); !errors.Is(err, b.fail) {
		t.Errorf("got %v, want %v", err, b.fail)
	}
	if b.asked > 2 {
		t.Errorf("got %d cells asked for after an error", b.asked)
	}
}

// TestRelativeReferences computes the formula of a conditional format for other
// cells than the first.
func TestRelativeReferences(t *testing.T) {
	f, err := formula.Parse("=A1&$B1&A$1&$B$1&Plan!B1", formula.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := formula.NewEvaluator(sampleBook(), 0)
	for _, c := range []struct {
		down, right int
		want        string
	}{{0, 0, `"Alpha2Alpha22"`}, {1, 0, `"beta*3.5Alpha23.5"`}, {-1, 0, "#REF!"}, {0, 30, "#REF!"}, {1, 1, `"3.53.522  two   words\n"`}} {
		v, err := e.Value(f, formula.Place{Down: c.down, Right: c.right})
		if got := shown(v); err != nil || got != c.want {
			t.Errorf("%d down, %d right: got %s, %v; want %s", c.down, c.right, got, err, c.want)
		}
	}
}

// TestMatchLooksEachCellUpOnce searches 5,000 cells 5,000 times.
func TestMatchLooksEachCellUpOnce(t *testing.T) {
	b := &book{cells: map[[2]int]formula.Value{}, sheets: []string{"Plan"}}
	for row := range 5000 {
		b.cells[[2]int{row, 0}] = formula.TextValue(fmt.Sprintf("key %d", row))
	}
	f, err := formula.Parse(`=ISNUMBER(MATCH($A1,$A$1:$A$5000,0))`, formula.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := formula.NewEvaluator(b, 0)
	for row := range 5000 {
		v, err := e.Value(f, formula.Place{Down: row})
		if err != nil || v.Number != 1 {
			t.Fatalf("row %d: got %v, %v; want TRUE", row, shown(v), err)
		}
	}
	if b.asked > 3*5000 {
		t.Errorf("got %d cells read, want at most %d", b.asked, 3*5000)
	}
}

func TestSheets(t *testing.T) {
	f, err := formula.Parse(`=IF(A1,'Other plan'!A1,SUM(Plan!B:B))+INDIRECT("Third!A1")`, formula.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(f.Sheets(), "|"), "Other plan|Plan"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
