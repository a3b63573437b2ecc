package report

import (
	"regexp"
	"slices"
	"strings"

	"steerco/rules"
	"steerco/rules/calendar"
)

// datePattern is a date in ISO 8601.
var datePattern = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)

// asWritten is what stands before a date that shows how to type it.
const asWritten = " as "

// readable returns the text of a finding with its dates as the columns beside it
// show them: "1 Dec 2026". What people typed stands in quotation marks and stays
// as it is, and so does a date that shows how to write one.
func readable(s string) string {
	if !strings.Contains(s, "-") {
		return s
	}
	var b strings.Builder
	for i, part := range splitQuoted(s) {
		if i%2 == 1 {
			b.WriteString(part)
			continue
		}
		b.WriteString(withLongDates(part))
	}
	return b.String()
}

func withLongDates(s string) string {
	var b strings.Builder
	end := 0
	for _, at := range datePattern.FindAllStringIndex(s, -1) {
		d, err := calendar.Parse(s[at[0]:at[1]])
		if err != nil || strings.HasSuffix(s[:at[0]], asWritten) {
			continue
		}
		b.WriteString(s[end:at[0]] + d.Long())
		end = at[1]
	}
	return b.String() + s[end:]
}

// splitQuoted returns the parts of s outside and, with their marks, inside
// quotation marks in turn, beginning outside.
func splitQuoted(s string) []string {
	var parts []string
	start, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\':
			i++
		case quoted && s[i] == '"':
			parts, start, quoted = append(parts, s[start:i+1]), i+1, false
		case s[i] == '"':
			parts, start, quoted = append(parts, s[start:i]), i, true
		}
	}
	return append(parts, s[start:])
}

// readableAll returns findings whose texts and advice are readable.
func readableAll(findings []rules.Finding) []rules.Finding {
	all := slices.Clone(findings)
	for i := range all {
		all[i].Text, all[i].Advice = readable(all[i].Text), readable(all[i].Advice)
	}
	return all
}
