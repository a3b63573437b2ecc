package sheetstest_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/gsheets/sheetstest"
)

func TestQuotaIsForAMinuteAndAnAccount(t *testing.T) {
	now := time.Date(2026, time.March, 2, 9, 0, 30, 0, time.UTC)
	s := sheetstest.New(sheetstest.Options{
		Quota: sheetstest.Quota{Reads: 2, Writes: 1},
		Now:   func() time.Time { return now },
	})
	id := s.Create("Plan")
	read := func(account string) int {
		status, answer := client{server: s, account: account}.send(t, "GET", "/v4/spreadsheets/"+id+"?alt=json", "")
		if _, name := message(answer); status == 429 && name != "RESOURCE_EXHAUSTED" {
			t.Errorf("a call too many: got %q, want RESOURCE_EXHAUSTED", name)
		}
		return status
	}
	write := func(account string) int {
		status, _ := client{server: s, account: account}.send(t, "POST", "/v4/spreadsheets/"+id+":batchUpdate", `{"requests":[{"addSheet":{}}]}`)
		return status
	}
	got := []int{read("a"), read("a"), read("a"), write("a"), write("a"), read("b"), write("b")}
	now = now.Add(30 * time.Second)
	got = append(got, read("a"), write("a"))
	if diff := cmp.Diff([]int{200, 200, 429, 200, 429, 200, 200, 200, 200}, got); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
}

func TestFaults(t *testing.T) {
	var fault *sheetstest.Fault
	s, address := sheetstest.Start(t, sheetstest.Options{Fault: func(c sheetstest.Call) *sheetstest.Fault {
		if !c.Write {
			return nil
		}
		return fault
	}})
	id := s.Create("Plan")
	sheets := func() int {
		_, answer := client{server: s}.send(t, "GET", "/v4/spreadsheets/"+id, "")
		return len(answer["sheets"].([]any))
	}
	for _, c := range []struct {
		fault  sheetstest.Fault
		status int
		name   string
		more   int
	}{
		{sheetstest.Fault{Status: 503}, 503, "UNAVAILABLE", 0},
		{sheetstest.Fault{Status: 503, Applied: true}, 503, "UNAVAILABLE", 1},
		{sheetstest.Fault{Status: 500}, 500, "INTERNAL", 0},
		{sheetstest.Fault{Status: 429, RetryAfter: 7 * time.Second}, 429, "RESOURCE_EXHAUSTED", 0},
		{sheetstest.Fault{Status: 401}, 401, "UNAUTHENTICATED", 0},
		{sheetstest.Fault{Status: 403}, 403, "PERMISSION_DENIED", 0},
		{sheetstest.Fault{Drop: true}, 0, "", 0},
		{sheetstest.Fault{Drop: true, Applied: true}, 0, "", 1},
	} {
		fault = &c.fault
		before := sheets()
		answer, err := post(t, address+"/v4/spreadsheets/"+id+":batchUpdate", `{"requests":[{"addSheet":{}}]}`)
		status, name := 0, ""
		if err == nil {
			status = answer.StatusCode
			_, name = message(decoded(t, answer))
		}
		if more := sheets() - before; status != c.status || name != c.name || more != c.more {
			t.Errorf("%+v: got %d %s and %d sheets more, want %d %s and %d", c.fault, status, name, more, c.status, c.name, c.more)
		}
		if want := map[bool]string{true: "7"}[c.fault.RetryAfter > 0]; err == nil && answer.Header.Get("Retry-After") != want {
			t.Errorf("%+v: Retry-After: got %q, want %q", c.fault, answer.Header.Get("Retry-After"), want)
		}
	}
}

func post(t *testing.T, address, body string) (*http.Response, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return http.DefaultClient.Do(request)
}

func TestTransportDropsToo(t *testing.T) {
	s := sheetstest.New(sheetstest.Options{Fault: func(sheetstest.Call) *sheetstest.Fault { return &sheetstest.Fault{Drop: true} }})
	c := &http.Client{Transport: s.Transport()}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://stand-in.invalid/v4/spreadsheets/x", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := c.Do(request)
	var dropped *url.Error
	if !errors.As(err, &dropped) {
		t.Errorf("a dropped connection: got %v, %v, want an error", answer, err)
	}
	if calls := s.Calls(); len(calls) != 1 || calls[0].Status != 0 {
		t.Errorf("calls: got %+v, want one without a status", calls)
	}
}
