package run_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/sync/memory"
	"steerco/sync/run"
	"steerco/sync/workbook"
	"steerco/sync/workbook/workbooktest"
	"steerco/templates"
)

// today is the day of the plan.
var today = workbooktest.LatePlanDay()

func options(t *testing.T, b workbook.Backend) run.Options {
	t.Helper()
	drawn, err := templates.Default()
	if err != nil {
		t.Fatal(err)
	}
	return run.Options{Backend: b, Today: today, Rules: rules.All(rules.Options{}), Templates: drawn, Version: "test"}
}

func read(t *testing.T, b workbook.Backend) *workbook.Book {
	t.Helper()
	book, err := b.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func sync(t *testing.T, o run.Options) run.Result {
	t.Helper()
	r, err := run.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRunWritesWhatItFound(t *testing.T) {
	w := memory.From(workbooktest.Book(workbooktest.LatePlan()...))
	before := read(t, w)
	r := sync(t, options(t, w))
	if !r.Written || len(r.Changes) == 0 || r.Today != today {
		t.Errorf("got written %t, %d changes, on %s", r.Written, len(r.Changes), r.Today)
	}
	i := slices.IndexFunc(r.Findings, func(f rules.Finding) bool { return f.Rule == "overdue" && f.RowID == "T1" })
	if i < 0 {
		t.Fatalf("findings: got %+v, want T1 overdue", r.Findings)
	}
	if s, c := r.Cell(r.Findings[i]); s != "Plan" || c != "D2" {
		t.Errorf("cell of the finding: got %s %s, want Plan D2", s, c)
	}
	after := read(t, w)
	if after.Version != r.Version {
		t.Errorf("version: got %q, want %q", r.Version, after.Version)
	}
	if changes := workbook.Compare(after.Own, r.Output); len(changes) > 0 {
		t.Errorf("what stands there differs: %v", changes)
	}
	if diff := cmp.Diff(after.Sheets, before.Sheets); diff != "" {
		t.Errorf("the team's sheets: got -, want +\n%s", diff)
	}
	var titles []string
	for _, tab := range after.Own.Tabs {
		titles = append(titles, tab.Title)
	}
	if diff := cmp.Diff(titles, []string{"Summary", "Committee"}); diff != "" {
		t.Errorf("tabs: got -, want +\n%s", diff)
	}
}

func TestRunTwiceWritesOnce(t *testing.T) {
	w := memory.From(workbooktest.Book(workbooktest.LatePlan()...))
	first := sync(t, options(t, w))
	second := sync(t, options(t, w))
	if second.Written || len(second.Changes) > 0 || second.Version != first.Version {
		t.Errorf("second run: got written %t, changes %v, version %q after %q", second.Written, second.Changes, second.Version, first.Version)
	}
}

func TestDryRunTellsTheSameAndWritesNothing(t *testing.T) {
	w := memory.From(workbooktest.Book(workbooktest.LatePlan()...))
	before := read(t, w)
	o := options(t, w)
	o.DryRun = true
	dry := sync(t, o)
	if dry.Written || read(t, w).Version != before.Version {
		t.Error("the dry run has written")
	}
	real := sync(t, options(t, w))
	if diff := cmp.Diff(dry.Changes, real.Changes); diff != "" {
		t.Errorf("changes: got - in the dry run, want +\n%s", diff)
	}
}

func TestCheckWritesNothing(t *testing.T) {
	w := memory.From(workbooktest.Book(workbooktest.LatePlan()...))
	before := read(t, w)
	r, err := run.Check(t.Context(), options(t, w))
	if err != nil || len(r.Findings) == 0 || r.Written || read(t, w).Version != before.Version {
		t.Errorf("got %v, %d findings, written %t", err, len(r.Findings), r.Written)
	}
	ran := sync(t, options(t, w))
	if diff := cmp.Diff(r.Findings, ran.Findings); diff != "" {
		t.Errorf("findings: got - from Check, want + from Run\n%s", diff)
	}
}

func TestCleanTakesAllOut(t *testing.T) {
	w := memory.From(workbooktest.Book(workbooktest.LatePlan()...))
	before := read(t, w)
	sync(t, options(t, w))
	dry, err := run.Clean(t.Context(), run.CleanOptions{Backend: w, DryRun: true})
	if err != nil || dry.Written || len(dry.Changes) == 0 {
		t.Errorf("dry: got %v, written %t, changes %v", err, dry.Written, dry.Changes)
	}
	r, err := run.Clean(t.Context(), run.CleanOptions{Backend: w})
	if err != nil || !r.Written {
		t.Fatalf("got %v, written %t", err, r.Written)
	}
	after := read(t, w)
	if changes := workbook.Compare(after.Own, workbook.Output{}); len(changes) > 0 {
		t.Errorf("left: %v", changes)
	}
	if diff := cmp.Diff(after.Sheets, before.Sheets); diff != "" {
		t.Errorf("the team's sheets: got -, want +\n%s", diff)
	}
	again, err := run.Clean(t.Context(), run.CleanOptions{Backend: w})
	if err != nil || again.Written {
		t.Errorf("again: got %v, written %t", err, again.Written)
	}
}

// restless is a workbook that somebody saves after each of the next readings.
type restless struct {
	*memory.Workbook
	saves int
}

func (r *restless) Read(ctx context.Context) (*workbook.Book, error) {
	book, err := r.Workbook.Read(ctx)
	if r.saves > 0 {
		r.saves--
		r.Edit(func(s []memory.Sheet) []memory.Sheet { return s })
	}
	return book, err
}

func TestRunStartsAgainWhenTheWorkbookChanges(t *testing.T) {
	for _, tt := range []struct {
		saves int
		want  error
	}{{0, nil}, {1, nil}, {2, nil}, {3, workbook.ErrBusy}} {
		w := &restless{Workbook: memory.From(workbooktest.Book(workbooktest.LatePlan()...)), saves: tt.saves}
		r, err := run.Run(t.Context(), options(t, w))
		if !errors.Is(err, tt.want) || r.Written != (tt.want == nil) {
			t.Errorf("%d saves: got %v, written %t, want %v", tt.saves, err, r.Written, tt.want)
		}
		if own := read(t, w.Workbook).Own; (own.ID != "") != (tt.want == nil) {
			t.Errorf("%d saves: got own %+v", tt.saves, own)
		}
	}
}

// halfSaved can't be read while somebody saves it.
type halfSaved struct {
	*memory.Workbook
	saves int
}

func (h *halfSaved) Read(ctx context.Context) (*workbook.Book, error) {
	if h.saves > 0 {
		h.saves--
		return nil, &workbook.Error{Workbook: "plan.xlsx", Err: workbook.ErrChanged}
	}
	return h.Workbook.Read(ctx)
}

func TestRunStartsAgainWhenTheWorkbookIsBeingSaved(t *testing.T) {
	for saves, want := range []error{nil, nil, nil, workbook.ErrBusy} {
		w := &halfSaved{Workbook: memory.From(workbooktest.Book(workbooktest.LatePlan()...)), saves: saves}
		_, err := run.Run(t.Context(), options(t, w))
		if !errors.Is(err, want) {
			t.Errorf("%d saves: got %v, want %v", saves, err, want)
		}
		if want != nil && !strings.HasPrefix(err.Error(), "plan.xlsx: ") {
			t.Errorf("got %q, want it to name the workbook", err)
		}
	}
}

func TestStatusDate(t *testing.T) {
	saturday := calendar.New(2026, 3, 21)
	for name, tt := range map[string]struct {
		set   bool
		first bool
		today calendar.Date
		want  calendar.Date
	}{
		"a working day":            {today: today, want: today},
		"a day off":                {today: saturday, want: saturday},
		"the workbook's":           {set: true, today: today, want: calendar.New(2026, 3, 10)},
		"asked for another":        {set: true, first: true, today: today, want: today},
		"asked for a day off":      {set: true, first: true, today: saturday, want: saturday},
		"asked for, none is there": {first: true, today: today, want: today},
	} {
		t.Run(name, func(t *testing.T) {
			sheets := workbooktest.LatePlan()
			if tt.set {
				sheets[1].Rows = append(sheets[1].Rows, []any{"Status date", calendar.New(2026, 3, 10)})
			}
			o := options(t, memory.From(workbooktest.Book(sheets...)))
			o.Today, o.TodayFirst = tt.today, tt.first
			r, err := run.Check(t.Context(), o)
			if err != nil || r.Today != tt.want {
				t.Errorf("got %s, %v, want %s", r.Today, err, tt.want)
			}
		})
	}
}

// TestDayOfRun takes the day of the run in the workbook's own time zone, and
// judges for the status date nevertheless.
func TestDayOfRun(t *testing.T) {
	status := calendar.New(2026, 3, 9)
	for _, tt := range []struct {
		name              string
		zone              string
		status            calendar.Date
		modified          calendar.Date
		day, judged, asOf calendar.Date
	}{
		{"no zone", "", 0, 0, today, today, today},
		{"another zone", "Asia/Tokyo", 0, 0, today + 1, today + 1, today + 1},
		{"status date", "Asia/Tokyo", status, 0, today + 1, status, today + 1},
		{"saved earlier", "", 0, today - 5, today, today, today - 5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := workbooktest.Book(workbooktest.LatePlan()...)
			b.TimeZone, b.Modified = tt.zone, tt.modified
			o := options(t, memory.From(b))
			o.Read.Project.StatusDate = tt.status
			o.TodayIn = func(zone string) calendar.Date {
				return map[string]calendar.Date{"": today, "Asia/Tokyo": today + 1}[zone]
			}
			r := sync(t, o)
			if r.RunOn != tt.day || r.Today != tt.judged || r.Report.Head.AsOf != tt.asOf {
				t.Errorf("got day %s, judged for %s, data as of %s, want %s, %s, %s", r.RunOn, r.Today, r.Report.Head.AsOf, tt.day, tt.judged, tt.asOf)
			}
		})
	}
}

func TestTitles(t *testing.T) {
	sheets := append(workbooktest.LatePlan(), workbooktest.Sheet{Name: "summary", Rows: [][]any{{"the team's own"}}})
	w := memory.From(workbooktest.Book(sheets...))
	before := read(t, w)
	for _, dry := range []bool{true, false} {
		o := options(t, w)
		o.DryRun = dry
		_, err := run.Run(t.Context(), o)
		if !errors.Is(err, workbook.ErrNameTaken) || !strings.Contains(err.Error(), `sheet "Summary"`) {
			t.Errorf("dry %t: got %v, want %v", dry, err, workbook.ErrNameTaken)
		}
	}
	if read(t, w).Version != before.Version {
		t.Error("something was written")
	}
	o := options(t, w)
	o.Titles = map[string]string{"summary": "What is late"}
	if got := sync(t, o).Output.Tabs[0].Tab.Title; got != "What is late" {
		t.Errorf("title: got %q", got)
	}
}

func TestRunOfAWorkbookWithoutTasks(t *testing.T) {
	w := memory.From(workbooktest.Book(workbooktest.Sheet{Name: "Shopping", Rows: [][]any{{"milk"}, {"bread"}}}))
	before := read(t, w)
	r, err := run.Run(t.Context(), options(t, w))
	if err == nil || r.Book == nil || read(t, w).Version != before.Version {
		t.Errorf("got %v, want an error and an untouched workbook", err)
	}
}

// signed is a workbook that can be read but not written.
type signed struct{ *memory.Workbook }

func (s signed) Read(ctx context.Context) (*workbook.Book, error) {
	book, err := s.Workbook.Read(ctx)
	if err == nil {
		book.Unwritable = &workbook.Error{Workbook: "plan.xlsx", Err: workbook.ErrRefused, Fix: "take the signature off"}
	}
	return book, err
}

func TestRunOfAWorkbookThatCannotBeWritten(t *testing.T) {
	// Nothing in it is a plan either: that it is signed comes first.
	w := signed{memory.From(workbooktest.Book(workbooktest.Sheet{Name: "Shopping", Rows: [][]any{{"milk"}}}))}
	for _, dry := range []bool{true, false} {
		o := options(t, w)
		o.DryRun = dry
		if _, err := run.Run(t.Context(), o); !errors.Is(err, workbook.ErrRefused) {
			t.Errorf("dry %t: got %v, want %v", dry, err, workbook.ErrRefused)
		}
	}
	if _, err := run.Check(t.Context(), options(t, signed{memory.From(workbooktest.Book(workbooktest.LatePlan()...))})); err != nil {
		t.Errorf("check: got %v, want it to be read all the same", err)
	}
	if _, err := run.Clean(t.Context(), run.CleanOptions{Backend: w}); err != nil {
		t.Errorf("clean: got %v: there is nothing to take out", err)
	}
}

func TestRunCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := memory.From(workbooktest.Book(workbooktest.LatePlan()...))
	if _, err := run.Run(ctx, options(t, w)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestRunAgainAfterTheRowsWereMended(t *testing.T) {
	w := memory.From(workbooktest.Book(workbooktest.LatePlan()...))
	first := sync(t, options(t, w))
	w.Edit(func(sheets []memory.Sheet) []memory.Sheet {
		for row := 1; row <= 4; row++ {
			cells := sheets[0].Row(row).Cells
			for i := range cells {
				switch cells[i].Column {
				case 4:
					cells[i].Number = 1
				case 5:
					cells[i].Text = "Done"
				}
			}
		}
		return sheets
	})
	second := sync(t, options(t, w))
	if !second.Written || len(second.Output.Keys) >= len(first.Output.Keys) {
		t.Errorf("got written %t, %d keys after %d", second.Written, len(second.Output.Keys), len(first.Output.Keys))
	}
	if changes := workbook.Compare(read(t, w).Own, second.Output); len(changes) > 0 {
		t.Errorf("what stands there differs: %v", changes)
	}
}
