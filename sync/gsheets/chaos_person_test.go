package gsheets_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"google.golang.org/api/sheets/v4"

	"steerco/rules/calendar"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook/workbooktest"
)

// chaosTeam is what the team has typed, kept apart from the spreadsheet: what
// should be there is told by this alone.
type chaosTeam struct {
	// sheets are those of the team's, in their order.
	sheets []*teamSheet
	// made counts what needs a name of its own.
	made int
	// noted means that a program has lost or altered what is noted on a tab.
	// Where the data tab goes too nobody knows any more that the tab is one.
	noted bool
}

// clone returns a copy that has nothing in common with m.
func (m *chaosTeam) clone() *chaosTeam {
	c := &chaosTeam{made: m.made, noted: m.noted}
	for _, s := range m.sheets {
		c.sheets = append(c.sheets, s.clone())
	}
	return c
}

func (s *teamSheet) clone() *teamSheet {
	c := *s
	c.rules = slices.Clone(s.rules)
	c.rows = make([][]any, len(s.rows))
	for i, row := range s.rows {
		c.rows[i] = slices.Clone(row)
	}
	return &c
}

type teamSheet struct {
	id    int64
	title string
	// rows are the values from A1 on, as in workbooktest.Sheet.Rows.
	rows [][]any
	// rules are the formulas of the team's own conditional formats, in their
	// order.
	rules []string
	// columns is how wide the grid is.
	columns int
	// plan means that the tasks are there, below a header; kept, that the sheet
	// is never touched; copied, that it was made from another one.
	plan, kept, copied bool
}

const (
	chaosRows    = 80
	chaosColumns = 12
	mostSheets   = 7
	// ruleRows are the rows of the team's rules. The first is never deleted, so
	// that no rule goes with its rows.
	ruleRows = 20
)

func (m *chaosTeam) next() int {
	m.made++
	return m.made
}

func (m *chaosTeam) word() string {
	prefix := [...]string{"word", "=word", "+word", "Größe", "1.", "'word", "TRUE"}
	n := m.next()
	return fmt.Sprintf("%s %05d", prefix[n%len(prefix)], n)
}

// chaosPerson is somebody who works in a spreadsheet, and in the model of it.
type chaosPerson struct {
	*sheetstest.Person
	*rand.Rand
	team *chaosTeam
	// now is what stands in the spreadsheet.
	now *sheets.Spreadsheet
}

// pick returns a sheet that may be edited.
func (p *chaosPerson) pick() *teamSheet {
	var all []*teamSheet
	for _, s := range p.team.sheets {
		if !s.kept {
			all = append(all, s)
		}
	}
	return all[p.IntN(len(all))]
}

func (p *chaosPerson) plan() *teamSheet {
	return p.team.sheets[slices.IndexFunc(p.team.sheets, func(s *teamSheet) bool { return s.plan })]
}

// row returns a row that isn't the first, or false where there is none.
func (p *chaosPerson) row(s *teamSheet) (int, bool) {
	if len(s.rows) < 2 {
		return 0, false
	}
	return 1 + p.IntN(len(s.rows)-1), true
}

// put types a value into spreadsheet and model.
func (p *chaosPerson) put(s *teamSheet, row, column int, value any) {
	for len(s.rows) <= row {
		s.rows = append(s.rows, nil)
	}
	for len(s.rows[row]) <= column {
		s.rows[row] = append(s.rows[row], nil)
	}
	s.rows[row][column] = value
	typed := value
	if d, ok := value.(calendar.Date); ok {
		year, month, day := d.Time().Date()
		typed = sheetstest.Date{Year: year, Month: month, Day: day}
	}
	p.Set(s.title, row, column, typed)
}

// putUnder types a value into the column with a header of the plan's, if it is
// there still.
func (p *chaosPerson) putUnder(header string, row int, value any) {
	s := p.plan()
	if column := slices.Index(s.rows[0], any(header)); column >= 0 {
		p.put(s, row, column, value)
	}
}

