package sheetstest

import (
	"errors"
	"strings"
	"time"

	"steerco/sync/gsheets/sheetstest/formula"
	"steerco/sync/workbook"
)

// view computes what the cells of a document show. It remembers what it has
// computed, so it serves for as long as the document doesn't change.
type view struct {
	doc *document
	// now is the moment for which formulas are computed.
	now       time.Time
	locale    locale
	evaluator *formula.Evaluator
	options   formula.Options
	formulas  map[string]parsedFormula
	results   map[formula.Cell]result
	// formats are the effective formats of cells without one of their own, by
	// their alignment.
	formats map[string]object
	// texts are how numbers are shown.
	texts map[shownNumber]string
	rules map[int64][]*liveRule
}

// parsedFormula is a formula as it was read, or why it can't be.
type parsedFormula struct {
	formula *formula.Formula
	err     error
}

// result is what a formula of a cell gives.
type result struct {
	value formula.Value
	err   error
	// done is false while it is being computed: what needs it then goes round
	// in a circle.
	done bool
}

// view returns a view on a document.
func (s *Server) view(d *document) *view {
	v := &view{
		doc: d, now: s.now(), locale: d.locale(),
		formulas: map[string]parsedFormula{}, results: map[formula.Cell]result{},
		formats: map[string]object{}, texts: map[shownNumber]string{}, rules: map[int64][]*liveRule{},
	}
	v.options.Semicolons = s.options.Semicolons && v.locale.comma()
	v.evaluator = formula.NewEvaluator(v, serial(v.now.In(d.zone())))
	return v
}

// zone is the document's time zone; UTC if it isn't known here.
func (d *document) zone() *time.Location {
	zone, err := time.LoadLocation(textIn(d.properties, "timeZone"))
	if err != nil {
		return time.UTC
	}
	return zone
}

