package gsheets_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"steerco/sync/gsheets"
	"steerco/sync/workbook"
	"steerco/templates/tab/tabtest"
)

// answers gives the same answer to every call, and remembers what was asked.
type answers struct {
	body  []byte
	asked []string
}

func (a *answers) RoundTrip(r *http.Request) (*http.Response, error) {
	a.asked = append(a.asked, r.Method+" "+r.URL.Path+" ranges "+fmt.Sprint(r.URL.Query()["ranges"]))
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json; charset=UTF-8"}},
		Body: io.NopCloser(bytes.NewReader(a.body)), Request: r,
	}, nil
}

// answered returns what is read of an answer, and what was asked.
func answered(t *testing.T, body []byte) (*workbook.Book, []string) {
	t.Helper()
	a := &answers{body: body}
	b, err := gsheets.Open(t.Context(), "the-id", gsheets.Options{Client: &http.Client{Transport: a}})
	if err != nil {
		t.Fatal(err)
	}
	book, err := b.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return book, a.asked
}

func TestReadMakesABookOfAnAnswer(t *testing.T) {
	body, err := os.ReadFile("testdata/spreadsheet.json")
	if err != nil {
		t.Fatal(err)
	}
	book, asked := answered(t, body)
	tabtest.Golden(t, "spreadsheet.golden", strings.Join(asked, "\n")+"\n"+bookText(book))
}

// bookText writes all of a book but its version, line by line.
func bookText(b *workbook.Book) string {
	var w strings.Builder
	fmt.Fprintf(&w, "book %q, id %s, locale %s, time zone %s\n", b.Name, b.ID, b.Locale, b.TimeZone)
	for _, line := range b.Warnings {
		fmt.Fprintf(&w, "warning: %s\n", line)
	}
	for i := range b.Sheets {
		s := &b.Sheets[i]
		fmt.Fprintf(&w, "sheet %q, hidden %t, hidden columns %v, summary above %t\n  merged %v, tables %v, colored %v\n",
			s.Name, s.Hidden, s.HiddenColumns, s.SummaryAbove, s.Merged, s.Tables, s.Colored)
		for _, r := range s.Rows {
			fmt.Fprintf(&w, "  row %d, hidden %t, outline %d\n", r.Index+1, r.Hidden, r.Outline)
			for _, c := range r.Cells {
				fmt.Fprintf(&w, "    %s kind %d %q %v, formula %t, %+v\n",
					workbook.CellName(r.Index, int(c.Column)), c.Kind, c.Text, c.Number, c.Formula, b.Format(c))
			}
		}
	}
	fmt.Fprintf(&w, "own %+v\n", b.Own)
	return w.String()
}