// task types a task into a row of the plan.
func (p *chaosPerson) task(row int) {
	start := today + calendar.Date(p.IntN(60)-30)
	p.putUnder("ID", row, fmt.Sprintf("T%05d", p.team.next()))
	p.putUnder("Task", row, p.team.word())
	p.putUnder("Start", row, start)
	p.putUnder("Finish", row, start+calendar.Date(p.IntN(20)))
	p.putUnder("% Complete", row, float64(p.IntN(10))/10)
}

// action is something that people do. It does nothing where it can't be done.
type action struct {
	name string
	do   func(*chaosPerson)
}

// typing are actions in the team's own sheets.
func typing() []action {
	return []action{
		{"type a word", typeWord},
		{"type a word", typeWord},
		{"say how far a task is", func(p *chaosPerson) {
			if row, ok := p.row(p.plan()); ok {
				p.putUnder("% Complete", row, float64(p.IntN(11))/10)
			}
		}},
		{"move a date", func(p *chaosPerson) {
			if row, ok := p.row(p.plan()); ok {
				p.putUnder("Finish", row, today+calendar.Date(p.IntN(80)-40))
			}
		}},
		{"empty a cell", func(p *chaosPerson) {
			s := p.pick()
			if row, ok := p.row(s); ok && !s.plan {
				p.put(s, row, p.IntN(4), nil)
			}
		}},
		{"add a task", func(p *chaosPerson) {
			if s := p.plan(); len(s.rows) < chaosRows-20 {
				p.task(len(s.rows))
			}
		}},
		{"insert a row", insertRow},
		{"delete a row", deleteRow},
		{"move a row", moveARow},
		{"sort", sortPlan},
	}
}

func typeWord(p *chaosPerson) {
	s := p.pick()
	if s.plan {
		if row, ok := p.row(s); ok {
			p.putUnder([]string{"Task", "Owner"}[p.IntN(2)], row, p.team.word())
		}
		return
	}
	p.put(s, p.IntN(10), p.IntN(5), p.team.word())
}

func insertRow(p *chaosPerson) {
	s := p.pick()
	row, ok := p.row(s)
	if !ok || len(s.rows) > chaosRows-20 {
		return
	}
	p.InsertRows(s.title, row, 1)
	s.rows = slices.Insert(s.rows, row, []any(nil))
	if s.plan {
		p.task(row)
	}
}

func deleteRow(p *chaosPerson) {
	s := p.pick()
	if row, ok := p.row(s); ok && len(s.rows) > 5 {
		p.DeleteRows(s.title, row, 1)
		s.rows = slices.Delete(s.rows, row, row+1)
	}
}

func moveARow(p *chaosPerson) {
	s := p.pick()
	from, ok := p.row(s)
	if !ok {
		return
	}
	to, _ := p.row(s)
	p.MoveRow(s.title, from, to)
	row := s.rows[from]
	s.rows = slices.Insert(slices.Delete(s.rows, from, from+1), to, row)
}

// sortPlan sorts the tasks by their ids. Rows without one come last.
func sortPlan(p *chaosPerson) {
	s := p.plan()
	if len(s.rows) < 2 {
		return
	}
	p.Sort(s.title, 1, len(s.rows)-1, 0)
	slices.SortStableFunc(s.rows[1:], func(a, b []any) int { return cmp.Compare(idOf(a), idOf(b)) })
}

func idOf(row []any) string {
	if len(row) > 0 && row[0] != nil {
		return row[0].(string)
	}
	return "~"
}

