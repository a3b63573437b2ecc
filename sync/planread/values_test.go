package planread_test

import (
	"fmt"
	"strings"
	"testing"

	"steerco/rules/plan"
	"steerco/sync/planread"
)

// TestDatesInManyNotations reads texts as dates of 2026 where they tell no year.
func TestDatesInManyNotations(t *testing.T) {
	const none = ""
	tests := []struct {
		text, dayFirst, monthFirst string
	}{
		{"2026-03-01", "2026-03-01", "2026-03-01"},
		{"2026-03-01 17:00", "2026-03-01", "2026-03-01"},
		{"2026-03-01T18:35:00Z", "2026-03-01", "2026-03-01"},
		{"2026/3/1", "2026-03-01", "2026-03-01"},
		{"20260301", "2026-03-01", "2026-03-01"},
		{"2025-09-18 (Thursday)", "2025-09-18", "2025-09-18"},
		{"2026年3月1日", "2026-03-01", "2026-03-01"},
		{"２０２６年３月１日", "2026-03-01", "2026-03-01"},
		{"2026/3/2(月)", "2026-03-02", "2026-03-02"},
		{"2026. 3. 1.", "2026-03-01", "2026-03-01"},
		{"2026년 3월 1일", "2026-03-01", "2026-03-01"},
		{"3月1日", "2026-03-01", "2026-03-01"},
		{"05/02/25", "2025-02-05", "2025-05-02"},
		{"15/11/2024", "2024-11-15", none},
		{"11/15/2024", none, "2024-11-15"},
		{"11/09/2017 09:00", "2017-09-11", "2017-11-09"},
		{"11-11-2025", "2025-11-11", "2025-11-11"},
		{"20.08.2022", "2022-08-20", "2022-08-20"},
		{"5.2.2026", "2026-02-05", "2026-02-05"},
		{"14/3", "2026-03-14", none},
		{"Mon 2/17/25", none, "2025-02-17"},
		{"Thur 23/09/21", "2021-09-23", none},
		{"November 9, 2026 5:00", "2026-11-09", "2026-11-09"},
		{"9 November 2026", "2026-11-09", "2026-11-09"},
		{"Nov 9th, 2026", "2026-11-09", "2026-11-09"},
		{"   30 -Jan-23", "2023-01-30", "2023-01-30"},
		{"30-Aug.", "2026-08-30", "2026-08-30"},
		{"9. März 2026", "2026-03-09", "2026-03-09"},
		{"Mo, 09.03.2026", "2026-03-09", "2026-03-09"},
		{"15 de septiembre", "2026-09-15", "2026-09-15"},
		{"15 de septiembre de 2026", "2026-09-15", "2026-09-15"},
		{"1er août 2026", "2026-08-01", "2026-08-01"},
		{"3 de março de 2026", "2026-03-03", "2026-03-03"},
		{"9 марта 2026 г.", "2026-03-09", "2026-03-09"},
		{"9 Mart 2026", "2026-03-09", "2026-03-09"},
		{"31.02.2026", none, none},
		{"30/02/2026", none, none},
		{"Q1 2025", none, none},
		{"6月初", none, none},
		{"TBD", none, none},
		{"March 2026", none, none},
		{"Once every quarter", none, none},
		{"5/18/2026 to 6/05/2026", none, none},
		{"08/30 - 09/13", none, none},
		{"1.2.3.4", none, none},
		{"", none, none},
	}
	for _, tt := range tests {
		for order, want := range map[planread.DayOrder]string{planread.DayFirst: tt.dayFirst, planread.MonthFirst: tt.monthFirst} {
			d, ok := planread.ParseDate(tt.text, order, 2026)
			if got := d.String(); got != want || ok != (want != none) {
				t.Errorf("%q in order %d: got %q, want %q", tt.text, order, got, want)
			}
		}
	}
}

