package ooxml_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"steerco/sync/excel/ooxml"
)

const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/xl/Workbook.xml" ContentType="main"/></Types>`

// file is an entry of a zip.
type file struct{ name, content string }

// zipped returns a zip of files after a list of content types.
func zipped(t testing.TB, files ...file) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range slices.Concat([]file{{"[Content_Types].xml", contentTypes}}, files) {
		w, err := z.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// compound returns the beginning of a compound file with a stream of a name.
func compound(stream string) []byte {
	data := make([]byte, 1024)
	copy(data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	entry := data[512+128:]
	units := utf16.Encode([]rune(stream + "\x00"))
	for i, u := range units {
		binary.LittleEndian.PutUint16(entry[2*i:], u)
	}
	binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(units)))
	return data
}

func TestOpenTellsWhatItIsNot(t *testing.T) {
	whole := zipped(t, file{"xl/workbook.xml", strings.Repeat("<a/>", 1000)})
	for _, test := range []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, ooxml.ErrEmpty},
		{"text", []byte("id,name\n1,Kick-off\n"), ooxml.ErrNotZip},
		{"web page", []byte("<html><table>"), ooxml.ErrNotZip},
		{"encrypted", compound("EncryptedPackage"), ooxml.ErrEncrypted},
		{"binary workbook", compound("Workbook"), ooxml.ErrLegacy},
		{"cut off after the first letters", []byte("PK"), ooxml.ErrTruncated},
		{"cut off in the middle", whole[:len(whole)/2], ooxml.ErrTruncated},
		{"cut off at the end", whole[:len(whole)-1], ooxml.ErrTruncated},
		{"a zip of something else", plainZip(t, "readme.txt"), ooxml.ErrNotPackage},
		{"twice the same name", zipped(t, file{"xl/a.xml", "1"}, file{"XL/A.xml", "2"}), ooxml.ErrDuplicate},
		{"twice by separator", zipped(t, file{"xl/a.xml", "1"}, file{`xl\a.xml`, "2"}), ooxml.ErrDuplicate},
	} {
		if _, err := ooxml.Open(test.data, ooxml.Limits{}); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
}

func plainZip(t *testing.T, name string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	if _, err := z.Create(name); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestOpenCutAnywhere cuts a file at every byte: it is never read.
func TestOpenCutAnywhere(t *testing.T) {
	data := zipped(t, file{"xl/a.xml", "<a/>"}, file{"xl/", ""})
	for n := range data {
		if _, err := ooxml.Open(data[:n], ooxml.Limits{}); err == nil {
			t.Errorf("cut at %d of %d bytes: got no error", n, len(data))
		}
	}
}

func TestLimits(t *testing.T) {
	zeros := zipped(t, file{"a.xml", strings.Repeat("\x00", 1<<20)}, file{"b.xml", "b"})
	for _, test := range []struct {
		name   string
		limits ooxml.Limits
		want   error
	}{
		{"defaults", ooxml.Limits{}, nil},
		{"inflated", ooxml.Limits{Inflated: 1 << 19}, ooxml.ErrLimit},
		{"entries", ooxml.Limits{Entries: 2}, ooxml.ErrLimit},
		{"ratio", ooxml.Limits{Ratio: 100, RatioAbove: 1000}, ooxml.ErrLimit},
		{"ratio of a small entry", ooxml.Limits{Ratio: 100, RatioAbove: 2 << 20}, nil},
	} {
		if _, err := ooxml.Open(zeros, test.limits); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
}

// raw is an entry whose header says whatever it likes.
func raw(t *testing.T, h zip.FileHeader, content string) []byte {
	t.Helper()
	var out, compressed bytes.Buffer
	d, err := flate.NewWriter(&compressed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(&out)
	w, err := z.Create("[Content_Types].xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(contentTypes)); err != nil {
		t.Fatal(err)
	}
	h.Method, h.CompressedSize64 = zip.Deflate, uint64(compressed.Len())
	if w, err = z.CreateRaw(&h); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(compressed.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestPartDoesNotTrustHeaders opens files whose headers lie about a part: the
// others are read, the part isn't, and no memory is taken on its word.
func TestPartDoesNotTrustHeaders(t *testing.T) {
	content := strings.Repeat("abc", 100)
	sum := crc32.ChecksumIEEE([]byte(content))
	for _, test := range []struct {
		name string
		head zip.FileHeader
		want error
	}{
		{"true", zip.FileHeader{CRC32: sum, UncompressedSize64: 300}, nil},
		{"wrong checksum", zip.FileHeader{CRC32: 1, UncompressedSize64: 300}, ooxml.ErrDamaged},
		{"more than it says", zip.FileHeader{CRC32: sum, UncompressedSize64: 10}, ooxml.ErrDamaged},
		{"less than it says", zip.FileHeader{CRC32: sum, UncompressedSize64: 300 << 10}, ooxml.ErrDamaged},
		{"far less than it says", zip.FileHeader{CRC32: sum, UncompressedSize64: 49 << 20}, ooxml.ErrDamaged},
		{"password", zip.FileHeader{CRC32: sum, UncompressedSize64: 300, Flags: 1}, ooxml.ErrEncrypted},
	} {
		test.head.Name = "a.xml"
		p, err := ooxml.Open(raw(t, test.head, content), ooxml.Limits{})
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if _, err := p.Part("a.xml"); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
}

func TestNames(t *testing.T) {
	p := opened(t, file{"xl/", ""}, file{`xl\sheets\S1.xml`, "<a/>"}, file{"/xl/b.xml", "<b/>"})
	want := []string{"[Content_Types].xml", "xl/sheets/S1.xml", "xl/b.xml"}
	if got := p.Names(); !slices.Equal(got, want) {
		t.Errorf("names: got %q, want %q", got, want)
	}
	for _, name := range []string{"xl/sheets/s1.xml", "/XL/sheets/S1.XML"} {
		got, err := p.Part(name)
		if err != nil || string(got) != "<a/>" {
			t.Errorf("part %q: got %q, %v", name, got, err)
		}
	}
	if _, err := p.Part("xl/"); !errors.Is(err, ooxml.ErrNoPart) {
		t.Errorf("a folder: got %v, want %v", err, ooxml.ErrNoPart)
	}
	if sum, ok := p.CRC("xl/b.xml"); !ok || sum != crc32.ChecksumIEEE([]byte("<b/>")) {
		t.Errorf("CRC: got %x, %v", sum, ok)
	}
	if _, ok := p.CRC("xl/none.xml"); ok || p.Size("xl/none.xml") != 0 || p.Has("xl/none.xml") {
		t.Error("a part that isn't there has a checksum or size")
	}
}

func opened(t testing.TB, files ...file) *ooxml.Package {
	t.Helper()
	p, err := ooxml.Open(zipped(t, files...), ooxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSigned(t *testing.T) {
	if opened(t, file{"xl/vbaProjectSignature.bin", ""}).Signed() {
		t.Error("signed macros: got a signed package")
	}
	if !opened(t, file{"_xmlsignatures/sig1.xml", "<a/>"}).Signed() {
		t.Error("got no signature")
	}
}
