package sheetstest_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"steerco/sync/gsheets/sheetstest"
)

// watched is a sheet of a few rows, and what each row is known by: a text, a
// named range and developer metadata. A rule covers some of the rows.
type watched struct {
	server *sheetstest.Server
	id     string
	// rows are the rows as they are to stand; a row that came later has no
	// text.
	rows []watchedRow
}

type watchedRow struct {
	text  string
	ruled bool
}

func watch(t *rapid.T) *watched {
	w := &watched{server: sheetstest.New(sheetstest.Options{})}
	w.id = w.server.Create("Plan")
	w.edit(t, func(p *sheetstest.Person) {
		p.Do("updateSheetProperties", map[string]any{
			"properties": map[string]any{"gridProperties": map[string]any{"rowCount": 8, "columnCount": 2}},
			"fields":     "gridProperties(rowCount,columnCount)",
		})
		for i := range 8 {
			text := fmt.Sprintf("row_%d", i)
			w.rows = append(w.rows, watchedRow{text: text, ruled: i >= 2 && i < 5})
			p.Set("Sheet1", i, 0, text)
			p.Do("addNamedRange", map[string]any{"namedRange": map[string]any{
				"name": text, "range": map[string]any{"startRowIndex": i, "endRowIndex": i + 1},
			}})
			p.Do("createDeveloperMetadata", map[string]any{"developerMetadata": map[string]any{
				"metadataKey": text, "visibility": "DOCUMENT",
				"location": map[string]any{"dimensionRange": map[string]any{"dimension": "ROWS", "startIndex": i, "endIndex": i + 1}},
			}})
		}
		p.AddRule("Sheet1", sheetstest.Rule{FirstRow: 2, LastRow: 4, Formula: "=$A3<>\"\""})
	})
	return w
}

func (w *watched) edit(t *rapid.T, do func(*sheetstest.Person)) {
	if err := w.server.Edit(w.id, do); err != nil {
		t.Fatal(err)
	}
}

func (w *watched) insert(t *rapid.T) {
	if len(w.rows) > 20 {
		return
	}
	at, n := rapid.IntRange(0, len(w.rows)-1).Draw(t, "at"), rapid.IntRange(1, 3).Draw(t, "n")
	within := at > 0 && w.rows[at-1].ruled && w.rows[at].ruled
	w.edit(t, func(p *sheetstest.Person) { p.InsertRows("Sheet1", at, n) })
	w.rows = slices.Insert(w.rows, at, slices.Repeat([]watchedRow{{ruled: within}}, n)...)
}

func (w *watched) remove(t *rapid.T) {
	if len(w.rows) == 1 {
		return
	}
	at := rapid.IntRange(0, len(w.rows)-1).Draw(t, "at")
	n := rapid.IntRange(1, min(3, len(w.rows)-1, len(w.rows)-at)).Draw(t, "n")
	w.edit(t, func(p *sheetstest.Person) { p.DeleteRows("Sheet1", at, n) })
	w.rows = slices.Delete(w.rows, at, at+n)
}

func (w *watched) move(t *rapid.T) {
	from := rapid.IntRange(0, len(w.rows)-1).Draw(t, "from")
	to := rapid.IntRange(0, len(w.rows)-1).Draw(t, "to")
	w.edit(t, func(p *sheetstest.Person) { p.MoveRow("Sheet1", from, to) })
	row := w.rows[from]
	w.rows = slices.Insert(slices.Delete(w.rows, from, from+1), to, row)
}

func (w *watched) sort(t *rapid.T) {
	w.edit(t, func(p *sheetstest.Person) { p.Sort("Sheet1", 0, len(w.rows)-1, 0) })
	slices.SortStableFunc(w.rows, func(a, b watchedRow) int {
		switch {
		case a.text == "" && b.text == "":
			return 0
		case a.text == "":
			return 1
		case b.text == "":
			return -1
		}
		return int(a.text[len(a.text)-1]) - int(b.text[len(b.text)-1])
	})
}

