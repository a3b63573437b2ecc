package templates_test

import (
	"fmt"

	"steerco/templates"
	"steerco/templates/report"
)

// A template draws the data sets that it names.
func ExampleParse() {
	t, err := templates.Parse("late.yaml", []byte(`
tab: late
title: Late
grid: [30, 12]
sections:
  - data: areas
    sort: [-late]
    limit: 1
    columns:
      - {title: Area, value: name}
      - {title: Late, text: '{{plural "task" "tasks" .late}}'}
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	drawn, err := templates.Render(t, report.New(sample()))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range drawn.Rows {
		fmt.Println(row.Cells[0].Text, "|", row.Cells[1].Text)
	}
	// Output:
	// Area | Late
	// Pricing | 1 task
}

// What is wrong with a template is told with file and line.
func ExampleFaults() {
	_, err := templates.Parse("late.yaml", []byte("tab: late\ntitle: Late\ngrid: [30]\nsections:\n- data: tasks\n  columns: []\n"))
	fmt.Println(err)
	// Output:
	// late.yaml:5: unknown data set "tasks": use one of areas, attention, decisions, findings, helps, milestones, read, report, today
}
