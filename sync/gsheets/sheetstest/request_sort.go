package sheetstest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

func sortKinds() map[string]kind {
	return map[string]kind{
		"sortRange":        {do: sortRange},
		"randomizeRange":   {do: randomizeRange},
		"deleteDuplicates": {do: deleteDuplicates},
	}
}

// permute puts the rows of a place into another order: the cells of its
// columns, what single-row merges they have, and the developer metadata of the
// rows go with them, and formulas refer to the same columns of their new row.
// order says for each row from the first on, which one comes there.
func (p place) permute(order []int) error {
	for _, m := range p.on.merges {
		if a := m.areas[0]; a.meets(p.area) && (a.rowEnd-a.row > 1 || !p.covers(a)) {
			return refuse("You can't sort a range that contains vertical merges. Please unmerge and try again.")
		}
	}
	cells := make([][]*cell, len(order))
	metadata := make([][]object, len(order))
	goes := map[int]int{}
	for i, from := range order {
		goes[from] = p.row + i
		metadata[i] = p.on.rows[from].metadata
		for column := p.column; column < p.columnEnd; column++ {
			cells[i] = append(cells[i], p.on.cell(from, column).copied(p.on.title, p.row+i-from, 0))
		}
	}
	for i := range order {
		if len(metadata[i])+len(p.on.rows[p.row+i].metadata) > 0 {
			span{on: p.on, rows: true}.own(p.row + i).metadata = metadata[i]
		}
		for j, c := range cells[i] {
			if c != nil || p.on.cell(p.row+i, p.column+j) != nil {
				p.on.put(p.row+i, p.column+j, c)
			}
		}
	}
	for _, m := range p.on.merges {
		if a := &m.areas[0]; a.meets(p.area) {
			a.row = goes[a.row]
			a.rowEnd = a.row + 1
		}
	}
	return nil
}

// rows returns the indices of the rows of a place.
func (p place) rows() []int {
	rows := make([]int, p.rowEnd-p.row)
	for i := range rows {
		rows[i] = p.row + i
	}
	return rows
}

func sortRange(b *batch, body object) (object, error) {
	p, err := b.editable(objectIn(body, "range"))
	if err != nil {
		return nil, err
	}
	specs, err := p.sortSpecs(objectsIn(body, "sortSpecs"))
	if err != nil {
		return nil, err
	}
	values, err := p.sortValues(b.server.view(b.doc), specs)
	if err != nil {
		return nil, err
	}
	order := p.rows()
	slices.SortStableFunc(order, func(x, y int) int {
		for i, s := range specs {
			if c := compareValues(values[x-p.row][i], values[y-p.row][i], s.descending); c != 0 {
				return c
			}
		}
		return 0
	})
	return nil, p.permute(order)
}

// sortSpec is one column by which rows are sorted.
type sortSpec struct {
	column     int
	descending bool
}

func (p place) sortSpecs(list []object) ([]sortSpec, error) {
	var specs []sortSpec
	for _, o := range list {
		s := sortSpec{column: intOr(o, "dimensionIndex", 0), descending: textIn(o, "sortOrder") == "DESCENDING"}
		if s.column < p.column || s.column >= p.columnEnd {
			return nil, refuse("sortSpecs.dimensionIndex[%d] is not in the range", s.column)
		}
		if o["foregroundColor"] != nil || o["backgroundColor"] != nil || o["dataSourceColumnReference"] != nil {
			return nil, unknown("sorting by colour or data source")
		}
		specs = append(specs, s)
	}
	if specs == nil {
		return nil, unknown("sorting without a column")
	}
	return specs, nil
}

// sortValues returns for each row of a place what its cells show in the columns
// by which it is sorted.
func (p place) sortValues(v *view, specs []sortSpec) ([][]object, error) {
	values := make([][]object, p.rowEnd-p.row)
	for i := range values {
		for _, s := range specs {
			x, err := v.value(p.on, p.row+i, s.column)
			if err != nil {
				return nil, err
			}
			values[i] = append(values[i], extendedValue(x))
		}
	}
	return values, nil
}

// compareValues orders values as the program does: numbers, texts, booleans;
// what is empty last in either direction.
func compareValues(x, y object, descending bool) int {
	switch {
	case valueRank(x) == emptyRank || valueRank(y) == emptyRank:
		return cmp.Compare(valueRank(x), valueRank(y))
	case descending:
		x, y = y, x
	}
	if c := cmp.Compare(valueRank(x), valueRank(y)); c != 0 {
		return c
	}
	if valueRank(x) == 0 {
		a, _ := x["numberValue"].(float64)
		b, _ := y["numberValue"].(float64)
		return cmp.Compare(a, b)
	}
	return cmp.Compare(sortText(x), sortText(y))
}

const emptyRank = 4

func valueRank(v object) int {
	for rank, name := range []string{"numberValue", "stringValue", "boolValue", "errorValue"} {
		if v[name] != nil {
			return rank
		}
	}
	return emptyRank
}

// sortText returns a text that orders texts without regard to case, and false
// before true.
func sortText(v object) string {
	if s, ok := v["stringValue"].(string); ok {
		return strings.ToLower(s)
	}
	return fmt.Sprint(v["boolValue"])
}

// randomizeRange puts rows into another order, the same one each time.
func randomizeRange(b *batch, body object) (object, error) {
	p, err := b.editable(objectIn(body, "range"))
	if err != nil {
		return nil, err
	}
	order := p.rows()
	random := rand.New(rand.NewPCG(1, uint64(len(order))))
	random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	return nil, p.permute(order)
}

// deleteDuplicates keeps the first of equal rows. The ones below move up within
// the range.
func deleteDuplicates(b *batch, body object) (object, error) {
	p, err := b.editable(objectIn(body, "range"))
	if err != nil {
		return nil, err
	}
	v, columns := b.server.view(b.doc), compared(p, objectsIn(body, "comparisonColumns"))
	seen := map[string]bool{}
	var kept, gone []int
	for _, row := range p.rows() {
		key, err := v.rowKey(p.on, row, columns)
		if err != nil {
			return nil, err
		}
		if key != "" && seen[key] {
			gone = append(gone, row)
			continue
		}
		seen[key] = true
		kept = append(kept, row)
	}
	if err := p.permute(append(kept, gone...)); err != nil {
		return nil, err
	}
	cleared := p
	cleared.row = p.rowEnd - len(gone)
	cleared.each(func(row, column int) { p.on.set(row, column, nil) })
	return object{"deleteDuplicates": shownIndex(object{}, map[string]int{"duplicatesRemovedCount": len(gone)})}, nil
}

func compared(p place, list []object) []int {
	var columns []int
	for _, o := range list {
		for column := intOr(o, "startIndex", p.column); column < intOr(o, "endIndex", p.columnEnd); column++ {
			columns = append(columns, column)
		}
	}
	if columns == nil {
		for column := p.column; column < p.columnEnd; column++ {
			columns = append(columns, column)
		}
	}
	return columns
}

// rowKey returns a text that is equal for rows which show the same, but for
// case; empty for a row without content.
func (v *view) rowKey(s *sheet, row int, columns []int) (string, error) {
	var key strings.Builder
	filled := false
	for _, column := range columns {
		x, err := v.value(s, row, column)
		if err != nil {
			return "", err
		}
		shown := extendedValue(x)
		filled = filled || len(shown) > 0
		fmt.Fprintf(&key, "%q", strings.ToLower(fmt.Sprint(shown)))
	}
	if !filled {
		return "", nil
	}
	return key.String(), nil
}
