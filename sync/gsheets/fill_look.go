package gsheets

import "steerco/templates/tab"

// Heights in dots, where they aren't as the program finds them.
const (
	titleHeight  = 32
	headerHeight = 40
)

// looks returns the look of each cell of a sheet; nil: none.
func (w *filling) looks() [][]*cellLook {
	grid := make([][]*cellLook, w.rows)
	for row := range grid {
		grid[row] = make([]*cellLook, len(w.Columns))
		for i := range w.Columns {
			if look := w.Look(row, i); look != (tab.Look{}) {
				grid[row][i] = &cellLook{Look: look}
			}
		}
	}
	return grid
}
