package sheetstest

import (
	"maps"
	"reflect"
	"strings"

	"steerco/sync/gsheets/sheetstest/discovery"
)

// updated returns an object with the fields of a mask taken from the body of a
// request: a field that is absent there is cleared. A colour of which one form
// is set has the other one changed with it.
func (b *batch) updated(old, body object, mask discovery.Mask) object {
	return b.doc.reconciled(old, mask.Update(old, b.doc.stored(body)))
}

// reconciled returns an object that came from an older one, with both forms of
// each colour as the one that has changed.
func (d *document) reconciled(old, now object) object {
	c := maps.Clone(now)
	for name, value := range now {
		if inner, ok := value.(object); ok && !isColor(name, inner) && !isStyle(name) {
			c[name] = d.reconciled(objectIn(old, name), inner)
		}
	}
	for _, all := range []object{old, now} {
		for name, value := range all {
			inner, ok := value.(object)
			if ok && name != "rgbColor" && (isStyle(name) || isColor(name, inner)) {
				d.follow(old, c, strings.TrimSuffix(name, "Style"))
			}
		}
	}
	return c
}

// follow makes the form of a colour that hasn't changed follow the other one.
func (d *document) follow(old, now object, plain string) {
	style := plain + "Style"
	plainStays := reflect.DeepEqual(old[plain], now[plain])
	styleStays := reflect.DeepEqual(old[style], now[style])
	switch {
	case plainStays && !styleStays:
		if now[style] == nil {
			delete(now, plain)
		} else {
			now[plain] = d.plainColor(objectIn(now, style))
		}
	case styleStays && !plainStays:
		if now[plain] == nil {
			delete(now, style)
		} else {
			now[style] = object{"rgbColor": now[plain]}
		}
	}
}
