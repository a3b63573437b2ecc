package sheetstest

import "strings"

// translations are messages in other languages than English, by language and
// English text, or the text's beginning when that ends in "…".
func translations(language string) map[string]string {
	switch language {
	case "de":
		return map[string]string{
			"Requested entity was not found.":                          "Die angeforderte Entität wurde nicht gefunden.",
			"The caller does not have permission":                      "Der Aufrufer hat nicht die erforderliche Berechtigung",
			"The service is currently unavailable.":                    "Der Dienst ist derzeit nicht verfügbar.",
			"Internal error encountered.":                              "Ein interner Fehler ist aufgetreten.",
			"Quota exceeded…":                                          "Kontingent überschritten.",
			"You are trying to edit a protected cell…":                 "Sie versuchen, eine geschützte Zelle oder ein geschütztes Objekt zu bearbeiten. Wenden Sie sich an den Eigentümer der Tabelle, um den Schutz zu entfernen.",
			"Unable to parse range…":                                   "Bereich kann nicht gelesen werden.",
			"This operation is not supported for this document…":       "Dieser Vorgang wird für dieses Dokument nicht unterstützt. Das Dokument darf keine Office-Datei sein.",
			"This action would increase the number of cells…":          "Durch diese Aktion würde die Anzahl der Zellen die Grenze von 10000000 überschreiten.",
			"Your input contains more than the maximum of 50000…":      "Ihre Eingabe enthält mehr als 50000 Zeichen in einer einzelnen Zelle.",
			"A sheet with the name…":                                   "Es gibt bereits ein Tabellenblatt mit diesem Namen. Geben Sie einen anderen Namen ein.",
			"Request had invalid authentication credentials…":          "Die Anmeldedaten der Anfrage sind ungültig.",
			"You can't hide all the sheets in a document.":             "Sie können nicht alle Tabellenblätter eines Dokuments ausblenden.",
			"No sheet with id…":                                        "Es gibt kein Tabellenblatt mit dieser ID.",
			"No grid with id…":                                         "Es gibt kein Tabellenblatt mit dieser ID.",
			"No named range with id…":                                  "Es gibt keinen benannten Bereich mit dieser ID.",
			"The name given to this range is invalid":                  "Der Name dieses Bereichs ist ungültig",
			"A named range with id…":                                   "Es gibt bereits einen benannten Bereich mit dieser ID.",
			"Developer metadata must always have…":                     "Entwicklermetadaten sind unvollständig.",
			"Attempting to write…":                                     "Es wird außerhalb des Bereichs geschrieben.",
			"This action would increase the number of columns in the…": "Durch diese Aktion würde die Anzahl der Spalten die Grenze von 18278 überschreiten",
		}
	case "es":
		return map[string]string{
			"Requested entity was not found.":                 "No se encontró la entidad solicitada.",
			"The caller does not have permission":             "El llamador no tiene permiso",
			"The service is currently unavailable.":           "El servicio no está disponible en este momento.",
			"Internal error encountered.":                     "Se produjo un error interno.",
			"Quota exceeded…":                                 "Se superó la cuota.",
			"You are trying to edit a protected cell…":        "Estás intentando editar una celda o un objeto protegidos. Ponte en contacto con el propietario de la hoja de cálculo para quitar la protección si necesitas editarla.",
			"Unable to parse range…":                          "No se puede analizar el intervalo.",
			"A sheet with the name…":                          "Ya existe una hoja con ese nombre. Escribe otro nombre.",
			"No grid with id…":                                "No hay ninguna hoja con ese id.",
			"No named range with id…":                         "No hay ningún intervalo con ese id.",
			"Request had invalid authentication credentials…": "La solicitud tenía credenciales no válidas.",
		}
	}
	return nil
}

// translated returns a failure in the language of the server. The name of a
// request in front stays as it is.
func (s *Server) translated(f *failure) *failure {
	own := translations(s.options.Language)
	prefix, text := "", f.message
	if rest, ok := strings.CutPrefix(f.message, "Invalid "); ok {
		if name, after, found := strings.Cut(rest, ": "); found && strings.Contains(name, "[") {
			prefix, text = "Invalid "+name+": ", after
		}
	}
	for english, other := range own {
		begin, isBegin := strings.CutSuffix(english, "…")
		if text == english || isBegin && strings.HasPrefix(text, begin) {
			t := *f
			t.message = prefix + other
			return &t
		}
	}
	return f
}
