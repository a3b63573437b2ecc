package excel

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// The columns of the data tab. Each key has a cell of its own, since the
// condition of the marks looks it up; record and journal are cut into pieces
// that a cell can hold.
const (
	columnKeys = iota
	columnRecord
	columnJournal
)

// mostInCell is how many characters of record or journal a cell holds. Excel
// takes 32,767.
const mostInCell = 32_000

// dataFormat is the version of what the data tab holds.
const dataFormat = 1

// record is what is remembered of the last writing.
type record struct {
	Format int    `json:"steerco"`
	ID     string `json:"id"`
	// Tabs are those that were written.
	Tabs []tabRecord `json:"tabs,omitempty"`
}

// tabRecord is what is remembered of a tab.
type tabRecord struct {
	Key string `json:"key"`
	// Title is what the drawing was called, Name what the sheet was called:
	// not the same when somebody had renamed it.
	Title string `json:"title"`
	Name  string `json:"name"`
	// Sheet is the sheetId.
	Sheet int `json:"sheet"`
	// Drawing is the digest of what was drawn, Content that of its cells as
	// they are read again.
	Drawing string `json:"drawing"`
	Content string `json:"content"`
}

// data is what the data tab holds.
type data struct {
	record  record
	journal journal
	keys    []string
}

func (r record) tab(key string) *tabRecord {
	for i := range r.Tabs {
		if r.Tabs[i].Key == key {
			return &r.Tabs[i]
		}
	}
	return nil
}

// sheetXML returns the data tab as a worksheet part.
func (d data) sheetXML(namespace string) ([]byte, error) {
	rec, err := asciiJSON(d.record)
	if err != nil {
		return nil, err
	}
	jour, err := asciiJSON(d.journal)
	if err != nil {
		return nil, err
	}
	columns := [][]string{columnKeys: d.keys, columnRecord: pieces(rec), columnJournal: pieces(jour)}
	rows := d.keyRows()
	for _, c := range columns {
		rows = max(rows, len(c))
	}
	first := columnKeys
	if len(d.keys) == 0 {
		first = columnRecord
	}
	b := []byte(xmlHeader + `<worksheet xmlns="` + namespace + `"><dimension ref="` + workbook.CellName(0, first) + ":" +
		workbook.CellName(rows-1, columnJournal) + `"/><sheetViews><sheetView tabSelected="0" workbookViewId="0"/></sheetViews><sheetData>`)
	for row := range rows {
		b = append(b, `<row r="`+strconv.Itoa(row+1)+`">`...)
		for column, texts := range columns {
			if row < len(texts) {
				b = append(b, `<c r="`+workbook.CellName(row, column)+`" t="inlineStr">`...)
				b = append(appendInline(b, texts[row]), "</c>"...)
			}
		}
		b = append(b, "</row>"...)
	}
	return append(b, "</sheetData></worksheet>"...), nil
}

// keyRows is how many rows the name of the keys refers to: those of the keys,
// at least one.
func (d data) keyRows() int { return max(1, len(d.keys)) }

// readData reads the data tab. People can edit it: what can't be read is left
// empty, and nothing of it is trusted further than it proves itself.
func readData(s *workbook.Sheet) data {
	var d data
	var rec, jour strings.Builder
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			switch c.Column {
			case columnKeys:
				if c.Kind == workbook.Text && c.Text != "" {
					d.keys = append(d.keys, c.Text)
				}
			case columnRecord:
				rec.WriteString(c.Text)
			case columnJournal:
				jour.WriteString(c.Text)
			}
		}
	}
	if json.Unmarshal([]byte(rec.String()), &d.record) != nil || d.record.Format != dataFormat {
		return data{keys: d.keys}
	}
	if json.Unmarshal([]byte(jour.String()), &d.journal) != nil {
		d.journal = journal{}
	}
	return d
}

// asciiJSON returns v as JSON in ASCII, which can be cut anywhere.
func asciiJSON(v any) (string, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, r := range string(plain) {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		for _, u := range utf16.Encode([]rune{r}) {
			b.WriteString(`\u` + strconv.FormatUint(uint64(u)|1<<16, 16)[1:])
		}
	}
	return b.String(), nil
}

// pieces cuts ASCII text into what fits a cell.
func pieces(text string) []string {
	var all []string
	for piece := range slices.Chunk([]byte(text), mostInCell) {
		all = append(all, string(piece))
	}
	return all
}

// xmlHeader begins each part that is made anew.
const xmlHeader = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// appendInline appends text as the content of a cell with an inline string.
// Whatever it holds, it is text.
func appendInline(b []byte, text string) []byte {
	return append(appendText(append(b, "<is>"...), "t", text), "</is>"...)
}

// appendText appends an element that holds a cell's text: blanks at the ends
// are kept, and characters that XML doesn't allow, or that look like the
// notation for them, are written as _xHHHH_.
func appendText(b []byte, name, text string) []byte {
	b = append(append(b, '<'), name...)
	if name == "t" && strings.TrimSpace(text) != text {
		b = append(b, ` xml:space="preserve"`...)
	}
	b = append(b, '>')
	b = ooxml.EscapeText(b, encodeX(text))
	b = append(append(b, "</"...), name...)
	return append(b, '>')
}

// encodeX writes what can't stand in XML as _xHHHH_: what ooxml.DecodeX reads.
func encodeX(text string) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == '_' && ooxml.DecodeX(text[i:min(len(text), i+len("_x0000_"))]) != text[i:min(len(text), i+len("_x0000_"))]:
			b.WriteString("_x005F_")
		case r < ' ' && r != '\n' && r != '\t', r == 0xFFFE, r == 0xFFFF:
			b.WriteString("_x" + strings.ToUpper(strconv.FormatUint(uint64(r)|1<<16, 16)[1:]) + "_")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
