package sheetstest_test

import (
	"context"
	"fmt"
	"net/http"

	"google.golang.org/api/option"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/gsheets/sheetstest"
)

// A person types while a client of the API reads, without any network.
func Example() {
	server := sheetstest.New(sheetstest.Options{})
	id := server.Create("Plan")
	err := server.Edit(id, func(p *sheetstest.Person) { p.Set("Sheet1", 0, 0, "go-live") })
	if err != nil {
		fmt.Println(err)
		return
	}
	service, err := sheets.NewService(context.Background(), option.WithHTTPClient(&http.Client{Transport: server.Transport()}))
	if err != nil {
		fmt.Println(err)
		return
	}
	values, err := service.Spreadsheets.Values.Get(id, "Sheet1!A1:B2").Do()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(values.Range, values.Values)
	// Output: Sheet1!A1:B2 [[go-live]]
}
