package sheetstest

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// intIn returns a whole number of an object, and whether it is there.
func intIn(o object, name string) (int, bool) {
	f, ok := o[name].(float64)
	return int(f), ok
}

// intOr returns a whole number of an object, or another one where it is absent.
func intOr(o object, name string, absent int) int {
	if n, ok := intIn(o, name); ok {
		return n
	}
	return absent
}

func textIn(o object, name string) string {
	s, _ := o[name].(string)
	return s
}

func trueIn(o object, name string) bool {
	b, _ := o[name].(bool)
	return b
}

// objectIn returns an object in another one; nil when it is absent.
func objectIn(o object, name string) object {
	inner, _ := o[name].(object)
	return inner
}

// objectsIn returns a list of objects; one that is null is empty.
func objectsIn(o object, name string) []object {
	list, _ := o[name].([]any)
	all := make([]object, len(list))
	for i, item := range list {
		all[i], _ = item.(object)
	}
	return all
}

// anyList makes of objects what an object holds.
func anyList(all []object) []any {
	list := make([]any, len(all))
	for i, o := range all {
		list[i] = o
	}
	return list
}

// without returns a copy of an object without some fields.
func without(o object, names ...string) object {
	c := object{}
	for name, value := range o {
		if !slices.Contains(names, name) {
			c[name] = value
		}
	}
	return c
}

// present are the fields that an answer shows also when they are zero, false
// or empty: those of which the API knows whether they were set.
var present = strings.Fields(`bold italic strikethrough underline fontSize
	stringValue numberValue boolValue formulaValue userEnteredValue
	startRowIndex endRowIndex startColumnIndex endColumnIndex startIndex endIndex`)

// stored returns an object as the spreadsheet keeps it: without nulls and
// without what can't be told from its absence, and with colours in both of the
// forms that the API has for each.
func (d *document) stored(o object) object {
	c := object{}
	for name, value := range o {
		if v := d.storedValue(name, value); v != nil {
			c[name] = v
		}
	}
	for name, value := range c {
		d.twin(c, name, value)
	}
	return c
}

func (d *document) storedValue(name string, value any) any {
	switch v := value.(type) {
	case object:
		return d.storedObject(name, v)
	case []any:
		return d.storedList(v)
	case nil, bool, float64, string:
		if (v == false || v == 0.0 || v == "") && !slices.Contains(present, name) {
			return nil
		}
	}
	return value
}

func (d *document) storedObject(name string, o object) any {
	if isColor(name, o) {
		return quantised(o)
	}
	c := d.stored(o)
	if isStyle(name) && len(c) == 0 {
		return nil
	}
	return c
}

func (d *document) storedList(list []any) any {
	if len(list) == 0 {
		return nil
	}
	c := make([]any, len(list))
	for i, item := range list {
		c[i] = item
		if o, ok := item.(object); ok {
			c[i] = d.stored(o)
		}
	}
	return c
}

// isStyle tells whether a field is a ColorStyle, by the names that the API
// gives them all.
func isStyle(name string) bool { return strings.HasSuffix(name, "olorStyle") }

// isColor tells whether a field is a Color.
func isColor(name string, o object) bool {
	_, rgb := o["rgbColor"]
	_, theme := o["themeColor"]
	return strings.HasSuffix(name, "olor") && !rgb && !theme
}

// quantised returns a colour as Google keeps it: with 8 bits for each part.
func quantised(o object) object {
	c := object{}
	for _, part := range []string{"red", "green", "blue"} {
		f, _ := o[part].(float64)
		if q := math.Floor(float64(float32(f) * 255)); q > 0 {
			c[part] = shortFloat(q / 255)
		}
	}
	if f, ok := o["alpha"].(float64); ok && f != 0 && f != 1 {
		c["alpha"] = shortFloat(f)
	}
	return c
}

// shortFloat rounds to what a 32-bit number holds, with the digits that are
// written of it.
func shortFloat(f float64) float64 {
	var short float64
	_, err := fmt.Sscan(fmt.Sprint(float32(f)), &short)
	if err != nil {
		return f
	}
	return short
}

// twin adds to a colour its ColorStyle, and the other way round. A ColorStyle
// wins where there are both.
func (d *document) twin(o object, name string, value any) {
	v, ok := value.(object)
	switch {
	case !ok:
	case isStyle(name):
		o[strings.TrimSuffix(name, "Style")] = d.plainColor(v)
	case isColor(name, v) && name != "rgbColor" && o[name+"Style"] == nil:
		o[name+"Style"] = object{"rgbColor": v}
	}
}

// plainColor returns the colour of a ColorStyle, which may be one of the
// spreadsheet's theme.
func (d *document) plainColor(style object) object {
	if c := objectIn(style, "rgbColor"); c != nil {
		return c
	}
	for _, pair := range objectsIn(objectIn(d.properties, "spreadsheetTheme"), "themeColors") {
		if pair["colorType"] == style["themeColor"] {
			return d.plainColor(objectIn(pair, "color"))
		}
	}
	return object{}
}
