package highlight_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/highlight"
	"steerco/sync/planread"
	"steerco/sync/workbook"
	"steerco/sync/workbook/workbooktest"
	"steerco/templates/tab"
)

const sheet = "Plan"

// Columns of the sample.
const (
	colID = iota
	colName
	colStart
	colFinish
	colPercent
	colStatus
	colOwner
	colPredecessors
)

// firstRow is the first row of data of the sample, from 0.
const firstRow = 3

func day(m, d int) calendar.Date { return calendar.New(2026, 1, 1).AddDays((m-1)*30 + d) }

// sample is a plan of six tasks.
func sample() [][]any {
	return [][]any{
		{"Roll-out plan"},
		{},
		{"ID", "Task", "Start", "Finish", "% Complete", "Status", "Owner", "Predecessors"},
		{"T1", "Load customers", day(1, 5), day(1, 9), 0.5, "In progress", "Ada", nil},
		{"T2", "Load products", day(1, 12), day(1, 16), 0.0, "Not started", "Ben", "T1"},
		{"T3", "Rehearse the cut-over", day(2, 2), day(2, 6), 0.0, "Not started", nil, "T2"},
		{"T4", "Train the shops", day(2, 9), day(2, 13), 0.0, "Not started", "Cleo", "T3"},
		{"T5", "Cut over", day(2, 16), day(2, 17), 0.0, "Not started", "Ada", "T4"},
		{"T6", "Support the shops", day(2, 18), day(2, 27), 0.0, "Not started", "Ada", "T5"},
	}
}

// judged is a sheet with what was judged of it.
type judged struct {
	*testing.T
	book    *workbook.Book
	reading *planread.Reading
}

