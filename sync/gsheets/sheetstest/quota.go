package sheetstest

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// usage is what is counted together: the reading or writing calls of an
// account.
type usage struct {
	account string
	write   bool
}

// spent is how many calls there were in a minute.
type spent struct {
	minute time.Time
	calls  int
}

// spend counts a call of the Sheets API, or refuses it.
func (s *Server) spend(c *call) error {
	limit := s.options.Quota.Reads
	if c.Write {
		limit = s.options.Quota.Writes
	}
	if limit == 0 || c.drive() {
		return nil
	}
	u, minute := usage{account: c.Account, write: c.Write}, c.At.Truncate(time.Minute)
	used := s.used[u]
	if !used.minute.Equal(minute) {
		used = spent{minute: minute}
	}
	if used.calls >= limit {
		return c.overQuota()
	}
	used.calls++
	s.used[u] = used
	return nil
}

// overQuota returns the error for a call that is one too many in its minute.
func (c *call) overQuota() *failure {
	metric, kind := "Read requests", "Read"
	if c.Write {
		metric, kind = "Write requests", "Write"
	}
	return &failure{
		code: http.StatusTooManyRequests, status: "RESOURCE_EXHAUSTED",
		message: fmt.Sprintf("Quota exceeded for quota metric '%s' and limit '%s per minute per user' of service 'sheets.googleapis.com' for consumer 'project_number:123456789012'.", metric, metric),
		details: []any{object{
			"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis.com",
			"metadata": object{
				"consumer": "projects/123456789012", "service": "sheets.googleapis.com",
				"quota_limit":  kind + "RequestsPerMinutePerUser",
				"quota_metric": "sheets.googleapis.com/" + strings.ToLower(kind) + "_requests",
			},
		}},
	}
}
