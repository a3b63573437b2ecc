package workbook

import (
	"errors"
	"fmt"
	"strings"
)

// Check returns why out can't be written into a workbook as read, or nil: a
// new tab's title is taken (ErrNameTaken), two tabs have one key or one title,
// or a mark stands on a sheet that the workbook doesn't have. A backend may find
// more that is wrong.
func Check(b *Book, out Output) error {
	titles := map[string]bool{}
	for i := range b.Sheets {
		titles[fold(b.Sheets[i].Name)] = true
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
			return NameTaken(b.Name, d.Tab.Title, d.Tab.Key)
		}
		titles[fold(d.Tab.Title)] = true
	}
	return checkMarks(b, out.Marks)
}

// NameTaken returns the error, an *Error around ErrNameTaken, that a sheet of the
// team's has the title of the tab of a key. A sheet like that is often one of
// our tabs from which a copy or an upload has taken what marks it as ours.
func NameTaken(workbook, title, key string) error {
	return &Error{
		Workbook: workbook, Sheet: title, Err: ErrNameTaken,
		Fix: "rename that sheet; delete it if it came with a copy or an upload of a workbook that steerco wrote; " +
			"or choose another name for the tab in the setting tabs." + key,
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

// fold makes titles equal that programs take as one.
func fold(title string) string { return strings.ToLower(strings.ToUpper(title)) }
