package excel

import (
	"fmt"
	"strconv"

	"steerco/sync/excel/ooxml"
)

// document is an opened workbook file: its package and what its workbook part
// says, before any cell is read. It isn't changed after openDocument.
type document struct {
	// name is what messages call the workbook.
	name string
	pkg  *ooxml.Package
	// main is the name of the workbook part.
	main string
	// prefix is that of the main namespace in the workbook part, without
	// colon; often empty.
	prefix string
	// strict means that the file uses the namespaces of the strict variant.
	strict bool
	// date1904 means that serial numbers count from 1904-01-01.
	date1904 bool
	// lockStructure means that sheets may not be added or removed.
	lockStructure bool
	// readOnlyRecommended means that its author asks not to change it.
	readOnlyRecommended bool
	// sheets are all entries of the sheet list, in their order, of any kind.
	sheets []sheetEntry
	// names are the defined names, in their order.
	names []definedName
	// relationships are those of the workbook part.
	relationships []ooxml.Relationship
	// styles and sharedStrings are part names; empty where there is none.
	styles, sharedStrings string
}

// sheetEntry is an entry of the workbook's sheet list.
type sheetEntry struct {
	name string
	// id is the sheetId, rel the id of the relationship to the part.
	id  int
	rel string
	// part is the name of the part; empty when it is missing.
	part string
	// kind is "worksheet", "chartsheet", "dialogsheet" or another kind of
	// relationship.
	kind string
	// state is empty for visible, else "hidden" or "veryHidden".
	state string
}

// isCells reports whether the entry is a sheet of cells that is there.
func (e sheetEntry) isCells() bool { return e.kind == "worksheet" && e.part != "" }

// definedName is a name of the workbook's.
type definedName struct {
	name string
	// sheet is the position in document.sheets of the sheet that the name
	// belongs to; -1: it belongs to the workbook.
	sheet  int
	hidden bool
	// text is the formula, unescaped.
	text string
}

// mainNamespaces are the namespaces of workbook, sheets and styles.
const (
	transitionalNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	strictNamespace       = "http://purl.oclc.org/ooxml/spreadsheetml/main"
)

// openDocument opens a workbook from its bytes, which must not be changed
// afterwards. What can't be read gives a *workbook.Error with its mend.
func openDocument(name string, data []byte, l ooxml.Limits) (*document, error) {
	d := &document{name: name}
	err := d.open(data, l)
	if err != nil {
		return nil, refusal(name, data, err)
	}
	return d, nil
}

func (d *document) open(data []byte, l ooxml.Limits) error {
	var err error
	if d.pkg, err = ooxml.Open(data, l); err != nil {
		return err
	}
	if d.main, err = d.pkg.Main(); err != nil {
		return err
	}
	if err := checkContentType(d.pkg.ContentType(d.main)); err != nil {
		return err
	}
	if d.relationships, err = d.pkg.Relationships(d.main); err != nil {
		return err
	}
	d.styles = d.related("styles")
	d.sharedStrings = d.related("sharedStrings")
	return d.readWorkbook()
}

// related returns the part to which a relationship of a kind leads.
func (d *document) related(kind string) string {
	for _, r := range d.relationships {
		if r.Kind() == kind && !r.External && d.pkg.Has(r.Target) {
			return r.Target
		}
	}
	return ""
}

// readWorkbook reads the workbook part.
func (d *document) readWorkbook() error {
	s, err := d.pkg.Scan(d.main)
	if err != nil {
		return err
	}
	if s.Next() {
		d.prefix = string(s.Prefix())
		d.strict = s.Namespaces()[d.prefix] == strictNamespace
		if string(s.Local()) != "workbook" {
			return fmt.Errorf("%w: its content is %q", ooxml.ErrNotPackage, s.Local())
		}
	}
	for s.Next() {
		if s.Kind() != ooxml.CloseTag && string(s.Prefix()) == d.prefix {
			d.element(s)
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("part %q: %w", d.main, err)
	}
	return nil
}

// element takes what matters of one element of the workbook part.
func (d *document) element(s *ooxml.Scanner) {
	switch string(s.Local()) {
	case "workbookPr":
		d.date1904 = s.Flag("date1904", false)
	case "workbookProtection":
		d.lockStructure = s.Flag("lockStructure", false)
	case "fileSharing":
		d.readOnlyRecommended = s.Flag("readOnlyRecommended", false)
	case "sheet":
		d.sheets = append(d.sheets, d.sheet(s))
	case "definedName":
		d.names = append(d.names, newDefinedName(s))
	}
}

func (d *document) sheet(s *ooxml.Scanner) sheetEntry {
	e := sheetEntry{name: s.Value("name"), state: s.Value("state")}
	e.id, _ = strconv.Atoi(s.Value("sheetId"))
	if rel, ok := s.PrefixedAttr("id"); ok {
		e.rel = ooxml.UnescapeString(rel.Value)
	}
	if e.state == "visible" {
		e.state = ""
	}
	for _, r := range d.relationships {
		if r.ID != e.rel || r.External {
			continue
		}
		e.kind = r.Kind()
		if d.pkg.Has(r.Target) {
			e.part = r.Target
		}
	}
	return e
}

func newDefinedName(s *ooxml.Scanner) definedName {
	n := definedName{name: s.Value("name"), hidden: s.Flag("hidden", false), sheet: -1}
	if i, err := strconv.Atoi(s.Value("localSheetId")); err == nil {
		n.sheet = i
	}
	n.text = s.Text()
	return n
}

// isShared reports whether several people edit the workbook at once in the
// manner of Excel 97-2016, with a log of revisions that any change from
// outside contradicts.
func (d *document) isShared() bool {
	for _, r := range d.relationships {
		if r.Kind() == "revisionHeaders" {
			return true
		}
	}
	return false
}
