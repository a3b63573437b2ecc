package planread_test

import (
	"slices"
	"strings"
	"testing"

	"steerco/rules/plan"
)

// TestHeadersOfManyLanguages reads tables of two rows; the wanted fields stand
// in the order of the columns, "-" for a column that is none.
func TestHeadersOfManyLanguages(t *testing.T) {
	tests := []struct{ language, header, want string }{
		{"English", "ID | Task Name | Assigned To | Start Date | Due Date | % Complete | Status | Predecessors", "id name owner start finish percent status predecessors"},
		{"English, as exported", "task_id | TaskName | resource_names | baseline_start | baseline_finish | actual_start | actual_finish | depends_on", "id name owner baseline_start baseline_finish actual_start actual_finish predecessors"},
		{"English, typos", "Ativity | Assgined To | Strat Date | End Date | PAHSE", "name owner start finish section"},
		{"English, hints", `Activity | Duration (days) | Start(dd/mm/yyyy) | End(dd/mm/yyyy) | Status (Open/Closed) | PERCENT COMPLETE*`, "name duration start finish status percent"},
		{"English, planned and actual", "Task | Planned Start Date | Planned Finish Date | Actual Start Date | Actual Completion Date", "name start finish actual_start actual_finish"},
		{"English, register", "# | Action Item | Responsible | Target Date | Date Completed | State", "id name owner finish actual_finish status"},
		{"German", "Nr. | Vorgangsname | Verantwortlich | Anfang | Ende | Dauer | Vorgänger | % abgeschlossen | Status", "id name owner start finish duration predecessors percent status"},
		{"German, long", "Lfd. Nr. | Aufgabe | Zuständig | Geplanter Beginn | Geplantes Ende | Tatsächlicher Beginn | Tatsächliches Ende | Fortschritt", "id name owner start finish actual_start actual_finish percent"},
		{"German, compounds", "Arbeitspaket | Startdatum | Enddatum | Bearbeiter | Bearbeitungsstand | Abhängigkeiten", "name start finish owner status predecessors"},
		{"German, terms", "Phase | Maßnahme | Wer | Start | Fälligkeitsdatum | Erledigt am", "section name owner start finish actual_finish"},
		{"French", "N° | Tâche | Responsable | Date de début | Date de fin | Durée | Avancement | Statut", "id name owner start finish duration percent status"},
		{"French, planned", "Activité | Début prévu | Fin prévue | Début réel | Fin réelle | Prédécesseurs | Qui", "name start finish actual_start actual_finish predecessors owner"},
		{"Spanish", "Nº | Tarea | Responsable | Fecha de inicio | Fecha de fin | Duración | Avance | Estado", "id name owner start finish duration percent status"},
		{"Spanish, planned", "Fase | Actividad | Encargado | Inicio planificado | Fin planificado | Inicio real | Fin real | Predecesoras", "section name owner start finish actual_start actual_finish predecessors"},
		{"Portuguese", "ID | Nome da tarefa | Atribuído para | Data de início | Data de término | % concluído | Predecessoras", "id name owner start finish percent predecessors"},
		{"Portuguese, planned", "Etapa | Atividade | Responsável | Data de início planejada | Data fim | Situação | Duração (dias)", "section name owner start finish status duration"},
		{"Italian", "N. | Attività | Responsabile | Data inizio | Data fine | Durata | Stato | Avanzamento", "id name owner start finish duration status percent"},
		{"Swedish", "Nr | Uppgift | Ansvarig | Startdatum | Slutdatum | Beroenden | Status", "id name owner start finish predecessors status"},
		{"Dutch", "Taak | Verantwoordelijke | Startdatum | Einddatum | Voortgang | Afhankelijkheden", "name owner start finish percent predecessors"},
		{"Russian", "№ | Задача | Ответственный | Дата начала | Дата окончания | Статус | Процент выполнения", "id name owner start finish status percent"},
		{"Russian, short", "Название этапа | Исполнитель | Начало | Окончание | Длительность | Предшественники", "name owner start finish duration predecessors"},
		{"Turkish", "Sıra No | Görev Adı | Sorumlu | Başlangıç Tarihi | Bitiş Tarihi | Süre | Durum | İlerleme", "id name owner start finish duration status percent"},
		{"Japanese", "No | タスク | 担当者 | 開始予定日 | 終了予定日 | 開始実績日 | 終了実績日 | 進捗率", "id name owner start finish actual_start actual_finish percent"},
		{"Japanese, short", "大項目 | 作業内容 | 担当 | 開始日 | 期限 | 状況 | 先行タスク", "section name owner start finish status predecessors"},
		{"Chinese", "序号 | 任务名称 | 负责人 | 开始时间 | 结束时间 | 完成率 | 状态", "id name owner start finish percent status"},
		{"Chinese, planned", "阶段 | 工作内容 | 责任人 | 计划开始时间 | 计划完成时间 | 实际开始时间 | 实际完成时间 | 前置任务", "section name owner start finish actual_start actual_finish predecessors"},
		{"Korean", "번호 | 작업명 | 담당자 | 시작일 | 종료일 | 진행률 | 상태", "id name owner start finish percent status"},
		{"Korean, planned", "단계 | 세부 업무 | 담당 | 계획 시작일 | 계획 종료일 | 실제 시작일 | 실제 종료일", "section name owner start finish actual_start actual_finish"},
		{"Microsoft Project, Portuguese", "EAP | Nome da Tarefa | Duração | Início | Término | Predecessoras | Nomes dos recursos | % concluída", "wbs name duration start finish predecessors owner percent"},
		{"Microsoft Project, Korean", "작업 ID | 작업 이름 | 기간 | 시작 날짜 | 완료 날짜 | 선행 작업 | 자원 이름", "id name duration start finish predecessors owner"},
		{"Primavera", "Activity ID | Activity Name | Original Duration | Remaining Duration | Start | Finish | Activity % Complete", "id name duration remaining start finish percent"},
		{"an export of a task tool", "Issue key | Summary | Status | Assignee | Due date", "id name status owner finish"},
		{"from and to", "Task | Resp. | From | To | % done", "name owner start finish percent"},
		{"an office template in German", "AKTIVITÄT | PLAN START | PLAN DAUER | EIGENTLICHER START | PROZENT KOMPLETT", "name start duration actual_start percent"},
		{"milestones", "Milestone | Baseline Date | Forecast Date | Actual Date | Owner | RAG Status", "name baseline_finish finish actual_finish owner status"},
		{"questions", "Was | Wer | Bis wann | Status", "name owner finish status"},
		{"Danish", "Opgave | Ansvarlig | Startdato | Slutdato | Status", "name owner start finish status"},
		{"Polish", "Zadanie | Odpowiedzialny | Data rozpoczęcia | Data zakończenia | Status", "name owner start finish status"},
	}
	for _, tt := range tests {
		t.Run(tt.language, func(t *testing.T) {
			r := read(t, "== Sheet1\n"+tt.header+"\n"+rowsFor(tt.want))
			var got []string
			for _, c := range tasksOf(t, r).Columns {
				for len(got) < c.Index {
					got = append(got, "-")
				}
				got = append(got, string(c.Field))
			}
			if want := strings.Fields(tt.want); !slices.Equal(got, want) {
				t.Errorf("%s: got %v, want %v", tt.header, got, want)
			}
		})
	}
}

