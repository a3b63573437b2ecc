package sheetstest

import (
	"fmt"
	"regexp"
	"strings"
)

func textKinds() map[string]kind {
	return map[string]kind{
		"findReplace":    {do: findReplace},
		"trimWhitespace": {do: trimWhitespace},
		"textToColumns":  {do: textToColumns},
	}
}

// replaced counts what findReplace did.
type replaced struct{ occurrences, values, formulas, rows, sheets int }

func findReplace(b *batch, body object) (object, error) {
	find, err := pattern(body)
	if err != nil {
		return nil, err
	}
	places, err := b.searched(body)
	if err != nil {
		return nil, err
	}
	var count replaced
	for _, p := range places {
		before := count.occurrences
		if err := b.replaceIn(p, find, body, &count); err != nil {
			return nil, err
		}
		if count.occurrences > before {
			count.sheets++
		}
	}
	return object{"findReplace": shownIndex(object{}, map[string]int{
		"occurrencesChanged": count.occurrences, "valuesChanged": count.values,
		"formulasChanged": count.formulas, "rowsChanged": count.rows, "sheetsChanged": count.sheets,
	})}, nil
}

// pattern returns what finds the text of a request.
func pattern(body object) (*regexp.Regexp, error) {
	text := textIn(body, "find")
	if text == "" {
		return nil, refuse("find must not be empty")
	}
	if !trueIn(body, "searchByRegex") {
		text = regexp.QuoteMeta(text)
	}
	if trueIn(body, "matchEntireCell") {
		text = "^(?:" + text + ")$"
	}
	if !trueIn(body, "matchCase") {
		text = "(?i)" + text
	}
	find, err := regexp.Compile(text)
	if err != nil {
		return nil, unknown("the pattern %q: %v", text, err)
	}
	return find, nil
}

// searched returns where a request searches.
func (b *batch) searched(body object) ([]place, error) {
	if body["range"] != nil {
		p, err := b.place(objectIn(body, "range"))
		return []place{p}, err
	}
	var places []place
	for _, s := range b.doc.sheets {
		if trueIn(body, "allSheets") || float64(s.id) == body["sheetId"] {
			places = append(places, place{on: s, area: wholeSheet(s).within(s)})
		}
	}
	if places == nil {
		return nil, refuse("One of range, sheetId or allSheets must be set")
	}
	return places, nil
}

func (b *batch) replaceIn(p place, find *regexp.Regexp, body object, count *replaced) error {
	replacement := textIn(body, "replacement")
	for row := p.row; row < p.rowEnd; row++ {
		changed := false
		for column := p.column; column < min(p.columnEnd, len(p.on.rows[row].cells)); column++ {
			name, old, err := b.findable(p.on, [2]int{row, column}, find)
			if err != nil {
				return err
			}
			found := len(find.FindAllString(old, -1))
			if found == 0 || name == "formulaValue" && !trueIn(body, "includeFormulas") {
				continue
			}
			now := find.ReplaceAllString(old, replacement)
			if !trueIn(body, "searchByRegex") {
				now = find.ReplaceAllLiteralString(old, replacement)
			}
			if err := b.retype(p.on, [2]int{row, column}, name, now); err != nil {
				return err
			}
			count.add(name, found)
			changed = true
		}
		if changed {
			count.rows++
		}
	}
	return nil
}

func (c *replaced) add(name string, found int) {
	c.occurrences += found
	if name == "formulaValue" {
		c.formulas++
	} else {
		c.values++
	}
}

// findable returns the text or formula of a cell, and which of both it is.
// What other values look like isn't searched.
func (b *batch) findable(s *sheet, at [2]int, find *regexp.Regexp) (name, content string, err error) {
	value := objectIn(s.fieldsAt(at[0], at[1]), "userEnteredValue")
	for _, name := range []string{"stringValue", "formulaValue"} {
		if content, ok := value[name].(string); ok {
			return name, content, nil
		}
	}
	for _, v := range value {
		if find.MatchString(fmt.Sprint(v)) {
			return "", "", unknown("replacing a part of a number or boolean")
		}
	}
	return "", "", nil
}

// retype changes the text or formula of a cell as if somebody typed it. A text
// that the program would take for something else isn't known.
func (b *batch) retype(s *sheet, at [2]int, name, content string) error {
	if err := b.guard(area{sheet: s.id, row: at[0], rowEnd: at[0] + 1, column: at[1], columnEnd: at[1] + 1}); err != nil {
		return err
	}
	now := coerced{value: object{name: content}}
	if name == "stringValue" {
		var err error
		if now, err = b.server.coerce(b.doc, content); err != nil {
			return err
		}
	}
	fields := without(s.fieldsAt(at[0], at[1]), "userEnteredValue", "textFormatRuns", "chipRuns", "computed")
	if now.value != nil {
		fields["userEnteredValue"] = now.value
	}
	format := objectIn(fields, "userEnteredFormat")
	if now.format != nil && format["numberFormat"] == nil {
		fields["userEnteredFormat"] = with(format, "numberFormat", now.format)
	}
	s.set(at[0], at[1], fields)
	return nil
}

func trimWhitespace(b *batch, body object) (object, error) {
	p, err := b.editable(objectIn(body, "range"))
	if err != nil {
		return nil, err
	}
	count := 0
	p.each(func(row, column int) {
		old, ok := objectIn(p.on.fieldsAt(row, column), "userEnteredValue")["stringValue"].(string)
		now := strings.Join(strings.Fields(old), " ")
		if ok && err == nil && now != old {
			err = b.retype(p.on, [2]int{row, column}, "stringValue", now)
			count++
		}
	})
	if err != nil {
		return nil, err
	}
	return object{"trimWhitespace": shownIndex(object{}, map[string]int{"cellsChangedCount": count})}, nil
}

func textToColumns(b *batch, body object) (object, error) {
	p, err := b.editable(objectIn(body, "source"))
	if err != nil {
		return nil, err
	}
	if p.columnEnd-p.column != 1 {
		return nil, refuse("The source range must span exactly one column.")
	}
	delimiter, err := p.delimiter(body)
	if err != nil || delimiter == "" {
		return nil, err
	}
	for row := p.row; row < p.rowEnd; row++ {
		text, _ := objectIn(p.on.fieldsAt(row, p.column), "userEnteredValue")["stringValue"].(string)
		parts := strings.Split(text, delimiter)
		if len(parts) == 1 {
			continue
		}
		if need := p.column + len(parts); need > len(p.on.columns) {
			return nil, unknown("splitting into more columns than the grid has")
		}
		for i, part := range parts {
			if err := b.retype(p.on, [2]int{row, p.column + i}, "stringValue", part); err != nil {
				return nil, err
			}
		}
	}
	return nil, nil
}

// delimiter returns what separates the columns of a text; empty where nothing
// has to be split.
func (p place) delimiter(body object) (string, error) {
	named := map[string]string{"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " ", "CUSTOM": textIn(body, "delimiter")}
	kind := textIn(body, "delimiterType")
	if delimiter, ok := named[kind]; ok {
		return delimiter, nil
	}
	var err error
	p.each(func(row, column int) {
		text, _ := objectIn(p.on.fieldsAt(row, column), "userEnteredValue")["stringValue"].(string)
		if strings.ContainsAny(text, ",;. \t|") {
			err = unknown("which delimiter is found in %d characters of text", len(text))
		}
	})
	return "", err
}
