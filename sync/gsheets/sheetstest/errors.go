package sheetstest

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"

	"steerco/sync/gsheets/sheetstest/discovery"
)

// failure is an error as the API answers it.
type failure struct {
	// code is the HTTP status, status the API's name for it; empty: Drive's
	// errors have none.
	code            int
	status, message string
	// details are those of the API's error model; reason is that of its older
	// one, found by code when empty; list are its errors, made of message and
	// reason when nil.
	details []any
	reason  string
	list    []any
	// bare means that a batch doesn't put the request's name in front.
	bare bool
}

func (f *failure) Error() string { return f.message }

// refuse returns the error for a request that makes no sense: 400. In a batch
// the message gets the request's name in front.
func refuse(format string, values ...any) error {
	return &failure{code: http.StatusBadRequest, status: "INVALID_ARGUMENT", message: fmt.Sprintf(format, values...)}
}

// refuseBare is as refuse, without the request's name in front.
func refuseBare(format string, values ...any) error {
	return &failure{code: http.StatusBadRequest, status: "INVALID_ARGUMENT", message: fmt.Sprintf(format, values...), bare: true}
}

// unknown returns the stand-in's own loud error for what it can't answer as
// Google would: 501.
func unknown(format string, values ...any) error {
	return &failure{
		code: http.StatusNotImplemented, status: "UNIMPLEMENTED", reason: "notImplemented", bare: true,
		message: "the stand-in does not know " + fmt.Sprintf(format, values...),
	}
}

// internal returns the error that the API answers where it breaks: 500.
func internal() error {
	return &failure{code: http.StatusInternalServerError, status: "INTERNAL", message: "Internal error encountered."}
}

// denied returns the error for an account with which a file isn't shared, or
// not for what it wants.
func denied() error {
	return &failure{code: http.StatusForbidden, status: "PERMISSION_DENIED", message: "The caller does not have permission"}
}

// notFound returns the error for a spreadsheet, or a part of one, that isn't
// there.
func notFound() error {
	return &failure{code: http.StatusNotFound, status: "NOT_FOUND", message: "Requested entity was not found."}
}

// office returns the error for a workbook that was uploaded and never made a
// spreadsheet.
func office() error {
	return &failure{
		code: http.StatusBadRequest, status: "FAILED_PRECONDITION", reason: "failedPrecondition",
		message: "This operation is not supported for this document. The document must not be an Office file.",
	}
}

// violated returns the error for a body that isn't what the API describes.
func violated(all []discovery.Violation) error {
	f := &failure{code: http.StatusBadRequest, status: "INVALID_ARGUMENT", bare: true}
	var fields []any
	for _, v := range all {
		if f.message != "" {
			f.message += "\n"
		}
		f.message += v.Text
		field := object{"description": v.Text}
		if v.Field != "" {
			field["field"] = v.Field
		}
		fields = append(fields, field)
	}
	f.details = badRequest(fields)
	return f
}

func badRequest(fields []any) []any {
	return []any{object{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": fields}}
}

// badFields returns the error for a mask that names a field that isn't there.
func badFields(path string) error {
	return &failure{
		code: http.StatusBadRequest, status: "INVALID_ARGUMENT", message: "Request contains an invalid argument.",
		details: badRequest([]any{object{
			"field": path, "description": "Error expanding 'fields' parameter. Cannot find matching fields for path '" + path + "'.",
		}}),
	}
}

// noFile returns Drive's error for a file that isn't there, or not for the
// account that asks.
func noFile(id string) error {
	message := "File not found: " + id + "."
	return &failure{code: http.StatusNotFound, message: message, list: []any{object{
		"message": message, "domain": "global", "reason": "notFound", "location": "fileId", "locationType": "parameter",
	}}}
}

// failed returns an error as a failure. One that isn't, is a fault of the
// stand-in's own.
func failed(err error) *failure {
	var f *failure
	if !errors.As(err, &f) {
		f = &failure{code: http.StatusInternalServerError, status: "INTERNAL", message: "the stand-in failed: " + err.Error()}
	}
	return f
}

// reasons are those of the older error model by HTTP status.
func reasons(code int) string {
	switch code {
	case http.StatusUnauthorized:
		return "authError"
	case http.StatusForbidden:
		return "forbidden"
	case http.StatusNotFound:
		return "notFound"
	case http.StatusTooManyRequests:
		return "rateLimitExceeded"
	case http.StatusInternalServerError, http.StatusServiceUnavailable:
		return "backendError"
	}
	return "badRequest"
}

// body returns the failure as an answer. The older list of errors is in it
// where the caller asked for JSON by name, and always in Drive's.
func (f *failure) body(alt bool) object {
	e := object{"code": float64(f.code), "message": f.message}
	if f.status != "" {
		e["status"] = f.status
	}
	if f.details != nil {
		e["details"] = f.details
	}
	switch {
	case f.list != nil:
		e["errors"] = f.list
	case alt || f.status == "":
		e["errors"] = []any{object{"message": f.message, "domain": "global", "reason": cmp.Or(f.reason, reasons(f.code))}}
	}
	return object{"error": e}
}
