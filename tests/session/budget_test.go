//go:build rig

package session

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// group is the slice of all apps together. Its limits outlive a launch, so each
// test begins with a manager and a memory that know none.
const group = "app-electron.slice"

func freshGroup(t *testing.T, slices ...string) {
	t.Helper()
	forget := func() {
		os.RemoveAll(os.Getenv("XDG_RUNTIME_DIR") + "/electroscope")
		for _, slice := range append(slices, group) {
			systemctl(t, "stop", slice)
			systemctl(t, "revert", slice)
		}
	}
	forget()
	t.Cleanup(forget)
}

// budget gives the group's limits, and what it takes to tell a rewrite from none.
func budget(t *testing.T) map[string]string {
	t.Helper()
	return show(t, group, "MemoryHigh", "CPUQuotaPerSecUSec")
}

// dropIns is when each file with limits of the group was written last.
func dropIns(t *testing.T) map[string]string {
	t.Helper()
	times := map[string]string{}
	folder := os.Getenv("XDG_RUNTIME_DIR") + "/systemd/user.control/" + group + ".d"
	files, _ := os.ReadDir(folder)
	for _, f := range files {
		if info, err := f.Info(); err == nil {
			times[f.Name()] = info.ModTime().String()
		}
	}
	return times
}

func catalogueWith(memory, cpus string) string {
	return fmt.Sprintf("[budget]\nmemory = %q\ncpus = %q\n[apps.plain]\nexec = [\"plain-app\"]\nmemory-high-without-swap = \"keep\"\n", memory, cpus)
}

func TestBudget(t *testing.T) {
	freshGroup(t)
	s := plainStage(t)
	launch := func(memory, cpus string) map[string]string {
		t.Helper()
		s.catalogue(catalogueWith(memory, cpus))
		p := s.start("plain")
		p.report(s.bin + "/plain-app")
		return budget(t)
	}
	expect := func(when string, got map[string]string, memory, cpus string) {
		t.Helper()
		if diff := cmp.Diff(map[string]string{"MemoryHigh": memory, "CPUQuotaPerSecUSec": cpus}, got); diff != "" {
			t.Errorf("%s: %s", when, diff)
		}
	}
	expect("the first launch", launch("9G", "infinity"), fmt.Sprint(9*gib), "infinity")
	expect("a quota is added", launch("9G", "50%"), fmt.Sprint(9*gib), quota(t))
	written := dropIns(t)
	if len(written) == 0 {
		t.Error("the group has no drop-ins: what is compared below is nothing")
	}
	launch("9G", "50%")
	os.RemoveAll(os.Getenv("XDG_RUNTIME_DIR") + "/electroscope") // without the memo, by asking
	launch("9G", "50%")
	if diff := cmp.Diff(written, dropIns(t)); diff != "" {
		t.Errorf("a later launch writes again: %s", diff)
	}
	expect("a changed budget", launch("8G", "50%"), fmt.Sprint(8*gib), quota(t))

	systemctl(t, "set-property", "--runtime", group, "MemoryHigh=5G")
	expect("set by hand", launch("8G", "50%"), fmt.Sprint(5*gib), quota(t))
	expect("set by hand, then again", launch("8G", "50%"), fmt.Sprint(5*gib), quota(t))
}

// quota is half of this machine's threads, as systemctl show spells it.
func quota(t *testing.T) string {
	t.Helper()
	text := tool(t, "nproc")
	threads := 0
	if _, err := fmt.Sscan(text, &threads); err != nil {
		t.Fatal(err)
	}
	if threads%2 == 0 {
		return fmt.Sprintf("%ds", threads/2)
	}
	return fmt.Sprintf("%d.500000s", threads/2)
}

// TestBudgetChosen: what somebody set before the first launch stays.
func TestBudgetChosen(t *testing.T) {
	freshGroup(t)
	systemctl(t, "set-property", "--runtime", group, "MemoryHigh=3G")
	s := plainStage(t)
	s.catalogue(catalogueWith("9G", "50%"))
	s.start("plain").report(s.bin + "/plain-app")
	if diff := cmp.Diff(map[string]string{"MemoryHigh": fmt.Sprint(3 * gib), "CPUQuotaPerSecUSec": quota(t)}, budget(t)); diff != "" {
		t.Error(diff)
	}
}

func freeSwap(t *testing.T) int {
	t.Helper()
	for line := range strings.SplitSeq(tool(t, "cat", "/proc/meminfo"), "\n") {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "SwapFree:" {
			kib, err := strconv.Atoi(f[1])
			if err != nil {
				t.Fatal(err)
			}
			return kib << 10
		}
	}
	return 0
}

// TestNoSwap: without swap each MemoryHigh is left out, and that is said.
func TestNoSwap(t *testing.T) {
	freshGroup(t)
	s := newStage(t)
	exe := s.standIn("Discord", "wait")
	s.link()
	p := s.start("discord")
	p.report(exe)
	unit := fmt.Sprintf("app-discord-%d.scope", p.pid())
	want := map[string]string{"MemoryHigh": "infinity"}
	says := []string{"MemoryHigh", "the group's MemoryHigh", "swap", "memory-high-without-swap"}
	if freeSwap(t) >= gib { // which is what lies between its limits
		want["MemoryHigh"], says = fmt.Sprint(2*gib), nil
	}
	if diff := cmp.Diff(want, show(t, unit, "MemoryHigh")); diff != "" {
		t.Error(diff)
	}
	if err := oneLine(p.stderr(), "electroscope: note: discord runs without ", says); err != nil {
		t.Error(err)
	}
}

// TestShared: every launch of the app is under one cap.
func TestShared(t *testing.T) {
	const shared = "app-electron-plain.slice"
	freshGroup(t, shared)
	s := plainStage(t)
	s.catalogue(catalogueWith("9G", "50%") + "instances = \"shared\"\n[apps.plain.limits]\nMemoryHigh = \"1G\"\nMemoryMax = \"2G\"\nCPUQuota = \"50%\"\n")
	var scopes []string
	for range 2 {
		p := s.start("plain")
		r := p.report(s.bin + "/plain-app")
		if want := fmt.Sprintf("/%s/%s/app-plain-%d.scope", group, shared, p.pid()); !in(r.Group, want[1:]) {
			t.Fatalf("it runs in %q, not in %q; stderr: %s", r.Group, want, p.stderr())
		}
		scopes = append(scopes, unitOf(r.Group))
	}
	names := []string{"MemoryHigh", "MemoryMax", "CPUQuotaPerSecUSec"}
	want := map[string]string{"MemoryHigh": fmt.Sprint(gib), "MemoryMax": fmt.Sprint(2 * gib), "CPUQuotaPerSecUSec": "500ms"}
	if diff := cmp.Diff(want, show(t, shared, names...)); diff != "" {
		t.Errorf("%s: %s", shared, diff)
	}
	free := map[string]string{"MemoryHigh": "infinity", "MemoryMax": "infinity", "CPUQuotaPerSecUSec": "infinity"}
	for _, scope := range scopes {
		if diff := cmp.Diff(free, show(t, scope, names...)); diff != "" {
			t.Errorf("%s: %s", scope, diff)
		}
	}
	if diff := cmp.Diff(map[string]string{"MemoryHigh": fmt.Sprint(9 * gib)}, show(t, group, "MemoryHigh")); diff != "" {
		t.Errorf("%s: %s", group, diff)
	}
}
