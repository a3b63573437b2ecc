package ooxml

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"
)

// contentTypesName is the part that lists the content types.
const contentTypesName = "[Content_Types].xml"

type contentTypes struct {
	// overrides are by folded part name, defaults by folded extension.
	overrides, defaults map[string]string
}

func (p *Package) readContentTypes() (contentTypes, error) {
	t := contentTypes{overrides: map[string]string{}, defaults: map[string]string{}}
	if !p.Has(contentTypesName) {
		return t, fmt.Errorf("%w: it has no %s", ErrNotPackage, contentTypesName)
	}
	s, err := p.Scan(contentTypesName)
	if err != nil {
		return t, err
	}
	for s.Next() {
		if s.Kind() == CloseTag {
			continue
		}
		switch string(s.Local()) {
		case "Default":
			t.defaults[strings.ToLower(s.Value("Extension"))] = s.Value("ContentType")
		case "Override":
			t.overrides[fold(s.Value("PartName"))] = s.Value("ContentType")
		}
	}
	if err := s.Err(); err != nil {
		return t, fmt.Errorf("part %q: %w", contentTypesName, err)
	}
	return t, nil
}

// ContentType returns the content type of a part: its own, else that of its
// extension; empty when none is told.
func (p *Package) ContentType(name string) string {
	if t, ok := p.types.overrides[fold(name)]; ok {
		return t
	}
	return p.types.defaults[strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))]
}

// Relationship leads from a part to another, or out of the package.
type Relationship struct {
	ID string
	// Type is the URI of its meaning; Kind is the last piece of it.
	Type string
	// Target is the name of the part it leads to, resolved and as the package
	// spells it; for an external one it is the address as it stands.
	Target   string
	External bool
}

// Kind returns the last piece of the type, which is the same in the
// transitional and in the strict variant: "worksheet".
func (r Relationship) Kind() string { return path.Base(r.Type) }

// RelationshipsPart returns the name of the part that holds the relationships
// of a part; those of the package itself for the empty name.
func RelationshipsPart(name string) string {
	folder, file := path.Split(strings.TrimPrefix(name, "/"))
	return folder + "_rels/" + file + ".rels"
}

// Relationships returns the relationships of a part, in their order; those of
// the package itself for the empty name. A part without any has none.
func (p *Package) Relationships(name string) ([]Relationship, error) {
	from := RelationshipsPart(name)
	s, err := p.Scan(from)
	if errors.Is(err, ErrNoPart) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []Relationship
	for s.Next() {
		if s.Kind() == CloseTag || string(s.Local()) != "Relationship" {
			continue
		}
		r := Relationship{ID: s.Value("Id"), Type: s.Value("Type"), Target: s.Value("Target")}
		r.External = s.Value("TargetMode") == "External"
		if !r.External {
			r.Target = p.resolve(name, r.Target)
		}
		all = append(all, r)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("part %q: %w", from, err)
	}
	return all, nil
}

// resolve returns the name of the part to which a target leads from a part.
func (p *Package) resolve(from, target string) string {
	target, _, _ = strings.Cut(strings.ReplaceAll(target, `\`, "/"), "#")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", path.Dir(from), target)
	}
	name := strings.TrimPrefix(path.Clean(target), "/")
	if i, ok := p.index[fold(name)]; ok {
		return partName(p.files[i].Name)
	}
	if plain, err := url.PathUnescape(name); err == nil {
		if i, ok := p.index[fold(plain)]; ok {
			return partName(p.files[i].Name)
		}
	}
	return name
}

// Main returns the name of the part that the package is about: the target of
// its relationship "officeDocument".
func (p *Package) Main() (string, error) {
	all, err := p.Relationships("")
	if err != nil {
		return "", err
	}
	for _, r := range all {
		if r.Kind() == "officeDocument" && !r.External && p.Has(r.Target) {
			return r.Target, nil
		}
	}
	return "", fmt.Errorf("%w: no relationship leads to its content", ErrNotPackage)
}
