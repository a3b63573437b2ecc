package sheetstest

import "maps"

// kind is one kind of request of a batchUpdate.
type kind struct {
	// do carries out the request, whose body was checked against the API's
	// description, on a document that is thrown away when do fails. It returns
	// the body of the reply; nil for an empty one.
	do func(b *batch, body object) (object, error)
	// masked means that the body has a field mask "fields".
	masked bool
	// fixed are the fields that a mask may not name: those that nobody sets, and
	// those of which it isn't known what setting them does.
	fixed []string
}

// batch is a batchUpdate while it is carried out.
type batch struct {
	// doc is the copy on which it works.
	doc *document
	// server is where it happens: the clock, the account that asks.
	server *Server
	// account is the account that asks.
	account string
}

// kinds returns all kinds of requests by their names in the API:
// "updateCells". Each file of requests gives its own.
func kinds() map[string]kind {
	all := map[string]kind{}
	for _, own := range []map[string]kind{
		sheetKinds(), cellKinds(), mergeKinds(), dimensionKinds(), groupKinds(), ruleKinds(),
		namedKinds(), protectKinds(), metadataKinds(), filterKinds(), chartKinds(),
		sortKinds(), pasteKinds(), textKinds(), borderKinds(),
	} {
		maps.Copy(all, own)
	}
	return all
}
