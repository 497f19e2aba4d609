package journal

import (
	"os"
	"strings"
	"testing"
	"time"
)

// fakeJournalctl puts a shell script in journalctl's place; none if it is empty.
func fakeJournalctl(t *testing.T, script string) Reader {
	t.Helper()
	dir := t.TempDir()
	if script != "" {
		if err := os.WriteFile(dir+"/journalctl", []byte("#!/bin/sh\n"+script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return Reader{Env: []string{"PATH=/usr/bin:/bin"}, UID: 1000}
}

const (
	startRecord  = `{"__REALTIME_TIMESTAMP":"2000000","MESSAGE_ID":"` + unitStarted + `","_UID":"1000","USER_UNIT":"app-a-1.scope"}`
	stopRecord   = `{"__REALTIME_TIMESTAMP":"3000000","MESSAGE_ID":"` + unitStopped + `","_UID":"1000","USER_UNIT":"app-a-1.scope"}`
	kernelRecord = `{"__REALTIME_TIMESTAMP":"1000000","_TRANSPORT":"kernel","MESSAGE":"Linux"}`
)

// byArguments prints records as journalctl does: those with a field, those that it searches, and the kernel's.
func byArguments(fields, searched, kernel string) string {
	return `case "$*" in
*MESSAGE_ID=*) printf '%s\n' '` + fields + `' ;;
*--grep*) ` + searched + ` ;;
*_TRANSPORT=kernel*) printf '%s\n' '` + kernel + `' ;;
esac`
}

func TestRead(t *testing.T) {
	for _, test := range []struct {
		name, script string
		want         string // kinds
		gap          string
		all          bool
	}{
		{"all can be read", byArguments(stopRecord+"\n"+startRecord, "exit 1", kernelRecord), "started stopped", "", false},
		{"the kernel's part may not be read", byArguments(startRecord, "exit 1", ""), "started", "the kernel's part", false},
		{"nothing may be read", "echo 'No journal files were opened due to insufficient permissions.' >&2; exit 1", "", "may not read the journal", true},
		{"there is nothing", "exit 0", "", "no journal", true},
		{"there is no journalctl", "", "", "no journalctl", true},
		{"it cannot search", byArguments(startRecord, "echo 'Compiled without pattern matching support' >&2; exit 1",
			`{"__REALTIME_TIMESTAMP":"1000000","_TRANSPORT":"kernel","MESSAGE":"oom-kill:constraint=CONSTRAINT_NONE,task_memcg=/app-a-1.scope,task=a,pid=2,uid=1000"}`),
			"kill started", "", false},
		{"it fails", byArguments(startRecord, "echo 'Failed to seek' >&2; exit 1", ""), "started", "Failed to seek", false},
	} {
		log := fakeJournalctl(t, test.script).Read(time.Now())
		var kinds []string
		for _, e := range log.Events {
			kinds = append(kinds, string(e.Kind))
		}
		if got := strings.Join(kinds, " "); got != test.want {
			t.Errorf("%s: %q", test.name, got)
		}
		if (test.gap == "") != (log.Gaps == nil) {
			t.Errorf("%s: %+v", test.name, log.Gaps)
			continue
		}
		if test.gap != "" && (len(log.Gaps) != 1 || !strings.Contains(log.Gaps[0].Text, test.gap) || log.Gaps[0].All != test.all) {
			t.Errorf("%s: %+v", test.name, log.Gaps)
		}
	}
}

// A journal without end does not fill the memory.
func TestParseIsBounded(t *testing.T) {
	for _, text := range []string{strings.Repeat(startRecord+"\n", 3), startRecord + "\n" + startRecord + "\n" + strings.Repeat("x", longest+1)} {
		if records, cut := parse(strings.NewReader(text), 2); len(records) != 2 || !cut {
			t.Errorf("%d records, cut: %v", len(records), cut)
		}
	}
	if records, cut := parse(strings.NewReader(startRecord+"\n"+stopRecord+"\n"), 2); len(records) != 2 || cut {
		t.Errorf("%d records, cut: %v", len(records), cut)
	}
}
