package starter

import "steerco/rules/plan"

// The tables beside tasks, gaps, calendar and settings.

func riskTable() table {
	return table{
		plan.Risks,
		word{"Risks", "Risiken"},
		"Risks and issues",
		"What could happen, and what has happened: one row each.",
		[]column{
			{plan.ID, word{"Risk ID", "Risiko-Nr."}, 8, Exact, nil, false, "A short name that stands once: R-01."},
			{plan.Kind, word{"Kind", "Art"}, 9, General, []string{"Risk", "Issue"}, false, "A risk may happen, an issue has happened."},
			{"description", word{"Description", "Beschreibung"}, 46, Wrapped, nil, false, "The cause and what it would lead to."},
			{plan.Area, word{"Area", "Bereich"}, 23, Wrapped, areas(), true, "The functional area that it would hit first."},
			{"probability", word{"Probability", "Wahrscheinlichkeit"}, 12, Percent, nil, false, "How likely it is, from 0 % to 100 %."},
			{"impact", word{"Impact", "Auswirkung"}, 10, General, []string{"High", "Medium", "Low"}, false, "How bad it would be."},
			{"impact_days", word{"Impact (days)", "Auswirkung (Tage)"}, 11, Whole, nil, false, "The working days of delay if it happens."},
			{plan.Owner, word{"Owner", "Verantwortlich"}, 19, General, nil, false, "Who watches it."},
			{"due", word{"Due", "Fällig"}, 12, Day, nil, false, "By when the mitigation is in place."},
			{plan.Status, word{"Status", "Status"}, 11, General, []string{"Open", "Mitigated", "Happened", "Closed"}, false, "Where it stands."},
			{"mitigation", word{"Mitigation", "Gegenmaßnahme"}, 40, Wrapped, nil, false, "What is done about it."},
			{plan.GapTasks, word{"Tasks", "Vorgänge"}, 13, Exact, nil, false, "The IDs of the tasks that it would delay."},
		},
	}
}

func decisionTable() table {
	return table{
		plan.Decisions,
		word{"Decisions", "Entscheidungen"},
		"Decisions",
		"Questions for the committee that aren't gaps, and what was decided.",
		[]column{
			{plan.ID, word{"Decision ID", "Entscheidungs-Nr."}, 10, Exact, nil, false, "A short name that stands once: D-01."},
			{"question", word{"Question", "Frage"}, 44, Wrapped, nil, false, "What is to be decided."},
			{plan.Options, word{"Options", "Optionen"}, 34, Wrapped, nil, false, "What could be decided."},
			{plan.Recommendation, word{"Recommendation", "Empfehlung"}, 28, Wrapped, nil, false, "What the project proposes."},
			{plan.DecideBy, word{"Decide by", "Entscheiden bis"}, 12, Day, nil, false, "The last day for the decision without harm to the plan."},
			{"effect", word{"Effect of not deciding", "Folge ohne Entscheidung"}, 32, Wrapped, nil, false, "What happens if nobody decides."},
			{plan.Decision, word{"Decision", "Entscheidung"}, 24, Wrapped, nil, false, "What was decided. Empty means undecided."},
			{plan.DecidedBy, word{"Decided by", "Entschieden von"}, 16, General, nil, false, "Who decided."},
			{plan.DecidedOn, word{"Decided on", "Entschieden am"}, 12, Day, nil, false, "When it was decided."},
			{plan.GapTasks, word{"Tasks", "Vorgänge"}, 13, Exact, nil, false, "The IDs of the tasks that wait for it."},
		},
	}
}

