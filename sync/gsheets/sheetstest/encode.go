package sheetstest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"steerco/sync/gsheets/sheetstest/discovery"
)

// encoder writes decoded JSON as text. It leaves out what a mask doesn't name
// while it goes, as answers are large and what is left out is most of them.
type encoder struct {
	text []byte
	// indented begins a line for each field and element.
	indented bool
	depth    int
}

// encode returns a value as JSON as far as a mask names it: the fields of an
// object in order. It fails for what JSON doesn't hold, as infinity.
func encode(value any, mask discovery.Mask, indented bool) ([]byte, error) {
	e := encoder{indented: indented}
	if err := e.value(value, mask); err != nil {
		return nil, err
	}
	return append(e.text, '\n'), nil
}

func (e *encoder) value(value any, mask discovery.Mask) error {
	switch v := value.(type) {
	case object:
		return e.object(v, mask)
	case []any:
		return e.list(v, mask)
	case string:
		return e.string(v)
	case bool:
		e.text = strconv.AppendBool(e.text, v)
		return nil
	}
	content, err := json.Marshal(value)
	e.text = append(e.text, content...)
	return err
}

// string writes a text; most need nothing but quotes.
func (e *encoder) string(text string) error {
	special := func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r > '~' }
	if strings.IndexFunc(text, special) < 0 {
		e.text = append(append(append(e.text, '"'), text...), '"')
		return nil
	}
	content, err := json.Marshal(text)
	e.text = append(e.text, content...)
	return err
}

func (e *encoder) object(o object, mask discovery.Mask) error {
	e.reserve()
	var few [16]string
	names := few[:0]
	for name := range o {
		if mask.Whole() || !mask.At(name).Empty() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	e.open('{')
	for i, name := range names {
		e.next(i)
		if err := e.string(name); err != nil {
			return err
		}
		e.text = append(e.text, ':')
		if e.indented {
			e.text = append(e.text, ' ')
		}
		if err := e.value(o[name], mask.At(name)); err != nil {
			return err
		}
	}
	e.close('}', len(names))
	return nil
}

// reserve doubles what the text may hold where it is nearly full: appending
// alone grows a long text in small steps.
func (e *encoder) reserve() {
	const nearly = 1 << 10
	if cap(e.text)-len(e.text) < nearly {
		e.text = slices.Grow(e.text, cap(e.text)+nearly)
	}
}

func (e *encoder) list(list []any, mask discovery.Mask) error {
	e.open('[')
	for i, element := range list {
		e.next(i)
		if err := e.value(element, mask); err != nil {
			return err
		}
	}
	e.close(']', len(list))
	return nil
}

func (e *encoder) open(bracket byte) {
	e.text = append(e.text, bracket)
	e.depth++
}

func (e *encoder) close(bracket byte, elements int) {
	e.depth--
	if elements > 0 {
		e.line()
	}
	e.text = append(e.text, bracket)
}

// next begins an element.
func (e *encoder) next(index int) {
	if index > 0 {
		e.text = append(e.text, ',')
	}
	e.line()
}

func (e *encoder) line() {
	if !e.indented {
		return
	}
	e.text = append(e.text, '\n')
	for range e.depth {
		e.text = append(e.text, "  "...)
	}
}
