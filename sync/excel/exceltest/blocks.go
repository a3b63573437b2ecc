package exceltest

import (
	"image"
	"image/color"
	"slices"
	"strconv"
	"strings"
)

// smallest is how many pixels a block has at least, so that a line or the
// inside of a letter is none.
const smallest = 150

// Block is a coloured area of a page and the words on it.
type Block struct {
	Page  int // from 1
	Words []Word
}

// Text returns the words of the block in one line.
func (b Block) Text() string {
	var all []string
	for _, w := range b.Words {
		all = append(all, w.Text)
	}
	return strings.Join(all, " ")
}

// Blocks returns the areas of the pages that have a colour (RRGGBB), with the
// words whose middle lies in the area's box.
func Blocks(pages []Page, rgb string) []Block {
	var out []Block
	for n := range pages {
		for _, box := range pages[n].boxes(rgb) {
			out = append(out, Block{Page: n + 1, Words: pages[n].within(box)})
		}
	}
	return out
}

// boxes returns the boxes of the connected areas of a colour, in pixels.
func (p *Page) boxes(rgb string) []image.Rectangle {
	want := colour(rgb)
	size := p.image.Bounds()
	seen := make([]bool, size.Dx()*size.Dy())
	var out []image.Rectangle
	for at := range seen {
		start := image.Pt(at%size.Dx(), at/size.Dx())
		if box, n := p.flood(start, want, seen); n >= smallest {
			out = append(out, box)
		}
	}
	return out
}

// flood returns the box of the area of a colour around a point, and how many
// pixels it has; none where the point has another colour or was seen before.
func (p *Page) flood(start image.Point, want color.RGBA, seen []bool) (image.Rectangle, int) {
	width := p.image.Bounds().Dx()
	isNew := func(at image.Point) bool {
		return at.In(p.image.Bounds()) && !seen[at.Y*width+at.X] && p.image.RGBAAt(at.X, at.Y) == want
	}
	var box image.Rectangle
	n := 0
	for todo := []image.Point{start}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !isNew(at) {
			continue
		}
		seen[at.Y*width+at.X] = true
		n++
		box = box.Union(image.Rectangle{Min: at, Max: at.Add(image.Pt(1, 1))})
		todo = append(todo, at.Add(image.Pt(1, 0)), at.Add(image.Pt(-1, 0)), at.Add(image.Pt(0, 1)), at.Add(image.Pt(0, -1)))
	}
	return box, n
}

// within returns the words whose middle lies in a box of pixels, line by line.
func (p *Page) within(box image.Rectangle) []Word {
	const scale = float64(resolution) / 72
	var out []Word
	for _, w := range p.Words {
		middle := image.Pt(int((w.Left+w.Right)/2*scale), int((w.Top+w.Bottom)/2*scale))
		if middle.In(box) {
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b Word) int {
		if d := int(a.Top - b.Top); d < -2 || d > 2 {
			return d
		}
		return int(a.Left - b.Left)
	})
	return out
}

func colour(rgb string) color.RGBA {
	v, _ := strconv.ParseUint(rgb, 16, 32)
	return color.RGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}
