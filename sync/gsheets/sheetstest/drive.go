package sheetstest

import (
	"cmp"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"steerco/sync/gsheets/sheetstest/discovery"
)

// sheetType is the type of spreadsheets in Drive.
const sheetType = "application/vnd.google-apps.spreadsheet"

// driveMethods are the methods of Drive that the stand-in knows.
func driveMethods() map[string]discovery.Method {
	text, yes := discovery.Type{Name: "string"}, discovery.Type{Name: "boolean"}
	one := map[string]discovery.Type{"supportsAllDrives": yes}
	read := map[string]discovery.Type{"supportsAllDrives": yes, "includeItemsFromAllDrives": yes}
	list := map[string]discovery.Type{
		"supportsAllDrives": yes, "includeItemsFromAllDrives": yes, "q": text, "pageSize": text, "pageToken": text,
		"spaces": text, "corpora": text, "orderBy": text,
	}
	all := map[string]discovery.Method{}
	for _, m := range []discovery.Method{
		{Name: "drive.files.create", HTTP: http.MethodPost, Path: "drive/v3/files", Request: "File", Query: one},
		{Name: "drive.files.list", HTTP: http.MethodGet, Path: "drive/v3/files", Query: list},
		{Name: "drive.files.get", HTTP: http.MethodGet, Path: "drive/v3/files/{fileId}", Query: read},
		{Name: "drive.files.copy", HTTP: http.MethodPost, Path: "drive/v3/files/{fileId}/copy", Request: "File", Query: one},
		{Name: "drive.files.delete", HTTP: http.MethodDelete, Path: "drive/v3/files/{fileId}", Query: one},
	} {
		all[m.Name] = m
	}
	return all
}

func driveHandlers() map[string]handler {
	return map[string]handler{
		"drive.files.create": {do: (*Server).createFile, writes: true},
		"drive.files.list":   {do: (*Server).listFiles},
		"drive.files.get":    {do: (*Server).getFile},
		"drive.files.copy":   {do: (*Server).copyFile, writes: true},
		"drive.files.delete": {do: (*Server).deleteFile, writes: true},
	}
}

// readDriveBody reads the name and type of a file, which is all that a body
// may hold.
func (c *call) readDriveBody() error {
	c.body = object{}
	if c.method.Request == "" || len(c.sent) == 0 {
		return nil
	}
	if err := json.Unmarshal(c.sent, &c.body); err != nil {
		return unknown("a file of Drive described by something else than JSON: %v", err)
	}
	for name, value := range c.body {
		_, isText := value.(string)
		if name != "name" && name != "mimeType" || value != nil && !isText {
			return unknown("the field %q of a file of Drive", name)
		}
	}
	if kind := textIn(c.body, "mimeType"); kind != "" && kind != sheetType {
		return unknown("files of Drive of type %q", kind)
	}
	return nil
}

// driveFields returns the mask of an answer. Without one of the caller's Drive
// answers a few fields only.
func driveFields(c *call) discovery.Mask {
	if c.query.Get("fields") != "" {
		return c.fields
	}
	usual, err := discovery.ParseMask("kind,id,name,mimeType,incompleteSearch,nextPageToken,files(kind,id,name,mimeType)")
	if err != nil {
		return c.fields
	}
	return usual
}

// checkDriveFields refuses a mask with fields that the stand-in doesn't have.
func (c *call) checkDriveFields() error {
	known, asked := strings.Fields("kind id name mimeType createdTime modifiedTime trashed webViewLink"), c.fields.Names()
	if c.Method == "drive.files.list" {
		asked = append(asked, c.fields.At("files").Names()...)
		known = append(known, "incompleteSearch", "nextPageToken", "files")
	}
	for _, name := range asked {
		if name != "*" && !slices.Contains(known, name) {
			return unknown("the field %q of files of Drive", name)
		}
	}
	return nil
}

// file returns what Drive knows of a spreadsheet.
func (d *document) file() object {
	const stamp = "2006-01-02T15:04:05.000Z"
	return object{
		"kind": "drive#file", "id": d.id, "name": textIn(d.properties, "title"), "mimeType": sheetType,
		"createdTime": d.made.UTC().Format(stamp), "modifiedTime": d.modified.UTC().Format(stamp), "trashed": false,
		"webViewLink": "https://docs.google.com/spreadsheets/d/" + d.id + "/edit?usp=drivesdk",
	}
}

// reachFile returns a file for an account that needs one of some roles.
func (s *Server) reachFile(id, account string, roles ...Role) (*document, error) {
	d := s.files[id]
	if d == nil || d.role(account) == "" {
		return nil, noFile(id)
	}
	if !slices.Contains(roles, d.role(account)) {
		return nil, &failure{
			code: http.StatusForbidden, reason: "insufficientFilePermissions",
			message: "The user does not have sufficient permissions for this file.",
		}
	}
	return d, nil
}

