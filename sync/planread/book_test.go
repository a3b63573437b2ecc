package planread_test

import (
	"strconv"
	"strings"
	"testing"

	"steerco/rules/calendar"
	"steerco/sync/planread"
	"steerco/sync/workbook"
)

// The formats of the books that tests write down.
const (
	general = iota
	isoDate
	boldText
	percentFormat
	indented
	thousands
	clockTime
	dayFirstDate
)

var formats = []workbook.Format{
	general:       {Code: "General"},
	isoDate:       {Code: "yyyy-mm-dd", Date: true},
	boldText:      {Code: "General", Bold: true},
	percentFormat: {Code: "0%"},
	indented:      {Code: "General", Indent: 1},
	thousands:     {Code: "#,##0"},
	clockTime:     {Code: "hh:mm:ss", Date: true},
	dayFirstDate:  {Code: "dd/mm/yyyy", Date: true},
}

// book makes a workbook of written sheets. A line "== name" begins a sheet,
// "== name (hidden)" a hidden one; every further line is a row, with its cells
// between bars. A blank line is a blank row. A cell may be written as
//
//	2026-03-01   a true date          d:2026-03-01  one shown with the day first
//	12           a number             12%           a number shown as a percent
//	'12          the text 12          *Design       a bold text
//	>Design      an indented text     =12           a formula with the value 12
//	=            a formula without    #REF!         an error
//	n:108107     a number shown with thousands
//	t:0.5        a time of day        _Design       two blanks before the text
func book(t testing.TB, text string) *workbook.Book {
	t.Helper()
	b := &workbook.Book{Name: "plan.xlsx", Formats: formats}
	at := 0
	for _, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		line = strings.TrimLeft(line, "\t")
		if name, ok := strings.CutPrefix(line, "== "); ok {
			name, hidden := strings.CutSuffix(name, " (hidden)")
			b.Sheets = append(b.Sheets, workbook.Sheet{Name: name, Hidden: hidden})
			at = 0
			continue
		}
		s := &b.Sheets[len(b.Sheets)-1]
		if row := writtenRow(t, line); len(row.Cells) > 0 {
			row.Index = at
			s.Rows = append(s.Rows, row)
		}
		at++
	}
	return b
}

func writtenRow(t testing.TB, line string) workbook.Row {
	t.Helper()
	var row workbook.Row
	if strings.TrimSpace(line) == "" {
		return row
	}
	for i, text := range strings.Split(line, "|") {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		c := writtenCell(t, text)
		c.Column = int32(i)
		row.Cells = append(row.Cells, c)
	}
	return row
}

func writtenCell(t testing.TB, text string) workbook.Cell {
	t.Helper()
	if rest, ok := strings.CutPrefix(text, "="); ok {
		c := workbook.Cell{}
		if rest != "" {
			c = writtenCell(t, rest)
		}
		c.Formula = true
		return c
	}
	prefixed := map[string]uint32{"n:": thousands, "t:": clockTime}
	for prefix, format := range prefixed {
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			n, err := strconv.ParseFloat(rest, 64)
			if err != nil {
				t.Fatal(err)
			}
			return workbook.Cell{Kind: workbook.Number, Number: n, Format: format}
		}
	}
	if rest, ok := strings.CutPrefix(text, "d:"); ok {
		c := writtenCell(t, rest)
		c.Format = dayFirstDate
		return c
	}
	return plainCell(text)
}

func plainCell(text string) workbook.Cell {
	if d, err := calendar.Parse(text); err == nil {
		return workbook.Cell{Kind: workbook.Number, Number: float64(d - calendar.New(1899, 12, 30)), Format: isoDate}
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		return workbook.Cell{Kind: workbook.Number, Number: n}
	}
	if bare, ok := strings.CutSuffix(text, "%"); ok {
		if n, err := strconv.ParseFloat(bare, 64); err == nil {
			return workbook.Cell{Kind: workbook.Number, Number: n / 100, Format: percentFormat}
		}
	}
	switch text[0] {
	case '\'':
		return workbook.Cell{Kind: workbook.Text, Text: text[1:]}
	case '*':
		return workbook.Cell{Kind: workbook.Text, Text: text[1:], Format: boldText}
	case '>':
		return workbook.Cell{Kind: workbook.Text, Text: text[1:], Format: indented}
	case '_':
		return workbook.Cell{Kind: workbook.Text, Text: "  " + text[1:]}
	}
	switch text {
	case "TRUE":
		return workbook.Cell{Kind: workbook.Bool, Number: 1}
	case "FALSE":
		return workbook.Cell{Kind: workbook.Bool}
	case "#REF!":
		return workbook.Cell{Kind: workbook.ErrorValue, Text: text}
	}
	return workbook.Cell{Kind: workbook.Text, Text: strings.ReplaceAll(text, `\n`, "\n")}
}

// read reads a written book, which must be readable.
func read(t testing.TB, text string) *planread.Reading {
	t.Helper()
	return readWith(t, text, planread.Options{})
}

func readWith(t testing.TB, text string, o planread.Options) *planread.Reading {
	t.Helper()
	r, err := planread.Read(book(t, text), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
