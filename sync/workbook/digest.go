package workbook

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"steerco/templates/tab"
)

// Digest returns a short text that is equal for equal drawings, and for others
// with near certainty not. It tells whether a tab must be written again.
//
// What a tab.Cell's Link refers to isn't in it: a Ref is called otherwise in
// each reading. Where it leads stands among the links.
func (d Drawing) Digest() string {
	frame := d.Tab
	frame.Rows = nil
	b := appendJSON(nil, frame)
	for _, row := range d.Tab.Rows {
		cells := row.Cells
		row.Cells = nil
		b = appendJSON(b, row)
		for i := range cells {
			b = appendCell(b, &cells[i])
		}
	}
	b = appendJSON(b, d.places())
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

type place struct {
	At   tab.Position
	Link Link
}

// places returns the links in the order of their cells.
func (d Drawing) places() []place {
	places := make([]place, 0, len(d.Links))
	for at, link := range d.Links {
		places = append(places, place{at, link})
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.At.Row, b.At.Row), cmp.Compare(a.At.Column, b.At.Column))
	})
	return places
}

// appendJSON appends v. What JSON has no word for, a number that is not
// finite, counts as its error.
func appendJSON(b []byte, v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		return append(b, err.Error()...)
	}
	return append(b, text...)
}

// appendCell appends a cell so that no two different ones look alike. Cells
// are many: they don't go through JSON.
func appendCell(b []byte, c *tab.Cell) []byte {
	for _, n := range [...]int{c.Column, c.Span, c.RowSpan, int(c.Date)} {
		b = append(strconv.AppendInt(b, int64(n), 10), ' ')
	}
	if c.Number != nil {
		b = strconv.AppendUint(b, math.Float64bits(*c.Number), 16)
	}
	for _, s := range [...]string{string(c.Style), c.Text} {
		b = append(strconv.AppendInt(append(b, ' '), int64(len(s)), 10), ' ')
		b = append(b, s...)
	}
	return append(b, '\n')
}