// serial returns a moment as a number: days since 1899-12-30.
func serial(t time.Time) float64 {
	wall := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	return wall.Sub(time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
}

// Sheet returns the sheet with a title, for formulas: without regard to case.
func (v *view) Sheet(title string) (int64, bool) {
	if s := v.doc.titled(title); s != nil {
		return s.id, true
	}
	for _, s := range v.doc.sheets {
		if strings.EqualFold(s.title, title) {
			return s.id, true
		}
	}
	return 0, false
}

// Named returns the named range of a name.
func (v *view) Named(name string) (formula.Range, bool) {
	a, ok := v.doc.namedRange(name)
	return formula.Range{Sheet: a.sheet, Row: a.row, RowEnd: a.rowEnd, Column: a.column, ColumnEnd: a.columnEnd}, ok
}

// Size returns the size of a sheet's grid.
func (v *view) Size(id int64) (rows, columns int) {
	s := v.doc.sheet(id)
	if s == nil {
		return 0, 0
	}
	return len(s.rows), len(s.columns)
}

// Value returns what a cell holds, for formulas.
func (v *view) Value(at formula.Cell) (formula.Value, error) {
	s := v.doc.sheet(at.Sheet)
	if s == nil {
		return formula.Value{}, nil
	}
	return v.value(s, at.Row, at.Column)
}

// value returns what a cell holds; of a formula what that gives. Its error is
// the stand-in's own, about a formula that it can't compute.
func (v *view) value(s *sheet, row, column int) (formula.Value, error) {
	c := s.cell(row, column)
	if c == nil {
		return formula.Value{}, nil
	}
	entered := objectIn(c.fields, "userEnteredValue")
	if _, ok := entered["formulaValue"].(string); !ok {
		x := constantValue(entered)
		if x.Kind == formula.Number {
			x.Format = ownFormat(c)
		}
		return x, nil
	}
	at := formula.Cell{Sheet: s.id, Row: row, Column: column}
	r, known := v.results[at]
	switch {
	case !known:
		v.results[at] = result{}
		r = v.result(s, c, at)
		r.done = true
		v.results[at] = r
	case !r.done:
		return formula.ErrorValue("#REF!"), nil
	}
	return r.value, r.err
}

// constantValue returns what is entered in a cell that has no formula.
func constantValue(entered object) formula.Value {
	if x, ok := entered["stringValue"].(string); ok {
		return formula.TextValue(x)
	}
	if x, ok := entered["numberValue"].(float64); ok {
		return formula.NumberValue(x)
	}
	if x, ok := entered["boolValue"].(bool); ok {
		return formula.BoolValue(x)
	}
	return formula.Value{}
}

// ownFormat returns how a formula's result takes over from a cell how it shows:
// as a date, a time, a share, an amount of money.
func ownFormat(c *cell) formula.Format {
	number := objectIn(objectIn(c.fields, "userEnteredFormat"), "numberFormat")
	switch kind := textIn(number, "type"); kind {
	case "DATE", "TIME", "DATE_TIME", "PERCENT", "CURRENCY":
		return formula.Format{Type: kind, Pattern: textIn(number, "pattern")}
	}
	return formula.Format{}
}

// result computes the formula of a cell.
func (v *view) result(s *sheet, c *cell, at formula.Cell) result {
	text := textIn(objectIn(c.fields, "userEnteredValue"), "formulaValue")
	x, err := v.compute(text, formula.Place{Cell: at})
	if err == nil {
		if x.Kind == formula.Empty {
			// A formula that gives an empty cell shows nothing as a number.
			x = formula.NumberValue(0)
		}
		return result{value: x}
	}
	if remembered, ok := remembered(c, text); ok {
		return result{value: remembered}
	}
	return result{err: uncomputed(quotedTitle(s.title)+"!"+workbook.CellName(at.Row, at.Column), err)}
}

// remembered returns what a formula was computed to elsewhere.
func remembered(c *cell, text string) (formula.Value, bool) {
	computed := objectIn(c.fields, "computed")
	if textIn(computed, "formula") != text || computed["value"] == nil {
		return formula.Value{}, false
	}
	x := constantValue(objectIn(computed, "value"))
	if strings.HasPrefix(x.Text, "#") && errorTypes(x.Text) != "" {
		x = formula.ErrorValue(x.Text)
	}
	return x, true
}

// uncomputed returns the stand-in's own error about a formula somewhere.
func uncomputed(where string, err error) error {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	return unknown("what %s gives: %v", where, err)
}

// compute returns what a formula gives at a place. One that can't be read gives
// an error value, as it does for a person who types it.
func (v *view) compute(text string, at formula.Place) (formula.Value, error) {
	p := v.parse(text)
	switch {
	case errors.Is(p.err, formula.ErrSyntax):
		return formula.ErrorValue("#ERROR!"), nil
	case p.err != nil:
		return formula.Value{}, p.err
	}
	return v.evaluator.Value(p.formula, at)
}

// checkCondition refuses the formula of a conditional format that can't be
// read, or that refers to another sheet. It may do so through INDIRECT only.
func (s *Server) checkCondition(d *document, on *sheet, text string) error {
	p := s.view(d).parse(text)
	if errors.Is(p.err, formula.ErrSyntax) {
		return refuse("Invalid ConditionValue.userEnteredValue: %s", text)
	}
	if p.err != nil {
		return nil
	}
	for _, title := range p.formula.Sheets() {
		if !strings.EqualFold(title, on.title) {
			return refuse("Invalid ConditionValue.userEnteredValue: Conditional format rule cannot reference a different sheet.")
		}
	}
	return nil
}

func (v *view) parse(text string) parsedFormula {
	p, ok := v.formulas[text]
	if !ok {
		p.formula, p.err = formula.Parse(text, v.options)
		v.formulas[text] = p
	}
	return p
}

// errorTypes returns the API's name for the type of an error; empty if it is
// none.
func errorTypes(name string) string {
	switch name {
	case "#N/A":
		return "N_A"
	case "#REF!":
		return "REF"
	case "#VALUE!":
		return "VALUE"
	case "#NUM!":
		return "NUM"
	case "#DIV/0!":
		return "DIVIDE_BY_ZERO"
	case "#NAME?":
		return "NAME"
	case "#NULL!":
		return "NULL_VALUE"
	case "#ERROR!":
		return "ERROR"
	}
	return ""
}

// extendedValue returns a value as the API shows it; nil for an empty one.
func extendedValue(x formula.Value) object {
	switch x.Kind {
	case formula.Text:
		return object{"stringValue": x.Text}
	case formula.Number:
		return object{"numberValue": x.Number}
	case formula.Bool:
		return object{"boolValue": x.Number != 0}
	case formula.Error:
		return object{"errorValue": object{"type": errorTypes(x.Text)}}
	}
	return nil
}
