package templates

import (
	"fmt"
	"strings"
)

// Fault is something wrong with a template file.
type Fault struct {
	File string
	// Line is from 1.
	Line int
	// Text says what is wrong and what to write.
	Text string
}

// String returns the fault as "file:line: text".
func (f Fault) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text) }

// Faults is the error that Parse returns: all that is wrong with one file, by
// line.
type Faults []Fault

// Error returns the faults, a line each.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}
