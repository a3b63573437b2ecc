package planread

import (
	"fmt"
	"strings"

	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/workbook"
)

// dateColumn is what is known of all cells of a column of dates.
type dateColumn struct {
	field  plan.Field
	header string
	index  int
	texts  map[int]dateText // by row
	order  dateOrder
	// dayOnly and monthOnly count texts which are a date in one order only;
	// open those which are one in both.
	dayOnly, monthOnly, open int
	because                  string
	years                    map[int]int
	total                    int
	median                   int
	// lateDay means that a true date lies after the 12th of its month.
	lateDay bool
	trues   int
	// odd counts numbers that are no dates: weeks or periods. Where there is
	// nothing else only the first is told.
	odd     int
	oddTold bool
	marks   map[string]int // words for "to be decided", with their count
	markAt  map[string]int
}

// readDateColumn looks at all cells of a column before any is read.
func (s *scan) readDateColumn(c column) *dateColumn {
	d := &dateColumn{
		field: c.Field, header: c.Header, index: c.Index, texts: map[int]dateText{}, years: map[int]int{},
		marks: map[string]int{}, markAt: map[string]int{},
	}
	for i := range s.records {
		row := s.records[i].row
		d.look(s.reader, row.Index, row.Cell(c.Index))
	}
	d.decide()
	d.findMedian()
	return d
}

func (d *dateColumn) look(r *reader, row int, c workbook.Cell) {
	if c.Kind == workbook.Text && !isBlank(c) {
		d.lookText(r, row, c.Text)
		return
	}
	date, ok := r.trueDate(c)
	if !ok {
		if c.Kind == workbook.Number {
			d.odd++
		}
		return
	}
	t := date.Time()
	d.years[t.Year()]++
	d.total++
	d.trues++
	d.lateDay = d.lateDay || t.Day() > 12
}

func (d *dateColumn) lookText(r *reader, row int, text string) {
	t, ok := r.v.dateText(text)
	if !ok {
		if m, known := meaning(r.v.noDate, text); known && m == "open" {
			d.marks[oneLine(text)]++
			if _, seen := d.markAt[oneLine(text)]; !seen {
				d.markAt[oneLine(text)] = row
			}
		}
		return
	}
	d.texts[row] = t
	if t.year != 0 {
		d.years[t.year]++
		d.total++
	}
	if !t.fixed {
		d.weigh(t)
	}
}

// weigh notes what a text says about the order of the column.
func (d *dateColumn) weigh(t dateText) {
	switch day, month := t.orders(); {
	case day && month && t.first == t.second:
	case day && month && t.dotted:
		d.dayOnly++
	case day && month:
		d.open++
	case day:
		d.dayOnly++
	case month:
		d.monthOnly++
	}
}

// decide finds the order of the column from its own texts.
func (d *dateColumn) decide() {
	switch {
	case d.dayOnly > 0 && d.monthOnly == 0:
		d.order = dayFirst
		d.because = "texts of the column are dates only with the day first"
	case d.monthOnly > 0 && d.dayOnly == 0:
		d.order = monthFirst
		d.because = "texts of the column are dates only with the month first"
	}
}

// decideByFormat finds the order from how the column shows true dates. A
// built-in format tells nothing: each machine shows it in its own way.
func (d *dateColumn) decideByFormat(s *scan) {
	if d.order != orderUnknown || d.open == 0 || d.dayOnly > 0 {
		return
	}
	found := map[dateOrder]bool{}
	for i := range s.records {
		c := s.records[i].row.Cell(d.index)
		if c.Kind == workbook.Number && s.book.Format(c).Date {
			found[formatOrder(s.book.Format(c).Code)] = true
		}
	}
	for _, o := range []dateOrder{dayFirst, monthFirst} {
		if found[o] && len(found) == 1 {
			d.order = o
			d.because = "the column's true dates are shown in this order"
		}
	}
}

// formatOrder tells in which order a number format shows day and month.
func formatOrder(code string) dateOrder {
	code = strings.ToLower(code)
	switch code {
	case "mm-dd-yy", "m/d/yy", "m/d/yyyy", "m/d/yy h:mm":
		return orderUnknown
	}
	day, month, year := strings.IndexByte(code, 'd'), strings.IndexByte(code, 'm'), strings.IndexByte(code, 'y')
	switch {
	case day < 0 || month < 0 || year >= 0 && year < min(day, month) || strings.Contains(code, "mmm"):
		return orderUnknown
	case day < month:
		return dayFirst
	}
	return monthFirst
}

// findMedian computes the year in the middle of all dates.
func (d *dateColumn) findMedian() {
	if d.total == 0 {
		return
	}
	low, high := 10000, 0
	for y := range d.years {
		low, high = min(low, y), max(high, y)
	}
	n := 0
	for y := low; y <= high; y++ {
		if n += d.years[y]; n*2 >= d.total {
			d.median = y
			return
		}
	}
}

// lastFirstYear and plausibleYears bound the years that are taken without a
// question.
const (
	firstYear      = 2000
	sentinelYear   = 1901
	plausibleYears = 10
)

// reading of one date cell.
type dateReading struct {
	date calendar.Date
	// text and fix are a fault: what is wrong, and the mend.
	text, fix string
	doubt     bool
	// quiet means that the fault was told for another cell of the column.
	quiet bool
}

