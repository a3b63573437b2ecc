// Package exceltest proves what sync/excel promises. It takes workbooks apart
// with code of its own, shares none with the writer, and tells every byte that
// isn't as it was; it holds parts against the published schemas, and drives an
// office program to see what people would see. It leaves to the tests what is
// to be written.
package exceltest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strings"
)

// Archive is a zip file taken apart, nothing left out but the offsets.
type Archive struct {
	// Entries stand in the order of the central directory.
	Entries []Entry
	// Comment is the comment at the end of the file.
	Comment []byte
}

// Entry is one file of an Archive.
type Entry struct {
	Name string
	// Central is the entry's record in the central directory with the offset
	// set to zero, Local its local header, both with name, extra and comment.
	Central, Local []byte
	// Raw are the bytes as stored, Content the same inflated.
	Raw, Content []byte
	// Descriptor are the bytes behind Raw which repeat sizes and checksum;
	// empty where the local header holds them.
	Descriptor []byte

	// parsed is what tree has made of Content.
	parsed *parsed
}

// parsed is a part that was parsed, or why it couldn't be.
type parsed struct {
	tree *node
	err  error
}

// tree returns the entry's content as a tree, which is not to be changed.
func (e *Entry) tree() (*node, error) {
	if e.parsed == nil {
		tree, err := parse(e.Content)
		e.parsed = &parsed{tree, err}
	}
	return e.parsed.tree, e.parsed.err
}

// share spares a parsing the entries that they have in common.
func share(source, written *Archive) {
	for i := range written.Entries {
		w := &written.Entries[i]
		if s := source.Entry(w.Name); s != nil && w.parsed == nil && bytes.Equal(s.Content, w.Content) {
			w.parsed = s.parsed
		}
	}
}

const (
	endSignature        = 0x06054b50
	centralSignature    = 0x02014b50
	localSignature      = 0x04034b50
	descriptorSignature = 0x08074b50

	centralSize = 46
	localSize   = 30

	flagDescriptor = 1 << 3
)

var errCut = errors.New("the archive ends too early")

// ReadArchive takes the zip file in b apart. Content that can't be inflated
// ends where it went wrong; Entry.IsSound tells.
func ReadArchive(b []byte) (*Archive, error) {
	end := bytes.LastIndex(b, binary.LittleEndian.AppendUint32(nil, endSignature))
	if end < 0 || end+22 > len(b) {
		return nil, errors.New("no end record: not a zip file")
	}
	count := int(binary.LittleEndian.Uint16(b[end+10:]))
	at := int(binary.LittleEndian.Uint32(b[end+16:]))
	a := &Archive{Comment: b[end+22:]}
	for n := range count {
		e, next, err := readEntry(b, at)
		if err != nil {
			return nil, fmt.Errorf("entry %d of %d: %w", n+1, count, err)
		}
		a.Entries, at = append(a.Entries, e), next
	}
	return a, nil
}

// OpenArchive reads the zip file at path.
func OpenArchive(path string) (*Archive, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return ReadArchive(b)
}

func readEntry(b []byte, at int) (Entry, int, error) {
	if at+centralSize > len(b) || binary.LittleEndian.Uint32(b[at:]) != centralSignature {
		return Entry{}, 0, errCut
	}
	h := b[at:]
	size := centralSize + int(u16(h, 28)) + int(u16(h, 30)) + int(u16(h, 32))
	if len(h) < size {
		return Entry{}, 0, errCut
	}
	e := Entry{
		Name:    string(h[centralSize : centralSize+int(u16(h, 28))]),
		Central: bytes.Clone(h[:size]),
	}
	offset := int(binary.LittleEndian.Uint32(h[42:]))
	binary.LittleEndian.PutUint32(e.Central[42:], 0)
	return e, at + size, e.readBody(b, offset)
}

func (e *Entry) readBody(b []byte, at int) error {
	if at+localSize > len(b) || binary.LittleEndian.Uint32(b[at:]) != localSignature {
		return fmt.Errorf("%s: no local header where the directory says", e.Name)
	}
	h := b[at:]
	size := localSize + int(u16(h, 26)) + int(u16(h, 28))
	stored := int(binary.LittleEndian.Uint32(e.Central[20:]))
	if len(h) < size+stored {
		return errCut
	}
	e.Local, e.Raw = h[:size], h[size:size+stored]
	if u16(h, 6)&flagDescriptor != 0 {
		e.Descriptor = descriptor(h[size+stored:])
	}
	e.inflate()
	return nil
}

func descriptor(b []byte) []byte {
	size := 12
	if len(b) >= 4 && binary.LittleEndian.Uint32(b) == descriptorSignature {
		size = 16
	}
	return b[:min(size, len(b))]
}

func (e *Entry) inflate() {
	switch u16(e.Central, 10) {
	case zip.Store:
		e.Content = e.Raw
	case zip.Deflate:
		e.Content, _ = io.ReadAll(flate.NewReader(bytes.NewReader(e.Raw)))
	}
}

// IsSound reports whether the content has the size and the checksum that the
// directory says.
func (e *Entry) IsSound() bool {
	return len(e.Content) == int(binary.LittleEndian.Uint32(e.Central[24:])) &&
		crc32.ChecksumIEEE(e.Content) == binary.LittleEndian.Uint32(e.Central[16:])
}

// Modified are the entry's time and date as stored, in the format of DOS.
func (e *Entry) Modified() uint32 { return binary.LittleEndian.Uint32(e.Central[12:]) }

// IsStreamed reports whether the local header leaves the sizes to what follows.
func (e *Entry) IsStreamed() bool { return u16(e.Local, 6)&flagDescriptor != 0 }

// IsXML reports whether the entry's name is that of a part in XML.
func (e *Entry) IsXML() bool {
	name := strings.ToLower(e.Name)
	return strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels")
}

// Entry returns the first entry of a name, or nil.
func (a *Archive) Entry(name string) *Entry {
	for i := range a.Entries {
		if a.Entries[i].Name == name {
			return &a.Entries[i]
		}
	}
	return nil
}

// Part returns the content of the part of a name, whatever its case; nil where
// there is none.
func (a *Archive) Part(name string) []byte {
	for i := range a.Entries {
		if strings.EqualFold(PartName(a.Entries[i].Name), strings.TrimPrefix(name, "/")) {
			return a.Entries[i].Content
		}
	}
	return nil
}

// PartName returns the name of the part that an entry of this name is: some
// programs write backslashes.
func PartName(entry string) string { return strings.ReplaceAll(entry, `\`, "/") }

// Rewrite makes a zip file of the archive in which change has had its say on
// every part; a part that it returns as nil is left out.
func (a *Archive) Rewrite(change func(name string, content []byte) []byte) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range a.Entries {
		content := change(a.Entries[i].Name, a.Entries[i].Content)
		if content == nil {
			continue
		}
		f, err := w.Create(a.Entries[i].Name)
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(content); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func u16(b []byte, at int) uint16 { return binary.LittleEndian.Uint16(b[at:]) }
