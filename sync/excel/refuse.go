package excel

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// Why a workbook that is whole is refused all the same.
var (
	errBinary = errors.New("it is a binary workbook (.xlsb)")
	errOther  = errors.New("it is an Office document, but not a workbook")
	errLocked = errors.New("its structure is protected, so that no sheet can be added")
	errSigned = errors.New("it carries a digital signature, which any change makes void")
	errShared = errors.New("it is a shared workbook with a log of revisions")
	errParted = errors.New("the content of a sheet is not in the file")
)

// saveAs is the mend of most files that can't be read.
const saveAs = "open it in a spreadsheet program and save it as .xlsx"

// fixes are the mends of what can't be read.
var fixes = []struct {
	err error
	fix string
}{
	{ooxml.ErrEmpty, "take the last version that has content"},
	{ooxml.ErrEncrypted, "open it in Excel and remove the password (File, Info, Protect Workbook)"},
	{ooxml.ErrLegacy, saveAs},
	{ooxml.ErrTruncated, "copy it again from where it came; it may still have been written"},
	{ooxml.ErrNotZip, saveAs},
	{ooxml.ErrNotPackage, saveAs},
	{ooxml.ErrDuplicate, saveAs},
	{ooxml.ErrLimit, "remove from it what the plan does not need"},
	{ooxml.ErrEncoding, saveAs},
	{ooxml.ErrDoctype, "find out who made it; no spreadsheet program writes this"},
	{ooxml.ErrDamaged, "open it in a spreadsheet program, let it repair the file, and save it"},
	{errBinary, saveAs},
	{errOther, "name a workbook (.xlsx, .xlsm, .xltx)"},
	{errLocked, "lift the protection (Review, Protect Workbook), in a copy if it has to stay"},
	{errSigned, "remove the signature (File, Info, View Signatures), in a copy if it has to stay"},
	{errParted, "open it in a spreadsheet program, let it repair the file, and save it"},
	{errShared, "stop sharing it (Review, Share Workbook (Legacy)), in a copy if it has to stay"},
}

// refusal returns err as an error of the workbook with its mend. What isn't
// damaged but of a wrong kind wraps workbook.ErrRefused.
func refusal(name string, data []byte, err error) error {
	e := &workbook.Error{Workbook: name, Err: fmt.Errorf("%w: %w", workbook.ErrRefused, err)}
	if errors.Is(err, ooxml.ErrNotZip) && looksLikeText(data) {
		e.Err = fmt.Errorf("%w: it is a text file, such as .csv, and not a workbook", workbook.ErrRefused)
	}
	for _, f := range fixes {
		if errors.Is(err, f.err) {
			e.Fix = f.fix
			break
		}
	}
	return e
}

// looksLikeText reports whether the beginning of a file has no control
// characters but those of text.
func looksLikeText(data []byte) bool {
	head := data[:min(len(data), 1000)]
	return !bytes.ContainsFunc(head, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\r' && r != '\t'
	})
}

// checkContentType tells a workbook from other documents by the content type
// of the main part.
func checkContentType(t string) error {
	switch {
	case strings.Contains(t, "ms-excel.sheet.binary"):
		return errBinary
	case strings.Contains(t, "wordprocessingml"), strings.Contains(t, "presentationml"),
		strings.Contains(t, "ms-word"), strings.Contains(t, "ms-powerpoint"):
		return fmt.Errorf("%w (%s)", errOther, t)
	}
	return nil
}

// refuseWrite returns why a workbook that can be read must not be written to:
// its structure is locked, it is signed, it is shared in the old manner, or the
// content of a sheet is missing; nil when it may be. Workbooks that can't even be read (encrypted, parts in
// UTF-16, .xls, .xlsb, text, cut off, empty) are refused by openDocument.
func refuseWrite(d *document) error {
	if err := d.unwritable(); err != nil {
		return refusal(d.name, nil, err)
	}
	return nil
}

// unwritable returns what forbids writing; nil when nothing does.
func (d *document) unwritable() error {
	switch {
	case d.lockStructure:
		return errLocked
	case d.pkg.Signed():
		return errSigned
	case d.isShared():
		return errShared
	}
	for _, e := range d.sheets {
		if e.part == "" {
			return fmt.Errorf("%w: %q", errParted, e.name)
		}
	}
	return nil
}
