package sheetstest

func (s *Server) clearValues(c *call) (object, error) {
	a, err := c.doc.parseA1(c.path["range"])
	if err == nil {
		err = c.doc.clear(a, c.Account)
	}
	if err != nil {
		return nil, err
	}
	return object{"spreadsheetId": c.doc.id, "clearedRange": c.doc.printA1(a)}, nil
}

func (s *Server) batchClearValues(c *call) (object, error) {
	ranges, _ := c.body["ranges"].([]any)
	areas := make([]area, len(ranges))
	for i, text := range ranges {
		name, _ := text.(string)
		a, err := c.doc.parseA1(name)
		if err != nil {
			return nil, err
		}
		areas[i] = a
	}
	return c.clearAll(areas)
}

func (s *Server) batchClearValuesByFilter(c *call) (object, error) {
	var areas []area
	for _, filter := range objectsIn(c.body, "dataFilters") {
		a, err := c.doc.filteredOne(filter)
		if err != nil {
			return nil, err
		}
		areas = append(areas, a)
	}
	return c.clearAll(areas)
}

func (c *call) clearAll(areas []area) (object, error) {
	cleared := []any{}
	for _, a := range areas {
		if err := c.doc.clear(a, c.Account); err != nil {
			return nil, err
		}
		cleared = append(cleared, c.doc.printA1(a))
	}
	return object{"spreadsheetId": c.doc.id, "clearedRanges": cleared}, nil
}

// clear takes the contents out of an area. Formats, notes and lists stay.
func (d *document) clear(a area, account string) error {
	if d.protects(account, a) {
		return protectedCell()
	}
	s := d.sheet(a.sheet)
	for row := a.row; row < a.rowEnd; row++ {
		for column := a.column; column < min(a.columnEnd, len(s.rows[row].cells)); column++ {
			if fields := s.fieldsAt(row, column); fields["userEnteredValue"] != nil {
				s.set(row, column, without(fields, "userEnteredValue", "computed", "textFormatRuns", "chipRuns"))
			}
		}
	}
	return nil
}
