package discovery_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/gsheets/sheetstest/discovery"
)

func TestCheckTakesWhatTheAPITakes(t *testing.T) {
	for _, c := range []struct{ message, body, want string }{
		{"SheetProperties", `{"sheetId":"7","hidden":"false","title":"x","index":null}`, `{"sheetId":7,"hidden":false,"title":"x"}`},
		{"ValueRange", `{"values":[["a",null,1,true],[]]}`, `{"values":[["a",null,1,true],[]]}`},
		{"Color", `{"red":0.5,"green":"1"}`, `{"red":0.5,"green":1}`},
		{"BasicFilter", `{"criteria":{"0":{"hiddenValues":["x"]}}}`, `{"criteria":{"0":{"hiddenValues":["x"]}}}`},
		{"SheetProperties", `{"sheetId":"-2147483648"}`, `{"sheetId":-2147483648}`},
		{"Request", `{"addSheet":{}}`, `{"addSheet":{}}`},
		{"ConditionalFormatRule", `{"ranges":[{}],"booleanRule":{}}`, `{"ranges":[{}],"booleanRule":{}}`},
	} {
		got, wrong := discovery.Sheets().Check(c.message, "", decode(t, c.body))
		if wrong != nil {
			t.Errorf("%s %s: got %v, want it taken", c.message, c.body, wrong)
			continue
		}
		if diff := cmp.Diff(decode(t, c.want), got); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.message, c.body, diff)
		}
	}
}

func TestCheckTellsWhatIsWrong(t *testing.T) {
	type violations = []discovery.Violation
	const sheets = "type.googleapis.com/google.apps.sheets.v4."
	for _, c := range []struct {
		message, at, body string
		want              violations
	}{
		{"Sheet", "", `{"color":1}`, violations{{"", `Invalid JSON payload received. Unknown name "color": Cannot find field.`}}},
		{"Sheet", "", `{"properties":{"colour":1,"size":2}}`, violations{
			{"properties", `Invalid JSON payload received. Unknown name "colour" at 'properties': Cannot find field.`},
			{"properties", `Invalid JSON payload received. Unknown name "size" at 'properties': Cannot find field.`},
		}},
		{"ValueRange", "data", `{"values":"X"}`, violations{
			{"data.values", `Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), "X"`},
		}},
		{"SheetProperties", "", `{"sheetId":1.5}`, violations{{"sheet_id", `Invalid value at 'sheet_id' (TYPE_INT32), 1.5`}}},
		{"SheetProperties", "", `{"sheetId":3000000000}`, violations{{"sheet_id", `Invalid value at 'sheet_id' (TYPE_INT32), 3000000000`}}},
		{"ExtendedValue", "v", `{"numberValue":"NaN"}`, violations{{"v.number_value", `Invalid value at 'v.number_value' (TYPE_DOUBLE), "NaN"`}}},
		{"ExtendedValue", "v", `{"numberValue":"0x1p4"}`, violations{{"v.number_value", `Invalid value at 'v.number_value' (TYPE_DOUBLE), "0x1p4"`}}},
		{"Color", "c", `{"red":1e39}`, violations{{"c.red", `Invalid value at 'c.red' (TYPE_FLOAT), 1e+39`}}},
		{"GridRange", "", `{"sheetId":-1,"endRowIndex":-1}`, violations{{"end_row_index", `Invalid value at 'end_row_index', -1: an index is never negative`}}},
		{"SheetProperties", "", `{"title":5}`, violations{{"title", `Invalid value at 'title' (TYPE_STRING), 5`}}},
		{"SheetProperties", "", `{"hidden":"maybe"}`, violations{{"hidden", `Invalid value at 'hidden' (TYPE_BOOL), "maybe"`}}},
		{"SheetProperties", "", `{"sheetType":"GRIDS"}`, violations{{"sheet_type", `Invalid value at 'sheet_type' (TYPE_ENUM), "GRIDS"`}}},
		{"Sheet", "", `{"data":[{"rowData":[7]}]}`, violations{{"data[0].row_data[0]", `Invalid value at 'data[0].row_data[0]' (` + sheets + `RowData), 7`}}},
		{"Sheet", "", `{"merges":{}}`, violations{{"merges", `Invalid value at 'merges' (` + sheets + `GridRange), {}`}}},
		{"ExtendedValue", "v", `{"stringValue":"a","numberValue":1}`, violations{
			{"v", `Invalid value at 'v' (oneof), oneof field 'value' is already set. Cannot set 'stringValue'`},
		}},
		{"ConditionalFormatRule", "r", `{"gradientRule":{},"booleanRule":{},"ranges":[]}`, violations{
			{"r", `Invalid value at 'r' (oneof), oneof field 'rule' is already set. Cannot set 'gradientRule'`},
		}},
	} {
		got, wrong := discovery.Sheets().Check(c.message, c.at, decode(t, c.body))
		if diff := cmp.Diff(c.want, wrong); got != nil || diff != "" {
			t.Errorf("%s %s: got %v (-want +got):\n%s", c.message, c.body, got, diff)
		}
	}
	if _, wrong := discovery.Sheets().Check("Sheet", "", []any{}); len(wrong) != 1 {
		t.Errorf("a list for a message: got %v, want one violation", wrong)
	}
}