// rowsFor writes three rows that suit the fields.
func rowsFor(fields string) string {
	values := map[string][3]string{
		"id": {"1", "2", "3"}, "name": {"Write the concept", "Build the interface", "Train the people"}, "owner": {"Ann", "Ben", "Ann"},
		"percent": {"100%", "50%", "0%"}, "status": {"Done", "In progress", "Not started"}, "predecessors": {"", "1", "2"},
		"duration": {"5", "3", "4"}, "section": {"Design", "Build", "Build"},
		"remaining": {"0", "2", "4"},
	}
	var lines []string
	for i := range 3 {
		var cells []string
		for _, f := range strings.Fields(fields) {
			v, ok := values[f]
			if !ok {
				v = [3]string{"2026-03-02", "2026-03-09", "2026-03-16"}
			}
			cells = append(cells, v[i])
		}
		lines = append(lines, strings.Join(cells, " | "))
	}
	return strings.Join(lines, "\n")
}

func TestHeaderOverTwoRowsJoinsGroupAndField(t *testing.T) {
	r := read(t, `
== WBS
No | タスク | 予定 |  | 実績 |  | 担当
  |  | 開始日 | 終了日 | 開始日 | 終了日 |
1 | 設計 | 2026-03-02 | 2026-03-06 | 2026-03-03 | 2026-03-09 | 田中
2 | 開発 | 2026-03-09 | 2026-03-20 | 2026-03-10 |  | 佐藤`)
	task := r.Plan.Tasks[1]
	if got, want := []string{task.Start.String(), task.Finish.String(), task.ActualStart.String(), task.ActualFinish.String(), task.Owner}, []string{"2026-03-09", "2026-03-20", "2026-03-10", "", "佐藤"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := tasksOf(t, r).HeaderRows, []int{0, 1}; !slices.Equal(got, want) {
		t.Errorf("header rows: got %v, want %v", got, want)
	}
	if !r.Plan.Has(plan.Tasks, plan.ActualStart) {
		t.Error("the plan doesn't tell of the actual start")
	}
}
