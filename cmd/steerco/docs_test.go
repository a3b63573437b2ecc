package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"steerco/rules"
	"steerco/templates/tab/tabtest"
)

// TestRulesPage holds docs/rules.md against the documentation of the rules
// themselves; go test ./cmd/steerco -update writes it anew.
func TestRulesPage(t *testing.T) {
	var b strings.Builder
	b.WriteString("# The rules\n\nMade from the rules themselves. `config.example.yaml` shows how each is tuned, muted or given another\nseverity under its name.\n")
	for _, r := range rules.All(rules.Options{}) {
		title, text, _ := strings.Cut(r.Doc, "\n")
		fmt.Fprintf(&b, "\n## %s: %s\n\n%s\n", r.Name, title, strings.TrimSpace(text))
	}
	tabtest.Golden(t, filepath.Join("..", "..", "..", "docs", "rules.md"), b.String())
}

// TestReadmeCommandsAreTried wants each command of the README in the script
// that runs them, where $URL1 is the address of a spreadsheet.
func TestReadmeCommandsAreTried(t *testing.T) {
	script := "\n" + file(t, "cmd", "steerco", "testdata", "script", "readme.txtar")
	n := 0
	for line := range strings.Lines(file(t, "README.md")) {
		command, _, _ := strings.Cut(strings.TrimSpace(line), "#")
		command = strings.TrimSpace(strings.Replace(command, "go run ./cmd/steerco", "steerco", 1))
		command = strings.Replace(command, `"https://docs.google.com/spreadsheets/d/…/edit"`, "$URL1", 1)
		if !strings.HasPrefix(line, "    ") || !strings.HasPrefix(command, "steerco ") {
			continue
		}
		n++
		if !strings.Contains(script, " "+command+"\n") {
			t.Errorf("the README's command %q is not in readme.txtar", command)
		}
	}
	if n < 5 {
		t.Errorf("got %d commands in the README, want at least 5", n)
	}
}

// TestJSONPage wants each field that --json prints in docs/json.md.
func TestJSONPage(t *testing.T) {
	page := file(t, "docs", "json.md")
	for _, v := range []any{
		checkOutput{Findings: []findingOutput{{}}, CannotJudge: []unknownOutput{{}}},
		inspectOutput{Tables: []tableOutput{{}}, Guesses: []guessOutput{{}}, Faults: []faultOutput{{}}, Skipped: []skippedOutput{{}}},
		syncOutput{Plans: []syncedOutput{{Changes: []changeOutput{{}}}}},
		doctorOutput{Checks: []checkedOutput{{}}},
	} {
		for _, name := range fieldNames(t, v) {
			if !strings.Contains(page, "`"+name+"`") {
				t.Errorf("docs/json.md doesn't name the field %q of %T", name, v)
			}
		}
	}
}

// fieldNames returns the names of all fields that a value has in JSON.
func fieldNames(t *testing.T, v any) []string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		t.Fatal(err)
	}
	var names []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				names = append(names, name)
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(plain)
	return names
}

// file returns the text of a file of the project.
func file(t *testing.T, path ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(append([]string{"..", ".."}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
