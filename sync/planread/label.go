package planread

import (
	"strings"
	"unicode"

	"steerco/rules/plan"
)

// concept is an idea that a part of a header's label stands for: "start",
// "planned", "date". The zero concept is noise: a part that says nothing.
type concept uint8

const noise concept = 0

// conceptSet is a set of concepts.
type conceptSet [2]uint64

func (s conceptSet) with(c concept) conceptSet {
	if c != noise {
		s[c/64] |= 1 << (c % 64)
	}
	return s
}

func (s conceptSet) union(t conceptSet) conceptSet { return conceptSet{s[0] | t[0], s[1] | t[1]} }

func (s conceptSet) both(t conceptSet) conceptSet { return conceptSet{s[0] & t[0], s[1] & t[1]} }

func (s conceptSet) within(t conceptSet) bool { return s[0]&^t[0] == 0 && s[1]&^t[1] == 0 }

func (s conceptSet) isEmpty() bool { return s == conceptSet{} }

// option is a field that a label may stand for, with how sure that is: 9 is
// plain, 1 is a last resort.
type option struct {
	table    plan.Table
	field    plan.Field
	strength int
	// partial means that the label has words which nothing explains.
	partial bool
}

// phrase says that a label with the concepts of needs, and perhaps some of
// may, stands for a field.
type phrase struct {
	option
	needs, may conceptSet
}

// label is a header's text, understood.
type label struct {
	// sets are the readings of the text; each is a set of concepts.
	sets []conceptSet
	// hint is what the text in brackets adds: "(planned)", "(days)".
	hint conceptSet
	// unknown counts the words that nothing explains.
	unknown  int
	squashed string
	unit     plan.Unit
	hasUnit  bool
}

// unitConcepts are the concepts of units in brackets: "(days)".
var unitConcepts = map[plan.Unit]string{
	plan.Minutes: "minutes", plan.Hours: "hours", plan.Days: "days", plan.Weeks: "weeks", plan.Months: "months", plan.ElapsedDays: "days",
}

const (
	longestLabel    = 70
	mostUnknown     = 2
	mostReadings    = 24
	partialStrength = 3
	// A label with unknown words must have plain ones for its field beside
	// them: "CRM start date", but not "CRM date" nor "customer name".
	leastPartial     = 7
	leastPartialName = 8
)

// label understands the text of a header cell.
func (v *vocabulary) label(text string) label {
	main, bracketed := splitBrackets(oneLine(text))
	if isTick(main) {
		main = tickLabel
	}
	if runes(main) > longestLabel || isPlaceholderText(oneLine(text)) {
		return label{}
	}
	l := v.read(main)
	l.squashed = squash(text)
	in := v.read(bracketed)
	if in.unknown == 0 && len(in.sets) > 0 {
		l.hint = in.sets[0]
	}
	if squash(main) == "" {
		l.sets, l.unknown = in.sets, in.unknown
	}
	l.unit, l.hasUnit = v.unitIn(bracketed)
	if l.hasUnit {
		l.hint = conceptSet{}.with(v.concepts[unitConcepts[l.unit]])
	}
	if !l.hasUnit {
		l.unit, l.hasUnit = v.unitIn(main)
	}
	return l
}

// tickLabel is what a header means that shows a tick.
const tickLabel = "done"

// isTick reports whether a text is a tick or a box for one.
func isTick(text string) bool {
	return text != "" && strings.Trim(text, "✓✔✅☑☐☒🗸\ufe0f ") == ""
}

