package planread

import (
	"fmt"
	"slices"
	"strings"

	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// tell notes what of the task table was taken for granted.
func (t *taskReader) tell() {
	t.tellColumns()
	if len(t.dates) == 0 {
		t.guess(Guess{
			What: "the plan has no dates, so that nothing of it can be late", Because: "no header names a column of dates; bars in a grid are not read",
			Sheet: t.sheet.Name,
		})
	}
	t.tellUnread()
	t.tellTicks()
	t.tellMarks()
	t.tellSwaps()
	t.tellStrange()
	t.tellTitles()
	if t.mixed > 0 {
		t.guess(Guess{
			What: "durations of several units are added up with 8 hours a day and 5 days a week", Sheet: t.sheet.Name,
			Because: fmt.Sprintf("%d cells name more than one unit", t.mixed), Cell: t.headCell(plan.DurationField),
		})
	}
}

func (t *taskReader) headCell(f plan.Field) string {
	if c := t.first(f); c >= 0 {
		return workbook.CellName(t.header.lastRow(), c)
	}
	return ""
}

// tellColumns notes columns whose headers don't name their field plainly.
func (t *taskReader) tellColumns() {
	if t.header.inferred != "" {
		t.guess(Guess{What: "the column holds the names of the tasks", Because: t.header.inferred, Sheet: t.sheet.Name, Cell: t.headCell(plan.Name)})
	}
	for _, c := range t.header.columns {
		if isInternal(c.Field) || c.Header == "" || c.strength > 50 && !c.partial {
			continue
		}
		because := "no other column is a better one"
		if c.partial {
			because = "part of the header says so"
		}
		t.guess(Guess{
			What: fmt.Sprintf("column %q is the %s", c.Header, strings.ReplaceAll(string(c.Field), "_", " ")), Because: because,
			Sheet: t.sheet.Name, Cell: workbook.CellName(t.header.lastRow(), c.Index),
		})
	}
}

// tellMarks notes words that stand for a date which is not yet known.
func (t *taskReader) tellMarks() {
	for _, c := range t.header.columns {
		d := t.dates[c.Field]
		if d == nil || d.index != c.Index {
			continue
		}
		var marks []string
		for m := range d.marks {
			marks = append(marks, m)
		}
		slices.Sort(marks)
		for _, m := range marks {
			t.guess(Guess{
				What: fmt.Sprintf("%q in %d cells of %q is no date", m, d.marks[m], c.Header), Because: "the word says that there is none yet",
				Sheet: t.sheet.Name, Cell: workbook.CellName(d.markAt[m], c.Index),
			})
		}
	}
}

// tellSwaps doubts columns in which a program may have taken days for months:
// texts have the day first, and no true date lies after the 12th.
func (t *taskReader) tellSwaps() {
	const fewest = 1
	for _, c := range t.header.columns {
		d := t.dates[c.Field]
		if d == nil || d.index != c.Index || d.dayOnly < fewest || d.trues < fewest || d.lateDay || d.order != dayFirst {
			continue
		}
		for i := range t.records {
			text, ok := d.texts[t.records[i].row.Index]
			if day, month := text.orders(); !ok || !day || month {
				continue
			}
			task := &t.out.Plan.Tasks[i]
			t.fault(plan.Fault{
				At: task.Ref(c.Field), Table: plan.Tasks, Key: task.Key, Name: task.Name, Owner: task.Owner, Doubt: true,
				Typed: t.text(t.records[i].row.Cell(c.Index)),
				Text:  fmt.Sprintf("possible day/month swap in column %q: texts have the day first, and all %d true dates lie before the 13th", c.Header, d.trues),
				Fix:   "check the column's true dates; write texts as dates",
			})
			break
		}
	}
}

// tellStrange notes each status word that nothing knows, once.
func (t *taskReader) tellStrange() {
	for i := range t.out.Plan.Tasks {
		task := &t.out.Plan.Tasks[i]
		w := t.strange[fold(task.StatusText)]
		if w == nil || w.at.Row != task.Row {
			continue
		}
		t.fault(plan.Fault{
			At: w.at, Table: plan.Tasks, Key: task.Key, Name: task.Name, Owner: task.Owner, Typed: task.StatusText,
			Text: fmt.Sprintf("%q is not a known status (%s)", shorten(task.StatusText), rowsOf(w.count)),
			Fix:  "write not started, in progress, done, on hold or cancelled",
		})
	}
}

func rowsOf(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

// tellTitles notes which rows were taken for section rows.
func (t *taskReader) tellTitles() {
	var rows []string
	for i := range t.records {
		if t.records[i].title {
			rows = append(rows, fmt.Sprint(t.records[i].row.Index+1))
		}
	}
	if len(rows) == 0 {
		return
	}
	const most = 8
	what := "row " + strings.Join(rows[:min(most, len(rows))], ", ")
	if len(rows) > most {
		what += fmt.Sprintf(" and %d more", len(rows)-most)
	}
	t.guess(Guess{What: what + " are titles over tasks, not tasks", Because: "they hold a name and nothing that only a task has", Sheet: t.sheet.Name})
}

// tellTicks notes that a blank cell in a column of ticks means not started.
func (t *taskReader) tellTicks() {
	blank := 0
	for i := range t.out.Plan.Tasks {
		if task := &t.out.Plan.Tasks[i]; task.StatusText == "" && !task.Summary {
			blank++
		}
	}
	if !t.ticked || blank == 0 {
		return
	}
	t.guess(Guess{
		What: fmt.Sprintf("%s without a tick are not done", rowsOf(blank)), Because: "the column of statuses holds nothing but ticks",
		Sheet: t.sheet.Name, Cell: t.headCell(plan.Status),
	})
}
