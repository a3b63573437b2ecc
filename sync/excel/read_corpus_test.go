package excel

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"steerco/sync/corpustest"
	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// refusedToWrite and refusedToRead are the files of the corpus, by number,
// that are refused.
var (
	refusedToRead  = []string{"046"}
	refusedToWrite = []string{"009", "024", "078", "080", "098"}
)

func isListed(file string, numbers []string) bool {
	if filepath.Base(filepath.Dir(file)) != "fidelity" {
		return false
	}
	for _, n := range numbers {
		if strings.HasPrefix(filepath.Base(file), n+"_") {
			return true
		}
	}
	return false
}

// TestReadsRealFiles reads real workbooks: what is to be refused is refused
// with a reason and a mend, all else is read.
func TestReadsRealFiles(t *testing.T) {
	for _, file := range corpustest.Workbooks(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			d, err := openDocument(filepath.Base(file), data, ooxml.Limits{})
			if isListed(file, refusedToRead) {
				checkRefused(t, err)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := refuseWrite(d); isListed(file, refusedToWrite) {
				checkRefused(t, err)
			} else if err != nil {
				t.Errorf("refuseWrite: got %v, want nil", err)
			}
			b, _, err := readBook(t.Context(), d, data, readOptions{})
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range b.Warnings {
				t.Log(w)
			}
			if len(b.Sheets) == 0 {
				t.Error("no sheet was read")
			}
		})
	}
}

func checkRefused(t *testing.T, err error) {
	t.Helper()
	var e *workbook.Error
	if !errors.Is(err, workbook.ErrRefused) || !errors.As(err, &e) || e.Fix == "" {
		t.Fatalf("got %v, want a refusal with a mend", err)
	}
	t.Log(err)
}
