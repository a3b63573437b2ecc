package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"steerco/rules"
)

// out prints a line of the result.
func (a *app) out(format string, values ...any) { fmt.Fprintf(a.stdout, format+"\n", values...) }

// heading prints the title of a part of the result, with a line before it.
func (a *app) heading(format string, values ...any) {
	a.out("")
	a.out("%s", a.bold(fmt.Sprintf(format, values...)))
}

// column is a column of a table on the terminal. A width of 0 is as wide as its
// longest text, others wrap.
type column struct {
	title string
	width int
}

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
	for i, c := range columns {
		titles = append(titles, c.title)
		configs = append(configs, table.ColumnConfig{Number: i + 1, WidthMax: c.width, WidthMaxEnforcer: text.WrapSoft})
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

// colours reports whether the result may hold colours: on a terminal that can
// show them, unless NO_COLOR forbids them.
func (a *app) colours() bool {
	f, ok := a.stdout.(*os.File)
	if !ok || a.getenv("NO_COLOR") != "" || a.getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
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
