// Package address understands the addresses of spreadsheets as people copy
// them from a browser. It asks nobody whether there is such a spreadsheet.
package address

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"
)

// Spreadsheet is where a spreadsheet is. The zero value is none.
type Spreadsheet struct {
	// ID is the one that Google gave it.
	ID string
	// Endpoint is where the API is, as "http://127.0.0.1:1234", for a spreadsheet
	// on this machine, where nothing is encrypted; empty: Google, or where the
	// caller knows.
	Endpoint string
}

// IsZero reports whether it is none.
func (s Spreadsheet) IsZero() bool { return s == Spreadsheet{} }

// URL returns the address that opens it in a browser. That of one on this
// machine opens nothing there, but is understood again.
func (s Spreadsheet) URL() string {
	base := s.Endpoint
	if base == "" {
		base = "https://" + docsHost
	}
	return base + "/spreadsheets/d/" + s.ID + "/edit"
}

const docsHost = "docs.google.com"

// IsURL reports whether somebody means an address and not a file, whether or
// not it is one of a spreadsheet.
func IsURL(said string) bool {
	return strings.HasPrefix(said, "https://") || strings.HasPrefix(said, "http://") || strings.HasPrefix(said, docsHost+"/")
}

// Error is why an address is none of a spreadsheet.
type Error struct {
	Err error
	// Fix is what to do.
	Fix string
}

// Error returns fault and mend in one line.
func (e *Error) Error() string { return e.Err.Error() + ": " + e.Fix }

// Unwrap returns the fault alone.
func (e *Error) Unwrap() error { return e.Err }

// Parse understands an address, with whatever follows the id in it, or the id
// alone. Its errors are *Error.
func Parse(said string) (Spreadsheet, error) {
	said = strings.TrimSpace(said)
	if isID(said) {
		return Spreadsheet{ID: said}, nil
	}
	if strings.HasPrefix(said, docsHost+"/") {
		said = "https://" + said
	}
	u, err := url.Parse(said)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return Spreadsheet{}, none(said, "is no address of a spreadsheet")
	}
	switch host := strings.ToLower(u.Hostname()); {
	case host == docsHost:
		return parsePath(said, u, "")
	case IsLoopback(host):
		return parsePath(said, u, "http://"+u.Host)
	case host == "drive.google.com":
		return Spreadsheet{}, none(said, "is where the file lies in Drive, not the spreadsheet's own address")
	}
	return Spreadsheet{}, none(said, "is no address of a Google spreadsheet")
}

// idPath finds the id in the path: somebody signed in with several accounts has
// /u/1 before it, and a company's domain may stand there.
var idPath = regexp.MustCompile(`^(?:/a/[^/]+)?/spreadsheets(?:/u/[0-9]+)?/d/([A-Za-z0-9_-]+)(?:/.*)?$`)

func parsePath(said string, u *url.URL, endpoint string) (Spreadsheet, error) {
	found := idPath.FindStringSubmatch(u.Path)
	switch {
	case found != nil && found[1] == "e":
		return Spreadsheet{}, none(said, "is a page published on the web, not the spreadsheet itself")
	case found != nil && isID(found[1]):
		return Spreadsheet{ID: found[1], Endpoint: endpoint}, nil
	}
	for _, other := range []struct{ path, what string }{
		{"/document/", "a document"}, {"/presentation/", "a presentation"}, {"/forms/", "a form"},
	} {
		if strings.Contains(u.Path, other.path) {
			return Spreadsheet{}, none(said, "is "+other.what+", not a spreadsheet")
		}
	}
	return Spreadsheet{}, none(said, "names no spreadsheet")
}

func none(said, why string) error {
	return &Error{
		Err: fmt.Errorf("%q %s", said, why),
		Fix: "open the spreadsheet in the browser and copy its address: https://" + docsHost + "/spreadsheets/d/…/edit",
	}
}

// isID reports whether a text can be the id of a spreadsheet. Google's have 44
// characters.
func isID(s string) bool {
	const shortest = 10
	if len(s) < shortest {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
	})
}

// IsLoopback reports whether a host without port is this machine.
func IsLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
