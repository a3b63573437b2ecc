package gsheets

import (
	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
	"steerco/templates/tab"
)

func WithSeparator(formula, separator string) string { return withSeparator(formula, separator) }

func SeparatorOf(locale string) string { return separatorOf(locale) }

func CellText(text string) string { return cellText(text) }

// Requests returns the batch that makes out stand in a spreadsheet as read.
func Requests(s *sheets.Spreadsheet, out workbook.Output, separator string) ([]*sheets.Request, error) {
	b := &Backend{}
	now, _ := b.take(s)
	batch, err := newBatch(now, out, batchOptions{separator: separator})
	if err != nil {
		return nil, err
	}
	return batch.requests, nil
}

// LinkFormula returns the formula of the cell in a row that follows another.
func LinkFormula(s *sheets.Spreadsheet, id, cell tab.Cell, link workbook.Link) string {
	b := &Backend{}
	now, _ := b.take(s)
	w := drawer{batch: &batch{now: now, separator: ","}}
	return w.linkFormula(place{at: 7, row: tab.Row{Cells: []tab.Cell{id, cell}}, Cell: cell}, link)
}

// Guess makes the Backend expect a separator between the arguments of formulas.
func (b *Backend) Guess(separator string) { b.memory.separator = separator }
