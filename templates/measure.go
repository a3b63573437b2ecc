package templates

import (
	"math"
	"strings"
	"unicode"

	"steerco/templates/tab"
)

// Programs don't make rows of merged cells as high as their texts need, and
// don't tell how wide a text is. So both are computed here, from the widths of
// the font's letters, a little on the generous side.
const (
	// pointsPerCharacter is the width of a column of width 1.
	pointsPerCharacter = 5.25
	// cellPadding is what a cell keeps free at both sides together.
	cellPadding = 6
	// indentStep is the width of one step of indentation.
	indentStep = 8
	// slack makes up for programs that draw a text wider than the font says.
	slack = 1.04
	// boldFactor is how much wider a bold text is.
	boldFactor = 1.08
	// lineFactor is the height of a line by the size of its font, rowPadding
	// what a row keeps free above and below together.
	lineFactor = 1.26
	rowPadding = 3.7
	// minRow is the least height of a row that is computed.
	minRow = 15
)

// letterWidths are the widths of the letters from blank to tilde in thousandths
// of the font's size: the metrics of Helvetica, which Arial shares.
var letterWidths = [...]uint16{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
}

// em returns the width of a letter in sizes of its font.
func em(r rune) float64 {
	switch {
	case r >= ' ' && r <= '~':
		return float64(letterWidths[r-' ']) / 1000
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case isWide(r):
		return 1
	case unicode.IsUpper(r):
		return 0.78
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return 0.62
	case r < 0x2000:
		return 0.6
	}
	return 1
}

// isWide reports whether r is drawn as wide as it is high.
func isWide(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case r <= 0x115f,
		r >= 0x2e80 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff,
		r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60, r >= 0xffe0 && r <= 0xffe6,
		r >= 0x1f300 && r <= 0x1faff, r >= 0x20000 && r <= 0x3fffd:
		return true
	}
	return false
}

// box is where a text has to fit: the width in points and the look.
type box struct {
	width float64
	look  tab.Look
}

// room returns the width of a line in sizes of the font.
func (b box) room() float64 {
	size := b.look.Size * slack
	if b.look.Bold {
		size *= boldFactor
	}
	return max(1, (b.width-cellPadding-indentStep*float64(b.look.Indent))/size)
}

// lines returns over how many lines a text wraps in the box.
func (b box) lines(s string) int {
	if !b.look.Wrap {
		return 1
	}
	room := b.room()
	n := 0
	for part := range strings.SplitSeq(s, "\n") {
		n += wrapped(part, room)
	}
	return n
}

// wrapped counts the lines of a text without line breaks.
func wrapped(s string, room float64) int {
	n, used, word := 1, 0.0, 0.0
	for _, r := range s {
		w := em(r)
		switch {
		case r == ' ':
			used, word = used+w, 0
			continue
		case isWide(r):
			word = 0 // a line may break before any wide letter
		}
		used, word = used+w, word+w
		if used <= room {
			continue
		}
		n++
		if used = word; word > room { // a word longer than a line is broken
			used, word = w, w
		}
	}
	return n
}

// fits reports whether a text takes at most that many lines.
func (b box) fits(s string, most int) bool {
	if b.look.Wrap {
		return b.lines(s) <= most
	}
	width := 0.0
	for _, r := range s {
		width += em(r)
	}
	return width <= b.room()
}

// ellipsis ends a text that was cut.
const ellipsis = "…"

// cut returns as much of a text as takes that many lines, with an ellipsis
// where something is left out.
func (b box) cut(s string, most int) string {
	if b.fits(s, most) {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if b.fits(string(runes[:mid])+ellipsis, most) {
			low = mid
		} else {
			high = mid - 1
		}
	}
	for low > 0 && low < len(runes) && em(runes[low]) == 0 { // not between a letter and its marks
		low--
	}
	return strings.TrimRight(string(runes[:low]), " ,;:") + ellipsis
}

// height returns how high a row has to be for that many lines, in points.
func (b box) height(lines int) float64 {
	h := float64(lines)*b.look.Size*lineFactor + rowPadding
	return min(maxHeight, max(minRow, math.Ceil(h*4)/4))
}

// linesIn returns how many lines fit into a height; at least one.
func (b box) linesIn(height float64) int {
	return max(1, int((height-1)/(b.look.Size*lineFactor)))
}
