package gsheets

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"steerco/sync/workbook"
)

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
	// letters, digits and underscores only. Where a person has deleted the data
	// tab, Google neither lists the name any more nor lets it be taken again:
	// "_" and a few letters and digits follow then.
	//
	// The id of the named range is the fence: each batch deletes the range by
	// its present id and makes it anew with another one. Where another batch
	// came first the id is gone, and all of the batch fails.
	keysName     = "_steerco_keys"
	recordFormat = 1
)

// isKeysName reports whether a named range may be the one over the keys.
func isKeysName(name string) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(name), keysName)
	if !ok || rest == "" {
		return ok
	}
	suffix, ok := strings.CutPrefix(rest, "_")
	return ok && suffix != "" && strings.Trim(suffix, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

// freshKeysName returns a name for the keys that nobody has taken before. It is
// the same for the same version of a spreadsheet.
func freshKeysName(v workbook.Version) string {
	sum := sha256.Sum256([]byte(v))
	return keysName + "_" + hex.EncodeToString(sum[:4])
}
