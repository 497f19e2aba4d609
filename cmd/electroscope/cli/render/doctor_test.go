package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/doctor"
)

// TestDoctor: problems first, the failed ones before the others, and no line of the table beyond
// the width.
func TestDoctor(t *testing.T) {
	list := []doctor.Finding{
		{Check: "controllers", Group: doctor.Launch, State: doctor.OK, Found: "cpu memory pids"},
		{Check: "zram", Group: doctor.Memory, State: doctor.Warn, Found: "swap on /dev/sda3 only", Wanted: "swap in RAM", Why: "it is fast", Mend: "sudo apt install x"},
		{Check: "vaapi", Group: doctor.GPU, State: doctor.OK, Found: strings.Repeat("a long name of a driver ", 5)},
		{Check: "modeset", Group: doctor.GPU, State: doctor.Fail, Found: "off\x1b[2J", Wanted: "on", Why: "no decoding without"},
		{Check: "vdpau", Group: doctor.GPU, State: doctor.NotHere, Found: "it needs X11"},
	}
	const want = `fail: modeset
  found   off\x1b[2J
  wanted  on
  why     no decoding without

warn: zram
  found   swap on /dev/sda3 only
  wanted  swap in RAM
  why     it is fast
  mend    sudo apt install x

launch
  ok        controllers  cpu memory pids

memory
  warn      zram         swap on /dev/sda3 only

gpu
  ok        vaapi        a long name of a driver a long name of a driver a lo...
  fail      modeset      off\x1b[2J
  not here  vdpau        it needs X11

2 ok, 1 warn, 1 fail, 1 not here
`
	var out strings.Builder
	Doctor(NewWriter(&out, func(string) string { return "" }), list)
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
