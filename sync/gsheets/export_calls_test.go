package gsheets

import "io"

// Bounded returns a body that ends with an error after so many bytes.
func Bounded(body io.ReadCloser, most int64) io.ReadCloser {
	return &bounded{ReadCloser: body, left: most}
}
