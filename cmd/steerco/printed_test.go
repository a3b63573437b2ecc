package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"steerco/sync/excel/exceltest"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// TestTabsPrinted prints the tabs of the sample as an office does, and looks
// at the pages.
func TestTabsPrinted(t *testing.T) {
	office := exceltest.StartOffice(t, exceltest.OfficeOptions{})
	folder := t.TempDir()
	newCommand(t).must(t, "demo", folder)
	path := filepath.Join(folder, "oms-roll-out.xlsx")
	office.Open(t, path)

	committee := printed(t, office, "Committee")
	if len(committee) != 1 {
		t.Errorf("Committee has %d pages, want 1", len(committee))
	}
	checkInside(t, "Committee", committee)
	checkSigns(t, "Committee", committee)

	summary := printed(t, office, "Summary")
	checkInside(t, "Summary", summary)
	checkSigns(t, "Summary", summary)

	office.Open(t, path)
	checkLinks(t, office, "Summary")

	office.Open(t, path)
	checkScale(t, office, "Committee", committee, 0.85)
	checkScale(t, office, "Summary", summary, 0.80)
}

func printed(t *testing.T, o *exceltest.Office, sheet string) []exceltest.Page {
	t.Helper()
	pdf := filepath.Join(t.TempDir(), "printed.pdf")
	o.PDF(t, pdf, sheet)
	return exceltest.Pages(t, pdf)
}

// checkInside checks that the pages lie landscape and that no word stands
// beyond their margins.
func checkInside(t *testing.T, sheet string, pages []exceltest.Page) {
	t.Helper()
	for i, p := range pages {
		if p.Width <= p.Height {
			t.Errorf("%s, page %d is %.0f x %.0f points, want it landscape", sheet, i+1, p.Width, p.Height)
		}
		for _, w := range p.Words {
			if w.Left < 10 || w.Right > p.Width-10 || w.Top < 10 || w.Bottom > p.Height-10 {
				t.Errorf("%s, page %d: %q stands at the edge of the paper", sheet, i+1, w.Text)
			}
		}
	}
}

// checkScale checks that a tab isn't printed at less than a share of its size,
// by the widths of its words on paper and at full size.
func checkScale(t *testing.T, o *exceltest.Office, sheet string, fitted []exceltest.Page, least float64) {
	t.Helper()
	o.Unscale(t, sheet)
	full := widths(printed(t, o, sheet))
	var scales []float64
	for word, w := range widths(fitted) {
		if full[word] > 0 && len(word) >= 8 {
			scales = append(scales, w/full[word])
		}
	}
	if len(scales) < 10 {
		t.Fatalf("%s: compared %d words, want 10 or more", sheet, len(scales))
	}
	slices.Sort(scales)
	t.Logf("%s is printed at %.0f %% of its size", sheet, 100*scales[len(scales)/2])
	if scales[0] < least {
		t.Errorf("%s is printed at %.0f %% of its size, want %.0f %% or more", sheet, 100*scales[0], 100*least)
	}
}

// widths returns the width of each word that always has the same.
func widths(pages []exceltest.Page) map[string]float64 {
	all := map[string]float64{}
	for _, p := range pages {
		for _, w := range p.Words {
			width := w.Right - w.Left
			if have, ok := all[w.Text]; ok && (have < width*0.99 || have > width*1.01) {
				width = 0
			}
			all[w.Text] = width
		}
	}
	return all
}

// checkSigns checks that each area in the colour of a status says it with a
// sign and a word as well.
func checkSigns(t *testing.T, sheet string, pages []exceltest.Page) {
	t.Helper()
	looks := tab.Looks()
	found := 0
	for style, sign := range map[tab.Style]string{
		tab.StatusRed: "✖", tab.StatusAmber: "▲", tab.StatusGreen: "●", tab.StatusDone: "✔", tab.StatusUnknown: "?",
	} {
		for _, b := range exceltest.Blocks(pages, looks[style].Fill) {
			found++
			at, word, _ := strings.Cut(b.Text(), " ")
			if at != sign || word == "" {
				t.Errorf("%s, page %d: %q stands on the colour of %s, want %q and a word", sheet, b.Page, b.Text(), style, sign)
			}
		}
	}
	if found == 0 {
		t.Errorf("%s: found no area in the colour of a status", sheet)
	}
}

// checkLinks follows the links of a tab, before and after the team has turned
// the order of its rows: each leads to the row whose id stands beside it.
func checkLinks(t *testing.T, o *exceltest.Office, sheet string) {
	t.Helper()
	ids := placeTargets(t, o, sheet)
	if len(ids) < 10 {
		t.Errorf("%s has %d links, want 10 or more", sheet, len(ids))
	}
	followTargets(t, o, sheet, ids)
	o.Sort(t, "Tasks", workbook.Range{FirstRow: 4, LastRow: 145, LastColumn: 12}, 0, true)
	followTargets(t, o, sheet, ids)
}

// targets is the column in which the targets of links are computed.
const targets = 60

// placeTargets has the office compute where each link leads, beside the link,
// and returns the id that stands in the row of each.
func placeTargets(t *testing.T, o *exceltest.Office, sheet string) map[int]string {
	t.Helper()
	ids := map[int]string{}
	var left exceltest.ShownCell
	for _, c := range o.Cells(t, sheet) {
		if target, ok := linkTarget(c.Formula); ok && left.Row == c.Row {
			ids[c.Row] = left.Shown
			o.SetFormula(t, sheet, c.Row, targets, "="+target)
		}
		left = c
	}
	return ids
}

func followTargets(t *testing.T, o *exceltest.Office, sheet string, ids map[int]string) {
	t.Helper()
	shown := map[string]map[string]string{}
	for _, c := range o.Cells(t, sheet) {
		if c.Column != targets {
			continue
		}
		link := linkPlace.FindStringSubmatch(c.Shown)
		if link == nil {
			t.Errorf("%s, row %d: the link beside %q leads to %q, want a cell", sheet, c.Row+1, ids[c.Row], c.Shown)
			continue
		}
		if shown[link[1]] == nil {
			shown[link[1]] = rowsShown(o.Cells(t, link[1]))
		}
		if row := shown[link[1]][link[2]]; !strings.Contains(row, "|"+ids[c.Row]+"|") {
			t.Errorf("%s, row %d: the link beside %q leads to %s: %q", sheet, c.Row+1, ids[c.Row], c.Shown, row)
		}
	}
}

// linkPlace matches a link to a cell: its sheet and its row.
var linkPlace = regexp.MustCompile(`^#'(.+)'!\$[A-Z]+([0-9]+)$`)

// rowsShown returns what the cells of each row show, by the row's number.
func rowsShown(cells []exceltest.ShownCell) map[string]string {
	rows := map[string]string{}
	for _, c := range cells {
		rows[strconv.Itoa(c.Row+1)] += "|" + c.Shown + "|"
	}
	return rows
}

// linkTarget returns the first argument of a HYPERLINK formula.
func linkTarget(formula string) (string, bool) {
	rest, ok := strings.CutPrefix(formula, "=HYPERLINK(")
	if !ok {
		return "", false
	}
	depth, quoted := 0, false
	for i, r := range rest {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ';' && depth == 0:
			return rest[:i], true
		}
	}
	return "", false
}
