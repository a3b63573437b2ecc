package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"steerco/rules/calendar"
)

// decoder walks the nodes of one file and collects what is wrong.
type decoder struct {
	path, folder string
	errs         Errors
}

// add remembers what is wrong at a node.
func (d *decoder) add(n ast.Node, fix, format string, a ...any) {
	e := &Error{Path: d.path, Line: 1, Column: 1, Text: fmt.Sprintf(format, a...), Fix: fix}
	if t := n.GetToken(); t != nil && t.Position != nil {
		e.Line, e.Column = t.Position.Line, t.Position.Column
	}
	d.errs = append(d.errs, e)
}

// root returns the one document of a file; nil where it is empty or wrong.
func (d *decoder) root(content []byte) ast.Node {
	file, err := parser.ParseBytes(content, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.errs = append(d.errs, syntaxError(d.path, err))
		return nil
	}
	var root ast.Node
	for _, doc := range file.Docs {
		switch {
		case doc.Body == nil:
		case root != nil:
			d.add(doc.Body, "leave out the line ---", "a second document")
		default:
			root = doc.Body
		}
	}
	return root
}

func syntaxError(path string, err error) *Error {
	e := &Error{Path: path, Line: 1, Column: 1, Text: err.Error()}
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) {
		e.Text = syntax.Message
		e.Line, e.Column = syntax.Token.Position.Line, syntax.Token.Position.Column
	}
	if strings.Contains(e.Text, "'\t'") {
		e.Text, e.Fix = "a tab where the line is indented", "indent with blanks"
	}
	return e
}

// keys tells what to do with the value of each key of a mapping.
type keys map[string]func(ast.Node)

// mapping reads a mapping whose keys are known.
func (d *decoder) mapping(n ast.Node, what string, known keys) {
	names := slices.Collect(maps.Keys(known))
	d.entries(n, what, func(key, value ast.Node, name string) {
		read, ok := known[name]
		if !ok {
			d.add(key, choose(name, names), "unknown key %q in %s", name, what)
			return
		}
		read(value)
	})
}

// entries calls read for each key of a mapping that has a value. A key that
// stands twice is told, its second value isn't read.
func (d *decoder) entries(n ast.Node, what string, read func(key, value ast.Node, name string)) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		if n.Type() != ast.NullType {
			d.add(n, "write it as \"key: value\", a line each", "%s is %s and not a list of keys", what, kindOf(n))
		}
		return
	}
	seen := map[string]bool{}
	for _, v := range m.Values {
		name := scalar(v.Key)
		switch {
		case seen[name]:
			d.add(v.Key, "leave one of them", "key %q stands twice in %s", name, what)
		case v.Value.Type() != ast.NullType:
			read(v.Key, v.Value, name)
		}
		seen[name] = true
	}
}

// list calls read for each element of a list.
func (d *decoder) list(n ast.Node, what string, read func(ast.Node)) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		d.add(n, `write a line "- …" for each`, "%s is %s and not a list", what, kindOf(n))
		return
	}
	for _, v := range s.Values {
		read(v)
	}
}

// scalar returns the text of a key or a value as typed.
func scalar(n ast.Node) string {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value
	case *ast.LiteralNode:
		return v.Value.Value
	}
	return n.String()
}

// text returns what sets a text.
func (d *decoder) text(what string, to *string) func(ast.Node) {
	return func(n ast.Node) {
		switch n.(type) {
		case *ast.StringNode, *ast.LiteralNode:
			if *to = strings.TrimSpace(scalar(n)); *to == "" {
				d.add(n, "write one, or leave the key out", "%s is empty", what)
			}
		default:
			d.add(n, "put it into quotes", "%s is %s and not a text", what, kindOf(n))
		}
	}
}

// flag returns what sets a yes or no.
func (d *decoder) flag(what string, to *bool) func(ast.Node) {
	return func(n ast.Node) {
		v, ok := n.(*ast.BoolNode)
		if !ok {
			d.add(n, "write true or false", "%s is %s", what, kindOf(n))
			return
		}
		*to = v.Value
	}
}

// number returns what sets a whole number from 0.
func (d *decoder) number(what string, set func(int)) func(ast.Node) {
	return func(n ast.Node) {
		v, ok := n.(*ast.IntegerNode)
		if !ok {
			d.add(n, "write a whole number, as 5", "%s is %s", what, kindOf(n))
			return
		}
		u, ok := v.Value.(uint64)
		if !ok || u > maxNumber {
			d.add(n, fmt.Sprintf("write a number from 0 to %d", maxNumber), "%s is %s", what, v.String())
			return
		}
		set(int(u))
	}
}

// maxNumber is the largest number that makes sense anywhere.
const maxNumber = 10_000

// date returns what sets a date.
func (d *decoder) date(what string, to *calendar.Date) func(ast.Node) {
	return func(n ast.Node) {
		v, err := calendar.Parse(scalar(n))
		if err != nil {
			d.add(n, "write it as 2026-12-01", "%s is %q, which is not a date", what, scalar(n))
			return
		}
		*to = v
	}
}

// zone returns what sets a time zone.
func (d *decoder) zone(to **time.Location) func(ast.Node) {
	return func(n ast.Node) {
		name := scalar(n)
		location, err := time.LoadLocation(name)
		if err != nil || name == "" || name == "Local" {
			d.add(n, "write one as Europe/Berlin", "time zone %q is not known", name)
			return
		}
		*to = location
	}
}

func kindOf(n ast.Node) string {
	switch n.Type() {
	case ast.IntegerType, ast.FloatType:
		return "the number " + n.String()
	case ast.BoolType:
		return n.String()
	case ast.SequenceType:
		return "a list"
	case ast.MappingType:
		return "a list of keys"
	case ast.StringType, ast.LiteralType:
		return fmt.Sprintf("%q", scalar(n))
	case ast.AliasType, ast.AnchorType, ast.MergeKeyType, ast.TagType:
		return "an anchor, alias or tag (write it out)"
	case ast.NullType:
		return "empty"
	}
	return "something else"
}
