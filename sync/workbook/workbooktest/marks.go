package workbooktest

import (
	"slices"
	"testing"

	"steerco/sync/workbook"
)

func markCases() []testCase {
	return []testCase{
		{"marks: one less", marksLess},
		{"marks: another range", marksRange},
		{"marks: other keys", marksKeys},
		{"marks: on rows without cells", marksBeyond},
		{"marks: many of them", marksMany},
	}
}

// changed returns the sample's output after a change.
func changed(change func(*workbook.Output)) func(*workbook.Book) workbook.Output {
	return func(b *workbook.Book) workbook.Output {
		out := output(b, "first")
		change(&out)
		return out
	}
}

// steps applies one output after the other and checks each.
func steps(t *testing.T, s Suite, outputs ...func(*workbook.Book) workbook.Output) {
	t.Helper()
	subject := newSample(t, s)
	before := read(t, subject.Backend)
	for _, o := range outputs {
		after := apply(t, subject.Backend, o)
		stands(t, after, o(after))
		sameTeam(t, after, before)
	}
}

func marksLess(t *testing.T, s Suite) {
	steps(t, s, saying("first"),
		changed(func(o *workbook.Output) { o.Marks = o.Marks[1:] }),
		changed(func(o *workbook.Output) { o.Marks = o.Marks[2:] }),
		changed(func(o *workbook.Output) { o.Marks, o.Keys = nil, nil }),
		saying("first"))
}

func marksRange(t *testing.T, s Suite) {
	steps(t, s, saying("first"),
		changed(func(o *workbook.Output) { o.Marks[0].LastRow = 40 }),
		changed(func(o *workbook.Output) { o.Marks[0].FirstRow = 5 }),
		changed(func(o *workbook.Output) { o.Marks[0].Column = 4 }),
		changed(func(o *workbook.Output) { o.Marks[0].Severity = "warning" }))
}

func marksKeys(t *testing.T, s Suite) {
	steps(t, s, saying("first"),
		changed(func(o *workbook.Output) { o.Keys = o.Keys[:1] }),
		changed(func(o *workbook.Output) {
			o.Keys = append(o.Keys, "warning|name|=1+1|#5", "warning|name|<&>\"日本語😀|")
			slices.Sort(o.Keys)
		}))
}

func marksBeyond(t *testing.T, s Suite) {
	steps(t, s, changed(func(o *workbook.Output) {
		o.Marks[0].FirstRow, o.Marks[0].LastRow, o.Marks[0].Column = 100, 4000, 30
	}))
}

func marksMany(t *testing.T, s Suite) {
	many := func(n int) func(*workbook.Output) {
		return func(o *workbook.Output) {
			m := o.Marks[0]
			o.Marks, o.Keys = nil, nil
			for i := range n {
				m.Column = i
				o.Marks = append(o.Marks, m)
				for row := range 50 {
					o.Keys = append(o.Keys, workbook.Key(m.Severity, m.Field, []workbook.Cell{
						{Kind: workbook.Number, Number: float64(row)}, {Kind: workbook.Number, Number: float64(i)},
					}))
				}
			}
			slices.Sort(o.Keys)
		}
	}
	steps(t, s, changed(many(20)), changed(many(3)), changed(many(8)))
}
