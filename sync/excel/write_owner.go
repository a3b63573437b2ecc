package excel

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"steerco/sync/workbook"
)

// checkOwners fails with ErrBusy, naming the person, when a spreadsheet program
// has the file open, by the files that Excel and LibreOffice lay beside it.
func checkOwners(path string) error {
	folder, name := filepath.Split(path)
	for _, o := range []struct {
		file, program string
		person        func([]byte) string
	}{
		{"~$" + name, "Excel", excelOwner},
		{".~lock." + name + "#", "LibreOffice", officeOwner},
	} {
		b, err := readOwner(filepath.Join(folder, o.file))
		if err != nil {
			continue
		}
		by := ""
		if person := o.person(b); person != "" {
			by = fmt.Sprintf(" by %q", person)
		}
		return &workbook.Error{
			Workbook: name, Err: fmt.Errorf("%w: in %s%s", workbook.ErrBusy, o.program, by),
			Fix: fmt.Sprintf("close it there; if nobody has it open, remove the file %q", o.file),
		}
	}
	return nil
}

// mostOwner is how much of an owner file is read.
const mostOwner = 4096

// readOwner returns an owner file. One that is there but can't be read, since
// the program holds it, is empty.
func readOwner(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil, os.ErrNotExist
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, nil
	}
	return b[:min(len(b), mostOwner)], nil
}

// What an owner file of Excel holds: the length of the name and the name in
// the language's own characters, padded with blanks; then the same in UTF-16.
const (
	ownerShort = 54
	ownerWide  = ownerShort + 1
)

func excelOwner(b []byte) string {
	if len(b) > ownerWide+2 {
		n := int(binary.LittleEndian.Uint16(b[ownerWide:]))
		if text := b[ownerWide+2:]; n > 0 && 2*n <= len(text) {
			units := make([]uint16, n)
			for i := range units {
				units[i] = binary.LittleEndian.Uint16(text[2*i:])
			}
			return printable(string(utf16.Decode(units)))
		}
	}
	if len(b) > 1 {
		return printable(string(b[1:min(len(b), 1+int(b[0]))]))
	}
	return ""
}

// officeOwner reads the owner file of LibreOffice: the user's name there, the
// account, the machine, the time, the profile, with commas between them.
func officeOwner(b []byte) string {
	fields := strings.Split(string(b), ",")
	for _, f := range fields[:min(len(fields), 2)] {
		if name := printable(f); name != "" {
			return name
		}
	}
	return ""
}

func printable(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}
