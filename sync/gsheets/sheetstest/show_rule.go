package sheetstest

import (
	"strconv"
	"strings"

	"steerco/sync/gsheets/sheetstest/formula"
)

// liveRule is a conditional format, ready to be asked about cells.
type liveRule struct {
	areas []area
	// row and column are the first cell of the first area, for which formulas
	// are written.
	row, column int
	kind        string
	// values are the condition's, as they were entered.
	values []string
	format object
	// gradient means that it is a scale of colours.
	gradient bool
}

// liveRules returns the conditional formats of a sheet by their index.
func (v *view) liveRules(s *sheet) []*liveRule {
	rules, ok := v.rules[s.id]
	if !ok {
		for _, r := range s.rules {
			rules = append(rules, newLiveRule(s, r))
		}
		v.rules[s.id] = rules
	}
	return rules
}

func newLiveRule(s *sheet, r *ranged) *liveRule {
	rule := &liveRule{gradient: r.fields["gradientRule"] != nil}
	for _, a := range r.areas {
		rule.areas = append(rule.areas, a.within(s))
	}
	if len(rule.areas) > 0 {
		rule.row, rule.column = rule.areas[0].row, rule.areas[0].column
	}
	boolean := objectIn(r.fields, "booleanRule")
	rule.format = objectIn(boolean, "format")
	condition := objectIn(boolean, "condition")
	rule.kind = textIn(condition, "type")
	for _, value := range objectsIn(condition, "values") {
		rule.values = append(rule.values, textIn(value, "userEnteredValue"))
	}
	return rule
}

func (r *liveRule) covers(row, column int) bool {
	for _, a := range r.areas {
		if row >= a.row && row < a.rowEnd && column >= a.column && column < a.columnEnd {
			return true
		}
	}
	return false
}

// applied returns the format that the conditional formats of a sheet give a
// cell. Of several that apply, the first that sets a field sets it.
func (v *view) applied(s *sheet, row, column int) (object, error) {
	var format object
	for i, r := range v.liveRules(s) {
		if !r.covers(row, column) {
			continue
		}
		if r.gradient {
			return nil, unknown("how the colour scale at index %d of the sheet %q paints its cells", i, s.title)
		}
		holds, err := v.holds(s, r, row, column)
		if err != nil {
			return nil, uncomputed("the conditional format at index "+strconv.Itoa(i)+" of the sheet "+quotedTitle(s.title), err)
		}
		if holds {
			format = over(r.format, format)
		}
	}
	return format, nil
}

// holds reports whether a rule applies to a cell.
func (v *view) holds(s *sheet, r *liveRule, row, column int) (bool, error) {
	if r.kind == "CUSTOM_FORMULA" {
		return v.formulaHolds(s, r, row, column)
	}
	x, err := v.value(s, row, column)
	if err != nil {
		return false, err
	}
	switch r.kind {
	case "BLANK":
		return x.Kind == formula.Empty || x.Kind == formula.Text && x.Text == "", nil
	case "NOT_BLANK":
		return x.Kind != formula.Empty && (x.Kind != formula.Text || x.Text != ""), nil
	case "TEXT_CONTAINS", "TEXT_NOT_CONTAINS", "TEXT_STARTS_WITH", "TEXT_ENDS_WITH", "TEXT_EQ":
		return v.textHolds(r, s.cell(row, column), x)
	}
	if kind, ok := strings.CutPrefix(r.kind, "NUMBER_"); ok {
		return v.numberHolds(s, r, kind, x)
	}
	return false, unknown("the condition %s", r.kind)
}

// formulaHolds computes a condition for a cell. It is written for the first
// cell of the rule's first area.
func (v *view) formulaHolds(s *sheet, r *liveRule, row, column int) (bool, error) {
	if len(r.values) == 0 {
		return false, nil
	}
	at := formula.Place{
		Cell: formula.Cell{Sheet: s.id, Row: row, Column: column},
		Down: row - r.row, Right: column - r.column,
	}
	x, err := v.compute(r.values[0], at)
	return err == nil && (x.Kind == formula.Bool || x.Kind == formula.Number) && x.Number != 0, err
}

