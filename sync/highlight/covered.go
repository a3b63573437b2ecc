package highlight

import (
	"fmt"
	"slices"
	"strings"

	"steerco/sync/planread"
	"steerco/sync/workbook"
)

// Covered tells, a line for each table, which columns with highlights the
// team's own conditional formats may colour too. The team's rules come first,
// so a highlight isn't seen where one of them applies. Nil where there are none.
func Covered(b *workbook.Book, r *planread.Reading) []string {
	var lines []string
	for _, t := range r.Tables {
		sheet := b.Sheet(t.Sheet)
		if sheet == nil || !hasJudged(t.Kind) {
			continue
		}
		if columns := coveredColumns(sheet.Colored, t); len(columns) > 0 {
			lines = append(lines, fmt.Sprintf("sheet %q: conditional formats of your own colour %s in rows %d to %d too: "+
				"where one of them applies, the highlight isn't seen", t.Sheet, strings.Join(columns, ", "), t.FirstRow+1, t.LastRow+1))
		}
	}
	return lines
}

func coveredColumns(colored []workbook.Range, t planread.Table) []string {
	var columns []string
	for _, c := range t.Columns {
		if slices.ContainsFunc(colored, func(at workbook.Range) bool {
			return at.FirstColumn <= c.Index && c.Index <= at.LastColumn && at.FirstRow <= t.LastRow && t.FirstRow <= at.LastRow
		}) {
			columns = append(columns, fmt.Sprintf("%q", c.Header))
		}
	}
	return columns
}
