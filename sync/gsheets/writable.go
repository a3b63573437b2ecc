package gsheets

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"

	"google.golang.org/api/googleapi"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// Writable returns why the account may not write the spreadsheet, with the
// errors of Apply; nil when it may. It takes one writing call and changes
// nothing: it asks to delete a named range that isn't there. Who may edit is
// told that it isn't there, everybody else that they may not; that was tried
// with the stand-in only. Protected cells are not looked at.
func (b *Backend) Writable(ctx context.Context) error {
	// Nobody has a named range by chance whose id is this long.
	nowhere := "steerco_nowhere_" + strings.ToLower(rand.Text())
	_, err := b.api.write(ctx, []*sheets.Request{{DeleteNamedRange: &sheets.DeleteNamedRangeRequest{NamedRangeId: nowhere}}}, "spreadsheetId")
	var answer *googleapi.Error
	if errors.As(err, &answer) && answer.Code == http.StatusBadRequest && !errors.Is(err, workbook.ErrRefused) {
		return nil
	}
	return err
}
