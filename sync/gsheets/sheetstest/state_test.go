package sheetstest_test

import (
	"fmt"
	"runtime"
	"testing"

	"pgregory.net/rapid"

	"steerco/sync/gsheets/sheetstest"
)

// filledRow are requests that give a row contents, a formula and metadata.
const filledRow = `{"requests":[
	{"updateCells":{"start":{"rowIndex":%d},"rows":[{"values":[{"userEnteredValue":{"numberValue":%d}},{"userEnteredValue":{"formulaValue":"=A%d"}}]}],"fields":"userEnteredValue"}},
	{"createDeveloperMetadata":{"developerMetadata":{"metadataKey":"k","visibility":"DOCUMENT","location":{"dimensionRange":{"dimension":"ROWS","startIndex":%d,"endIndex":%d}}}}}]}`

// changing draws a request that changes something of a small sheet.
func changing(t *rapid.T) string {
	rows := `{"dimension":"ROWS","startIndex":%d,"endIndex":%d}`
	columns := `{"dimension":"COLUMNS","startIndex":%d,"endIndex":%d}`
	request := rapid.SampledFrom([]string{
		`{"updateCells":{"start":{"rowIndex":%d,"columnIndex":%d},"rows":[{"values":[{"userEnteredValue":{"formulaValue":"=A1+B2"}}]}],"fields":"userEnteredValue"}}`,
		`{"repeatCell":{"range":{"startRowIndex":%d,"endRowIndex":%d},"cell":{"note":"n"},"fields":"note"}}`,
		`{"insertDimension":{"range":` + rows + `}}`,
		`{"insertDimension":{"range":` + columns + `}}`,
		`{"deleteDimension":{"range":` + rows + `}}`,
		`{"deleteDimension":{"range":` + columns + `}}`,
		`{"moveDimension":{"source":` + rows + `,"destinationIndex":0}}`,
		`{"moveDimension":{"source":` + columns + `,"destinationIndex":0}}`,
		`{"appendDimension":{"dimension":"ROWS","length":%d}},{"appendDimension":{"dimension":"COLUMNS","length":%d}}`,
		`{"updateDimensionProperties":{"range":` + rows + `,"properties":{"pixelSize":7},"fields":"pixelSize"}}`,
		`{"autoResizeDimensions":{"dimensions":` + columns + `}}`,
		`{"addDimensionGroup":{"range":` + rows + `}}`,
		`{"createDeveloperMetadata":{"developerMetadata":{"metadataKey":"%d%d","visibility":"DOCUMENT","location":{"dimensionRange":{"dimension":"COLUMNS","startIndex":0,"endIndex":1}}}}}`,
		`{"deleteDeveloperMetadata":{"dataFilter":{"developerMetadataLookup":{"metadataKey":"k","metadataLocation":{"dimensionRange":{"dimension":"ROWS","startIndex":%d,"endIndex":%d}}}}}}`,
		`{"sortRange":{"range":{"startRowIndex":%d,"endRowIndex":%d},"sortSpecs":[{"dimensionIndex":0}]}}`,
		`{"copyPaste":{"source":{"startRowIndex":%d,"endRowIndex":%d},"destination":{"startRowIndex":9,"endRowIndex":10}}}`,
		`{"duplicateSheet":{"newSheetId":%d%d}}`,
		`{"updateSheetProperties":{"properties":{"gridProperties":{"rowCount":1%d,"columnCount":1%d}},"fields":"gridProperties"}}`,
	}).Draw(t, "request")
	from := rapid.IntRange(0, 4).Draw(t, "from")
	return fmt.Sprintf(request, from, from+rapid.IntRange(1, 3).Draw(t, "size"))
}

// TestCopiesDoNotShareWhatChanges changes a spreadsheet, of which there is a
// copy, with batches of which some are refused: neither they nor the copy ever
// show.
func TestCopiesDoNotShareWhatChanges(t *testing.T) {
	all := func(c client, id string) string {
		_, answer := c.send(t, "GET", "/v4/spreadsheets/"+id+"?prettyPrint=false&fields=sheets(properties,developerMetadata,rowGroups,merges,"+
			"data(rowMetadata,columnMetadata,rowData.values(userEnteredValue,note)))", "")
		return fmt.Sprint(answer)
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := sheetstest.New(sheetstest.Options{})
		c := client{server: s}
		id := made(t, s, `{"sheets":[{"properties":{"sheetId":0,"gridProperties":{"rowCount":12,"columnCount":9}}}]}`)
		for row := range 4 {
			c.send(t, "POST", "/v4/spreadsheets/"+id+":batchUpdate", fmt.Sprintf(filledRow, row, 4-row, row+1, row, row+1))
		}
		_, copied := c.send(t, "POST", "/drive/v3/files/"+id+"/copy", "{}")
		twin := copied["id"].(string)
		for range rapid.IntRange(1, 4).Draw(rt, "batches") {
			before, twins := all(c, id), all(c, twin)
			requests := changing(rt) + "," + changing(rt)
			if rapid.IntRange(0, 3).Draw(rt, "refused") == 0 {
				requests += `,{"deleteSheet":{"sheetId":99}}`
			}
			status, answer := c.send(t, "POST", "/v4/spreadsheets/"+id+":batchUpdate", `{"requests":[`+requests+`]}`)
			if status == 500 {
				rt.Fatalf("%s: %v", requests, answer)
			}
			if got := all(c, twin); got != twins {
				rt.Fatalf("%s: the copy: got %s, want %s", requests, got, twins)
			}
			if got := all(c, id); status != 200 && got != before {
				rt.Fatalf("%s: refused: got %s, want %s", requests, got, before)
			}
			id, twin = twin, id
		}
	})
}

// TestWhatIsRememberedStaysInItsSpreadsheet gives a formula its value after the
// spreadsheet was copied.
func TestWhatIsRememberedStaysInItsSpreadsheet(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	c := client{server: s}
	id := made(t, s, `{"sheets":[{"data":[{"rowData":[{"values":[{"userEnteredValue":{"formulaValue":"=NOSUCH(1)"}}]}]}]}]}`)
	_, copied := c.send(t, "POST", "/drive/v3/files/"+id+"/copy", "{}")
	if err := s.Remember(id, "Sheet1", sheetstest.Computed{Value: "seven"}); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]int{id: 200, copied["id"].(string): 501} {
		if got, answer := c.send(t, "GET", "/v4/spreadsheets/"+at+"/values/A1", ""); got != want {
			t.Errorf("the value of the formula: got %d %v, want %d", got, answer, want)
		}
	}
}

// TestEmptyCellsCostLittle changes a cell of a sheet with a million rows.
func TestEmptyCellsCostLittle(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{})
	c := client{server: s}
	id := made(t, s, `{"sheets":[{"properties":{"sheetId":0,"gridProperties":{"rowCount":1000000,"columnCount":1}}}]}`)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const batches = 5
	for range batches {
		status, answer := c.send(t, "POST", "/v4/spreadsheets/"+id+":batchUpdate", `{"requests":[
			{"updateCells":{"start":{"rowIndex":500000},"rows":[{"values":[{"note":"n"}]}],"fields":"note"}},
			{"updateDimensionProperties":{"range":{"dimension":"ROWS"},"properties":{"pixelSize":30},"fields":"pixelSize"}}]}`)
		if status != 200 {
			t.Fatal(answer)
		}
	}
	runtime.ReadMemStats(&after)
	const most = 16 << 20
	if got := (after.TotalAlloc - before.TotalAlloc) / batches; got > most {
		t.Errorf("a batch on a million empty cells takes %d bytes, want at most %d", got, most)
	}
}