// arranging are actions on the team's sheets as a whole and on their rules.
func arranging() []action {
	return []action{
		{"rename a sheet", func(p *chaosPerson) {
			s := p.pick()
			title := fmt.Sprintf("Sheet's %d", p.team.next())
			p.RenameSheet(s.title, title)
			s.title = title
		}},
		{"add a sheet", func(p *chaosPerson) {
			if len(p.team.sheets) < mostSheets {
				p.addSheet(&teamSheet{id: int64(100 + p.team.next()), title: fmt.Sprintf("Notes %d", p.team.next())})
			}
		}},
		{"delete a sheet", func(p *chaosPerson) {
			if s := p.pick(); !s.plan && len(p.team.sheets) > 2 {
				p.DeleteSheet(s.title)
				p.team.sheets = slices.DeleteFunc(p.team.sheets, func(other *teamSheet) bool { return other == s })
			}
		}},
		{"move a sheet to the front", func(p *chaosPerson) {
			s := p.pick()
			p.MoveSheet(s.title, 0)
			p.team.sheets = slices.DeleteFunc(p.team.sheets, func(other *teamSheet) bool { return other == s })
			p.team.sheets = slices.Insert(p.team.sheets, 0, s)
		}},
		{"add a rule", func(p *chaosPerson) {
			s := p.pick()
			if all, ok := p.rules(s); ok && len(s.rules) < 6 {
				at := p.IntN(len(all) + 1)
				formula := fmt.Sprintf(`=$A1="rule %d"`, p.team.next())
				p.AddRule(s.title, sheetstest.Rule{Index: at, LastRow: ruleRows, Formula: formula})
				s.rules = teamRules(slices.Insert(all, at, formula))
			}
		}},
		{"delete a rule", func(p *chaosPerson) {
			s := p.pick()
			if all, ok := p.rules(s); ok && len(s.rules) > 0 {
				at := slices.Index(all, s.rules[p.IntN(len(s.rules))])
				p.Do("deleteConditionalFormatRule", &sheets.DeleteConditionalFormatRuleRequest{SheetId: s.id, Index: int64(at), ForceSendFields: []string{"Index"}})
				s.rules = teamRules(slices.Delete(all, at, at+1))
			}
		}},
		{"move a rule", func(p *chaosPerson) {
			s := p.pick()
			if all, ok := p.rules(s); ok && len(s.rules) > 0 {
				from, to := slices.Index(all, s.rules[p.IntN(len(s.rules))]), p.IntN(len(all))
				p.Do("updateConditionalFormatRule", &sheets.UpdateConditionalFormatRuleRequest{
					SheetId: s.id, Index: int64(from), NewIndex: int64(to), ForceSendFields: []string{"Index", "NewIndex"},
				})
				formula := all[from]
				s.rules = teamRules(slices.Insert(slices.Delete(all, from, from+1), to, formula))
			}
		}},
	}
}

// rules returns the formulas of all rules of a sheet, or false where the team's
// aren't all in their places at this moment: people who see that leave them
// alone.
func (p *chaosPerson) rules(s *teamSheet) ([]string, bool) {
	for _, sheet := range p.now.Sheets {
		if sheet.Properties.SheetId == s.id {
			all := ruleFormulas(sheet)
			return all, slices.Equal(teamRules(all), s.rules)
		}
	}
	return nil, len(s.rules) == 0
}

func ruleFormulas(s *sheets.Sheet) []string {
	var all []string
	for _, r := range s.ConditionalFormats {
		all = append(all, r.BooleanRule.Condition.Values[0].UserEnteredValue)
	}
	return all
}

// teamRules returns the formulas that aren't steerco's.
func teamRules(all []string) []string {
	var own []string
	for _, formula := range all {
		if !strings.Contains(formula, "_steerco") {
			own = append(own, formula)
		}
	}
	return own
}

func (p *chaosPerson) addSheet(s *teamSheet) {
	p.Do("addSheet", &sheets.AddSheetRequest{Properties: &sheets.SheetProperties{
		SheetId: s.id, Title: s.title, GridProperties: &sheets.GridProperties{RowCount: chaosRows, ColumnCount: chaosColumns},
	}})
	s.columns = chaosColumns
	p.team.sheets = append(p.team.sheets, s)
}

// start makes the team's sheets.
func (p *chaosPerson) start(all []workbooktest.Sheet) {
	for i, sheet := range all {
		s := &teamSheet{id: int64(i + 1), title: sheet.Name, rows: sheet.Rows, plan: sheet.Name == "Plan", kept: sheet.Name == "Settings"}
		p.addSheet(s)
		p.Do("updateCells", fill(s.id, sheet).UpdateCells)
	}
	p.addSheet(&teamSheet{id: 50, title: "Notes"})
}
