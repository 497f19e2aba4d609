package render

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	flags "flag"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"electroscope/baseline"
	"electroscope/monitor"
	"electroscope/monitor/budget"
)

var update = flags.Bool("update", false, "write the golden files anew")

// recorded is a comparison of two records of real Chromium, without electroscope and with it
// (tests/demo/spared.sh).
func recorded(t *testing.T) baseline.Comparison {
	t.Helper()
	store := baseline.Store{Dir: "../../../../baseline/testdata"}
	before, err := store.Load("without")
	if err != nil {
		t.Fatal(err)
	}
	now, err := store.Load("with")
	if err != nil {
		t.Fatal(err)
	}
	return baseline.Compare(before, now, budget.Targets{Idle: budget.DefaultIdle, Work: budget.DefaultWork})
}

// other is a comparison of two machines, on which all is different, and some things are unknown.
func other() baseline.Comparison {
	const gibi = 1 << 30
	before := baseline.Record{
		Version: 1, Name: "before", Time: time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC), Electroscope: "0.1.0",
		Host: baseline.Host{Kernel: "6.12.40", Processor: "i7-6700K", Threads: 8},
		RAM:  monitor.Known(16 * gibi), Used: monitor.Known(5 * gibi), Idle: monitor.Known(4 * gibi), Swap: monitor.Known(0), UsedSwap: monitor.Known(0),
		Pressure: monitor.Pressure{MemorySome: monitor.Percent(12)}, CPU: baseline.CPU{Idle: monitor.Percent(90), Seconds: 1},
		Up: monitor.Known(300), Session: monitor.Known(250),
		Categories: []baseline.Category{
			{Name: budget.Desktop, Memory: monitor.Known(1100 << 20), Processes: 9}, {Name: budget.Apps, Memory: monitor.Known(2 * gibi), Processes: 20},
			{Name: budget.Cache, Memory: monitor.Known(1 * gibi)},
		},
		Programs: []budget.Program{
			{Name: "discord", Category: budget.Apps, Memory: 2 * gibi, Processes: 20}, {Name: "kwin_x11", Category: budget.Desktop, Memory: 290 << 20, Processes: 1},
		},
		Resident: 40, Processes: 60,
	}
	now := before
	now.Name, now.Time, now.Electroscope = "now", before.Time.AddDate(0, 0, -7), "0.2.0"
	now.Host = baseline.Host{Kernel: "6.18.1", Processor: "i9", Threads: 16}
	now.RAM, now.Used, now.Idle, now.GPU = monitor.Known(32*gibi), monitor.Known(7*gibi), monitor.Figure{}, monitor.Known(200<<20)
	now.Zram = &baseline.Zram{Size: monitor.Known(12 * gibi), Original: monitor.Known(300 << 20), Used: monitor.Known(100 << 20)}
	now.Session, now.Resident, now.Processes, now.Hidden, now.Unread = monitor.Known(90_000), 0, 50, true, 2
	now.Categories = []baseline.Category{
		{Name: budget.Desktop, Memory: monitor.Known(500 << 20), Processes: 8}, {Name: budget.Apps, Memory: monitor.Known(0), Swapped: 5 << 20},
		{Name: budget.Cache, Memory: monitor.Known(9 * gibi)},
	}
	now.Programs = []budget.Program{
		{Name: "firefox", Category: budget.Browser, Memory: 3 * gibi, Processes: 12}, {Name: "kwin_wayland", Category: budget.Desktop, Memory: 210 << 20, Processes: 1},
	}
	return baseline.Compare(before, now, budget.Targets{Idle: budget.DefaultIdle, Work: budget.DefaultWork})
}

