package exceltest

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// resolution is how many pixels an inch of a rendered page has.
const resolution = 96

// Page is one page of a PDF: its words and its colours.
type Page struct {
	// Width and Height are in points.
	Width  float64 `xml:"width,attr"`
	Height float64 `xml:"height,attr"`
	Words  []Word  `xml:"word"`
	image  *image.RGBA
}

// Word is a word on a page, with its box in points from the upper left corner.
type Word struct {
	Text   string  `xml:",chardata"`
	Left   float64 `xml:"xMin,attr"`
	Top    float64 `xml:"yMin,attr"`
	Right  float64 `xml:"xMax,attr"`
	Bottom float64 `xml:"yMax,attr"`
}

// Pages renders a PDF. Without poppler's tools the test is skipped, or fails
// where everything has to be there.
func Pages(t *testing.T, pdf string) []Page {
	t.Helper()
	Need(t, "pdftoppm")
	Need(t, "pdftotext")
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-bbox", pdf, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	var doc struct {
		Pages []Page `xml:"body>doc>page"`
	}
	d := xml.NewDecoder(bytes.NewReader(out))
	d.Strict, d.Entity = false, xml.HTMLEntity
	if err := d.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	for i, ppm := range pictures(t, pdf) {
		if doc.Pages[i].image, err = readPPM(ppm); err != nil {
			t.Fatal(err)
		}
	}
	return doc.Pages
}

func pictures(t *testing.T, pdf string) [][]byte {
	t.Helper()
	prefix := filepath.Join(t.TempDir(), "page")
	cmd := exec.CommandContext(t.Context(), "pdftoppm", "-r", fmt.Sprint(resolution), "-aa", "no", "-aaVector", "no", pdf, prefix)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	files, err := filepath.Glob(prefix + "*.ppm")
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	var out [][]byte
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}

// readPPM reads a picture in the binary form of PPM, as pdftoppm writes it.
func readPPM(b []byte) (*image.RGBA, error) {
	r := bytes.NewReader(b)
	var width, height, depth int
	if _, err := fmt.Fscanf(r, "P6\n%d %d\n%d\n", &width, &height, &depth); err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	pixel := make([]byte, 3)
	for i := 0; i < len(img.Pix); i += 4 {
		if _, err := io.ReadFull(r, pixel); err != nil {
			return nil, err
		}
		copy(img.Pix[i:], pixel)
		img.Pix[i+3] = 0xff
	}
	return img, nil
}

// Find returns the words of a text.
func (p *Page) Find(text string) []Word {
	var out []Word
	for _, w := range p.Words {
		if w.Text == text {
			out = append(out, w)
		}
	}
	return out
}

// Behind returns the colour on which a word stands, as RRGGBB: the one that
// most pixels of its box have.
func (p *Page) Behind(w Word) string {
	const scale = float64(resolution) / 72
	count := map[color.RGBA]int{}
	for y := int(w.Top * scale); y <= int(w.Bottom*scale); y++ {
		for x := int(w.Left * scale); x <= int(w.Right*scale); x++ {
			count[p.image.RGBAAt(x, y)]++
		}
	}
	var most color.RGBA
	for c, n := range count {
		if n > count[most] {
			most = c
		}
	}
	return fmt.Sprintf("%02X%02X%02X", most.R, most.G, most.B)
}
