package gsheets

import (
	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// What tests need to see from outside.
const (
	ReadMask    = readMask
	VersionMask = versionMask
	MostCells   = mostCells
)

func Canonical(formula string) string { return canonical(formula) }

func VersionOf(s *sheets.Spreadsheet) workbook.Version { return versionOf(s) }

func StandsAt(s *sheets.Spreadsheet, base workbook.Version) bool { return stateOf(s).standsAt(base) }
