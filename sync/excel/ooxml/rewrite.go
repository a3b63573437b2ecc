package ooxml

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
	"unicode/utf8"
)

// Patch is what Rewrite changes. Names compare as everywhere.
type Patch struct {
	// Replace has the new content of parts that exist.
	Replace map[string][]byte
	// Drop has the names of parts that exist and are left out.
	Drop map[string]bool
	// Add are new parts, appended in this order.
	Add []Entry
}

// Entry is a part to add.
type Entry struct {
	Name string
	Data []byte
}

// What new and replaced entries are written with.
const (
	level     = 5
	version20 = 20
	deflated  = 8
	flagUTF8  = 1 << 11
	// firstDay is 1980-01-01 as zip files write it.
	firstDay = 1<<5 | 1
)

// Rewrite writes the package with the patch applied. Entries that it doesn't
// name are copied as they are, header, content and what follows it, in their
// order. Replaced ones keep place, name and time; they and added ones are
// deflated anew, with size and checksum before the content. Equal input gives
// equal bytes.
func (p *Package) Rewrite(w io.Writer, patch Patch) error {
	plan, err := p.plan(patch)
	if err != nil {
		return err
	}
	records, err := p.records()
	if err != nil {
		return err
	}
	r := rewriter{w: w}
	if err := r.entries(p.data, records, plan); err != nil {
		return err
	}
	for _, e := range patch.Add {
		if err := r.add(e); err != nil {
			return err
		}
	}
	return r.end(p.zip.Comment)
}

// action is what is done with an entry.
type action struct {
	drop, replace bool
	data          []byte
}

// plan returns what is done with which entry, and holds the patch against the
// names that are there.
func (p *Package) plan(patch Patch) (map[int]action, error) {
	plan := map[int]action{}
	for name, data := range patch.Replace {
		i, ok := p.index[fold(name)]
		if !ok {
			return nil, fmt.Errorf("replace part %q: %w", name, ErrNoPart)
		}
		plan[i] = action{replace: true, data: data}
	}
	for name, drop := range patch.Drop {
		i, ok := p.index[fold(name)]
		if !ok {
			return nil, fmt.Errorf("drop part %q: %w", name, ErrNoPart)
		}
		if drop {
			plan[i] = action{drop: true}
		}
	}
	added := map[string]bool{}
	for _, e := range patch.Add {
		i, there := p.index[fold(e.Name)]
		if there && !plan[i].drop || added[fold(e.Name)] {
			return nil, fmt.Errorf("add part: %w: %q", ErrDuplicate, e.Name)
		}
		added[fold(e.Name)] = true
	}
	return plan, nil
}

// rewriter writes a zip. The entries stand in it in the order of their places
// in the source, the directory in that of the source's.
type rewriter struct {
	w        io.Writer
	at       uint64
	deflater deflater
	// central are the records of the directory.
	central [][]byte
}

func (r *rewriter) write(b []byte) error {
	n, err := r.w.Write(b)
	r.at += uint64(n)
	return err
}

// entries writes those of the source.
func (r *rewriter) entries(data []byte, records []record, plan map[int]action) error {
	order := make([]int, len(records))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return records[a].start - records[b].start })
	central := make([][]byte, len(records))
	for _, i := range order {
		var err error
		switch a := plan[i]; {
		case a.drop:
		case a.replace:
			central[i], err = r.replace(records[i].local(data), records[i].central, a.data)
		default:
			central[i], err = r.copy(data, records[i])
		}
		if err != nil {
			return err
		}
	}
	for _, c := range central {
		if c != nil {
			r.central = append(r.central, c)
		}
	}
	return nil
}

// copy writes an entry as it is and returns its record for the directory.
func (r *rewriter) copy(data []byte, from record) ([]byte, error) {
	central := r.placed(from.central)
	return central, r.write(data[from.start:from.end])
}

// placed returns a record of the directory for an entry that begins here.
func (r *rewriter) placed(central []byte) []byte {
	central = bytes.Clone(central)
	if field := offset64(central); field != nil {
		binary.LittleEndian.PutUint64(field, r.at)
	} else {
		binary.LittleEndian.PutUint32(central[centralOffset:], uint32(min(r.at, math.MaxUint32)))
	}
	return central
}

