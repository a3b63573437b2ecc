package excel

import (
	"fmt"

	"steerco/sync/excel/ooxml"
)

// sharedTexts are the texts that cells refer to by number. They are read while
// the sheets are inflated.
type sharedTexts struct {
	list []string
	err  error
	done chan struct{}
}

// startTexts begins to read the shared texts of a workbook. Who starts it
// waits for done.
func startTexts(d *document) *sharedTexts {
	t := &sharedTexts{done: make(chan struct{})}
	go func() {
		defer close(t.done)
		t.list, t.err = readSharedStrings(d)
	}()
	return t
}

// loadTexts returns the shared texts, once they are read.
func (r *reader) loadTexts() ([]string, error) {
	if r.list != nil {
		return r.list, nil
	}
	if r.texts == nil {
		r.texts = startTexts(r.doc)
	}
	<-r.texts.done
	r.list = r.texts.list
	return r.list, r.texts.err
}

// readSharedStrings returns the texts that cells refer to by number; none for
// a workbook without the part. All of them lie in one piece of memory.
func readSharedStrings(d *document) ([]string, error) {
	if d.sharedStrings == "" {
		return nil, nil
	}
	s, err := d.pkg.Scan(d.sharedStrings)
	if err != nil {
		return nil, err
	}
	text := make([]byte, 0, d.pkg.Size(d.sharedStrings)/2)
	ends := make([]int, 0, d.pkg.Size(d.sharedStrings)/bytesPerText)
	for s.Next() {
		if s.Kind() == ooxml.CloseTag || string(s.Local()) != "si" {
			continue
		}
		text = appendRichText(text, s)
		ends = append(ends, len(text))
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("part %q: %w", d.sharedStrings, err)
	}
	return cut(string(text), ends), nil
}

// bytesPerText is about what a short shared text takes.
const bytesPerText = 32

func cut(text string, ends []int) []string {
	all := make([]string, len(ends))
	from := 0
	for i, end := range ends {
		all[i] = ooxml.DecodeX(text[from:end])
		from = end
	}
	return all
}

// appendRichText appends the text of the element (si, is) at whose opening tag
// the scanner stands, and moves to its end: that of its runs, without what
// tells their pronunciation.
func appendRichText(dst []byte, s *ooxml.Scanner) []byte {
	if s.Kind() != ooxml.OpenTag {
		return dst
	}
	depth := s.Depth()
	for {
		if t, ok := s.Leaf("<t>", "</t>"); ok {
			dst = append(dst, t...)
		}
		if !s.Next() {
			return dst
		}
		switch {
		case s.Kind() == ooxml.CloseTag:
			if s.Depth() == depth {
				return dst
			}
		case s.Kind() == ooxml.EmptyTag:
		case string(s.Local()) == "t":
			dst = s.AppendContent(dst)
		case string(s.Local()) != "r":
			s.Skip()
		}
	}
}
