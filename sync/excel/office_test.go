package excel_test

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/corpustest"
	"steerco/sync/excel/exceltest"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// TestMarksInOffice shows in the colours of printed pages that marks stand on
// the rows they are meant for, whatever people do to the sheet.
func TestMarksInOffice(t *testing.T) {
	office := exceltest.StartOffice(t, exceltest.OfficeOptions{})
	for _, tt := range []struct {
		name string
		edit func(*testing.T, *exceltest.Office)
		want []string // the marked rows
	}{
		{"as written", func(*testing.T, *exceltest.Office) {}, []string{"T-03", "T-05", "T-09"}},
		{"a row is mended", func(t *testing.T, o *exceltest.Office) {
			o.SetNumber(t, planSheet, 5, colPercent, 1)
		}, []string{"T-03", "T-09"}},
		{"a date is moved", func(t *testing.T, o *exceltest.Office) {
			o.SetNumber(t, planSheet, 3, colFinish, 46500)
		}, []string{"T-05", "T-09"}},
		{"mended and put back", func(t *testing.T, o *exceltest.Office) {
			o.SetText(t, planSheet, 3, colStatus, "done")
			o.SetText(t, planSheet, 3, colStatus, "open")
		}, []string{"T-03", "T-05", "T-09"}},
		{"sorted", func(t *testing.T, o *exceltest.Office) {
			o.Sort(t, planSheet, rows(1, 12), colID, true)
		}, []string{"T-03", "T-05", "T-09"}},
		{"rows inserted", func(t *testing.T, o *exceltest.Office) {
			o.InsertRows(t, planSheet, 4, 3)
			o.SetText(t, planSheet, 4, colID, "T-90")
		}, []string{"T-03", "T-05", "T-09"}},
		{"rows inserted above all", func(t *testing.T, o *exceltest.Office) {
			o.InsertRows(t, planSheet, 0, 2)
		}, []string{"T-03", "T-05", "T-09"}},
		{"rows deleted", func(t *testing.T, o *exceltest.Office) {
			o.DeleteRows(t, planSheet, 2, 2)
		}, []string{"T-05", "T-09"}},
		{"cut and pasted", func(t *testing.T, o *exceltest.Office) {
			o.Move(t, planSheet, rows(3, 3), 20, 0)
			o.Move(t, planSheet, rows(1, 1), 3, 0)
		}, []string{"T-03", "T-05", "T-09"}},
		{"pasted over a marked row", func(t *testing.T, o *exceltest.Office) {
			o.Move(t, planSheet, rows(12, 12), 3, 0)
		}, []string{"T-05", "T-09"}},
		{"copied", func(t *testing.T, o *exceltest.Office) {
			o.Copy(t, planSheet, rows(9, 9), "", 22, 0)
			o.SetText(t, planSheet, 22, colID, "T-91")
		}, []string{"T-03", "T-05", "T-09"}},
		{"saved and opened", func(t *testing.T, o *exceltest.Office) {
			path := filepath.Join(t.TempDir(), "saved.xlsx")
			o.Save(t, path)
			o.Open(t, path)
		}, []string{"T-03", "T-05", "T-09"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := markedPlan(t, planOf(t, ordinaryRows()), []string{"T-03", "T-05", "T-09"})
			office.Open(t, h.path)
			tt.edit(t, office)
			checkSeen(t, office, tt.want)
		})
	}
}

// TestTroublesomeCellsInOffice marks every second of rows whose cells are hard
// to compare, in an office of the English and one of the German language.
func TestTroublesomeCellsInOffice(t *testing.T) {
	for _, locale := range []string{"en-US", "de-DE"} {
		t.Run(locale, func(t *testing.T) {
			office := exceltest.StartOffice(t, exceltest.OfficeOptions{Locale: locale})
			cells := troublesome()
			for odd := range 2 {
				var marked []string
				for i, r := range cells {
					if i%2 == odd {
						marked = append(marked, fmt.Sprint(r[colID]))
					}
				}
				h := markedPlan(t, planOf(t, cells), marked)
				office.Open(t, h.path)
				checkHalf(t, office, locale)
				checkSeen(t, office, marked)
			}
		})
	}
}