// read reads one cell of the column.
func (d *dateColumn) read(r *reader, row int, c workbook.Cell) dateReading {
	switch {
	case c.Kind == workbook.Blank, c.Kind == workbook.Text && isBlank(c) && !c.Formula:
		return dateReading{}
	case c.Kind == workbook.ErrorValue:
		return dateReading{text: fmt.Sprintf("the formula gives %s", c.Text), fix: "mend the formula"}
	case c.Kind == workbook.Text:
		return d.readText(r, row, c)
	case c.Kind == workbook.Bool:
		return dateReading{text: fmt.Sprintf("%q is not a date", r.book.Shown(c)), fix: dateFix}
	}
	date, ok := r.trueDate(c)
	if !ok {
		return d.readOdd(r, c)
	}
	return d.plausible(date)
}

// readOdd tells of a number that is no date. In a column that has nothing else
// it is a number of a week or a period, and told once.
func (d *dateColumn) readOdd(r *reader, c workbook.Cell) dateReading {
	if c.Formula && c.Number == 0 {
		return dateReading{}
	}
	if d.odd < 2 || d.trues > 0 || len(d.texts) > 0 {
		return dateReading{text: fmt.Sprintf("%q is not a date", r.book.Shown(c)), fix: dateFix}
	}
	got := dateReading{
		text: fmt.Sprintf("%q is not a date, nor are the other %d numbers of column %q", r.book.Shown(c), d.odd-1, d.header),
		fix:  "write dates instead of numbers of weeks or periods", quiet: d.oddTold,
	}
	d.oddTold = true
	return got
}

const dateFix = "write it as 2026-02-28"

func (d *dateColumn) readText(r *reader, row int, c workbook.Cell) dateReading {
	typed := oneLine(c.Text)
	t, ok := d.texts[row]
	if !ok {
		if _, known := meaning(r.v.noDate, typed); known || typed == "" || isPlaceholderText(typed) {
			return dateReading{}
		}
		return dateReading{text: fmt.Sprintf("%q is not a date", shorten(typed)), fix: dateFix}
	}
	order := t.orderIn(d.order)
	if order == orderUnknown && !t.fixed && t.first != t.second {
		return dateReading{text: fmt.Sprintf("%q can be two dates", typed), fix: "write it as " + d.either(t)}
	}
	if t.year == 0 && d.median == 0 {
		return dateReading{text: fmt.Sprintf("%q has no year", typed), fix: dateFix}
	}
	date, ok := t.on(order, d.median)
	if !ok {
		return dateReading{text: fmt.Sprintf("%q is not a date", typed), fix: dateFix}
	}
	if t.weekday >= 0 && t.year != 0 && int(date.Weekday()) != t.weekday {
		return dateReading{date: date, doubt: true, text: fmt.Sprintf("%q was a %s", typed, date.Weekday()), fix: "check day and weekday"}
	}
	return d.plausible(date)
}

// orderIn returns the order in which a text is to be read in a column: its own
// where it has only one, else the column's.
func (t dateText) orderIn(column dateOrder) dateOrder {
	switch day, month := t.orders(); {
	case t.fixed, day && month && !t.dotted:
		return column
	case day:
		return dayFirst
	}
	return monthFirst
}

// either names the two dates that a text can be.
func (d *dateColumn) either(t dateText) string {
	year := max(d.median, firstYear)
	a, _ := t.on(dayFirst, year)
	b, _ := t.on(monthFirst, year)
	return a.String() + " or " + b.String()
}

// plausible doubts dates of far-off years.
func (d *dateColumn) plausible(date calendar.Date) dateReading {
	switch year := date.Time().Year(); {
	case year <= sentinelYear:
		return dateReading{text: fmt.Sprintf("%s stands for no date", date), fix: "empty the cell, or write the date"}
	case year < firstYear, d.median != 0 && (year > d.median+plausibleYears || year < d.median-plausibleYears):
		return dateReading{date: date, doubt: true, text: fmt.Sprintf("%s is far from the other dates of the column", date), fix: "check the year"}
	}
	return dateReading{date: date}
}

// isPlaceholderText reports whether a text stands for what is to be filled in:
// "[Date]".
func isPlaceholderText(s string) bool {
	return strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") || strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">")
}

// Serial numbers from 2000 to 2100, for dates in cells without a date format,
// and the digits of 20260228.
const (
	serial2000, serial2100   = 36526, 73415
	digits2000, digits2100   = 20000101, 21001231
	serial1904Days           = 1462
	hundred, tenThousandDays = 100, 10000
)

// trueDate returns the date that a number cell holds: by its format, as a bare
// serial number of this century, or as the digits of 20260228.
func (r *reader) trueDate(c workbook.Cell) (calendar.Date, bool) {
	if c.Kind != workbook.Number {
		return 0, false
	}
	if d, ok := r.book.Date(c); ok {
		return d, true
	}
	if r.book.Format(c).Date {
		return 0, false
	}
	n := c.Number
	switch {
	case n >= serial2000-serial1904Days && n <= serial2100 && !r.book.Format(c).Elapsed:
		return r.book.SerialDate(n)
	case n >= digits2000 && n <= digits2100 && n == float64(int(n)):
		t := dateText{year: int(n) / tenThousandDays, first: int(n) / hundred % hundred, second: int(n) % hundred, fixed: true}
		return t.on(monthFirst, 0)
	}
	return 0, false
}
