package sheetstest

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strings"

	"steerco/sync/gsheets/sheetstest/discovery"
)

// answered is an answer as it is sent.
type answered struct {
	status  int
	header  http.Header
	content []byte
	dropped bool
}

// handler carries out a method. A nil object is an answer without a body.
type handler struct {
	do func(*Server, *call) (object, error)
	// writes means that it changes the spreadsheet that the path names.
	writes bool
	// elsewhere means that it only changes another one.
	elsewhere bool
}

// handlers returns what carries out each method.
func handlers() map[string]handler {
	all := map[string]handler{
		"spreadsheets.create":                   {do: (*Server).create, writes: true},
		"spreadsheets.get":                      {do: (*Server).get},
		"spreadsheets.getByDataFilter":          {do: (*Server).getByFilter},
		"spreadsheets.batchUpdate":              {do: (*Server).batchUpdate, writes: true},
		"spreadsheets.sheets.copyTo":            {do: (*Server).copyTo, writes: true, elsewhere: true},
		"spreadsheets.developerMetadata.get":    {do: (*Server).metadata},
		"spreadsheets.developerMetadata.search": {do: (*Server).searchMetadata},
	}
	maps.Copy(all, valueHandlers())
	maps.Copy(all, driveHandlers())
	return all
}

// answer carries out one call.
func (s *Server) answer(r *http.Request) answered {
	c, err := s.receive(r)
	if s.options.Before != nil {
		s.options.Before(c.Call)
	}
	var fault *Fault
	if s.options.Fault != nil {
		fault = s.options.Fault(c.Call)
	}
	var body object
	if err == nil && (fault == nil || fault.Applied) {
		body, err = s.carryOut(c)
	}
	a := answered{status: http.StatusOK, header: http.Header{}}
	if fault != nil {
		err = fault.failure(c)
		a.header, a.dropped = fault.header(), fault.Drop
	}
	if !a.dropped {
		s.render(c, &a, body, err)
		a.compress(r)
	}
	s.record(c, &a)
	return a
}

// receive reads what a call is and what it sends.
func (s *Server) receive(r *http.Request) (*call, error) {
	c := &call{query: r.URL.Query()}
	c.At, c.Account = s.now(), "anonymous"
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && token != "" {
		c.Account = token
	}
	content, err := io.ReadAll(r.Body)
	if err != nil {
		return c, refuseBare("the body can't be read: %v", err)
	}
	c.sent = content
	c.method, c.path, err = s.route(r)
	if err != nil {
		return c, err
	}
	c.Method, c.Write = c.method.Name, s.handlers[c.method.Name].writes
	c.Spreadsheet = c.path["spreadsheetId"] + c.path["fileId"]
	return c, nil
}

// carryOut checks a call and does what it says.
func (s *Server) carryOut(c *call) (object, error) {
	if err := s.checkQuery(c); err != nil {
		return nil, err
	}
	if err := s.readBody(c); err != nil {
		return nil, err
	}
	if err := s.readFields(c); err != nil {
		return nil, err
	}
	h, ok := s.handlers[c.Method]
	if !ok {
		return nil, unknown("%s", c.Method)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.spend(c); err != nil {
		return nil, err
	}
	return s.onDocument(c, h)
}

// onDocument carries out a call on the spreadsheet that it names, if any, as a
// whole or not at all.
func (s *Server) onDocument(c *call, h handler) (object, error) {
	id, named := c.path["spreadsheetId"]
	if !named {
		return h.do(s, c)
	}
	changes := h.writes && !h.elsewhere
	d, err := s.reach(id, c.Account, changes)
	if err != nil {
		return nil, err
	}
	c.doc = d
	if !changes {
		return h.do(s, c)
	}
	c.doc = d.clone()
	body, err := h.do(s, c)
	if err == nil {
		c.doc.modified = c.At
		s.files[id] = c.doc
	}
	return body, err
}

// readBody decodes the body and holds it against the description.
func (s *Server) readBody(c *call) error {
	if c.drive() {
		return c.readDriveBody()
	}
	if c.method.Request == "" || len(bytes.TrimSpace(c.sent)) == 0 {
		c.body = object{}
		return nil
	}
	var value any
	if err := json.Unmarshal(c.sent, &value); err != nil {
		return violated([]discovery.Violation{{Text: "Invalid JSON payload received. " + err.Error()}})
	}
	at := ""
	if c.method.Request == "ValueRange" {
		at = "data"
	}
	body, wrong := s.api.Check(c.method.Request, at, value)
	if wrong != nil {
		return violated(wrong)
	}
	c.body = body
	return nil
}

// readFields reads the mask of the answer.
func (s *Server) readFields(c *call) error {
	text := c.query.Get("fields")
	if text == "" {
		c.fields = discovery.All()
		return nil
	}
	mask, err := discovery.ParseMask(text)
	if err != nil {
		return badFields(text)
	}
	c.fields = mask
	if c.drive() {
		return c.checkDriveFields()
	}
	if path := s.api.Unknown(c.method.Response, mask); path != "" {
		return badFields(path)
	}
	return nil
}

// render writes the answer or the error as it is sent.
func (s *Server) render(c *call, a *answered, body object, err error) {
	if err == nil && body == nil {
		a.status = http.StatusNoContent
		return
	}
	mask := c.fields
	if c.drive() {
		mask = driveFields(c)
	}
	if err != nil {
		f := failed(err)
		a.status, body, mask = f.code, s.translated(f).body(c.modern()), discovery.All()
	}
	content, err := encode(body, mask, !strings.EqualFold(c.query.Get("prettyPrint"), "false"))
	if err != nil {
		a.status, a.content = http.StatusInternalServerError, []byte("the stand-in can't write its answer: "+err.Error())
		return
	}
	a.header.Set("Content-Type", "application/json; charset=UTF-8")
	a.content = content
}

// compress packs the answer where the client takes that.
func (a *answered) compress(r *http.Request) {
	if len(a.content) < 1000 || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return
	}
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return
	}
	if _, err = w.Write(a.content); err != nil || w.Close() != nil {
		return
	}
	a.header.Set("Content-Encoding", "gzip")
	a.content = b.Bytes()
}

// record notes a call that is over.
func (s *Server) record(c *call, a *answered) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !a.dropped {
		c.Status, c.Bytes = a.status, len(a.content)
	}
	s.calls = append(s.calls, c.Call)
}
