package gsheets

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"hash"
	"math"
	"strings"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// versionMask names what stateOf needs: a part of readMask.
const versionMask = "properties(locale,timeZone),namedRanges," + metadataMask + ",sheets(" +
	"properties(sheetId,title,index,sheetType,hidden,gridProperties(rowCount,columnCount)),merges," + metadataMask + "," +
	"conditionalFormats,protectedRanges(protectedRangeId,description,warningOnly),data(startRow,startColumn," +
	"rowData/values(effectiveValue,formattedValue,userEnteredValue)))"

// metadataMask is what is read of developer metadata, wherever it hangs.
const metadataMask = "developerMetadata(metadataId,metadataKey,metadataValue,visibility,location)"

// state is a fingerprint of a spreadsheet's content in three parts, so that the
// team's can be told from what a write of steerco's changes. Looks aren't in it.
type state struct {
	// typed is over what people have put into the team's sheets: values,
	// formulas, rules, and the sheets themselves.
	typed string
	// computed is over what the formulas in the team's sheets show.
	computed string
	// own is over what stands of steerco's.
	own string
	// volatile means that a formula shows something else whenever somebody
	// looks, NOW() for example.
	volatile bool
}

// versionOf returns the version of a spreadsheet. Readings of one state give
// the same with versionMask and with readMask.
func versionOf(s *sheets.Spreadsheet) workbook.Version { return stateOf(s).version() }

// stateOf returns the fingerprint of a spreadsheet that was read with
// versionMask or readMask.
func stateOf(s *sheets.Spreadsheet) state { return stateWith(s, findOwn(s)) }

func (s state) version() workbook.Version {
	return workbook.Version(s.typed + "." + s.computed + "." + s.own)
}

// standsAt reports whether the spreadsheet is as it was at a version. What
// formulas show doesn't count where it changes by itself.
func (s state) standsAt(base workbook.Version) bool {
	if !s.volatile {
		return s.version() == base
	}
	parts := strings.Split(string(base), ".")
	return len(parts) == 3 && parts[0] == s.typed && parts[2] == s.own
}

// then returns the version of a spreadsheet of which steerco has written its
// own part since: whoever reads another one knows that the team has changed
// something in between.
func (s state) then(after state) workbook.Version {
	s.own = after.own
	return s.version()
}

func stateWith(s *sheets.Spreadsheet, o own) state {
	t := fingerprint{typed: newDigest(), computed: newDigest(), own: newDigest()}
	t.typed.value(s.Properties.Locale, s.Properties.TimeZone)
	for _, sheet := range s.Sheets {
		if o.isOwn(sheet) {
			t.ownSheet(sheet)
		} else {
			t.teamSheet(sheet)
		}
	}
	t.metadata(s.DeveloperMetadata)
	for _, n := range s.NamedRanges {
		if isKeysName(n.Name) || o.isOverData(n) {
			t.own.value("name", n)
		} else {
			t.typed.value("name", n)
		}
	}
	return state{typed: t.typed.sum(), computed: t.computed.sum(), own: t.own.sum(), volatile: t.volatile}
}

// fingerprint is a state in the making.
type fingerprint struct {
	typed, computed, own digest
	volatile             bool
}

func (t *fingerprint) ownSheet(s *sheets.Sheet) {
	t.own.value("sheet", s.Properties.SheetId, s.Properties.Title, s.Properties.Hidden, s.Merges)
	t.own.value(gridSize(s.Properties), protectionIDs(s))
	eachCell(s, func(row, column int, c *sheets.CellData) { t.own.cell(row, column, c) })
	t.rules(s)
	t.metadata(s.DeveloperMetadata)
}

func (t *fingerprint) teamSheet(s *sheets.Sheet) {
	t.typed.value("sheet", s.Properties.SheetId, s.Properties.Title, s.Properties.SheetType, s.Properties.Hidden, s.Merges)
	t.typed.value(gridSize(s.Properties))
	for _, p := range s.ProtectedRanges {
		if isOwnProtection(p) {
			t.own.value("protection", p.ProtectedRangeId)
		} else {
			t.typed.value("protection", p.ProtectedRangeId)
		}
	}
	if !isTooLarge(s.Properties) {
		eachCell(s, t.teamCell)
	}
	t.rules(s)
	t.metadata(s.DeveloperMetadata)
}

