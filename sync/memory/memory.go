// Package memory is a workbook in memory: for tests, and for runs that are to
// show what they would write. It keeps the whole contract of workbook.Backend.
package memory

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"sync"

	"steerco/sync/workbook"
)

// Workbook is a workbook in memory. Make it with From.
type Workbook struct {
	mu sync.Mutex
	// book holds all but the sheets; Own only what isn't a tab.
	book   workbook.Book
	sheets []Sheet
	// base is the version of the book that it was made from, saved counts what
	// was saved since.
	base  workbook.Version
	saved int
	// marks and keys are those last written.
	marks []workbook.FoundMark
	keys  []string
}

// Sheet is a sheet of the team's, or a tab.
type Sheet struct {
	workbook.Sheet
	// Tab is the key of steerco's tab; empty for a sheet of the team's.
	Tab string
	// digest is that of the tab's drawing, drawn what was drawn.
	digest string
	drawn  []workbook.Row
}

// From returns a workbook that holds what was read elsewhere, with steerco's
// tabs behind the team's sheets. It can be written whatever the original. It
// doesn't keep b.
func From(b *workbook.Book) *Workbook {
	w := &Workbook{book: *b, base: b.Version, marks: slices.Clone(b.Own.Marks), keys: slices.Clone(b.Own.Keys)}
	for _, s := range b.Sheets {
		w.sheets = append(w.sheets, Sheet{Sheet: cloneSheet(s)})
	}
	for _, o := range b.Own.Tabs {
		s := Sheet{Sheet: cloneSheet(o.Sheet), Tab: o.Key, digest: o.Digest}
		s.Name = o.Title
		if !o.Altered {
			s.drawn = cloneSheet(o.Sheet).Rows
		}
		w.sheets = append(w.sheets, s)
	}
	w.book.Sheets, w.book.Own.Tabs, w.book.Unwritable = nil, nil, nil
	w.book.Own.Marks, w.book.Own.Keys = slices.Clone(w.marks), slices.Clone(w.keys)
	if w.book.ID == "" {
		w.book.ID = contentID(w.sheets)
	}
	return w
}

// contentID makes an identity from what the workbook holds.
func contentID(sheets []Sheet) string {
	h := sha256.New()
	for i := range sheets {
		fmt.Fprintf(h, "%+v\n", sheets[i].Sheet)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Edit changes the sheets as a person does, and saves. The sheets are the
// workbook's own, in their order; what change returns takes their place.
func (w *Workbook) Edit(change func([]Sheet) []Sheet) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sheets = change(w.sheets)
	w.book.Own.Marks = slices.DeleteFunc(w.book.Own.Marks, func(m workbook.FoundMark) bool {
		return !slices.ContainsFunc(w.sheets, func(s Sheet) bool { return s.Name == m.Sheet })
	})
	w.saved++
}

// Sheets returns a copy of all sheets and tabs, in their order.
func (w *Workbook) Sheets() []Sheet {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := slices.Clone(w.sheets)
	for i := range all {
		all[i].Sheet = cloneSheet(all[i].Sheet)
	}
	return all
}

// Read returns a copy of the workbook.
func (w *Workbook) Read(ctx context.Context) (*workbook.Book, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.read(), nil
}

func (w *Workbook) read() *workbook.Book {
	b := w.book
	b.Version = w.version()
	b.Formats, b.Warnings = slices.Clone(b.Formats), slices.Clone(b.Warnings)
	b.Own.Marks, b.Own.Keys = slices.Clone(b.Own.Marks), slices.Clone(b.Own.Keys)
	b.Own.Whole = b.Own.Whole && reflect.DeepEqual(b.Own.Marks, w.marks) && slices.Equal(b.Own.Keys, w.keys)
	for _, s := range w.sheets {
		if s.Tab == "" {
			b.Sheets = append(b.Sheets, cloneSheet(s.Sheet))
			continue
		}
		altered := !reflect.DeepEqual(s.Rows, s.drawn)
		b.Own.Whole = b.Own.Whole && !altered
		b.Own.Tabs = append(b.Own.Tabs, workbook.OwnTab{
			Key: s.Tab, Title: s.Name, Digest: s.digest, Altered: altered, Hidden: s.Hidden, Sheet: cloneSheet(s.Sheet),
		})
	}
	return &b
}

func (w *Workbook) version() workbook.Version {
	if w.saved == 0 {
		return w.base
	}
	return w.base + workbook.Version("+"+strconv.Itoa(w.saved))
}

// Apply writes into memory.
func (w *Workbook) Apply(ctx context.Context, c workbook.Changes) (workbook.Version, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if c.Base != w.version() {
		return "", &workbook.Error{Workbook: w.book.Name, Err: workbook.ErrChanged, Fix: "read it again"}
	}
	now := w.read()
	if len(workbook.Compare(now.Own, c.Output)) == 0 {
		return w.version(), nil
	}
	if err := workbook.Check(now, c.Output); err != nil {
		return "", err
	}
	w.write(c.Output)
	w.saved++
	return w.version(), nil
}

func (w *Workbook) write(out workbook.Output) {
	w.sheets = slices.DeleteFunc(w.sheets, func(s Sheet) bool {
		return s.Tab != "" && !slices.ContainsFunc(out.Tabs, func(d workbook.Drawing) bool { return d.Tab.Key == s.Tab })
	})
	for _, d := range out.Tabs {
		w.draw(d)
	}
	marks := make([]workbook.FoundMark, 0, len(out.Marks))
	for _, m := range out.Marks {
		if f := m.Found(); !slices.Contains(marks, f) {
			marks = append(marks, f)
		}
	}
	w.marks, w.keys = marks, slices.Clone(out.Keys)
	w.book.Own = workbook.Own{ID: out.ID, Marks: slices.Clone(marks), Keys: slices.Clone(out.Keys), Whole: true}
	if out.ID != "" {
		w.book.ID = out.ID
	}
}

// draw puts a tab into its sheet, a new one behind the others.
func (w *Workbook) draw(d workbook.Drawing) {
	i := slices.IndexFunc(w.sheets, func(s Sheet) bool { return s.Tab == d.Tab.Key })
	if i < 0 {
		i = len(w.sheets)
		w.sheets = append(w.sheets, Sheet{Sheet: workbook.Sheet{Name: d.Tab.Title}, Tab: d.Tab.Key})
	}
	s := &w.sheets[i]
	s.digest = d.Digest()
	s.Rows, s.Merged = nil, nil
	for row, r := range d.Tab.Rows {
		if len(r.Cells) == 0 {
			continue
		}
		drawn := workbook.Row{Index: row}
		for _, c := range r.Cells {
			drawn.Cells = append(drawn.Cells, w.cell(c))
			if c.Span > 1 || c.RowSpan > 1 {
				s.Merged = append(s.Merged, workbook.Range{
					FirstRow: row, FirstColumn: c.Column, LastRow: row + max(c.RowSpan, 1) - 1, LastColumn: c.Column + max(c.Span, 1) - 1,
				})
			}
		}
		slices.SortFunc(drawn.Cells, func(a, b workbook.Cell) int { return cmp.Compare(a.Column, b.Column) })
		s.Rows = append(s.Rows, drawn)
	}
	s.drawn = cloneSheet(s.Sheet).Rows
}
