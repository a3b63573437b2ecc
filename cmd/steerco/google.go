package main

import (
	"context"
	"fmt"
	"time"

	"steerco/sync/gsheets"
	"steerco/sync/gsheets/quota"
	"steerco/sync/gsheets/signin"
	"steerco/sync/retry"
	"steerco/sync/workbook"
)

// google is an account of Google's and what it may do in a minute.
type google struct {
	*signin.Account
	quota *quota.Bucket
}

// google returns the account that reads and writes the spreadsheet of a
// target. All spreadsheets of one account share it.
func (a *app) google(ctx context.Context, t target) (*google, error) {
	at := t.Spreadsheet.Endpoint
	if g := a.accounts[at]; g != nil {
		return g, nil
	}
	o := signin.Options{ServiceAccount: t.google.ServiceAccount, Getenv: a.getenv, Warn: func(s string) { a.note("%s", s) }}
	if at != "" {
		o.Getenv = func(name string) string {
			if name == signin.EnvEndpoint {
				return at
			}
			return a.getenv(name)
		}
	}
	account, err := signin.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	if a.accounts == nil {
		a.accounts = map[string]*google{}
	}
	a.accounts[at] = &google{Account: account, quota: quota.New(quota.Options{Told: a.tellQuota})}
	return a.accounts[at], nil
}

// spreadsheet is a spreadsheet that is read and written with patience.
type spreadsheet struct {
	*retry.Backend
	inner *gsheets.Backend
}

func (a *app) spreadsheet(ctx context.Context, t target) (workbook.Backend, error) {
	o, err := a.sheetOptions(ctx, t)
	if err != nil {
		return nil, err
	}
	b, err := gsheets.Open(ctx, t.Spreadsheet.ID, o)
	if err != nil {
		return nil, err
	}
	return spreadsheet{retry.New(b, a.retries()), b}, nil
}

// retries tells how long Google is asked again, and tells the person so.
func (a *app) retries() retry.Options {
	o := a.patience
	o.Told = a.tellRetry
	return o
}

// toOpen returns what people open after a run over a target: the file, or the
// address of the spreadsheet, at its Summary if that is there.
func (t target) toOpen(b workbook.Backend) string {
	if s, ok := b.(spreadsheet); ok {
		if gid, ok := s.inner.Tab("summary"); ok {
			return fmt.Sprintf("%s#gid=%d", t.place(), gid)
		}
	}
	return t.place()
}

func (a *app) sheetOptions(ctx context.Context, t target) (gsheets.Options, error) {
	g, err := a.google(ctx, t)
	if err != nil {
		return gsheets.Options{}, err
	}
	return gsheets.Options{Client: g.Client, Endpoint: g.Endpoint, Account: g.Address, Quota: g.quota, Version: version}, nil
}

func (a *app) tellQuota(w quota.Wait) {
	a.note("waiting %s for Google's quota of %d %s a minute", seconds(w.For), w.Limit, w.What)
}

func (a *app) tellRetry(w retry.Wait) {
	a.note("%v; trying again in %s", w.Err, seconds(w.For))
}

// seconds returns how long a wait is, for people: "12 s".
func seconds(d time.Duration) string {
	return fmt.Sprintf("%d s", int((d+time.Second-1)/time.Second))
}
