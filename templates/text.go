package templates

import (
	"fmt"
	"io"
	"strings"
	"text/template"
	"text/template/parse"

	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/templates/report"
)

// text is a text of a template with values of a record in it.
type text struct {
	file string
	line int
	tmpl *template.Template
}

// reportKey is under what a text finds what concerns the whole report.
const reportKey = "report"

// functions are those that texts may use, besides and, or, not, eq, ne, lt, le, gt and ge.
func functions() template.FuncMap {
	return template.FuncMap{
		"date":    calendar.Date.Long,
		"day":     day,
		"plural":  plural,
		"default": otherwise,
		"upper":   strings.ToUpper,
		"lower":   strings.ToLower,
		"join":    join,
	}
}

// day returns a date in few characters: "1 Dec 26".
func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2 Jan 06")
}

// plural returns "1 task" or "2 tasks".
func plural(one, many string, n int) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// otherwise returns s, or other where s is empty.
func otherwise(other, s string) string {
	if s == "" {
		return other
	}
	return s
}

// join joins the parts that aren't empty.
func join(separator string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, separator)
}

// compared are the functions of text/template itself that texts may use; all
// others are refused, so that no text can print or call what it likes.
func compared() []string {
	return []string{"and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge"}
}

// compile returns the text, or nil after a fault.
func (r *reader) compile(line int, src string, columns report.Schema) *text {
	t := &text{file: r.file, line: line}
	var err error
	t.tmpl, err = template.New("").Option("missingkey=error").Funcs(functions()).Parse(src)
	if err != nil {
		r.fault(line, "text %q: %s", src, templateFault(err))
		return nil
	}
	before := len(r.faults)
	check := textCheck{reader: r, line: line, columns: columns}
	if t.tmpl.Tree != nil {
		check.list(t.tmpl.Root)
	}
	if len(r.faults) > before {
		return nil
	}
	for _, sample := range []bool{false, true} {
		if err := t.tmpl.Execute(io.Discard, r.trial(columns, sample)); err != nil {
			r.fault(line, "text %q: %s", src, templateFault(err))
			return nil
		}
	}
	return t
}

// templateFault returns what text/template says, without its own place: the
// name of the template and the line, and for faults in use the expression.
func templateFault(err error) string {
	s := err.Error()
	if _, after, inUse := strings.Cut(s, ">: "); inUse {
		return after
	}
	if parts := strings.SplitN(s, ": ", 3); len(parts) == 3 {
		return parts[2]
	}
	return s
}

// execute returns the text for one record.
func (t *text) execute(r report.Record) (string, error) {
	if t == nil {
		return "", nil
	}
	var b strings.Builder
	if err := t.tmpl.Execute(&b, r); err != nil {
		return "", fmt.Errorf("%s:%d: %s", t.file, t.line, templateFault(err))
	}
	return b.String(), nil
}

// trial returns a record with which a text can be tried: with empty values, or
// with samples.
func (r *reader) trial(columns report.Schema, sample bool) report.Record {
	record := trialOf(columns, sample)
	record[reportKey] = trialOf(r.sets[reportKey], sample)
	return record
}

func trialOf(columns report.Schema, sample bool) report.Record {
	r := report.Record{}
	for name, t := range columns {
		r[name] = trialValue(t, sample)
	}
	return r
}

func trialValue(t report.ColumnType, sample bool) report.Value {
	switch t {
	case report.NumberColumn:
		if sample {
			return 2
		}
		return 0
	case report.DateColumn:
		if sample {
			return calendar.New(2026, 12, 1)
		}
		return calendar.Date(0)
	case report.LevelColumn:
		if sample {
			return report.Red
		}
		return report.Plain
	case report.RefColumn:
		return plan.Ref{}
	}
	if sample {
		return "text"
	}
	return ""
}

// textCheck goes over a text and refuses what isn't in the closed list.
type textCheck struct {
	*reader
	line    int
	columns report.Schema
}

func (c textCheck) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.TextNode, *parse.CommentNode:
		case *parse.ActionNode:
			c.pipe(n.Pipe)
		case *parse.IfNode:
			c.pipe(n.Pipe)
			c.list(n.List)
			c.list(n.ElseList)
		default:
			c.fault(c.line, "%s is not available in texts: only values, functions and if", n)
		}
	}
}

func (c textCheck) pipe(p *parse.PipeNode) {
	if len(p.Decl) > 0 {
		c.fault(c.line, "%s: variables are not available in texts", p)
	}
	for _, cmd := range p.Cmds {
		for _, arg := range cmd.Args {
			c.arg(arg)
		}
	}
}

func (c textCheck) arg(n parse.Node) {
	switch n := n.(type) {
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
	case *parse.PipeNode:
		c.pipe(n)
	case *parse.FieldNode:
		c.field(n.Ident)
	case *parse.IdentifierNode:
		c.function(n.Ident)
	default:
		c.fault(c.line, "%s is not available in texts: write .column or .%s.column", n, reportKey)
	}
}

func (c textCheck) function(name string) {
	if _, ours := functions()[name]; ours {
		return
	}
	for _, known := range compared() {
		if name == known {
			return
		}
	}
	c.fault(c.line, "function %q is not available: use one of %s, %s", name, names(functions()), strings.Join(compared(), ", "))
}

func (c textCheck) field(path []string) {
	columns, rest := c.columns, path
	if path[0] == reportKey {
		columns, rest = c.sets[reportKey], path[1:]
	}
	if len(rest) != 1 {
		c.fault(c.line, "%q is not a column: write .column or .%s.column", "."+strings.Join(path, "."), reportKey)
		return
	}
	t, known := columns[rest[0]]
	if !known {
		c.fault(c.line, "unknown column %q: use one of %s", rest[0], names(columns))
	}
	if known && t == report.RefColumn {
		c.fault(c.line, "column %q is a row and has no text: use it as a link", rest[0])
	}
}
