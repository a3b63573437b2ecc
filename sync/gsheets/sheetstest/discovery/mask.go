package discovery

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Mask names fields of an object: "a.b(c,d/e)", or "*" for all of them. The
// zero value names none.
type Mask struct {
	all    bool
	fields map[string]Mask
}

// All returns the mask that names all fields.
func All() Mask { return Mask{all: true} }

// ParseMask reads a mask as people and programs write it: paths with "." or
// "/", lists with "," and parts in parentheses. An empty text names nothing.
func ParseMask(text string) (Mask, error) {
	p := maskParser{text: text}
	if strings.TrimSpace(text) == "" {
		return Mask{}, nil
	}
	m, err := p.list()
	if err == nil && p.next < len(text) {
		err = p.fault()
	}
	if err != nil {
		return Mask{}, err
	}
	return m, nil
}

// Empty reports whether the mask names nothing.
func (m Mask) Empty() bool { return !m.all && len(m.fields) == 0 }

// At returns what the mask names below a field: nothing, if not the field
// itself; everything, if the field as a whole.
func (m Mask) At(field string) Mask {
	if m.all {
		return m
	}
	if below, ok := m.fields[field]; ok {
		return below
	}
	return m.fields["*"]
}

// Has reports whether the mask names something at or below a path of fields.
func (m Mask) Has(path ...string) bool {
	for _, field := range path {
		m = m.At(field)
	}
	return !m.Empty()
}

// Whole reports whether the mask names all fields.
func (m Mask) Whole() bool { return m.all }

// Names returns the fields that the mask names, in order; nil where it names
// all.
func (m Mask) Names() []string {
	return slices.Sorted(maps.Keys(m.fields))
}

// Select returns the part of a decoded JSON value that the mask names: of a
// list, the part of each element. What is left of an object may be empty. The
// value isn't changed.
func (m Mask) Select(value any) any {
	if m.all {
		return value
	}
	switch v := value.(type) {
	case Object:
		part := Object{}
		for name, field := range v {
			if below := m.At(name); !below.Empty() {
				part[name] = below.Select(field)
			}
		}
		return part
	case []any:
		parts := make([]any, len(v))
		for i, element := range v {
			parts[i] = m.Select(element)
		}
		return parts
	}
	return value
}

// Update returns old with the fields that the mask names as they are in body:
// those absent there are cleared. An object of which nothing is left goes, too.
// Neither old nor body is changed, and parts of them may be shared with the
// result. A nil object is an empty one, and so is the result.
func (m Mask) Update(old, body Object) Object {
	updated := maps.Clone(old)
	if m.all {
		updated = maps.Clone(body)
	}
	for name, below := range m.expand(old, body) {
		if value := below.updateField(old[name], body[name]); value == nil {
			delete(updated, name)
		} else {
			updated = put(updated, name, value)
		}
	}
	if updated == nil {
		updated = Object{}
	}
	return updated
}

// expand returns the fields of the mask, "*" as those that are there.
func (m Mask) expand(old, body Object) map[string]Mask {
	star, ok := m.fields["*"]
	if !ok {
		return m.fields
	}
	fields := map[string]Mask{}
	for _, o := range []Object{old, body} {
		for name := range o {
			fields[name] = star
		}
	}
	delete(fields, "*")
	maps.Copy(fields, m.fields)
	return fields
}

func (m Mask) updateField(old, body any) any {
	if m.all {
		return body
	}
	inOld, _ := old.(Object)
	inBody, isObject := body.(Object)
	if body != nil && !isObject {
		return body
	}
	updated := m.Update(inOld, inBody)
	if len(updated) == 0 && (old == nil || len(inOld) > 0) && len(inBody) == 0 {
		return nil
	}
	return updated
}

func put(o Object, name string, value any) Object {
	if o == nil {
		o = Object{}
	}
	o[name] = value
	return o
}

// maskParser reads a mask from left to right.
type maskParser struct {
	text string
	next int
}

func (p *maskParser) fault() error {
	return fmt.Errorf("field mask %q: unexpected text at %d", p.text, p.next+1)
}

func (p *maskParser) list() (Mask, error) {
	m := Mask{fields: map[string]Mask{}}
	for {
		if err := p.path(m.fields); err != nil {
			return Mask{}, err
		}
		if !p.accept(",") {
			break
		}
	}
	if star, ok := m.fields["*"]; ok && star.all {
		return All(), nil
	}
	return m, nil
}

// path reads one path, with what is in parentheses behind it, into fields.
func (p *maskParser) path(fields map[string]Mask) error {
	name := p.name()
	if name == "" {
		return p.fault()
	}
	below, err := p.below()
	if err != nil {
		return err
	}
	if before, ok := fields[name]; ok {
		below = before.join(below)
	}
	fields[name] = below
	return nil
}

// below reads what follows the name of a field.
func (p *maskParser) below() (Mask, error) {
	switch {
	case p.accept("./"):
		inner := map[string]Mask{}
		if err := p.path(inner); err != nil {
			return Mask{}, err
		}
		if inner["*"].all {
			return All(), nil
		}
		return Mask{fields: inner}, nil
	case p.accept("("):
		m, err := p.list()
		if err == nil && !p.accept(")") {
			err = p.fault()
		}
		return m, err
	}
	return All(), nil
}

func (m Mask) join(other Mask) Mask {
	if m.all || other.all {
		return All()
	}
	joined := Mask{fields: maps.Clone(m.fields)}
	for name, below := range other.fields {
		if before, ok := joined.fields[name]; ok {
			below = before.join(below)
		}
		joined.fields[name] = below
	}
	return joined
}

func (p *maskParser) blanks() {
	for p.next < len(p.text) && p.text[p.next] == ' ' {
		p.next++
	}
}

// accept steps over one of some characters.
func (p *maskParser) accept(chars string) bool {
	p.blanks()
	if p.next >= len(p.text) || !strings.Contains(chars, p.text[p.next:p.next+1]) {
		return false
	}
	p.next++
	p.blanks()
	return true
}

func (p *maskParser) name() string {
	p.blanks()
	begin := p.next
	for p.next < len(p.text) && !strings.Contains(" .,/()", p.text[p.next:p.next+1]) {
		p.next++
	}
	return p.text[begin:p.next]
}