func paymentTable() table {
	return table{
		plan.Payments,
		word{"Payments", "Zahlungen"},
		"Payments",
		"One row for each payment to a vendor, paid or to come.",
		[]column{
			{plan.ID, word{"Payment ID", "Zahlungs-Nr."}, 10, Exact, nil, false, "A short name that stands once: P-01."},
			{"vendor", word{"Vendor", "Lieferant"}, 20, General, nil, false, "Who is paid."},
			{plan.Kind, word{"Kind", "Art"}, 13, General, []string{"Licence", "Deposit", "Services", "Hardware", "Modification", "Maintenance"}, false, "What it is paid for."},
			{"amount", word{"Amount", "Betrag"}, 12, Amount, nil, false, "The amount without tax."},
			{"currency", word{"Currency", "Währung"}, 9, General, []string{"EUR", "USD", "GBP", "CHF"}, true, "The currency of the amount."},
			{"due", word{"Due", "Fällig"}, 12, Day, nil, false, "When it is to be paid."},
			{"paid_on", word{"Paid on", "Bezahlt am"}, 12, Day, nil, false, "When it was paid. Empty: not yet."},
			{"gate", word{"Gate", "Meilenstein"}, 14, Exact, nil, false, "The ID of the milestone that must be accepted before."},
			{"accepted_on", word{"Accepted on", "Abgenommen am"}, 12, Day, nil, false, "When what is paid for was accepted."},
			{plan.Status, word{"Status", "Status"}, 11, General, []string{"Planned", "Invoiced", "Held", "Paid"}, false, "Where the payment stands."},
		},
	}
}

func readinessTable() table {
	return table{
		plan.Readiness,
		word{"Readiness", "Bereitschaft"},
		"Readiness by area",
		"One row for each area or team that works with the system from go-live on.",
		[]column{
			{plan.Area, word{"Area", "Bereich"}, 32, Wrapped, areas(), true, "The area or team."},
			{"people", word{"People", "Personen"}, 9, Whole, nil, false, "How many work with the system."},
			{"informed_on", word{"Informed on", "Informiert am"}, 12, Day, nil, false, "When they were last told what changes for them."},
			{"trained", word{"Trained", "Geschult"}, 9, Whole, nil, false, "How many of them are trained."},
			{"sign_off", word{"Sign-off", "Abnahme"}, 10, General, yesNo(), false, "Yes: the area says that it is ready."},
			{"signed_on", word{"Signed on", "Abgenommen am"}, 12, Day, nil, false, "When it said so."},
			{plan.Owner, word{"Owner", "Verantwortlich"}, 20, General, nil, false, "Who speaks for the area."},
			{"training_due", word{"Training due", "Schulung bis"}, 12, Day, nil, false, "By when all are trained."},
		},
	}
}

func criteriaTable() table {
	return table{
		plan.Criteria,
		word{"Go or no-go", "Go-No-Go"},
		"Go/no-go criteria",
		"What must be so before the committee says go.",
		[]column{
			{plan.ID, word{"Criterion ID", "Kriterium-Nr."}, 9, Exact, nil, false, "A short name that stands once: C-01."},
			{"criterion", word{"Criterion", "Kriterium"}, 52, Wrapped, nil, false, "What must be so."},
			{plan.Area, word{"Area", "Bereich"}, 26, Wrapped, areas(), true, "The functional area that shows it."},
			{plan.Owner, word{"Owner", "Verantwortlich"}, 20, General, nil, false, "Who shows it."},
			{"due", word{"Due", "Fällig"}, 12, Day, nil, false, "By when it is shown."},
			{plan.Status, word{"Status", "Status"}, 10, General, []string{"Green", "Amber", "Red", "Open"}, false, "Where it stands."},
			{"evidence", word{"Evidence", "Nachweis"}, 40, Wrapped, nil, false, "Where it can be seen."},
		},
	}
}

func volumeTable() table {
	return table{
		plan.Volumes,
		word{"Volumes", "Mengen"},
		"Order volumes",
		"Orders by month, in any unit: only the proportion counts. It shows the slow season, which is the time for go-live.",
		[]column{
			{"month", word{"Month", "Monat"}, 12, Day, nil, false, "The first day of the month."},
			{"orders", word{"Orders", "Aufträge"}, 12, Whole, nil, false, "How many orders came in, or are expected."},
		},
	}
}

func meetingTable() table {
	return table{
		plan.Meetings,
		word{"Meetings", "Sitzungen"},
		"Meetings of the committee",
		"One row for each meeting, held or to come.",
		[]column{
			{plan.CalendarDate, word{"Meeting date", "Sitzungstermin"}, 13, Day, nil, false, "The day of the meeting."},
			{"held", word{"Held", "Stattgefunden"}, 13, General, yesNo(), false, "Whether it took place. Empty: to come."},
			{"attendees", word{"Attendees", "Teilnehmer"}, 40, Wrapped, nil, false, "Who was there."},
			{"minutes", word{"Minutes", "Protokoll"}, 50, Wrapped, nil, false, "Where the minutes are, or what was agreed."},
		},
	}
}
