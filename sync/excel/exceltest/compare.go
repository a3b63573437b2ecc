package exceltest

import (
	"bytes"
	"fmt"
)

// Difference is how a written workbook differs from its source.
type Difference struct {
	// Patched are the parts that both have and that differ, in the source's
	// order; Added those that only the written one has, Dropped those that
	// only the source has.
	Patched        []Patch
	Added, Dropped []*Entry
	// Faults are what must not be, a line each.
	Faults []string
}

// Patch is a part that was patched.
type Patch struct {
	Source, Written *Entry
	Insertions      []Insertion
}

// Compare returns how written differs from source. Its faults are: an entry
// that neither is untouched, header and stored bytes, nor consists of its
// source and insertions; another order; a new entry without sizes in its local
// header or with a wrong checksum.
func Compare(source, written *Archive) Difference {
	var d Difference
	rest := written.Entries
	for i := range source.Entries {
		s := &source.Entries[i]
		at := position(rest, s.Name)
		if at < 0 {
			d.Dropped = append(d.Dropped, s)
			continue
		}
		for j := range rest[:at] {
			d.fault("%s: stands before %s, among the source's entries", rest[j].Name, s.Name)
		}
		d.compare(s, &rest[at])
		rest = rest[at+1:]
	}
	for i := range rest {
		d.add(&rest[i], source)
	}
	if !bytes.Equal(source.Comment, written.Comment) {
		d.fault("the archive's comment was %q, is %q", source.Comment, written.Comment)
	}
	return d
}

func (d *Difference) fault(format string, args ...any) {
	d.Faults = append(d.Faults, fmt.Sprintf(format, args...))
}

func position(entries []Entry, name string) int {
	for i := range entries {
		if entries[i].Name == name {
			return i
		}
	}
	return -1
}

func (d *Difference) compare(s, w *Entry) {
	if bytes.Equal(s.Content, w.Content) && bytes.Equal(s.Raw, w.Raw) {
		d.headers(s, w)
		return
	}
	if bytes.Equal(s.Content, w.Content) {
		d.fault("%s: the content is the same, but it was compressed anew", s.Name)
		return
	}
	if !w.IsSound() {
		d.fault("%s: size or checksum is wrong", w.Name)
	}
	in, err := Insertions(s.Content, w.Content)
	if err != nil {
		d.fault("%s: is not its source and insertions: %v", s.Name, err)
	}
	d.Patched = append(d.Patched, Patch{Source: s, Written: w, Insertions: in})
}

// headers compares the headers of an entry whose bytes are untouched.
func (d *Difference) headers(s, w *Entry) {
	if !bytes.Equal(s.Central, w.Central) {
		d.fault("%s: its record in the directory was %x, is %x", s.Name, s.Central, w.Central)
	}
	if !bytes.Equal(s.Local, w.Local) {
		d.fault("%s: its local header was %x, is %x", s.Name, s.Local, w.Local)
	}
	if !bytes.Equal(s.Descriptor, w.Descriptor) {
		d.fault("%s: the record behind it was %x, is %x", s.Name, s.Descriptor, w.Descriptor)
	}
}

func (d *Difference) add(w *Entry, source *Archive) {
	d.Added = append(d.Added, w)
	switch {
	case source.Part(w.Name) != nil:
		d.fault("%s: is new, although the source has a part of that name", w.Name)
	case w.IsStreamed():
		d.fault("%s: is new, and its local header doesn't tell its size", w.Name)
	case !w.IsSound():
		d.fault("%s: size or checksum is wrong", w.Name)
	}
}
