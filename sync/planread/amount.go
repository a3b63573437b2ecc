package planread

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"steerco/rules/plan"
	"steerco/sync/workbook"
)

var unitNames = map[string]plan.Unit{
	"minutes": plan.Minutes, "hours": plan.Hours, "days": plan.Days, "weeks": plan.Weeks, "months": plan.Months,
	"elapsed minutes": plan.ElapsedMinutes, "elapsed hours": plan.ElapsedHours, "elapsed days": plan.ElapsedDays,
	"elapsed weeks": plan.ElapsedWeeks,
}

// minutesOf is how long a unit is in a week of five days of eight hours; it
// serves only to add up durations of several units.
var minutesOf = map[plan.Unit]float64{
	plan.Minutes: 1, plan.Hours: 60, plan.Days: 8 * 60, plan.Weeks: 5 * 8 * 60, plan.Months: 20 * 8 * 60,
	plan.ElapsedMinutes: 1, plan.ElapsedHours: 60, plan.ElapsedDays: 24 * 60, plan.ElapsedWeeks: 7 * 24 * 60,
}

func isElapsed(u plan.Unit) bool { return u >= plan.ElapsedMinutes && u <= plan.ElapsedWeeks }

// duration reads a duration from text: "5", "5d", "3 days", "1w 2d", "5ed",
// "451d?". A number without a unit has the given one; mixed means that several
// units were added up.
func (v *vocabulary) duration(text string, unit plan.Unit) (d plan.Duration, mixed, ok bool) {
	text = strings.TrimSpace(text)
	if strings.HasSuffix(text, "?") {
		d.Estimated = true
		text = strings.TrimSuffix(text, "?")
	}
	parts, ok := v.durationParts(strings.ToLower(text), unit)
	if !ok {
		return plan.Duration{}, false, false
	}
	if len(parts) == 1 {
		d.Amount, d.Unit = parts[0].Amount, parts[0].Unit
		return d, false, true
	}
	total := 0.0
	for _, p := range parts {
		if isElapsed(p.Unit) != isElapsed(parts[0].Unit) {
			return plan.Duration{}, false, false
		}
		total += p.Amount * minutesOf[p.Unit]
	}
	d.Amount, d.Unit = total, plan.Minutes
	if isElapsed(parts[0].Unit) {
		d.Unit = plan.ElapsedMinutes
	}
	return d, true, true
}

// durationParts parts "3w 1d 5h" into amounts with their units.
func (v *vocabulary) durationParts(text string, unit plan.Unit) ([]plan.Duration, bool) {
	var parts []plan.Duration
	for text != "" {
		n := numberLength(text)
		if n == 0 {
			return nil, false
		}
		amount, err := strconv.ParseFloat(strings.ReplaceAll(text[:n], ",", "."), 64)
		if err != nil || math.IsInf(amount, 0) {
			return nil, false
		}
		text = strings.TrimSpace(text[n:])
		word := text
		if i := strings.IndexFunc(text, unicode.IsDigit); i >= 0 {
			word = text[:i]
		}
		text = text[len(word):]
		u, ok := v.unit(word, unit)
		if word = strings.Trim(word, " .,"); !ok || word == "" && (text != "" || len(parts) > 0) {
			return nil, false
		}
		parts = append(parts, plan.Duration{Amount: amount, Unit: u})
	}
	return parts, len(parts) > 0
}

// numberLength counts the bytes of the number with which a text begins.
func numberLength(s string) int {
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || n > 0 && (s[n] == '.' || s[n] == ',') && n+1 < len(s) && s[n+1] >= '0' && s[n+1] <= '9') {
		n++
	}
	return n
}

func (v *vocabulary) unit(word string, otherwise plan.Unit) (plan.Unit, bool) {
	if fold(word) == "" && strings.Trim(word, " .,") != "" {
		return 0, false
	}
	word = fold(word)
	for _, and := range []string{" and", " und", " y", " et", " e"} {
		word = strings.TrimSuffix(word, and)
	}
	if word == "" {
		return otherwise, true
	}
	name, ok := v.units[word]
	return unitNames[name], ok
}

// amountReading is a duration or percent read from a cell.
type amountReading[T any] struct {
	value     plan.Maybe[T]
	text, fix string
	doubt     bool
	mixed     bool
}

const hoursPerDay = 24

// readDuration reads a duration from a cell, with the unit that the header or
// the table tells for bare numbers.
func (r *reader) readDuration(c workbook.Cell, unit plan.Unit) amountReading[plan.Duration] {
	if c.Kind == workbook.Blank {
		return amountReading[plan.Duration]{}
	}
	if c.Kind == workbook.Number && r.isPlain(c) && c.Number >= 0 {
		return amountReading[plan.Duration]{value: plan.Known(plan.Duration{Amount: c.Number, Unit: unit})}
	}
	typed := oneLine(r.book.Shown(c))
	switch c.Kind {
	case workbook.Number:
		return r.numberDuration(c, unit, typed)
	case workbook.Text:
		if _, none := meaning(r.v.noDate, typed); none || typed == "" {
			return amountReading[plan.Duration]{}
		}
		if d, mixed, ok := r.v.duration(typed, unit); ok {
			return amountReading[plan.Duration]{value: plan.Known(d), mixed: mixed}
		}
	case workbook.ErrorValue:
		return amountReading[plan.Duration]{text: fmt.Sprintf("the formula gives %s", c.Text), fix: "mend the formula"}
	}
	return amountReading[plan.Duration]{text: fmt.Sprintf("%q is not a duration", shorten(typed)), fix: "write it as 5d, 2w or 16h"}
}

