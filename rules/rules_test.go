package rules_test

import (
	"os"
	"regexp"
	"testing"

	"steerco/rules"
	"steerco/rules/rulestest"
)

// TestRules holds every rule against its table in testdata.
func TestRules(t *testing.T) {
	for _, r := range rules.All(rules.Options{}) {
		t.Run(r.Name, func(t *testing.T) {
			rulestest.Run(t, r, os.DirFS("testdata"), r.Name+".txt")
		})
	}
}

// TestList holds what users rely on: names by which rules can be found, and
// documentation whose first line is a title.
func TestList(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := map[string]bool{}
	for _, r := range rules.All(rules.Options{}) {
		if !kebab.MatchString(r.Name) || seen[r.Name] {
			t.Errorf("name %q: want kebab-case, and once", r.Name)
		}
		seen[r.Name] = true
		if !regexp.MustCompile(`^[A-Z][^\n]*[^.\n]\n\n[A-Z][^\x00]*\.$`).MatchString(r.Doc) {
			t.Errorf("%s: doc %q: want a title, a blank line and sentences", r.Name, r.Doc)
		}
		if got := r.Title(); got == "" || len(got) > 60 {
			t.Errorf("%s: Title = %q, want one short line", r.Name, got)
		}
		if r.Check == nil {
			t.Errorf("%s has no check", r.Name)
		}
	}
}
