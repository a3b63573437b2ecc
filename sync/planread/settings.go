package planread

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// pair is the name of a setting and the cell with its value.
type pair struct {
	row         *workbook.Row
	name        string // as typed
	setting     plan.Field
	nameColumn  int
	valueColumn int
	value       workbook.Cell
}

// settingsReader collects the facts of the project.
type settingsReader struct {
	*reader
	sheet *workbook.Sheet
	table int
}

// readSettings reads the facts of the project: from tables of settings first,
// then from names with a value beside them above the plan and on sheets
// without tables.
func (r *reader) readSettings(all []*found, tasks *found) {
	r.out.Plan.Settings.At = map[plan.Field]plan.Ref{}
	for _, f := range all {
		if f.header.table == plan.SettingsTable {
			r.settingsTable(f)
		}
	}
	for i := range r.book.Sheets {
		sheet := &r.book.Sheets[i]
		if sheet.Hidden && !r.o.HiddenSheets {
			continue
		}
		v := &view{reader: r, sheet: sheet}
		if _, tabled := tableStart(sheet, all); sheet == tasks.view.sheet || v.saysSettings() || !tabled && !v.isLesser() {
			r.loosePairs(v, all)
		}
	}
	r.fromConfiguration()
}

// fromConfiguration fills what the workbook doesn't tell.
func (r *reader) fromConfiguration() {
	s, c := &r.out.Plan.Settings, &r.o.Project
	fill(&s.Target, c.Target)
	fill(&s.Backup, c.Backup)
	fill(&s.ProjectStart, c.ProjectStart)
	fill(&s.StatusDate, c.StatusDate)
	fill(&s.NextMeeting, c.NextMeeting)
	fill(&s.PM, c.PM)
	fill(&s.Sponsor, c.Sponsor)
	fill(&s.ContractTotal, c.ContractTotal)
	fill(&s.WorkingDays, c.WorkingDays)
	fill(&s.CutOverLead, c.CutOverLead)
	fill(&s.Notice, c.Notice)
	fill(&s.Stabilisation, c.Stabilisation)
	if len(s.Deputies) == 0 {
		s.Deputies = slices.Clone(c.Deputies)
	}
}

func fill[T comparable](to *T, from T) {
	var none T
	if *to == none {
		*to = from
	}
}

// settingsTable reads a table with names in one column and values in another.
func (r *reader) settingsTable(f *found) {
	s := f.view.newScan(&f.header, f.others)
	s.run()
	var pairs []pair
	for i := range s.records {
		rec := &s.records[i]
		name := strings.TrimSuffix(rec.name, ":")
		pairs = append(pairs, pair{
			row: rec.row, name: name, setting: plan.Field(r.v.settings[fold(name)]), nameColumn: rec.nameColumn,
			valueColumn: s.first(plan.Value), value: s.cell(rec.row, plan.Value),
		})
	}
	r.take(s.sheet, s.heads, pairs, true)
}

// loosePairs finds settings by their names anywhere outside of tables.
func (r *reader) loosePairs(v *view, all []*found) {
	sheet := v.sheet
	end, tabled := tableStart(sheet, all)
	isSettings := v.saysSettings()
	var pairs []pair
	for i := range sheet.Rows {
		row := &sheet.Rows[i]
		if row.Index >= end || i > headerRows {
			break
		}
		for at := range row.Cells {
			if p, ok := r.pairAt(row, at, isSettings); ok {
				pairs = append(pairs, p)
			}
		}
	}
	if tabled && end == 0 {
		return
	}
	r.take(sheet, nil, pairs, isSettings)
}

func (v *view) saysSettings() bool {
	return slices.Contains(v.sheetKinds(), string(plan.SettingsTable))
}

// isLesser reports whether the sheet's name says that it is a template, a copy
// or a list.
func (v *view) isLesser() bool { return slices.Contains(v.sheetKinds(), "lesser") }

// tableStart returns the row in which the first table of a sheet begins.
func tableStart(sheet *workbook.Sheet, all []*found) (row int, tabled bool) {
	row = 1 << 30
	for _, f := range all {
		if f.view.sheet == sheet {
			row, tabled = min(row, f.header.rows[0]), true
		}
	}
	return row, tabled
}

// shortNames are names of settings that are words of every day too: without a
// colon they are taken only on a sheet of settings.
var shortNames = map[string]bool{
	"project": true, "projekt": true, "proyecto": true, "projeto": true, "projet": true, "progetto": true, "проект": true,
	"proje": true, "target": true, "backup": true, "notice": true, "go live": true, "as of": true, "stabilisation": true,
	"stabilization": true, "hypercare": true, "vorlauf": true, "stichtag": true, "pl": true, "pm": true, "working days": true, "target date": true,
	"data alvo": true, "オープン": true, "프로젝트": true, "responsable de projet": false,
}

