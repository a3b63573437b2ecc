package gsheets

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// batchOptions tell what a batch must know beyond what stands there.
type batchOptions struct {
	// separator stands between the arguments of formulas.
	separator string
	// nameTaken means that keysName is taken although nobody lists it.
	nameTaken bool
	// rulesOnly means that only the highlights are taken out, and the rest
	// afterwards: the data tab must stand as long as it may have to tell which
	// rules of the team's are to be put back.
	rulesOnly bool
}

// batch is what one write consists of.
type batch struct {
	now       *snapshot
	out       workbook.Output
	options   batchOptions
	separator string
	// keysName is what the named range over the keys is called.
	keysName string

	requests []*sheets.Request
	// fence is the id that the named range over the keys has afterwards; empty:
	// there is none.
	fence string
	// deleted are the rules that the batch deletes, added those that it adds,
	// in the order of their requests.
	deleted []deletedRule
	added   []addedRule
	// restored are those of the added ones that are the team's, and behind how
	// many of theirs they come.
	restored map[*sheets.ConditionalFormatRule]int
	// sheetIDs are those in use, by what was there and what the batch adds.
	sheetIDs map[int64]bool
	// protections are the ids of protected ranges in use.
	protections map[int64]bool
	// links counts the formulas in cells.
	links int
	// data is the id of the data tab's sheet.
	data int64
	// records are those of the tabs as they will stand.
	records []tabRecord
	// made and gone are the titles of the sheets that the batch adds and
	// deletes.
	made, gone []string
	// shows means that the batch shows a sheet of the team's, or leaves them an
	// empty one.
	shows bool
}

// newBatch makes the requests by which out stands in a spreadsheet. It deletes
// the fence first, so that a batch that comes second fails at once.
func newBatch(now *snapshot, out workbook.Output, o batchOptions) (*batch, error) {
	b := &batch{
		now: now, out: out, options: o, separator: o.separator, keysName: now.nameKeys(o.nameTaken),
		sheetIDs: map[int64]bool{}, protections: map[int64]bool{}, restored: map[*sheets.ConditionalFormatRule]int{},
	}
	for _, s := range now.sheet.Sheets {
		b.sheetIDs[s.Properties.SheetId] = true
		for _, p := range s.ProtectedRanges {
			b.protections[p.ProtectedRangeId] = true
		}
	}
	if now.own.fence != "" {
		b.deleteNames(now.own.fence)
	}
	b.deleteNames(now.own.spareNames...)
	if err := b.marks(); err != nil {
		return nil, err
	}
	if o.rulesOnly {
		return b, b.standWithoutRules()
	}
	if !out.IsEmpty() {
		if err := b.stand(); err != nil {
			return nil, err
		}
	}
	b.addRules()
	b.dropProtections()
	b.dropMetadata()
	b.dropSheets()
	return b, b.addFence()
}

// nameKeys returns what the named range over the keys is to be called. Where
// something of steerco's stands but no such range, somebody may have deleted
// what it was over, and the name stays taken.
func (s *snapshot) nameKeys(taken bool) string {
	switch o := s.own; {
	case o.keysName != "":
		return o.keysName
	case taken, o.idMetadata != 0, o.data != nil, len(o.tabs) > 0, len(o.rules) > 0:
		return freshKeysName(s.state.version())
	}
	return keysName
}

func (b *batch) add(r ...*sheets.Request) { b.requests = append(b.requests, r...) }

func (b *batch) deleteNames(ids ...string) {
	for _, id := range ids {
		b.add(&sheets.Request{DeleteNamedRange: &sheets.DeleteNamedRangeRequest{NamedRangeId: id}})
	}
}

// addSheet adds a sheet behind all others.
func (b *batch) addSheet(p *sheets.SheetProperties) {
	b.made = append(b.made, p.Title)
	b.add(&sheets.Request{AddSheet: &sheets.AddSheetRequest{Properties: p}})
}

// hasFormulas reports whether there are formulas in the batch.
func (b *batch) hasFormulas() bool { return len(b.added) > 0 || b.links > 0 }

// stand makes tabs, data tab and identity stand.
func (b *batch) stand() error {
	b.freeTitles()
	for _, d := range b.out.Tabs {
		if err := b.tab(d); err != nil {
			return fmt.Errorf("draw tab %q: %w", d.Tab.Title, err)
		}
	}
	if err := b.dataTab(); err != nil {
		return err
	}
	b.identity()
	return nil
}

