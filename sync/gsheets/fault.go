package gsheets

import (
	"errors"

	"google.golang.org/api/googleapi"

	"steerco/sync/workbook"
)

// errInDoubt: the answer to a batch didn't come, or tells nothing; it may have
// taken effect.
var errInDoubt = errors.New("it is not known whether the spreadsheet was written")

// fault makes of an error of the API one that says what is wrong and what to
// do. It decides by code, status and reason: texts come in the language of the
// account.
func (c *client) fault(err error) error {
	if err == nil {
		return nil
	}
	return &workbook.Error{Workbook: c.id, Err: err}
}

func fields(mask string) []googleapi.Field { return []googleapi.Field{googleapi.Field(mask)} }
