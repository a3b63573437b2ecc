// Package sheetstest is a stand-in for the servers of Google Sheets: for tests,
// and for people who try steerco without an account. It answers what the API
// answers, as far as that is known from recorded traffic, and checks each
// request against the API's own description. It never guesses: what it doesn't
// know is an error of its own that says so.
//
// A batch works on a copy of the spreadsheet and takes its place when all of
// it went well. Formulas are computed as far as highlights and links of
// steerco's need them; text is never understood as a number or date but by a
// table of what is known.
package sheetstest
