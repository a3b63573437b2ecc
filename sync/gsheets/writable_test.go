package gsheets_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"steerco/sync/gsheets"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/workbook"
)

// as sends requests in the name of an account.
type as string

func (a as) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(a))
	return http.DefaultTransport.RoundTrip(r)
}

// TestWritable: who may write is told so without anything being written.
func TestWritable(t *testing.T) {
	server := sheetstest.New(sheetstest.Options{})
	listening := httptest.NewServer(server)
	t.Cleanup(listening.Close)
	id := server.Create("Plan")
	for account, role := range map[string]sheetstest.Role{"owner": sheetstest.Owner, "editor": sheetstest.Writer, "reader": sheetstest.Reader} {
		if err := server.Share(id, account, role); err != nil {
			t.Fatal(err)
		}
	}
	open := func(id, account string) *gsheets.Backend {
		b, err := gsheets.Open(t.Context(), id, gsheets.Options{Client: &http.Client{Transport: as(account)}, Endpoint: listening.URL, Account: account})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	before, err := open(id, "owner").Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		id, account string
		want        error
	}{
		{id, "owner", nil},
		{id, "editor", nil},
		{id, "reader", workbook.ErrDenied},
		{id, "stranger", workbook.ErrDenied},
		{"nowhere", "owner", workbook.ErrNotFound},
	} {
		if got := open(tt.id, tt.account).Writable(t.Context()); !errors.Is(got, tt.want) {
			t.Errorf("%s, %s: got %v, want %v", tt.id, tt.account, got, tt.want)
		}
	}
	after, err := open(id, "owner").Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if after.Version != before.Version {
		t.Error("the spreadsheet has changed")
	}
	if err := server.Office(id, true); err != nil {
		t.Fatal(err)
	}
	if got := open(id, "owner").Writable(t.Context()); !errors.Is(got, workbook.ErrRefused) {
		t.Errorf("an Office file: got %v, want %v", got, workbook.ErrRefused)
	}
}
