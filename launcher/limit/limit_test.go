package limit

import (
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	for _, c := range []struct {
		property, text string
		want           uint64
		ok             bool
	}{
		{"MemoryMax", "3221225472", 3 << 30, true},
		{"MemoryHigh", "max", Infinity, true},
		{"MemoryMax", "", 0, false},
		{"MemoryMax", "-1", 0, false},
		{"TasksMax", "500", 500, true},
		{"CPUQuotaPerSecUSec", "50000 100000", 500000, true},
		{"CPUQuotaPerSecUSec", "150000 100000", 1500000, true},
		{"CPUQuotaPerSecUSec", "1000 1000000", 1000, true},
		{"CPUQuotaPerSecUSec", "max 100000", Infinity, true},
		{"CPUQuotaPerSecUSec", "50000", 0, false},
		{"CPUQuotaPerSecUSec", "50000 0", 0, false},
		{"CPUWeight", "100", 0, false}, // not a number that was asked for
		{"TasksMaxScale", "500", 0, false},
	} {
		l, known := ByProperty(c.property)
		if v, ok := l.Read(c.text); !known || v != c.want || ok != c.ok {
			t.Errorf("%s, %q: %d, %v; want %d, %v", c.property, c.text, v, ok, c.want, c.ok)
		}
	}
}

func TestSame(t *testing.T) {
	for _, c := range []struct {
		property     string
		asked, found uint64
		want         bool
	}{
		{"MemoryMax", 3 << 30, 3 << 30, true},
		{"MemoryMax", 3<<30 + 5, 3 << 30, true},     // the kernel counts pages
		{"MemoryMax", 3 << 30, 3<<30 + 4096, false}, // and never gives one more
		{"MemoryMax", 3<<30 + 65535, 3 << 30, true}, // the largest pages have 64 KiB
		{"MemoryMax", 3<<30 + 65536, 3 << 30, false},
		{"MemoryMax", 128 << 20, 1 << 30, false},  // somebody else's
		{"MemoryMax", 128 << 20, Infinity, false}, // lost
		{"MemoryMax", Infinity, 128 << 20, false}, // not asked for
		{"MemoryMax", Infinity, Infinity, true},
		{"TasksMax", 500, 499, false},                // tasks are counted one by one
		{"CPUQuotaPerSecUSec", 333333, 333330, true}, // 33333 of 100000
		{"CPUQuotaPerSecUSec", 500000, 495000, true},
		{"CPUQuotaPerSecUSec", 500000, 494999, false},
		{"CPUQuotaPerSecUSec", 50, 51, true},
		{"CPUQuotaPerSecUSec", 50, 52, false},
		{"CPUQuotaPerSecUSec", 500000, 1000000, false},
		{"CPUQuotaPerSecUSec", 1500000, 1500000, true},
		{"CPUQuotaPerSecUSec", 1500000, Infinity, false},
	} {
		l, _ := ByProperty(c.property)
		if got := l.Same(c.asked, c.found); got != c.want {
			t.Errorf("%s, asked for %d, found %d: %v", c.property, c.asked, c.found, got)
		}
	}
}

// TestTable: each row says all there is to say, and no name is there twice.
func TestTable(t *testing.T) {
	names, properties := map[string]bool{}, map[string]bool{"": true}
	for _, l := range All() {
		if names[l.Name] || properties[l.Property] {
			t.Errorf("%s (%s) is there twice, or has no property", l.Name, l.Property)
		}
		names[l.Name], properties[l.Property] = true, true
		if l.Signature != "t" || l.Since == 0 || l.Doc == "" || strings.HasSuffix(l.Doc, ".") {
			t.Errorf("row %+v", l)
		}
		if controller, _, _ := strings.Cut(l.File, "."); l.Controller != controller {
			t.Errorf("%s: %s is not a file of the controller %s", l.Name, l.File, l.Controller)
		}
		if byName, ok := ByName(l.Name); !ok || byName != l {
			t.Errorf("by the name %s: %+v", l.Name, byName)
		}
		if l.Cap && !l.Readable() || l.Idle && l.Kind != Weight || l.Kind == Weight && l.Least != 1 || l.Kind == Scaled {
			t.Errorf("row %+v", l)
		}
	}
	for _, name := range []string{"", "CPUQuotaPerSecUSec", "memorymax"} {
		if l, ok := ByName(name); ok {
			t.Errorf("%q is found: %+v", name, l)
		}
	}
	for _, property := range []string{"", "CPUQuota", "OOMPolicy"} {
		if l, ok := ByProperty(property); ok {
			t.Errorf("%q is found: %+v", property, l)
		}
	}
}

