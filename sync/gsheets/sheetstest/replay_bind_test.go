package sheetstest_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"steerco/sync/gsheets/sheetstest/discovery"
)

// mended returns the body of a step without what recording did to it: one list
// too many, and booleans or numbers for texts. Texts for booleans and numbers
// are nothing to mend, as the API takes them.
func mended(s step) any {
	body, ok := s.Body.(map[string]any)
	if !ok || !strings.HasSuffix(s.Path, "atchUpdate") {
		return s.Body
	}
	message := "BatchUpdateSpreadsheetRequest"
	if data, isList := body["data"].([]any); isList {
		message = "BatchUpdateValuesRequest"
		body = maps.Clone(body)
		body["data"] = flat(data)
	}
	return retyped(discovery.Type{Name: message}, body)
}

// flat takes lists within a list apart.
func flat(list []any) []any {
	var all []any
	for _, e := range list {
		if inner, nested := e.([]any); nested {
			all = append(all, inner...)
		} else {
			all = append(all, e)
		}
	}
	return all
}

// retyped returns a value with texts where the API describes texts.
func retyped(t discovery.Type, v any) any {
	switch v := v.(type) {
	case map[string]any:
		all := map[string]any{}
		for name, e := range v {
			all[name] = retyped(discovery.Sheets().Schemas[t.Name][name], e)
		}
		return all
	case []any:
		all := make([]any, len(v))
		for i, e := range v {
			all[i] = e
			if t.Of != nil {
				all[i] = retyped(*t.Of, e)
			}
		}
		return all
	case bool, float64:
		if t.Name == "string" {
			return fmt.Sprint(v)
		}
	}
	return v
}

// expected expands the constants of a recorded answer.
func (r *replayer) expected(v any) any {
	switch v := v.(type) {
	case string:
		if constant, ok := r.constants[strings.TrimPrefix(v, "@")]; ok && strings.HasPrefix(v, "@") {
			return constant
		}
	case []any:
		all := make([]any, len(v))
		for i, e := range v {
			all[i] = r.expected(e)
		}
		return all
	case map[string]any:
		all := map[string]any{}
		for name, e := range v {
			all[name] = r.expected(e)
		}
		return all
	}
	return v
}

// chosen are the fields whose values the service chooses.
var chosen = regexp.MustCompile(`^(id|spreadsheetId|sheetId|namedRangeId|protectedRangeId|bandedRangeId|filterViewId|createdTime|modifiedTime)$`)

// numberKey is the key of an id that is a number. Texts that look like it are
// others.
func numberKey(n float64) string { return fmt.Sprint("number ", n) }

// keep binds the ids that a request chooses itself: they stay as they are.
func (r *replayer) keep(name string, sent any) {
	switch sent := sent.(type) {
	case []any:
		for _, e := range sent {
			r.keep(name, e)
		}
	case map[string]any:
		for field, e := range sent {
			r.keep(field, e)
		}
	case float64:
		if key := numberKey(sent); r.ids[key] == nil && chosen.MatchString(name) && sent != 0 {
			r.ids[key] = sent
		}
	}
}

// bind remembers what the stand-in has chosen where the service has chosen
// something that is seen for the first time.
func (r *replayer) bind(name string, want, got any) {
	switch want := want.(type) {
	case []any:
		list, _ := got.([]any)
		for i := range min(len(want), len(list)) {
			r.bind(name, want[i], list[i])
		}
	case map[string]any:
		o, _ := got.(map[string]any)
		for _, field := range slices.Sorted(maps.Keys(want)) {
			r.bind(field, want[field], o[field])
		}
	case string, float64:
		key := fmt.Sprint(want)
		if n, isNumber := want.(float64); isNumber {
			key = numberKey(n)
		}
		if _, known := r.ids[key]; !known && chosen.MatchString(name) && want != 0.0 && r.mayBe(name, want, got) {
			r.ids[key] = got
		}
	}
}

// mayBe reports whether the stand-in may have chosen one value where the
// service has chosen the other one: no two ids are the same, and a time is near
// the recorded one.
func (r *replayer) mayBe(name string, want, got any) bool {
	if fmt.Sprintf("%T", want) != fmt.Sprintf("%T", got) || got == 0.0 || got == "" {
		return false
	}
	if !strings.HasSuffix(name, "Time") {
		return !slices.Contains(slices.Collect(maps.Values(r.ids)), got)
	}
	const layout, near = "2006-01-02T15:04:05.000Z", 10 * time.Minute
	then, wrong := time.Parse(layout, want.(string))
	now, err := time.Parse(layout, got.(string))
	return wrong == nil && err == nil && now.Sub(then).Abs() < near
}

// ours returns a recorded value with the stand-in's ids for the recorded ones.
func (r *replayer) ours(v any) any { return r.replaced("", v) }

func (r *replayer) replaced(name string, v any) any {
	switch v := v.(type) {
	case []any:
		all := make([]any, len(v))
		for i, e := range v {
			all[i] = r.replaced(name, e)
		}
		return all
	case map[string]any:
		all := map[string]any{}
		for field, e := range v {
			all[field] = r.replaced(field, e)
		}
		return all
	case string:
		if id, ok := r.ids[v]; ok {
			return id
		}
		if id, ok := r.ids["number "+v]; ok && strings.HasSuffix(name, "Id") {
			return fmt.Sprint(id)
		}
		return regexp.MustCompile(`SSID_\d+`).ReplaceAllStringFunc(v, func(id string) string {
			return fmt.Sprint(cmpOr(r.ids[id], id))
		})
	case float64:
		id, ok := r.ids[numberKey(v)]
		if ok && (chosen.MatchString(name) || strings.HasSuffix(name, "Id")) {
			return id
		}
	}
	return v
}

func cmpOr(v any, other string) any {
	if v == nil {
		return other
	}
	return v
}
