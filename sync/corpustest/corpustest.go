// Package corpustest finds the real workbooks, plans and recorded traffic
// against which tests hold the code. They aren't part of the repository.
package corpustest

import (
	"os"
	"path/filepath"
	"testing"
)

// Folder returns a file or folder in the one that STEERCO_CORPUS names; relative
// paths count from the module's root. Without the variable the test is skipped,
// and fails where CI is set; where it is set, the file has to be there.
func Folder(t testing.TB, elem ...string) string {
	t.Helper()
	corpus := os.Getenv("STEERCO_CORPUS")
	if corpus == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("STEERCO_CORPUS is not set, and CI is")
		}
		t.Skip("STEERCO_CORPUS names no folder of real workbooks")
	}
	if !filepath.IsAbs(corpus) {
		corpus = filepath.Join(moduleRoot(t), corpus)
	}
	path := filepath.Join(append([]string{corpus}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("STEERCO_CORPUS: %v", err)
	}
	return path
}

// Files returns the files in a folder of the corpus that match a pattern,
// "*.xl*", sorted by name: at least one.
func Files(t testing.TB, folder, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(Folder(t, folder), pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("STEERCO_CORPUS: no files %s in %s: %v", pattern, folder, err)
	}
	return files
}

// Workbooks returns all workbooks of the corpus: those made to be treacherous,
// and those of real projects.
func Workbooks(t testing.TB) []string {
	t.Helper()
	return append(Files(t, "fidelity", "*.xl*"), Files(t, "workbooks", "*.xl*")...)
}

func moduleRoot(t testing.TB) string {
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
