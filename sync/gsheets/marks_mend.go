package gsheets

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// Rules have no ids: they are deleted by their index. Where somebody has moved
// one in the blink between the last reading and the batch, a batch may delete a
// rule of the team's. The reply tells, and the rule is put back.

// lostRule is a rule of the team's that was deleted by mistake.
type lostRule struct {
	sheet int64
	rule  *sheets.ConditionalFormatRule
	// before is how many of the team's rules stood before it, equal how many
	// equal ones are left in the sheet. stood is where it stood among those that
	// were read, if that is known.
	before, equal, stood int
}

// lost returns the rules of the team's that the batch has deleted, by its
// replies and what stands there now.
func (b *batch) lost(replies []*sheets.Response, after *sheets.Spreadsheet) []lostRule {
	var all []lostRule
	for _, s := range after.Sheets {
		id := s.Properties.SheetId
		var deleted []addedRule
		isLost := false
		for _, d := range b.deleted {
			if r := repliedRule(replies, d); d.sheet == id && r != nil {
				deleted = append(deleted, addedRule{id, d.index, r})
				isLost = isLost || !isOwnRule(r)
			}
		}
		if isLost {
			all = append(all, lostAmong(b.asBefore(s, deleted))...)
		}
	}
	return all
}

// repliedRule returns the rule that a request has deleted, or nil.
func repliedRule(replies []*sheets.Response, d deletedRule) *sheets.ConditionalFormatRule {
	if d.request >= len(replies) || replies[d.request] == nil || replies[d.request].DeleteConditionalFormatRule == nil {
		return nil
	}
	return replies[d.request].DeleteConditionalFormatRule.Rule
}

// ruleBefore is a rule as it stood before a batch.
type ruleBefore struct {
	addedRule
	deleted bool
}

// asBefore returns the rules of a sheet as they stood before the batch, by
// taking back what it did.
func (b *batch) asBefore(s *sheets.Sheet, deleted []addedRule) []ruleBefore {
	var all []ruleBefore
	for _, r := range s.ConditionalFormats {
		all = append(all, ruleBefore{addedRule: addedRule{sheet: s.Properties.SheetId, rule: r}})
	}
	for _, a := range slices.Backward(b.added) {
		if a.sheet == s.Properties.SheetId && a.index < len(all) {
			all = slices.Delete(all, a.index, a.index+1)
		}
	}
	for _, d := range slices.Backward(deleted) {
		all = slices.Insert(all, min(d.index, len(all)), ruleBefore{d, true})
	}
	return all
}

// lostAmong returns the rules of the team's among those that were deleted.
func lostAmong(all []ruleBefore) []lostRule {
	var lost []lostRule
	before := 0
	for _, r := range all {
		if isOwnRule(r.rule) {
			continue
		}
		if r.deleted {
			lost = append(lost, lostRule{sheet: r.sheet, rule: r.rule, before: before})
		}
		before++
	}
	for i := range lost {
		for _, r := range all {
			if !r.deleted && equalRules(r.rule, lost[i].rule) {
				lost[i].equal++
			}
		}
	}
	return lost
}

// lost returns the rules of the team's that the batch in doubt has deleted, by
// what stands now: where one of steerco's still stands that should have gone,
// one of the team's went in its place. What somebody added right before the
// batch was never read, and can't be told.
func (d *doubt) lost(now *sheets.Spreadsheet) []lostRule {
	deleted := map[int64][]*sheets.ConditionalFormatRule{}
	for _, r := range d.deleted {
		deleted[r.sheet] = append(deleted[r.sheet], r.rule)
	}
	var all []lostRule
	for _, s := range now.Sheets {
		id := s.Properties.SheetId
		missing := missingRules(id, d.rules[id], s.ConditionalFormats)
		all = append(all, missing[:min(len(missing), surviving(deleted[id], d.rules[id], s.ConditionalFormats))]...)
	}
	return all
}

// missingRules returns the rules of the team's that stood before, and of which
// fewer stand now, wherever rows and columns have moved to.
func missingRules(sheet int64, before, now []*sheets.ConditionalFormatRule) []lostRule {
	before, now = teamRules(before), teamRules(now)
	stand, stood := countRules(now), countRules(before)
	shapes := map[string]int{}
	for _, r := range now {
		text := ruleText(r)
		if stood[text]--; stood[text] < 0 {
			shapes[shapeOf(r)]++
		}
	}
	left := maps.Clone(stand)
	var all []lostRule
	for i, r := range before {
		text := ruleText(r)
		if left[text]--; left[text] >= 0 {
			continue
		}
		shape := shapeOf(r)
		if shapes[shape]--; shapes[shape] < 0 {
			all = append(all, lostRule{sheet: sheet, rule: r, before: placeOf(i, before, now) + len(all), equal: stand[text], stood: i})
		}
	}
	return all
}