// places returns where a list of an answer says that each row stands, by the
// names that it has for them.
func places(list any, name string, span func(map[string]any) any) map[string]float64 {
	at := map[string]float64{}
	all, _ := list.([]any)
	for _, item := range all {
		o := item.(map[string]any)
		r := span(o).(map[string]any)
		start, ok := r["startRowIndex"].(float64)
		if !ok {
			start, _ = r["startIndex"].(float64)
		}
		at[o[name].(string)] = start
	}
	return at
}

// named returns where the named ranges say that each row stands.
func (w *watched) named(t *testing.T) map[string]float64 {
	_, answer := client{server: w.server}.send(t, "GET", "/v4/spreadsheets/"+w.id+"?fields=namedRanges", "")
	return places(answer["namedRanges"], "name", func(o map[string]any) any { return o["range"] })
}

// hung returns where the developer metadata says that each row stands.
func (w *watched) hung(t *testing.T) map[string]float64 {
	_, answer := client{server: w.server}.send(t, "POST", "/v4/spreadsheets/"+w.id+"/developerMetadata:search",
		`{"dataFilters":[{"developerMetadataLookup":{"visibility":"DOCUMENT"}}]}`)
	var all []any
	matched, _ := answer["matchedDeveloperMetadata"].([]any)
	for _, m := range matched {
		all = append(all, m.(map[string]any)["developerMetadata"])
	}
	return places(all, "metadataKey", func(o map[string]any) any {
		return o["location"].(map[string]any)["dimensionRange"]
	})
}

// want returns where each row stands.
func (w *watched) want() map[string]float64 {
	at := map[string]float64{}
	for i, row := range w.rows {
		if row.text != "" {
			at[row.text] = float64(i)
		}
	}
	return at
}

// ruled returns the rows that the rule covers: from the first one to the one
// after the last.
func (w *watched) ruled(t *testing.T) [2]int {
	fields := url.QueryEscape("sheets.conditionalFormats.ranges")
	_, answer := client{server: w.server}.send(t, "GET", "/v4/spreadsheets/"+w.id+"?fields="+fields, "")
	sheet := answer["sheets"].([]any)[0].(map[string]any)
	rules, ok := sheet["conditionalFormats"].([]any)
	if !ok {
		return [2]int{}
	}
	r := rules[0].(map[string]any)["ranges"].([]any)[0].(map[string]any)
	return [2]int{int(r["startRowIndex"].(float64)), int(r["endRowIndex"].(float64))}
}

func (w *watched) wantRuled() [2]int {
	first := slices.IndexFunc(w.rows, func(r watchedRow) bool { return r.ruled })
	if first < 0 {
		return [2]int{}
	}
	end := first
	for end < len(w.rows) && w.rows[end].ruled {
		end++
	}
	return [2]int{first, end}
}

func TestWhatStandsOnRowsFollowsThem(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := watch(r)
		for range rapid.IntRange(1, 12).Draw(r, "edits") {
			rapid.SampledFrom([]func(*rapid.T){w.insert, w.remove, w.move}).Draw(r, "edit")(r)
		}
		if got, want := fmt.Sprint(w.named(t)), fmt.Sprint(w.want()); got != want {
			r.Errorf("named ranges: got %s, want %s", got, want)
		}
		if got, want := fmt.Sprint(w.hung(t)), fmt.Sprint(w.want()); got != want {
			r.Errorf("developer metadata: got %s, want %s", got, want)
		}
	})
}

func TestMetadataFollowsSortedRows(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := watch(r)
		for range rapid.IntRange(1, 12).Draw(r, "edits") {
			rapid.SampledFrom([]func(*rapid.T){w.insert, w.remove, w.move, w.sort}).Draw(r, "edit")(r)
		}
		if got, want := fmt.Sprint(w.hung(t)), fmt.Sprint(w.want()); got != want {
			r.Errorf("developer metadata: got %s, want %s", got, want)
		}
	})
}

func TestRulesGrowAndShrinkWithTheirRows(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := watch(r)
		for range rapid.IntRange(1, 12).Draw(r, "edits") {
			rapid.SampledFrom([]func(*rapid.T){w.insert, w.remove}).Draw(r, "edit")(r)
		}
		if got, want := w.ruled(t), w.wantRuled(); got != want {
			r.Errorf("rule: got rows %v, want %v", got, want)
		}
	})
}
