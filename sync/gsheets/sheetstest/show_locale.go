package sheetstest

import (
	"cmp"
	"regexp"
	"strings"

	"steerco/sync/gsheets/sheetstest/formula"
	"steerco/sync/workbook"
)

// locale is a spreadsheet's locale: "en_US", "de".
type locale string

// locale returns the document's locale.
func (d *document) locale() locale {
	return locale(cmp.Or(textIn(d.properties, "locale"), "en_US"))
}

// language returns the language of a locale.
func (l locale) language() string {
	language, _, _ := strings.Cut(string(l), "_")
	return language
}

// pointLanguages write decimals with a point. All others that are known here
// write them with a comma.
const (
	pointLanguages = " en ja zh ko th he hi cy fil ms "
	commaLanguages = " af az be bg bs ca cs da de el es et eu fi fo fr gl hr hu hy id is it ka kk ky lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk uz vi "
)

// comma reports whether numbers are written with a comma before the decimals.
func (l locale) comma() bool {
	switch l {
	case "de_CH", "de_LI", "fr_CH", "it_CH",
		"es_MX", "es_US", "es_PR", "es_GT", "es_HN", "es_NI", "es_PA", "es_PE", "es_SV", "es_DO", "es_419":
		return false
	case "en_ZA":
		return true
	}
	return strings.Contains(commaLanguages, " "+l.language()+" ")
}

// KnowsLocale reports whether spreadsheets can have a locale, as "de_DE".
func KnowsLocale(name string) bool { return locale(name).known() }

// known reports whether it is known how numbers are written.
func (l locale) known() bool {
	return strings.Contains(commaLanguages, " "+l.language()+" ") || strings.Contains(pointLanguages, " "+l.language()+" ")
}

// pattern returns the pattern of a format that has none of its own; empty if it
// isn't known.
func (l locale) pattern(kind string) string {
	switch kind {
	case "TEXT":
		return "@"
	case "NUMBER":
		return "#,##0.00"
	case "PERCENT":
		return "0.00%"
	case "SCIENTIFIC":
		return "0.00E+00"
	}
	date := l.datePattern()
	switch {
	case kind == "CURRENCY" && l == "en_US":
		return `"$"#,##0.00`
	case kind == "DATE":
		return date
	case kind == "TIME" && l == "en_US":
		return "h:mm:ss AM/PM"
	case kind == "TIME":
		return "HH:mm:ss"
	case kind == "DATE_TIME" && l == "en_US":
		return date + " H:mm:ss"
	case kind == "DATE_TIME" && date != "":
		return date + " HH:mm:ss"
	}
	return ""
}

// datePattern is how a locale writes a day; empty: not known.
func (l locale) datePattern() string {
	switch l {
	case "en_US", "en":
		return "M/d/yyyy"
	case "de_DE", "de", "de_AT", "de_CH", "ru_RU", "pl_PL", "nb_NO", "fi_FI", "cs_CZ", "tr_TR":
		return "dd.MM.yyyy"
	case "en_GB", "fr_FR", "fr", "es_ES", "es", "it_IT", "it", "pt_BR", "pt_PT", "en_AU", "en_IE":
		return "dd/MM/yyyy"
	case "nl_NL", "nl", "da_DK":
		return "dd-MM-yyyy"
	case "sv_SE", "en_CA", "fr_CA":
		return "yyyy-MM-dd"
	}
	return ""
}

// quotes finds what a pattern shows as it stands.
var quotes = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]|_.|\*.`)

// formatted shows a number by a format. What a locale writes in a way that
// isn't known is refused.
func (l locale) formatted(f formula.Format, x float64) (string, error) {
	if f == (formula.Format{}) {
		return l.localized("", automatic(x))
	}
	pattern := f.Pattern
	if pattern == "" {
		if pattern = l.pattern(f.Type); pattern == "" {
			return "", unknown("how %s shows %s without a pattern", l, f.Type)
		}
	}
	date, elapsed := workbook.CodeKind(pattern)
	if date && l.language() != "en" && hasNames(pattern) {
		names, ok := l.names()
		if !ok {
			return "", unknown("the names of months and days in the locale %s", l)
		}
		pattern = names.with(pattern, x)
	}
	text := shownBy(pattern, workbook.Cell{Kind: workbook.Number, Number: x})
	if date || elapsed {
		return text, nil
	}
	return l.localized(pattern, text)
}

// localized puts the signs of a locale into a number that is written with
// point and comma.
func (l locale) localized(pattern, text string) (string, error) {
	switch {
	case !strings.ContainsAny(text, ".,"):
		return text, nil
	case !l.known():
		return "", unknown("how numbers are written in the locale %s", l)
	case !l.comma():
		return text, nil
	case strings.ContainsAny(strings.Join(quotes.FindAllString(pattern, -1), ""), ".,"):
		return "", unknown("the pattern %q in the locale %s", pattern, l)
	}
	group := "."
	switch l.language() {
	case "fr", "nb", "no", "sv", "fi", "cs", "sk", "pl", "ru", "uk", "hu", "bg":
		group = "\u00a0"
	}
	return strings.NewReplacer(".", ",", ",", group).Replace(text), nil
}