func TestBaseline(t *testing.T) {
	for name, c := range map[string]baseline.Comparison{"chromium": recorded(t), "other": other()} {
		for locale, text := range map[string]string{"": "txt", "C.UTF-8": "utf8.txt"} {
			var b strings.Builder
			Baseline(NewWriter(&b, func(name string) string { return map[string]string{"LANG": locale}[name] }), c, time.UTC)
			golden(t, "baseline-"+name+"."+text, b.String())
			for line := range strings.Lines(b.String()) {
				if n := len([]rune(line)); n > 81 {
					t.Errorf("%s: a line of %d columns: %s", name, n, line)
				}
			}
		}
		text, err := json.MarshalIndent(BaselineJSON(c), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "baseline-"+name+".json", string(text)+"\n")
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := "testdata/" + name
	if *update {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(file, []byte(got), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if diff := cmp.Diff(string(want), got); diff != "" || err != nil {
		t.Errorf("%s: %v; go test ./cmd/electroscope/cli/render -update writes it anew (-want +got):\n%s", file, err, diff)
	}
}

// TestBaselineBar: less stands left of the axis, more right of it, and hardly anything is nothing.
func TestBaselineBar(t *testing.T) {
	w := NewWriter(io.Discard, func(string) string { return "" })
	figure := func(n int) monitor.Figure {
		if n < 0 {
			return monitor.Figure{}
		}
		return monitor.Known(uint64(n))
	}
	for _, test := range []struct {
		name        string
		before, now int
		bar, text   string
	}{
		{"x", 100, 0, "########|        ", "-100B"},
		{"x", 0, 100, "        |########", "+100B"},
		{"x", 50, 0, "    ####|        ", "-50B"},
		{"x", 0, 1, "        |        ", "+1B"},
		{"x", 100, 100, "        |        ", "0"},
		{"x", -1, 100, "        |        ", "-"},
		{"x", 100, -1, "        |        ", "-"},
		{budget.Cache, 100, 0, "        |        ", "-100B"},
	} {
		c := baseline.Change{Name: test.name, Before: figure(test.before), Now: figure(test.now)}
		if bar, text := w.changeBar(c, 100), changeText(c); bar != test.bar || text != test.text {
			t.Errorf("%+v: %q, %q", test, bar, text)
		}
	}
	for want, list := range map[uint64][]baseline.Change{
		1:   {{Name: "x"}},
		10:  {{Before: monitor.Known(100), Now: monitor.Known(99)}, {Name: budget.Cache, Before: monitor.Known(0), Now: monitor.Known(5000)}},
		100: {{Before: monitor.Known(100), Now: monitor.Known(0)}},
	} {
		if got := changeScale(list); got != want {
			t.Errorf("the scale is %d, not %d", got, want)
		}
	}
}

// TestBaselinePictures: the picture is XML and the page is HTML whose tags are closed, neither loads
// anything, and what is in a record is text there, whatever it looks like.
func TestBaselinePictures(t *testing.T) {
	const evil = `<script>alert("1")</script>&amp;` + "\x1b[2J\x00"
	c := other()
	c.Now.Name, c.Now.Host.Kernel = evil, evil
	c.Categories[0].Name, c.Programs[0].Name, c.Now.Programs[0].Name, c.Whole[0].Name = evil, evil, evil, evil
	for name, render := range map[string]func(io.Writer) error{
		"svg":  func(out io.Writer) error { return BaselineSVG(out, c) },
		"html": func(out io.Writer) error { return BaselineHTML(out, c, time.UTC) },
	} {
		var b strings.Builder
		if err := render(&b); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(strings.NewReader(b.String()))
		if name == "html" {
			d.Strict, d.AutoClose, d.Entity = false, []string{"meta"}, xml.HTMLEntity
		}
		elements := walk(t, name, d)
		if slices.Contains(elements, "script") || strings.ContainsAny(b.String(), "\x1b\x00") {
			t.Errorf("%s has in it what a record has", name)
		}
		if strings.Count(strings.ReplaceAll(b.String(), `xmlns="http://www.w3.org/2000/svg"`, ""), "://") != 0 || strings.Contains(b.String(), "url(") {
			t.Errorf("%s names something to load", name)
		}
		if !strings.Contains(b.String(), "prefers-color-scheme: dark") {
			t.Errorf("%s is never dark", name)
		}
	}
}

// walk reads a document to its end, and returns the names of its elements.
func walk(t *testing.T, name string, d *xml.Decoder) (elements []string) {
	t.Helper()
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return elements
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		elements = append(elements, start.Name.Local)
		for _, a := range start.Attr {
			if a.Name.Local == "src" || a.Name.Local == "href" || a.Name.Local == "width" && strings.HasPrefix(a.Value, "-") || strings.Contains(a.Value, "NaN") {
				t.Errorf("%s: %s has %s=%q", name, start.Name.Local, a.Name.Local, a.Value)
			}
		}
	}
}
