package sheetstest

import (
	"slices"
	"strings"
)

func protectKinds() map[string]kind {
	return map[string]kind{
		"addProtectedRange":    {do: addProtectedRange},
		"updateProtectedRange": {do: updateProtectedRange, masked: true},
		"deleteProtectedRange": {do: deleteProtectedRange},
	}
}

// guard refuses what the account that asks may not change: an area, where
// somebody has protected a part of it.
func (b *batch) guard(a area) error { return b.doc.protectedFrom(b.account, a) }

// protectedFrom returns the API's error where something of an area is protected
// from an account.
func (d *document) protectedFrom(account string, a area) error {
	if d.protects(account, a) {
		return protectedCell()
	}
	return nil
}

// guardSheet refuses what changes a sheet as a whole, where somebody has
// protected all of it.
func (b *batch) guardSheet(s *sheet) error {
	for _, r := range s.protected {
		if b.doc.protected(r).covers(wholeSheet(s).within(s)) && !b.doc.mayEdit(b.account, r) {
			return protectedCell()
		}
	}
	return nil
}

// protects tells whether something of an area is protected from an account.
func (d *document) protects(account string, a area) bool {
	s := d.sheet(a.sheet)
	if s == nil {
		return false
	}
	return slices.ContainsFunc(s.protected, func(r *ranged) bool {
		return !d.mayEdit(account, r) && d.protected(r).meets(a) && !exempt(r, d.protected(r).common(a))
	})
}

// protected returns the area of a protected range, which may be that of a named
// range.
func (d *document) protected(r *ranged) area {
	if len(r.areas) > 0 {
		return r.areas[0]
	}
	name := textIn(r.fields, "namedRangeId")
	for _, n := range d.named {
		if textIn(n.fields, "namedRangeId") == name {
			return n.areas[0]
		}
	}
	return area{sheet: -1}
}

// common returns what two areas have in common.
func (a area) common(other area) area {
	a, other = a.bounds(), other.bounds()
	return area{
		sheet: a.sheet,
		row:   max(a.row, other.row), rowEnd: min(a.rowEnd, other.rowEnd),
		column: max(a.column, other.column), columnEnd: min(a.columnEnd, other.columnEnd),
	}
}

// exempt tells whether all of an area is in one of the ranges that a protection
// leaves out.
func exempt(r *ranged, a area) bool {
	return len(r.areas) > 1 && slices.ContainsFunc(r.areas[1:], func(free area) bool { return free.covers(a) })
}

// mayEdit tells whether an account may edit a protected range.
func (d *document) mayEdit(account string, r *ranged) bool {
	if trueIn(r.fields, "warningOnly") || account == person || d.role(account) == Owner {
		return true
	}
	users, _ := objectIn(r.fields, "editors")["users"].([]any)
	return slices.ContainsFunc(users, func(user any) bool {
		name, _ := user.(string)
		return strings.EqualFold(name, account)
	})
}

// shownProtected returns a ProtectedRange as an account sees it: who may edit
// it is shown only to those who may.
func shownProtected(d *document, r *ranged, account string) object {
	o := r.fields
	if len(r.areas) > 0 {
		o = with(o, "range", gridRange(r.areas[0]))
	}
	if len(r.areas) > 1 {
		o = with(o, "unprotectedRanges", gridRanges(r.areas[1:]))
	}
	if !d.mayEdit(account, r) {
		return without(o, "editors")
	}
	return with(o, "requestingUserCanEdit", true)
}

func addProtectedRange(b *batch, body object) (object, error) {
	wanted := objectIn(body, "protectedRange")
	id, err := b.chosenID(wanted, "protectedRangeId", func(s *sheet) []*ranged { return s.protected })
	if err != nil {
		return nil, err
	}
	r, s, err := b.protection(wanted)
	if err != nil {
		return nil, err
	}
	r.fields["protectedRangeId"] = id
	reply := with(shownProtected(b.doc, r, b.account), "requestingUserCanEdit", true)
	reply["editors"] = with(objectIn(r.fields, "editors"), "users", nil)
	if users := objectIn(r.fields, "editors")["users"]; users != nil {
		reply["editors"] = object{"users": users}
	}
	b.addEditor(r)
	s.protected = append(s.protected, r)
	return object{"addProtectedRange": object{"protectedRange": reply}}, nil
}

