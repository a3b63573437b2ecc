package gsheets_test

import (
	"fmt"
	"slices"

	"google.golang.org/api/sheets/v4"
)

// restructuring are actions that change what a sheet of the team's looks like
// as a whole.
func restructuring() []action {
	return []action{
		{"copy a sheet of the team's", copySheet},
		{"copy a tab", copyTab},
		{"take the title of a tab that isn't there", takeTitle},
		{"insert a column", insertColumn},
		{"delete a column", deleteColumn},
		{"move a column", moveColumn},
		{"cut a row and paste it elsewhere", cutRow},
		{"copy a row of the plan to its end", copyRow},
		{"copy cells of the plan to the right", copyCells},
		{"copy tasks to another sheet", copyToNotes},
		{"merge cells", mergeNotes},
		{"delete all tasks", deleteTasks},
		{"switch the language of numbers", func(p *chaosPerson) {
			p.Do("updateSpreadsheetProperties", &sheets.UpdateSpreadsheetPropertiesRequest{
				Fields: "locale", Properties: &sheets.SpreadsheetProperties{Locale: [...]string{"de_DE", "en_US"}[p.IntN(2)]},
			})
		}},
	}
}

func copySheet(p *chaosPerson) {
	s := p.team.sheets[p.IntN(len(p.team.sheets))]
	if _, ok := p.rules(s); !ok || len(p.team.sheets) >= mostSheets {
		return
	}
	c := s.clone()
	c.plan, c.kept, c.copied = false, false, true
	p.duplicate(s.id, c)
}

// duplicate copies a sheet; c is the copy as the model has it.
func (p *chaosPerson) duplicate(source int64, c *teamSheet) {
	c.id, c.title = int64(1000+p.team.next()), fmt.Sprintf("Copy %d", p.team.next())
	at := len(p.Sheets())
	p.Do("duplicateSheet", &sheets.DuplicateSheetRequest{
		SourceSheetId: source, NewSheetId: c.id, NewSheetName: c.title, InsertSheetIndex: int64(at),
	})
	p.team.sheets = append(p.team.sheets, c)
}

// aFormula is a formula that the team has copied: what it says changes with the
// sheets that it names.
type aFormula struct{}

func copyTab(p *chaosPerson) {
	s := p.foreignSheet()
	if s == nil || len(p.team.sheets) >= mostSheets {
		return
	}
	c := &teamSheet{columns: int(s.Properties.GridProperties.ColumnCount), rows: make([][]any, s.Properties.GridProperties.RowCount)}
	eachValue(s, func(row, column int, cell *sheets.CellData) {
		v := cell.UserEnteredValue
		for len(c.rows[row]) <= column {
			c.rows[row] = append(c.rows[row], nil)
		}
		switch {
		case v == nil:
		case v.FormulaValue != nil:
			c.rows[row][column] = aFormula{}
		case v.StringValue != nil:
			c.rows[row][column] = *v.StringValue
		case v.NumberValue != nil:
			c.rows[row][column] = *v.NumberValue
		}
	})
	c.rules = teamRules(ruleFormulas(s))
	// What is copied is a document that nobody works in.
	c.kept = true
	p.duplicate(s.Properties.SheetId, c)
}

// takeTitle makes a sheet with the title of a tab. It is in its way.
func takeTitle(p *chaosPerson) {
	for _, title := range []string{"Summary", "Committee"} {
		if !slices.Contains(p.Sheets(), title) && len(p.team.sheets) < mostSheets {
			s := &teamSheet{id: int64(1000 + p.team.next()), title: title}
			p.addSheet(s)
			p.put(s, 0, 0, p.team.word())
			return
		}
	}
}

func insertColumn(p *chaosPerson) {
	s := p.plan()
	if s.columns > chaosColumns+3 {
		return
	}
	at := 1 + p.IntN(6)
	p.InsertColumns(s.title, at, 1)
	s.columns++
	for i, row := range s.rows {
		if at < len(row) {
			s.rows[i] = slices.Insert(row, at, any(nil))
		}
	}
}

// deleteColumn deletes a column without which the tasks can be read.
func deleteColumn(p *chaosPerson) {
	s := p.plan()
	at := 1 + p.IntN(8)
	if s.columns < 10 || at < len(s.rows[0]) && slices.Contains([]any{"Task", "Finish", "% Complete"}, s.rows[0][at]) {
		return
	}
	p.DeleteColumns(s.title, at, 1)
	s.columns--
	for i, row := range s.rows {
		if at < len(row) {
			s.rows[i] = slices.Delete(row, at, at+1)
		}
	}
}