// tab draws a tab where that is needed, and sees that it carries its marks of
// ownership.
func (b *batch) tab(d workbook.Drawing) error {
	own, stands := b.now.own.tab(d.Tab.Key)
	record := own.record
	if !stands {
		record = tabRecord{Format: recordFormat, Key: d.Tab.Key, Title: d.Tab.Title, Sheet: b.newSheetID(d.Tab.Key)}
	} else {
		record.Sheet, record.Title = own.sheet.Properties.SheetId, own.sheet.Properties.Title
	}
	if digest := d.Digest(); !stands || own.altered || record.Drawing != digest {
		b.draw(d, record.Sheet, own.sheet)
		record.Drawing, record.Content = digest, drawnContent(d)
	}
	b.records = append(b.records, record)
	b.protect(record.Sheet, own.sheet)
	return b.tabMetadata(own, record)
}

func (b *batch) tabMetadata(own ownTab, record tabRecord) error {
	text, err := json.Marshal(record)
	switch {
	case err != nil:
		return err
	case own.metadata == 0:
		b.add(newMetadata(metadataTab, string(text), sheetLocation(record.Sheet)))
	case own.record != record:
		b.add(changedMetadata(own.metadata, string(text)))
	}
	return nil
}

// newSheetID returns an id for a new sheet: the same for the same batch, so
// that it can't take effect twice.
func (b *batch) newSheetID(key string) int64 { return freeID(b.sheetIDs, "sheet", b.out.ID, key) }

// freeID makes an id of texts that isn't taken, and takes it.
func freeID(taken map[int64]bool, texts ...string) int64 {
	h := fnv.New32a()
	h.Write([]byte(strings.Join(texts, "\n")))
	id := int64(h.Sum32() & math.MaxInt32)
	for id == 0 || taken[id] {
		id = (id + 1) & math.MaxInt32
	}
	taken[id] = true
	return id
}

// freeTitles gives tabs that go away another title where a new one takes it.
func (b *batch) freeTitles() {
	for _, o := range b.now.own.tabs {
		title := o.sheet.Properties.Title
		taken := slices.ContainsFunc(b.out.Tabs, func(d workbook.Drawing) bool {
			_, stands := b.now.own.tab(d.Tab.Key)
			return !stands && strings.EqualFold(d.Tab.Title, title)
		})
		if taken && !b.isWanted(o) {
			b.add(&sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
				Fields: "title",
				Properties: &sheets.SheetProperties{
					SheetId: o.sheet.Properties.SheetId, Title: b.freeTitle(title), ForceSendFields: []string{"SheetId"},
				},
			}})
		}
	}
}

// freeTitle returns a title like another one that no sheet has, nor any tab
// that is wanted.
func (b *batch) freeTitle(like string) string {
	isTaken := func(title string) bool {
		return slices.ContainsFunc(b.now.sheet.Sheets, func(s *sheets.Sheet) bool { return strings.EqualFold(s.Properties.Title, title) }) ||
			slices.ContainsFunc(b.out.Tabs, func(d workbook.Drawing) bool { return strings.EqualFold(d.Tab.Title, title) })
	}
	title := like
	for n := 2; isTaken(title); n++ {
		title = like + " (" + strconv.Itoa(n) + ")"
	}
	return title
}

func (b *batch) isWanted(o ownTab) bool {
	return slices.ContainsFunc(b.out.Tabs, func(d workbook.Drawing) bool { return d.Tab.Key == o.record.Key })
}

// dropSheets deletes the tabs that aren't wanted, and with the last of steerco's
// the data tab. A spreadsheet must keep a sheet that can be seen: where people
// have hidden all of theirs the first is shown again, and where they have none
// an empty one is left.
func (b *batch) dropSheets() {
	going := map[int64]bool{}
	for _, o := range b.now.own.tabs {
		if !b.isWanted(o) {
			going[o.sheet.Properties.SheetId] = true
		}
	}
	if b.out.IsEmpty() && b.now.own.data != nil {
		going[b.now.own.data.Properties.SheetId] = true
	}
	if len(going) > 0 && !b.isSeen(going) {
		b.shows = true
		b.showOne(going)
	}
	for _, s := range b.now.sheet.Sheets {
		if id := s.Properties.SheetId; going[id] {
			b.gone = append(b.gone, s.Properties.Title)
			b.add(&sheets.Request{DeleteSheet: &sheets.DeleteSheetRequest{SheetId: id, ForceSendFields: []string{"SheetId"}}})
		}
	}
}

