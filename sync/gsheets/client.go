package gsheets

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"google.golang.org/api/googleapi"
	"google.golang.org/api/option"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/gsheets/address"
)

const (
	// patience is how long a call may take. Google itself gives up after 180
	// seconds.
	patience = 190 * time.Second
	// largestAnswer is how many bytes an answer may have, unpacked.
	largestAnswer = 128 << 20
)

// client calls the API for one spreadsheet. Its errors are those of the
// context, or *workbook.Error, made by fault: workbook.ErrUnavailable where
// another try may help.
type client struct {
	id      string
	options Options
	service *sheets.Service
	// turn is full while an Apply is under way: each leaves behind what the next
	// one must know.
	turn chan struct{}

	mu sync.Mutex
	// known is what the last answers told, for messages.
	known known
}

// known is what messages need of a spreadsheet.
type known struct {
	title  string
	sheets map[int64]knownSheet
}

type knownSheet struct {
	title string
	// locked means that parts of the sheet are protected from us; editors are
	// the addresses of who may change them, as far as they are told.
	locked  bool
	editors []string
}

func newClient(ctx context.Context, id string, o Options) (*client, error) {
	if err := checkEndpoint(o.Endpoint); err != nil {
		return nil, err
	}
	options := []option.ClientOption{option.WithHTTPClient(newHTTPClient(o))}
	if o.Endpoint != "" {
		options = append(options, option.WithEndpoint(o.Endpoint))
	}
	service, err := sheets.NewService(ctx, options...)
	if err != nil {
		return nil, err
	}
	return &client{id: id, options: o, service: service, turn: make(chan struct{}, 1)}, nil
}

// checkEndpoint refuses addresses to which tokens and plans would travel
// readably.
func checkEndpoint(endpoint string) error {
	if endpoint == "" {
		return nil
	}
	u, err := url.Parse(endpoint)
	switch {
	case err != nil || u.Host == "":
		return fmt.Errorf("%q is not an address of Google's API: write it as http://127.0.0.1:1234", endpoint)
	case u.Scheme == "https" || u.Scheme == "http" && address.IsLoopback(u.Hostname()):
		return nil
	}
	return fmt.Errorf("%q would be asked without encryption: only an address of this machine may be, as http://127.0.0.1:1234", endpoint)
}

// newHTTPClient returns a client around that of the options which says who it
// is and doesn't believe everything.
func newHTTPClient(o Options) *http.Client {
	var c http.Client
	if o.Client != nil {
		c = *o.Client
	}
	t := &transport{base: c.Transport, agent: "steerco (gzip)"}
	if t.base == nil {
		t.base = http.DefaultTransport
	}
	if o.Version != "" {
		t.agent = "steerco/" + o.Version + " (gzip)"
	}
	c.Transport = t
	// Google sends nobody elsewhere; who does isn't Google.
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &c
}

// transport sends requests, and takes only what Google may have answered.
type transport struct {
	base http.RoundTripper
	// agent is the User-Agent. Google packs answers only where "gzip" is in it;
	// that they may be packed is told by base.
	agent string
}

var (
	errTooLarge  = errors.New("the answer is too large")
	errNotGoogle = errors.New("the answer is not Google's")
)

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", t.agent)
	answer, err := t.base.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if isSuccess(answer) && !strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json") {
		answer.Body.Close()
		return nil, errNotGoogle
	}
	if answer.ContentLength > largestAnswer {
		answer.Body.Close()
		return nil, errTooLarge
	}
	answer.Body = &bounded{ReadCloser: answer.Body, left: largestAnswer}
	return answer, nil
}

