package gsheets_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/api/sheets/v4"
	"pgregory.net/rapid"

	"steerco/rules/calendar"
	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
	"steerco/sync/workbook/workbooktest"
	"steerco/templates/tab"
)

// wire keeps the batches that go to the stand-in.
type wire struct {
	server http.RoundTripper

	mu      sync.Mutex
	batches [][]byte
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, ":batchUpdate") {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		w.mu.Lock()
		w.batches = append(w.batches, body)
		w.mu.Unlock()
		r = r.Clone(r.Context())
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	return w.server.RoundTrip(r)
}

// requests returns what the last batch asked for.
func (w *wire) requests(t *testing.T) []*sheets.Request {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.batches) == 0 {
		t.Fatal("there was no batch")
	}
	var batch sheets.BatchUpdateSpreadsheetRequest
	if err := json.Unmarshal(w.batches[len(w.batches)-1], &batch); err != nil {
		t.Fatal(err)
	}
	return batch.Requests
}

// writing is a spreadsheet that is written, over a wire.
type writing struct {
	spreadsheet
	wire *wire
	*gsheets.Backend
}

const planTitle = "Plan"

// planRows are the team's: a header, then a row for each of five tasks.
func planRows() [][]any {
	rows := [][]any{{"ID", "Task", "Finish", "Done"}}
	for i, name := range []string{"Load the customers", "Load the products", "Rehearse", "Train", "Go live"} {
		rows = append(rows, []any{"T" + string(rune('1'+i)), name, calendar.New(2026, 3, 2+i), float64(i) / 10})
	}
	return rows
}

func newWriting(t *testing.T, o sheetstest.Options, more ...workbooktest.Sheet) *writing {
	t.Helper()
	server := sheetstest.New(o)
	all := append([]workbooktest.Sheet{{Name: planTitle, Rows: planRows()}}, more...)
	w := &writing{spreadsheet: newSpreadsheet(t, server, all), wire: &wire{server: server.Transport()}}
	w.edit(t, func(p *sheetstest.Person) {
		for i := range all {
			p.Do("updateSheetProperties", map[string]any{
				"fields":     "gridProperties(rowCount,columnCount)",
				"properties": map[string]any{"sheetId": i, "gridProperties": map[string]any{"rowCount": 20, "columnCount": 8}},
			})
		}
	})
	b, err := gsheets.Open(t.Context(), w.id, gsheets.Options{Client: &http.Client{Transport: w.wire}})
	if err != nil {
		t.Fatal(err)
	}
	w.Backend = b
	return w
}

