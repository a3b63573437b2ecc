package discovery

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Violation is what is wrong at a place of a request.
type Violation struct {
	// Field is the place as the API names it: "requests[0].add_sheet"; empty:
	// the body as a whole.
	Field string
	// Text is what the API says of it.
	Text string
}

// unions are the messages of which only one field may be set, with the name
// of the union; fields is nil for all.
func union(message string) (name string, fields []string) {
	switch message {
	case "Request":
		return "kind", nil
	case "ExtendedValue":
		return "value", nil
	case "DataFilter":
		return "filter", nil
	case "ColorStyle":
		return "kind", nil
	case "ConditionalFormatRule":
		return "rule", []string{"booleanRule", "gradientRule"}
	case "UpdateCellsRequest":
		return "area", []string{"range", "start"}
	}
	return "", nil
}

// Check holds a decoded JSON body against a message. It returns the body as
// the API takes it, numbers and booleans in quotes as what they are and without
// fields that are null, or all that is wrong. At is the path in front of that
// of each violation; it may be empty.
func (a *API) Check(message, at string, body any) (Object, []Violation) {
	c := checker{api: a}
	checked := c.message(message, at, body)
	if len(c.wrong) > 0 {
		return nil, c.wrong
	}
	return checked, nil
}

// Unknown returns the first path of a mask that a message doesn't have; empty:
// it has them all.
func (a *API) Unknown(message string, m Mask) string {
	for _, name := range m.Names() {
		typ, ok := a.Schemas[message][name]
		if name == "*" {
			continue
		}
		if !ok {
			return name
		}
		if below := a.Unknown(element(typ).Name, m.At(name)); below != "" {
			return name + "." + below
		}
	}
	return ""
}

// Updated returns the message of which a request names fields in its mask:
// for "repeatCell" that is CellData. Empty: it has no mask.
func (a *API) Updated(kind string) string {
	fields := a.Schemas[a.Schemas["Request"][kind].Name]
	if fields["fields"].Name != "fieldmask" {
		return ""
	}
	if kind == "updateEmbeddedObjectPosition" {
		// Its mask is about what is below the field, if that is set.
		return "OverlayPosition"
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		message := element(fields[name]).Name
		switch {
		case message == "RowData":
			return "CellData"
		case a.Schemas[message] != nil && !locates(message):
			return message
		}
	}
	return ""
}

// locates reports whether a message only says where.
func locates(message string) bool {
	return places(message) || message == "DataFilter" || message == "DataSourceSheetDimensionRange"
}

func element(t Type) Type {
	for t.Of != nil {
		t = *t.Of
	}
	return t
}

// checker collects what is wrong.
type checker struct {
	api   *API
	wrong []Violation
}

func (c *checker) violate(at, format string, values ...any) {
	c.wrong = append(c.wrong, Violation{Field: at, Text: fmt.Sprintf(format, values...)})
}

func (c *checker) message(message, at string, value any) Object {
	o, ok := value.(Object)
	if !ok {
		c.invalid(at, "type.googleapis.com/google.apps.sheets.v4."+message, value)
		return nil
	}
	checked := make(Object, len(o))
	for _, name := range slices.Sorted(maps.Keys(o)) {
		typ, known := c.api.Schemas[message][name]
		if !known {
			c.unknown(at, name)
			continue
		}
		if o[name] != nil {
			checked[name] = c.value(typ, join(at, name), o[name])
		}
	}
	c.union(message, at, checked)
	if places(message) {
		c.indices(at, checked)
	}
	return checked
}

// places reports whether a message names cells, rows or columns by indices.
func places(message string) bool {
	switch message {
	case "GridRange", "GridCoordinate", "DimensionRange":
		return true
	}
	return false
}

// indices checks that no index is negative.
func (c *checker) indices(at string, o Object) {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if n, ok := o[name].(float64); ok && n < 0 && strings.HasSuffix(name, "Index") {
			place := join(at, name)
			c.violate(place, "Invalid value at '%s', %v: an index is never negative", place, n)
		}
	}
}

func (c *checker) unknown(at, name string) {
	place := ""
	if at != "" {
		place = " at '" + at + "'"
	}
	c.violate(at, "Invalid JSON payload received. Unknown name %q%s: Cannot find field.", name, place)
}

