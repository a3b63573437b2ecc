package address_test

import (
	"errors"
	"strings"
	"testing"

	"steerco/sync/gsheets/address"
)

const id = "1ExampleOfAnId0123456789abcdefghijklmnopqrst"

func TestParse(t *testing.T) {
	google, local := address.Spreadsheet{ID: id}, address.Spreadsheet{ID: id, Endpoint: "http://127.0.0.1:8080"}
	for _, tt := range []struct {
		said string
		want address.Spreadsheet
	}{
		{id, google},
		{"  " + id + "\n", google},
		{"https://docs.google.com/spreadsheets/d/" + id, google},
		{"https://docs.google.com/spreadsheets/d/" + id + "/", google},
		{"https://docs.google.com/spreadsheets/d/" + id + "/edit", google},
		{"https://docs.google.com/spreadsheets/d/" + id + "/edit#gid=0", google},
		{"https://docs.google.com/spreadsheets/d/" + id + "/edit?usp=sharing&ouid=1#gid=77&range=A4", google},
		{"https://docs.google.com/spreadsheets/u/0/d/" + id + "/edit", google},
		{"https://docs.google.com/a/example.com/spreadsheets/d/" + id + "/edit", google},
		{"https://docs.google.com/spreadsheets/d/" + id + "/htmlview", google},
		{"HTTPS://Docs.Google.com/spreadsheets/d/" + id, google},
		{"http://docs.google.com/spreadsheets/d/" + id, google},
		{"docs.google.com/spreadsheets/d/" + id + "/edit", google},
		{"http://127.0.0.1:8080/spreadsheets/d/" + id + "/edit", local},
		{"http://localhost:9/spreadsheets/d/" + id, address.Spreadsheet{ID: id, Endpoint: "http://localhost:9"}},
		{"https://[::1]:9/spreadsheets/d/" + id, address.Spreadsheet{ID: id, Endpoint: "http://[::1]:9"}},
	} {
		got, err := address.Parse(tt.said)
		if got != tt.want || err != nil {
			t.Errorf("%q: got %+v (%v), want %+v", tt.said, got, err, tt.want)
		}
		if again, err := address.Parse(got.URL()); again != got || err != nil {
			t.Errorf("%q: got %+v (%v) of its own address %s", tt.said, again, err, got.URL())
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct{ said, want string }{
		{"", "is no address"},
		{"plan.xlsx", "is no address"},
		{"short", "is no address"},
		{"file:///spreadsheets/d/" + id, "is no address"},
		{"https://%zz", "is no address"},
		{"https://example.com/spreadsheets/d/" + id, "no address of a Google spreadsheet"},
		{"https://docs.google.com.example.com/spreadsheets/d/" + id, "no address of a Google spreadsheet"},
		{"https://example.com@evil.example/spreadsheets/d/" + id, "no address of a Google spreadsheet"},
		{"https://10.0.0.1/spreadsheets/d/" + id, "no address of a Google spreadsheet"},
		{"https://drive.google.com/file/d/" + id + "/view", "where the file lies in Drive"},
		{"https://docs.google.com/document/d/" + id + "/edit", "is a document"},
		{"https://docs.google.com/presentation/d/" + id + "/edit", "is a presentation"},
		{"https://docs.google.com/forms/d/" + id + "/edit", "is a form"},
		{"https://docs.google.com/spreadsheets/d/e/2PACX-1vT/pubhtml", "published on the web"},
		{"https://docs.google.com/spreadsheets/", "names no spreadsheet"},
		{"https://docs.google.com/spreadsheets/u/0/", "names no spreadsheet"},
		{"https://docs.google.com/spreadsheets/d/short/edit", "names no spreadsheet"},
	} {
		got, err := address.Parse(tt.said)
		var told *address.Error
		if !got.IsZero() || !errors.As(err, &told) || !strings.Contains(told.Err.Error(), tt.want) {
			t.Errorf("%q: got %+v (%v), want an error that says %q", tt.said, got, err, tt.want)
		}
	}
}

func TestIsURL(t *testing.T) {
	for said, want := range map[string]bool{
		"https://example.com": true, "http://x": true, "docs.google.com/x": true,
		"plan.xlsx": false, "https": false, "docs.google.com.xlsx": false, id: false,
	} {
		if got := address.IsURL(said); got != want {
			t.Errorf("%q: got %v, want %v", said, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("https://docs.google.com/spreadsheets/u/0/d/" + id + "/edit#gid=1")
	f.Add("http://[::1]:9/spreadsheets/d/" + id)
	f.Fuzz(func(t *testing.T, said string) {
		got, err := address.Parse(said)
		if err != nil {
			return
		}
		if again, err := address.Parse(got.URL()); again != got || err != nil {
			t.Errorf("%q: got %+v, and %+v (%v) of its own address", said, got, again, err)
		}
	})
}
