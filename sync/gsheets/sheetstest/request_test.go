package sheetstest_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"steerco/sync/gsheets/sheetstest"
	"steerco/templates/tab/tabtest"
)

// TestRequests carries out the scripts in testdata/requests and holds what
// comes of them against what stands in the scripts. Lines that a script gives:
//
//	# what is tested, on a spreadsheet of its own
//	@ the account that asks from here on, with which the spreadsheet is shared
//	| what | the first | sheet holds
//	> [the requests of one batch]
//	= the fields of the spreadsheet that are read
//	$ reads what the cells of the first sheet show
//
// What comes of them follows, indented.
func TestRequests(t *testing.T) {
	files, err := filepath.Glob("testdata/requests/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("scripts: got %d, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			var s script
			for line := range strings.Lines(string(content)) {
				if strings.HasPrefix(line, "  ") {
					continue
				}
				got.WriteString(line)
				line = strings.TrimSuffix(line, "\n")
				for _, out := range s.line(t, line) {
					fmt.Fprintf(&got, "  %s\n", out)
				}
			}
			tabtest.Golden(t, filepath.Join("requests", filepath.Base(file)), got.String())
		})
	}
}

// script carries out the lines of a script.
type script struct {
	client client
	id     string
	row    int
}

// line carries out a line and returns what came of it.
func (s *script) line(t *testing.T, line string) []string {
	mark, rest, _ := strings.Cut(line, " ")
	switch mark {
	case "#":
		s.client, s.row = client{server: sheetstest.New(sheetstest.Options{})}, 0
		s.id = s.client.server.Create("Plan")
	case "@":
		s.client.account = rest
		if err := s.client.server.Share(s.id, rest, sheetstest.Writer); err != nil {
			t.Fatal(err)
		}
	case "|":
		s.fill(t, strings.Split(rest, "|"))
	case ">":
		return s.batch(t, rest)
	case "=":
		return s.read(t, rest)
	case "$":
		return s.rows(t)
	case "":
	default:
		t.Fatalf("a script has no line %q", line)
	}
	return nil
}

// fill types a row: numbers as such, all else as texts.
func (s *script) fill(t *testing.T, cells []string) {
	edit(t, s.client.server, s.id, func(p *sheetstest.Person) {
		for column, text := range cells {
			text = strings.TrimSpace(text)
			var number float64
			switch {
			case text == "":
			case json.Unmarshal([]byte(text), &number) == nil:
				p.Set("Sheet1", s.row, column, number)
			case text[0] == '=':
				p.Set("Sheet1", s.row, column, sheetstest.Formula(text))
			default:
				p.Set("Sheet1", s.row, column, text)
			}
		}
	})
	s.row++
}

func (s *script) batch(t *testing.T, requests string) []string {
	_, answer := s.client.send(t, "POST", "/v4/spreadsheets/"+s.id+":batchUpdate", `{"requests":`+requests+`}`)
	if text, _ := message(answer); text != "" {
		return []string{text}
	}
	var out []string
	replies, _ := answer["replies"].([]any)
	for _, r := range replies {
		if o, _ := r.(map[string]any); len(o) > 0 {
			out = append(out, printed(t, r))
		}
	}
	return out
}

func (s *script) read(t *testing.T, fields string) []string {
	_, answer := s.client.send(t, "GET", "/v4/spreadsheets/"+s.id+"?fields="+fields, "")
	if text, _ := message(answer); text != "" {
		return []string{text}
	}
	if sheets, ok := answer["sheets"].([]any); ok && len(answer) == 1 {
		var out []string
		for _, sheet := range sheets {
			out = append(out, printed(t, sheet))
		}
		return out
	}
	return []string{printed(t, answer)}
}

func printed(t *testing.T, v any) string {
	t.Helper()
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(text.String())
}

func (s *script) rows(t *testing.T) []string {
	var out []string
	for _, row := range rows(t, s.client.server, s.id) {
		out = append(out, strings.TrimRight("| "+strings.Join(row, " | "), " |"))
	}
	return out
}
