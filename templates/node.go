package templates

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"steerco/templates/report"
)

// reader walks the YAML of a template file and collects what is wrong with it.
type reader struct {
	file   string
	faults Faults
	// sets are the data sets that a report has.
	sets map[string]report.Schema
}

func (r *reader) fault(line int, format string, args ...any) {
	r.faults = append(r.faults, Fault{File: r.file, Line: line, Text: fmt.Sprintf(format, args...)})
}

// err returns all faults by line, or nil.
func (r *reader) err() error {
	if len(r.faults) == 0 {
		return nil
	}
	slices.SortStableFunc(r.faults, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	return r.faults
}

// document returns the one document of a file; nil where it isn't YAML.
func (r *reader) document(src []byte) ast.Node {
	f, err := parser.ParseBytes(src, 0)
	if err != nil {
		line, text := 1, err.Error()
		var syntax *yaml.SyntaxError
		if errors.As(err, &syntax) {
			text = syntax.GetMessage()
			if t := syntax.GetToken(); t != nil {
				line = t.Position.Line
			}
		}
		r.fault(line, "not YAML: %s", text)
		return nil
	}
	var bodies []ast.Node
	for _, d := range f.Docs {
		if d.Body != nil && d.Body.Type() != ast.CommentType {
			bodies = append(bodies, d.Body)
		}
	}
	if len(bodies) != 1 {
		r.fault(1, "one YAML document is expected, not %d", len(bodies))
		return nil
	}
	return bodies[0]
}

func lineOf(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 1
	}
	return n.GetToken().Position.Line
}

// keys are what may stand in a mapping, with what reads each.
type keys map[string]func(ast.Node)

// mapping reads a mapping, in which every key must be known.
func (r *reader) mapping(n ast.Node, known keys) {
	m, ok := n.(ast.MapNode)
	if !ok {
		r.fault(lineOf(n), "a mapping is expected: %s", names(known))
		return
	}
	seen := map[string]bool{}
	for it := m.MapRange(); it.Next(); {
		key := it.Key().String()
		read, ok := known[key]
		switch {
		case !ok:
			r.fault(lineOf(it.Key()), "unknown key %q: use one of %s", key, names(known))
		case seen[key]:
			r.fault(lineOf(it.Key()), "key %q stands twice", key)
		default:
			seen[key] = true
			read(it.Value())
		}
	}
}

// names returns the keys of a map, sorted, for messages.
func names[V any](m map[string]V) string {
	var all []string
	for name := range m {
		all = append(all, name)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// list returns the items of a sequence.
func (r *reader) list(n ast.Node) []ast.Node {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		r.fault(lineOf(n), "a list is expected")
		return nil
	}
	return s.Values
}

// text returns a scalar as text.
func (r *reader) text(n ast.Node) string {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value
	case *ast.LiteralNode:
		return strings.TrimSuffix(v.Value.Value, "\n")
	}
	r.fault(lineOf(n), "a text is expected: write it in quotation marks")
	return ""
}

// word returns a func that reads a text into to.
func (r *reader) word(to *string) func(ast.Node) {
	return func(n ast.Node) { *to = r.text(n) }
}

// yes returns a func that reads true or false into to.
func (r *reader) yes(to *bool) func(ast.Node) {
	return func(n ast.Node) {
		b, ok := n.(*ast.BoolNode)
		if !ok {
			r.fault(lineOf(n), "true or false is expected")
			return
		}
		*to = b.Value
	}
}

// number returns a func that reads a number from low to high into to.
func (r *reader) number(to *float64, low, high float64) func(ast.Node) {
	return func(n ast.Node) {
		v, ok := numberOf(n)
		if !ok || v < low || v > high {
			r.fault(lineOf(n), "a number from %g to %g is expected", low, high)
			return
		}
		*to = v
	}
}

// count returns a func that reads a whole number from low to high into to.
func (r *reader) count(to *int, low, high int) func(ast.Node) {
	return func(n ast.Node) {
		v, ok := numberOf(n)
		if !ok || v != float64(int(v)) || int(v) < low || int(v) > high {
			r.fault(lineOf(n), "a whole number from %d to %d is expected", low, high)
			return
		}
		*to = int(v)
	}
}

func numberOf(n ast.Node) (float64, bool) {
	switch v := n.(type) {
	case *ast.FloatNode:
		return v.Value, true
	case *ast.IntegerNode:
		switch i := v.Value.(type) {
		case int64:
			return float64(i), true
		case uint64:
			return float64(i), true
		}
	}
	return 0, false
}
