package sheetstest

import (
	"fmt"
	"maps"
)

// Role is what an account may do with a file.
type Role string

// The roles, as Drive names them.
const (
	Owner  Role = "owner"
	Writer Role = "writer"
	Reader Role = "reader"
)

// Share lets an account into a file, as what role says; an empty role takes it
// out again. A file with which nobody was ever shared is everybody's to write.
func (s *Server) Share(id, account string, role Role) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.files[id]
	if d == nil {
		return fmt.Errorf("no spreadsheet %q", id)
	}
	shared := maps.Clone(d.shared)
	if shared == nil {
		shared = map[string]Role{}
	}
	shared[account] = role
	d.shared = shared
	return nil
}

// Office makes a file a workbook that was uploaded and never made a
// spreadsheet, or a spreadsheet again.
func (s *Server) Office(id string, is bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.files[id]
	if d == nil {
		return fmt.Errorf("no spreadsheet %q", id)
	}
	d.office = is
	return nil
}

// role is what an account may do; empty: nothing.
func (d *document) role(account string) Role {
	if d.shared == nil {
		return Owner
	}
	return d.shared[account]
}

// reach returns a spreadsheet for an account that reads or writes it.
func (s *Server) reach(id, account string, write bool) (*document, error) {
	d := s.files[id]
	switch {
	case d == nil:
		return nil, notFound()
	case d.role(account) == "", write && d.role(account) == Reader:
		return nil, denied()
	case d.office:
		return nil, office()
	}
	return d, nil
}
