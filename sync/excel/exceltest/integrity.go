package exceltest

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
)

const relationsNS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

// Faults returns what doesn't fit together in a workbook, a line each: parts
// that can't be read, relationships that lead nowhere, numbers used twice,
// styles that aren't there. Real workbooks have such faults of their own; what
// counts is that a written one has no more than its source.
func Faults(a *Archive) []string {
	c := checker{archive: a, trees: map[string]*node{}}
	c.parse()
	c.contentTypes()
	c.relationships()
	c.workbook()
	c.styles()
	slices.Sort(c.faults)
	return slices.Compact(c.faults)
}

// NewFaults returns what Faults finds in written and not in source.
func NewFaults(source, written *Archive) []string {
	old := Faults(source)
	share(source, written)
	return slices.DeleteFunc(Faults(written), func(f string) bool { return slices.Contains(old, f) })
}

type checker struct {
	archive *Archive
	trees   map[string]*node
	faults  []string
}

func (c *checker) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

// once reports key the second time that it is seen.
func (c *checker) once(seen map[string]bool, what, key string) {
	key = strings.ToLower(key)
	if seen[key] {
		c.fault("%s is there twice: %s", what, key)
	}
	seen[key] = true
}

func (c *checker) parse() {
	names := map[string]bool{}
	for i := range c.archive.Entries {
		e := &c.archive.Entries[i]
		name := PartName(e.Name)
		c.once(names, "part", name)
		if !e.IsXML() {
			continue
		}
		tree, err := e.tree()
		if err != nil {
			c.fault("%s: %v", name, err)
			continue
		}
		c.trees[name] = tree
	}
}

func (c *checker) contentTypes() {
	types := c.trees["[Content_Types].xml"]
	if types == nil {
		c.fault("no content types")
		return
	}
	seen, typed := map[string]bool{}, map[string]bool{}
	for _, e := range types.elements() {
		name, isOverride := e.attr("", "PartName")
		extension, _ := e.attr("", "Extension")
		c.once(seen, "content type", e.name.Local+" "+name+extension)
		if isOverride && c.archive.Part(name) == nil {
			c.fault("content type of %s, which isn't there", name)
		}
		typed[strings.ToLower(name)], typed["."+strings.ToLower(extension)] = true, true
	}
	for i := range c.archive.Entries {
		name := strings.ToLower(PartName(c.archive.Entries[i].Name))
		if !typed["/"+name] && !typed[path.Ext(name)] && !strings.HasSuffix(name, "/") {
			c.fault("%s has no content type", name)
		}
	}
}

func (c *checker) relationships() {
	for name, tree := range c.trees {
		if !strings.HasSuffix(name, ".rels") {
			continue
		}
		ids := map[string]bool{}
		owner := ownerOf(name)
		if owner != "" && c.archive.Part(owner) == nil {
			c.fault("%s: the part that it belongs to isn't there", name)
		}
		for _, r := range tree.elements() {
			id, _ := r.attr("", "Id")
			c.once(ids, name+": id", id)
			c.target(name, r)
		}
	}
}

func (c *checker) target(name string, r *node) {
	if mode, _ := r.attr("", "TargetMode"); mode == "External" {
		return
	}
	target, _ := r.attr("", "Target")
	if resolved := resolve(ownerOf(name), target); c.archive.Part(resolved) == nil {
		c.fault("%s leads to %s, which isn't there", name, target)
	}
}

// ownerOf returns the part to which a part of relationships belongs; the
// package's own has none.
func ownerOf(rels string) string {
	dir, file := path.Split(rels)
	return path.Join(strings.TrimSuffix(dir, "_rels/"), strings.TrimSuffix(file, ".rels"))
}

func resolve(owner, target string) string {
	if u, err := url.PathUnescape(target); err == nil {
		target = u
	}
	target, _, _ = strings.Cut(target, "#")
	if strings.HasPrefix(target, "/") {
		return path.Clean(target[1:])
	}
	return path.Join(path.Dir(owner), target)
}

// related returns the names of the parts that a part's relationships of a kind
// (the last word of their type) lead to, by id.
func (c *checker) related(owner, kind string) map[string]string {
	dir, file := path.Split(owner)
	out := map[string]string{}
	rels := c.trees[dir+"_rels/"+file+".rels"]
	if rels == nil {
		return out
	}
	for _, r := range rels.elements() {
		id, _ := r.attr("", "Id")
		target, _ := r.attr("", "Target")
		typ, _ := r.attr("", "Type")
		if kind == "" || strings.HasSuffix(typ, "/"+kind) {
			out[id] = resolve(owner, target)
		}
	}
	return out
}

// main returns the name of the workbook part.
func (c *checker) main() string {
	for _, name := range c.related("", "officeDocument") {
		return name
	}
	return ""
}

func (c *checker) workbook() {
	name := c.main()
	tree := c.trees[name]
	if tree == nil {
		c.fault("no workbook part")
		return
	}
	all := c.related(name, "")
	titles, ids, relations, names := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	sheets := 0
	tree.each(func(n *node) {
		switch n.name.Local {
		case "sheet":
			sheets++
			title, _ := n.attr("", "name")
			id, _ := n.attr("", "sheetId")
			relation := n.relation()
			c.once(titles, "sheet", title)
			c.once(ids, "sheetId", id)
			c.once(relations, "sheet's relationship", relation)
			if c.trees[all[relation]] == nil {
				c.fault("sheet %q leads nowhere", title)
			}
			c.sheet(all[relation])
		case "definedName":
			defined, _ := n.attr("", "name")
			scope, _ := n.attr("", "localSheetId")
			c.once(names, "name", defined+" "+scope)
		}
	})
	tree.each(func(n *node) {
		c.below(n, "definedName", "localSheetId", sheets)
		c.below(n, "workbookView", "activeTab", sheets)
	})
}

// relation returns the r:id of an element, in the transitional namespace or
// the strict one.
func (n *node) relation() string {
	for _, a := range n.attrs {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// below reports an attribute that isn't less than limit.
func (c *checker) below(n *node, element, attr string, limit int) {
	if n.name.Local != element {
		return
	}
	text, ok := n.attr("", attr)
	if v, err := strconv.Atoi(text); ok && (err != nil || v >= limit) {
		c.fault("%s has %s %s, which isn't there", element, attr, text)
	}
}
