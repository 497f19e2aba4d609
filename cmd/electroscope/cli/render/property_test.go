package render

import (
	"testing"

	"electroscope/launcher/limit"
	"electroscope/launcher/systemd"
)

func TestSpelled(t *testing.T) {
	for _, test := range []struct {
		property    systemd.Property
		name, value string
	}{
		{systemd.Property{Name: "MemoryMax", Value: uint64(3 << 30)}, "MemoryMax", "3G"},
		{systemd.Property{Name: "MemoryMax", Value: uint64(4_123_456_789)}, "MemoryMax", "3.84G"},
		{systemd.Property{Name: "MemoryHigh", Value: limit.Infinity}, "MemoryHigh", "infinity"},
		{systemd.Property{Name: "CPUQuotaPerSecUSec", Value: uint64(1_500_000)}, "CPUQuota", "150%"},
		{systemd.Property{Name: "CPUQuotaPerSecUSec", Value: limit.Infinity}, "CPUQuota", "infinity"},
		{systemd.Property{Name: "TasksMax", Value: uint64(500)}, "TasksMax", "500"},
		{systemd.Property{Name: "TasksMax", Value: limit.Infinity}, "TasksMax", "infinity"},
		{systemd.Property{Name: "TasksMaxScale", Value: uint32(1 << 31)}, "TasksMax", "50%"},
		{systemd.Property{Name: "CPUWeight", Value: uint64(0)}, "CPUWeight", "idle"},
		{systemd.Property{Name: "IOWeight", Value: uint64(50)}, "IOWeight", "50"},
		{systemd.Property{Name: "OOMPolicy", Value: "continue"}, "OOMPolicy", "continue"},
	} {
		if name, value := spelled(test.property); name != test.name || value != test.value {
			t.Errorf("%v: %s, %s", test.property, name, value)
		}
	}
}