// isSeen reports whether a sheet can be seen when others are gone.
func (b *batch) isSeen(going map[int64]bool) bool {
	for _, d := range b.out.Tabs {
		if _, stands := b.now.own.tab(d.Tab.Key); !stands {
			return true
		}
	}
	return slices.ContainsFunc(b.now.sheet.Sheets, func(s *sheets.Sheet) bool {
		return !going[s.Properties.SheetId] && !s.Properties.Hidden
	})
}

func (b *batch) showOne(going map[int64]bool) {
	for _, s := range b.now.sheet.Sheets {
		if !b.now.own.isOwn(s) && !going[s.Properties.SheetId] {
			b.add(&sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
				Fields:     "hidden",
				Properties: &sheets.SheetProperties{SheetId: s.Properties.SheetId, ForceSendFields: []string{"SheetId", "Hidden"}},
			}})
			return
		}
	}
	b.addSheet(&sheets.SheetProperties{SheetId: b.newSheetID("empty"), Title: b.freeTitle("Sheet1")})
}

// identity stores the workbook's identity.
func (b *batch) identity() {
	own := b.now.own
	switch {
	case own.idMetadata == 0:
		b.add(newMetadata(metadataID, b.out.ID, &sheets.DeveloperMetadataLocation{Spreadsheet: true}))
	case own.id != b.out.ID:
		b.add(changedMetadata(own.idMetadata, b.out.ID))
	}
}

// dropProtections deletes the protections that people have copied with a tab.
func (b *batch) dropProtections() {
	for _, id := range b.now.own.spareProtections {
		b.add(&sheets.Request{DeleteProtectedRange: &sheets.DeleteProtectedRangeRequest{ProtectedRangeId: id}})
	}
}

// dropMetadata deletes developer metadata that means nothing any more. That of
// a sheet goes with it.
func (b *batch) dropMetadata() {
	ids := slices.Clone(b.now.own.spare)
	if b.out.IsEmpty() && b.now.own.idMetadata != 0 {
		ids = append(ids, b.now.own.idMetadata)
	}
	for _, id := range ids {
		b.add(&sheets.Request{DeleteDeveloperMetadata: &sheets.DeleteDeveloperMetadataRequest{DataFilter: metadataFilter(id)}})
	}
}

// namedIDs are the ids of named ranges in use that look as Google's own do.
func (b *batch) namedIDs() map[int64]bool {
	ids := map[int64]bool{}
	for _, n := range b.now.sheet.NamedRanges {
		if id, err := strconv.ParseInt(n.NamedRangeId, 10, 64); err == nil {
			ids[id] = true
		}
	}
	return ids
}

// addFence makes the named range over the keys anew, with an id that tells
// this batch from all others. It comes last, as its id is made of the rest. It
// looks as those do that Google chooses: what else it takes isn't documented.
func (b *batch) addFence() error {
	if b.out.IsEmpty() {
		return nil
	}
	text, err := json.Marshal(b.requests)
	if err != nil {
		return err
	}
	b.fence = strconv.FormatInt(freeID(b.namedIDs(), string(text)), 10)
	b.add(&sheets.Request{AddNamedRange: &sheets.AddNamedRangeRequest{NamedRange: &sheets.NamedRange{
		NamedRangeId: b.fence, Name: b.keysName,
		Range: gridRange(b.data, workbook.Range{
			LastRow: keyRows(b.out.Keys) - 1, FirstColumn: columnKeys, LastColumn: columnKeys,
		}),
	}}})
	return nil
}

// gridRange returns a range of a sheet as the API writes it.
func gridRange(sheet int64, r workbook.Range) *sheets.GridRange {
	return &sheets.GridRange{
		SheetId: sheet, StartRowIndex: int64(r.FirstRow), EndRowIndex: int64(r.LastRow) + 1,
		StartColumnIndex: int64(r.FirstColumn), EndColumnIndex: int64(r.LastColumn) + 1,
		ForceSendFields: []string{"SheetId", "StartRowIndex", "StartColumnIndex"},
	}
}

// wholeSheet returns the range of all of a sheet, however large it becomes.
func wholeSheet(sheet int64) *sheets.GridRange {
	return &sheets.GridRange{SheetId: sheet, ForceSendFields: []string{"SheetId"}}
}

func sheetLocation(sheet int64) *sheets.DeveloperMetadataLocation {
	return &sheets.DeveloperMetadataLocation{SheetId: sheet, ForceSendFields: []string{"SheetId"}}
}

func newMetadata(key, value string, at *sheets.DeveloperMetadataLocation) *sheets.Request {
	return &sheets.Request{CreateDeveloperMetadata: &sheets.CreateDeveloperMetadataRequest{DeveloperMetadata: &sheets.DeveloperMetadata{
		MetadataKey: key, MetadataValue: value, Location: at, Visibility: "DOCUMENT",
	}}}
}

