package gsheets_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"google.golang.org/api/option"
	"google.golang.org/api/sheets/v4"

	"steerco/rules/calendar"
	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook/workbooktest"
)

// plausible returns a plan of some rows in 20 columns as teams write it.
func plausible(rows int) workbooktest.Sheet {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("load customers products prices check interface warehouse returns invoice report train shops rehearse cut-over " +
		"migrate open orders freeze approve accept vendor contract gap workaround label printer tax discount split delivery gift card")
	text := func(n int) string {
		var all []string
		for range n {
			all = append(all, words[r.IntN(len(words))])
		}
		return strings.Join(all, " ")
	}
	pick := func(all ...any) any { return all[r.IntN(len(all))] }
	day := func() any { return calendar.New(2026, 1, 5).AddDays(r.IntN(400)) }
	plan := workbooktest.Sheet{Name: "Plan"}
	for i := range rows {
		plan.Rows = append(plan.Rows, []any{
			fmt.Sprintf("T%d", i+1), fmt.Sprintf("%d.%d.%d", i/100+1, i/10%10+1, i%10+1), pick("Sales", "Finance", "Logistics", "IT"), text(5), text(2),
			pick("Ada", "Ben", "Cleo", "Dan", "Eve"), day(), day(), float64(r.IntN(40)), float64(r.IntN(20)) / 20,
			pick("done", "open", "in progress", "blocked"), pick(nil, fmt.Sprintf("T%d", r.IntN(i+1)+1)), day(), day(),
			pick(nil, day()), pick(nil, "x"), float64(r.IntN(100000)) / 100, pick(nil, nil, text(12)), pick(true, false), pick(nil, "high", "low"),
		})
	}
	return plan
}

const (
	plausibleRows = 2000
	mostBytes     = 1 << 20
)

// TestAPlanIsReadInOneSmallAnswer counts the calls and the bytes on the wire of
// reading 2,000 rows of 20 columns.
func TestAPlanIsReadInOneSmallAnswer(t *testing.T) {
	server, url := sheetstest.Start(t, sheetstest.Options{})
	s := newSpreadsheet(t, server, []workbooktest.Sheet{plausible(plausibleRows)})
	b, err := gsheets.Open(t.Context(), s.id, gsheets.Options{Client: &http.Client{}, Endpoint: url})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{2, 1, 1} {
		before := len(server.Calls())
		book := s.read(b)
		calls := server.Calls()[before:]
		if len(calls) != want {
			t.Errorf("calls: got %d, want %d", len(calls), want)
		}
		read := calls[len(calls)-1]
		if read.Bytes > mostBytes || len(book.Sheets[0].Rows) != plausibleRows {
			t.Errorf("got %d bytes for %d rows, want at most %d for %d", read.Bytes, len(book.Sheets[0].Rows), mostBytes, plausibleRows)
		}
		t.Logf("%d bytes on the wire", read.Bytes)
	}
	api, err := sheets.NewService(t.Context(), option.WithHTTPClient(&http.Client{}), option.WithEndpoint(url))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := api.Spreadsheets.Get(s.id).Fields(gsheets.VersionMask).Context(t.Context()).Do(); err != nil {
		t.Fatal(err)
	}
	calls := server.Calls()
	full, narrow := calls[len(calls)-2].Bytes, calls[len(calls)-1].Bytes
	t.Logf("%d bytes on the wire by a narrow reading", narrow)
	if narrow >= full {
		t.Errorf("a narrow reading: got %d bytes, want less than the %d of a full one", narrow, full)
	}
}

// BenchmarkRead makes a Book of an answer with 2,000 rows of 20 columns; the
// floor is to decode the JSON alone.
func BenchmarkRead(b *testing.B) {
	s := newSpreadsheet(b, sheetstest.New(sheetstest.Options{}), []workbooktest.Sheet{plausible(plausibleRows)})
	got, err := s.api().Spreadsheets.Get(s.id).Fields(gsheets.ReadMask).Context(b.Context()).Do()
	if err != nil {
		b.Fatal(err)
	}
	body, err := json.Marshal(got)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var s sheets.Spreadsheet
			if err := json.Unmarshal(body, &s); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("book", func(b *testing.B) {
		backend, err := gsheets.Open(b.Context(), "the-id", gsheets.Options{Client: &http.Client{Transport: &answers{body: body}}})
		if err != nil {
			b.Fatal(err)
		}
		s.read(backend)
		b.ReportAllocs()
		for b.Loop() {
			s.read(backend)
		}
	})
}
