package run_test

import (
	"compress/flate"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/sync/excel"
	"steerco/sync/excel/ooxml"
	"steerco/sync/run"
	"steerco/templates"
)

const (
	largeTasks = 10_000
	// lateEvery makes about 500 findings of them.
	lateEvery = 20
	// mostFloors is how many times as long as the floor a run may take.
	mostFloors = 3
)

// BenchmarkRun is a whole run over a workbook of 10,000 tasks and 15 columns
// that steerco has never written. "x-floor" is how many times as long it takes
// as what no run can do without: inflate, scan the tags, deflate at the level
// that the writer uses. Both are measured in turn; of each the fastest counts,
// which other processes have disturbed least.
func BenchmarkRun(b *testing.B) {
	data := largeWorkbook(b)
	path := filepath.Join(b.TempDir(), "plan.xlsx")
	var floors, runs []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		if err := os.WriteFile(path, data, 0o600); err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		floor(b, data)
		floors = append(floors, time.Since(start))
		b.StartTimer()
		start = time.Now()
		checkLarge(b, largeRun(b, path))
		runs = append(runs, time.Since(start))
	}
	ratio := float64(slices.Min(runs)) / float64(slices.Min(floors))
	b.ReportMetric(ratio, "x-floor")
	b.ReportMetric(slices.Min(floors).Seconds()*1000, "floor-ms")
	if b.N > 4 && ratio > mostFloors {
		b.Errorf("a run takes %.2f times the floor, want at most %d", ratio, mostFloors)
	}
}

// BenchmarkRunUnchanged is the run after that one, which writes nothing.
// "x-floor" is against inflating and scanning alone.
func BenchmarkRunUnchanged(b *testing.B) {
	path := filepath.Join(b.TempDir(), "plan.xlsx")
	if err := os.WriteFile(path, largeWorkbook(b), 0o600); err != nil {
		b.Fatal(err)
	}
	largeRun(b, path)
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	var floors, runs []time.Duration
	for b.Loop() {
		b.StopTimer()
		start := time.Now()
		scanFloor(b, data)
		floors = append(floors, time.Since(start))
		b.StartTimer()
		start = time.Now()
		if r := largeRun(b, path); r.Written {
			b.Fatalf("the second run has written: %v", r.Changes)
		}
		runs = append(runs, time.Since(start))
	}
	b.ReportMetric(float64(slices.Min(runs))/float64(slices.Min(floors)), "x-floor")
	b.ReportMetric(slices.Min(floors).Seconds()*1000, "floor-ms")
}

func largeRun(t testing.TB, path string) run.Result {
	t.Helper()
	backend, err := excel.Open(path, excel.Options{StateDir: filepath.Dir(path)})
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := templates.Default()
	if err != nil {
		t.Fatal(err)
	}
	r, err := run.Run(t.Context(), run.Options{
		Backend: backend, Today: today, Rules: rules.All(rules.Options{}), Templates: drawn, Version: "test",
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func checkLarge(t testing.TB, r run.Result) {
	t.Helper()
	if n := len(r.Reading.Plan.Tasks); n != largeTasks {
		t.Fatalf("got %d tasks, want %d", n, largeTasks)
	}
	if n := len(r.Findings); n < 400 || n > 700 {
		t.Fatalf("got %d findings, want about 500", n)
	}
	if !r.Written {
		t.Fatal("nothing was written")
	}
}

// floor inflates the parts, scans their tags, and deflates them again.
func floor(t testing.TB, data []byte) {
	t.Helper()
	w, err := flate.NewWriter(io.Discard, 5)
	check(t, err)
	inflated(t, data, func(part []byte) {
		scan(part)
		_, err := w.Write(part)
		check(t, err)
	})
	check(t, w.Close())
}

func scanFloor(t testing.TB, data []byte) {
	t.Helper()
	inflated(t, data, scan)
}

func scan(part []byte) {
	for s := ooxml.NewScanner(part, 64); s.Next(); {
		continue
	}
}

func inflated(t testing.TB, data []byte, use func(part []byte)) {
	t.Helper()
	p, err := ooxml.Open(data, ooxml.Limits{})
	check(t, err)
	for _, name := range p.Names() {
		part, err := p.Part(name)
		check(t, err)
		use(part)
	}
}

// largeWorkbook returns a workbook as a team keeps it, with 15 columns.
func largeWorkbook(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	format := "yyyy-mm-dd"
	date, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	check(t, err)
	percent, err := f.NewStyle(&excelize.Style{NumFmt: 9})
	check(t, err)
	check(t, f.SetSheetName("Sheet1", "Plan"))
	check(t, f.SetColStyle("Plan", "F:G", date))
	check(t, f.SetColStyle("Plan", "L:M", date))
	check(t, f.SetColStyle("Plan", "I", percent))
	check(t, f.SetSheetRow("Plan", "A1", &[]any{
		"ID", "WBS", "Task", "Area", "Owner", "Start", "Finish", "Duration", "% Complete", "Status", "Predecessors",
		"Actual Start", "Actual Finish", "Cost", "Notes",
	}))
	for i := range largeTasks {
		row := largeRow(i)
		check(t, f.SetSheetRow("Plan", fmt.Sprint("A", i+2), &row))
	}
	_, err = f.NewSheet("Settings")
	check(t, err)
	for i, row := range [][]any{
		{"Setting", "Value"},
		{"Target go-live", "2027-06-01"},
		{"Backup go-live", "2027-09-01"},
		{"PM", "Ada"},
	} {
		check(t, f.SetSheetRow("Settings", fmt.Sprint("A", i+1), &row))
	}
	buffer, err := f.WriteToBuffer()
	check(t, err)
	return buffer.Bytes()
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// largeRow returns a task: every other one done, one in lateEvery late, and the
// rest to come.
func largeRow(i int) []any {
	serial := func(d calendar.Date) int { return int(d - calendar.New(1899, 12, 30)) }
	row := []any{
		fmt.Sprint("T", i+1), fmt.Sprintf("%d.%d", i/100+1, i%100+1), fmt.Sprintf("Task %d of the roll-out in area %d", i+1, i%23),
		fmt.Sprint("Area ", i%23), fmt.Sprint("Owner ", i%40),
	}
	start := today.AddDays(14 + i%200)
	done, status := 0.0, "Not started"
	var actualStart, actualFinish, predecessor any
	switch {
	case i%lateEvery == 0:
		start, done, status = today.AddDays(-20-i%50), 0.5, "In progress"
		actualStart = serial(start)
	case i%2 == 0:
		start, done, status = today.AddDays(-300+i%200), 1, "Done"
		actualStart, actualFinish = serial(start), serial(start.AddDays(4))
		if before := i - 6; i%200 >= 6 && before%lateEvery != 0 {
			predecessor = fmt.Sprint("T", before+1)
		}
	}
	return append(row, serial(start), serial(start.AddDays(4)), 5, done, status, predecessor, actualStart, actualFinish, 1000+i, fmt.Sprint("Note ", i%500))
}
