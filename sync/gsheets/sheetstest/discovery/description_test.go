package discovery_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"steerco/sync/gsheets/sheetstest/discovery"
)

var update = flag.Bool("update", false, "write the description anew instead of comparing")

// described is Google's description as its Go module ships it.
type described struct {
	Parameters map[string]schema
	Schemas    map[string]schema
	resource
}

type resource struct {
	Resources map[string]resource
	Methods   map[string]struct {
		HTTPMethod, Path  string
		Parameters        map[string]schema
		Request, Response struct {
			Ref string `json:"$ref"`
		}
	}
}

type schema struct {
	Type, Format, Location string
	Ref                    string `json:"$ref"`
	Repeated               bool
	Enum                   []string
	Items                  *schema
	AdditionalProperties   *schema
	Properties             map[string]schema
}

// TestDescriptionIsTheModules makes the short form anew from the module and
// holds the committed one against it.
func TestDescriptionIsTheModules(t *testing.T) {
	want := short(t)
	if *update {
		if err := os.WriteFile("sheets.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("sheets.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("sheets.txt isn't what the module describes: run go generate in this folder, and read the difference")
	}
}

func short(t *testing.T) string {
	t.Helper()
	dir, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "google.golang.org/api").Output()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "sheets", "v4", "sheets-api.json"))
	if err != nil {
		t.Fatal(err)
	}
	var d described
	if err := json.Unmarshal(content, &d); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("global\n")
	writeFields(&b, d.Parameters)
	writeMethods(&b, "", d.resource)
	for _, name := range slices.Sorted(maps.Keys(d.Schemas)) {
		fmt.Fprintf(&b, "schema %s\n", name)
		writeFields(&b, d.Schemas[name].Properties)
	}
	return b.String()
}

func writeMethods(b *strings.Builder, prefix string, r resource) {
	for _, name := range slices.Sorted(maps.Keys(r.Methods)) {
		m := r.Methods[name]
		fmt.Fprintf(b, "method %s%s %s %s %s %s\n", prefix, name, m.HTTPMethod, m.Path, cmp.Or(m.Request.Ref, "-"), cmp.Or(m.Response.Ref, "-"))
		maps.DeleteFunc(m.Parameters, func(_ string, s schema) bool { return s.Location == "path" })
		writeFields(b, m.Parameters)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Resources)) {
		writeMethods(b, prefix+name+".", r.Resources[name])
	}
}

func writeFields(b *strings.Builder, fields map[string]schema) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		fmt.Fprintf(b, "\t%s %s\n", name, shortType(fields[name]))
	}
}

func shortType(s schema) string {
	switch {
	case s.Repeated:
		s.Repeated = false
		return "[]" + shortType(s)
	case s.Items != nil:
		return "[]" + shortType(*s.Items)
	case s.AdditionalProperties != nil:
		return "{}" + shortType(*s.AdditionalProperties)
	case s.Enum != nil:
		return "enum:" + strings.Join(s.Enum, "|")
	}
	return strings.TrimPrefix(cmp.Or(s.Ref, s.Format, s.Type), "google-")
}

func TestSheetsIsDescribed(t *testing.T) {
	a := discovery.Sheets()
	if got, want := a.Methods["spreadsheets.get"].Path, "v4/spreadsheets/{spreadsheetId}"; got != want {
		t.Errorf("path of get: got %q, want %q", got, want)
	}
	if got, want := a.Schemas["ValueRange"]["values"].Of.Of.Name, "any"; got != want {
		t.Errorf("values of a ValueRange are lists of lists: got %q, want %q", got, want)
	}
	for name, fields := range a.Schemas {
		for field, typ := range fields {
			if typ := element(typ); strings.ToUpper(typ[:1]) == typ[:1] && a.Schemas[typ] == nil {
				t.Errorf("%s.%s: message %s isn't described", name, field, typ)
			}
		}
	}
}

func element(t discovery.Type) string {
	for t.Of != nil {
		t = *t.Of
	}
	return t.Name
}
