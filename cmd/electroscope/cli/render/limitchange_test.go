package render

import (
	"strings"
	"testing"

	"electroscope/launcher/limit"
	"electroscope/monitor/control"
)

func TestLimitChanges(t *testing.T) {
	most, _ := limit.ByName("MemoryMax")
	quota, _ := limit.ByName("CPUQuota")
	var b strings.Builder
	LimitChanges(NewWriter(&b, func(string) string { return "" }), []LimitChange{
		{App: "discord", Launch: "4711", Change: control.Change{Limit: most, Before: "3G", After: "4G"}},
		{App: "pair", Launch: "all", Change: control.Change{Limit: quota, After: "50%"}},
	})
	const want = `APP      PID   LIMIT      BEFORE      NOW
discord  4711  MemoryMax  3G      ->  4G
pair     all   CPUQuota   -       ->  50%
`
	if b.String() != want {
		t.Errorf("it prints:\n%s", b.String())
	}
	b.Reset()
	if LimitChanges(NewWriter(&b, func(string) string { return "" }), nil); b.String() != "" {
		t.Errorf("of nothing: %q", b.String())
	}
}
