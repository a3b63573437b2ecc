package starter

import (
	"strconv"
	"strings"

	"steerco/rules/calendar"
)

// span is when a task is worked: from the start of the working day begin to
// the start of the working day end, both counted from the project's start.
type span struct{ begin, end int }

// schedule places every task as early as its predecessors allow. A task's
// predecessors stand above it.
func schedule(tasks []task) map[string]span {
	at := make(map[string]span, len(tasks))
	for _, t := range tasks {
		if t.days == summary {
			continue
		}
		begin := t.from
		for _, link := range links(t.after) {
			before := at[link.id]
			earliest := before.end
			if link.startToStart {
				earliest = before.begin
			}
			begin = max(begin, earliest+link.lag)
		}
		at[t.id] = span{begin, begin + t.days}
	}
	return at
}

// link is one predecessor of a task.
type link struct {
	id           string
	startToStart bool
	lag          int
}

// links reads predecessors as the sample writes them: "T101, T102FS+2d".
func links(after string) []link {
	var all []link
	for word := range strings.SplitSeq(after, ",") {
		word = strings.TrimSpace(word)
		if len(word) < idLength {
			continue
		}
		l := link{id: word[:idLength]}
		rest := word[idLength:]
		l.startToStart = strings.HasPrefix(rest, "SS")
		if _, lag, found := strings.Cut(strings.TrimSuffix(rest, "d"), "+"); found {
			l.lag, _ = strconv.Atoi(lag) // the sample's own text, under test
		}
		all = append(all, l)
	}
	return all
}

// idLength is the length of every ID of the sample's tasks.
const idLength = len("T101")

// workday returns the date that lies n working days after from, which is a
// working day itself; before it if n is negative.
func workday(c *calendar.Calendar, from calendar.Date, n int) calendar.Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		from = from.AddDays(step)
		if c.IsWorkday(from) {
			n--
		}
	}
	return from
}
