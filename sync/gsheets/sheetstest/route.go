package sheetstest

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"steerco/sync/gsheets/sheetstest/discovery"
)

// call is one call while it is answered.
type call struct {
	Call
	method discovery.Method
	// path are the parameters of the path, unescaped.
	path  map[string]string
	query url.Values
	// fields is the mask of the answer.
	fields discovery.Mask
	// sent is the body as it came, body the one that was checked; nil: none.
	sent []byte
	body object
	// doc is the spreadsheet that the path names; nil: it names none. A writing
	// call has a copy, which is stored when it succeeded.
	doc *document
}

// drive reports whether the call is for Drive.
func (c *call) drive() bool { return strings.HasPrefix(c.Method, "drive.") }

// modern reports whether the caller asked for JSON by name, as Google's
// newer clients do.
func (c *call) modern() bool { return c.query.Get("alt") == "json" }

// route finds the method that a request is for.
func (s *Server) route(r *http.Request) (discovery.Method, map[string]string, error) {
	path := strings.TrimPrefix(r.URL.EscapedPath(), "/")
	// Some clients put a slash too many behind an id.
	path = strings.Replace(strings.TrimSuffix(path, "/"), "/:", ":", 1)
	other := false
	for _, methods := range []map[string]discovery.Method{s.api.Methods, driveMethods()} {
		for _, m := range methods {
			parameters, ok := match(m.Path, path)
			if ok && m.HTTP == r.Method {
				return m, parameters, nil
			}
			other = other || ok
		}
	}
	f := failed(unknown("%s /%s", r.Method, path))
	f.code = http.StatusNotFound
	if other {
		f.code = http.StatusMethodNotAllowed
	}
	return discovery.Method{}, nil, f
}

// match holds an escaped path against a template of the API's description and
// returns its parameters.
func match(template, path string) (map[string]string, bool) {
	parts, segments := strings.Split(template, "/"), strings.Split(path, "/")
	if len(parts) != len(segments) {
		return nil, false
	}
	parameters := map[string]string{}
	for i, part := range parts {
		begin, end := strings.IndexByte(part, '{'), strings.IndexByte(part, '}')
		if begin < 0 {
			if part != segments[i] {
				return nil, false
			}
			continue
		}
		value, ok := strings.CutSuffix(segments[i], part[end+1:])
		value, err := url.PathUnescape(value)
		if !ok || err != nil || value == "" {
			return nil, false
		}
		parameters[part[begin+1:end]] = value
	}
	return parameters, true
}

// checkQuery holds the parameters of the query against the description.
func (s *Server) checkQuery(c *call) error {
	var wrong []discovery.Violation
	for name, values := range c.query {
		t, known := c.method.Query[name]
		if !known {
			t, known = s.api.Global[name]
		}
		switch {
		case !known:
			wrong = append(wrong, discovery.Violation{Text: "Invalid JSON payload received. Unknown name \"" + name +
				"\": Cannot bind query parameter. Field '" + name + "' could not be found in request message."})
		case t.Name != "list" && len(values) > 1:
			wrong = append(wrong, discovery.Violation{Field: name, Text: "Invalid value at '" + name + "' (repeated), there is more than one"})
		case t.Name == "boolean" && !isBoolean(values[0]), t.Name == "enum" && !slices.Contains(t.Enum, values[0]):
			wrong = append(wrong, discovery.Violation{Field: name, Text: "Invalid value at '" + name + "' (" + t.Name + "), " + strconv.Quote(values[0])})
		}
	}
	slices.SortFunc(wrong, func(a, b discovery.Violation) int { return strings.Compare(a.Text, b.Text) })
	if len(wrong) > 0 {
		return violated(wrong)
	}
	for _, name := range []string{"alt", "callback", "access_token", "oauth_token", "uploadType", "upload_protocol"} {
		if value := c.query.Get(name); value != "" && value != "json" {
			return unknown("the parameter %s=%s", name, value)
		}
	}
	return nil
}

// isBoolean reports whether a parameter is true or false, as clients of
// several languages write it.
func isBoolean(text string) bool {
	lower := strings.ToLower(text)
	return lower == "true" || lower == "false"
}

// flag is a boolean parameter of the query.
func (c *call) flag(name string) bool { return strings.EqualFold(c.query.Get(name), "true") }