// placeOf returns behind how many rules one belongs that stood at an index
// before: behind the nearest one before it that still stands, else before the
// nearest one behind it.
func placeOf(index int, before, now []*sheets.ConditionalFormatRule) int {
	find := func(r *sheets.ConditionalFormatRule) int {
		return slices.IndexFunc(now, func(n *sheets.ConditionalFormatRule) bool { return shapeOf(n) == shapeOf(r) })
	}
	for _, r := range slices.Backward(before[:index]) {
		if at := find(r); at >= 0 {
			return at + 1
		}
	}
	for _, r := range before[index+1:] {
		if at := find(r); at >= 0 {
			return at
		}
	}
	return 0
}

// teamRules returns the rules that aren't steerco's.
func teamRules(all []*sheets.ConditionalFormatRule) []*sheets.ConditionalFormatRule {
	return slices.DeleteFunc(slices.Clone(all), isOwnRule)
}

// surviving counts the rules that were to be deleted and still stand.
func surviving(deleted, before, now []*sheets.ConditionalFormatRule) int {
	stood, stand, n := countRules(before), countRules(now), 0
	for text, count := range countRules(deleted) {
		n += max(0, min(count, stand[text]-(stood[text]-count)))
	}
	return n
}

// countRules counts equal rules.
func countRules(all []*sheets.ConditionalFormatRule) map[string]int {
	counts := map[string]int{}
	for _, r := range all {
		counts[ruleText(r)]++
	}
	return counts
}

// rulesOf returns the rules of a spreadsheet by their sheets.
func rulesOf(s *sheets.Spreadsheet) map[int64][]*sheets.ConditionalFormatRule {
	rules := make(map[int64][]*sheets.ConditionalFormatRule, len(s.Sheets))
	for _, sheet := range s.Sheets {
		rules[sheet.Properties.SheetId] = sheet.ConditionalFormats
	}
	return rules
}

// equalRules reports whether rules are equal in all that was read.
func equalRules(a, b *sheets.ConditionalFormatRule) bool { return ruleText(a) == ruleText(b) }

// ruleText returns all that was read of a rule.
func ruleText(r *sheets.ConditionalFormatRule) string {
	text, err := json.Marshal(r)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// isBack reports whether the rule stands among rules again: a write of which it
// wasn't known has taken effect.
func (l lostRule) isBack(rules []*sheets.ConditionalFormatRule) bool {
	n := 0
	for _, r := range rules {
		if equalRules(r, l.rule) {
			n++
		}
	}
	return n > l.equal
}

// putBack puts rules of the team's back. The highlights that should have gone in
// their place still stand: it writes once more without them.
func (w *writer) putBack(ctx context.Context, lost []lostRule) (workbook.Version, error) {
	if err := w.giveBack(ctx, lost); err != nil {
		return "", err
	}
	if w.mended++; w.mended > mostMends {
		return "", w.changed()
	}
	return w.again(ctx)
}

// giveBack puts rules of the team's back, or keeps them for the next Apply.
func (w *writer) giveBack(ctx context.Context, lost []lostRule) error {
	b := w.backend
	b.mu.Lock()
	b.memory.owed = append(b.memory.owed, lost...)
	b.mu.Unlock()
	return w.repay(ctx)
}

// mostMends is how often a write begins anew because people go on moving rules
// under it.
const mostMends = 3

// repay puts back the rules of the team's that are owed. It tries a few times,
// as people may go on moving rules.
func (w *writer) repay(ctx context.Context) error {
	b := w.backend
	b.mu.Lock()
	owed := b.memory.owed
	b.mu.Unlock()
	if len(owed) == 0 {
		return nil
	}
	var err error
	for range mostMends {
		if err = w.insert(ctx, owed); err == nil {
			b.mu.Lock()
			b.memory.owed = nil
			b.mu.Unlock()
			return nil
		}
		if !isBadRequest(err) {
			break
		}
	}
	return &workbook.Error{
		Workbook: b.id, Err: fmt.Errorf("a conditional format of the team's was moved while steerco wrote, and isn't back yet: %w", err),
		Fix: "run it again, or take it from the version history",
	}
}

// insert puts rules back behind as many of the team's as stood before them.
func (w *writer) insert(ctx context.Context, owed []lostRule) error {
	s, _, err := w.backend.fetch(ctx, versionMask)
	if err != nil {
		return err
	}
	rules := rulesOf(s)
	var requests []*sheets.Request
	for _, o := range owed {
		if _, there := rules[o.sheet]; !there || o.isBack(rules[o.sheet]) {
			continue
		}
		index := indexBehind(rules[o.sheet], o.before)
		rules[o.sheet] = slices.Insert(slices.Clone(rules[o.sheet]), index, o.rule)
		requests = append(requests, insertRule(addedRule{o.sheet, index, o.rule}))
	}
	if len(requests) == 0 {
		return nil
	}
	_, err = w.backend.api.write(ctx, requests, "spreadsheetId")
	return err
}

// indexBehind returns the index behind as many rules of the team's.
func indexBehind(rules []*sheets.ConditionalFormatRule, before int) int {
	for i, r := range rules {
		if before == 0 {
			return i
		}
		if !isOwnRule(r) {
			before--
		}
	}
	return len(rules)
}
