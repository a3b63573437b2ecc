package excel

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// corpusFiles returns the real workbooks, or skips the test.
func corpusFiles(t testing.TB) []string {
	t.Helper()
	root := os.Getenv("STEERCO_CORPUS")
	if root == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("STEERCO_CORPUS is not set, and CI is")
		}
		t.Skip("STEERCO_CORPUS is not set: real workbooks are not tested")
	}
	var all []string
	for _, pattern := range []string{"fidelity/*.xl*", "workbooks/*.xl*"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("STEERCO_CORPUS: no files %s in %q: %v", pattern, root, err)
		}
		all = append(all, files...)
	}
	return all
}

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
	for _, file := range corpusFiles(t) {
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