func (v *view) textHolds(r *liveRule, c *cell, x formula.Value) (bool, error) {
	if len(r.values) == 0 || strings.HasPrefix(r.values[0], "=") {
		return false, unknown("the condition %s of a formula", r.kind)
	}
	shown := ""
	if x.Kind != formula.Empty {
		text, err := v.formatted(c, x)
		if err != nil {
			return false, err
		}
		shown = strings.ToLower(text)
	}
	wanted := strings.ToLower(r.values[0])
	switch r.kind {
	case "TEXT_CONTAINS":
		return strings.Contains(shown, wanted), nil
	case "TEXT_NOT_CONTAINS":
		return !strings.Contains(shown, wanted), nil
	case "TEXT_STARTS_WITH":
		return strings.HasPrefix(shown, wanted), nil
	case "TEXT_ENDS_WITH":
		return strings.HasSuffix(shown, wanted), nil
	}
	return shown == wanted, nil
}

// numberHolds compares a cell's number with the rule's.
func (v *view) numberHolds(s *sheet, r *liveRule, kind string, x formula.Value) (bool, error) {
	bounds, err := v.bounds(s, r)
	if err != nil || x.Kind != formula.Number {
		return false, err
	}
	n, least, most := x.Number, min(bounds[0], bounds[1]), max(bounds[0], bounds[1])
	switch kind {
	case "GREATER":
		return n > bounds[0], nil
	case "GREATER_THAN_EQ":
		return n >= bounds[0], nil
	case "LESS":
		return n < bounds[0], nil
	case "LESS_THAN_EQ":
		return n <= bounds[0], nil
	case "EQ":
		return n == bounds[0], nil
	case "NOT_EQ":
		return n != bounds[0], nil
	case "BETWEEN":
		return least <= n && n <= most, nil
	case "NOT_BETWEEN":
		return n < least || n > most, nil
	}
	return false, unknown("the condition %s", r.kind)
}

// bounds returns the up to two numbers of a rule.
func (v *view) bounds(s *sheet, r *liveRule) (bounds [2]float64, err error) {
	for i, text := range r.values[:min(2, len(r.values))] {
		bound, err := v.compute(text, formula.Place{Cell: formula.Cell{Sheet: s.id, Row: r.row, Column: r.column}})
		if err != nil || bound.Kind != formula.Number {
			return bounds, unknown("the condition %s with %q", r.kind, text)
		}
		bounds[i] = bound.Number
	}
	return bounds, nil
}

// Fill returns the colour of a cell's background as a person sees it, as
// "RRGGBB": with alternating colours and with the conditional formats, of
// which the first that applies wins. Row and column count from 0. It fails for
// what isn't there, and for formulas that the stand-in can't compute.
func (s *Server) Fill(id, sheet string, row, column int) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, at, err := s.look(id, sheet)
	if err != nil {
		return "", err
	}
	own := objectIn(objectIn(at.fieldsAt(row, column), "userEnteredFormat"), "backgroundColor")
	format := object{"backgroundColor": objectIn(objectIn(v.doc.properties, "defaultFormat"), "backgroundColor")}
	if own != nil {
		format["backgroundColor"] = own
	} else {
		format = over(format, v.doc.banding(at, row, column))
	}
	applied, err := v.applied(at, row, column)
	if err != nil {
		return "", err
	}
	return hexColor(objectIn(over(format, applied), "backgroundColor")), nil
}

// Shown returns the text that a cell shows; empty where it is empty. Row and
// column count from 0. It fails for what isn't there, and for formulas that the
// stand-in can't compute.
func (s *Server) Shown(id, sheet string, row, column int) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, at, err := s.look(id, sheet)
	if err != nil {
		return "", err
	}
	x, err := v.value(at, row, column)
	if err != nil || x.Kind == formula.Empty {
		return "", err
	}
	return v.formatted(at.cell(row, column), x)
}

// look returns a sheet and the view through which the one before looked, if
// nothing has changed since.
func (s *Server) look(id, title string) (*view, *sheet, error) {
	d := s.files[id]
	if d == nil {
		return nil, nil, notFound()
	}
	at := d.titled(title)
	if at == nil {
		return nil, nil, refuse("the spreadsheet %q has no sheet %q", id, title)
	}
	if s.looked == nil || s.looked.doc != d || !s.looked.now.Equal(s.now()) {
		s.looked = s.view(d)
	}
	return s.looked, at, nil
}

const hexDigits = "0123456789ABCDEF"

// hexColor returns a Color as RRGGBB.
func hexColor(color object) string {
	var b strings.Builder
	for _, name := range []string{"red", "green", "blue"} {
		part, _ := color[name].(float64)
		n := int(part*255 + 0.5)
		b.WriteByte(hexDigits[n>>4&15])
		b.WriteByte(hexDigits[n&15])
	}
	return b.String()
}
