package workbooktest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"steerco/sync/workbook"
)

func togetherCases() []testCase {
	return []testCase{
		{"together: one of two writers wins", togetherOneWins},
		{"together: readers see all or nothing", togetherReaders},
	}
}

// togetherOneWins has two write from the same version, each through a backend
// of its own.
func togetherOneWins(t *testing.T, s Suite) {
	subject := newSample(t, s)
	base := read(t, subject.Backend)
	backends := []workbook.Backend{subject.Backend, subject.Reopen(t)}
	errs := make([]error, len(backends))
	var group sync.WaitGroup
	for i, b := range backends {
		group.Go(func() {
			_, errs[i] = b.Apply(t.Context(), workbook.Changes{Base: base.Version, Output: output(base, fmt.Sprint("writer ", i))})
		})
	}
	group.Wait()
	var winners []int
	for i, err := range errs {
		switch {
		case err == nil:
			winners = append(winners, i)
		case !errors.Is(err, workbook.ErrChanged) && !errors.Is(err, workbook.ErrBusy):
			t.Errorf("writer %d: got %v, want %v or %v", i, err, workbook.ErrChanged, workbook.ErrBusy)
		}
	}
	if len(winners) != 1 {
		t.Fatalf("writers that won: got %v, want one of two", winners)
	}
	after := read(t, subject.Backend)
	stands(t, after, output(base, fmt.Sprint("writer ", winners[0])))
	sameTeam(t, after, base)
}

func togetherReaders(t *testing.T, s Suite) {
	subject := newSample(t, s)
	base := apply(t, subject.Backend, saying("old"))
	books, errs := make([]*workbook.Book, 6), make([]error, 6)
	var group sync.WaitGroup
	for i := range books {
		group.Go(func() { books[i], errs[i] = subject.Backend.Read(t.Context()) })
	}
	group.Go(func() {
		if _, err := subject.Backend.Apply(t.Context(), workbook.Changes{Base: base.Version, Output: output(base, "new")}); err != nil {
			t.Errorf("apply: %v", err)
		}
	})
	group.Wait()
	for i, book := range books {
		if errs[i] != nil {
			t.Errorf("read: %v", errs[i])
			continue
		}
		say := "new"
		if book.Version == base.Version {
			say = "old"
		}
		stands(t, book, output(base, say))
	}
}
