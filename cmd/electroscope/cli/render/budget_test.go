package render

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/monitor"
	"electroscope/monitor/budget"
)

// atWork is a machine of 16 GiB with three apps, whose desktop has grown.
func atWork() budget.Report {
	info := budget.Info{
		"MemTotal": 16 << 30, "MemFree": 6 << 30, "MemAvailable": 10 << 30, "Buffers": 1 << 30, "Cached": 3 << 30, "Mapped": 1 << 30,
		"AnonPages": 5<<30 + 500<<20, "SReclaimable": 100 << 20, "SwapTotal": 12 << 30,
	}
	processes := []budget.Process{
		{PID: 1, Program: "systemd", Group: "/init.scope", Memory: 90 << 20, Shared: true}, {PID: 2, Program: "plasmashell", Memory: 1100 << 20},
		{PID: 3, Program: "Discord", Memory: 2 << 30, Own: 2 << 30}, {PID: 4, Program: "firefox", Memory: 1 << 30, Own: 1 << 30},
	}
	return budget.Of(budget.Usage{Processes: processes, Info: info}, map[int]string{3: "discord"}, budget.Targets{Idle: budget.DefaultIdle, Work: budget.DefaultWork},
		budget.Limits{Apps: 3, High: 7 << 30, Max: 10 << 30, All: monitor.Known(9 << 30)})
}

func TestBudget(t *testing.T) {
	var b strings.Builder
	Budget(NewWriter(&b, func(string) string { return "" }), atWork())
	const want = `
CATEGORY           PLAN: IDLE  WORK   NOW                     PROCESSES
kernel, drivers    400M        600M   424M  #...............
systemd, services  100M        150M   90M   #...............  1
desktop            500M        800M   1.1G  ####............  1          over the plan
sound              50M         100M   0     ................
apps               -           2G-4G  2G    ########........  1
browser            -           2G-4G  1G    ####............  1
development        -           2G-4G  0     ................
others             -           -      0     ................
buffers, cache     2G          1G     3.1G  ############....

idle     Without apps, browser and development about 3G of RAM would be in use,
         below the target of 4G.
work     Now 6G of 16G RAM are in use, below the target of 10G.
limits   3 apps are installed: their MemoryHigh add up to 7G, their MemoryMax to
         10G; RAM and swap are 16G and 12G. All together are held to 9G.
full     If all were at MemoryHigh at once, 10G would be in use: it fits into
         RAM.
figures  Memory that is shared is divided among those who share it. Only of one
         process of somebody else it counts whole, as no more is to be seen
         without root.
`
	if diff := cmp.Diff(want[1:], b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestVerdicts: each way that a row of the verdict can go.
func TestVerdicts(t *testing.T) {
	for _, test := range []struct {
		change func(*budget.Report)
		name   string
		text   string
		tone   Tone
	}{
		{func(r *budget.Report) { r.Idle = monitor.Known(5 << 30) }, "idle", "5G of RAM would be in use: the target is 4G.", Failure},
		{func(r *budget.Report) { r.IsIdle = true }, "idle", "No app, browser or development tool runs, and 6G", Plain},
		{func(r *budget.Report) { r.Used = monitor.Known(11 << 30) }, "work", "Now 11G of 16G RAM are in use: the target is 10G.", Failure},
		{func(r *budget.Report) { r.Used = monitor.Figure{} }, "work", "as far as is known", Plain},
		{func(r *budget.Report) { r.Limits.Apps = 0 }, "limits", "No app of the catalogue is installed.", Plain},
		{func(r *budget.Report) { r.Limits.Unlimited = 1 }, "limits", "and 1 have no limit", Plain},
		{func(r *budget.Report) { r.Limits.Unlimited, r.Limits.All = 1, monitor.Figure{} }, "full", "not all of them have a limit", Warning},
		{func(r *budget.Report) { r.Limits.High, r.Limits.All = 20<<30, monitor.Figure{} }, "full", "the rest is swapped out", Warning},
		{func(r *budget.Report) { r.Limits.High, r.Limits.All = 40<<30, monitor.Figure{} }, "full", "end processes", Failure},
		{func(r *budget.Report) { r.Idle = monitor.Figure{} }, "full", "is not known", Plain},
		{func(r *budget.Report) { r.Shared, r.Unread = 0, 1 }, "figures", "Processes of which nothing can be read, and which count nowhere: 1.", Plain},
		{func(r *budget.Report) { r.Shared, r.Unread, r.Hidden = 2, 3, true }, "figures", "Only of 2 processes of others", Plain},
		{func(r *budget.Report) { r.Hidden = true }, "figures", "Processes of others are hidden here", Plain},
	} {
		r := atWork()
		test.change(&r)
		for _, row := range verdictRows(r) {
			if row.Name == test.name && (!strings.Contains(row.Text, test.text) || row.Tone != test.tone) {
				t.Errorf("%s: %s, tone %d", row.Name, row.Text, row.Tone)
			}
		}
	}
}

// TestBudgetSVG: it is XML, and needs nothing beside it.
func TestBudgetSVG(t *testing.T) {
	var b strings.Builder
	if err := BudgetSVG(&b, atWork()); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader(b.String()))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		start, _ := token.(xml.StartElement)
		for _, attribute := range start.Attr {
			if attribute.Name.Local == "href" || strings.Contains(attribute.Value, "url(") || strings.Contains(attribute.Value, "-") && attribute.Name.Local == "width" {
				t.Errorf("%s has %s=%q", start.Name.Local, attribute.Name.Local, attribute.Value)
			}
		}
	}
	for _, text := range []string{">desktop<", ">1.1G, over / 800M<", ">Now 6G of 16G RAM are in use, below the target of 10G.<", `class="bar-over"`} {
		if !strings.Contains(b.String(), text) {
			t.Errorf("it does not have %s", text)
		}
	}
}
