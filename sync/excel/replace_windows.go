package excel

import (
	"errors"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

func hasSeveralNames(t target) bool {
	f, err := os.Open(t.path)
	if err != nil {
		return false
	}
	defer f.Close()
	var info windows.ByHandleFileInformation
	err = windows.GetFileInformationByHandle(windows.Handle(f.Fd()), &info)
	return err == nil && info.NumberOfLinks > 1
}

// keepProperties does nothing: swapFiles keeps attributes and access lists.
func keepProperties(target, string) (lost string) { return "" }

// swapFiles replaces a file by another one; the result has the attributes,
// access list and streams of the replaced one.
func swapFiles(from, to string) error {
	replaced, err := windows.UTF16PtrFromString(to)
	if err != nil {
		return err
	}
	replacement, err := windows.UTF16PtrFromString(from)
	if err != nil {
		return err
	}
	call := windows.NewLazySystemDLL("kernel32.dll").NewProc("ReplaceFileW")
	done, _, err := call.Call(uintptr(unsafe.Pointer(replaced)), uintptr(unsafe.Pointer(replacement)), 0, 0, 0, 0)
	if done == 0 {
		return &os.LinkError{Op: "replace", Old: from, New: to, Err: err}
	}
	return nil
}

func isDiskFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

func isReadOnlyDisk(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }

// isInUse reports whether another program has the file open.
func isInUse(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) ||
		errors.Is(err, windows.ERROR_UNABLE_TO_REMOVE_REPLACED)
}

// mayWriteIn knows nothing against any folder: here only writing tells.
func mayWriteIn(string) error { return nil }
