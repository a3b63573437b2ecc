package workbooktest

import "steerco/rules/calendar"

// LatePlanDay returns a day, a Monday, on which some tasks of LatePlan are late.
func LatePlanDay() calendar.Date { return calendar.New(2026, 3, 16) }

// LatePlan returns a small plan with its settings.
func LatePlan() []Sheet {
	return []Sheet{
		{Name: "Plan", Rows: [][]any{
			{"ID", "Task", "Start", "Finish", "% Complete", "Status", "Owner", "Predecessors"},
			{"T1", "Load customers", calendar.New(2026, 3, 2), calendar.New(2026, 3, 6), 0.5, "In progress", "Ada", nil},
			{"T2", "Load products", calendar.New(2026, 3, 9), calendar.New(2026, 3, 13), 0.0, "Not started", "Ben", "T1"},
			{"T3", "Rehearse the cut-over", calendar.New(2026, 3, 23), calendar.New(2026, 3, 27), 0.0, "Not started", nil, "T2"},
			{"T4", "Go-live", calendar.New(2026, 4, 6), calendar.New(2026, 4, 6), 0.0, "Not started", "Ada", "T3"},
		}},
		{Name: "Settings", Rows: [][]any{
			{"Setting", "Value"},
			{"Target go-live", calendar.New(2026, 4, 6)},
			{"Backup go-live", calendar.New(2026, 5, 4)},
			{"PM", "Ada"},
		}},
	}
}
