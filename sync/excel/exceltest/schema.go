package exceltest

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// schemas are the files of the published schemas by the namespace of a part's
// root element. Parts of any other namespace, the strict ones among them, are
// only checked for being well-formed.
func schemas() map[string]string {
	return map[string]string{
		"http://schemas.openxmlformats.org/spreadsheetml/2006/main":                 "sml.xsd",
		"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing":       "dml-spreadsheetDrawing.xsd",
		"http://schemas.openxmlformats.org/drawingml/2006/chart":                    "dml-chart.xsd",
		"http://schemas.openxmlformats.org/drawingml/2006/main":                     "dml-main.xsd",
		"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "shared-documentPropertiesExtended.xsd",
		"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties":   "shared-documentPropertiesCustom.xsd",
	}
}

// Schemas holds parts against the published schemas, many in one go: each
// schema is loaded once.
type Schemas struct {
	dir   string // of the schemas
	parts map[string][]candidate
	bad   map[Part]string
	added map[Part]string // the schema of each part
}

// Part names a part of a workbook in messages.
type Part struct {
	// Workbook says which one: the file's name, and in which state.
	Workbook, Name string
}

type candidate struct {
	part Part
	xml  []byte
}

// NewSchemas returns Schemas over the folder of the published ones. Without
// xmllint the test is skipped, or fails where everything has to be there.
func NewSchemas(t *testing.T, dir string) *Schemas {
	t.Helper()
	Need(t, "xmllint")
	return &Schemas{dir: dir, parts: map[string][]candidate{}, bad: map[Part]string{}, added: map[Part]string{}}
}

// Need skips the test when a program isn't installed; with CI set in the
// environment it fails instead.
func Need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	missing(t, program)
}

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is not installed", what)
	}
	t.Skipf("%s is not installed: install it to run this test", what)
}

// Add takes a part to be checked, once. It reports whether there is a schema
// for it.
func (s *Schemas) Add(p Part, content []byte) bool {
	if schema, ok := s.added[p]; ok {
		return schema != ""
	}
	s.added[p] = ""
	root, err := parse(content)
	if err != nil {
		s.bad[p] = "not well-formed: " + err.Error()
		return false
	}
	schema, ok := schemas()[root.name.Space]
	if !ok {
		return false
	}
	s.added[p] = schema
	s.parts[schema] = append(s.parts[schema], candidate{p, root.prepared()})
	return true
}

// Check returns what is wrong with each part that was added; parts without
// fault aren't in it.
func (s *Schemas) Check(t *testing.T) map[Part]string {
	t.Helper()
	for schema, parts := range s.parts {
		s.lint(t, schema, parts)
	}
	s.parts = map[string][]candidate{}
	return s.bad
}

func (s *Schemas) lint(t *testing.T, schema string, parts []candidate) {
	t.Helper()
	dir := t.TempDir()
	args := []string{"--nonet", "--noout", "--huge", "--schema", filepath.Join(s.dir, schema)}
	byFile := map[string]Part{}
	for i, c := range parts {
		file := filepath.Join(dir, fmt.Sprintf("%05d.xml", i))
		if err := os.WriteFile(file, c.xml, 0o600); err != nil {
			t.Fatal(err)
		}
		args, byFile[file] = append(args, file), c.part
	}
	out, err := exec.CommandContext(t.Context(), "xmllint", args...).CombinedOutput()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		t.Fatal(err)
	}
	s.collect(t, out, byFile)
}

// collect reads what xmllint says: faults by file and line, of which the first
// is kept, and for each file whether it validates.
func (s *Schemas) collect(t *testing.T, out []byte, byFile map[string]Part) {
	t.Helper()
	faults, judged := map[string]string{}, 0
	for line := range bytes.Lines(out) {
		text := strings.TrimSpace(string(line))
		file, rest, _ := strings.Cut(text, ".xml")
		file += ".xml"
		p, known := byFile[file]
		switch {
		case !known:
		case strings.HasPrefix(rest, " validates"):
			judged++
		case strings.HasPrefix(rest, " fails to validate"):
			judged++
			s.bad[p] = cmp.Or(faults[file], "does not validate")
		default:
			faults[file] = cmp.Or(faults[file], "line "+strings.TrimPrefix(rest, ":"))
		}
	}
	if judged != len(byFile) {
		t.Fatalf("xmllint judged %d of %d parts:\n%s", judged, len(byFile), out)
	}
}
