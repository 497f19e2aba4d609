package journal

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"electroscope/monitor"
)

// recorded are the events of a recorded journal, for the user 1000.
func recorded(t *testing.T, name string) []Event {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, cut := parse(f, most)
	if cut || len(records) == 0 {
		t.Fatalf("%d records, cut: %v", len(records), cut)
	}
	return events(records, 1000)
}

// line is an event on one line.
func line(e Event) string {
	parts := []string{string(e.Kind), e.Unit}
	if e.Text != "" {
		parts = append(parts, e.Text)
	}
	if e.Kind == Kill {
		parts = append(parts, e.Process, e.Killed.Group.Name(), figure(e.Killed.Used), figure(e.Killed.Limit), figure(e.Killed.Memory))
	}
	if e.Kind == Ended {
		parts = append(parts, figure(e.Used.Peak), figure(e.Used.SwapPeak), figure(e.Used.CPU))
	}
	return strings.Join(parts, " ")
}

func figure(f monitor.Figure) string {
	b, _ := f.MarshalJSON()
	return string(b)
}

// TestRecorded: Chromium whose renderer its memory.max killed, a program that was ended for such a
// kill, one that was stopped, in tests/rig/uml.sh with systemd 257.
func TestRecorded(t *testing.T) {
	var got []string
	for _, e := range recorded(t, "uml-257.json") {
		if e.Kind != Note {
			got = append(got, line(e))
		}
		if e.Boot == "" || e.Time.Year() != 2026 {
			t.Errorf("%+v", e)
		}
	}
	want := []string{
		"started app-ghosty-810.scope",
		"started app-browser-816.scope",
		"kill app-browser-816.scope chromium app-browser-816.scope 268435456 268435456 129409024",
		"oom app-browser-816.scope",
		"started app-hog.sh-1730.scope",
		"ended app-browser-816.scope 268435456 0 20850000",
		"kill app-hog.sh-1730.scope tail app-hog.sh-1730.scope 67108864 67108864 66527232",
		"oom app-hog.sh-1730.scope",
		"failed app-hog.sh-1730.scope oom-kill",
		"started app-bash-1743.scope",
		"started app-stopped-1749.scope",
		"stopping app-stopped-1749.scope",
		"stopped app-stopped-1749.scope",
		"started app-stopped-1756.scope",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Records as systemd, its coredump, and apps write them; user 1000's but for what is said.
func TestDecode(t *testing.T) {
	for _, test := range []struct {
		name, record string
		want         []Event
	}{
		{"a core", `{"MESSAGE_ID":"` + coreDump + `","_UID":"0","COREDUMP_UID":"1000","COREDUMP_PID":"7","COREDUMP_COMM":"discord",` +
			`"COREDUMP_SIGNAL":"11","COREDUMP_SIGNAL_NAME":"SIGSEGV","COREDUMP_USER_UNIT":"app-discord-7.scope"}`,
			[]Event{{Kind: Crash, Unit: "app-discord-7.scope", PID: 7, Process: "discord", Text: "SIGSEGV"}}},
		{"a core without the signal's name", `{"MESSAGE_ID":"` + coreDump + `","COREDUMP_UID":"1000","COREDUMP_PID":"7","COREDUMP_SIGNAL":"5"}`,
			[]Event{{Kind: Crash, PID: 7, Text: "signal 5"}}},
		{"another user's core", `{"MESSAGE_ID":"` + coreDump + `","COREDUMP_UID":"1001","COREDUMP_PID":"7"}`, nil},
		{"another user's unit", `{"MESSAGE_ID":"` + unitStarted + `","_UID":"1001","USER_UNIT":"app-a-1.scope"}`, nil},
		{"a service", `{"MESSAGE_ID":"` + unitStarted + `","_UID":"1000","USER_UNIT":"a.service"}`, nil},
		{"a system's unit", `{"MESSAGE_ID":"` + unitOOM + `","_UID":"0","UNIT":"user@1000.service"}`, nil},
		{"systemd 252 has no peak", `{"MESSAGE_ID":"` + unitResources + `","_UID":"1000","USER_UNIT":"app-a-1.scope","CPU_USAGE_NSEC":"1999"}`,
			[]Event{{Kind: Ended, Unit: "app-a-1.scope", Used: Used{CPU: monitor.Known(1)}}}},
		{"systemd-oomd", `{"MESSAGE_ID":"` + unitOOMD + `","_UID":"1000","USER_UNIT":"app-a-1.scope"}`, []Event{{Kind: OOMD, Unit: "app-a-1.scope"}}},
		{"the desktop's end", `{"MESSAGE_ID":"` + unitStopped + `","_UID":"1000","USER_UNIT":"graphical-session.target"}`,
			[]Event{{Kind: Logout, Unit: "graphical-session.target"}}},
		{"the manager's end", `{"MESSAGE_ID":"` + unitStarted + `","_UID":"1000","USER_UNIT":"exit.target"}`, []Event{{Kind: Logout, Unit: "exit.target"}}},
		{"the desktop's begin", `{"MESSAGE_ID":"` + unitStarted + `","_UID":"1000","USER_UNIT":"graphical-session.target"}`, nil},
		{"a line of ours", `{"SYSLOG_IDENTIFIER":"electroscope","_UID":"1000","_PID":"7","ELECTROSCOPE_APP":"a","MESSAGE":"a runs without limits"}`,
			[]Event{{Kind: Note, PID: 7, App: "a", Text: "a runs without limits"}}},
		{"a line of ours on a desktop's stderr", `{"_TRANSPORT":"stdout","SYSLOG_IDENTIFIER":"discord","_UID":"1000","_PID":"7",` +
			`"MESSAGE":"electroscope: note: a runs without limits"}`, []Event{{Kind: Note, PID: 7, App: "a", Text: "a runs without limits"}}},
		{"the watcher's word on a kill", `{"SYSLOG_IDENTIFIER":"electroscope","_UID":"1000","_PID":"7","ELECTROSCOPE_APP":"a","ELECTROSCOPE_EVENT":"killed",` +
			`"ELECTROSCOPE_UNIT":"app-a-1.scope","ELECTROSCOPE_PROCESS":"renderer","MESSAGE":"a reached its limit"}`,
			[]Event{{Kind: Watched, Unit: "app-a-1.scope", Text: "renderer"}}},
		{"its word on a slow app", `{"SYSLOG_IDENTIFIER":"electroscope","_UID":"1000","ELECTROSCOPE_EVENT":"slowed","ELECTROSCOPE_UNIT":"app-a-1.scope","MESSAGE":"m"}`,
			[]Event{{Kind: Slowed, Unit: "app-a-1.scope", Text: "m"}}},
		{"its word on an escape, which status has", `{"SYSLOG_IDENTIFIER":"electroscope","_UID":"1000","ELECTROSCOPE_EVENT":"escaped","ELECTROSCOPE_UNIT":"app-a-1.scope"}`, nil},
		{"a lost GPU", `{"_TRANSPORT":"stdout","_UID":"1000","_PID":"7","_SYSTEMD_USER_UNIT":"app-a-7.scope",` +
			`"MESSAGE":"[7:7:1126/1:ERROR:gpu_process_host.cc(974)] GPU process exited unexpectedly: exit_code=139"}`,
			[]Event{{Kind: GPUExit, Unit: "app-a-7.scope", PID: 7}}},
		{"a lost GPU of something else", `{"_TRANSPORT":"stdout","_UID":"1000","_PID":"7","_SYSTEMD_USER_UNIT":"a.service",` +
			`"MESSAGE":"GPU process exited unexpectedly: exit_code=139"}`, nil},
		{"the same field twice", `{"SYSLOG_IDENTIFIER":["electroscope","x"],"_UID":"1000","_PID":"7","ELECTROSCOPE_APP":[[97],"b"],"MESSAGE":[104,105]}`,
			[]Event{{Kind: Note, PID: 7, App: "a", Text: "hi"}}},
		{"too long a message", `{"SYSLOG_IDENTIFIER":"electroscope","_UID":"1000","_PID":"7","ELECTROSCOPE_APP":"a","MESSAGE":null}`,
			[]Event{{Kind: Note, PID: 7, App: "a"}}},
		{"not a record", "Hint: no", nil},
	} {
		records, _ := parse(strings.NewReader(test.record+"\n"), most)
		got := events(records, 1000)
		for i := range got {
			got[i].Time = time.Time{}
		}
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(monitor.Figure{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// kernelLog makes records of the kernel's lines.
func kernelLog(lines ...string) []record {
	var list []record
	for _, l := range lines {
		list = append(list, record{Transport: "kernel", Message: text(l)})
	}
	return list
}

const capReached = "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),oom_memcg=/u/app-a-1.scope,task_memcg=/u/app-a-1.scope,task=a,b,pid=2,uid=1000"

func TestKernel(t *testing.T) {
	for _, test := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"a kill", []string{"memory: usage 8kB, limit 8kB, failcnt 1", capReached, "Memory cgroup out of memory: Killed process 2 (a,b) total-vm:9kB, anon-rss:4kB, oom_score_adj:300"},
			[]string{"kill app-a-1.scope a,b app-a-1.scope 8192 8192 4096"}},
		{"its second line is lost", []string{"memory: usage 8kB, limit 8kB, failcnt 1", capReached}, []string{"kill app-a-1.scope a,b app-a-1.scope 8192 8192 null"}},
		{"its first line is lost", []string{capReached}, []string{"kill app-a-1.scope a,b app-a-1.scope null null null"}},
		{"OOMPolicy=kill", []string{capReached, "Memory cgroup out of memory: Killed process 2 (a,b) anon-rss:4kB", "Memory cgroup out of memory: Killed process 3 (c) anon-rss:8kB"},
			[]string{"kill app-a-1.scope a,b app-a-1.scope null null 4096", "kill app-a-1.scope c app-a-1.scope null null 8192"}},
		{"the machine is full", []string{"memory: usage 8kB, limit 8kB, failcnt 1",
			"oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/u/app-a-1.scope,task=a,pid=2,uid=1000",
			"Out of memory: Killed process 2 (a) total-vm:9kB, anon-rss:4kB"}, []string{"kill app-a-1.scope a  null null 4096"}},
		{"another user's", []string{strings.Replace(capReached, "uid=1000", "uid=1001", 1), "Memory cgroup out of memory: Killed process 2 (a) anon-rss:4kB"}, nil},
		{"nobody's", []string{"oom-kill:constraint=", "oom-kill:", "Memory cgroup out of memory: Killed process 2 (a)", "memory: usage x"}, nil},
		{"a segmentation fault", []string{"python3[21712]: segfault at 0 ip 00007fcc60d85ad8 sp 00007ffc3c084948 error 4 in libc.so.6[167ad8,7fcc60c44000+156000] likely on CPU 1 (core 1, socket 0)"}, []string{"crash  SIGSEGV"}},
		{"a breakpoint", []string{"traps: dunst[2608] trap int3 ip:7f83d52fae02 sp:7ffea9b41a20 error:0 in libglib-2.0.so.0.7400.6[5be02,7f83d52bc000+8d000]"}, []string{"crash  trap int3"}},
		{"a trap", []string{"traps: Discord[7] trap invalid opcode ip:55 sp:7f error:0 in Discord[0+1]"}, []string{"crash  trap invalid opcode"}},
		{"a general protection fault", []string{"traps: a b[7] general protection fault ip:5 sp:7 error:0"}, []string{"crash  general protection fault"}},
		{"no trap", []string{"usb[1]: x", "traps: x", "]", "a[b]: segfault at 0", "x[7] trap invalid opcode"}, nil},
	} {
		var got []string
		for _, e := range events(kernelLog(test.lines...), 1000) {
			got = append(got, line(e))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestGaps(t *testing.T) {
	failed := errors.New("exit status 1")
	for _, test := range []struct {
		name, stderr string
		err          error
		want         string
		all          bool
	}{
		{"all can be read", "", nil, "", false},
		{"nothing matches", "", failed, "", false},
		{"a user without a journal", "No journal files were opened due to insufficient permissions.\n", failed, "may not read the journal", true},
		{"a bad option", "journalctl: unrecognized option '--output-fields'\n", failed, "journalctl: journalctl: unrecognized", false},
		{"a broken file", "Journal file /var/log/journal/x is truncated, ignoring file.\n", nil, "", false},
	} {
		got := gaps(test.stderr, test.err)
		if (test.want == "") != (got == nil) {
			t.Errorf("%s: %+v", test.name, got)
			continue
		}
		if got != nil && (!strings.Contains(got[0].Text, test.want) || got[0].All != test.all) {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
}
