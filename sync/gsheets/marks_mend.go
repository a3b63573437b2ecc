package gsheets

import (
	"context"
	"encoding/json"
	"fmt"
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
	// equal ones are left in the sheet.
	before, equal int
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

// equalRules reports whether rules are equal in all that was read.
func equalRules(a, b *sheets.ConditionalFormatRule) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
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
	b := w.backend
	b.mu.Lock()
	b.memory.owed = append(b.memory.owed, lost...)
	b.mu.Unlock()
	if err := w.repay(ctx); err != nil {
		return "", err
	}
	if w.mended++; w.mended > mostMends {
		return "", w.changed()
	}
	return w.again(ctx)
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
	rules := map[int64][]*sheets.ConditionalFormatRule{}
	there := map[int64]bool{}
	for _, sheet := range s.Sheets {
		rules[sheet.Properties.SheetId], there[sheet.Properties.SheetId] = slices.Clone(sheet.ConditionalFormats), true
	}
	var requests []*sheets.Request
	for _, o := range owed {
		if !there[o.sheet] || o.isBack(rules[o.sheet]) {
			continue
		}
		index := indexBehind(rules[o.sheet], o.before)
		rules[o.sheet] = slices.Insert(rules[o.sheet], index, o.rule)
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
