package rules_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// amount is a duration as the corpus writes it: a number and its unit.
type amount struct {
	n    float64
	unit plan.Unit
}

func (a *amount) UnmarshalJSON(b []byte) error {
	var unit string
	if err := json.Unmarshal(b, &[]any{&a.n, &unit}); err != nil {
		return err
	}
	a.unit = map[string]plan.Unit{
		"m": plan.Minutes, "h": plan.Hours, "d": plan.Days, "w": plan.Weeks, "mo": plan.Months,
		"em": plan.ElapsedMinutes, "eh": plan.ElapsedHours, "ed": plan.ElapsedDays, "ew": plan.ElapsedWeeks, "%": plan.PercentOf,
	}[unit]
	return nil
}

func (a amount) duration() plan.Duration { return plan.Duration{Amount: a.n, Unit: a.unit} }

// recorded is a plan with the dates that Microsoft Project computed for it.
type recorded struct {
	Calendar struct {
		Week       [7][]any // from Monday
		Exceptions []struct {
			From, To calendar.Date
			Hours    []any
		}
	}
	Tasks []struct {
		ID, OutlineLevel int
		Summary          bool
		Duration         amount
		Preds            []struct {
			ID   int
			Type string
			Lag  amount
		}
		Constraint string
	}
}

type recordedDates struct {
	Tasks []struct {
		ID            int
		Start, Finish string
	}
}

func corpus(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("STEERCO_CORPUS")
	if dir == "" {
		t.Skip("STEERCO_CORPUS isn't set: no recorded plans to hold the rules against")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Fatalf("STEERCO_CORPUS: %v", err)
	}
	return dir
}

// TestRecordedPlans holds links, roll-up and durations against plans that
// Microsoft Project has scheduled: it made no loop and kept every link.
func TestRecordedPlans(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus(t), "cpm", "*.plan.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no recorded plans: %v", err)
	}
	whole := wholeDays(t)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".plan.json")
		t.Run(name, func(t *testing.T) {
			in := readRecorded(t, file)
			found := rules.Evaluate(in, []rules.Rule{
				rules.Cycle(), rules.StartsBeforePredecessorEnds(rules.StartsBeforePredecessorEndsOptions{}),
			})
			for _, f := range found {
				if !strings.HasPrefix(in.Plan.Tasks[f.At.Row-1].Constraint, "M") { // MSO and MFO beat links
					t.Errorf("%s: got %s %s, want nothing", f.RowID, f.Rule, f.Text)
				}
			}
			checkRollUp(t, in)
			if whole[name] {
				checkDurations(t, in)
			}
		})
	}
}

// wholeDays tells which recorded plans have nothing but whole days, and
// nothing begun.
func wholeDays(t *testing.T) map[string]bool {
	t.Helper()
	f, err := os.Open(filepath.Join(corpus(t), "cpm", "index.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	name, clean, begun := slices.Index(rows[0], "name"), slices.Index(rows[0], "day_clean"), slices.Index(rows[0], "with_actuals")
	whole := map[string]bool{}
	for _, r := range rows[1:] {
		whole[r[name]] = r[clean] == "1" && r[begun] == "0"
	}
	return whole
}

func checkRollUp(t *testing.T, in rules.Input) {
	t.Helper()
	for i, got := range in.Plan.RollUp(in.Calendar) {
		task := &in.Plan.Tasks[i]
		if got.Start != task.Start || got.Finish != task.Finish {
			t.Errorf("task %s rolled up: got %s to %s, want %s to %s", task.ID, got.Start, got.Finish, task.Start, task.Finish)
		}
	}
}

func checkDurations(t *testing.T, in rules.Input) {
	t.Helper()
	for _, task := range in.Plan.Tasks {
		want := task.Finish
		task.Finish = 0
		if got := task.PlannedFinish(in.Calendar); got != want && !task.Summary {
			t.Errorf("task %s: start %s and %v make %s, want %s", task.ID, task.Start, task.Duration.Value, got, want)
		}
	}
}

func readRecorded(t *testing.T, file string) rules.Input {
	t.Helper()
	var r recorded
	var dates recordedDates
	decode(t, file, &r)
	decode(t, strings.Replace(file, ".plan.", ".expected.", 1), &dates)
	var o calendar.Options
	for i, hours := range r.Calendar.Week {
		o.Week[(i+1)%7] = len(hours) > 0
	}
	for _, e := range r.Calendar.Exceptions {
		if span := (calendar.Span{First: e.From, Last: e.To}); len(e.Hours) > 0 {
			o.On = append(o.On, span)
		} else {
			o.Off = append(o.Off, span)
		}
	}
	p := &plan.Plan{GoLive: -1, Tables: []plan.TableColumns{{Table: plan.Tasks, Fields: []plan.Field{
		plan.Start, plan.Finish, plan.DurationField, plan.Predecessors, plan.Percent,
	}}}}
	byID := map[int]int{}
	var above []int // the last task of each level
	for i, task := range r.Tasks {
		byID[task.ID] = i
		parent := -1
		if above = above[:min(len(above), task.OutlineLevel-1)]; len(above) > 0 {
			parent = above[len(above)-1]
		}
		above = append(above, i)
		p.Tasks = append(p.Tasks, plan.Task{
			Row: plan.Row(i + 1), ID: string(rune('A' + i%26)), Parent: parent, Summary: task.Summary, State: plan.NotStarted,
			Duration: plan.Known(task.Duration.duration()), Constraint: task.Constraint,
		})
	}
	for i, task := range r.Tasks {
		for _, pred := range task.Preds {
			kinds := map[string]plan.RelationType{"FS": plan.FinishStart, "SS": plan.StartStart, "FF": plan.FinishFinish, "SF": plan.StartFinish}
			p.Tasks[i].Relations = append(p.Tasks[i].Relations, plan.Relation{
				Task: byID[pred.ID], Type: kinds[pred.Type], Lag: pred.Lag.duration(),
			})
		}
	}
	for _, d := range dates.Tasks {
		p.Tasks[byID[d.ID]].Start, p.Tasks[byID[d.ID]].Finish = day(t, d.Start), day(t, d.Finish)
	}
	return rules.Input{Plan: p, Today: p.Tasks[0].Start, Calendar: calendar.NewCalendar(o)}
}

func decode(t *testing.T, file string, to any) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, to); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

func day(t *testing.T, instant string) calendar.Date {
	t.Helper()
	if instant == "" {
		return 0
	}
	d, err := calendar.Parse(instant[:len("2006-01-02")])
	if err != nil {
		t.Fatal(err)
	}
	return d
}
