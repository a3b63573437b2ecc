// Package discovery holds Google's own description of the Sheets API in a
// short form, checks JSON against it, and knows field masks. It knows shapes
// only: which fields there are and of which types, not what they do.
package discovery

// Object is a decoded JSON object.
type Object = map[string]any
