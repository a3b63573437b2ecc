package workbooktest

import (
	"steerco/rules/calendar"
	"steerco/sync/workbook"
)

// Book returns a workbook as a backend would read it, with nothing of
// steerco's in it.
func Book(sheets ...Sheet) *workbook.Book {
	book := &workbook.Book{
		Name: "plan", Version: "v",
		Formats: []workbook.Format{{}, dateFormat: {Code: "yyyy-mm-dd", Date: true}},
	}
	for _, s := range sheets {
		book.Sheets = append(book.Sheets, bookSheet(s))
	}
	return book
}

// dateFormat is the index in Book.Formats of a format that shows dates.
const dateFormat = 1

func bookSheet(s Sheet) workbook.Sheet {
	made := workbook.Sheet{Name: s.Name, Hidden: s.Hidden}
	for r, values := range s.Rows {
		row := workbook.Row{Index: r}
		for c, v := range values {
			if v != nil {
				row.Cells = append(row.Cells, Cell(c, v))
			}
		}
		if len(row.Cells) > 0 {
			made.Rows = append(made.Rows, row)
		}
	}
	return made
}

// Cell returns a cell of a Book that holds a value, as in Sheet.Rows.
func Cell(column int, value any) workbook.Cell {
	c := workbook.Cell{Column: int32(column)}
	switch v := value.(type) {
	case string:
		c.Kind, c.Text = workbook.Text, v
	case float64:
		c.Kind, c.Number = workbook.Number, v
	case bool:
		c.Kind = workbook.Bool
		if v {
			c.Number = 1
		}
	case calendar.Date:
		c.Kind, c.Number, c.Format = workbook.Number, float64(v-calendar.New(1899, 12, 30)), dateFormat
	}
	return c
}
