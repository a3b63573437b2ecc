package starter

import "strconv"

// gap is a row of the sample's gap register. Its days are working days from
// today.
type gap struct {
	id, area, process, requirement string
	fit, priority, blocker         string
	options, recommendation        string
	decision, reason, effort       string
	cost                           float64 // 0: empty
	decideBy                       int
	decidedBy                      string
	decidedOn                      int // never: undecided
	owner, tasks, status           string
}

// never stands for no day.
const never = 1 << 16

func demoGaps() []gap {
	return append(demoGapsOpen(), demoGapsDecided()...)
}

// demoGapsOpen are the gaps without a decision, in all states before it.
func demoGapsOpen() []gap {
	return []gap{
		{"G-01", pricing, "promotions", "Two promotions apply to one order line, the better one counts", "Gap", "High", "Yes", "Modify (15 days) or one promotion per line", "One promotion per line", "", "", "15", 22500, -12, "", never, priceLead, "T414", "Proposed"},
		{"G-02", returns, "refund", "Refund to a gift card instead of the card that paid", "Gap", "High", "Yes", "Modify (10 days) or refund by voucher", "Change the procedure: refund by voucher", "Undecided", "", "10", 15000, -8, "", never, retLead, "T432", "Proposed"},
		{"G-03", sourcing, "split shipment", "Freight is charged once when an order ships from two places", "Gap", "Medium", "No", "Modify (14 days), configure, or defer to phase 2", "Defer", "", "", "14", 21000, -3, "", never, stockLead, "T423", "Analysed"},
		{"G-04", interfaces, "prices", "Price list of the ERP comes hourly, the system takes one a day", "Partial", "High", "Yes", "Send changes only, or live with one a day", "", "", "", "", 0, -1, "", never, intLead, "T504", "Analysed"},
		{"G-05", tax, "exemption", "Tax exemption by ship-to address and not by customer", "Gap", "High", "Yes", "", "", "", "", "", 0, 4, "", never, finLead, "T436", "New"},
		{"G-06", customers, "credit limit", "Credit limit counts open orders of the whole group", "Partial", "Medium", "No", "Configure by parent account, or check by hand", "Configure", "", "", "3", 4500, 6, "", never, finLead, "T415", "Proposed"},
		{"G-07", dropship, "supplier stock", "Stock of drop-ship suppliers is shown in the shop", "Gap", "Medium", "No", "", "", "", "", "", 0, 9, "", never, buyLead, "T427", "New"},
		{"G-08", service, "order change", "Change of address until the parcel is packed", "Partial", "Medium", "No", "Configure a hold, or cancel and order again", "Change the procedure: cancel and order again", "", "", "", 0, 10, "", never, csLead, "T433", "Analysed"},
		{"G-09", cutover, "open orders", "Partly shipped orders are migrated with their history", "Gap", "High", "Yes", "Migrate, or finish them in the old system", "Finish them in the old system", "", "", "12", 18000, 14, "", never, dataLead, "T605, T909", "Proposed"},
		{"G-10", security, "approval", "Two people approve refunds above 500", "Partial", "Low", "No", "", "", "", "", "", 0, never, "", never, secLead, "", "New"},
	}
}

