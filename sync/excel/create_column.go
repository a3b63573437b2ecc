package excel

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"steerco/rules/calendar"
	"steerco/sync/workbook"
	"steerco/templates/starter"
)

// excelEpoch is the day with the serial number 0.
const excelEpoch = calendar.Date(693594)

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
	c.do(c.file.SetColStyle(s.Name, letter, c.style(creatorStyle{kind: emptyStyle, format: column.Format})))
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
		Paragraph: []excelize.RichTextRun{{Text: column.Help, Font: &excelize.Font{Size: 9, Family: creatorFont}}},
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

// creatorFont is the face of the cells.
const creatorFont = "Arial"

type creatorKind uint8

const (
	bodyStyle creatorKind = iota
	emptyStyle
	summaryStyle
	headerStyle
	titleStyle
	helpStyle
)

// creatorStyle is one look of a cell.
type creatorStyle struct {
	kind   creatorKind
	format starter.Format
}

// style returns the library's number for a look, made once.
func (c *creator) style(s creatorStyle) int {
	if id, made := c.styles[s]; made {
		return id
	}
	id, err := c.file.NewStyle(s.look())
	c.do(err)
	c.styles[s] = id
	return id
}

const (
	ink    = "1F3050"
	quiet  = "5F6B7A"
	shade  = "EDF1F5"
	hair   = "D5DAE0"
	paper  = "FFFFFF"
	strong = "C4CAD2"
)

func (s creatorStyle) look() *excelize.Style {
	font := &excelize.Font{Family: creatorFont, Size: 9}
	look := &excelize.Style{Font: font, Alignment: &excelize.Alignment{Vertical: "top"}}
	switch s.kind {
	case titleStyle:
		font.Size, font.Bold, font.Color = 15, true, ink
		return look
	case helpStyle:
		font.Color = quiet
		return look
	case headerStyle:
		font.Bold, font.Color = true, paper
		look.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{ink}}
		look.Alignment = &excelize.Alignment{Vertical: "center", WrapText: true}
		return look
	case summaryStyle:
		font.Bold, font.Color = true, ink
		look.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{shade}}
		look.Border = []excelize.Border{{Type: "bottom", Color: strong, Style: 1}}
	case bodyStyle:
		look.Border = []excelize.Border{{Type: "bottom", Color: hair, Style: 1}}
	}
	s.shape(look)
	return look
}

// shape sets number format and alignment of a body cell.
func (s creatorStyle) shape(look *excelize.Style) {
	look.Alignment.WrapText = s.format == starter.Wrapped || s.format == starter.Exact
	code := [...]string{starter.Day: "d mmm yyyy", starter.Percent: "0%", starter.Amount: "#,##0", starter.Whole: "0", starter.Exact: "@"}[s.format]
	if code != "" {
		look.CustomNumFmt = &code
	}
	if s.format == starter.Day || s.format == starter.Percent || s.format == starter.Whole {
		look.Alignment.Horizontal = "center"
	}
}