// TestCaps: a floor is not a cap.
func TestCaps(t *testing.T) {
	var names []string
	for _, l := range Caps() {
		names = append(names, l.Name)
	}
	if got := strings.Join(names, " "); got != "MemoryHigh MemoryMax MemorySwapMax TasksMax CPUQuota" {
		t.Error(got)
	}
}

func TestSetting(t *testing.T) {
	for _, c := range []struct {
		property string
		value    uint64
		want     string
	}{
		{"MemoryMax", 3 << 30, "MemoryMax=3G"},
		{"MemoryMax", 3<<30 + 1, "MemoryMax=3221225473"},
		{"MemoryMax", 1536 << 20, "MemoryMax=1536M"},
		{"MemoryMax", 0, "MemoryMax=0"},
		{"MemoryMax", 1 << 60, "MemoryMax=1E"},
		{"MemoryMax", Infinity, "MemoryMax=infinity"},
		{"TasksMax", Infinity, "TasksMax=infinity"},
		{"TasksMax", 0, "TasksMax=0"},
		{"CPUQuotaPerSecUSec", Infinity, "CPUQuota="},
		{"CPUQuotaPerSecUSec", 10_000, "CPUQuota=1%"},
		{"CPUWeight", 0, "CPUWeight=idle"},
		{"CPUWeight", 100, "CPUWeight=100"},
		{"IOWeight", 100, "IOWeight=100"},
		{"TasksMaxScale", 1 << 31, "TasksMax=50%"},
	} {
		if l, _ := ByProperty(c.property); l.Setting(c.value) != c.want {
			t.Errorf("%s %d: %q, want %q", c.property, c.value, l.Setting(c.value), c.want)
		}
	}
}

func TestValue(t *testing.T) {
	tasks, _ := ByProperty("TasksMax")
	scaled, _ := ByProperty("TasksMaxScale")
	if v := tasks.Value(1 << 32); v != uint64(1<<32) {
		t.Errorf("TasksMax: %T %v", v, v)
	}
	if v := scaled.Value(1 << 32); v != uint32(1<<32-1) { // all of it
		t.Errorf("TasksMaxScale: %T %v", v, v)
	}
}

func TestSpell(t *testing.T) {
	for _, c := range []struct {
		property string
		value    uint64
		want     string
	}{
		{"MemoryMax", 3 << 30, "MemoryMax=3G"},
		{"MemoryMax", 2560 << 20, "MemoryMax=2.5G"},
		{"MemoryHigh", 64<<20 + 1, "MemoryHigh=64M"},
		{"MemorySwapMax", 0, "MemorySwapMax=0B"},
		{"MemoryMax", Infinity, "MemoryMax=infinity"},
		{"CPUQuotaPerSecUSec", 1500000, "CPUQuota=150%"},
		{"CPUQuotaPerSecUSec", 125000, "CPUQuota=12.5%"},
		{"TasksMax", 4096, "TasksMax=4096"},
	} {
		if l, _ := ByProperty(c.property); l.Spell(c.value) != c.want {
			t.Errorf("%s %d: %q, want %q", c.property, c.value, l.Spell(c.value), c.want)
		}
	}
}
