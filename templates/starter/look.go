package starter

import "steerco/templates/tab"

// Rows of a sheet, from 0: title, help, an empty row, the header, and from
// FirstRow on the table's own.
const (
	TitleRow = iota
	HelpRow
	_
	HeaderRow
	FirstRow
)

const (
	hair  = "D5DAE0"
	paper = "FFFFFF"
)

// Look returns how the cell in a row and column looks, from 0; the zero value:
// not in any way of its own. Rows behind the table's are spare ones.
func (s Sheet) Look(row, column int) tab.Look {
	look := tab.Look{Size: 9}
	switch {
	case row == TitleRow && column == 0:
		look.Size, look.Bold, look.Text = 15, true, tab.Navy
		return look
	case row == HelpRow && column == 0:
		look.Text = tab.Grey
		return look
	case row == HeaderRow:
		look.Bold, look.Text, look.Fill, look.Middle, look.Wrap = true, paper, tab.Navy, true, true
		return look
	case row < FirstRow:
		return tab.Look{}
	case row >= FirstRow+len(s.Rows):
		return shaped(look, s.Columns[column].Format)
	}
	r := s.Rows[row-FirstRow]
	look.LineBelow = hair
	if r.Summary {
		look.Bold, look.Text, look.Fill, look.LineBelow = true, tab.Navy, tab.Light, tab.Line
	}
	return shaped(look, s.format(r, column))
}

// format returns how a cell of a row is shown: a date always as one.
func (s Sheet) format(r Row, column int) Format {
	if column >= len(r.Cells) {
		return s.Columns[column].Format
	}
	switch c := r.Cells[column]; {
	case !c.Date.IsZero():
		return Day
	case c.Format != General:
		return c.Format
	}
	return s.Columns[column].Format
}

// shaped returns a look with number format and alignment.
func shaped(look tab.Look, f Format) tab.Look {
	look.Wrap = f == Wrapped || f == Exact
	look.Format = [...]string{Day: tab.FormatDate, Percent: "0%", Amount: tab.FormatInteger, Whole: "0", Exact: "@"}[f]
	if f == Day || f == Percent || f == Whole {
		look.Align = "center"
	}
	return look
}
