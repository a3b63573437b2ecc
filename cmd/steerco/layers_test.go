package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// allowed is the table of imports within the module: a package may import
// those listed and nothing else of ours. Test files may also import the
// package's own test helpers.
var allowed = map[string][]string{
	"rules/calendar":  {},
	"rules/plan":      {"rules/calendar"},
	"rules":           {"rules/calendar", "rules/plan"},
	"rules/rulestest": {"rules", "rules/calendar", "rules/plan"},

	"templates/tab":         {"rules/calendar", "rules/plan"},
	"templates/tab/tabtest": {"templates/tab"},
	"templates/report":      {"rules", "rules/calendar", "rules/plan"},
	"templates/starter":     {"rules/calendar", "rules/plan", "templates/tab"},
	"templates":             {"rules", "rules/calendar", "rules/plan", "templates/report", "templates/tab"},

	"sync/workbook":                     {"rules/calendar", "rules/plan", "templates/tab"},
	"sync/workbook/workbooktest":        {"rules/calendar", "rules/plan", "templates/tab", "sync/workbook"},
	"sync/memory":                       {"rules/calendar", "templates/tab", "sync/workbook"},
	"sync/memory/memorytest":            {"sync/memory", "sync/workbook", "sync/workbook/workbooktest"},
	"sync/excel/ooxml":                  {},
	"sync/excel/exceltest":              {"rules/calendar", "rules/plan", "templates/tab", "sync/workbook", "sync/excel/ooxml"},
	"sync/excel":                        {"rules/calendar", "rules/plan", "templates/starter", "templates/tab", "sync/workbook", "sync/excel/ooxml"},
	"sync/gsheets/address":              {},
	"sync/gsheets/quota":                {"sync/pause"},
	"sync/gsheets/signin":               {"sync/workbook", "sync/gsheets/address"},
	"sync/gsheets/sheetstest/discovery": {},
	"sync/gsheets/sheetstest/formula":   {},
	"sync/gsheets/sheetstest":           {"sync/workbook", "sync/gsheets/sheetstest/discovery", "sync/gsheets/sheetstest/formula"},
	"sync/gsheets/sheetstest/xlsx":      {"sync/workbook", "sync/gsheets/sheetstest"},
	"sync/gsheets":                      {"rules/calendar", "templates/starter", "templates/tab", "sync/workbook", "sync/gsheets/address", "sync/gsheets/quota"},
	"sync/corpustest":                   {},
	"sync/pause":                        {},
	"sync/retry":                        {"sync/pause", "sync/workbook"},
	"sync/planread":                     {"rules/calendar", "rules/plan", "sync/workbook"},
	"sync/highlight":                    {"rules", "rules/calendar", "rules/plan", "templates/tab", "sync/workbook", "sync/planread"},
	"sync/config":                       {"rules", "rules/calendar", "rules/plan", "sync/planread", "sync/gsheets/address"},
	"sync/run": {
		"rules", "rules/calendar", "rules/plan", "templates", "templates/report", "templates/tab",
		"sync/workbook", "sync/planread", "sync/highlight",
	},
}

// clocks are the functions with which code would learn the time or wait, and
// what reads from outside through a package that is pure otherwise.
var clocks = map[string][]string{
	"time": {"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "LoadLocation", "Local"},
	"fmt":  {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
}

// impure are the packages of the standard library that the pure half doesn't
// import: files, network, processes, environment, context, logs, randomness.
var impure = []string{
	"os", "net", "log", "context", "syscall", "math/rand", "crypto/rand", "io/ioutil", "path/filepath", "os/exec", "runtime",
}

type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
}

// TestLayers holds every package against the table of allowed imports.
func TestLayers(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "steerco/")
		if name == "cmd/steerco" {
			continue
		}
		want, known := allowed[name]
		if !known {
			t.Errorf("package %s is not in the table of allowed imports: enter it first", name)
			continue
		}
		for _, i := range p.Imports {
			if own, ok := strings.CutPrefix(i, "steerco/"); ok && !slices.Contains(want, own) {
				t.Errorf("%s imports %s: the table doesn't allow it", name, own)
			}
			if isPure(name) && isImpure(i) {
				t.Errorf("%s imports %s: the pure half knows no files, network, context or log", name, i)
			}
		}
	}
}

// TestPureHalfHasNoClock goes over the code of the pure half for what an import
// alone doesn't tell: the clock, the terminal, goroutines.
func TestPureHalfHasNoClock(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "steerco/")
		if !isPure(name) {
			continue
		}
		for _, file := range p.GoFiles {
			files := token.NewFileSet()
			tree, err := parser.ParseFile(files, filepath.Join(p.Dir, file), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				if what := impureCode(n, name); what != "" {
					t.Errorf("%s: %s: the pure half has no clock, terminal or goroutines", files.Position(n.Pos()), what)
				}
				return true
			})
		}
	}
}

// impureCode names what a node does that the pure half doesn't do.
func impureCode(n ast.Node, pkg string) string {
	switch n := n.(type) {
	case *ast.GoStmt:
		if pkg != "rules/risk" {
			return "go statement"
		}
	case *ast.SelectorExpr:
		if x, ok := n.X.(*ast.Ident); ok && slices.Contains(clocks[x.Name], n.Sel.Name) {
			return x.Name + "." + n.Sel.Name
		}
	}
	return ""
}

func TestImpureCodeIsSeen(t *testing.T) {
	tree, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nfunc f() { go f(); _ = time.Now() }", 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	ast.Inspect(tree, func(n ast.Node) bool {
		if what := impureCode(n, "rules"); what != "" {
			got = append(got, what)
		}
		return true
	})
	if want := []string{"go statement", "time.Now"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "steerco/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// isPure reports whether a package belongs to the pure half. Helpers of tests
// that read golden files don't.
func isPure(name string) bool {
	return (strings.HasPrefix(name, "rules") || strings.HasPrefix(name, "templates")) && name != "templates/tab/tabtest"
}

func isImpure(path string) bool {
	for _, i := range impure {
		if path == i || strings.HasPrefix(path, i+"/") {
			return true
		}
	}
	return false
}
