package excel

import (
	"os"
	"path/filepath"
	"testing"

	"steerco/sync/corpustest"
	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// TestShownAsExpected shows the values of real lists of formats, which tell
// beside each value and format what a spreadsheet program shows.
func TestShownAsExpected(t *testing.T) {
	for _, file := range corpustest.Workbooks(t) {
		if !isListed(file, []string{"065", "066", "069", "071"}) {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d, err := openDocument(filepath.Base(file), data, ooxml.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		b, _, err := readBook(t.Context(), d, data, readOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range b.Sheet("Tests").Rows[1:] {
			want, code, v := b.Shown(row.Cell(0)), row.Cell(1).Text, row.Cell(2)
			one := workbook.Book{Formats: []workbook.Format{newFormat(code)}}
			v.Format = 0
			if got := one.Shown(v); got != want {
				t.Errorf("%s, row %d: %q of %q: got %q, want %q", b.Name, row.Index+1, code, b.Shown(row.Cell(2)), got, want)
			}
		}
	}
}
