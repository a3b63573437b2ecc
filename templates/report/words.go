package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// plural returns "1 task", "2 tasks".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// workdays returns "1 working day", "2 working days".
func workdays(n calendar.Workdays) string { return plural(int(n), "working day", "working days") }

// capital returns s with its first letter as a capital.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// stop returns s with a full stop at its end, if it has no end of its own.
func stop(s string) string {
	if last, _ := utf8.DecodeLastRuneInString(s); s == "" || strings.ContainsRune(".!?…。！？", last) {
		return s
	}
	return s + "."
}

// oneLine returns s without line breaks and repeated blanks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// joined joins the parts that aren't empty.
func joined(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// andMore joins names, at most most of them, and says how many there are besides.
func andMore(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// subject returns what people call the subject of a finding.
func subject(f rules.Finding) string {
	switch {
	case f.Subject != "" && f.At.Row == 0:
		return capital(oneLine(f.Subject))
	case f.Subject != "":
		return oneLine(f.Subject)
	case f.RowID != "":
		return f.RowID
	case f.Table != "":
		return capital(string(f.Table))
	}
	return "Plan"
}

// named returns the id and the name of the subject of a finding.
func named(f rules.Finding) string {
	if s := subject(f); s != f.RowID {
		return joined(" ", f.RowID, s)
	}
	return f.RowID
}

// short returns what a finding's subject is called where there is little room.
func short(f rules.Finding) string {
	if f.RowID != "" {
		return f.RowID
	}
	return subject(f)
}

// decide asks for the decision about a gap.
func decide(f rules.Finding) string { return "Decide " + short(f) }

// rowsOf returns "1 task", "2 tasks": the rows of a table of that kind, or
// findings for a finding about no table.
func rowsOf(n int, t plan.Table) string {
	switch t {
	case "":
		return plural(n, "finding", "findings")
	case plan.CalendarTable:
		return plural(n, "calendar entry", "calendar entries")
	case plan.Readiness:
		return plural(n, "area of readiness", "areas of readiness")
	case plan.Criteria:
		return plural(n, "criterion", "criteria")
	case plan.SettingsTable:
		return plural(n, "setting", "settings")
	}
	return plural(n, strings.TrimSuffix(string(t), "s"), string(t))
}

// effectText returns an effect on go-live in few characters: "+5 d", "0 d", "≥ +5 d",
// and "?" for one that isn't known.
func effectText(e rules.Effect) string {
	switch {
	case !e.Known:
		return "?"
	case e.AtLeast:
		return fmt.Sprintf("≥ %+d d", e.Days)
	case e.Days == 0:
		return "0 d"
	}
	return fmt.Sprintf("%+d d", e.Days)
}
