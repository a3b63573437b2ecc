package sheetstest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"steerco/sync/gsheets/sheetstest/discovery"
)

// asked is a request of a batchUpdate.
type asked struct {
	kind string
	body object
}

// batchUpdate carries out spreadsheets.batchUpdate on c.doc.
func (s *Server) batchUpdate(c *call) (object, error) {
	requests := objectsIn(c.body, "requests")
	if len(requests) == 0 {
		return nil, refuseBare("Must specify at least one request.")
	}
	b := &batch{doc: c.doc, server: s, account: c.Account}
	replies := make([]any, len(requests))
	for i, r := range requests {
		if len(r) == 0 {
			return nil, refuseBare("Invalid requests[%d]: No request set.", i)
		}
		for name := range r {
			reply, err := b.request(name, objectIn(r, name))
			if err != nil {
				return nil, prefixed(err, fmt.Sprintf("Invalid requests[%d].%s: ", i, name))
			}
			if reply == nil {
				reply = object{}
			}
			replies[i] = reply
		}
	}
	answer := object{"spreadsheetId": c.doc.id, "replies": replies}
	return s.withSpreadsheet(c, answer)
}

// withSpreadsheet adds the spreadsheet to the answer of a batchUpdate that wants it.
func (s *Server) withSpreadsheet(c *call, answer object) (object, error) {
	if !trueIn(c.body, "includeSpreadsheetInResponse") {
		return answer, nil
	}
	wanted := contents{grid: trueIn(c.body, "responseIncludeGridData")}
	ranges, _ := c.body["responseRanges"].([]any)
	for _, r := range ranges {
		a, err := c.doc.parseA1(r.(string))
		if err != nil {
			return nil, err
		}
		wanted.areas = append(wanted.areas, a)
	}
	below := *c
	below.fields = c.fields.At("updatedSpreadsheet")
	if below.fields.Empty() {
		return answer, nil
	}
	shown, err := s.shown(&below, c.doc, wanted)
	answer["updatedSpreadsheet"] = shown
	return answer, err
}

// prefixed puts the name of a request in front of the message of an error.
func prefixed(err error, name string) error {
	var f *failure
	if !errors.As(err, &f) || f.bare || f.code != http.StatusBadRequest {
		return err
	}
	full := *f
	full.message = name + f.message
	return &full
}

// request carries out one request.
func (b *batch) request(name string, body object) (object, error) {
	k, ok := b.server.kinds[name]
	if !ok {
		return nil, unknown("the request %q", name)
	}
	if k.masked {
		if err := b.checkMask(name, body); err != nil {
			return nil, err
		}
		for _, field := range maskOf(body).Names() {
			if slices.Contains(k.fixed, field) {
				return nil, unknown("changing the %s with %s", field, name)
			}
		}
	}
	return k.do(b, body)
}

// checkMask holds the field mask of a request against what it updates.
func (b *batch) checkMask(name string, body object) error {
	text, _ := body["fields"].(string)
	mask, err := discovery.ParseMask(text)
	if err != nil {
		return refuse("Invalid field mask %q", text)
	}
	if mask.Empty() {
		return refuse("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
	}
	if path := b.server.api.Unknown(b.server.api.Updated(name), mask); path != "" {
		return refuse("Invalid field: %s", path)
	}
	return nil
}

// maskOf returns the field mask of a request, which was checked.
func maskOf(body object) discovery.Mask {
	text, _ := body["fields"].(string)
	mask, err := discovery.ParseMask(text)
	if err != nil {
		return discovery.Mask{}
	}
	return mask
}