// union checks that only one field of a union is set.
func (c *checker) union(message, at string, o Object) {
	union, fields := union(message)
	if union == "" {
		return
	}
	set := ""
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if fields != nil && !slices.Contains(fields, name) {
			continue
		}
		if set != "" {
			c.violate(at, "Invalid value at '%s' (oneof), oneof field '%s' is already set. Cannot set '%s'", at, union, name)
			return
		}
		set = name
	}
}

func (c *checker) value(t Type, at string, value any) any {
	switch t.Name {
	case "list":
		return c.list(t, at, value)
	case "map":
		return c.entries(t, at, value)
	case "any":
		return value
	case "string", "fieldmask", "datetime":
		return c.text(at, value)
	case "boolean":
		return c.boolean(at, value)
	case "int32":
		return c.number(at, "TYPE_INT32", value)
	case "float":
		return c.number(at, "TYPE_FLOAT", value)
	case "double":
		return c.number(at, "TYPE_DOUBLE", value)
	case "enum":
		return c.enum(t, at, value)
	}
	return c.message(t.Name, at, value)
}

func (c *checker) list(t Type, at string, value any) any {
	elements, ok := value.([]any)
	if !ok {
		c.invalid(at, listType(*t.Of), value)
		return nil
	}
	checked := make([]any, len(elements))
	for i, e := range elements {
		checked[i] = c.value(*t.Of, fmt.Sprintf("%s[%d]", at, i), e)
	}
	return checked
}

// listType names what the elements of a list are.
func listType(of Type) string {
	switch of.Name {
	case "list":
		return "type.googleapis.com/google.protobuf.ListValue"
	case "string":
		return "TYPE_STRING"
	case "int32":
		return "TYPE_INT32"
	case "enum":
		return "TYPE_ENUM"
	}
	return "type.googleapis.com/google.apps.sheets.v4." + of.Name
}

func (c *checker) entries(t Type, at string, value any) any {
	o, ok := value.(Object)
	if !ok {
		c.invalid(at, "Map", value)
		return nil
	}
	checked := make(Object, len(o))
	for name, e := range o {
		checked[name] = c.value(*t.Of, fmt.Sprintf("%s[%q]", at, name), e)
	}
	return checked
}

func (c *checker) text(at string, value any) any {
	if _, ok := value.(string); !ok {
		c.invalid(at, "TYPE_STRING", value)
	}
	return value
}

func (c *checker) boolean(at string, value any) any {
	switch value {
	case true, "true":
		return true
	case false, "false":
		return false
	}
	c.invalid(at, "TYPE_BOOL", value)
	return nil
}

func (c *checker) number(at, typ string, value any) any {
	n, ok := value.(float64)
	if text, quoted := value.(string); quoted {
		n, ok = quotedNumber(text)
	}
	switch {
	case typ == "TYPE_INT32" && (n != math.Trunc(n) || n < math.MinInt32 || n > math.MaxInt32),
		typ == "TYPE_FLOAT" && math.Abs(n) > math.MaxFloat32:
		ok = false
	}
	if !ok {
		c.invalid(at, typ, value)
	}
	return n
}

// quotedNumber reads a number in quotes: as JSON writes it, so neither infinity
// nor what is no number.
func quotedNumber(text string) (float64, bool) {
	var n float64
	err := json.Unmarshal([]byte(text), &n)
	return n, err == nil && text != "null"
}

func (c *checker) enum(t Type, at string, value any) any {
	text, ok := value.(string)
	if !ok || !slices.Contains(t.Enum, text) {
		c.invalid(at, "TYPE_ENUM", value)
	}
	return value
}

func (c *checker) invalid(at, typ string, value any) {
	shown, err := json.Marshal(value)
	if err != nil {
		shown = []byte("?")
	}
	c.violate(at, "Invalid value at '%s' (%s), %s", at, typ, shown)
}

// join appends the name of a field, as the API writes it in paths, to a path.
func join(at, name string) string {
	var b strings.Builder
	b.WriteString(at)
	if at != "" {
		b.WriteByte('.')
	}
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
