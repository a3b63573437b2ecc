package sheetstest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

func namedKinds() map[string]kind {
	return map[string]kind{
		"addNamedRange":    {do: addNamedRange},
		"updateNamedRange": {do: updateNamedRange, masked: true},
		"deleteNamedRange": {do: deleteNamedRange},
	}
}

// namedByID returns the named range with an id, or nil.
func (d *document) namedByID(id string) *ranged {
	i := slices.IndexFunc(d.named, func(r *ranged) bool { return textIn(r.fields, "namedRangeId") == id })
	if i < 0 {
		return nil
	}
	return d.named[i]
}

func addNamedRange(b *batch, body object) (object, error) {
	wanted := objectIn(body, "namedRange")
	id := textIn(wanted, "namedRangeId")
	if id == "" {
		id = fmt.Sprint(b.doc.newID())
	}
	if b.doc.namedByID(id) != nil {
		return nil, refuse("A named range with id %s already exists", id)
	}
	name := textIn(wanted, "name")
	if err := b.checkName(name, nil); err != nil {
		return nil, err
	}
	at, err := b.namedArea(objectIn(wanted, "range"))
	if err != nil {
		return nil, err
	}
	r := &ranged{areas: []area{at}, fields: object{"namedRangeId": id, "name": name}}
	b.doc.named = append(b.doc.named, r)
	return object{"addNamedRange": object{"namedRange": shownRanged(r)}}, nil
}

// namedArea returns an area as it is written; only its place is checked.
func (b *batch) namedArea(o object) (area, error) {
	if o == nil {
		return area{}, refuse("namedRange.range must be set")
	}
	_, err := b.place(o)
	return areaOf(o), err
}

// checkName tells whether a named range may have a name. It may keep its own.
func (b *batch) checkName(name string, own *ranged) error {
	letters := regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_]*$`)
	cell := regexp.MustCompile(`(?i)^([a-z]{1,3}[0-9]+|r[0-9]*c[0-9]*|r[0-9]+|c[0-9]+)$`)
	switch {
	case !letters.MatchString(name), cell.MatchString(name), len(name) > 250,
		strings.EqualFold(name, "true"), strings.EqualFold(name, "false"):
		return refuse("The name given to this range is invalid")
	}
	for _, r := range b.doc.named {
		if r != own && strings.EqualFold(textIn(r.fields, "name"), name) {
			return nameTaken(name)
		}
	}
	if slices.ContainsFunc(b.doc.lost, func(lost string) bool { return strings.EqualFold(lost, name) }) {
		return nameTaken(name)
	}
	return nil
}

func nameTaken(name string) error {
	return refuse("Cannot add named range with name: %s, a named range with that name already exists.", name)
}

// keepNamed keeps the named ranges whose cells are still there. The names of
// the others stay taken.
func (d *document) keepNamed(isThere func(*ranged) bool) {
	var left []*ranged
	for _, r := range d.named {
		if isThere(r) {
			left = append(left, r)
		} else {
			d.lost = append(d.lost, textIn(r.fields, "name"))
		}
	}
	d.named = left
}

// findNamed returns the named range with an id.
func (b *batch) findNamed(id string) (*ranged, error) {
	r := b.doc.namedByID(id)
	if r == nil {
		return nil, refuse("No named range with id: %s", id)
	}
	return r, nil
}

func updateNamedRange(b *batch, body object) (object, error) {
	wanted := objectIn(body, "namedRange")
	r, err := b.findNamed(textIn(wanted, "namedRangeId"))
	if err != nil {
		return nil, err
	}
	now := b.updated(shownRanged(r), wanted, maskOf(body))
	if err := b.checkName(textIn(now, "name"), r); err != nil {
		return nil, err
	}
	at, err := b.namedArea(objectIn(now, "range"))
	if err != nil {
		return nil, err
	}
	r.areas, r.fields = []area{at}, with(r.fields, "name", now["name"])
	return nil, nil
}

func deleteNamedRange(b *batch, body object) (object, error) {
	r, err := b.findNamed(textIn(body, "namedRangeId"))
	if err != nil {
		return nil, err
	}
	b.doc.named = slices.DeleteFunc(b.doc.named, func(other *ranged) bool { return other == r })
	return nil, nil
}
