package workbook_test

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"steerco/sync/workbook"
)

func TestCellName(t *testing.T) {
	for _, tt := range []struct {
		row, column int
		want        string
	}{{0, 0, "A1"}, {13, 3, "D14"}, {0, 25, "Z1"}, {0, 26, "AA1"}, {0, 701, "ZZ1"}, {1048575, 16383, "XFD1048576"}} {
		if got := workbook.CellName(tt.row, tt.column); got != tt.want {
			t.Errorf("row %d, column %d: got %s, want %s", tt.row, tt.column, got, tt.want)
		}
	}
}

func TestErrorTellsPlaceFaultAndMend(t *testing.T) {
	fault := fmt.Errorf("%q is not a date", "31.02.")
	for _, tt := range []struct {
		err  workbook.Error
		want string
	}{
		{workbook.Error{Err: fault}, `"31.02." is not a date`},
		{workbook.Error{Workbook: "plan.xlsx", Err: fault}, `plan.xlsx: "31.02." is not a date`},
		{
			workbook.Error{Workbook: "plan.xlsx", Sheet: "Plan", Cell: "D14", Err: fault, Fix: "write it as 2026-02-28"},
			`plan.xlsx, sheet "Plan", cell D14: "31.02." is not a date: write it as 2026-02-28`,
		},
	} {
		if got := tt.err.Error(); got != tt.want || !errors.Is(&tt.err, fault) {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// TestLookups finds the cells that a sheet has, and blank ones elsewhere.
func TestLookups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type place struct{ row, column int }
		at := rapid.MapOf(
			rapid.Custom(func(t *rapid.T) place {
				return place{rapid.IntRange(0, 9).Draw(t, "row"), rapid.IntRange(0, 9).Draw(t, "column")}
			}), rapid.Float64Range(1, 9),
		).Draw(t, "cells")
		var s workbook.Sheet
		for row := range 10 {
			r := workbook.Row{Index: row}
			for column := range 10 {
				if v, ok := at[place{row, column}]; ok {
					r.Cells = append(r.Cells, workbook.Cell{Column: int32(column), Kind: workbook.Number, Number: v})
				}
			}
			if len(r.Cells) > 0 {
				s.Rows = append(s.Rows, r)
			}
		}
		for row := range 11 {
			for column := range 11 {
				got := s.Cell(row, column)
				if got.Number != at[place{row, column}] || int(got.Column) != column {
					t.Fatalf("cell %s: got %+v, want %v", workbook.CellName(row, column), got, at[place{row, column}])
				}
			}
		}
	})
}

// TestKeyOfBlanksAndLineBreaks adds what makes no difference to a text.
func TestKeyOfBlanksAndLineBreaks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[A-Za-zäß0-9*?~|=+'"]{1,6}`), 1, 6).Draw(t, "words")
		plain, odd := "", rapid.SampledFrom([]string{"", " ", "\r", "\n"}).Draw(t, "before")
		for i, w := range words {
			if i > 0 {
				plain += " "
				odd += rapid.SampledFrom([]string{" ", "  ", "\n", "\r\n", "\t", " \r\n "}).Draw(t, "between")
			}
			plain += w
			odd += w
		}
		got := workbook.Key("note", "name", []workbook.Cell{text(odd)})
		if want := workbook.Key("note", "name", []workbook.Cell{text(plain)}); got != want {
			t.Errorf("key of %q: got %q, want %q", odd, got, want)
		}
	})
}
