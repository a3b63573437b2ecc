package gsheets

import (
	"context"

	"google.golang.org/api/option"
	"google.golang.org/api/sheets/v4"
)

// client calls the API for one spreadsheet. Its errors are *workbook.Error,
// made by fault: workbook.ErrUnavailable where another try may help.
type client struct {
	id      string
	options Options
	service *sheets.Service
}

func newClient(ctx context.Context, id string, o Options) (*client, error) {
	options := []option.ClientOption{option.WithHTTPClient(o.Client)}
	if o.Endpoint != "" {
		options = append(options, option.WithEndpoint(o.Endpoint))
	}
	service, err := sheets.NewService(ctx, options...)
	if err != nil {
		return nil, err
	}
	return &client{id: id, options: o, service: service}, nil
}

// get reads the fields of a mask. Without ranges of which to read the cells it
// reads what the mask names of all sheets.
func (c *client) get(ctx context.Context, mask string, ranges ...string) (*sheets.Spreadsheet, error) {
	if err := c.options.Quota.Read(ctx); err != nil {
		return nil, err
	}
	s, err := c.service.Spreadsheets.Get(c.id).Fields(fields(mask)...).Ranges(ranges...).Context(ctx).Do()
	return s, c.fault(err)
}

// write sends one batch. The reply holds the spreadsheet afterwards, with the
// fields of a mask. errInDoubt is among the errors where the batch may have
// taken effect nevertheless.
func (c *client) write(ctx context.Context, requests []*sheets.Request, mask string) (*sheets.BatchUpdateSpreadsheetResponse, error) {
	if err := c.options.Quota.Write(ctx); err != nil {
		return nil, err
	}
	r, err := c.service.Spreadsheets.BatchUpdate(c.id, &sheets.BatchUpdateSpreadsheetRequest{
		Requests: requests, IncludeSpreadsheetInResponse: true, ResponseIncludeGridData: true,
	}).Fields(fields("replies,updatedSpreadsheet(" + mask + ")")...).Context(ctx).Do()
	return r, c.fault(err)
}
