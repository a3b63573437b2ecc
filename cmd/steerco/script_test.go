package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"steerco/rules/calendar"
	"steerco/rules/plan"
	"steerco/sync/excel"
	"steerco/templates/starter"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"steerco": main})
}

// TestScripts runs the command as people do: testdata/script.
func TestScripts(t *testing.T) {
	update := flag.Lookup("update")
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: update != nil && update.Value.String() == "true",
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_STATE_HOME", filepath.Join(e.WorkDir, ".state"))
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, ".config"))
			e.Setenv("TMPDIR", filepath.Join(e.WorkDir, ".tmp"))
			e.Values[googleKey{}] = &googleServer{}
			return os.MkdirAll(filepath.Join(e.WorkDir, ".tmp"), 0o777)
		},
		Condition: canBeNobody,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "book": book, "damage": damage, "nobody": nobody, "files": files,
			"google": googleCommand, "standin": standinCommand, "expand": expand,
		},
	})
}

// status runs a command and checks its exit status: status 2 steerco check.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("got exit status %d, want %d", got, want)
	}
}

// canBeNobody tells the condition "nobody": whether commands can be run by
// somebody without rights. Where everything must be there, they have to be.
func canBeNobody(condition string) (bool, error) {
	if condition != "nobody" {
		return false, fmt.Errorf("there is no condition %q", condition)
	}
	if os.Geteuid() != 0 {
		return true, nil
	}
	_, err := exec.LookPath("setpriv")
	if err != nil && os.Getenv("CI") != "" {
		return false, fmt.Errorf("setpriv is missing: %w", err)
	}
	return err == nil, nil
}

// nobody runs a command as somebody without rights, and checks its exit
// status: rights mean nothing to root.
func nobody(ts *testscript.TestScript, neg bool, args []string) {
	if os.Geteuid() != 0 {
		status(ts, neg, args)
		return
	}
	binary, err := exec.LookPath("steerco")
	ts.Check(err)
	for _, path := range []string{binary, ts.MkAbs(".")} {
		for dir := filepath.Dir(path); len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
			ts.Check(os.Chmod(dir, 0o755))
		}
	}
	status(ts, neg, append([]string{args[0], "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"}, args[1:]...))
}

// files holds the files below a folder against a list, one a line, without
// those below the folders named: files FOLDER LIST [FOLDER…].
func files(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: files FOLDER LIST [FOLDER…]")
	}
	var got []string
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(ts.MkAbs("."), path)
		switch {
		case err != nil:
			return err
		case slices.Contains(args[2:], filepath.ToSlash(name)):
			return filepath.SkipDir
		case !d.IsDir():
			got = append(got, filepath.ToSlash(name))
		}
		return nil
	}))
	if want := strings.Fields(ts.ReadFile(args[1])); !slices.Equal(got, want) {
		ts.Fatalf("got files %q, want %q", got, want)
	}
}

// book writes a workbook: book KIND FILE.
func book(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: book KIND FILE")
	}
	today := calendar.New(2026, time.December, 1)
	var b starter.Book
	switch args[0] {
	case "demo":
		b = starter.Demo(starter.DemoOptions{Today: today})
	case "german":
		b = starter.Demo(starter.DemoOptions{Today: today, Language: starter.German, Shuffle: 11})
	case "blank":
		b = starter.Blank(starter.BlankOptions{})
	case "small":
		b = tasks("Tasks", []string{"T1", "Sign the contract", "2026-11-02", "Done", ""}, []string{"T2", "Build it", "2026-11-20", "In progress", "T1"})
	case "cycle":
		b = tasks("Tasks", []string{"T1", "Design", "2026-12-20", "Not started", "T2"}, []string{"T2", "Build", "2026-12-30", "Not started", "T1"})
	case "twice":
		b = tasks("Tasks", []string{"T1", "Design", "2026-12-20", "Not started", ""}, []string{"T1", "Build", "2026-12-30", "Not started", ""})
	case "two":
		b = tasks("North", []string{"T1", "Design", "2026-12-20", "Not started", ""}, []string{"T2", "Build", "2026-12-30", "Not started", "T1"})
		b.Sheets = append(b.Sheets, tasks("South", []string{"T1", "Design the other", "2026-12-20", "Not started", ""}, []string{"T2", "Build the other", "2026-12-30", "Not started", "T1"}).Sheets...)
	case "none":
		b = tasks("Notes")
		b.Sheets[0].Columns = []starter.Column{{Header: "Remark", Width: 30}}
		b.Sheets[0].Rows = []starter.Row{{Cells: []starter.Cell{{Text: "nothing planned yet"}}}}
	case "summary":
		b = tasks("Tasks", []string{"T1", "Design", "2026-12-20", "Not started", ""}, []string{"T2", "Build", "2026-12-30", "Not started", "T1"})
		b.Sheets = append(b.Sheets, tasks("Summary").Sheets...)
		b.Sheets[1].Columns = []starter.Column{{Header: "Remark", Width: 30}}
	default:
		ts.Fatalf("there is no workbook %q", args[0])
	}
	ts.Check(excel.Create(ts.MkAbs(args[1]), b))
}

// tasks returns a workbook with one table of tasks.
func tasks(sheet string, rows ...[]string) starter.Book {
	s := starter.Sheet{Table: plan.Tasks, Name: sheet, Title: sheet, Help: "A plan."}
	for _, header := range []string{"ID", "Task", "Finish", "Status", "Predecessors"} {
		s.Columns = append(s.Columns, starter.Column{Header: header, Width: 20})
	}
	for _, row := range rows {
		r := starter.Row{}
		for _, cell := range row {
			c := starter.Cell{Text: cell}
			if d, err := calendar.Parse(cell); err == nil {
				c = starter.Cell{Date: d}
			}
			r.Cells = append(r.Cells, c)
		}
		s.Rows = append(s.Rows, r)
	}
	return starter.Book{Title: sheet, Sheets: []starter.Sheet{s}}
}
