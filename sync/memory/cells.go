package memory

import (
	"slices"

	"steerco/rules/calendar"
	"steerco/sync/workbook"
	"steerco/templates/tab"
)

// cell returns a cell of a tab as a program would hold it.
func (w *Workbook) cell(c tab.Cell) workbook.Cell {
	at := int32(c.Column)
	switch {
	case c.Number != nil:
		return workbook.Cell{Column: at, Kind: workbook.Number, Number: *c.Number}
	case !c.Date.IsZero():
		return workbook.Cell{Column: at, Kind: workbook.Number, Number: w.serial(c.Date), Format: w.dateFormat()}
	case c.Text == "":
		return workbook.Cell{Column: at}
	}
	return workbook.Cell{Column: at, Kind: workbook.Text, Text: c.Text}
}

// serial returns the number that stands for a day.
func (w *Workbook) serial(d calendar.Date) float64 {
	if w.book.Epoch1904 {
		return float64(d - calendar.New(1904, 1, 1))
	}
	return float64(d - calendar.New(1899, 12, 30))
}

// dateFormat returns the index of a format for dates.
func (w *Workbook) dateFormat() uint32 {
	isDate := func(f workbook.Format) bool { return f.Date && !f.Bold && f.Indent == 0 }
	if i := slices.IndexFunc(w.book.Formats, isDate); i >= 0 {
		return uint32(i)
	}
	if len(w.book.Formats) == 0 {
		w.book.Formats = append(w.book.Formats, workbook.Format{})
	}
	w.book.Formats = append(w.book.Formats, workbook.Format{Code: "d mmm yyyy", Date: true})
	return uint32(len(w.book.Formats) - 1)
}

func cloneSheet(s workbook.Sheet) workbook.Sheet {
	s.Rows = slices.Clone(s.Rows)
	for i := range s.Rows {
		s.Rows[i].Cells = slices.Clone(s.Rows[i].Cells)
	}
	s.HiddenColumns, s.Merged, s.Tables = slices.Clone(s.HiddenColumns), slices.Clone(s.Merged), slices.Clone(s.Tables)
	s.Colored = slices.Clone(s.Colored)
	return s
}