// splitBrackets parts what stands in brackets from the rest.
func splitBrackets(s string) (main, bracketed string) {
	var out, in strings.Builder
	depth := 0
	for _, r := range s {
		switch r {
		case '(', '[', '（', '［', '【', '<':
			depth++
			in.WriteByte(' ')
			continue
		case ')', ']', '）', '］', '】', '>':
			depth = max(0, depth-1)
			continue
		}
		if depth > 0 {
			in.WriteRune(r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String(), in.String()
}

// concept2 reads the words of a text.
func (v *vocabulary) read(text string) label {
	l := label{sets: []conceptSet{{}}}
	tokens := labelTokens(text)
	if len(tokens) == 0 {
		return label{}
	}
	for i := 0; i < len(tokens); {
		n, concepts := v.phraseAt(tokens[i:])
		if n == 0 {
			concepts = v.compound(tokens[i])
			n = 1
		}
		i += n
		if concepts == nil {
			l.unknown++
			continue
		}
		l.add(concepts)
	}
	return l
}

// longEnough is how long a word is whose number behind it only counts columns:
// "Assigned0", but not "W12".
const longEnough = 4

// labelTokens parts a label into folded words without numbers.
func labelTokens(text string) []string {
	var tokens []string
	for _, t := range strings.Fields(fold(splitHumps(text))) {
		bare := strings.TrimRightFunc(t, unicode.IsDigit)
		switch {
		case strings.TrimLeftFunc(bare, unicode.IsDigit) == "":
		case runes(bare) >= longEnough:
			tokens = append(tokens, bare)
		default:
			tokens = append(tokens, t)
		}
	}
	return tokens
}

const longestPhrase = 4

// phraseAt finds the longest run of tokens that is known as one part.
func (v *vocabulary) phraseAt(tokens []string) (n int, concepts [][]concept) {
	for n := min(longestPhrase, len(tokens)); n > 0; n-- {
		if c, ok := v.parts[strings.Join(tokens[:n], " ")]; ok {
			return n, [][]concept{c}
		}
		if n > 1 {
			continue
		}
		if c, ok := v.parts[strings.TrimSuffix(tokens[0], "s")]; ok && len(tokens[0]) > 4 {
			return 1, [][]concept{c}
		}
		if c := v.misspelt(tokens[0]); c != nil {
			return 1, [][]concept{c}
		}
	}
	return 0, nil
}

// compound parts a word that is written together, as in German and Japanese,
// into known parts: the fewest. It is nil where some of it is not known.
func (v *vocabulary) compound(token string) [][]concept {
	rs := []rune(token)
	if len(rs) > 40 {
		return nil
	}
	best := make([][][]concept, len(rs)+1)
	best[0] = [][]concept{}
	for i := range rs {
		if best[i] == nil {
			continue
		}
		for j := i + 1; j <= len(rs) && j-i <= v.longest; j++ {
			c, ok := v.parts[string(rs[i:j])]
			if !ok || j-i < 3 && !isWide(rs[i]) && !isJoint(rs[i:j]) {
				continue
			}
			if best[j] == nil || len(best[i])+1 < len(best[j]) {
				best[j] = append(append([][]concept{}, best[i]...), c)
			}
		}
	}
	return best[len(rs)]
}

// isJoint reports whether a short part may stand within a compound: "no" in
// "no.", "id" in 作業id, "%" in "%done".
func isJoint(part []rune) bool {
	switch string(part) {
	case "id", "no", "nr", "%", "#":
		return true
	}
	return false
}

// misspelt finds the one part from which a word differs by a single slip:
// "strat", "assgined". Short words are never guessed.
func (v *vocabulary) misspelt(token string) []concept {
	if len(token) < 5 || isWide([]rune(token)[0]) {
		return nil
	}
	for i := range len(token) {
		if i+1 < len(token) {
			swapped := []byte(token)
			swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			if c, ok := v.parts[string(swapped)]; ok && len(swapped) >= 5 {
				return c
			}
		}
	}
	return v.missingLetter(token)
}

// missingLetter finds the part that is the token with one letter more.
func (v *vocabulary) missingLetter(token string) []concept {
	if len(token) < 6 {
		return nil
	}
	return v.shortened[token]
}

// add multiplies the readings by those of further parts.
func (l *label) add(parts [][]concept) {
	for _, alternatives := range parts {
		var next []conceptSet
		for _, s := range l.sets {
			for _, c := range alternatives {
				if t := s.with(c); len(next) < mostReadings {
					next = append(next, t)
				}
			}
		}
		l.sets = next
	}
}

// unitIn finds a unit of time among the words of a label.
func (v *vocabulary) unitIn(text string) (plan.Unit, bool) {
	for _, t := range strings.Fields(fold(text)) {
		if name, ok := v.units[t]; ok && len(t) > 1 {
			return unitNames[name], true
		}
	}
	return 0, false
}

// options returns the fields that a label may stand for, of all tables. The
// group is what stands over it in a header of several rows.
func (v *vocabulary) options(l label, group conceptSet) []option {
	found := append([]option{}, v.exact[l.squashed]...)
	if l.unknown > mostUnknown {
		return found
	}
	best := map[[2]string]int{}
	for _, set := range l.sets {
		if full := set.union(group); !set.isEmpty() {
			v.match(full, l.hint, best)
		}
	}
	for key, strength := range best {
		o := option{table: plan.Table(key[0]), field: plan.Field(key[1]), strength: strength}
		if l.unknown > 0 {
			if strength < leastPartial || o.field == plan.Name && strength < leastPartialName {
				continue
			}
			o.strength, o.partial = partialStrength, true
		}
		found = append(found, o)
	}
	return found
}

// match notes the best strength of each field that a set stands for, with the
// hint where that says more.
func (v *vocabulary) match(set, hint conceptSet, best map[[2]string]int) {
	hinted := false
	if !hint.isEmpty() {
		hinted = v.matchSet(set.union(hint), best)
	}
	if !hinted {
		v.matchSet(set, best)
	}
}

func (v *vocabulary) matchSet(set conceptSet, best map[[2]string]int) bool {
	any := false
	for i := range v.grammar {
		p := &v.grammar[i]
		if !p.needs.within(set) || !set.within(p.needs.union(p.may)) {
			continue
		}
		any = true
		key := [2]string{string(p.table), string(p.field)}
		best[key] = max(best[key], p.strength)
	}
	return any
}