func (w *writing) read(t *testing.T) *workbook.Book {
	t.Helper()
	book, err := w.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// write makes out stand, and returns what stands then.
func (w *writing) write(t *testing.T, out workbook.Output) *workbook.Book {
	t.Helper()
	version, err := w.Apply(t.Context(), workbook.Changes{Base: w.read(t).Version, Output: out})
	if err != nil {
		t.Fatal(err)
	}
	after := w.read(t)
	if after.Version != version {
		t.Errorf("version: got %q from Apply, but %q from Read", version, after.Version)
	}
	w.check(t, after, out)
	return after
}

// check fails unless out stands.
func (w *writing) check(t *testing.T, book *workbook.Book, out workbook.Output) {
	t.Helper()
	for _, c := range workbook.Compare(book.Own, out) {
		t.Errorf("not as wanted: %s", c)
	}
}

func (w *writing) edit(t *testing.T, do func(*sheetstest.Person)) {
	t.Helper()
	if err := w.server.Edit(w.id, do); err != nil {
		t.Fatal(err)
	}
}

// late returns what a run might want: the rows of some tasks marked.
func late(book *workbook.Book, say string, ids ...string) workbook.Output {
	m := workbook.Mark{Sheet: planTitle, Column: 2, FirstRow: 1, LastRow: 5, Severity: "critical", Field: "finish", Parts: []int{0, 2}}
	out := workbook.Output{ID: book.ID, Marks: []workbook.Mark{m}, Tabs: []workbook.Drawing{tabSaying("summary", say)}}
	for _, row := range book.Sheet(planTitle).Rows {
		if slices.Contains(ids, row.Cell(0).Text) {
			out.Keys = append(out.Keys, workbook.Keys(m.Severity, m.Field, []workbook.Cell{row.Cell(0), row.Cell(2)})...)
		}
	}
	slices.Sort(out.Keys)
	return out
}

func tabSaying(key, say string) workbook.Drawing {
	return workbook.Drawing{
		Tab: tab.Tab{Key: key, Title: strings.ToUpper(key), Rows: []tab.Row{
			{Cells: []tab.Cell{{Text: say, Style: tab.Title, Span: 2}}},
			{Cells: []tab.Cell{{Text: "T1", Style: tab.Body}, {Column: 1, Text: "by id", Style: tab.BodyLink}}},
			{Cells: []tab.Cell{{Text: "to a place", Style: tab.BodyLink}}},
		}},
		Links: map[tab.Position]workbook.Link{
			{Row: 1, Column: 1}: {Sheet: planTitle, Row: 1, ByID: true}, {Row: 2}: {Sheet: planTitle, Row: 3, Column: 1},
		},
	}
}

// methods returns the calls since the spreadsheet was made.
func (w *writing) methods() (reads, writes int) {
	for _, c := range w.server.Calls() {
		if c.Write {
			writes++
		} else {
			reads++
		}
	}
	return reads, writes
}

// TestCalls counts what a write costs: the first sight two readings, then a
// narrow one and a batch; nothing where nothing is to be written.
func TestCallsOfAWrite(t *testing.T) {
	w := newWriting(t, sheetstest.Options{})
	readsBefore, writesBefore := w.methods()
	step := func(what string, reads, writes int) {
		t.Helper()
		r, wr := w.methods()
		if r-readsBefore != reads || wr-writesBefore != writes {
			t.Errorf("%s: got %d readings and %d writes, want %d and %d", what, r-readsBefore, wr-writesBefore, reads, writes)
		}
		readsBefore, writesBefore = r, wr
	}
	book := w.read(t)
	step("first sight", 2, 0)
	mustApply(t, w, book, late(book, "first", "T1"))
	step("write", 1, 1)
	book = w.read(t)
	step("read again", 1, 0)
	mustApply(t, w, book, late(book, "first", "T1"))
	step("nothing to write", 0, 0)
	mustApply(t, w, book, late(book, "second", "T1"))
	step("write again", 1, 1)
}

func mustApply(t *testing.T, w *writing, book *workbook.Book, out workbook.Output) {
	t.Helper()
	if _, err := w.Apply(t.Context(), workbook.Changes{Base: book.Version, Output: out}); err != nil {
		t.Fatal(err)
	}
}

// TestBatchTwice sends a batch again that has taken effect: it fails as a
// whole.
func TestBatchTwice(t *testing.T) {
	w := newWriting(t, sheetstest.Options{})
	for _, say := range []string{"first", "second"} {
		book := w.write(t, late(w.read(t), say, "T1"))
		sent := w.wire.requests(t)
		_, err := w.api().Spreadsheets.BatchUpdate(w.id, &sheets.BatchUpdateSpreadsheetRequest{Requests: sent}).Context(t.Context()).Do()
		if err == nil {
			t.Errorf("%s: the batch took effect twice", say)
		}
		if now := w.read(t); now.Version != book.Version {
			t.Errorf("%s: version: got %q after a batch that failed, want %q", say, now.Version, book.Version)
		}
	}
}

// TestBatchInDoubt loses the answer to a batch, before or after it took effect:
// the next Apply finds out, and writes at most once.
func TestBatchInDoubt(t *testing.T) {
	for name, fault := range map[string]sheetstest.Fault{
		"dropped after":   {Drop: true, Applied: true},
		"dropped before":  {Drop: true},
		"503 after":       {Status: http.StatusServiceUnavailable, Applied: true},
		"503 before":      {Status: http.StatusServiceUnavailable},
		"500 after":       {Status: http.StatusInternalServerError, Applied: true},
		"gateway timeout": {Status: http.StatusGatewayTimeout, Applied: true},
	} {
		for _, clean := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				failing := false
				w := newWriting(t, sheetstest.Options{Fault: func(c sheetstest.Call) *sheetstest.Fault {
					if failing && c.Method == "spreadsheets.batchUpdate" {
						failing = false
						return &fault
					}
					return nil
				}})
				book := w.write(t, late(w.read(t), "first", "T1"))
				out := late(book, "second", "T2")
				if clean {
					out = workbook.Output{}
				}
				failing = true
				c := workbook.Changes{Base: book.Version, Output: out}
				if _, err := w.Apply(t.Context(), c); !errors.Is(err, workbook.ErrUnavailable) {
					t.Fatalf("first try: got %v, want %v", err, workbook.ErrUnavailable)
				}
				version, err := w.Apply(t.Context(), c)
				if err != nil {
					t.Fatalf("second try: %v", err)
				}
				after := w.read(t)
				if after.Version != version {
					t.Errorf("version: got %q from Apply, but %q from Read", version, after.Version)
				}
				w.check(t, after, out)
				sent := len(w.wire.batches)
				if want := 2 + map[bool]int{false: 1}[fault.Applied]; sent != want {
					t.Errorf("got %d batches, want %d", sent, want)
				}
			})
		}
	}
}