const valueReach = 4

// pairAt recognises a setting's name in a cell, with its value in the same
// cell after a colon or in one of the next cells.
func (r *reader) pairAt(row *workbook.Row, at int, anyName bool) (pair, bool) {
	c := row.Cells[at]
	if c.Kind != workbook.Text || runes(c.Text) > 120 {
		return pair{}, false
	}
	name, rest, colon := strings.Cut(strings.ReplaceAll(oneLine(c.Text), "：", ":"), ":")
	setting, ok := r.v.settings[fold(name)]
	if !ok || shortNames[fold(name)] && !colon && !anyName {
		return pair{}, false
	}
	p := pair{row: row, name: strings.TrimSpace(name), setting: plan.Field(setting), nameColumn: int(c.Column), valueColumn: int(c.Column)}
	if rest = strings.TrimSpace(rest); rest != "" {
		p.value = workbook.Cell{Column: c.Column, Kind: workbook.Text, Text: rest}
		return p, true
	}
	for _, next := range row.Cells[at+1:] {
		if int(next.Column) > int(c.Column)+valueReach {
			break
		}
		if isBlank(next) {
			continue
		}
		if next.Kind == workbook.Text && strings.HasSuffix(strings.TrimSpace(next.Text), ":") {
			return pair{}, false
		}
		p.value, p.valueColumn = next, int(next.Column)
		return p, true
	}
	return pair{}, false
}

// take reads the pairs of a sheet into the settings. Of several the first
// stands.
func (r *reader) take(sheet *workbook.Sheet, heads []int, pairs []pair, others bool) {
	s := &settingsReader{reader: r, sheet: sheet, table: -1}
	for _, p := range pairs {
		if p.setting == "" && !others || isBlank(p.value) || p.value.Kind == workbook.ErrorValue {
			continue
		}
		if _, known := r.out.Plan.Settings.At[p.setting]; known && p.setting != "" {
			continue
		}
		if t := r.text(p.value); isPlaceholderText(t) || isDashText(t) {
			continue
		}
		s.set(p, heads)
	}
}

// text is what people see in a cell, trimmed.
func (r *reader) text(c workbook.Cell) string {
	if c.Kind == workbook.ErrorValue {
		return ""
	}
	return oneLine(r.book.Shown(c))
}

// row gives a pair its place among the tables that were read.
func (s *settingsReader) row(p pair, heads []int) plan.Row {
	if s.table < 0 || s.out.Tables[s.table].Columns[1].Index != p.valueColumn {
		s.out.Tables = append(s.out.Tables, Table{
			Kind: plan.SettingsTable, Sheet: s.sheet.Name, HeaderRows: heads, FirstRow: p.row.Index,
			Columns: []Column{
				{Field: plan.Name, Index: p.nameColumn, Header: s.headerOf(heads, p.nameColumn)},
				{Field: plan.Value, Index: p.valueColumn, Header: s.headerOf(heads, p.valueColumn)},
			},
		})
		s.table = len(s.out.Tables) - 1
		if !s.out.Plan.HasTable(plan.SettingsTable) {
			s.out.Plan.Tables = append(s.out.Plan.Tables, plan.TableColumns{Table: plan.SettingsTable, Fields: []plan.Field{plan.Name, plan.Value}})
		}
	}
	t := &s.out.Tables[s.table]
	t.LastRow = p.row.Index
	if t.Rows == 0 {
		t.First = p.name
	}
	t.Rows++
	t.Last = p.name
	return s.newRow(s.table, &record{row: p.row, nameColumn: p.nameColumn})
}

// headerOf is the header of a column, where there is one.
func (s *settingsReader) headerOf(heads []int, column int) string {
	if len(heads) == 0 {
		return ""
	}
	return headerText(s.sheet.Cell(heads[len(heads)-1], column))
}

