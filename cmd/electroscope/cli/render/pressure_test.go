package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/monitor"
)

func TestPressure(t *testing.T) {
	s := running()
	s.Machine.Pressure = monitor.Pressure{
		MemorySome: monitor.Percent(3), MemoryFull: monitor.Percent(0.4), CPUSome: monitor.Percent(72), IOSome: monitor.Percent(1), IOFull: monitor.Percent(0),
	}
	discord := &s.Apps[0]
	discord.Group.Pressure = monitor.Pressure{MemorySome: monitor.Percent(38), MemoryFull: monitor.Percent(20), CPUSome: monitor.Percent(61)}
	for _, test := range []struct {
		name string
		s    monitor.Sample
		want string
	}{
		{"known", s, `
         MEMORY  ALL  CPU  IO  ALL
machine  3%      <1%  72%  1%  0%
discord  38%     20%  61%  -   -
teams    -       -    -    -   -
zoom     -       -    -    -   -

Memory is not short. In 72% of the last ten seconds a program waited for a CPU.

discord waits for memory in 38% of the time: it is at its MemoryHigh of 2G,
where the kernel slows it down.

discord waits for a CPU in 61% of the time: its quota of 150% was used up in <1%
of the periods.
`},
		{"unknown", monitor.Sample{}, `
         MEMORY  ALL  CPU  IO  ALL
machine  -       -    -    -   -

This kernel does not say: there is no /proc/pressure. A kernel that is built
with it, and has it off, is given psi=1 on its command line.
`},
	} {
		var b strings.Builder
		Pressure(NewWriter(&b, func(string) string { return "" }), test.s)
		if diff := cmp.Diff(test.want[1:], b.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestMachineMeaning(t *testing.T) {
	of := func(some, full, cpu, io float64) monitor.Pressure {
		return monitor.Pressure{MemorySome: monitor.Percent(some), MemoryFull: monitor.Percent(full), CPUSome: monitor.Percent(cpu), IOSome: monitor.Percent(io)}
	}
	for _, test := range []struct {
		pressure monitor.Pressure
		want     string
	}{
		{of(0, 0, 3, 2), "next to nothing waited"},
		{of(40, 15, 99, 99), "In 15% of the last ten seconds all programs stood still"},
		{of(12, 1, 99, 99), "Memory is short: in 12%"},
		{of(1, 0, 99, 30), "In 30% of the last ten seconds a program waited for a disk"},
		{of(1, 0, 99, 1), "In 99% of the last ten seconds a program waited for a CPU"},
		{monitor.Pressure{CPUSome: monitor.Percent(60)}, "waited for a CPU"},
	} {
		if got := machineMeaning(test.pressure); !strings.Contains(got, test.want) {
			t.Errorf("%+v: %s", test.pressure, got)
		}
	}
}
