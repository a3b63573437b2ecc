package gsheets_test

import (
	"fmt"
	"net/http"
	"testing"

	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook/workbooktest"
)

// TestSizeOfABatch writes the tabs and highlights of 500 findings and more:
// Google advises to stay below 2 MB.
func TestSizeOfABatch(t *testing.T) {
	rows := [][]any{{"ID", "Task", "Start", "Finish", "% Complete", "Status", "Owner", "Predecessors"}}
	for i := range 600 {
		rows = append(rows, []any{
			fmt.Sprint("T", i), fmt.Sprintf("Work package %d of the roll-out, with the integration of the %dth channel", i, i%7),
			fillDay.AddDays(-40 - i%20), fillDay.AddDays(-1 - i%20), float64(i%9) / 10, "In progress", fmt.Sprintf("Lead %d", i%23), nil,
		})
	}
	server := sheetstest.New(sheetstest.Options{})
	s := newSpreadsheet(t, server, []workbooktest.Sheet{{Name: planTitle, Rows: rows}})
	w := &wire{server: server.Transport()}
	b, err := gsheets.Open(t.Context(), s.id, gsheets.Options{Client: &http.Client{Transport: w}})
	if err != nil {
		t.Fatal(err)
	}
	r := runOver(t, b)
	if len(r.Findings) < 500 {
		t.Fatalf("findings: got %d, want 500 and more", len(r.Findings))
	}
	size := len(w.batches[len(w.batches)-1])
	t.Logf("%d findings, %d requests: %d bytes", len(r.Findings), len(w.requests(t)), size)
	if size > 2_000_000 {
		t.Errorf("%d findings: got a batch of %d bytes, want 2 MB at most", len(r.Findings), size)
	}
	runOver(t, b)
	if len(w.batches) != 1 {
		t.Errorf("second run: got %d batches, want none", len(w.batches)-1)
	}
}
