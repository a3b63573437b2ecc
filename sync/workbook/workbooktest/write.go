package workbooktest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/workbook"
)

func writeCases() []testCase {
	return []testCase{
		{"write: tabs, marks, keys and id stand there", writeAll},
		{"write: another backend sees it", writeSeenByOthers},
		{"write: a second time changes nothing", writeTwice},
		{"write: order makes no difference", writeOrder},
		{"write: the difference", writeDifference},
		{"write: only tabs", writeOnlyTabs},
		{"write: only marks", writeOnlyMarks},
		{"clean: takes everything out", cleanAll},
		{"clean: nothing to take out", cleanNothing},
		{"clean: and write again", cleanAndAgain},
	}
}

func writeAll(t *testing.T, s Suite) {
	subject := newSample(t, s)
	before := read(t, subject.Backend)
	after := apply(t, subject.Backend, saying("first"))
	if after.Version == before.Version {
		t.Error("version: got the same, want another one after writing")
	}
	stands(t, after, output(before, "first"))
	sameTeam(t, after, before)
	if after.ID != before.ID || after.Own.ID != before.ID {
		t.Errorf("id: got %q, stored %q, want %q", after.ID, after.Own.ID, before.ID)
	}
}

func writeSeenByOthers(t *testing.T, s Suite) {
	subject := newSample(t, s)
	after := apply(t, subject.Backend, saying("first"))
	other := read(t, subject.Reopen(t))
	if other.Version != after.Version || other.ID != after.ID {
		t.Errorf("got %q at %q, want %q at %q", other.ID, other.Version, after.ID, after.Version)
	}
	stands(t, other, output(other, "first"))
	// It may go on where the first one stopped.
	stands(t, apply(t, subject.Reopen(t), saying("second")), output(other, "second"))
}

func writeTwice(t *testing.T, s Suite) {
	subject := newSample(t, s)
	first := apply(t, subject.Backend, saying("first"))
	second := apply(t, subject.Backend, saying("first"))
	if second.Version != first.Version {
		t.Errorf("version: got %q, want %q: nothing was to be written", second.Version, first.Version)
	}
	third := apply(t, subject.Reopen(t), saying("first"))
	if third.Version != first.Version {
		t.Errorf("version by another backend: got %q, want %q", third.Version, first.Version)
	}
}

func writeOrder(t *testing.T, s Suite) {
	subject := newSample(t, s)
	first := apply(t, subject.Backend, saying("first"))
	second := apply(t, subject.Backend, func(b *workbook.Book) workbook.Output {
		out := output(b, "first")
		out.Marks[0], out.Marks[2] = out.Marks[2], out.Marks[0]
		out.Tabs[0], out.Tabs[1] = out.Tabs[1], out.Tabs[0]
		return out
	})
	if second.Version != first.Version {
		t.Errorf("version: got %q, want %q: nothing was to be written", second.Version, first.Version)
	}
}

func writeDifference(t *testing.T, s Suite) {
	subject := newSample(t, s)
	before := read(t, subject.Backend)
	first := apply(t, subject.Backend, saying("first"))
	changed := func(b *workbook.Book) workbook.Output {
		out := output(b, "first")
		out.Tabs[0] = summary("second")
		return out
	}
	second := apply(t, subject.Backend, changed)
	stands(t, second, changed(second))
	sameTeam(t, second, before)
	if got, want := ownTab(t, second, "committee"), ownTab(t, first, "committee"); !cmp.Equal(got, want) {
		t.Errorf("the tab that wasn't to be changed: got %+v, want %+v", got, want)
	}
}

func writeOnlyTabs(t *testing.T, s Suite) {
	subject := newSample(t, s)
	before := read(t, subject.Backend)
	only := func(b *workbook.Book) workbook.Output {
		return workbook.Output{ID: b.ID, Tabs: output(b, "first").Tabs}
	}
	after := apply(t, subject.Backend, only)
	stands(t, after, only(before))
	sameTeam(t, after, before)
}

func writeOnlyMarks(t *testing.T, s Suite) {
	subject := newSample(t, s)
	before := read(t, subject.Backend)
	titles := subject.Titles(t)
	only := func(b *workbook.Book) workbook.Output {
		out := output(b, "first")
		out.Tabs = nil
		return out
	}
	after := apply(t, subject.Backend, only)
	stands(t, after, only(before))
	sameTeam(t, after, before)
	if diff := cmp.Diff(subject.Titles(t), titles); diff != "" {
		t.Errorf("sheets that people see: got -, want +\n%s", diff)
	}
}

func cleanAll(t *testing.T, s Suite) {
	subject := newSample(t, s)
	before := read(t, subject.Backend)
	titles := subject.Titles(t)
	apply(t, subject.Backend, saying("first"))
	apply(t, subject.Backend, saying("second"))
	cleaned := apply(t, subject.Backend, nothing)
	stands(t, cleaned, workbook.Output{})
	sameTeam(t, cleaned, before)
	if diff := cmp.Diff(subject.Titles(t), titles); diff != "" {
		t.Errorf("sheets that people see: got -, want +\n%s", diff)
	}
}

func cleanNothing(t *testing.T, s Suite) {
	subject := newSample(t, s)
	before := read(t, subject.Backend)
	if after := apply(t, subject.Backend, nothing); after.Version != before.Version {
		t.Errorf("version: got %q, want %q: there was nothing to take out", after.Version, before.Version)
	}
}

func cleanAndAgain(t *testing.T, s Suite) {
	subject := newSample(t, s)
	apply(t, subject.Backend, saying("first"))
	apply(t, subject.Backend, nothing)
	after := apply(t, subject.Backend, saying("again"))
	stands(t, after, output(after, "again"))
}
