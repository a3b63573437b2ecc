package excel_test

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"steerco/rules/calendar"
	"steerco/sync/excel"
	"steerco/sync/workbook"
	"steerco/sync/workbook/workbooktest"
)

func TestContract(t *testing.T) {
	workbooktest.Suite{
		New: newSubject,
		Missing: func(t *testing.T) workbook.Backend {
			return opened(t, filepath.Join(t.TempDir(), "gone.xlsx"))
		},
	}.Run(t)
}

func opened(t *testing.T, path string) *excel.Backend {
	t.Helper()
	b, err := excel.Open(path, excel.Options{StateDir: filepath.Join(filepath.Dir(path), "state")})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func newSubject(t *testing.T, sheets []workbooktest.Sheet) workbooktest.Subject {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	edit(t, path, excelize.NewFile(), func(p *person) {
		for i, s := range sheets {
			p.fill(i, s)
		}
	})
	return workbooktest.Subject{
		Backend: opened(t, path),
		Reopen:  func(t *testing.T) workbook.Backend { return opened(t, path) },
		Titles:  func(t *testing.T) []string { return shownTitles(t, path) },
		Edit: func(t *testing.T, do func(workbooktest.Editor)) {
			f, err := excelize.OpenFile(path)
			if err != nil {
				t.Fatal(err)
			}
			edit(t, path, f, func(p *person) { do(p) })
		},
	}
}

// edit lets a person do something and saves.
func edit(t *testing.T, path string, f *excelize.File, do func(*person)) {
	t.Helper()
	p := &person{t: t, file: f}
	do(p)
	p.check(f.SaveAs(path))
	p.check(f.Close())
}

func shownTitles(t *testing.T, path string) []string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var titles []string
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err == nil && visible {
			titles = append(titles, name)
		}
	}
	return titles
}

// person is somebody who edits the workbook with a program that writes all of
// it anew.
type person struct {
	t    *testing.T
	file *excelize.File
}

func (p *person) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *person) fill(i int, s workbooktest.Sheet) {
	p.t.Helper()
	if i == 0 {
		p.check(p.file.SetSheetName("Sheet1", s.Name))
	} else {
		p.Add(s.Name)
	}
	for row, values := range s.Rows {
		for column, v := range values {
			if v != nil {
				p.Set(s.Name, row, column, v)
			}
		}
	}
	p.check(p.file.SetSheetVisible(s.Name, !s.Hidden))
}

func (p *person) Set(sheet string, row, column int, value any) {
	p.t.Helper()
	cell := workbook.CellName(row, column)
	d, ok := value.(calendar.Date)
	if !ok {
		p.check(p.file.SetCellValue(sheet, cell, value))
		return
	}
	format := "yyyy-mm-dd"
	style, err := p.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	p.check(err)
	p.check(p.file.SetCellValue(sheet, cell, int(d-calendar.New(1899, 12, 30))))
	p.check(p.file.SetCellStyle(sheet, cell, cell, style))
}

// Swap exchanges what the cells of two rows hold, with their formats.
func (p *person) Swap(sheet string, row, other int) {
	p.t.Helper()
	for column := range mostSwapped {
		a, b := workbook.CellName(row, column), workbook.CellName(other, column)
		first, second := p.take(sheet, a), p.take(sheet, b)
		p.put(sheet, a, second)
		p.put(sheet, b, first)
	}
}

// mostSwapped is how many columns the rows of the suite have, at most.
const mostSwapped = 20

// taken is what a cell holds.
type taken struct {
	kind  excelize.CellType
	value string
	style int
}

func (p *person) take(sheet, cell string) taken {
	p.t.Helper()
	kind, err := p.file.GetCellType(sheet, cell)
	p.check(err)
	value, err := p.file.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	p.check(err)
	style, err := p.file.GetCellStyle(sheet, cell)
	p.check(err)
	return taken{kind, value, style}
}

func (p *person) put(sheet, cell string, v taken) {
	p.t.Helper()
	p.check(p.file.SetCellStyle(sheet, cell, cell, v.style))
	switch v.kind {
	case excelize.CellTypeBool:
		p.check(p.file.SetCellBool(sheet, cell, v.value == "1"))
	case excelize.CellTypeSharedString, excelize.CellTypeInlineString:
		p.check(p.file.SetCellStr(sheet, cell, v.value))
	default:
		p.check(p.file.SetCellDefault(sheet, cell, v.value))
	}
}

func (p *person) Insert(sheet string, row int) {
	p.t.Helper()
	p.check(p.file.InsertRows(sheet, row+1, 1))
}

func (p *person) Color(sheet string, at workbook.Range) {
	p.t.Helper()
	format, err := p.file.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"C6EFCE"}}})
	p.check(err)
	p.check(p.file.SetConditionalFormat(sheet, at.String(), []excelize.ConditionalFormatOptions{
		{Type: "formula", Criteria: "1=1", Format: &format},
	}))
}

func (p *person) Copy(sheet, title string) {
	p.t.Helper()
	p.Add(title)
	from, err := p.file.GetSheetIndex(sheet)
	p.check(err)
	to, err := p.file.GetSheetIndex(title)
	p.check(err)
	p.check(p.file.CopySheet(from, to))
}

func (p *person) Add(sheet string) {
	p.t.Helper()
	_, err := p.file.NewSheet(sheet)
	p.check(err)
}

func (p *person) Rename(sheet, title string) {
	p.t.Helper()
	p.check(p.file.SetSheetName(sheet, title))
}

func (p *person) Remove(sheet string) {
	p.t.Helper()
	p.check(p.file.DeleteSheet(sheet))
}