// TestMarksMendedAfterOffice edits a plan in the office, saves it there and
// writes again: of the pieces one rule is made.
func TestMarksMendedAfterOffice(t *testing.T) {
	office := exceltest.StartOffice(t, exceltest.OfficeOptions{})
	ids := []string{"T-03", "T-05", "T-09"}
	h := markedPlan(t, planOf(t, ordinaryRows()), ids)
	office.Open(t, h.path)
	office.InsertRows(t, planSheet, 6, 2)
	office.Move(t, planSheet, rows(3, 3), 25, 0)
	office.Copy(t, planSheet, rows(1, 5), "Other", 3, 0)
	office.Sort(t, planSheet, rows(9, 14), colID, true)
	office.Save(t, h.path)
	office.Close(t)

	var err error
	h.book, err = h.backend(t).Read(t.Context())
	must(t, err)
	if n := len(h.book.Own.Marks); n < 2 {
		t.Errorf("got %d pieces of the mark after editing, want several", n)
	}
	h.out = marking(h.book, ids)
	h.checkMended(t)
	office.Open(t, h.path)
	checkSeen(t, office, ids)
	h.checkBusy(t)
	office.Close(t)
	h.checkNothingLeft(t)
}

// checkBusy checks that nothing is written while the office has it open.
func (h *harness) checkBusy(t *testing.T) {
	t.Helper()
	before := h.bytes(t)
	if _, err := h.apply(t, workbook.Output{}); !errors.Is(err, workbook.ErrBusy) {
		t.Errorf("got %v while the office has it open, want %q", err, workbook.ErrBusy)
	}
	if !bytes.Equal(before, h.bytes(t)) {
		t.Error("the file was changed while the office has it open")
	}
}

// TestMeddling does to steerco's own sheets what people do, in the office, and
// writes again: all stands as it should, and can be taken out without trace.
func TestMeddling(t *testing.T) {
	office := exceltest.StartOffice(t, exceltest.OfficeOptions{})
	const data = "_steerco"
	for _, tt := range []struct {
		name string
		edit func(*testing.T, *exceltest.Office)
		// copied is a sheet of the team's that comes of it.
		copied string
	}{
		{name: "a cell typed over", edit: func(t *testing.T, o *exceltest.Office) { o.SetText(t, "Summary", 1, 1, "mine") }},
		{name: "a tab renamed", edit: func(t *testing.T, o *exceltest.Office) { o.RenameSheet(t, "Summary", "Overview & more") }},
		{name: "a tab hidden", edit: func(t *testing.T, o *exceltest.Office) {
			o.ShowSheet(t, exceltest.ShownSheet{Name: "Summary", Hidden: true})
		}},
		{name: "a tab moved", edit: func(t *testing.T, o *exceltest.Office) { o.MoveSheet(t, "Summary", 0) }},
		{name: "a tab deleted", edit: func(t *testing.T, o *exceltest.Office) { o.DeleteSheet(t, "Committee") }},
		{name: "a tab copied", edit: func(t *testing.T, o *exceltest.Office) { o.CopySheet(t, "Summary", "Mine now") }, copied: "Mine now"},
		{name: "the data shown", edit: func(t *testing.T, o *exceltest.Office) { o.ShowSheet(t, exceltest.ShownSheet{Name: data}) }},
		{name: "the data typed over", edit: func(t *testing.T, o *exceltest.Office) { o.SetText(t, data, 0, 1, "{") }},
		{name: "the keys typed over", edit: func(t *testing.T, o *exceltest.Office) { o.SetText(t, data, 0, 0, "x") }},
		{name: "the data deleted", edit: func(t *testing.T, o *exceltest.Office) { o.DeleteSheet(t, data) }},
		{name: "the sheet copied", edit: func(t *testing.T, o *exceltest.Office) { o.CopySheet(t, planSheet, "Plan B") }, copied: "Plan B"},
		{name: "the sheet renamed", edit: func(t *testing.T, o *exceltest.Office) {
			o.RenameSheet(t, planSheet, "old")
			o.RenameSheet(t, "old", planSheet)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ids := []string{"T-03", "T-05", "T-09"}
			h := meddledPlan(t, ids)
			office.Open(t, h.path)
			tt.edit(t, office)
			office.Save(t, h.path)
			office.Close(t)
			var err error
			h.book, err = h.backend(t).Read(t.Context())
			must(t, err)
			if tt.copied != "" && h.book.Sheet(tt.copied) == nil {
				t.Errorf("the sheet %q isn't among the team's", tt.copied)
			}
			h.out.ID = h.book.ID
			h.checkMended(t)
			office.Open(t, h.path)
			checkSeen(t, office, ids)
			office.Close(t)
			if tt.copied != "" {
				h.out.Tabs = nil // their texts stay in the copy
			}
			h.checkNothingLeft(t)
		})
	}
}

