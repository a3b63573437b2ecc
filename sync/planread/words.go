package planread

import (
	"embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"steerco/rules/plan"
)

// wordFiles hold the words by which headers, statuses and the rest are known.
// Each line says where its words come from.
//
//go:embed words/*.csv
var wordFiles embed.FS

// vocabulary is what the word files say. It is not changed after it was made.
type vocabulary struct {
	concepts map[string]concept
	parts    map[string][]concept
	// shortened has the longer parts with one letter left out, to find slips.
	shortened map[string][]concept
	longest   int // the most runes of a part
	grammar   []phrase
	exact     map[string][]option // by squashed label
	weights   map[plan.Table]map[plan.Field]float64
	required  map[plan.Table]requirement

	status    map[string]string
	noDate    map[string]string
	months    map[string]string
	weekdays  map[string]string
	units     map[string]string
	links     map[string]string
	decisions map[string]string
	fits      map[string]string
	gapStatus map[string]string
	dayKinds  map[string]string
	settings  map[string]string
	rows      map[string]string
	sheets    map[string]string
	goLive    map[string]string
	flags     map[string]string
	areas     map[string]string

	// footers and help are words of rows, as a list.
	footers, help []string
	// goLiveStarts are the first words of those for go-live.
	goLiveStarts map[string]bool
}

// requirement is what a table of a kind must have: all fields of needs and one
// of any.
type requirement struct{ needs, any []plan.Field }

// words returns the vocabulary, which is made once.
var words = sync.OnceValue(mustVocabulary)

func mustVocabulary() *vocabulary {
	v := &vocabulary{
		concepts: map[string]concept{}, parts: map[string][]concept{}, exact: map[string][]option{},
		shortened: map[string][]concept{},
		weights:   map[plan.Table]map[plan.Field]float64{}, required: map[plan.Table]requirement{},
	}
	v.readParts()
	v.readGrammar()
	v.readTables()
	lists := map[string]*map[string]string{
		"status": &v.status, "nodate": &v.noDate, "months": &v.months, "weekdays": &v.weekdays, "units": &v.units,
		"links": &v.links, "decisions": &v.decisions, "fits": &v.fits, "gapstatus": &v.gapStatus, "daykinds": &v.dayKinds,
		"settings": &v.settings, "rows": &v.rows, "sheets": &v.sheets, "golive": &v.goLive, "flags": &v.flags, "areas": &v.areas,
	}
	for name, list := range lists {
		*list = mustList(name)
	}
	v.footers, v.help = wordsOf(v.rows, "footer"), wordsOf(v.rows, "help")
	v.goLiveStarts = map[string]bool{}
	for _, w := range wordsOf(v.goLive, "go-live") {
		start, _, _ := strings.Cut(w, " ")
		v.goLiveStarts[start] = true
	}
	return v
}

// mustRecords returns the lines of a word file without its header.
func mustRecords(name string, columns int) [][]string {
	f, err := wordFiles.Open("words/" + name + ".csv")
	if err != nil {
		panic(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = columns
	records, err := r.ReadAll()
	if err != nil {
		panic(fmt.Errorf("words/%s.csv: %w", name, err))
	}
	return records[1:]
}

// mustList reads a file of meanings and words. The first meaning of a word
// stands.
func mustList(name string) map[string]string {
	list := map[string]string{}
	for _, rec := range mustRecords(name, 4) {
		for _, w := range splitWords(rec[3]) {
			for _, key := range []string{strings.ToLower(w), fold(w)} {
				if _, known := list[key]; !known && key != "" {
					list[key] = rec[0]
				}
			}
		}
	}
	return list
}

// wordsOf lists the words of a meaning, sorted.
func wordsOf(list map[string]string, meaning string) []string {
	var all []string
	for w, m := range list {
		if m == meaning {
			all = append(all, w)
		}
	}
	slices.Sort(all)
	return all
}

func splitWords(s string) []string {
	all := strings.Split(s, " | ")
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return all
}

func (v *vocabulary) readParts() {
	for _, rec := range mustRecords("parts", 4) {
		c := v.concept(rec[0])
		for _, w := range splitWords(rec[3]) {
			for _, key := range []string{fold(w), squash(w)} {
				if !slices.Contains(v.parts[key], c) {
					v.parts[key] = append(v.parts[key], c)
				}
				v.longest = max(v.longest, runes(key))
			}
		}
	}
	for part, concepts := range v.parts {
		for i := 0; len(part) >= 7 && isASCII(part) && i < len(part); i++ {
			v.shortened[part[:i]+part[i+1:]] = concepts
		}
	}
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// squash folds s and takes out its blanks.
func squash(s string) string { return strings.ReplaceAll(fold(s), " ", "") }

// concept returns the number of a concept, which is given at its first use.
func (v *vocabulary) concept(name string) concept {
	c, ok := v.concepts[name]
	if !ok {
		c = concept(len(v.concepts))
		v.concepts[name] = c
	}
	return c
}

func (v *vocabulary) readGrammar() {
	for _, rec := range mustRecords("grammar", 6) {
		v.grammar = append(v.grammar, phrase{
			option: option{table: plan.Table(rec[0]), field: plan.Field(rec[1]), strength: mustInt(rec[2])},
			needs:  v.mustSet(rec[3]),
			may:    v.mustSet(rec[4]),
		})
	}
	for _, rec := range mustRecords("exact", 5) {
		o := option{table: plan.Table(rec[0]), field: plan.Field(rec[1]), strength: mustInt(rec[2])}
		for _, w := range splitWords(rec[4]) {
			v.exact[squash(w)] = append(v.exact[squash(w)], o)
		}
	}
}

func mustInt(s string) int {
	n := 0
	if _, err := fmt.Sscanf(s, "%d", &n); err != nil {
		panic(fmt.Errorf("%q is not a number: %w", s, err))
	}
	return n
}

func (v *vocabulary) mustSet(s string) conceptSet {
	var set conceptSet
	for _, name := range strings.Fields(s) {
		c, ok := v.concepts[name]
		if !ok {
			panic(fmt.Errorf("words/grammar.csv: no words are known for %q", name))
		}
		set = set.with(c)
	}
	return set
}

func (v *vocabulary) readTables() {
	for _, rec := range mustRecords("weights", 4) {
		t := plan.Table(rec[0])
		if v.weights[t] == nil {
			v.weights[t] = map[plan.Field]float64{}
		}
		v.weights[t][plan.Field(rec[1])] = float64(mustInt(rec[2]))
	}
	for _, rec := range mustRecords("required", 4) {
		v.required[plan.Table(rec[0])] = requirement{needs: fieldsOf(rec[1]), any: fieldsOf(rec[2])}
	}
}

func fieldsOf(s string) []plan.Field {
	var all []plan.Field
	for _, f := range strings.Fields(s) {
		all = append(all, plan.Field(f))
	}
	return all
}

// meaning looks a text up in a list: as it stands, then folded, then without
// the number or sign before it ("2 - In progress").
func meaning(list map[string]string, text string) (string, bool) {
	text = strings.TrimSpace(text)
	if m, ok := list[strings.ToLower(text)]; ok {
		return m, true
	}
	folded := fold(text)
	if m, ok := list[folded]; ok {
		return m, true
	}
	rest := strings.TrimLeft(folded, "0123456789% ")
	if rest == folded || rest == "" {
		return "", false
	}
	m, ok := list[rest]
	return m, ok
}