func readSheet(t *testing.T, rows [][]any) judged {
	t.Helper()
	book := workbooktest.Book(workbooktest.Sheet{Name: sheet, Rows: rows})
	book.ID = "the-id"
	reading, err := planread.Read(book, planread.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return judged{T: t, book: book, reading: reading}
}

// about returns a finding about a field of a task, from 0.
func (j judged) about(task int, f plan.Field, s rules.Severity) rules.Finding {
	return rules.Finding{Severity: s, At: j.reading.Plan.Tasks[task].Ref(f), Table: plan.Tasks}
}

func (j judged) make(findings ...rules.Finding) workbook.Output {
	return highlight.Make(highlight.Input{Book: j.book, Reading: j.reading, Findings: findings})
}

// lit returns the cells that are coloured, as the program works it out from
// the sheet as it stands.
func lit(book *workbook.Book, out workbook.Output) []string {
	var cells []string
	for _, m := range out.Marks {
		s := book.Sheet(m.Sheet)
		for row := m.FirstRow; row <= m.LastRow; row++ {
			parts := make([]workbook.Cell, len(m.Parts))
			for i, column := range m.Parts {
				parts[i] = s.Cell(row, column)
			}
			if slices.Contains(out.Keys, workbook.Key(m.Severity, m.Field, parts)) {
				cells = append(cells, workbook.CellName(row, m.Column)+" "+m.Severity)
			}
		}
	}
	slices.Sort(cells)
	return cells
}

func checkLit(t *testing.T, book *workbook.Book, out workbook.Output, want ...string) {
	t.Helper()
	if diff := cmp.Diff(lit(book, out), want); diff != "" {
		t.Errorf("coloured cells: got -, want +\n%s", diff)
	}
}

func set(book *workbook.Book, row, column int, value any) {
	r := book.Sheet(sheet).Row(row)
	r.Cells = slices.DeleteFunc(r.Cells, func(c workbook.Cell) bool { return int(c.Column) == column })
	i, _ := slices.BinarySearchFunc(r.Cells, int32(column), func(c workbook.Cell, at int32) int { return int(c.Column - at) })
	r.Cells = slices.Insert(r.Cells, i, workbooktest.Cell(column, value))
}

func TestMakeColoursTheCellAndTheName(t *testing.T) {
	j := readSheet(t, sample())
	out := j.make(
		j.about(0, plan.Finish, rules.Warning),
		j.about(1, plan.Finish, rules.Critical),
		j.about(2, plan.Owner, rules.Note),
	)
	checkLit(t, j.book, out, "B4 warning", "B5 critical", "B6 note", "D4 warning", "D5 critical", "G6 note")
	if out.ID != "the-id" {
		t.Errorf("id: got %q", out.ID)
	}
	var got []string
	for _, m := range out.Marks {
		got = append(got, fmt.Sprint(m.Found().Range, " ", m.Severity, " ", m.Field, " ", m.Parts))
	}
	want := []string{
		"B4:B9 critical name [0 5 4 3 2 6 7]",
		"B4:B9 warning name [0 5 4 3 2 6 7]",
		"B4:B9 note name [0 5 4 3 2 6 7]",
		"D4:D9 critical finish [0 3 5 4 7]",
		"D4:D9 warning finish [0 3 5 4 7]",
		"G4:G9 note owner [0 6 5 4]",
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("marks: got -, want +\n%s", diff)
	}
}

func TestMakeTakesTheWorstOfACell(t *testing.T) {
	j := readSheet(t, sample())
	for _, findings := range [][]rules.Finding{
		{j.about(0, plan.Finish, rules.Warning), j.about(0, plan.Finish, rules.Critical), j.about(0, plan.Start, rules.Note)},
		{j.about(0, plan.Start, rules.Note), j.about(0, plan.Finish, rules.Critical), j.about(0, plan.Finish, rules.Warning)},
	} {
		checkLit(t, j.book, j.make(findings...), "B4 critical", "C4 note", "D4 critical")
	}
}

func TestMakeOfWhatCannotBeJudged(t *testing.T) {
	j := readSheet(t, sample())
	out := j.make(j.about(0, plan.Status, rules.CannotJudge), rules.Finding{Severity: rules.CannotJudge, Key: "target"},
		rules.Finding{Severity: rules.Critical, Key: "target"})
	checkLit(t, j.book, out, "F4 note")
}

func TestMakeOfAFieldWithoutColumn(t *testing.T) {
	j := readSheet(t, sample())
	checkLit(t, j.book, j.make(j.about(1, plan.ActualFinish, rules.Warning)), "B5 warning")
}

func TestMarksGoOffWhenTheRowIsMended(t *testing.T) {
	for name, tt := range map[string]struct {
		column int
		value  any
		want   []string
	}{
		"status":         {colStatus, "Done", nil},
		"percent":        {colPercent, 1.0, nil},
		"finish":         {colFinish, day(3, 1), nil},
		"other date":     {colStart, day(1, 6), []string{"D4 critical"}},
		"owner":          {colOwner, "Dana", []string{"D4 critical"}},
		"name":           {colName, "Load all customers", []string{"B4 critical", "D4 critical"}},
		"blanks in name": {colName, " Load  customers", []string{"B4 critical", "D4 critical"}},
	} {
		t.Run(name, func(t *testing.T) {
			j := readSheet(t, sample())
			out := j.make(j.about(0, plan.Finish, rules.Critical))
			set(j.book, firstRow, tt.column, tt.value)
			checkLit(t, j.book, out, tt.want...)
		})
	}
}

func TestMarksFollowTheRow(t *testing.T) {
	j := readSheet(t, sample())
	out := j.make(j.about(0, plan.Finish, rules.Critical), j.about(3, plan.Start, rules.Note))
	rows := j.book.Sheet(sheet).Rows
	first := len(rows) - 6
	rows[first].Cells, rows[first+5].Cells = rows[first+5].Cells, rows[first].Cells
	checkLit(t, j.book, out, "B7 note", "B9 critical", "C7 note", "D9 critical")
}

func TestMarksOfRowsThatCannotBeToldApart(t *testing.T) {
	rows := sample()
	rows[4] = slices.Clone(rows[3])
	rows[5][colID], rows[5][colName] = "T1", "Load prices"
	j := readSheet(t, rows)
	checkLit(t, j.book, j.make(j.about(0, plan.Finish, rules.Warning)), "B4 warning", "B5 warning", "D4 warning", "D5 warning")
}

func TestMarksWithoutIDs(t *testing.T) {
	rows := sample()
	for i := range rows {
		if len(rows[i]) > 1 {
			rows[i] = rows[i][1:]
		}
	}
	j := readSheet(t, rows)
	out := j.make(j.about(0, plan.Finish, rules.Warning))
	checkLit(t, j.book, out, "A4 warning", "C4 warning")
	set(j.book, firstRow, 0, "Another task")
	checkLit(t, j.book, out)
}

func TestMakeIsDeterministic(t *testing.T) {
	j := readSheet(t, sample())
	var findings []rules.Finding
	for i := range j.reading.Plan.Tasks {
		for k, f := range []plan.Field{plan.Finish, plan.Owner, plan.Start, plan.Status} {
			findings = append(findings, j.about(i, f, rules.Severity((i+k)%4)))
		}
	}
	want := j.make(findings...)
	slices.Reverse(findings)
	for range 20 {
		if diff := cmp.Diff(j.make(findings...), want); diff != "" {
			t.Fatalf("got -, want +\n%s", diff)
		}
	}
	if !slices.IsSorted(want.Keys) {
		t.Errorf("keys: got %q, want them sorted", want.Keys)
	}
}

func TestLinks(t *testing.T) {
	for name, tt := range map[string]struct {
		change func([][]any)
		text   string
		field  plan.Field
		want   workbook.Link
	}{
		"by id": {
			nil, "T1", plan.Finish,
			workbook.Link{Sheet: sheet, Row: firstRow, Column: colID, ByID: true},
		},
		"by number": {
			func(rows [][]any) {
				for i := range 6 {
					rows[firstRow+i][colID] = float64(100 + i)
					rows[firstRow+i][colPredecessors] = nil
				}
			}, "100", plan.Finish,
			workbook.Link{Sheet: sheet, Row: firstRow, Column: colID, ByID: true, NumericID: true},
		},
		"at its left is no id": {
			nil, "Load customers", plan.Finish,
			workbook.Link{Sheet: sheet, Row: firstRow, Column: colFinish},
		},
		"id stands twice": {
			func(rows [][]any) { rows[firstRow+2][colID] = "t1" }, "T1", plan.Finish,
			workbook.Link{Sheet: sheet, Row: firstRow, Column: colFinish},
		},
		"id stands above the table too": {
			func(rows [][]any) { rows[0][colID] = "T1" }, "T1", plan.Owner,
			workbook.Link{Sheet: sheet, Row: firstRow, Column: colOwner},
		},
		"id that a lookup takes as a pattern": {
			func(rows [][]any) { rows[firstRow][colID] = "T*" }, "T*", plan.Finish,
			workbook.Link{Sheet: sheet, Row: firstRow, Column: colFinish},
		},
		"id that is shown otherwise": {
			func(rows [][]any) { rows[firstRow][colID] = "T1 " }, "T1", plan.Finish,
			workbook.Link{Sheet: sheet, Row: firstRow, Column: colFinish},
		},
		"field without column": {
			nil, "somebody", plan.ActualStart,
			workbook.Link{Sheet: sheet, Row: firstRow, Column: colName},
		},
		"whole row": {
			nil, "somebody", "",
			workbook.Link{Sheet: sheet, Row: firstRow, Column: colName},
		},
	} {
		t.Run(name, func(t *testing.T) {
			rows := sample()
			if tt.change != nil {
				tt.change(rows)
			}
			j := readSheet(t, rows)
			drawn := tab.Tab{Key: "summary", Rows: []tab.Row{
				{Cells: []tab.Cell{{Text: "no link"}}},
				{Cells: []tab.Cell{
					{Column: 1, Text: tt.text},
					{Column: 2, Text: "the task", Link: j.reading.Plan.Tasks[0].Ref(tt.field)},
				}},
				{Cells: []tab.Cell{{Text: "nowhere", Link: plan.Ref{Row: 4000, Field: plan.Finish}}}},
			}}
			out := highlight.Make(highlight.Input{Book: j.book, Reading: j.reading, Tabs: []tab.Tab{drawn}})
			want := []workbook.Drawing{{Tab: drawn, Links: map[tab.Position]workbook.Link{{Row: 1, Column: 2}: tt.want}}}
			if diff := cmp.Diff(out.Tabs, want); diff != "" {
				t.Errorf("got -, want +\n%s", diff)
			}
		})
	}
}

// TestMarksOfTwoTables has two sheets with equal rows; only those of the first
// were found late.
func TestMarksOfTwoTables(t *testing.T) {
	const copied = "Phase 2"
	book := workbooktest.Book(
		workbooktest.Sheet{Name: sheet, Rows: sample()},
		workbooktest.Sheet{Name: "Gaps", Rows: gapSample()},
		workbooktest.Sheet{Name: copied, Rows: sample()},
	)
	reading, err := planread.Read(book, planread.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var findings []rules.Finding
	for row := plan.Row(1); ; row++ {
		o, ok := reading.Origin(row)
		if !ok {
			break
		}
		if o.Table == 0 {
			findings = append(findings, rules.Finding{Severity: rules.Warning, At: row.Ref(plan.Status)})
		}
	}
	out := highlight.Make(highlight.Input{Book: book, Reading: reading, Findings: findings})
	for i := range out.Marks {
		if out.Marks[i].Sheet != reading.Tables[0].Sheet {
			t.Errorf("mark on sheet %q, want none", out.Marks[i].Sheet)
		}
		// As if the other table were marked by the same rules.
		other := out.Marks[i]
		other.Sheet, other.Field = copied, other.Field+"@2"
		if cells := lit(book, workbook.Output{Marks: []workbook.Mark{other}, Keys: out.Keys}); len(cells) > 0 {
			t.Errorf("the keys of one table colour another one's %v", cells)
		}
	}
}

func gapSample() [][]any {
	return [][]any{
		{"ID", "Requirement", "Fit", "Decision", "Reason", "Effort", "Cost", "Decide by", "Owner", "Status"},
		{"G1", "Split deliveries", "Gap", "Modify system", nil, nil, nil, day(1, 9), "Ada", "Decided"},
		{"G2", "Gift cards", "Gap", nil, nil, nil, nil, day(1, 9), "Ben", "New"},
	}
}

func TestCoveredTellsOfTheTeamsOwnRules(t *testing.T) {
	j := readSheet(t, sample())
	if got := highlight.Covered(j.book, j.reading); got != nil {
		t.Errorf("without rules: got %q", got)
	}
	above := workbook.Range{FirstRow: 0, LastRow: 1, LastColumn: 20}
	statuses := workbook.Range{FirstRow: 5, FirstColumn: colPercent, LastRow: 200, LastColumn: colStatus}
	j.book.Sheets[0].Colored = []workbook.Range{above, statuses}
	want := []string{`sheet "Plan": conditional formats of your own colour "% Complete", "Status" in rows 4 to 9 too: ` +
		`where one of them applies, the highlight isn't seen`}
	if diff := cmp.Diff(highlight.Covered(j.book, j.reading), want); diff != "" {
		t.Errorf("got -, want +\n%s", diff)
	}
}
