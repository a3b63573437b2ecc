package starter

import (
	"time"

	"steerco/rules/calendar"
)

// Where the sample's target and backup lie among the project's working days.
const (
	targetDay = 130
	backupDay = 155
)

func (d demo) calendarRows() []Row {
	var rows []Row
	for _, h := range d.holidays {
		rows = append(rows, d.row(day(h.First), nil, "Holiday", h.Name, nil))
	}
	return append(rows,
		d.row(in(24), in(28), "Away", "Leave", stockLead),
		d.row(in(12), in(13), "Away", "Trade fair", priceLead),
		d.row(day(d.at(targetDay+15)), day(d.at(targetDay+20)), "Freeze", "Vendor's release of its platform", nil),
		d.row(day(d.at(targetDay+60)), day(d.at(targetDay+110)), "Peak", "Main season", nil),
		d.row(day(d.at(targetDay+55)), day(d.at(targetDay+115)), "Freeze", "No changes in shops and warehouses", nil),
	)
}

func (d demo) riskRows() []Row {
	return []Row{
		d.row("R-01", "Risk", "Price data from the ERP is incomplete: the price interface is late", pricing, 0.6, "High", 9, priceLead, in(3), "Open", "List the missing fields, load by file until then", "T504"),
		d.row("R-02", "Risk", "A carrier changes its label before go-live: labels are tested again", fulfilment, 0.4, "Medium", 5, whLead, in(15), "Open", "Ask for the specification now", "T425"),
		d.row("R-03", "Risk", "Two super-users leave before training: nobody to ask in the stores", training, 0.3, "Medium", 3, trainLead, in(8), "Open", "Name deputies", "T807"),
		d.row("R-04", "Risk", "Open orders migrate with the wrong tax: invoices are wrong after go-live", migration, 0.3, "High", 6, finLead, in(12), "Open", "Compare 200 orders by hand in rehearsal 1", "T605"),
		d.row("R-05", "Risk", "The payment provider moves its test window: fraud checks stay untested", payments, 0.2, "High", 10, payLead, in(18), "Open", "Second window agreed", "T705"),
		d.row("R-06", "Issue", "Certificate for the stores is missing: the test system can't be reached from there", interfaces, 1, "Medium", 4, intLead, in(-2), "Happened", "Ordered, expected next week", "T501, T503"),
		d.row("R-07", "Risk", "Warehouse system is upgraded at the same time: stock interface changes", interfaces, 0.5, "High", 8, stockLead, in(20), "Open", "Common plan of both projects", "T505, T608"),
		d.row("R-08", "Issue", "Duplicate customers take longer to clean than planned", migration, 1, "Medium", 5, dataLead, in(5), "Happened", "Two more people from customer service", "T602"),
		d.row("R-09", "Risk", "Peak load on the first sale after go-live", platform, 0.2, "High", 4, itLead, in(30), "Mitigated", "Test with twice the peak", "T708"),
		d.row("R-10", "Risk", "The committee meets after the decisions were due", management, 0.4, "Medium", 5, pm, in(6), "Open", "Decide by mail between the meetings", "T414, T432"),
	}
}

func (d demo) decisionRows() []Row {
	return []Row{
		d.row("D-01", "Which date is the backup for go-live?", "Five or nine weeks after the target", "Five weeks", in(-40), "No way out if testing is late", "Five weeks after the target", "Committee", in(-38), "T902"),
		d.row("D-02", "Do stores go live with the shop or later?", "Together, or stores four weeks later", "Together", in(-25), "Two sets of procedures for a month", "Together", "Committee", in(-22), "T503, T810"),
		d.row("D-03", "Is licence payment 3 released before the test system is accepted?", "Pay, or hold until acceptance", "Hold until acceptance", in(5), "71 % paid against 48 % accepted", "", "", nil, ""),
		d.row("D-04", "Who supports the stores in the first three weeks?", "Own people, vendor, or both", "Both", in(-4), "Support can't be staffed", "", "", nil, "T905"),
		d.row("D-05", "Two people from finance for rehearsal 1", "Yes, or rehearsal a week later", "Yes", in(4), "Migration rehearsal 1 moves by 5 days", "", "", nil, "T607"),
		d.row("D-06", "Does the history of orders move along?", "Three years, one year, none", "One year", in(20), "Load runs into the weekend of go-live", "", "", nil, "T610"),
	}
}

func (d demo) paymentRows() []Row {
	return []Row{
		d.row("P-01", "OMS vendor", "Licence", 120000, "EUR", in(-80), in(-78), "T101", in(-84), "Paid"),
		d.row("P-02", "OMS vendor", "Deposit", 64000, "EUR", in(-80), in(-76), "T101", in(-84), "Paid"),
		d.row("P-03", "OMS vendor", "Services", 58000, "EUR", in(-46), in(-40), "T220", in(-45), "Paid"),
		d.row("P-04", "OMS vendor", "Licence", 120000, "EUR", in(-30), in(-27), "", nil, "Paid"),
		d.row("P-05", "OMS vendor", "Services", 52000, "EUR", in(-20), in(-18), "T310", in(-26), "Paid"),
		d.row("P-06", "OMS vendor", "Modification", 21000, "EUR", in(-6), nil, "T446", nil, "Invoiced"),
		d.row("P-07", "OMS vendor", "Licence", 80000, "EUR", in(10), nil, "T446", nil, "Planned"),
		d.row("P-08", "OMS vendor", "Services", 54000, "EUR", in(30), nil, "T710", nil, "Planned"),
		d.row("P-09", "OMS vendor", "Hardware", 26000, "EUR", in(15), nil, "T426", nil, "Planned"),
		d.row("P-10", "OMS vendor", "Maintenance", 45000, "EUR", in(60), nil, "T911", nil, "Planned"),
	}
}