// set reads one setting.
func (s *settingsReader) set(p pair, heads []int) {
	row := s.row(p, heads)
	set := &s.out.Plan.Settings
	typed := s.text(p.value)
	if p.setting == "" {
		if set.Other == nil {
			set.Other = map[string]string{}
		}
		set.Other[p.name] = typed
		return
	}
	set.At[p.setting] = row.Ref(plan.Value)
	if len(heads) == 0 {
		s.guess(Guess{
			What: fmt.Sprintf("%q is the setting %s", p.name+": "+shorten(typed), strings.ReplaceAll(string(p.setting), "_", " ")), Sheet: s.sheet.Name,
			Cell: workbook.CellName(p.row.Index, p.valueColumn), Because: "the text beside it names it",
		})
	}
	switch p.setting {
	case plan.SettingProject:
		s.out.Plan.Name = typed
	case plan.SettingPM:
		set.PM = typed
	case plan.SettingSponsor:
		set.Sponsor = typed
	case plan.SettingContractTotal:
		set.ContractTotal = typed
	case plan.SettingDeputies:
		set.Deputies = splitNames(typed)
	case plan.SettingWorkingDays:
		s.workingDays(p, row, typed)
	case plan.SettingCutOverLead, plan.SettingNotice, plan.SettingStabilisation:
		s.days(p, row, typed)
	default:
		s.date(p, row, typed)
	}
}

func splitNames(s string) []string {
	var names []string
	for _, n := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '、' || r == '/' }) {
		if n = strings.TrimSpace(n); n != "" {
			names = append(names, n)
		}
	}
	return names
}

func (s *settingsReader) unread(p pair, row plan.Row, text, fix string) {
	s.fault(plan.Fault{
		At: row.Ref(plan.Value), Table: plan.SettingsTable, Key: string(p.setting), Name: p.name, Typed: s.text(p.value), Text: text, Fix: fix,
	})
}

// date reads a setting that is a day.
func (s *settingsReader) date(p pair, row plan.Row, typed string) {
	set := &s.out.Plan.Settings
	to := map[plan.Field]*calendar.Date{
		plan.SettingTarget: &set.Target, plan.SettingBackup: &set.Backup, plan.SettingProjectStart: &set.ProjectStart,
		plan.SettingStatusDate: &set.StatusDate, plan.SettingNextMeeting: &set.NextMeeting,
	}[p.setting]
	if to == nil {
		return
	}
	d := &dateColumn{texts: map[int]dateText{}, years: map[int]int{}, marks: map[string]int{}, markAt: map[string]int{}, header: p.name, index: p.valueColumn}
	d.look(s.reader, p.row.Index, p.value)
	d.decide()
	if d.order == orderUnknown {
		d.order = localeOrder(s.o.Locale)
	}
	got := d.read(s.reader, p.row.Index, p.value)
	*to = got.date
	if got.text != "" && !got.doubt {
		delete(set.At, p.setting)
		s.unread(p, row, got.text, got.fix)
	}
}

// days reads a setting that is a number of working days.
func (s *settingsReader) days(p pair, row plan.Row, typed string) {
	got := s.readDuration(p.value, plan.Days)
	n, ok := workdays(got.value)
	if !ok {
		s.unread(p, row, fmt.Sprintf("%q is not a number of working days", typed), "write it as 10 or 2w")
		return
	}
	set := &s.out.Plan.Settings
	switch p.setting {
	case plan.SettingCutOverLead:
		set.CutOverLead = plan.Known(n)
	case plan.SettingNotice:
		set.Notice = plan.Known(n)
	default:
		set.Stabilisation = plan.Known(n)
	}
}

func workdays(d plan.Maybe[plan.Duration]) (calendar.Workdays, bool) {
	const perWeek = 5
	switch {
	case !d.Known:
		return 0, false
	case d.Value.Unit == plan.Days:
		return calendar.Workdays(d.Value.Amount), true
	case d.Value.Unit == plan.Weeks:
		return calendar.Workdays(d.Value.Amount * perWeek), true
	}
	return 0, false
}

// workingDays reads a working week: "Mon-Fri", "Mo, Di, Mi", "日-木".
func (s *settingsReader) workingDays(p pair, row plan.Row, typed string) {
	week, ok := s.v.week(typed)
	if !ok {
		s.unread(p, row, fmt.Sprintf("%q names no working days", typed), "write it as Mon-Fri")
		return
	}
	s.out.Plan.Settings.WorkingDays = week
}

func (v *vocabulary) week(text string) (week [7]bool, ok bool) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '、' || r == '+' || r == '/' }) {
		first, last := part, part
		for _, sep := range []string{"-", "–", "~", "〜", " to ", " bis ", " a ", " à "} {
			if a, b, cut := strings.Cut(part, sep); cut {
				first, last = a, b
				break
			}
		}
		from, known := v.weekdays[fold(first)]
		to, alsoKnown := v.weekdays[fold(last)]
		if !known || !alsoKnown {
			return week, false
		}
		for d := mustInt(from); ; d = (d + 1) % len(week) {
			week[d] = true
			if d == mustInt(to) {
				break
			}
		}
		ok = true
	}
	return week, ok && week != [7]bool{time.Sunday: true}
}
