package journal

import (
	"os"
	"strings"
	"testing"

	"electroscope/launcher/unitname"
)

// FuzzRecords: whatever journalctl prints, each event is of a kind, at most one a record, and none
// is another user's.
func FuzzRecords(f *testing.F) {
	text, err := os.ReadFile("testdata/uml-257.json")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		f.Add(line)
	}
	f.Add(`{"_TRANSPORT":"kernel","MESSAGE":"oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=/a,task_memcg=/a/app-x-1.scope,task=x,pid=1,uid=1000"}
{"_TRANSPORT":"kernel","MESSAGE":"Memory cgroup out of memory: Killed process 2 (y) anon-rss:5kB, oom_score_adj:300"}`)
	f.Add(`{"_TRANSPORT":"kernel","MESSAGE":"traps: a[b] trap"}` + "\n" + `{"_UID":["1000",[49]],"MESSAGE":[101,108,256,-1]}` + "\n{\"MESSAGE\":null}\n[]\n")
	f.Fuzz(func(t *testing.T, text string) {
		records, _ := parse(strings.NewReader(text), 100)
		list := events(records, 1000)
		if len(list) > len(records) {
			t.Errorf("%d events of %d records", len(list), len(records))
		}
		for _, e := range list {
			if e.Kind == "" {
				t.Errorf("%+v", e)
			}
			if e.Kind == GPUExit && !unitname.IsLaunch(e.Unit) {
				t.Errorf("a GPU process of %q", e.Unit)
			}
		}
		for _, e := range events(records, 4242) {
			if (e.Kind == Note || e.Kind == Kill) && !strings.Contains(text, "4242") {
				t.Errorf("%q tells the user 4242 of %+v", text, e)
			}
		}
	})
}
