package excel

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// describe returns what stands of steerco's in the workbook. The rules are
// those that were found in the team's sheets.
func (o ownership) describe(d *document, r *reader, rules []foundRule) (workbook.Own, error) {
	own := workbook.Own{ID: o.data.record.ID, Keys: o.data.keys, Whole: o.isWhole(d)}
	for _, t := range o.tabs {
		e := d.sheets[t.at]
		sheet, err := r.sheet(e)
		if err != nil {
			return own, err
		}
		tab := workbook.OwnTab{Key: t.key, Title: e.name, Altered: true, Hidden: e.state != "", Sheet: sheet}
		if rec := o.data.record.tab(t.key); rec != nil {
			tab.Digest = rec.Drawing
			tab.Altered = digestOf(&sheet) != rec.Content
		}
		own.Tabs = append(own.Tabs, tab)
	}
	for _, rule := range rules {
		own.Marks = append(own.Marks, rule.marks()...)
	}
	own.Whole = own.Whole && (o.hidden >= 0 || len(rules) == 0)
	return own, nil
}

// isWhole reports whether names and data tab are as steerco leaves them.
func (o ownership) isWhole(d *document) bool {
	if o.hidden < 0 {
		return len(o.tabs) == 0 && !slices.ContainsFunc(d.names, isOwnName)
	}
	if o.data.record.Format != dataFormat || d.sheets[o.hidden].state != "veryHidden" {
		return false
	}
	list := workbook.QuoteSheet(d.sheets[o.hidden].name) + "!$A$1:$A$" + strconv.Itoa(o.data.keyRows())
	seen := 0
	for _, n := range d.names {
		name := strings.ToLower(n.name)
		switch {
		case !isOwnName(n):
			continue
		case !n.hidden:
			return false
		case name == nameOfKeys && n.sheet < 0 && sameReference(n.text, list):
			seen++
		case name == nameOfTab && o.isOwn(n.sheet):
			seen++
		default:
			return false
		}
	}
	return seen == len(o.tabs)+2 && len(o.tabs) == len(o.data.record.Tabs)
}

// isOwnName reports whether a defined name is steerco's.
func isOwnName(n definedName) bool { return strings.HasPrefix(strings.ToLower(n.name), namePrefix) }

// sameReference compares references regardless of whether the sheet's name is
// quoted where it needn't be.
func sameReference(a, b string) bool {
	return sheetOfReference(a) == sheetOfReference(b) &&
		a[strings.LastIndexByte(a, '!')+1:] == b[strings.LastIndexByte(b, '!')+1:]
}

// contentDigest is digestOf for a worksheet part that has no shared strings.
func contentDigest(part []byte) (string, error) {
	sheet, err := readPart(part)
	return digestOf(&sheet), err
}

// readPart reads a worksheet part that refers to no other part.
func readPart(part []byte) (workbook.Sheet, error) {
	c := sheetReader{reader: newReader(&document{}), s: ooxml.NewScanner(part, 0), lastRow: -1}
	if err := cmp.Or(c.read(), c.s.Err()); err != nil {
		return workbook.Sheet{}, err
	}
	c.finish()
	return c.sheet, nil
}

// digestOf returns a digest of what the cells of a sheet say, whatever they
// look like.
func digestOf(s *workbook.Sheet) string {
	h := sha256.New()
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			switch c.Kind {
			case workbook.Blank:
			case workbook.Text, workbook.ErrorValue:
				if c.Text != "" {
					fmt.Fprintf(h, "%d %d %d %q\n", row.Index, c.Column, c.Kind, c.Text)
				}
			default:
				fmt.Fprintf(h, "%d %d %d %v\n", row.Index, c.Column, c.Kind, c.Number)
			}
		}
	}
	merged := slices.Clone(s.Merged)
	slices.SortFunc(merged, func(a, b workbook.Range) int {
		return cmp.Or(cmp.Compare(a.FirstRow, b.FirstRow), cmp.Compare(a.FirstColumn, b.FirstColumn))
	})
	fmt.Fprintln(h, merged)
	return hex.EncodeToString(h.Sum(nil)[:16])
}
