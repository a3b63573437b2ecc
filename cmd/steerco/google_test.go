package main

import (
	"bytes"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"steerco/sync/config"
	"steerco/sync/gsheets/address"
	"steerco/sync/gsheets/quota"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/gsheets/signin"
	"steerco/sync/retry"
)

// TestGoogleIsBusy wants the status that tells scripts to try again later, once
// patience has ended, and each wait told.
func TestGoogleIsBusy(t *testing.T) {
	file := keptInFile(t)
	for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		var busy atomic.Bool
		server, url := sheetstest.Start(t, sheetstest.Options{Fault: func(c sheetstest.Call) *sheetstest.Fault {
			if c.Write && busy.Load() {
				return &sheetstest.Fault{Status: status}
			}
			return nil
		}})
		plan := address.Spreadsheet{ID: imported(t, file.plan)(server, url)}.URL()
		busy.Store(true)
		var out, errs bytes.Buffer
		a := &app{
			stdout: &out, stderr: &errs, now: time.Now, patience: retry.Options{Tries: 3, First: time.Millisecond},
			getenv: func(name string) string { return map[string]string{signin.EnvEndpoint: url}[name] },
		}
		if got := a.run(t.Context(), []string{"sync", plan}); got != exitBusy {
			t.Errorf("%d: got exit status %d, want %d: %s", status, got, exitBusy, errs.String())
		}
		if got := strings.Count(errs.String(), "; trying again in 1 s\n"); got != 2 {
			t.Errorf("%d: got %d waits told, want 2: %s", status, got, errs.String())
		}
		if want := "steerco: hint: "; out.Len() > 0 || !strings.Contains(errs.String(), want) {
			t.Errorf("%d: got %q and %q, want nothing and %q", status, out.String(), errs.String(), want)
		}
	}
}

// TestWaitForQuota tells people how long a wait is, and for what.
func TestWaitForQuota(t *testing.T) {
	var errs bytes.Buffer
	a := &app{stderr: &errs}
	a.tellQuota(quota.Wait{For: 11*time.Second + time.Millisecond, What: quota.Reads, Limit: 60})
	if got, want := errs.String(), "steerco: waiting 12 s for Google's quota of 60 reads a minute\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestDayOfTheSpreadsheet takes the day in the zone of the configuration, else
// in the spreadsheet's, else in the machine's.
func TestDayOfTheSpreadsheet(t *testing.T) {
	const atNight = "2026-12-01"
	utc := time.UTC
	for _, tt := range []struct {
		name, zone string
		configured *time.Location
		want, told string
	}{
		{"the spreadsheet's", "Asia/Tokyo", nil, "2026-12-02", ""},
		{"the configuration's", "Asia/Tokyo", utc, atNight, ""},
		{"none", "", nil, atNight, ""},
		{
			"unknown", "Mars/Phobos", nil, atNight,
			"steerco: the time zone \"Mars/Phobos\" of the workbook is not known here: the machine's counts; set time_zone in the configuration\n",
		},
	} {
		var errs bytes.Buffer
		a := &app{stderr: &errs, now: func() time.Time { return time.Date(2026, time.December, 1, 23, 30, 0, 0, utc) }}
		got := a.dayOf(target{Plan: config.Plan{TimeZone: tt.configured}})(tt.zone)
		if got.String() != tt.want || errs.String() != tt.told {
			t.Errorf("%s: got %s and %q, want %s and %q", tt.name, got, errs.String(), tt.want, tt.told)
		}
	}
}