// teamCell tells what was typed from what a formula shows.
func (t *fingerprint) teamCell(row, column int, c *sheets.CellData) {
	if !isComputed(c) {
		t.typed.cell(row, column, c)
		return
	}
	t.computed.cell(row, column, c)
	if formula := formulaOf(c); formula != "" {
		t.typed.number(uint64(row))
		t.typed.number(uint64(column))
		t.typed.text(formula)
		t.volatile = t.volatile || isVolatile(formula)
	}
}

// rules takes the conditional formats of a sheet. Where one of steerco's stands
// among them counts too: it is deleted by its index.
func (t *fingerprint) rules(s *sheets.Sheet) {
	for i, r := range s.ConditionalFormats {
		if isOwnRule(r) {
			t.own.value("rule", i, r.Ranges, r.BooleanRule.Condition)
			continue
		}
		t.typed.value("rule", r.Ranges, r.GradientRule != nil, hasFill(r))
		if r.BooleanRule != nil {
			t.typed.value(r.BooleanRule.Condition)
		}
	}
}

func protectionIDs(s *sheets.Sheet) []int64 {
	ids := make([]int64, len(s.ProtectedRanges))
	for i, p := range s.ProtectedRanges {
		ids[i] = p.ProtectedRangeId
	}
	return ids
}

// metadata takes what is steerco's of developer metadata. Other programs keep
// theirs there.
func (t *fingerprint) metadata(all []*sheets.DeveloperMetadata) {
	for _, m := range all {
		if isOwnMetadata(m) {
			t.own.value("metadata", m.MetadataId, m.MetadataKey, m.MetadataValue)
		}
	}
}

// isVolatile reports whether a formula has another result whenever it is
// computed.
func isVolatile(formula string) bool {
	upper := strings.ToUpper(formula)
	for _, name := range []string{"NOW(", "RAND(", "RANDBETWEEN(", "RANDARRAY("} {
		if strings.Contains(upper, name) {
			return true
		}
	}
	return false
}

// digest is a hash over values that can't run into each other.
type digest struct {
	hash.Hash
	buf []byte
}

func newDigest() digest { return digest{Hash: sha256.New()} }

func (d *digest) sum() string { return hex.EncodeToString(d.Sum(nil)[:12]) }

func (d *digest) number(n uint64) {
	d.buf = binary.BigEndian.AppendUint64(d.buf[:0], n)
	d.Write(d.buf)
}

func (d *digest) text(s string) {
	d.buf = binary.BigEndian.AppendUint32(d.buf[:0], uint32(len(s)))
	d.buf = append(d.buf, s...)
	d.Write(d.buf)
}

// value takes values that JSON can write.
func (d *digest) value(all ...any) {
	for _, v := range all {
		text, err := json.Marshal(v)
		if err != nil {
			text = []byte(err.Error())
		}
		d.text(string(text))
	}
}

// cell takes what a cell shows, and its formula.
func (d *digest) cell(row, column int, c *sheets.CellData) {
	if c.EffectiveValue == nil && c.UserEnteredValue == nil {
		return
	}
	d.number(uint64(row))
	d.number(uint64(column))
	d.text(formulaOf(c))
	d.text(c.FormattedValue)
	switch v := c.EffectiveValue; {
	case v == nil:
		d.text("")
	case v.NumberValue != nil:
		d.number(math.Float64bits(*v.NumberValue))
	case v.StringValue != nil && *v.StringValue != c.FormattedValue:
		d.text(*v.StringValue)
	case v.BoolValue != nil:
		d.value(*v.BoolValue)
	case v.ErrorValue != nil:
		d.text(v.ErrorValue.Type)
	}
}
