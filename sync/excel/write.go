package excel

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// writer is one call of Apply.
type writer struct {
	backend *Backend
	changes workbook.Changes

	data   []byte
	doc    *document
	own    ownership
	target target
}

// fault returns an error as one of the workbook, with what to do.
func (b *Backend) fault(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	fix := "report this; the workbook is as it was"
	if errors.Is(err, errHeld) {
		fix = "wait until that run has ended"
	}
	var e *workbook.Error
	if !errors.As(err, &e) {
		return &workbook.Error{Workbook: b.name(), Err: err, Fix: fix}
	}
	if e.Workbook == "" {
		e.Workbook = b.name()
	}
	return err
}

// open opens the workbook as it is now, and what stands of steerco's in it.
func (w *writer) open() error {
	var err error
	if w.data, w.doc, err = w.backend.open(); err != nil {
		return err
	}
	if err = w.unchanged(w.data); err != nil {
		return err
	}
	w.own, err = w.doc.findOwn()
	return err
}

// id returns the identity under which the workbook is locked.
func (w *writer) id() string {
	switch {
	case w.own.data.record.ID != "":
		return w.own.data.record.ID
	case w.changes.Output.ID != "":
		return w.changes.Output.ID
	}
	return identity(version(w.data))
}

// unchanged reports whether data is the version for which the output was made.
func (w *writer) unchanged(data []byte) error {
	if version(data) == w.changes.Base {
		return nil
	}
	return &workbook.Error{Workbook: w.backend.name(), Err: workbook.ErrChanged, Fix: "run it again"}
}

// unchangedFile is unchanged for what stands on the disk at this moment.
func (w *writer) unchangedFile() error {
	data, err := readRegular(w.target.path)
	if err != nil {
		return fileError(w.backend.name(), err)
	}
	return w.unchanged(data)
}

// apply writes under the lock. While it was waited for, another process may
// have written.
func (w *writer) apply(ctx context.Context) (workbook.Version, error) {
	base, out, err := w.build()
	if err != nil {
		return "", w.backend.fault(err)
	}
	patch, err := newPackagePatch(base, out)
	if err != nil {
		return "", w.backend.fault(err)
	}
	if patch.isEmpty() {
		return w.changes.Base, nil
	}
	if isDone, err := w.isDone(base); err != nil || isDone {
		return w.changes.Base, err
	}
	if err := refuseWrite(w.doc); err != nil {
		return "", err
	}
	if w.target, err = newTarget(w.backend.path); err != nil {
		return "", err
	}
	if err := checkOwners(w.target.path); err != nil {
		return "", err
	}
	return w.write(ctx, base, out, patch)
}

// build makes what is to be written.
func (w *writer) build() (*stripped, *spliced, error) {
	drawn := startDrawing(w.changes.Output.Tabs)
	base, err := strip(w.doc, w.own)
	if err != nil {
		_, _ = drawn()
		return nil, nil, fmt.Errorf("take out what was written before: %w", err)
	}
	out, err := splice(base, w.changes.Output, drawn)
	// Whether it was needed or not: who starts something waits for it.
	_, _ = drawn()
	return base, out, err
}

// isDone reports whether the output stands in the workbook already, though
// somebody has saved it since, so that its bytes would differ.
func (w *writer) isDone(base *stripped) (bool, error) {
	if base.whole || w.own.hidden < 0 {
		return false, nil
	}
	rules, err := w.own.findRules(w.doc, base.source)
	if err != nil {
		return false, err
	}
	own, err := w.own.describe(w.doc, newReader(w.doc), rules)
	if err != nil {
		return false, err
	}
	return len(workbook.Compare(own, w.changes.Output)) == 0, nil
}

// write makes the file, checks it and puts it in place.
func (w *writer) write(ctx context.Context, base *stripped, out *spliced, patch packagePatch) (workbook.Version, error) {
	var file bytes.Buffer
	file.Grow(len(w.data) + len(w.data)/8)
	if err := w.doc.pkg.Rewrite(&file, patch.Patch); err != nil {
		return "", w.backend.fault(err)
	}
	err := w.target.replace(ctx, replacement{
		disk: w.backend.disk, content: file.Bytes(), warn: w.backend.warn, unchanged: w.unchangedFile,
		check: func() error {
			c := selfCheck{base: base, out: out, patch: patch.Patch}
			if err := c.run(file.Bytes()); err != nil {
				return &workbook.Error{
					Workbook: w.backend.name(), Err: fmt.Errorf("not written: the check of the new file failed: %w", err),
					Fix: "report this; the workbook is as it was",
				}
			}
			return nil
		},
	})
	if err != nil {
		return "", err
	}
	return version(file.Bytes()), nil
}

// packagePatch is what is to be changed of the package.
type packagePatch struct{ ooxml.Patch }

func (p packagePatch) isEmpty() bool { return len(p.Replace)+len(p.Drop)+len(p.Add) == 0 }

// newPackagePatch returns the difference between the document and what is to
// be written.
func newPackagePatch(base *stripped, out *spliced) (packagePatch, error) {
	p := packagePatch{ooxml.Patch{Replace: map[string][]byte{}, Drop: map[string]bool{}}}
	final := map[string][]byte{}
	for name, b := range base.changed {
		final[name] = b
	}
	for name := range base.gone {
		delete(final, name)
		if _, made := out.parts[name]; !made {
			p.Drop[name] = true
		}
	}
	for name, b := range out.parts {
		final[name] = b
	}
	for name, b := range final {
		if !base.doc.pkg.Has(name) {
			continue
		}
		before, err := base.source.part(name)
		if err != nil {
			return p, err
		}
		if !bytes.Equal(before, b) {
			p.Replace[name] = b
		}
	}
	for _, name := range out.order {
		if !base.doc.pkg.Has(name) {
			p.Add = append(p.Add, ooxml.Entry{Name: name, Data: out.parts[name]})
		}
	}
	return p, nil
}
