package excel_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/corpustest"
	"steerco/sync/excel"
	"steerco/sync/excel/exceltest"
	"steerco/sync/workbook"
)

// refused are the real workbooks that are not written, by the number that
// their names begin with.
func refused() []string { return []string{"009", "024", "046", "078", "080", "098"} }

// TestFidelity writes made-up changes into real workbooks, over and over, and
// holds every byte against the source.
func TestFidelity(t *testing.T) {
	files := corpustest.Workbooks(t)
	collected := &collection{schemas: exceltest.NewSchemas(t, corpustest.Folder(t, "xsd")), stamps: map[uint32]string{}}
	t.Run("files", func(t *testing.T) {
		for _, f := range files {
			name := filepath.Base(f)
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				if number, _, _ := strings.Cut(name, "_"); slices.Contains(refused(), number) {
					checkRefused(t, f)
					return
				}
				h := newHarness(t, f, collected)
				h.checkWritten(t)
				h.checkAgain(t)
				h.checkChanged(t)
				h.checkSameBytes(t)
				h.checkCleaned(t)
			})
		}
	})
	collected.check(t)
}

func checkRefused(t *testing.T, source string) {
	h := harness{path: copied(t, source)}
	before := h.bytes(t)
	b := h.backend(t)
	book, err := b.Read(t.Context())
	if err == nil {
		_, err = b.Apply(t.Context(), workbook.Changes{Base: book.Version, Output: exceltest.MadeUp(book, titles())})
	}
	var told *workbook.Error
	if !errors.Is(err, workbook.ErrRefused) || !errors.As(err, &told) || told.Fix == "" {
		t.Errorf("got %v, want an error of kind %q with its mend", err, workbook.ErrRefused)
	}
	h.checkUntouched(t, before)
}

func titles() exceltest.Titles {
	return exceltest.Titles{Summary: "Summary", Committee: "Committee"}
}

// harness is one real workbook in a folder of its own.
type harness struct {
	path, sourcePath string
	source           *exceltest.Archive
	book             *workbook.Book
	out              workbook.Output
	written          *exceltest.Archive
	writtenBytes     []byte
	collected        *collection
}

func newHarness(t *testing.T, source string, c *collection) *harness {
	h := &harness{path: copied(t, source), sourcePath: source, collected: c}
	var err error
	if h.source, err = exceltest.OpenArchive(h.path); err != nil {
		t.Fatal(err)
	}
	if h.book, err = h.backend(t).Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.out = exceltest.MadeUp(h.book, h.freeTitles(t))
	return h
}

// freeTitles returns titles that the workbook has free. A title that the team
// uses is tried first: it has to be refused.
func (h *harness) freeTitles(t *testing.T) exceltest.Titles {
	want := titles()
	if h.book.Sheet(want.Summary) == nil {
		return want
	}
	before := h.bytes(t)
	if _, err := h.apply(t, exceltest.MadeUp(h.book, want)); !errors.Is(err, workbook.ErrNameTaken) {
		t.Errorf("got %v for a title that the team uses, want %q", err, workbook.ErrNameTaken)
	}
	h.checkUntouched(t, before)
	want.Summary = "Summary of steerco"
	return want
}

