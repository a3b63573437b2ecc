package plan

// Waits returns the relations of task i that count: those to other plans and to
// nothing are left out, and in the place of a cancelled predecessor stand its
// own ones. Such a relation begins where the cancelled task's own did, with its
// lag, and ends where the one that led to the cancelled task did. Two ways to
// one predecessor are both there.
func (p *Plan) Waits(i int) []Relation {
	if !p.needsResolving(i) {
		return p.Tasks[i].Relations
	}
	var waits []Relation
	seen := map[int]bool{i: true}
	todo := append([]Relation(nil), p.Tasks[i].Relations...)
	for len(todo) > 0 {
		r := todo[0]
		todo = todo[1:]
		switch {
		case r.Task < 0:
		case p.Tasks[r.Task].State != Cancelled:
			waits = append(waits, r)
		case !seen[r.Task]:
			seen[r.Task] = true
			for _, inner := range p.Tasks[r.Task].Relations {
				inner.Type = join(inner.Type, r.Type)
				todo = append(todo, inner)
			}
		}
	}
	return waits
}

func (p *Plan) needsResolving(i int) bool {
	for _, r := range p.Tasks[i].Relations {
		if r.Task < 0 || p.Tasks[r.Task].State == Cancelled {
			return true
		}
	}
	return false
}

// FromStart reports whether the predecessor's end of the relation is its start.
func (t RelationType) FromStart() bool { return t == StartStart || t == StartFinish }

// ToFinish reports whether the successor's end of the relation is its finish.
func (t RelationType) ToFinish() bool { return t == FinishFinish || t == StartFinish }

// join returns the type that begins as from does and ends as to does.
func join(from, to RelationType) RelationType {
	switch {
	case from.FromStart() && to.ToFinish():
		return StartFinish
	case from.FromStart():
		return StartStart
	case to.ToFinish():
		return FinishFinish
	}
	return FinishStart
}
