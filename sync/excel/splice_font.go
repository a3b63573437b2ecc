package excel

import (
	"math"
	"strconv"
	"strings"
)

// Widths of columns are counted in digits of the workbook's default font. Tabs
// are drawn for one whose digits have 7 pixels, as Calibri 11 and Arial 10.
const (
	drawnDigit      = 7
	pixelsPerPoint  = 96.0 / 72
	usualDigit      = 0.53
	defaultFontName = "calibri"
	defaultFontSize = 11
)

// digitWidths are the widths of a digit in parts of the font's size.
func digitWidths() map[string]float64 {
	return map[string]float64{
		"calibri": 0.507, "carlito": 0.507, "arial": 0.556, "helvetica": 0.556, "liberation sans": 0.556,
		"times new roman": 0.5, "liberation serif": 0.5, "verdana": 0.636, "dejavu sans": 0.636, "tahoma": 0.546,
		"segoe ui": 0.539, "cambria": 0.554, "courier new": 0.6, "aptos narrow": 0.507, "aptos": 0.56,
		"century gothic": 0.554, "trebuchet ms": 0.524, "georgia": 0.614, "garamond": 0.469,
	}
}

// widthScale returns by what a width must be multiplied to be as wide in this
// workbook as it was drawn.
func (s *styleBook) widthScale() float64 {
	name, size := s.defaultFont()
	digit, ok := digitWidths()[strings.ToLower(name)]
	if !ok {
		digit = usualDigit
	}
	return drawnDigit / max(1, math.Round(size*pixelsPerPoint*digit))
}

// defaultFont returns name and size in points of the font in which the
// workbook's plain cells stand.
func (s *styleBook) defaultFont() (name string, size float64) {
	name, size = defaultFontName, defaultFontSize
	fonts := s.patch.root.child("fonts")
	at := 0
	if list := s.patch.root.child("cellStyleXfs"); list != nil && len(list.children) > 0 {
		at, _ = strconv.Atoi(list.children[0].value("fontId"))
	}
	if fonts == nil || at < 0 || at >= len(fonts.children) {
		return name, size
	}
	for _, e := range fonts.children[at].children {
		switch e.local {
		case "name":
			name = e.value("val")
		case "sz":
			if v, err := strconv.ParseFloat(e.value("val"), 64); err == nil && v > 0 {
				size = v
			}
		}
	}
	return name, size
}
