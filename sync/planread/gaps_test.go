package planread_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules/plan"
	"steerco/sync/planread"
)

// TestGapRegisters reads the registers in testdata/gaps and holds them against
// what is expected of them.
func TestGapRegisters(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "gaps", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d registers, error %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			written, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(file, ".txt") + ".want")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), register(read(t, string(written)))); diff != "" {
				t.Errorf("register (-want +got):\n%s", diff)
			}
		})
	}
}

// register writes what was read of the gap register.
func register(r *planread.Reading) string {
	var b strings.Builder
	for _, table := range r.Tables {
		if table.Kind != plan.Gaps {
			continue
		}
		fmt.Fprintf(&b, "table %s, header %d, rows %d, parents %d, first %q, last %q, done %d\ncolumns ", table.Sheet, table.HeaderRows[0]+1, table.Rows, table.Parents, table.First, table.Last, table.Done)
		for i, c := range table.Columns {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(string(c.Field))
		}
		b.WriteByte('\n')
	}
	for i := range r.Plan.Gaps {
		g := &r.Plan.Gaps[i]
		fmt.Fprintf(&b, "%s | %s | %s | fit %s | blocker %v | recommended %q | decision %q | reason %q | effort %s | cost %s | by %s | decided %s %s | tasks %v | status %s\n",
			g.ID, g.Area, g.Requirement, g.Fit, g.GoLiveBlocker.Value, string(g.RecommendedDecision), string(g.Decision), g.Reason, g.Effort, g.Cost,
			g.DecideBy, g.DecidedOn, g.DecidedBy, g.TaskIndexes, g.Status)
	}
	for _, f := range r.Plan.Faults {
		_, cell := r.Cell(f.At)
		fmt.Fprintf(&b, "fault %s %s\n", cell, f.Text)
	}
	return b.String()
}
