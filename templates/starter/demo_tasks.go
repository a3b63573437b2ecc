package starter

import "slices"

// task is a row of the sample plan. Its dates follow from its predecessors.
type task struct {
	id, wbs, name, area, owner string
	// days is the duration; 0 is a milestone, summary a summary task.
	days int
	// after are the predecessors as they stand in the cell.
	after string
	// from is the working day of the project before which it doesn't begin.
	from int
}

// summary marks a task to which others belong.
const summary = -1

// The people of the sample are roles.
const (
	pm        = "PM"
	sponsor   = "Sponsor"
	vendor    = "Vendor team"
	orderLead = "Order lead"
	priceLead = "Pricing lead"
	stockLead = "Inventory lead"
	whLead    = "Warehouse lead"
	retLead   = "Returns lead"
	csLead    = "Customer service lead"
	payLead   = "Payments lead"
	finLead   = "Finance lead"
	intLead   = "Integration lead"
	dataLead  = "Data lead"
	itLead    = "Infrastructure lead"
	secLead   = "Security lead"
	testLead  = "Test lead"
	trainLead = "Training lead"
	cutLead   = "Cut-over lead"
	repLead   = "Reporting lead"
	buyLead   = "Purchasing lead"
)

// demoTasks returns the sample plan as it was agreed, before anything went
// differently.
func demoTasks() []task {
	return slices.Concat(demoScope(), demoBuild(), demoSecondHalf())
}

func demoScope() []task {
	return []task{
		{"T100", "1", "Mobilise", management, "", summary, "", 0},
		{"T101", "1.1", "Contract and statement of work signed", management, sponsor, 0, "", 0},
		{"T102", "1.2", "Name PM, deputies and a lead for each area", management, sponsor, 5, "T101", 0},
		{"T103", "1.3", "Set up steering committee and rhythm of meetings", management, pm, 4, "T102", 0},
		{"T104", "1.4", "Agree plan, target and backup date", management, pm, 8, "T102", 0},
		{"T105", "1.5", "Order licences", management, pm, 3, "T101", 0},
		{"T106", "1.6", "Set up sandbox system", platform, itLead, 8, "T105", 0},
		{"T107", "1.7", "Kick-off with all areas", management, pm, 1, "T103, T104", 0},
		{"T108", "1.8", "Weekly project meeting", management, pm, 117, "T107", 0},

		{"T200", "2", "Scope: walk every area, find the gaps", management, "", summary, "", 0},
		{"T201", "2.1", "Workshop: order entry, channels, B2B orders", orders, orderLead, 4, "T106, T107", 0},
		{"T202", "2.2", "Workshop: price lists, promotions, vouchers", pricing, priceLead, 4, "T106, T107", 0},
		{"T203", "2.3", "Workshop: customers, credit limits, duplicates", customers, finLead, 3, "T106, T107", 0},
		{"T204", "2.4", "Workshop: products, bundles, serial numbers", products, buyLead, 3, "T201", 0},
		{"T205", "2.5", "Workshop: stock, reservations, back orders", inventory, stockLead, 4, "T201", 0},
		{"T206", "2.6", "Workshop: sourcing rules, split shipments", sourcing, stockLead, 4, "T205", 0},
		{"T207", "2.7", "Workshop: picking, packing, carriers, labels", fulfilment, whLead, 5, "T205", 0},
		{"T208", "2.8", "Workshop: drop-ship suppliers, marketplaces", dropship, buyLead, 3, "T204", 0},
		{"T209", "2.9", "Workshop: purchasing and goods receipt", purchasing, buyLead, 3, "T208", 0},
		{"T210", "2.10", "Workshop: returns, refunds, exchange", returns, retLead, 4, "T202", 0},
		{"T211", "2.11", "Workshop: customer service, order changes", service, csLead, 4, "T203", 0},
		{"T212", "2.12", "Workshop: payments, fraud checks, captures", payments, payLead, 4, "T203", 0},
		{"T213", "2.13", "Workshop: sales tax, exemptions", tax, finLead, 2, "T212", 0},
		{"T214", "2.14", "Workshop: invoices, ledger, revenue", finance, finLead, 4, "T213", 0},
		{"T215", "2.15", "Workshop: reports and figures", reporting, repLead, 3, "T214", 0},
		{"T216", "2.16", "List interfaces with ERP, shop, POS, CRM", interfaces, intLead, 5, "T107", 0},
		{"T217", "2.17", "List data to migrate, open orders too", migration, dataLead, 4, "T107", 0},
		{"T218", "2.18", "Collect roles and rights", security, secLead, 4, "T107", 0},
		{"T219", "2.19", "Write fit-gap report", management, vendor, 6, "T206, T207, T209, T210, T211, T215, T216, T217, T218", 0},
		{"T220", "2.20", "Fit-gap report signed", management, sponsor, 0, "T219FS+2d", 0},

		{"T300", "3", "Design", management, "", summary, "", 0},
		{"T301", "3.1", "Decide gaps, first round", management, pm, 8, "T220", 0},
		{"T302", "3.2", "Decide gaps, second round", management, pm, 10, "T301", 0},
		{"T303", "3.3", "Design order flow and statuses", orders, orderLead, 8, "T301", 0},
		{"T304", "3.4", "Design pricing and promotions", pricing, priceLead, 8, "T301", 0},
		{"T305", "3.5", "Design sourcing and availability", sourcing, stockLead, 8, "T301", 0},
		{"T306", "3.6", "Design warehouse and carrier flow", fulfilment, whLead, 8, "T301", 0},
		{"T307", "3.7", "Design returns and refunds", returns, retLead, 6, "T301", 0},
		{"T308", "3.8", "Design payments, tax and invoices", finance, finLead, 8, "T301", 0},
		{"T309", "3.9", "Design interfaces and error handling", interfaces, intLead, 10, "T301", 0},
		{"T310", "3.10", "Solution design signed", management, sponsor, 0, "T302, T303, T304, T305, T306, T307, T308, T309", 0},
	}
}

