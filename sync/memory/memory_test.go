package memory_test

import (
	"context"
	"testing"

	"steerco/sync/memory/memorytest"
	"steerco/sync/workbook"
	"steerco/sync/workbook/workbooktest"
)

func TestContract(t *testing.T) {
	workbooktest.Suite{New: memorytest.New, Missing: func(*testing.T) workbook.Backend { return missing{} }}.Run(t)
}

// missing stands for a workbook that isn't there, which can't be in memory.
type missing struct{}

func (missing) Read(context.Context) (*workbook.Book, error) {
	return nil, &workbook.Error{Workbook: "gone", Err: workbook.ErrNotFound}
}

func (missing) Apply(context.Context, workbook.Changes) (workbook.Version, error) {
	return "", &workbook.Error{Workbook: "gone", Err: workbook.ErrNotFound}
}