// replace writes new content under an entry's headers.
func (r *rewriter) replace(local, central, content []byte) ([]byte, error) {
	if uint64(len(content)) >= math.MaxUint32 {
		return nil, fmt.Errorf("%w: a part of %d MB", ErrLimit, len(content)>>20)
	}
	pieces, err := r.deflater.deflate(content)
	if err != nil {
		return nil, err
	}
	compressed := 0
	for _, p := range pieces {
		compressed += len(p)
	}
	local = withContent(local, localHead, localLength)
	central = r.placed(withContent(central, centralHead, centralLength))
	for _, head := range [][]byte{local[localHead:], central[centralHead:]} {
		binary.LittleEndian.PutUint32(head[headSum:], crc32.ChecksumIEEE(content))
		binary.LittleEndian.PutUint32(head[headCompressed:], uint32(compressed))
		binary.LittleEndian.PutUint32(head[headUncompressed:], uint32(len(content)))
	}
	if err := r.write(local); err != nil {
		return nil, err
	}
	for _, p := range pieces {
		if err := r.write(p); err != nil {
			return nil, err
		}
	}
	return central, nil
}

// withContent returns a header for content that is deflated and doesn't need
// 64 bits. What both headers of an entry share begins at head; the name at
// fixed.
func withContent(header []byte, head, fixed int) []byte {
	extra := fixed + u16(header, head+headName)
	end := extra + u16(header, head+headExtra)
	kept := withoutZip64(header[extra:end])
	out := slices.Concat(header[:extra], kept, header[end:])
	h := out[head:]
	binary.LittleEndian.PutUint16(h[headVersion:], version20)
	binary.LittleEndian.PutUint16(h[headFlags:], uint16(u16(h, headFlags)&flagUTF8))
	binary.LittleEndian.PutUint16(h[headMethod:], deflated)
	binary.LittleEndian.PutUint16(h[headExtra:], uint16(len(kept)))
	if fixed == centralLength && u32(out, centralOffset) == math.MaxUint32 {
		binary.LittleEndian.PutUint32(out[centralOffset:], 0)
	}
	return out
}

// add writes a new entry, which begins like an empty one that is replaced.
func (r *rewriter) add(e Entry) error {
	local := append(make([]byte, localLength), e.Name...)
	copy(local, localSignature)
	central := append(make([]byte, centralLength), e.Name...)
	copy(central, centralSignature)
	binary.LittleEndian.PutUint16(central[len(centralSignature):], version20)
	flags := uint16(0)
	if utf8.RuneCountInString(e.Name) != len(e.Name) {
		flags = flagUTF8
	}
	for _, head := range [][]byte{local[localHead:], central[centralHead:]} {
		binary.LittleEndian.PutUint16(head[headFlags:], flags)
		binary.LittleEndian.PutUint16(head[headDate:], firstDay)
		binary.LittleEndian.PutUint16(head[headName:], uint16(len(e.Name)))
	}
	central, err := r.replace(local, central, e.Data)
	r.central = append(r.central, central)
	return err
}

// end writes the directory and what closes it.
func (r *rewriter) end(comment string) error {
	start := r.at
	for _, c := range r.central {
		if err := r.write(c); err != nil {
			return err
		}
	}
	if r.at >= math.MaxUint32 || len(r.central) >= math.MaxUint16 {
		return fmt.Errorf("%w: %d MB with %d entries", ErrLimit, r.at>>20, len(r.central))
	}
	end := append(make([]byte, endLength), comment...)
	copy(end, endSignature)
	binary.LittleEndian.PutUint16(end[endHere:], uint16(len(r.central)))
	binary.LittleEndian.PutUint16(end[endEntries:], uint16(len(r.central)))
	binary.LittleEndian.PutUint32(end[endSize:], uint32(r.at-start))
	binary.LittleEndian.PutUint32(end[endOffset:], uint32(start))
	binary.LittleEndian.PutUint16(end[endComment:], uint16(len(comment)))
	return r.write(end)
}
