package excel

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
)

// journal tells how each patched part is undone.
type journal struct {
	// Parts are the patched parts, by name.
	Parts []journalPart `json:"parts,omitempty"`
	// Rest is the fingerprint of all that was neither patched nor added. While
	// it is the same, nothing of the team's can refer to what is ours.
	Rest string `json:"rest,omitempty"`
	// Added are parts that were added besides the tabs.
	Added []string `json:"added,omitempty"`
}

// journalPart is the way back for one part.
type journalPart struct {
	Name string `json:"name"`
	// Before and After are the hashes of the part as it was and as it was
	// left.
	Before string   `json:"before"`
	After  string   `json:"after"`
	Edits  []change `json:"edits"`
}

// change is one place where a part was patched: at this place of the patched
// part, so many bytes were inserted in the place of those replaced.
type change struct {
	At       int    `json:"at"`
	Inserted int    `json:"in"`
	Replaced []byte `json:"was,omitempty"`
}

// errForeign means that a part isn't as it was left, or that the journal, which
// people can edit, isn't as it was written.
var errForeign = errors.New("not as it was left")

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// find returns what is told about a part, or nil.
func (j journal) find(name string) *journalPart {
	i := slices.IndexFunc(j.Parts, func(p journalPart) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return &j.Parts[i]
}

// undo returns the part as it was before it was patched. It fails with
// errForeign unless every byte is as it was left, and comes out as it was.
func (p *journalPart) undo(data []byte) ([]byte, error) {
	if hash(data) != p.After {
		return nil, errForeign
	}
	out, err := undo(data, p.Edits)
	if err != nil {
		return nil, err
	}
	if hash(out) != p.Before {
		return nil, errForeign
	}
	return out, nil
}

// undo takes changes back.
func undo(data []byte, changes []change) ([]byte, error) {
	out := make([]byte, 0, len(data))
	at := 0
	for _, c := range changes {
		if c.At < at || c.Inserted < 0 || c.At > len(data) || c.Inserted > len(data)-c.At {
			return nil, errForeign
		}
		out = append(out, data[at:c.At]...)
		out = append(out, c.Replaced...)
		at = c.At + c.Inserted
	}
	return append(out, data[at:]...), nil
}
