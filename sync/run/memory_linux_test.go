//go:build linux && !race

package run_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

const (
	// childPath names, in the environment, the workbook over which the test
	// below runs when it was started by itself.
	childPath = "STEERCO_TEST_RUN_OVER"
	// mostMemory is how much memory a run over the large workbook may take,
	// in megabytes.
	mostMemory = 120
	// memoryTries is how often it is measured: on a busy machine garbage is
	// collected late.
	memoryTries = 3
)

// TestRunMemory measures the most memory that a process holds which does one
// run over the large workbook.
func TestRunMemory(t *testing.T) {
	if path := os.Getenv(childPath); path != "" {
		checkLarge(t, largeRun(t, path))
		return
	}
	data := largeWorkbook(t)
	for try := 1; ; try++ {
		used := memoryOf(t, data)
		t.Logf("%d MB", used)
		if used <= mostMemory {
			return
		}
		if try == memoryTries {
			t.Fatalf("a run takes %d MB, want at most %d", used, mostMemory)
		}
	}
}

// memoryOf returns how many megabytes a process of its own takes at most.
func memoryOf(t *testing.T, data []byte) int64 {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	check(t, os.WriteFile(path, data, 0o600))
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestRunMemory$")
	cmd.Env = append(os.Environ(), childPath+"="+path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		t.Fatal("the system doesn't tell the memory of a process")
	}
	return usage.Maxrss >> 10
}
