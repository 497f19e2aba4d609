package systemd

import (
	"fmt"
	"strconv"
	"strings"
)

// Setting is the property as a unit file has it, NAME=VALUE, which is also what
// systemd-run -p takes (systemd.resource-control(5)).
func (p Property) Setting() string {
	n, isNumber := p.Value.(uint64)
	switch {
	case p.Name == "CPUQuotaPerSecUSec" && n == infinity:
		return "CPUQuota="
	case p.Name == "CPUQuotaPerSecUSec":
		quota := strconv.FormatFloat(float64(n)/1e4, 'f', 2, 64)
		return "CPUQuota=" + strings.TrimRight(strings.TrimRight(quota, "0"), ".") + "%"
	case p.Name == "TasksMaxScale":
		return fmt.Sprintf("TasksMax=%.0f%%", float64(p.Value.(uint32))/(1<<32)*100)
	case p.Name == "CPUWeight" && n == 0:
		return "CPUWeight=idle"
	case isNumber && n == infinity:
		return p.Name + "=infinity"
	case isNumber && strings.HasPrefix(p.Name, "Memory"):
		return p.Name + "=" + exactSize(n)
	}
	return fmt.Sprintf("%s=%v", p.Name, p.Value)
}

// exactSize spells bytes in the largest unit that leaves nothing over.
func exactSize(n uint64) string {
	for i, unit := range []string{"T", "G", "M", "K"} {
		if size := uint64(1) << (10 * (4 - i)); n >= size && n%size == 0 {
			return fmt.Sprintf("%d%s", n/size, unit)
		}
	}
	return fmt.Sprint(n)
}
