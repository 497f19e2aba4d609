//go:build rig

package chromium

import (
	"fmt"
	"testing"
)

const mib = 1 << 20

// TestHeap: V8 itself tells, over the DevTools protocol, that a page's heap has the cap
// of apps.toml, whatever other flags of V8 the user passes. The limit is that of the old
// generation and some room for the young one: 368 MiB for 256, 3586 MiB without a cap.
func TestHeap(t *testing.T) {
	const capped = "--js-flags=--max-old-space-size=256"
	catalogue := fmt.Sprintf("[apps.web]\nexec = [%q]\nruntime = \"chromium\"\nid = \"web\"\nheap = \"256M\"\n", program)
	for _, test := range []struct {
		name    string
		command []string
		capped  bool
	}{
		{"no flags", electroscope(), true},
		{"another flag", append(electroscope(), "--js-flags=--expose-gc"), true},
		{"two other flags", append(electroscope(), "--js-flags=--expose-gc", "--js-flags=--stack-size=900"), true},
		{"a larger heap of the user's", append(electroscope(), "--js-flags=--max-old-space-size=1024"), false},
		{"without electroscope, one flag", []string{program, capped}, true},
		// The control: where this keeps the cap, those above prove nothing.
		{"without electroscope, another flag", []string{program, capped, "--js-flags=--expose-gc"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, d := debug(t, config(t, catalogue), append(test.command, "--disable-gpu")...)
			limit := d.heapLimit()
			t.Logf("jsHeapSizeLimit %d MiB", limit/mib)
			if limit < 256*mib || limit < 512*mib != test.capped {
				t.Errorf("the limit is %d MiB, capped expected: %v", limit/mib, test.capped)
			}
		})
	}
}
