package config

import (
	"maps"
	"slices"
	"strings"

	"steerco/rules/plan"
)

// tableFields returns the fields of every table that can be pinned to a header.
func tableFields() map[plan.Table][]string {
	fields := map[plan.Table]string{
		plan.Tasks: "id wbs parent section name area owner start finish duration remaining percent status predecessors constraint " +
			"constraint_date deadline calendar baseline_start baseline_finish actual_start actual_finish optimistic likely pessimistic milestone flag",
		plan.Gaps: "id area process requirement fit priority go_live_blocker options recommendation decision reason effort cost " +
			"decide_by decided_by decided_on owner tasks status",
		plan.Risks:         "id kind description area probability impact impact_days owner due status mitigation tasks",
		plan.Decisions:     "id question options recommendation decide_by effect decision decided_by decided_on tasks",
		plan.Payments:      "id vendor kind amount currency due paid_on gate accepted_on status",
		plan.Readiness:     "area people informed_on trained sign_off signed_on owner training_due",
		plan.Criteria:      "id criterion area owner due status evidence",
		plan.Volumes:       "month orders",
		plan.Meetings:      "date held attendees minutes",
		plan.CalendarTable: "date until kind name who",
		plan.SettingsTable: "name value",
	}
	split := make(map[plan.Table][]string, len(fields))
	for table, names := range fields {
		split[table] = strings.Fields(names)
	}
	return split
}

func tableNames() []string {
	var names []string
	for _, t := range slices.Sorted(maps.Keys(tableFields())) {
		names = append(names, string(t))
	}
	return names
}
