package rulestest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// date reads a date of the row. One with a question mark behind it is read, and
// in doubt.
func (b *builder) date(f plan.Field) calendar.Date {
	text, doubt := strings.CutSuffix(b.row.cells[f], "?")
	if text == "" && !doubt {
		return 0
	}
	d, err := calendar.Parse(text)
	switch {
	case err != nil:
		b.unreadable(f, plan.Fault{Text: fmt.Sprintf("%q is not a date", b.row.cells[f]), Fix: "write it as 2026-12-01"})
	case doubt:
		b.unreadable(f, plan.Fault{Text: fmt.Sprintf("%q may be another date", text), Fix: "write it as 2026-12-01", Doubt: true})
	}
	return d
}

// percent reads "50 %" and "0.5" alike.
func (b *builder) percent(f plan.Field) plan.Maybe[float64] {
	text := b.row.cells[f]
	if text == "" {
		return plan.Maybe[float64]{}
	}
	whole, isPercent := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(whole), 64)
	if err != nil {
		b.unreadable(f, plan.Fault{Text: fmt.Sprintf("%q is not a percentage", text), Fix: "write it as 50 %"})
		return plan.Maybe[float64]{}
	}
	if isPercent {
		v /= 100
	}
	return plan.Known(v)
}

func (b *builder) duration(f plan.Field) plan.Maybe[plan.Duration] {
	text := b.row.cells[f]
	if text == "" {
		return plan.Maybe[plan.Duration]{}
	}
	d, ok := duration(text)
	if !ok {
		b.unreadable(f, plan.Fault{Text: fmt.Sprintf("%q is not a duration", text), Fix: "write it as 5d"})
		return plan.Maybe[plan.Duration]{}
	}
	return plan.Known(d)
}

func (b *builder) number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		b.fault("%q is not a number", text)
	}
	return n
}

func list(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
}

func durations() map[string]plan.Unit {
	return map[string]plan.Unit{
		"": plan.Days, "d": plan.Days, "m": plan.Minutes, "h": plan.Hours, "w": plan.Weeks, "mo": plan.Months,
		"em": plan.ElapsedMinutes, "eh": plan.ElapsedHours, "ed": plan.ElapsedDays, "ew": plan.ElapsedWeeks, "%": plan.PercentOf,
	}
}

// duration reads "5d", "-2w", "50%".
func duration(text string) (d plan.Duration, ok bool) {
	at := strings.LastIndexAny(text, "0123456789") + 1
	amount, err := strconv.ParseFloat(strings.TrimSpace(text[:at]), 64)
	unit, known := durations()[strings.TrimSpace(text[at:])]
	return plan.Duration{Amount: amount, Unit: unit}, err == nil && known
}

// relationParts are an id, a type and a lag: "T3 SS+2d".
var relationParts = regexp.MustCompile(`^(\S+?)(?: ?(FS|SS|FF|SF))?(?: ?([+-]\S+))?$`)

// relations reads a list of predecessors, with commas between.
func (b *builder) relations(text string, index map[string]int) []plan.Relation {
	var rs []plan.Relation
	for typed := range strings.SplitSeq(text, ",") {
		typed = strings.TrimSpace(typed)
		if typed == "" {
			continue
		}
		r, ok := relation(typed, index)
		if !ok {
			b.fault("%q is not a predecessor: write it as T3, T3 SS or T3 FS+2d", typed)
			continue
		}
		rs = append(rs, r)
	}
	return rs
}

func relation(typed string, index map[string]int) (r plan.Relation, ok bool) {
	parts := relationParts.FindStringSubmatch(typed)
	if parts == nil {
		return r, false
	}
	r = plan.Relation{Typed: typed, Task: -1}
	if parts[2] != "" {
		for r.Type = plan.FinishStart; r.Type.String() != parts[2]; {
			r.Type++
		}
	}
	if parts[3] != "" {
		if r.Lag, ok = duration(parts[3]); !ok {
			return r, false
		}
	}
	other, id, elsewhere := strings.Cut(parts[1], "!")
	if elsewhere {
		r.Plan = other
		return r, id != ""
	}
	r.Task, ok = index[parts[1]]
	return r, ok
}