func (d demo) readinessRows() []Row {
	return []Row{
		d.row(orders, 24, in(-42), 4, "No", nil, orderLead, in(20)),
		d.row(pricing, 6, in(-42), 1, "No", nil, priceLead, in(20)),
		d.row(customers, 8, in(-42), 1, "No", nil, finLead, in(20)),
		d.row(products, 7, in(-42), 2, "No", nil, buyLead, in(20)),
		d.row(inventory, 9, in(-42), 2, "No", nil, stockLead, in(20)),
		d.row(fulfilment, 46, in(-42), 3, "No", nil, whLead, in(20)),
		d.row(dropship, 4, nil, 0, "No", nil, buyLead, in(20)),
		d.row(purchasing, 11, in(-42), 1, "No", nil, buyLead, in(20)),
		d.row(returns, 14, in(-42), 0, "No", nil, retLead, in(18)),
		d.row(service, 32, in(-42), 2, "No", nil, csLead, in(20)),
		d.row(payments, 5, in(-42), 1, "Yes", in(-2), payLead, in(15)),
		d.row(tax, 2, nil, 0, "No", nil, "", in(15)),
		d.row(finance, 12, in(-42), 1, "No", nil, finLead, in(15)),
		d.row(reporting, 9, in(-42), 0, "No", nil, repLead, in(22)),
	}
}

func (d demo) criteriaRows() []Row {
	return []Row{
		d.row("C-01", "Scope signed", management, sponsor, in(-46), "Green", "Fit-gap report, signed page"),
		d.row("C-02", "Integration test passed, peak volume and interface failure included", qa, testLead, in(33), "Open", ""),
		d.row("C-03", "Acceptance test on migrated data, signed", qa, testLead, in(41), "Open", ""),
		d.row("C-04", "Performance at peak shown", platform, itLead, in(32), "Open", ""),
		d.row("C-05", "No open defect of severity 1 or 2; a workaround doesn't count", qa, testLead, in(41), "Open", ""),
		d.row("C-06", "Two migration rehearsals, reconciled, inside the window", migration, dataLead, in(22), "Amber", "Rehearsal 1 planned"),
		d.row("C-07", "Mock cut-over, timed", cutover, cutLead, in(25), "Open", ""),
		d.row("C-08", "Cut-over plan with owner, time and check for each step", cutover, cutLead, in(5), "Red", "Not begun"),
		d.row("C-09", "Rollback and backup date agreed", cutover, cutLead, in(5), "Green", "D-01"),
		d.row("C-10", "Carriers, marketplaces and bank ready", cutover, pm, in(8), "Open", ""),
		d.row("C-11", "Roles set, nobody with all rights", security, secLead, in(31), "Amber", ""),
		d.row("C-12", "Production ready, monitored", platform, itLead, in(22), "Open", ""),
		d.row("C-13", "90 % of people trained, super-users named", training, trainLead, in(22), "Amber", "Super-users named"),
		d.row("C-14", "Support staffed for the first weeks", cutover, csLead, in(5), "Amber", "D-04"),
		d.row("C-15", "Customers, suppliers and staff told", training, csLead, in(13), "Open", ""),
		d.row("C-16", "Not at month-end, peak, holiday or vendor release", management, pm, in(41), "Green", "Calendar"),
		d.row("C-17", "All gap decisions closed", management, pm, in(10), "Red", "Gap register"),
		d.row("C-18", "Committee says go", management, sponsor, in(42), "Open", ""),
	}
}

// volumeRows tells orders by month: slow around the target, a peak later.
func (d demo) volumeRows() []Row {
	slow := d.at(targetDay).Time()
	shape := [...]float64{18200, 19400, 21100, 22800, 24900, 29800, 41600, 47300, 33100, 24200, 21900, 20300}
	var rows []Row
	for i, orders := range shape {
		month := calendar.New(slow.Year(), slow.Month()+time.Month(i), 1)
		rows = append(rows, d.row(day(month), orders))
	}
	return rows
}

func (d demo) meetingRows() []Row {
	all := "Sponsor, PM, leads of orders, warehouse, finance"
	return []Row{
		d.row(in(-70), "Yes", all, "Rhythm and target agreed"),
		d.row(in(-50), "Yes", all, "Fit-gap report presented"),
		d.row(in(-38), "Yes", all, "First round of gaps, backup date"),
		d.row(in(-28), "Yes", all, "Second round of gaps, design"),
		d.row(in(-22), "Yes", "Sponsor, PM, finance", "Stores go live together with the shop"),
		d.row(in(-10), "No", "", "Cancelled: sponsor away"),
		d.row(in(6), "", "", ""),
		d.row(in(26), "", "", ""),
		d.row(in(41), "", "", "Go or no-go"),
	}
}
