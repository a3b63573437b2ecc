package sheetstest

import "maps"

// What stands in a document is shown in answers by these functions.

// shown returns the SheetProperties of a sheet that stands at an index.
func (s *sheet) shown(index int) object {
	o := object{"sheetId": float64(s.id), "title": s.title, "index": float64(index), "sheetType": "GRID"}
	maps.Copy(o, s.properties)
	grid := object{"rowCount": float64(len(s.rows)), "columnCount": float64(len(s.columns))}
	maps.Copy(grid, objectIn(s.properties, "gridProperties"))
	o["gridProperties"] = grid
	return o
}

// shownRanged returns what has one range: a named range, banded range, filter,
// filter view or table.
func shownRanged(r *ranged) object {
	if len(r.areas) == 0 {
		return r.fields
	}
	return with(r.fields, "range", gridRange(r.areas[0]))
}

// shownRule returns a ConditionalFormatRule.
func shownRule(r *ranged) object {
	return with(r.fields, "ranges", gridRanges(r.areas))
}

func gridRanges(areas []area) []any {
	ranges := make([]any, len(areas))
	for i, a := range areas {
		ranges[i] = gridRange(a)
	}
	return ranges
}

// shownGroup returns a DimensionGroup.
func shownGroup(r *ranged) object {
	a := r.areas[0]
	o := object{"dimension": "ROWS", "startIndex": float64(a.row), "endIndex": float64(a.rowEnd)}
	if a.row == open {
		o = object{"dimension": "COLUMNS", "startIndex": float64(a.column), "endIndex": float64(a.columnEnd)}
	}
	if a.sheet != 0 {
		o["sheetId"] = float64(a.sheet)
	}
	return with(r.fields, "range", o)
}

// shownEmbedded returns a chart or slicer, whose area is the cell of its
// anchor.
func shownEmbedded(r *ranged) object {
	if len(r.areas) == 0 {
		return r.fields
	}
	a := r.areas[0]
	anchor := object{}
	for name, n := range map[string]int{"sheetId": int(a.sheet), "rowIndex": a.row, "columnIndex": a.column} {
		if n != 0 {
			anchor[name] = float64(n)
		}
	}
	overlay := with(objectIn(objectIn(r.fields, "position"), "overlayPosition"), "anchorCell", anchor)
	return with(r.fields, "position", object{"overlayPosition": overlay})
}