// TestRefusedBatchWithoutAReading lets somebody else write first, and the
// reading fail that is to tell why the batch was refused: another try tells.
func TestRefusedBatchWithoutAReading(t *testing.T) {
	failing := false
	w := newBlink(t)
	w.fault = func(c sheetstest.Call) *sheetstest.Fault {
		if failing && !c.Write {
			failing = false
			return &sheetstest.Fault{Status: http.StatusServiceUnavailable}
		}
		return nil
	}
	book := w.write(t, late(w.read(t), "first", "T1"))
	w.blink = func(p *sheetstest.Person) {
		p.DeleteSheet("_steerco")
		failing = true
	}
	c := workbook.Changes{Base: book.Version, Output: late(book, "second", "T1")}
	if _, err := w.Apply(t.Context(), c); !errors.Is(err, workbook.ErrUnavailable) {
		t.Fatalf("first try: got %v, want %v", err, workbook.ErrUnavailable)
	}
	if _, err := w.Apply(t.Context(), c); !errors.Is(err, workbook.ErrChanged) {
		t.Fatalf("second try: got %v, want %v", err, workbook.ErrChanged)
	}
}

// TestSomebodyTypesBeforeTheBatch changes a cell between the last reading and
// the batch: nothing is lost, and the next reading tells.
func TestSomebodyTypesBeforeTheBatch(t *testing.T) {
	w := newBlink(t)
	book := w.read(t)
	w.blink = func(p *sheetstest.Person) { p.Set(planTitle, 3, 1, "typed in between") }
	version, err := w.Apply(t.Context(), workbook.Changes{Base: book.Version, Output: late(book, "first", "T1")})
	if err != nil {
		t.Fatal(err)
	}
	after := w.read(t)
	if after.Version == version {
		t.Error("version: got that of the write, though somebody has typed")
	}
	if got := after.Sheet(planTitle).Cell(3, 1).Text; got != "typed in between" {
		t.Errorf("what was typed: got %q", got)
	}
}

// blinking is a spreadsheet in which somebody does something right before a
// batch, and calls fail.
type blinking struct {
	*writing
	blink func(*sheetstest.Person)
	fault func(sheetstest.Call) *sheetstest.Fault
}

func newBlink(t *testing.T, more ...workbooktest.Sheet) *blinking {
	t.Helper()
	b := &blinking{}
	b.writing = newWriting(t, sheetstest.Options{Before: func(c sheetstest.Call) {
		if do := b.blink; do != nil && c.Method == "spreadsheets.batchUpdate" {
			b.blink = nil
			b.edit(t, do)
		}
	}, Fault: func(c sheetstest.Call) *sheetstest.Fault {
		if b.fault == nil {
			return nil
		}
		return b.fault(c)
	}}, more...)
	return b
}

// TestLinks looks at what links show and where they lead.
func TestLinks(t *testing.T) {
	w := newWriting(t, sheetstest.Options{})
	w.write(t, late(w.read(t), "first", "T1"))
	if got, err := w.server.Shown(w.id, "SUMMARY", 1, 1); err != nil || got != "by id" {
		t.Errorf("link by id: got %q, %v", got, err)
	}
	got, err := w.api().Spreadsheets.Get(w.id).Ranges("SUMMARY").Context(t.Context()).
		Fields("sheets/data/rowData/values(userEnteredFormat/textFormat/link,userEnteredValue)").Do()
	if err != nil {
		t.Fatal(err)
	}
	rows := got.Sheets[0].Data[0].RowData
	if link := rows[2].Values[0].UserEnteredFormat.TextFormat.Link; link == nil || link.Uri != "#gid=0&range=B4" {
		t.Errorf("link to a place: got %+v", link)
	}
	if f := rows[1].Values[1].UserEnteredValue.FormulaValue; f == nil || *f != `=HYPERLINK("#gid=0&range=A"&IFERROR(MATCH(A2,'Plan'!A:A,0),2),"by id")` {
		t.Errorf("link by id: got %v", f)
	}
}

