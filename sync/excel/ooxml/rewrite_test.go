package ooxml_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/excel/ooxml"
)

// odd returns a zip as no spreadsheet program writes it: stored and streamed
// entries, extra fields, comments, folders, and a picture that is damaged.
func odd(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	if err := z.SetComment("made by hand"); err != nil {
		t.Fatal(err)
	}
	when := time.Date(2021, 3, 4, 5, 6, 8, 0, time.UTC)
	for _, h := range []zip.FileHeader{
		{Name: "[Content_Types].xml", Method: zip.Deflate},
		{Name: "xl/"},
		{Name: "xl/stored.xml", Method: zip.Store, Comment: "as it is"},
		{Name: "xl/streamed.xml", Method: zip.Deflate, Extra: []byte{0x55, 0x99, 2, 0, 1, 2}},
		{Name: "xl/last.xml", Method: zip.Deflate, ExternalAttrs: 0o644 << 16},
	} {
		h.Modified = when
		w, err := z.CreateHeader(&h)
		if err != nil {
			t.Fatal(err)
		}
		content := "<content>" + h.Name + "</content>"
		switch h.Name {
		case "xl/":
			continue
		case "[Content_Types].xml":
			content = contentTypes
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	h := zip.FileHeader{Name: "docProps/thumbnail.jpeg", Method: zip.Deflate, CRC32: 7, CompressedSize64: 4, UncompressedSize64: 900}
	w, err := z.CreateRaw(&h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("\xFF\xFF\xFF\xFF")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func rewritten(t *testing.T, data []byte, patch ooxml.Patch) []byte {
	t.Helper()
	p, err := ooxml.Open(data, ooxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := p.Rewrite(&out, patch); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// headers returns what the directory of a zip says, and the bytes of each
// entry as they are compressed.
func headers(t *testing.T, data []byte) (all []zip.FileHeader, raw map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	raw = map[string]string{}
	for _, f := range z.File {
		all = append(all, f.FileHeader)
		r, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		raw[f.Name] = string(b)
	}
	return all, raw
}

func TestRewriteOfNothing(t *testing.T) {
	source := odd(t)
	out := rewritten(t, source, ooxml.Patch{})
	want, wantRaw := headers(t, source)
	got, gotRaw := headers(t, out)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("headers (-want +got):\n%s", d)
	}
	if d := cmp.Diff(wantRaw, gotRaw); d != "" {
		t.Errorf("bytes (-want +got):\n%s", d)
	}
	if !bytes.Equal(out, source) {
		t.Errorf("got %d other bytes than the source's %d", len(out), len(source))
	}
}

func TestRewrite(t *testing.T) {
	source := odd(t)
	out := rewritten(t, source, ooxml.Patch{
		Replace: map[string][]byte{"XL/streamed.xml": bytes.Repeat([]byte("new "), 100)},
		Drop:    map[string]bool{"xl/stored.xml": true},
		Add:     []ooxml.Entry{{Name: "xl/added.xml", Data: []byte("<added/>")}, {Name: "xl/stored.xml", Data: []byte("again")}},
	})
	got, gotRaw := headers(t, out)
	want, wantRaw := headers(t, source)
	var names []string
	for _, h := range got {
		names = append(names, h.Name)
	}
	wantNames := []string{"[Content_Types].xml", "xl/", "xl/streamed.xml", "xl/last.xml", "docProps/thumbnail.jpeg", "xl/added.xml", "xl/stored.xml"}
	if d := cmp.Diff(wantNames, names); d != "" {
		t.Fatalf("names (-want +got):\n%s", d)
	}
	for _, name := range []string{"[Content_Types].xml", "xl/last.xml", "docProps/thumbnail.jpeg"} {
		if gotRaw[name] != wantRaw[name] {
			t.Errorf("%s: other bytes", name)
		}
	}
	replaced, before := got[2], want[3]
	if !replaced.Modified.Equal(before.Modified) || !bytes.Equal(replaced.Extra, before.Extra) {
		t.Errorf("replaced: got %v, want the time and fields of %v", replaced, before)
	}
	for _, h := range []zip.FileHeader{replaced, got[5], got[6]} {
		if h.Flags&8 != 0 {
			t.Errorf("%s: sizes stand behind the content", h.Name)
		}
	}
	if y := got[5].Modified.Year(); y != 1980 {
		t.Errorf("added: got the year %d, want 1980", y)
	}
	p, err := ooxml.Open(out, ooxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if b, err := p.Part("xl/streamed.xml"); err != nil || !bytes.Equal(b, bytes.Repeat([]byte("new "), 100)) {
		t.Errorf("replaced: got %q, %v", b, err)
	}
}

// TestRewriteIsRepeatable: equal input gives equal bytes.
func TestRewriteIsRepeatable(t *testing.T) {
	patch := ooxml.Patch{Add: []ooxml.Entry{{Name: "a.xml", Data: []byte("<a/>")}}}
	if !bytes.Equal(rewritten(t, odd(t), patch), rewritten(t, odd(t), patch)) {
		t.Error("got two results from one input")
	}
}

func TestRewriteRefuses(t *testing.T) {
	p, err := ooxml.Open(odd(t), ooxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name  string
		patch ooxml.Patch
		want  error
	}{
		{"replace none", ooxml.Patch{Replace: map[string][]byte{"none": nil}}, ooxml.ErrNoPart},
		{"drop none", ooxml.Patch{Drop: map[string]bool{"none": true}}, ooxml.ErrNoPart},
		{"add one that is there", ooxml.Patch{Add: []ooxml.Entry{{Name: "XL/last.xml"}}}, ooxml.ErrDuplicate},
		{"add twice", ooxml.Patch{Add: []ooxml.Entry{{Name: "a"}, {Name: "A"}}}, ooxml.ErrDuplicate},
	} {
		if err := p.Rewrite(io.Discard, test.patch); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
}

// TestRewriteOfLongPart writes a part that is compressed in pieces.
func TestRewriteOfLongPart(t *testing.T) {
	for _, size := range []int{0, 1, 2 << 20, 2<<20 + 1, 9<<20 + 7} {
		want := make([]byte, size)
		for i := range want {
			want[i] = byte('a' + i*i>>7%23)
		}
		p, err := ooxml.Open(rewritten(t, odd(t), ooxml.Patch{Add: []ooxml.Entry{{Name: "long.xml", Data: want}}}), ooxml.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.Part("long.xml"); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: got %d others, %v", size, len(got), err)
		}
	}
}

func BenchmarkRewrite(b *testing.B) {
	var content []byte
	for i := range 200_000 {
		content = fmt.Appendf(content, `<c r="A%d" s="%d" t="s"><v>%d</v></c>`, i/15, i%7, i*i%150_000)
	}
	p := opened(b, file{"sheet.xml", "<a/>"})
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if err := p.Rewrite(io.Discard, ooxml.Patch{Replace: map[string][]byte{"sheet.xml": content}}); err != nil {
			b.Fatal(err)
		}
	}
}
