package planread_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/planread"
)

// smallPlan is what a workbook needs besides what a test looks at.
const smallPlan = `
== Plan
Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06
Review | Ben | 2026-03-09 | 2026-03-13
`

func TestSettingsFromATable(t *testing.T) {
	r := read(t, smallPlan+`
== Settings
Setting | Value
Project | Order management
Target go-live | 2026-06-01
Backup go-live | '14.09.2026
PM | Ann
Deputies | Ben, Cleo
Sponsor | Dora
Project start | 2026-01-05
Working days | Mon-Fri
Cut-over lead | 25
Notice | 2w
Next meeting | 2026-03-24
Colour of the logo | blue`)
	s := r.Plan.Settings
	got := fmt.Sprint(r.Plan.Name, s.Target, s.Backup, s.PM, s.Deputies, s.Sponsor, s.ProjectStart, s.WorkingDays, s.CutOverLead.Value, s.Notice.Value, s.NextMeeting, s.Other, s.TargetGuessed)
	want := "Order management2026-06-012026-09-14Ann[Ben Cleo]Dora2026-01-05[false true true true true true false]25102026-03-24map[Colour of the logo:blue]false"
	if strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
		t.Errorf("got %s, want %s", got, want)
	}
	if sheet, cell := r.Cell(s.At[plan.SettingTarget]); sheet != "Settings" || cell != "B3" {
		t.Errorf("target: got %s %s, want Settings B3", sheet, cell)
	}
}

