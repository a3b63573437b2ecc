package planread_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"steerco/rules/calendar"
	"steerco/sync/planread"
)

// madePlan is a plan of n linked tasks: a header and rows of cells.
func madePlan(n int) [][]string {
	rows := [][]string{{"ID", "Task", "Owner", "Start", "Finish", "Duration", "% complete", "Status", "Predecessors", "Phase"}}
	words := []string{"Done", "In progress", "Not started"}
	for i := 1; i <= n; i++ {
		start := calendar.New(2026, 3, 2).AddDays(i)
		link := ""
		if i > 1 {
			link = fmt.Sprintf("T%d", 1+i/2)
		}
		if link == fmt.Sprintf("T%d", i) {
			link = "T1FS+2d"
		}
		rows = append(rows, []string{
			fmt.Sprintf("T%d", i), fmt.Sprintf("Task of the number %d", i), fmt.Sprintf("Owner %d", i%7), start.String(),
			start.AddDays(4).String(), "5", fmt.Sprintf("%d%%", i%100), words[i%3], link, fmt.Sprintf("Phase %c", 'A'+i*4/(n+1)),
		})
	}
	return rows
}

func written(rows [][]string) string {
	var b strings.Builder
	b.WriteString("== Plan\n")
	for _, r := range rows {
		b.WriteString(strings.Join(r, " | ") + "\n")
	}
	return b.String()
}

// byKey writes what was read of each task, without what hangs on its place.
func byKey(r *planread.Reading) map[string]string {
	all := map[string]string{}
	for i := range r.Plan.Tasks {
		task := r.Plan.Tasks[i]
		var links []string
		for _, l := range task.Relations {
			links = append(links, fmt.Sprint(r.Plan.Tasks[l.Task].ID, l.Type, l.Lag))
		}
		task.Row, task.Relations, task.Parent = 0, nil, 0
		all[task.Key] = fmt.Sprintf("%+v %v", task, links)
	}
	return all
}

// TestShuffledColumnsAndRowsGiveTheSamePlan: what a task is doesn't hang on
// where it stands.
func TestShuffledColumnsAndRowsGiveTheSamePlan(t *testing.T) {
	rows := madePlan(12)
	want := byKey(read(t, written(rows)))
	rapid.Check(t, func(rt *rapid.T) {
		columns := rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}).Draw(rt, "columns")
		order := rapid.Permutation([]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}).Draw(rt, "rows")
		shuffled := make([][]string, 0, len(rows))
		for _, r := range append([]int{0}, order...) {
			var cells []string
			for _, c := range columns {
				cells = append(cells, rows[r][c])
			}
			shuffled = append(shuffled, cells)
		}
		if diff := cmp.Diff(want, byKey(read(t, written(shuffled)))); diff != "" {
			rt.Fatalf("plan (-want +got):\n%s", diff)
		}
	})
}

// TestTwoReadingsAreTheSame: nothing hangs on the order of a map.
func TestTwoReadingsAreTheSame(t *testing.T) {
	text := written(madePlan(40))
	first := read(t, text)
	for range 5 {
		again := read(t, text)
		if diff := cmp.Diff(first, again, cmpopts.IgnoreUnexported(planread.Reading{})); diff != "" {
			t.Fatalf("second reading (-first +second):\n%s", diff)
		}
	}
}

// TestAnyCellsAreReadWithoutHarm: whatever stands in a workbook, reading ends
// with a plan or an error, and every row and cell told of exists.
func TestAnyCellsAreReadWithoutHarm(t *testing.T) {
	texts := []string{
		"", "ID", "Task", "Start", "Finish", "Owner", "Status", "% done", "Predecessors", "Design", "*Build", "_Code", "1", "1.1", "2026-03-02",
		"'05/02/25", "TBD", "Done", "50%", "=", "=#REF!", "#REF!", "TRUE", "1FS+2d", "3,4", "-", "Total", "Template rows", "5d", "Phase",
	}
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom(texts), 0, 7), 0, 12).Draw(rt, "rows")
		rows = append([][]string{{"ID", "Task", "Start", "Finish", "Status", "Predecessors"}}, rows...)
		r, err := planread.Read(book(t, written(rows)), planread.Options{})
		if err != nil {
			return
		}
		for i := range r.Plan.Tasks {
			task := &r.Plan.Tasks[i]
			if o, ok := r.Origin(task.Row); !ok || o.Row > len(rows) || task.Parent >= len(r.Plan.Tasks) {
				rt.Fatalf("task %q: origin %+v, parent %d", task.Name, o, task.Parent)
			}
		}
		for _, f := range r.Plan.Faults {
			if sheet, _ := r.Cell(f.At); sheet != "Plan" || f.Text == "" || f.Fix == "" {
				rt.Fatalf("fault without place or mend: %+v", f)
			}
		}
	})
}

// BenchmarkRead reads a plan of 10,000 tasks in 15 columns.
func BenchmarkRead(b *testing.B) {
	rows := madePlan(10000)
	for i := range rows {
		extra := []string{"Notes", "Baseline finish", "Cost", "Priority", "Area"}
		if i > 0 {
			extra = []string{"a note", "2026-06-01", "1200", "High", fmt.Sprintf("Area %d", i%20)}
		}
		rows[i] = append(rows[i], extra...)
	}
	bk := book(b, written(rows))
	for b.Loop() {
		r, err := planread.Read(bk, planread.Options{})
		if err != nil || len(r.Plan.Tasks) != 10000 {
			b.Fatalf("got %v, want 10,000 tasks", err)
		}
	}
}

// TestEveryKeyIsUnique, whatever ids and names stand in the table.
func TestEveryKeyIsUnique(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := [][]string{{"ID", "Task", "Finish"}}
		for range rapid.IntRange(1, 15).Draw(rt, "n") {
			rows = append(rows, []string{
				rapid.SampledFrom([]string{"", "1", "2", "A", "a#2", "a"}).Draw(rt, "id"),
				rapid.SampledFrom([]string{"A", "a", "B", "A#2"}).Draw(rt, "name"), "2026-03-02",
			})
		}
		r, err := planread.Read(book(t, written(rows)), planread.Options{})
		if err != nil {
			return
		}
		var keys []string
		for _, task := range r.Plan.Tasks {
			keys = append(keys, task.Key)
		}
		slices.Sort(keys)
		if len(slices.Compact(slices.Clone(keys))) != len(keys) {
			rt.Fatalf("got keys %q", keys)
		}
	})
}
