package starter

// trouble is what went differently from the plan in one row.
type trouble struct {
	id string
	do func(*taskRow)
}

// troubles returns what the sample project suffers from, as real ones do.
func (d demo) troubles() []trouble {
	return append(append(lateWork(), d.movedWork()...), d.faultyCells()...)
}

func running(percent float64) func(*taskRow) {
	return func(r *taskRow) { r.status, r.percent = "In progress", number(percent) }
}

func idle(notes string) func(*taskRow) {
	return func(r *taskRow) { r.status, r.percent, r.notes = "Not started", number(0), notes }
}

func nobody(r *taskRow) { r.owner = "" }

// lateWork is what isn't done, isn't begun, or belongs to nobody.
func lateWork() []trouble {
	return []trouble{
		{"T602", running(0.8)},
		{"T412", running(0.8)},
		{"T414", running(0.5)},
		{"T443", running(0.6)},
		{"T504", running(0.4)},
		{"T505", running(0.9)},
		{"T604", running(0.7)},
		{"T803", running(0.7)},
		{"T432", func(r *taskRow) {
			r.status, r.percent, r.notes = "On hold", number(0.2), "Waits for the decision about G-02"
		}},
		{"T423", idle("Waits for the decision about G-03")},
		{"T425", idle("The carriers' test access is missing")},
		{"T510", idle("")},
		{"T511", idle("")},
		{"T444", idle("")},
		{"T605", running(0.4)},
		{"T804", idle("Needs the loads of T604")},
		{"T901", idle("")},
		{"T428", func(r *taskRow) {
			r.status, r.percent, r.notes = "Cancelled", Cell{}, "Purchase proposals stay in the ERP (G-23)"
		}},
		{"T955", func(r *taskRow) { r.status = "After go-live" }},
		{"T435", nobody},
		{"T711", nobody},
		{"T906", nobody},
		// Done, while what it waits for is still open.
		{"T501", func(r *taskRow) {
			r.status, r.percent, r.notes = "In progress", number(0.9), "Certificate for the stores is missing"
		}},
		{"T502", func(r *taskRow) { r.status, r.percent = "Done", number(1) }},
		{"T805", func(r *taskRow) { r.status, r.percent = "Done", number(1) }},
		// The status says done, the percentage doesn't.
		{"T424", func(r *taskRow) { r.percent = number(0.9) }},
	}
}

// movedWork is what was planned anew.
func (d demo) movedWork() []trouble {
	move := func(begin, end int) func(*taskRow) {
		return func(r *taskRow) { r.start, r.finish = day(d.at(begin)), day(d.at(end)) }
	}
	return []trouble{
		{"T503", move(75, 87)}, // before the interface that it copies is there
		{"T509", move(80, 93)},
		{"T442", move(89, 99)},
		{"T445", move(100, 105)},
		{"T512", move(93, 93)},
		{"T708", move(108, 113)}, // before the defects are mended
		{"T610", move(128, 139)}, // after the target
		{"T608", func(r *taskRow) { r.after = "T607FS+10d, wms-upgrade!W14" }},
		{"T711", func(r *taskRow) { r.after = "T444, T499" }},
		{"T438", func(r *taskRow) {
			r.status, r.percent = "In progress", number(0.5)
			twin := *r
			twin.wbs, twin.name, twin.notes = "4.3.9", "Margin by channel every morning (G-27)", "Copied from the row above, with its ID"
			twin.start, twin.finish, twin.baseline = day(d.at(126)), day(d.at(133)), Cell{}
			twin.status, twin.percent, twin.after = "Not started", number(0), ""
			r.copied = &twin
		}},
	}
}

// faultyCells are what a person still reads, or nobody.
func (d demo) faultyCells() []trouble {
	return []trouble{
		{"T605", func(r *taskRow) { r.finish = text(r.finish.Date.String()) }},
		{"T702", func(r *taskRow) { r.finish = text(r.finish.Date.Long()) }},
		{"T510", func(r *taskRow) { r.finish, r.notes = text("tbc with carrier"), "The carrier names a date next week" }},
		{"T607", func(r *taskRow) { r.finish = text(d.impossibleDate()) }},
		{"T508", func(r *taskRow) { r.status, r.percent = "In progress", text("half") }},
		{"T415", func(r *taskRow) { r.status, r.percent = "waiting for credit team", Cell{} }},
	}
}