func TestDurationsInManyNotations(t *testing.T) {
	tests := []struct{ text, want string }{
		{"5", "5 0"},
		{"5d", "5 0"},
		{"5 days", "5 0"},
		{"2.5 d", "2.5 0"},
		{"2,5 Tage", "2.5 0"},
		{"1w", "1 3"},
		{"3 Wochen", "3 3"},
		{"16h", "16 2"},
		{"30 min", "30 1"},
		{"0m", "0 1"},
		{"2mo", "2 4"},
		{"5ed", "5 7"},
		{"5 edays", "5 7"},
		{"451d?", "451 0 estimated"},
		{"3w 1d 5h 45m", "8025 1 mixed"},
		{"1 hour 15 min.", "75 1 mixed"},
		{"3日", "3 0"},
		{"3人日", "3 0"},
		{"2 semanas", "2 3"},
		{"4 дня", "4 0"},
		{"5 gün", "5 0"},
		{"2-3days", ""},
		{"One Week.", ""},
		{"3 apples", ""},
		{"3d 5", ""},
		{"1d 2ed", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got := ""
		if d, mixed, ok := planread.ParseDuration(tt.text); ok {
			got = fmt.Sprintf("%g %d", d.Amount, d.Unit)
			if d.Estimated {
				got += " estimated"
			}
			if mixed {
				got += " mixed"
			}
		}
		if got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

// linkPlan is a plan of eight tasks with ids, outline numbers and names.
func linkPlan() []plan.Task {
	var tasks []plan.Task
	for i, row := range []string{"1|1|Start", "2|1.1|Concept", "3|2|Build", "4|2.1|Code", "108|2.2|Unit tests", "107|3|Move", "P0-2|4|Pilot", "T001|4.1|Phase A"} {
		parts := strings.Split(row, "|")
		tasks = append(tasks, plan.Task{Row: plan.Row(i + 1), ID: parts[0], WBS: parts[1], Name: parts[2]})
	}
	return tasks
}

// TestPredecessorsInManyNotations tells each relation as index, type and lag.
func TestPredecessorsInManyNotations(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"-", ""},
		{"---", ""},
		{"N/A", ""},
		{"none", ""},
		{"なし", ""},
		{"3", "2FS"},
		{"2fs", "1FS"},
		{"3SS", "2SS"},
		{"3 FS", "2FS"},
		{"3SS+5d", "2SS+5u0"},
		{"3FS-1d", "2FS-1u0"},
		{"3-1d", "2FS-1u0"},
		{"3FS + 2 days", "2FS+2u0"},
		{"2FF+50%", "1FF+50u9"},
		{"4SS-1w", "3SS-1u3"},
		{"3FS+5ed", "2FS+5u7"},
		{"3EA+2t", "2FS+2u0"},
		{"3AA", "2SS"},
		{"3DD", "2SS"},
		{"3CC+2 días", "2SS+2u0"},
		{"3TI", "2FS"},
		{"1,2", "0FS 1FS"},
		{"1, 2, 3", "0FS 1FS 2FS"},
		{"1;2", "0FS 1FS"},
		{"1、2", "0FS 1FS"},
		{"1 & 2", "0FS 1FS"},
		{"1 2", "0FS 1FS"},
		{"1 and 2", "0FS 1FS"},
		{"1SS;2SS", "0SS 1SS"},
		{"108,107", "4FS 5FS"},
		{"2.1", "3FS"},
		{"1.1FS+1w", "1FS+1u3"},
		{"2.1 - 2.2", "3FS 4FS"},
		{"P0-2", "6FS"},
		{"P0-2SS", "6SS"},
		{"T001", "7FS"},
		{"t001, P0-2", "7FS 6FS"},
		{"Start", "0FS"},
		{"Unit tests", "4FS"},
		{"Start, Unit tests", "0FS 4FS"},
		{"Phase A", "7FS"},
		{"other-plan!T12", "other-plan!T12"},
		{"99", `"99" is not in the plan`},
		{"99SS+2d", `"99" is not in the plan`},
		{"API keys", `"API keys" is not a task of the plan`},
		{"T001, T999", `7FS; "T999" is not in the plan`},
		{"../finance.xlsx!T1", `"../finance.xlsx!T1"`},
	}
	for _, tt := range tests {
		relations, problems := planread.ParseLinks(tt.text, linkPlan())
		var parts []string
		for _, r := range relations {
			if r.Plan != "" {
				parts = append(parts, r.Plan+"!"+r.Typed)
				continue
			}
			part := fmt.Sprintf("%d%s", r.Task, r.Type)
			if r.Lag.Amount != 0 {
				part += fmt.Sprintf("%+gu%d", r.Lag.Amount, r.Lag.Unit)
			}
			parts = append(parts, part)
		}
		got := strings.Join(parts, " ")
		if len(problems) > 0 && got != "" {
			got += "; "
		}
		got += strings.Join(problems, "; ")
		if got != tt.want && !(strings.HasPrefix(tt.want, `"../`) && len(problems) > 0) {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestStatusWordsOfManyLanguages(t *testing.T) {
	tests := map[plan.State]string{
		plan.Done: "Done, COMPLETE, Completed, Closed, Resolved, FINALIZADA, CONCLUÍDO, Concluída, Terminado, Klart, 完了, 완료, 已完成, VALIDATED, " +
			"Erledigt, abgeschlossen, Terminé, Выполнено, Tamamlandı, ✓, ✔ Done, 100% Done, 3 - Done, Completato",
		plan.Running: "In Progress, In progeress, IN PROGRESS, WIP, Ongoing, Active, EM ANDAMENTO, Em execução, Proceso, 対応中, 進行中, 진행중, " +
			"In Arbeit, en cours, В работе, Devam ediyor, 进行中, Pågående, 2. In Progress",
		plan.NotStarted: "Not started, NOT STARTED, To Do, Yet to Start, Pending, PENDENTE, Pendiente, NÃO INICIADO, Não iniciada, Att göra, 未着手, 예정, " +
			"Open, New, Planned, Offen, À faire, Не начато, Başlamadı, 未开始, Da fare",
		plan.OnHold:      "On Hold, Blocked, Paused, Zurückgestellt, En espera, 保留, Beklemede",
		plan.Cancelled:   "cancelled, Canceled, dropped, descoped, N/A, void, superseded, storniert, entfällt, cancelado, 中止, İptal",
		plan.AfterGoLive: "Deferred, Phase 2, After go-live, Hypercare",
		plan.Unknown:     "Red, Amber, Green, On Track, At Risk, Late, ATRASADA, VIGENTE, On Schedule, Escalated, 遅延",
	}
	for want, words := range tests {
		for _, w := range strings.Split(words, ", ") {
			got, known := planread.StatusOf(w)
			if got != want || !known {
				t.Errorf("%q: got %v, known %v, want %v", w, got, known, want)
			}
		}
	}
	for _, w := range []string{"Foo", "waiting for the credit team", "???!"} {
		if _, known := planread.StatusOf(w); known {
			t.Errorf("%q: got a known word, want a strange one", w)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, seed := range []string{"2026-03-01", "Mon 2/17/25", "15 de septiembre", "2026年3月1日", "14/3", "31.12.99", "2025-09-18 (Thursday)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, ok := planread.ParseDate(text, planread.DayFirst, 2026)
		if !ok {
			return
		}
		again, ok := planread.ParseDate(d.String(), planread.MonthFirst, 1999)
		if d.Time().Year() >= 1000 && (!ok || again != d) {
			t.Errorf("%q: got %v, and %v of that", text, d, again)
		}
	})
}

func FuzzDuration(f *testing.F) {
	for _, seed := range []string{"5", "3w 1d 5h 45m", "451d?", "5ed", "2,5 Tage"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, _, ok := planread.ParseDuration(text)
		if !ok {
			return
		}
		units := []string{"d", "min", "h", "w", "mo", "em", "eh", "ed", "ew"}
		written := strings.ReplaceAll(fmt.Sprintf("%.6f", d.Amount), ".000000", "") + units[d.Unit]
		again, _, ok := planread.ParseDuration(written)
		if !ok || again.Unit != d.Unit {
			t.Errorf("%q: got %v, written as %q, then %v", text, d, written, again)
		}
	})
}

func FuzzPredecessors(f *testing.F) {
	for _, seed := range []string{"3", "3FS+2d", "2.1 - 2.2", "other-plan!T12", "1 & 2", "108,107", "Start, Unit tests"} {
		f.Add(seed)
	}
	tasks := linkPlan()
	f.Fuzz(func(t *testing.T, text string) {
		relations, _ := planread.ParseLinks(text, tasks)
		for _, r := range relations {
			if r.Plan == "" && (r.Task < 0 || r.Task >= len(tasks)) {
				t.Errorf("%q: got task %d of %d", text, r.Task, len(tasks))
			}
			if r.Plan != "" {
				continue
			}
			again, _ := planread.ParseLinks(tasks[r.Task].ID+r.Type.String(), tasks)
			if len(again) != 1 || again[0].Task != r.Task || again[0].Type != r.Type {
				t.Errorf("%q: got %+v, written again %+v", text, r, again)
			}
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"Straße", "Go-Live!", "ＡＢＣ", "Überfällig", "N°", "Œuvre", "STRAẞE"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := planread.Fold(text)
		if twice := planread.Fold(once); twice != once {
			t.Errorf("%q: got %q, then %q", text, once, twice)
		}
	})
}
