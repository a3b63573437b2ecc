package sheetstest_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"steerco/sync/gsheets/sheetstest"
)

// refused are batches that the real service was seen to refuse, by what was
// reported of them.
func refused() map[string]string {
	return map[string]string{
		"updateCells wider than grid":  `[{"updateCells":{"start":{"columnIndex":25},"rows":[{"values":[{},{}]}],"fields":"note"}}]`,
		"addSheet duplicate title":     `[{"addSheet":{"properties":{"title":"X"}}},{"addSheet":{"properties":{"title":"X"}}}]`,
		"addSheet duplicate id":        `[{"addSheet":{"properties":{"sheetId":0}}}]`,
		"unknown sheetId in a request": `[{"repeatCell":{"range":{"sheetId":1234},"cell":{},"fields":"note"}}]`,
		"10M cells":                    `[{"addSheet":{"properties":{"gridProperties":{"rowCount":10000000,"columnCount":1}}}}]`,
		"18278 columns":                `[{"appendDimension":{"dimension":"COLUMNS","length":18253}}]`,
		"hide last visible sheet":      `[{"updateSheetProperties":{"properties":{"hidden":true},"fields":"hidden"}}]`,
		"merge across frozen edge": `[{"updateSheetProperties":{"properties":{"gridProperties":{"frozenColumnCount":1}},"fields":"gridProperties.frozenColumnCount"}},` +
			`{"mergeCells":{"range":{"startRowIndex":0,"endRowIndex":1}}}]`,
		"bad named range name (space)":               `[{"addNamedRange":{"namedRange":{"name":"a b","range":{}}}}]`,
		"chart without kind":                         `[{"addChart":{"chart":{"spec":{},"position":{"overlayPosition":{"anchorCell":{}}}}}}]`,
		"basicChart with neither domains nor series": `[{"addChart":{"chart":{"spec":{"basicChart":{}},"position":{"overlayPosition":{"anchorCell":{}}}}}}]`,
		"chart position missing":                     `[{"addChart":{"chart":{"spec":{"pieChart":{}}}}}]`,
		"delete unknown chart":                       `[{"deleteEmbeddedObject":{"objectId":5}}]`,
		"developer metadata without visibility":      `[{"createDeveloperMetadata":{"developerMetadata":{"metadataKey":"k","location":{"spreadsheet":true}}}}]`,
		"developer metadata over 2 rows": `[{"createDeveloperMetadata":{"developerMetadata":{"metadataKey":"k","visibility":"DOCUMENT",` +
			`"location":{"dimensionRange":{"dimension":"ROWS","startIndex":0,"endIndex":2}}}}}]`,
		"metadata lookup spreadsheet+INTERSECTING": `[{"deleteDeveloperMetadata":{"dataFilter":{"developerMetadataLookup":` +
			`{"metadataLocation":{"spreadsheet":true},"locationMatchingStrategy":"INTERSECTING_LOCATION"}}}}]`,
	}
}

// reported are the errors that were reported of the real service.
type reported struct {
	When    string
	HTTP    int
	Message string
}

func readReported(t *testing.T) map[string]reported {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(corpusFolder(t), "google", "errors_reported.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Errors []reported }
	if err := json.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	all := map[string]reported{}
	for _, e := range file.Errors {
		all[e.When] = e
	}
	return all
}

func TestRequestsAreRefusedAsReported(t *testing.T) {
	// Not every report has the name of the request, and its number varies.
	name := regexp.MustCompile(`^Invalid requests\[\d+\]\.\w+: `)
	all := readReported(t)
	for when, requests := range refused() {
		want, known := all[when]
		if !known {
			t.Errorf("%s: nothing is reported of it", when)
			continue
		}
		s := sheetstest.New(sheetstest.Options{})
		status, answer := client{server: s}.send(t, "POST", "/v4/spreadsheets/"+s.Create("Plan")+":batchUpdate", `{"requests":`+requests+`}`)
		got, _ := message(answer)
		got, text := name.ReplaceAllString(got, ""), name.ReplaceAllString(want.Message, "")
		if status != want.HTTP || got != text {
			t.Errorf("%s: got %d %q, want %d %q", when, status, got, want.HTTP, text)
		}
	}
}
