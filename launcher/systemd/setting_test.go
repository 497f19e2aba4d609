package systemd

import "testing"

func TestSetting(t *testing.T) {
	for _, test := range []struct {
		property Property
		want     string
	}{
		{Property{Name: "MemoryMax", Value: uint64(3 << 30)}, "MemoryMax=3G"},
		{Property{Name: "MemoryMax", Value: uint64(3<<30 + 1)}, "MemoryMax=3221225473"},
		{Property{Name: "MemoryMax", Value: infinity}, "MemoryMax=infinity"},
		{Property{Name: "CPUQuotaPerSecUSec", Value: uint64(1_500_000)}, "CPUQuota=150%"},
		{Property{Name: "CPUQuotaPerSecUSec", Value: uint64(125)}, "CPUQuota=0.01%"},
		{Property{Name: "CPUQuotaPerSecUSec", Value: infinity}, "CPUQuota="},
		{Property{Name: "TasksMaxScale", Value: uint32(1 << 31)}, "TasksMax=50%"},
		{Property{Name: "TasksMaxScale", Value: uint32(1 << 29)}, "TasksMax=12.5%"},
		{Property{Name: "TasksMaxScale", Value: uint32(429496729)}, "TasksMax=10%"},
		{Property{Name: "IOWeight", Value: uint64(0)}, "IOWeight=0"}, // no weight is 0, and io has no idle
		{Property{Name: "CPUWeight", Value: uint64(0)}, "CPUWeight=idle"},
		{Property{Name: "OOMPolicy", Value: "continue"}, "OOMPolicy=continue"},
		{Property{Name: "IOAccounting", Value: true}, "IOAccounting=true"},
	} {
		if got := test.property.Setting(); got != test.want {
			t.Errorf("%v: %q, want %q", test.property, got, test.want)
		}
	}
}
