package ooxml

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// The records of a zip: their signatures, how long they are before names and
// other fields of varying length, and where in them things stand.
const (
	localSignature   = "PK\x03\x04"
	centralSignature = "PK\x01\x02"
	endSignature     = "PK\x05\x06"
	end64Signature   = "PK\x06\x06"

	localLength   = 30
	centralLength = 46
	endLength     = 22
	locatorLength = 20
	end64Length   = 56

	// In both headers of an entry, from the version that is needed to read it
	// on: flags, method, time and date, checksum, sizes, lengths.
	headVersion      = 0
	headFlags        = 2
	headMethod       = 4
	headDate         = 8
	headSum          = 10
	headCompressed   = 14
	headUncompressed = 18
	headName         = 22
	headExtra        = 24
	localHead        = 4
	centralHead      = 6

	centralComment = 32
	centralOffset  = 42

	// In the last record: the entries in this file and in all, the size and
	// place of the directory, the length of the comment.
	endHere    = 8
	endEntries = 10
	endSize    = 12
	endOffset  = 16
	endComment = 20
	end64Size  = 40
)

// record is an entry as it stands in the file.
type record struct {
	// central is its record in the directory.
	central []byte
	// start is where its own header begins, end where the next entry or the
	// directory does.
	start, end int
}

// local returns the entry's own header.
func (r record) local(data []byte) []byte {
	b := data[r.start:]
	return b[:localLength+u16(b, localHead+headName)+u16(b, localHead+headExtra)]
}

// records returns the places of all entries, in the order of the directory.
func (p *Package) records() ([]record, error) {
	at, base, ok := findDirectory(p.data, p.files)
	if !ok {
		return nil, fmt.Errorf("%w: its directory isn't where it says", ErrDamaged)
	}
	starts := []int{at}
	all := make([]record, len(p.files))
	for i, f := range p.files {
		r := readRecord(p.data, at, base)
		if r.central == nil || !isAt(f, r, p.data) {
			return nil, fmt.Errorf("%w: the entry %q isn't where the directory says", ErrDamaged, f.Name)
		}
		at += len(r.central)
		all[i] = r
		starts = append(starts, r.start)
	}
	slices.Sort(starts)
	for i, f := range p.files {
		next, _ := slices.BinarySearch(starts, all[i].start+1)
		if next == len(starts) {
			return nil, fmt.Errorf("%w: the entry %q lies behind the directory", ErrDamaged, f.Name)
		}
		all[i].end = starts[next]
		body := all[i].start + len(all[i].local(p.data))
		if uint64(all[i].end-body) < f.CompressedSize64 || all[i].end < body {
			return nil, fmt.Errorf("%w: the entry %q runs into the next one", ErrDamaged, f.Name)
		}
	}
	return all, nil
}

// findDirectory returns where the directory begins, and how many bytes stand
// before that from which its offsets count.
func findDirectory(data []byte, files []*zip.File) (start, base int, ok bool) {
	end := findEnd(data)
	if end < 0 {
		return 0, 0, false
	}
	size, offset, before := uint64(u32(data, end+endSize)), uint64(u32(data, end+endOffset)), end
	if locator := end - locatorLength; locator >= 0 && (size == math.MaxUint32 || offset == math.MaxUint32) {
		at := binary.LittleEndian.Uint64(data[locator+8:])
		if at+end64Length > uint64(locator) || !hasAt(data, int(at), end64Signature) {
			return 0, 0, false
		}
		before = int(at)
		size = binary.LittleEndian.Uint64(data[before+end64Size:])
		offset = binary.LittleEndian.Uint64(data[before+end64Size+8:])
	}
	if size > uint64(before) || offset > uint64(before) {
		return 0, 0, false
	}
	for _, start := range []int{int(offset), before - int(size)} {
		r := readRecord(data, start, start-int(offset))
		if len(files) == 0 || r.central != nil && isAt(files[0], r, data) {
			return start, start - int(offset), true
		}
	}
	return 0, 0, false
}

// findEnd returns where the last record of a zip begins, or -1.
func findEnd(data []byte) int {
	for at := len(data) - endLength; at >= 0 && at >= len(data)-endLength-math.MaxUint16; at-- {
		if hasAt(data, at, endSignature) && at+endLength+u16(data, at+endComment) <= len(data) {
			return at
		}
	}
	return -1
}

// readRecord reads the record of the directory at a position; without one its
// central is nil.
func readRecord(data []byte, at, base int) record {
	if !hasAt(data, at, centralSignature) || at+centralLength > len(data) {
		return record{}
	}
	length := centralLength + u16(data, at+centralHead+headName) + u16(data, at+centralHead+headExtra) + u16(data, at+centralComment)
	if at+length > len(data) {
		return record{}
	}
	r := record{central: data[at : at+length]}
	offset := uint64(u32(r.central, centralOffset))
	if field := offset64(r.central); field != nil {
		offset = binary.LittleEndian.Uint64(field)
	}
	if offset > uint64(len(data)-base) {
		return record{}
	}
	r.start = base + int(offset)
	return r
}

// isAt reports whether an entry is the one of a record, and stands where that
// says.
func isAt(f *zip.File, r record, data []byte) bool {
	name := r.central[centralLength : centralLength+u16(r.central, centralHead+headName)]
	if string(name) != f.Name || !hasAt(data, r.start, localSignature) || r.start+localLength > len(data) {
		return false
	}
	body, err := f.DataOffset()
	return err == nil && int(body) == r.start+localLength+
		u16(data, r.start+localHead+headName)+u16(data, r.start+localHead+headExtra) && int(body) <= len(data)
}

// zip64 is the number of the extra field that holds what doesn't fit into 32
// bits; an extra field begins with number and length.
const (
	zip64       = 1
	extraHeader = 4
)

// offset64 returns the eight bytes of a directory record that hold the entry's
// offset where it is kept in an extra field; nil where it isn't.
func offset64(central []byte) []byte {
	if u32(central, centralOffset) != math.MaxUint32 {
		return nil
	}
	from := centralLength + u16(central, centralHead+headName)
	field := extraField(central[from:from+u16(central, centralHead+headExtra)], zip64)
	for _, at := range []int{headCompressed, headUncompressed} {
		if u32(central, centralHead+at) == math.MaxUint32 && len(field) >= 8 {
			field = field[8:]
		}
	}
	if len(field) < 8 {
		return nil
	}
	return field[:8]
}

// extraField returns the content of the extra field of a number.
func extraField(extra []byte, number int) []byte {
	for len(extra) >= extraHeader {
		size := min(extraHeader+u16(extra, 2), len(extra))
		if u16(extra, 0) == number {
			return extra[extraHeader:size]
		}
		extra = extra[size:]
	}
	return nil
}

// withoutZip64 returns extra fields without the one that repeats sizes, which
// would be wrong for other content.
func withoutZip64(extra []byte) []byte {
	var kept []byte
	for len(extra) >= extraHeader {
		size := min(extraHeader+u16(extra, 2), len(extra))
		if u16(extra, 0) != zip64 {
			kept = append(kept, extra[:size]...)
		}
		extra = extra[size:]
	}
	return append(kept, extra...)
}

func hasAt(data []byte, at int, signature string) bool {
	return at >= 0 && at <= len(data) && bytes.HasPrefix(data[at:], []byte(signature))
}

func u16(b []byte, at int) int { return int(binary.LittleEndian.Uint16(b[at:])) }

func u32(b []byte, at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