// demoGapsDecided are the gaps with a decision, some of them as hasty as in
// real registers.
func demoGapsDecided() []gap {
	return []gap{
		{"G-11", orders, "B2B order", "Order template with customer's own article numbers", "Gap", "Medium", "No", "Modify (6 days) or import by file", "Import by file", "Change procedure", "Few customers use it; they send files already", "2", 3000, -30, "Committee", -32, orderLead, "T411", "Building"},
		{"G-12", pricing, "promotion stacking", "Voucher together with a staff discount", "Gap", "High", "No", "Modify (5 days) or forbid it", "Modify", "Modify system", "", "5", 7500, -24, "Committee", -24, priceLead, "T414", "Building"},
		{"G-13", sourcing, "split shipment", "Split by carrier cut-off time", "Gap", "High", "Yes", "Modify (14 days)", "Modify", "Modify system", "40 % of evening orders would leave a day later", "14", 21000, -28, "Committee", -27, stockLead, "T423", "Building"},
		{"G-14", fulfilment, "labels", "Own label layout for two carriers", "Partial", "Medium", "No", "Modify (4 days) or the standard label", "Standard label", "Modify system", "The carriers insist on theirs", "", 0, -20, "PM", -19, whLead, "T425", "Decided"},
		{"G-15", fulfilment, "packing", "Gift wrapping as a step of packing", "Partial", "Low", "No", "Configure a service line", "Configure", "Configure", "", "2", 3000, -25, "Warehouse lead", -26, whLead, "T424", "Tested"},
		{"G-16", returns, "inspection", "Photos of damaged goods with the return", "Gap", "Low", "No", "Modify (8 days), attach by hand, or defer", "Defer", "Defer", "Nice to have; phase 2", "8", 12000, -22, "Committee", -20, retLead, "", "Closed"},
		{"G-17", payments, "capture", "Capture in parts when an order ships in parts", "Fit with configuration", "High", "Yes", "Configure", "Configure", "Configure", "", "3", 0, -28, "Payments lead", -30, payLead, "T434", "Closed"},
		{"G-18", payments, "fraud", "Orders above 1,000 wait for a person", "Fit with configuration", "High", "Yes", "Configure a hold", "Configure", "Configure", "", "1", 0, -26, "Payments lead", -26, payLead, "T435", "Tested"},
		{"G-19", finance, "invoice", "One invoice a month for stores", "Gap", "High", "Yes", "Modify (9 days) or invoice in the ERP", "Invoice in the ERP", "Change procedure", "The ERP does it today", "3", 4500, -24, "Committee", -22, finLead, "T437, T506", "Building"},
		{"G-20", finance, "revenue", "Revenue when delivered, not when shipped", "Gap", "Medium", "No", "Modify, or correct at month-end", "Correct at month-end", "Workaround", "Until the auditor agrees with shipping", "1", 0, -18, "Committee", -17, finLead, "T437", "Decided"},
		{"G-21", inventory, "reservation", "Stock is kept for a store for two hours", "Gap", "Medium", "No", "Modify (7 days) or no reservation", "No reservation", "Reject", "Used twice a week", "7", 10500, -22, "Committee", -22, stockLead, "", "Closed"},
		{"G-22", inventory, "safety stock", "Safety stock by channel", "Partial", "Medium", "No", "Configure by warehouse", "Configure", "Configure", "", "2", 0, -25, "Inventory lead", -24, stockLead, "T421", "Tested"},
		{"G-23", purchasing, "proposal", "Purchase proposals by supplier calendar", "Gap", "Low", "No", "Modify, or leave it in the ERP", "Leave it in the ERP", "Reject", "The ERP goes on doing it", "", 0, -26, "Committee", -25, buyLead, "", "Closed"},
		{"G-24", products, "bundle", "Bundle price from its parts", "Fit with configuration", "Medium", "No", "Configure", "Configure", "Configure", "", "4", 0, -27, "Purchasing lead", -28, buyLead, "T416", "Tested"},
		{"G-25", products, "serial number", "Serial number is scanned at packing", "Partial", "High", "Yes", "Modify (6 days) or scan at receipt", "Scan at receipt", "Modify system", "", "", 0, -21, "Committee", -20, whLead, "T426", "Decided"},
		{"G-26", service, "complaints", "Complaint with a target time for the answer", "Gap", "Low", "No", "Modify, or use the CRM", "Use the CRM", "Accept", "The CRM has it", "", 0, -23, "Customer service lead", -24, csLead, "", "Closed"},
		{"G-27", reporting, "margin", "Margin by channel every morning", "Gap", "Medium", "No", "Build a report (5 days) or wait for the data warehouse", "Build a report", "Modify system", "Management steers by it every day", "5", 7500, -15, "Sponsor", -14, repLead, "T438", "Building"},
		{"G-28", orders, "subscription", "Orders that repeat every month", "Gap", "Low", "No", "Modify, or defer", "Defer", "Defer", "No customers yet", "25", 37500, -29, "Committee", -30, orderLead, "T955", "Decided"},
		{"G-29", security, "roles", "Rights by brand", "Partial", "Medium", "No", "Configure", "Configure", "Configure", "", "3", 0, -16, "Security lead", -15, secLead, "T443", "Building"},
		{"G-30", customers, "merge", "Merge duplicate customers with their history", "Gap", "Low", "No", "Modify (10 days), or clean before migration", "Clean before migration", "Change procedure", "Done once, before migration", "0", 0, -30, "Committee", -31, dataLead, "T602", "Tested"},
	}
}

func (d demo) gapRow(g gap) Row {
	cost, effort := Cell{}, Cell{}
	if g.cost > 0 {
		cost = number(g.cost)
	}
	if days, err := strconv.ParseFloat(g.effort, 64); err == nil {
		effort = number(days)
	}
	return d.row(g.id, g.area, g.process, g.requirement, g.fit, g.priority, g.blocker, g.options, g.recommendation,
		g.decision, g.reason, effort, cost, in(g.decideBy), g.decidedBy, in(g.decidedOn), g.owner, g.tasks, g.status)
}

// gapRows returns the register.
func (d demo) gapRows() []Row { return mapTo(demoGaps(), d.gapRow) }
