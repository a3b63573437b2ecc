package gsheets_test

import (
	"encoding/json"
	"os"
	"testing"

	"steerco/sync/corpustest"
	"steerco/sync/workbook"
)

// TestReportedErrors goes over errors of the real service as they were
// reported: each becomes one line, by its code, whatever it says.
func TestReportedErrors(t *testing.T) {
	for _, e := range reportedErrors(t) {
		t.Run(e.When, func(t *testing.T) {
			a := reply{code: e.HTTP, body: e.body(t)}
			kind := map[int]error{
				401: workbook.ErrDenied, 403: workbook.ErrDenied, 404: workbook.ErrNotFound, 429: workbook.ErrUnavailable,
				500: workbook.ErrUnavailable, 503: workbook.ErrUnavailable,
			}[e.HTTP]
			if e.Status == "FAILED_PRECONDITION" {
				kind = workbook.ErrRefused
			}
			checkFault(t, newBroken(t, address).readError(t.Context(), always(a)), kind)
			switch e.When {
			case "cell > 50000 chars", "10M cells", "18278 columns":
				kind = workbook.ErrRefused
			case "protected cell":
				kind = workbook.ErrDenied
			}
			checkFault(t, newBroken(t, address).writeError(t, t.Context(), always(a)), kind)
		})
	}
}

type reportedError struct {
	When            string
	HTTP            int
	Status, Message string
	Details, Errors any
}

func (e reportedError) body(t *testing.T) string {
	t.Helper()
	told := map[string]any{"code": e.HTTP, "message": e.Message}
	if e.Status != "" {
		told["status"] = e.Status
	}
	if details, ok := e.Details.([]any); ok {
		told["details"] = details
	}
	if e.Errors != nil {
		told["errors"] = e.Errors
	}
	body, err := json.Marshal(map[string]any{"error": told})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func reportedErrors(t *testing.T) []reportedError {
	t.Helper()
	text, err := os.ReadFile(corpustest.Folder(t, "google", "errors_reported.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Errors []reportedError }
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if len(all.Errors) < 30 {
		t.Fatalf("got %d errors, want all", len(all.Errors))
	}
	return all.Errors
}
