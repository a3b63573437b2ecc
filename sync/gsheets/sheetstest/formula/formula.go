// Package formula reads formulas of a spreadsheet as Google writes them, and
// computes them as far as highlights, links and simple sums need it. It knows
// cells only through a Book, and leaves to the caller how results are shown.
//
// What it doesn't know it says: Evaluator.Value returns ErrUnknown then, and
// never a value that is merely likely.
package formula

import (
	"errors"
	"fmt"
	"slices"
)

// ErrUnknown is wrapped by errors about what this package does not compute.
var ErrUnknown = errors.New("the stand-in does not compute")

// ErrSyntax is wrapped by errors about texts that are no formula.
var ErrSyntax = errors.New("formula parse error")

func unknown(format string, args ...any) error {
	return fmt.Errorf("%w %s", ErrUnknown, fmt.Sprintf(format, args...))
}

// Kind tells what a Value is.
type Kind uint8

// The kinds of values.
const (
	Empty Kind = iota
	Number
	Text
	Bool
	Error
)

// Value is what a cell holds, or what a formula gives. The zero value is that
// of an empty cell.
type Value struct {
	Kind Kind
	// Number is the number, and 1 or 0 of a Bool.
	Number float64
	// Text is the text, or the name of an Error: "#N/A".
	Text string
	// Format is how a number shows by itself; zero: plainly.
	Format Format
	// Link is where a HYPERLINK leads.
	Link string
}

// Format is a number format as the API names it.
type Format struct{ Type, Pattern string }

// NumberValue returns a number as a Value.
func NumberValue(v float64) Value { return Value{Kind: Number, Number: v} }

// TextValue returns a text as a Value.
func TextValue(s string) Value { return Value{Kind: Text, Text: s} }

// BoolValue returns a truth value as a Value.
func BoolValue(b bool) Value {
	if b {
		return Value{Kind: Bool, Number: 1}
	}
	return Value{Kind: Bool}
}

// ErrorValue returns the error of a name, as "#N/A", as a Value.
func ErrorValue(name string) Value { return Value{Kind: Error, Text: name} }

// Names of errors.
const (
	notAvailable = "#N/A"
	badReference = "#REF!"
	badValue     = "#VALUE!"
	badNumber    = "#NUM!"
	divideByZero = "#DIV/0!"
	badName      = "#NAME?"
)

// Range is a rectangle of cells of a sheet, from 0, ends excluded.
type Range struct {
	Sheet             int64
	Row, RowEnd       int
	Column, ColumnEnd int
}

// Cells returns how many cells the range has.
func (r Range) Cells() int { return (r.RowEnd - r.Row) * (r.ColumnEnd - r.Column) }

// Cell is the place of a cell, from 0.
type Cell struct {
	Sheet       int64
	Row, Column int
}

// Book is what formulas refer to.
type Book interface {
	// Sheet returns the sheet with a title; ok is false if there is none.
	Sheet(title string) (id int64, ok bool)
	// Named returns the named range of a name; ok is false if there is none.
	Named(name string) (r Range, ok bool)
	// Size returns how many rows and columns a sheet has.
	Size(sheet int64) (rows, columns int)
	// Value returns what a cell within its sheet holds; of a cell with a
	// formula what that gives. Its errors end a computation.
	Value(c Cell) (Value, error)
}

// Formula is a formula that was read. It may be used from several goroutines.
type Formula struct {
	root   node
	sheets []string
}

// Sheets returns the titles of the sheets to which the formula refers, as they
// are written, in order. What a text names, as for INDIRECT, isn't among them.
func (f *Formula) Sheets() []string { return slices.Clone(f.sheets) }

// Options tell how formulas are written.
type Options struct {
	// Semicolons means that only ";" divides arguments and that "," is the
	// decimal sign, as in most languages. Otherwise "," divides them, ";" too,
	// and "." is the decimal sign.
	Semicolons bool
}

// Parse reads a formula, with or without "=" before it. Its errors wrap
// ErrSyntax, or ErrUnknown for what is a formula elsewhere.
func Parse(text string, o Options) (*Formula, error) {
	p := &parser{lexer: lexer{text: text, semicolons: o.Semicolons}}
	p.skipEqual()
	p.advance()
	root := p.comparison()
	if p.err == nil && p.token.kind != endToken {
		p.fail("%q is too much", p.token.text)
	}
	if p.err != nil {
		return nil, p.err
	}
	return &Formula{root, p.sheets}, nil
}
