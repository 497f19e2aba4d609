package limit

import "testing"

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
		{"MemoryMax", 128 << 20, 1 << 30, false},    // somebody else's
		{"MemoryMax", 128 << 20, Infinity, false},   // lost
		{"MemoryMax", Infinity, 128 << 20, false},   // not asked for
		{"MemoryMax", Infinity, Infinity, true},
		{"TasksMax", 500, 499, false},                // tasks are counted one by one
		{"CPUQuotaPerSecUSec", 333333, 333330, true}, // 33333 of 100000
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

// TestTable: what a limit is called is said once, and each that can be read back
// says where.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range table {
		if seen[l.Property] || l.Name == "" || l.Controller == "" || l.File == "" {
			t.Errorf("row %+v", l)
		}
		seen[l.Property] = true
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
