package gsheets

import (
	"cmp"
	"slices"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// describe returns what stands of steerco's in a spreadsheet, as the port calls
// it.
func (o *own) describe(r *reader, s *sheets.Spreadsheet) workbook.Own {
	made := workbook.Own{ID: o.id, Keys: slices.Clone(o.keys), Whole: o.whole}
	for _, t := range o.tabs {
		made.Tabs = append(made.Tabs, workbook.OwnTab{
			Key: t.record.Key, Title: t.sheet.Properties.Title, Digest: t.record.Drawing,
			Altered: t.altered, Hidden: t.sheet.Properties.Hidden, Sheet: r.sheet(t.sheet),
		})
	}
	byID := map[int64]*sheets.SheetProperties{}
	for _, sheet := range s.Sheets {
		byID[sheet.Properties.SheetId] = sheet.Properties
	}
	for _, rule := range o.rules {
		p := byID[rule.sheet]
		for _, at := range rule.rule.Ranges {
			made.Marks = append(made.Marks, workbook.FoundMark{
				Sheet: p.Title, Range: rangeOf(at, gridSize(p)), Formula: markFormula(rule.rule, o.keysName),
			})
		}
	}
	return made
}

// contentOf returns the contentDigest of a sheet as the API answers it.
func contentOf(s *sheets.Sheet) string {
	made := newReader().sheet(s)
	return contentDigest(&made)
}

// contentDigest returns a digest of what the cells of a sheet say, whatever they
// look like and whether or not it is a formula that says it. It is the same for
// a tab that is to be drawn and for what is read of it afterwards.
func contentDigest(s *workbook.Sheet) string {
	d := newDigest()
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			if c.Kind == workbook.Blank || c.Kind == workbook.Text && c.Text == "" {
				continue
			}
			d.value(row.Index, c.Column, c.Kind)
			if c.Kind == workbook.Text || c.Kind == workbook.ErrorValue {
				d.text(c.Text)
			} else {
				d.value(c.Number)
			}
		}
	}
	merged := slices.Clone(s.Merged)
	slices.SortFunc(merged, func(a, b workbook.Range) int {
		return cmp.Or(cmp.Compare(a.FirstRow, b.FirstRow), cmp.Compare(a.FirstColumn, b.FirstColumn))
	})
	for _, m := range merged {
		d.value(m)
	}
	return d.sum()
}
