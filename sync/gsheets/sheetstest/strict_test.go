package sheetstest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/gsheets/sheetstest"
)

// TestRequestsThatMakeNoSenseChangeNothing sends requests that no spreadsheet
// can carry out, or of which it isn't known what they do.
func TestRequestsThatMakeNoSenseChangeNothing(t *testing.T) {
	const batch, cells, below = "POST :batchUpdate", "PUT /values/A1?valueInputOption=RAW", "POST /values/A1:append?valueInputOption=RAW"
	for _, c := range []struct {
		call, body string
		status     int
		want       string
	}{
		{
			batch, `{"requests":[{"repeatCell":{"range":{"startRowIndex":-1,"endRowIndex":2},"cell":{"note":"x"},"fields":"note"}}]}`, 400,
			"Invalid value at 'requests[0].repeat_cell.range.start_row_index', -1: an index is never negative",
		},
		{
			batch, `{"requests":[{"updateCells":{"start":{"columnIndex":-1},"rows":[{"values":[{"note":"x"}]}],"fields":"note"}}]}`, 400,
			"Invalid value at 'requests[0].update_cells.start.column_index', -1: an index is never negative",
		},
		{
			batch, `{"requests":[{"deleteDimension":{"range":{"dimension":"ROWS","startIndex":-3,"endIndex":2}}}]}`, 400,
			"Invalid value at 'requests[0].delete_dimension.range.start_index', -3: an index is never negative",
		},
		{
			batch, `{"requests":[{"updateCells":{"start":{},"rows":[{"values":[{"userEnteredValue":{"numberValue":"NaN"}}]}],"fields":"userEnteredValue"}}]}`, 400,
			`Invalid value at 'requests[0].update_cells.rows[0].values[0].user_entered_value.number_value' (TYPE_DOUBLE), "NaN"`,
		},
		{
			batch, `{"requests":[{"deleteDimension":{"range":{"startIndex":3,"endIndex":4}}}]}`, 501,
			"the stand-in does not know a range of neither rows nor columns",
		},
		{
			batch, `{"requests":[{"appendDimension":{"length":4}}]}`, 501,
			"the stand-in does not know a range of neither rows nor columns",
		},
		{
			batch, `{"requests":[{"insertDimension":{"range":{"dimension":"ROWS","startIndex":4}}}]}`, 501,
			"the stand-in does not know how many lines a range without an end inserts",
		},
		{
			batch, `{"requests":[{"updateSheetProperties":{"properties":{"gridProperties":{"frozenRowCount":-1}},"fields":"gridProperties.frozenRowCount"}}]}`, 501,
			"the stand-in does not know -1 frozen rows or columns",
		},
		{
			batch, `{"requests":[{"updateSheetProperties":{"properties":{"sheetId":0},"fields":"sheetType"}}]}`, 501,
			"the stand-in does not know changing the sheetType with updateSheetProperties",
		},
		{
			batch, `{"requests":[{"updateDimensionProperties":{"range":{"dimension":"ROWS","endIndex":1},"properties":{"pixelSize":-4},"fields":"pixelSize"}}]}`, 501,
			"the stand-in does not know rows or columns of -4 pixels",
		},
		{
			batch, `{"requests":[{"updateDimensionProperties":{"range":{"dimension":"ROWS","endIndex":1},"properties":{},"fields":"hiddenByFilter"}}]}`, 501,
			"the stand-in does not know changing the hiddenByFilter with updateDimensionProperties",
		},
		{
			batch, `{"requests":[{"updateSpreadsheetProperties":{"properties":{"locale":"xx_YY"},"fields":"locale"}}]}`, 501,
			`the stand-in does not know the locale "xx_YY"`,
		},
		{
			batch, `{"requests":[{"updateSpreadsheetProperties":{"properties":{},"fields":"locale"}}]}`, 501,
			`the stand-in does not know the locale ""`,
		},
		{
			batch, `{"requests":[{"updateSpreadsheetProperties":{"properties":{"timeZone":"Mars/Base"},"fields":"timeZone"}}]}`, 501,
			`the stand-in does not know the time zone "Mars/Base"`,
		},
		{
			batch, `{"requests":[{"updateSpreadsheetProperties":{"properties":{},"fields":"defaultFormat"}}]}`, 501,
			"the stand-in does not know changing the defaultFormat with updateSpreadsheetProperties",
		},
		{
			batch, `{"requests":[{"updateCells":{"start":{},"rows":[{"values":[{"effectiveValue":{"numberValue":3}}]}],"fields":"effectiveValue"}}]}`, 501,
			"the stand-in does not know changing the effectiveValue with updateCells",
		},
		{
			batch, `{"requests":[{"updateCells":{"start":{},"rows":[{"values":[{"userEnteredValue":{"formulaValue":"1+1"}}]}],"fields":"userEnteredValue"}}]}`, 501,
			`the stand-in does not know a formula that doesn't begin with "=": "1+1"`,
		},
		{
			batch, `{"requests":[{"addChart":{"chart":{"chartId":9,"spec":{"pieChart":{}},"position":{"overlayPosition":{"anchorCell":{}}}}}},` +
				`{"updateEmbeddedObjectPosition":{"objectId":9,"newPosition":{"overlayPosition":{"anchorCell":{}}},"fields":"joe"}}]}`, 400,
			"Invalid requests[1].updateEmbeddedObjectPosition: Invalid field: joe",
		},
		{
			batch, `{"requests":[{"addChart":{"chart":{"chartId":-9,"spec":{"pieChart":{}},"position":{"overlayPosition":{"anchorCell":{}}}}}}]}`, 501,
			"the stand-in does not know the id -9",
		},
		{
			batch, `{"requests":[{"setDataValidation":{"range":{"endRowIndex":1},"filteredRowsIncluded":true}}]}`, 501,
			"the stand-in does not know filteredRowsIncluded",
		},
		{cells, `{"values":[["a",{"b":1}]]}`, 400, "Invalid values[0][1]: struct_value"},
		{cells, `{"values":[["a"],[["b"]]]}`, 400, "Invalid values[1][0]: list_value"},
		{below, `{"values":[[` + repeated("1", 18_279) + `]]}`, 400, "This action would increase the number of columns in the sheet above the limit of 18278 columns"},
		{below, `{"values":[` + repeated("[1]", 400_000) + `]}`, 400, "This action would increase the number of cells in the workbook above the limit of 10000000 cells."},
	} {
		s := sheetstest.New(sheetstest.Options{})
		at := "/v4/spreadsheets/" + s.Create("Plan")
		check := client{server: s}
		_, before := check.send(t, "GET", at+"?includeGridData=true", "")
		method, path, _ := strings.Cut(c.call, " ")
		status, answer := check.send(t, method, at+path, c.body)
		got, _ := message(answer)
		if status != c.status || got != c.want {
			t.Errorf("%s %.200s:\ngot  %d %s\nwant %d %s", c.call, c.body, status, got, c.status, c.want)
		}
		status, after := check.send(t, "GET", at+"?includeGridData=true", "")
		if diff := cmp.Diff(before, after); status != 200 || diff != "" {
			t.Errorf("%s %.200s: after it was refused: %d (-before +after):\n%s", c.call, c.body, status, diff)
		}
	}
}

// repeated returns a text several times with commas between.
func repeated(text string, times int) string {
	return strings.TrimSuffix(strings.Repeat(text+",", times), ",")
}
