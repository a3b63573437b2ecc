package gsheets_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"steerco/sync/gsheets"
	"steerco/sync/retry"
	"steerco/sync/run"
	"steerco/sync/workbook"
)

// process is a steerco that knows the spreadsheet until it is killed or ends.
type process struct {
	*chaos
	name    int
	backend *gsheets.Backend
	// chance decides how fast its calls are.
	chance *rand.Rand
	// kill ends it in the middle of what it does; nil: it isn't at work.
	kill context.CancelFunc
	// killed means that it is no more.
	killed bool
}

// start starts another process.
func (c *chaos) start() *process {
	c.t.Helper()
	c.processes++
	p := &process{chaos: c, name: c.processes, chance: rand.New(rand.NewPCG(uint64(c.processes), c.Uint64()))}
	b, err := gsheets.Open(c.t.Context(), c.id, gsheets.Options{Client: &http.Client{Transport: p}})
	if err != nil {
		c.t.Fatal(err)
	}
	p.backend = b
	return p
}

// turns lets one call happen after the other.
type turns struct{ sync.Mutex }

// RoundTrip is the way to the stand-in. Calls of processes that are at work at
// once come in an order that the seed decides. On the way a request or an answer
// sometimes gets lost, and so does a process.
func (p *process) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case <-time.After(time.Duration(p.chance.IntN(1_000_000))):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	answer, err := p.travel(r)
	if answer == nil && err == nil {
		<-r.Context().Done()
		err = r.Context().Err()
	}
	return answer, err
}

// travel returns neither an answer nor an error where nothing comes back.
func (p *process) travel(r *http.Request) (*http.Response, error) {
	p.turns.Lock()
	defer p.turns.Unlock()
	what := -1
	if !p.calm {
		what = p.IntN(120)
	}
	switch what {
	case 0:
		p.note("%d, %s: the request gets lost", p.name, r.Method)
		return nil, nil
	case 1:
		_, err := p.server.Transport().RoundTrip(r)
		p.note("%d, %s: the answer gets lost", p.name, r.Method)
		return nil, err
	case 2, 3:
		p.note("%d, %s: killed before", p.name, r.Method)
		p.end()
		return nil, nil
	case 4, 5:
		_, err := p.server.Transport().RoundTrip(r)
		p.note("%d, %s: killed after", p.name, r.Method)
		p.end()
		return nil, err
	}
	return p.server.Transport().RoundTrip(r)
}

// end kills the process.
func (p *process) end() {
	p.killed = true
	p.kill()
}

// job is what a process does.
type job func(context.Context, workbook.Backend) (run.Result, error)

func (c *chaos) sync(ctx context.Context, b workbook.Backend) (run.Result, error) {
	o := c.options
	o.Backend = b
	return run.Run(ctx, o)
}

func (c *chaos) clean(ctx context.Context, b workbook.Backend) (run.Result, error) {
	return run.Clean(ctx, run.CleanOptions{Backend: b})
}

// do does a job with the patience that commands have.
func (p *process) do(j job) (run.Result, error) {
	return p.with(j, retry.New(p.backend, retry.Options{}))
}

// doAgain does a job, and all of it again as long as the program isn't there:
// unlike retry it waits without chance.
func (p *process) doAgain(j job) (run.Result, error) {
	var r run.Result
	var err error
	for range 8 {
		if r, err = p.with(j, p.backend); !errors.Is(err, workbook.ErrUnavailable) {
			break
		}
	}
	return r, err
}

func (p *process) with(j job, b workbook.Backend) (run.Result, error) {
	ctx, cancel := context.WithCancel(p.t.Context())
	defer cancel()
	p.kill = cancel
	return j(ctx, b)
}

// atOnce has two processes do jobs at the same time.
func (c *chaos) atOnce(all [2]*process, jobs [2]job) [2]error {
	var errs [2]error
	var wait sync.WaitGroup
	for i, p := range all {
		wait.Go(func() { _, errs[i] = p.doAgain(jobs[i]) })
	}
	wait.Wait()
	return errs
}
