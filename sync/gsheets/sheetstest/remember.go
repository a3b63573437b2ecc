package sheetstest

import "fmt"

// Computed is what the formula of a cell was computed to elsewhere.
type Computed struct {
	// Row and Column count from 0.
	Row, Column int
	// Value is a string, a float64, a bool, or nil for an empty cell.
	Value any
}

// Remember makes a cell show a value for as long as it holds the formula that
// it holds now, where the stand-in can't compute that itself. It is for
// spreadsheets that come from elsewhere: no client of the API can do so.
func (s *Server) Remember(id, sheet string, c Computed) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.files[id]
	if d == nil {
		return fmt.Errorf("no spreadsheet %q", id)
	}
	at := d.titled(sheet)
	if at == nil || at.cell(c.Row, c.Column) == nil {
		return fmt.Errorf("spreadsheet %q has no cell %d, %d in sheet %q", id, c.Row, c.Column, sheet)
	}
	fields := at.cell(c.Row, c.Column).fields
	entered, _ := fields["userEnteredValue"].(object)
	formula, ok := entered["formulaValue"].(string)
	if !ok {
		return fmt.Errorf("spreadsheet %q, sheet %q: the cell %d, %d has no formula", id, sheet, c.Row, c.Column)
	}
	at.put(c.Row, c.Column, &cell{fields: with(fields, "computed", object{"formula": formula, "value": extended(c.Value)})})
	s.looked = nil
	return nil
}

// extended returns a value as the API writes it.
func extended(v any) object {
	switch v := v.(type) {
	case string:
		return object{"stringValue": v}
	case float64:
		return object{"numberValue": v}
	case bool:
		return object{"boolValue": v}
	}
	return object{}
}