// isPlain reports whether a number is shown without a format of its own.
func (r *reader) isPlain(c workbook.Cell) bool {
	code := r.book.Format(c).Code
	return code == "" || code == "General" || code == "0"
}

// numberDuration reads a number: an amount of the column's unit, or a time of
// day that stands for hours. Negative ones come of formulas over blank cells.
func (r *reader) numberDuration(c workbook.Cell, unit plan.Unit, typed string) amountReading[plan.Duration] {
	f := r.book.Format(c)
	switch {
	case f.Elapsed || f.Date && c.Number >= 0 && c.Number < 1:
		return amountReading[plan.Duration]{value: plan.Known(plan.Duration{Amount: c.Number * hoursPerDay, Unit: plan.Hours})}
	case c.Number < 0 && c.Formula:
		return amountReading[plan.Duration]{}
	case f.Date || c.Number < 0:
		return amountReading[plan.Duration]{text: fmt.Sprintf("%q is not a duration", typed), fix: "write it as 5d, 2w or 16h"}
	}
	if d, _, ok := r.v.duration(typed, unit); ok && strings.ContainsFunc(typed, unicode.IsLetter) {
		return amountReading[plan.Duration]{value: plan.Known(plan.Duration{Amount: c.Number, Unit: d.Unit})}
	}
	return amountReading[plan.Duration]{value: plan.Known(plan.Duration{Amount: c.Number, Unit: unit})}
}

// percentColumn is the scale of a column of percents.
type percentColumn struct {
	hundred bool // bare numbers go to 100
	mixed   bool // some seem to go to 1, others to 100
}

const wholePercent = 100

// readPercentColumn decides the scale from all cells of a column.
func (s *scan) readPercentColumn(index int) percentColumn {
	var p percentColumn
	fraction := false
	for i := range s.records {
		c := s.records[i].row.Cell(index)
		n, isShare, ok := s.percentNumber(c)
		switch {
		case !ok || isShare:
		case n > 1:
			p.hundred = true
		case n > 0 && n < 1:
			fraction = true
		}
	}
	p.mixed = p.hundred && fraction
	return p
}

// percentNumber returns the number in a percent cell; isShare means that its
// scale is plain, by a percent sign.
func (r *reader) percentNumber(c workbook.Cell) (n float64, isShare, ok bool) {
	switch c.Kind {
	case workbook.Number:
		return c.Number, strings.Contains(r.book.Format(c).Code, "%"), true
	case workbook.Bool:
		return c.Number, true, true
	case workbook.Text:
		return percentText(c.Text)
	}
	return 0, false, false
}

func percentText(text string) (n float64, isShare, ok bool) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "％", "%"))
	bare := strings.TrimSpace(strings.Trim(text, "%"))
	n, err := strconv.ParseFloat(strings.ReplaceAll(bare, ",", "."), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, false, false
	}
	if bare != text {
		return n / wholePercent, true, true
	}
	return n, false, true
}

// readPercent reads how much is done from a cell, from 0 to 1.
func (r *reader) readPercent(c workbook.Cell, col percentColumn) amountReading[float64] {
	if c.Kind == workbook.Blank || c.Kind == workbook.Text && isBlank(c) {
		return amountReading[float64]{}
	}
	n, isShare, ok := r.percentNumber(c)
	if !ok {
		return r.percentWord(oneLine(r.book.Shown(c)))
	}
	doubt := false
	if !isShare && col.hundred {
		doubt = col.mixed && n > 0 && n <= 1
		n /= wholePercent
	}
	if n < 0 || n > 1 {
		return amountReading[float64]{text: fmt.Sprintf("%q is not between 0 and 100 %%", oneLine(r.book.Shown(c))), fix: "write how much is done, from 0 to 100 %"}
	}
	out := amountReading[float64]{value: plan.Known(n)}
	if doubt {
		out.doubt, out.text, out.fix = true, fmt.Sprintf("%q is read as %g %%, others in the column go to 100", r.book.Shown(c), n*wholePercent), "write it with a percent sign"
	}
	return out
}

// percentWord reads a word in a percent column: a check mark, "done".
func (r *reader) percentWord(typed string) amountReading[float64] {
	if _, none := r.v.noDate[strings.ToLower(typed)]; none {
		return amountReading[float64]{}
	}
	if m, ok := meaning(r.v.status, typed); ok {
		switch m {
		case "done":
			return amountReading[float64]{value: plan.Known(1.0)}
		case "not started":
			return amountReading[float64]{value: plan.Known(0.0)}
		}
		return amountReading[float64]{}
	}
	return amountReading[float64]{text: fmt.Sprintf("%q is not a percent", shorten(typed)), fix: "write it as 50 %"}
}
