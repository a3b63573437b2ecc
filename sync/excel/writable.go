package excel

import (
	"context"
	"path/filepath"
)

// Writable returns why the file could not be replaced at present, with the
// errors of Apply: somebody has it open, it is marked read-only, or there is no
// right to write in its folder; nil when nothing is known against it. It
// writes nothing. What in the workbook itself forbids writing Read tells.
func (b *Backend) Writable(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	t, err := newTarget(b.path)
	if err != nil {
		return err
	}
	if err := checkOwners(t.path); err != nil {
		return err
	}
	if err := mayWriteIn(filepath.Dir(t.path)); err != nil {
		return t.writeError(err)
	}
	return nil
}
