package gsheets

// What is steerco's in a spreadsheet is known by these names.
const (
	// metadataID is the key of the developer metadata of the spreadsheet that
	// holds the identity; metadataTab that of a sheet which is a tab of
	// steerco's and holds its tabRecord; metadataData that of the data tab.
	metadataID   = "steerco.id"
	metadataTab  = "steerco.tab"
	metadataData = "steerco.data"
	// dataTitle is what the data tab is called.
	dataTitle = "_steerco"
	// keysName is the named range over the keys, to which the highlights
	// refer: they can reach another sheet only through INDIRECT. Google takes
	// letters, digits and underscores only.
	keysName = "_steerco_keys"
	// fencePrefix begins the id of that named range. Each batch deletes the
	// range by its present id and makes it anew with the next one: where
	// another batch came first the id is gone, and all of the batch fails.
	fencePrefix  = "steerco_"
	recordFormat = 1
)
