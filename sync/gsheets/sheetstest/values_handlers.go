package sheetstest

// valueHandlers returns what carries out the methods of spreadsheets.values.
func valueHandlers() map[string]handler {
	return map[string]handler{
		"spreadsheets.values.get":                     {do: (*Server).getValues},
		"spreadsheets.values.batchGet":                {do: (*Server).batchGetValues},
		"spreadsheets.values.batchGetByDataFilter":    {do: (*Server).batchGetValuesByFilter},
		"spreadsheets.values.update":                  {do: (*Server).updateValues, writes: true},
		"spreadsheets.values.batchUpdate":             {do: (*Server).batchUpdateValues, writes: true},
		"spreadsheets.values.batchUpdateByDataFilter": {do: (*Server).batchUpdateValuesByFilter, writes: true},
		"spreadsheets.values.append":                  {do: (*Server).appendValues, writes: true},
		"spreadsheets.values.clear":                   {do: (*Server).clearValues, writes: true},
		"spreadsheets.values.batchClear":              {do: (*Server).batchClearValues, writes: true},
		"spreadsheets.values.batchClearByDataFilter":  {do: (*Server).batchClearValuesByFilter, writes: true},
	}
}
