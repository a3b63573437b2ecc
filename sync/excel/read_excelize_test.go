package excel

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"steerco/sync/corpustest"
	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// TestAgreesWithExcelize holds every cell of the real workbooks against what
// another reader makes of it.
func TestAgreesWithExcelize(t *testing.T) {
	compared := 0
	for _, file := range corpustest.Workbooks(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d, err := openDocument(filepath.Base(file), data, ooxml.Limits{})
		if err != nil {
			continue
		}
		b, _, err := readBook(t.Context(), d, data, readOptions{})
		if err != nil {
			t.Error(err)
			continue
		}
		x, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Logf("%s: excelize: %v", b.Name, err)
			continue
		}
		for i := range b.Sheets {
			compared += compareSheet(t, b, &b.Sheets[i], x)
		}
		x.Close()
	}
	t.Logf("%d cells compared", compared)
}

func compareSheet(t *testing.T, b *workbook.Book, s *workbook.Sheet, x *excelize.File) int {
	t.Helper()
	rows, err := x.GetRows(s.Name)
	if err != nil {
		t.Logf("%s, sheet %q: excelize: %v", b.Name, s.Name, err)
		return 0
	}
	n, bad := 0, 0
	for i := range s.Rows {
		row := &s.Rows[i]
		for _, c := range row.Cells {
			want := ""
			if row.Index < len(rows) && int(c.Column) < len(rows[row.Index]) {
				want = rows[row.Index][c.Column]
				rows[row.Index][c.Column] = ""
			}
			n++
			if !sameValue(c, want) {
				if bad++; bad < 6 {
					t.Errorf("%s, sheet %q, cell %s: got %+v, excelize has %q", b.Name, s.Name, workbook.CellName(row.Index, int(c.Column)), c, want)
				}
			}
		}
	}
	for i, row := range rows {
		for j, v := range row {
			if v != "" {
				if bad++; bad < 6 {
					t.Errorf("%s, sheet %q, cell %s: got nothing, excelize has %q", b.Name, s.Name, workbook.CellName(i, j), v)
				}
			}
		}
	}
	return n
}

// sameValue reports whether a cell holds what excelize calls want. It gives
// dates of ISO 8601 as they are written, and drops the halves of a character
// that a file writes as _xHHHH_.
func sameValue(c workbook.Cell, want string) bool {
	switch c.Kind {
	case workbook.Blank:
		return want == ""
	case workbook.Number:
		v, err := strconv.ParseFloat(want, 64)
		if err == nil {
			return math.Abs(v-c.Number) <= 1e-9*math.Abs(v)
		}
		for _, form := range isoTimes {
			if at, err := time.Parse(form, want); err == nil {
				return math.Abs(serialOfTime(at, false)-c.Number) < 1e-9
			}
		}
		return false
	case workbook.Bool:
		return want == "1" && c.Number == 1 || want == "0" && c.Number == 0
	}
	return c.Text == want || strings.Map(dropHalves, c.Text) == want
}

func dropHalves(r rune) rune {
	if r == utf8.RuneError || r > 0xFFFF {
		return -1
	}
	return r
}