// addEditor makes sure that who protects a range may edit it.
func (b *batch) addEditor(r *ranged) {
	editors := objectIn(r.fields, "editors")
	users, _ := editors["users"].([]any)
	if b.account != "" && !slices.Contains(users, any(b.account)) {
		users = append(slices.Clone(users), b.account)
	}
	r.fields = with(r.fields, "editors", with(editors, "users", users))
}

// protection reads a ProtectedRange of a request, without its id.
func (b *batch) protection(wanted object) (*ranged, *sheet, error) {
	fields := without(b.doc.stored(wanted), "range", "unprotectedRanges", "requestingUserCanEdit", "protectedRangeId")
	r := &ranged{fields: fields}
	name := textIn(wanted, "namedRangeId")
	if wanted["range"] == nil && name == "" {
		return nil, nil, unknown("a protected range that is neither a range nor a named range")
	}
	at := objectIn(wanted, "range")
	if name != "" {
		n := b.doc.namedByID(name)
		if n == nil {
			return nil, nil, refuse("No named range with id: %s", name)
		}
		at = gridRange(n.areas[0])
	}
	p, err := b.place(at)
	if err != nil {
		return nil, nil, err
	}
	if name == "" {
		r.areas = []area{areaOf(at)}
		for _, free := range objectsIn(wanted, "unprotectedRanges") {
			r.areas = append(r.areas, areaOf(free))
		}
	}
	return r, p.on, nil
}

// findProtected returns a protected range by its id, and its sheet.
func (b *batch) findProtected(id int) (*ranged, *sheet, error) {
	r, s := b.find("protectedRangeId", id, func(s *sheet) []*ranged { return s.protected })
	if r == nil {
		return nil, nil, refuse("No protected range with id: %d", id)
	}
	if !b.doc.mayEdit(b.account, r) {
		return nil, nil, protectedCell()
	}
	return r, s, nil
}

func updateProtectedRange(b *batch, body object) (object, error) {
	wanted := objectIn(body, "protectedRange")
	r, s, err := b.findProtected(intOr(wanted, "protectedRangeId", 0))
	if err != nil {
		return nil, err
	}
	id := r.fields["protectedRangeId"]
	now := b.updated(shownProtected(b.doc, r, b.account), wanted, maskOf(body))
	changed, on, err := b.protection(now)
	if err != nil {
		return nil, err
	}
	changed.fields["protectedRangeId"] = id
	b.addEditor(changed)
	s.protected = slices.DeleteFunc(s.protected, func(other *ranged) bool { return other == r })
	on.protected = append(on.protected, changed)
	return nil, nil
}

func deleteProtectedRange(b *batch, body object) (object, error) {
	r, s, err := b.findProtected(intOr(body, "protectedRangeId", 0))
	if err != nil {
		return nil, err
	}
	s.protected = slices.DeleteFunc(s.protected, func(other *ranged) bool { return other == r })
	return nil, nil
}

// find returns the first of what stands on the sheets that has an id, and its
// sheet; nil when there is none.
func (b *batch) find(field string, id any, list func(*sheet) []*ranged) (*ranged, *sheet) {
	if n, ok := id.(int); ok {
		id = float64(n)
	}
	for _, s := range b.doc.sheets {
		for _, r := range list(s) {
			if value := r.fields[field]; value == id || value == nil && id == 0.0 {
				return r, s
			}
		}
	}
	return nil, nil
}

// chosenID returns the id that a request chose for something new, or one that
// is free.
func (b *batch) chosenID(wanted object, field string, list func(*sheet) []*ranged) (any, error) {
	id := intOr(wanted, field, 0)
	if id <= 0 {
		return b.unchosen(id)
	}
	if r, _ := b.find(field, id, list); r != nil {
		return nil, refuse("%s: %d already exists", field, id)
	}
	return float64(id), nil
}

// unchosen returns an id for something new of which a request chose none, which
// it says with zero.
func (b *batch) unchosen(id int) (any, error) {
	if id < 0 {
		return nil, unknown("the id %d", id)
	}
	return float64(b.doc.newID()), nil
}