// TestSeparatorIsLearned writes where formulas need ";": guessed wrong, a batch
// is refused, or its links show an error; the next one goes right at once.
func TestSeparatorIsLearned(t *testing.T) {
	for name, tt := range map[string]struct {
		guess   string
		without bool
		want    int
	}{
		"guessed by the locale":     {"", false, 1},
		"guessed wrong":             {",", false, 2},
		"guessed wrong, only links": {",", true, 2},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWriting(t, sheetstest.Options{Locale: "de_DE", Semicolons: true})
			w.Guess(tt.guess)
			book := w.read(t)
			out := late(book, "first", "T2")
			if tt.without {
				out.Marks, out.Keys = nil, nil
			} else {
				defer w.colored(t, "in the end", "FFFFFF", "FFFFFF", tab.MarkFill("critical"))
			}
			mustApply(t, w, book, out)
			if got := len(w.wire.batches); got != tt.want {
				t.Errorf("batches: got %d, want %d", got, tt.want)
			}
			book = w.read(t)
			w.check(t, book, out)
			out.Tabs[0] = tabSaying("summary", "second")
			w.write(t, out)
			if got := len(w.wire.batches); got != tt.want+1 {
				t.Errorf("batches after another write: got %d, want %d", got, tt.want+1)
			}
			if got, err := w.server.Shown(w.id, "SUMMARY", 1, 1); err != nil || got != "by id" {
				t.Errorf("link by id: got %q, %v", got, err)
			}
		})
	}
}

// TestWriteBesideALargeSheet writes into a spreadsheet that is read by ranges,
// and takes everything out again.
func TestWriteBesideALargeSheet(t *testing.T) {
	w := newWriting(t, sheetstest.Options{}, workbooktest.Sheet{Name: "It's large", Rows: [][]any{{"a"}}})
	w.edit(t, func(p *sheetstest.Person) {
		p.Do("updateSheetProperties", map[string]any{
			"fields":     "gridProperties(rowCount,columnCount)",
			"properties": map[string]any{"sheetId": 1, "gridProperties": map[string]any{"rowCount": gsheets.MostCells / 1000, "columnCount": 1001}},
		})
	})
	if len(w.read(t).Warnings) == 0 {
		t.Fatal("the sheet isn't too large to be read")
	}
	w.write(t, late(w.read(t), "first", "T1"))
	w.write(t, late(w.read(t), "second", "T2"))
	// Somebody makes a tab of steerco's too large to be read.
	w.send(sheetRequest("gridProperties.rowCount", &sheets.SheetProperties{
		SheetId: person{w.spreadsheet}.sheetID("SUMMARY"), GridProperties: &sheets.GridProperties{RowCount: gsheets.MostCells + 1},
	}))
	w.write(t, workbook.Output{})
	if diff := cmp.Diff(w.titles(t), []string{planTitle, "It's large"}); diff != "" {
		t.Errorf("sheets that people see: got -, want +\n%s", diff)
	}
}

// TestNothingOfTheTeamsIsAddressed writes outputs of all kinds, one after the
// other, and looks at the requests: but for highlights they are about sheets of
// steerco's. What the team's sheets hold stays, and a second write writes nothing.
func TestNothingOfTheTeamsIsAddressed(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWriting(t, sheetstest.Options{}, workbooktest.Sheet{Name: "Old", Hidden: true, Rows: [][]any{{"left alone"}}})
		before := w.read(t).Sheets
		for range rapid.IntRange(1, 4).Draw(rt, "writes") {
			out := anyOutput(rt, w.read(t))
			sent := len(w.wire.batches)
			w.write(t, out)
			if len(w.wire.batches) > sent {
				checkAddressed(rt, w.wire.requests(t), 0, 1)
			}
			sent = len(w.wire.batches)
			w.write(t, out)
			if len(w.wire.batches) != sent {
				rt.Fatal("the same again: got a batch, want none")
			}
		}
		w.write(t, workbook.Output{})
		after := w.read(t)
		if diff := cmp.Diff(after.Sheets, before); diff != "" {
			rt.Errorf("the team's sheets: got -, want +\n%s", diff)
		}
		if own := after.Own; own.ID != "" || len(own.Tabs)+len(own.Marks)+len(own.Keys) > 0 {
			rt.Errorf("after clean: got %+v", own)
		}
	})
}

func anyOutput(t *rapid.T, book *workbook.Book) workbook.Output {
	out := workbook.Output{ID: book.ID}
	for _, key := range []string{"summary", "committee"} {
		if !rapid.Bool().Draw(t, "with "+key) {
			continue
		}
		d := tabSaying(key, rapid.StringN(0, 20, 60).Draw(t, "say"))
		for range rapid.IntRange(0, 3).Draw(t, "more rows") {
			d.Tab.Rows = append(d.Tab.Rows, tab.Row{Outline: rapid.IntRange(0, 2).Draw(t, "outline"), Cells: []tab.Cell{{Text: "row", Style: tab.StatusRed}}})
		}
		d.Tab.FreezeRows = rapid.IntRange(0, 2).Draw(t, "frozen")
		out.Tabs = append(out.Tabs, d)
	}
	for _, severity := range []string{"critical", "warning", "note"} {
		if rapid.Bool().Draw(t, "with "+severity) {
			m := workbook.Mark{Sheet: planTitle, Column: rapid.IntRange(0, 3).Draw(t, "column"), FirstRow: 1, LastRow: 5, Severity: severity, Field: "finish", Parts: []int{0}}
			out.Marks = append(out.Marks, m)
			out.Keys = append(out.Keys, severity+"|finish|T1")
		}
	}
	slices.Sort(out.Keys)
	return out
}

