//go:build rig

package uml

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// browser is Debian's wrapper and program. There is no card here, and the kernel
// of this rig cannot serve Chromium's own sandbox (uml.sh).
const browser = `
[apps.browser]
exec = ["/usr/bin/chromium"]
runtime = "chromium"
heap = "2G"
switches = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-crash-reporter"]
force = true
[apps.browser.limits]
MemoryMax     = "256M"
MemorySwapMax = "0"
`

// browserStage reads the program first: the kernel counts its pages for who reads
// them first, and where that is the browser, near its limit they are thrown out
// and read again for minutes before anything is killed.
func browserStage(t *testing.T) *stage {
	t.Helper()
	if _, err := try(nil, "cp", "/usr/lib/chromium/chromium", "/dev/null"); err != nil {
		t.Fatal(err)
	}
	return newStage(t, browser)
}

// renderers are the processes in which pages live.
func renderers(g group) []int {
	var pids []int
	for _, pid := range g.processes() {
		line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		if strings.Contains(string(line), "--type=renderer") {
			pids = append(pids, pid)
		}
	}
	return pids
}

// TestChromium: a page that takes too much costs its own process, by the
// scope's memory.max, and not the browser.
func TestChromium(t *testing.T) {
	s := browserStage(t)
	s.write("grow.html", "<script>onload = () => new Uint8Array(1 << 30).fill(1)</script>", 0o644)
	p := s.start("browser", "--user-data-dir="+s.dir+"/profile", "file://"+s.dir+"/grow.html")
	scope := p.scope("browser")
	if got := scope.number(t, "memory.max"); got != 256<<20 {
		t.Errorf("memory.max is %d", got)
	}
	pages := map[int]bool{}
	if !until(func() bool {
		for _, pid := range renderers(scope) {
			pages[pid] = true
		}
		return scope.count(t, "memory.events", "oom_kill") > 0
	}) {
		t.Fatalf("nothing was killed; memory.current %s; stderr: %s", scope.read(t, "memory.current"), p.said())
	}
	if !until(func() bool { return slices.ContainsFunc(slices.Collect(maps.Keys(pages)), gone) }) {
		t.Errorf("no renderer was killed: %v", pages)
	}
	if !p.lives() || groupOf(p.pid()) != scope {
		t.Errorf("the browser lives: %v, in %q; stderr: %s", p.lives(), groupOf(p.pid()), p.said())
	}
}

func gone(pid int) bool { return groupOf(pid) == "" }

// TestChromiumWorks: under its limits it does what it is for.
func TestChromiumWorks(t *testing.T) {
	s := browserStage(t)
	s.write("sum.html", "<body><script>document.body.append('sum ' + (40 + 2))</script>", 0o644)
	out := s.tool(s.dir+"/links/browser", "--user-data-dir="+s.dir+"/profile", "--dump-dom", "file://"+s.dir+"/sum.html")
	if !strings.Contains(out, "sum 42</body>") {
		t.Errorf("it wrote %q", out)
	}
}
