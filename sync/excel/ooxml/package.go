// Package ooxml is the container of an Office Open XML file: a zip of named
// parts with content types and relationships, and a scanner that finds tags
// and their places in the XML of a part. It inflates parts within limits and
// rewrites a package so that all that isn't replaced stays as it was, byte for
// byte. It knows nothing of spreadsheets.
package ooxml

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Limits bound what a file may cost its reader. Zero fields stand for the
// defaults.
type Limits struct {
	// Inflated is the most bytes that all entries together may inflate to.
	// Default: 512 MB.
	Inflated int64
	// Entries is the most entries. Default: 10,000.
	Entries int
	// Ratio is how many times its compressed size an entry may inflate to when
	// it is larger than RatioAbove. Default: 1,000.
	Ratio int64
	// RatioAbove is the inflated size in bytes up to which the ratio doesn't
	// matter. Default: 50 MB.
	RatioAbove int64
	// Depth is how deep the elements of a part may be nested. Default: 64.
	Depth int
}

// The defaults of Limits.
const (
	defaultInflated   = 512 << 20
	defaultEntries    = 10_000
	defaultRatio      = 1_000
	defaultRatioAbove = 50 << 20
	defaultDepth      = 64
)

func (l Limits) orDefaults() Limits {
	if l.Inflated == 0 {
		l.Inflated = defaultInflated
	}
	if l.Entries == 0 {
		l.Entries = defaultEntries
	}
	if l.Ratio == 0 {
		l.Ratio = defaultRatio
	}
	if l.RatioAbove == 0 {
		l.RatioAbove = defaultRatioAbove
	}
	if l.Depth == 0 {
		l.Depth = defaultDepth
	}
	return l
}

// Package is an opened file. It isn't changed after Open and may be used from
// several goroutines.
type Package struct {
	limits Limits
	data   []byte
	zip    *zip.Reader
	// files are the entries in their order, directories included; index has
	// the parts among them by folded name.
	files []*zip.File
	index map[string]int
	types contentTypes
}

// Open reads the directory of a file. The package refers to data, which must
// not be changed afterwards. Entries that nobody asks for may be damaged.
func Open(data []byte, l Limits) (*Package, error) {
	p := &Package{limits: l.orDefaults(), data: data}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if errors.Is(err, zip.ErrFormat) {
		return nil, notZip(data)
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	p.zip, p.files = z, z.File
	if err := p.checkLimits(int64(len(data))); err != nil {
		return nil, err
	}
	if err := p.makeIndex(); err != nil {
		return nil, err
	}
	if p.types, err = p.readContentTypes(); err != nil {
		return nil, err
	}
	return p, nil
}

// checkLimits holds what the headers say against the limits; Part sees to it
// that the headers are true.
func (p *Package) checkLimits(size int64) error {
	if len(p.files) > p.limits.Entries {
		return fmt.Errorf("%w: it has %d entries, and %d are allowed", ErrLimit, len(p.files), p.limits.Entries)
	}
	var inflated, compressed uint64
	for _, f := range p.files {
		inflated += min(f.UncompressedSize64, 1<<50)
		compressed += min(f.CompressedSize64, 1<<50)
		if f.UncompressedSize64 > uint64(p.limits.RatioAbove) &&
			f.UncompressedSize64/uint64(p.limits.Ratio) > f.CompressedSize64 {
			return fmt.Errorf("%w: %q inflates to more than %d times its size", ErrLimit, f.Name, p.limits.Ratio)
		}
	}
	if inflated > uint64(p.limits.Inflated) {
		return fmt.Errorf("%w: it inflates to %d MB, and %d MB are allowed", ErrLimit, inflated>>20, p.limits.Inflated>>20)
	}
	if compressed > uint64(size) {
		return fmt.Errorf("%w: its entries overlap", ErrDamaged)
	}
	return nil
}

func (p *Package) makeIndex() error {
	p.index = make(map[string]int, len(p.files))
	for i, f := range p.files {
		name := partName(f.Name)
		if isDirectory(name) {
			if f.UncompressedSize64 > 0 {
				return fmt.Errorf("%w: the folder %q has content", ErrDamaged, f.Name)
			}
			continue
		}
		key := fold(name)
		if _, twice := p.index[key]; twice {
			return fmt.Errorf("%w: %q", ErrDuplicate, name)
		}
		p.index[key] = i
	}
	return nil
}

// partName returns the name of the part that an entry holds. Some programs
// write the separators of their own system.
func partName(entry string) string {
	return strings.TrimPrefix(strings.ReplaceAll(entry, `\`, "/"), "/")
}

func isDirectory(name string) bool { return name == "" || strings.HasSuffix(name, "/") }

// fold makes equal what names the same part: names compare without regard to
// the case of ASCII letters, and may begin with a slash.
func fold(name string) string {
	return strings.ToLower(strings.TrimPrefix(name, "/"))
}

// Names returns the names of the parts in the order of the file, without
// leading slash. Directory entries aren't parts.
func (p *Package) Names() []string {
	names := make([]string, 0, len(p.index))
	for _, f := range p.files {
		if name := partName(f.Name); !isDirectory(name) {
			names = append(names, name)
		}
	}
	return names
}

// Has reports whether there is a part of a name. Here and elsewhere names
// compare without regard to case, and a leading slash doesn't matter.
func (p *Package) Has(name string) bool {
	_, ok := p.index[fold(name)]
	return ok
}

// Size returns the inflated size of a part in bytes as its header tells it; 0
// when there is none.
func (p *Package) Size(name string) int64 {
	if i, ok := p.index[fold(name)]; ok {
		return int64(p.files[i].UncompressedSize64)
	}
	return 0
}

// CRC returns the checksum of a part's content as its header tells it; ok is
// false when there is no such part.
func (p *Package) CRC(name string) (sum uint32, ok bool) {
	i, ok := p.index[fold(name)]
	if !ok {
		return 0, false
	}
	return p.files[i].CRC32, true
}

// mostRatio is more than deflate can reach.
const mostRatio = 1100

// Part inflates a part, anew with each call, and checks it against the size
// and checksum in its header. The result is the caller's.
func (p *Package) Part(name string) ([]byte, error) {
	i, ok := p.index[fold(name)]
	if !ok {
		return nil, fmt.Errorf("part %q: %w", name, ErrNoPart)
	}
	data, err := inflate(p.files[i])
	if err != nil {
		return nil, fmt.Errorf("part %q: %w", name, err)
	}
	return data, nil
}

func inflate(f *zip.File) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, ErrEncrypted
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer r.Close()
	// The size is the header's word: what deflate can't reach isn't allocated
	// for it. The zip package stops at the size it tells.
	size := min(f.UncompressedSize64, f.CompressedSize64*mostRatio)
	buf := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	if _, err := buf.ReadFrom(r); err != nil {
		return nil, fmt.Errorf("%w: its content can't be unpacked", ErrDamaged)
	}
	return buf.Bytes(), nil
}

// Signed reports whether the package carries a digital signature, which any
// change makes void.
func (p *Package) Signed() bool {
	return slices.ContainsFunc(p.Names(), func(name string) bool {
		return strings.HasPrefix(fold(name), "_xmlsignatures/")
	})
}