// checkAddressed fails where a request is about one of the team's sheets.
func checkAddressed(t *rapid.T, all []*sheets.Request, teams ...int64) {
	for _, r := range all {
		if r.AddConditionalFormatRule != nil || r.DeleteConditionalFormatRule != nil {
			continue
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var body any
		if err := json.Unmarshal(text, &body); err != nil {
			t.Fatal(err)
		}
		for _, id := range sheetIDs(body) {
			if slices.Contains(teams, id) {
				t.Errorf("a request about a sheet of the team's: %s", text)
			}
		}
	}
}

// sheetIDs returns all ids of sheets in a request.
func sheetIDs(v any) []int64 {
	var ids []int64
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			if n, ok := value.(float64); ok && name == "sheetId" {
				ids = append(ids, int64(n))
			}
			ids = append(ids, sheetIDs(value)...)
		}
	case []any:
		for _, value := range v {
			ids = append(ids, sheetIDs(value)...)
		}
	}
	return ids
}

// TestCleanLeavesASheetToBeSeen takes everything out where people have hidden
// or deleted their own sheets.
func TestCleanLeavesASheetToBeSeen(t *testing.T) {
	for name, tt := range map[string]struct {
		edit func(*sheetstest.Person)
		want []string
	}{
		"hidden":           {func(p *sheetstest.Person) { p.Hide(planTitle) }, []string{planTitle}},
		"deleted":          {func(p *sheetstest.Person) { p.DeleteSheet(planTitle) }, []string{"Sheet1"}},
		"tab hidden":       {func(p *sheetstest.Person) { p.Hide("SUMMARY") }, []string{planTitle}},
		"tab deleted":      {func(p *sheetstest.Person) { p.DeleteSheet("SUMMARY") }, []string{planTitle}},
		"data tab deleted": {func(p *sheetstest.Person) { p.DeleteSheet("_steerco") }, []string{planTitle}},
		"data tab shown": {func(p *sheetstest.Person) {
			p.Set("_steerco", 0, 0, "scribble")
		}, []string{planTitle}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWriting(t, sheetstest.Options{})
			w.write(t, late(w.read(t), "first", "T1"))
			w.edit(t, tt.edit)
			w.write(t, workbook.Output{})
			if diff := cmp.Diff(w.titles(t), tt.want); diff != "" {
				t.Errorf("sheets that people see: got -, want +\n%s", diff)
			}
		})
	}
}

// TestDamageIsMended changes what is steerco's besides the cells of tabs: the
// next write puts all of it right, and then there is nothing to write.
func TestDamageIsMended(t *testing.T) {
	for name, edit := range map[string]func(*sheetstest.Person){
		"a key changed":         func(p *sheetstest.Person) { p.Set("_steerco", 0, 0, "scribble") },
		"the record changed":    func(p *sheetstest.Person) { p.Set("_steerco", 0, 1, "scribble") },
		"the data tab deleted":  func(p *sheetstest.Person) { p.DeleteSheet("_steerco") },
		"the data tab renamed":  func(p *sheetstest.Person) { p.RenameSheet("_steerco", "what is this") },
		"rows in the data tab":  func(p *sheetstest.Person) { p.InsertRows("_steerco", 0, 2) },
		"a tab deleted":         func(p *sheetstest.Person) { p.DeleteSheet("SUMMARY") },
		"a tab's rows deleted":  func(p *sheetstest.Person) { p.DeleteRows("SUMMARY", 0, 1) },
		"a tab's columns added": func(p *sheetstest.Person) { p.InsertColumns("SUMMARY", 0, 2) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWriting(t, sheetstest.Options{})
			out := late(w.read(t), "first", "T1", "T3")
			w.write(t, out)
			w.edit(t, edit)
			w.write(t, out)
			sent := len(w.wire.batches)
			w.write(t, out)
			if len(w.wire.batches) != sent {
				t.Error("the same again: got a batch, want none")
			}
		})
	}
}
