package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"steerco/sync/excel"
	"steerco/sync/gsheets/address"
	"steerco/sync/gsheets/sheetstest"
	"steerco/sync/gsheets/sheetstest/xlsx"
	"steerco/sync/gsheets/signin"
	"steerco/sync/workbook"
)

// standIn is a call of the command google-standin.
type standIn struct {
	listen  string
	imports []string
	export  string
	locale  string
}

func (a *app) standIn() *cobra.Command {
	var s standIn
	c := &cobra.Command{
		Use:   "google-standin",
		Short: "Stand in for Google Sheets on this machine, to try steerco without an account",
		Long: `Answer as the servers of Google Sheets do, for this machine only, until SIGTERM
or an interrupt ends it. The spreadsheets are kept in memory. --import brings
workbooks in, and prints the address of each; clients of the API can make
others. --export writes all that there are at the end as workbooks, in the
order in which they were made: the first as the file that it names, FILE.xlsx,
the others as FILE-2.xlsx, FILE-3.xlsx and so on, but over no file that is
there. Formulas are computed as far as steerco's highlights and links need it.

With ` + signin.EnvEndpoint + ` set to the address that is printed first,
every command takes it for Google, without signing in.`,
		Args: args(cobra.NoArgs, "see steerco google-standin --help"),
		RunE: func(c *cobra.Command, _ []string) error { return a.runStandIn(c.Context(), s) },
	}
	flags := c.Flags()
	flags.StringVar(&s.listen, "listen", "127.0.0.1:0", "`ADDRESS` on this machine to listen on; port 0: any that is free")
	flags.StringArrayVar(&s.imports, "import", nil, "make a spreadsheet of this `FILE.xlsx`; can be given several times")
	flags.StringVar(&s.export, "export", "", "write the spreadsheets to this `FILE.xlsx` at the end, several to numbered ones")
	flags.StringVar(&s.locale, "locale", "en_US", "`LOCALE` of spreadsheets that are made without one: language and country, as de_DE")
	return c
}

func (a *app) runStandIn(ctx context.Context, s standIn) error {
	host, _, err := net.SplitHostPort(s.listen)
	if err != nil || !address.IsLoopback(host) {
		return usage(fmt.Errorf("--listen %q is not an address of this machine", s.listen), "write it as 127.0.0.1:8080; others can't reach it")
	}
	if err := s.check(); err != nil {
		return err
	}
	server := sheetstest.New(sheetstest.Options{Now: a.now, Locale: s.locale})
	urls := make([]string, len(s.imports))
	for i, file := range s.imports {
		id, err := a.importInto(ctx, server, file)
		if err != nil {
			return err
		}
		urls[i] = address.Spreadsheet{ID: id}.URL()
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.listen)
	if err != nil {
		return &workbook.Error{Err: err, Fix: "give another port to --listen; 0 is any that is free"}
	}
	a.out("listening on http://%s", listener.Addr())
	for _, url := range urls {
		a.out("%s", url)
	}
	a.note("in another shell: export %s=http://%s", signin.EnvEndpoint, listener.Addr())
	if err := a.serve(ctx, listener, server); err != nil {
		return err
	}
	if s.export == "" {
		return nil
	}
	return a.exportAll(context.WithoutCancel(ctx), server, s.export)
}

// check tells what is wrong with the flags, before anything is done for a file
// that can't be written at the end.
func (s *standIn) check() error {
	if !sheetstest.KnowsLocale(s.locale) {
		return usage(fmt.Errorf("--locale: the stand-in doesn't know %q", s.locale), "write it as en_US or de_DE")
	}
	if s.export == "" {
		return nil
	}
	return s.checkExport()
}

// importInto makes a spreadsheet of a file, which is called as the file is.
func (a *app) importInto(ctx context.Context, server *sheetstest.Server, file string) (string, error) {
	if err := checkImport(ctx, file); err != nil {
		return "", err
	}
	f, err := os.Open(file)
	if err != nil {
		return "", &workbook.Error{Workbook: filepath.Base(file), Err: err, Fix: "check --import"}
	}
	defer f.Close()
	name := filepath.Base(file)
	id, left, err := xlsx.Import(ctx, server, strings.TrimSuffix(name, filepath.Ext(name)), f)
	if err != nil {
		return "", &workbook.Error{Workbook: name, Err: err, Fix: "import an .xlsx workbook"}
	}
	for _, line := range left {
		a.note("%s: %s", name, line)
	}
	return id, nil
}

// checkImport reads a file as any plan, which tells what is wrong with it.
func checkImport(ctx context.Context, file string) error {
	b, err := excel.Open(file, excel.Options{})
	if err == nil {
		_, err = b.Read(ctx)
	}
	return err
}

// serve answers until ctx ends, which is what it is told to do.
func (a *app) serve(ctx context.Context, l net.Listener, h http.Handler) error {
	const patience = 5 * time.Second
	s := &http.Server{Handler: h, ReadHeaderTimeout: patience}
	serving, failed := context.WithCancel(ctx)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-serving.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		if s.Shutdown(end) != nil {
			s.Close()
		}
	}()
	err := s.Serve(l)
	failed()
	<-stopped
	if !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("stand in for Google: %w", err)
	}
	a.stopped = true
	return nil
}
