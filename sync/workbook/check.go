package workbook

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Check returns why out can't be written into a workbook as read, or nil: a
// new tab's title is taken (ErrNameTaken), two tabs have one key or one title,
// or a mark stands on a sheet that the workbook doesn't have. Sheets of the
// workbook that Read doesn't return are in others.
func Check(b *Book, others []string, out Output) error {
	titles := map[string]bool{}
	for _, t := range teamTitles(b, others) {
		titles[fold(t)] = true
	}
	wanted := map[string]bool{}
	for _, d := range out.Tabs {
		if wanted[d.Tab.Key] {
			return &Error{Workbook: b.Name, Sheet: d.Tab.Title, Err: fmt.Errorf("two tabs have the key %q", d.Tab.Key)}
		}
		wanted[d.Tab.Key] = true
	}
	stays := map[string]bool{}
	for _, o := range b.Own.Tabs {
		if wanted[o.Key] {
			stays[o.Key] = true
			titles[fold(o.Title)] = true
		}
	}
	for _, d := range out.Tabs {
		if stays[d.Tab.Key] {
			continue
		}
		if titles[fold(d.Tab.Title)] {
			return nameTaken(b.Name, d.Tab.Title)
		}
		titles[fold(d.Tab.Title)] = true
	}
	return checkMarks(b, out.Marks)
}

func nameTaken(workbook, title string) error {
	return &Error{
		Workbook: workbook, Sheet: title, Err: ErrNameTaken,
		Fix: "rename the sheet, or give steerco's tab another title under \"titles\" in the configuration",
	}
}

func checkMarks(b *Book, marks []Mark) error {
	for _, m := range marks {
		switch {
		case b.Sheet(m.Sheet) == nil:
			return &Error{Workbook: b.Name, Sheet: m.Sheet, Err: errors.New("no such sheet to highlight")}
		case m.FirstRow < 0 || m.LastRow < m.FirstRow || m.Column < 0 || len(m.Parts) == 0:
			return &Error{Workbook: b.Name, Sheet: m.Sheet, Err: errors.New("a highlight without rows or key")}
		}
	}
	return nil
}

func teamTitles(b *Book, others []string) []string {
	titles := slices.Clone(others)
	for i := range b.Sheets {
		titles = append(titles, b.Sheets[i].Name)
	}
	return titles
}

// fold makes titles equal that programs take as one.
func fold(title string) string { return strings.ToLower(strings.ToUpper(title)) }
