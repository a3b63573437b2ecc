package exceltest

import (
	"os"
	"path/filepath"
	"testing"
)

// Corpus returns a folder of the real workbooks that STEERCO_CORPUS names;
// relative paths count from the module's root. Without it the test is skipped;
// where it is set, the folder has to be there.
func Corpus(t *testing.T, elem ...string) string {
	t.Helper()
	corpus := os.Getenv("STEERCO_CORPUS")
	if corpus == "" {
		t.Skip("STEERCO_CORPUS names no folder of real workbooks")
	}
	if !filepath.IsAbs(corpus) {
		corpus = filepath.Join(moduleRoot(t), corpus)
	}
	dir := filepath.Join(append([]string{corpus}, elem...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Fatalf("STEERCO_CORPUS: %v", err)
	}
	return dir
}

// Workbooks returns the workbooks in a folder of the corpus, sorted by name.
func Workbooks(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.xl*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no workbooks in %s: %v", dir, err)
	}
	return files
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	t.Fatalf("no go.mod above the working folder: %v", err)
	return ""
}