func moveColumn(p *chaosPerson) {
	s := p.plan()
	from, to := 1+p.IntN(7), 1+p.IntN(7)
	p.MoveColumn(s.title, from, to)
	for i, row := range s.rows {
		for len(row) <= max(from, to) {
			row = append(row, nil)
		}
		value := row[from]
		s.rows[i] = slices.Insert(slices.Delete(row, from, from+1), to, value)
	}
}

// rowRange is a row of a sheet, all of its columns.
func rowRange(s *teamSheet, row int) *sheets.GridRange {
	return &sheets.GridRange{
		SheetId: s.id, StartRowIndex: int64(row), EndRowIndex: int64(row + 1), EndColumnIndex: int64(s.columns),
		ForceSendFields: []string{"StartRowIndex", "StartColumnIndex"},
	}
}

// cutRow moves what stands in a row to another one, on which it falls. The place
// where it stood stays empty.
func cutRow(p *chaosPerson) {
	s := p.pick()
	from, ok := p.row(s)
	if !ok || len(s.rows) > chaosRows-20 {
		return
	}
	to := len(s.rows)
	if !s.plan && p.IntN(2) == 0 {
		to, _ = p.row(s)
	}
	if to == from {
		return
	}
	p.Do("cutPaste", &sheets.CutPasteRequest{
		Source: rowRange(s, from), PasteType: "PASTE_NORMAL",
		Destination: &sheets.GridCoordinate{SheetId: s.id, RowIndex: int64(to), ForceSendFields: []string{"ColumnIndex"}},
	})
	if to == len(s.rows) {
		s.rows = append(s.rows, nil)
	}
	s.rows[to], s.rows[from] = s.rows[from], nil
}

func (p *chaosPerson) copyPaste(from, to *sheets.GridRange) {
	p.Do("copyPaste", &sheets.CopyPasteRequest{Source: from, Destination: to, PasteType: "PASTE_NORMAL"})
}

// copyRow makes another task of a task. What colours the one colours the other.
func copyRow(p *chaosPerson) {
	s := p.plan()
	from, ok := p.row(s)
	if !ok || len(s.rows) > chaosRows-20 {
		return
	}
	to := len(s.rows)
	p.copyPaste(rowRange(s, from), rowRange(s, to))
	s.rows = append(s.rows, slices.Clone(s.rows[from]))
	p.putUnder("ID", to, fmt.Sprintf("T%05d", p.team.next()))
}

// copyCells copies cells of a column of the plan, coloured ones too, to the last
// column.
func copyCells(p *chaosPerson) {
	s := p.plan()
	row, ok := p.row(s)
	column, last := 1+p.IntN(4), s.columns-1
	if !ok || len(s.rows[row]) <= column {
		return
	}
	cell := func(column int) *sheets.GridRange {
		r := rowRange(s, row)
		r.StartColumnIndex, r.EndColumnIndex = int64(column), int64(column+1)
		return r
	}
	p.copyPaste(cell(column), cell(last))
	for len(s.rows[row]) <= last {
		s.rows[row] = append(s.rows[row], nil)
	}
	s.rows[row][last] = s.rows[row][column]
}

func copyToNotes(p *chaosPerson) {
	s, to := p.plan(), p.pick()
	from, ok := p.row(s)
	if !ok || to.plan || to.columns < s.columns || len(to.rows) > chaosRows-20 {
		return
	}
	at := rowRange(to, len(to.rows))
	at.EndColumnIndex = int64(s.columns)
	p.copyPaste(rowRange(s, from), at)
	to.rows = append(to.rows, slices.Clone(s.rows[from]))
}

// mergeNotes merges two cells of a row: what the second one said is gone.
func mergeNotes(p *chaosPerson) {
	s := p.pick()
	row, ok := p.row(s)
	if s.plan || !ok || s.columns < 9 {
		return
	}
	p.put(s, row, 7, p.team.word())
	p.put(s, row, 8, nil)
	r := rowRange(s, row)
	r.StartColumnIndex, r.EndColumnIndex = 7, 9
	p.Do("mergeCells", &sheets.MergeCellsRequest{MergeType: "MERGE_ALL", Range: r})
}

func deleteTasks(p *chaosPerson) {
	s := p.plan()
	if _, ok := p.rules(s); !ok || len(s.rows) < 2 || p.IntN(3) > 0 {
		return
	}
	p.DeleteRows(s.title, 1, len(s.rows)-1)
	s.rows = s.rows[:1]
}
