package excel

import (
	"strconv"

	"steerco/sync/excel/ooxml"
)

// writing is how an element of another part is written into this one.
type writing struct {
	// prefix stands before each name, with its colon.
	prefix string
	// attr, if set, returns the value of an attribute of an element, and
	// whether the element keeps it.
	attr func(e *element, local, value string) (string, bool)
	// content, if set, returns attributes to add and content for an element
	// that has none of its own.
	content func(e *element) (attrs string, content []byte)
}

// appendElement appends an element of another part, with all that is in it.
// Declarations of namespaces and attributes with prefixes are left out.
func appendElement(b []byte, e *element, src []byte, w writing) []byte {
	b = append(b, "<"+w.prefix+e.local...)
	for _, a := range e.attrs {
		if len(a.Prefix) > 0 || string(a.Local) == "xmlns" {
			continue
		}
		value, keep := ooxml.UnescapeString(a.Value), true
		if w.attr != nil {
			value, keep = w.attr(e, string(a.Local), value)
		}
		if !keep {
			continue
		}
		b = append(b, " "+string(a.Local)+`="`...)
		b = append(ooxml.EscapeText(b, plainValue(value)), '"')
	}
	var content []byte
	if w.content != nil {
		var attrs string
		attrs, content = w.content(e)
		b = append(b, attrs...)
	}
	text := e.text(src)
	if len(e.children) == 0 && len(content) == 0 && text == "" {
		return append(b, "/>"...)
	}
	b = append(b, '>')
	b = append(ooxml.EscapeText(b, text), content...)
	for _, c := range e.children {
		b = appendElement(b, c, src, w)
	}
	return append(b, "</"+w.prefix+e.local+">"...)
}

// carrying is what is needed to carry a drawn sheet over.
type carrying struct {
	namespace string
	styles    *carried
	// values are what the cells say, by name.
	values map[string]cellValue
	// last is the name of the last cell.
	last string
	// active means that the sheet is the one in front.
	active bool
}

// sheetXML returns a sheet of the scratch workbook as a part of the target.
func (c carrying) sheetXML(name string, src []byte) ([]byte, error) {
	root, err := parsePart(name, src, nil)
	if err != nil {
		return nil, err
	}
	b := []byte(xmlHeader + `<worksheet xmlns="` + c.namespace + `">`)
	for _, e := range root.children {
		b = appendElement(b, e, src, writing{attr: c.attr, content: c.content})
	}
	return append(b, "</worksheet>"...), nil
}

func (c carrying) attr(e *element, local, value string) (string, bool) {
	switch {
	case e.local == "dimension":
		value = "A1:" + c.last
	case e.local == "col" && local == "width":
		width, _ := strconv.ParseFloat(value, 64)
		value = strconv.FormatFloat(width*c.styles.styles.widthScale(), 'f', widthDigits, 64)
	case e.local == "sheetView" && local == "tabSelected":
		return "", false
	case e.local == "c" && local == "s", e.local == "row" && local == "s", e.local == "col" && local == "style":
		id, _ := strconv.Atoi(value)
		value = strconv.Itoa(c.styles.xf(id))
	}
	return value, true
}

// widthDigits is how exactly widths are written.
const widthDigits = 3

func (c carrying) content(e *element) (attrs string, content []byte) {
	switch e.local {
	case "sheetView":
		if c.active {
			return ` tabSelected="1"`, nil
		}
		return ` tabSelected="0"`, nil
	case "c":
		v := c.values[e.value("r")]
		if v.kind != "" {
			attrs = ` t="` + v.kind + `"`
		}
		return attrs, v.content
	}
	return "", nil
}
