package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"steerco/rules"
)

// Error is one thing that is wrong with a configuration.
type Error struct {
	Path string
	// Line and Column are from 1.
	Line, Column int
	// Text is what is wrong, Fix what to do; Fix may be empty.
	Text, Fix string
}

// Error returns place, fault and mend in one line.
func (e *Error) Error() string {
	s := fmt.Sprintf("%s:%d:%d: %s", e.Path, e.Line, e.Column, e.Text)
	if e.Fix != "" {
		s += ": " + e.Fix
	}
	return s
}

// Errors is everything that is wrong with a configuration, in the order of its
// lines. It has at least one element.
type Errors []*Error

// Error returns all, a line each.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

func (d *decoder) sorted() Errors {
	slices.SortStableFunc(d.errs, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return d.errs
}

// choose says which words there are, and which was meant perhaps.
func choose(word string, candidates []string) string {
	if near := rules.Nearest(word, candidates); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	sorted := slices.Sorted(slices.Values(candidates))
	return "there are " + strings.Join(sorted, ", ")
}
