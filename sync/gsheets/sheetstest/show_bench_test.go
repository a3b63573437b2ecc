package sheetstest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"steerco/sync/gsheets/sheetstest"
)

// BenchmarkReadingCells answers a call for the contents and formats of 2,000 x
// 20 cells.
func BenchmarkReadingCells(b *testing.B) {
	s := sheetstest.New(sheetstest.Options{})
	id := s.Create("Plan")
	err := s.Edit(id, func(p *sheetstest.Person) {
		p.InsertRows("Sheet1", 0, 1000)
		for row := range 2000 {
			for column := range 20 {
				var value any = fmt.Sprintf("text %d", row)
				if column%2 == 1 {
					value = sheetstest.Date{Year: 2026, Month: 5, Day: 1 + row%28}
				}
				p.Set("Sheet1", row, column, value)
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	for name, mask := range map[string]string{
		"values":    "sheets/data/rowData/values/effectiveValue",
		"reading":   "sheets/data/rowData/values(effectiveValue,formattedValue,userEnteredValue/formulaValue,effectiveFormat/numberFormat,userEnteredFormat/textFormat/bold)",
		"the whole": "sheets/data/rowData/values",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				request, err := http.NewRequestWithContext(b.Context(), http.MethodGet,
					"http://stand-in.invalid/v4/spreadsheets/"+id+"?prettyPrint=false&fields="+url.QueryEscape(mask), nil)
				if err != nil {
					b.Fatal(err)
				}
				answer, err := s.Transport().RoundTrip(request)
				if err != nil || answer.StatusCode != http.StatusOK {
					b.Fatal(answer, err)
				}
				b.SetBytes(answer.ContentLength)
			}
		})
	}
}
