package starter

import "steerco/rules/calendar"

func (d demo) settingRows() []Row {
	return settingRows(map[string]Cell{
		"Project":        text("OMS roll-out"),
		"Target go-live": day(d.at(targetDay)),
		"Backup go-live": day(d.at(backupDay)),
		"Project start":  day(d.at(0)),
		"PM":             text("Project manager"),
		"Deputies":       text("Deputy project manager"),
		"Sponsor":        text("Head of operations"),
		"Contract total": {Number: number(640000).Number, Format: Amount},
		"Next meeting":   d.on(6),
		"Working days":   text("Mon-Fri"),
		"Cut-over lead":  number(25),
		"Notice":         number(10),
		"Stabilisation":  number(15),
		"Status date":    {},
	})
}

// settingNames are the settings with their meaning, in the order of the sheet.
func settingNames() [][2]string {
	return [][2]string{
		{"Project", "What the project is called in the reports."},
		{"Target go-live", "The date planned for go-live."},
		{"Backup go-live", "The date to which go-live can be moved in comfort."},
		{"Project start", "The first day of the project."},
		{"Status date", "The day for which the plan is judged. Empty: today."},
		{"PM", "Who runs the project."},
		{"Deputies", "Who stands in for the PM; several with commas."},
		{"Sponsor", "Who answers for the project in the management."},
		{"Next meeting", "The next meeting of the committee."},
		{"Contract total", "What the whole contract costs, without tax."},
		{"Working days", "The working week: Mon-Fri."},
		{"Cut-over lead", "How many working days before go-live the cut-over is prepared in earnest."},
		{"Notice", "How many working days before, everybody must know that go-live moves."},
		{"Stabilisation", "How many working days after go-live people need to get used to it."},
	}
}

// blankSettings returns the names of all settings, with what can be told.
func blankSettings(today calendar.Date) []Row {
	values := map[string]Cell{"Working days": text("Mon-Fri")}
	if !today.IsZero() {
		values["Project start"] = day(today)
	}
	return settingRows(values)
}

func settingRows(values map[string]Cell) []Row {
	var rows []Row
	for _, s := range settingNames() {
		rows = append(rows, Row{Cells: []Cell{text(s[0]), values[s[0]], text(s[1])}})
	}
	return rows
}
