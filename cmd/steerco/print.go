package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/term"

	"steerco/rules"
)

// out prints a line of the result.
func (a *app) out(format string, values ...any) {
	if _, err := fmt.Fprintf(a.stdout, format+"\n", values...); err != nil {
		a.unprinted = err
	}
}

// heading prints the title of a part of the result, with a line before it.
func (a *app) heading(format string, values ...any) {
	a.out("")
	a.out("%s", a.bold(fmt.Sprintf(format, values...)))
}

// column is a column of a table on the terminal.
type column struct {
	title string
	// most is its greatest width; longer texts wrap. 0: as wide as its longest
	// text. rest: a share of what the others leave, 2*rest: two shares.
	most int
}

// rest is the width of the columns that share what the others leave.
const rest = -1

// Widths of the result in characters.
const (
	fileWidth = 160 // where it doesn't go to a terminal
	leastRest = 20  // of a column of the width rest
	gap       = 2   // between columns
)

// table prints rows under column titles; nothing without rows.
func (a *app) table(columns []column, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	w := table.NewWriter()
	w.SetStyle(table.StyleLight)
	w.Style().Options = table.Options{SeparateColumns: false, DrawBorder: false, SeparateHeader: true}
	w.Style().Format.Header = text.FormatDefault
	w.Style().Box.PaddingLeft = ""
	w.Style().Box.PaddingRight = "  "
	var titles table.Row
	var configs []table.ColumnConfig
	for i, width := range a.widths(columns, rows) {
		titles = append(titles, columns[i].title)
		configs = append(configs, table.ColumnConfig{Number: i + 1, WidthMax: width, WidthMaxEnforcer: text.WrapSoft})
	}
	w.AppendHeader(titles)
	w.SetColumnConfigs(configs)
	for _, row := range rows {
		var cells table.Row
		for _, cell := range row {
			cells = append(cells, oneLine(cell))
		}
		w.AppendRow(cells)
	}
	for line := range strings.Lines(w.Render()) {
		a.out("  %s", strings.TrimRight(line, " \n"))
	}
}

// widths shares the width of the terminal among the columns of a table.
func (a *app) widths(columns []column, rows [][]string) []int {
	widths := make([]int, len(columns))
	left, shares := a.width()-gap, 0
	for i, c := range columns {
		widths[i] = text.StringWidthWithoutEscSequences(c.title)
		for _, row := range rows {
			widths[i] = max(widths[i], text.StringWidthWithoutEscSequences(oneLine(row[i])))
		}
		if c.most > 0 {
			widths[i] = min(widths[i], c.most)
		}
		left -= gap
		if c.most < 0 {
			shares += c.most
		} else {
			left -= widths[i]
		}
	}
	for i, c := range columns {
		if c.most < 0 {
			widths[i] = min(widths[i], max(leastRest, left*c.most/shares))
		}
	}
	return widths
}

// width is how many characters stand in a line.
func (a *app) width() int {
	if f, ok := a.stdout.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return width
		}
	}
	return fileWidth
}

// colours reports whether the result may hold colours: on a terminal that can
// show them, unless NO_COLOR forbids them.
func (a *app) colours() bool {
	f, ok := a.stdout.(*os.File)
	if !ok || a.getenv("NO_COLOR") != "" || a.getenv("TERM") == "dumb" {
		return false
	}
	return term.IsTerminal(int(f.Fd()))
}

func (a *app) paint(s string, colours ...text.Color) string {
	if !a.colours() {
		return s
	}
	return text.Colors(colours).EscapeSeq() + s + text.Reset.EscapeSeq()
}

func (a *app) bold(s string) string { return a.paint(s, text.Bold) }

// severity prints the name of a severity with its sign.
func (a *app) severity(s rules.Severity) string {
	switch s {
	case rules.Critical:
		return a.paint("✖ critical", text.Bold, text.FgRed)
	case rules.Warning:
		return a.paint("▲ warning", text.Bold, text.FgYellow)
	case rules.Note:
		return a.paint("● note", text.Bold, text.FgCyan)
	}
	return a.paint("? cannot judge", text.Bold)
}

// counted returns "1 task", "2 tasks".
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// place returns where a cell stands, as "Tasks!D14"; parts may be empty.
func place(sheet, cell string) string {
	if sheet == "" || cell == "" {
		return sheet + cell
	}
	return sheet + "!" + cell
}
