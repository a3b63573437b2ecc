package workbook

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"steerco/rules/plan"
	"steerco/templates/tab"
)

// Digest returns a short text that is equal for equal drawings, and for others
// with near certainty not. It tells whether a tab must be written again.
func (d Drawing) Digest() string {
	type place struct {
		At   tab.Position
		Link Link
	}
	places := make([]place, 0, len(d.Links))
	for at, link := range d.Links {
		places = append(places, place{at, link})
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.At.Row, b.At.Row), cmp.Compare(a.At.Column, b.At.Column))
	})
	h := sha256.New()
	e := json.NewEncoder(h)
	t := d.Tab
	t.Rows = nil
	encode(e, t)
	for _, row := range d.Tab.Rows {
		// What a Ref is called differs from reading to reading; where it leads
		// stands among the places.
		row.Cells = slices.Clone(row.Cells)
		for i := range row.Cells {
			row.Cells[i].Link = plan.Ref{}
		}
		encode(e, row)
	}
	encode(e, places)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// encode writes v. What JSON has no word for, a number that is not finite,
// counts as its error.
func encode(e *json.Encoder, v any) {
	if err := e.Encode(v); err != nil {
		_ = e.Encode(err.Error())
	}
}