// copied returns a copy of a file, writable, alone in its folder.
func copied(t *testing.T, source string) string {
	t.Helper()
	b, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), filepath.Base(source))
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (h *harness) backend(t *testing.T) workbook.Backend {
	t.Helper()
	b, err := excel.Open(h.path, excel.Options{StateDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// apply writes out on top of what stands there now.
func (h *harness) apply(t *testing.T, out workbook.Output) (workbook.Version, error) {
	t.Helper()
	b := h.backend(t)
	book, err := b.Read(context.WithoutCancel(t.Context()))
	if err != nil {
		return "", err
	}
	return b.Apply(t.Context(), workbook.Changes{Base: book.Version, Output: out})
}

func (h *harness) bytes(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile(h.path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (h *harness) checkUntouched(t *testing.T, before []byte) {
	t.Helper()
	if !bytes.Equal(before, h.bytes(t)) {
		t.Error("the file was changed, want it untouched")
	}
	h.checkAlone(t)
}

// checkAlone checks that nothing was left beside the workbook.
func (h *harness) checkAlone(t *testing.T) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(h.path))
	if err != nil || len(entries) != 1 {
		t.Errorf("got %v, %v beside the workbook, want nothing", entries, err)
	}
}

// checkWritten writes for the first time.
func (h *harness) checkWritten(t *testing.T) {
	t.Helper()
	version, err := h.apply(t, h.out)
	if err != nil {
		t.Fatal(err)
	}
	h.writtenBytes = h.bytes(t)
	h.written = h.checkFile(t, "written", h.out)
	own, err := h.backend(t).Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if own.Version != version {
		t.Errorf("got version %s from reading, want %s as writing told", own.Version, version)
	}
}

// checkFile holds the file as it stands against its source.
func (h *harness) checkFile(t *testing.T, state string, out workbook.Output) *exceltest.Archive {
	t.Helper()
	written, err := exceltest.OpenArchive(h.path)
	if err != nil {
		t.Fatal(err)
	}
	d := exceltest.Compare(h.source, written)
	for _, f := range d.Faults {
		t.Errorf("%s: %s", state, f)
	}
	for _, e := range d.Dropped {
		t.Errorf("%s: %s is gone", state, e.Name)
	}
	for _, f := range exceltest.NewFaults(h.source, written) {
		t.Errorf("%s: %s", state, f)
	}
	for _, p := range d.Patched {
		checkPlaces(t, state, p)
	}
	checkSheets(t, state, h.source, written, d.Added)
	h.collected.add(filepath.Base(h.path), state, d)
	h.checkRead(t, state, out)
	h.checkAlone(t)
	return written
}

// places are where something may be put into a part, by the name of the
// element around it: in a sheet beside the cells, never among them.
func places() map[string][]string {
	return map[string][]string{
		"worksheet":     {"conditionalFormatting"},
		"sheets":        {"sheet"},
		"definedNames":  {"definedName"},
		"workbook":      {"definedNames"},
		"Relationships": {"Relationship"},
		"Types":         {"Override", "Default"},
		"styleSheet":    {"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"},
		"numFmts":       {"numFmt"},
		"fonts":         {"font"},
		"fills":         {"fill"},
		"borders":       {"border"},
		"cellXfs":       {"xf"},
		"dxfs":          {"dxf"},
	}
}

func checkPlaces(t *testing.T, state string, p exceltest.Patch) {
	t.Helper()
	for _, i := range p.Insertions {
		if !slices.Contains(places()[i.In], i.Root) {
			t.Errorf("%s: %s: <%s> put into <%s>: %.200s", state, p.Source.Name, i.Root, i.In, i.Text)
		}
	}
}

// checkSheets checks that new sheets stand behind the team's, and that they are
// what they say.
func checkSheets(t *testing.T, state string, source, written *exceltest.Archive, added []*exceltest.Entry) {
	t.Helper()
	team, all := exceltest.SheetNames(source), exceltest.SheetNames(written)
	if len(all) < len(team) || !slices.Equal(all[:len(team)], team) {
		t.Errorf("%s: got sheets %q, want the team's first: %q", state, all, team)
	}
	for _, e := range added {
		if !strings.HasPrefix(exceltest.PartName(e.Name), "xl/worksheets/sheet") {
			continue
		}
		for _, f := range exceltest.DrawnFaults(e.Content) {
			t.Errorf("%s: %s: %s", state, e.Name, f)
		}
	}
}

// checkRead reads the file: of the team's everything is as it was, of
// steerco's everything is as it should be.
func (h *harness) checkRead(t *testing.T, state string, out workbook.Output) {
	t.Helper()
	book, err := h.backend(t).Read(t.Context())
	if err != nil {
		t.Fatalf("%s: %v", state, err)
	}
	if !reflect.DeepEqual(h.book.Sheets, book.Sheets) {
		t.Errorf("%s: the team's sheets read before -, after +:\n%.2000s", state, cmp.Diff(h.book.Sheets, book.Sheets))
	}
	if n := len(h.book.Formats); len(book.Formats) < n || !slices.Equal(h.book.Formats, book.Formats[:n]) {
		t.Errorf("%s: the formats of the team's cells are others", state)
	}
	for _, c := range workbook.Compare(book.Own, out) {
		t.Errorf("%s: still to do: %s", state, c)
	}
	if !out.IsEmpty() && !book.Own.Whole {
		t.Errorf("%s: what stands of steerco's is taken for changed by somebody", state)
	}
	if out.ID != book.Own.ID {
		t.Errorf("%s: got id %q, want %q", state, book.Own.ID, out.ID)
	}
	checkTabs(t, state, book.Own.Tabs, out.Tabs)
}

// checkTabs holds the texts and numbers that stand in the tabs against those
// that were drawn.
func checkTabs(t *testing.T, state string, own []workbook.OwnTab, want []workbook.Drawing) {
	t.Helper()
	for _, d := range want {
		i := slices.IndexFunc(own, func(o workbook.OwnTab) bool { return o.Key == d.Tab.Key })
		if i < 0 {
			t.Errorf("%s: tab %q isn't there", state, d.Tab.Title)
			continue
		}
		for r, row := range d.Tab.Rows {
			for _, c := range row.Cells {
				got := own[i].Sheet.Cell(r, c.Column)
				if c.Number != nil && got.Number != *c.Number || c.Number == nil && c.Date.IsZero() && got.Text != c.Text {
					t.Errorf("%s: tab %q, cell %s holds %q, %v, want %q, %v",
						state, d.Tab.Title, workbook.CellName(r, c.Column), got.Text, got.Number, c.Text, c.Number)
				}
			}
		}
	}
}

// checkAgain writes the same again, long after: nothing happens.
func (h *harness) checkAgain(t *testing.T) {
	t.Helper()
	before := h.bytes(t)
	old := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := os.Chtimes(h.path, old, old); err != nil {
		t.Fatal(err)
	}
	stat, err := os.Stat(h.path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.apply(t, h.out); err != nil {
		t.Fatal(err)
	}
	h.checkUntouched(t, before)
	again, err := os.Stat(h.path)
	if err != nil || !again.ModTime().Equal(old) || !os.SameFile(stat, again) {
		t.Errorf("the second write touched the file: %v, %v", again.ModTime(), err)
	}
}

// checkChanged writes something else in the place of what stands there.
func (h *harness) checkChanged(t *testing.T) {
	t.Helper()
	book := *h.book
	out := exceltest.MadeUp(&book, exceltest.Titles{Summary: h.out.Tabs[0].Tab.Title, Committee: h.out.Tabs[1].Tab.Title})
	out.Tabs[0].Tab.Rows = append(out.Tabs[0].Tab.Rows[:4:4], out.Tabs[1].Tab.Rows...)
	out.Marks, out.Keys = out.Marks[:1], out.Keys[:len(out.Keys)/2]
	if _, err := h.apply(t, out); err != nil {
		t.Fatal(err)
	}
	changed := h.checkFile(t, "changed", out)
	if got, want := names(changed), names(h.written); !slices.Equal(got, want) {
		t.Errorf("got parts %q after a change, want those of before: %q", got, want)
	}
}

// checkSameBytes writes the first output once more, over what came between and
// into a fresh copy: the bytes are those of the first time.
func (h *harness) checkSameBytes(t *testing.T) {
	t.Helper()
	fresh := &harness{path: copied(t, h.sourcePath)}
	for name, into := range map[string]*harness{"over what came between": h, "into a fresh copy": fresh} {
		if _, err := into.apply(t, h.out); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(into.bytes(t), h.writtenBytes) {
			t.Errorf("%s the same output makes other bytes", name)
		}
	}
}

func names(a *exceltest.Archive) []string {
	var out []string
	for i := range a.Entries {
		out = append(out, a.Entries[i].Name)
	}
	return out
}

// checkCleaned takes everything of steerco's out: every part is as it was.
func (h *harness) checkCleaned(t *testing.T) {
	t.Helper()
	if _, err := h.apply(t, workbook.Output{}); err != nil {
		t.Fatal(err)
	}
	cleaned, err := exceltest.OpenArchive(h.path)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := names(cleaned), names(h.source); !slices.Equal(got, want) {
		t.Fatalf("got parts %q after cleaning, want %q", got, want)
	}
	for i := range h.source.Entries {
		if s, c := h.source.Entries[i], cleaned.Entries[i]; !bytes.Equal(s.Content, c.Content) {
			t.Errorf("%s: after cleaning it is %.300q, want %.300q", s.Name, c.Content, s.Content)
		}
	}
	h.checkRead(t, "cleaned", workbook.Output{})
	h.checkAlone(t)
}

// collection gathers what is checked once over all files.
type collection struct {
	mu      sync.Mutex
	schemas *exceltest.Schemas
	stamps  map[uint32]string
	// pairs are the parts to be valid where their sources are.
	pairs []pair
}

type pair struct{ source, written exceltest.Part }

func (c *collection) add(name, state string, d exceltest.Difference) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range d.Patched {
		source := exceltest.Part{Workbook: name + ", source", Name: p.Source.Name}
		written := exceltest.Part{Workbook: name + ", " + state, Name: p.Source.Name}
		c.schemas.Add(source, p.Source.Content)
		c.schemas.Add(written, p.Written.Content)
		c.pairs = append(c.pairs, pair{source, written})
	}
	for _, e := range d.Added {
		written := exceltest.Part{Workbook: name + ", " + state, Name: e.Name}
		if e.IsXML() {
			c.schemas.Add(written, e.Content)
		}
		c.pairs = append(c.pairs, pair{written: written})
		c.stamps[e.Modified()] = fmt.Sprint(written)
	}
}

// addBoth takes the parts of a workbook that isn't its source and insertions
// any more, since somebody else has saved in between.
func (c *collection) addBoth(state string, before, after *exceltest.Archive) {
	if c == nil {
		return
	}
	for _, e := range after.Entries {
		p := pair{written: exceltest.Part{Workbook: state, Name: e.Name}}
		if !e.IsXML() {
			continue
		}
		c.schemas.Add(p.written, e.Content)
		if was := before.Entry(e.Name); was != nil {
			p.source = exceltest.Part{Workbook: state + ", before", Name: e.Name}
			c.schemas.Add(p.source, was.Content)
		}
		c.pairs = append(c.pairs, p)
	}
}

func (c *collection) check(t *testing.T) {
	bad := c.schemas.Check(t)
	valid := 0
	for _, p := range c.pairs {
		_, wasBad := bad[p.source]
		why, isBad := bad[p.written]
		if isBad && !wasBad {
			t.Errorf("%s, %s is not valid: %s", p.written.Workbook, p.written.Name, why)
		}
		if !isBad {
			valid++
		}
	}
	t.Logf("%d of %d patched and new parts are valid", valid, len(c.pairs))
	if len(c.stamps) > 1 {
		t.Errorf("new entries have several time stamps, want one: %v", c.stamps)
	}
}