// meddledPlan writes tabs and a mark into a plan.
func meddledPlan(t *testing.T, ids []string) *harness {
	t.Helper()
	h := &harness{path: planOf(t, ordinaryRows())}
	var err error
	h.book, err = h.backend(t).Read(t.Context())
	must(t, err)
	h.out = marking(h.book, ids)
	h.out.Tabs = exceltest.MadeUp(h.book, titles()).Tabs
	_, err = h.apply(t, h.out)
	must(t, err)
	return h
}

// TestMarksMovedToExtension has the rule where Excel puts it: in the sheet's
// extension, in three pieces, and on another sheet as well.
func TestMarksMovedToExtension(t *testing.T) {
	ids := []string{"T-03", "T-05", "T-09"}
	h := markedPlan(t, planOf(t, ordinaryRows()), ids)
	moveToExtension(t, h.path)
	var err error
	h.book, err = h.backend(t).Read(t.Context())
	must(t, err)
	if got, want := len(h.book.Own.Marks), 5; got != want {
		t.Errorf("got %d pieces of the mark, want %d: %v", got, want, rangesOf(h.book.Own.Marks))
	}
	h.checkMended(t)
	h.checkNothingLeft(t)
}

func rangesOf(marks []workbook.FoundMark) []string {
	var out []string
	for _, m := range marks {
		out = append(out, m.Sheet+"!"+m.Range.String())
	}
	return out
}

var (
	block     = regexp.MustCompile(`(?s)<conditionalFormatting.*?</conditionalFormatting>`)
	condition = regexp.MustCompile(`(?s)<formula>(.*?)</formula>`)
)

const (
	extension = `<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" ` +
		`xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">` +
		`<x14:conditionalFormattings>%s</x14:conditionalFormattings></ext></extLst></worksheet>`
	piece = `<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">` +
		`<x14:cfRule type="expression" priority="%d" id="{00000000-0000-4000-8000-00000000000%d}"><xm:f>%s</xm:f>` +
		`<x14:dxf><fill><patternFill><bgColor rgb="FFF4B6A6"/></patternFill></fill></x14:dxf></x14:cfRule>` +
		`<xm:sqref>%s</xm:sqref></x14:conditionalFormatting>`
	// theirs is the condition of a rule of the team's.
	theirs = `Other!$A$1="x"`
)

