package plan

import "slices"

// network is who waits for whom. A task is a node; a summary task is two, one
// for its start, on which its children wait, and one for its end, which waits
// for its children. So a child may do what its summary task waits for without
// making a loop.
type network struct {
	tasks int
	// The nodes that node n waits for are edges[first[n]:first[n+1]].
	first []int32
	edges []int32
}

func (p *Plan) network() *network {
	n := &network{tasks: len(p.Tasks), first: make([]int32, 2*len(p.Tasks)+1)}
	p.eachWait(func(from, _ int) { n.first[from+1]++ })
	for i := range 2 * n.tasks {
		n.first[i+1] += n.first[i]
	}
	n.edges = make([]int32, n.first[2*n.tasks])
	next := slices.Clone(n.first)
	p.eachWait(func(from, to int) {
		n.edges[next[from]] = int32(to)
		next[from]++
	})
	return n
}

// eachWait calls f with each pair of nodes of which the first waits for the
// second, in the order of the sheet.
func (p *Plan) eachWait(f func(from, to int)) {
	for i := range p.Tasks {
		t := &p.Tasks[i]
		for _, r := range t.Relations {
			if r.Task >= 0 {
				f(i, p.endNode(r.Task))
			}
		}
		if t.Parent >= 0 {
			f(i, t.Parent)
			f(p.endNode(t.Parent), p.endNode(i))
		}
	}
}

func (p *Plan) endNode(task int) int {
	if p.Tasks[task].Summary {
		return len(p.Tasks) + task
	}
	return task
}

func (n *network) waitsFor(node int32) []int32 { return n.edges[n.first[node]:n.first[node+1]] }

func (n *network) task(node int32) int { return int(node) % n.tasks }

// reach returns which nodes are reached from start, itself included.
func (n *network) reach(start int) []bool {
	seen := make([]bool, 2*n.tasks)
	seen[start] = true
	for todo := []int32{int32(start)}; len(todo) > 0; {
		node := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, next := range n.waitsFor(node) {
			if !seen[next] {
				seen[next] = true
				todo = append(todo, next)
			}
		}
	}
	return seen
}

// Loops returns the loops of predecessors: tasks of which each waits for the
// next one and the last one for the first, as indexes in Tasks. A loop begins
// with its task that stands first in the sheet. Loops that have tasks in
// common are told by one of them, a shortest through their first task. A task
// that waits for itself is a loop of one.
func (p *Plan) Loops() [][]int {
	n := p.network()
	var loops [][]int
	for _, group := range n.entangled() {
		loops = append(loops, n.loop(group))
	}
	slices.SortFunc(loops, slices.Compare)
	return loops
}

// loop returns a shortest loop through the first task of a group of nodes that
// all wait for each other.
func (n *network) loop(group []int32) []int {
	start := slices.MinFunc(group, func(a, b int32) int { return n.task(a) - n.task(b) })
	inside := make(map[int32]bool, len(group))
	for _, node := range group {
		inside[node] = true
	}
	cameFrom := map[int32]int32{}
	for todo := []int32{start}; len(todo) > 0; todo = todo[1:] {
		for _, next := range n.waitsFor(todo[0]) {
			if next == start {
				return n.path(cameFrom, start, todo[0])
			}
			if _, seen := cameFrom[next]; !seen && inside[next] {
				cameFrom[next] = todo[0]
				todo = append(todo, next)
			}
		}
	}
	return nil // can't be: from each node of the group there is a way to start
}

// path returns the tasks on the way from start to end.
func (n *network) path(cameFrom map[int32]int32, start, end int32) []int {
	tasks := []int{n.task(end)}
	for node := end; node != start; {
		node = cameFrom[node]
		tasks = append(tasks, n.task(node))
	}
	slices.Reverse(tasks)
	tasks = slices.Compact(tasks)
	if last := len(tasks) - 1; last > 0 && tasks[last] == tasks[0] {
		tasks = tasks[:last]
	}
	return tasks
}

// entangled returns the groups of nodes that all wait for each other: Tarjan's
// strongly connected components, without recursion since a plan may be one
// chain of ten thousand tasks.
func (n *network) entangled() [][]int32 {
	s := search{network: n, number: make([]int32, 2*n.tasks), low: make([]int32, 2*n.tasks), open: make([]bool, 2*n.tasks)}
	for node := range int32(2 * n.tasks) {
		if s.number[node] == 0 {
			s.from(node)
		}
	}
	return s.groups
}

// search is the state of Tarjan's search: number is the order in which nodes
// were met, from 1; low the smallest number that is known to be reached; open
// tells which are on the stack, not yet in a group.
type search struct {
	*network
	number, low []int32
	open        []bool
	stack       []int32
	met         int32
	groups      [][]int32
}

// step is a node on the way and how many of its edges were followed.
type step struct {
	node, followed int32
}

func (s *search) from(root int32) {
	s.enter(root)
	for way := []step{{node: root}}; len(way) > 0; {
		top := &way[len(way)-1]
		next, ok := s.follow(top)
		if ok {
			s.enter(next)
			way = append(way, step{node: next})
			continue
		}
		node := top.node
		way = way[:len(way)-1]
		if len(way) > 0 {
			above := way[len(way)-1].node
			s.low[above] = min(s.low[above], s.low[node])
		}
		s.close(node)
	}
}

func (s *search) enter(node int32) {
	s.met++
	s.number[node], s.low[node], s.open[node] = s.met, s.met, true
	s.stack = append(s.stack, node)
}

// follow returns the next node which wasn't met yet; ok is false if there is none.
func (s *search) follow(at *step) (next int32, ok bool) {
	edges := s.waitsFor(at.node)
	for int(at.followed) < len(edges) {
		next = edges[at.followed]
		at.followed++
		switch {
		case s.number[next] == 0:
			return next, true
		case s.open[next]:
			s.low[at.node] = min(s.low[at.node], s.number[next])
		}
	}
	return 0, false
}

// close makes a group of what is on the stack above node, if node is the first
// of its group that was met.
func (s *search) close(node int32) {
	if s.low[node] != s.number[node] {
		return
	}
	at := len(s.stack) - 1
	for s.stack[at] != node {
		at--
	}
	group := slices.Clone(s.stack[at:])
	s.stack = s.stack[:at]
	for _, member := range group {
		s.open[member] = false
	}
	if len(group) > 1 || slices.Contains(s.waitsFor(node), node) {
		s.groups = append(s.groups, group)
	}
}