func changedMetadata(id int64, value string) *sheets.Request {
	return &sheets.Request{UpdateDeveloperMetadata: &sheets.UpdateDeveloperMetadataRequest{
		DataFilters: []*sheets.DataFilter{metadataFilter(id)}, Fields: "metadataValue",
		DeveloperMetadata: &sheets.DeveloperMetadata{MetadataValue: value},
	}}
}

func metadataFilter(id int64) *sheets.DataFilter {
	return &sheets.DataFilter{DeveloperMetadataLookup: &sheets.DeveloperMetadataLookup{MetadataId: id}}
}

// protectionText tells people who want to type into a tab of steerco's what
// becomes of it.
const protectionText = "steerco draws this sheet anew: what is typed here is lost"

// protect warns whoever types into a sheet of steerco's. It may not stand yet,
// or be protected already.
func (b *batch) protect(sheet int64, stands *sheets.Sheet) {
	if stands != nil && slices.ContainsFunc(stands.ProtectedRanges, func(p *sheets.ProtectedRange) bool { return p.WarningOnly }) {
		return
	}
	b.add(&sheets.Request{AddProtectedRange: &sheets.AddProtectedRangeRequest{ProtectedRange: &sheets.ProtectedRange{
		ProtectedRangeId: freeID(b.protections, "protection", b.out.ID, strconv.FormatInt(sheet, 10)),
		Range:            wholeSheet(sheet), Description: protectionText, WarningOnly: true,
	}}})
}

// dataTab writes keys and record into the data tab, which it makes where there
// is none.
func (b *batch) dataTab() error {
	own := b.now.own
	if own.data == nil {
		b.data = b.newSheetID("data")
	} else {
		b.data = own.data.Properties.SheetId
	}
	rows, err := b.dataRows()
	if err != nil {
		return err
	}
	grid := &sheets.GridProperties{RowCount: int64(len(rows)), ColumnCount: dataColumns}
	if own.data == nil {
		b.addSheet(&sheets.SheetProperties{SheetId: b.data, Title: b.freeTitle(dataTitle), Hidden: true, GridProperties: grid})
	} else {
		b.resizeData(grid)
	}
	b.add(&sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
		Fields: contentFields, Rows: rows, Range: gridRange(b.data, workbook.Range{LastRow: len(rows) - 1, LastColumn: dataColumns - 1}),
	}})
	b.protect(b.data, own.data)
	if own.dataMetadata == 0 {
		b.add(newMetadata(metadataData, strconv.Itoa(recordFormat), sheetLocation(b.data)))
	}
	return nil
}

// dataRows returns the rows of the data tab.
func (b *batch) dataRows() ([]*sheets.RowData, error) {
	record, err := dataRecord{Format: recordFormat, ID: b.out.ID, Sheet: b.data, Tabs: b.records}.text()
	if err != nil {
		return nil, err
	}
	journal, err := b.journal()
	if err != nil {
		return nil, err
	}
	records := append([]string{record}, journal...)
	rows := make([]*sheets.RowData, max(keyRows(b.out.Keys), len(records)))
	for i := range rows {
		rows[i] = &sheets.RowData{Values: []*sheets.CellData{{}}}
		if i < len(b.out.Keys) {
			rows[i].Values[columnKeys] = textCell(b.out.Keys[i])
		}
		if i < len(records) {
			rows[i].Values = append(rows[i].Values, textCell(records[i]))
		}
	}
	return rows, nil
}

// resizeData gives the data tab that stands its size, and hides it.
func (b *batch) resizeData(grid *sheets.GridProperties) {
	b.loosen(b.now.own.data)
	b.add(&sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
		Fields:     "hidden,gridProperties(rowCount,columnCount,frozenRowCount,frozenColumnCount)",
		Properties: &sheets.SheetProperties{SheetId: b.data, Hidden: true, GridProperties: grid, ForceSendFields: []string{"SheetId"}},
	}})
}

func textCell(text string) *sheets.CellData {
	return &sheets.CellData{UserEnteredValue: &sheets.ExtendedValue{StringValue: &text}}
}

// sheetOf returns the team's sheet of a title, or nil.
func (b *batch) sheetOf(title string) *sheets.Sheet {
	i := slices.IndexFunc(b.now.sheet.Sheets, func(s *sheets.Sheet) bool {
		return s.Properties.Title == title && !b.now.own.isOwn(s)
	})
	if i < 0 {
		return nil
	}
	return b.now.sheet.Sheets[i]
}
