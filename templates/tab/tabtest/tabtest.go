// Package tabtest writes tabs as readable text and holds them against golden
// files. The tests of whatever draws or makes tabs share its flag:
//
//	go test ./templates -update
package tabtest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/templates/tab"
)

var update = flag.Bool("update", false, "write golden files anew instead of comparing")

// Text returns a tab as text: its columns, then a line for each row with its
// height, then one for each cell: place, style, what it says, and what it leads
// to.
func Text(t tab.Tab) string {
	var b strings.Builder
	fmt.Fprintf(&b, "tab %s %q, freeze %d, %s\n", t.Key, t.Title, t.FreezeRows, printed(t.Print))
	b.WriteString("widths")
	for _, c := range t.Columns {
		fmt.Fprintf(&b, " %g", c.Width)
	}
	b.WriteString("\n")
	for i, r := range t.Rows {
		fmt.Fprintf(&b, "row %d, %g points%s\n", i+1, r.Height, outline(r))
		for _, c := range r.Cells {
			fmt.Fprintf(&b, "  %s %s %s%s\n", place(i, c), c.Style, content(c), link(c))
		}
	}
	return b.String()
}

func printed(p tab.Print) string {
	parts := []string{"portrait"}
	if p.Landscape {
		parts[0] = "landscape"
	}
	if p.OnePage {
		parts = append(parts, "one page")
	}
	if p.RepeatRows != [2]int{} {
		parts = append(parts, fmt.Sprintf("rows %d-%d on each page", p.RepeatRows[0], p.RepeatRows[1]))
	}
	return strings.Join(append(parts, fmt.Sprintf("footer %q", p.FooterLeft)), ", ")
}

func outline(r tab.Row) string {
	if r.Folded {
		return fmt.Sprintf(", folded at %d", r.Outline)
	}
	return ""
}

// place returns the cell's name, or its range where it spans several.
func place(row int, c tab.Cell) string {
	name := func(row, column int) string { return string(rune('A'+column)) + fmt.Sprint(row+1) }
	first := name(row, c.Column)
	last := name(row+max(1, c.RowSpan)-1, c.Column+max(1, c.Span)-1)
	if first == last {
		return first
	}
	return first + ":" + last
}

func content(c tab.Cell) string {
	switch {
	case c.Number != nil:
		return fmt.Sprint(*c.Number)
	case !c.Date.IsZero():
		return c.Date.String()
	}
	return fmt.Sprintf("%q", c.Text)
}

func link(c tab.Cell) string {
	if c.Link.IsZero() {
		return ""
	}
	return fmt.Sprintf(" -> row %d %s", c.Link.Row, c.Link.Field)
}

// Golden holds got against the file of that name in testdata, or writes the
// file with -update.
func Golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s is not what it was (-want +got); if it should be, run with -update:\n%s", path, diff)
	}
}
