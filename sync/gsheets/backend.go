// Package gsheets is the backend over the Google Sheets API: it reads a live
// spreadsheet with one call, and writes with one batch that takes effect as a
// whole.
//
// The API has no way to say "only if nobody has typed since". So right before
// the batch a narrow reading is compared with what was read (Version), and the
// batch moves a fence (names.go) by which a batch that is sent twice, or by an
// old holder, fails. What remains is the blink between that reading and the
// batch. In it no cell of the team's can be lost, as a batch addresses only
// what is steerco's; what it deletes by index, conditional formats, it gets
// back in the reply, and puts back if it wasn't steerco's.
//
// It leaves waiting and trying again to sync/retry, and signing in to
// sync/gsheets/signin.
package gsheets

import (
	"context"
	"net/http"
	"sync"

	"google.golang.org/api/sheets/v4"

	"steerco/sync/gsheets/quota"
	"steerco/sync/workbook"
)

// Options tell how to reach a spreadsheet.
type Options struct {
	// Client sends the requests, signed in.
	Client *http.Client
	// Endpoint is where the API is, as "http://127.0.0.1:1234"; empty: Google.
	Endpoint string
	// Account is the address of the account that is signed in, with which a
	// spreadsheet must be shared; empty: not known.
	Account string
	// Quota is what all spreadsheets of the account share; nil: no limit.
	Quota *quota.Bucket
	// Version is steerco's own, which is told to Google; empty: none.
	Version string
}

// Backend is a spreadsheet. Make it with Open.
type Backend struct {
	id  string
	api *client

	mu sync.Mutex
	// extent tells how the spreadsheet is read.
	extent extent
	// seen is the last reading.
	seen *snapshot
	// memory is what Apply keeps from one call to the next.
	memory memory
}

// snapshot is a spreadsheet at one version.
type snapshot struct {
	// sheet is what the API answered, with mask readMask, but for the cells of
	// the team's: they are many, and nobody needs them again.
	sheet *sheets.Spreadsheet
	state state
	own   own
	// book is what workbook.Compare and workbook.Check need of the Book that
	// was read: the names of its sheets, and Own without cells.
	book *workbook.Book
}

// own is what stands of steerco's in a spreadsheet, and where. findOwn makes
// it.
type own struct {
	// id is the stored identity, idMetadata the id of the developer metadata
	// that holds it; zero: none.
	id         string
	idMetadata int64
	tabs       []ownTab
	// data is the data tab; nil: none. dataMetadata is the id of the developer
	// metadata by which it is known; zero: none.
	data         *sheets.Sheet
	dataMetadata int64
	dataContent
	// fence is the id of the named range over the keys, keysName its name in
	// small letters; empty: none.
	fence, keysName string
	// spareNames are the ids of further named ranges that are called so.
	// and of those over the data tab that somebody calls otherwise.
	spareNames []string
	// spareProtections are the ids of protected ranges on sheets of the team's
	// that say they were steerco's: people have copied a tab.
	spareProtections []int64
	// lost are rules of the team's that the last batch took out by mistake, and
	// that nobody has put back since.
	lost  []lostRule
	rules []ownRule
	// spare are the ids of developer metadata of steerco's that mean nothing:
	// of what was copied or is no more.
	spare []int64
	// whole means that nobody else has changed anything of steerco's.
	whole bool
}

// dataContent is what the data tab holds.
type dataContent struct {
	keys   []string
	record dataRecord
	// journal is how the rules should stand after the last batch.
	journal []keptRules
}

// ownTab is a tab of steerco's as it stands.
type ownTab struct {
	sheet *sheets.Sheet
	// metadata is the id of the developer metadata that holds the record;
	// zero: it got lost, and the data tab's record told.
	metadata int64
	record   tabRecord
	// altered means that the cells aren't those of the record.
	altered bool
}

// tabRecord is what is remembered of a tab, as JSON in its developer metadata.
type tabRecord struct {
	// Format is recordFormat.
	Format int    `json:"steerco"`
	Key    string `json:"key"`
	// Sheet is the sheet's id: a copy of the tab, which carries the metadata
	// too, has another. Title is what the sheet was called when it was written.
	Sheet int64  `json:"sheet"`
	Title string `json:"title"`
	// Drawing is the digest of what was drawn, Content that of its cells as
	// they are read again.
	Drawing string `json:"drawing"`
	Content string `json:"content"`
}

// dataRecord is what the data tab remembers, as JSON in a cell beside the keys:
// what a spreadsheet is known by that was downloaded as a file and uploaded
// again, which keeps no developer metadata.
type dataRecord struct {
	// Format is recordFormat.
	Format int    `json:"steerco"`
	ID     string `json:"id"`
	// Sheet is the id of the data tab's sheet: a copy of it has another.
	Sheet int64 `json:"sheet"`
	// Tabs are the records of all tabs.
	Tabs []tabRecord `json:"tabs,omitempty"`
}

// ownRule is a highlight of steerco's: a conditional format at an index of a
// sheet.
type ownRule struct {
	sheet int64
	index int
	rule  *sheets.ConditionalFormatRule
}

// Open returns the spreadsheet with an id. It asks nobody yet.
func Open(ctx context.Context, id string, o Options) (*Backend, error) {
	api, err := newClient(ctx, id, o)
	if err != nil {
		return nil, err
	}
	return &Backend{id: id, api: api}, nil
}
