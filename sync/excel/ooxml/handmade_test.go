package ooxml_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"testing"

	"steerco/sync/excel/ooxml"
)

// byHand writes a zip with what other writers put into it and the zip package
// doesn't: extra fields that only one of the two headers of an entry has,
// attributes, checksums behind the content, and sizes of 64 bits.
type byHand struct {
	out, central bytes.Buffer
	entries      int
}

type oddEntry struct {
	name, content string
	// local and central are extra fields.
	local, central []byte
	// attributes are the internal ones.
	attributes uint16
	// streamed puts checksum and sizes behind the content; big keeps sizes and
	// offset in an extra field.
	streamed, big bool
}

func (z *byHand) put(values ...any) {
	for _, v := range values {
		_ = binary.Write(&z.out, binary.LittleEndian, v)
	}
}

func (z *byHand) add(e oddEntry) {
	offset, size, sum := uint32(z.out.Len()), uint32(len(e.content)), crc32.ChecksumIEEE([]byte(e.content))
	head := []any{uint16(20), uint16(0), uint16(0), uint16(1000), uint16(0x5421)}
	sizes := []any{sum, size, size}
	local := sizes
	if e.streamed {
		head[1], local = uint16(8), []any{uint32(0), uint32(0), uint32(0)}
	}
	z.put([]byte("PK\x03\x04"))
	z.put(head...)
	z.put(local...)
	z.put(uint16(len(e.name)), uint16(len(e.local)), []byte(e.name), e.local, []byte(e.content))
	if e.streamed {
		z.put([]byte("PK\x07\x08"))
		z.put(sizes...)
	}
	if e.big {
		field := binary.LittleEndian.AppendUint32(nil, 24<<16|1)
		field = binary.LittleEndian.AppendUint64(field, uint64(size))
		field = binary.LittleEndian.AppendUint64(field, uint64(size))
		e.central = binary.LittleEndian.AppendUint64(field, uint64(offset))
		sizes[1], sizes[2], offset = uint32(math.MaxUint32), uint32(math.MaxUint32), math.MaxUint32
	}
	body := z.out
	z.out = bytes.Buffer{}
	z.put([]byte("PK\x01\x02"), uint16(0x031E))
	z.put(head...)
	z.put(sizes...)
	z.put(uint16(len(e.name)), uint16(len(e.central)), uint16(0), uint16(0), e.attributes, uint32(0o644<<16), offset)
	z.put([]byte(e.name), e.central)
	z.central.Write(z.out.Bytes())
	z.out = body
	z.entries++
}

// file returns the zip. The record of its end is one of 64 bits where big says
// so.
func (z *byHand) file(big bool) []byte {
	offset, size := z.out.Len(), z.central.Len()
	z.put(z.central.Bytes())
	end := []any{uint32(size), uint32(offset)}
	if big {
		at := z.out.Len()
		n := uint64(z.entries)
		z.put([]byte("PK\x06\x06"), uint64(44), uint16(45), uint16(45), uint32(0), uint32(0), n, n, uint64(size), uint64(offset))
		z.put([]byte("PK\x06\x07"), uint32(0), uint64(at), uint32(1))
		end = []any{uint32(math.MaxUint32), uint32(math.MaxUint32)}
	}
	z.put([]byte("PK\x05\x06"), uint16(0), uint16(0), uint16(z.entries), uint16(z.entries))
	z.put(end...)
	z.put(uint16(0))
	return z.out.Bytes()
}

func handmade() *byHand {
	padding := append([]byte{0x20, 0xA2, 6, 0}, "\x14\xA0\x02\x00\x00\x00"...)
	z := &byHand{}
	z.add(oddEntry{name: "[Content_Types].xml", content: contentTypes, local: padding, attributes: 1})
	z.add(oddEntry{name: "xl/", central: []byte{0x55, 0x54, 1, 0, 3}})
	z.add(oddEntry{name: "xl/streamed.xml", content: "<streamed/>", streamed: true, local: padding})
	z.add(oddEntry{name: "xl/big.xml", content: "<big/>", big: true})
	z.add(oddEntry{name: "xl/last.xml", content: "<last/>", local: padding, central: []byte{1}, attributes: 1})
	return z
}

// TestRewriteOfHandmade copies what no library keeps, byte for byte.
func TestRewriteOfHandmade(t *testing.T) {
	source := handmade().file(false)
	if got := rewritten(t, source, ooxml.Patch{}); !bytes.Equal(got, source) {
		t.Errorf("got %d other bytes than the source's %d:\n%q\n%q", len(got), len(source), got, source)
	}
	for name, source := range map[string][]byte{
		"64 bits":     handmade().file(true),
		"with prefix": append([]byte("#!/bin/sh\n"), source...),
	} {
		out := rewritten(t, source, ooxml.Patch{})
		p, err := ooxml.Open(out, ooxml.Limits{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got, err := p.Part("xl/big.xml"); err != nil || string(got) != "<big/>" {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
		if again := rewritten(t, out, ooxml.Patch{}); !bytes.Equal(again, out) {
			t.Errorf("%s: rewritten twice: other bytes", name)
		}
	}
}

// TestReplaceInHandmade replaces each entry in turn: the others stay, and the
// extra fields of the replaced one too.
func TestReplaceInHandmade(t *testing.T) {
	source := handmade().file(false)
	names := []string{"[Content_Types].xml", "xl/streamed.xml", "xl/big.xml", "xl/last.xml"}
	for _, replaced := range names {
		content := []byte("<Types>" + replaced + "</Types>")
		p, err := ooxml.Open(rewritten(t, source, ooxml.Patch{Replace: map[string][]byte{replaced: content}}), ooxml.Limits{})
		if err != nil {
			t.Errorf("%s: %v", replaced, err)
			continue
		}
		before, err := ooxml.Open(source, ooxml.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			want, err := before.Part(name)
			if err != nil {
				t.Fatal(err)
			}
			if name == replaced {
				want = content
			}
			if got, err := p.Part(name); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s replaced: %s is %q, %v, want %q", replaced, name, got, err, want)
			}
		}
	}
}

// TestRewriteOfOverlapping refuses to write a file whose entries share bytes.
func TestRewriteOfOverlapping(t *testing.T) {
	z := handmade()
	last := z.central.Bytes()[z.central.Len()-1-len("xl/last.xml")-46:]
	binary.LittleEndian.PutUint32(last[20:], uint32(len("<last/>")+1))
	p, err := ooxml.Open(z.file(false), ooxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Rewrite(&bytes.Buffer{}, ooxml.Patch{}); !errors.Is(err, ooxml.ErrDamaged) {
		t.Errorf("got %v, want %v", err, ooxml.ErrDamaged)
	}
}
