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
	// in kilobytes.
	mostMemory = 120 << 10
)

// TestRunMemory measures the most memory that a process holds which does one
// run over the large workbook.
func TestRunMemory(t *testing.T) {
	if path := os.Getenv(childPath); path != "" {
		checkLarge(t, largeRun(t, path))
		return
	}
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	check(t, os.WriteFile(path, largeWorkbook(t), 0o600))
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestRunMemory$")
	cmd.Env = append(os.Environ(), childPath+"="+path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		t.Fatal("the system doesn't tell the memory of a process")
	}
	t.Logf("%d MB", usage.Maxrss>>10)
	if usage.Maxrss > mostMemory {
		t.Errorf("a run takes %d MB, want at most %d", usage.Maxrss>>10, mostMemory>>10)
	}
}
