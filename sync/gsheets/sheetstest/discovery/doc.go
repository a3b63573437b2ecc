// Package discovery holds Google's own description of the Sheets API in a
// short form, checks JSON against it, and knows field masks. It knows shapes
// only: which fields there are and of which types, not what they do.
package discovery

//go:generate go test -run=^TestDescriptionIsTheModules$ -update .

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// Object is a decoded JSON object.
type Object = map[string]any

// API is the description of an API. It is never changed.
type API struct {
	// Methods are what can be called, by their names: "spreadsheets.get".
	Methods map[string]Method
	// Global are the query parameters that every method takes.
	Global map[string]Type
	// Schemas are the fields of the messages by the messages' names.
	Schemas map[string]map[string]Type
}

// Method is something that can be called.
type Method struct {
	Name string
	// HTTP is the verb, Path the path with parameters in braces and without a
	// slash in front: "v4/spreadsheets/{spreadsheetId}".
	HTTP, Path string
	// Request and Response are the messages in the bodies; empty: none.
	Request, Response string
	// Query are the query parameters by name, besides the global ones.
	Query map[string]Type
}

// Type is the type of a field.
type Type struct {
	// Name is string, boolean, int32, float, double, any, fieldmask, datetime,
	// enum, list, map or the name of a message.
	Name string
	// Enum are the values of an enum.
	Enum []string
	// Of is the type of a list's or map's elements.
	Of *Type
}

//go:embed sheets.txt
var sheets string

var loaded = sync.OnceValue(func() *API { return mustRead(sheets) })

// Sheets returns the description of the Sheets API.
func Sheets() *API { return loaded() }

// mustRead reads the short form. It panics where that is broken, as it is part
// of the program.
func mustRead(text string) *API {
	a := &API{Methods: map[string]Method{}, Global: map[string]Type{}, Schemas: map[string]map[string]Type{}}
	var fields map[string]Type
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 2 && line[0] == '\t' {
			fields[words[0]] = readType(words[1])
			continue
		}
		if fields = a.section(words); fields == nil {
			panic(fmt.Sprintf("description of the API: %q is neither a section nor a field", line))
		}
	}
	return a
}

// section begins a section and returns where its fields go; nil: it is none.
func (a *API) section(words []string) map[string]Type {
	fields := map[string]Type{}
	switch {
	case len(words) == 1 && words[0] == "global":
		a.Global = fields
	case len(words) == 2 && words[0] == "schema":
		a.Schemas[words[1]] = fields
	case len(words) == 6 && words[0] == "method":
		m := Method{Name: words[1], HTTP: words[2], Path: words[3], Query: fields}
		m.Request, m.Response = strings.Trim(words[4], "-"), strings.Trim(words[5], "-")
		a.Methods[m.Name] = m
	default:
		return nil
	}
	return fields
}

func readType(text string) Type {
	if rest, ok := strings.CutPrefix(text, "[]"); ok {
		of := readType(rest)
		return Type{Name: "list", Of: &of}
	}
	if rest, ok := strings.CutPrefix(text, "{}"); ok {
		of := readType(rest)
		return Type{Name: "map", Of: &of}
	}
	if values, ok := strings.CutPrefix(text, "enum:"); ok {
		return Type{Name: "enum", Enum: strings.Split(values, "|")}
	}
	return Type{Name: text}
}
