package sheetstest

import "fmt"

// Keep returns a function by which the spreadsheet is again what it is now, as
// from the version history of the program. It may be called any number of
// times.
func (s *Server) Keep(id string) (restore func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.files[id]
	if d == nil {
		return nil, fmt.Errorf("no spreadsheet %q", id)
	}
	kept := d.clone()
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		again := kept.clone()
		if now := s.files[id]; now != nil {
			// An id that the server has chosen is never chosen again.
			again.ids = max(again.ids, now.ids)
		}
		again.modified = s.now()
		s.files[id] = again
	}, nil
}
