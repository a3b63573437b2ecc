package gsheets

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"google.golang.org/api/googleapi"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// memory is what a Backend keeps from one Apply to the next.
type memory struct {
	// doubt is a batch of which it isn't known whether it took effect; nil:
	// none.
	doubt *doubt
	// owed are rules of the team's that a batch took out by mistake and that
	// couldn't be put back yet.
	owed []lostRule
	// separator stands between the arguments of formulas; empty: as the locale
	// lets expect.
	separator string
	// tabs are the ids of the sheets of the tabs last written, by key.
	tabs map[string]int64
}

// doubt is a batch of which it isn't known whether it took effect.
type doubt struct {
	base workbook.Version
	// fence is the one that stands if it did; empty: none, as all of steerco's
	// is gone.
	fence string
	// before is the state right before it.
	before state
	// rules are the conditional formats that stood then, by sheet, and deleted
	// those that it deletes.
	rules   map[int64][]*sheets.ConditionalFormatRule
	deleted []deletedRule
	// part means that another batch was to follow.
	part bool
}

// writer is one call of Apply.
type writer struct {
	backend *Backend
	changes workbook.Changes
	// now is the spreadsheet as it was read.
	now *snapshot
	// before is its state right before the write, rules are the conditional
	// formats that stand then, by sheet, and ranges those by which the answer to
	// the write is limited.
	before state
	rules  map[int64][]*sheets.ConditionalFormatRule
	ranges []string
	// mended counts how often rules of the team's had to be put back.
	mended int
	// formulas means that there are formulas in the batch.
	formulas bool
	// nameTaken means that the usual name of the keys is taken although nobody
	// lists it.
	nameTaken bool
	// misread means that formulas were written with the other separator.
	misread bool
	// ruled means that a batch for the rules alone was made.
	ruled bool
}

