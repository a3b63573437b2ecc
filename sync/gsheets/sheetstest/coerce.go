package sheetstest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// coerced is what becomes of a text that is entered as a person types it.
type coerced struct {
	// value is the ExtendedValue; nil empties the cell.
	value object
	// format is the NumberFormat that the cell gets with it; nil: none.
	format object
}

// form is a form of text that is understood as something else: one that is
// known from the real service.
type form struct {
	pattern *regexp.Regexp
	// read returns what a text of this form becomes; ok is false where it isn't
	// known.
	read func(s *Server, d *document, text string) (c coerced, ok bool)
}

// forms are all of them. What each one stands for was seen in spreadsheets
// whose locale is English.
func forms() []form {
	return []form{
		{regexp.MustCompile(`^[0-9]{1,15}$`), func(_ *Server, _ *document, text string) (coerced, bool) {
			return typedNumber(text, "", "")
		}},
		{regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+\.[0-9]{2}$`), func(_ *Server, _ *document, text string) (coerced, bool) {
			return typedNumber(text, "NUMBER", "#,##0.00")
		}},
		{regexp.MustCompile(`^\$[0-9]{1,3}\.[0-9]{2}$`), func(_ *Server, _ *document, text string) (coerced, bool) {
			return typedNumber(text[1:], "CURRENCY", `"$"#,##0.00`)
		}},
		{regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`), func(_ *Server, _ *document, text string) (coerced, bool) {
			return typedDate(text, "yyyy-mm-dd")
		}},
		{regexp.MustCompile(`^[0-9]{1,2}-[0-9]{1,2}$`), func(s *Server, d *document, text string) (coerced, bool) {
			return monthAndDay(s.now().In(d.zone()).Year(), text)
		}},
		{regexp.MustCompile(`^TRUE$`), func(_ *Server, _ *document, text string) (coerced, bool) {
			return coerced{value: object{"boolValue": true}}, true
		}},
	}
}

func typedNumber(text, kind, pattern string) (coerced, bool) {
	x, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	c := coerced{value: object{"numberValue": x}}
	if kind != "" {
		c.format = object{"type": kind, "pattern": pattern}
	}
	return c, err == nil
}

// typedDate reads a day of the years that everybody counts alike.
func typedDate(text, pattern string) (coerced, bool) {
	t, err := time.Parse(time.DateOnly, text)
	c := coerced{value: object{"numberValue": serial(t)}, format: object{"type": "DATE", "pattern": pattern}}
	return c, err == nil && t.Year() >= 1900
}

// monthAndDay reads a day of the year in which it is entered.
func monthAndDay(year int, text string) (coerced, bool) {
	t, err := time.Parse("2006-1-2", strconv.Itoa(year)+"-"+text)
	return coerced{value: object{"numberValue": serial(t)}, format: object{"type": "DATE", "pattern": "m-d"}}, err == nil
}

// coerce understands a text as the service does when a person types it. A text
// that looks like something else than text, in a form of which it isn't known
// what the service makes of it, is refused by the stand-in itself.
func (s *Server) coerce(d *document, text string) (coerced, error) {
	switch {
	case text == "":
		return coerced{}, nil
	case text[0] == '\'':
		return coerced{value: constant(text[1:])}, nil
	case text[0] == '=' && len(text) > 1:
		return coerced{value: object{"formulaValue": text}}, nil
	}
	for _, f := range forms() {
		if !f.pattern.MatchString(text) || d.locale().language() != "en" {
			continue
		}
		if c, ok := f.read(s, d, text); ok {
			return c, nil
		}
	}
	if looksTyped(text) {
		return coerced{}, unknown("what becomes of %q when it is entered as USER_ENTERED", text)
	}
	return coerced{value: constant(text)}, nil
}

var (
	// words are runs of letters, and of digits and signs that are joined with
	// them to a name.
	words = regexp.MustCompile(`[\pL\pM_]+`)
	// units are the words which may stand in a number, a date or a time.
	units = regexp.MustCompile(`(?i)^(?:jan\pL*|feb\pL*|mar\pL*|apr\pL*|may|mai|jun\pL*|jul\pL*|aug\pL*|sep\pL*|o[ck]t\pL*|nov\pL*|de[cz]\pL*|` +
		`mon\pL*|tue\pL*|wed\pL*|thu\pL*|fri\pL*|sat\pL*|sun\pL*|am|pm|a|p|e|t|z|st|nd|rd|th|eur|usd|gbp|chf|kr|zł)$`)
)

// looksTyped reports whether a text may be understood as something else: a
// number, a date, a truth value, a formula, a link.
func looksTyped(text string) bool {
	trimmed := strings.TrimSpace(text)
	switch {
	case strings.EqualFold(trimmed, "true"), strings.EqualFold(trimmed, "false"):
		return true
	case trimmed == "", strings.ContainsAny(trimmed[:1], "=+"), strings.Contains(text, "://"), strings.HasPrefix(text, "www."):
		return true
	case !strings.ContainsAny(text, "0123456789"):
		return false
	}
	all := words.FindAllString(text, -1)
	if len(all) > 0 && len(all[0]) == 1 && strings.HasPrefix(trimmed, all[0]) {
		// An id: "T12".
		return false
	}
	return !slices.ContainsFunc(all, func(word string) bool { return !units.MatchString(word) })
}
