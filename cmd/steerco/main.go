// Command steerco reads a project plan in a workbook, judges it, and writes
// highlights and reports back.
package main

import (
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // time zones of the configuration on machines without any
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	a := &app{stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, now: time.Now, self: self()}
	code := a.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// self returns how this program is called again: for somebody who runs it from
// its sources there may be no command of its name.
func self() string {
	if path, err := os.Executable(); err == nil && strings.Contains(path, "go-build") {
		return "go run ./cmd/steerco"
	}
	return "steerco"
}
