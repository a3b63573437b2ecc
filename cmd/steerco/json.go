package main

import (
	"steerco/rules"
	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/planread"
	"steerco/sync/run"
	"steerco/sync/workbook"
)

// The shapes that --json prints: docs/json.md describes them, and they stay.

type checkOutput struct {
	Workbook    string          `json:"workbook"`
	Today       calendar.Date   `json:"today"`
	Findings    []findingOutput `json:"findings"`
	CannotJudge []unknownOutput `json:"cannot_judge"`
	Counts      countsOutput    `json:"counts"`
}

type findingOutput struct {
	ID         string     `json:"id"`
	Rule       string     `json:"rule"`
	Severity   string     `json:"severity"`
	Table      plan.Table `json:"table"`
	RowID      *string    `json:"row_id"`
	Subject    string     `json:"subject"`
	Area       *string    `json:"area"`
	Workbook   string     `json:"workbook"`
	Sheet      *string    `json:"sheet"`
	Cell       *string    `json:"cell"`
	Field      plan.Field `json:"field"`
	Text       string     `json:"text"`
	Advice     string     `json:"advice"`
	EffectDays *int       `json:"effect_days"`
	Owner      *string    `json:"owner"`
	Due        *string    `json:"due"`
	DaysLate   int        `json:"days_late"`
	FirstSeen  *string    `json:"first_seen"`
}

type unknownOutput struct {
	Rule    string  `json:"rule"`
	Subject *string `json:"subject"`
	Because string  `json:"because"`
	Sheet   *string `json:"sheet"`
	Cell    *string `json:"cell"`
}

type countsOutput struct {
	Critical    int `json:"critical"`
	Warning     int `json:"warning"`
	Note        int `json:"note"`
	CannotJudge int `json:"cannot_judge"`
}

func checkJSON(r *run.Result) checkOutput {
	out := checkOutput{
		Workbook: r.Book.Name, Today: r.Today, Findings: []findingOutput{}, CannotJudge: []unknownOutput{},
		Counts: countsOf(r.Findings),
	}
	for _, f := range r.Findings {
		sheet, cell := r.Cell(f)
		if f.Severity == rules.CannotJudge {
			out.CannotJudge = append(out.CannotJudge, unknownOutput{f.Rule, orNull(f.Subject), f.Text, orNull(sheet), orNull(cell)})
			continue
		}
		one := findingOutput{
			ID: f.ID, Rule: f.Rule, Severity: f.Severity.String(), Table: f.Table, RowID: orNull(f.RowID), Subject: f.Subject,
			Area: orNull(f.Area), Workbook: r.Book.Name, Sheet: orNull(sheet), Cell: orNull(cell), Field: f.At.Field,
			Text: f.Text, Advice: f.Advice, Owner: orNull(f.Owner), Due: orNull(f.Due.String()), DaysLate: int(f.DaysLate),
		}
		if f.Effect.Known {
			days := int(f.Effect.Days)
			one.EffectDays = &days
		}
		out.Findings = append(out.Findings, one)
	}
	return out
}

func countsOf(all []rules.Finding) countsOutput {
	n := countBySeverity(all)
	return countsOutput{n[rules.Critical], n[rules.Warning], n[rules.Note], n[rules.CannotJudge]}
}

// orNull returns nil for an empty text: null in JSON.
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

type inspectOutput struct {
	Workbook string          `json:"workbook"`
	Tables   []tableOutput   `json:"tables"`
	Guesses  []guessOutput   `json:"guesses"`
	Faults   []faultOutput   `json:"faults"`
	Skipped  []skippedOutput `json:"skipped"`
	Warnings []string        `json:"warnings"`
}

type tableOutput struct {
	Kind       plan.Table            `json:"kind"`
	Workbook   string                `json:"workbook"`
	Sheet      string                `json:"sheet"`
	HeaderRows []int                 `json:"header_rows"`
	Rows       int                   `json:"rows"`
	Parents    int                   `json:"parents"`
	Columns    map[plan.Field]string `json:"columns"`
	First      string                `json:"first"`
	Last       string                `json:"last"`
	WithFinish int                   `json:"with_finish"`
	Done       int                   `json:"done"`
}

type guessOutput struct {
	What    string  `json:"what"`
	Sheet   *string `json:"sheet"`
	Cell    *string `json:"cell"`
	Because string  `json:"because"`
}

type faultOutput struct {
	Workbook string  `json:"workbook"`
	Sheet    *string `json:"sheet"`
	Cell     *string `json:"cell"`
	Text     string  `json:"text"`
	Fix      string  `json:"fix"`
}

type skippedOutput struct {
	Sheet   string `json:"sheet"`
	Row     *int   `json:"row"`
	Because string `json:"because"`
}

func inspectJSON(b *workbook.Book, r *planread.Reading) inspectOutput {
	out := inspectOutput{
		Workbook: b.Name, Tables: []tableOutput{}, Guesses: []guessOutput{}, Faults: []faultOutput{},
		Skipped: []skippedOutput{}, Warnings: inspectWarnings(b, r),
	}
	for _, t := range r.Tables {
		out.Tables = append(out.Tables, tableJSON(b.Name, t))
	}
	for _, g := range r.Guesses {
		out.Guesses = append(out.Guesses, guessOutput{g.What, orNull(g.Sheet), orNull(g.Cell), g.Because})
	}
	for _, f := range r.Plan.Faults {
		sheet, cell := r.Cell(f.At)
		out.Faults = append(out.Faults, faultOutput{b.Name, orNull(sheet), orNull(cell), f.Text, f.Fix})
	}
	for _, s := range r.Skipped {
		one := skippedOutput{Sheet: s.Sheet, Because: s.Because}
		if s.Row >= 0 {
			row := s.Row + 1
			one.Row = &row
		}
		out.Skipped = append(out.Skipped, one)
	}
	return out
}

func tableJSON(book string, t planread.Table) tableOutput {
	out := tableOutput{
		Kind: t.Kind, Workbook: book, Sheet: t.Sheet, HeaderRows: []int{}, Rows: t.Rows, Parents: t.Parents,
		Columns: map[plan.Field]string{}, First: t.First, Last: t.Last, WithFinish: t.WithFinish, Done: t.Done,
	}
	for _, row := range t.HeaderRows {
		out.HeaderRows = append(out.HeaderRows, row+1)
	}
	for _, c := range t.Columns {
		if have := out.Columns[c.Field]; have != "" {
			out.Columns[c.Field] = have + " + " + c.Header
		} else {
			out.Columns[c.Field] = c.Header
		}
	}
	return out
}

type syncOutput struct {
	Plans []syncedOutput `json:"plans"`
}

type syncedOutput struct {
	Plan     string         `json:"plan"`
	Workbook string         `json:"workbook"`
	Today    calendar.Date  `json:"today"`
	Written  bool           `json:"written"`
	Changes  []changeOutput `json:"changes"`
	Touched  *int           `json:"touched"`
	Counts   countsOutput   `json:"counts"`
	Error    *string        `json:"error"`
}

type changeOutput struct {
	Sheet *string `json:"sheet"`
	Cells *string `json:"cells"`
	What  string  `json:"what"`
}

func changesJSON(all []workbook.Change) []changeOutput {
	out := []changeOutput{}
	for _, c := range all {
		out = append(out, changeOutput{orNull(c.Sheet), orNull(c.Cells), c.What})
	}
	return out
}
