package gsheets

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// A process may be killed between a batch that took out a rule of the team's by
// mistake and the mend. So a batch that deletes rules beside those of the team's
// writes into the data tab, with the same effect or none, how the rules should
// stand after it. Whoever reads the spreadsheet next sees by that whether one of
// steerco's stands that should have gone: then one of the team's went in its
// place, and the next batch puts it back.
//
// What remains: a rule that somebody added in the blink between the last reading
// and the batch was never read; where it was hit, and the process that has the
// reply is killed before it has put it back, it is lost. So is a rule where the
// data tab is deleted, or the highlight that still stands, before the next run;
// and where clean finds no data tab any more.

// keptRules are the rules of a sheet as they should stand after a batch.
type keptRules struct {
	// Format is recordFormat.
	Format int   `json:"steerco"`
	Sheet  int64 `json:"sheet"`
	// Marks is how many highlights should stand.
	Marks int `json:"marks"`
	// Before is how many of the team's rules stood before the first that was to
	// be deleted. Rules are all of the team's, in their order.
	Before int                             `json:"before"`
	Rules  []*sheets.ConditionalFormatRule `json:"rules"`
}

// journal returns what is to be remembered of the rules on the sheets on which
// the batch deletes some, in pieces that cells can hold. It is nil where there
// are none of the team's among them.
func (b *batch) journal() ([]string, error) {
	var all []keptRules
	for _, s := range b.now.sheet.Sheets {
		if k := b.kept(s); len(k.Rules) > 0 {
			all = append(all, k)
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	text, err := json.Marshal(all)
	return pieces(string(text)), err
}

// kept returns how the rules of a sheet should stand after the batch; none of
// the team's where it deletes none.
func (b *batch) kept(s *sheets.Sheet) keptRules {
	id := s.Properties.SheetId
	k := keptRules{Format: recordFormat, Sheet: id}
	first := len(s.ConditionalFormats)
	for _, d := range b.deleted {
		if d.sheet == id {
			first, k.Marks = min(first, d.index), k.Marks-1
		}
	}
	if k.Marks == 0 {
		return k
	}
	k.Before = len(teamRules(s.ConditionalFormats[:first]))
	after := slices.Clone(s.ConditionalFormats)
	for _, a := range b.added {
		switch {
		case a.sheet != id:
		case isOwnRule(a.rule):
			k.Marks++
		default:
			after = slices.Insert(after, indexBehind(after, b.restored[a.rule]), a.rule)
		}
	}
	k.Rules = teamRules(after)
	k.Marks += len(s.ConditionalFormats) - len(teamRules(s.ConditionalFormats))
	return k
}

// mayLoseRules reports whether a batch that takes out all highlights may hit
// rules of the team's, and the data tab is there to remember them.
func (s *snapshot) mayLoseRules() bool {
	return s.own.data != nil && slices.ContainsFunc(s.own.rules, func(r ownRule) bool {
		return len(teamRules(rulesOf(s.sheet)[r.sheet])) > 0
	})
}

// standWithoutRules leaves all but the highlights as it is.
func (b *batch) standWithoutRules() error {
	b.out = workbook.Output{ID: cmp.Or(b.now.own.id, b.now.book.ID)}
	b.records = b.now.own.record.Tabs
	b.addRules()
	if err := b.dataTab(); err != nil {
		return err
	}
	return b.addFence()
}

// pieces cuts a text into pieces that a cell can hold.
func pieces(text string) []string {
	var all []string
	runes := []rune(text)
	for piece := range slices.Chunk(runes, mostText/2) {
		all = append(all, string(piece))
	}
	return all
}

// readJournal returns what is remembered of rules; nil where it can't be read.
func readJournal(text string) []keptRules {
	var all []keptRules
	if json.Unmarshal([]byte(text), &all) != nil {
		return nil
	}
	return slices.DeleteFunc(all, func(k keptRules) bool { return k.Format != recordFormat })
}

// lostSince returns the rules of the team's that the last batch took out by
// mistake, and that are still missing.
func lostSince(journal []keptRules, s *sheets.Spreadsheet) []lostRule {
	var all []lostRule
	rules := rulesOf(s)
	for _, k := range journal {
		now, there := rules[k.Sheet]
		if survivors := len(now) - len(teamRules(now)) - k.Marks; there && survivors > 0 {
			all = append(all, k.nearest(missingRules(k.Sheet, k.Rules, now), survivors)...)
		}
	}
	return all
}

// nearest returns as many of the missing rules, those first that were hit most
// likely: when rules before them go, it is the next ones behind the place, and
// else the next ones before it.
func (k keptRules) nearest(missing []lostRule, most int) []lostRule {
	if len(missing) <= most {
		return missing
	}
	distance := func(l lostRule) int {
		if l.stood >= k.Before {
			return l.stood - k.Before
		}
		return len(k.Rules) + k.Before - l.stood
	}
	likely := slices.SortedFunc(slices.Values(missing), func(a, b lostRule) int { return cmp.Compare(distance(a), distance(b)) })[:most]
	var all []lostRule
	for i, l := range missing {
		if slices.ContainsFunc(likely, func(o lostRule) bool { return o.stood == l.stood }) {
			l.before -= i - len(all)
			all = append(all, l)
		}
	}
	return all
}

// restore puts back what an earlier batch took out by mistake.
func (b *batch) restore() {
	rules := map[int64][]*sheets.ConditionalFormatRule{}
	for _, s := range b.now.sheet.Sheets {
		rules[s.Properties.SheetId] = slices.Clone(s.ConditionalFormats)
	}
	for _, d := range b.deleted {
		rules[d.sheet] = slices.Delete(rules[d.sheet], d.index, d.index+1)
	}
	for _, l := range b.now.own.lost {
		at := indexBehind(rules[l.sheet], l.before)
		rules[l.sheet] = slices.Insert(rules[l.sheet], at, l.rule)
		b.added = append(b.added, addedRule{l.sheet, at, l.rule})
		b.restored[l.rule] = l.before
	}
}

// shapeOf returns what stays of a rule when rows and columns are inserted and
// deleted around it.
func shapeOf(r *sheets.ConditionalFormatRule) string {
	c := *r
	c.Ranges = nil
	return regexp.MustCompile(`\$?[A-Z]{1,3}\$?[0-9]+`).ReplaceAllString(ruleText(&c), "#")
}