// CloseIdleConnections lets http.Client close them.
func (t *transport) CloseIdleConnections() {
	if c, ok := t.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

func isSuccess(answer *http.Response) bool {
	return answer.StatusCode >= 200 && answer.StatusCode <= 299
}

// bounded is a body that fails where it is longer than expected.
type bounded struct {
	io.ReadCloser
	left int64
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// get reads the fields of a mask. Without ranges of which to read the cells it
// reads what the mask names of all sheets.
func (c *client) get(ctx context.Context, mask string, ranges ...string) (*sheets.Spreadsheet, error) {
	if err := c.options.Quota.Read(ctx); err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	s, err := c.service.Spreadsheets.Get(c.id).Fields(fields(mask)...).Ranges(ranges...).Context(limited).Do()
	if err != nil {
		return nil, c.fault(ctx, call{ranges: ranges}, err)
	}
	if !isSpreadsheet(s) {
		return nil, c.fault(ctx, call{ranges: ranges}, errNotGoogle)
	}
	c.remember(s)
	return s, nil
}

// isSpreadsheet reports whether an answer tells of sheets: there is no
// spreadsheet without any, and each has properties. What doesn't tell of them
// must not be taken for an empty spreadsheet.
func isSpreadsheet(s *sheets.Spreadsheet) bool {
	return s != nil && len(s.Sheets) > 0 && !slices.ContainsFunc(s.Sheets, func(sheet *sheets.Sheet) bool {
		return sheet == nil || sheet.Properties == nil
	})
}

// write sends one batch. The reply holds the spreadsheet afterwards, with the
// fields of a mask, and the cells of some ranges; of all without any.
// errInDoubt is among the errors where the batch may have taken effect
// nevertheless.
func (c *client) write(
	ctx context.Context, requests []*sheets.Request, mask string, ranges ...string,
) (*sheets.BatchUpdateSpreadsheetResponse, error) {
	if err := c.options.Quota.Write(ctx); err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := c.service.Spreadsheets.BatchUpdate(c.id, &sheets.BatchUpdateSpreadsheetRequest{
		Requests: requests, IncludeSpreadsheetInResponse: true, ResponseIncludeGridData: true, ResponseRanges: ranges,
	}).Fields(fields("replies,updatedSpreadsheet(" + mask + ")")...).Context(limited).Do()
	if err != nil {
		return nil, c.fault(ctx, call{requests: requests, ranges: ranges}, err)
	}
	if r == nil || len(r.Replies) != len(requests) {
		return nil, c.fault(ctx, call{requests: requests, ranges: ranges}, errNotGoogle)
	}
	c.remember(r.UpdatedSpreadsheet)
	return r, nil
}

func fields(mask string) []googleapi.Field { return []googleapi.Field{googleapi.Field(mask)} }

// remember keeps what messages need of an answer. An answer that doesn't hold
// it takes nothing away.
func (c *client) remember(s *sheets.Spreadsheet) {
	if s == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.Properties != nil && s.Properties.Title != "" {
		c.known.title = s.Properties.Title
	}
	now := make(map[int64]knownSheet, len(s.Sheets))
	for _, sheet := range s.Sheets {
		if sheet.Properties == nil {
			continue
		}
		k := c.known.sheets[sheet.Properties.SheetId]
		k.title = sheet.Properties.Title
		now[sheet.Properties.SheetId] = k.protectedBy(sheet.ProtectedRanges)
	}
	if len(now) > 0 {
		c.known.sheets = now
	}
}

// protectedBy returns the sheet with what is known of its protected ranges.
// Where an answer doesn't tell who may edit them, nothing new is.
func (k knownSheet) protectedBy(all []*sheets.ProtectedRange) knownSheet {
	for _, p := range all {
		if p.Range == nil {
			return k
		}
	}
	k.locked, k.editors = false, nil
	for _, p := range all {
		if p.WarningOnly || p.RequestingUserCanEdit {
			continue
		}
		k.locked = true
		if p.Editors != nil {
			k.editors = append(k.editors, p.Editors.Users...)
		}
	}
	return k
}

// name is what messages call the spreadsheet: its title, or its id as long as
// that isn't known.
func (c *client) name() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known.title != "" {
		return c.known.title
	}
	return c.id
}
