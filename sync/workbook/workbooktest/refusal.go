package workbooktest

import (
	"errors"
	"testing"

	"steerco/sync/workbook"
)

func refusalCases() []testCase {
	return []testCase{
		{"refusal: somebody saved since it was read", refuseChanged},
		{"refusal: we wrote since it was read", refuseOldBase},
		{"refusal: a sheet of the team's has the title", refuseNameTaken},
		{"refusal: a hidden sheet has the title", refuseHiddenName},
		{"refusal: a new title is taken while the rest stands", refuseLaterName},
		{"refusal: what can't be written", refuseBroken},
	}
}

func refuseChanged(t *testing.T, s Suite) {
	subject := newSample(t, s)
	old := read(t, subject.Backend)
	subject.Edit(t, func(e Editor) { e.Set(planSheet, 3, 4, "Cleo") })
	now := read(t, subject.Backend)
	_, err := subject.Backend.Apply(t.Context(), workbook.Changes{Base: old.Version, Output: output(old, "first")})
	checkError(t, "apply", err, workbook.ErrChanged)
	unchanged(t, subject, now)
	stands(t, apply(t, subject.Backend, saying("first")), output(now, "first"))
}

func refuseOldBase(t *testing.T, s Suite) {
	subject := newSample(t, s)
	old := read(t, subject.Backend)
	now := apply(t, subject.Backend, saying("first"))
	for _, say := range []string{"first", "second"} {
		_, err := subject.Backend.Apply(t.Context(), workbook.Changes{Base: old.Version, Output: output(old, say)})
		checkError(t, "apply", err, workbook.ErrChanged)
	}
	unchanged(t, subject, now)
}

func refuseNameTaken(t *testing.T, s Suite) {
	for _, title := range []string{"Summary", "SUMMARY"} {
		refuseTitle(t, s, Sheet{Name: title, Rows: [][]any{{"the team's own"}}})
	}
}

func refuseHiddenName(t *testing.T, s Suite) {
	refuseTitle(t, s, Sheet{Name: "Committee", Hidden: true, Rows: [][]any{{"the team's own"}}})
}

func refuseTitle(t *testing.T, s Suite, sheet Sheet) {
	t.Helper()
	subject := s.New(t, append(sample(), sheet))
	before := read(t, subject.Backend)
	refused(t, subject, output(before, "first"), workbook.ErrNameTaken)
	unchanged(t, subject, before)
}

// refused fails unless out is refused for this reason, by an error that tells
// the sheet and, for a name, the mend.
func refused(t *testing.T, subject Subject, out workbook.Output, want error) {
	t.Helper()
	before := read(t, subject.Backend)
	_, err := subject.Backend.Apply(t.Context(), workbook.Changes{Base: before.Version, Output: out})
	checkError(t, "apply", err, want)
	var e *workbook.Error
	if errors.As(err, &e) && (e.Sheet == "" || e.Fix == "") {
		t.Errorf("error: got %+v, want the sheet and what to do", e)
	}
}

func refuseLaterName(t *testing.T, s Suite) {
	subject := newSample(t, s)
	one := func(b *workbook.Book) workbook.Output {
		out := output(b, "first")
		out.Tabs = out.Tabs[:1]
		return out
	}
	apply(t, subject.Backend, one)
	subject.Edit(t, func(e Editor) { e.Add("committee") })
	before := read(t, subject.Backend)
	refused(t, subject, output(before, "second"), workbook.ErrNameTaken)
	unchanged(t, subject, before)
}

func refuseBroken(t *testing.T, s Suite) {
	subject := newSample(t, s)
	before := apply(t, subject.Backend, saying("first"))
	for name, change := range map[string]func(*workbook.Output){
		"a mark on no sheet":    func(o *workbook.Output) { o.Marks[2].Sheet = "nowhere" },
		"a mark without rows":   func(o *workbook.Output) { o.Marks[0].LastRow = 1 },
		"two tabs of one key":   func(o *workbook.Output) { o.Tabs[1].Tab.Key = "summary" },
		"two tabs of one title": func(o *workbook.Output) { o.Tabs = append(o.Tabs, twins()...) },
	} {
		out := output(before, "second")
		change(&out)
		_, err := subject.Backend.Apply(t.Context(), workbook.Changes{Base: before.Version, Output: out})
		var e *workbook.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: got %v, want a *workbook.Error", name, err)
		}
	}
	unchanged(t, subject, before)
}

func twins() []workbook.Drawing {
	one, other := committee("one"), committee("other")
	one.Tab.Key, one.Tab.Title = "one", "Twin"
	other.Tab.Key, other.Tab.Title = "other", "twin"
	return []workbook.Drawing{one, other}
}
