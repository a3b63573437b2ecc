package excel

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"steerco/sync/workbook"
)

// TestWritable: what keeps a file from being replaced is told without writing.
func TestWritable(t *testing.T) {
	for _, tt := range []struct {
		name string
		// prepare changes what stands at path.
		prepare func(path string) error
		want    error
	}{
		{"as it is", func(string) error { return nil }, nil},
		{"read-only", func(path string) error { return os.Chmod(path, 0o444) }, workbook.ErrDenied},
		{"two names", func(path string) error { return os.Link(path, path+".link") }, workbook.ErrRefused},
		{"open", func(path string) error {
			return os.WriteFile(filepath.Join(filepath.Dir(path), "~$"+filepath.Base(path)), nil, 0o600)
		}, workbook.ErrBusy},
		{"gone", os.Remove, workbook.ErrNotFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := fileWith(t, team(t)).path
			if err := tt.prepare(path); err != nil {
				t.Fatal(err)
			}
			b, err := Open(path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := b.Writable(t.Context()); !errors.Is(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
