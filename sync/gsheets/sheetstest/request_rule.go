package sheetstest

import (
	"slices"
	"strings"
)

func ruleKinds() map[string]kind {
	return map[string]kind{
		"addConditionalFormatRule":    {do: addConditionalFormatRule},
		"updateConditionalFormatRule": {do: updateConditionalFormatRule},
		"deleteConditionalFormatRule": {do: deleteConditionalFormatRule},
	}
}

// rule reads a ConditionalFormatRule of a request.
func (b *batch) rule(wanted object) (*ranged, *sheet, error) {
	r := &ranged{fields: without(b.doc.stored(wanted), "ranges")}
	var on *sheet
	for _, o := range objectsIn(wanted, "ranges") {
		p, err := b.editable(o)
		if err != nil {
			return nil, nil, err
		}
		if on != nil && on != p.on {
			return nil, nil, refuse("All ranges in a conditional format must be on the same sheet")
		}
		on = p.on
		r.areas = append(r.areas, p.area)
	}
	if on == nil {
		return nil, nil, refuse("ConditionalFormatRule.ranges must be set")
	}
	boolean, gradient := objectIn(wanted, "booleanRule"), objectIn(wanted, "gradientRule")
	if (boolean == nil) == (gradient == nil) {
		return nil, nil, refuse("One of booleanRule or gradientRule must be set on the rule.")
	}
	if boolean == nil {
		return r, on, nil
	}
	if err := b.checkRuleCondition(on, objectIn(boolean, "condition")); err != nil {
		return nil, nil, err
	}
	return r, on, checkRuleFormat(objectIn(boolean, "format"))
}

// checkRuleCondition tells whether a rule of a sheet may have a condition.
func (b *batch) checkRuleCondition(on *sheet, condition object) error {
	if err := checkBoolean(condition); err != nil {
		return err
	}
	if textIn(condition, "type") != "CUSTOM_FORMULA" {
		return nil
	}
	return b.server.checkCondition(b.doc, on, textIn(objectsIn(condition, "values")[0], "userEnteredValue"))
}

// ruleFormats are the only parts of a format that a rule may set.
var ruleFormats = map[string]string{
	"":           "backgroundColor backgroundColorStyle textFormat",
	"textFormat": "bold italic strikethrough underline foregroundColor foregroundColorStyle",
}

func checkRuleFormat(format object) error {
	for where, allowed := range ruleFormats {
		part := format
		if where != "" {
			part = objectIn(format, where)
		}
		for name, value := range part {
			if value != nil && !slices.Contains(strings.Fields(allowed), name) {
				return refuse("Conditional format cannot set the format field %s", strings.TrimPrefix(where+"."+name, "."))
			}
		}
	}
	return nil
}

func addConditionalFormatRule(b *batch, body object) (object, error) {
	r, s, err := b.rule(objectIn(body, "rule"))
	if err != nil {
		return nil, err
	}
	index := intOr(body, "index", 0)
	if index < 0 || index > len(s.rules) {
		return nil, refuse("Invalid conditional format index %d on sheet: %d", index, s.id)
	}
	s.rules = slices.Insert(s.rules, index, r)
	return nil, nil
}

// ruleAt returns the rule at an index of a sheet.
func (b *batch) ruleAt(s *sheet, index int) (*ranged, error) {
	if index < 0 || index >= len(s.rules) {
		return nil, refuse("No conditional format on sheet: %d at index: %d", s.id, index)
	}
	r := s.rules[index]
	for _, a := range r.areas {
		if err := b.guard(a); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func updateConditionalFormatRule(b *batch, body object) (object, error) {
	wanted, index := objectIn(body, "rule"), intOr(body, "index", 0)
	to, moves := intIn(body, "newIndex")
	if (wanted != nil) == moves {
		return nil, refuse("Set exactly one of rule or newIndex")
	}
	if moves {
		return b.moveRule(body, index, to)
	}
	r, s, err := b.rule(wanted)
	if err != nil {
		return nil, err
	}
	old, err := b.ruleAt(s, index)
	if err != nil {
		return nil, err
	}
	s.rules[index] = r
	return object{"updateConditionalFormatRule": shownIndex(object{
		"oldRule": shownRule(old), "newRule": shownRule(r),
	}, map[string]int{"newIndex": index})}, nil
}

func (b *batch) moveRule(body object, from, to int) (object, error) {
	s, err := b.grid(intOr(body, "sheetId", 0))
	if err != nil {
		return nil, err
	}
	r, err := b.ruleAt(s, from)
	if err == nil {
		_, err = b.ruleAt(s, to)
	}
	if err != nil {
		return nil, err
	}
	s.rules = slices.Insert(slices.Delete(s.rules, from, from+1), to, r)
	return object{"updateConditionalFormatRule": shownIndex(object{
		"newRule": shownRule(r),
	}, map[string]int{"oldIndex": from, "newIndex": to})}, nil
}

// shownIndex adds indices to an object; zeros are left out.
func shownIndex(o object, indices map[string]int) object {
	for name, index := range indices {
		if index != 0 {
			o[name] = float64(index)
		}
	}
	return o
}

func deleteConditionalFormatRule(b *batch, body object) (object, error) {
	s, err := b.grid(intOr(body, "sheetId", 0))
	if err != nil {
		return nil, err
	}
	index := intOr(body, "index", 0)
	r, err := b.ruleAt(s, index)
	if err != nil {
		return nil, err
	}
	s.rules = slices.Delete(s.rules, index, index+1)
	return object{"deleteConditionalFormatRule": object{"rule": shownRule(r)}}, nil
}
