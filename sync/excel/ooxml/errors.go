package ooxml

import (
	"bytes"
	"encoding/binary"
	"errors"
	"unicode/utf16"
)

// Why a file can't be opened or a part not be read. Every error of Open, Part
// and Scanner wraps one of these.
var (
	// ErrEmpty: the file holds nothing.
	ErrEmpty = errors.New("the file is empty")
	// ErrEncrypted: the file, or one part of it, needs a password.
	ErrEncrypted = errors.New("the file is encrypted with a password")
	// ErrLegacy: a compound file, the container of the binary formats used
	// until 2003.
	ErrLegacy = errors.New("the file is in the binary format of Office 97-2003")
	// ErrTruncated: it begins as it should and doesn't end so.
	ErrTruncated = errors.New("the file is cut off")
	// ErrNotZip: it is something else, such as text.
	ErrNotZip = errors.New("the file is not a zip container")
	// ErrNotPackage: a zip file without a list of content types.
	ErrNotPackage = errors.New("the file is a zip container but not an Office document")
	// ErrDuplicate: two entries have the same name, and programs differ in
	// which one they read.
	ErrDuplicate = errors.New("two entries of the file have the same name")
	// ErrLimit: it is larger, or inflates to more, than is allowed.
	ErrLimit = errors.New("the file is too large")
	// ErrDamaged: the bytes contradict themselves: sizes, checksums, tags.
	ErrDamaged = errors.New("the file is damaged")
	// ErrEncoding: a part is neither UTF-8 nor ASCII.
	ErrEncoding = errors.New("the text is not in UTF-8")
	// ErrDoctype: a part declares a document type, by which files attack
	// their readers.
	ErrDoctype = errors.New("the XML declares a document type")
	// ErrNoPart: there is no such part.
	ErrNoPart = errors.New("no such part")
)

var (
	oleMagic = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	zipMagic = []byte("PK\x03\x04")
)

// notZip tells why data, which has no zip directory, can't be opened.
func notZip(data []byte) error {
	switch {
	case len(data) == 0:
		return ErrEmpty
	case bytes.HasPrefix(data, oleMagic) && hasOLEStream(data, "EncryptedPackage"):
		return ErrEncrypted
	case bytes.HasPrefix(data, oleMagic):
		return ErrLegacy
	case bytes.HasPrefix(data, zipMagic), bytes.HasPrefix(zipMagic, data):
		return ErrTruncated
	}
	return ErrNotZip
}

// The parts of an entry in the directory of a compound file: the name in
// UTF-16 with a closing zero, then its length in bytes.
const (
	oleEntrySize  = 128
	oleNameLength = 64
)

// hasOLEStream reports whether a compound file has a stream of a name. Its
// directory entries lie at multiples of their size, whatever sectors they are
// in, so that a damaged sector table does not matter.
func hasOLEStream(data []byte, name string) bool {
	var want []byte
	for _, u := range utf16.Encode([]rune(name + "\x00")) {
		want = binary.LittleEndian.AppendUint16(want, u)
	}
	for at := oleEntrySize; at+oleEntrySize <= len(data); at += oleEntrySize {
		entry := data[at : at+oleEntrySize]
		if bytes.HasPrefix(entry, want) && int(binary.LittleEndian.Uint16(entry[oleNameLength:])) == len(want) {
			return true
		}
	}
	return false
}