func demoBuild() []task {
	return []task{
		{"T400", "4", "Build and configure", management, "", summary, "", 0},
		{"T410", "4.1", "Orders and prices", orders, "", summary, "", 0},
		{"T411", "4.1.1", "Configure order types and channels", orders, orderLead, 10, "T310", 0},
		{"T412", "4.1.2", "Configure order holds and approvals", orders, orderLead, 6, "T411", 0},
		{"T413", "4.1.3", "Configure price lists", pricing, priceLead, 8, "T310", 0},
		{"T414", "4.1.4", "Build promotion stacking (modification)", pricing, vendor, 15, "T413", 0},
		{"T415", "4.1.5", "Configure customers and credit limits", customers, finLead, 7, "T310", 0},
		{"T416", "4.1.6", "Configure products and bundles", products, buyLead, 8, "T310", 0},
		{"T420", "4.2", "Stock, sourcing, fulfilment", sourcing, "", summary, "", 0},
		{"T421", "4.2.1", "Configure availability and reservations", inventory, stockLead, 10, "T310", 0},
		{"T422", "4.2.2", "Configure sourcing rules", sourcing, stockLead, 8, "T421", 0},
		{"T423", "4.2.3", "Build split shipments (modification)", sourcing, vendor, 14, "T422", 0},
		{"T424", "4.2.4", "Configure pick, pack and ship", fulfilment, whLead, 10, "T421SS+3d", 0},
		{"T425", "4.2.5", "Carrier labels and tracking", fulfilment, whLead, 8, "T424", 0},
		{"T426", "4.2.6", "Hand-held scanners in the warehouse", fulfilment, itLead, 8, "T424SS", 0},
		{"T427", "4.2.7", "Configure drop-ship orders", dropship, buyLead, 8, "T422", 0},
		{"T428", "4.2.8", "Configure purchase proposals", purchasing, buyLead, 6, "T421", 0},
		{"T430", "4.3", "Returns, service, money", returns, "", summary, "", 0},
		{"T431", "4.3.1", "Configure returns and inspection", returns, retLead, 8, "T310", 0},
		{"T432", "4.3.2", "Refund to gift card", returns, vendor, 10, "T431", 0},
		{"T433", "4.3.3", "Configure service desk and order changes", service, csLead, 9, "T411", 0},
		{"T434", "4.3.4", "Configure payment methods and captures", payments, payLead, 10, "T310", 0},
		{"T435", "4.3.5", "Set up fraud checks", payments, payLead, 6, "T434", 0},
		{"T436", "4.3.6", "Configure sales tax", tax, finLead, 6, "T310", 0},
		{"T437", "4.3.7", "Configure invoices and ledger posting", finance, finLead, 10, "T436", 0},
		{"T438", "4.3.8", "Daily reports for sales and warehouse", reporting, repLead, 10, "T437", 0},
		{"T440", "4.4", "System", platform, "", summary, "", 0},
		{"T441", "4.4.1", "Set up test system", platform, itLead, 8, "T310", 0},
		{"T442", "4.4.2", "Set up production system", platform, itLead, 10, "T441FS+20d", 0},
		{"T443", "4.4.3", "Set up roles and rights", security, secLead, 8, "T441", 0},
		{"T444", "4.4.4", "Single sign-on", security, secLead, 6, "T443", 0},
		{"T445", "4.4.5", "Monitoring and alerts", platform, itLead, 6, "T442", 0},
		{"T446", "4.4.6", "Build complete", management, vendor, 0, "T412, T414, T415, T416, T423, T425, T426, T427, T428, T432, T433, T435, T437, T443", 0},
	}
}