func TestSettingsOfManyLanguages(t *testing.T) {
	tests := []struct{ language, rows, want string }{
		{"German", "Einstellung | Wert\nProjekt | OMS\nProduktivstart | 2026-06-01\nAusweichtermin | 2026-09-14\nProjektleitung | Ann\nArbeitstage | Mo-Fr", "OMS 2026-06-01 2026-09-14 Ann"},
		{"French", "Paramètre | Valeur\nProjet | OMS\nDate de mise en production | 2026-06-01\nDate de repli | 2026-09-14\nChef de projet | Ann", "OMS 2026-06-01 2026-09-14 Ann"},
		{"Spanish, no header", "Proyecto: | OMS\nFecha de puesta en marcha: | 2026-06-01\nFecha de respaldo: | 2026-09-14\nJefe de proyecto: | Ann", "OMS 2026-06-01 2026-09-14 Ann"},
		{"Japanese, no header", "プロジェクト名 | OMS\n本番稼働日 | 2026-06-01\n予備日 | 2026-09-14\nプロジェクトマネージャー | Ann", "OMS 2026-06-01 2026-09-14 Ann"},
		{"one cell", "Project: OMS\nGo-live date: 2026-06-01\nBackup date: 2026-09-14\nProject manager: Ann", "OMS 2026-06-01 2026-09-14 Ann"},
	}
	for _, tt := range tests {
		t.Run(tt.language, func(t *testing.T) {
			r := read(t, smallPlan+"\n== Facts\n"+tt.rows)
			s := r.Plan.Settings
			if got := fmt.Sprint(r.Plan.Name, " ", s.Target, " ", s.Backup, " ", s.PM); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestSettingsAboveThePlan(t *testing.T) {
	r := read(t, `
== Plan
Project name: | Order management
Project manager: | Ann
Go-live: | 2026-06-01

Task | Owner | Start | End
Concept | Ann | 2026-03-02 | 2026-03-06`)
	s := r.Plan.Settings
	if got, want := fmt.Sprint(r.Plan.Name, s.PM, s.Target), "Order managementAnn2026-06-01"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestASettingThatCannotBeReadIsAFault(t *testing.T) {
	r := read(t, smallPlan+"\n== Settings\nSetting | Value\nTarget go-live | soon\nBackup go-live | '03/04/2026\nNotice | long")
	if got, want := strings.Join(told(r), "\n"), `fault B2: "soon" is not a date: write it as 2026-02-28
fault B3: "03/04/2026" can be two dates: write it as 2026-04-03 or 2026-03-04
fault B4: "long" is not a number of working days: write it as 10 or 2w`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTheSheetWinsOverTheConfiguration(t *testing.T) {
	june, july := calendar.New(2026, 6, 1), calendar.New(2026, 7, 1)
	o := planread.Options{Project: plan.Settings{Target: july, PM: "Cleo", Backup: july}}
	r := readWith(t, smallPlan+"\n== Settings\nSetting | Value\nTarget go-live | 2026-06-01", o)
	if s := r.Plan.Settings; s.Target != june || s.PM != "Cleo" || s.Backup != july {
		t.Errorf("got %v %v %v, want the sheet's target and the configuration's PM and backup", s.Target, s.PM, s.Backup)
	}
	r = readWith(t, smallPlan+"Go-live | Ann | 2026-05-04 | 2026-05-04", planread.Options{Project: plan.Settings{Target: july}})
	if s := r.Plan.Settings; s.Target != july || s.TargetGuessed {
		t.Errorf("got %v, guessed %v, want the configuration's target", s.Target, s.TargetGuessed)
	}
}

func TestCalendarTables(t *testing.T) {
	tests := []struct{ name, sheet, want string }{
		{"all kinds", "== Calendar\nDate | Until | Kind | Name | Who\n2026-04-03 |  | Holiday | Good Friday |\n2026-11-20 | 2027-01-10 | Freeze | Peak freeze |\n2026-03-14 |  | Working day | Make-up day |\n2026-03-02 | 2026-03-06 | Away | Holiday | Ann", "holiday 2026-04-03 2026-04-03 Good Friday ; freeze 2026-11-20 2027-01-10 Peak freeze ; working day 2026-03-14 2026-03-14 Make-up day ; away 2026-03-02 2026-03-06 Holiday Ann"},
		{"a list of holidays", "== Holidays 2026\nDate | Holiday\n2026-04-03 | Good Friday\n2026-12-25 | Christmas", "holiday 2026-04-03 2026-04-03 Good Friday ; holiday 2026-12-25 2026-12-25 Christmas "},
		{"German", "== Kalender\nDatum | Bis | Art | Bezeichnung\n2026-04-03 |  | Feiertag | Karfreitag\n2026-12-24 | 2027-01-01 | Betriebsferien | Weihnachten", "holiday 2026-04-03 2026-04-03 Karfreitag ; holiday 2026-12-24 2027-01-01 Weihnachten "},
		{"Japanese", "== 祝日マスタ\n日付 | 祝日名\n2026-05-03 | 憲法記念日\n2026-05-04 | みどりの日", "holiday 2026-05-03 2026-05-03 憲法記念日 ; holiday 2026-05-04 2026-05-04 みどりの日 "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := read(t, smallPlan+"\n"+tt.sheet)
			var all []string
			for _, e := range r.Plan.Calendar {
				all = append(all, fmt.Sprintf("%s %s %s %s %s", e.Kind, e.First, e.Last, e.Name, e.Who))
			}
			if got := strings.Join(all, "; "); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestGoLiveIsRecognised by the name of its row, and gives the target.
func TestGoLiveIsRecognised(t *testing.T) {
	tests := []struct{ rows, want string }{
		{"Go-Live", "Go-Live"},
		{"Prepare go-live; Go-live readiness review; Go live OMS; Support after go-live", "Go live OMS"},
		{"Cutover rehearsal; Cut-over", "Cut-over"},
		{"Produktivstart vorbereiten; Produktivstart; Nachbetreuung", "Produktivstart"},
		{"Préparer la mise en production; Mise en production", "Mise en production"},
		{"Preparar la puesta en marcha; Puesta en marcha", "Puesta en marcha"},
		{"本番移行準備; 本番稼働; 本番後支援", "本番稼働"},
		{"上线准备; 正式上线", "正式上线"},
		{"Canlıya geçiş hazırlığı; Canlıya geçiş", "Canlıya geçiş"},
		{"Concept; Review", ""},
		{"Go-live training; Launch marketing campaign for the new shop and its users", ""},
	}
	for _, tt := range tests {
		text := "== Plan\nTask | Owner | End\nConcept | Ann | 2026-03-02\n"
		for i, name := range strings.Split(tt.rows, "; ") {
			text += fmt.Sprintf("%s | Ann | 2026-06-%02d\n", name, i+1)
		}
		r := read(t, text)
		got, target := "", calendar.Date(0)
		if i := r.Plan.GoLive; i >= 0 {
			got, target = r.Plan.Tasks[i].Name, r.Plan.Tasks[i].Finish
		}
		if got != tt.want || r.Plan.Settings.Target != target || r.Plan.Settings.TargetGuessed != (tt.want != "") {
			t.Errorf("%s: got %q with target %v, want %q", tt.rows, got, r.Plan.Settings.Target, tt.want)
		}
	}
}

func TestAreasAreRecognisedOnlyWherePlain(t *testing.T) {
	r := read(t, `
== Plan
Phase | Task | End
Data migration | Map the fields | 2026-03-02
Workstream: Testing | Write the cases | 2026-03-09
Things to do about returns some day | Ask | 2026-03-16
2. Schulung | Termine machen | 2026-03-23`)
	var got []string
	for _, task := range r.Plan.Tasks {
		got = append(got, task.Area)
	}
	if want := []string{"data migration", "testing", "", "training and change"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