// moveToExtension does to the rule in the first sheet what Excel does in the
// course of time. A rule of the team's stands beside it.
func moveToExtension(t *testing.T, path string) {
	t.Helper()
	a, err := exceltest.OpenArchive(path)
	must(t, err)
	ordinary := block.Find(a.Part("xl/worksheets/sheet1.xml"))
	if ordinary == nil {
		t.Fatal("no rule in the first sheet")
	}
	f := string(condition.FindSubmatch(ordinary)[1])
	rewrite(t, path, func(name string, b []byte) []byte {
		switch name {
		case "xl/worksheets/sheet1.xml":
			pieces := fmt.Sprintf(piece, 2, 1, f, "A2:A4") + fmt.Sprintf(piece, 9, 9, theirs, "B2:B4") +
				fmt.Sprintf(piece, 3, 2, f, "A5 A7:A13") + fmt.Sprintf(piece, 4, 3, f, "A6")
			b = block.ReplaceAll(b, nil)
			b = bytes.Replace(b, []byte("</worksheet>"), fmt.Appendf(nil, extension, pieces), 1)
		case "xl/worksheets/sheet2.xml":
			b = bytes.Replace(b, []byte("</sheetData>"), append([]byte("</sheetData>"), ordinary...), 1)
		}
		return b
	})
}

// checkMended writes h.out once more: there is one rule for each mark, and
// what the team has of its own is there still.
func (h *harness) checkMended(t *testing.T) {
	t.Helper()
	before, err := exceltest.OpenArchive(h.path)
	must(t, err)
	_, err = h.apply(t, h.out)
	must(t, err)
	after, err := exceltest.OpenArchive(h.path)
	must(t, err)
	rules := 0
	for _, e := range after.Entries {
		if strings.HasPrefix(e.Name, "xl/worksheets/") {
			rules += bytes.Count(e.Content, []byte(workbook.KeyList))
		}
		if was := before.Entry(e.Name); was != nil && bytes.Contains(was.Content, []byte(theirs)) && !bytes.Contains(e.Content, []byte(theirs)) {
			t.Errorf("%s: the rule of the team's is gone", e.Name)
		}
	}
	if rules != len(h.out.Marks) {
		t.Errorf("got %d rules, want %d", rules, len(h.out.Marks))
	}
	for _, f := range exceltest.NewFaults(before, after) {
		t.Error(f)
	}
	h.collected.addBoth(filepath.Base(h.path)+" mended", before, after)
	h.checkRead(t, "mended", h.out)
	h.checkAgain(t)
}

// checkNothingLeft takes everything of steerco's out of a workbook that
// somebody has saved since it was written, and looks for traces.
func (h *harness) checkNothingLeft(t *testing.T) {
	t.Helper()
	before, err := exceltest.OpenArchive(h.path)
	must(t, err)
	_, err = h.apply(t, workbook.Output{})
	must(t, err)
	after, err := exceltest.OpenArchive(h.path)
	must(t, err)
	for _, f := range exceltest.NewFaults(before, after) {
		t.Error(f)
	}
	h.collected.addBoth(filepath.Base(h.path)+" cleaned", before, after)
	for _, e := range after.Entries {
		if left := h.traces(e.Name, e.Content); len(left) > 0 {
			t.Errorf("%s: %d things are left, such as %.200q", e.Name, len(left), left[0])
		}
	}
	h.checkRead(t, "cleaned", workbook.Output{})
}

// traces returns what a part holds that nobody but steerco has put into the
// workbook.
func (h *harness) traces(name string, content []byte) []string {
	texts := append([]string{"steerco"}, h.out.Keys...)
	if len(h.out.Tabs) > 0 {
		texts = append(texts, "✖ critical", "go-live holds", "R&amp;D &lt;roll-out")
	}
	for _, d := range h.out.Tabs {
		if name == "xl/workbook.xml" {
			texts = append(texts, `name="`+d.Tab.Title+`"`)
		}
	}
	content = bytes.ToLower(content)
	return slices.DeleteFunc(texts, func(s string) bool { return !bytes.Contains(content, []byte(strings.ToLower(s))) })
}

