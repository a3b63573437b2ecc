package formula

import (
	"fmt"
	"strings"
)

// deepest bounds how deep expressions nest.
const deepest = 500

// parser reads a formula by descent. After an error it goes on without
// reading, and the first error stays.
type parser struct {
	lexer
	token  token
	err    error
	depth  int
	sheets []string
}

func (p *parser) advance() {
	if p.err != nil {
		p.token = token{}
		return
	}
	t, err := p.scan()
	if err != nil {
		p.err, t = err, token{}
	}
	if t.sheet != "" {
		p.sheets = append(p.sheets, t.sheet)
	}
	p.token = t
}

func (p *parser) fail(format string, args ...any) {
	p.stop(fmt.Errorf("%w: %s", ErrSyntax, fmt.Sprintf(format, args...)))
}

func (p *parser) stop(err error) {
	if p.err == nil {
		p.err = err
	}
	p.token = token{}
}

func (p *parser) isSign(signs ...string) bool {
	if p.token.kind != signToken {
		return false
	}
	for _, s := range signs {
		if p.token.text == s {
			return true
		}
	}
	return false
}

// chain reads operands that are joined by operators of one rank, from the
// left.
func (p *parser) chain(operand func() node, signs ...string) node {
	left := operand()
	for p.isSign(signs...) {
		sign := p.token.text
		p.advance()
		left = binary{sign, left, operand()}
	}
	return left
}

func (p *parser) comparison() node {
	return p.chain(p.joined, "=", "<>", "<", "<=", ">", ">=")
}
func (p *parser) joined() node  { return p.chain(p.sum, "&") }
func (p *parser) sum() node     { return p.chain(p.product, "+", "-") }
func (p *parser) product() node { return p.chain(p.power, "*", "/") }

// power reads at most one "^": which of two comes first isn't known.
func (p *parser) power() node {
	left := p.signed()
	if !p.isSign("^") {
		return left
	}
	p.advance()
	left = binary{"^", left, p.signed()}
	if p.isSign("^") {
		p.stop(unknown("a power of a power without parentheses"))
	}
	return left
}

// signed reads an operand with signs before and percent signs after it.
func (p *parser) signed() node {
	if p.depth++; p.depth > deepest {
		p.stop(unknown("a formula that nests so deep"))
	}
	defer func() { p.depth-- }()
	if p.isSign("-", "+") {
		minus := p.token.text == "-"
		p.advance()
		if inner := p.signed(); minus {
			return negative{inner}
		} else {
			return inner
		}
	}
	n := p.operand()
	for p.isSign("%") {
		p.advance()
		n = percent{n}
	}
	return n
}

func (p *parser) operand() node {
	t := p.token
	switch t.kind {
	case numberToken:
		p.advance()
		return constant{NumberValue(t.number)}
	case stringToken:
		p.advance()
		return constant{TextValue(t.text)}
	case errorToken:
		p.advance()
		return constant{ErrorValue(t.text)}
	case referenceToken:
		p.advance()
		return reference{t.ref}
	case nameToken:
		p.advance()
		return p.named(t)
	}
	return p.bracketed()
}

func (p *parser) bracketed() node {
	switch {
	case p.isSign("("):
		p.advance()
		inner := p.comparison()
		p.expect(")")
		return inner
	case p.isSign("{"):
		p.stop(unknown("arrays in braces"))
	case p.token.kind == endToken:
		p.fail("it ends too early")
	default:
		p.fail("unexpected %q", p.token.text)
	}
	return constant{}
}

func (p *parser) expect(sign string) {
	if !p.isSign(sign) {
		p.fail("%q is missing", sign)
		return
	}
	p.advance()
}

// named reads what follows a name: the arguments of a function, or nothing.
func (p *parser) named(t token) node {
	upper := strings.ToUpper(t.text)
	switch {
	case t.sheet == "" && p.isSign("("):
		p.advance()
		return p.call(upper)
	case t.sheet == "" && upper == "TRUE", t.sheet == "" && upper == "FALSE":
		return constant{BoolValue(upper == "TRUE")}
	}
	return name{t.text}
}

func (p *parser) call(function string) node {
	c := call{function: function}
	for p.err == nil && !p.isSign(")") {
		c.args = append(c.args, p.argument())
		if p.isSign(",") {
			p.advance()
			if p.isSign(")") {
				c.args = append(c.args, constant{})
			}
			continue
		}
		break
	}
	p.expect(")")
	return c
}

// argument reads an argument, which may be left out.
func (p *parser) argument() node {
	if p.isSign(",") {
		return constant{}
	}
	return p.comparison()
}
