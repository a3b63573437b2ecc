package xlsx

import (
	"slices"
	"strconv"
	"strings"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// Pixels of a screen for the measures of Excel: a point of a row's height, a
// digit of a column's width, and what stands beside the digits.
const (
	pixelsPerPoint = 4.0 / 3
	pixelsPerDigit = 7
	columnPadding  = 5
)

// line is the look of a row or column.
type line struct {
	pixels int64
	hidden bool
	depth  uint8
}

// lines gives rows and columns their sizes, hides and groups them, and merges
// cells.
func (in *importer) lines(index int, name string) {
	rows, columns := in.size(name)
	all := make([]line, rows)
	for row := range all {
		all[row] = in.row(name, row+1)
	}
	in.dimension(index, "ROWS", all)
	all = make([]line, columns)
	for column := range all {
		all[column] = in.column(name, workbook.ColumnName(column))
	}
	in.dimension(index, "COLUMNS", all)
	for _, at := range in.merged(index, name) {
		in.requests = append(in.requests, &sheets.Request{MergeCells: &sheets.MergeCellsRequest{MergeType: "MERGE_ALL", Range: at.grid(sheetID(index))}})
	}
}

// merged returns the merged ranges of a sheet.
func (in *importer) merged(index int, name string) []area {
	found, err := in.file.GetMergeCells(name)
	in.do(err)
	var all []area
	for _, m := range found {
		at, ok := parseRange(m.GetStartAxis() + ":" + m.GetEndAxis())
		if !ok {
			continue
		}
		if at, ok = at.within(in.sheets[index].GridProperties); ok && at.row+at.column < at.lastRow+at.lastColumn {
			all = append(all, at)
		}
	}
	return all
}

func (in *importer) row(name string, row int) line {
	height, err := in.file.GetRowHeight(name, row)
	in.do(err)
	visible, err := in.file.GetRowVisible(name, row)
	in.do(err)
	depth, err := in.file.GetRowOutlineLevel(name, row)
	in.do(err)
	return line{pixels: int64(height*pixelsPerPoint + 0.5), hidden: !visible, depth: depth}
}

func (in *importer) column(name, letters string) line {
	width, err := in.file.GetColWidth(name, letters)
	in.do(err)
	visible, err := in.file.GetColVisible(name, letters)
	in.do(err)
	depth, err := in.file.GetColOutlineLevel(name, letters)
	in.do(err)
	return line{pixels: int64(width*pixelsPerDigit+0.5) + columnPadding, hidden: !visible, depth: depth}
}

// dimension sends runs of equal rows or columns, and their groups from the
// outer to the inner ones.
func (in *importer) dimension(index int, kind string, all []line) {
	at := func(first, end int) *sheets.DimensionRange {
		return &sheets.DimensionRange{SheetId: sheetID(index), Dimension: kind, StartIndex: int64(first), EndIndex: int64(end)}
	}
	deepest := uint8(0)
	for _, l := range all {
		deepest = max(deepest, l.depth)
	}
	for depth := range deepest {
		for _, r := range runs(all, func(l line) bool { return l.depth > depth }) {
			if r.value {
				in.requests = append(in.requests, &sheets.Request{AddDimensionGroup: &sheets.AddDimensionGroupRequest{Range: at(r.first, r.end)}})
			}
		}
	}
	for _, r := range runs(all, func(l line) line { return line{pixels: l.pixels, hidden: l.hidden} }) {
		in.requests = append(in.requests, &sheets.Request{UpdateDimensionProperties: &sheets.UpdateDimensionPropertiesRequest{
			Range: at(r.first, r.end), Fields: "pixelSize,hiddenByUser",
			Properties: &sheets.DimensionProperties{PixelSize: r.value.pixels, HiddenByUser: r.value.hidden},
		}})
	}
}

// run are consecutive lines with one value, without the end.
type run[T any] struct {
	first, end int
	value      T
}

func runs[T comparable](all []line, of func(line) T) []run[T] {
	var found []run[T]
	for i, l := range all {
		v := of(l)
		if n := len(found); n > 0 && found[n-1].value == v {
			found[n-1].end = i + 1
			continue
		}
		found = append(found, run[T]{i, i + 1, v})
	}
	return found
}

// namedRanges makes named ranges of the workbook's names that are one range. Those
// that Excel itself uses, for filters and pages, mean nothing elsewhere.
func (in *importer) namedRanges() {
	taken := map[string]bool{}
	for _, n := range in.file.GetDefinedName() {
		if strings.HasPrefix(n.Name, "_xlnm") {
			continue
		}
		sheet, at, ok := splitReference(n.RefersTo)
		index := slices.Index(in.names, sheet)
		if ok && index >= 0 {
			at, ok = at.within(in.sheets[index].GridProperties)
		}
		if !ok || index < 0 || !isName(n.Name) || taken[strings.ToLower(n.Name)] {
			in.leave(strconv.Quote(n.Name), "names are left out, as Google takes them for one range and each once")
			continue
		}
		taken[strings.ToLower(n.Name)] = true
		in.requests = append(in.requests, &sheets.Request{AddNamedRange: &sheets.AddNamedRangeRequest{
			NamedRange: &sheets.NamedRange{Name: n.Name, Range: at.grid(sheetID(index))},
		}})
	}
}

// isName reports whether Google takes a name: letters, digits and underscores.
func isName(name string) bool {
	for i, r := range name {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != ""
}