// TestRealWorkbooksInOffice opens real workbooks in the office before and
// after writing: the team's sheets show the same. Saved there, they can be
// written again, and cleaned.
func TestRealWorkbooksInOffice(t *testing.T) {
	files := corpustest.Files(t, "workbooks", "*.xl*")
	for i, f := range corpustest.Files(t, "fidelity", "*.xl*") {
		number, _, _ := strings.Cut(filepath.Base(f), "_")
		if i%9 == 0 && !slices.Contains(refused(), number) {
			files = append(files, f)
		}
	}
	office := exceltest.StartOffice(t, exceltest.OfficeOptions{})
	collected := &collection{schemas: exceltest.NewSchemas(t, corpustest.Folder(t, "xsd"))}
	opened := 0
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			if err := office.TryOpen(copied(t, f)); err != nil {
				t.Skipf("the office doesn't open the source: %v", err)
			}
			want := shown(t, office, nil)
			h := newHarness(t, f, collected)
			_, err := h.apply(t, h.out)
			must(t, err)
			office.Open(t, h.path)
			if d := cmp.Diff(want, shown(t, office, h.out.Tabs)); d != "" {
				t.Errorf("the team's sheets showed before -, show after +:\n%.3000s", d)
			}
			checkTabsShown(t, office, h.out.Tabs)
			opened++
			h.checkSaved(t, office)
		})
	}
	t.Logf("the office opened %d of %d workbooks", opened, len(files))
	if opened < 30 {
		t.Errorf("the office opened %d workbooks, want 30 or more", opened)
	}
	collected.check(t)
}

// checkSaved has the office save what was written, writes again and cleans.
func (h *harness) checkSaved(t *testing.T, o *exceltest.Office) {
	t.Helper()
	o.Save(t, h.path)
	o.Close(t)
	book, err := h.backend(t).Read(t.Context())
	must(t, err)
	id := h.out.ID
	if book.ID != id {
		t.Errorf("got id %q after the office saved it, want %q", book.ID, id)
	}
	h.book = book
	h.checkMended(t)
	h.checkNothingLeft(t)
}

// sheetShown is what the office shows of a sheet.
type sheetShown struct {
	Sheet exceltest.ShownSheet
	Cells []exceltest.ShownCell
}

// shown returns what the office shows of the team's sheets.
func shown(t *testing.T, o *exceltest.Office, tabs []workbook.Drawing) []sheetShown {
	t.Helper()
	var out []sheetShown
	isRandom := false
	for _, s := range o.Sheets(t) {
		isOurs := slices.ContainsFunc(tabs, func(d workbook.Drawing) bool { return d.Tab.Title == s.Name })
		if isOurs || strings.Contains(strings.ToLower(s.Name), "steerco") {
			continue
		}
		out = append(out, sheetShown{s, o.Cells(t, s.Name)})
		isRandom = isRandom || slices.ContainsFunc(out[len(out)-1].Cells, func(c exceltest.ShownCell) bool {
			return random.MatchString(c.Formula)
		})
	}
	if isRandom {
		hideResults(out)
	}
	return out
}

// random matches formulas with another result at each opening.
var random = regexp.MustCompile(`(?i)(NOW|RAND|RANDBETWEEN)\(`)

// hideResults leaves only the formula of cells that have one.
func hideResults(sheets []sheetShown) {
	for _, s := range sheets {
		for i, c := range s.Cells {
			if strings.HasPrefix(c.Formula, "=") {
				s.Cells[i].Shown = ""
			}
		}
	}
}

// checkTabsShown checks that the tabs show the texts that were drawn.
func checkTabsShown(t *testing.T, o *exceltest.Office, tabs []workbook.Drawing) {
	t.Helper()
	for _, d := range tabs {
		got := map[tab.Position]string{}
		for _, c := range o.Cells(t, d.Tab.Title) {
			got[tab.Position{Row: c.Row, Column: c.Column}] = c.Shown
		}
		for r, row := range d.Tab.Rows {
			for _, c := range row.Cells {
				if at := (tab.Position{Row: r, Column: c.Column}); c.Text != "" && got[at] != c.Text {
					t.Errorf("tab %q, cell %s shows %q, want %q", d.Tab.Title, workbook.CellName(r, c.Column), got[at], c.Text)
				}
			}
		}
	}
}
