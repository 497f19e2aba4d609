//go:build rig

package chromium

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// plan is the list of switches that the project began with (docs/plan.md, 3).
var plan = []string{
	"--use-gl=desktop",
	"--enable-features=VaapiVideoDecoder,VaapiIgnoreDriverChecks,Vulkan,CanvasOopRasterization",
	"--enable-gpu-rasterization",
	"--enable-zero-copy",
	"--ignore-gpu-blocklist",
	"--ozone-platform=x11",
	"--enable-hardware-overlays",
	"--enable-native-gpu-memory-buffers",
	"--js-flags=--max-old-space-size=1024",
}

// TestPlan: pasted into apps.toml it leaves a GPU process at work. There is no card
// here: Mesa or SwiftShader draw in it.
func TestPlan(t *testing.T) {
	catalogue := fmt.Sprintf("[apps.web]\nexec = [%q]\nruntime = \"chromium\"\nid = \"web\"\nswitches = [\"%s\"]\n",
		program, strings.Join(plan, "\", \""))
	b, d := debug(t, config(t, catalogue), electroscope()...)
	b.main()
	if state := d.graphics("gpu_compositing"); state != "enabled" {
		t.Errorf("gpu_compositing is %s", state)
	}
	first := painter()
	for end := time.Now().Add(held); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if p := painter(); p.pid == 0 || p.pid != first.pid || disabled(p) {
			t.Fatalf("the GPU process was %v and is %v: %s", first, p, p.argv)
		}
	}
	t.Logf("the GPU process: %s", first.argv)
}

// TestPlanControl: the same list given to Chromium itself ends the GPU process until
// Chromium gives up. Where it does not any more, TestPlan proves nothing.
func TestPlanControl(t *testing.T) {
	_, d := debug(t, t.TempDir(), append([]string{program}, plan...)...)
	if !until(long, func() bool { return disabled(painter()) }) {
		t.Fatalf("the GPU process draws: %v", processes())
	}
	if state := d.graphics("gpu_compositing"); state != "disabled_software" {
		t.Errorf("gpu_compositing is %s", state)
	}
	t.Logf("the GPU process: %s", painter().argv)
}

// painter is the GPU process.
func painter() process {
	for _, p := range processes() {
		if p.kind == "gpu-process" {
			return p
		}
	}
	return process{}
}

// disabled tells whether a GPU process is one without GL, which is left after the others
// have died.
func disabled(p process) bool {
	gl, _ := p.value("--use-gl")
	return gl == "disabled"
}
