package render

import (
	"strings"
	"testing"

	"electroscope/doctor"
)

func TestWriteFixed(t *testing.T) {
	for want, f := range map[string]Fixed{
		"x: nothing to do\n  now  ok: as wanted\n": {Check: "x", Result: NothingToDo, State: doctor.OK, Found: "as wanted"},
		"x: changed\n  files   /a /b\n  now     warn: k=1\n  then    log in anew\n  backup  /s/x\n  undo    electroscope doctor --undo x\n": {
			Check: "x", Result: Changed, State: doctor.Warn, Found: "k=1", Files: []string{"/a", "/b"}, Then: "log in anew", Backup: "/s/x",
		},
		"x: not changed\n":                                 {Check: "x", Result: NotChanged, State: doctor.Warn, Found: "k=1", Then: "log in anew", Reason: "said on stderr"},
		"x: kept\n  backup  /s/x\n":                        {Check: "x", Result: Kept, Then: "log in anew", Backup: "/s/x", Reason: "said on stderr"},
		"x: restored\n  files  /a\n  then   log in anew\n": {Check: "x", Result: Restored, Files: []string{"/a"}, Then: "log in anew"},
	} {
		var b strings.Builder
		w := NewWriter(&b, func(string) string { return "" })
		if WriteFixed(w, f); b.String() != want {
			t.Errorf("%+v:\n%swant:\n%s", f, b.String(), want)
		}
	}
}