// Apply writes with one batch, right after a narrow reading by which it sees
// that nobody has changed anything since c.Base. It asks nobody when c.Base is
// what was read last and there is nothing to change. Calls wait for each other.
func (b *Backend) Apply(ctx context.Context, c workbook.Changes) (workbook.Version, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	select {
	case b.api.turn <- struct{}{}:
		defer func() { <-b.api.turn }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	w := &writer{backend: b, changes: c}
	if err := w.repay(ctx); err != nil {
		return "", err
	}
	fresh, err := w.look(ctx)
	if err != nil {
		return "", err
	}
	if version, ok, err := w.tookEffect(ctx); ok {
		return version, err
	}
	if err := w.check(); err != nil {
		return "", err
	}
	if len(workbook.Compare(w.now.book.Own, c.Output)) == 0 {
		return c.Base, nil
	}
	if !fresh {
		if err := w.fingerprint(ctx); err != nil {
			return "", err
		}
	}
	return w.write(ctx)
}

// look makes now the spreadsheet at the base version. It is read anew where
// this Backend has seen another one last, and after a batch in doubt: fresh
// tells.
func (w *writer) look(ctx context.Context) (fresh bool, err error) {
	b := w.backend
	b.mu.Lock()
	w.now = b.seen
	doubtful := b.memory.doubt != nil
	b.mu.Unlock()
	if !doubtful && w.now != nil && w.now.state.version() == w.changes.Base {
		return false, nil
	}
	return true, w.read(ctx)
}

// read makes now the spreadsheet as it is.
func (w *writer) read(ctx context.Context) error {
	s, ranges, err := w.backend.fetch(ctx, readMask)
	if err != nil {
		return err
	}
	w.now, _ = w.backend.take(s)
	w.before, w.rules, w.ranges = w.now.state, rulesOf(s), ranges
	return nil
}

// check reports why the output can't be written whatever stands there.
func (w *writer) check() error {
	if !w.now.state.standsAt(w.changes.Base) {
		return w.changed()
	}
	return workbook.Check(w.now.book, w.changes.Output)
}

// fingerprint fails where the spreadsheet isn't at the base version any more.
func (w *writer) fingerprint(ctx context.Context) error {
	s, ranges, err := w.backend.fetch(ctx, versionMask)
	if err != nil {
		return err
	}
	w.before, w.rules, w.ranges = stateOf(s), rulesOf(s), ranges
	if !w.before.standsAt(w.changes.Base) {
		return w.changed()
	}
	return nil
}

func (w *writer) changed() error {
	return &workbook.Error{Workbook: w.now.book.Name, Err: workbook.ErrChanged, Fix: "run it again"}
}

// write sends the batch. Where the program doesn't take the formulas it is sent
// once more with the other separator.
func (w *writer) write(ctx context.Context) (workbook.Version, error) {
	version, err := w.send(ctx)
	if !isBadRequest(err) {
		return version, err
	}
	if version, told, why := w.explain(ctx); told {
		return version, why
	}
	return w.sendOtherwise(ctx, err)
}

// explain tells why a batch was refused by what stands there now, as texts of
// errors are localised, and a batch fails as a whole. It isn't told where
// nothing has changed that could be why.
func (w *writer) explain(ctx context.Context) (version workbook.Version, told bool, err error) {
	if err := w.read(ctx); err != nil {
		return "", true, err
	}
	if version, ok, err := w.tookEffect(ctx); ok {
		return version, true, err
	}
	err = w.check()
	return "", err != nil, err
}

// sendOtherwise sends a batch that was refused with another name for the keys
// or with the other separator, as long as that may help.
func (w *writer) sendOtherwise(ctx context.Context, refused error) (workbook.Version, error) {
	separated := false
	for err := refused; ; {
		switch {
		case !w.nameTaken && isAboutName(err):
			w.nameTaken = true
		case w.formulas && !separated:
			separated = true
			w.backend.otherSeparator(w.separator())
		case separated:
			w.backend.otherSeparator(w.separator())
			return "", refused
		default:
			return "", refused
		}
		version, again := w.send(ctx)
		if !isBadRequest(again) {
			return version, again
		}
		// Somebody may have come first this time.
		if version, told, why := w.explain(ctx); told {
			return version, why
		}
		err = again
	}
}

// isAboutName reports whether the service refused the named range over the
// keys. What comes before the colon is the same in all languages.
func isAboutName(err error) bool {
	var e *googleapi.Error
	if !errors.As(err, &e) {
		return false
	}
	request, _, _ := strings.Cut(e.Message, ":")
	return strings.HasSuffix(request, ".addNamedRange")
}

// send sends the batch once.
func (w *writer) send(ctx context.Context) (workbook.Version, error) {
	rulesOnly := !w.ruled && w.changes.Output.IsEmpty() && w.now.mayLoseRules()
	w.ruled = w.ruled || rulesOnly
	batch, err := newBatch(w.now, w.changes.Output, batchOptions{separator: w.separator(), nameTaken: w.nameTaken, rulesOnly: rulesOnly})
	if err != nil {
		return "", err
	}
	w.formulas = batch.hasFormulas()
	w.remember(&doubt{base: w.changes.Base, fence: batch.fence, before: w.before, rules: w.rules, deleted: batch.deleted, part: rulesOnly})
	answer, err := w.backend.api.write(ctx, batch.requests, versionMask, w.answerRanges(batch)...)
	if err != nil {
		if !errors.Is(err, errInDoubt) && !isBadRequest(err) {
			w.remember(nil)
		}
		return "", err
	}
	w.remember(nil)
	w.backend.keepTabs(batch.records)
	return w.settle(ctx, batch, answer)
}

// settle looks at the answer to a batch that took effect, and writes once more
// where it did what it shouldn't.
func (w *writer) settle(ctx context.Context, batch *batch, answer *sheets.BatchUpdateSpreadsheetResponse) (workbook.Version, error) {
	after := answer.UpdatedSpreadsheet
	if after == nil {
		after = &sheets.Spreadsheet{}
	}
	if after.Properties == nil {
		after.Properties = &sheets.SpreadsheetProperties{}
	}
	if lost := batch.lost(answer.Replies, after); len(lost) > 0 {
		return w.putBack(ctx, lost)
	}
	if !w.misread && isMisread(after, batch.records) {
		w.misread = true
		w.backend.otherSeparator(batch.separator)
		return w.again(ctx)
	}
	if len(batch.restored) > 0 {
		// What is the team's has changed by the batch itself.
		w.before = stateOf(after)
	}
	if batch.options.rulesOnly {
		return w.again(ctx)
	}
	if batch.shows {
		return versionOf(after), nil
	}
	return w.before.then(stateOf(after)), nil
}

// again writes once more on top of what was just written.
func (w *writer) again(ctx context.Context) (workbook.Version, error) {
	before := w.before
	if err := w.read(ctx); err != nil {
		return "", err
	}
	w.before = before
	if len(workbook.Compare(w.now.book.Own, w.changes.Output)) == 0 {
		return before.then(w.now.state), nil
	}
	return w.send(ctx)
}

// isMisread reports whether the program doesn't understand the formulas in one
// of the tabs that were written. In a condition it refuses such a formula, in a
// cell it takes it and shows an error.
func isMisread(after *sheets.Spreadsheet, records []tabRecord) bool {
	misread := false
	for _, s := range after.Sheets {
		if !slices.ContainsFunc(records, func(r tabRecord) bool { return r.Sheet == s.Properties.SheetId }) {
			continue
		}
		eachCell(s, func(_, _ int, c *sheets.CellData) {
			v := c.EffectiveValue
			misread = misread || formulaOf(c) != "" && v != nil && v.ErrorValue != nil && v.ErrorValue.Type == "ERROR"
		})
	}
	return misread
}

// keepTabs keeps where the tabs stand.
func (b *Backend) keepTabs(records []tabRecord) {
	tabs := map[string]int64{}
	for _, r := range records {
		tabs[r.Key] = r.Sheet
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.memory.tabs = tabs
}

// Tab returns the id of the sheet that is a tab, by tab.Tab.Key, as known since
// the last Read or Apply: what "#gid=" leads to.
func (b *Backend) Tab(key string) (gid int64, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if gid, ok = b.memory.tabs[key]; ok || b.seen == nil {
		return gid, ok
	}
	own, ok := b.seen.own.tab(key)
	if !ok {
		return 0, false
	}
	return own.sheet.Properties.SheetId, true
}

// answerRanges limits the answer to a batch as the reading before was limited:
// without the sheets that the batch deletes, and with those that it makes.
func (w *writer) answerRanges(b *batch) []string {
	if w.ranges == nil {
		return nil
	}
	ranges := slices.DeleteFunc(slices.Clone(w.ranges), func(r string) bool {
		return slices.ContainsFunc(b.gone, func(title string) bool { return r == rangeOfAll(title) || r == rangeOfFirst(title) })
	})
	for _, title := range b.made {
		ranges = append(ranges, rangeOfAll(title))
	}
	return ranges
}

// remember keeps a batch in doubt, or that there is none.
func (w *writer) remember(d *doubt) {
	w.backend.mu.Lock()
	defer w.backend.mu.Unlock()
	w.backend.memory.doubt = d
}

// tookEffect reports whether the batch in doubt is what stands there now, and
// the version as of then. It puts back what the batch took by mistake.
func (w *writer) tookEffect(ctx context.Context) (workbook.Version, bool, error) {
	b := w.backend
	b.mu.Lock()
	d := b.memory.doubt
	b.memory.doubt = nil
	b.mu.Unlock()
	if d == nil || !d.tookEffect(w.now) {
		return "", false, nil
	}
	if lost := d.lost(w.now.sheet); len(lost) > 0 {
		err := w.giveBack(ctx, lost)
		return "", true, cmp.Or(err, w.changed())
	}
	if d.base != w.changes.Base {
		return "", false, nil
	}
	if d.part {
		return "", true, w.changed()
	}
	after := w.now.state
	if len(workbook.Compare(w.now.book.Own, w.changes.Output)) > 0 {
		// Somebody has touched it since: a version that nobody reads.
		after.own = "?"
	}
	return d.before.then(after), true, nil
}

// tookEffect reports whether what stands is the work of the batch: its fence,
// or nothing where it took all away.
func (d *doubt) tookEffect(now *snapshot) bool {
	if d.fence == "" {
		return now.own.fence == "" && now.own.data == nil && len(now.own.tabs) == 0 && now.state.own != d.before.own
	}
	return d.fence == now.own.fence
}

// isBadRequest reports whether the service found the batch wrong.
func isBadRequest(err error) bool {
	var e *googleapi.Error
	return errors.As(err, &e) && e.Code == http.StatusBadRequest
}

// separator returns what stands between the arguments of formulas.
func (w *writer) separator() string {
	b := w.backend
	b.mu.Lock()
	defer b.mu.Unlock()
	return cmp.Or(b.memory.separator, separatorOf(w.now.sheet.Properties.Locale))
}

// otherSeparator remembers that formulas aren't understood with this one.
func (b *Backend) otherSeparator(separator string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.memory.separator = ","
	if separator == "," {
		b.memory.separator = ";"
	}
}

// tab returns the tab of a key.
func (o *own) tab(key string) (ownTab, bool) {
	i := slices.IndexFunc(o.tabs, func(t ownTab) bool { return t.record.Key == key })
	if i < 0 {
		return ownTab{}, false
	}
	return o.tabs[i], true
}
