package sheetstest

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
)

// What Google gives every new spreadsheet.
const (
	defaultTitle    = "Untitled spreadsheet"
	defaultLocale   = "en_US"
	defaultTimeZone = "Etc/GMT"
)

// Create makes an empty spreadsheet, as Drive does, and returns its id.
func (s *Server) Create(title string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.newDocument(title, defaultLocale)
	d.sheets = []*sheet{emptySheet(0, "Sheet1")}
	s.files[d.id] = d
	return d.id
}

// Spreadsheet is a file that a server has.
type Spreadsheet struct{ ID, Title string }

// Spreadsheets returns all files, in the order in which they were made.
func (s *Server) Spreadsheets() []Spreadsheet {
	s.mu.Lock()
	defer s.mu.Unlock()
	byAge := func(a, b *document) int { return cmp.Compare(a.order, b.order) }
	var all []Spreadsheet
	for _, d := range slices.SortedFunc(maps.Values(s.files), byAge) {
		all = append(all, Spreadsheet{ID: d.id, Title: textIn(d.properties, "title")})
	}
	return all
}

// newDocument returns a spreadsheet without sheets that isn't stored yet.
func (s *Server) newDocument(title, locale string) *document {
	s.made++
	sum := sha256.Sum256(fmt.Appendf(nil, "spreadsheet %d", s.made))
	return &document{
		id:   "1" + base64.RawURLEncoding.EncodeToString(sum[:]),
		made: s.now(), modified: s.now(), order: s.made,
		properties: object{
			"title": cmp.Or(title, defaultTitle), "locale": locale, "autoRecalc": "ON_CHANGE", "timeZone": defaultTimeZone,
			"defaultFormat": defaultFormat(), "spreadsheetTheme": defaultTheme(),
		},
	}
}

// The size of a sheet of which none is given.
const (
	usualRows    = 1000
	usualColumns = 26
)

func emptySheet(id int64, title string) *sheet {
	return &sheet{id: id, title: title, owner: new(owner), rows: blank(usualRows), columns: blank(usualColumns)}
}

// defaultFormat is the format of cells without one.
func defaultFormat() object {
	white := object{"red": 1.0, "green": 1.0, "blue": 1.0}
	return object{
		"backgroundColor": white, "backgroundColorStyle": object{"rgbColor": white},
		"padding":           object{"top": 2.0, "right": 3.0, "bottom": 2.0, "left": 3.0},
		"verticalAlignment": "BOTTOM", "wrapStrategy": "OVERFLOW_CELL",
		"textFormat": object{
			"bold": false, "italic": false, "strikethrough": false, "underline": false,
			"fontFamily": "arial,sans,sans-serif", "fontSize": 10.0,
			"foregroundColor": object{}, "foregroundColorStyle": object{"rgbColor": object{}},
		},
	}
}

// defaultTheme is the theme of a new spreadsheet.
func defaultTheme() object {
	color := func(kind string, red, green, blue float64) any {
		rgb := object{}
		for name, part := range map[string]float64{"red": red, "green": green, "blue": blue} {
			if part != 0 {
				rgb[name] = part
			}
		}
		return object{"colorType": kind, "color": object{"rgbColor": rgb}}
	}
	return object{"primaryFontFamily": "Arial", "themeColors": []any{
		color("TEXT", 0, 0, 0),
		color("BACKGROUND", 1, 1, 1),
		color("ACCENT1", 0.25882354, 0.52156866, 0.95686275),
		color("ACCENT2", 0.91764706, 0.2627451, 0.20784314),
		color("ACCENT3", 0.9843137, 0.7372549, 0.015686275),
		color("ACCENT4", 0.20392157, 0.65882355, 0.3254902),
		color("ACCENT5", 1, 0.42745098, 0.003921569),
		color("ACCENT6", 0.27450982, 0.7411765, 0.7764706),
		color("LINK", 0.06666667, 0.33333334, 0.8),
	}}
}

// create carries out spreadsheets.create: what its body holds is made by the
// requests with which one would add it later.
func (s *Server) create(c *call) (object, error) {
	properties := objectIn(c.body, "properties")
	d := s.newDocument(textIn(properties, "title"), cmp.Or(s.options.Locale, defaultLocale))
	b := &batch{doc: d, server: s, account: c.Account}
	if err := b.make(c.body); err != nil {
		return nil, err
	}
	if len(d.sheets) == 0 {
		d.sheets = []*sheet{emptySheet(0, "Sheet1")}
	}
	s.files[d.id] = d
	return s.shown(c, d, contents{})
}

// make fills a new spreadsheet with what the body of a call describes.
func (b *batch) make(body object) error {
	for name := range body {
		if !slices.Contains([]string{"properties", "sheets", "namedRanges"}, name) {
			return unknown("a new spreadsheet with %s", name)
		}
	}
	d := b.doc
	for name, value := range objectIn(body, "properties") {
		d.properties = with(d.properties, name, value)
	}
	if err := d.checkPlace(); err != nil {
		return err
	}
	for i, sheet := range objectsIn(body, "sheets") {
		if err := b.makeSheet(i, sheet); err != nil {
			return err
		}
	}
	if len(d.sheets) > 0 && allHidden(d.sheets) {
		return refuse("You can't hide all the sheets in a document.")
	}
	for _, named := range objectsIn(body, "namedRanges") {
		if _, err := b.request("addNamedRange", object{"namedRange": named}); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) makeSheet(index int, body object) error {
	for name := range body {
		if !slices.Contains([]string{"properties", "data", "merges", "conditionalFormats"}, name) {
			return unknown("a new sheet with %s", name)
		}
	}
	properties := objectIn(body, "properties")
	if properties["title"] == nil {
		properties = with(properties, "title", fmt.Sprint("Sheet", index+1))
	}
	// While it is the only one it may be hidden.
	reply, err := b.request("addSheet", object{"properties": without(properties, "hidden")})
	if err != nil {
		return err
	}
	id := intOr(objectIn(objectIn(reply, "addSheet"), "properties"), "sheetId", 0)
	if trueIn(properties, "hidden") {
		made := b.doc.sheet(int64(id))
		made.properties = with(made.properties, "hidden", true)
	}
	var requests []asked
	for _, data := range objectsIn(body, "data") {
		start := object{"sheetId": float64(id), "rowIndex": data["startRow"], "columnIndex": data["startColumn"]}
		requests = append(requests, asked{"updateCells", object{"start": start, "rows": data["rowData"], "fields": "*"}})
	}
	for _, area := range objectsIn(body, "merges") {
		requests = append(requests, asked{"mergeCells", object{"range": with(area, "sheetId", float64(id)), "mergeType": "MERGE_ALL"}})
	}
	for i, rule := range objectsIn(body, "conditionalFormats") {
		requests = append(requests, asked{"addConditionalFormatRule", object{"rule": rule, "index": float64(i)}})
	}
	for _, r := range requests {
		if _, err := b.request(r.kind, r.body); err != nil {
			return err
		}
	}
	return nil
}
