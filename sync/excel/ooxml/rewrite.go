package ooxml

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
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
	level       = 5
	version20   = 20
	flagStream  = 1 << 3
	flagUTF8    = 1 << 11
	zip64Extra  = 1
	extraHeader = 4
	// firstDay is 1980-01-01 as zip files write it.
	firstDay = 1<<5 | 1
)

// Rewrite writes the package with the patch applied. Entries that it doesn't
// name are copied compressed as they are, in their order and with their
// headers. Replaced ones keep place, name and time; they and added ones are
// deflated anew, with size and checksum before the content. Equal input gives
// equal bytes.
func (p *Package) Rewrite(w io.Writer, patch Patch) error {
	plan, err := p.plan(patch)
	if err != nil {
		return err
	}
	r := rewriter{zip: zip.NewWriter(w)}
	if r.deflate, err = flate.NewWriter(&r.buf, level); err != nil {
		return err
	}
	if err := r.zip.SetComment(p.zip.Comment); err != nil {
		return err
	}
	for i, f := range p.files {
		a := plan[i]
		switch {
		case a.drop:
			continue
		case a.replace:
			err = r.write(f.FileHeader, a.data)
		default:
			err = r.copy(f)
		}
		if err != nil {
			return fmt.Errorf("part %q: %w", f.Name, err)
		}
	}
	for _, e := range patch.Add {
		h := zip.FileHeader{
			Name: e.Name, CreatorVersion: version20, ModifiedDate: firstDay,
		}
		if err := r.write(h, e.Data); err != nil {
			return fmt.Errorf("part %q: %w", e.Name, err)
		}
	}
	return r.zip.Close()
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

type rewriter struct {
	zip     *zip.Writer
	deflate *flate.Writer
	buf     bytes.Buffer
}

// copy writes an entry as it is.
func (r *rewriter) copy(f *zip.File) error {
	h := f.FileHeader
	h.Extra = withoutZip64(h.Extra)
	if isDirectory(h.Name) {
		// What a directory entry holds is nothing, in whatever way.
		h.Flags &^= flagStream
		h.Method, h.CompressedSize64 = zip.Store, 0
		_, err := r.zip.CreateRaw(&h)
		return err
	}
	from, err := f.OpenRaw()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	to, err := r.zip.CreateRaw(&h)
	if err != nil {
		return err
	}
	_, err = io.CopyN(to, from, int64(f.CompressedSize64))
	return err
}

// write writes new content under a header.
func (r *rewriter) write(h zip.FileHeader, data []byte) error {
	r.buf.Reset()
	r.deflate.Reset(&r.buf)
	if _, err := r.deflate.Write(data); err != nil {
		return err
	}
	if err := r.deflate.Close(); err != nil {
		return err
	}
	h.Method = zip.Deflate
	h.Flags &= flagUTF8
	h.ReaderVersion = version20
	h.Extra = withoutZip64(h.Extra)
	h.CRC32 = crc32.ChecksumIEEE(data)
	h.CompressedSize64 = uint64(r.buf.Len())
	h.UncompressedSize64 = uint64(len(data))
	to, err := r.zip.CreateRaw(&h)
	if err != nil {
		return err
	}
	_, err = to.Write(r.buf.Bytes())
	return err
}

// withoutZip64 returns extra fields without the one that repeats sizes, which
// the zip package writes itself where it is needed and which is wrong
// elsewhere.
func withoutZip64(extra []byte) []byte {
	var kept []byte
	for len(extra) >= extraHeader {
		size := extraHeader + int(binary.LittleEndian.Uint16(extra[2:]))
		if size > len(extra) {
			break
		}
		if binary.LittleEndian.Uint16(extra) != zip64Extra {
			kept = append(kept, extra[:size]...)
		}
		extra = extra[size:]
	}
	return append(kept, extra...)
}