func (s *Server) createFile(c *call) (object, error) {
	if textIn(c.body, "mimeType") != sheetType {
		return nil, unknown("files of Drive that are no spreadsheets")
	}
	d := s.newDocument(cmp.Or(textIn(c.body, "name"), "Untitled"), defaultLocale)
	d.sheets = []*sheet{emptySheet(0, "Sheet1")}
	s.files[d.id] = d
	return d.file(), nil
}

func (s *Server) getFile(c *call) (object, error) {
	d, err := s.reachFile(c.path["fileId"], c.Account, Owner, Writer, Reader)
	if err != nil {
		return nil, err
	}
	return d.file(), nil
}

func (s *Server) copyFile(c *call) (object, error) {
	from, err := s.reachFile(c.path["fileId"], c.Account, Owner, Writer, Reader)
	if err != nil {
		return nil, err
	}
	title := cmp.Or(textIn(c.body, "name"), "Copy of "+textIn(from.properties, "title"))
	d := from.clone()
	made := s.newDocument(title, "")
	d.id, d.made, d.modified, d.order, d.shared = made.id, made.made, made.modified, made.order, nil
	d.properties = with(d.properties, "title", title)
	s.files[d.id] = d
	return d.file(), nil
}

func (s *Server) deleteFile(c *call) (object, error) {
	d, err := s.reachFile(c.path["fileId"], c.Account, Owner)
	if err != nil {
		return nil, err
	}
	delete(s.files, d.id)
	return nil, nil
}

// listFiles answers the files that an account may see, the one that changed
// last first, all on one page.
func (s *Server) listFiles(c *call) (object, error) {
	matches, err := readSearch(c.query.Get("q"))
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"orderBy", "pageToken", "corpora"} {
		if c.query.Get(name) != "" {
			return nil, unknown("the parameter %q of drive.files.list", name)
		}
	}
	var found []*document
	for _, d := range s.files {
		if d.role(c.Account) != "" && matches(d) {
			found = append(found, d)
		}
	}
	slices.SortFunc(found, func(a, b *document) int {
		return cmp.Or(-a.modified.Compare(b.modified), -a.made.Compare(b.made), cmp.Compare(b.order, a.order))
	})
	if err := onePage(c.query.Get("pageSize"), len(found)); err != nil {
		return nil, err
	}
	files := make([]any, len(found))
	for i, d := range found {
		files[i] = d.file()
	}
	return object{"kind": "drive#fileList", "incompleteSearch": false, "files": files}, nil
}

// onePage refuses a size of pages of which there would be several.
func onePage(size string, files int) error {
	if size == "" {
		return nil
	}
	if n, err := strconv.Atoi(size); err != nil || n < max(files, 1) {
		return unknown("%d files of Drive on pages of %s", files, size)
	}
	return nil
}

// term is a condition of a search in Drive, with the "and" behind it.
var term = regexp.MustCompile(`^\s*\(?\s*(mimeType|name|trashed|modifiedTime)\s*(=|contains|>)\s*('(?:[^'\\]|\\.)*'|true|false)\s*\)?\s*(and\s|$)`)

// readSearch reads the text of a search in Drive: conditions on type, name and
// waste, joined by "and".
func readSearch(text string) (func(*document) bool, error) {
	var all []func(*document) bool
	if text == "" {
		return func(*document) bool { return true }, nil
	}
	for rest, more := text, true; more; {
		m := term.FindStringSubmatch(rest)
		if m == nil {
			return nil, unknown("the search %q in Drive", text)
		}
		rest, more = rest[len(m[0]):], m[4] != ""
		check, err := condition(m[1]+" "+m[2], strings.NewReplacer(`\'`, `'`, `\\`, `\`).Replace(strings.Trim(m[3], "'")))
		if err != nil {
			return nil, err
		}
		all = append(all, check)
	}
	return func(d *document) bool {
		return !slices.ContainsFunc(all, func(check func(*document) bool) bool { return !check(d) })
	}, nil
}

func condition(what, value string) (func(*document) bool, error) {
	switch what {
	case "mimeType =":
		return func(*document) bool { return value == sheetType }, nil
	case "trashed =":
		return func(*document) bool { return value == "false" }, nil
	case "name =":
		return func(d *document) bool { return textIn(d.properties, "title") == value }, nil
	case "name contains":
		return func(d *document) bool { return begins(textIn(d.properties, "title"), value) }, nil
	case "modifiedTime >":
		since, err := time.Parse(time.RFC3339, value)
		if err != nil {
			return nil, unknown("the time %q in a search in Drive", value)
		}
		return func(d *document) bool { return d.modified.After(since) }, nil
	}
	return nil, unknown("the condition %q in a search in Drive", what)
}

// begins reports whether a word of a name begins with a text, as Drive
// understands "contains".
func begins(name, text string) bool {
	name, text = strings.ToLower(name), strings.ToLower(text)
	for i := 0; i < len(name); i++ {
		if strings.HasPrefix(name[i:], text) && (i == 0 || strings.ContainsRune(" -_.", rune(name[i-1]))) {
			return true
		}
	}
	return false
}
