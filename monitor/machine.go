package monitor

import (
	"strings"
	"time"

	"electroscope/launcher/regular"
)

// A Machine is the figures of the whole machine, in bytes: /proc/meminfo and
// /proc/pressure.
type Machine struct {
	RAM       Figure        `json:"ram"`
	Available Figure        `json:"available"`
	Swap      Figure        `json:"swap"`
	FreeSwap  Figure        `json:"free_swap"`
	Pressure  Pressure      `json:"pressure"`
	Up        time.Duration `json:"up"`
}

// Used is the memory that is in use: what is not available.
func (m Machine) Used() Figure { return m.RAM.since(m.Available) }

// UsedSwap is the swap that is in use.
func (m Machine) UsedSwap() Figure { return m.Swap.since(m.FreeSwap) }

func (r Reader) machine() Machine {
	read := func(file string) string {
		b, _ := regular.Read(r.Proc+"/"+file, largest) // an absent file leaves its figures unknown
		return string(b)
	}
	info := parseMeminfo(read("meminfo"))
	return Machine{
		RAM: info["MemTotal"], Available: info["MemAvailable"], Swap: info["SwapTotal"], FreeSwap: info["SwapFree"],
		Pressure: pressureOf(func(resource string) string { return read("pressure/" + resource) }),
		Up:       parseUptime(read("uptime")),
	}
}

// parseMeminfo reads lines such as "MemTotal:       16316412 kB" (proc_meminfo(5)) as bytes.
func parseMeminfo(text string) fields {
	f := fields{}
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) != 3 || words[2] != "kB" {
			continue
		}
		if n := ParseFigure(words[1]); n.known {
			f[strings.TrimSuffix(words[0], ":")] = Known(n.n << 10)
		}
	}
	return f
}

// parseUptime reads the first number of /proc/uptime, in seconds.
func parseUptime(text string) time.Duration {
	first, _, _ := strings.Cut(text, " ")
	up, _ := time.ParseDuration(first + "s")
	return max(up, 0)
}
