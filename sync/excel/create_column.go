package excel

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"steerco/sync/workbook"
	"steerco/templates/starter"
	"steerco/templates/tab"
)

// listSheet is the hidden sheet with the choices of all columns.
const listSheet = "Lists"

// place gives each list of choices a column of the hidden sheet, each list
// once: a list in a column's own rule must not be longer than 255 characters
// nor hold a comma.
func (c *creator) place(b starter.Book) {
	c.listRanges = map[string]string{}
	for _, s := range b.Sheets {
		for _, column := range s.Columns {
			key := strings.Join(column.Choices, "\n")
			if key == "" || c.listRanges[key] != "" {
				continue
			}
			letter := workbook.ColumnName(len(c.lists))
			c.listRanges[key] = fmt.Sprintf("%s!$%s$1:$%s$%d", listSheet, letter, letter, len(column.Choices))
			c.lists = append(c.lists, column.Choices)
		}
	}
}

// writeLists writes the lists into a hidden sheet behind the others.
func (c *creator) writeLists() {
	if len(c.lists) == 0 {
		return
	}
	_, err := c.file.NewSheet(listSheet)
	c.do(err)
	for i, list := range c.lists {
		for row, choice := range list {
			c.do(c.file.SetCellStr(listSheet, cellAt(row+1, i), choice))
		}
	}
	c.do(c.file.SetSheetVisible(listSheet, false))
}

// column sets width, help, choices and the format of the cells to come. It goes
// before the cells.
func (c *creator) column(s starter.Sheet, index int, column starter.Column) {
	letter := workbook.ColumnName(index)
	c.do(c.file.SetColWidth(s.Name, letter, letter, column.Width))
	c.do(c.file.SetColStyle(s.Name, letter, c.style(s.Look(starter.FirstRow+len(s.Rows), index))))
	c.note(s.Name, index, column)
	if c.lastRow(s) > headerRow {
		c.validate(s, index, column)
	}
}

// note puts the column's help on its header.
func (c *creator) note(sheet string, index int, column starter.Column) {
	if column.Help == "" {
		return
	}
	c.do(c.file.AddComment(sheet, excelize.Comment{
		Author: "steerco", Cell: cellAt(headerRow, index), Width: 220, Height: 70,
		Paragraph: []excelize.RichTextRun{{Text: column.Help, Font: &excelize.Font{Size: 9, Family: tab.Font}}},
	}))
}

// validate offers the column's choices, or asks for a date.
func (c *creator) validate(s starter.Sheet, index int, column starter.Column) {
	list, offered := c.listRanges[strings.Join(column.Choices, "\n")]
	if !offered && column.Format != starter.Day {
		return
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(cellAt(firstDataRow, index) + ":" + cellAt(c.lastRow(s), index))
	if offered {
		v.SetSqrefDropList(list)
	} else {
		c.do(v.SetRange(firstDate, lastDate, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween))
	}
	switch {
	case !offered:
		v.SetError(excelize.DataValidationErrorStyleWarning, column.Header, "This isn't a date: late work can't be told by it.")
	case !column.Open:
		v.SetError(excelize.DataValidationErrorStyleWarning, column.Header, "This isn't one of the choices: "+shorten(column.Choices))
	default:
		v.ShowErrorMessage = false
	}
	c.do(c.file.AddDataValidation(s.Name, v))
}

// The dates between which a plan's dates lie, as serial numbers: 2000 to 2099.
const (
	firstDate = 36526
	lastDate  = 73050
)

// shorten joins choices to at most the length that a message may have.
func shorten(choices []string) string {
	const limit = 190
	text := strings.Join(choices, ", ")
	if len(text) > limit {
		text = text[:strings.LastIndex(text[:limit], ",")] + " …"
	}
	return text
}

// style returns the library's number for a look, made once.
func (c *creator) style(look tab.Look) int {
	if id, made := c.styles[look]; made {
		return id
	}
	id, err := c.file.NewStyle(styleOf(look))
	c.do(err)
	c.styles[look] = id
	return id
}
