package main

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"

	"steerco/sync/gsheets/address"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/gsheets/sheetstest/xlsx"
	"steerco/sync/gsheets/signin"
)

// googleServer is the stand-in of one script.
type googleServer struct {
	*sheetstest.Server
	// seen is how many of its calls were looked at.
	seen int

	mu sync.Mutex
	// fault is what goes wrong with the next calls, left with how many.
	fault *sheetstest.Fault
	left  int
	// process is a stand-in of its own; nil: there is none.
	process *exec.Cmd
}

type googleKey struct{}

// googleCommand plays with a stand-in for Google's servers:
//
//	google start              starts one, to which the commands go from now on
//	google import FILE NAME   makes a spreadsheet; its address is $NAME, its id $ID
//	google empty NAME         makes an empty one
//	google share URL ACCOUNT ROLE
//	google office URL         makes the spreadsheet an Office file
//	google fail STATUS N      makes the next N calls fail
//	google calls WORD…        wants these calls since the last time: read, write
//	google export URL FILE    writes a spreadsheet as a workbook
func googleCommand(ts *testscript.TestScript, neg bool, args []string) {
	g := ts.Value(googleKey{}).(*googleServer)
	if neg || len(args) == 0 {
		ts.Fatalf("usage: google start|import|empty|share|office|fail|calls|export …")
	}
	switch rest := args[1:]; args[0] {
	case "start":
		g.start(ts)
	case "import":
		g.take(ts, rest[0], rest[1])
	case "empty":
		g.empty(ts, rest[0])
	case "share":
		ts.Check(g.Share(idOf(ts, rest[0]), rest[1], sheetstest.Role(rest[2])))
	case "office":
		ts.Check(g.Office(idOf(ts, rest[0]), true))
	case "fail":
		g.fail(ts, rest[0], rest[1])
	case "calls":
		g.wantCalls(ts, rest)
	case "export":
		f, err := os.Create(ts.MkAbs(rest[1]))
		ts.Check(err)
		ts.Check(xlsx.Export(context.Background(), g.Server, idOf(ts, rest[0]), f))
		ts.Check(f.Close())
	default:
		ts.Fatalf("there is no google %s", args[0])
	}
}

func (g *googleServer) start(ts *testscript.TestScript) {
	g.Server = sheetstest.New(sheetstest.Options{Fault: g.next})
	listening := httptest.NewServer(g.Server)
	ts.Defer(listening.Close)
	ts.Setenv(signin.EnvEndpoint, listening.URL)
}

// next returns what goes wrong with a call.
func (g *googleServer) next(sheetstest.Call) *sheetstest.Fault {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.left == 0 {
		return nil
	}
	g.left--
	return g.fault
}

func (g *googleServer) fail(ts *testscript.TestScript, status, calls string) {
	code, err := strconv.Atoi(status)
	ts.Check(err)
	n, err := strconv.Atoi(calls)
	ts.Check(err)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.fault, g.left = &sheetstest.Fault{Status: code}, n
}

func (g *googleServer) take(ts *testscript.TestScript, file, name string) {
	f, err := os.Open(ts.MkAbs(file))
	ts.Check(err)
	defer f.Close()
	id, _, err := xlsx.Import(context.Background(), g.Server, strings.TrimSuffix(filepath.Base(file), ".xlsx"), f)
	ts.Check(err)
	ts.Setenv(name, address.Spreadsheet{ID: id}.URL())
	ts.Setenv("ID", id)
	g.seen = len(g.Calls())
}

func (g *googleServer) empty(ts *testscript.TestScript, name string) {
	ts.Setenv(name, address.Spreadsheet{ID: g.Create("Roll-out 1.0")}.URL())
	g.seen = len(g.Calls())
}

func (g *googleServer) wantCalls(ts *testscript.TestScript, want []string) {
	got := []string{}
	all := g.Calls()
	for _, c := range all[g.seen:] {
		if c.Write {
			got = append(got, "write")
		} else {
			got = append(got, "read")
		}
	}
	g.seen = len(all)
	if !slices.Equal(got, want) {
		ts.Fatalf("got calls %q, want %q", got, want)
	}
}

func idOf(ts *testscript.TestScript, url string) string {
	at, err := address.Parse(url)
	ts.Check(err)
	return at.ID
}

// expand writes a file with what stands for $NAME in another one: expand FROM TO.
func expand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: expand FROM TO")
	}
	text := os.Expand(ts.ReadFile(args[0]), ts.Getenv)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o666))
}

// standinCommand runs the stand-in as people do: standin steerco
// google-standin … names it as Google's server, and sets $URL1, $URL2 … to the
// addresses of what was imported; what it says goes to the file standin.log.
// standin new makes a spreadsheet, whose address is $NEW; standin stop ends it
// with SIGTERM, and wants exit status 0.
func standinCommand(ts *testscript.TestScript, neg bool, args []string) {
	g := ts.Value(googleKey{}).(*googleServer)
	switch {
	case neg || len(args) == 0:
		ts.Fatalf("usage: standin COMMAND…|new|stop")
	case args[0] == "stop":
		ts.Check(g.process.Process.Signal(syscall.SIGTERM))
		ts.Check(g.process.Wait())
		g.process = nil
	case args[0] == "new":
		ts.Setenv("NEW", newSpreadsheet(ts))
	default:
		g.process = standinProcess(ts, args)
	}
}

// standinProcess starts a stand-in, and reads where it listens and what it has.
func standinProcess(ts *testscript.TestScript, args []string) *exec.Cmd {
	binary, err := exec.LookPath(args[0])
	ts.Check(err)
	c := exec.CommandContext(context.Background(), binary, args[1:]...)
	c.Dir = ts.MkAbs(".")
	log, err := os.Create(ts.MkAbs("standin.log"))
	ts.Check(err)
	c.Stderr = log
	out, err := c.StdoutPipe()
	ts.Check(err)
	ts.Check(c.Start())
	ts.Defer(func() {
		// Most are stopped already.
		_ = c.Process.Kill()
		ts.Check(log.Close())
	})
	lines := bufio.NewScanner(out)
	next := func() string {
		if !lines.Scan() {
			ts.Fatalf("%s ended (%v): %s", strings.Join(args, " "), c.Wait(), ts.ReadFile(log.Name()))
		}
		return lines.Text()
	}
	at, listens := strings.CutPrefix(next(), "listening on ")
	if !listens {
		ts.Fatalf("got %q, want where it listens", at)
	}
	ts.Setenv(signin.EnvEndpoint, at)
	n := 0
	for _, arg := range args {
		if arg == "--import" {
			n++
			ts.Setenv("URL"+strconv.Itoa(n), next())
		}
	}
	return c
}

// newSpreadsheet makes a spreadsheet as clients of the API do, and returns its
// address.
func newSpreadsheet(ts *testscript.TestScript) string {
	answer, err := http.Post(ts.Getenv(signin.EnvEndpoint)+"/v4/spreadsheets", "application/json", strings.NewReader("{}"))
	ts.Check(err)
	defer answer.Body.Close()
	var made struct{ SpreadsheetURL string }
	ts.Check(json.NewDecoder(answer.Body).Decode(&made))
	return made.SpreadsheetURL
}
