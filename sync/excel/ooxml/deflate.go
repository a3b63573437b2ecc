package ooxml

import (
	"bytes"
	"compress/flate"
	"errors"
	"runtime"
	"sync"
)

// A long content is deflated in pieces, so that several cores share the work.
// Where it is cut doesn't depend on how many cores there are.
const (
	pieceSize = 2 << 20
	// window is how far back deflate refers.
	window = 32 << 10
)

// deflater compresses one content after the other.
type deflater struct {
	// short is the writer for contents of one piece.
	short *flate.Writer
}

// deflate compresses content. The pieces it returns, one after the other, are
// one stream.
func (d *deflater) deflate(content []byte) ([][]byte, error) {
	n := (len(content) + pieceSize - 1) / pieceSize
	if n <= 1 {
		out, err := d.deflateShort(content)
		return [][]byte{out}, err
	}
	size := (len(content) + n - 1) / n
	pieces, errs := make([][]byte, n), make([]error, n)
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			free <- struct{}{}
			pieces[i], errs[i] = deflatePiece(content, i*size, min((i+1)*size, len(content)))
			<-free
		})
	}
	all.Wait()
	return pieces, errors.Join(errs...)
}

// deflateShort compresses a content at once.
func (d *deflater) deflateShort(content []byte) ([]byte, error) {
	var out bytes.Buffer
	if d.short == nil {
		w, err := flate.NewWriter(&out, level)
		if err != nil {
			return nil, err
		}
		d.short = w
	}
	d.short.Reset(&out)
	if _, err := d.short.Write(content); err != nil {
		return nil, err
	}
	err := d.short.Close()
	return out.Bytes(), err
}

// deflatePiece compresses what lies from start to end, knowing what stands
// before. Only the last piece ends the stream.
func deflatePiece(content []byte, start, end int) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriterDict(&out, level, content[max(0, start-window):start])
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content[start:end]); err != nil {
		return nil, err
	}
	if end < len(content) {
		err = w.Flush()
	} else {
		err = w.Close()
	}
	return out.Bytes(), err
}