func TestUnknownFieldsOfMasks(t *testing.T) {
	for _, c := range []struct{ message, mask, want string }{
		{"Spreadsheet", "*", ""},
		{"Spreadsheet", "sheets(properties(title,sheetId),data/rowData/values/note)", ""},
		{"Spreadsheet", "joe", "joe"},
		{"Spreadsheet", "sheets.joe", "sheets.joe"},
		{"Spreadsheet", "sheets.properties.title.joe", "sheets.properties.title.joe"},
		{"Spreadsheet", "sheets.*", ""},
		{"CellData", "userEnteredFormat.backgroundColor", ""},
		{"CellData", "backgroundColor", "backgroundColor"},
	} {
		if got := discovery.Sheets().Unknown(c.message, parse(t, c.mask)); got != c.want {
			t.Errorf("%s of %s: got %q, want %q", c.mask, c.message, got, c.want)
		}
	}
}

// TestEveryMaskedRequestUpdatesSomething holds that the message that a request
// updates is found for each kind that has a mask.
func TestEveryMaskedRequestUpdatesSomething(t *testing.T) {
	a := discovery.Sheets()
	for _, c := range []struct{ kind, want string }{
		{"repeatCell", "CellData"},
		{"updateCells", "CellData"},
		{"appendCells", "CellData"},
		{"updateSheetProperties", "SheetProperties"},
		{"updateDimensionProperties", "DimensionProperties"},
		{"updateDeveloperMetadata", "DeveloperMetadata"},
		{"updateNamedRange", "NamedRange"},
		{"addSheet", ""},
		{"updateConditionalFormatRule", ""},
	} {
		if got := a.Updated(c.kind); got != c.want {
			t.Errorf("%s updates: got %q, want %q", c.kind, got, c.want)
		}
	}
	for kind, typ := range a.Schemas["Request"] {
		if _, masked := a.Schemas[typ.Name]["fields"]; masked && a.Updated(kind) == "" {
			t.Errorf("%s has a mask: got no message that it updates", kind)
		}
	}
}

// FuzzParseMask parses masks: none makes the parser panic, and what one selects
// of an object is a part of it.
func FuzzParseMask(f *testing.F) {
	for _, text := range []string{"", "*", "a.b(c,d/e)", "a(b", "sheets.properties(title,sheetId)", "a.*.b", " a , b ", "a..b", "(", ")"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := discovery.ParseMask(text)
		if err != nil {
			return
		}
		value := decode(t, `{"a":{"b":{"c":1,"d":{"e":2}},"f":[{"b":3}]}}`)
		selected := m.Select(value)
		if again := m.Select(selected); !cmp.Equal(selected, again) {
			t.Errorf("mask %q: got %v the second time, want %v", text, again, selected)
		}
		if updated := m.Update(value, value); !cmp.Equal(updated, value) {
			t.Errorf("mask %q: an update with the same: got %v, want %v", text, updated, value)
		}
	})
}
