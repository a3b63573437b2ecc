package gsheets

import (
	"encoding/json"
	"slices"
	"strings"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// findOwn tells what of a spreadsheet is steerco's. It was read with versionMask
// or readMask. Where somebody has copied a tab one of the two is steerco's; the
// other is the team's.
func findOwn(s *sheets.Spreadsheet) own {
	f := finder{sheets: s.Sheets, tabs: map[string][]ownTab{}}
	f.spreadsheetMetadata(s.DeveloperMetadata)
	for _, sheet := range s.Sheets {
		f.sheetMetadata(sheet)
	}
	keys := f.keysRange(s.NamedRanges)
	f.pickData(keys)
	f.pickTabs()
	f.recoverTabs()
	f.spareNamesOver(s.NamedRanges)
	f.own.lost = lostSince(f.own.journal, s)
	for _, sheet := range s.Sheets {
		f.spareProtections(sheet)
		for i, r := range sheet.ConditionalFormats {
			if isOwnRule(r) {
				f.own.rules = append(f.own.rules, ownRule{sheet.Properties.SheetId, i, r})
			}
		}
	}
	f.own.whole = f.own.isWhole(keys)
	return f.own
}

// isOwn reports whether a sheet is steerco's, the data tab included.
func (o *own) isOwn(s *sheets.Sheet) bool {
	return s == o.data || slices.ContainsFunc(o.tabs, func(t ownTab) bool { return t.sheet == s })
}

// finder collects what is steerco's.
type finder struct {
	sheets []*sheets.Sheet
	own    own
	// tabs are the sheets that carry the metadata of a tab, by its key.
	tabs map[string][]ownTab
	// data are the sheets that carry the metadata of the data tab.
	data []dataSheet
}

// dataSheet is a sheet that may be the data tab.
type dataSheet struct {
	sheet    *sheets.Sheet
	metadata int64
}

func isOwnMetadata(m *sheets.DeveloperMetadata) bool {
	return m.MetadataKey == metadataID || m.MetadataKey == metadataTab || m.MetadataKey == metadataData
}

// keysRange returns the named range over the keys, or nil. Where there are
// several it is the first one, and the others mean nothing.
func (f *finder) keysRange(all []*sheets.NamedRange) *sheets.NamedRange {
	var keys *sheets.NamedRange
	for _, n := range all {
		switch {
		case !isKeysName(n.Name):
		case keys == nil:
			keys, f.own.fence, f.own.keysName = n, n.NamedRangeId, strings.ToLower(n.Name)
		default:
			f.own.spareNames = append(f.own.spareNames, n.NamedRangeId)
		}
	}
	return keys
}

// spareNamesOver takes the named ranges over the data tab that aren't called as
// steerco does: somebody has renamed them.
func (f *finder) spareNamesOver(all []*sheets.NamedRange) {
	for _, n := range all {
		if f.own.isOverData(n) && !isKeysName(n.Name) {
			f.own.spareNames = append(f.own.spareNames, n.NamedRangeId)
		}
	}
}

// isOverData reports whether a named range is one of the data tab.
func (o *own) isOverData(n *sheets.NamedRange) bool {
	return o.data != nil && n.Range != nil && n.Range.SheetId == o.data.Properties.SheetId
}

// spareProtections takes what says on a sheet of the team's that it was
// steerco's.
func (f *finder) spareProtections(s *sheets.Sheet) {
	for _, p := range s.ProtectedRanges {
		if isOwnProtection(p) && !f.own.isOwn(s) {
			f.own.spareProtections = append(f.own.spareProtections, p.ProtectedRangeId)
		}
	}
}

// isOwnProtection reports whether a protected range says that the sheet is
// steerco's.
func isOwnProtection(p *sheets.ProtectedRange) bool {
	return p.WarningOnly && p.Description == protectionText
}

func (f *finder) spreadsheetMetadata(all []*sheets.DeveloperMetadata) {
	for _, m := range all {
		switch {
		case !isOwnMetadata(m):
		case m.MetadataKey == metadataID && f.own.idMetadata == 0:
			f.own.id, f.own.idMetadata = m.MetadataValue, m.MetadataId
		default:
			f.spare(m.MetadataId)
		}
	}
}

func (f *finder) spare(metadata int64) {
	if metadata != 0 {
		f.own.spare = append(f.own.spare, metadata)
	}
}

// sheetMetadata takes what a sheet is by its metadata; of two of a kind the
// first one.
func (f *finder) sheetMetadata(s *sheets.Sheet) {
	known := false
	for _, m := range s.DeveloperMetadata {
		if !isOwnMetadata(m) {
			continue
		}
		record, isTab := tabRecordOf(m)
		switch {
		case known || m.MetadataKey != metadataData && !isTab:
			f.spare(m.MetadataId)
			continue
		case isTab:
			f.tabs[record.Key] = append(f.tabs[record.Key], ownTab{sheet: s, metadata: m.MetadataId, record: record})
		default:
			f.data = append(f.data, dataSheet{s, m.MetadataId})
		}
		known = true
	}
}

func tabRecordOf(m *sheets.DeveloperMetadata) (tabRecord, bool) {
	var r tabRecord
	if m.MetadataKey != metadataTab || json.Unmarshal([]byte(m.MetadataValue), &r) != nil {
		return tabRecord{}, false
	}
	return r, r.Format == recordFormat && r.Key != ""
}

// pickData finds the data tab among those that carry its metadata: the one to
// which the name of the keys refers, else the one that is called so, else the
// first. Where none carries it any more, the one that holds a record is it.
func (f *finder) pickData(keys *sheets.NamedRange) {
	named := func(d dataSheet) bool {
		return keys != nil && keys.Range != nil && keys.Range.SheetId == d.sheet.Properties.SheetId
	}
	titled := func(d dataSheet) bool { return d.sheet.Properties.Title == dataTitle }
	if len(f.data) == 0 {
		for _, s := range f.sheets {
			d := dataSheet{sheet: s}
			r := readData(s).record
			if r.Format == recordFormat && (named(d) || titled(d) || r.Sheet == s.Properties.SheetId) {
				f.data = append(f.data, d)
			}
		}
	}
	if len(f.data) == 0 {
		return
	}
	picked := pick(f.data, named, titled)
	for i, d := range f.data {
		if i != picked {
			f.spare(d.metadata)
		}
	}
	f.own.data, f.own.dataMetadata = f.data[picked].sheet, f.data[picked].metadata
	f.own.dataContent = readData(f.own.data)
	if f.own.idMetadata == 0 {
		f.own.id = f.own.record.ID
	}
}

// pick returns the index of the first of all for which the first of the tests
// holds that holds for any, else 0.
func pick[T any](all []T, tests ...func(T) bool) int {
	for _, test := range tests {
		if i := slices.IndexFunc(all, test); i >= 0 {
			return i
		}
	}
	return 0
}

// pickTabs finds of each key the tab that is steerco's: the one with the sheet
// that the record names, else the one with its title, else the first. Copies
// carry the same record.
func (f *finder) pickTabs() {
	for _, list := range f.tabs {
		picked := pick(list,
			func(t ownTab) bool { return t.record.Sheet == t.sheet.Properties.SheetId },
			func(t ownTab) bool { return t.record.Title == t.sheet.Properties.Title })
		for i, t := range list {
			if i != picked {
				f.spare(t.metadata)
				continue
			}
			t.altered = contentOf(t.sheet) != t.record.Content
			f.own.tabs = append(f.own.tabs, t)
		}
	}
	slices.Sort(f.own.spare)
	f.sortTabs()
}

// sortTabs puts the tabs in the order of their sheets.
func (f *finder) sortTabs() {
	slices.SortFunc(f.own.tabs, func(a, b ownTab) int { return slices.Index(f.sheets, a.sheet) - slices.Index(f.sheets, b.sheet) })
}

// recoverTabs finds tabs that have lost their metadata by what the data tab
// remembers: their sheets' ids, which steerco has chosen. In a spreadsheet that
// was a file in between the ids are others: to be on the safe side the sheet of
// the title must hold what was written, to the letter, as one of the team's may
// have taken it.
func (f *finder) recoverTabs() {
	for _, r := range f.own.record.Tabs {
		if slices.ContainsFunc(f.own.tabs, func(t ownTab) bool { return t.record.Key == r.Key }) {
			continue
		}
		byID := func(s *sheets.Sheet) bool { return s.Properties.SheetId == r.Sheet }
		byContent := func(s *sheets.Sheet) bool { return s.Properties.Title == r.Title && contentOf(s) == r.Content }
		for _, is := range []func(*sheets.Sheet) bool{byID, byContent} {
			i := slices.IndexFunc(f.sheets, func(s *sheets.Sheet) bool { return !f.own.isOwn(s) && is(s) })
			if i >= 0 {
				s := f.sheets[i]
				f.own.tabs = append(f.own.tabs, ownTab{sheet: s, record: r, altered: contentOf(s) != r.Content})
				break
			}
		}
	}
	f.sortTabs()
}

// The columns of the data tab: the keys, one below the other, and the record in
// the first row.
const (
	columnKeys = iota
	columnRecord
	dataColumns
)

// readData reads the data tab. People can edit it: what can't be read is left
// empty.
func readData(s *sheets.Sheet) dataContent {
	var c dataContent
	var journal strings.Builder
	eachCell(s, func(_, column int, cell *sheets.CellData) {
		if cell.EffectiveValue == nil || cell.EffectiveValue.StringValue == nil {
			return
		}
		switch text := *cell.EffectiveValue.StringValue; {
		case column == columnKeys && text != "":
			c.keys = append(c.keys, text)
		case column == columnRecord && c.record.Format == 0 && strings.HasPrefix(text, `{"steerco"`):
			// People may have inserted rows.
			if json.Unmarshal([]byte(text), &c.record) != nil || c.record.Format != recordFormat {
				c.record = dataRecord{}
			}
		case column == columnRecord:
			journal.WriteString(text)
		}
	})
	c.journal = readJournal(journal.String())
	return c
}

// text returns the record as it stands in the data tab.
func (r dataRecord) text() (string, error) {
	text, err := json.Marshal(r)
	return string(text), err
}

// isWhole reports whether what is steerco's stands as steerco leaves it. The
// named range over the keys may be nil.
func (o *own) isWhole(keys *sheets.NamedRange) bool {
	return o.data != nil && o.dataMetadata != 0 && o.data.Properties.Hidden && len(o.data.ProtectedRanges) > 0 &&
		o.idMetadata != 0 && o.id == o.record.ID && o.hasNoSpares() && len(o.lost) == 0 && o.isNamed(keys) && o.areTabsWhole()
}

// hasNoSpares reports whether there is nothing that looks like steerco's and
// means nothing.
func (o *own) hasNoSpares() bool { return len(o.spare)+len(o.spareNames)+len(o.spareProtections) == 0 }

// isNamed reports whether the named range is over the keys.
func (o *own) isNamed(keys *sheets.NamedRange) bool {
	if keys == nil || keys.Range == nil {
		return false
	}
	at := rangeOf(keys.Range, gridSize(o.data.Properties))
	return keys.Range.SheetId == o.data.Properties.SheetId &&
		at == workbook.Range{LastRow: keyRows(o.keys) - 1, FirstColumn: columnKeys, LastColumn: columnKeys}
}

// keyRows is how many rows the name of the keys refers to: those of the keys,
// at least one.
func keyRows(keys []string) int { return max(1, len(keys)) }

// areTabsWhole reports whether all tabs that were written are there, with what
// is remembered of them.
func (o *own) areTabsWhole() bool {
	if len(o.tabs) != len(o.record.Tabs) {
		return false
	}
	for _, t := range o.tabs {
		if t.metadata == 0 || len(t.sheet.ProtectedRanges) == 0 || !slices.Contains(o.record.Tabs, t.record) {
			return false
		}
	}
	return true
}
