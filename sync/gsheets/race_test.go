//go:build race

package gsheets_test

// raced means that the race detector watches: all is several times slower.
const raced = true
